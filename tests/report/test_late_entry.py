"""What the bulletin says of a close-out that was entered late: both days, and who has said which of them counts."""

from typing import Any

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.words.period import Period
from tests.judge.build import LEAD, OFFICE, Book, day


@pytest.mark.parametrize(
    ("application", "ruling", "words"),
    [
        ({}, {}, "7月10日办结（申请日期6月28日，7月10日补记），7月11日销号，逾期办结。"),
        ({"via": "书面"}, {}, "6月28日办结（7月10日补记），7月11日销号，按期办结。"),
        (
            {},
            {"finished": "2024-06-28", "basis": "收文登记簿。"},
            "6月28日办结（7月10日补记，办结日期由示例办认定，依据：收文登记簿），7月11日销号，按期办结。",
        ),
        (
            {},
            {"finished": "2024-06-29"},
            "6月29日办结（申请日期6月28日，7月10日补记，办结日期由示例办认定），7月11日销号，按期办结。",
        ),
    ],
)
def test_both_days(application: dict[str, Any], ruling: dict[str, Any], words: str) -> None:
    book = Book()
    number = "20240710-090000-00000001"
    book.add(LEAD, "06-28", "申请销号", id=number, **application)
    book.add(OFFICE, "07-11", "核验销号", answers=[number], **ruling)
    report = monthly_report(Judge(book.ledger()), Period.of(2024, 7), today=day("08-01"))
    entries = [
        e for section in report.sections for part in section.subsections for e in part.entries
    ]
    assert any(entry.endswith(words) for entry in entries), entries
