"""Forms of units for a month, to be filled in and sent back: for which month and whom, their workbooks, their files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.forms.form import unit_form
from gaigai_cli.forms.tables import UnitForm
from gaigai_cli.judge.judgement import Judgement
from gaigai_cli.model.statuses import is_counted
from gaigai_cli.store.issued import REPORTS
from gaigai_cli.store.names import check_new, fitting
from gaigai_cli.store.regular import read_file
from gaigai_cli.store.write import NewFile, replace_all
from gaigai_cli.words.period import Period, month_of
from gaigai_cli.work.directory import Directory, counted


def form_months(judgement: Judgement) -> list[Period]:
    """Return the months that can be reported on a day, at least one: from the notice's to the list's last."""
    found: list[Period] = []
    issued, last = judgement.ledger.tasks.notice.issued, last_day(judgement)
    month = month_of(issued)
    while not found or (month.first <= judgement.day and month.first <= last):
        found.append(month)
        month = month.next
    return found


def last_day(judgement: Judgement) -> date:
    """Return the end of the list's year, or the last deadline in force where that lies behind it."""
    states = [item.state for item in judgement.items if is_counted(item.state.status)]
    dues = (stage.due for state in states for stage in state.stages)
    return max((date(judgement.ledger.tasks.notice.year, 12, 31), *dues))


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
