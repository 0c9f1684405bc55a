"""今日: what waits, done where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from starlette.responses import Response

from gaigai_cli.model.finding import numbers_in_words
from gaigai_cli.model.kinds import ANSWER
from gaigai_cli.model.ledger import Entry
from gaigai_cli.query.choose import year_over
from gaigai_cli.query.instructions import Instruction
from gaigai_cli.render.console.records import History
from gaigai_cli.render.console.todo import TodoSection, sections
from gaigai_cli.render.lines import StyledText
from gaigai_cli.report.ladder import PaperSent
from gaigai_cli.report.todo import Todo, ToVerify, todo
from gaigai_cli.web.items import evidence_links, figures
from gaigai_cli.web.visit import Visit
from gaigai_cli.web.ways import Action, address, do
from gaigai_cli.work.instruct import DEMANDS


class WaitingRow(NamedTuple):
    """A row of 今日: its cells, the item, what can be done with it, and the evidence that it rests on."""

    cells: Sequence[StyledText]
    item: str
    actions: tuple[Action, ...]
    entries: tuple[Entry, ...] = ()


def today(visit: Visit) -> Response:
    """Return what waits: for the office everything, for a unit its own; where it stands it can be done."""
    directory = visit.directory
    judgement = directory.judgement
    found = todo(judgement, visit.unit)
    over, parts = year_over(judgement), []
    for number, part in enumerate(sections(judgement, found), 1):
        titles = [head.title for head in part.heads]
        waiting = [] if over else list(_rows(visit, found, part))
        if waiting or part.usual:
            several = part.of in _TOGETHER and visit.is_office and len(waiting) > 1
            together = _RULED[part.of] if several else ()
            about = {"number": number, "name": part.title, "heads": titles, "rows": waiting}
            parts.append({**about, "together": [do(kind) for kind in together]})
    return visit.show(
        "today.html",
        nav="今日",
        units=judgement.ledger.units.all,
        title=f"{found.unit}待办" if found.unit else "今日待办",
        demands=[do(kind) for kind in DEMANDS] if visit.is_office else (),
        sections=[part for part in parts if part["rows"]],
        over=judgement.ledger.tasks.notice.year if over else "",
        left=bool(found.overdue or found.unreported),
        empty=[part["name"] for part in parts if not part["rows"]],
        findings=numbers_in_words(directory.findings),
        item_of=judgement.by_id,
        blank=judgement.blank,
        facts=lambda entry: list(History.of(directory.judge, entry.record.item).said(entry)),
        evidence=evidence_links,
        figures=figures,
    )


_RULED: Final = {
    "to_verify": ("核验销号", "退回补正"),
    "extensions": ("批准延期", "不予延期"),
    "to_coordinate": ("协调结果",),
    "to_file": ("节点备案",),
}
"""What the office rules where it stands, by section."""
_TOGETHER: Final = ("to_verify", "extensions")
"""The sections of which it rules on several at once."""


def _rows(visit: Visit, found: Todo, part: TodoSection) -> Iterator[WaitingRow]:
    """Yield the rows of a section with what can be done with each."""
    for cells, one in zip(part.rows, getattr(found, part.of), strict=True):
        yield _row(visit, cells, one, _RULED.get(part.of, ()) if visit.is_office else ())


def _row(visit: Visit, cells: Sequence[StyledText], one: Any, ruled: Sequence[str]) -> WaitingRow:
    """Return the row of something that waits; ``ruled`` are the rulings on it."""
    match one:
        case ToVerify():
            stage = (("stage", one.stage),) if one.stage else ()
            about = (("item", one.item.id), *stage)
            applied = next((s.applications for s in one.item.state.stages if s.id == one.stage), ())
            return WaitingRow(cells, one.item.id, _each(ruled, about), applied)
        case Instruction():
            return WaitingRow(cells, one.record.item or "", tuple(_next(visit, one)))
        case PaperSent():
            items = one.entry.record.items or ("",)
            return WaitingRow(cells, items[0], tuple(_receipts(visit, one)))
        case (item, entry):
            about = (("item", item.id), ("unit", entry.unit))
            return WaitingRow(cells, item.id, _each(ruled, about), (entry,))
        case (item, entry, _):
            return WaitingRow(cells, item.id, _told(visit, item.id), (entry,))
    return WaitingRow(cells, one.id, _told(visit, one.id))


def _each(kinds: Sequence[str], about: Sequence[tuple[str, str]]) -> tuple[Action, ...]:
    return tuple(do(kind, *about) for kind in kinds)


def _told(visit: Visit, item: str) -> tuple[Action, ...]:
    return (do("进展", ("item", item)),) if visit.may_write else ()


def _receipts(visit: Visit, paper: PaperSent) -> Iterator[Action]:
    """Yield the receipts that are missing, for whoever may enter them."""
    for unit in paper.missing if visit.may_write else ():
        if visit.is_office or unit == visit.unit:
            about = {"paper": paper.entry.record.id, "unit": unit}
            yield Action(f"登记{unit}回执", address("/登记/督办回执", about))


def _next(visit: Visit, demand: Instruction) -> Iterator[Action]:
    """Yield what comes next of a demand: the units' answers, then by the office the way to the leader and back."""
    number = ("record", demand.record.id)
    for unit in demand.missing if visit.may_write else ():
        if visit.is_office or unit == visit.unit:
            whose = f"登记{unit}反馈" if visit.is_office else ANSWER
            yield Action(whose, address(f"/登记/{ANSWER}", (number, ("unit", unit))))
    step = demand.next_kind
    if step and step != ANSWER and visit.is_office:
        yield do(step, number)
