"""``gaigai report``: the bulletin in one format or several, the internal paper, the leaders' page, and issuing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gaigai_cli.cli.options import AS_OF, STATE, Option
from gaigai_cli.cli.report import report_options as o
from gaigai_cli.cli.report.issue import ISSUE, ISSUING, after_issue, issue, tell_checks
from gaigai_cli.cli.report.roll_up import ROLL_UP, report_roll_up
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.work import papers
from gaigai_cli.work.directory import counted

if TYPE_CHECKING:
    from gaigai_cli.render.lines import Page

_FORCE: Final = Option("--force", "文件已有人改动时仍然覆盖；尚无进展记录时仍然签发")

_NOTES: Final = Option(
    "--notes", "写本期通报的补充内容（用编辑器），放在各部分末尾，重新生成时保留"
)

_ANSWERED: Final = Option(
    "--answered", "登记这个单位对核对函的反馈；不写 --objection 即无异议", "单位"
)
_ONLY: Final = "只和 --answered 一起使用"
_OBJECTION: Final = Option("--objection", "单位的异议及依据", "文字", only=_ONLY)
_SETTLED: Final = Option("--settled", "对异议的处理，如 已改为60%", "文字", only=_ONLY)


@takes(
    o.FILE, *o.PAPER, ROLL_UP, STATE, *ISSUING, _NOTES, _ANSWERED, _OBJECTION, _SETTLED, _FORCE,
)  # fmt: skip
def report(run: Run) -> int:
    """Show the bulletin or one of its papers and write it, issue it, or do what is asked of one that was issued."""
    if run.flag(ROLL_UP):
        return report_roll_up(run, force=run.flag(_FORCE))
    if after_issue(run):
        return 0
    issuing = run.flag(ISSUE)
    wanted = o.read_wanted(run, issuing=issuing)
    answered = None if issuing else run.word(_ANSWERED)
    if run.flag(_NOTES):
        _edit_notes(run, wanted)
    elif answered is not None:
        _note_answer(run, wanted, answered)
    elif wanted.paper == "核对函" and not issuing:
        _check_with_units(run, wanted)
    elif issuing:
        issue(run, wanted, force=run.flag(_FORCE))
    else:
        _write(run, wanted)
    return 0


def _edit_notes(run: Run, wanted: o.WantedPaper) -> None:
    """Let the office write its own words of the period."""
    from gaigai_cli.work.own_words import edit

    run.refuse_unused()
    path = edit(run.session, wanted.period)
    run.session.output.message(f"已写入 {shown(path)}；重新运行 gaigai report 生成通报。")


def _note_answer(run: Run, wanted: o.WantedPaper, words: str) -> None:
    """Note what a unit says of the draft, and tell what is still open."""
    from gaigai_cli.work import checked

    session = run.session
    unit = session.unit(words)
    objection, settled = run.word(_OBJECTION) or "", run.word(_SETTLED) or ""
    run.refuse_unused()
    checked.answer(session, wanted.period, unit, objection=objection, settled=settled)
    tell_checks(session, wanted.period)


def _check_with_units(run: Run, wanted: o.WantedPaper) -> None:
    """Write a 核对函 to each unit that the bulletin names; raise ``GaigaiError`` where it names none."""
    from gaigai_cli.work import checked

    session, force = run.session, run.flag(_FORCE)
    run.refuse_unused()
    session.tell_findings()
    bulletin = o.bulletin_of(session, wanted, session.as_of)
    letters = list(papers.checking_files(session, bulletin, session.as_of))
    if not letters:
        raise GaigaiError("通报没有点到任何单位，不需要核对", "可以直接签发")
    paths = papers.write_files(session.reports, [file for _, file, _ in letters], force=force)
    checked.sent(session, wanted.period, ((unit, by) for unit, _, by in letters))
    session.output.message(f"已写入 {'、'.join(map(shown, paths))}。")
    session.output.message(
        f"单位反馈后登记：gaigai report --month {wanted.period} --answered 单位（有异议的加 --objection）。"
    )


def _write(run: Run, wanted: o.WantedPaper) -> None:
    """Make the files, show the page and write them; or only print the one file."""
    session, out = run.session, wanted.out
    to_stdout = run.flag(o.STDOUT)
    only_shown = wanted.paper == "内部研判" and out is None and not to_stdout
    force = not (to_stdout or only_shown) and run.flag(_FORCE)
    run.use(AS_OF)
    run.refuse_unused()
    files, page = _made(session, wanted)
    if only_shown:
        assert page is not None
        session.output.show(page)
        session.output.message("内部研判只显示，不随通报存放；要存成文件请加 --out 文件。")
        return
    if to_stdout:
        session.output.data(files[0].data)
        return
    paths = papers.write_files(session.reports, files, force=force, out=out)
    if page is not None:
        session.output.show(page)
    written = "、".join((*map(shown, paths), *_year_material(session, wanted)))
    annexes = "，其中有附件 1、2" if wanted.paper == "通报" else ""
    session.output.message(f"已写入 {written}{annexes}。")
    if annexes:
        tell_checks(session, wanted.period)


def _made(
    session: Session, wanted: o.WantedPaper
) -> tuple[Sequence[papers.PaperFile], Page | None]:
    """Return the files, complete before any is written, and the page for the terminal."""
    from gaigai_cli.render.console import letter

    session.tell_findings()
    period = wanted.period
    if wanted.paper == "内部研判":
        from gaigai_cli.report.internal import internal_report

        assert period.is_month
        paper = internal_report(session.judge, period, today=session.as_of)
        return [papers.internal_file(paper, period)], letter.internal_page(paper)
    bulletin = o.bulletin_of(session, wanted, session.as_of)
    if wanted.item:
        return [papers.request_file(session, period, wanted.item, session.as_of)], None
    if wanted.paper in _OF_ONE_FILE:
        return [_OF_ONE_FILE[wanted.paper](bulletin)], None
    stem = f"{period}-{wanted.unit}" if wanted.unit else str(period)

    def made(name: str) -> papers.PaperFile:
        if wanted.unit and name == "docx":  # a paper of its own with the unit's reply behind it
            from gaigai_cli.render.papers.one_page import unit_sheet_docx

            return papers.PaperFile(f"{stem}.docx", unit_sheet_docx(bulletin))
        data = papers.bulletin_bytes(session, bulletin, name, letterhead=wanted.letterhead)
        return papers.PaperFile(f"{stem}.{name}", data)

    with session.progress("出通报") as told:
        files = [made(name) for name in counted(wanted.formats, told)]
    return files, letter.bulletin_page(bulletin)


_OF_ONE_FILE: Final = {"领导专报": papers.brief_file, "发文稿纸": papers.cover_file}


def _year_material(session: Session, wanted: o.WantedPaper) -> Sequence[str]:
    """Write what a year comes to beside its bulletin; the paths of the files. One that a hand has edited stays."""
    period = wanted.period
    if not period.is_year or wanted.paper != "通报" or wanted.out:
        return ()
    return papers.write_papers(
        session, [papers.year_file(session, period, session.as_of)], below=""
    )
