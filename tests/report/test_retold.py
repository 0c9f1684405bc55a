"""Where a 更正 changes what an issued bulletin was made of, the next bulletin says what was and what is now."""

from dataclasses import replace
from typing import Any

import pytest

from gaigai_cli.history.changes.sentences import clause
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.ledger import Issued, Ledger
from gaigai_cli.render.console.card import cards
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.words.period import Period
from tests.judge.build import LEAD, Book, day

JUNE = Issued("../reports/issued/2024-06.json", "2024-06", "示例〔2024〕8号", day("07-03"))


def corrected(when: str = "07-08", **change: Any) -> Ledger:
    book = Book()
    report = book.add(LEAD, "06-14", "进展", percent="60")
    book.add(LEAD, when, "更正", corrects=report, **change)
    return replace(book.ledger(), issued=(JUNE,))


def told(ledger: Ledger, month: int) -> tuple[str, ...]:
    report = monthly_report(Judge(ledger), Period.of(2024, month), today=day("09-01"))
    return tuple(words for words in report.sections[0].paragraphs if words.startswith("更正："))


def shown(ledger: Ledger) -> str:
    judge = Judge(ledger)
    judgement = judge.on(day("07-20"))
    return cards(judge, judgement, judgement.items).text(200)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"set": {"percent": "50"}}, "完成百分比由“60”改为“50”"),
        ({"set": {"summary": "改。"}}, "进展情况由“正在推进。”改为“改。”"),
        ({"set": {"coordinate": "本级领导"}}, "添上需协调“县领导”"),
        ({"void": True}, "作废"),
    ],
)
def test_the_next_bulletin_says_so_once(change: dict[str, Any], words: str) -> None:
    ledger = corrected(**change)
    said = f"更正：6月通报（示例〔2024〕8号）所载示例甲局6月14日关于第1项的进展，{words}（笔误）。"
    assert [told(ledger, month) for month in (6, 7, 8)] == [(), (said,), ()]


def test_what_was_corrected_before_the_bulletin_is_no_news() -> None:
    assert told(corrected("06-20", set={"percent": "50"}), 6) == ()
    assert "通报" not in shown(corrected("06-20", set={"percent": "50"}))


def test_show_and_review_say_what_was_and_what_is() -> None:
    ledger = corrected(set={"percent": "50"})
    assert "（2024年7月8日更正：笔误；示例〔2024〕8号通报后完成百分比由“60”改为“50”）" in shown(
        ledger
    )
    assert clause(ledger.entries[-1], ledger) == (
        "7月8日更正示例甲局6月14日关于1.1的进展：完成百分比由“60”改为“50”，"
        "示例〔2024〕8号已按原内容通报，理由：笔误"
    )


def test_show_says_what_a_bulletin_has_told_and_is_void_now() -> None:
    words = "示例〔2024〕8号通报过的示例甲局6月14日关于1.1的进展已于2024年7月8日作废：笔误"
    assert words in shown(corrected(void=True))
