"""What goes wrong on Windows only: files that other programs hold, names that are devices, code page 936."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

if sys.platform != "win32":
    pytest.skip("needs Windows", allow_module_level=True)

import _winapi
import ctypes
from ctypes import wintypes

from gaigai_cli.cli import pasted
from gaigai_cli.store.lock import locked
from tests.program import Gaigai, in_shell
from tests.transcript import SHIPPED, copied

NOW = "2024-07-02T09:00:00"
READ, READ_WRITE = 0x80000000, 0xC0000000
SHARE_READ, SHARE_READ_WRITE = 1, 3
EXCEL = (READ_WRITE, SHARE_READ)
"""An open document: others may only read it."""
SCANNER = (READ, SHARE_READ_WRITE)
"""Virus scanners, indexers, previews: others may read and write, but neither replace nor delete."""


@contextmanager
def held(path: Path, how: tuple[int, int]) -> Iterator[None]:
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateFileW.restype = wintypes.HANDLE
    kernel.CreateFileW.argtypes = [
        wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID,
        wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE,
    ]  # fmt: skip
    kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    handle = kernel.CreateFileW(str(path), *how, None, 3, 0x80, None)
    assert handle not in (None, wintypes.HANDLE(-1).value), ctypes.get_last_error()
    try:
        yield
    finally:
        kernel.CloseHandle(handle)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The list in a folder that is named as an office names it."""
    folder = tmp_path / "办公 文件" / "工改（2024）"
    folder.mkdir(parents=True)
    copied(SHIPPED, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GAIGAI_NOW", NOW)
    return folder


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[list[float], ExitStack]]:
    """The waits, none of which is waited, and what is let go of in the second of them."""
    seconds: list[float] = []
    with ExitStack() as stack:

        def sleep(wait: float) -> None:
            seconds.append(wait)
            if len(seconds) == 2:
                stack.close()

        monkeypatch.setattr("time.sleep", sleep)
        yield seconds, stack


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.mark.parametrize("open_one", ["docx", "xlsx", "html", "md"])
def test_a_bulletin_that_is_open_is_named_and_no_format_is_written(
    gaigai: Gaigai, folder: Path, monkeypatch: pytest.MonkeyPatch, open_one: str
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    words = ("report", "--month", "2024-06", "--format", "docx,xlsx,html,md")
    assert gaigai(*words).status == 0
    before = files(folder)

    with held(folder / "reports" / f"2024-06.{open_one}", EXCEL):
        run = gaigai(*words, GAIGAI_NOW="2024-07-03T09:00:00")

    assert (run.status, run.out) == (2, "")
    assert run.err == (
        f"错误：“reports/2024-06.{open_one}”正被别的程序打开（如 Word、Excel、WPS），没有写入。"
        "请关闭它后再试，原有内容没有改动。\n"
    )
    assert files(folder) == before


def test_a_form_that_is_open_is_named_and_none_is_written(
    gaigai: Gaigai, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    words = ("form", "--unit", "县财政局", "--unit", "县住建局", "--month", "2024-06")
    assert gaigai(*words).status == 0
    before = files(folder)

    with held(folder / "reports/forms/2024-06/县住建局2024年6月进展报送表.xlsx", EXCEL):
        run = gaigai(*words, "--force", GAIGAI_NOW="2024-07-03T09:00:00")

    assert run.status == 2
    assert "县住建局2024年6月进展报送表.xlsx”正被别的程序打开" in run.err
    assert files(folder) == before


REPORT = (
    *("update", "16.2", "--unit", "县财政局", "--by", "示例甲", "--percent", "60"),
    *("--summary", "经费已列入预算。"),
)


def test_a_log_that_a_scanner_looks_at_is_written(
    gaigai: Gaigai, folder: Path, waits: tuple[list[float], ExitStack]
) -> None:
    assert gaigai(*REPORT).status == 0
    seconds, stack = waits
    stack.enter_context(held(folder / "data/progress/县财政局.yaml", SCANNER))

    run = gaigai(*REPORT[:-1], "经费已拨付。", GAIGAI_NOW="2024-07-03T09:00:00")

    assert (run.status, len(seconds)) == (0, 2)
    assert "经费已拨付" in (folder / "data/progress/县财政局.yaml").read_text(encoding="utf-8")


def test_a_log_that_is_open_is_named(
    gaigai: Gaigai, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    assert gaigai(*REPORT).status == 0
    before = files(folder)

    with held(folder / "data/progress/县财政局.yaml", SCANNER):
        run = gaigai(*REPORT[:-1], "经费已拨付。", GAIGAI_NOW="2024-07-03T09:00:00")

    assert run.status == 2
    assert "progress/县财政局.yaml”正被别的程序打开" in run.err
    assert files(folder) == before


@pytest.mark.parametrize(
    "words",
    [
        ("report", "--month", "2024-06", "--out", "nul"),
        ("report", "--month", "2024-06", "--out", "通报:6月.md"),
        ("export", "--out", "con.xlsx"),
        ("export", "--format", "csv", "--out", "清单.csv:隐藏"),
        ("form", "--unit", "县财政局", "--month", "2024-06", "--out", "aux"),
        ("form", "--unit", "县财政局", "--month", "2024-06", "--out", "表:甲"),
        ("schema", "--out", "COM1"),
        ("init", "新清单?"),
    ],
    ids=" ".join,
)
def test_devices_and_hidden_streams_are_no_files(
    gaigai: Gaigai, folder: Path, words: tuple[str, ...]
) -> None:
    before = files(folder)

    run = gaigai(*words)

    assert run.status == 2
    assert "不能使用：" in run.err
    assert files(folder) == before


def test_paths_in_messages_have_one_kind_of_slash(gaigai: Gaigai, folder: Path) -> None:
    (folder / "data/progress").mkdir(exist_ok=True)
    said = [
        gaigai("report", "--month", "2024-06", "--format", "md,docx"),
        gaigai("export", "--out", str(Path("导出", "清单.xlsx"))),
        gaigai("form", "--unit", "县财政局", "--month", "2024-06"),
        gaigai("init", str(Path("另", "一份"))),
        gaigai("--data", str(Path("没有", "这里")), "list"),
        gaigai("--data", str(folder / "reports"), "list"),
        gaigai("collect", str(Path("没有", "这里"))),
        gaigai("import", str(Path("没有", "通知.docx")), "--out", "草稿"),
    ]

    assert [run.status for run in said] == [0, 0, 0, 0, 2, 2, 2, 2]
    assert [run for run in said if "\\" in run.out + run.err] == []


def test_who_holds_the_lock_is_told_with_the_number_of_the_process(
    gaigai: Gaigai, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gaigai_cli.store.lock.TIMEOUT", 0.0)
    with locked(folder / "data", who="示例乙"):
        note = (folder / "data/.gaigai.lock").open("rb", buffering=0)
        with note:
            note.seek(1)
            assert note.read(100).split(b"\n")[1].isdigit()


def test_a_junction_that_leads_round_in_a_circle_is_not_followed(
    gaigai: Gaigai, folder: Path
) -> None:
    evidence = folder / "data/evidence/县财政局"
    evidence.mkdir(parents=True)
    try:
        _winapi.CreateJunction(str(folder / "data/evidence"), str(evidence / "上级"))
    except OSError:
        pytest.skip("no junctions here")
    if not (evidence / "上级/县财政局").exists():
        pytest.skip("junctions lead nowhere here")

    assert gaigai("check").status == 0


@pytest.mark.skipif(
    "县".encode("mbcs", "replace") == b"?", reason="the system's code page has no Chinese"
)
def test_programs_get_utf_8_and_people_the_console_s_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MSYSTEM")
    as_json = in_shell("list", "--format", "json", cwd=folder)
    as_csv = in_shell("list", "--format", "csv", cwd=folder)
    table = in_shell("list", cwd=folder)

    assert "县财政局" in as_json.stdout.decode("utf-8")
    assert "县财政局" in as_csv.stdout.decode("utf-8-sig")
    assert "县财政局" in table.stdout.decode("mbcs")


@pytest.mark.parametrize(
    "words", [("经费 & 会签 | 50%",), ('甲"乙" & 丙', "D:\\甲 乙\\"), ("“正在” (1)", "a^b c")]
)
def test_cmd_takes_a_pasted_command_as_it_was_typed(tmp_path: Path, words: tuple[str, ...]) -> None:
    echo = tmp_path / "echo.py"
    echo.write_text("import json, sys; print(json.dumps(sys.argv[1:]))", encoding="utf-8")
    line = " ".join(map(pasted.QUOTED["cmd"], (sys.executable, str(echo), *words)))

    done = subprocess.run(f'cmd /s /c "{line}"', capture_output=True, check=True)

    assert json.loads(done.stdout) == list(words)


@pytest.mark.parametrize("name", ["cmd", "powershell", "pwsh", "explorer"])
def test_the_shell_is_known_by_its_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """cmd leaves PROMPT to a PowerShell that is started in it, so no variable tells them apart."""
    home = Path(sys.base_prefix)
    for file in (*home.glob("*.dll"), home / "python.exe"):
        shutil.copy(file, tmp_path)
    shell = (tmp_path / "python.exe").rename(tmp_path / f"{name}.exe")
    monkeypatch.setenv("PYTHONHOME", str(home))
    monkeypatch.setenv("PROMPT", "$P$G")
    ask = "from gaigai_cli.cli import pasted; print(pasted.shell())"
    start = f"import subprocess; subprocess.run([{sys.executable!r}, '-c', {ask!r}], check=True)"

    done = subprocess.run([shell, "-c", start], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ("cmd" if name in {"cmd", "explorer"} else "powershell")
