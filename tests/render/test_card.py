"""A card with what the shipped list and the example year hardly show: corrections, applications, contradictions."""

from io import StringIO

from rich.console import Console

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.query.choose import Filter, select
from gaigai_cli.render.columns import shown as table_rows
from gaigai_cli.render.console.card import cards
from gaigai_cli.render.console.list import listing, share
from tests.judge.build import FIXED, HELPER, JOINT, LEAD, Book, day


def shown(book: Book, when: str) -> str:
    judge = Judge(book.ledger())
    judgement = judge.on(day(when))
    return cards(judge, judgement, judgement.items).text(80)


def test_a_card() -> None:
    book = Book(lead=(LEAD, JOINT), open=("等相关部门",))
    first = book.add(LEAD, "06-01", "进展", summary="已办。\n正在收尾。", percent=40, via="电话")
    book.add(LEAD, "06-03", "更正", corrects=first, set={"percent": 60}, reason="数字有误")
    book.add(LEAD, "06-20", "申请销号")
    book.add(JOINT, "06-21", "申请延期", due="2024-09-30")
    book.add(HELPER, "06-22", "申请销号")

    assert shown(book, "06-24") == (
        "1.1  示例任务\n"
        "第1项  示例〔2024〕1号  截至2024年6月24日\n"
        "\n"
        "工作内容      示例事项。\n"
        f"牵头责任单位  {LEAD}、{JOINT}\n"
        f"责任单位      {HELPER}\n"
        "未列名单位    等相关部门\n"
        "完成时限      2024年6月底（2024年6月30日）\n"
        "\n"
        "状态          推进中\n"
        "时间          余6天\n"
        "亮灯          黄  距时限6月30日还有6天\n"
        f"申请销号      {LEAD}已申请，待{JOINT}申请\n"
        f"申请延期      {JOINT}2024年6月21日申请延至2024年9月30日，待批复\n"
        "\n"
        "记录  共3条\n"
        "2024年6月1日  示例甲局  进展  60%  代录（电话）         20240601-120000-00000000\n"
        "    已办。\n"
        "    正在收尾。\n"
        "    （2024年6月3日更正：数字有误）\n"
        "2024年6月20日  示例甲局  申请销号                       20240620-120002-00000002\n"
        "    佐证：示例文号〔2024〕1号\n"
        "2024年6月21日  示例乙局  申请延期                       20240621-120003-00000003\n"
        "    理由：上级文件未下达\n"
        "    延期至：2024年9月30日\n"
        "另有1条记录前后矛盾，未计入，请运行 gaigai check 查看。\n"
    )


def test_a_day_that_the_notice_writes_out_stands_once() -> None:
    book = Book(deadline={**FIXED, "text": "2024年6月30日"})
    assert "完成时限      2024年6月30日\n" in shown(book, "06-24")


def test_without_records_a_card_says_so() -> None:
    text = shown(Book(), "06-24")

    assert text.startswith(
        "本清单尚无进展记录，以下仅按时限推算，不作为评价依据。\n\n1.1  示例任务\n"
    )
    assert text.endswith("记录  尚无记录\n")


def test_records_can_give_no_orders_to_the_terminal() -> None:
    book = Book()
    book.add(LEAD, "06-01", "进展", summary="已办\x1b[2J\u202e。", problems="无\x07")

    assert not {"\x1b", "\x07", "\u202e"} & set(shown(book, "06-24"))


def test_lights_are_words_in_colour() -> None:
    judgement = Judge(Book().ledger()).on(day("07-02"))
    rows = select(judgement, Filter()).rows
    console = Console(
        file=StringIO(), force_terminal=True, color_system="standard", soft_wrap=True, width=80
    )

    console.print(listing([share(judgement, table_rows(rows))], title="任务清单"))

    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b[1;31m红\x1b[0m" in printed
    assert "6月30日，逾期2天" in printed
