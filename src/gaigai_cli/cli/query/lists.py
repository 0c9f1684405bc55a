"""``gaigai overdue``: 逾期未办结 and 未按期报送, told apart."""

from collections.abc import Sequence
from typing import Final

from gaigai_cli.cli.options import COLUMNS, DEPT, TABLE_OR_JSON, format_of, one_of
from gaigai_cli.cli.query import filters
from gaigai_cli.cli.query.filters import FILTERS
from gaigai_cli.cli.run import Option, Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import notes
from gaigai_cli.query import choose
from gaigai_cli.query.choose import ItemRow, select
from gaigai_cli.render import columns as known
from gaigai_cli.render.columns import BY_NAME, SHEET, Column, standard
from gaigai_cli.render.console.list import listing, open_bodies
from gaigai_cli.render.console.overdue import late
from gaigai_cli.render.json import late_json
from gaigai_cli.words.typed import meant
from gaigai_cli.work import typed

FOUND = 1


_EXIT_CODE: Final = Option("--exit-code", "有逾期未办结或未按期报送的，退出码为 1")


@takes(DEPT, _EXIT_CODE, TABLE_OR_JSON)
def overdue(run: Run) -> int:
    """Print what is past its deadline, and who owes a period's report."""
    session, dept, exit_code = run.session, run.word(DEPT), run.flag(_EXIT_CODE)
    form = run.format(TABLE_OR_JSON)
    unit = session.unit(dept) if dept is not None else None
    judgement = session.judgement
    unfinished = choose.of_unit(choose.overdue(judgement), unit)
    silent = choose.of_unit(choose.unreported(judgement), unit)
    if form == "json":
        session.output.json(late_json(unfinished, silent))
    else:
        title = f"逾期情况：{unit}承担" if unit else "逾期情况"
        width = session.output.width
        session.output.show(late(judgement, unfinished, silent, title=title, width=width))
    return FOUND if exit_code and (unfinished or silent) else 0


WIDEST = 120
"""Of a Markdown table as many columns as a table on a wide terminal has."""


_SORT: Final = Option(
    "--sort",
    "排序：编号（默认）、时限、亮灯、状态、进度、进展",
    "次序",
    choices=tuple(filters.SORTS),
    complete=one_of(filters.SORTS),
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


@takes(*FILTERS, _SORT, _COLUMNS, _FORMAT)
def list_items(run: Run) -> None:
    """Print the items that match every filter given."""
    session = run.session
    form = run.format(_FORMAT)
    chosen = read_columns(run.word(_COLUMNS))
    order = filters.SORTS[run.choice(_SORT)]
    wanted = filters.read_filter(run, session)
    selection = select(session.judgement, wanted, order)
    remark = open_bodies(selection)
    title = filters.in_words(wanted)
    write_rows(
        session,
        selection.rows,
        form=form,
        columns=chosen,
        title=f"任务清单：{title}" if title else "任务清单",
        remarks=(remark,) if remark else (),
    )


def read_columns(typed: str | None) -> tuple[Column, ...] | None:
    """The columns that were typed; None where none were."""
    names = filters.words([typed] if typed else [])
    for name in names:
        if name not in BY_NAME:
            titles = "、".join(column.title for column in known.COLUMNS.values())
            raise GaigaiError(f"没有“{name}”这一列", f"{meant(name, BY_NAME)}可写：{titles}")
    return tuple(BY_NAME[name] for name in names) or None


def write_rows(
    session: Session,
    rows: tuple[ItemRow, ...],
    *,
    form: str,
    columns: Sequence[Column] | None,
    title: str,
    remarks: Sequence[str] = (),
    nothing: str = "没有符合条件的事项。",
) -> None:
    """Print rows in one of the four forms."""
    output, judgement = session.output, session.judgement
    if form == "json":
        from gaigai_cli.render.json import rows_json

        output.json(rows_json(rows))
    elif form == "csv":
        from gaigai_cli.render.rows import as_csv

        for note in notes(judgement):  # in the file they would be taken for a row
            output.message(note)
        output.data(as_csv(columns or SHEET, rows))
    elif form == "md":
        from gaigai_cli.render.rows import as_markdown

        output.document(as_markdown(judgement, columns or standard(rows, WIDEST), rows))
    else:
        view = listing(
            judgement,
            rows,
            title=title,
            width=output.width,
            columns=columns,
            remarks=remarks,
            nothing=nothing,
        )
        output.show(view)


_WITHIN: Final = Option("--within", "今后多少天内到期，默认 30", "天数")
_FORMAT_OF_ROWS: Final = format_of(*filters.FORMATS)


@takes(_WITHIN, DEPT, COLUMNS, _FORMAT_OF_ROWS)
def due(run: Run) -> None:
    """Print the dated items that come due within some days."""
    session, dept = run.session, run.word(DEPT)
    form = run.format(_FORMAT_OF_ROWS)
    days = typed.whole(run.word(_WITHIN) or "30", what=_WITHIN.name)
    chosen = read_columns(run.word(COLUMNS))
    unit = session.unit(dept) if dept is not None else None
    rows = choose.of_unit(choose.due_within(session.judgement, days), unit)
    late = choose.of_unit(choose.overdue(session.judgement), unit)
    whose = f"{unit}承担的" if unit else ""
    write_rows(
        session,
        rows,
        form=form,
        columns=chosen,
        title=f"{days}天内到期：{unit}承担" if unit else f"{days}天内到期",
        remarks=(f"另有{len(late)}项已经逾期，运行 gaigai overdue 查看。",) if late else (),
        nothing=f"{whose}事项中，{days}天内没有到期的。" if unit else f"{days}天内没有到期的事项。",
    )
