"""``gaigai export`` and ``schema``: the list as a file for others, and by which schemas its files are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from gaigai_cli.cli.options import Option
from gaigai_cli.cli.output import free_place, refuse_screen
from gaigai_cli.cli.run import Run, folder_named, format_said, takes
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.model.schema import FILES, schema_text
from gaigai_cli.model.schema import schema as schema_of
from gaigai_cli.work import values

if TYPE_CHECKING:
    from gaigai_cli.cli.session import Session

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
    if out is None and name == "xlsx":
        refuse_screen(name, "请加 --out 清单.xlsx，或转存为文件")
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


def schema_names() -> list[tuple[str, str]]:
    """Return the names to complete."""
    return [(name, title) for name, (_, title) in FILES.items()]


_NAME: Final = Option(
    "名称",
    f"{'、'.join(list(FILES)[:-1])} 或 {list(FILES)[-1]}；不写则为全部",
    complete=schema_names,
)
_SCHEMA_OUT: Final = Option(
    "--out", "写到这个目录，文件名为“名称.schema.json”；写了名称，又以 .json 结尾的，是文件", "目录"
)


@takes(_NAME, _SCHEMA_OUT)
def schema(run: Run) -> None:
    """Print one schema, or an object of all by name; ``--out`` writes files instead."""
    output, name, out = run.output, run.word(_NAME), run.word(_SCHEMA_OUT)
    names = list(FILES) if name is None else [values.choice(name, FILES, "名称")]
    if out is not None:
        from gaigai_cli.store.write import NewFile, replace_all

        there = folder_named(out, "json")
        run.refuse_unused()
        if name is not None and there.suffix == ".json":
            output.write(there, schema_text(names[0]).encode())
            return
        files = {f"{each}.schema.json": schema_text(each).encode() for each in names}
        replace_all(NewFile(there / file, text) for file, text in files.items())
        output.message(f"已写入 {shown(there)}：{'、'.join(files)}。")
    elif name is not None:
        output.document(schema_text(names[0]))
    else:
        output.json({each: schema_of(each) for each in names})
