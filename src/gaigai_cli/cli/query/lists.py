"""``gaigai overdue``: 逾期未办结 and 未按期报送, told apart."""

from collections.abc import Sequence
from typing import Annotated

import typer

from gaigai_cli.cli import complete, typed
from gaigai_cli.cli import typed as values
from gaigai_cli.cli.query import filters
from gaigai_cli.cli.session import Session, current
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import notes
from gaigai_cli.query import choose
from gaigai_cli.query.choose import Row, select
from gaigai_cli.render.columns import BY_NAME, COLUMNS, SHEET, Column, standard
from gaigai_cli.render.console.list import listing, open_bodies
from gaigai_cli.render.console.overdue import late
from gaigai_cli.render.json import late_json
from gaigai_cli.words.typed import meant

FOUND = 1


def overdue(
    ctx: typer.Context,
    dept: Annotated[
        str | None,
        typer.Option(
            "--dept", metavar="单位", help="只看这个单位承担的事项", autocompletion=complete.units
        ),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="有逾期未办结或未按期报送的，退出码为 1")
    ] = False,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="格式",
            help="输出格式：table（默认）、json",
            autocompletion=filters.table_or_json,
        ),
    ] = "table",
) -> int:
    """Print what is past its deadline, and who owes a period's report."""
    session = current(ctx)
    form = typed.choice(format_, filters.TABLE_OR_JSON, "--format")
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


def list_items(
    ctx: typer.Context,
    dept: Annotated[
        str | None,
        typer.Option(
            "--dept",
            metavar="单位",
            help="这个单位承担的事项，不论牵头、责任还是配合",
            autocompletion=complete.units,
        ),
    ] = None,
    lead: Annotated[
        str | None,
        typer.Option(
            "--lead",
            metavar="单位",
            help="这个单位牵头的事项",
            autocompletion=complete.units,
        ),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(
            "--role",
            metavar="角色",
            help="与 --dept 合用：牵头、责任或配合",
            autocompletion=filters.roles,
        ),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            metavar="状态",
            help="状态，可写几个：未报进展、未启动、推进中、待核验、已销号、已评估、已核减",
            autocompletion=filters.statuses,
        ),
    ] = None,
    light: Annotated[
        list[str] | None,
        typer.Option(
            "--light",
            metavar="亮灯",
            help="亮灯，可写几个：红、黄、蓝、绿、无",
            autocompletion=filters.lights,
        ),
    ] = None,
    due_from: Annotated[
        str | None,
        typer.Option("--due-from", metavar="日期", help="在这一天或之后到期的（有时限的事项）"),
    ] = None,
    due_by: Annotated[
        str | None,
        typer.Option("--due-by", metavar="日期", help="在这一天或之前到期的（有时限的事项）"),
    ] = None,
    month: Annotated[
        str | None,
        typer.Option("--month", metavar="月份", help="在这个月到期的（有时限的事项），如 2024-06"),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="类型",
            help="时限类型：明确时限、持续推动、分阶段、按期重复、时限未定",
            autocompletion=filters.kinds,
        ),
    ] = None,
    task: Annotated[
        list[str] | None,
        typer.Option(
            "--task",
            metavar="序号",
            help="主要任务的序号，如 16",
            autocompletion=complete.items_and_tasks,
        ),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option("--search", metavar="文字", help="任务、内容、单位或进展中含有这些文字的"),
    ] = None,
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="次序",
            help="排序：编号（默认）、时限、亮灯、状态、进度、进展",
            autocompletion=filters.sorts,
        ),
    ] = "编号",
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="列",
            help="只要这些列，用逗号隔开，如 编号,主要任务,牵头单位,状态",
            autocompletion=filters.one_of(column.title for column in COLUMNS.values()),
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="格式",
            help="输出格式：table（默认）、json、csv（Excel 可直接打开）、md",
            autocompletion=filters.formats,
        ),
    ] = "table",
) -> None:
    """Print the items that match every filter given."""
    session = current(ctx)
    form = values.choice(format_, filters.FORMATS, "--format")
    chosen = read_columns(columns)
    order = values.choice(sort, filters.SORTS, "--sort")
    asked = filters.Asked(
        dept,
        lead,
        role,
        tuple(status or ()),
        tuple(light or ()),
        tuple(kind or ()),
        tuple(task or ()),
        due_from,
        due_by,
        month,
        search,
    )
    wanted = filters.read_filter(asked, session)
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
            titles = "、".join(column.title for column in COLUMNS.values())
            raise GaigaiError(f"没有“{name}”这一列", f"{meant(name, BY_NAME)}可写：{titles}")
    return tuple(BY_NAME[name] for name in names) or None


def write_rows(
    session: Session,
    rows: tuple[Row, ...],
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


def due(
    ctx: typer.Context,
    within: Annotated[
        str, typer.Option("--within", metavar="天数", help="今后多少天内到期，默认 30")
    ] = "30",
    dept: Annotated[
        str | None,
        typer.Option(
            "--dept", metavar="单位", help="只看这个单位承担的事项", autocompletion=complete.units
        ),
    ] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="列", help="只要这些列，用逗号隔开")
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="格式",
            help="输出格式：table（默认）、json、csv、md",
            autocompletion=filters.formats,
        ),
    ] = "table",
) -> None:
    """Print the dated items that come due within some days."""
    session = current(ctx)
    form = typed.choice(format_, filters.FORMATS, "--format")
    days = typed.whole(within, what="--within")
    chosen = read_columns(columns)
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
