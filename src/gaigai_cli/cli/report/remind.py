"""``gaigai remind``: whom to remind of what, drafts of the papers, their issue, and their receipts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.filling import Filling, enter, filling_of
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.records import LEVELS, Level
from gaigai_cli.record.prepare import Prepared
from gaigai_cli.render.console.reminders import reminders_page
from gaigai_cli.render.papers import reminder as render
from gaigai_cli.render.papers.reminder import attention_wanted
from gaigai_cli.report.ladder import PAPERS
from gaigai_cli.report.reminders import Reminder
from gaigai_cli.work import remind as work
from gaigai_cli.work import values
from gaigai_cli.work.directory import counted
from gaigai_cli.work.papers import PaperFile, reminder_file, write_papers

_KINDS: Final[dict[str, Level]] = {
    word: level for level in LEVELS for word in (level, PAPERS[level])
}
_TEXTS: Final[dict[str, Callable[[Reminder], str]]] = {
    "md": render.reminder_markdown,
    "txt": render.reminder_chat,
}

_RETURNED: Final = Option("--returned", "登记这一编号的回执", "编号", of_list=True)
_ONLY_NEW: Final = "不用于重出文书；要签发的请加 --issue，否则去掉它"
_UNIT: Final = Option("--unit", "只提醒这个单位，可写几次", "单位", many=True, only=_ONLY_NEW)
_ONLY: Final = "只用于登记回执，请加 --returned 编号，或去掉它"
_DATE: Final = replace(o.DATE, help="收到回执的日期；不写则为今天", only=_ONLY)
_SUMMARY: Final = Option("--summary", "回执所报的办理情况", "文字", only=_ONLY)
_EVIDENCE: Final = replace(o.EVIDENCE, only=_ONLY)
_BY_WAY_OF: Final = replace(o.VIA, only=_ONLY)
_RECEIPT: Final = (_DATE, _SUMMARY, _EVIDENCE, _BY_WAY_OF)
"""What a receipt says."""
_ALL: Final = Option(
    "--all", "全部应提醒的单位和事项", only="不和 --unit、--item、--returned 同用，请只留一种"
)
_ITEMS: Final = Option(
    "--item",
    "只提醒这个事项，可写几次",
    "事项",
    many=True,
    of_list=True,
    only="不用于登记回执和重出文书；要签发的请加 --issue，否则去掉它",
)
_KIND: Final = Option("--kind", "提醒、催办或督办；不写则按已发记录确定", "种类")
_FORMAT: Final = replace(
    o.format_of("docx", "md", "txt", help="文书格式：docx（默认）、md，或供粘贴到工作群的 txt"),
    only="只用于出文书，要和 --all、--unit 或 --item 一起写，不和 --text、--returned 同用",
)
_TEXT: Final = Option(
    "--text",
    "每个单位一条提醒文字（不超过120字），可粘贴到微信、短信，不编号、不记入督办记录",
    only="不和 --issue、--returned 同用，请只留一种",
)
_ISSUE: Final = Option("--issue", "签发：编号并记入督办记录")
_NUMBER: Final = Option(
    "--number",
    "签发的编号，不写则接着上一号；不加 --issue 则重出这一编号的文书，不另记录",
    "编号",
    only="只用于签发和重出文书，请去掉它",
)
_REPLY_BY: Final = Option("--reply-by", "反馈时限；不写则按工作日计算", "日期")
_SIGNER: Final = Option("--signer", "签发人", "姓名", only="不用于 txt，请去掉它")
_CONTACT: Final = Option(
    "--contact",
    "承办人及电话；不写则用 rules.yaml 的联系人、联系电话",
    "文字",
    only="不用于 txt，请去掉它",
)
_FORCE: Final = Option(
    "--force", "本清单尚无进展记录时仍然签发", only="只用于签发，请加 --issue，或去掉它"
)


@takes(
    _UNIT, _ALL, _ITEMS, _KIND, _FORMAT, _TEXT, _ISSUE, _NUMBER, _REPLY_BY, _SIGNER, _CONTACT,
    _RETURNED, *_RECEIPT, o.BY, _FORCE, o.DRY_RUN,
)  # fmt: skip
def remind(run: Run) -> None:
    """List who should be reminded; make drafts, issue them, or enter a receipt."""
    if run.has(_RETURNED):
        _enter_receipt(run)
        return
    issue = run.flag(_ISSUE)
    if run.has(_NUMBER) and not issue:
        _print_again(run)
        return
    session = run.office_session
    kind = run.word(_KIND)
    units = tuple(session.unit(words) for words in run.words(_UNIT))
    items = tuple(session.item(words) for words in run.words(_ITEMS))
    level = None if kind is None else _KINDS[values.choice(kind, _KINDS, _KIND.name)]
    asked, named = work.Asked(units, items, level), bool(units or items) or run.flag(_ALL)
    judgement = session.judgement
    if not issue and run.flag(_TEXT):
        run.demand_text()
        _show_texts(session, asked)
        return
    if not named:
        run.demand_text()
        _overview(session, asked, issue=issue)
        return
    form = run.format(_FORMAT)
    if form == "docx":  # a file each, beside the data
        run.refuse([o.OUT])
    papers = _drafts(run, session, asked, signed=form != "txt")  # a message in a group isn't
    if not issue:
        run.refuse_unused()
        _show(session, papers, form)
        return
    number = run.word(_NUMBER)
    if not run.flag(_FORCE):
        work.demand_begun(judgement, "确要签发的请加 --force")
    _issue(filling_of(session), work.with_numbers(judgement, papers, number), form)


def _drafts(run: Run, session: Session, asked: work.Asked, *, signed: bool) -> tuple[Reminder, ...]:
    """Return the drafts that are asked for, after a word where no day of reply could be worked out."""
    words = run.word(_REPLY_BY)
    papers = work.drafts(
        session.judgement,
        asked,
        today=session.as_of,
        reply_by=None if words is None else session.coming_day(words, what=_REPLY_BY.name),
        signer=run.word(_SIGNER) or "" if signed else "",
        contact=run.word(_CONTACT) or "" if signed else "",
    )
    for paper in papers:
        if paper.reply_by is None:
            session.output.message(
                f"提示：不知道{paper.day.year}年或次年的放假和调休安排，反馈时限没有推算；"
                "请写 --reply-by，或在 rules.yaml 的 calendar 中写明。"
            )
            break
    return papers


def _overview(session: Session, asked: work.Asked, *, issue: bool) -> None:
    if issue:
        raise GaigaiError("没有写明发给谁", "请写 --unit 单位、--item 事项，或 --all")
    judgement, output = session.judgement, session.output
    found = asked.proposed(judgement)
    output.show(reminders_page(judgement, found, output.typable))


def _show_texts(session: Session, asked: work.Asked) -> None:
    """Print a text for each unit; nothing is written or recorded."""
    session.given.refuse_unused()
    judgement, office = session.judgement, session.ledger.office
    wanted = [p for p in asked.proposed(judgement) if p.unit != office]
    texts = list(attention_wanted(judgement, wanted))
    session.output.text("\n\n".join(texts) or "目前没有需要提醒的事项。")


def _show(session: Session, papers: Sequence[Reminder], form: str) -> None:
    if form in _TEXTS:
        session.output.text("\n".join(_TEXTS[form](paper) for paper in papers))
        return
    with session.progress("出督办文书") as told:
        files = [reminder_file(paper) for paper in counted(papers, told)]
    written = write_papers(session, files)
    session.output.message(f"已生成草稿 {'、'.join(written)}。签发请加 --issue。")


def _issue(filling: Filling, papers: tuple[Reminder, ...], form: str) -> None:
    """Write the 督办 records, then the papers of those that were."""
    session = filling.session
    files = {paper.number: reminder_file(paper) for paper in papers} if form == "docx" else {}

    def give(written: Sequence[Prepared]) -> None:
        numbers = {one.record.number for one in written}
        issued = [paper for paper in papers if paper.number in numbers]
        _give_issued(session, issued, [files[p.number] for p in issued if files], form)

    enter(filling, work.issue(session, papers), give)


def _give_issued(
    session: Session, papers: Sequence[Reminder], files: Sequence[PaperFile], form: str
) -> None:
    """Print or write the papers; where that fails, what was issued is printed, since its record stands already."""
    if form in _TEXTS:
        session.output.text("\n".join(_TEXTS[form](paper) for paper in papers))
        return
    try:
        written = write_papers(session, files)
    except (GaigaiError, OSError):
        session.output.message("督办记录已经写入，不必重记；文书没有存成文件，内容如下。")
        session.output.text("\n".join(map(render.reminder_markdown, papers)))
        raise
    session.output.message(f"已生成 {'、'.join(written)}，打印后签字盖章。")


def _print_again(run: Run) -> None:
    """Print or write once more what was issued under a number; nothing is recorded."""
    session, form, number = run.office_session, run.format(_FORMAT), run.word(_NUMBER) or ""
    if form == "docx":
        run.refuse([o.OUT])
    signer, contact = (run.word(option) or "" for option in (_SIGNER, _CONTACT))
    run.refuse_unused()
    papers = work.issued_again(session, number, signer=signer, contact=contact)
    files = [reminder_file(paper) for paper in papers] if form == "docx" else []
    _give_issued(session, papers, files, form)


def _enter_receipt(run: Run) -> None:
    """Write the 督办回执 that answers the paper with the given number."""
    run.demand_text()
    session = run.session
    filling = filling_of(session)
    run.use(_UNIT, _RETURNED, _DATE, _SUMMARY, _EVIDENCE, o.BY)
    run.refuse_unused(_BY_WAY_OF)
    asked = work.paper_named(session.judgement, filling.word(_RETURNED) or "")
    named_unit = filling.word(_UNIT)
    if len(filling.given.get(_UNIT, ())) > 1:
        raise GaigaiError("一份回执只是一个单位的", "请只写一个 --unit")
    unit = work.receipt_of(session, asked, session.unit(named_unit) if named_unit else None)
    enter(filling, work.receipt(session, asked, unit))
