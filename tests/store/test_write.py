import os
from pathlib import Path
from typing import Any

import pytest

from gaigai_cli.store.write import replace_text


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
