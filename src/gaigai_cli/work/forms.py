"""Forms of units for a month: for which month and whom, their workbooks and files, and the folder they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.forms.cells import text_of
from gaigai_cli.forms.form import unit_form
from gaigai_cli.forms.returned import names_meant, pieces_of_evidence
from gaigai_cli.forms.tables import UnitForm
from gaigai_cli.judge.judgement import Judgement
from gaigai_cli.judge.owed_reports import reported_until
from gaigai_cli.model.statuses import is_counted
from gaigai_cli.store.issued import REPORTS
from gaigai_cli.store.names import check_new, fitting
from gaigai_cli.store.regular import read_file
from gaigai_cli.store.write import NewFile, replace_all
from gaigai_cli.words.period import Period, month_of
from gaigai_cli.work.directory import Directory, Progress, counted, untold
from gaigai_cli.work.evidence import beside

if TYPE_CHECKING:
    from gaigai_cli.forms.returned import Returned, Severity


def form_months(judgement: Judgement) -> list[Period]:
    """Return the months that can be reported on a day, at least one: from the notice's, as long as the list goes on."""
    found: list[Period] = []
    issued, last = judgement.ledger.tasks.notice.issued, last_day(judgement)
    month = month_of(issued)
    while not found or (month.first <= judgement.day and month.first <= last):
        found.append(month)
        month = month.next
    return found


def last_day(judgement: Judgement) -> date:
    """Return the end of the list's year, or a later day that is a deadline in force or of which an item is reported."""
    states = [item.state for item in judgement.items if is_counted(item.state.status)]
    dues = (stage.due for state in states for stage in state.stages)
    reported = (reported_until(state) or judgement.day for state in states)
    return max((date(judgement.ledger.tasks.notice.year, 12, 31), *dues, *reported))


def form_month(directory: Directory, words: str | None, *, what: str) -> Period:
    """Return the month that a form is about: the one that is named (None: the last that can be reported).

    Raises ``GaigaiError`` for a month before the notice or behind the list. ``what`` names the words.
    """
    judgement, issued = directory.judgement, directory.ledger.tasks.notice.issued
    if words is None:
        return form_months(judgement)[-1]
    found, first = directory.month(words, what=what), month_of(issued)
    last = month_of(last_day(judgement))
    if not first <= found <= last:
        raise GaigaiError(
            f"{found}不在清单的报送月份之内",
            f"清单{issued}印发，可报送 {first} 至 {last}，请用 --month 写明",
        )
    return found


class Forms(NamedTuple):
    """Forms for a month, and the units that have nothing to report."""

    made: Sequence[UnitForm]
    without: Sequence[str]


def forms_for(judgement: Judgement, units: Sequence[str], month: Period) -> Forms:
    """Return the forms of these units (none named: of all). Raises ``GaigaiError`` where one needs none, or all."""
    names = units or [unit.name for unit in judgement.ledger.units.all]
    made = {name: unit_form(judgement, name, month) for name in dict.fromkeys(names)}
    without = [name for name, one in made.items() if one is None]
    if units and without:
        raise GaigaiError(f"{'、'.join(without)}没有在办的事项和待反馈的交办事项", "不必出表")
    if len(without) == len(made):
        raise GaigaiError("清单里没有在办的事项和待反馈的交办事项", "不必出表")
    return Forms([one for one in made.values() if one is not None], without)


def form_books(directory: Directory, forms: Iterable[UnitForm]) -> list[bytes]:
    """Return the workbooks."""
    from gaigai_cli.render.papers.form_xlsx import workbook

    with directory.progress("出报送表") as told:
        return [workbook(one) for one in counted(forms, told)]


def form_names(forms: Iterable[UnitForm]) -> list[str]:
    """Return the names of their files, no two of them alike."""
    names: list[str] = []
    for one in forms:
        names.append(fitting(one.unit, f"{one.month.words}进展报送表.xlsx", names))
    return names


def write_forms(
    directory: Directory, forms: Sequence[UnitForm], folder: Path | None, *, force: bool
) -> list[Path]:
    """Write the workbooks and return their paths, below ``reports/forms`` where no folder is named.

    Raises ``GaigaiError``, none written, where one has been filled in; with ``force`` it is replaced.
    """
    from gaigai_cli.render.fingerprint import is_sealed

    folder = folder or directory.beside(f"{REPORTS}/forms/{forms[0].month}")
    paths = [folder / name for name in form_names(forms)]
    for path in paths:
        check_new(path)  # before a device is read
        if path.exists() and not force and not is_sealed(read_file(path)):
            raise GaigaiError(
                f"{shown(path)} 已有人填写或改动，没有覆盖",
                "请先运行 gaigai collect 收表，或用 --out 另存到别处；确要重做请加 --force",
            )
    books = form_books(directory, forms)
    replace_all(NewFile(path, book) for path, book in zip(paths, books, strict=True))
    return paths


_SUFFIXES: Final = (".xlsx", ".xlsm")
_OTHER: Final = (".xls", ".et", ".ods")
"""What forms become where somebody saves them as something else."""
_PACKED: Final = (".zip", ".rar", ".7z")
_SYSTEMS: Final = frozenset(("thumbs.db", "desktop.ini"))


class NoForm(NamedTuple):
    """A file that isn't a form, and why, without the full stop."""

    path: Path
    why: str


class Inbox(NamedTuple):
    """Forms, each once; files that should be forms and aren't; what else a folder has and no form names."""

    forms: list[Returned]
    broken: list[NoForm]
    others: list[str]

    @property
    def month(self) -> Period | None:
        """The month that most forms are about, of equally many the later one; None where there is no form."""
        counts = Counter(one.mark.month for one in self.forms)
        return max(counts, key=lambda month: (counts[month], month), default=None)

    @property
    def told(self) -> Iterator[tuple[Severity, str]]:
        """What wasn't collected, a sentence each: files that should be forms, and what no form names."""
        yield from (("error", f"没有收：{one.why}。") for one in self.broken)
        if self.others:
            names = "、".join(self.others)
            yield "note", f"另有{len(self.others)}个文件没有报送表提到，没有收：{names}。"


def read_inbox(paths: Sequence[Path], progress: Progress = untold) -> Inbox:
    """Return everything in files and folders. Raises ``GaigaiError`` where one isn't there."""
    files = _named(paths)
    given = set(paths)
    forms: dict[str, Returned] = {}
    broken, others = [], []
    with progress("读报送表") as told:
        for path, name in counted(files.items(), told):
            if path not in given and path.suffix.lower() not in (*_SUFFIXES, *_OTHER, *_PACKED):
                others.append(path)
                continue
            one = _read(path, name)
            if isinstance(one, NoForm):
                broken.append(one)
            else:
                forms.setdefault(one.sha256, one)
    named = set(_evidence(forms.values()))
    return Inbox(
        list(forms.values()),
        [one for one in broken if one.path not in named],
        [files[path] for path in others if path not in named],
    )


def _named(paths: Sequence[Path]) -> dict[Path, str]:
    """Return every file with the name by which it is told: from the folder that was given on, or as it was given."""
    found: dict[Path, str] = {}
    for given in paths:
        for file in _files(given):
            inside = file.relative_to(given).as_posix() if file != given else file.name
            found.setdefault(file, inside)
    twice = {name for name, count in Counter(found.values()).items() if count > 1}
    return {file: file.as_posix() if name in twice else name for file, name in found.items()}


def _files(path: Path) -> Iterator[Path]:
    """Yield a file, or those of a folder and of the folders in it, but for what programs leave there."""
    if not path.exists():
        raise GaigaiError(f"没有“{path.as_posix()}”这个文件或文件夹", "请核对路径")
    if not path.is_dir():
        if not path.is_file():
            raise GaigaiError(f"“{path.as_posix()}”不是普通文件，不能读取", "请写报送表或文件夹")
        yield path
        return
    for file in sorted(path.rglob("*")):
        left = file.name.startswith((".", "~$")) or file.name.lower() in _SYSTEMS
        if file.is_file() and not left:
            yield file


def _read(path: Path, name: str) -> Returned | NoForm:
    from gaigai_cli.forms.read import read_form

    if path.suffix.lower() in _PACKED:
        return NoForm(path, f"{name}是压缩包。里面有报送表的，请先解压")
    if path.suffix.lower() not in _SUFFIXES:
        remedy = "是报送表的，请用 Excel 或 WPS 另存为 .xlsx 再交"
        return NoForm(path, f"{name}不是 xlsx 文件。{remedy}")
    try:
        one = read_form(name, read_file(path))
    except GaigaiError as error:
        return NoForm(path, str(error).removesuffix("。"))
    except OSError:
        return NoForm(path, f"{name}不能读取，请检查权限")
    one.path = path
    return one


def _evidence(forms: Iterable[Returned]) -> Iterator[Path]:
    """Yield where the files lie that the forms name as evidence: beside the form, if anywhere."""
    for form in forms:
        cells = [
            answers["evidence"].cell for answers in form.answers.values() if "evidence" in answers
        ]
        for piece in (piece for cell in cells for piece in pieces_of_evidence(text_of(cell.value))):
            for name in names_meant(piece):
                yield from beside(form.path.parent, name)
