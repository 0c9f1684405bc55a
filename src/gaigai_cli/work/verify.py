"""Verifying: whether an issued bulletin is what it was, by three tests that are told apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from gaigai_cli import __version__
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.history.commit_files import commit_files
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.ledger import Issued, Voided, in_force
from gaigai_cli.render.width import cut
from gaigai_cli.report.archive import Archive, issued_report, unarchived
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.report.compared import differences
from gaigai_cli.store.files import sha256_of
from gaigai_cli.store.issued import ISSUED, REPORTS, issue_stem
from gaigai_cli.store.read import read_ledger
from gaigai_cli.store.regular import read_file
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.papers import bulletin_bytes, own_template

SAME: Final = "一致"
OTHER: Final = "不一致"
UNKNOWN: Final = "不能核对"
_NAMED: Final = 3
"""Places that a sentence names; of what is more it says 等."""
_WIDE: Final = 24
"""Columns by which a paragraph is found again."""


class Tested(NamedTuple):
    """One of the three tests: what was compared, the outcome, and why."""

    test: str
    outcome: str
    words: str


class Verified(NamedTuple):
    """An issued bulletin and its tests; ``voided`` where it holds no more."""

    issue: Archive
    voided: Voided | None
    results: tuple[Tested, ...]

    @property
    def altered(self) -> bool:
        """Return whether something is not as it was."""
        return any(result.outcome == OTHER for result in self.results)


def verify(directory: Directory, period: str) -> Verified:
    """Test the bulletin that was issued for a period (``2024-06``). Raises ``GaigaiError`` where none was."""
    found, folder = _issued(directory, period), _folder(directory)
    issue = kept_report(directory, found)
    results = (
        _file(directory, folder / issue.file.name, issue),
        _figures(directory, issue),
        _bytes(directory, issue),
        *_errata(found, folder),
    )
    return Verified(issue, found.voided, results)


def _issued(directory: Directory, name: str) -> Issued:
    """Return the bulletin of a period that holds, or the last one where none does."""
    known = [issued for issued in directory.ledger.issued if issued.period == name]
    if not known:
        periods = dict.fromkeys(issued.period for issued in directory.ledger.issued)
        told = f"已签发的：{'、'.join(periods)}" if periods else "还没有签发过通报"
        raise GaigaiError(f"{name}的通报没有签发过", told)
    return in_force(known, name) or known[-1]


def kept_report(directory: Directory, issued: Issued) -> Archive:
    """Return what was kept of an issued bulletin. Raises ``GaigaiError`` where it can't be read."""
    path = _folder(directory) / f"{issue_stem(issued.period, issued.edition)}.json"
    try:
        return unarchived(json.loads(read_file(path)))
    except (OSError, ValueError, RecursionError):
        raise GaigaiError(f"{shown(path)} 不能读取或已损坏", "请从 git 恢复这个文件") from None


def _folder(directory: Directory) -> Path:
    return directory.beside(f"{REPORTS}/{ISSUED}")


def _errata(found: Issued, folder: Path) -> Iterator[Tested]:
    for paper in found.errata:
        if paper.kept:
            words = f"{shown(folder / paper.file)} 与签发时相同（{paper.number}）。"
            yield Tested("更正文件", SAME, words)
        else:
            words = f"{shown(folder / paper.file)} 已缺失或被改动，请从 git 恢复。"
            yield Tested("更正文件", OTHER, words)


def _file(directory: Directory, path: Path, issue: Archive) -> Tested:
    test = "签发文件"
    try:
        data = read_file(path)
    except OSError:
        return Tested(test, OTHER, f"{shown(path)} 已缺失，请从 git 恢复。")
    if sha256_of(data) != issue.file.sha256:
        return Tested(test, OTHER, f"{shown(path)} 在签发后被改动，请从 git 恢复。")
    same = f"{shown(path)} 与签发时相同（SHA-256 {issue.file.sha256[:16]}…）。"
    return Tested(test, SAME, same + _edited(directory, issue, data))


def _edited(directory: Directory, issue: Archive, data: bytes) -> str:
    """Return that a hand gave the signed file other words than the program's, and where; empty where none did.

    It is empty, too, where that can't be told.
    """
    from gaigai_cli.render.papers import signed

    format_ = issue.made.format
    words = signed.paragraphs(data, format_)
    if words is None or _bytes(directory, issue).outcome != SAME:
        return ""
    # Nobody has to say at the issue whether the file has 红头.
    files = (
        bulletin_bytes(directory, issue.report, format_, letterhead=head) for head in (True, False)
    )
    drafts = (signed.paragraphs(file, format_) or () for file in files)
    made = min(drafts, key=lambda draft: len(signed.edited(draft, words)))
    others = signed.edited(made, words)
    if not others:
        return ""
    names = (unit.name for unit in directory.ledger.units.all)
    facts = tuple(dict.fromkeys(one.where for one in signed.differences(made, words, names)))
    begin = (cut(line, _WIDE) for line in others)
    told = f"定稿在签发前经人工修改，与程序拟稿不同的有{len(others)}段（{_places(begin)}）"
    if not facts:
        return f"{told}，所列数字、单位和评价没有改动。"
    return f"{told}，其中数字、单位或评价与台账不同的有{len(facts)}处（{_places(facts)}之后）。"


def _places(found: Iterable[str]) -> str:
    """Return the first places, in quotes."""
    first, *rest = found
    named = [first, *rest[: _NAMED - 1]]
    return f"{''.join(f'“{one}”' for one in named)}{'等' if len(rest) >= _NAMED else ''}"


def _figures(directory: Directory, issue: Archive) -> Tested:
    """Return the report made anew from the data of the commit that was recorded."""
    test, report = "数字重算", issue.report
    if issue.commit is None:
        return Tested(test, UNKNOWN, "签发时数据有未提交的改动或不在 git 仓库里，没有记录提交号。")
    short = issue.commit[:12]
    try:
        ledger = read_ledger(commit_files(directory.data, issue.commit)).ledger
    except GaigaiError as error:
        return Tested(test, UNKNOWN, f"提交 {short} 的数据读不到：{error.message}。")
    if ledger is None:
        return Tested(test, UNKNOWN, f"提交 {short} 的清单读不到。")
    ledger = replace(ledger, issued=directory.ledger.issued)
    again = monthly_report(
        Judge(ledger),
        report.period,
        today=max(report.cut, issue.issued),
        scored=issue.made.scored,
        own={section.heading: section.own for section in report.sections},
    )
    version = _versions(issue)
    again = issued_report(
        again, issue.number, issue.issued, issue.printed, issue.revokes, office=ledger.office
    )
    parts = differences(report, again, words=not version)
    if parts:
        rules = "两版程序的判定规则可能不同，不同之处请先据此核对。" if version else ""
        told = f"按提交 {short} 的数据重算，{'、'.join(parts)}与签发时不同。{version}{rules}"
        return Tested(test, OTHER, told)
    same = f"各项数字和日期与签发时相同。{version}" if version else "各处都与签发时相同。"
    return Tested(test, SAME, f"按提交 {short} 的数据重算，{same}")


def _bytes(directory: Directory, issue: Archive) -> Tested:
    """Return what the program makes of the kept report: the same contents, however they are compressed."""
    from gaigai_cli.render.fingerprint import digest

    test, made = "文件重制", issue.made
    if why := _not_again(directory, issue):
        return Tested(test, UNKNOWN, why)
    if digest(_again(directory, issue)) == made.sha256:
        return Tested(test, SAME, f"由存档再制的 {made.format} 文件与签发时所制的内容完全相同。")
    return Tested(
        test, OTHER, f"由存档再制的 {made.format} 文件与签发时所制的不同，存档可能被改动。"
    )


def _again(directory: Directory, issue: Archive) -> bytes:
    """Return the file that the program makes of the kept report."""
    made = issue.made
    return bulletin_bytes(directory, issue.report, made.format, letterhead=made.letterhead)


def _not_again(directory: Directory, issue: Archive) -> str:
    """Return why the file can't be made as it was on the day of issue; empty where it can."""
    if versions := _versions(issue):
        return versions
    if issue.made.format == "docx":
        template = own_template(directory)
        if (sha256_of(template) if template is not None else None) != issue.made.template:
            return "模板 templates/通报.docx 在签发后有改动，不作比较。"
    return ""


def _versions(issue: Archive) -> str:
    """Return that the program is another one by now; empty where it isn't."""
    if issue.program == __version__:
        return ""
    return f"签发时用的是 {issue.program} 版程序，现在是 {__version__} 版，文字和版式不作比较。"
