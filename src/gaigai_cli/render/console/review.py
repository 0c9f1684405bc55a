"""A review for the terminal, for a merge request, for a forge's checks and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from gaigai_cli.errors import sentence
from gaigai_cli.history.commits import Commit
from gaigai_cli.history.review.range import Look, Violation
from gaigai_cli.history.review.review import Review
from gaigai_cli.model.finding import Finding, Location
from gaigai_cli.render.console import changes as changes_view
from gaigai_cli.render.console.changes import as_markdown as changes_markdown
from gaigai_cli.render.findings import as_github as findings_as_github
from gaigai_cli.render.findings import escaped, finding_json
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WRONG,
    Page,
    Part,
    StyledText,
    hanging,
    page,
    paragraph,
)
from gaigai_cli.render.markdown import escape
from gaigai_cli.render.width import clean

_INDENT: Final = 4
NOT_SIGNED: Final = (
    "未要求签名：以上核对能防差错，不能防伪造，提交的姓名和邮箱任何人都可以填写；"
    "要防伪造，请用 --require-signed。"
)
SIGNED: Final = "已核对全部提交的签名。"
UNRESTRICTED: Final = "范围起点没有 reviewers.yaml，没有核对谁可以为哪个单位登记。"


def as_page(review: Review, title: str, prefix: str) -> Page:
    """Return verdict first, then violations, findings, what to look at, what the office entered, and the changes."""
    return page(
        paragraph(title, STRONG),
        paragraph(verdict(review), WRONG if review.bad else ""),
        _section("违反登记规则", [_violation_lines(v, prefix) for v in review.violations]),
        _section("这次带来的问题", [_finding_lines(f, prefix) for f in review.findings]),
        _section("请核对", [_look_lines(look) for look in review.looks]),
        _section("代录", [_look_lines(look) for look in review.entered]),
        *changes_view.blocks(review.changes, "改动"),
        *(paragraph(note, FAINT) for note in notes(review)),
    )


def verdict(review: Review) -> str:
    """Return ``共3个提交：违反登记规则2处，新问题1处，请核对3处。``"""
    errors = sum(finding.severity == "error" for finding in review.findings)
    warnings = len(review.findings) - errors
    counts = (
        ("违反登记规则", len(review.violations)),
        ("带来错误", errors),
        ("带来警告", warnings),
        ("请核对", len(review.looks)),
    )
    told = "，".join(f"{words}{number}处" for words, number in counts if number)
    return f"共{len(review.range.commits)}个提交：{told or '未发现问题'}。"


def notes(review: Review) -> Iterator[str]:
    """Yield what this review can and can't know."""
    if not review.restricted:
        yield UNRESTRICTED
    yield SIGNED if review.signed else NOT_SIGNED


def _section(heading: str, entries: Sequence[Iterator[Part]]) -> Iterator[Part]:
    if entries:
        yield (StyledText(heading, STRONG),)
    for entry in entries:
        yield from entry


def _violation_lines(violation: Violation, prefix: str) -> Iterator[Part]:
    yield hanging(StyledText("  ✗ ", WRONG), f"{violation.message}。", indent=_INDENT)
    yield from _remedy_lines(violation.remedy)
    where = "，".join(filter(None, (_placed(violation.location, prefix), _by(violation.commit))))
    words = f"{where}[{violation.code}]"
    yield hanging(StyledText(""), words, indent=_INDENT, style=FAINT)


def _remedy_lines(remedy: str) -> Iterator[Part]:
    if remedy:
        yield hanging(StyledText(""), f"办法：{sentence(remedy)}", indent=_INDENT)


def _finding_lines(finding: Finding, prefix: str) -> Iterator[Part]:
    sign = StyledText("  ✗ ", WRONG) if finding.severity == "error" else StyledText("  ! ")
    yield hanging(sign, f"{finding.message}。", indent=_INDENT)
    yield from _remedy_lines(finding.remedy)
    words = f"{_placed(finding.location, prefix)}[{finding.code}]"
    yield hanging(StyledText(""), words, indent=_INDENT, style=FAINT)


def _look_lines(look: Look) -> Iterator[Part]:
    yield hanging(StyledText("  · "), f"{look.message}。", indent=_INDENT)


def _placed(location: Location | None, prefix: str) -> str:
    return f"{prefix}{location.file}:{location.line}" if location else ""


def _by(commit: Commit | None) -> str:
    if commit is None:
        return ""
    return f"提交 {commit.short}（{clean(commit.author)}，{commit.when:%Y-%m-%d}）"


def as_markdown(review: Review, title: str, prefix: str) -> str:
    """Return the review for a comment in a merge request."""
    parts = [f"## {escape(title)}", f"**{escape(verdict(review))}**"]
    violations = [
        f"- ❌ {escape(v.message)}。{escape(sentence(v.remedy))}"
        f"（{escape('，'.join(filter(None, (_placed(v.location, prefix), _by(v.commit)))))}）"
        for v in review.violations
    ]
    findings = [
        f"- {'❌' if f.severity == 'error' else '⚠'} {escape(f.message)}。"
        f"{escape(f.remedy)}（{escape(_placed(f.location, prefix))}）"
        for f in review.findings
    ]
    looks = [f"- {escape(look.message)}。" for look in review.looks]
    entered = [f"- {escape(look.message)}。" for look in review.entered]
    for heading, lines in (
        ("违反登记规则", violations),
        ("这次带来的问题", findings),
        ("请核对", looks),
        ("代录", entered),
    ):
        if lines:
            parts.append(f"### {heading}\n\n" + "\n".join(lines))
    parts.append(changes_markdown(review.changes, "改动").rstrip("\n"))
    parts += [f"> {escape(note)}" for note in notes(review)]
    return "\n\n".join(parts) + "\n"


def as_github(review: Review, prefix: str) -> str:
    """Return a workflow command a line: violations and findings beside their places, things to look at as notices."""
    lines = [
        f"::error {_at(v.location, prefix)}title={v.code}::{escaped(_sentence(v))}\n"
        for v in review.violations
    ]
    lines.append(findings_as_github(review.findings, prefix))
    lines += [
        f"::notice {_at(look.place(), prefix)}title=请核对::{escaped(look.message)}\n"
        for look in review.looks
    ]
    return "".join(lines)


def _sentence(violation: Violation) -> str:
    by = _by(violation.commit)
    return f"{violation.message}。{violation.remedy}{f'（{by}）' if by else ''}"


def _at(location: Location | None, prefix: str) -> str:
    if location is None:
        return ""
    file = escaped(f"{prefix}{location.file}").replace(":", "%3A").replace(",", "%2C")
    return f"file={file},line={location.line},col={location.column},"


def as_json(review: Review, prefix: str) -> dict[str, Any]:
    """Return the keys of ``review``: a contract, only ever added to."""

    from gaigai_cli.render.json import as_json as changes_json

    return {
        "base": review.range.base,
        "fork": review.range.fork,
        "head": review.range.head,
        "ok": not review.bad,
        "signed": review.signed,
        "restricted": review.restricted,
        "commits": [_commit(commit) for commit in review.range.commits],
        "violations": [
            {
                "code": v.code,
                "message": v.message,
                "remedy": v.remedy,
                "commit": v.commit.hash if v.commit else None,
                **_location(v.location, prefix),
            }
            for v in review.violations
        ],
        "findings": [finding_json(finding.below(prefix)) for finding in review.findings],
        "looks": [_look(look, prefix) for look in review.looks],
        "entered": [_look(look, prefix) for look in review.entered],
        "changes": changes_json(review.changes),
    }


def _commit(commit: Commit) -> dict[str, Any]:
    return {
        "hash": commit.hash,
        "author": commit.author,
        "email": commit.email,
        "date": commit.when.isoformat(),
        "subject": commit.subject,
    }


def _look(look: Look, prefix: str) -> dict[str, Any]:
    return {"message": look.message, **_location(look.place(), prefix)}


def _location(location: Location | None, prefix: str) -> dict[str, Any]:
    if location is None:
        return {"file": None, "line": None}
    return {"file": f"{prefix}{location.file}", "line": location.line}
