"""Charts: what stands below them can be read, however many months there are."""

import re
from datetime import date

import pytest

from gaigai_cli.render.charts import months
from gaigai_cli.report.board import MonthPoint


@pytest.mark.parametrize(
    ("number", "shown", "on_a_telephone"), [(7, 7, 7), (16, 16, 6), (31, 16, 4)]
)
def test_months_have_room_for_their_names(number: int, shown: int, on_a_telephone: int) -> None:
    days = [date(2024 + n // 12, n % 12 + 1, 28) for n in range(number)]

    picture = months([MonthPoint(day, 1, 1, 0) for day in days])

    assert len(re.findall("月</text>", picture)) == shown
    assert len(re.findall('class="month"[^>]*>[^<]*月</text>', picture)) == on_a_telephone
