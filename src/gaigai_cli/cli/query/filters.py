"""Words of the command line that choose among items, read into the query's filter; one place for all commands."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from gaigai_cli.cli.options import Option, one_of
from gaigai_cli.cli.run import Run
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.labels import KIND_WORDS
from gaigai_cli.model.statuses import STANDINGS, shown_standing
from gaigai_cli.query.choose import (
    DEADLINE_WORDS,
    LIGHT_WORDS,
    ROLE_WORDS,
    SORT_WORDS,
    STATUS_WORDS,
    Filter,
    SortKey,
)
from gaigai_cli.words.normal import plain
from gaigai_cli.words.say import full_day
from gaigai_cli.work import values

SORTS: Final[dict[str, SortKey]] = SORT_WORDS | {key: key for key in SORT_WORDS.values()}
FORMATS: Final = ("table", "json", "csv", "md")

DEPT: Final = Option("--dept", "这个单位承担的事项，不论牵头、责任还是配合", "单位")
LEAD: Final = Option("--lead", "这个单位牵头的事项", "单位")
ROLE: Final = Option(
    "--role", "与 --dept 合用：牵头、责任或配合", "角色", complete=one_of(ROLE_WORDS)
)
STATUS: Final = Option(
    "--status",
    f"状态，可写几个：{'、'.join(map(shown_standing, STANDINGS))}",
    "状态",
    many=True,
    complete=one_of(STATUS_WORDS),
)
LIGHT: Final = Option(
    "--light", "亮灯，可写几个：红、黄、蓝、绿、无", "亮灯", many=True, complete=one_of(LIGHT_WORDS)
)
DUE_FROM: Final = Option("--due-from", "在这一天或之后到期的（有时限的事项）", "日期")
DUE_BY: Final = Option("--due-by", "在这一天或之前到期的（有时限的事项）", "日期")
MONTH: Final = Option("--month", "在这个月到期的（有时限的事项），如 2024-06", "月份")
KIND: Final = Option(
    "--kind",
    "时限类型：明确时限、持续推动、分阶段、定期开展、时限待定",
    "类型",
    many=True,
    complete=one_of(DEADLINE_WORDS),
)
TASK: Final = Option(
    "--task",
    "主要任务的序号，如 16",
    "序号",
    many=True,
    complete="items_and_tasks",
)
SEARCH: Final = Option("--search", "任务、内容、单位或进展中含有这些文字的", "文字")
FILTERS: Final = (
    DEPT, LEAD, ROLE, STATUS, LIGHT, DUE_FROM, DUE_BY, MONTH, KIND, TASK, SEARCH,
)  # fmt: skip
"""What chooses among items."""


def read_filter(run: Run, session: Session) -> Filter:
    """Return the filter that was meant; raises ``GaigaiError`` where a word is unknown or two contradict each other."""
    role = run.word(ROLE)
    if role is not None and not run.has(DEPT):
        raise GaigaiError("--role 要和 --dept 一起用", "请用 --dept 写明单位")
    due_from, due_by = _days(run, session)
    return Filter(
        dept=session.unit_typed(DEPT),
        lead=session.unit_typed(LEAD),
        role=ROLE_WORDS[values.choice(role, ROLE_WORDS, ROLE.name)] if role is not None else None,
        statuses=_chosen(run.words(STATUS), STATUS_WORDS, STATUS.name),
        lights=_chosen(run.words(LIGHT), LIGHT_WORDS, LIGHT.name),
        kinds=_chosen(run.words(KIND), DEADLINE_WORDS, KIND.name),
        tasks=frozenset(
            item.state.listed.task.id
            for word in words(run.words(TASK))
            for item in session.items(word)
        ),
        due_from=due_from,
        due_by=due_by,
        search=run.word(SEARCH) or None,
    )


def _days(run: Run, session: Session) -> tuple[date | None, date | None]:
    month, due_from, due_by = map(run.word, (MONTH, DUE_FROM, DUE_BY))
    if month is not None:
        if due_from is not None or due_by is not None:
            raise GaigaiError("--month 不能和 --due-from、--due-by 同时用", "只留一种")
        whole = session.month(month, what=MONTH.name)
        return whole.first, whole.last
    first = last = None
    if due_from is not None:
        first = session.day(due_from, what=DUE_FROM.name, bound="lower")
    if due_by is not None:
        last = session.day(due_by, what=DUE_BY.name, bound="upper")
    if first and last and first > last:
        raise GaigaiError(
            f"--due-from（{full_day(first)}）晚于 --due-by（{full_day(last)}）", "请核对两个日期"
        )
    return first, last


def words(typed: Iterable[str]) -> list[str]:
    """Return words given by repeating an option, by commas, or both."""
    return [word for text in typed for word in values.pieces(plain(text))]


def _chosen(typed: Iterable[str], choices: Mapping[str, str], what: str) -> frozenset[str]:
    return frozenset(choices[values.choice(word, choices, what)] for word in words(typed))


def in_words(wanted: Filter) -> str:
    """Return what a filter asks for, as a title says it: ``县住建局牵头，红灯，7月1日至9月30日到期``."""
    return "，".join(_parts(wanted))


def _parts(wanted: Filter) -> Iterator[str]:
    if wanted.dept:
        yield f"{wanted.dept}为{wanted.role}单位" if wanted.role else f"{wanted.dept}承担"
    if wanted.lead:
        yield f"{wanted.lead}牵头"
    if wanted.statuses:
        yield "、".join(shown_standing(s) for s in STANDINGS if s in wanted.statuses)
    if wanted.lights:
        yield "、".join(
            "不亮灯" if w == "无" else f"{w}灯" for w in LIGHT_WORDS if w in wanted.lights
        )
    if wanted.kinds:
        yield "、".join(word for key, word in KIND_WORDS.items() if key in wanted.kinds)
    if wanted.tasks:
        yield f"第{'、'.join(sorted(wanted.tasks, key=lambda t: (len(t), t)))}项"
    if wanted.due_from and wanted.due_by:
        yield f"{full_day(wanted.due_from)}至{full_day(wanted.due_by)}到期"
    elif wanted.due_from:
        yield f"{full_day(wanted.due_from)}起到期"
    elif wanted.due_by:
        yield f"{full_day(wanted.due_by)}前到期"
    if wanted.search:
        yield f"含“{wanted.search}”"
