"""What an office sets once: asked for by init and import, each skippable, and rules.yaml as the answers make it."""

from datetime import date
from pathlib import Path

import pytest

from gaigai_cli.cli import ask
from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.rules import Rules
from gaigai_cli.store.new_list import rules_text
from gaigai_cli.work.settings import settings, settings_of
from gaigai_cli.yamldoc.reader import parse
from tests.program import Gaigai, SameAsFile

KEPT = Path(__file__).parent / "kept"
NOTICE = """示例县2025年改革任务清单
示改办〔2025〕1号
各单位：
1.推进甲改革。（县甲局牵头，6月底前）
2.推进乙改革。（县乙局牵头，9月底前）
示例县改革办公室
2025年3月10日
"""
"""A notice of which nothing is doubtful, that says nothing of reports."""
ANSWERS = {
    "letterhead": "示例县数字化改革领导小组办公室文件",
    "copies": "县委办、县人大办、县政协办。",
    "phone": "0000-0000000",
    "reporting": "每季度末月20日前",
    "grades": "好95分以上、合格60、不合格0",
}


def of(**answers: str) -> Rules:
    given = settings_of(
        {name: [words] for name, words in answers.items()}, year=2025, since=date(2025, 3, 10)
    )
    return Rules.model_validate(parse(rules_text(2025, given).encode()).root)


def test_each_answer_is_a_rule() -> None:
    rules = of(**ANSWERS)
    assert rules.bulletin.letterhead == ANSWERS["letterhead"]
    assert (rules.bulletin.copies, rules.bulletin.signer) == (ANSWERS["copies"], None)
    assert rules.reporting is not None
    assert rules.reporting.model_dump() == {
        "every": "quarter",
        "by": 20,
        "of": "当月",
        "from_": "2025-03",
    }
    assert [(g.name, int(g.at_least)) for g in rules.scoring.grades] == [
        ("好", 95),
        ("合格", 60),
        ("不合格", 0),
    ]


@pytest.mark.parametrize(
    ("words", "cycle"),
    [
        ("每月25日前", ("month", 25, "当月")),
        ("每月底", ("month", 31, "当月")),
        ("次月５日前", ("month", 5, "次月")),
        ("每季度次月10日前", ("quarter", 10, "次月")),
    ],
)
def test_cycles(words: str, cycle: tuple[str, int, str]) -> None:
    found = of(reporting=words).reporting
    assert found is not None
    assert (found.every, found.by, found.of) == cycle


@pytest.mark.parametrize(
    ("name", "words", "looks"),
    [
        ("reporting", "常报", "每月25日前"),
        ("reporting", "次月45日前", "每月25日前"),
        ("grades", "优秀、良好", "优秀90"),
        ("grades", "优秀90、良好95、较差0", "由高到低"),
        ("grades", "优秀90、良好80", "最后一个为0"),
    ],
)
def test_what_is_no_answer_says_how_one_looks(name: str, words: str, looks: str) -> None:
    with pytest.raises(GaigaiError, match=looks):
        of(**{name: words})


def test_asked_by_init_and_import(
    gaigai: Gaigai,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    same_as_file: SameAsFile,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One question each; what the notice has said already isn't asked, what is skipped stays a default."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAIGAI_NOW", "2025-03-11T09:00:00")
    monkeypatch.setattr(ask, "on_terminal", lambda: True)
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        one = next((one for one in settings(2025) if question.startswith(one.label)), None)
        return ANSWERS.get(one.name, "") if one else ""

    monkeypatch.setattr("builtins.input", answer)
    made = gaigai("init")
    Path("通知.txt").write_text(NOTICE, encoding="utf-8")
    read = gaigai("import", "通知.txt", "--out", "新清单")

    assert (made.status, read.status) == (0, 0), read.err
    number = len(settings(2025))
    assert len(asked) == 2 * number
    rules = [parse(Path(folder, "rules.yaml").read_bytes()).root for folder in ("data", "新清单")]
    assert rules[0] == rules[1]
    assert gaigai("check").status == 0
    shown = "\n".join((*asked[:number], "", *made.err.splitlines()[-1:]))
    same_as_file(f"{shown}\n", KEPT / "settings.txt")
    assert "copies: 县委办、县人大办、县政协办。" in Path("data/rules.yaml").read_text("utf-8")


def test_nothing_answered_leaves_the_file_as_it_is(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    gaigai("init", "甲")
    monkeypatch.setattr(ask, "on_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "")
    gaigai("init", "乙")

    assert Path("甲/rules.yaml").read_bytes() == Path("乙/rules.yaml").read_bytes()
