"""The notice block of a draft: what the head says, and which of the units supervises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Final

from gaigai_cli.model.calendar import YEARS
from gaigai_cli.model.exported import NOTICE_LABELS
from gaigai_cli.model.roles import ROLES
from gaigai_cli.model.tasks import RoleNames
from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.cells import Tree
from gaigai_cli.notice.document import Place, squeezed
from gaigai_cli.notice.doubts import CONFIRMED, Choice, Doubt
from gaigai_cli.notice.head import Candidate, NoticeHead
from gaigai_cli.words.brackets import before_bracket
from gaigai_cli.words.deadline import days_in_text
from gaigai_cli.words.heads import LEADS
from gaigai_cli.words.initials import initials_of
from gaigai_cli.words.normal import MARKS
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.typed import plain_day
from gaigai_cli.words.units import read_units

_COUNTY_PREFIX: Final = regex("^[县市区省州旗]")
# Vertically managed everywhere in the country, from the county up: tax, fire and rescue, ecology (since the reform of
# 2016 a county's is a branch of the city's), weather, tobacco, customs, posts, surveys of the statistics bureau.
_VERTICAL: Final = regex(
    "税务局$|消防救援(?:总队|支队|大队|局)$|生态环境(?:局|分局)$|气象局$|烟草专卖局$|海关$|邮政管理局$|调查队$|海事局$"
)


def units(tasks: Sequence[Tree], notes: Notes) -> list[Tree]:
    """Return every unit in the order of its first appearance."""
    names = list(dict.fromkeys(_named(tasks)))
    aliases = _aliases(names, _second_names(tasks), notes)
    short = {each for names in aliases.values() for each in names}
    return [unit(name, aliases.get(name, [])) for name in names if name not in short]


def _cells(tasks: Sequence[Tree]) -> Iterator[Tree]:
    """Yield the unit cells of tasks and items."""
    holders = (holder for task in tasks for holder in (task, *task["items"]))
    return (holder["units"] for holder in holders if holder.get("units"))


def _named(tasks: Sequence[Tree]) -> Iterator[str]:
    for cell in _cells(tasks):
        found = (name for role in ROLES for name in cell.get(role.field, ()))
        text = str(cell["text"])
        yield from sorted(found, key=lambda name: text.find(name) if name in text else len(text))


def _second_names(tasks: Sequence[Tree]) -> Iterator[tuple[str, str]]:
    """Yield units with the other name that a bracket behind theirs gives: 县农业农村局（县乡村振兴局）."""
    return (each for cell in _cells(tasks) for each in read_units(str(cell["text"])).second)


def _aliases(
    names: Sequence[str], second: Iterable[tuple[str, str]], notes: Notes
) -> dict[str, list[str]]:
    """Return the other names of units; where one also stands alone a doubt asks whether it is the same unit's.

    It may be a name's short form: 住建局 of 县住建局.
    """
    short = ((name, _COUNTY_PREFIX.sub("", name), "简称") for name in names)
    others = ((name, other, "另一名称") for name, other in second)
    found: dict[str, list[str]] = {}
    for name, other, kind in dict.fromkeys((*short, *others)):
        alone = other != name and other in names
        if alone:
            answer = notes.doubt(
                Doubt("unit-names", Place(), other, name, f"清单里既写“{name}”，又写“{other}”",
                      "请核对是不是同一个单位", read=f"“{other}”是“{name}”的{kind}",
                      choices=(Choice("是同一个单位", CONFIRMED), Choice("是两个单位", "two")))
            )  # fmt: skip
        if answer != "two" if alone else kind != "简称":
            found.setdefault(name, []).append(other)
    return found


def unit(name: str, aliases: Sequence[str] = ()) -> Tree:
    """Return a unit's fields."""
    return {
        "name": name,
        "aliases": list(aliases),
        "initials": initials(name),
        "former": [],
        "vertical": _VERTICAL.search(name) is not None,
    }


def initials(name: str) -> list[str]:
    """Return the first letters of a name's pinyin, and those without 县 or 市 before it."""
    full, short = initials_of(name), initials_of(_COUNTY_PREFIX.sub("", name))
    return [each for each in dict.fromkeys((full, short)) if each]


_YEARS_SAID: Final = regex(r"(?<!\d)20\d\d(?=年|[-./]\d)")


def with_year_of_days(head: NoticeHead, days: Sequence[str]) -> NoticeHead:
    """Return the head with the year of the deadlines, and a doubt, where most state one and all a later one than it.

    2024年度审计发现问题整改清单 is worked through in 2025; ``days`` are what each row says of its deadline. Half of
    them are enough where fewer of the others name a day: 60日内, 长期坚持. Where nothing else tells the year,
    the one that more of them name than name none does.
    """
    said, named = head.year, [each for each in days if _YEARS_SAID.search(each)]
    years = {year for each in named for year in _YEARS_SAID.findall(each)}
    year = min(years, default="")
    others = sum(bool(days_in_text(each)) for each in days if each not in named)
    if not said.value and len(years) == 1 and len(named) > others:
        return head._replace(year=Candidate(year, said.place, "标题没有写年度，按时限写明的年份"))
    if not said.value or year <= said.value or 2 * len(named) < len(days) or len(named) <= others:
        return head
    why = f"标题写的是{said.value}年，写明年份的时限都在{year}年及以后"
    return head._replace(year=Candidate(year, said.place, why, (said.value,)))


_MISSING: Final = "（待补）"
_ISSUED, _YEAR = NOTICE_LABELS["issued"], NOTICE_LABELS["year"]
_FIELDS: Final = ("title", "number", "issuer", "issued", "year", "addressee")


def fields(head: NoticeHead, notes: Notes) -> Tree:
    """Return the fields that the head gives; one that is unclear or missing is a doubt."""
    tree: Tree = {name: _field(name, getattr(head, name), notes) for name in _FIELDS}
    tree["year"] = tree["year"] or tree["issued"][:4]
    return tree


_UNSURE: Final = "通知的这几项没有找到，或不能确定"


def _field(name: str, said: Candidate, notes: Notes) -> str:
    value = said.value
    if said.doubt or not value:
        value = _asked(NOTICE_LABELS[name], said, notes)
    found = _read(NOTICE_LABELS[name], value) if value else ""
    return found or ("" if name in ("issued", "year") else _MISSING)


def _asked(label: str, said: Candidate, notes: Notes) -> str:
    """Return the value of a field that is not sure, as answered.

    Fields that have no other candidates are one question, but for a day that wasn't found: no list does without one.
    """
    value = said.value
    needed = label == _ISSUED and not value
    why, remedy = said.doubt or f"没有找到{label}", "请核对，选一个或另行填写"
    if needed:
        choices = []
        why = f"没有找到{label}，不填写则清单不能使用"
        remedy = "请填写，如 2024-05-07；文件没有写日期的，填下发的日期"
    elif said.others:
        choices = [Choice(each, each) for each in (value, *said.others) if each]
    else:
        choices = [Choice(f"照此写入：{value}" if value else "先空着（待补）", CONFIRMED)]
    answer = notes.doubt(
        Doubt("notice", said.place, label, value, why, remedy, read=value,
              choices=tuple(choices), asked="" if said.others or needed else _UNSURE)
    )  # fmt: skip
    if not isinstance(answer, str) or answer == CONFIRMED:
        return value
    read = _read(label, answer)
    if read is None:
        looks = "2024-05-07" if label == _ISSUED else "2024"
        notes.refuse(f"{label}应写成 {looks} 的样子")
    return value if read is None else read


def _read(label: str, words: str) -> str | None:
    """Return what the list has for the words of a field, 2024-05-07 for 2024年5月7日; None for no day or no year."""
    if label == _ISSUED:
        with suppress(ValueError):
            day = plain_day(words) or date.fromisoformat(words)
            return day.isoformat() if day.year in YEARS else None
        return None
    if label == _YEAR:
        return words if words.isdecimal() and int(words) in YEARS else None
    return words


def finish(
    notice: Tree,
    head: NoticeHead,
    units: list[Tree],
    tasks: Sequence[Tree],
    *,
    unit_heads: Sequence[tuple[str, str]],
    offices: Sequence[str] = (),
    notes: Notes,
) -> None:
    """Add the office, which becomes a unit where the list doesn't name it, and the notice's words for the roles.

    An office that is there already stays; ``offices`` are those of which the notice says that they supervise.
    """
    notice["office"] = (
        notice.get("office") or _office(notice, head, units, offices, notes) or _MISSING
    )
    if notice["office"] not in {
        name for each in units for name in (each["name"], *each["aliases"])
    }:
        units.append(unit(notice["office"]))
    notice["role_names"] = _role_names(unit_heads, tasks)


def _office(
    notice: Tree, head: NoticeHead, units: Sequence[Tree], offices: Sequence[str], notes: Notes
) -> str:
    """Return the office that supervises: the one that the notice names, else the issuer, where that is an office.

    A unit whose short name stands in the number (岳县工改办发 …) and is drawn from the issuer's name is the issuer.
    """
    names = [str(each["name"]) for each in units]
    issuer = str(notice["issuer"])
    if issuer in names:
        return issuer
    sign = before_bracket(str(notice["number"]))
    found = [
        name
        for name in names
        if _is_short_for(name, issuer) and _COUNTY_PREFIX.sub("", name) in sign
    ]
    if len(found) == 1:
        return found[0]
    if len(offices) == 1:
        return offices[0]
    if issuer == _MISSING:
        issuer = ""
    near = [name for name in names if _is_short_for(name, issuer)]
    others = tuple(dict.fromkeys((*offices, *near)))
    if not others and not head.issuer.doubt and _IS_OFFICE.fullmatch(issuer):
        return issuer
    guess = near[0] if len(near) == 1 else issuer.partition("、")[0]
    why = "没有写明由哪个单位督办（核验销号、批复延期、印发通报）"
    candidate = Candidate(
        guess, head.issuer.place, why, tuple(name for name in others if name != guess)
    )
    return _asked("督办机构", candidate, notes)


_IS_OFFICE: Final = regex("[^、]+(?:办公室|办公厅|局|办|委|委员会|中心|专班|指挥部)")
"""Issuers that supervise what they issue; a government or a party's committee has an office for that."""


def _is_short_for(name: str, issuer: str) -> bool:
    """Return whether the characters of a short name stand in this order in a full one: 工改办 in 工程…改革…办公室."""
    rest = iter(issuer)
    short = _COUNTY_PREFIX.sub("", name)
    return len(short) >= 2 and short[-1] in "办局委会部" and all(char in rest for char in short)


def _role_names(heads: Sequence[tuple[str, str]], tasks: Sequence[Tree]) -> Tree:
    """Return the notice's own words, from the heads of its columns: 责任单位(打★为牵头责任单位).

    A role that has columns of several names has none.
    """
    names = RoleNames().model_dump()
    for role, head in heads:
        text = squeezed(head)
        words = before_bracket(text)
        several = any(one == role and before_bracket(squeezed(h)) != words for one, h in heads)
        if not several and words.endswith(("单位", "部门")) and len(words) <= 8:
            names[role] = words
        if lead := re.search(
            rf"(?:为|是|[{MARKS}])({LEADS}[\u4e00-\u9fff]{{0,2}}(?:单位|部门))", text
        ):
            names["lead"] = lead[1]
    supports = any(cell.get("support") for cell in _cells(tasks))
    return {role: name for role, name in names.items() if role != "support" or supports}
