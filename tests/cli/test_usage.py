"""Wrong use is told in one Chinese sentence with the remedy, on standard error, with status 2."""

import re
import subprocess
from pathlib import Path

import pytest

from gaigai_cli.cli.commands import COMMANDS
from tests.program import Gaigai, Run
from tests.transcript import SHIPPED, copied

DATA = str(Path(__file__).parent.parent.parent / "data")

# What is English by right: names of commands and settings, and the names of two standards.
BY_RIGHT = re.compile(
    r"gaigai(?: [a-z][\w.-]*)?(?: --[\w-]+(?: [\w.]+)?)*|git config [\w.]+|git log|git fsck|JSON Schema"
)
ENGLISH = re.compile(r"[A-Za-z]{2,}[,.]? +[A-Za-z]{2,}")


def english_in(text: str) -> list[str]:
    return ENGLISH.findall(BY_RIGHT.sub("", text))


WRONG: dict[tuple[str, ...], str] = {
    ("lst",): "错误：没有“lst”这个命令。是否要写“list”？运行 gaigai --help 查看全部命令。",
    ("问",): "错误：没有“问”这个命令。运行 gaigai --help 查看全部命令。",
    (
        "--dta",
        "x",
    ): "错误：没有 --dta 这个选项。是否要写 --data、--at？运行 gaigai --help 查看用法。",
    ("-x",): "错误：没有 -x 这个选项。运行 gaigai --help 查看用法。",
    ("--data",): "错误：选项 --data 后面缺少目录。运行 gaigai --help 查看用法。",
    ("--no-color",): "错误：没有写明命令。运行 gaigai --help 查看全部命令。",
    ("--no-color=1", "check"): "错误：选项 --no-color 后面不带值。只写 --no-color 即可。",
    ("--completion", "csh"): "错误：--completion 没有“csh”这一种。"
    "是否要写“zsh”？可写：bash、zsh、fish、powershell。",
    ("check", "--strct"): "错误：没有 --strct 这个选项。"
    "是否要写 --strict？运行 gaigai check --help 查看用法。",
    ("check", "--format"): "错误：选项 --format 后面缺少格式。运行 gaigai check --help 查看用法。",
    ("check", "--format", "xml"): "错误：--format 没有“xml”这一种。可写：text、json、github。",
    ("check", "--strict=1"): "错误：选项 --strict 后面不带值。只写 --strict 即可。",
    ("check", "甲", "乙"): "错误：“甲 乙”是多余的。运行 gaigai check --help 查看用法。",
    ("check", "--as-of", "今天"): "错误：gaigai check 不分日期，没有 --as-of 这个选项。"
    "要查某个提交的数据，请用 --at。",
    ("schema", "task"): "错误：名称 没有“task”这一种。"
    "是否要写“tasks”？可写：tasks、departments、rules、reviewers、contacts、log、lists、state。",
    ("todo", "--unit"): "错误：选项 --unit 后面缺少单位。运行 gaigai todo --help 查看用法。",
    ("todo", "--unit", "县住局"): "错误：没有“县住局”这个单位。"
    "是否要写“县住建局”？运行 gaigai depts 查看全部单位。",
    ("todo", "--as-of", "2024-02-30"): "错误：--as-of 写错了：没有“2024-02-30”这一日期。",
    ("todo", "--as-of", "何时"): "错误：--as-of 写错了：“何时”不是能识别的日期，"
    "可写 2024-06-30、今天、6月30日、6月底、2024年6月底，或月份 2024-06。",
    ("todo", "--data", "没有这里"): None,  # type: ignore[dict-item] # the path is the test's own
}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_use(gaigai: Gaigai, words: tuple[str, ...]) -> None:
    run = gaigai(*words, GAIGAI_DATA=DATA)

    assert (run.status, run.out) == (2, "")
    assert english_in(run.err) == []
    if WRONG[words] is not None:
        assert run.err == f"{WRONG[words]}\n"


@pytest.mark.external("git")
def test_a_commit_that_looks_like_an_option(gaigai: Gaigai, tmp_path: Path) -> None:
    data = copied(SHIPPED, tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)

    run = gaigai("--data", str(data), "todo", "--at", "-x")

    assert (run.status, run.out) == (2, "")
    assert run.err == "错误：“-x”不是提交的名称。应写提交号、分支名或标签名。\n"


def test_missing_argument(gaigai: Gaigai) -> None:
    run = gaigai("show", GAIGAI_DATA=DATA)

    assert run.status == 2
    assert run.err == "错误：缺少编号。运行 gaigai show --help 查看用法。\n"


def test_control_characters_are_not_obeyed(gaigai: Gaigai) -> None:
    run = gaigai("\x1b[31m红", GAIGAI_DATA=DATA)

    assert run == Run(2, "", "错误：没有“�[31m红”这个命令。运行 gaigai --help 查看全部命令。\n")


def test_help_is_chinese(gaigai: Gaigai) -> None:
    for words in ((), *((name,) for name in COMMANDS)):
        run = gaigai(*words, "--help", COLUMNS="200")

        assert (words, run.status, run.err) == (words, 0, "")
        assert run.out.startswith(" ".join(("用法：gaigai", *words)))
        prose = run.out.partition("\n示例\n")[0]
        assert (words, english_in(prose)) == (words, [])


@pytest.mark.parametrize("sentence", ["Try this", "No such option: --x", "Error: Missing command."])
def test_english_would_be_found(sentence: str) -> None:
    assert english_in(f"错误：{sentence}。")
