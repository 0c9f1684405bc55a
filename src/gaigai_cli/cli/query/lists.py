"""``gaigai overdue``, ``list`` and ``due``: items of a list, or of several."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from gaigai_cli.cli.options import COLUMNS, DEPT, STATE, TABLE_OR_JSON, Option, format_of, one_of
from gaigai_cli.cli.query import filters
from gaigai_cli.cli.query.filters import FILTERS, SEARCH
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, some_of
from gaigai_cli.query import choose
from gaigai_cli.query.choose import ItemRow, select
from gaigai_cli.render import columns as known
from gaigai_cli.render.columns import BY_NAME, SHEET, Column, Shown, shown, standard
from gaigai_cli.render.console.list import (
    Share,
    all_notes,
    listing,
    open_bodies,
    share,
    year_is_over,
)
from gaigai_cli.render.console.overdue import LateItems, late, late_of
from gaigai_cli.render.json import Json, late_json, rows_json
from gaigai_cli.render.lines import Page
from gaigai_cli.render.rows import as_csv, as_markdown, data_of
from gaigai_cli.words.typed import meant
from gaigai_cli.work import values

T = TypeVar("T")

FOUND = 1


def named(session: Session, rows: list[Json]) -> list[Json]:
    """Return objects of one of several lists: first what it is called, and its title."""
    if not session.name:
        return rows
    head = {"list": session.name, "list_title": session.title}
    return [head | row for row in rows]


Part = tuple[Callable[[], list[Json] | Json], Share[T]]
"""What a list gives, free of its ledger: cells for a page, and what makes its objects where JSON is wanted."""


def answered(
    run: Run,
    part: Callable[[Session], Part[T]],
    page: Callable[[Sequence[Share[T]]], Page],
    joined: Callable[[list[Json]], Json | list[Json]] = list,
) -> int:
    """Print what the lists give, their objects (the only one by itself) or one page of all; return the exit status.

    ``joined`` is what the objects of several lists become, where each gives one.
    """
    as_json = run.format(TABLE_OR_JSON) == "json"

    def given(session: Session) -> tuple[list[Json], bool, Share[T]]:
        objects, cells = part(session)
        value = objects() if as_json else []
        alone = isinstance(value, dict)
        return named(session, [value] if isinstance(value, dict) else value), alone, cells

    found = run.of_lists(given)
    values = [value for own, _, _ in found.parts for value in own]
    if not as_json:
        run.output.show(page([one for _, _, one in found.parts]))
    elif not found.parts[0][1]:
        run.output.json(values)
    else:
        run.output.json(joined(values) if found.several else values[0])
    return found.status


_EXIT_CODE: Final = Option(
    "--exit-code", "有逾期未办结、期内任务未完成或未按期报送的，退出状态为 1"
)


@takes(DEPT, STATE, _EXIT_CODE, TABLE_OR_JSON)
def overdue(run: Run) -> int:
    """Print what is past its deadline, and who owes a period's report."""
    exit_code = run.flag(_EXIT_CODE)
    units: list[str] = []
    any_late: list[bool] = []

    def late_in(session: Session) -> Part[LateItems]:
        unit = session.unit_typed(DEPT)
        units.extend([unit] if unit else [])
        judgement = session.judgement
        unfinished = choose.of_unit(choose.overdue(judgement), unit)
        turns = choose.of_unit(choose.unfinished_turns(judgement), unit)
        silent = choose.of_unit(choose.unreported(judgement), unit)
        any_late.append(bool(unfinished or turns or silent))
        content = late_of(judgement, unfinished, turns, silent)
        one = share(judgement, content, name=session.name)
        return lambda: late_json(unfinished, turns, silent), one

    def page(shares: Sequence[Share[LateItems]]) -> Page:
        return late(shares, title=f"逾期情况：{_some(units)}承担" if units else "逾期情况")

    status = answered(run, late_in, page)
    return max(status, FOUND if exit_code and any(any_late) else 0)


WIDEST = 120
"""Of a Markdown table as many columns as a table on a wide terminal has."""

_SORT: Final = Option(
    "--sort",
    "排序：编号（默认）、时限、亮灯、状态、进度、进展",
    "次序",
    choices=tuple(filters.SORTS),
)
_COLUMNS: Final = Option(
    "--columns",
    "只要这些列，用逗号隔开，如 编号,主要任务,牵头单位,状态",
    "列",
    complete=one_of(column.title for column in known.COLUMNS.values()),
)
_FORMAT: Final = format_of(
    *filters.FORMATS, help="输出格式：table（默认）、json、csv（Excel 可直接打开）、md"
)


@takes(*FILTERS, STATE, _SORT, _COLUMNS, _FORMAT)
def list_(run: Run) -> int:
    """Print the items that match every filter given."""
    order = filters.SORTS[run.choice(_SORT)]
    titles: list[str] = []

    def items(session: Session) -> Rows:
        wanted = filters.read_filter(run, session)
        selection = select(session.judgement, wanted, order)
        remarks = (open_bodies(selection), year_is_over(session.judgement))
        titles.append(filters.in_words(wanted))
        return selection.rows, tuple(filter(None, remarks))

    def said() -> tuple[str, str]:
        if run.has(SEARCH) and run.has(STATE):
            run.output.message("状态文件里没有进展的文字，--search 在其中只查清单原文。")
        title = _some(filter(None, titles), "；")
        return f"任务清单：{title}" if title else "任务清单", "没有符合条件的事项。"

    return _print_rows(run, _FORMAT, _COLUMNS, items, said)


def _columns(typed: str | None) -> tuple[Column, ...] | None:
    """Return the columns that were typed; None where none were."""
    names = filters.words([typed] if typed else [])
    for name in names:
        if name not in BY_NAME:
            titles = "、".join(column.title for column in known.COLUMNS.values())
            raise GaigaiError(f"没有“{name}”这一列", f"{meant(name, BY_NAME)}可写：{titles}")
    return tuple(BY_NAME[name] for name in names) or None


Rows = tuple[tuple[ItemRow, ...], tuple[str, ...]]
"""Items of a list, and what is remarked on them."""
ListRows = tuple[list[Json], tuple[tuple[str, ...], ...], Share[tuple[Shown, ...]]]
"""What a list gives, free of its ledger: rows as JSON, as data of a sheet, as cells; those that the form needs."""


def _some(words: Iterable[str], sign: str = "、") -> str:
    """Return each word once; of many, as several lists have them, the first and 等."""
    return some_of(list(dict.fromkeys(words)), _SOME, sign=sign)


_SOME: Final = 3


def _print_rows(
    run: Run,
    format_: Option,
    columns_: Option,
    rows_of: Callable[[Session], Rows],
    said: Callable[[], tuple[str, str]],
) -> int:
    """Print items of the lists in one of the four forms; return the exit status.

    ``said`` returns the title of a table, and what stands in it where there are no items, once all lists are read.
    """
    form, columns = run.format(format_), _columns(run.word(columns_))

    def given(session: Session) -> ListRows:
        (rows, remarks), name = rows_of(session), session.name
        cells = shown(rows, columns, list=name) if form in ("table", "md") else ()
        return (
            named(session, rows_json(rows)) if form == "json" else [],
            data_of(columns or SHEET, rows, list=name) if form == "csv" else (),
            share(session.judgement, cells, name=name, remarks=remarks),
        )

    found, output = run.of_lists(given), run.output
    title, nothing = said()
    shares = [one for _, _, one in found.parts]
    if form == "json":
        output.json([row for rows, _, _ in found.parts for row in rows])
    elif form == "csv":
        for note in all_notes(shares):  # in the file they would be taken for a row
            output.message(note)
        data = (row for _, rows, _ in found.parts for row in rows)
        output.data(as_csv(columns or SHEET, data, several=found.several))
    elif form == "md":
        cells = [row for one in shares for row in one.content]
        chosen = columns or standard(cells, WIDEST)
        output.document(as_markdown(all_notes(shares), chosen, cells, several=found.several))
    else:
        output.show(listing(shares, title=title, columns=columns, nothing=nothing))
    return found.status


_WITHIN: Final = Option("--within", "今后多少天内到期，默认 30", "天数")
_FORMAT_OF_ROWS: Final = format_of(*filters.FORMATS)


@takes(_WITHIN, DEPT, STATE, COLUMNS, _FORMAT_OF_ROWS)
def due(run: Run) -> int:
    """Print the dated items that come due within some days."""
    days = values.whole(run.word(_WITHIN) or "30", what=_WITHIN.name)
    units: list[str] = []

    def coming(session: Session) -> Rows:
        unit = session.unit_typed(DEPT)
        units.extend([unit] if unit else [])
        rows = choose.of_unit(choose.due_within(session.judgement, days), unit)
        late = choose.of_unit(choose.overdue(session.judgement), unit)
        remark = f"另有{len(late)}项已经逾期，运行 gaigai overdue 查看。" if late else ""
        remark = year_is_over(session.judgement) or remark
        return rows, (remark,) if remark else ()

    def said() -> tuple[str, str]:
        whose = _some(units)
        if not whose:
            return f"{days}天内到期", f"{days}天内没有到期的事项。"
        return f"{days}天内到期：{whose}承担", f"{whose}承担的事项中，{days}天内没有到期的。"

    return _print_rows(run, _FORMAT_OF_ROWS, COLUMNS, coming, said)
