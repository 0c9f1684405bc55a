"""No cell is read otherwise than a person reads it without a doubt: thousands of them, and few with a doubt."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.words.units import read_units
from tests.words.test_deadline import UNDERSTOOD
from tests.words.unit_cells import NO_UNITS, unit_cell

SOME = 50
"""Cells of one example: to draw one takes longer than to read it."""
MOST_ASKED = 0.05


@given(st.integers(0, 2**32))
def test_no_cell_is_read_otherwise_without_a_doubt(seed: int) -> None:
    draw = Random(seed)
    for cell in (unit_cell(draw) for _ in range(SOME)):
        reading = read_units(cell.text)
        assert reading.doubts or cell.is_read_by(reading), (cell, reading)


def test_few_cells_are_asked_about() -> None:
    draw = Random(1)
    asked = [
        cell.text
        for cell in (unit_cell(draw) for _ in range(20 * SOME))
        if read_units(cell.text).doubts
    ]
    assert len(asked) < MOST_ASKED * 20 * SOME, asked


@given(st.integers(0, 2**32))
def test_what_names_nobody_is_never_dropped(seed: int) -> None:
    """It stands in a doubt, and in no list, wherever it stands among units."""
    draw = Random(seed)
    for words in NO_UNITS:
        cell, sign = unit_cell(draw, one_line=True), draw.choice("；\n")
        text = draw.choice((f"{cell.text}{sign}{words}", f"{words}{sign}{cell.text}"))
        reading = read_units(text)
        assert reading.doubts, text
        assert not {words} & {*reading.names, *reading.open}, text


def test_a_deadline_is_nobody() -> None:
    readings = {text: read_units(text) for text, _ in UNDERSTOOD}
    assert [text for text, reading in readings.items() if reading.names or reading.open] == []
