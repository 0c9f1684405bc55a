"""``gaigai remind``: whom to remind of what, drafts of the papers, their issue, and their receipts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Final

import typer

from gaigai_cli.cli import complete, typed
from gaigai_cli.cli.record import writing_options as o
from gaigai_cli.cli.record.desk import Desk, kept_words, record
from gaigai_cli.cli.record.fields import Fields, words_of
from gaigai_cli.cli.record.ruling import office_session
from gaigai_cli.cli.report.receipts import enter_receipt
from gaigai_cli.cli.report.reminding import Asked, drafts, with_numbers
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judgement
from gaigai_cli.record.new_record import Intention
from gaigai_cli.render.console.reminders import reminders_page
from gaigai_cli.render.papers import reminder as render
from gaigai_cli.report.ladder import LEVELS, PAPERS, Level
from gaigai_cli.report.reminders import (
    Reminder,
    proposals,
)
from gaigai_cli.work.papers import PaperFile, paper_file, write_papers
from gaigai_cli.work.transaction import Transaction

_KINDS: Final[dict[str, Level]] = {
    word: level for level in LEVELS for word in (level, PAPERS[level])
}
_FORMATS: Final = {name: name for name in ("docx", "md", "txt")}
_TEXTS: Final[dict[str, Callable[[Reminder], str]]] = {
    "md": render.reminder_markdown,
    "txt": render.reminder_chat,
}


def remind(
    ctx: typer.Context,
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "--unit", metavar="单位", help="只提醒这个单位，可写几次", autocompletion=complete.units
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="全部应提醒的单位和事项")] = False,
    item: Annotated[
        list[str] | None,
        typer.Option(
            "--item", metavar="事项", help="只提醒这个事项，可写几次", autocompletion=complete.items
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="种类", help="提醒、催办或督办；不写则按已发记录确定"),
    ] = None,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="格式", help="docx（默认）、md，或供粘贴到工作群的 txt"),
    ] = "docx",
    issue: Annotated[bool, typer.Option("--issue", help="签发：编号并记入督办记录")] = False,
    number: Annotated[
        str | None, typer.Option("--number", metavar="编号", help="签发的编号；不写则接着上一号")
    ] = None,
    reply_by: Annotated[
        str | None,
        typer.Option("--reply-by", metavar="日期", help="反馈时限；不写则按工作日计算"),
    ] = None,
    signer: Annotated[str | None, typer.Option("--signer", metavar="姓名", help="签发人")] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="文字", help="承办人及电话")
    ] = None,
    returned: Annotated[
        str | None, typer.Option("--returned", metavar="编号", help="登记这一编号的回执")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="日期", help="收到回执的日期；不写则为今天")
    ] = None,
    summary: Annotated[
        str | None, typer.Option("--summary", metavar="文字", help="回执所报的办理情况")
    ] = None,
    evidence: o.Evidence = None,
    via: o.Via = None,
    by: o.By = None,
    force: Annotated[bool, typer.Option("--force", help="本清单尚无进展记录时仍然签发")] = False,
    dry_run: o.DryRun = False,
) -> None:
    """List who should be reminded; make drafts, issue them, or enter a receipt."""
    receipt = {"--date": date, "--summary": summary, "--evidence": evidence, "--via": via}
    sending = {
        "--item": item, "--kind": kind, "--number": number, "--reply-by": reply_by,
        "--signer": signer, "--contact": contact, "--all": everything, "--issue": issue,
    }  # fmt: skip
    if returned is not None:
        _refuse(sending, "--returned")
        given = {"--returned": returned, "--unit": unit, **receipt, "--by": by}
        enter_receipt(ctx, given, dry_run=dry_run)
        return
    _refuse(receipt, None)
    session = office_session(ctx, "remind")
    form = typed.choice(format_, _FORMATS, "--format")
    asked = Asked(
        tuple(session.unit(words) for words in unit or ()),
        tuple(session.item(words) for words in item or ()),
        everything,
        None if kind is None else typed.choice(kind, _KINDS, "--kind"),
    )
    judgement = session.judgement
    if asked.nothing:
        _overview(session, judgement, asked.kind, issue=issue)
        return
    papers = drafts(session, judgement, asked, reply_by, signer, contact)
    if not issue:
        if number is not None:
            raise GaigaiError("--number 只用于签发", "请加 --issue，或去掉 --number")
        _show(session, papers, form)
        return
    if judgement.blank and not force:
        raise GaigaiError("本清单尚无进展记录，不能签发点名单位的文书", "确要签发的请加 --force")
    desk = Desk(session, "remind", words_of({**sending, "--unit": unit, "--by": by}), [])
    _issue(desk, with_numbers(judgement, papers, number), form, dry_run=dry_run)


def _refuse(given: Mapping[str, object], beside: str | None) -> None:
    """Options that don't go with what is asked for."""
    found = [option for option, value in given.items() if value]
    if found and beside:
        raise GaigaiError(f"{found[0]} 和 {beside} 不能同时使用", "登记回执和发文请分两次运行")
    if found:
        raise GaigaiError(f"{found[0]} 只用于登记回执", "请加 --returned 编号，或去掉这个选项")


def _overview(session: Session, judgement: Judgement, kind: Level | None, *, issue: bool) -> None:
    if issue:
        raise GaigaiError("没有写明发给谁", "请写 --unit 单位、--item 事项，或 --all")
    found = [p for p in proposals(judgement) if kind in (None, p.level)]
    session.output.show(reminders_page(judgement, found, session.output.width))


def _show(session: Session, papers: Sequence[Reminder], form: str) -> None:
    if form in _TEXTS:
        session.output.text("\n".join(_TEXTS[form](paper) for paper in papers))
        return
    files = [paper_file(paper) for paper in papers]
    written = write_papers(session, files)
    session.output.message(f"已生成草稿 {'、'.join(written)}。签发请加 --issue。")


def _issue(desk: Desk, papers: tuple[Reminder, ...], form: str, *, dry_run: bool) -> None:
    """Write the 督办 records, then the papers as they were recorded."""
    session = desk.session
    by = Fields(session, None, None).by()
    desk.demand(desk.missing([by]))
    with kept_words(desk, always=False):
        said = desk.fill([by])
    intentions = [
        Intention(
            "督办",
            session.ledger.office,
            session.today,
            {
                "to": (paper.unit,),
                "items": tuple(matter.id for matter in paper.matters),
                "level": paper.level,
                "number": paper.number,
                "reply_by": paper.reply_by,
                "reason": _reason(paper),
                **said,
            },
        )
        for paper in papers
    ]
    files = [paper_file(paper) for paper in papers] if form == "docx" else []
    record(desk, Transaction(session, intentions), dry_run=dry_run)
    if dry_run:
        return
    if form in _TEXTS:
        session.output.text("\n".join(_TEXTS[form](paper) for paper in papers))
    else:
        _write_issued(session, papers, files)


def _write_issued(session: Session, papers: Sequence[Reminder], files: Sequence[PaperFile]) -> None:
    """Write the papers; where that fails, what was issued is printed, since its record stands already."""
    try:
        written = write_papers(session, files)
    except (GaigaiError, OSError):
        session.output.message("督办记录已经写入，不必重记；文书没有存成文件，内容如下。")
        session.output.text("\n".join(map(render.reminder_markdown, papers)))
        raise
    session.output.message(f"已生成 {'、'.join(written)}，打印后签字盖章。")


def _reason(paper: Reminder) -> str:
    if len(paper.matters) == 1:
        return paper.matters[0].problem
    return "".join(f"事项{matter.id}：{matter.problem}" for matter in paper.matters)
