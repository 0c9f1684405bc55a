"""What is written where: pipes, colours, encodings, widths."""

import io
import os
import subprocess
import sys
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path

import pytest

from gaigai_cli.cli.commands import COMMANDS
from gaigai_cli.cli.output import PIPED_WIDTH, Output, prepare_streams
from gaigai_cli.render.width import AMBIGUOUS_CELLS
from tests.program import Gaigai, in_shell
from tests.transcript import EXAMPLE, copied

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "data"
ESCAPE = b"\x1b["


@pytest.mark.usefixtures("ready")
def test_pipes_are_utf_8_and_without_colour(tmp_path: Path) -> None:
    done = in_shell("--data", str(DATA), "list", cwd=tmp_path, settings={"PYTHONUTF8": "1"})

    assert done.returncode == 0
    assert ESCAPE not in done.stdout
    assert "县财政局" in done.stdout.decode("utf-8")


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("words", [("list",), ("todo",), ("--help",), ("check",), ("lst",)])
def test_a_gbk_console_is_no_reason_to_end(tmp_path: Path, words: tuple[str, ...]) -> None:
    settings = {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0", "GAIGAI_DATA": str(DATA)}

    done = in_shell(*words, cwd=tmp_path, settings=settings)

    assert done.returncode == (2 if words == ("lst",) else 0)
    text = (done.stdout + done.stderr).decode("gbk")
    assert "\n" in text
    assert "内部错误" not in text


@pytest.mark.skipif(sys.platform != "linux", reason="locales are made by localedef")
def test_names_of_files_mean_the_same_in_a_gbk_locale(tmp_path: Path, gaigai: Gaigai) -> None:
    """Evidence is found, and what is typed or set is understood in the encoding of the terminal."""
    locale = tmp_path / "zh_CN.GBK"
    made = subprocess.run(
        ["localedef", "-c", "-i", "POSIX", "-f", "GBK", str(locale)],
        capture_output=True,
        check=False,
    )
    if not locale.is_dir():
        pytest.skip(f"no such locale can be made: {made.stderr!r}")
    unit = "县财政局"
    settings = {"LOCPATH": str(tmp_path), "LC_ALL": "zh_CN.GBK"}
    given = {"GAIGAI_UNIT": unit.encode("gbk"), "GAIGAI_DATA": str(EXAMPLE).encode("gbk")}
    env: dict[str, str | bytes] = {**os.environ, **settings, **given}
    for name in ("PYTHONUTF8", "PYTHONIOENCODING"):
        env.pop(name, None)
    # What is typed comes as the terminal writes it, a name that the shell has completed as it lies on the disk.
    completed = [b"--data", str(EXAMPLE).encode()]
    for words, before in ((["check"], []), (["depts", unit], []), (["check"], completed)):
        done = subprocess.run(
            [sys.executable, "-m", "gaigai_cli", *before, *(word.encode("gbk") for word in words)],
            env=env,
            capture_output=True,
            check=False,
        )
        usual = gaigai("--data", str(EXAMPLE), *words, GAIGAI_UNIT=unit)
        assert (done.returncode, done.stdout.decode("gbk")) == (0, usual.out), done.stderr


@pytest.mark.usefixtures("ready")
def test_what_an_encoding_lacks_is_replaced(tmp_path: Path) -> None:
    settings = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}

    done = in_shell("--data", str(DATA), "list", cwd=tmp_path, settings=settings)

    assert done.returncode == 0
    assert b"16.2" in done.stdout


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    "words",
    [
        *((*words, "--format", "json") for words in (("list",), ("status",), ("show", "16.2"))),
        *(("list", "--format", form) for form in ("csv", "md")),
        ("check", "--format", "json"),
        ("report", "--month", "2024-06", "--stdout"),
        ("export", "--format", "md"),
        ("schema", "tasks"),
    ],
    ids=" ".join,
)
def test_text_for_programs_is_utf_8_in_a_gbk_console_too(
    gaigai: Gaigai, tmp_path: Path, words: tuple[str, ...]
) -> None:
    plain = {"GAIGAI_DATA": str(DATA), "GAIGAI_NOW": "2024-07-02T09:00:00"}
    gbk = {**plain, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}

    done = in_shell(*words, cwd=tmp_path, settings=gbk)

    assert done.returncode == 0
    assert b"\r" not in done.stdout.replace(b"\r\n", b"" if "csv" in words else b"\r")
    assert done.stdout.decode("utf-8") == gaigai(*words, **plain).out


ANSWERS = [name for name, entry in COMMANDS.items() if entry.answers]


def test_commands_that_answer() -> None:
    assert {"list", "show", "todo", "check", "diff"} < set(ANSWERS)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        *((("list",), f"预警.{ending}") for ending in ("csv", "json", "md", "txt")),
        (("show", "16.2"), "事项.txt"),
        (("todo",), "新/待办.json"),
        (("overdue", "--exit-code"), "逾期.txt"),
        (("check", "--strict"), "问题.json"),
    ],
)
def test_an_answer_goes_to_a_file(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = {"GAIGAI_DATA": str(DATA), "GAIGAI_NOW": "2024-07-02T09:00:00"}
    ending = Path(name).suffix.removeprefix(".")
    shown = gaigai(*words, *(() if ending == "txt" else ("--format", ending)), **settings)

    run = gaigai(*words, "--out", name, **settings)

    assert (run.status, run.out) == (shown.status, "")
    assert run.err == f"{shown.err}已写入 {name}。\n"
    assert (tmp_path / name).read_bytes().decode("utf-8") == shown.out


@pytest.mark.external("git")
def test_a_difference_goes_to_a_file(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(DATA, tmp_path)
    for words in ("init -q", "add .", "-c user.name=a -c user.email=a@b.invalid commit -qm 清单"):
        subprocess.run(["git", *words.split()], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)

    assert gaigai("diff", "--out", "改动.md").status == 0
    assert "没有改动" in (tmp_path / "改动.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--out", "有.csv"), "“有.csv”已存在，没有覆盖。请换一个文件名，或先移走它。"),
        (("--out", "夹"), "“夹”是一个文件夹。--out 应写文件名。"),
        (("--out", "aux"), "文件名“aux”不能使用：这是 Windows 保留的设备名。请改名后再试。"),
        (("--out", "a.csv", "--format", "json"), "--out 的文件名是 csv，--format 却是 json。"),
        (("--out", "a.docx"), "--out 的文件不能写成 docx。扩展名可写：txt、json、csv、md。"),
        (("--out", "a.pdf"), "--out 的文件不能写成 pdf。扩展名可写：txt、json、csv、md。"),
        (("--out", "a.csv", "--lead", "没有这个局"), "没有“没有这个局”这个单位。"),
    ],
)
def test_a_file_that_is_not_written(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "有.csv").write_bytes(b"old")
    (tmp_path / "夹").mkdir()

    run = gaigai("--data", str(DATA), "list", *words)

    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f"错误：{message}")
    assert (tmp_path / "有.csv").read_bytes() == b"old"
    assert {file.name for file in tmp_path.iterdir()} == {"有.csv", "夹"}


@pytest.mark.parametrize("words", ["remind --out 名单.xlsx", "collect . --out 名单.xlsx"])
def test_a_text_is_written_as_nothing_else(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run = gaigai("--data", str(EXAMPLE), *words.split())

    assert (run.status, run.out, list(tmp_path.iterdir())) == (2, "", [])
    assert run.err == "错误：--out 的文件不能写成 xlsx。扩展名可写：txt、md。\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("remind --unit 县财政局 --out 函.docx", "--out（写到这个文件）在这里不起作用。"),
        ("remind --unit 县财政局 --out 函", "--out（写到这个文件）在这里不起作用。"),
        ("contacts 县财政局 --name 示例甲 --out 谁.txt", "--out（写到这个文件）在这里不起作用。"),
        ("remind --returned 示例提〔2024〕1号 --out 函.docx", "--out 的文件不能写成 docx。"),
    ],
)
def test_no_file_is_written_where_nothing_is_answered(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, said: str
) -> None:
    copied(EXAMPLE, tmp_path)
    monkeypatch.chdir(tmp_path)
    before = {file: file.stat().st_size for file in tmp_path.rglob("*")}
    run = gaigai(*words.split(), GAIGAI_NOW="2024-07-11T10:00:00", GAIGAI_UNIT="县工改办")

    assert (run.status, run.out) == (2, "")
    assert said in run.err
    assert {file: file.stat().st_size for file in tmp_path.rglob("*")} == before


def test_a_message_for_a_chat_is_written_by_its_ending(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(EXAMPLE, tmp_path)
    monkeypatch.chdir(tmp_path)
    words = ("remind", "--unit", "县财政局", "--out", "函.txt")
    assert gaigai(*words, GAIGAI_NOW="2024-07-11T10:00:00").status == 0
    assert (
        (tmp_path / "函.txt").read_text(encoding="utf-8").startswith("【督办】（示例）县财政局：")
    )
    assert not (tmp_path / "reports/督办").exists()


@pytest.mark.parametrize(
    ("words", "also"),
    [
        ("archive --month 2024-06 --out 归档.pdf", "或 .zip 文件"),
        ("form --all --out 表.zip", ""),
        ("import README.md --out 清单.xlsx", ""),
        ("schema --out 格式.txt", "或 .json 文件"),
        ("init 清单.xlsx", ""),
        ("init --next-year 2025 明年.docx", ""),
        ("practise 练习.zip", ""),
    ],
)
def test_no_folder_is_called_like_a_file(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, also: str
) -> None:
    copied(EXAMPLE, tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("1. 事项", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    run = gaigai(*words.split())

    assert (run.status, run.out, sorted(tmp_path.iterdir())) == (2, "", before)
    name = next(w for w in words.split() if w.endswith((".pdf", ".zip", ".xlsx", ".txt", ".docx")))
    assert run.err == f"错误：“{name}”是文件名。请写文件夹{also}。\n"


@pytest.mark.parametrize(
    ("char", "encoding", "shown"),
    [
        ("✓", "gbk", "√"),
        ("✗", "gbk", "×"),
        ("⚠", "gbk", "！"),
        ("₂", "gbk", "2"),
        ("㎏", "gb2312", "kg"),
        ("䶮", "gbk", "〓"),
        ("𠮷", "gbk", "〓"),
        ("县", "ascii", "?"),
        ("✓", "gb18030", "✓"),
    ],
)
def test_something_like_it_is_shown_for_what_an_encoding_lacks(
    char: str, encoding: str, shown: str
) -> None:
    prepare_streams()

    assert f"甲{char}".encode(encoding, "gaigai").decode(encoding)[1:] == shown


@pytest.mark.parametrize(
    ("settings", "encoding"),
    [
        ({"MSYSTEM": "MINGW64"}, "utf-8"),
        ({}, "gbk"),
        ({"MSYSTEM": "MINGW64", "PYTHONIOENCODING": "gbk"}, "gbk"),
    ],
)
def test_git_bash_is_shown_utf_8(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], encoding: str
) -> None:
    for name in ("MSYSTEM", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "win32")
    stream = io.TextIOWrapper(io.BytesIO(), "gbk")
    monkeypatch.setattr(sys, "stdout", stream)

    prepare_streams()

    assert stream.encoding == encoding


class Console:
    """Windows' old console, as far as the program asks it."""

    def __init__(self, page: int) -> None:
        self.kernel32 = self
        self.page = page

    def GetConsoleOutputCP(self) -> int:  # noqa: N802 - Windows' name
        return self.page


@pytest.mark.parametrize(
    ("page", "settings", "cells"),
    [(936, {}, 2), (65001, {}, 1), (936, {"WT_SESSION": "1"}, 1)],
)
def test_the_old_chinese_console_shows_ambiguous_characters_in_two_cells(
    monkeypatch: pytest.MonkeyPatch, page: int, settings: dict[str, str], cells: int
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("ctypes.windll", Console(page), raising=False)
    monkeypatch.delenv("WT_SESSION", raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdout", stream)

    def found() -> int:
        prepare_streams()
        return AMBIGUOUS_CELLS.get()

    assert copy_context().run(found) == cells


@pytest.mark.usefixtures("ready")
@pytest.mark.skipif(os.name == "nt", reason="Windows tells a closed pipe only at the next write")
@pytest.mark.parametrize("words", [("list",), ("list", "--format", "json"), ("--help",)])
def test_a_pipe_closed_early_is_quiet(words: tuple[str, ...]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "gaigai_cli", "--data", str(DATA), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    errors = process.stderr.read()
    process.stderr.close()

    assert (process.wait(), errors) == (0, b"")


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("words", "settings", "colour"),
    [
        ((), {}, True),
        (("--no-color",), {}, False),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"TERM": "dumb"}, False),
    ],
)
def test_colour_on_a_terminal(
    words: tuple[str, ...], settings: dict[str, str], colour: bool
) -> None:
    import pty

    plain = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "gaigai_cli", *words, "--help"],
        stdout=side,
        env=plain | {"TERM": "xterm"} | settings,
    )
    os.close(side)
    read = b""
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:  # how Linux tells that the other side is closed
            break
        if not chunk:
            break
        read += chunk
    os.close(main)

    assert process.wait() == 0
    assert (ESCAPE in read) is colour


def test_no_colour_in_a_pipe_whatever_is_forced(gaigai: Gaigai) -> None:
    assert "\x1b" not in gaigai("--help", FORCE_COLOR="1", CLICOLOR_FORCE="1").out


@pytest.mark.parametrize(
    ("columns", "width"),
    [("80", 80), ("200", 200), ("10", 40), ("", PIPED_WIDTH), ("x", PIPED_WIDTH)],
)
def test_width(monkeypatch: pytest.MonkeyPatch, columns: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    assert Output().width == width


class _Terminal(io.StringIO):
    """A standard error that a person reads."""

    def isatty(self) -> bool:
        return True


def test_long_work_says_how_far_it_is_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaigai_cli.cli.output._LONG", 0.0)
    for stream, seen in ((_Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setenv("TERM", "xterm")
        output = Output()
        with suppress(KeyError), output.progress("收报送表") as told:
            told(2, 5)
            raise KeyError
        assert ("收报送表" in stream.getvalue(), "2/5" in stream.getvalue()) == (seen, seen)
        assert not seen or stream.getvalue().endswith(
            "\x1b[?25h\r\x1b[1A\x1b[2K"
        )  # nothing is left


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    Output().json([{"单位": "县财政局", "light": None}, {}])
    Output().json([])
    Output().json({"单位": "县财政局"})

    assert capsys.readouterr().out == (
        '[\n{"单位": "县财政局", "light": null},\n{}\n]\n[]\n{\n  "单位": "县财政局"\n}\n'
    )


def test_data_are_bytes_as_they_are(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Output().data("\ufeff编号,\r\n".encode())

    assert capfdbinary.readouterr().out == "\ufeff编号,\r\n".encode()
