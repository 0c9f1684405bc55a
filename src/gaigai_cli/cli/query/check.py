"""``gaigai check``: every finding of the data directory at once."""

import os
from datetime import date
from typing import Final, NamedTuple

import typer

from gaigai_cli.cli.options import Option, format_of
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.render import findings as render
from gaigai_cli.render.json import Json
from gaigai_cli.words.normal import plain
from gaigai_cli.words.typed import meant

_FORMAT: Final = format_of(
    *("text", "json", "github"),
    help="输出格式：text（默认）、json、github（代码托管平台的行内提示）",
)
_STRICT: Final = Option("--strict", "有警告时退出状态也为 1")
_EXPLAIN: Final = Option("--explain", "说明一种问题的成因和改法，如 bad-date", "代码")


@takes(_FORMAT, _STRICT, _EXPLAIN)
def check(run: Run) -> None:
    """Print all findings; exit status 1 where there is an error (``--strict``: or a warning)."""
    code = run.word(_EXPLAIN)
    if code is not None:
        _explain(run, code)
        return
    form = run.format(_FORMAT)
    bad = {"error", "warning"} if run.flag(_STRICT) else {"error"}
    found = run.of_lists(_checked, broken=True).parts
    findings = [finding for one in found for finding in one.findings]
    if form == "json":
        run.output.document(render.as_json(row for one in found for row in one.rows))
    elif form == "github":
        run.output.document(render.as_github(findings))
    else:
        if findings:
            run.output.text(render.as_text(findings))
        for one in found:
            if one.clean:
                run.output.text(one.clean)
    if any(finding.severity in bad for finding in findings):
        raise typer.Exit(1)


class _Checked(NamedTuple):
    """What was found in a list: findings, the same as JSON, and what is said of it where there is none."""

    findings: list[Finding]
    rows: list[Json]
    clean: str


def _checked(session: Session) -> _Checked:
    ledger = session.reading.ledger
    findings = [found.below(data_prefix(session)) for found in session.checked]
    rows = [render.finding_json(finding) for finding in findings]
    if session.name:
        title = ledger.tasks.notice.title if ledger is not None else None
        rows = [{"list": session.name, "list_title": title} | row for row in rows]
    clean = _clean(ledger, session.today) if ledger is not None and not findings else ""
    return _Checked(findings, rows, f"{session.name}：{clean}" if clean and session.name else clean)


def _explain(run: Run, code: str) -> None:
    """Print what a finding's code stands for; no data are read for it."""
    words = render.explained(plain(code).strip("[]"))
    if words is None:
        raise GaigaiError(
            f"没有代码为“{code}”的问题",
            f"{meant(code, render.known_codes())}代码在核查结果的方括号里",
        )
    run.output.text(words)


def data_prefix(session: Session) -> str:
    """Return the way from here to the data directory, so that an editor or a forge finds the files."""
    try:
        way = os.path.relpath(session.data)
    except ValueError:  # another drive
        way = str(session.data)
    return "" if way == os.curdir else f"{way.replace(os.sep, '/')}/"


def _clean(ledger: Ledger, today: date) -> str:
    tasks, units = ledger.tasks, ledger.on(today).units.all
    logs = len({entry.file for entry in ledger.entries})
    return (
        f"未发现问题：共检查任务{len(tasks.tasks)}项、事项{len(tasks.listed)}项、单位{len(units)}个、"
        f"记录{len(ledger.entries)}条（{logs}个文件）。"
    )
