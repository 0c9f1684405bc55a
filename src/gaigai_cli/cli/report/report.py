"""``gaigai report``: the bulletin in one format or several, the internal paper, the leaders' page, and issuing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gaigai_cli.cli.options import STATE
from gaigai_cli.cli.report.issuing import ISSUE, ISSUING, after_issue, issue
from gaigai_cli.cli.report.report_options import (
    FILE,
    PAPER,
    STDOUT,
    Wanted,
    bulletin_of,
    read_wanted,
)
from gaigai_cli.cli.report.roll_up import ROLL_UP, report_roll_up
from gaigai_cli.cli.run import Option, Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.report.period import Month
from gaigai_cli.words.typed import typed_path
from gaigai_cli.work.directory import counted
from gaigai_cli.work.papers import BulletinFile, bulletin_bytes, sheet_bytes, write_files

if TYPE_CHECKING:
    from gaigai_cli.render.lines import Page
    from gaigai_cli.report.monthly_report import MonthlyReport


_FORCE: Final = Option("--force", "文件已有人改动时仍然覆盖；尚无进展记录时仍然签发")


_NOTES: Final = Option(
    "--notes", "写本期通报的补充内容（用编辑器），放在各部分末尾，重新生成时保留"
)


@takes(FILE, *PAPER, ROLL_UP, STATE, *ISSUING, _NOTES, _FORCE)
def report(run: Run) -> int:
    """出通报：显示正文，并写入 reports/ 文件夹（含任务台账和各单位情况）。"""
    if run.flag(ROLL_UP):
        return report_roll_up(run, force=run.flag(_FORCE))
    if after_issue(run):
        return 0
    issuing = run.flag(ISSUE)
    wanted = read_wanted(run, issuing=issuing)
    if run.flag(_NOTES):
        _edit_notes(run, wanted)
    elif issuing:
        issue(run, wanted, force=run.flag(_FORCE))
    else:
        _write(run, wanted)
    return 0


def _edit_notes(run: Run, wanted: Wanted) -> None:
    """Let the office write its own words of the period."""
    from gaigai_cli.work.own_words import edit

    run.refuse_unused()
    path = edit(run.session, wanted.period)
    run.session.output.message(f"已写入 {shown(path)}；重新运行 gaigai report 生成通报。")


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
    annexes = (
        ""
        if wanted.internal or wanted.brief or wanted.check or wanted.unit
        else "，其中有附件 1、2"
    )
    session.output.message(f"已写入 {written}{annexes}。")


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
    bulletin = bulletin_of(session, wanted, session.as_of)
    if wanted.check:
        return _checks(session, wanted, bulletin), None
    if wanted.item:
        from gaigai_cli.render.papers.one_page import application_docx
        from gaigai_cli.report.bulletin import facts_of
        from gaigai_cli.report.letters import request

        known = facts_of(session.judge, period, today=session.as_of)
        form = request(known, wanted.item, day=session.as_of)
        name = f"{period}-呈批件-{wanted.item}.docx"
        return [BulletinFile(name, "docx", application_docx(form))], None
    if wanted.brief:
        from gaigai_cli.render.papers.one_page import brief_docx
        from gaigai_cli.report.brief import brief

        data = brief_docx(brief(bulletin))
        return [BulletinFile(f"{period}-领导专报.docx", "docx", data)], None
    stem = f"{period}-{wanted.unit}" if wanted.unit else str(period)
    with session.progress("出通报") as told:
        files = [
            BulletinFile(
                f"{stem}.{name}",
                name,
                sheet_bytes(session, bulletin, name)
                if wanted.unit
                else bulletin_bytes(session, bulletin, name, letterhead=wanted.letterhead),
            )
            for name in counted(wanted.formats, told)
        ]
    return files, letter.bulletin_page(bulletin, width)


def _checks(session: Session, wanted: Wanted, bulletin: MonthlyReport) -> Sequence[BulletinFile]:
    """A 核对函 to each unit that the bulletin names. Raises ``GaigaiError`` where it names none."""
    from gaigai_cli.render.papers.one_page import letter_docx
    from gaigai_cli.report.letters import checks

    made = [
        BulletinFile(
            f"{wanted.period}-核对函-{unit}.docx",
            "docx",
            letter_docx(letter, session.as_of, receipt=True),
        )
        for unit, letter, _ in checks(session.ledger, bulletin, day=session.as_of)
    ]
    if not made:
        raise GaigaiError("通报没有点到任何单位，不需要核对", "可以直接签发")
    return made
