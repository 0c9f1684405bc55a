"""``gaigai archive``: what a month or a year leaves to be filed, and whether what was filed is whole."""

from __future__ import annotations

from typing import Final

import typer

from gaigai_cli.cli.options import Option
from gaigai_cli.cli.run import Run, folder_named, takes
from gaigai_cli.errors import GaigaiError, as_word, shown
from gaigai_cli.words.period import Period
from gaigai_cli.words.typed import typed_path
from gaigai_cli.work import dossier as work
from gaigai_cli.work import values

_MONTH: Final = Option("--month", "归档哪个月，如 2024-06", "月份")
_YEAR: Final = Option("--year", "归档哪个年度，如 2024", "年份")
_OUT: Final = Option(
    "--out", "放到这个文件夹，或 .zip 文件；不写则为 reports/归档/期次.zip", "路径"
)
_VERIFY: Final = Option("--verify", "核对这份归档（文件夹或 zip）是否完整、没有被改动", "路径")
_FORCE: Final = Option("--force", "已有内容不同的归档时重做")


@takes(_MONTH, _YEAR, _OUT, _FORCE, _VERIFY)
def archive(run: Run) -> None:
    """File a month or a year, or verify what was filed; exit status 1 where something is missing or changed."""
    verify = run.word(_VERIFY)
    if verify is not None:
        run.refuse_unused()
        same, wrong = work.verified(typed_path(verify))
        for each in wrong:
            run.output.text(f"{each}。")
        run.output.message(
            f"{same}个文件与归档时相同{f'，{len(wrong)}处不符' if wrong else '，完整无缺'}。"
        )
        if wrong:
            raise typer.Exit(1)
        return
    session = run.office_session
    period = _period(run)
    out, force = run.word(_OUT), run.flag(_FORCE)
    run.refuse_unused()
    target = work.usual_path(session, period)
    if out is not None:
        target = folder_named(out, "zip")
    dossier = work.made(session, period)
    new = work.write(dossier, target, force=force)
    run.output.text(shown(target))
    for each in dossier.missing:
        run.output.message(work.missing_words(each))
    run.output.message(
        f"{work.filed_words(dossier, period, new=new)}。核对：gaigai archive --verify {as_word(shown(target))}"
    )
    if dossier.missing:
        raise typer.Exit(1)


def _period(run: Run) -> Period:
    month, year = run.word(_MONTH), run.word(_YEAR)
    if (month is None) == (year is None):
        raise GaigaiError(
            "没有写明归档哪个月或哪一年", "请写 --month 2024-06 或 --year 2024，只写一个"
        )
    if year is not None:
        return values.year_of(year)
    return run.session.period(month or "", what=_MONTH.name)
