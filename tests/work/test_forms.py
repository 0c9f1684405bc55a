"""Forms of units as files, without a command line."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gaigai_cli.errors import GaigaiError
from gaigai_cli.forms.compare import standings
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.words.period import Period
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.forms import form_months, forms_for, write_forms
from tests.judge.build import FIXED, HELPER, LEAD, OFFICE, ONGOING, Book
from tests.transcript import EXAMPLE, copied

NOW = datetime(2024, 7, 12, 9, tzinfo=timezone(timedelta(hours=8)))


def test_months_are_those_of_the_list(tmp_path: Path) -> None:
    directory = Directory(copied(EXAMPLE, tmp_path), NOW)
    judge, day = directory.judge, NOW.date()
    assert form_months(judge.on(day)) == [Period.of(2024, month) for month in (5, 6, 7)]
    assert form_months(judge.on(day.replace(year=2025)))[-1] == Period.of(2025, 7)
    assert form_months(judge.on(day.replace(month=1))) == [Period.of(2024, 5)]


def test_a_list_goes_on_as_long_as_an_item_of_it() -> None:
    """Of what is open behind the year reports are owed, so there are forms for those months; of nothing else."""
    book = Book(FIXED)
    assert form_months(Judge(book.ledger()).on(date(2025, 7, 6)))[-1] == Period.of(2025, 7)
    applied = book.add(LEAD, "2025-02-20", "申请销号")
    book.add(OFFICE, "2025-03-04", "核验销号", answers=[applied])
    assert form_months(Judge(book.ledger()).on(date(2025, 7, 6)))[-1] == Period.of(2025, 3)

    waiting = Judge(Book(ONGOING).ledger())
    assert form_months(waiting.on(date(2025, 7, 6)))[-1] == Period.of(2024, 12)


def test_every_month_that_is_owed_has_a_form() -> None:
    """An item of a list that nobody carried over: what the bulletin calls 未报送 can be sent in."""
    rules = {"reporting": {"every": "month", "by": 25, "from": "2024-01"}}
    now = Judge(Book(FIXED, rules=rules).ledger()).on(date(2025, 12, 31))
    owed = {missed.month for item in now.items for missed in item.missed}
    assert len(owed) == 20
    assert owed == {str(month) for month in form_months(now)}


def test_a_form_asks_of_nothing_that_is_reported_no_more() -> None:
    """What goes on until December waits for 期满评估 in January: no form asks of it, and nobody's form is 未交."""
    book, month = Book(ONGOING), Period.of(2024, 12)
    now = Judge(book.ledger()).on(date(2025, 2, 6))
    assert [one.unit for one in forms_for(now, [], month).made] == [LEAD, HELPER]
    with pytest.raises(GaigaiError, match="没有在办的事项"):
        forms_for(now, [], month.next)
    assert [one.unit for one in standings(now, month, ())] == [LEAD, HELPER]
    assert not list(standings(now, month.next, ()))


def test_a_form_that_is_filled_in_is_not_replaced(tmp_path: Path) -> None:
    directory = Directory(copied(EXAMPLE, tmp_path), NOW)
    forms = forms_for(directory.judgement, ["县住建局"], Period.of(2024, 7))
    (path,) = write_forms(directory, forms.made, None, force=False)
    assert path == directory.reports / "forms/2024-07/县住建局2024年7月进展报送表.xlsx"
    made = path.read_bytes()
    assert write_forms(directory, forms.made, None, force=False) == [path]

    book = load_workbook(path)
    book.worksheets[0]["A1"] = "填过"
    book.save(path)
    filled = path.read_bytes()
    with pytest.raises(GaigaiError, match="已有人填写"):
        write_forms(directory, forms.made, None, force=False)
    assert path.read_bytes() == filled

    write_forms(directory, forms.made, None, force=True)
    assert path.read_bytes() == made


def test_nobody_gets_an_empty_form(tmp_path: Path) -> None:
    data = copied(EXAMPLE, tmp_path)
    with (data / "departments.yaml").open("a", encoding="utf-8") as file:
        file.write("  - name: 示例闲局\n    initials: [slxj]\n")
    judgement = Directory(data, NOW).judgement
    with pytest.raises(GaigaiError, match="示例闲局没有在办的事项"):
        forms_for(judgement, ["县住建局", "示例闲局"], Period.of(2024, 7))
    assert forms_for(judgement, [], Period.of(2024, 7)).without == ["示例闲局"]
