"""The Excel file: every cell, and what 10,000 items take."""

import pytest

from gaigai_cli.render.papers import bulletin_xlsx
from tests.program import SameAsFile
from tests.render.bulletins import EXAMPLE, KEPT, SHIPPED, cells, monthly


@pytest.mark.parametrize(
    ("name", "of"),
    [("shipped-06", (SHIPPED, 6)), ("example-09", (EXAMPLE, 9)), ("example-12", (EXAMPLE, 12))],
)
def test_every_cell(name: str, of: tuple[object, int], same_as_file: SameAsFile) -> None:
    same_as_file(cells(bulletin_xlsx.bulletin(monthly(*of))), KEPT / f"{name}.xlsx.txt")
