"""``gaigai report``: the bulletin in one format or several, the internal paper, the leaders' page, and issuing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gaigai_cli.cli import complete, typed
from gaigai_cli.cli.report.report_options import Wanted, check, read_formats, read_period
from gaigai_cli.cli.session import Session, current
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.report.period import Month, Span
from gaigai_cli.words.typed import plain, typed_path
from gaigai_cli.work.papers import BulletinFile, bulletin_bytes, write_files

if TYPE_CHECKING:
    from datetime import date as Day  # noqa: N812 - an option is called date

    from gaigai_cli.render.lines import Page
    from gaigai_cli.report.monthly_report import MonthlyReport


def report(
    ctx: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="定稿", help="和 --issue 一起使用：领导签发的定稿文件")
    ] = None,
    month: Annotated[
        str | None, typer.Option("--month", metavar="月份", help="通报哪个月，如 2024-06")
    ] = None,
    quarter: Annotated[
        str | None, typer.Option("--quarter", metavar="季度", help="通报哪个季度，如 2024-Q3")
    ] = None,
    year: Annotated[
        str | None,
        typer.Option("--year", metavar="年份", help="年度通报，如 2024，附各事项办理经过"),
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="月份", help="从哪个月起（和 --to 一起使用）")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="月份", help="到哪个月止（含）")
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            metavar="单位",
            help="只出这个单位的情况单",
            autocompletion=complete.units,
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="格式",
            help="文件格式：md、docx、html、xlsx，可写几种，如 md,docx；不写则为 md",
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="文件", help="写到这个文件；不写则为 reports/月份.格式"),
    ] = None,
    stdout: Annotated[bool, typer.Option("--stdout", help="只输出文件内容，不写文件")] = False,
    internal: Annotated[
        bool, typer.Option("--internal", help="出内部研判，不出通报（不随通报印发）")
    ] = False,
    brief: Annotated[bool, typer.Option("--brief", help="出一页的领导专报（docx）")] = False,
    scored: Annotated[
        bool, typer.Option("--score", help="季度、年度通报写入考核情况；不写则不写入")
    ] = False,
    letterhead: Annotated[
        bool, typer.Option("--letterhead", help="在 docx 上加红色发文机关标志（红头）")
    ] = False,
    issue: Annotated[
        bool, typer.Option("--issue", help="签发：定稿和全部数字存入 reports/issued/，不再改动")
    ] = False,
    number: Annotated[
        str | None, typer.Option("--number", metavar="文号", help="签发的文号")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="日期", help="签发日期；不写则为今天")
    ] = None,
    verify: Annotated[
        str | None,
        typer.Option("--verify", metavar="月份", help="核对已签发的通报：文件、数字、重制"),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="文件已有人改动时仍然覆盖；尚无进展记录时仍然签发"),
    ] = False,
) -> None:
    """出通报：显示正文，并写入 reports/ 文件夹（含任务台账和各单位情况）。"""
    session = current(ctx)
    if verify is not None:
        if issue or file is not None:
            raise GaigaiError("--verify 和 --issue 不能同时使用", "签发和核对请分两次运行")
        _verify(session, verify)
        return
    names = read_formats(formats, out, brief=brief, issue=issue)
    period = read_period(
        {"--month": month, "--quarter": quarter, "--year": year, "--from": first, "--to": last},
        file,
        session,
    )
    whose = session.unit(unit) if unit is not None else None
    wanted = Wanted(period, names, whose, internal, brief, scored, letterhead)
    check(wanted, out=out, stdout=stdout)
    if issue:
        _issue(session, wanted, file, number, date, out=out, stdout=stdout, force=force)
        return
    for option, value in (("定稿文件", file), ("--number", number), ("--date", date)):
        if value is not None:
            raise GaigaiError(f"{option}只用于签发", "请加 --issue，或去掉它")
    _write(session, wanted, out, stdout=stdout, force=force)


def _write(session: Session, wanted: Wanted, out: str | None, *, stdout: bool, force: bool) -> None:
    """Make the files, show the page and write them; or only print the one file."""
    files, page = _made(session, wanted)
    if stdout:
        session.output.data(files[0].data)
        return
    paths = [Path.cwd() / typed_path(out) if out else session.reports / made.name for made in files]
    write_files(paths, files, force=force)
    if page is not None:
        session.output.show(page)
    written = "、".join(map(shown, paths))
    annexes = "" if wanted.internal or wanted.brief else "，其中有附件 1、2"
    session.output.message(f"已写入 {written}{annexes}。")


def _issue(
    session: Session,
    wanted: Wanted,
    file: str | None,
    number: str | None,
    date: str | None,
    *,
    out: str | None,
    stdout: bool,
    force: bool,
) -> None:
    from gaigai_cli.work.issue import Signing, issue

    if wanted.internal or wanted.brief or wanted.unit or out or stdout:
        raise GaigaiError("签发的只能是通报", "请去掉 --internal、--brief、--unit、--out、--stdout")
    if session.at is not None or session.as_of != session.today:
        raise GaigaiError("签发以现在的数据为准", "请去掉 --at 和 --as-of")
    if isinstance(wanted.period, Span) and not (wanted.period.is_year or wanted.period.quarter):
        raise GaigaiError("签发的只能是月度、季度、年度通报", "请写 --month、--quarter 或 --year")
    if len(wanted.formats) > 1:
        raise GaigaiError("签发的只能是一个文件", "请只写一种 --format")
    if number is None:
        raise GaigaiError("没有写明文号", "请写 --number，如 --number 岳县工改办发〔2024〕8号")
    day = session.today if date is None else session.day(date, what="--date")
    signing = Signing(
        file=typed_path(file) if file else None,
        format=wanted.formats[0],
        letterhead=wanted.letterhead,
        scored=wanted.scored,
        number="".join(number.split()),
        day=day,
        force=force,
    )
    report = _bulletin(session, wanted, max(day, wanted.period.first))
    issued = issue(session, report, signing)
    say = session.output.message
    if issued.open_number is not None:
        say(f"提示：{issued.open_number}的文号还空着，请确认这是定稿。")
    paths = "、".join(map(shown, issued.files))
    say(f"已签发{report.period.words}通报（{signing.number}），存为 {paths}。")
    if issued.commit is None:
        say("提示：数据目录有尚未提交的改动或不在 git 仓库里，没有记录提交号，今后不能重算核对。")
    say("下一步：请提交以上文件并推送，别人才能看到。")


def _verify(session: Session, words: str) -> None:
    """Print the three tests of one issued bulletin; exit status 1 where something is not as it was."""
    from gaigai_cli.work.verify import verify

    known = {issued.period for issued in session.ledger.issued}
    name = plain(words)
    if name not in known:
        year, month = typed.month(words, what="--verify")
        name = f"{year:04d}-{month:02d}"
    found = verify(session, name)
    issue = found.issue
    session.output.text(f"{found.report.period.words}通报  {issue.number}  {issue.day}签发")
    for result in found.results:
        session.output.text(f"{result.test}：{result.outcome}。{result.words}")
    if found.altered:
        raise typer.Exit(1)


def _bulletin(session: Session, wanted: Wanted, today: Day) -> MonthlyReport:
    from gaigai_cli.report.bulletin import unit_report, whole_report

    if wanted.unit is not None:
        return unit_report(session.judge, wanted.period, wanted.unit, today=today)
    return whole_report(session.judge, wanted.period, today=today, scored=wanted.scored)


def _made(session: Session, wanted: Wanted) -> tuple[Sequence[BulletinFile], Page | None]:
    """The files, complete before any is written, and the page for the terminal."""
    from gaigai_cli.render.console import letter

    session.tell_findings()
    period, width = wanted.period, session.output.width
    if wanted.internal:
        from gaigai_cli.render.papers import bulletin_md
        from gaigai_cli.report.internal import internal_report

        assert isinstance(period, Month)
        paper = internal_report(session.judge, period, today=session.as_of)
        data = bulletin_md.internal(paper).encode()
        made = BulletinFile(f"{period}-内部研判.md", "md", data)
        return [made], letter.internal_page(paper, width)
    bulletin = _bulletin(session, wanted, session.as_of)
    if wanted.brief:
        from gaigai_cli.render.papers.one_page import brief_docx
        from gaigai_cli.report.brief import brief

        data = brief_docx(brief(bulletin))
        return [BulletinFile(f"{period}-领导专报.docx", "docx", data)], None
    stem = f"{period}-{wanted.unit}" if wanted.unit else str(period)
    files = [
        BulletinFile(
            f"{stem}.{name}",
            name,
            bulletin_bytes(session, bulletin, name, letterhead=wanted.letterhead),
        )
        for name in wanted.formats
    ]
    return files, letter.bulletin_page(bulletin, width)
