"""Lists of items on the screen: what is asked for, the table, its sum, what the lights mean."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from gaigai_cli.judge.judgement import Judgement, notes
from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.model.roles import FIELD_OF
from gaigai_cli.model.statuses import STANDINGS, is_pending
from gaigai_cli.query.choose import ItemRow, Selection, counts, is_dated
from gaigai_cli.render.columns import Column, standard
from gaigai_cli.render.grid import grid
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    Line,
    Page,
    Part,
    StyledText,
    page,
    paragraph,
)
from gaigai_cli.render.short import legend
from gaigai_cli.render.width import wrap_clauses
from gaigai_cli.report.wording import counted
from gaigai_cli.words.say import full_day


def summary(rows: tuple[ItemRow, ...]) -> str:
    """``共17项：牵头8项，责任9项；未报进展12项，推进中5项；红2项。``"""
    if not rows:
        return "没有符合条件的事项。"
    roles = counts((row.role for row in rows if row.role), FIELD_OF)
    parts = [
        _words(roles) if roles else _kinds(rows),
        _words(counts((row.item.state.standing for row in rows), STANDINGS)),
        _words(counts((row.item.light.name for row in rows if row.item.light.name), LIGHTS)),
    ]
    return f"共{len(rows)}项：{'；'.join(part for part in parts if part)}。"


def open_bodies(selection: Selection) -> str | None:
    """That some items may also concern the unit asked for, though they don't name it."""
    if not selection.by_open_body:
        return None
    return f"另有{selection.by_open_body}项的责任单位写有“等相关部门”一类未列名单位，未列入。"


def _kinds(rows: Iterable[ItemRow]) -> str:
    words = {True: "有明确时限", False: "持续推动"}
    return _words(counts((words[is_dated(row.item)] for row in rows), words.values()))


def _words(numbers: dict[str, int]) -> str:
    return counted(numbers.items())


def listing(
    judgement: Judgement,
    rows: tuple[ItemRow, ...],
    *,
    title: str,
    width: int,
    columns: Sequence[Column] | None = None,
    remarks: Sequence[str] = (),
    nothing: str = "没有符合条件的事项。",
) -> Page:
    """The page of a list; without ``columns`` those that suit ``width``. ``remarks`` stand below the sum."""
    if not rows:
        return page(
            head(judgement, title, width),
            paragraph(nothing, width),
            *(paragraph(remark, width) for remark in remarks),
        )
    chosen = tuple(columns or standard(rows, width))
    return page(
        head(judgement, title, width),
        table(chosen, rows, width),
        foot(judgement, chosen, (summary(rows), *remarks, *marks(chosen, rows)), width),
    )


def head(judgement: Judgement, title: str, width: int) -> Iterator[Line]:
    """The notes that the list must carry, the title, and the day that it is true of."""
    for note in notes(judgement):
        yield from paragraph(note, width, WARNING)
    yield (StyledText(title, STRONG), StyledText(f"  {as_of_words(judgement.day)}", FAINT))


def as_of_words(day: date) -> str:
    """``截至2024年6月20日``."""
    return f"截至{full_day(day)}"


def table(columns: Sequence[Column], rows: Sequence[ItemRow], width: int) -> Iterator[Part]:
    """A table of items without anything around it. A task's name stands once above its items, as in the notice."""
    cells = [[column.cell(row) for column in columns] for row in rows]
    for index, column in enumerate(columns):
        if column.key == "task":
            for number in range(len(rows) - 1, 0, -1):
                if _same_task(rows[number], rows[number - 1]):
                    cells[number][index] = StyledText("")
    return grid([column.head for column in columns], cells, width)


def _same_task(row: ItemRow, before: ItemRow) -> bool:
    return row.item.state.listed.task is before.item.state.listed.task


def marks(columns: Sequence[Column], rows: Sequence[ItemRow]) -> Iterator[str]:
    """What short marks in a table mean, where they occur."""
    keys = {column.key for column in columns}
    states = [row.item.state for row in rows]
    if "deadline" in keys and any(s.current and s.current.due != s.current.issued for s in states):
        yield "时限后有“延”字的，是批准延期后的时限。"
    if "days_left" in keys and any(is_pending(s.status) for s in states):
        yield "待核验事项的天数，是申请后已等的工作日。"


def foot(
    judgement: Judgement, columns: Sequence[Column], sentences: Sequence[str], width: int
) -> Iterator[Line]:
    """Sentences below a table and, where it has lights, what they mean."""
    for sentence in sentences:
        for line in wrap_clauses(sentence, width):
            yield (StyledText(line),)
    if any(column.key == "light" for column in columns):
        yield from paragraph(legend(judgement.ledger.rules), width, FAINT)
