"""Two ledgers held against each other: what was recorded between them, and what that made of the items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from gaigai_cli.history.changes.edits import Edit, edits
from gaigai_cli.history.changes.sentences import Act, altered, clause, own_words
from gaigai_cli.judge.corrections import barred
from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import Judge, JudgedItem
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.words.say import cited

Verb = Literal["added", "changed", "deleted", "moved"]


class RecordChange(NamedTuple):
    """A record that was added, changed, deleted or moved to another log.

    ``entry`` is the record as it is now (of a deleted one, as it was), ``former`` as it was.
    """

    verb: Verb
    entry: Entry
    former: Entry | None


class FigureChange(NamedTuple):
    """An indicator whose figure or verdict differs."""

    item: str
    before: Figure | None
    after: Figure | None


class ItemChange(NamedTuple):
    """An item that differs, before and now as of one day; None where it is in one list only."""

    id: str
    before: JudgedItem | None
    after: JudgedItem | None


class UnitChange(NamedTuple):
    """What a unit recorded about an item (None: about no one item), in order.

    ``turn`` is how the item's status changed, told of the unit whose record came last, else empty.
    """

    unit: str
    item: str | None
    turn: str
    acts: tuple[Act, ...]

    @property
    def about(self) -> str:
        """县财政局 16.2."""
        return f"{self.unit}{f' {self.item}' if self.item else ''}"

    @property
    def words(self) -> str:
        """推进中 → 待核验，6月14日申请销号，佐证：财预〔2024〕15号."""
        acts = "；".join(act.words for act in self.acts)
        return f"{self.turn}，{acts}" if self.turn else acts


class Changes(NamedTuple):
    """What lies between two ledgers, judged as of ``day``. ``units`` are in the order of departments.yaml.

    ``touched`` are the items that the records can have an effect on; None: any, for the list itself was edited.
    """

    before: Ledger
    after: Ledger
    day: date
    records: tuple[RecordChange, ...]
    units: tuple[UnitChange, ...]
    items: tuple[ItemChange, ...]
    figures: tuple[FigureChange, ...]
    edits: tuple[Edit, ...]
    touched: frozenset[str] | None

    @property
    def empty(self) -> bool:
        return not (self.records or self.items or self.edits)


def changes(before: Judge, after: Judge, day: date) -> Changes:
    """Return everything that differs.

    Both are judged as of ``day``, so that only what was recorded makes a difference.
    """
    records = tuple(record_changes(before.ledger, after.ledger))
    edited = edits(before.ledger, after.ledger)
    ids = None if edited else touched_items(records, before, after)
    was, now = _judged(before, ids, day), _judged(after, ids, day)
    items = tuple(
        ItemChange(id_, was.get(id_), now.get(id_))
        for id_ in dict.fromkeys((*now, *was))
        if _state(was.get(id_)) != _state(now.get(id_))
    )
    return Changes(
        before.ledger,
        after.ledger,
        day,
        records,
        tuple(_by_unit(records, items, after.ledger)),
        items,
        tuple(_figures(was, now)),
        edited,
        ids,
    )


def _judged(judge: Judge, ids: frozenset[str] | None, day: date) -> dict[str, JudgedItem]:
    """Return the items as of a day in the list's order; None: all of them."""
    if ids is None:
        return judge.on(day).by_id
    found = ((id_, judge.item(id_, day)) for id_ in judge.ledger.tasks.by_id if id_ in ids)
    return {id_: item for id_, item in found if item is not None}


def touched_items(records: Iterable[RecordChange], before: Judge, after: Judge) -> frozenset[str]:
    """Return the items that changed records can have an effect on, where the list itself is the same."""
    changed = [entry for c in records for entry in (c.entry, c.former) if entry is not None]
    # A record may be taken out of judgement, or let in, by what is told of it: evidence that is gone, say.
    was, now = before.ledger.by_record, after.ledger.by_record
    ids = _barred(before) ^ _barred(after)
    changed += [entry for known in (was, now) for id_ in ids if (entry := known.get(id_))]
    ids |= {entry.record.id for entry in changed}
    answering = (e for e in now.values() if not ids.isdisjoint(e.record.references))
    found: set[object] = set()
    for entry in (*changed, *answering):
        record = entry.record
        found.add(record.item)
        if record.set:
            found.add(record.set.get("item"))
        originals = (was.get(r) or now.get(r) for r in record.references)
        found.update(e.record.item for e in originals if e is not None)
    return frozenset(id_ for id_ in found if isinstance(id_, str))


def _barred(judge: Judge) -> frozenset[str]:
    """Return the numbers of records that judgement leaves out for what is wrong with them."""
    places = barred(judge.findings)
    if not places:
        return frozenset()
    entries = judge.ledger.entries
    return frozenset(e.record.id for e in entries if (e.file, e.index) in places)


def record_changes(before: Ledger, after: Ledger) -> Iterator[RecordChange]:
    """Yield records that differ, those that are there now in file order, then those that are gone."""
    was, now = before.by_record, _by_id(after, before)
    for entry in after.entries:
        former = was.get(entry.record.id)
        if former is None or now[entry.record.id] is not entry:
            if not _repeats(entry, after):
                yield RecordChange("added", entry, None)
        elif former.record != entry.record or former.owner != entry.owner:
            yield RecordChange("changed", entry, former)
        elif former.file != entry.file:
            yield RecordChange("moved", entry, former)
    for id_, entry in was.items():
        if id_ not in now:
            yield RecordChange("deleted", entry, entry)


def _by_id(after: Ledger, before: Ledger) -> dict[str, Entry]:
    """Return the record of each id; where one is used twice, that which was there before."""
    if len(after.by_record) == len(after.entries):
        return after.by_record
    found = dict(after.by_record)
    for entry in after.entries:
        former = before.by_record.get(entry.record.id)
        if former and (former.owner, former.record) == (entry.owner, entry.record):
            found[entry.record.id] = entry
    return found


def _repeats(entry: Entry, ledger: Ledger) -> bool:
    """Return whether it is only a repetition of an earlier record, as a merge may leave one."""
    first = ledger.by_record[entry.record.id]
    return first is not entry and (first.owner, first.record) == (entry.owner, entry.record)


def _state(item: JudgedItem | None) -> tuple[object, ...] | None:
    """Return what of an item is told when it changes."""
    if item is None:
        return None
    state = item.state
    return (state.standing, item.light.name, state.percent, state.due, state.units, state.suspended)


_Groups = dict[tuple[str, str | None], list[RecordChange]]
"""What changed, by unit and item; each in order."""


def _by_unit(
    records: tuple[RecordChange, ...], items: tuple[ItemChange, ...], ledger: Ledger
) -> Iterator[UnitChange]:
    order = {unit.name: n for n, unit in enumerate(ledger.units.all)}
    places = {id_: n for n, id_ in enumerate(ledger.tasks.by_id)}
    groups: _Groups = {}
    for change in records:
        groups.setdefault((change.entry.unit, _item(change.entry, ledger)), []).append(change)
    for group in groups.values():
        group.sort(key=lambda change: change.entry.order)
    turns = _turns(groups, items)

    def place(key: tuple[str, str | None]) -> tuple[int, int]:
        unit, item = key
        return (order.get(unit, len(order)), places.get(item or "", len(places)))

    for key in sorted(groups, key=place):
        unit, turn = turns.get(key[1], ("", ""))
        acts = (Act(c.entry, _words(c, ledger), _said(c)) for c in groups[key])
        yield UnitChange(*key, turn if unit == key[0] else "", tuple(acts))


def _said(change: RecordChange) -> tuple[tuple[str, str], ...]:
    return own_words(change.entry.record) if change.verb == "added" else ()


def _item(entry: Entry, ledger: Ledger) -> str | None:
    """Return the item that a record is about; of a 更正, the one that it corrects is about."""
    if entry.record.item is not None or entry.record.corrects is None:
        return entry.record.item
    original = ledger.original_of(entry)
    return original.record.item if original else None


def _turns(groups: _Groups, items: tuple[ItemChange, ...]) -> dict[str | None, tuple[str, str]]:
    """Return by item: the unit whose record came last, and how the status changed: 推进中 → 待核验."""
    last: dict[str | None, Entry] = {}
    for (_, item), group in groups.items():
        entry = group[-1].entry
        if item not in last or last[item].order < entry.order:
            last[item] = entry
    found: dict[str | None, tuple[str, str]] = {}
    for item_change in items:
        was, now = item_change.before, item_change.after
        if was and now and item_change.id in last and was.state.standing != now.state.standing:
            unit = last[item_change.id].unit
            found[item_change.id] = (unit, f"{was.state.standing} → {now.state.standing}")
    return found


def _words(change: RecordChange, ledger: Ledger) -> str:
    entry, former, year = change.entry, change.former, ledger.tasks.notice.year
    if former is None:
        return clause(entry, ledger)
    name = f"记录{entry.record.id}（{cited(former, year)}）"
    if change.verb == "deleted":
        return f"删去了{name}"
    if change.verb == "moved":
        return f"{name}由{former.file}移到{entry.file}"
    return f"改动了{name}：{altered(former, entry, ledger)}"


def _figures(was: dict[str, JudgedItem], now: dict[str, JudgedItem]) -> Iterator[FigureChange]:
    for id_, item in now.items():
        former = {f.indicator.id: f for f in was[id_].figures} if id_ in was else {}
        for figure in item.figures:
            old = former.get(figure.indicator.id)
            if old is None or _shown(old) != _shown(figure):
                yield FigureChange(id_, old, figure)


def _shown(figure: Figure) -> tuple[Decimal | None, str]:
    return (figure.value, figure.verdict)
