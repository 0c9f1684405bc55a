"""``gaigai report --verify``: whether an issued bulletin is what it was, by three tests that are told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import typer

from gaigai_cli import __version__
from gaigai_cli.cli import typed
from gaigai_cli.cli.report.bulletin_files import bulletin_bytes, own_template
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.report.archive import Issue, differences, issued_report, unarchived
from gaigai_cli.store import read_ledger
from gaigai_cli.store.files import sha256_of
from gaigai_cli.store.issued import ISSUED

if TYPE_CHECKING:
    from gaigai_cli.report.monthly_report import MonthlyReport

SAME: Final = "一致"
OTHER: Final = "不一致"
UNKNOWN: Final = "不能核对"


class Result(NamedTuple):
    """One of the three tests: what was compared, the outcome, and why."""

    test: str
    outcome: str
    words: str


def verify(session: Session, words: str) -> None:
    """Print the three tests of one bulletin; exit status 1 where something is not as it was."""
    report, issue, path = _issued(session, words)
    results = (
        _file(path.parent / issue.file, issue),
        _figures(session, report, issue),
        _bytes(session, report, issue),
    )
    output = session.output
    output.text(f"{report.period.words}通报  {issue.number}  {issue.day}签发")
    for result in results:
        output.text(f"{result.test}：{result.outcome}。{result.words}")
    if any(result.outcome == OTHER for result in results):
        raise typer.Exit(1)


def _issued(session: Session, words: str) -> tuple[MonthlyReport, Issue, Path]:
    folder = session.reports / ISSUED
    known = [issued.period for issued in session.ledger.issued]
    name = typed.plain(words)
    if name not in known:
        name = _month(words)
    if name not in known:
        told = f"已签发的：{'、'.join(known)}" if known else "还没有签发过通报"
        raise GaigaiError(f"{name}的通报没有签发过", told)
    path = folder / f"{name}.json"
    try:
        report, issue = unarchived(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError):
        raise GaigaiError(f"{shown(path)} 不能读取或已损坏", "请从 git 恢复这个文件") from None
    return report, issue, path


def _month(words: str) -> str:
    year, month = typed.month(words, what="--verify")
    return f"{year:04d}-{month:02d}"


def _file(path: Path, issue: Issue) -> Result:
    test = "签发文件"
    try:
        data = path.read_bytes()
    except OSError:
        return Result(test, OTHER, f"{shown(path)} 已缺失，请从 git 恢复。")
    if sha256_of(data) != issue.sha256:
        return Result(test, OTHER, f"{shown(path)} 在签发后被改动，请从 git 恢复。")
    return Result(test, SAME, f"{shown(path)} 与签发时相同（SHA-256 {issue.sha256[:16]}…）。")


def _figures(session: Session, report: MonthlyReport, issue: Issue) -> Result:
    """The report made anew from the data of the commit that was recorded."""
    from gaigai_cli.cli.report.made_reports import whole_report
    from gaigai_cli.history.committed import commit_files

    test = "数字重算"
    if issue.commit is None:
        return Result(test, UNKNOWN, "签发时数据有未提交的改动或不在 git 仓库里，没有记录提交号。")
    short = issue.commit[:12]
    try:
        ledger = read_ledger(commit_files(session.data, issue.commit)).ledger
    except GaigaiError as error:
        return Result(test, UNKNOWN, f"提交 {short} 的数据读不到：{error.message}。")
    if ledger is None:
        return Result(test, UNKNOWN, f"提交 {short} 的清单读不到。")
    from gaigai_cli.judge.judgement import Judge

    again = whole_report(
        Judge(ledger), report.period, today=max(report.cut, issue.day), scored=issue.scored
    )
    parts = differences(report, issued_report(again, issue.number, issue.day))
    if not parts:
        return Result(test, SAME, f"按提交 {short} 的数据重算，各处都与签发时相同。")
    version = "".join(_versions(issue))
    return Result(
        test, OTHER, f"按提交 {short} 的数据重算，{'、'.join(parts)}与签发时不同。{version}"
    )


def _bytes(session: Session, report: MonthlyReport, issue: Issue) -> Result:
    """What the program makes of the kept report, byte for byte."""
    test = "文件重制"
    for words in _versions(issue):
        return Result(test, UNKNOWN, words)
    if issue.format == "docx":
        template = own_template(session)
        if (sha256_of(template) if template is not None else None) != issue.template:
            return Result(test, UNKNOWN, "模板 templates/通报.docx 在签发后有改动，不作比较。")
    made = bulletin_bytes(session, report, issue.format, letterhead=issue.letterhead)
    if sha256_of(made) == issue.made:
        return Result(test, SAME, f"由存档再制的 {issue.format} 文件与签发时所制的逐字节相同。")
    return Result(
        test, OTHER, f"由存档再制的 {issue.format} 文件与签发时所制的不同，存档可能被改动。"
    )


def _versions(issue: Issue) -> Iterator[str]:
    if issue.program != __version__:
        yield f"签发时用的是 {issue.program} 版程序，现在是 {__version__} 版，不作比较。"
