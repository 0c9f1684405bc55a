"""``gaigai correct``: what a unit changes in a record of its own, or takes out of account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gaigai_cli.cli import ask
from gaigai_cli.cli import options as o
from gaigai_cli.cli.record import fields
from gaigai_cli.cli.record.desk import (
    Filling,
    desk_of,
    edited_texts,
    kept_words,
    record,
    writing_session,
)
from gaigai_cli.cli.record.fields import RESULTS, ROLES, Fields, needed, text
from gaigai_cli.cli.run import Option, Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.cli.typed import choice
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.indicators import Indicator
from gaigai_cli.model.kinds import KINDS
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import FIXED_FIELDS, Record, label
from gaigai_cli.record.new_record import Intention
from gaigai_cli.render.console.records import History
from gaigai_cli.render.lines import page
from gaigai_cli.render.width import cut
from gaigai_cli.words.typed import meant
from gaigai_cli.work.evidence import Files
from gaigai_cli.work.transaction import Transaction

LONG: Final = ("summary", "problems", "late_reason", "next", "reason")
_ROOM: Final = 60
"""Cells of a record's words where one is chosen."""
_PAST: Final = frozenset({"date", "finished", "asked"})
_COMING: Final = frozenset({"due", "reply_by"})
_UNITS: Final = frozenset({"units", "to"})
_FIXED: Final = frozenset({"unit", "单位", "编号", "记录编号", "种类", "记录种类", "代录方式"})
_CHOICES: Final[dict[str, Mapping[str, Any]]] = {
    "not_started": {"是": True, "否": False},
    "result": RESULTS,
    "role": ROLES,
}


def changeable(record: Record) -> list[str]:
    """The fields of a record that a 更正 may set, in the model's order."""
    allowed = KINDS[record.kind].fields | {"date", "by"}
    return [name for name in Record.model_fields if name in allowed - FIXED_FIELDS]


def current_record(judge: Judge, entry: Entry) -> Record:
    """The record as corrected by now. Raises ``GaigaiError`` where it is void, or a 更正 itself."""
    if entry.record.kind == "更正":
        raise GaigaiError(
            f"{entry.record.id}本身是更正，不能再更正",
            f"请对最初的记录{entry.record.corrects}另记一条更正",
        )
    found = {e.record.id: e.record for e in judge.records.entries}.get(entry.record.id)
    if found is None:
        raise GaigaiError(f"{entry.record.id}已经作废", "不必再更正")
    return found


def described(entry: Entry) -> str:
    """A record in one line, for choosing."""
    record = entry.record
    words = (record.summary or record.reason or "").splitlines() or [""]
    item = f" {record.item}" if record.item else ""
    return f"{record.id[-8:]}  {record.date}{item} {record.kind}  {cut(words[0], _ROOM)}"


def read_changes(
    session: Session, record: Record, words: Sequence[str], files: Files
) -> dict[str, Any]:
    """What ``--set`` says, by field; lists and figures given several times are taken together."""
    given: dict[str, list[str]] = {}
    figures: list[str] = []
    names = {word: name for name in changeable(record) for word in (name, label(name))}
    listed = session.ledger.tasks.by_id.get(record.item or "")
    indicators = listed.item.indicators if listed else ()
    for word in words:
        key, sign, value = word.partition("=")
        key = key.strip()
        if not sign or not value.strip():
            raise GaigaiError(f"--set 写错了：“{word}”", "应写成 字段=内容 的样子，内容不能是空的")
        figure = key.removeprefix("metrics.")
        if figure in {i.id for i in indicators} | {i.name for i in indicators}:
            figures.append(f"{figure}={value}")
        elif names.get(key) == "metrics":
            figures.append(value)
        elif key in names:
            given.setdefault(names[key], []).append(value.strip())
        else:
            raise _no_field(record, key, names)
    changes = {name: _value(session, record, files, name, values) for name, values in given.items()}
    if figures:
        changes["metrics"] = _figures(session, record, indicators, figures)
    return changes


def _no_field(record: Record, key: str, names: Mapping[str, str]) -> GaigaiError:
    if key in FIXED_FIELDS | _FIXED:
        return GaigaiError(f"更正不能改动“{key}”", "请将原记录作废（--void），另记一条")
    known = "、".join(label(name) for name in changeable(record))
    return GaigaiError(f"{record.kind}没有“{key}”这一项", f"{meant(key, names)}可改的有{known}")


def _value(session: Session, record: Record, files: Files, name: str, values: list[str]) -> Any:
    if name == "evidence":
        return tuple(files.evidence(value) for value in values)
    if name in _UNITS:
        return fields.units(session, values)
    if name == "answers":
        return tuple(values)
    if len(values) > 1:
        raise GaigaiError(f"“{label(name)}”写了不止一次", "请只留一个")
    word = values[0]
    if name in _PAST:
        return session.past_day(word, what=f"“{label(name)}”")
    if name in _COMING:
        return session.coming_day(word, what=f"“{label(name)}”", today=record.date)
    if name in _CHOICES:
        return choice(word, _CHOICES[name], label(name))
    readers = {"percent": fields.percent, "period": fields.month, "item": session.item_id}
    reader = readers.get(name, fields.written_text)
    return reader(word)


def _figures(
    session: Session, record: Record, indicators: Sequence[Indicator], words: Sequence[str]
) -> dict[str, Any]:
    """The figures given, with the record's others as they are."""
    return {**(record.metrics or {}), **fields.metrics(session, indicators, words)}


_SHORTEST: Final = 4
_LATEST: Final = 15
_NUMBER: Final = Option("记录", "记录编号，或编号开头、末尾的几位；见 gaigai show", "记录")
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
    session = writing_session(run)
    desk = desk_of(session, "correct", _NUMBER)
    number, dry_run = run.word(_NUMBER), run.flag(o.DRY_RUN)
    void, edit, set_ = run.flag(_VOID), run.flag(o.EDIT), run.words(_SET)
    entry = _entry(session, number) if number else None
    if void and (set_ or edit):
        raise GaigaiError("--void 和 --set、--edit 不能同时使用", "作废整条的只写 --void")
    build = Fields(session)
    texts = [text("reason", o.REASON, words="更正理由"), build.by(), build.date()]
    wanted = needed("更正", texts)
    what = [] if set_ or void or edit else [f"改什么（{_SET.name} 字段=内容，或 {_VOID.name}）"]
    desk.demand([*([] if entry else ["记录编号"]), *what, *desk.missing(wanted)])
    entry = entry or _choose(session, desk)
    _demand_own(session, entry)
    now = current_record(session.judge, entry)
    files = Files(session, entry.unit)
    with kept_words(desk, always=False):
        if desk.asking:
            _show(session, entry, now)
            if what:
                _ask_changes(session, desk, now, files)
        if edit:
            _edit(desk, now)
        said: dict[str, Any] = {"corrects": entry.record.id, "item": None}
        if entry.unit != session.own_unit:
            # What the office entered for a unit it corrects for the unit, too.
            said["via"] = entry.record.via
        if _VOID in desk.given:
            said["void"] = True
        else:
            said["set"] = read_changes(session, now, desk.given.get(_SET, ()), files)
        said |= desk.fill(wanted)
        when = said.pop("date", session.today)
    intention = Intention("更正", entry.unit, when, said)
    writing = Transaction(session, [intention], files.planned, files.sources)
    record(desk, writing, dry_run=dry_run)


def _entry(session: Session, word: str) -> Entry:
    """The record whose number is typed, whole or the few characters at its start or end that tell it."""
    known = session.ledger.by_record
    typed = word.strip()
    if typed in known:
        return known[typed]
    found = [e for i, e in known.items() if i.endswith(typed) or i.startswith(typed)]
    if len(typed) < _SHORTEST or not found:
        raise GaigaiError(
            f"没有编号为“{word}”的记录", "运行 gaigai show 事项编号 查看各条记录的编号"
        )
    if len(found) > 1:
        ids = "、".join(entry.record.id for entry in found[:3])
        raise GaigaiError(f"编号含“{word}”的记录有{len(found)}条", f"请写得完整一些：{ids}…")
    return found[0]


def _demand_own(session: Session, entry: Entry) -> None:
    """Who is known to work for another unit corrects nothing; the office what it entered for a unit itself."""
    own, office = session.own_unit, session.ledger.office
    if own in (None, entry.unit) or (own == office and entry.record.via is not None):
        return
    raise GaigaiError(
        f"{entry.record.id}是{entry.unit}的记录，{own}不能更正", f"请由{entry.unit}更正"
    )


def _choose(session: Session, desk: Filling) -> Entry:
    """One of the latest records of one's own unit, or of all."""
    own = session.own_unit
    entries = [e for e in session.ledger.entries if e.unit == own or own is None]
    latest = sorted(entries, key=lambda e: e.record.id, reverse=True)[:_LATEST]
    if not latest:
        raise GaigaiError("还没有可以更正的记录", "先用 gaigai update 记录")
    ask.say("最近的记录：")
    chosen = ask.choice("更正哪一条（序号）", [(entry, described(entry)) for entry in latest])
    desk.arguments = [chosen.record.id]
    return chosen


def _show(session: Session, entry: Entry, now: Record) -> None:
    listed = session.ledger.tasks.by_id.get(now.item or "")
    indicators = {i.id: i for i in listed.item.indicators} if listed else {}
    history = History(session.judge.records.changes, session.ledger.by_record, indicators)
    output = session.output
    output.show(page(history.lines((entry,), output.width)))


def _ask_changes(session: Session, desk: Filling, now: Record, files: Files) -> None:
    """Field by field, until there is nothing more to change; or the whole record is void."""
    fields = changeable(now)
    choices = [(name, label(name)) for name in fields]
    chosen = ask.choice("更正哪一项（序号）", [*choices, ("", "整条作废")])
    if not chosen:
        desk.given[_VOID] = [""]
        return
    words: list[str] = []
    while chosen:

        def read(typed: str, name: str = chosen) -> dict[str, Any]:
            return read_changes(session, now, [f"{name}={typed}"], files)

        hint = "（指标编号=数值）" if chosen == "metrics" else ""
        answer = ask.value(f"{label(chosen)}{hint}改为", read, required=True)
        assert answer is not None
        words.append(answer[0] if chosen == "metrics" else f"{chosen}={answer[0]}")
        chosen = ask.choice("还要更正哪一项（序号）", [*choices, ("", "没有了")])
    desk.given[_SET] = words


def _edit(desk: Filling, now: Record) -> None:
    """What the person changes in the texts becomes so many ``--set``."""
    names = [name for name in LONG if getattr(now, name) is not None]
    before = {label(name): str(getattr(now, name)) for name in names}
    after = edited_texts(before)
    changed = [f"{name}={after[label(name)]}" for name in names if _differs(before, after, name)]
    if not changed and _SET not in desk.given:
        raise GaigaiError("文字没有改动，没有写入", "要改别的字段，请用 --set")
    desk.given[_SET] = [*desk.given.get(_SET, []), *changed]


def _differs(before: dict[str, str], after: dict[str, str], name: str) -> bool:
    words = after[label(name)]
    if not words:
        raise GaigaiError(f"“{label(name)}”不能改成空的", "整条不要的用 --void")
    return words != before[label(name)].strip("\n")
