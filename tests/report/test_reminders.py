"""The ladder of 提醒, 催办, 督办: which step the records allow, and what the papers say."""

import re
from typing import Any

import pytest

from gaigai_cli.forms.compare import standings
from gaigai_cli.judge.judgement import Judge, Judgement
from gaigai_cli.model.records import LEVELS
from gaigai_cli.render.console.reminders import reminders_page
from gaigai_cli.render.papers import bulletin_md
from gaigai_cli.render.papers.one_page import reminder_docx
from gaigai_cli.render.papers.reminder import (
    attention_wanted,
    reminder_chat,
    reminder_markdown,
    returns_wanted,
)
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.report.reminders import matter, numbered, proposals, refusal, reminders
from gaigai_cli.report.todo import todo
from gaigai_cli.words.period import Period
from tests.judge.build import (
    FIXED,
    HELPER,
    JOINT,
    LEAD,
    MONTHLY,
    OFFICE,
    ONGOING,
    OTHER,
    STAGED,
    Book,
    day,
)

REPORTING: dict[str, Any] = {
    "reporting": {"every": "month", "by": "25", "of": "当月", "from": "2024-05"}
}


def on(book: Book, when: str) -> Judgement:
    return Judge(book.ledger()).on(day(when))


def due(book: Book, when: str) -> list[tuple[str, str | None, str]]:
    return [(p.unit, p.level, p.why) for p in proposals(on(book, when))]


def send(book: Book, when: str, level: str, reply_by: str, number: str = "") -> str:
    return book.add(
        OFFICE, when, "督办", level=level, reply_by=str(day(reply_by)),
        number=number or f"示例{level[0]}〔2024〕1号",
    )  # fmt: skip


def test_nothing_to_remind_of() -> None:
    assert due(Book(), "05-20") == []
    done = Book()
    done.add(LEAD, "06-20", "申请销号")
    assert due(done, "07-10") == []
    suspended = Book()
    suspended.add(OFFICE, "06-20", "条件未具备")
    assert due(suspended, "07-10") == []


def test_the_first_step_is_a_prompt_whatever_the_light() -> None:
    assert due(Book(), "06-05") == [(LEAD, "提醒", "")]
    assert due(Book(), "07-10") == [(LEAD, "提醒", "")]


def test_the_next_step_comes_after_the_reply_day() -> None:
    book = Book()
    send(book, "06-20", "提醒", "07-01")
    assert due(book, "07-01") == [(LEAD, None, "待反馈")]
    assert due(book, "07-02") == [(LEAD, "催办", "")]
    send(book, "07-02", "催办", "07-09")
    assert due(book, "07-10") == [(LEAD, "督办", "")]
    send(book, "07-10", "督办", "07-17")
    assert due(book, "07-18") == [(LEAD, "督办", "")]


def test_only_what_is_overdue_gets_the_last_step() -> None:
    book = Book(deadline={**FIXED, "due": "2024-08-01"})
    send(book, "07-05", "提醒", "07-10")
    send(book, "07-11", "催办", "07-18")
    assert due(book, "07-20") == [(LEAD, "催办", "")]
    assert due(book, "08-02") == [(LEAD, "督办", "")]


def test_who_has_answered_is_let_be_until_the_item_is_overdue() -> None:
    book = Book()
    prompt = send(book, "06-10", "提醒", "06-17")
    book.add(LEAD, "06-15", "督办回执", answers=[prompt])
    assert due(book, "06-20") == [(LEAD, None, "6月15日已回执")]
    assert due(book, "07-01") == [(LEAD, "催办", "")]


def test_who_has_answered_is_reminded_of_what_it_misses_afterwards() -> None:
    """An item without a deadline is never overdue: its next turn, or the next report, would be missed unheard."""
    book = Book(MONTHLY, rules=REPORTING)
    book.add(LEAD, "05-20", "进展")
    prompt = send(book, "06-28", "提醒", "07-05")
    book.add(LEAD, "07-01", "督办回执", answers=[prompt])
    assert due(book, "07-10") == [(LEAD, None, "7月1日已回执")]
    assert due(book, "07-26") == [(LEAD, "催办", "")]
    (text,) = attention_wanted(on(book, "07-26"), proposals(on(book, "07-26")))
    assert "1.1（6—7月任务未完成，未报送6—7月进展），抓紧" in text
    page = reminders_page(on(book, "07-26"), proposals(on(book, "07-26")), str)
    assert "2期未完成" in page.text(120)


def test_an_extension_begins_the_ladder_anew() -> None:
    book = Book()
    send(book, "06-10", "提醒", "06-17")
    asked = book.add(LEAD, "06-20", "申请延期")
    book.add(OFFICE, "06-25", "批准延期", answers=[asked])
    assert due(book, "08-10") == [(LEAD, "提醒", "")]


def test_the_office_does_not_remind_itself_and_helpers_are_not_reminded() -> None:
    assert due(Book(lead=(OFFICE,)), "07-10") == [(OFFICE, None, "本单位不发文")]
    assert HELPER not in str(due(Book(), "07-10"))


def test_a_joint_lead_that_has_applied_has_done_its_part() -> None:
    book = Book(lead=(LEAD, JOINT))
    book.add(LEAD, "06-20", "申请销号")
    assert due(book, "07-10") == [(JOINT, "提醒", "")]


def test_reports_are_asked_of_those_who_owe_them() -> None:
    rules = {"reporting": {"every": "month", "by": "25", "from": "2024-06"}}
    book = Book(lead=(LEAD, JOINT), deadline=ONGOING, rules=rules)
    book.add(LEAD, "06-20", "进展")
    assert due(book, "06-28") == [(JOINT, "提醒", "")]


def test_only_what_is_registered_lets_a_paper_say_how_often_a_unit_was_urged() -> None:
    """经多次催报: twice since the month that is missing, about this item or none; letter and bulletin alike."""
    rules = {"reporting": {"every": "month", "by": "25", "from": "2024-06"}}
    book = Book(lead=(LEAD,), deadline=ONGOING, rules=rules)
    urged = ("05-30", "06-26", "06-27")
    for when, words in zip((*urged, None), ("", "", "经催报，仍", "经多次催报，仍"), strict=True):
        judgement = Judge(book.ledger()).on(day("06-28"), ended=True)
        told = reminders(judgement, [(judgement.items[0], LEAD, "提醒")])[0].matters[0].problem
        assert told == f"{words}未报送6月进展。"
        report = monthly_report(Judge(book.ledger()), Period.of(2024, 6), today=day("07-05"))
        said = bulletin_md.bulletin(report)
        assert re.findall("经.{0,2}催报", said) == ([words.partition("，")[0]] if words else [])
        if when:
            book.add(OFFICE, when, "催办登记", item=None if when == "06-27" else "1.1")


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("提醒", ""),
        ("催办", "示例提〔2024〕1号的反馈时限2024-07-01还没有过"),
        ("督办", "示例提〔2024〕1号的反馈时限2024-07-01还没有过"),
    ],
)
def test_steps_that_cannot_be_taken_yet(level: Any, words: str) -> None:
    book = Book()
    send(book, "06-20", "提醒", "07-01")
    now = on(book, "06-25")
    assert refusal(now, now.by_id["1.1"], LEAD, level) == words


def test_no_step_is_left_out() -> None:
    book = Book()
    now = on(book, "07-10")
    assert [refusal(now, now.by_id["1.1"], LEAD, level) for level in LEVELS] == [
        "",
        f"事项1.1还没有给{LEAD}发过提醒函",
        f"事项1.1还没有给{LEAD}发过提醒函",
    ]
    send(book, "06-20", "提醒", "07-01")
    now = on(book, "07-10")
    assert refusal(now, now.by_id["1.1"], LEAD, "督办") == (
        f"事项1.1上一次给{LEAD}发的是示例提〔2024〕1号，下一步是催办"
    )


def papers(book: Book, when: str, level: Any = "提醒") -> Any:
    now = on(book, when)
    return now, reminders(now, [(now.by_id["1.1"], LEAD, level)])


def test_a_paper_is_of_whoever_signs_the_bulletin() -> None:
    signed = Book(rules={"bulletin": {"signer": "示例县人民政府督查室"}})
    for book, sender in ((signed, "示例县人民政府督查室"), (Book(), "示例办")):
        assert papers(book, "09-27")[1][0].issuer == sender


def test_working_days_follow_the_calendar() -> None:
    """The days about National Day 2024 are off; 29 September and 12 October, a Sunday and a Saturday, are worked."""
    _, (paper,) = papers(Book(), "09-27")
    assert paper.reply_by == day("10-10")


def test_a_year_without_calendar_is_not_guessed() -> None:
    _, (paper,) = papers(Book(), "2099-03-02")
    assert paper.reply_by is None
    assert "请于　　年　　月　　日前（5个工作日）反馈" in reminder_chat(paper)
    own = Book(rules={"calendar": {"2099": {"holidays": ["2099-03-03"]}}})
    assert papers(own, "2099-03-02")[1][0].reply_by == day("2099-03-10")


def test_numbers_go_on() -> None:
    book = Book()
    now, (paper,) = papers(book, "07-10")
    assert (paper.number, paper.draft) == ("示例提〔2024〕  号", True)
    assert [p.number for p in numbered(now, [paper, paper])] == [
        "示例提〔2024〕1号",
        "示例提〔2024〕2号",
    ]
    send(book, "07-10", "提醒", "07-17", number="示例办提〔2024〕7号")
    now, (paper,) = papers(book, "07-20")
    assert numbered(now, [paper])[0].number == "示例办提〔2024〕8号"
    now, (urge,) = papers(book, "07-20", "催办")
    assert numbered(now, [urge])[0].number == "示例办催〔2024〕1号"
    now, (paper,) = papers(book, "2025-01-10")
    assert numbered(now, [paper])[0].number == "示例办提〔2025〕1号"
    send(book, "2025-01-10", "提醒", "2025-01-17", number=f"示例提〔2025〕{'9' * 5_000}号")
    now, (paper,) = papers(book, "2025-01-20", "提醒")
    assert numbered(now, [paper])[0].number == "示例办提〔2025〕1号"


def test_what_a_paper_says() -> None:
    book = Book()
    send(book, "06-20", "提醒", "06-28")
    book.add(LEAD, "07-02", "进展", late_reason="上级文件未下达。", percent="40")
    _, (paper,) = papers(book, "07-03", "催办")
    (matter,) = paper.matters
    assert matter.problem == (
        "6月30日到期，逾期3天，尚未办结。你单位7月2日说明：上级文件未下达。提醒函示例提〔2024〕1号要求6月28日前反馈，逾期未回复。"
    )
    assert matter.demand == "说明拟办结时间；已办结的，一并报送佐证材料、申请销号。"
    assert (matter.roles, matter.issued) == (
        (("牵头责任单位", LEAD), ("责任单位", HELPER)),
        "2024年6月底",
    )
    for label in (
        "催办事项",
        "任务依据",
        "牵头责任单位",
        "责任单位",
        "完成时限",
        "存在问题",
        "办理要求",
        "反馈时限",
        "签发人",
        "承办人及电话",
        "回执",
    ):
        assert label in reminder_markdown(paper)


def test_words_and_percents_of_another_lead_are_not_the_units_own() -> None:
    book = Book(lead=(LEAD, JOINT))
    book.add(LEAD, "06-10", "进展", percent=70, problems="用地未交付")
    book.add(JOINT, "06-10", "进展", percent=25)
    now = Judge(book.ledger()).on(day("07-10"))
    item = now.by_id["1.1"]
    told = [matter(now, item, unit, ()).problem for unit in (LEAD, JOINT)]
    late = "6月30日到期，逾期10天，尚未办结"
    assert told == [
        f"{late}。你单位6月10日反映：用地未交付。",
        f"{late}。{LEAD}6月10日反映：用地未交付。",
    ]
    soon = Judge(book.ledger()).on(day("06-12"))
    assert [matter(soon, soon.by_id["1.1"], unit, ()).problem for unit in (LEAD, JOINT)] == [
        "6月30日到期，还有18天，尚未申请销号，所报进度70%。",
        "6月30日到期，还有18天，尚未申请销号；进度偏慢（目前25%）。",
    ]


def test_a_paper_about_what_is_closed_wants_no_receipt() -> None:
    book = Book()
    send(book, "06-10", "提醒", "06-17")
    asked = book.add(LEAD, "06-20", "申请销号")
    assert len(todo(Judge(book.ledger()).on(day("06-21"))).receipts) == 1
    book.add(OFFICE, "06-22", "核验销号", answers=[asked])
    assert todo(Judge(book.ledger()).on(day("06-22"))).receipts == ()


def test_a_percent_is_told_once() -> None:
    book = Book(support=(HELPER,), responsible=())
    book.add(LEAD, "06-02", "进展", percent="40")
    (matter,) = papers(book, "06-20")[1][0].matters
    assert matter.problem == "6月30日到期，还有10天，尚未申请销号；进度偏慢（目前40%）。"
    assert matter.roles == (("牵头责任单位", LEAD), ("配合单位", HELPER))
    book.add(LEAD, "06-19", "进展", percent="80")
    (matter,) = papers(book, "06-20")[1][0].matters
    assert matter.problem == "6月30日到期，还有10天，尚未申请销号，所报进度80%。"


def test_an_extension_that_waits_is_told() -> None:
    """The office owes the answer: it hurries nobody meanwhile, as its bulletin doesn't; a paper may be sent all the same."""
    book = Book()
    book.add(LEAD, "07-02", "申请延期")
    now = on(book, "07-03")
    assert due(book, "07-03") == [(LEAD, None, "延期申请待研究")]
    assert list(attention_wanted(now, proposals(now))) == []
    (paper,) = reminders(now, [(now.by_id["1.1"], LEAD, "提醒")])
    assert (
        paper.matters[0].problem
        == "6月30日到期，逾期3天，尚未办结。你单位7月2日以“上级文件未下达”为由申请延至8月31日，申请待研究。"
    )
    # It has said by when.
    assert paper.matters[0].demand == (
        "延期申请答复前继续抓紧办理；已办结的，一并报送佐证材料、申请销号。"
    )


def test_what_is_owed_besides_is_asked_for_while_an_extension_waits() -> None:
    """Not by a 督办单, which is for what is overdue by nobody else's doing; refused, the deadline counts again."""
    book = Book(rules={"reporting": {"every": "month", "by": 25, "from": "2024-06"}})
    asked = book.add(LEAD, "06-02", "申请延期")
    send(book, "06-28", "提醒", "07-01")
    send(book, "07-02", "催办", "07-04")
    assert due(book, "07-10") == [(LEAD, "催办", "")]
    book.add(OFFICE, "07-11", "不予延期", answers=[asked])
    assert due(book, "07-12") == [(LEAD, "督办", "")]


def test_the_same_paper_gives_the_same_bytes() -> None:
    _, (paper,) = papers(Book(), "07-03")
    assert reminder_docx(paper) == reminder_docx(paper)


def test_the_word_file_has_every_field() -> None:
    import io

    import docx

    book = Book()
    now, drafts = papers(book, "07-03")
    (paper,) = numbered(now, drafts)
    document = docx.Document(io.BytesIO(reminder_docx(paper)))
    cells = [[c.text for c in dict.fromkeys(row.cells)] for t in document.tables for row in t.rows]
    assert cells == [
        ["受文单位", LEAD, "反馈时限", "2024年7月10日前"],
        ["任务依据", "《示例任务清单》（示例〔2024〕1号）"],
        ["提醒事项", "第1项“示例任务”\n示例事项。"],
        ["牵头责任单位", LEAD, "完成时限", "2024年6月底"],
        ["责任单位", HELPER],
        ["存在问题", "6月30日到期，逾期3天，尚未办结，未说明原因。"],
        ["办理要求", "说明原因和拟办结时间；已办结的，一并报送佐证材料、申请销号。"],
        ["签发人", "", "承办人及电话", ""],
        ["回执单位", LEAD, "编号", "示例提〔2024〕1号"],
        ["办理情况", "负责人（签字）：\n（单位盖章）\n年　　月　　日"],
    ]
    words = [p.text for p in document.paragraphs if p.text]
    assert words == [
        "本清单尚无进展记录，以下仅按时限推算，不作为评价依据。",
        OFFICE,
        "提醒函",
        "编号：示例提〔2024〕1号\t2024年7月3日",
        "回　执",
        f"请于反馈时限前将本回执报{OFFICE}。",
    ]


def test_a_short_text_names_what_that_unit_owes() -> None:
    """Of several stages the one for which it hasn't applied; of a form, too, that it has a demand to answer."""
    book = Book(lead=(LEAD, JOINT), deadline=STAGED)
    book.add(LEAD, "06-20", "申请销号", stage="1")
    now = Judge(book.ledger()).on(day("10-10"))
    texts = attention_wanted(now, proposals(now))
    assert [text.partition("牵头的")[2].partition("，抓紧")[0] for text in texts] == [
        "1.1（9月30日到期，已逾期10天）",
        "1.1（6月30日到期，已逾期102天）",
    ]
    page = reminders_page(now, proposals(now), str).text(120)
    assert re.findall(r"示例[甲乙]局 .*逾期(\d+)天", page) == ["10", "102"]
    now = on(Book(rules=REPORTING), "06-26")
    (text,) = attention_wanted(now, proposals(now))
    assert "1.1（6月30日到期，未报送5—6月进展），抓紧" in text
    book = Book()
    book.add(OFFICE, "06-05", "批示", item=None, to=[OTHER], handling="批办", reply_by=day("06-20"))
    now = Judge(book.ledger()).on(day("07-02"))
    june = Period.of(2024, 6)
    texts = returns_wanted(now, standings(now, june, ()), june)
    assert [text.partition("涉及")[2].partition("，请")[0] for text in texts] == [
        "1.1",
        "1.1",
        "交办事项办理反馈",
    ]


@pytest.mark.parametrize("kind", ["申请销号", "条件未具备"])
def test_a_report_stays_owed_of_what_is_done_or_put_off(kind: str) -> None:
    """It alone is asked for, as in the bulletin and at its desk: nothing is due of the item by its deadline."""
    book = Book(rules=REPORTING)
    book.add(LEAD, "06-03", "进展", percent=10)
    who = LEAD if kind == "申请销号" else OFFICE
    book.add(who, "06-20", kind, **({} if who == LEAD else {"basis": "示例文号〔2024〕2号"}))
    assert due(book, "06-22") == [(LEAD, "提醒", "")]
    then = on(book, "06-22")
    (proposal,) = proposals(then)
    told = matter(then, proposal.item, LEAD, ())
    assert (told.problem, told.demand) == (
        "未报送5月进展。",
        "补报尚未报送的进展，今后按期报送。",
    )
    assert [item.id for item in todo(then, LEAD).unreported] == [proposal.item.id]
    (text,) = attention_wanted(then, proposals(then))
    assert "（未报送5月进展）" in text


def test_what_an_inspection_found_is_to_be_explained() -> None:
    """The bulletin asks why, and so does a reminder; what has been reported anew since is explained."""
    book = Book(ONGOING)
    told = book.add(LEAD, "06-03", "进展")
    seen = {"way": "抽查", "summary": "示例所见", "agrees": "不符"}
    book.add(OFFICE, "06-10", "抽查核验", answers=[told], **seen)
    then = on(book, "06-12")
    (proposal,) = proposals(then)
    found = matter(then, proposal.item, LEAD, ())
    assert "与6月3日所报不符" in found.problem
    assert "书面说明报送情况与抽查核验不符的原因" in found.demand
    (text,) = attention_wanted(then, proposals(then))
    assert "1.1（抽查核验不符），抓紧" in text
    book.add(LEAD, "06-12", "进展")
    assert due(book, "06-12") == []
