"""A review for the terminal, for a merge request, for a forge's checks and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple

from gaigai_cli.errors import with_stop
from gaigai_cli.history.commits import Commit
from gaigai_cli.history.review.range import Look, Violation
from gaigai_cli.history.review.review import Review
from gaigai_cli.model.finding import Finding, Location, numbers_of
from gaigai_cli.render.console import changes as changes_view
from gaigai_cli.render.console.changes import as_markdown as changes_markdown
from gaigai_cli.render.findings import as_github as findings_as_github
from gaigai_cli.render.findings import finding_json, workflow_command
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
        *(_section(heading, points) for heading, points in _sections(review, prefix)),
        *changes_view.blocks(review.changes, "改动"),
        *(paragraph(note, FAINT) for note in notes(review)),
    )


def verdict(review: Review) -> str:
    """Return ``共3个提交：违反登记规则2处，新问题1处，请核对3处。``"""
    errors, warnings = numbers_of(review.findings)
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


class _Point(NamedTuple):
    """One thing that a review tells: how bad it is, what to do, and where it is."""

    sign: Literal["✗", "!", "·"]
    message: str
    remedy: str = ""
    where: str = ""
    code: str = ""


def _sections(review: Review, prefix: str) -> Iterator[tuple[str, list[_Point]]]:
    """Yield what there is to tell below headings, the worst first."""
    told = {
        "违反登记规则": [_broken(violation, prefix) for violation in review.violations],
        "这次带来的问题": [_found(finding, prefix) for finding in review.findings],
        "请核对": [_Point("·", look.message) for look in review.looks],
        "代录": [_Point("·", look.message) for look in review.entered],
    }
    return ((heading, points) for heading, points in told.items() if points)


def _broken(broken: Violation, prefix: str) -> _Point:
    where = "，".join(filter(None, (_placed(broken.location, prefix), _by(broken.commit))))
    return _Point("✗", broken.message, _whole(broken.remedy), where, broken.code)


def _found(finding: Finding, prefix: str) -> _Point:
    where, remedy = _placed(finding.location, prefix), _whole(finding.remedy)
    sign: Literal["✗", "!"] = "✗" if finding.severity == "error" else "!"
    return _Point(sign, finding.message, remedy, where, finding.code)


def _whole(remedy: str) -> str:
    return with_stop(remedy) if remedy else ""


def _section(heading: str, points: Sequence[_Point]) -> Iterator[Part]:
    yield (StyledText(heading, STRONG),)
    for one in points:
        sign = StyledText(f"  {one.sign} ", WRONG if one.sign == "✗" else "")
        yield hanging(sign, f"{one.message}。", indent=_INDENT)
        if one.remedy:
            yield hanging("", f"办法：{one.remedy}", indent=_INDENT)
        if one.code:
            where = f"{one.where}[{one.code}]"
            yield hanging("", where, indent=_INDENT, style=FAINT)


def _placed(location: Location | None, prefix: str) -> str:
    return f"{prefix}{location.file}:{location.line}" if location else ""


def _by(commit: Commit | None) -> str:
    if commit is None:
        return ""
    return f"提交 {commit.short}（{clean(commit.author)}，{commit.when:%Y-%m-%d}）"


def as_markdown(review: Review, title: str, prefix: str) -> str:
    """Return the review for a comment in a merge request."""
    parts = [f"## {escape(title)}", f"**{escape(verdict(review))}**"]
    for heading, points in _sections(review, prefix):
        parts.append(f"### {heading}\n\n" + "\n".join(map(_bullet, points)))
    parts.append(changes_markdown(review.changes, "改动").rstrip("\n"))
    parts += [f"> {escape(note)}" for note in notes(review)]
    return "\n\n".join(parts) + "\n"


def _bullet(one: _Point) -> str:
    sign = {"✗": "❌ ", "!": "⚠ ", "·": ""}[one.sign]
    where = f"{escape(one.remedy)}（{escape(one.where)}）" if one.code else ""
    return f"- {sign}{escape(one.message)}。{where}"


def as_github(review: Review, prefix: str) -> str:
    """Return a workflow command a line: violations and findings beside their places, things to look at as notices."""

    def command(severity: str, place: Location | None, title: str, words: str) -> str:
        path = f"{prefix}{place.file}" if place else ""
        return f"{workflow_command(severity, place, path, title, words)}\n"

    return "".join(
        (
            *(command("error", v.location, v.code, _sentence(v)) for v in review.violations),
            findings_as_github(review.findings, prefix),
            *(command("notice", look.place(), "请核对", look.message) for look in review.looks),
        )
    )


def _sentence(violation: Violation) -> str:
    by = _by(violation.commit)
    return f"{violation.message}。{violation.remedy}{f'（{by}）' if by else ''}"


def as_json(review: Review, prefix: str) -> dict[str, Any]:
    """Return the keys of ``review``: a contract, only ever added to."""
    from gaigai_cli.render.json import changes_json

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
