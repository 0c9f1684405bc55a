"""The measures of GB/T 9704-2012 in twips (1/20 pt), Word's unit of length."""


def twips(mm: float) -> int:
    """Millimetres in twips, whole."""
    return round(mm * 1440 / 25.4)


PAGE_WIDTH, PAGE_HEIGHT = twips(210), twips(297)
TOP, BOTTOM, LEFT, RIGHT = twips(37), twips(35), twips(28), twips(26)
"""White edges of a portrait page; a type area of 156 × 225 mm remains (5.2.1)."""

TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

LINE = TEXT_HEIGHT // 22
"""22 lines a page, 28 characters a line (5.2.3)."""
CHARACTER_SPACE = TEXT_WIDTH // 28 - 16 * 20
"""What is taken from between characters: 28 of size 3 (16 pt) are wider than the type area.

The page's grid has lines only. LibreOffice gives a character that is wider than its cell in a grid of characters two.
"""

FOOTER = twips(25)
"""The dash of a page number stands 7 mm below the type area (7.5): its line then ends 25 mm above the page's end."""

TITLE_SIZE, BODY_SIZE, FOOT_SIZE = 44, 32, 28
"""Sizes 2, 3 and 4 of type, in half points."""

LEDGER_EDGE = twips(15)
"""White edges of 附件1, which has more to hold than 225 × 156 mm; the page number stands left of it."""
LEDGER_WIDTH = PAGE_HEIGHT - LEFT - LEDGER_EDGE
