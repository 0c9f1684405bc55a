import errno
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.store import write
from gaigai_cli.store.files import Folder
from gaigai_cli.store.names import files_below
from gaigai_cli.store.write import NewFile, replace_all, replace_text


def test_text_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "通报.md"

    replace_text(path, "甲\n乙\n")
    replace_text(path, "丙\n")

    assert path.read_bytes() == "丙\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_a_long_name_has_room_for_its_draft(tmp_path: Path) -> None:
    path = tmp_path / ("甲" * 84 + ".md")

    replace_text(path, "乙")

    assert path.read_text(encoding="utf-8") == "乙"


@pytest.mark.parametrize("step", ["open", "write", "fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "通报.md"
    replace_text(path, "旧")

    def fails(*_: Any, **__: Any) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fails)
        with pytest.raises(OSError, match=r"^$"):
            replace_text(path, "新")

    assert path.read_text(encoding="utf-8") == "旧"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_written_in_pieces_is_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: writing(handle, content[:2]))

    replace_text(tmp_path / "a", "甲乙丙")

    assert (tmp_path / "a").read_text(encoding="utf-8") == "甲乙丙"


def test_a_disk_that_can_not_sync_folders_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = os.open

    def no_folders(path: Any, flags: int, mode: int = 0o777) -> int:
        if Path(path).is_dir():
            raise OSError
        return opening(path, flags, mode)

    monkeypatch.setattr(os, "open", no_folders)

    replace_text(tmp_path / "a", "甲")

    assert (tmp_path / "a").read_text(encoding="utf-8") == "甲"


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("", encoding="utf-8")

    with pytest.raises(NotADirectoryError):
        replace_text(tmp_path / "reports" / "通报.md", "新")


class Windows:
    """Refuses to replace files as Windows does where another program has them open, for a number of times."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.held: dict[str, Iterator[int]] = {}
        self.waited: list[float] = []
        patch.setattr(time, "sleep", self.waited.append)
        replacing = os.replace

        def replace(source: Any, target: Any) -> None:
            code = next(self.held.get(Path(target).name, iter(())), None)
            if code is not None:
                raise windows_error(code, target)
            replacing(source, target)

        patch.setattr(os, "replace", replace)


def windows_error(code: int, path: Path) -> PermissionError:
    error = PermissionError(errno.EACCES, "denied", str(path))
    error.winerror = code  # type: ignore[attr-defined, unused-ignore]  # only there on Windows
    return error


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Windows:
    return Windows(monkeypatch)


def always(code: int) -> Iterator[int]:
    return iter(lambda: code, None)


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_file_that_is_looked_at_for_a_moment_is_replaced(
    tmp_path: Path, windows: Windows, code: int
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"old")
    windows.held["台账.xlsx"] = iter([code, code])

    replace_text(path, "new")

    assert path.read_bytes() == b"new"
    assert len(windows.waited) == 2
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_file_that_is_open_is_named_after_three_seconds(
    tmp_path: Path, windows: Windows, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "reports" / "台账.xlsx"
    replace_text(path, "old")
    windows.held["台账.xlsx"] = always(code)

    with pytest.raises(GaigaiError) as caught:
        replace_all([NewFile(path, b"new")])

    assert str(caught.value) == (
        "“reports/台账.xlsx”正被别的程序打开（如 Word、Excel、WPS），没有写入。"
        "请关闭它后再试，原有内容没有改动"
    )
    assert sum(windows.waited) == pytest.approx(3)
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_without_the_right_to_write_is_not_waited_for(
    tmp_path: Path, windows: Windows
) -> None:
    windows.held["台账.xlsx"] = always(5)  # there is no such file that could be open

    with pytest.raises(GaigaiError, match="没有权限写入"):
        replace_all([NewFile(tmp_path / "台账.xlsx", b"new")])

    assert windows.waited == []


def test_all_files_or_none(tmp_path: Path, windows: Windows) -> None:
    old, new, held = (tmp_path / f"2024-06.{name}" for name in ("docx", "html", "xlsx"))
    old.write_bytes(b"old")
    held.write_bytes(b"old")
    windows.held[held.name] = always(32)

    with pytest.raises(GaigaiError, match=rf"{held.name}”正被"):
        replace_all([NewFile(old, b"1"), NewFile(new, b"2"), NewFile(held, b"3")])

    assert (old.read_bytes(), held.read_bytes()) == (b"old", b"old")
    assert sorted(tmp_path.iterdir()) == [old, held]


def test_a_file_that_can_not_be_put_back_is_named(tmp_path: Path, windows: Windows) -> None:
    first, second = tmp_path / "一.docx", tmp_path / "二.xlsx"
    first.write_bytes(b"old")
    second.write_bytes(b"old")
    windows.held[second.name] = always(32)

    def files() -> Iterator[NewFile]:
        yield NewFile(first, b"1")
        windows.held[first.name] = always(32)
        yield NewFile(second, b"2")

    with pytest.raises(GaigaiError) as caught:
        replace_all(files())

    assert f"{second.as_posix()}”正被别的程序打开" in caught.value.message
    assert caught.value.message.endswith(f"；{first.as_posix()}已经写成新的")
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"old")


def test_a_path_that_is_too_long_for_windows(tmp_path: Path) -> None:
    error = OSError(errno.ENOENT, "too long")
    error.winerror = 206  # type: ignore[attr-defined, unused-ignore]

    assert "文件名或路径太长" in str(write.failure(error, "甲"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("通报:6月.md", "文件名“通报:6月.md”不能使用：含有“:”"),
        ("nul", "文件名“nul”不能使用：这是 Windows 保留的设备名"),
        ("COM1.xlsx", "文件名“COM1.xlsx”不能使用：这是 Windows 保留的设备名"),
        ("通报.", "文件名“通报.”不能使用：不能以“.”或空格结尾"),
        ("aux/通报.md", "文件夹名“aux”不能使用：这是 Windows 保留的设备名"),
        ("六月?/7/通报.md", "文件夹名“六月?”不能使用：含有“?”"),
    ],
)
def test_names_that_windows_can_not_hold_are_not_made(
    tmp_path: Path, name: str, message: str
) -> None:
    with pytest.raises(GaigaiError) as caught:
        replace_all([NewFile(tmp_path / "以前.md", b"1"), NewFile(tmp_path / name, b"2")])

    assert caught.value.message == message
    assert list(tmp_path.iterdir()) == []


def test_hidden_files_and_ways_up_are_names(tmp_path: Path) -> None:
    replace_all([NewFile(tmp_path / "a" / ".." / "b" / ".gitkeep", b"")])

    assert (tmp_path / "b" / ".gitkeep").is_file()


def test_a_junction_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("县财政局/凭证.txt", "联接/外面.txt"):
        replace_text(tmp_path / "evidence" / name, "")
    looking = os.lstat

    def lstat(path: Any) -> Any:
        if Path(path).name == "联接":
            return SimpleNamespace(st_mode=stat.S_IFDIR, st_reparse_tag=0xA0000003)
        return looking(path)

    monkeypatch.setattr(os, "lstat", lstat)

    assert list(Folder(tmp_path).names("evidence")) == [
        "evidence/县财政局/凭证.txt",
        "evidence/联接",
    ]


def test_files_at_the_root_of_a_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its path ends in the sign that stands between names everywhere else."""
    drive = Path("/")
    found = {drive: ["校验码.txt"], drive / "通报": ["001.docx"]}
    walked = [(str(where), list[str](), names) for where, names in found.items()]
    monkeypatch.setattr(os, "walk", lambda _: walked)

    assert list(files_below(drive)) == [drive / "校验码.txt", drive / "通报" / "001.docx"]
