"""The portable folder as unzipped, which GAIGAI_PORTABLE names by its gaigai.exe: the README's commands, on a list beside it."""

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.project.test_readme import tour
from tests.transcript import EXAMPLE, SHIPPED, copied

PROGRAM = os.environ.get("GAIGAI_PORTABLE", "")
if not PROGRAM:
    pytest.skip("needs the portable folder", allow_module_level=True)
PROGRAM_FOLDER = Path(PROGRAM).parent
CHINESE = "县".encode("mbcs", "replace") != b"?"
"""Whether the system's code page has Chinese, which pipes get; else the program is told that it writes to a Git Bash."""
PIPED = "mbcs" if CHINESE else "utf-8"
TOUR = os.environ.get("GAIGAI_TOUR")
"""Where what the tour shows is kept; read before the settings of the program are taken away."""


def clean_settings(day: str) -> dict[str, str]:
    settings = {"GAIGAI_NOW": f"{day}T09:00:00", "PATH": os.environ["SYSTEMROOT"] + "\\system32"}
    if not CHINESE:
        settings["MSYSTEM"] = "MINGW64"
    kept = {"SYSTEMROOT", "COMSPEC", "TEMP", "TMP", "PATHEXT", "USERPROFILE"}
    return {k: v for k, v in os.environ.items() if k in kept} | settings


def start(*words: str, cwd: Path, program: Path | str = PROGRAM, day: str = "2025-06-30") -> str:
    """What a command prints; it has to end well."""
    done = subprocess.run(
        [str(program), *words],
        cwd=cwd,
        env=clean_settings(day),
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode(PIPED)
    assert done.returncode == 0, (words, said)
    return (
        done.stdout.decode("utf-8" if {"json", "csv", "md", "--state"} & {*words} else PIPED) + said
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example in a folder of its own, apart from the program."""
    folder = tmp_path_factory.mktemp("清单") / "工改清单（2024）"
    folder.mkdir()
    copied(EXAMPLE, folder)
    return folder


@pytest.fixture(scope="module", autouse=True)
def _program_folder_stays_as_it_is() -> Iterator[None]:
    """Everything in it is in its list of contents, before and after."""
    yield
    lines = (PROGRAM_FOLDER / "内容清单.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.split("  ", 1) for line in lines if not line.startswith("#"))
    listed = {name: digest for digest, name in parts}
    found = {
        file.relative_to(PROGRAM_FOLDER).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in PROGRAM_FOLDER.rglob("*")
        if file.is_file()
    }
    assert found.pop("内容清单.txt")
    assert found == listed


def test_the_tour(office: Path) -> None:
    """Each command on its own, in order; all that was shown goes to a file where GAIGAI_TOUR names one."""
    shown = [(" ".join(words), start(*words, cwd=office)) for words in tour()]

    assert [line for line, said in shown if not said] == []
    if TOUR:
        text = "".join(f"$ gaigai {line}\n{said.rstrip()}\n\n" for line, said in shown)
        Path(TOUR).write_text(text.replace("\r\n", "\n"), encoding="utf-8", newline="\n")


def test_the_page(office: Path) -> None:
    """By HTTP, as a browser asks; a second start finds it."""
    words = [PROGRAM, "page", "--no-browser"]
    first = subprocess.Popen(
        words, cwd=office, env=clean_settings("2025-06-30"), stderr=subprocess.PIPE
    )
    with first:
        assert first.stderr is not None
        address = first.stderr.readline().decode(PIPED).strip().removeprefix("工改的网页：")
        browser = build_opener(HTTPCookieProcessor())
        assert browser.open(address).status == 200
        today = browser.open(address.partition("/start")[0]).read().decode("utf-8")
        said = start("page", "--no-browser", cwd=office)
        first.kill()

    assert "今日" in today
    assert "已经打开" in said


@pytest.mark.parametrize("name", ["gaigai.exe", "gaigai.cmd"])
def test_both_programs_are_one(office: Path, name: str) -> None:
    said = start("show", "16.2", cwd=office, program=PROGRAM_FOLDER / name)

    assert "帮代办优化服务经费" in said


def test_from_report_to_bulletin(tmp_path: Path) -> None:
    office = tmp_path / "工改清单（新）"
    office.mkdir()
    copied(SHIPPED, office)
    by = ("--by", "示例甲")
    words = ("--unit", "县财政局", *by, "--summary", "经费“60万元”，已拨付 & 入账 100%。")
    start("update", "16.2", *words, "--percent", "60", cwd=office, day="2024-06-14")
    start(
        "done",
        "16.2",
        *words,
        "--evidence",
        "示例文号〔2024〕15号",
        "--form",
        cwd=office,
        day="2024-06-15",
    )
    start("verify", "16.2", *by, "--summary", "佐证齐全。", cwd=office, day="2024-06-16")
    start("report", "--month", "2024-06", "--format", "docx,xlsx,html", "--force", cwd=office)

    items = json.loads(start("list", "--task", "16", "--format", "json", cwd=office))
    assert items[-1]["status"] == "已销号"
    log = (office / "data/progress/县财政局.yaml").read_text(encoding="utf-8")
    assert "经费“60万元”，已拨付 & 入账 100%。" in log
    assert {file.name for file in office.iterdir()} == {"data", "reports"}
    rows = list(
        csv.reader(start("list", "--format", "csv", cwd=office).lstrip("\ufeff").splitlines())
    )
    assert len(rows) > 33


def planted(file: Path, ran: Path) -> None:
    """A program that leaves a trace: the launcher of gaigai.exe with another script behind it."""
    program = Path(PROGRAM).read_bytes()
    script = io.BytesIO()
    with zipfile.ZipFile(script, "w") as archive:
        archive.writestr("__main__.py", f"open({str(ran)!r}, 'w').close()")
    start = program[: program.rindex(b"#!")]
    file.write_bytes(start + f"#!{sys.executable}\r\n".encode() + script.getvalue())


OLD_NOTICE = Path(__file__).parents[1] / "notice/files/columns.doc"
PLANTED = (
    *("git.exe", "gpg.exe", "ssh.exe", "ssh-keygen.exe"),
    *("notepad.exe", "code.exe", "soffice.exe", "libreoffice.exe"),
)


def test_a_program_that_lies_in_the_folder_is_not_run(tmp_path: Path) -> None:
    folder, ran = tmp_path / "共享", tmp_path / "ran"
    copied(SHIPPED, folder)
    for name in PLANTED:
        planted(folder / name, ran)
        planted(folder / "data" / name, ran)
    subprocess.run([folder / "git.exe"], check=True)
    assert ran.exists()
    ran.unlink()

    for where, editor in ((folder, {}), (folder / "data", {"EDITOR": "code --wait"})):
        shutil.copy(OLD_NOTICE, where / "通知.doc")
        for words in (
            *("log", "todo", "review HEAD~1", "sync", "git-setup", "update 16.2 --edit"),
            "import 通知.doc",
        ):
            subprocess.run(
                [PROGRAM, *words.split(), *(("--unit", "县财政局") if words == "todo" else ())],
                cwd=where,
                env=os.environ | {"PATH": ".;;"} | editor,
                capture_output=True,
                check=False,
            )

    assert not ran.exists()


def test_a_newer_program_reads_what_an_older_one_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "旧"
    copied(EXAMPLE, folder)

    assert "未发现问题" in start("check", cwd=folder)
