"""Issuing of bulletins, and what becomes of them afterwards: verified, taken back, corrected, revoked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from gaigai_cli.cli import ask
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.output import Output, free_place
from gaigai_cli.cli.report.report_options import FILE, OUT, STDOUT, WantedPaper, bulletin_of
from gaigai_cli.cli.run import Run
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.words.normal import plain
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import full_day
from gaigai_cli.words.typed import typed_path
from gaigai_cli.work.papers import PaperFile, cover_file, write_files

if TYPE_CHECKING:
    from gaigai_cli.work.issue import ToKeep

_NEXT: Final = "下一步：请提交以上文件并推送，别人才能看到。"
ISSUE: Final = Option("--issue", "签发：定稿和全部数字存入 reports/issued/，不再改动")
_ONLY: Final = "只用于签发，请加 --issue，或去掉它"
_NUMBER: Final = Option(
    "--number", "签发的文号或期号；不写则用定稿上的，期号接着上一期编", "文号", only=_ONLY
)
_DATE: Final = Option("--date", "签发日期，即成文日期；不写则为今天", "日期", only=_ONLY)
_PRINTED: Final = Option("--printed", "印发日期；不写则和签发日期相同", "日期", only=_ONLY)
_REVOKE: Final = Option(
    "--revoke", "原通报已经分发的，写明理由予以撤销，以这一份为准", "理由", only=_ONLY
)
_VERIFY: Final = Option("--verify", "核对已签发的通报：文件、数字、重制", "月份")
_WITHDRAW: Final = Option("--withdraw", "撤回签发：尚未分发的通报，文号作废，原件仍保存", "月份")
_UNSENT: Final = Option("--unsent", "确认这份通报尚未分发", only="只和 --withdraw 一起使用")
_REASON: Final = Option("--reason", "撤回签发的理由", "文字", only="只和 --withdraw 一起使用")
_CORRECT: Final = Option("--correct", "对已分发的通报出更正；加 --issue 即签发", "月份")
_SAYS: Final = Option(
    "--says",
    "更正什么，如 附件1第12项时限应为6月30日，可写几次",
    "文字",
    many=True,
    only="只和 --correct 一起使用",
)
ISSUING: Final = (
    ISSUE, _NUMBER, _DATE, _PRINTED, _REVOKE, _VERIFY, _WITHDRAW, _UNSENT, _REASON, _CORRECT, _SAYS,
)  # fmt: skip


def after_issue(run: Run) -> bool:
    """Do what is asked of a bulletin that was issued already; return whether anything is."""
    does: dict[Option, Callable[[Run, str], None]] = {
        _VERIFY: _verify,
        _WITHDRAW: _withdraw,
        _CORRECT: _correct,
    }
    asked = [option for option in does if run.has(option)]
    if not asked:
        return False
    if len(asked) > 1 or (asked[0] is not _CORRECT and (run.has(ISSUE) or run.has(FILE))):
        names = "、".join(o.name for o in (*asked, ISSUE) if run.has(o) or o is ISSUE)
        raise GaigaiError(f"{names} 不能同时使用", "请分几次运行")
    does[asked[0]](run, run.word(asked[0]) or "")
    return True


def issue(run: Run, wanted: WantedPaper, *, force: bool) -> None:
    """Fill in, compare and keep a bulletin."""
    from gaigai_cli.work.issue import Signing, prepare
    from gaigai_cli.work.issue import issue as keep

    session, file = run.session, run.word(FILE)
    number, date, printed = run.word(_NUMBER), run.word(_DATE), run.word(_PRINTED)
    if not wanted.whole or wanted.out or run.flag(STDOUT):
        raise GaigaiError(
            "签发的只能是通报", "请去掉 --internal、--brief、--check、--unit、--out、--stdout"
        )
    if session.at is not None or session.as_of != session.today:
        raise GaigaiError("签发以现在的数据为准", "请去掉 --at 和 --as-of")
    if len(wanted.formats) > 1:
        raise GaigaiError("签发的只能是一个文件", "请只写一种 --format")
    day = session.past_day(date, what=_DATE.name)
    signing = Signing(
        file=typed_path(file) if file else None,
        format=wanted.formats[0],
        letterhead=wanted.letterhead,
        scored=wanted.scored,
        number=number,
        day=day,
        printed=day if printed is None else session.coming_day(printed, what=_PRINTED.name),
        force=force,
        revokes=run.word(_REVOKE),
    )
    run.refuse_unused()
    report = bulletin_of(session, wanted, max(day, wanted.period.first))
    prepared = prepare(session, report, signing)
    tell_checks(session, wanted.period)
    _tell(session, prepared, signing.file)
    cover = [cover_file(prepared.kept.report)] if wanted.paper == "发文稿纸" else []
    written = write_files(session.reports, cover, force=force)
    for sentence in keep(session, prepared):
        session.output.message(sentence)
    for path in written:
        session.output.message(f"发文稿纸已填好文号和日期，存为 {shown(path)}。")
    if session.in_git:
        session.output.message(_NEXT)


def tell_checks(session: Session, period: Period) -> None:
    """Say who hasn't answered a 核对函 yet, and what was objected to."""
    from gaigai_cli.work.checked import checks, told

    for line in told(checks(session, period), session.today.year):
        session.output.message(line)


def _tell(session: Session, prepared: ToKeep, file: Path | None) -> None:
    """Say what was filled in, and what somebody might want otherwise.

    Where figures differ, or the data aren't committed, the person may still say no.
    """
    name = shown(file) if file is not None else ""
    told = prepared.differences(name)
    for line in (*prepared.notes(name), *told):
        session.output.message(line)
    question = "仍以定稿为准签发吗？" if told else "不先提交，仍要签发吗？"
    doubtful = (told or prepared.uncommitted) and ask.on_terminal()
    if doubtful and not ask.confirm(question, default=False):
        raise ask.Declined


def _period(session: Session, words: str, option: Option) -> str:
    """Return the period of an issued bulletin as somebody types it."""
    name = plain(words)
    if name in {issued.period for issued in session.ledger.issued}:
        return name
    return str(session.month(words, what=option.name))


def _verify(run: Run, words: str) -> None:
    """Print the tests of one issued bulletin; exit status 1 where something is not as it was."""
    from gaigai_cli.work.verify import verify

    session, out = run.session, run.word(OUT)
    run.refuse_unused()
    output = session.output if out is None else Output(file=free_place(out))
    found = verify(session, _period(session, words, _VERIFY))
    issue = found.issue
    output.text(f"{issue.report.period.words}通报  {issue.number}  {full_day(issue.issued)}签发")
    if (void := found.voided) is not None:
        output.text(f"{full_day(void.day)}{void.kind}，文号作废：{void.reason}")
    for result in found.results:
        output.text(f"{result.test}：{result.outcome}。{result.words}")
    output.finish()
    if found.altered:
        raise typer.Exit(1)


def _withdraw(run: Run, words: str) -> None:
    """Take back what was signed and not yet sent out."""
    from gaigai_cli.work.issue import bulletin_in_force, instead, withdraw

    session, reason, unsent = run.session, run.word(_REASON), run.flag(_UNSENT)
    run.refuse_unused()
    period = _period(session, words, _WITHDRAW)
    if ask.on_terminal():
        number = bulletin_in_force(session, period).number
        if not unsent and ask.confirm(f"{number}是否已分发？", default=True):
            raise GaigaiError("已经分发的不能撤回签发", f"请{instead(period)}")
        reason, unsent = reason or ask.words("撤回签发的理由", required=True), True
    for sentence in withdraw(session, period, reason or "", unsent=unsent):
        session.output.message(sentence)


def _correct(run: Run, words: str) -> None:
    """Draft a 更正 for those who have the bulletin, or issue it with its number."""
    from gaigai_cli.render.papers.one_page import letter_docx
    from gaigai_cli.work.issue import erratum, issue_erratum

    session, says = run.session, run.words(_SAYS)
    period = _period(session, words, _CORRECT)
    if not run.flag(ISSUE):
        run.refuse_unused()
        letter = erratum(session, period, says, number=None, day=session.today)
        file = PaperFile(f"{period}-更正.docx", letter_docx(letter, session.today))
        (path,) = write_files(session.reports, [file], force=False)
        session.output.message(f"已写入更正草稿 {shown(path)}。签发请加 --issue --number 文号。")
        return
    number, date = run.word(_NUMBER), run.word(_DATE)
    run.refuse_unused()
    day = session.past_day(date, what=_DATE.name)
    session.output.message(issue_erratum(session, period, says, number or "", day))
    if session.in_git:
        session.output.message(_NEXT)
