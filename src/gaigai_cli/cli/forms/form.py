"""``gaigai form``: Excel sheets for units without git."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from gaigai_cli.cli import complete
from gaigai_cli.cli.run import Option, Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.store.issued import REPORTS
from gaigai_cli.store.names import fitting
from gaigai_cli.words.say import full_month
from gaigai_cli.words.typed import typed_path
from gaigai_cli.work.papers import form_books

if TYPE_CHECKING:
    from gaigai_cli.forms.tables import UnitForm

FOLDER: Final = "forms"
"""Below ``reports/``, with a folder for each month."""


_UNITS: Final = Option("--unit", "给哪个单位，可写几次", "单位", many=True, complete=complete.units)
_ALL: Final = Option("--all", "给每个有在办事项的单位各出一份")
_MONTH: Final = Option("--month", "报送哪个月，如 2024-06；不写则为本月", "月份")
_OUT: Final = Option("--out", "放在哪个文件夹；不写则为 reports/forms/月份", "文件夹")
_FORCE: Final = Option("--force", "文件已有人填写或改动时仍然覆盖")


@takes(_UNITS, _ALL, _MONTH, _OUT, _FORCE)
def form(run: Run) -> None:
    """Write one workbook a unit, to be filled in and sent back."""
    session, out, force = run.session, run.word(_OUT), run.flag(_FORCE)
    named = [session.unit(word) for word in run.words(_UNITS)]
    if run.flag(_ALL) == bool(named):
        raise GaigaiError(
            "--unit 和 --all 只能写一种" if named else "没有写明给哪个单位出表",
            "请写 --unit 单位，或写 --all 给全部单位出表",
        )
    wanted = period(session, run.word(_MONTH))
    forms = _forms(session, named, wanted)
    usual = f"{REPORTS}/{FOLDER}/{wanted}"
    folder = Path.cwd() / typed_path(out) if out else session.beside(usual)
    paths: list[Path] = []
    for one in forms:
        rest = f"{full_month(one.month)}进展报送表.xlsx"
        paths.append(folder / fitting(one.unit, rest, [path.name for path in paths]))
    run.refuse_unused()
    _write(session, paths, forms, force=force)
    for path in paths:
        session.output.text(shown(path))
    first = "，含1月以来的情况" if any(one.before for one in forms) else ""
    session.output.message(
        f"已写入{len(paths)}份{full_month(wanted)}报送表{first}。填好退回后运行 gaigai collect 文件夹。"
    )


def period(session: Session, words: str | None) -> str:
    """The month that a form is about, in the year of the list and not before the notice."""
    if words is None:
        # In January what is reported is December, the last month of the list.
        found = min(f"{session.as_of:%Y-%m}", f"{session.ledger.tasks.notice.year}-12")
    else:
        year, number = session.month(words, what="--month")
        found = f"{year:04d}-{number:02d}"
    notice = session.ledger.tasks.notice
    if not f"{notice.issued:%Y-%m}" <= found or found[:4] != str(notice.year):
        first = f"{notice.issued:%Y-%m}"
        raise GaigaiError(
            f"{found}不在清单的报送月份之内",
            f"清单{notice.issued}印发，可报送 {first} 至 {notice.year}-12，请用 --month 写明",
        )
    return found


def _forms(session: Session, named: list[str], month: str) -> list[UnitForm]:
    from gaigai_cli.forms.form import unit_form

    judgement = session.judgement
    names = named or [unit.name for unit in session.ledger.units.all]
    made = {name: unit_form(judgement, name, month) for name in dict.fromkeys(names)}
    nothing = [name for name, one in made.items() if one is None]
    if named and nothing:
        raise GaigaiError(f"{'、'.join(nothing)}没有在办的事项", "不必出表")
    if len(nothing) == len(made):
        raise GaigaiError("清单里没有在办的事项", "不必出表")
    if nothing:
        session.output.message(f"{'、'.join(nothing)}没有在办的事项，没有出表。")
    return [one for one in made.values() if one is not None]


def _write(session: Session, paths: list[Path], forms: list[UnitForm], *, force: bool) -> None:
    """Write the workbooks, none of them where one has been filled in meanwhile."""
    from gaigai_cli.render.fingerprint import is_sealed
    from gaigai_cli.store.names import check_new
    from gaigai_cli.store.regular import read_file
    from gaigai_cli.store.write import NewFile, replace_all

    for path in paths:
        check_new(path)  # before a device is read
        if path.exists() and not force and not (is_sealed(read_file(path))):
            raise GaigaiError(
                f"{shown(path)} 已有人填写或改动，没有覆盖",
                "请先运行 gaigai collect 收表，或用 --out 另存到别处；确要重做请加 --force",
            )
    books = form_books(session, forms)
    replace_all(NewFile(path, book) for path, book in zip(paths, books, strict=True))
