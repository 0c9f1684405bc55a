"""Failures end in one place: one Chinese sentence, an exit status, no traceback."""

import errno
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gaigai_cli.cli.group import Group
from tests.program import Gaigai

BUG = (
    "错误：程序内部错误（ZeroDivisionError）。"
    "请设环境变量 GAIGAI_DEBUG=1 再运行一次，并把全部输出和所用命令报告给维护者。\n"
)
DATA = str(Path(__file__).parent.parent.parent / "data")


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(self: Group, arguments: Any) -> None:
        raise error

    monkeypatch.setattr(Group, "run", fail)


def test_a_bug_is_one_sentence(gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, ZeroDivisionError("division by zero"))

    run = gaigai("todo")

    assert (run.status, run.out, run.err) == (2, "", BUG)


def test_a_bug_shows_its_traceback_to_who_asks(
    gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, ZeroDivisionError("division by zero"))

    run = gaigai("todo", GAIGAI_DEBUG="1")

    assert run.status == 2
    assert run.err.startswith("Traceback (most recent call last):")
    assert run.err.endswith(f"ZeroDivisionError: division by zero\n{BUG}")


def test_interruption_is_quiet(gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, KeyboardInterrupt())

    run = gaigai("todo")

    assert (run.status, run.out, run.err) == (130, "", "")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file", "甲.md"), "“甲.md”不存在"),
        (PermissionError(errno.EACCES, "denied", "甲.md"), "“甲.md”没有读写权限"),
        (IsADirectoryError(errno.EISDIR, "is a directory", "甲"), "“甲”是一个文件夹，不是文件"),
        (NotADirectoryError(errno.ENOTDIR, "not one", "甲"), "“甲”是一个文件，不是文件夹"),
        (FileExistsError(errno.EEXIST, "exists", "甲"), "“甲”已经存在"),
        (OSError(errno.EIO, "Input/output error"), f"读写文件失败（系统错误码 {errno.EIO}）"),
    ],
)
def test_failures_of_the_system(
    gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch, error: OSError, sentence: str
) -> None:
    failing(monkeypatch, error)

    run = gaigai("todo")

    assert (run.status, run.err) == (2, f"错误：{sentence}。请检查路径、权限和磁盘空间。\n")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "磁盘空间不足，文件没有写完。请清理磁盘；登记时遇到的，先用 gaigai show 看是否已经登记",
        ),
        (
            OSError(errno.EFBIG, "File too large", "甲"),
            "磁盘空间不足，“甲”没有写完。请清理磁盘；登记时遇到的，先用 gaigai show 看是否已经登记",
        ),
        (
            FileNotFoundError(errno.ENOENT, "No such file or directory"),
            "当前文件夹已被删除或移走，或没有能写的临时文件夹。请换一个文件夹再运行",
        ),
    ],
)
def test_where_nothing_can_be_written_it_is_said_why(
    gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch, error: OSError, sentence: str
) -> None:
    failing(monkeypatch, error)

    assert gaigai("todo").err == f"错误：{sentence}。\n"


@pytest.mark.external("sh")
def test_what_is_started_without_streams_does_its_work(tmp_path: Path) -> None:
    """As by a scheduler; and nobody is left to be told that an error couldn't be told."""
    for line in ("init --title 示例清单 --office 示例办 <&- >&- 2>&-", "nothing 2>/dev/full"):
        words = [shutil.which("sh") or "sh", "-c", f'"{sys.executable}" -m gaigai_cli {line}']
        run = subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)
        assert (run.returncode, run.stderr) == (0 if "init" in line else 2, b"")
    assert (tmp_path / "data" / "tasks.yaml").is_file()


def test_options_may_stand_before_or_after_the_command(gaigai: Gaigai, tmp_path: Path) -> None:
    after = gaigai("todo", "--data", DATA, "--as-of", "2024-06-24")

    assert after.status == 0
    assert gaigai("--data", DATA, "--as-of", "2024-06-24", "todo") == after
    assert gaigai("--as-of", "2024-06-24", "todo", "--data", DATA) == after


def test_an_option_before_and_after_the_command_says_one_thing(
    gaigai: Gaigai, tmp_path: Path
) -> None:
    assert gaigai("--data", DATA, "check", "--data", DATA).status == 0

    day = ("--as-of", "2024-06-24")
    assert gaigai(*day, "todo", *day, "--data", DATA).status == 0

    other = gaigai(*day, "todo", "--as-of", "2024-06-25", "--data", DATA)
    assert (other.status, other.out) == (2, "")
    assert other.err.startswith("错误：--as-of（按这一天的情况查询）写了不止一次：")
    # Two directories are two lists, and one that is none is named.
    wrong = gaigai("--data", str(tmp_path), "check", "--data", DATA)
    assert (wrong.status, wrong.out) == (2, "")
    assert wrong.err.startswith(f"错误：“{tmp_path.as_posix()}”里没有 tasks.yaml，不是数据目录。")


def test_settings_give_way_to_options(gaigai: Gaigai, tmp_path: Path) -> None:
    before = gaigai("--data", DATA, "todo", GAIGAI_DATA=str(tmp_path), GAIGAI_AS_OF="2024-06-24")

    assert before == gaigai("--data", DATA, "--as-of", "2024-06-24", "todo")
    both = gaigai("--data", DATA, "--as-of", "2024-06-24", "todo", GAIGAI_AS_OF="2024-12-01")
    assert both == before
