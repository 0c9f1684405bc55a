"""What lies in a directory may be anything: only regular files in it are read, and nothing is waited for."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from gaigai_cli.store.regular import MAX_BYTES, UnfitFileError, read_file, read_start
from tests.program import Gaigai

BASE: Final = Path(__file__).parents[1] / "check" / "base"
Maker = Callable[[Path], None]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes, devices and links of POSIX")


def fifo(path: Path) -> None:
    os.mkfifo(path)


def zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


def outside(path: Path) -> None:
    there = next(p for p in path.parents if p.name == "data").parent / "elsewhere.yaml"
    there.write_text("unit: x\n", encoding="utf-8")
    path.symlink_to(there)


def listening(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def vast(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


def circle(path: Path) -> None:
    path.symlink_to(path.name)


MAKERS: Final[dict[str, Maker]] = {
    "pipe": fifo,
    "device": zero,
    "link": outside,
    "socket": listening,
    "vast": vast,
    "circle": circle,
    "folder": Path.mkdir,
}
WHY: Final = {
    "pipe": "它是管道，不是普通文件",
    "device": "它经链接指向数据目录之外",
    "link": "它经链接指向数据目录之外",
    "socket": "它是套接字，不是普通文件",
    "vast": "它大于200 MB，没有读取",
    "circle": "它经链接指向数据目录之外",
    "folder": "它是文件夹，不是普通文件",
}


@pytest.fixture(name="data")
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, tmp_path / "data")
    (tmp_path / "data" / "progress").mkdir(exist_ok=True)
    return tmp_path / "data"


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize(
    "name",
    ["tasks.yaml", "departments.yaml", "rules.yaml", "reviewers.yaml", "progress/示例甲局.yaml"],
)
def test_each_is_a_finding(gaigai: Gaigai, data: Path, name: str, kind: str) -> None:
    file = data / name
    if file.is_dir():
        file.rmdir()
    file.unlink(missing_ok=True)
    MAKERS[kind](file)
    if kind == "folder" and name.startswith("progress"):
        return  # a folder of logs

    run = gaigai("check")

    assert run.status == 1
    assert f"{name}:1:1: error[unreadable-file] 文件不能读取：{WHY[kind]}" in run.out


@pytest.mark.parametrize("kind", ["pipe", "device", "link", "vast"])
def test_evidence_that_a_record_names_is_a_finding(gaigai: Gaigai, data: Path, kind: str) -> None:
    source = data.parent / "凭证.txt"
    source.write_text("示例", encoding="utf-8")
    words = ("update", "1.1", "--unit", "示例甲局", "--summary", "好。", "--evidence", "凭证.txt")
    assert gaigai(*words, "--by", "示例").status == 0
    file = data / "evidence" / "示例甲局" / "凭证.txt"
    file.unlink()
    MAKERS[kind](file)

    run = gaigai("check")

    assert run.status == 1
    assert f"error[evidence-missing] “evidence/示例甲局/凭证.txt”{WHY[kind][1:]}" in run.out
    assert gaigai("list").status == 0


def test_a_folder_of_logs_that_lies_elsewhere_is_a_finding(gaigai: Gaigai, data: Path) -> None:
    (data / "progress").rmdir()
    (data / "progress").symlink_to("/")

    run = gaigai("check")

    assert run.status == 1
    assert "progress:1:1: error[unreadable-file] 文件不能读取：它经链接指向数据目录之外" in run.out


def test_a_log_that_is_a_link_to_a_folder_is_a_finding(gaigai: Gaigai, data: Path) -> None:
    (data / "progress" / "示例甲局.yaml").symlink_to(data.parent, target_is_directory=True)

    assert "error[unreadable-file]" in gaigai("check").out


def test_a_link_within_the_directory_is_read(gaigai: Gaigai, data: Path) -> None:
    (data / "tasks.yaml").rename(data / "list.yaml")
    (data / "tasks.yaml").symlink_to("list.yaml")

    assert gaigai("list").status == 0


@pytest.mark.parametrize("kind", ["pipe", "device", "socket"])
def test_files_that_people_name(gaigai: Gaigai, data: Path, kind: str) -> None:
    MAKERS[kind](data.parent / "x")
    for line in (
        "import x --out q",
        "import x --update data",
        "update 1.1 --unit 示例甲局 --summary 好。 --by 示例 --evidence x",
        "diff --textconv x",
        "collect x --by 示例",
    ):
        run = gaigai(*line.split(), GAIGAI_NOW="2024-08-05T09:00:00")

        assert run.status == 2, line
        assert "“x”不是普通文件" in run.err or "，不是普通文件" in run.err, (line, run.err)


@pytest.mark.parametrize("folder", ["reports", "reports/督办", "reports/forms", "reports/issued"])
def test_nothing_is_written_where_a_link_leads_out(
    gaigai: Gaigai, data: Path, tmp_path_factory: pytest.TempPathFactory, folder: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    link = data.parent / folder
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere, target_is_directory=True)
    for line in (
        "report --month 2024-06 --force",
        "report --month 2024-06 --issue --number 示例〔2024〕1号 --force",
        "form --all --month 2024-06",
        "remind --all",
        "done 1.1 --unit 示例甲局 --summary 好。 --evidence 号 --by 示例 --form",
    ):
        gaigai(*line.split(), GAIGAI_NOW="2024-08-05T09:00:00")

    assert list(elsewhere.iterdir()) == []
    assert gaigai(*"report --month 2024-06 --force".split()).status == (
        2 if folder == "reports" else 0
    )


def test_issued_bulletins_that_lie_elsewhere_are_told(
    gaigai: Gaigai, data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (data.parent / "reports").symlink_to(tmp_path_factory.mktemp("elsewhere"))

    run = gaigai("check")

    assert "error[bad-issue] 签发存档所在的文件夹经链接指向别处，不能读取" in run.out


def test_a_file_that_grows_without_end_is_read_to_a_bound() -> None:
    with pytest.raises(UnfitFileError, match="是设备，不是普通文件"):
        read_file(Path("/dev/zero"))
    assert len(read_start(Path(sys.executable), 100)) == 100


def test_a_file_that_grows_meanwhile_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, looked_at = tmp_path / "记录.yaml", os.fstat
    file.write_bytes(b"0123456789")

    def before(handle: int) -> os.stat_result:
        found = looked_at(handle)
        return os.stat_result((*found[:6], 3, *found[7:]))

    monkeypatch.setattr(os, "fstat", before)
    assert (read_start(file, 100), read_start(file, 5), read_start(file, 2)) == (
        b"0123456789",
        b"01234",
        b"01",
    )


def test_a_pipe_that_somebody_writes_to_is_not_read(tmp_path: Path) -> None:
    fifo(tmp_path / "p")
    writer = subprocess.Popen(["sh", "-c", f"echo x > '{tmp_path / 'p'}'"])
    try:
        with pytest.raises(UnfitFileError, match="是管道"):
            read_file(tmp_path / "p")
    finally:
        writer.kill()
        writer.wait()
