"""The bulletin of every month, whole, and the sentences' figures against the ledger."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.render.console.letter import bulletin_page, internal_page
from gaigai_cli.render.papers.bulletin_md import bulletin, internal
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.report.facts import facts_of
from gaigai_cli.report.internal import internal_report
from gaigai_cli.report.problems import problems
from gaigai_cli.store.files import Folder
from gaigai_cli.words.period import Period
from tests.judge.build import JOINT, LEAD, ONGOING, Book
from tests.program import SameAsFile
from tests.sparing import read_again

ROOT = Path(__file__).parent.parent.parent
KEPT = Path(__file__).parent / "kept"
TODAY = date(2025, 2, 10)
MONTHS = [Period.of(2024, month) for month in range(5, 13)] + [Period.of(2025, 1)]


@pytest.fixture(scope="module")
def example() -> Judge:
    return judge(ROOT / "examples" / "岳阳县2024示例" / "data")


@pytest.fixture(scope="module")
def shipped() -> Judge:
    return judge(ROOT / "data")


def judge(folder: Path) -> Judge:
    """With the bulletins that were issued beside it: the next one answers their demands."""
    reading = read_again(Folder(folder), reports=Folder(folder.parent / "reports"))
    assert reading.ledger is not None
    assert reading.findings == ()
    return Judge(reading.ledger)


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_month_of_the_example(
    month: Period, example: Judge, same_as_file: SameAsFile
) -> None:
    """They are committed where a reader of the example finds them, just as the program writes them."""
    text = bulletin(monthly_report(example, month, today=TODAY))
    same_as_file(text, ROOT / "examples" / "岳阳县2024示例" / "reports" / f"{month}.md")


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_internal_paper_of_the_example(
    month: Period, example: Judge, same_as_file: SameAsFile
) -> None:
    paper = internal(internal_report(example, month, today=TODAY))
    same_as_file(paper, KEPT / f"{month}-internal.md")


def test_the_committed_bulletin_is_that_of_the_shipped_list(shipped: Judge) -> None:
    text = (ROOT / "reports" / "2024-06.md").read_text(encoding="utf-8")
    assert text == bulletin(monthly_report(shipped, Period.of(2024, 6), today=date(2024, 7, 3)))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_on_the_terminal(
    width: int, shipped: Judge, example: Judge, same_as_file: SameAsFile
) -> None:
    june = Period.of(2024, 6)
    pages = [
        bulletin_page(monthly_report(shipped, june, today=june.next.last)),
        bulletin_page(monthly_report(example, june, today=june.next.last)),
        internal_page(internal_report(example, june, today=june.next.last)),
    ]
    same_as_file("\n".join(page.text(width) for page in pages), KEPT / f"terminal-{width}.txt")


def test_same_input_same_bytes(example: Judge) -> None:
    again = judge(ROOT / "examples" / "岳阳县2024示例" / "data")
    month = Period.of(2024, 11)
    first = bulletin(monthly_report(example, month, today=month.next.last))
    assert first == bulletin(monthly_report(again, month, today=date(2024, 12, 2)))


def test_a_running_month_is_cut_today(example: Judge) -> None:
    report = monthly_report(example, Period.of(2024, 6), today=date(2024, 6, 14))
    assert report.cut == date(2024, 6, 14)
    assert report.opening.endswith("现将截至6月14日的落实情况通报如下。")


@pytest.mark.parametrize(
    ("month", "message"),
    [
        (
            Period.of(2024, 4),
            "2024年4月在任务清单印发（2024-05-07）之前，没有可通报的内容。请写2024-05或以后的月份。",
        ),
        (
            Period.of(2025, 3),
            "2025年3月还没有开始（今天是2025-02-10），不能通报。请写本月或以前的月份。",
        ),
    ],
)
def test_months_without_a_bulletin(month: Period, message: str, example: Judge) -> None:
    with pytest.raises(GaigaiError) as caught:
        monthly_report(example, month, today=TODAY)
    assert f"{caught.value.message}。{caught.value.remedy}。" == message


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_figures_agree_with_each_other(month: Period, example: Judge) -> None:
    report = monthly_report(example, month, today=month.next.last)
    totals, rows, units = report.totals, report.ledger, report.units

    assert sum(count for _, count in totals.statuses) == totals.items
    assert sum(count for _, count in totals.kinds) == totals.items
    assert totals.items + totals.withdrawn == len(rows) == 33
    for light, count in totals.lights:
        kept = [row for row in rows if row.status != "已调出清单"]
        assert sum(row.light == light for row in kept) == count
    for unit in units:
        parts = unit.closed + unit.pending + unit.underway + unit.not_reported + unit.suspended
        assert parts == unit.lead
        assert unit.expired <= unit.lead


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_what_a_bulletin_must_not_say(month: Period, example: Judge) -> None:
    text = bulletin(monthly_report(example, month, today=month.next.last))
    main = text.partition("## 附件1")[0]
    people = {e.record.by for e in example.ledger.entries}
    people |= {e.record.signer for e in example.ledger.entries}
    assert not [person for person in people if person and person in text]
    for word in ("约谈建议", "评分", "得分", "照抄", "代录"):
        assert word not in main


@pytest.mark.parametrize(
    ("before", "silent", "words"),
    [
        (date(2024, 7, 1), "", "第3项、第15项未报送7月进展"),
        (date(2024, 6, 1), "", "第3项、第15项未报送6—7月进展，其中第3项自清单印发以来从未报送进展"),
        (date(2024, 6, 1), "15.1", "第3项、第15项自清单印发以来从未报送进展，未报送6—7月进展"),
    ],
)
def test_never_reported_is_told_of_several_items_too(
    before: date, silent: str, words: str, example: Judge
) -> None:
    """Of two items that a unit leads there are only the records ``before`` a day, of one perhaps none at all."""
    kept = tuple(
        e
        for e in example.ledger.entries
        if e.record.item not in ("3.1", "15.1")
        or (e.record.date < before and e.record.item != silent)
    )
    judge = Judge(replace(example.ledger, entries=kept))
    told = problems(facts_of(judge, Period.of(2024, 7), today=TODAY)).subsections
    (late,) = [part.entries for part in told if part.heading == "报送不及时"]
    assert late[-1] == f"园区管委会：{words}。"


def test_only_leads_are_named_among_problems(example: Judge) -> None:
    lead_units = {u for i in example.on(TODAY).items for u in i.state.units.lead}
    others = {u.name for u in example.ledger.departments.units} - lead_units
    for month in MONTHS:
        report = monthly_report(example, month, today=month.next.last)
        problems = report.sections[2]
        for part in problems.subsections:
            for entry in part.entries:
                blamed = entry.partition("牵头")[0] or entry.partition("：")[0]
                assert not [unit for unit in others if unit in blamed]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ({"at_most": "10.0"}, "示例指标为13天，目标不超过10天。"),
        ({"at_least": "20.50"}, "示例指标为13天，目标不少于20.5天。"),
        ({"equal": "10.0"}, "示例指标为13天，目标应为10天。"),
        ({"trend": "down"}, "示例指标为13天，未比2023年12天压减。"),
    ],
)
def test_figures_are_said_as_everywhere_else(target: dict[str, str], said: str) -> None:
    """Without the zeros with which somebody typed them: 13天, not 13.00天."""
    base = {"baseline": {"value": "12.0", "label": "2023年"}} if "trend" in target else {}
    about = {"id": "x", "name": "示例指标", "unit": "天", "measure": "latest", "target": target}
    book = Book(indicators=(about | base,))
    book.add(LEAD, "06-01", "进展", metrics={"x": "13.00"})
    section = problems(facts_of(Judge(book.ledger()), Period.of(2024, 6), today=date(2024, 6, 30)))
    missed = next(part for part in section.subsections if part.heading == "指标未达")
    assert said in missed.entries[0]


@pytest.mark.parametrize(
    "words", ["正在推进，已完成摸底。", "正在推进, 已完成摸底", "正在推进，\n已完成摸底。"]
)
def test_copied_words_are_the_same_whatever_their_punctuation(words: str) -> None:
    book = Book()
    book.add(LEAD, "05-20", "进展", summary="正在推进，已完成摸底。")
    book.add(LEAD, "06-20", "进展", summary=words)

    paper = internal_report(Judge(book.ledger()), Period.of(2024, 6), today=TODAY)
    (copied,) = [s for s in paper.sections if s.heading == "照抄上期"]

    assert [p.endswith("6月20日所报进展与5月20日的相同。") for p in copied.paragraphs] == [True]


@pytest.mark.parametrize(
    ("month", "told"),
    [
        (5, "本月没有应报的进展。"),
        (6, "各牵头单位均按期报送。"),
        (7, "7月进展报送截止日为7月25日，尚未截止；应报2家，已报齐1家。"),
    ],
)
def test_nobody_has_reported_in_time_before_the_last_day(month: int, told: str) -> None:
    reporting = {"every": "month", "by": 25, "from": "2024-06"}
    book = Book(ONGOING, lead=(LEAD, JOINT), rules={"reporting": reporting})
    book.add(LEAD, "06-20", "进展", summary="已完成摸底。")
    book.add(JOINT, "06-25", "进展", summary="已拟定方案。")
    book.add(LEAD, "07-02", "进展", summary="已公布方案。")

    today = date(2024, 7, 14)
    paper = internal_report(Judge(book.ledger()), Period.of(2024, month), today=today)

    assert [s.paragraphs for s in paper.sections if s.heading == "报送情况"] == [(told,)]


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_problems_supervision_and_demands_are_a_third_of_the_body(
    month: Period, example: Judge
) -> None:
    """What a leader has to act on isn't lost among what goes well."""
    report = monthly_report(example, month, today=TODAY)
    length = {
        section.heading: sum(
            map(len, (*section.paragraphs, *(w for s in section.subsections for w in s.entries)))
        )
        for section in report.sections
    }
    told = sum(length.get(name, 0) for name in ("存在问题", "督办情况", "下一步工作要求"))
    assert 3 * told >= sum(length.values())
