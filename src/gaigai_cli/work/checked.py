"""Who was asked to check a draft (核对函), what each unit answered, and what was done of an objection.

Kept beside the drafts, in ``reports/2024-06.核对.json``; the office alone writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from gaigai_cli.characters import json_text
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.model.base import Frozen, adapter
from gaigai_cli.store.regular import read_file
from gaigai_cli.store.write import NewFile, replace_all
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import day_words
from gaigai_cli.work.directory import Directory


class Check(Frozen):
    """A unit that was asked; days as ``2024-07-03``, empty where there is none.

    ``objection`` empty: it has none. ``settled`` says what became of the objection.
    """

    unit: str
    sent: str
    by: str = ""
    answered: str = ""
    objection: str = ""
    settled: str = ""


def path_of(directory: Directory, period: Period) -> Path:
    """Return the file of a period, whether it is there or not."""
    return directory.reports / f"{period}.核对.json"


def checks(directory: Directory, period: Period) -> tuple[Check, ...]:
    """Return who was asked, in that order. Raises ``GaigaiError`` for a file that can't be read."""
    path = path_of(directory, period)
    if directory.at is not None or not path.is_file():
        return ()
    try:
        found: tuple[Check, ...] = adapter(tuple[Check, ...]).validate_json(read_file(path))
    except (OSError, ValueError):
        remedy = "请从 git 恢复这个文件，或删去后重新登记"
        raise GaigaiError(f"{shown(path)} 不能读取或已损坏", remedy) from None
    return found


def sent(directory: Directory, period: Period, asked: Iterable[tuple[str, date | None]]) -> None:
    """Note that 核对函 went to these units, to be answered by those days; a unit asked again answers anew."""
    known = {one.unit: one for one in checks(directory, period)}
    today = directory.today.isoformat()
    for unit, by in asked:
        known[unit] = Check(unit=unit, sent=today, by=by.isoformat() if by else "")
    _write(directory, period, known.values())


def answer(
    directory: Directory, period: Period, unit: str, *, objection: str, settled: str
) -> Check:
    """Note what a unit answered, or what was done of its objection. Raises ``GaigaiError`` where it wasn't asked."""
    known = {one.unit: one for one in checks(directory, period)}
    if unit not in known:
        raise GaigaiError(
            f"没有给{unit}出过{period.words}通报的核对函",
            f"先运行 gaigai report --month {period} --check",
        )
    was = known[unit]
    said = {
        "answered": was.answered or directory.today.isoformat(),
        "objection": objection or was.objection,
        "settled": settled or was.settled,
    }
    known[unit] = was.model_copy(update=said)
    _write(directory, period, known.values())
    return known[unit]


def told(found: Iterable[Check], year: int) -> Iterator[str]:
    """Yield what speaks against issuing the bulletin: units without an answer, objections that nothing was done of."""
    found = tuple(found)
    silent = [one for one in found if not one.answered]
    if silent:
        each = "、".join(
            f"{one.unit}{f'（应于{_day(one.by, year)}前）' if one.by else ''}" for one in silent
        )
        yield f"核对函尚未反馈：{each}。"
    for one in found:
        if one.objection:
            done = f"处理：{one.settled}" if one.settled else "尚未处理"
            yield f"{one.unit}{_day(one.answered, year)}有异议：{one.objection.rstrip('。')}；{done.rstrip('。')}。"
    agreed = [one.unit for one in found if one.answered and not one.objection]
    if agreed:
        yield f"核对无异议：{'、'.join(agreed)}。"


def _day(words: str, year: int) -> str:
    return day_words(date.fromisoformat(words), year)


def _write(directory: Directory, period: Period, found: Iterable[Check]) -> None:
    text = json_text([one.model_dump() for one in found])
    replace_all([NewFile(path_of(directory, period), text.encode())])
