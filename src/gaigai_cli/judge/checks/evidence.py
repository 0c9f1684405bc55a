"""Checks of the files that records refer to."""

import re
from collections.abc import Iterator

from gaigai_cli.judge.checks.build import about
from gaigai_cli.judge.corrections import Records
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.nearest import meant
from gaigai_cli.model.records import EvidenceFile

_UNDER_EVIDENCE = re.compile(r"evidence(/(?!\.{1,2}(/|$))[^/\\\x00]+)+")
"""``evidence/…`` with slashes, without ``.`` and ``..``: nothing else lies surely inside on every system."""

Path = tuple[str | int, ...]


def evidence_outside(records: Records) -> Iterator[Finding]:
    """A path that is not plainly one under ``evidence/``."""
    for entry, path, given in _files(records):
        if not _inside(given):
            yield about(
                records,
                entry,
                (*path, "file"),
                "evidence-outside",
                f"“{given.file}”不在 evidence/ 目录下",
                remedy="请把文件放进数据目录的 evidence/ 里，路径写成 evidence/单位/文件名 的样子",
            )


def evidence_missing(records: Records) -> Iterator[Finding]:
    """A file that isn't there."""
    there = records.ledger.evidence
    for entry, path, given in _files(records):
        if given.file not in there and _inside(given):
            yield about(
                records,
                entry,
                (*path, "file"),
                "evidence-missing",
                f"没有“{given.file}”这个文件",
                remedy=f"{meant(given.file, there)}请放回文件，或更正记录里的路径",
            )


def evidence_changed(records: Records) -> Iterator[Finding]:
    """A file whose content is not the one that was recorded. Reads every file that a record refers to, once."""
    there = records.ledger.evidence
    hashes: dict[str, str] = {}
    for entry, path, given in _files(records):
        stored = there.get(given.file)
        if stored is None or not _inside(given):
            continue
        if given.file not in hashes:
            hashes[given.file] = stored.sha256()
        if hashes[given.file] != given.sha256:
            yield about(
                records,
                entry,
                (*path, "sha256"),
                "evidence-changed",
                f"“{given.file}”与登记时不一致",
                remedy="请从 git 中恢复原文件；确需换用新文件的，另存一份并更正记录",
            )


def _inside(given: EvidenceFile) -> bool:
    return _UNDER_EVIDENCE.fullmatch(given.file) is not None


def _files(records: Records) -> Iterator[tuple[Entry, Path, EvidenceFile]]:
    """Every file that a record refers to."""
    for entry in records.entries:
        record = entry.record
        if record.source is not None:
            yield entry, ("source",), record.source
        if record.evidence is not None:
            for index, given in enumerate(record.evidence):
                if isinstance(given, EvidenceFile):
                    yield entry, ("evidence", index), given
