"""Files of papers: their bytes in each format, and writing them without losing what a hand has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.report.ladder import PAPERS
from gaigai_cli.report.reminders import Reminder
from gaigai_cli.store.issued import REPORTS
from gaigai_cli.store.names import check_name, check_new
from gaigai_cli.store.regular import read_file
from gaigai_cli.store.write import NewFile, replace_all
from gaigai_cli.words.typed import typed_path
from gaigai_cli.work.directory import Directory

if TYPE_CHECKING:
    from gaigai_cli.judge.judgement import JudgedItem
    from gaigai_cli.model.ledger import Entry
    from gaigai_cli.report.monthly_report import InternalReport, MonthlyReport
    from gaigai_cli.words.period import Period

TEXTS: Final = ("md", "html")
REMINDERS: Final = "督办"
"""The folder below ``reports/`` in which reminders lie."""


class PaperFile(NamedTuple):
    """A file to be written: its usual name, whose ending says its format, and its bytes."""

    name: str
    data: bytes

    @property
    def format(self) -> str:
        """Its format: docx, xlsx, html or md."""
        return self.name.rpartition(".")[2]


def own_template(directory: Directory) -> bytes | None:
    """Return the office's own Word template, where it has one."""
    from gaigai_cli.render.papers import bulletin_docx

    path = directory.beside(f"templates/{bulletin_docx.TEMPLATE_NAME}")
    return read_file(path) if path.exists() else None


def bulletin_bytes(
    directory: Directory | None, bulletin: MonthlyReport, format_: str, *, letterhead: bool
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


def cover_file(report: MonthlyReport) -> PaperFile:
    """Return 发文稿纸, on which a bulletin is drafted, checked, countersigned and signed."""
    from gaigai_cli.render.papers.one_page import application_docx
    from gaigai_cli.report.letters import cover

    return PaperFile(f"{report.period}-发文稿纸.docx", application_docx(cover(report)))


def brief_file(report: MonthlyReport) -> PaperFile:
    """Return 领导专报: one page for a leader."""
    from gaigai_cli.render.papers.one_page import brief_docx
    from gaigai_cli.report.brief import brief

    return PaperFile(f"{report.period}-领导专报.docx", brief_docx(brief(report)))


def checking_files(
    directory: Directory, report: MonthlyReport, day: date
) -> Iterator[tuple[str, PaperFile, date | None]]:
    """Yield the 核对函 to each unit that the bulletin names, with the day by which it answers."""
    from gaigai_cli.render.papers.one_page import letter_docx
    from gaigai_cli.report.letters import checks

    for unit, letter, by in checks(directory.judge, report, day=day):
        name = f"{report.period}-核对函-{unit}.docx"
        yield unit, PaperFile(name, letter_docx(letter, day, receipt=True)), by


def request_file(directory: Directory, period: Period, item: str, today: date) -> PaperFile:
    """Return 呈批件: one item that a leader is to decide on, as it stands in the period."""
    from gaigai_cli.render.papers.one_page import application_docx
    from gaigai_cli.report.facts import facts_of
    from gaigai_cli.report.letters import request

    form = request(facts_of(directory.judge, period, today=today), item, day=today)
    return PaperFile(f"{period}-呈批件-{item}.docx", application_docx(form))


def internal_file(paper: InternalReport, period: Period) -> PaperFile:
    """Return 内部研判, for the office alone."""
    from gaigai_cli.render.papers import bulletin_md

    return PaperFile(f"{period}-内部研判.md", bulletin_md.internal(paper).encode())


def year_file(directory: Directory, period: Period, today: date) -> PaperFile:
    """Return 年终总结材料: what the year comes to beside its bulletin."""
    from gaigai_cli.render.papers.one_page import year_material_docx
    from gaigai_cli.report.year_material import year_material

    material = year_material(directory.judge, period, today=today)
    return PaperFile(f"{period}-年终总结材料.docx", year_material_docx(material))


def application_file(entry: Entry, item: JudgedItem) -> PaperFile:
    """Return the form to be signed of an application for close-out or an extension."""
    from gaigai_cli.render.papers.one_page import application_docx
    from gaigai_cli.report.application import application_form

    form = application_form(entry, item)
    return PaperFile(f"{item.id}{form.name}-{entry.unit}.docx", application_docx(form))


def write_files(
    folder: Path, files: Sequence[PaperFile], *, force: bool, out: str | None = None
) -> list[Path]:
    """Replace the files of a folder, or the only one as ``out`` names it; return their paths.

    None of them is written where one has been edited by hand since it was written.
    """
    paths = [Path.cwd() / typed_path(out) if out else folder / file.name for file in files]
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
    return paths


def _is_untouched(path: Path, format_: str) -> bool:
    """Return whether the file is as it was written; an unreadable one counts as edited."""
    from gaigai_cli.render.fingerprint import is_sealed, is_untouched

    data = read_file(path)
    if format_ in TEXTS:
        return is_untouched(data.decode("utf-8", errors="replace"))
    return is_sealed(data)


def reminder_file(paper: Reminder) -> PaperFile:
    """Return the Word file of a reminder: drafts by unit and item, others by number."""
    from gaigai_cli.render.papers.one_page import reminder_docx

    items = "、".join(matter.id for matter in paper.matters)
    stem = (
        f"{PAPERS[paper.level]}（草稿）-{paper.unit}-{items}"
        if paper.draft
        else f"{paper.number}-{paper.unit}"
    )
    return PaperFile(f"{stem}.docx", reminder_docx(paper))


def write_papers(
    directory: Directory, files: Iterable[PaperFile], below: str = REMINDERS
) -> list[str]:
    """Write them ``below`` reports/; return the paths as seen from here.

    An edited file stays, the new one gets a number.
    """
    from gaigai_cli.render.fingerprint import is_sealed

    folder = directory.beside(f"{REPORTS}/{below}")
    written: list[NewFile] = []
    for file in files:
        check_name(file.name, "文件名")
        path = free_path(folder, file.name, is_sealed, {new.path for new in written})
        written.append(NewFile(path, file.data))
    replace_all(written)
    return [shown(new.path) for new in written]


def free_path(
    folder: Path, name: str, may_go: Callable[[bytes], bool], taken: Iterable[Path] = ()
) -> Path:
    """Return a path of that name, or with a number, that isn't ``taken``: where nothing lies, or a file that may go."""
    stem, dot, ending = name.rpartition(".")
    paths = (folder / f"{stem}{f'-{n}' if n > 1 else ''}{dot}{ending}" for n in count(1))
    return next(
        path
        for path in paths
        if path not in taken and (not path.exists() or (path.is_file() and may_go(read_file(path))))
    )
