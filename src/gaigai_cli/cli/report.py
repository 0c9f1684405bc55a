"""``gaigai report``: the monthly bulletin and the internal paper."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gaigai_cli.cli import values
from gaigai_cli.cli.session import Session, current
from gaigai_cli.errors import GaigaiError

if TYPE_CHECKING:
    from gaigai_cli.render.lines import Page

_FORMATS = {"md": "md"}


def report(
    ctx: typer.Context,
    month: Annotated[
        str | None, typer.Option("--month", metavar="月份", help="通报哪个月，如 2024-06")
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="格式", help="文件格式：md")] = "md",
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="文件", help="写到这个文件；不写则为 reports/月份.md"),
    ] = None,
    stdout: Annotated[bool, typer.Option("--stdout", help="只输出文件内容，不写文件")] = False,
    internal: Annotated[
        bool, typer.Option("--internal", help="出内部研判，不出通报（不随通报印发）")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="文件已有人改动时仍然覆盖")] = False,
) -> None:
    """出月度通报：显示正文，并写入 reports/月份.md（含任务台账和各单位情况）。"""
    session = current(ctx)
    values.choice(format_, _FORMATS, "--format")
    if month is None:
        raise GaigaiError("没有写明通报哪个月", "请写 --month，如 --month 2024-06")
    if stdout and out:
        raise GaigaiError("--stdout 和 --out 不能同时使用", "只留一个")
    text, page, name = _made(session, values.month(month, what="--month"), internal=internal)
    if stdout:
        session.output.text(text)
        return
    path = Path.cwd() / out if out else session.data.parent / "reports" / name
    _write(path, text, force=force)
    session.output.show(page)
    session.output.message(f"已写入 {_shown(path)}{'' if internal else '，其中有附件 1、2'}。")


def _made(
    session: Session, year_and_month: tuple[int, int], *, internal: bool
) -> tuple[str, "Page", str]:
    """The file's text, the page for the terminal and the file's usual name."""
    from gaigai_cli.render import letter, markdown
    from gaigai_cli.report.bulletin import monthly_report
    from gaigai_cli.report.internal import internal_report
    from gaigai_cli.report.period import Month

    month: Month = Month(*year_and_month)
    _tell_findings(session)
    width = session.output.width
    if internal:
        paper = internal_report(session.judge, month, today=session.as_of)
        page = letter.internal_page(paper, width)
        return markdown.internal(paper), page, f"{month}-内部研判.md"
    bulletin = monthly_report(session.judge, month, today=session.as_of)
    return markdown.bulletin(bulletin), letter.bulletin_page(bulletin, width), f"{month}.md"


def _tell_findings(session: Session) -> None:
    """Judging as of the day says on standard error that there are findings, as for every reading command."""
    assert session.judgement.ledger is session.ledger


def _write(path: Path, text: str, *, force: bool) -> None:
    """Replace the file unless a hand has edited it since; an unreadable one counts as edited."""
    from gaigai_cli.render.fingerprint import is_untouched
    from gaigai_cli.store.write import replace_text

    if path.exists() and not force:
        if path.is_dir():
            raise GaigaiError(f"“{_shown(path)}”是一个文件夹", "--out 应写文件名")
        if not is_untouched(path.read_bytes().decode("utf-8", errors="replace")):
            raise GaigaiError(
                f"{_shown(path)} 已有人改动，没有覆盖",
                "确要重做请加 --force，原来的改动会丢失；也可用 --out 另存一份",
            )
    replace_text(path, text)


def _shown(path: Path) -> str:
    """The path as seen from here, where it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
