"""``gaigai export``: the list as a file for others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from gaigai_cli.cli.options import Option
from gaigai_cli.cli.output import free_place
from gaigai_cli.cli.run import Run, format_said, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.work import values

_FORMATS: Final = ("xlsx", "csv", "json", "md")

_FORMAT: Final = Option("--format", "xlsx、csv、json 或 md；不写则看 --out 的扩展名", "格式")
_OUT: Final = Option("--out", "写到这个文件；不写则输出到屏幕或管道", "文件")
_FORCE: Final = Option("--force", "文件已存在时仍然覆盖", only="只与 --out 同用")
_STATE: Final = Option(
    "--state", "导出状态文件（json）：清单在当日的数字和各事项情况，供上级汇总；用 --as-of 指明日期"
)


@takes(_STATE, _FORMAT, _OUT, _FORCE)
def export(run: Run) -> None:
    """Write the list: no progress, what the notice says and the office has added to it; or how it stands on a day."""
    session, out = run.session, run.word(_OUT)
    state = run.flag(_STATE)
    name = _format(run.word(_FORMAT) or ("json" if state else None), out, state=state)
    if out is None and name == "xlsx" and sys.stdout.isatty():
        raise GaigaiError("xlsx 不能显示在屏幕上", "请加 --out 清单.xlsx，或转存为文件")
    if state:
        from gaigai_cli.work.state_files import state_bytes

        session.tell_findings()
        content = state_bytes(session, session.as_of)
    else:
        content = _made(session, name)
    if out is None:
        session.output.data(content)
        return
    path = free_place(out, force=run.flag(_FORCE), content=content)
    run.refuse_unused()
    session.output.write(path, content)
    if name not in ("json", "md") and session.ledger.departments.reforms:
        session.output.message("提示：机构改革（reforms）没有写进去，要一并带走的请导出 json。")


def _format(given: str | None, out: str | None, *, state: bool) -> str:
    if state and (given != "json" or (out and Path(out).suffix.lower() != ".json")):
        raise GaigaiError("状态文件只有 json 一种格式", "请把 --out 的扩展名写成 .json")
    name = format_said(given, out, _FORMATS)
    if name is None:
        raise GaigaiError("没有写明格式", "请写 --format xlsx、csv、json 或 md")
    return values.choice(name, _FORMATS, "--format")


def _made(session: Session, name: str) -> bytes:
    from gaigai_cli.render.papers import list_file

    ledger = session.ledger
    if name == "xlsx":
        return list_file.workbook(ledger)
    if name == "csv":
        return list_file.as_csv(ledger)
    if name == "json":
        return list_file.as_json(ledger, with_rules="rules.yaml" in ledger.sources).encode()
    return list_file.markdown(ledger.tasks).encode()
