"""``gaigai report``: the monthly bulletin in one format or several, and the internal paper."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from gaigai_cli.cli import values
from gaigai_cli.cli.session import Session, current
from gaigai_cli.errors import GaigaiError

if TYPE_CHECKING:
    from gaigai_cli.render.lines import Page
    from gaigai_cli.report.document import MonthlyReport
    from gaigai_cli.report.period import Month

_FORMATS: Final = {name: name for name in ("md", "docx", "html", "xlsx")}
_TEXTS: Final = ("md", "html")
_SEPARATORS: Final = re.compile(r"[,，、\s]+")


@dataclass(frozen=True)
class _Wanted:
    """What the options ask for."""

    month: "Month"
    formats: tuple[str, ...]
    internal: bool
    letterhead: bool


@dataclass(frozen=True)
class _File:
    """A file to be written: its usual name, its format and its bytes."""

    name: str
    format: str
    data: bytes


def report(
    ctx: typer.Context,
    month: Annotated[
        str | None, typer.Option("--month", metavar="月份", help="通报哪个月，如 2024-06")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="格式",
            help="文件格式：md、docx、html、xlsx，可写几种，如 md,docx；不写则为 md",
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="文件", help="写到这个文件；不写则为 reports/月份.格式"),
    ] = None,
    stdout: Annotated[bool, typer.Option("--stdout", help="只输出文件内容，不写文件")] = False,
    internal: Annotated[
        bool, typer.Option("--internal", help="出内部研判，不出通报（不随通报印发）")
    ] = False,
    letterhead: Annotated[
        bool, typer.Option("--letterhead", help="在 docx 上加红色发文机关标志（红头）")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="文件已有人改动时仍然覆盖")] = False,
) -> None:
    """出月度通报：显示正文，并写入 reports/ 文件夹（含任务台账和各单位情况）。"""
    session = current(ctx)
    names = _formats(formats, out)
    if month is None:
        raise GaigaiError("没有写明通报哪个月", "请写 --month，如 --month 2024-06")
    _check(names, out=out, stdout=stdout, internal=internal, letterhead=letterhead)
    wanted = _Wanted(_month(month), names, internal, letterhead)
    files, page = _made(session, wanted)
    if stdout:
        _print(session, files[0])
        return
    folder = session.data.parent / "reports"
    paths = [Path.cwd() / out if out else folder / file.name for file in files]
    _write(paths, files, force=force)
    session.output.show(page)
    written = "、".join(map(_shown, paths))
    session.output.message(f"已写入 {written}{'' if internal else '，其中有附件 1、2'}。")


def _formats(words: list[str] | None, out: str | None) -> tuple[str, ...]:
    """The formats in the order given, each once; by the ending of ``out`` where none is given, else md."""
    ending = Path(out).suffix.removeprefix(".").lower() if out else ""
    if not words:
        return (_FORMATS.get(ending, "md"),)
    parts = (part for word in words for part in _SEPARATORS.split(values.plain(word)))
    found = tuple(dict.fromkeys(values.choice(p, _FORMATS, "--format") for p in parts if p))
    if ending in _FORMATS and found and found != (ending,) and len(found) == 1:
        raise GaigaiError(
            f"--out 的文件名是 {ending}，--format 却是 {found[0]}", "请把两者写成一种"
        )
    return found or ("md",)


def _check(
    formats: tuple[str, ...], *, out: str | None, stdout: bool, internal: bool, letterhead: bool
) -> None:
    """Raises ``GaigaiError`` for options that can't go together."""
    if stdout and out:
        raise GaigaiError("--stdout 和 --out 不能同时使用", "只留一个")
    if len(formats) > 1 and (stdout or out):
        option = "--stdout" if stdout else "--out"
        raise GaigaiError(f"{option} 一次只能有一种格式", "请只写一种 --format")
    if internal and formats != ("md",):
        raise GaigaiError("内部研判只有 md 一种格式", "请去掉 --format")
    if letterhead and (internal or "docx" not in formats):
        raise GaigaiError("--letterhead 只用于 docx", "请加 --format docx")
    if stdout and formats[0] not in _TEXTS and sys.stdout.isatty():
        raise GaigaiError(f"{formats[0]} 不能显示在屏幕上", "请去掉 --stdout，或转存为文件")


def _month(words: str) -> "Month":
    from gaigai_cli.report.period import Month

    return Month(*values.month(words, what="--month"))


def _made(session: Session, wanted: _Wanted) -> tuple[list[_File], "Page"]:
    """The files, complete before any is written, and the page for the terminal."""
    from gaigai_cli.render import letter, markdown
    from gaigai_cli.report.bulletin import monthly_report
    from gaigai_cli.report.internal import internal_report

    session.tell_findings()
    month, width = wanted.month, session.output.width
    if wanted.internal:
        paper = internal_report(session.judge, month, today=session.as_of)
        data = markdown.internal(paper).encode()
        return [_File(f"{month}-内部研判.md", "md", data)], letter.internal_page(paper, width)
    bulletin = monthly_report(session.judge, month, today=session.as_of)
    files = [
        _File(f"{month}.{name}", name, _bytes(session, bulletin, name, wanted))
        for name in wanted.formats
    ]
    return files, letter.bulletin_page(bulletin, width)


def _bytes(session: Session, bulletin: "MonthlyReport", name: str, wanted: _Wanted) -> bytes:
    """The bulletin in one format; only the library of that format is loaded."""
    if name == "docx":
        from gaigai_cli.render import docx

        path = session.data.parent / "templates" / docx.TEMPLATE_NAME
        template = path.read_bytes() if path.is_file() else None
        return docx.bulletin(bulletin, template=template, letterhead=wanted.letterhead)
    if name == "xlsx":
        from gaigai_cli.render import xlsx

        return xlsx.bulletin(bulletin)
    if name == "html":
        from gaigai_cli.render import html

        return html.bulletin(bulletin).encode()
    from gaigai_cli.render import markdown

    return markdown.bulletin(bulletin).encode()


def _print(session: Session, file: _File) -> None:
    if file.format == "md":
        session.output.text(file.data.decode())
    else:
        session.output.data(file.data)


def _write(paths: list[Path], files: list[_File], *, force: bool) -> None:
    """Replace the files, none of them where one has been edited by hand since it was written."""
    from gaigai_cli.store.write import make_folder, replace_bytes

    for path, file in zip(paths, files, strict=True):
        if path.is_dir():
            raise GaigaiError(f"“{_shown(path)}”是一个文件夹", "--out 应写文件名")
        if path.exists() and not force and not _is_untouched(path, file.format):
            raise GaigaiError(
                f"{_shown(path)} 已有人改动，没有覆盖",
                "确要重做请加 --force，原来的改动会丢失；也可用 --out 另存一份",
            )
    for path, file in zip(paths, files, strict=True):
        make_folder(path.parent)
        replace_bytes(path, file.data)


def _is_untouched(path: Path, format_: str) -> bool:
    """Whether the file is as it was written; an unreadable one counts as edited."""
    from gaigai_cli.render.fingerprint import is_sealed, is_untouched

    data = path.read_bytes()
    if format_ in _TEXTS:
        return is_untouched(data.decode("utf-8", errors="replace"))
    return is_sealed(data)


def _shown(path: Path) -> str:
    """The path as seen from here, where it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
