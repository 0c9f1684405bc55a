"""The notice that ships as a list, as a value that every format can be made from."""

from __future__ import annotations

import re
from pathlib import Path

from tests.notice.renderings import UP, Sheet

TEXT = Path(__file__).parent / "notice-2024.txt"


def seed() -> Sheet:
    """The notice with its five tables; an empty cell below another is merged with it, points are paragraphs."""
    lines = TEXT.read_text(encoding="utf-8").splitlines()
    before = [
        re.sub(r"^#+ ", "", line).strip() for line in lines if "\t" not in line and line.strip()
    ]
    tables: list[list[list[str]]] = []
    for line, above in zip(lines, ["", *lines], strict=False):
        if "\t" not in line:
            continue
        if "\t" not in above:
            tables.append([])
        tables[-1].append([_cell(text, bool(tables[-1])) for text in line.split("\t")])
    return Sheet(tuple(before), tuple(tables))


def _cell(text: str, below: bool) -> str:
    if not text and below:
        return UP
    return re.sub("</?p>", "", re.sub("</p> *<p>", "\n", text))
