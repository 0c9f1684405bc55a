"""Logs as many commits had them, each record read once.

A log only ever grows, so the versions of it that a long history holds are all but the same. They are cut into the texts
of their records, and each text is read the first time that it is met; where a version begins with the bytes of the one
before it, only what follows is looked at.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pydantic import ValidationError

from gaigai_cli.history.git import Place, contents
from gaigai_cli.model.records import Record, faults
from gaigai_cli.yamldoc import parse, parse_plain

_HEAD: Final = re.compile(r"(?:[^\n]*\n)*?records:[ \t]*(?:#[^\n]*)?\n(?=(?P<indent> *)- )")
_NO_RECORD: Final = re.compile(r"^(?:---|\.\.\.|%|\t)", re.MULTILINE)
"""Lines that end a document, or that are no house style: such a text is read as a whole."""

_BOM: Final = "\ufeff"
_RECENT: Final = 64
"""How many versions are kept as bytes: more than a list has logs that change by turns."""


class Said(NamedTuple):
    """A record as a log has it. ``record`` is None where it is none; ``words`` is what stands there."""

    id: str
    record: Record | None
    words: str

    def same(self, other: Said) -> bool:
        """Whether both say the same, however it is written."""
        if self is other:
            return True
        if self.record is None or other.record is None:
            return self.words == other.words
        return self.record == other.record


class LogVersion(NamedTuple):
    """A log as it was: whose, under the name that it gives, and what it says, by id.

    ``sound``: all of it could be read.
    """

    unit: str
    said: Mapping[str, Said]
    sound: bool = True


EMPTY: Final = LogVersion("", {})


class _Cut(NamedTuple):
    """A version that is plainly made of records, with its bytes and what stands before each record."""

    data: bytes
    dash: str
    version: LogVersion


class Logs:
    """Reads versions of logs by their hashes."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._versions: dict[str, LogVersion] = {}
        self._recent: OrderedDict[str, _Cut] = OrderedDict()
        self._texts: dict[str, Said | None] = {}

    def fetch(self, pairs: Iterable[tuple[str | None, str | None]]) -> None:
        """Read these versions, each with the one before it, all by one process."""
        before: dict[str, str | None] = {}
        for old, new in pairs:
            if old:
                before.setdefault(old, None)
            if new:
                before.setdefault(new, old)
        wanted = [hash_ for hash_ in before if hash_ not in self._versions]
        for hash_, data in zip(wanted, contents(self._place.folder, wanted), strict=True):
            cut = self._cut(data, self._recent.get(before[hash_] or ""))
            self._versions[hash_] = cut.version if cut else _whole(data)
            if cut:
                self._recent[hash_] = cut
                if len(self._recent) > _RECENT:
                    self._recent.popitem(last=False)

    def __getitem__(self, hash_: str | None) -> LogVersion:
        """A version that was fetched; nothing for None."""
        return self._versions[hash_] if hash_ else EMPTY

    def _cut(self, data: bytes, former: _Cut | None) -> _Cut | None:
        if former and data.startswith(former.data) and former.data.endswith(b"\n"):
            grown = self._grown(data, former)
            if grown:
                return grown
        try:
            text = _text(data)
        except UnicodeDecodeError:
            return None
        head = _HEAD.match(text)
        top = parse_plain(head[0].encode()) if head else None
        if head is None or top is None or not isinstance(top[0], dict):
            return None
        unit = top[0].get("unit")
        if not isinstance(unit, str) or set(top[0]) != {"unit", "records"}:
            return None
        dash = f"\n{head['indent']}- "
        found = self._records(f"\n{text[head.end() :]}", dash, {})
        return _Cut(data, dash, LogVersion(unit, found)) if found is not None else None

    def _grown(self, data: bytes, former: _Cut) -> _Cut | None:
        try:
            tail = _text(data[len(former.data) :])
        except UnicodeDecodeError:
            return None
        found = self._records(f"\n{tail}", former.dash, former.version.said)
        if found is None:
            return None
        return _Cut(data, former.dash, LogVersion(former.version.unit, found))

    def _records(self, body: str, dash: str, known: Mapping[str, Said]) -> dict[str, Said] | None:
        """``known`` and the records of a text; None where it is not plainly made of them."""
        if _NO_RECORD.search(body):
            return None
        found = dict(known)
        first, *pieces = body.removesuffix("\n").split(dash)
        if first.strip():
            return None
        for piece in pieces:
            if piece not in self._texts:
                self._texts[piece] = _read(f"{dash[1:]}{piece}\n")
            said = self._texts[piece]
            if said is None or said.id in found:
                return None
            found[said.id] = said
        return found


def _text(data: bytes) -> str:
    return data.decode("utf-8").removeprefix(_BOM).replace("\r\n", "\n")


def _read(text: str) -> Said | None:
    """The one record of a text; None where it is more, less or something else."""
    plain = parse_plain(text.encode())
    if plain is None or not isinstance(plain[0], list) or len(plain[0]) != 1:
        return None
    said = _said(plain[0][0], text)
    return said if said.record is not None else None


def _said(node: object, words: str) -> Said:
    try:
        record = Record.model_validate(node)
    except ValidationError:
        return Said(_id(node), None, words)
    return Said(record.id, record if not any(faults(record)) else None, words)


def _id(node: object) -> str:
    found = node.get("id") if isinstance(node, dict) else None
    return found if isinstance(found, str) else ""


def _whole(data: bytes) -> LogVersion:
    """The log read as any file is, slowly and as well as it can be."""
    plain = parse_plain(data)
    root = plain[0] if plain is not None else parse(data).root
    if not isinstance(root, dict):
        return LogVersion("", {}, sound=False)
    unit, records = root.get("unit"), root.get("records")
    nodes = records if isinstance(records, list) else []
    found: dict[str, Said] = {}
    sound = plain is not None
    for node in nodes:
        said = _said(node, repr(node))
        sound = sound and said.record is not None
        if said.id:
            found.setdefault(said.id, said)
    return LogVersion(unit if isinstance(unit, str) else "", found, sound)
