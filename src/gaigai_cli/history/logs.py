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
from collections import OrderedDict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Final, NamedTuple

from pydantic import ValidationError

from gaigai_cli.history.git import is_blob, sizes
from gaigai_cli.history.repository import Repository
from gaigai_cli.model.records import Record, as_record, faults
from gaigai_cli.yamldoc.reader import parse
from gaigai_cli.yamldoc.values import parse_sound

_HEAD: Final = re.compile(r"(?:[^\n]*\n)*?records:[ \t]*(?:#[^\n]*)?\n(?=(?P<indent> *)- )")
_NO_RECORD: Final = re.compile(r"^(?:---|\.\.\.|%|\t)", re.MULTILINE)
"""Lines that end a document, or that are no house style: such a text is read as a whole."""

_ID: Final = re.compile(r"id: (\d{8}-\d{6}-[0-9a-f]{8})\n")
_DOUBLES: Final = re.compile(r'"[^"\n]*"')
_SINGLES: Final = re.compile(r"'[^'\n]*'")
_BOM: Final = "\ufeff"
_RECENT: Final = 64
"""How many versions are kept as bytes: more than a list has logs that change by turns."""


@dataclass(frozen=True)
class RecordAt:
    """A record as a log has it: its id and its words.

    Most records are never looked at more closely, so they are read when they are.
    """

    id: str
    words: str

    @cached_property
    def record(self) -> Record | None:
        """What it says; None where it is no record."""
        return _record(_node(self.words))

    def same(self, other: RecordAt) -> bool:
        """Return whether both say the same, however it is written."""
        if self.words == other.words:
            return True
        return self.record is not None and self.record == other.record


class LogVersion(NamedTuple):
    """A log as it was: whose, under the name that it gives, and what it says, by id.

    ``grew_from`` is what it said before, where it is that with ``added`` behind it and nothing else.
    """

    unit: str
    said: Mapping[str, RecordAt]
    grew_from: Mapping[str, RecordAt] | None = None
    added: tuple[RecordAt, ...] = ()


EMPTY: Final = LogVersion("", {})


class _Cut(NamedTuple):
    """A version that is plainly made of records, with its bytes and what stands before each record."""

    data: bytes
    dash: str
    version: LogVersion


class Logs:
    """Reads versions of logs by their hashes."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._versions: dict[str, LogVersion] = {}
        self._recent: OrderedDict[str, _Cut] = OrderedDict()
        self._texts: dict[str, dict[str, RecordAt | None]] = {}

    def fetch(self, pairs: Iterable[tuple[str | None, str | None]]) -> None:
        """Read these versions, each with the one before it."""
        before: dict[str, str | None] = {}
        for old, new in pairs:
            if old:
                before.setdefault(old, None)
            if new:
                before.setdefault(new, old)
        wanted = [hash_ for hash_ in before if hash_ not in self._versions]
        self._fetch_grown(wanted, before)
        rest = [hash_ for hash_ in wanted if hash_ not in self._versions]
        for hash_, data in zip(rest, self._repository.contents(rest), strict=True):
            self._keep(hash_, data, before[hash_])

    def _fetch_grown(self, wanted: Sequence[str], before: Mapping[str, str | None]) -> None:
        """Fetch the last version of each log, and those that it grew from."""
        former = {before[hash_] for hash_ in wanted}
        newest = [hash_ for hash_ in wanted if hash_ not in former]
        size_of = sizes(self._repository.top, wanted) if len(newest) < len(wanted) else {}
        for last, data in zip(newest, self._repository.contents(newest), strict=True):
            earlier = tuple(self._before(last, before, size_of))
            grew = [(hash_, size_of[hash_]) for hash_ in _beginnings(data, earlier, size_of)]
            self._keep_grown(data, [*grew, (last, len(data))], before)

    def _before(
        self, last: str, before: Mapping[str, str | None], wanted: Container[str]
    ) -> Iterator[str]:
        """Yield the wanted versions before one that aren't read yet, the latest first."""
        hash_ = before[last]
        while hash_ and hash_ in wanted and hash_ not in self._versions:
            yield hash_
            hash_ = before[hash_]

    def _keep_grown(
        self, last: bytes, versions: Iterable[tuple[str, int]], before: Mapping[str, str | None]
    ) -> None:
        """Keep the versions that are beginnings of ``last``, by their sizes; of each only what it added is read."""
        former: _Cut | None = None
        start = 0
        for hash_, size in versions:
            cut = self._grown(last[start:size], former) if former else None
            if cut:
                self._versions[hash_] = cut.version
            else:
                cut = self._keep(hash_, last[:size], before[hash_])
            former = cut if last[size - 1 : size] == b"\n" else None
            start = size

    def _keep(self, hash_: str, data: bytes, before: str | None) -> _Cut | None:
        former = self._recent.get(before or "")
        cut = None
        if former and data.startswith(former.data) and former.data.endswith(b"\n"):
            cut = self._grown(data[len(former.data) :], former)
        cut = cut or self._cut(data)
        self._versions[hash_] = cut.version if cut else _whole(data)
        if cut:
            self._recent[hash_] = cut._replace(data=data)
            if len(self._recent) > _RECENT:
                self._recent.popitem(last=False)
        return cut

    def __getitem__(self, hash_: str | None) -> LogVersion:
        """Return a version that was fetched; nothing for None."""
        return self._versions[hash_] if hash_ else EMPTY

    def _cut(self, data: bytes) -> _Cut | None:
        try:
            text = _text(data)
        except UnicodeDecodeError:
            return None
        head = _HEAD.match(text)
        top = parse_sound(head[0].encode()) if head else None
        if head is None or not isinstance(top, dict):
            return None
        unit = top.get("unit")
        if not isinstance(unit, str) or set(top) != {"unit", "records"}:
            return None
        dash = f"\n{head['indent']}- "
        version = self._records(f"\n{text[head.end() :]}", dash, LogVersion(unit, {}))
        return _Cut(data, dash, version) if version is not None else None

    def _grown(self, added: bytes, former: _Cut) -> _Cut | None:
        """Return ``former`` with what was added behind it; its bytes stay those of ``former``."""
        try:
            tail = _text(added)
        except UnicodeDecodeError:
            return None
        version = self._records(f"\n{tail}", former.dash, former.version)
        return former._replace(version=version) if version is not None else None

    def _records(self, body: str, dash: str, former: LogVersion) -> LogVersion | None:
        """Return ``former`` with the records of a text; None where it is not plainly made of them."""
        if _NO_RECORD.search(body):
            return None
        known = dict(former.said)
        first, *pieces = body.removesuffix("\n").split(dash)
        if first.strip():
            return None
        unsure = _may_run_on(body)
        texts = self._texts.setdefault(dash, {})
        added = []
        for piece in pieces:
            said = texts.get(piece)
            if said is None:
                said = texts[piece] = _said(piece, dash, unsure=unsure)
            if said is None or said.id in known:
                return None
            known[said.id] = said
            added.append(said)
        return LogVersion(former.unit, known, former.said, tuple(added))


def _beginnings(last: bytes, earlier: Sequence[str], size_of: Mapping[str, int]) -> list[str]:
    """Return those of the ``earlier`` versions (the latest first) that ``last`` grew from, the first one first.

    Where a version changed more than its end, it and those before it are left out.
    """
    view = memoryview(last)
    grew = list(takewhile(lambda hash_: is_blob(view[: size_of[hash_]], hash_), earlier))
    return grew[::-1]


def _said(piece: str, dash: str, *, unsure: bool) -> RecordAt | None:
    """Return the record that a text behind its dash is; None where it is not plainly one."""
    found = _ID.match(piece)
    if found is None:
        return None
    said = RecordAt(found[1], f"{dash[1:]}{piece}\n")
    return None if unsure and _may_run_on(piece) and said.record is None else said


def _node(words: str) -> object:
    """Return what the text of one record says; None where it is not plainly one."""
    nodes = parse_sound(words.encode())
    return nodes[0] if isinstance(nodes, list) and len(nodes) == 1 else None


def _may_run_on(piece: str) -> bool:
    """Return whether a quotation that begins in a text may end outside of it: nothing else can.

    None can where every line has its quotation marks in pairs.
    """
    if "\\" in piece:
        return True
    doubles, singles = piece.count('"'), piece.count("'")
    return (doubles > 0 and doubles != 2 * len(_DOUBLES.findall(piece))) or (
        singles > 0 and singles != 2 * len(_SINGLES.findall(piece))
    )


def _text(data: bytes) -> str:
    return data.decode("utf-8").removeprefix(_BOM).replace("\r\n", "\n")


def _record(node: object) -> Record | None:
    try:
        record = as_record(node)
    except ValidationError:
        return None
    return None if any(faults(record)) else record


def _whole(data: bytes) -> LogVersion:
    """Return the log read as any file is, slowly and as well as it can be."""
    root = parse(data).root
    if not isinstance(root, dict):
        return EMPTY
    unit, records = root.get("unit"), root.get("records")
    found: dict[str, RecordAt] = {}
    for node in records if isinstance(records, list) else []:
        if isinstance(node, dict) and isinstance(id_ := node.get("id"), str):
            found.setdefault(id_, RecordAt(id_, _words(node)))
    name = unit if isinstance(unit, str) else ""
    return LogVersion(name, found)


def _words(node: object) -> str:
    """Return a record in words of our own, where those of the file can't be told apart."""
    return f"- {json.dumps(node, ensure_ascii=False)}\n"
