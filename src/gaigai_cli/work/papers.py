"""Files of papers: their bytes in each format, and writing them without losing what a hand has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.report.ladder import PAPERS
from gaigai_cli.report.reminders import Reminder
from gaigai_cli.store.issued import REPORTS
from gaigai_cli.store.regular import read_file
from gaigai_cli.work.directory import Directory

if TYPE_CHECKING:
    from gaigai_cli.report.monthly_report import MonthlyReport

TEXTS: Final = ("md", "html")
REMINDERS: Final = "督办"
"""The folder below ``reports/`` in which reminders lie."""


class BulletinFile(NamedTuple):
    """A file to be written: its usual name, its format and its bytes."""

    name: str
    format: str
    data: bytes


def own_template(directory: Directory) -> bytes | None:
    """Return the office's own Word template, where it has one."""
    from gaigai_cli.render.papers import bulletin_docx

    path = directory.beside(f"templates/{bulletin_docx.TEMPLATE_NAME}")
    return read_file(path) if path.exists() else None


def bulletin_bytes(
    directory: Directory | None, bulletin: MonthlyReport, format_: str, *, letterhead: bool = False
) -> bytes:
    """Return the bulletin in one format; only the library of that format is loaded.

    A roll-up is of no ``directory``.
    """
    if format_ == "docx":
        from gaigai_cli.render.papers import bulletin_docx

        return bulletin_docx.bulletin(
            bulletin,
            template=own_template(directory) if directory is not None else None,
            letterhead=letterhead,
        )
    if format_ == "xlsx":
        from gaigai_cli.render.papers import bulletin_xlsx

        return bulletin_xlsx.bulletin(bulletin)
    if format_ == "html":
        from gaigai_cli.render.papers import bulletin_html

        return bulletin_html.bulletin(bulletin).encode()
    from gaigai_cli.render.papers import bulletin_md

    return bulletin_md.bulletin(bulletin).encode()


def sheet_bytes(directory: Directory, report: MonthlyReport, format_: str) -> bytes:
    """Return one unit's sheet in one format.

    As a Word file it is a paper of its own with the unit's reply behind it.
    """
    if format_ == "docx":
        from gaigai_cli.render.papers.unit_sheet import unit_sheet_docx

        return unit_sheet_docx(report)
    return bulletin_bytes(directory, report, format_)


def write_files(paths: Sequence[Path], files: Sequence[BulletinFile], *, force: bool) -> None:
    """Replace the files, none of them where one has been edited by hand since it was written."""
    from gaigai_cli.store.names import check_new
    from gaigai_cli.store.write import NewFile, replace_all

    for path, file in zip(paths, files, strict=True):
        check_new(path)  # before a device is read
        if path.is_dir():
            raise GaigaiError(f"“{shown(path)}”是一个文件夹", "--out 应写文件名")
        if path.exists() and not force and not _is_untouched(path, file.format):
            raise GaigaiError(
                f"{shown(path)} 已有人改动，没有覆盖",
                "确要重做请加 --force，原来的改动会丢失；也可用 --out 另存一份",
            )
    replace_all(NewFile(path, file.data) for path, file in zip(paths, files, strict=True))


def _is_untouched(path: Path, format_: str) -> bool:
    """Return whether the file is as it was written; an unreadable one counts as edited."""
    from gaigai_cli.render.fingerprint import is_sealed, is_untouched

    data = read_file(path)
    if format_ in TEXTS:
        return is_untouched(data.decode("utf-8", errors="replace"))
    return is_sealed(data)


class PaperFile(NamedTuple):
    """What a paper is called and its bytes."""

    stem: str
    data: bytes


def paper_file(paper: Reminder) -> PaperFile:
    """Return the Word file of a reminder: drafts by unit and item, others by number."""
    from gaigai_cli.render.papers.reminder import reminder_docx

    items = "、".join(matter.id for matter in paper.matters)
    stem = (
        f"{PAPERS[paper.level]}（草稿）-{paper.unit}-{items}"
        if paper.draft
        else f"{paper.number}-{paper.unit}"
    )
    return PaperFile(stem, reminder_docx(paper))


def write_papers(
    directory: Directory, files: Iterable[PaperFile], below: str = REMINDERS
) -> list[str]:
    """Write them ``below`` reports/; return the paths as seen from here.

    An edited file stays, the new one gets a number.
    """
    from gaigai_cli.store.names import check_name
    from gaigai_cli.store.write import NewFile, replace_all

    folder = directory.beside(f"{REPORTS}/{below}")
    written: list[NewFile] = []
    for file in files:
        check_name(f"{file.stem}.docx", "文件名")
        taken = {new.path for new in written}
        written.append(NewFile(_free(folder, file.stem, taken), file.data))
    replace_all(written)
    return [shown(new.path) for new in written]


def _free(folder: Path, stem: str, taken: Collection[Path]) -> Path:
    """Return a path that isn't ``taken``, where nothing lies, or a file as it was written."""
    from gaigai_cli.render.fingerprint import is_sealed

    for number in count(1):
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}.docx"
        if path in taken:
            continue
        if not path.exists() or (path.is_file() and is_sealed(read_file(path))):
            return path
    raise AssertionError("numbers don't end")
