"""Logs as many commits had them, each record read once.

A log only ever grows, so the versions of it that a long history holds are all but the same. They are cut into the texts
of their records, and each text is read at most once; where a version begins with the bytes of the one before it, only
what follows is looked at. git hands over the last version and those that were more than a beginning of it. A log that
is not in the house style is read as a whole.

This tells who brought what. What a list holds in the end is for the store to say, which reads strictly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Final, NamedTuple

from gaigai_cli.history.git import is_blob, sizes
from gaigai_cli.history.repository import Repository
from gaigai_cli.model.records import Record
from gaigai_cli.store.log_text import added_records, cut, sound_record
from gaigai_cli.yamldoc.reader import parse

_ID: Final = re.compile(r"id: (\d{8}-\d{6}-[0-9a-f]{8})\n")
_PAIRS: Final = tuple((sign, re.compile(f"{sign}[^{sign}\n]*{sign}")) for sign in ('"', "'"))
_DASH: Final = "\n- "
"""What stands before a record in words of our own, where those of the file can't be told apart."""


@dataclass(frozen=True)
class RecordAt:
    """A record as a log has it: its id, its text, and what stands before that.

    Most records are never looked at more closely, so they are read when they are.
    """

    id: str
    text: str
    dash: str

    @cached_property
    def record(self) -> Record | None:
        """What it says; None where it is no record."""
        return sound_record(self.text, self.dash)

    def same(self, other: RecordAt) -> bool:
        """Return whether both say the same, however it is written."""
        if (self.text, self.dash) == (other.text, other.dash):
            return True
        return self.record is not None and self.record == other.record


@dataclass(frozen=True, eq=False)
class LogVersion:
    """A log as it was: whose, under the name that it gives, and what it says.

    ``former`` is the version before, where it is that with ``added`` behind it and nothing else; else ``added`` is all.
    """

    unit: str
    added: tuple[RecordAt, ...]
    former: LogVersion | None = None

    @cached_property
    def said(self) -> Mapping[str, RecordAt]:
        """The records by id, in their order; of a number that stands twice the first one."""
        versions = [self]
        while (former := versions[-1].former) is not None:
            versions.append(former)
        found: dict[str, RecordAt] = {}
        for one in (one for version in reversed(versions) for one in version.added):
            found.setdefault(one.id, one)
        return found


EMPTY: Final = LogVersion("", ())


class _Cut(NamedTuple):
    """A version that is plainly made of records, with their ids and what stands before each."""

    version: LogVersion
    ids: set[str]
    dash: str


class Logs:
    """Reads versions of logs by their hashes."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._versions: dict[str, LogVersion] = {}
        self._texts: dict[tuple[str, str], RecordAt | None] = {}

    def fetch(self, pairs: Iterable[tuple[str | None, str | None]]) -> None:
        """Read these versions, each behind the one before it. git hands over what is no beginning of a later one."""
        before: dict[str, str | None] = {}
        for old, new in pairs:
            if old:
                before.setdefault(old, None)
            if new:
                before.setdefault(new, old)
        earlier = [hash_ for hash_ in dict.fromkeys(before.values()) if hash_]
        size_of = sizes(self._repository.top, earlier) if earlier else {}
        for last in reversed(before):
            if last not in self._versions:
                (data,) = self._repository.contents([last])
                versions = [*_beginnings(data, self._before(last, before), size_of), last]
                self._keep(data, [(hash_, size_of.get(hash_, len(data))) for hash_ in versions])

    def _before(self, last: str, before: Mapping[str, str | None]) -> Iterator[str]:
        """Yield the versions before one that aren't read yet, the latest first."""
        hash_ = before[last]
        while hash_ and hash_ not in self._versions:
            yield hash_
            hash_ = before[hash_]

    def _keep(self, last: bytes, versions: Iterable[tuple[str, int]]) -> None:
        """Keep the versions that are beginnings of ``last``, by their sizes; of each only what it added is read."""
        former: _Cut | None = None
        start = 0
        for hash_, size in versions:
            cut = self._grown(last[start:size], former) if former else None
            cut = cut or self._cut(last[:size])
            self._versions[hash_] = cut.version if cut else _whole(last[:size])
            former = cut if last[size - 1 : size] == b"\n" else None
            start = size

    def __getitem__(self, hash_: str | None) -> LogVersion:
        """Return a version that was fetched; nothing for None."""
        return self._versions[hash_] if hash_ else EMPTY

    def _cut(self, data: bytes) -> _Cut | None:
        log = cut(data)
        if log is None:
            return None
        return self._behind(_Cut(LogVersion(log.unit, ()), set(), log.dash), log.records)

    def _grown(self, added: bytes, former: _Cut) -> _Cut | None:
        """Return ``former`` with what was added behind it."""
        records = added_records(added, former.dash)
        return self._behind(former, records) if records is not None else None

    def _behind(self, former: _Cut, texts: Iterable[str]) -> _Cut | None:
        """Return ``former`` with the records that have these texts; None where one is not plainly a record."""
        added = []
        for text in texts:
            key = (former.dash, text)
            said = self._texts.get(key)
            if said is None:
                said = self._texts[key] = _said(text, former.dash)
            if said is None or said.id in former.ids:
                return None
            former.ids.add(said.id)
            added.append(said)
        version = LogVersion(former.version.unit, tuple(added), former.version)
        return former._replace(version=version)


def _beginnings(last: bytes, earlier: Iterable[str], size_of: Mapping[str, int]) -> list[str]:
    """Return those of the ``earlier`` versions (the latest first) that ``last`` grew from, the first one first.

    Where a version changed more than its end, it and those before it are left out.
    """
    view = memoryview(last)
    grew = list(takewhile(lambda hash_: is_blob(view[: size_of[hash_]], hash_), earlier))
    return grew[::-1]


def _said(text: str, dash: str) -> RecordAt | None:
    """Return the record that a text behind its dash is; None where it is not plainly one."""
    found = _ID.match(text)
    if found is None:
        return None
    said = RecordAt(found[1], text, dash)
    return None if _may_run_on(text) and said.record is None else said


def _may_run_on(text: str) -> bool:
    """Return whether a quotation that begins in a text may end outside of it: nothing else can.

    None can where every line has its quotation marks in pairs.
    """
    return "\\" in text or any(
        (marks := text.count(sign)) and marks != 2 * len(pair.findall(text))
        for sign, pair in _PAIRS
    )


def _whole(data: bytes) -> LogVersion:
    """Return the log read as any file is, slowly and as well as it can be."""
    root = parse(data).root
    if not isinstance(root, dict):
        return EMPTY
    unit, records = root.get("unit"), root.get("records")
    found = (
        RecordAt(id_, json.dumps(node, ensure_ascii=False), _DASH)
        for node in (records if isinstance(records, list) else [])
        if isinstance(node, dict) and isinstance(id_ := node.get("id"), str)
    )
    return LogVersion(unit if isinstance(unit, str) else "", tuple(found))
