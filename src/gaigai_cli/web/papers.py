"""看板, 催报 and 报送表: what is made of the list, looked at, saved and collected."""

from __future__ import annotations

import tempfile
from importlib.resources import files
from pathlib import Path

from starlette.responses import Response

from gaigai_cli.errors import GaigaiError
from gaigai_cli.forms.compare import standings
from gaigai_cli.history.clone.setup import is_set_up
from gaigai_cli.model.kinds import APPLICATIONS
from gaigai_cli.render import charts
from gaigai_cli.render.console.collected import AGAIN, ALL_REPORTED
from gaigai_cli.render.papers.reminder import reminder_chat, returns_wanted, title_of
from gaigai_cli.report.board import Board, ListsBoard
from gaigai_cli.report.board import board as made_board
from gaigai_cli.report.reminders import Reminder, proposals
from gaigai_cli.web.units import asked_month, months_of_forms
from gaigai_cli.web.visit import Visit, file_answer, kept
from gaigai_cli.work import papers, remind
from gaigai_cli.work.collect import Collector
from gaigai_cli.work.dossier import zipped
from gaigai_cli.work.forms import form_books, form_names, forms_for, read_inbox
from gaigai_cli.work.rule import URGED

# 看板


def board(visit: Visit) -> Response:
    """Return the list at a glance."""
    made = _board(visit)
    month = visit.asked("month")
    return visit.show(
        "board.html",
        nav="看板",
        board=made,
        chart=charts.months(made.months),
        months=months_of_forms(visit),
        month=month,
        linked=True,
    )


def board_file(visit: Visit) -> Response:
    """Return the board as one file that can be sent, opened without a network and printed."""
    made = _board(visit)
    return file_answer(board_page(made).encode(), f"看板-{made.day}.html")


def _board(visit: Visit) -> Board:
    words, directory = visit.asked("month"), visit.directory
    month = directory.month(words, what="月份") if words else None
    return made_board(directory.judge, today=directory.today, month=month)


def board_page(made: Board | ListsBoard) -> str:
    """Return the board of a list, or of several, as a page of its own: no script, nothing from elsewhere."""
    from gaigai_cli.web.visit import page_of

    chart = charts.months(made.months)
    style = (files("gaigai_cli.web") / "static/gaigai.css").read_text(encoding="utf-8")
    body = "board_body.html" if isinstance(made, Board) else "board_lists.html"
    return page_of("board_file.html", board=made, body=body, chart=chart, style=style, linked=False)


# 催报


def reminders(visit: Visit) -> Response:
    """Return who should be reminded of what: a text for each unit to be pasted into a chat, and what may come next."""
    directory, judgement = visit.directory, visit.directory.judgement
    found = proposals(judgement)
    month = asked_month(visit)
    units: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for one in found:
        if one.unit == judgement.ledger.office:
            continue
        kind = "due" if one.level else "waiting"
        unit = units.setdefault(one.unit, {"due": [], "waiting": []})
        sent = one.ladder.last.entry.record.id if one.ladder.waiting and one.ladder.last else ""
        unit[kind].append((f"{one.item.id}：{one.level or one.why}", sent))
    texts: dict[str, list[Reminder]] = {}
    for name, what in units.items():
        if what["due"]:
            asked = remind.Asked((name,))
            texts[name] = list(remind.drafts(judgement, asked, today=directory.today))
    return visit.show(
        "reminders.html",
        nav="催报",
        units=units,
        texts=texts,
        title_of=title_of,
        chat=reminder_chat,
        returns=list(returns_wanted(judgement, standings(judgement, month, []), month)),
        all_reported=ALL_REPORTED,
        months=months_of_forms(visit),
        month=month,
        urged=URGED,
        may_issue=visit.is_office and not judgement.blank,
    )


def reminder_file(visit: Visit) -> Response:
    """Return the drafts of a unit's papers as Word files, one in a file."""
    directory = visit.directory
    asked = remind.Asked((directory.unit(visit.asked("unit")),))
    drafts = remind.drafts(directory.judgement, asked, today=directory.today)
    known = {str(number): draft for number, draft in enumerate(drafts)}
    return visit.save(papers.reminder_file(known.get(visit.asked("number"), drafts[0])))


def issued_file(visit: Visit) -> Response:
    """Return the paper of a 督办 record, with its number."""
    made = remind.issued_again(visit.directory, visit.request.path_params["record"])
    return visit.save(papers.reminder_file(made[0]))


# 报送表


def form_file(visit: Visit) -> Response:
    """Return the form of a unit for a month, to be filled in and sent back."""
    directory = visit.directory
    unit = directory.unit(visit.request.path_params["unit"])
    month = asked_month(visit)
    made = forms_for(directory.judgement, [unit], month).made
    return file_answer(form_books(directory, made)[0], form_names(made)[0])


def forms_file(visit: Visit) -> Response:
    """Return the forms of all units for a month, in one archive."""
    directory, month = visit.directory, asked_month(visit)
    forms = forms_for(directory.judgement, [], month).made
    books = dict(zip(form_names(forms), form_books(directory, forms), strict=True))
    return file_answer(zipped(books), f"{month.words}进展报送表.zip")


def collecting(visit: Visit) -> Response:
    """Return where returned forms are given."""
    return visit.show("collect.html", nav="单位", months=months_of_forms(visit), month="")


def collect(visit: Visit) -> Response:
    """Return what the forms say, cell by cell; recorded where that was asked for."""
    directory = visit.directory
    sent = visit.uploads("forms")
    if not sent:
        raise GaigaiError("没有选报送表", "请把单位退回的 xlsx 文件选进来，或拖到框里")
    write = visit.asked("step") == "write"
    with tempfile.TemporaryDirectory(prefix="gaigai-") as folder:
        named = tuple(kept(one, Path(folder)) for one in sent)
        inbox = read_inbox([Path(folder)], directory.progress)
        if not inbox.forms and not inbox.broken:
            raise GaigaiError("这些文件里没有报送表", "报送表是 .xlsx 文件")
        month = asked_month(visit) if visit.asked("month") else None
        collector = Collector(
            directory,
            directory.today,
            visit.name,
            dry_run=not write,
            commit=False,
            named=named if month else (),
        )
        outcomes = collector.collect_all(inbox.forms, month or inbox.month)
    count = sum(len(one.prepared) for one in outcomes)
    return visit.show(
        "collected.html",
        outcomes=outcomes,
        inbox=inbox,
        again=AGAIN,
        count=count,
        failed=sum(t.severity == "error" for one in outcomes for t in one.troubles),
        written=write,
        to_sync=is_set_up(directory.data),
    )


def sheet_file(visit: Visit) -> Response:
    """Return 任务落实情况告知单: a unit's items of a month, with its reply behind."""
    from gaigai_cli.render.papers.one_page import unit_sheet_docx
    from gaigai_cli.report.bulletin import unit_report

    directory = visit.directory
    unit, month = directory.unit(visit.request.path_params["unit"]), asked_month(visit)
    report = unit_report(directory.judge, month, unit, today=directory.today)
    return file_answer(unit_sheet_docx(report), f"{month}-告知单-{unit}.docx")


def request_file(visit: Visit) -> Response:
    """Return 呈批件: one item that a leader is to decide on, as it stands."""
    directory = visit.directory
    item, month = directory.item_id(visit.request.path_params["item"]), asked_month(visit)
    return visit.save(papers.request_file(directory, month, item, directory.today))


def application_file(visit: Visit) -> Response:
    """Return the form to be signed of an application for close-out or an extension."""
    directory = visit.directory
    entry = directory.ledger.by_record.get(visit.request.path_params["record"])
    if entry is None or entry.record.kind not in APPLICATIONS or not entry.record.item:
        raise GaigaiError("没有这份申请", "请从事项的页面进入")
    return visit.save(papers.application_file(entry, directory.judged(entry.record.item)))
