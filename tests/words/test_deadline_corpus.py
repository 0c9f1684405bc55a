"""More than 400 deadline cells with the reading of each, so that a new form of words can't change what others say.

``kept/deadlines.txt`` has a cell a line and below it, indented, what is read and what is doubted. To add one, write
the cell, run ``pytest --update`` and read what stands below it as the clerk whose list it is.
"""

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gaigai_cli.model.calendar import Every
from gaigai_cli.words import days, deadline
from gaigai_cli.words.normal import normal
from tests.program import SameAsFile
from tests.words.test_deadline import DOUBTFUL, UNDERSTOOD, reading

CORPUS = Path(__file__).parent / "kept" / "deadlines.txt"
LINES = CORPUS.read_text(encoding="utf-8").splitlines()
CELLS = [line.replace("⏎", "\n") for line in LINES if not line.startswith((" ", "#"))]
ALL = [*CELLS, *(text for text, _ in UNDERSTOOD), *(text for text, *_ in DOUBTFUL)]
NORMAL = {cell: normal(cell).text for cell in ALL}
TURNING = [cell for cell in ALL if days.EVERY.search(NORMAL[cell])]
"""The cells that say 每月, 每季度 …: no other comes to the table of turns."""


@cache
def as_it_is(cell: str) -> tuple[str | None, tuple[str, ...]]:
    """What a cell says with all forms in their order."""
    return reading(cell)


def corpus() -> Iterator[str]:
    """The corpus anew, comments where they stand."""
    for line in LINES:
        if not line.startswith(" "):
            yield line
        if not line.startswith((" ", "#")):
            meaning, doubts = as_it_is(line.replace("⏎", "\n"))
            yield from (f"    {said}".replace("\n", "⏎") for said in (meaning or "？", *doubts))


def test_every_cell_is_read_as_kept(same_as_file: SameAsFile) -> None:
    assert len(CELLS) == len(set(CELLS)) > 400
    same_as_file("".join(f"{line}\n" for line in corpus()), CORPUS)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_forms_means_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [as_it_is(cell) for cell in ALL]
    rows = list(days._ROWS)
    random.Random(seed).shuffle(rows)
    monkeypatch.setattr(days, "_ROWS", tuple(rows))
    assert [reading(cell) for cell in ALL] == before


def test_the_order_of_the_rules_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two rules get equally far they say the same: turned round, each goes before each other."""
    before = [as_it_is(cell) for cell in ALL]
    monkeypatch.setattr(deadline, "_RULES", tuple(reversed(deadline._RULES)))
    assert [reading(cell) for cell in ALL] == before


@pytest.mark.parametrize("row", range(len(days.FORMS)))
def test_a_form_changes_only_cells_that_have_it(
    row: int, thorough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen from the table without it: adding it leaves alone each cell in which its words don't stand."""
    pattern, _ = days._ROWS[row]
    cells = ALL if thorough else ALL[row % 3 :: 3]
    others = [cell for cell in cells if not pattern.search(NORMAL[cell])]
    before = [as_it_is(cell) for cell in others]
    monkeypatch.setattr(days, "_ROWS", (*days._ROWS[:row], *days._ROWS[row + 1 :]))
    assert [reading(cell) for cell in others] == before
    assert any(pattern.search(NORMAL[cell]) for cell in ALL)


@pytest.mark.parametrize(
    ("every", "row"),
    [(every, row) for every, rows in deadline.TURNS.items() for row in range(len(rows))],
)
def test_a_turn_changes_only_cells_that_have_it(
    every: Every, row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, _ = deadline.TURNS[every][row]
    others = [cell for cell in TURNING if not re.search(words, NORMAL[cell])]
    before = [as_it_is(cell) for cell in others]
    rows = deadline.TURNS[every]
    monkeypatch.setitem(deadline.TURNS, every, (*rows[:row], *rows[row + 1 :]))
    assert [reading(cell) for cell in others] == before
    assert len(others) < len(TURNING)


@pytest.mark.parametrize(
    "more", ["，下半月再议", "，9月上半月全面实施", "，节前报送", "，下周动员"]
)
def test_nothing_is_certain_that_a_word_of_time_more_would_change(more: str) -> None:
    """A further time, in words that no form knows, is told beside whatever a cell says."""
    found = {cell: reading(cell + more) for cell in CELLS if "\n" not in cell}
    assert {cell: read for cell, read in found.items() if read[0] != "unset" and not read[1]} == {}
