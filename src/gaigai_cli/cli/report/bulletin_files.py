"""The files of a bulletin: its bytes in each format, and writing them without losing what a hand has changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown

if TYPE_CHECKING:
    from gaigai_cli.report.monthly_report import MonthlyReport

TEXTS: Final = ("md", "html")


class BulletinFile(NamedTuple):
    """A file to be written: its usual name, its format and its bytes."""

    name: str
    format: str
    data: bytes


def own_template(session: Session) -> bytes | None:
    """The office's own Word template, where it has one."""
    from gaigai_cli.render.papers import bulletin_docx

    path = session.data.parent / "templates" / bulletin_docx.TEMPLATE_NAME
    return path.read_bytes() if path.is_file() else None


def bulletin_bytes(
    session: Session, bulletin: MonthlyReport, format_: str, *, letterhead: bool = False
) -> bytes:
    """The bulletin in one format; only the library of that format is loaded."""
    if format_ == "docx":
        from gaigai_cli.render.papers import bulletin_docx

        return bulletin_docx.bulletin(
            bulletin, template=own_template(session), letterhead=letterhead
        )
    if format_ == "xlsx":
        from gaigai_cli.render.papers import bulletin_xlsx

        return bulletin_xlsx.bulletin(bulletin)
    if format_ == "html":
        from gaigai_cli.render.papers import bulletin_html

        return bulletin_html.bulletin(bulletin).encode()
    from gaigai_cli.render.papers import bulletin_md

    return bulletin_md.bulletin(bulletin).encode()


def write_files(paths: Sequence[Path], files: Sequence[BulletinFile], *, force: bool) -> None:
    """Replace the files, none of them where one has been edited by hand since it was written."""
    from gaigai_cli.store.write import NewFile, replace_all

    for path, file in zip(paths, files, strict=True):
        if path.is_dir():
            raise GaigaiError(f"“{shown(path)}”是一个文件夹", "--out 应写文件名")
        if path.exists() and not force and not _is_untouched(path, file.format):
            raise GaigaiError(
                f"{shown(path)} 已有人改动，没有覆盖",
                "确要重做请加 --force，原来的改动会丢失；也可用 --out 另存一份",
            )
    replace_all(NewFile(path, file.data) for path, file in zip(paths, files, strict=True))


def _is_untouched(path: Path, format_: str) -> bool:
    """Whether the file is as it was written; an unreadable one counts as edited."""
    from gaigai_cli.render.fingerprint import is_sealed, is_untouched

    data = path.read_bytes()
    if format_ in TEXTS:
        return is_untouched(data.decode("utf-8", errors="replace"))
    return is_sealed(data)
