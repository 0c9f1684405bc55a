"""Checks of the files that records refer to."""

import re
from collections.abc import Iterator
from typing import Final

from gaigai_cli.judge.checks.making import AtFault, RecordCheck
from gaigai_cli.judge.corrections import Records
from gaigai_cli.model.finding import Finding, Location
from gaigai_cli.model.ledger import Entry, Issued, Ledger, number_key
from gaigai_cli.model.records import EvidenceFile
from gaigai_cli.words.typed import meant

_UNDER_EVIDENCE = re.compile(r"evidence(/(?!\.{1,2}(/|$))[^/\\\x00]+)+")
"""``evidence/…`` with slashes, without ``.`` and ``..``: nothing else lies surely inside on every system."""

_ENDS = (
    "请运行 gaigai git-setup 恢复；仍不一致的，是提交时就改写了，"
    "请在存有原文件的电脑上运行 gaigai git-setup 和 git add --renormalize . 后重新提交"
)


def evidence_outside(records: Records) -> Iterator[AtFault]:
    """Find a path that is not plainly one under ``evidence/``."""
    for entry, path, given in records.files:
        if not _inside(given):
            message = f"“{given.file}”不在 evidence/ 目录下"
            remedy = "请把文件放进数据目录的 evidence/ 里，路径写成 evidence/单位/文件名 的样子"
            yield entry, (*path, "file"), message, remedy


def evidence_missing(records: Records) -> Iterator[AtFault]:
    """Find a file that isn't there, or something in its place that is none."""
    there = records.ledger.evidence
    for entry, path, given in records.files:
        stored = there.get(given.file)
        if _inside(given) and (stored is None or stored.fault):
            message = f"“{given.file}”{stored.fault}" if stored else f"没有“{given.file}”这个文件"
            yield (
                entry,
                (*path, "file"),
                message,
                f"{meant(given.file, there)}请放回文件，或更正记录里的路径",
            )


def evidence_changed(records: Records) -> Iterator[AtFault]:
    """Find a file whose content is not the one that was recorded. Reads every file that a record refers to, once."""
    there = records.ledger.evidence
    hashes: dict[str, str] = {}
    for entry, path, given in records.files:
        stored = there.get(given.file)
        if stored is None or stored.fault or not _inside(given):
            continue
        if given.file not in hashes:
            hashes[given.file] = stored.sha256()
        if hashes[given.file] == given.sha256:
            continue
        message = f"“{given.file}”与登记时不一致"
        remedy = "请从 git 中恢复原文件；确需换用新文件的，另存一份并更正记录"
        if stored.differs_in_ends(given.sha256):
            message, remedy = f"“{given.file}”的换行被 git 改写", _ENDS
        yield entry, (*path, "sha256"), message, remedy


EVIDENCE_CHANGED: Final = RecordCheck("evidence-changed", evidence_changed)


def _inside(given: EvidenceFile) -> bool:
    return _UNDER_EVIDENCE.fullmatch(given.file) is not None


def issued_findings(ledger: Ledger) -> Iterator[Finding]:
    """Find an issued paper that can't be read, whose signed file is gone or another, or whose number is another's."""
    numbers: dict[tuple[str, int], Issued] = {}
    for issued in (paper for one in ledger.issued for paper in (one, *one.errata)):
        place = Location(issued.path)
        if issued.fault:
            message = f"签发存档{issued.fault}"
            yield Finding("bad-issue", "error", message, place, "请从 git 恢复这个文件")
            continue
        if not issued.kept:
            message = f"签发的文件{issued.file}已缺失或被改动"
            remedy = "请从 git 恢复；确需改正的另行发文"
            if issued.ends_changed:
                message, remedy = f"签发的文件{issued.file}的换行被 git 改写", _ENDS
            yield Finding("issue-changed", "error", message, place, remedy)
        other = numbers.setdefault(number_key(issued.number, issued.day), issued)
        if other is not issued:
            message = f"文号{issued.number}与{other.period}通报的相同"
            yield Finding("repeated-number", "error", message, place, "请核对两份通报的文号")


def repeated_reminder_number(records: Records) -> Iterator[AtFault]:
    """Find a 督办 whose number an earlier one has."""
    first: dict[str, Entry] = {}
    asked = (entry for entry in records.entries if entry.record.kind == "督办")
    for entry in sorted(asked, key=lambda e: e.order):
        number = entry.record.number or ""
        other = first.setdefault(number, entry)
        if other is not entry:
            message = f"编号{number}与{other.record.date}的{other.record.level}相同"
            yield entry, ("number",), message, "请核对，由原登记人更正其中一个的编号（number）"


REPEATED_NUMBER: Final = RecordCheck("repeated-number", repeated_reminder_number, "warning")
