"""Doubts gone through one by one, answered in this process."""

import builtins
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from gaigai_cli.cli.notice.import_notice import reviewed
from gaigai_cli.cli.output import Output
from gaigai_cli.notice.answers import Answers, read_answers
from gaigai_cli.notice.document import Document
from gaigai_cli.notice.doubts import Key
from gaigai_cli.notice.draft import make_draft
from gaigai_cli.notice.formats import read_document
from gaigai_cli.work.take_notice import Import
from tests.notice.layout import sheet
from tests.notice.renderings import FORMATS, Rows

CONTENT = "受理率、办结率均达到100%，全年培训不少于3次。"
HEAD = ["序号", "主要任务", "工作内容", "牵头单位", "完成时限"]


def notice(rows: Rows, units: str = "牵头单位") -> Document:
    """示例: a list with these rows."""
    made = sheet(
        "示例县2025年任务清单", [[units if head == "牵头单位" else head for head in HEAD], *rows]
    )
    name = next(name for name in FORMATS if name.endswith("txt"))
    return read_document(FORMATS[name](made), "通知.txt")


FIGURES = notice([["1", "提升服务", CONTENT, "县数改办", "2025年6月底"]])
"""One item, three figures."""
DAYS = notice(
    [
        ["1", "甲", "推进甲事项。", "县数改办", ""],
        ["2", "乙", "推进乙事项。", "县数改办", ""],
        ["3", "丙", "推进丙事项。", "质安处", "适时"],
        ["4", "丁", "推进丁事项。", "县数改办、财务处", "待条件成熟"],
    ]
)
"""Two items without a deadline, two whose deadline has no day, two with names that look like no units."""


UNSAID = notice(
    [["1", "甲", "推进甲事项。", "县甲局、县乙局", ""], ["2", "乙", "推进乙事项。", "县乙局", ""]],
    "责任单位",
)
"""Two items that lack a deadline, and nothing that says who leads."""


def answered(
    document: Document, typed: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[tuple[str, str], Any], list[str]]:
    """The answers that were kept, and every question that was asked."""
    asked: list[str] = []
    lines: Iterator[str] = iter(typed)

    def line(prompt: str) -> str:
        asked.append(prompt)
        return next(lines)

    monkeypatch.setattr(builtins, "input", line)
    importing = Import(document, "通知.txt")
    reviewed(importing, importing.draft(), Output(color=False))
    values = importing.answers.values.items()
    return {(key.code, key.subject): value for key, value in values}, asked


def names(value: Any) -> list[str]:
    return [indicator["name"] for indicator in value]


def test_some_of_the_proposed_indicators(monkeypatch: pytest.MonkeyPatch) -> None:
    found, asked = answered(FIGURES, ["3", "4", "1、３"], monkeypatch)

    assert names(found["indicators", "1.1"]) == ["受理率", "培训"]
    assert asked == [
        "序号（1—5；? 说明，q 停止）：", "写入哪几项（填序号，如 1 2）：", "写入哪几项（填序号，如 1 2）：",
    ]  # fmt: skip


def test_all_or_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert names(answered(FIGURES, ["1"], monkeypatch)[0]["indicators", "1.1"]) == [
        "受理率",
        "办结率",
        "培训",
    ]
    assert answered(FIGURES, ["2"], monkeypatch)[0] == {("indicators", "1.1"): []}


def test_names_and_figures_are_corrected(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ["4", "", "", "一次办结率", "不少于若干", "达到95%以上", "", ""]
    found, _ = answered(FIGURES, typed, monkeypatch)
    first, second, third = found["indicators", "1.1"]
    assert (first["name"], first["target"]) == ("受理率", {"at_least": "100"})
    assert (second["name"], second["target"]) == ("一次办结率", {"at_least": "95"})
    assert (third["name"], third["id"]) == ("培训", "figure-3")
    skipped, _ = answered(FIGURES, ["4", *"ssssss"], monkeypatch)
    assert skipped == answered(FIGURES, ["1"], monkeypatch)[0]


def test_what_is_proposed_for_each_is_taken_for_the_rest_and_all_of_it_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [[str(n), f"提升{n}", f"新建站点{n}个。", "县甲局", "6月底"] for n in range(1, 13)]
    found, asked = answered(notice(rows), ["3", "2", "1*"], monkeypatch)

    assert found.pop(("indicators", "1.1")) == []
    assert [names(value) for value in found.values()] == [["新建站点"]] * 11
    assert asked[1] == "序号（1—4；如 1*，其余11处同样答复；? 说明，q 停止）："
    assert "12.1：新建站点：不少于12个" in capsys.readouterr().out


@pytest.mark.parametrize("typed", [["q"], ["9", "ｑ"], ["3", "", "停止"], ["3", "q"]])
def test_somebody_has_had_enough(
    typed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found, asked = answered(FIGURES, typed, monkeypatch)

    assert (found, len(asked)) == ({}, len(typed))
    assert capsys.readouterr().err == "已停止核对，已答复的都已保存。\n"


def test_one_answer_for_all_of_a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names, the items without a deadline, then the rest of the deadlines at once."""
    found, asked = answered(DAYS, ["1", "6月底", "1*"], monkeypatch)
    assert found == {
        ("units", "3.1"): "是单位",
        ("units", "4.1"): "是单位",
        ("deadline", "1.1"): "6月底",
        ("deadline", "2.1"): "6月底",
        ("deadline", "3.1"): {"kind": "unset"},
        ("deadline", "4.1"): {"kind": "unset"},
    }
    assert len(asked) == 3


def test_what_concerns_the_whole_list_is_asked_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line end takes all that is proposed; one that is to be answered otherwise is asked alone."""
    lead, days = ("lead-rule", "牵头单位"), [("deadline", "1.1"), ("deadline", "2.1")]
    unset = {key: {"kind": "unset"} for key in days}

    found, asked = answered(UNSAID, [""], monkeypatch)
    assert found == {lead: "first"} | unset
    assert asked == ["都照建议答复直接回车，否则填序号（如 2 3；? 说明，q 停止）："]
    assert capsys.readouterr().out == (
        "\n关于整份清单的2处，建议这样答复\n\n"
        "  1  文件没有写明谁是牵头单位，也没有写明怎样识别\n     → 列第一位的为牵头单位\n"
        "  2  1.1、2.1：没有写完成时限\n     → 时限待定，由督办机构另行明确\n\n"
    )
    assert answered(UNSAID, ["3", "x", "1", "2"], monkeypatch)[0] == {lead: "none"} | unset
    assert answered(UNSAID, ["1", "b", ""], monkeypatch)[0] == {lead: "first"} | unset
    typed = ["s", "1", "6月底"]
    assert answered(UNSAID, typed, monkeypatch)[0] == {lead: "first"} | dict.fromkeys(days, "6月底")
    assert answered(UNSAID, ["q"], monkeypatch)[0] == {}


def test_what_was_read_as_it_stands_is_taken_at_once_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Numbers with gaps, paragraphs that are no items, columns that were guessed: all told, none asked one by one."""
    text = "一、推进甲改革。（县甲局牵头，6月底前）\n二、（已并入第一项）\n三、取消。\n五、推进乙改革。（县乙局牵头，9月底前）\n"
    importing = read_document(text.encode(), "通知.txt")
    found, asked = answered(importing, ["2025年5月7日", "", "q"], monkeypatch)
    assert found["numbers", "序号5"] == found["row", "二"] == found["row", "三"] == "确认"
    assert "二、三：看不出这一段的责任单位和完成时限，没有写入清单" in capsys.readouterr().out
    assert asked[1].startswith("都照建议答复直接回车")


def test_the_notices_day_is_asked_first_then_what_depends_on_it_is_asked_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The cycle of reports is read once the day is known, which a list in a workbook mostly lacks."""
    text = "示例县2025年任务清单\n1.推进甲改革。（县甲局牵头，6月底前）\n2.推进乙改革。（县乙局牵头，9月底前）\n注：请于每月28日前报送进展。\n"
    found, asked = answered(
        read_document(text.encode(), "通知.txt"), ["2025年3月5日", ""], monkeypatch
    )
    assert found["notice", "印发日期"] == "2025年3月5日"
    assert found["notice", "报送周期"] == "确认"
    assert len(asked) == 2
    assert "每月报送一次，28日截止，自2025-03起" in capsys.readouterr().out

    typed = ["2025年3月5日", "b", "2025年4月8日", ""]
    again, _ = answered(read_document(text.encode(), "通知.txt"), typed, monkeypatch)
    assert again == found | {("notice", "印发日期"): "2025年4月8日"}


def test_what_is_named_to_be_answered_otherwise_is_asked_field_by_field(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who has said so isn't asked whether to take it as proposed; back returns to where it was said."""
    text = "示例县2025年任务清单\n一、推进甲改革。（县甲局牵头，6月底前）\n二、取消。\n四、推进乙改革。（县乙局牵头，9月底前）\n"
    document = read_document(text.encode(), "通知.txt")
    day = "2025年5月7日"
    found, asked = answered(document, [day, "1", "示县〔2025〕9号", "q"], monkeypatch)
    assert found["notice", "文号"] == "示县〔2025〕9号"
    assert found["row", "二"] == "确认"
    assert asked[1].startswith("都照建议答复直接回车")
    assert asked[2].startswith("序号（1—2；如 1*")

    found, _ = answered(document, [day, "1", "b", ""], monkeypatch)
    assert found["notice", "文号"] == found["notice", "主送机关"] == "确认"


def test_a_day_among_the_words_of_one_item_is_proposed_at_once_with_what_has_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The choice says what is written of each: that nothing has been written so far isn't what it does."""
    rows = [
        ["1", "甲", "推进甲事项。", "县甲局、县乙局", ""],
        ["2", "乙", "于2025年10月底前制定乙细则。", "县乙局", ""],
    ]
    found, asked = answered(notice(rows, "责任单位"), [""], monkeypatch)
    assert len(asked) == 1
    assert "     → 文中写有时间的照写，其余时限待定\n" in capsys.readouterr().out
    assert found["deadline", "2.1"] == found["deadline", "1.1"] == "确认"


def test_back_skip_and_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first answer is taken back; the deadlines are answered apart, the last two put off."""
    typed = ["1", "b", "2", "牵头单位：质安处", "是", "b", "1", "1", "2", "6月底", "7月底", "s"]
    found, _ = answered(DAYS, typed, monkeypatch)
    assert found == {
        ("units", "3.1"): "是单位",
        ("units", "4.1"): "是单位",
        ("deadline", "1.1"): "6月底",
        ("deadline", "2.1"): "7月底",
    }


def test_help_and_what_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answered(DAYS, ["b", "?", "9", "9" * 5_000, "没有的局吗", "q"], monkeypatch)
    out = capsys.readouterr().out
    assert "这是第一项。" in out
    assert "b：返回上一处重新答复" in out
    assert "  或直接填写，如 牵头单位：县住建局；责任单位：县发改局、县财政局\n" in out
    assert "请填 1 到" in out
    assert "看不出是不是单位名称。请重新填写。" in out


def test_answers_for_several_items_come_back_as_they_were_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    importing = Import(DAYS, "通知.txt")
    typed = iter(["1", "6月底", "1*"])
    monkeypatch.setattr(builtins, "input", lambda _: next(typed))
    reviewed(importing, importing.draft(), Output(color=False))

    text = importing.answers.text()
    assert '  - about: deadline\n    subjects: ["1.1", "2.1"]\n    text: ""\n' in text
    again = make_draft(DAYS, read_answers(text.encode(), "answers.yaml"))
    assert again.open_doubts == ()
    assert again.tasks == importing.draft().tasks
    assert again.tasks[2]["items"][0]["units"]["lead"] == ["质安处"]


UNSIGNED = "关于示例改革的若干举措\n1.简化示例手续。（县甲局牵头，6月底前）\n2.优化示例服务。（县乙局牵头，7月底前）\n"
"""A notice without number, issuer, day and year."""


def test_what_is_typed_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Words that are none are asked for again; a number is that of a choice. What can't be read in a file stays open."""
    document = read_document(UNSIGNED.encode(), "通知.txt")
    typed = ["5月", "2025年5月7日", "2", "9", "示县〔2025〕9号", "示例办", "25年", "2025", "q"]
    found, asked = answered(document, typed, monkeypatch)
    assert asked[0] == "序号（1；如 1*，其余1处同样答复；? 说明，q 停止）："
    said = {subject: words for (code, subject), words in found.items() if code == "notice"}
    assert said == {
        "文号": "示县〔2025〕9号", "印发机关": "示例办", "印发日期": "2025年5月7日", "任务年度": "2025",
    }  # fmt: skip
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if line.endswith("请重新填写。")] == [
        "印发日期应写成 2024-05-07 的样子。请重新填写。",
        "任务年度应写成 2024 的样子。请重新填写。",
    ]

    answers = Answers({Key("notice", subject, ""): words for subject, words in said.items()})
    draft = make_draft(document, answers)
    assert (draft.notice["issued"], draft.notice["year"]) == ("2025-05-07", "2025")
    assert not draft.refused
    answers.values[Key("notice", "印发日期", "")] = "2025年5月"
    draft = make_draft(document, answers)
    assert [one.why for one in draft.refused] == ["印发日期应写成 2024-05-07 的样子"]
    assert "印发日期" in [name for one in draft.open_doubts for name in one.concerns]
