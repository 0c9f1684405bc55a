"""Questions on a real terminal: a report, an application that waits, and what becomes of a change of mind."""

import re
import sys
from pathlib import Path

import pytest

from gaigai_cli.cli import ask
from gaigai_cli.work.questions import AskedInTurn, Question
from tests.program import Gaigai, SameAsFile
from tests.terminal import Answers, converse
from tests.transcript import EXAMPLE, SHIPPED, copied

SCREENS = Path(__file__).parent / "screens"
NUMBER = re.compile(r"(\d{8}-\d{6})-[0-9a-f]{8}")

pytestmark = [
    pytest.mark.usefixtures("ready"),
    pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows"),
]

REPORT: Answers = (
    ("事项编号：", "26.2"),
    ("事项编号：", "7.1"),
    ("序号［1］：", "9"),
    ("序号［1］：", ""),
    ("进展情况：", ""),
    ("进展情况：", "b"),
    ("事项编号：", "1.2"),
    ("序号［1］：", "b"),
    ("事项编号：", "7.1"),
    ("序号［1］：", ""),
    ("进展情况：", "s"),
    ("进展情况：", "?"),
    ("进展情况：", "抽查项目3个，未发现线下审查。"),
    ("存在问题（可不填）：", "人手不够。"),
    ("下一步打算（可不填）：", "上一步"),
    ("存在问题（可不填）：", "s"),
    ("下一步打算（可不填）：", "继续抽查。"),
    ("指标“执法处理率”，单位：%（可不填）：", "很高"),
    ("指标“执法处理率”，单位：%（可不填）：", "100%"),
    ("指标“线下审查、体外循环”，单位：件（可不填）：", "0"),
    ("佐证（文号、链接或文件路径；可不填）：", "示例文号〔2024〕21号"),
    ("第2件（没有请直接回车）：", "b"),
    ("佐证（文号、链接或文件路径；可不填）：", "示例文号〔2024〕12号"),
    ("第2件（没有请直接回车）：", ""),
    ("登记人：", "示例丁"),
    ("写入以上记录（是/否）［是］：", "好的"),
    ("写入以上记录（是/否）［是］：", ""),
)


def without_chance(screen: str) -> str:
    """The screen with the random half of record numbers masked."""
    return NUMBER.sub(r"\1-········", screen)


def test_update_asks_for_everything(tmp_path: Path, same_as_file: SameAsFile) -> None:
    data = copied(SHIPPED, tmp_path, example=True)

    status, screen = converse(
        ["update"], REPORT, cwd=tmp_path, settings={"GAIGAI_NOW": "2024-06-21T09:00:00"}
    )

    assert status == 0
    same_as_file(without_chance(screen), SCREENS / "update.txt")
    log = (data / "progress" / "县住建局.yaml").read_text(encoding="utf-8")
    assert "summary: 抽查项目3个，未发现线下审查。" in log
    assert log.endswith("by: 示例丁\n")


def test_nothing_is_before_the_first_field_where_item_and_unit_are_known(tmp_path: Path) -> None:
    copied(SHIPPED, tmp_path, example=True)
    answers: Answers = (("进展情况：", "b"), ("进展情况：", "q"))

    status, screen = converse(
        ["update", "16.2"], answers, cwd=tmp_path, settings={"GAIGAI_NOW": "2024-06-21T09:00:00"}
    )

    assert status == 130
    assert "进展情况：b\n这是第一项。\n进展情况：q\n" in screen


def test_no_english_is_spoken(tmp_path: Path) -> None:
    copied(SHIPPED, tmp_path, example=True)
    _, screen = converse(
        ["update"], REPORT, cwd=tmp_path, settings={"GAIGAI_NOW": "2024-06-21T09:00:00"}
    )

    spoken = screen.partition("新文件")[0]
    spoken = re.sub(r"gaigai \w+|BIM|--\w+", "", NUMBER.sub("", spoken))
    assert re.findall(r"[A-Za-z]{2,}", spoken) == []


def test_the_office_is_asked_for_which_unit_first(tmp_path: Path) -> None:
    """In the office's clone, where a record that names no unit would be its own; then how the unit has told it."""
    data = copied(SHIPPED, tmp_path, example=True)
    answers: Answers = (
        ("序号［1］：", "2"), ("序号：", "3"), ("存在问题（可不填）：", ""), ("下一步打算（可不填）：", ""),
        ("佐证（文号、链接或文件路径；可不填）：", ""), ("写入以上记录（是/否）［是］：", "是"),
    )  # fmt: skip

    status, screen = converse(
        ["update", "4.1", "--summary", "已并联。", "--by", "示例甲"],
        answers,
        cwd=tmp_path,
        settings={"GAIGAI_NOW": "2024-06-21T09:00:00", "GAIGAI_UNIT": "县工改办"},
    )

    assert status == 0, screen
    assert "以哪个单位的名义记录：" in screen
    log = (data / "progress" / "县自然资源局.yaml").read_text(encoding="utf-8")
    assert "via: 电话" in log


def test_who_says_no_gets_the_words_back(tmp_path: Path, gaigai: Gaigai) -> None:
    copied(SHIPPED, tmp_path, example=True)
    answers: Answers = (
        ("进展情况：", "经费“正在”拨付 & 会签。"),
        ("完成百分比（可不填）：", "60"),
        ("存在问题（可不填）：", ""),
        ("下一步打算（可不填）：", ""),
        ("佐证（文号、链接或文件路径；可不填）：", ""),
        ("写入以上记录（是/否）［是］：", "否"),
    )

    status, screen = converse(
        ["update", "16.2", "--unit", "czj", "--by", "示例丙"],
        answers,
        cwd=tmp_path,
        settings={"GAIGAI_NOW": "2024-06-21T09:00:00"},
    )

    assert status == 130
    assert not (tmp_path / "data" / "progress").exists()
    assert screen.endswith(
        "所填内容没有写入，改正后可粘贴下面的命令重新运行：\n"
        "gaigai update 16.2 --unit czj --by 示例丙 --summary '经费“正在”拨付 & 会签。' --percent 60\n"
        "已取消，没有写入。\n"
    )


def test_end_of_input_cancels(tmp_path: Path) -> None:
    copied(SHIPPED, tmp_path, example=True)
    answers: Answers = (("进展情况：", "经费正在拨付。"), ("完成百分比（可不填）：", "\x04"))

    status, screen = converse(
        ["update", "16.2", "--unit", "czj", "--by", "示例丙"],
        answers,
        cwd=tmp_path,
        settings={"GAIGAI_NOW": "2024-06-21T09:00:00"},
    )

    assert status == 130
    assert "--summary 经费正在拨付。" in screen
    assert "Traceback" not in screen


def test_all_required_given_nothing_is_asked(tmp_path: Path) -> None:
    copied(SHIPPED, tmp_path, example=True)

    status, screen = converse(
        ["update", "16.2", "--unit", "czj", "--by", "示例丙", "--summary", "正在拨付。"],
        (),
        cwd=tmp_path,
        settings={"GAIGAI_NOW": "2024-06-21T09:00:00"},
    )

    assert status == 0
    assert "：\n" not in screen.partition("新文件")[0]


def test_pending_goes_through_all_that_waits(
    tmp_path: Path, same_as_file: SameAsFile, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = copied(SHIPPED, tmp_path, example=True)
    monkeypatch.chdir(tmp_path)
    who = {
        "16.2": ("县财政局", "示例丙"),
        "18.1": ("县财政局", "示例丙"),
        "14.1": ("县住建局", "示例丁"),
    }
    for day, (item, (unit, by)) in enumerate(who.items(), 10):
        words = ["--unit", unit, "--by", by, "--evidence", f"示例凭证{day}号"]
        assert gaigai("done", item, *words, GAIGAI_NOW=f"2024-06-{day}T09:00:00").status == 0

    answers: Answers = (
        ("序号：", "b"),
        ("序号：", "1"),
        ("核验意见（可不填）：", "b"),
        ("序号：", "1"),
        ("核验意见（可不填）：", "同意销号。"),
        ("写入以上记录（是/否）［是］：", "否"),
        ("序号：", "通过"),
        ("核验意见（可不填）：", "同意销号。"),
        ("写入以上记录（是/否）［是］：", "是"),
        ("序号：", "2"),
        ("退回理由：", "缺少支付凭证。"),
        ("写入以上记录（是/否）［是］：", ""),
        ("序号：", "1"),
        ("核验意见（可不填）：", ""),
        ("指标未达仍予销号的理由：", "试点推迟。"),
        ("写入以上记录（是/否）［是］：", "否"),
        ("序号：", "3"),
    )
    status, screen = converse(
        ["verify", "--pending", "--by", "示例乙"],
        answers,
        cwd=tmp_path,
        settings={"GAIGAI_NOW": "2024-06-20T09:00:00"},
    )

    assert status == 0
    same_as_file(without_chance(screen), SCREENS / "verify-pending.txt")
    log = (data / "progress" / "县工改办.yaml").read_text(encoding="utf-8")
    assert re.findall(r'item: "(\S+)"|kind: (\S+)', log) == [
        ("16.2", ""), ("", "核验销号"), ("18.1", ""), ("", "退回补正"),
    ]  # fmt: skip


def test_pending_extensions(
    tmp_path: Path, same_as_file: SameAsFile, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(SHIPPED, tmp_path, example=True)
    monkeypatch.chdir(tmp_path)
    for item in ("16.2", "18.1"):
        words = ["--unit", "czj", "--by", "示例丙", "--to", "7月底", "--reason", "账户有误。"]
        assert gaigai("extend", item, *words, GAIGAI_NOW="2024-06-20T09:00:00").status == 0

    answers: Answers = (
        ("序号：", "1"),
        ("依据：", "示例会议（2024-06-20）"),
        ("批准人：", "示例申"),
        ("理由（可不填）：", ""),
        ("写入以上记录（是/否）［是］：", ""),
        ("序号：", "4"),
    )
    status, screen = converse(
        ["grant", "--pending", "--by", "示例乙"],
        answers,
        cwd=tmp_path,
        settings={"GAIGAI_NOW": "2024-06-21T09:00:00"},
    )

    assert status == 0
    same_as_file(without_chance(screen), SCREENS / "grant-pending.txt")

    words = ["--unit", "县住建局", "--by", "示例丁", "--to", "12月底", "--reason", "试点推迟。"]
    assert gaigai("extend", "14.1", *words, GAIGAI_NOW="2024-06-21T09:00:00").status == 0
    lines = iter(["9" * 5_000, "3", "q"])
    monkeypatch.setattr(ask, "on_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(lines))
    ended = gaigai("grant", "--pending", "--by", "示例乙", GAIGAI_NOW="2024-06-21T09:00:00")
    assert (ended.status, ended.err) == (0, "本次办理：暂不办理1项。\n")


def test_correct_asks_which_and_what(tmp_path: Path, same_as_file: SameAsFile) -> None:
    data = copied(EXAMPLE, tmp_path)
    answers: Answers = (
        ("序号：", "1"),
        ("序号：", "完成百分比"),
        ("完成百分比改为", "b"),
        ("序号：", "登记人"),
        ("登记人改为：", "示例甲"),
        ("序号：", "b"),
        ("序号：", "进展情况"),
        ("进展情况改为：", "办结材料已报。"),
        ("序号：", "没有了"),
        ("更正理由：", "漏填。"),
        ("写入以上记录（是/否）［是］：", ""),
    )

    status, screen = converse(
        ["correct"],
        answers,
        cwd=tmp_path,
        settings={
            "GAIGAI_NOW": "2025-02-03T09:00:00",
            "GAIGAI_UNIT": "县水利局",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "user.name",
            "GIT_CONFIG_VALUE_0": "示例甲",
        },
    )

    assert status == 0
    same_as_file(without_chance(screen), SCREENS / "correct.txt")
    assert "corrects:" in (data / "progress" / "县水利局.yaml").read_text(encoding="utf-8")


def test_the_office_says_how_it_heard(tmp_path: Path) -> None:
    data = copied(SHIPPED, tmp_path, example=True)
    answers: Answers = (("序号：", "3"),)

    status, screen = converse(
        ["update", "1.2", "--unit", "县水利局", "--by", "示例甲", "--summary", "已办理3件。"],
        answers,
        cwd=tmp_path,
        settings={"GAIGAI_NOW": "2024-06-21T09:00:00", "GAIGAI_UNIT": "县工改办"},
    )

    assert status == 0
    assert (
        "县工改办代县水利局记录，单位报来的方式：\n  1  报表\n  2  书面\n  3  电话\n序号：3\n"
        in screen
    )
    log = (data / "progress" / "县水利局.yaml").read_text(encoding="utf-8")
    assert log.endswith("    by: 示例甲\n    via: 电话\n")


def test_applications_are_asked_of_leads_about_dated_items(
    tmp_path: Path, same_as_file: SameAsFile
) -> None:
    copied(SHIPPED, tmp_path, example=True)
    answers: Answers = (
        ("事项编号：", "1.1"),
        ("事项编号：", "16.2"),
        ("完成情况（可不填）：", "已拨付。"),
        ("佐证（文号、链接或文件路径）：", ""),
        ("佐证（文号、链接或文件路径）：", "示例凭证1号"),
        ("第2件（没有请直接回车）：", ""),
        ("完成百分比（可不填）：", ""),
        ("写入以上记录（是/否）［是］：", ""),
    )

    status, screen = converse(
        ["done", "--by", "示例丙"],
        answers,
        cwd=tmp_path,
        settings={"GAIGAI_NOW": "2024-06-21T09:00:00", "GAIGAI_UNIT": "县财政局"},
    )

    assert status == 0
    same_as_file(without_chance(screen), SCREENS / "done.txt")


def test_verifying_what_was_entered_late_asks_which_day_counts(
    tmp_path: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch, same_as_file: SameAsFile
) -> None:
    data = copied(SHIPPED, tmp_path, example=True)
    monkeypatch.chdir(tmp_path)
    words = ["--unit", "县财政局", "--by", "示例丙", "--date", "2024-06-28"]
    for item in ("16.2", "18.1"):
        done = ["done", item, *words, "--evidence", f"示例凭证{item}"]
        assert gaigai(*done, GAIGAI_NOW="2024-07-10T09:00:00").status == 0

    answers: Answers = (
        ("序号：", "1"),
        ("核验意见（可不填）：", ""),
        ("认定的办结日期（序号）［1］：", "2"),
        ("写入以上记录（是/否）［是］：", ""),
        ("序号：", "1"),
        ("核验意见（可不填）：", ""),
        ("认定的办结日期（序号）［1］：", ""),
        ("写入以上记录（是/否）［是］：", ""),
    )
    status, screen = converse(
        ["verify", "--pending", "--by", "示例乙", "--basis", "收文登记簿"],
        answers,
        cwd=tmp_path,
        settings={"GAIGAI_NOW": "2024-07-11T09:00:00"},
    )

    assert status == 0
    same_as_file(without_chance(screen), SCREENS / "verify-late.txt")
    log = (data / "progress" / "县工改办.yaml").read_text(encoding="utf-8")
    assert log.count("finished: 2024-06-28") == 1


@pytest.mark.parametrize(("answer", "status", "day"), [("是", 0, "2024-07-05"), ("", 2, None)])
def test_a_day_long_past_without_a_year_is_asked_about_once(
    answer: str, status: int, day: str | None, tmp_path: Path
) -> None:
    data = copied(SHIPPED, tmp_path, example=True)
    words = ["update", "16.2", "--unit", "czj", "--by", "示例丙", "--summary", "示例。"]

    found, screen = converse(
        [*words, "--date", "7月5日"],
        (("--date 写的“7月5日”是2024年7月5日吗（是/否）［否］：", answer),),
        cwd=tmp_path,
        settings={"GAIGAI_NOW": "2024-11-20T09:00:00"},
    )

    assert found == status
    assert screen.count("写的“7月5日”是") == 1
    log = data / "progress" / "县财政局.yaml"
    assert log.exists() == (day is not None)
    if day is not None:
        assert f"date: {day}" in log.read_text(encoding="utf-8")
    else:
        assert "请写明年份" in screen


def test_what_may_be_several_is_asked_for_until_there_is_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    lines = iter(["县甲局", "县乙局", "上一步", "县丙局", "ｓ"])
    monkeypatch.setattr("builtins.input", lambda prompt: asked.append(prompt) or next(lines))  # type: ignore[func-returns-value]
    walk = AskedInTurn([Question("to", tuple, "units", many=True, words="主办单位")])
    ask.fields_in_turn(walk)
    assert walk.given == {"to": ["县甲局", "县丙局"]}
    assert asked[1:] == [f"主办单位第{n}个（没有请直接回车）：" for n in (2, 3, 2, 3)]


def test_enough_is_said_alike_to_every_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "ｑ")
    with pytest.raises(ask.Cancelled):
        ask.choice("更正哪一项（序号）", [("", "整条作废")])
    with pytest.raises(ask.Cancelled):
        ask.confirm("写入以上记录")
