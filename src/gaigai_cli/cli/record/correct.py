"""``gaigai correct``: what a unit changes in a record of its own, or takes out of account."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Final

from gaigai_cli.cli import ask
from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.filling import (
    Filling,
    edited_texts,
    filling_of,
    kept_words,
    record,
)
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import Record, label
from gaigai_cli.render.console.records import History
from gaigai_cli.render.lines import page
from gaigai_cli.render.width import cut
from gaigai_cli.work import correct as work
from gaigai_cli.work.evidence import EvidenceFiles

_ROOM: Final = 60
"""Cells of a record's words where one is chosen."""


def described(entry: Entry) -> str:
    """Return a record in one line, for choosing."""
    record = entry.record
    words = (record.summary or record.reason or "").splitlines() or [""]
    item = f" {record.item}" if record.item else ""
    return f"{record.id[-8:]}  {record.date}{item} {record.kind}  {cut(words[0], _ROOM)}"


_LATEST: Final = 15
_NUMBER: Final = Option("记录", "记录编号，或编号开头、末尾的几位；见 gaigai show", of_list=True)
_SET: Final = Option(
    "--set",
    "改后的内容，可写几次：完成百分比=50、summary=……；指标写 指标编号=数值",
    "字段=内容",
    many=True,
)
_VOID: Final = Option("--void", "该记录作废")


@takes(_NUMBER, _SET, _VOID, o.REASON, o.DATE, o.BY, o.EDIT, o.DRY_RUN)
def correct(run: Run) -> None:
    """Correct a record (更正): changed fields, or void. The record itself stays as it is."""
    session = run.session
    filling, number = filling_of(session), run.word(_NUMBER)
    void, edit, set_ = run.flag(_VOID), run.flag(o.EDIT), run.words(_SET)
    entry = work.record_named(session, number) if number else None
    if void and (set_ or edit):
        raise GaigaiError("--void 和 --set、--edit 不能同时使用", "作废整条的只写 --void")
    wanted = work.correction_questions(filling.questions())
    what = [] if set_ or void or edit else [f"改什么（{_SET.name} 字段=内容，或 {_VOID.name}）"]
    filling.demand([*([] if entry else ["记录编号"]), *what, *filling.missing(wanted)])
    entry = entry or _choose(session, filling)
    work.demand_own(session, entry)
    now = work.current_record(session, entry, void=void)
    files = EvidenceFiles(session, entry.unit)
    with kept_words(filling, always=False):
        if filling.asking:
            _show(session, entry, now)
            if what:
                _ask_changes(session, filling, now, files)
        if edit:
            _edit(filling, now)
        words = filling.given.get(_SET, ())
        changes = None
        if _VOID not in filling.given:
            changes = work.read_changes(session, now, words, files)
        said = filling.fill(wanted)
    writing = work.correction(session, entry, changes, said, files)
    record(filling, writing)


def _choose(session: Session, filling: Filling) -> Entry:
    """Return one of the latest records of one's own unit, or of all."""
    own = session.own_unit
    entries = [e for e in session.ledger.entries if e.unit == own or own is None]
    latest = sorted(entries, key=lambda e: e.record.id, reverse=True)[:_LATEST]
    if not latest:
        raise GaigaiError("还没有可以更正的记录", "先用 gaigai update 记录")
    choices = [(entry, described(entry)) for entry in latest]
    chosen = ask.choice("更正最近的哪一条记录", choices)
    filling.given[_NUMBER] = [chosen.record.id]
    return chosen


def _show(session: Session, entry: Entry, now: Record) -> None:
    history, output = History.of(session.judge, now.item), session.output
    output.show(page(history.lines((entry,))))


def _ask_changes(session: Session, filling: Filling, now: Record, files: EvidenceFiles) -> None:
    """Ask field by field until nothing more is to be changed, or for the whole record to be void."""
    choices = [(name, label(name)) for name in work.changeable(now)]
    asking, changes = work.asking(session, now, files), list[list[str]]()
    while True:
        filling.given[_SET] = [one for said in changes for one in said]
        which, end = ("还要更正哪一项", "没有了") if changes else ("更正哪一项", "整条作废")
        try:
            chosen = ask.choice(which, [*choices, ("", end)], preceded=bool(changes))
        except ask.Back:
            changes.pop()
            continue
        if not chosen:
            break
        with suppress(ask.Back):
            question = work.change_question(asking, chosen)
            said = ask.asked(
                replace(question, required=True, words=f"{label(chosen)}改为"), preceded=True
            )
            changes.append(said if chosen == "metrics" else [f"{chosen}={one}" for one in said])
    if not changes:
        filling.given[_VOID] = [""]
    elif not filling.given[_SET]:
        raise GaigaiError("没有改动，没有写入", "请填写改后的内容；整条不要的选“整条作废”")


def _edit(filling: Filling, now: Record) -> None:
    """Make a ``--set`` of each text that the person changes in the editor."""
    names = {label(name): name for name in work.LONG if getattr(now, name) is not None}
    before = {title: str(getattr(now, name)) for title, name in names.items()}
    after = edited_texts(before)
    for title in (title for title, words in after.items() if not words):
        raise GaigaiError(f"“{title}”不能改成空的", "整条不要的用 --void")
    changed = [
        f"{name}={after[title]}"
        for title, name in names.items()
        if after[title] != before[title].strip("\n")
    ]
    if not changed and _SET not in filling.given:
        raise GaigaiError("文字没有改动，没有写入", "要改别的字段，请用 --set")
    filling.given[_SET] = [*filling.given.get(_SET, []), *changed]
