"""A transaction on a list: records checked, written under the lock, and committed where that is wanted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from gaigai_cli.characters import one_line
from gaigai_cli.errors import GaigaiError, as_failure, shown
from gaigai_cli.history.commit import Rewrite, commit_exactly, commit_message
from gaigai_cli.history.git import committed
from gaigai_cli.history.repository import Repository, repository
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.kinds import KindName
from gaigai_cli.model.ledger import Entry, Ledger, LogChange
from gaigai_cli.model.records import Record
from gaigai_cli.record.new_record import STAMP, Intention
from gaigai_cli.record.prepare import Prepared, prepare
from gaigai_cli.store.append import append_record, log_head, with_record
from gaigai_cli.store.evidence import store_evidence
from gaigai_cli.store.files import Folder, sha256_of, working_tree
from gaigai_cli.store.lock import Held, locked
from gaigai_cli.store.read import read_ledger
from gaigai_cli.words.say import day_words
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.evidence import MB, EvidenceFiles
from gaigai_cli.work.questions import Question, Questions, needed
from gaigai_cli.yamldoc.append import AppendError
from gaigai_cli.yamldoc.source import BYTE_ORDER_MARK

_SLACK: Final = timedelta(hours=1)
CLOCK_REMEDY: Final = "请先校准电脑的时钟；已经登记的可以作废后重新登记"


def clock_doubt(
    directory: Directory, last: datetime | None = None, clock: datetime | None = None
) -> str:
    """Return what shows that this computer's clock is wrong, in Chinese without a full stop; empty where nothing does.

    A server's ``clock`` decides where one is known; else it is behind where the newest number of any unit, or the
    ``last`` commit (None: the one that is checked out), is later. An hour more or less is nothing, and neither is a
    record that is void.
    """
    here = f"电脑的时间是{directory.now:%Y-%m-%d %H:%M}"
    if clock is not None:
        there = f"服务器的时间是{clock.astimezone(directory.now.tzinfo):%Y-%m-%d %H:%M}"
        ahead = directory.now - clock
        if abs(ahead) <= _SLACK:
            return ""
        return f"{here}，{there}，时钟像是{'快' if ahead > _SLACK else '慢'}了"
    ledger = directory.ledger
    standing = (entry for entry in ledger.entries if entry.record.id not in ledger.voided)
    newest = max(standing, key=lambda entry: entry.record.id, default=None)
    known = directory.now + _SLACK
    made = last or _checked_out_at(directory.data)
    if newest is not None and newest.record.moment > known.strftime(STAMP):
        what = f"{newest.unit}已登记的记录{newest.record.id}"
    elif made is not None and made > known:
        what = f"仓库里{made:%Y-%m-%d %H:%M}的提交"
    else:
        return ""
    return f"{here}，早于{what}，时钟像是慢了"


def _checked_out_at(data: Path) -> datetime | None:
    """Return when the commit that is checked out was made; None where there is none."""
    head = committed(data, "HEAD") if working_tree(data) else None
    return head.at if head else None


class PartlyWritten(Exception):  # noqa: N818 - the error is its cause
    """A record can't be written after others of the same transaction have been: ``written``."""

    def __init__(self, cause: GaigaiError | OSError, written: Sequence[Prepared]) -> None:
        super().__init__(str(cause))
        self.cause = as_failure(cause)
        self.written = tuple(written)

    @property
    def told(self) -> str:
        """What is written already, without a full stop."""
        items = (one.record.item or one.record.number or one.record.id for one in self.written)
        return f"{'、'.join(items)}的记录已经写入，不必重记"


class Recorded(Exception):  # noqa: N818 - named for what it says
    """The records of a transaction with the same ``once`` are written already: ``entries``."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__("、".join(entry.record.id for entry in entries))
        self.entries = tuple(entries)


class Changed(GaigaiError):  # noqa: N818 - named for what it says
    """What a transaction is about has changed since its caller looked: by ``entries``, or in the list or the rules."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        what = "；".join(map(_told, entries)) or "清单或规则有改动"
        super().__init__(f"您打开以后有了变化：{what}", "请核对以后再提交")
        self.entries = tuple(entries)


def _told(entry: Entry) -> str:
    record = entry.record
    item = f"{record.item}的" if record.item else ""
    by = f"（{record.by}登记）" if record.by else ""
    return f"{entry.unit}{day_words(record.date, record.date.year)}{item}{record.kind}{by}"


@dataclass(frozen=True)
class Seen:
    """What somebody judged ``items`` by: ``listed`` is the hash of what list and rules say, ``records`` are about them.

    Of records it is the numbers; a log only ever grows.
    """

    items: frozenset[str]
    listed: str
    records: frozenset[str]

    @classmethod
    def of(cls, ledger: Ledger, items: Iterable[str]) -> Seen:
        """Return what the ledger says of the items."""
        wanted = frozenset(items)
        told = [ledger.rules.model_dump_json()]
        for item in sorted(wanted):
            listed = ledger.tasks.by_id.get(item)
            told.append(f"{item}{listed.item.model_dump_json() if listed else ''}")
        ids = frozenset(entry.record.id for entry in _concerning(ledger, wanted))
        return cls(wanted, sha256_of("\n".join(told).encode())[:16], ids)

    @classmethod
    def read(cls, text: str) -> Seen:
        """Return what ``text`` wrote down."""
        items, _, rest = text.partition(":")
        listed, _, ids = rest.partition(":")
        return cls(_words(items), listed, _words(ids))

    @property
    def text(self) -> str:
        """What was seen, written as one word for a form to carry; `read` reads it."""
        return f"{','.join(sorted(self.items))}:{self.listed}:{','.join(sorted(self.records))}"

    def demand_unchanged(self, ledger: Ledger) -> None:
        """Raise `Changed` where the ledger says something else of the items now."""
        now = Seen.of(ledger, self.items)
        if now != self:
            new = now.records - self.records
            raise Changed([e for e in _concerning(ledger, self.items) if e.record.id in new])


def _words(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.split(",")))


def _concerning(ledger: Ledger, items: frozenset[str]) -> Iterator[Entry]:
    """Yield the records about the items, and those that answer or correct one of these."""
    about: set[str] = set()
    for entry in sorted(ledger.entries, key=lambda e: e.record.id):
        record = entry.record
        named = {record.item, *(record.items or ())}
        if named & items or about.intersection(record.references):
            about.add(record.id)
            yield entry


def random_bytes() -> bytes:
    """Return the random half of a record's number."""
    return os.urandom(4)


@dataclass
class Transaction:
    """The records of one command, written one after the other: all are checked before the first is written.

    ``files`` are the evidence files that have to be copied.
    ``once`` is a word of the caller's that no other transaction has: with it the records are written once, however
    often that is asked for. Without it every time is a new one.
    """

    directory: Directory
    intentions: Sequence[Intention]
    files: EvidenceFiles | None = None
    once: str = ""

    @property
    def sources(self) -> Mapping[str, Path]:
        """The files to be copied, by their path from the data directory."""
        return self.files.sources if self.files is not None else {}

    def prepare(self) -> list[Prepared]:
        """Return every record on the ledger that the ones before it make. Raises `RefusedRecord`, `NotARecord`."""
        judge, found = self.directory.judge, []
        for intention in self.intentions:
            found.append(self._prepared(intention, judge))
            judge = found[-1].judge
        return found

    def _prepared(self, intention: Intention, judge: Judge) -> Prepared:
        now, once = self.directory.now, self.once
        random = numbered_once(once, intention) if once else random_bytes()
        planned = self.files.planned if self.files is not None else None
        prepared = prepare(intention, judge, now=now, random=random, planned=planned)
        for found in self.directory.reading.findings:
            # A new file in its place would stand for all that it holds.
            if found.code == "missing-file" and found.location.file == prepared.entry.file:
                raise GaigaiError(f"{found.location.file}：{found.message}，没有写入", found.remedy)
        return prepared

    def recorded(self, ledger: Ledger) -> tuple[Entry, ...]:
        """Return the records of this transaction that the ledger holds already."""
        if not self.once:
            return ()
        ends = {numbered_once(self.once, one).hex() for one in self.intentions}
        return tuple(entry for entry in ledger.entries if entry.record.id[-8:] in ends)

    def unrecorded(self, ledger: Ledger) -> list[Intention]:
        """Return what of this transaction the ledger doesn't hold yet: all of it where it may be written again."""
        ends = {entry.record.id[-8:] for entry in ledger.entries} if self.once else set()
        return [one for one in self.intentions if numbered_once(self.once, one).hex() not in ends]

    def preview(self, prepared: Sequence[Prepared]) -> list[LogChange]:
        """Return what writing would change, without writing."""
        texts: dict[str, bytes | None] = {}
        changes = []
        for one in prepared:
            file = one.entry.file
            before = texts[file] if file in texts else self._log(file)
            with _naming(file):
                texts[file] = after = self._with(before, one.entry)
            self._demand_own_log(one)
            changes.append(LogChange(file, before, after))
        return changes

    def _with(self, before: bytes | None, entry: Entry) -> bytes:
        """Return a log with one more record, or a new one (``before`` None)."""
        head = log_head(self.directory.data, entry.file, example=self.directory.example)
        return with_record(before, entry.record, unit=entry.owner, head=head)

    def write(self, prepared: list[Prepared], seen: Seen | None = None) -> list[LogChange]:
        """Copy the evidence and append the records; ``prepared`` is put right where a log has changed meanwhile.

        Raises `PartlyWritten` where a later record can't be written, `Recorded` where they are written already, and
        `Changed` where the items aren't what they were when the caller had ``seen`` them.
        """
        who = prepared[0].record.by or prepared[0].entry.owner
        changes: list[LogChange] = []
        with locked(self.directory.data, who=who) as held:
            if self.once or seen is not None:
                self._demand_unchanged(seen)
            with self._nothing_left_behind(changes):
                self._keep_evidence(held)
                checked_on: Judge | None = None
                for index, intention in enumerate(self.intentions):
                    try:
                        if checked_on is not None:
                            prepared[index] = self._prepared(intention, checked_on)
                        as_checked = prepared[index]
                        self._append(prepared, index, changes, held)
                    except (GaigaiError, OSError) as error:
                        if index:
                            raise PartlyWritten(error, prepared[:index]) from error
                        raise
                    if checked_on is not None or prepared[index] is not as_checked:
                        checked_on = prepared[index].judge
        return changes

    @contextmanager
    def _nothing_left_behind(self, changes: Sequence[LogChange]) -> Iterator[None]:
        """Remove the copies of evidence where something fails before the first record is written."""
        paths = [self.directory.data / name for name in self.sources]
        new = [path for path in paths if not path.exists()]
        try:
            yield
        except Exception:
            if not changes:
                for path in new:
                    path.unlink(missing_ok=True)
            raise

    def _demand_unchanged(self, seen: Seen | None) -> None:
        ledger = self._ledger_now()
        recorded = self.recorded(ledger)
        if recorded:
            raise Recorded(recorded)
        if seen is not None:
            seen.demand_unchanged(ledger)

    def _ledger_now(self) -> Ledger:
        ledger = read_ledger(Folder(self.directory.data), known=self.directory.known).ledger
        if ledger is None:
            raise GaigaiError("清单刚刚被改动，已不能读取", "运行 gaigai check 查看全部问题")
        return ledger.on(self.directory.today)

    def _append(
        self, prepared: list[Prepared], index: int, changes: list[LogChange], held: Held
    ) -> None:
        """Append one record; it is prepared anew where somebody else has written to its log."""

        def again() -> Record:
            judge = Judge(self._ledger_now())
            prepared[index] = self._prepared(self.intentions[index], judge)
            return prepared[index].record

        entry = prepared[index].entry
        written = [change.after for change in changes if change.file == entry.file]
        self._demand_own_log(prepared[index])
        with _naming(entry.file):
            done = append_record(
                held,
                entry.file,
                entry.record,
                unit=entry.owner,
                expected=sha256_of(written[-1]) if written else self._hash_as_read(entry.file),
                again=again,
                example=self.directory.example,
            )
        changes.append(done)

    def _demand_own_log(self, prepared: Prepared) -> None:
        """Raise ``GaigaiError`` where the log that is there isn't its unit's by what it says: nobody would count it."""
        entry, ledger = prepared.entry, prepared.ledger
        said, body = ledger.logs.get(entry.file), ledger.units.body
        if entry.file not in ledger.sources or (said and body(said) == body(entry.owner)):
            return
        with _naming(entry.file):
            self._with(self._log(entry.file), entry)  # of what can't be read at all it is said why
        whose = f"是“{one_line(said)}”，不是{entry.owner}" if said else "读不出来"
        raise GaigaiError(
            f"{entry.file}：记录单位（unit）{whose}，没有写入",
            f"写错了的请改成“unit: {entry.owner}”；不是{entry.owner}的记录，请把文件改名",
        )

    def _keep_evidence(self, held: Held) -> None:
        if self.files is None:
            return
        limit = self.directory.ledger.rules.evidence.max_mb * MB
        for name, source in self.files.sources.items():
            kept = store_evidence(held, self.files.unit, source, limit_bytes=limit)
            if kept.file != name or kept.sha256 != self.files.planned[name].sha256():
                raise GaigaiError(
                    f"佐证文件“{shown(source)}”在登记过程中被改动", "请关闭文件后重新运行"
                )

    def commit(self, prepared: Sequence[Prepared], changes: Sequence[LogChange]) -> str:
        """Commit what has been written, with the evidence copied for it. Return a sentence that says so.

        ``changes`` are what writing has made of the logs; where HEAD has a log as it was, its text is taken from there.
        """
        place = repository(self.directory.data, configuration=self.directory.configuration)
        _demand_references(place, prepared)
        logs: dict[str, list[Entry]] = {}
        for one in prepared:
            logs.setdefault(one.entry.file, []).append(one.entry)
        written = {(change.file, change.before): change.after for change in changes}

        def with_records(before: bytes | None, *, file: str) -> bytes:
            for entry in logs[file]:
                before = written.get((file, before)) or self._with(before, entry)
            return before or b""

        def as_it_is(before: bytes | None, *, file: str) -> bytes:
            return (self.directory.data / file).read_bytes()

        edits: dict[str, Rewrite] = {file: partial(with_records, file=file) for file in logs}
        edits |= {file: partial(as_it_is, file=file) for file in self.sources}
        message = message_of(prepared)
        commit = commit_exactly(place, {f"{place.prefix}{f}": e for f, e in edits.items()}, message)
        return f"已提交 {commit[:8]}：{message.partition(chr(10))[0]}"

    def _log(self, file: str) -> bytes | None:
        try:
            return self.directory.files.read(file)
        except FileNotFoundError:
            return None

    def _hash_as_read(self, file: str) -> str | None:
        """Return the hash of the log that the ledger was made of.

        Of a log that was changed since it is a hash that fits nothing.
        """
        source = self.directory.ledger.sources.get(file)
        if source is None:
            return None
        text: str = getattr(source, "text", "")
        now = self._log(file) or b""
        return sha256_of(
            now if now.removeprefix(BYTE_ORDER_MARK) == text.encode() else text.encode()
        )


def intended(directory: Directory, kind: KindName, unit: str, said: Mapping[str, Any]) -> Intention:
    """Return what is to be recorded in the log of ``unit``; it is true of today unless its ``date`` is said."""
    fields = dict(said)
    return Intention(kind, unit, fields.pop("date", directory.today), fields)


def one_record(
    directory: Directory,
    kind: KindName,
    unit: str,
    said: Mapping[str, Any],
    files: EvidenceFiles,
) -> Transaction:
    """Return the transaction of a single record."""
    return Transaction(directory, [intended(directory, kind, unit, said)], files)


@dataclass(frozen=True)
class Statement:
    """Something that is to be recorded in a unit's log: what is asked, and the transaction that the answers make."""

    kind: KindName
    unit: str
    questions: Callable[[Questions], list[Question]]
    transaction: Callable[[Mapping[str, Any], EvidenceFiles], Transaction]

    @classmethod
    def of_one(
        cls,
        directory: Directory,
        kind: KindName,
        unit: str,
        questions: Callable[[Questions], list[Question]],
        about: Mapping[str, Any],
    ) -> Statement:
        """Return the statement of a single record: what it is ``about``, what is asked, by whom and of which day."""
        return cls(
            kind,
            unit,
            lambda ask: needed(kind, [*questions(ask), ask.by(), ask.date()]),
            lambda said, files: one_record(directory, kind, unit, {**about, **said}, files),
        )


def numbered_once(once: str, intention: Intention) -> bytes:
    """Return the random half of the number of a record that is written once."""
    fields = intention.fields
    about = [
        intention.kind,
        intention.unit,
        fields.get("item"),
        fields.get("items"),
        fields.get("to"),
        fields.get("meeting") and fields.get("summary"),  # a meeting resolves several things
    ]
    return bytes.fromhex(sha256_of(f"{once}{about}".encode()))[:4]


@contextmanager
def _naming(file: str) -> Iterator[None]:
    """Say which log it is that nothing can be added to."""
    try:
        yield
    except AppendError as error:
        raise GaigaiError(f"{file}：{error.message}", error.remedy) from None


def message_of(prepared: Sequence[Prepared]) -> str:
    """Return the message that a commit of these records has."""
    items = [one.after.id if one.after else one.record.item for one in prepared]
    items += [item for one in prepared for item in one.record.items or ()]
    year = prepared[0].ledger.tasks.notice.year
    known = [item for item in items if item is not None]
    return commit_message([one.entry for one in prepared], known, year=year)


def _demand_references(place: Repository, prepared: Sequence[Prepared]) -> None:
    """Raise ``GaigaiError`` where a record to be committed answers one that isn't: others couldn't understand it."""
    own = {one.record.id for one in prepared}
    named = {id_ for one in prepared for id_ in one.record.references} - own
    if not named:
        return
    asked = [word for id_ in named for word in ("-e", id_)]
    # Whatever git is set to show of a match, and for whatever its attributes take a log.
    found = place.run(
        "grep", "-h", "-o", "-a", "-F", *asked, "HEAD", "--", f"{place.prefix}progress"
    )
    missing = sorted(id_ for id_ in named if id_.encode() not in found.stdout)
    if missing:
        raise GaigaiError(
            f"所答复或更正的记录{missing[0]}还没有提交", "请运行 gaigai sync 一并提交"
        )
