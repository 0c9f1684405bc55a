"""``gaigai report``: the bulletin in one format or several, the internal paper, the leaders' page, and issuing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from gaigai_cli.cli.report.report_options import FILE, ISSUING, PAPER, STDOUT, Wanted, read_wanted
from gaigai_cli.cli.run import Option, Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.report.period import Month, Span
from gaigai_cli.words.normal import plain
from gaigai_cli.words.typed import typed_path
from gaigai_cli.work.papers import BulletinFile, bulletin_bytes, write_files

if TYPE_CHECKING:
    from datetime import date as Day  # noqa: N812 - an option is called date

    from gaigai_cli.render.lines import Page
    from gaigai_cli.report.monthly_report import MonthlyReport


_ISSUE: Final = Option("--issue", "签发：定稿和全部数字存入 reports/issued/，不再改动")
_NUMBER, _DATE = ISSUING
_VERIFY: Final = Option("--verify", "核对已签发的通报：文件、数字、重制", "月份")
_FORCE: Final = Option("--force", "文件已有人改动时仍然覆盖；尚无进展记录时仍然签发")


@takes(FILE, *PAPER, _ISSUE, *ISSUING, _VERIFY, _FORCE)
def report(run: Run) -> None:
    """出通报：显示正文，并写入 reports/ 文件夹（含任务台账和各单位情况）。"""
    verify = run.word(_VERIFY)
    if verify is not None:
        if run.has(_ISSUE) or run.has(FILE):
            raise GaigaiError("--verify 和 --issue 不能同时使用", "签发和核对请分两次运行")
        run.refuse_unused()
        _verify(run.session, verify)
        return
    issuing = run.flag(_ISSUE)
    wanted = read_wanted(run, issuing=issuing)
    if issuing:
        _issue(run, wanted)
    else:
        _write(run, wanted)


def _write(run: Run, wanted: Wanted) -> None:
    """Make the files, show the page and write them; or only print the one file."""
    session = run.session
    to_stdout = run.flag(STDOUT)
    files, page = _made(session, wanted)
    if to_stdout:
        session.output.data(files[0].data)
        return
    out, force = wanted.out, run.flag(_FORCE)
    run.refuse_unused()
    paths = [Path.cwd() / typed_path(out) if out else session.reports / made.name for made in files]
    write_files(paths, files, force=force)
    if page is not None:
        session.output.show(page)
    written = "、".join(map(shown, paths))
    annexes = "" if wanted.internal or wanted.brief else "，其中有附件 1、2"
    session.output.message(f"已写入 {written}{annexes}。")


def _issue(run: Run, wanted: Wanted) -> None:
    from gaigai_cli.work.issue import Signing, issue

    session, file = run.session, run.word(FILE)
    number, date = run.word(_NUMBER), run.word(_DATE)
    if wanted.internal or wanted.brief or wanted.unit or wanted.out or run.flag(STDOUT):
        raise GaigaiError("签发的只能是通报", "请去掉 --internal、--brief、--unit、--out、--stdout")
    if session.at is not None or session.as_of != session.today:
        raise GaigaiError("签发以现在的数据为准", "请去掉 --at 和 --as-of")
    if isinstance(wanted.period, Span) and not (wanted.period.is_year or wanted.period.quarter):
        raise GaigaiError("签发的只能是月度、季度、年度通报", "请写 --month、--quarter 或 --year")
    if len(wanted.formats) > 1:
        raise GaigaiError("签发的只能是一个文件", "请只写一种 --format")
    if number is None:
        raise GaigaiError("没有写明文号", "请写 --number，如 --number 岳县工改办发〔2024〕8号")
    day = session.today if date is None else session.past_day(date, what=_DATE.name)
    signing = Signing(
        file=typed_path(file) if file else None,
        format=wanted.formats[0],
        letterhead=wanted.letterhead,
        scored=wanted.scored,
        number="".join(number.split()),
        day=day,
        force=run.flag(_FORCE),
    )
    run.refuse_unused()
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
        year, month = session.month(words, what="--verify")
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
