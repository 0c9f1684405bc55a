"""``gaigai check``: every finding of the data directory at once."""

import os
from typing import Final

import typer

from gaigai_cli.cli.options import format_of
from gaigai_cli.cli.run import Option, Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.findings import check as check_ledger
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.render import findings as render
from gaigai_cli.words.normal import plain
from gaigai_cli.words.typed import meant

_FORMATS: Final = {"text": render.as_text, "json": render.as_json, "github": render.as_github}


_FORMAT: Final = format_of(
    *_FORMATS, help="输出格式：text（默认）、json、github（代码托管平台的行内提示）"
)
_STRICT: Final = Option("--strict", "有警告时也以状态 1 退出")
_EXPLAIN: Final = Option("--explain", "说明一种问题是怎么回事、怎么改，如 bad-date", "代码")


@takes(_FORMAT, _STRICT, _EXPLAIN)
def check(run: Run) -> None:
    """Print all findings; exit status 1 where there is an error (``--strict``: or a warning)."""
    code = run.word(_EXPLAIN)
    if code is not None:
        _explain(run, code)
        return
    session = run.session
    as_form = _FORMATS[run.format(_FORMAT)]
    bad = {"error", "warning"} if run.flag(_STRICT) else {"error"}
    ledger = session.reading.ledger
    findings = _all(session, ledger)
    if not findings and ledger is not None and as_form is render.as_text:
        session.output.text(_clean(ledger))
        return
    show = session.output.text if as_form is render.as_text else session.output.document
    show(as_form(findings, data_prefix(session)))
    if any(finding.severity in bad for finding in findings):
        raise typer.Exit(1)


def _explain(run: Run, code: str) -> None:
    """Print what a finding's code stands for; no data are read for it."""
    words = render.explained(plain(code).strip("[]"))
    if words is None:
        raise GaigaiError(
            f"没有代码为“{code}”的问题",
            f"{meant(code, render.known_codes())}代码在核查结果的方括号里",
        )
    run.output.text(words)


def _all(session: Session, ledger: Ledger | None) -> list[Finding]:
    """What reading found and what the checks find; where the list can't be read, the former alone."""
    checked = check_ledger(ledger, today=session.today) if ledger is not None else ()
    return sorted({*session.reading.findings, *checked}, key=lambda finding: finding.order)


def data_prefix(session: Session) -> str:
    """The way from here to the data directory, so that an editor or a forge finds the files."""
    try:
        way = os.path.relpath(session.data)
    except ValueError:  # another drive
        way = str(session.data)
    return "" if way == os.curdir else f"{way.replace(os.sep, '/')}/"


def _clean(ledger: Ledger) -> str:
    tasks, units = ledger.tasks, ledger.departments.units
    logs = len({entry.file for entry in ledger.entries})
    return (
        f"未发现问题：共检查任务{len(tasks.tasks)}项、事项{len(tasks.listed)}项、单位{len(units)}个、"
        f"记录{len(ledger.entries)}条（{logs}个文件）。"
    )
