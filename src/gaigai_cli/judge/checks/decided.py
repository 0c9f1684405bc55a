"""What no 更正 may change: what a ruling, a withdrawal or an issued bulletin rests on.

Words (``kinds.WORDS``) may be put right at any time. Everything else that a record says decides something:

| the record | stays as it is | the way then |
|---|---|---|
| a ruling answers it | once the ruling is recorded | the office revokes or sends back, the unit records anew |
| an answer to a 批示 that the leader has been told of (呈报, 阅后意见) | from then on | a further 办理反馈 |
| of an item that is 已销号 or 已评估, recorded before that ruling | while the ruling stands | the same |
| 撤回申请 | from the day after it was recorded | a new application |
| entered by the office (``via``) | its date and source, for anybody but the office | the office's own 更正 |
| a ruling that an issued bulletin has told | its own day, and that it was made | the opposite ruling |

What a record's item, stage or month is changed to counts from the 更正 on (``Entry.moves``).
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from gaigai_cli.judge.checks.making import about
from gaigai_cli.judge.corrections import apply_corrections, is_told, standing_corrections
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.kinds import RULINGS, WORDS, KindName
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import label

_CLOSING: Final = frozenset[KindName]({"核验销号", "期满评估"})
_PRESENTING: Final = frozenset[KindName]({"呈报", "阅后意见"})
"""What follows on a 批示 is told to its leader by what units have answered until then."""
_DECIDING: Final = frozenset[KindName]((
    *_CLOSING, "退回补正", "撤销销号", "批准延期", "不予延期", "节点备案", "抽查核验", *_PRESENTING,
))  # fmt: skip
"""Records of the office that settle what they answer: applications, milestones, what was found on the spot."""
_ON_PAPER: Final = frozenset({"date", "source"})
"""What the office, which has the paper, says of a record that it entered."""
_TOLD: Final = frozenset({"date", "finished", "asked"})
_REVOKED: Final[Mapping[KindName, str]] = {"核验销号": "撤销销号", "条件未具备": "条件具备"}
"""Rulings that another kind of ruling ends; the others can only be made void."""

_VOID: Final = "void"


def decided(ledger: Ledger, *, new: Collection[str] = ()) -> Iterator[Finding]:
    """Find a 更正 that changes what has been decided on.

    Records with the ids ``new`` are being written now: every other ruling was made before them. Of a ruling and a 更正
    of one second that are known already whoever ruled had seen the 更正.
    """
    changes = sorted(standing_corrections(ledger.corrections), key=lambda e: e.record.id)
    if not changes:
        return
    rulings = tuple(
        e
        for e in ledger.by_record.values()
        if e.unit == ledger.office and e.record.kind in _DECIDING
    )
    applied: dict[str, list[Entry]] = {}
    for change in changes:
        corrects = change.record.corrects or ""
        original = ledger.by_record.get(corrects)
        if original is None or original.unit != change.unit:
            continue
        before = apply_corrections(original, applied.get(corrects, ()))
        if before is None or not (names := _deciding(before, change)):
            continue
        late = change.record.id in new
        known = (
            e
            for e in rulings
            if e.record.moment < change.record.moment or (late and e.record.id not in new)
        )
        standing = (apply_corrections(e, applied.get(e.record.id, ())) for e in known)
        case = _Correction(
            ledger, before, change, names, tuple(e for e in standing if e is not None)
        )
        wrong = _wrong(case)
        if wrong is None:
            applied.setdefault(corrects, []).append(change)
            continue
        name, message, remedy = wrong
        path = (name,) if name == _VOID else ("set", name)
        yield about(ledger, change, path, "already-decided", message, remedy=remedy)


class _Correction(NamedTuple):
    """A 更正 that changes ``names`` of a record; ``rulings`` are those made before it, as corrected by then."""

    ledger: Ledger
    before: Entry
    change: Entry
    names: tuple[str, ...]
    rulings: tuple[Entry, ...]


def _deciding(before: Entry, change: Entry) -> tuple[str, ...]:
    """Return the fields that a 更正 changes and that decide something; none where it leaves the record unsound."""
    if change.record.void:
        return (_VOID,)
    after = apply_corrections(before, (change,))
    assert after is not None
    return tuple(
        name
        for name in sorted(change.record.set or {})
        if name not in WORDS
        and getattr(after.record, name, None) != getattr(before.record, name, None)
    )


def _wrong(case: _Correction) -> tuple[str, str, str] | None:
    """Return the field at fault, message and remedy; None where the 更正 changes nothing that is decided."""
    record, change, names = case.before.record, case.change.record, case.names
    if record.kind in RULINGS:
        return _told(case)
    if record.kind == "撤回申请" and change.recorded != record.recorded:
        remedy = f"文字可以更正；确需申请的，请重新申请（{record.recorded}撤回的不再有效）"
        return names[0], f"撤回申请{_not(names[0])}：所撤回的申请已经失效", remedy
    on_paper = [name for name in names if name in _ON_PAPER]
    if record.via and on_paper and change.via is None:
        name, office = on_paper[0], case.ledger.office
        message = f"{record.id}是{office}代录的，“{label(name)}”只能由{office}更正"
        return name, message, f"请向{office}提出，由其用 gaigai correct 更正"
    ruling = _ruling_on(case)
    if ruling is None:
        return None
    made = f"{ruling.unit}已于{ruling.record.date}{ruling.record.kind}（{ruling.record.id}）"
    message = f"{record.kind}{record.id}{_not(names[0])}：{made}"
    return names[0], message, f"文字可以更正；{_way(case, ruling)}"


def _not(name: str) -> str:
    return "不能作废" if name == _VOID else f"的“{label(name)}”不能再更正"


def _way(case: _Correction, ruling: Entry) -> str:
    office, item = case.ledger.office, ruling.record.item
    ways: dict[KindName, str] = {
        "核验销号": f"确需改动的，由{office}撤销销号（gaigai reopen {item}）后重新申请",
        "期满评估": f"确需改动的，由{office}先更正期满评估（作废）",
        "退回补正": f"请改正后重新申请（gaigai done {item}）",
        "节点备案": f"确需调整的，请重新报送（gaigai milestones {item}），由{office}备案",
        "呈报": "情况有变化的，请运行 gaigai answer 另报",
        "阅后意见": "领导已经阅结；情况有变化的，请报进展",
        "抽查核验": f"情况有变化的，请另报进展（gaigai update {item}）",
    }
    return ways.get(ruling.record.kind, f"确需改动的，请重新申请延期，由{office}另行核定")


def _ruling_on(case: _Correction) -> Entry | None:
    """Return the ruling that answers the record, or closes its item or the one that it is moved to, and stands."""
    record = case.before.record
    items = {record.item, (case.change.record.set or {}).get("item", record.item)}
    closed = None
    for ruling in sorted(case.rulings, key=lambda e: e.record.id):
        other = ruling.record
        if other.is_answer_to(record):
            return ruling
        same = not set(record.answers or ()).isdisjoint(other.answers or ())
        if other.kind in _PRESENTING and same and record.moment <= other.moment:
            return ruling
        if other.item not in items or record.moment > other.moment:
            continue
        if other.kind in _CLOSING and (other.stage is None or record.stage in (None, other.stage)):
            closed = ruling
        elif other.kind == "撤销销号" and closed and other.stage in (None, closed.record.stage):
            closed = None
    return closed


def _told(case: _Correction) -> tuple[str, str, str] | None:
    """Return the field at fault, message and remedy where an issued bulletin has told what is changed of a ruling."""
    record, change = case.before.record, case.change.record
    opposite = _REVOKED.get(record.kind)
    names = [n for n in case.names if n in _TOLD or (n == _VOID and opposite)]
    if not names:
        return None
    for issued in case.ledger.issued:
        if is_told(issued, record, before=change):
            message = f"{record.kind}{record.id}{_not(names[0])}：{issued.number}已经通报"
            way = f"另行记录{opposite}" if opposite else "另行核定，并在依据里写明"
            return names[0], message, f"文字可以更正；确需改动的，由{case.ledger.office}{way}"
    return None
