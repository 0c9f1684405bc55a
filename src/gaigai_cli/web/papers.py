"""通报, 看板, 催报 and 报送表: what is made of the list, looked at, saved, issued and collected."""

from __future__ import annotations

import tempfile
from collections import Counter
from importlib.resources import files
from pathlib import Path, PurePath
from typing import Final

from starlette.responses import Response

from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.forms.form import unit_form
from gaigai_cli.forms.returned import Outcome
from gaigai_cli.history.clone.setup_files import is_set_up
from gaigai_cli.model.kinds import CLOSE_OUT
from gaigai_cli.model.ledger import in_force
from gaigai_cli.render import charts
from gaigai_cli.render.papers.annex import signing_day
from gaigai_cli.render.papers.reminder import reminder_chat, title_of
from gaigai_cli.report.board import Board
from gaigai_cli.report.board import board as made_board
from gaigai_cli.report.bulletin import whole_report
from gaigai_cli.report.ladder import PAPERS
from gaigai_cli.report.letters import erratum as made_erratum
from gaigai_cli.report.monthly_report import MonthlyReport
from gaigai_cli.report.period import Month, Period, period_of, quarter, year
from gaigai_cli.report.reminders import Reminder, proposals
from gaigai_cli.web.lists import form_months
from gaigai_cli.web.records import Uploads
from gaigai_cli.web.visit import Visit
from gaigai_cli.words.say import NUMERALS, full_month
from gaigai_cli.work import remind
from gaigai_cli.work.collect import Collector, stray
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.inbox import Inbox, read_inbox
from gaigai_cli.work.issue import Signing, bulletin_in_force, keep_erratum, prepare
from gaigai_cli.work.issue import issue as issued
from gaigai_cli.work.issue import withdraw as taken_back
from gaigai_cli.work.own_words import own_words
from gaigai_cli.work.papers import bulletin_bytes
from gaigai_cli.work.rule import demand_office
from gaigai_cli.work.verify import kept_report, verify

_FORMATS: Final = ("docx", "xlsx", "html", "md")


def _month(visit: Visit, words: str) -> Month:
    return Month(*visit.directory.month(words, what="月份"))


def _period(visit: Visit, words: str) -> Period:
    """A month, quarter or year as the addresses of the page name it."""
    return period_of(words) or _month(visit, words)


def _periods(visit: Visit) -> list[str]:
    """What a bulletin can be about: months from the notice's on, and quarters and the year once they have ended."""
    notice, today = visit.directory.ledger.tasks.notice, visit.directory.today
    spans = [*(quarter(notice.year, number) for number in range(1, 5)), year(notice.year)]
    ended = [str(span) for span in spans if notice.issued <= span.last < today]
    return [*form_months(visit), *ended]


# 看板


def board(visit: Visit) -> Response:
    """The list at a glance."""
    made = _board(visit)
    month = visit.asked("month")
    return visit.show(
        "board.html",
        nav="看板",
        board=made,
        chart=charts.months(made.months),
        months=form_months(visit),
        month=month,
        linked=True,
    )


def board_file(visit: Visit) -> Response:
    """The same as one file that can be sent, opened without a network and printed."""
    made = _board(visit)
    return visit.file(board_page(made).encode(), f"看板-{made.day}.html")


def _board(visit: Visit) -> Board:
    month = visit.asked("month")
    directory = visit.directory
    return made_board(
        directory.judge, today=directory.today, month=_month(visit, month) if month else None
    )


def board_page(made: Board) -> str:
    """The board as a page of its own: no script, nothing from elsewhere."""
    from gaigai_cli.web.visit import page_of

    style = (files("gaigai_cli.web") / "static" / "gaigai.css").read_text(encoding="utf-8")
    return page_of(
        "board_file.html", board=made, chart=charts.months(made.months), style=style, linked=False
    )


# 通报


def bulletin(visit: Visit) -> Response:
    """The month as it would be issued, beside the month before; what was issued, and whether it is what it was."""
    words = visit.asked("month") or _usual(visit, form_months(visit))
    return _bulletin(visit, _period(visit, words))


def _bulletin(visit: Visit, month: Period, told: str = "") -> Response:
    """The page of a month; ``told`` is what has just been done."""
    directory, months = visit.directory, _periods(visit)
    ledger = directory.ledger
    made = whole_report(
        directory.judge, month, today=directory.today, scored=False, own=own_words(directory, month)
    )
    before = None
    if str(month.previous) in months:
        before = whole_report(directory.judge, month.previous, today=directory.today, scored=False)
    one = in_force(ledger.issued, str(month))
    checked = verify(directory, str(month)) if one is not None and visit.asked("verify") else None
    return visit.show(
        "bulletin.html",
        nav="通报",
        month=month,
        months=months,
        internal=form_months(visit),
        report=made,
        before=before,
        signed=signing_day(made),
        numerals=NUMERALS,
        formats=_FORMATS,
        issued=one,
        all_issued=ledger.issued,
        checked=checked,
        ended=month.last < directory.today,
        told=told,
    )


def _usual(visit: Visit, months: list[str]) -> str:
    """The last month that has ended and isn't issued, else the last one."""
    told = {one.period for one in visit.directory.ledger.issued if one.voided is None}
    today = visit.directory.today
    ended = [m for m in months if m not in told and _month(visit, m).last < today]
    return ended[-1] if ended else months[-1]


def bulletin_file(visit: Visit) -> Response:
    """The bulletin of a month as a file."""
    ending = visit.request.path_params["ending"]
    if ending not in _FORMATS:
        raise GaigaiError(f"没有 {ending} 这种格式", f"可存成 {'、'.join(_FORMATS)}")
    month, report = _asked_report(visit)
    data = bulletin_bytes(visit.directory, report, ending, letterhead=bool(visit.asked("红头")))
    return visit.file(data, f"{month}.{ending}")


def brief_file(visit: Visit) -> Response:
    """领导专报: one page for a leader."""
    from gaigai_cli.render.papers.one_page import brief_docx
    from gaigai_cli.report.brief import brief

    month, report = _asked_report(visit)
    return visit.file(brief_docx(brief(report)), f"{month}-领导专报.docx")


def internal_file(visit: Visit) -> Response:
    """内部研判, for the office alone."""
    from gaigai_cli.render.papers import bulletin_md
    from gaigai_cli.report.internal import internal_report

    directory = visit.directory
    visit.demand_writing()
    demand_office(directory, "内部研判")
    month = _month(visit, visit.request.path_params["period"])
    paper = internal_report(directory.judge, month, today=directory.today)
    return visit.file(bulletin_md.internal(paper).encode(), f"{month}-内部研判.md")


def _asked_report(visit: Visit) -> tuple[Period, MonthlyReport]:
    month = _period(visit, visit.request.path_params["period"])
    directory = visit.directory
    return month, whole_report(
        directory.judge, month, today=directory.today, scored=False, own=own_words(directory, month)
    )


def issue(visit: Visit) -> Response:
    """Keep the bulletin with its number and day, and the file that was signed; never replaced."""
    directory = visit.directory
    _demand_issuer(visit)
    if not visit.asked("final"):
        raise GaigaiError("没有确认是定稿", "签发后不能改动，请核对后勾选")
    number = "".join(visit.asked("number").split()) or None
    words, printed = visit.asked("date"), visit.asked("printed")
    day = directory.past_day(words, what="签发日期") if words else directory.today
    month = _period(visit, visit.request.path_params["period"])
    report = whole_report(
        directory.judge,
        month,
        today=max(day, month.first),
        scored=False,
        own=own_words(directory, month),
    )
    with tempfile.TemporaryDirectory(prefix="gaigai-") as folder:
        sent = visit.uploads("signed")
        file = None
        if sent:
            kept = Uploads(directory, directory.ledger.office, folder=Path(folder))
            file = Path(kept.keep(sent[0]))
        signing = Signing(
            file, "docx", letterhead=bool(visit.asked("红头")), scored=False, number=number, day=day,
            printed=directory.coming_day(printed, what="印发日期") if printed else day, force=False,
            revokes=visit.asked("revokes") or None,
        )  # fmt: skip
        prepared = prepare(directory, report, signing)
        otherwise = prepared.differences("定稿")
        if otherwise and not visit.asked("compared"):
            raise GaigaiError("".join(otherwise), "核对无误、以定稿为准的，勾选“已核对”后再签发")
        done = issued(directory, prepared)
    files = "、".join(shown(f) for f in done.files)
    told = f"已签发{month.words}通报（{prepared.number}），存为 {files}。"
    if prepared.voids is not None:
        told += f"{prepared.voids.number}已予撤销，原件仍然保存；请通知各单位退回原件。"
    told += "".join(prepared.notes("定稿"))
    if done.commit is None:
        told += "数据目录有尚未提交的改动或不在 git 仓库里，没有记录提交号，今后不能重算核对。"
    return _done(visit, month, told)


def withdraw(visit: Visit) -> Response:
    """Take back what was signed and not yet sent out (撤回签发)."""
    _demand_issuer(visit)
    month = _period(visit, visit.request.path_params["period"])
    found = bulletin_in_force(visit.directory, str(month))
    if not visit.asked("unsent"):
        raise GaigaiError(
            f"没有写明{found.number}是否已分发",
            "尚未分发的请勾选；已经分发的请印发更正，或撤销后重新签发",
        )
    reason = visit.asked("reason")
    if not reason:
        raise GaigaiError("没有写明撤回签发的理由", "请填写理由")
    _, path = taken_back(visit.directory, str(month), reason)
    told = (
        f"已撤回{month}通报的签发，{found.number}作废；原件仍然保存，作废情况存为 {shown(path)}。"
    )
    return _done(visit, month, f"{told}下一步：改好后重新签发，用新的文号。")


def erratum(visit: Visit) -> Response:
    """A 更正 to those who have the bulletin: a draft to look at, or issued with its number."""
    directory = visit.directory
    _demand_issuer(visit)
    month = _period(visit, visit.request.path_params["period"])
    found = bulletin_in_force(directory, str(month))
    says = [line.strip() for line in visit.asked("says").splitlines() if line.strip()]
    if not says:
        raise GaigaiError("没有写明更正什么", "请填写，如 附件1第12项进度“60%”应为“50%”")
    number = "".join(visit.asked("number").split())
    if not number:
        raise GaigaiError("没有写明更正的文号", "请填写文号")
    words = visit.asked("date")
    day = directory.past_day(words, what="印发日期") if words else directory.today
    report, _ = kept_report(directory, found)
    letter = made_erratum(directory.ledger, report, found, says, number=number, day=day)
    kept = keep_erratum(directory, found, letter, says, day)
    files = "、".join(shown(file) for file in kept.files)
    return _done(visit, month, f"已签发对{found.number}的更正（{number}），存为 {files}。")


def _demand_issuer(visit: Visit) -> None:
    visit.demand_writing()
    demand_office(visit.directory, "通报")


def _done(visit: Visit, month: Period, told: str) -> Response:
    """What was done: where the form stood, or above the page."""
    visit.forget()
    if visit.inside:
        return visit.show("done_part.html", told=told, month=month, form=visit.asked("form"))
    return _bulletin(visit, month, told)


# 催报


def reminders(visit: Visit) -> Response:
    """Who should be reminded of what: a text for each unit to be pasted into a chat, and what may come next."""
    directory, judgement = visit.directory, visit.directory.judgement
    found = proposals(judgement)
    units: dict[str, dict[str, list[str]]] = {}
    for one in found:
        if one.unit == judgement.ledger.office:
            continue
        kind = "due" if one.level else "waiting"
        unit = units.setdefault(one.unit, {"due": [], "waiting": []})
        words = f"{one.item.id}：{one.level}" if one.level else f"{one.item.id}：{one.why}"
        unit[kind].append(words)
    texts: dict[str, list[Reminder]] = {}
    for name, what in units.items():
        if what["due"]:
            asked = remind.Asked((name,), (), everything=False, kind=None)
            papers = remind.drafts(judgement, asked, remind.Signed(), today=directory.today)
            texts[name] = list(papers)
    return visit.show(
        "reminders.html",
        nav="催报",
        units=units,
        texts=texts,
        title_of=title_of,
        chat=reminder_chat,
        papers=PAPERS,
        may_issue=visit.is_office and not judgement.blank,
    )


def reminder_file(visit: Visit) -> Response:
    """The drafts of a unit's papers as Word files, one in a file."""
    from gaigai_cli.work.papers import paper_file

    directory = visit.directory
    asked = remind.Asked((directory.unit(visit.asked("unit")),), (), everything=False, kind=None)
    papers = remind.drafts(directory.judgement, asked, remind.Signed(), today=directory.today)
    number = visit.asked("number")
    wanted = papers[int(number)] if number.isdecimal() and int(number) < len(papers) else papers[0]
    file = paper_file(wanted)
    return visit.file(file.data, f"{file.stem}.docx")


# 报送表


def form_file(visit: Visit) -> Response:
    """The form of a unit for a month, to be filled in and sent back."""
    from gaigai_cli.render.papers.form_xlsx import workbook

    directory = visit.directory
    unit = directory.unit(visit.request.path_params["unit"])
    month = visit.asked("month") or form_months(visit)[-1]
    if month not in form_months(visit):
        raise GaigaiError(f"{month}不在清单的报送月份之内", "请从单位的页面下载")
    made = unit_form(directory.judgement, unit, month)
    if made is None:
        raise GaigaiError(f"{unit}没有在办的事项", "不必出表")
    return visit.file(workbook(made), f"{unit}{full_month(month)}进展报送表.xlsx")


def collecting(visit: Visit) -> Response:
    """Where returned forms are given."""
    return visit.show("collect.html", nav="单位", outcomes=None, inbox=None)


def collect(visit: Visit) -> Response:
    """What the forms say, cell by cell; recorded where that was asked for."""
    directory = visit.directory
    visit.demand_writing()
    demand_office(directory, "收表")
    sent = visit.uploads("forms")
    if not sent:
        raise GaigaiError("没有选报送表", "请把单位退回的 xlsx 文件选进来，或拖到框里")
    write = visit.asked("step") == "write"
    with tempfile.TemporaryDirectory(prefix="gaigai-") as folder:
        taken: set[str] = set()
        for number, one in enumerate(sent):
            name = PurePath((one.filename or "").replace("\\", "/")).name or "文件"
            place = Path(folder) if name not in taken else Path(folder) / str(number)
            taken.add(name)
            try:
                place.mkdir(exist_ok=True)
                (place / name).write_bytes(one.file.read())
            except (OSError, ValueError):
                raise GaigaiError(f"文件名“{name}”不能用", "请改名后再试") from None
        inbox = read_inbox([Path(folder)])
        if not inbox.forms and not inbox.broken:
            raise GaigaiError("这些文件里没有报送表", "报送表是 .xlsx 文件")
        collector = Collector(
            directory, directory.today, visit.name, dry_run=not write, commit=False
        )
        outcomes = _collected(collector, directory, inbox)
    count = sum(len(one.prepared) for one in outcomes)
    return visit.show(
        "collected.html",
        outcomes=outcomes,
        inbox=inbox,
        count=count,
        failed=sum(t.severity == "error" for one in outcomes for t in one.troubles),
        written=write,
        to_sync=is_set_up(directory.data),
    )


def _collected(collector: Collector, directory: Directory, inbox: Inbox) -> list[Outcome]:
    """The forms of the month that most are about, unit by unit; others are told."""
    counts = Counter(one.mark.month for one in inbox.forms)
    month = max(counts, key=lambda m: (counts[m], m)) if counts else ""
    outcomes = [stray(one, month) for one in inbox.forms if one.mark.month != month]
    canonical = directory.ledger.departments.canonical
    units = dict.fromkeys(canonical(f.mark.unit) for f in inbox.forms if f.mark.month == month)
    for unit in units:
        own = [f for f in inbox.forms if canonical(f.mark.unit) == unit and f.mark.month == month]
        outcomes.append(collector.collect(unit, own))
    return outcomes


def application_file(visit: Visit) -> Response:
    """The form to be signed of an application for close-out or an extension."""
    from gaigai_cli.render.papers.one_page import application_docx
    from gaigai_cli.report.application import application_form

    directory = visit.directory
    entry = directory.ledger.by_record.get(visit.request.path_params["record"])
    if entry is None or entry.record.kind not in (CLOSE_OUT, "申请延期") or not entry.record.item:
        raise GaigaiError("没有这份申请", "请从事项的页面进入")
    item = directory.judged(entry.record.item)
    made = application_form(entry, item)
    return visit.file(application_docx(made), f"{item.id}{made.name}-{entry.unit}.docx")
