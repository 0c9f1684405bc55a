"""Words of the command line that choose among items, read into the query's filter; one place for all commands."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from gaigai_cli.cli import typed as values
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.model.statuses import STATUSES
from gaigai_cli.query.choose import Filter, Role, SortKey
from gaigai_cli.render.short import KIND_WORDS
from gaigai_cli.report.period import Month
from gaigai_cli.words.say import full_day
from gaigai_cli.words.typed import plain

ROLES: Final[dict[str, Role]] = {
    "牵头": "牵头",
    "责任": "责任",
    "配合": "配合",
    "lead": "牵头",
    "responsible": "责任",
    "support": "配合",
}
_STATUSES: Final[dict[str, str]] = {status: status for status in STATUSES}
_LIGHTS: Final = {word: word for word in (*LIGHTS, "无")}
_KINDS: Final = {word: key for key, words in KIND_WORDS.items() for word in (words, key)}
SORTS: Final[dict[str, SortKey]] = {
    "编号": "id",
    "时限": "due",
    "亮灯": "light",
    "状态": "status",
    "进度": "percent",
    "进展": "report",
    "id": "id",
    "due": "due",
    "light": "light",
    "status": "status",
    "percent": "percent",
    "report": "report",
}
FORMATS: Final = {"table": "table", "json": "json", "csv": "csv", "md": "md"}
TABLE_OR_JSON: Final = {"table": "table", "json": "json"}


class Asked(NamedTuple):
    """What was typed after ``list``, word for word."""

    dept: str | None = None
    lead: str | None = None
    role: str | None = None
    status: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    task: tuple[str, ...] = ()
    due_from: str | None = None
    due_by: str | None = None
    month: str | None = None
    search: str | None = None


def read_filter(asked: Asked, session: Session) -> Filter:
    """The filter that was meant; raises ``GaigaiError`` where a word is unknown or two contradict each other."""
    if asked.role is not None and asked.dept is None:
        raise GaigaiError("--role 要和 --dept 一起用", "请用 --dept 写明单位")
    due_from, due_by = _days(asked, session)
    return Filter(
        dept=session.unit(asked.dept) if asked.dept is not None else None,
        lead=session.unit(asked.lead) if asked.lead is not None else None,
        role=values.choice(asked.role, ROLES, "--role") if asked.role is not None else None,
        statuses=_chosen(asked.status, _STATUSES, "--status"),
        lights=_chosen(asked.light, _LIGHTS, "--light"),
        kinds=_chosen(asked.kind, _KINDS, "--kind"),
        tasks=frozenset(
            item.state.listed.task.id for word in words(asked.task) for item in session.items(word)
        ),
        due_from=due_from,
        due_by=due_by,
        search=asked.search or None,
    )


def _days(asked: Asked, session: Session) -> tuple[date | None, date | None]:
    if asked.month is not None:
        if asked.due_from is not None or asked.due_by is not None:
            raise GaigaiError("--month 不能和 --due-from、--due-by 同时用", "只留一种")
        month = Month(*values.month(asked.month, what="--month"))
        return month.first, month.last
    first = last = None
    if asked.due_from is not None:
        first = session.day(asked.due_from, what="--due-from", bound="lower")
    if asked.due_by is not None:
        last = session.day(asked.due_by, what="--due-by", bound="upper")
    if first and last and first > last:
        raise GaigaiError(
            f"--due-from（{full_day(first)}）晚于 --due-by（{full_day(last)}）", "请核对两个日期"
        )
    return first, last


def words(typed: Iterable[str]) -> list[str]:
    """Words given by repeating an option, by commas, or both."""
    texts = (plain(text).replace("、", ",") for text in typed)
    return [word.strip() for text in texts for word in text.split(",") if word.strip()]


def _chosen(typed: Iterable[str], choices: Mapping[str, str], what: str) -> frozenset[str]:
    return frozenset(values.choice(word, choices, what) for word in words(typed))


def in_words(wanted: Filter) -> str:
    """What a filter asks for, as a title says it: ``县住建局牵头，红灯，7月1日至9月30日到期``."""
    return "，".join(_parts(wanted))


def _parts(wanted: Filter) -> Iterator[str]:
    if wanted.dept:
        yield f"{wanted.dept}为{wanted.role}单位" if wanted.role else f"{wanted.dept}承担"
    if wanted.lead:
        yield f"{wanted.lead}牵头"
    if wanted.statuses:
        yield "、".join(s for s in STATUSES if s in wanted.statuses)
    if wanted.lights:
        yield "、".join("不亮灯" if w == "无" else f"{w}灯" for w in _LIGHTS if w in wanted.lights)
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


def one_of(choices: Iterable[str]) -> Callable[[str], list[str]]:
    """Completion from a fixed set."""
    known = list(choices)
    return lambda incomplete: [word for word in known if word.startswith(incomplete)]


statuses = one_of(_STATUSES)
lights = one_of(_LIGHTS)
kinds = one_of(_KINDS)
roles = one_of(ROLES)
sorts = one_of(SORTS)
formats = one_of(FORMATS)
table_or_json = one_of(TABLE_OR_JSON)
