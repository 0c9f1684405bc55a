import re
import stat
import sys
from pathlib import Path

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.store.lock import LOCK, locked


def test_whoever_waits_too_long_is_told_who_writes(tmp_path: Path) -> None:
    with (
        locked(tmp_path, who="张三"),
        pytest.raises(GaigaiError) as caught,
        locked(tmp_path, timeout=0),
    ):
        raise AssertionError

    assert re.fullmatch(
        r"数据目录正由张三（进程 \d+，\d\d:\d\d:\d\d 开始）写入，等了 0 秒还没有结束。"
        r"请稍后再试；对方若已停住，结束它的进程即可，不必删除任何文件",
        str(caught.value),
    )


@pytest.mark.parametrize("note", [b"", b"\0", b"\0\xff\xfe\n-1\n", b"\0\n", b"\0\x1b[31m\nx"])
def test_a_note_of_another_program_is_not_believed(tmp_path: Path, note: bytes) -> None:
    with locked(tmp_path):
        (tmp_path / LOCK).write_bytes(note)
        with pytest.raises(GaigaiError) as caught, locked(tmp_path, timeout=0):
            raise AssertionError

    assert "\x1b" not in caught.value.message
    assert re.match(r"数据目录正由.+（\d\d:\d\d:\d\d 开始）写入", caught.value.message)


def test_the_lock_is_given_back_and_its_file_removed(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path, timeout=0):
            assert [path.name for path in tmp_path.iterdir()] == [LOCK]
        assert list(tmp_path.iterdir()) == []


def test_the_lock_is_given_back_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), locked(tmp_path):
        raise RuntimeError

    with locked(tmp_path, timeout=0):
        pass


def test_the_file_of_a_killed_process_blocks_nobody(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("\0张三\n1\n", encoding="utf-8")

    with locked(tmp_path, who="李四", timeout=0):
        assert (tmp_path / LOCK).read_bytes().startswith("\0李四\n".encode())

    assert list(tmp_path.iterdir()) == []


def test_a_directory_in_place_of_the_lock(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()

    with pytest.raises(GaigaiError), locked(tmp_path, timeout=0):
        raise AssertionError


@pytest.mark.skipif(sys.platform == "win32", reason="modes are not there")
def test_what_a_killed_process_leaves_other_users_can_lock(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert stat.S_IMODE((tmp_path / LOCK).stat().st_mode) == 0o666
