"""Lists of items on the screen: what is asked for, the table, its sum, what the lights mean."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from gaigai_cli.judge.judgement import Judgement, notes
from gaigai_cli.judge.lights import LEGEND
from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.model.labels import KIND_GROUPS
from gaigai_cli.model.roles import FIELD_OF
from gaigai_cli.model.statuses import STANDINGS, shown_standing
from gaigai_cli.query.choose import Selection, counts, year_over
from gaigai_cli.render.columns import LIST, Column, Shown, standard
from gaigai_cli.render.grid import Head, grid
from gaigai_cli.render.lines import (
    FAINT,
    Block,
    Page,
    Part,
    StyledText,
    noted,
    page,
    paragraph,
    titled,
)
from gaigai_cli.render.short import group_word
from gaigai_cli.render.width import wrap_clauses
from gaigai_cli.report.wording import counted
from gaigai_cli.words.say import full_day

T = TypeVar("T")
ID, BRIEF, LEAD = Head("编号"), Head("事项", "text"), Head("牵头单位", "names")
"""The first columns of a table of items that has columns of its own."""
NamedRow = tuple[str, Sequence[str | StyledText]]
"""What the list of a row is called among several, and its cells."""


@dataclass(frozen=True, slots=True)
class Share(Generic[T]):
    """What a page shows of one list, free of its ledger: of several lists one is in memory at a time.

    ``name`` is what the list is called among several, empty where it is the only one.
    """

    name: str
    day: date
    notes: tuple[str, ...]
    remarks: tuple[str, ...]
    content: T

    def named(self, words: str) -> str:
        """Return a sentence about the list, of several with what it is called before it."""
        return f"{self.name}：{words}" if self.name else words


def share(
    judgement: Judgement, content: T, *, name: str = "", remarks: Sequence[str] = ()
) -> Share[T]:
    """Return a list's share of a page; ``content`` must not hold on to the ledger where the list is one of several."""
    return Share(
        name=name,
        day=judgement.day,
        notes=tuple(notes(judgement)),
        remarks=tuple(f"{name}：{remark}" if name else remark for remark in remarks),
        content=content,
    )


def summary(rows: Sequence[Shown]) -> str:
    """Return ``共17项：牵头8项，责任9项；未报进展12项，推进中5项；红2项。``"""
    if not rows:
        return "没有符合条件的事项。"
    roles = counts((row.role for row in rows if row.role), FIELD_OF)
    parts = [
        _words(roles) if roles else _kinds(rows),
        _words(counts((row.standing for row in rows), map(shown_standing, STANDINGS))),
        _words(counts((row.light for row in rows if row.light), LIGHTS)),
    ]
    return f"共{len(rows)}项：{'；'.join(part for part in parts if part)}。"


def open_bodies(selection: Selection) -> str | None:
    """Return the sentence that some items may also concern the unit asked for, though they don't name it."""
    if not selection.by_open_body:
        return None
    return f"另有{selection.by_open_body}项的责任单位写有“等相关部门”一类未列名单位，未列入。"


def _kinds(rows: Iterable[Shown]) -> str:
    groups = counts((row.group for row in rows), dict.fromkeys(KIND_GROUPS.values()))
    return _words({group_word(group): number for group, number in groups.items()})


def _words(numbers: dict[str, int]) -> str:
    return counted(numbers.items())


def listing(
    shares: Sequence[Share[tuple[Shown, ...]]],
    *,
    title: str,
    columns: Sequence[Column] | None = None,
    nothing: str = "没有符合条件的事项。",
) -> Page:
    """Return the page of a list, or of several; without ``columns`` those that suit the screen."""
    rows = tuple(row for one in shares for row in one.content)
    remarks = [remark for one in shares for remark in one.remarks]
    if not rows:
        return page(headed(shares, title), *map(paragraph, (nothing, *remarks)))
    return page(headed(shares, title), items_table(rows, remarks, columns))


def items_table(
    rows: Sequence[Shown], remarks: Sequence[str], columns: Sequence[Column] | None = None
) -> Block:
    """Return a table of items, and below it their sum, the remarks and what marks and lights mean.

    Without ``columns`` they are those that suit the screen.
    """

    def laid_out(width: int) -> Iterator[Part]:
        chosen = columns or standard(rows, width)
        if rows:
            yield _table(chosen, rows)
            yield ()
        for sentence in (summary(rows), *remarks, *marks(chosen, rows)):
            yield paragraph(sentence, broken=wrap_clauses)
        if rows and any(column.key == "light" for column in chosen):
            yield paragraph(LEGEND, FAINT)

    return laid_out


def head(judgement: Judgement, title: str) -> Iterator[Part]:
    """Return the notes that the list must carry, the title, and the day that it is true of."""
    return headed([share(judgement, None)], title)


def headed(shares: Sequence[Share[T]], title: str) -> Iterator[Part]:
    """Yield the head of several lists: each note once, with the lists that it is about where it isn't about all."""
    yield from noted(all_notes(shares))
    days = "、".join(dict.fromkeys(full_day(one.day) for one in shares))
    yield titled(title, f"截至{days}" if days else "")


def all_notes(shares: Sequence[Share[T]]) -> list[str]:
    """Return what the lists must carry, each note once."""
    found = {
        note: [one.name for one in shares if note in one.notes]
        for note in dict.fromkeys(note for one in shares for note in one.notes)
    }
    return [
        note if len(names) == len(shares) else f"{'、'.join(names)}：{note}"
        for note, names in found.items()
    ]


def year_is_over(judgement: Judgement) -> str:
    """Return what a page says where a list's year is over and nobody works on it; empty where it isn't."""
    if not year_over(judgement):
        return ""
    year = judgement.ledger.tasks.notice.year
    return f"本清单{year}年度已结束，查询请加 --as-of {year}-12-31 或当年的其他日期。"


def _table(columns: Sequence[Column], rows: Sequence[Shown]) -> Block:
    """Return a table of items; a task's name stands once above its items, as in the notice."""
    named: list[NamedRow] = []
    task = ("", "")
    for row in rows:
        above, task = task, (row.list, row.task)
        cells = [
            "" if column.key == "task" and task == above else row.cells[column.key]
            for column in columns
        ]
        named.append((row.list, cells))
    return listed([column.head for column in columns], named)


def listed(heads: Sequence[Head], rows: Sequence[NamedRow]) -> Block:
    """Return a table whose first column says of each row which list it is from; of one list it has no such column."""
    if not any(name for name, _ in rows):
        return grid(heads, [row for _, row in rows])
    return grid([Head(LIST), *heads], [(name, *row) for name, row in rows])


def marks(columns: Sequence[Column], rows: Sequence[Shown]) -> Iterator[str]:
    """Yield what short marks in a table mean, where they occur."""
    keys = {column.key for column in columns}
    if "deadline" in keys and any("/" in row.cells["deadline"].text for row in rows):
        yield "时限前的“1/2”，表示分2个阶段、现为第1阶段。"
    if "deadline" in keys and any(row.moved for row in rows):
        yield "时限后有“延”字的，是批准延期后的时限。"
    if "days_left" in keys and any(row.pending for row in rows):
        yield "待核验事项的天数，是申请后已等的工作日。"
