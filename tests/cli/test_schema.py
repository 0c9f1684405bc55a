"""``gaigai schema``: one, all, or files."""

import json
import os
from pathlib import Path

import pytest

from gaigai_cli.model.schema import FILES, schema
from tests.program import Gaigai


def test_one(gaigai: Gaigai) -> None:
    run = gaigai("schema", "tasks")

    assert (run.status, run.err) == (0, "")
    assert json.loads(run.out) == schema("tasks")


def test_all(gaigai: Gaigai) -> None:
    assert json.loads(gaigai("schema").out) == {name: schema(name) for name in FILES}


def test_files(gaigai: Gaigai, tmp_path: Path) -> None:
    run = gaigai("schema", "--out", str(tmp_path / "新建" / "schemas"))

    assert (run.status, run.out) == (0, "")
    written = sorted(path.name for path in (tmp_path / "新建" / "schemas").iterdir())
    assert written == sorted(f"{name}.schema.json" for name in FILES)
    assert run.err.startswith("已写入 ")


def test_one_file(gaigai: Gaigai, tmp_path: Path) -> None:
    gaigai("schema", "log", "--out", str(tmp_path))

    assert [path.name for path in tmp_path.iterdir()] == ["log.schema.json"]


def test_one_file_of_a_name_of_its_own(gaigai: Gaigai, tmp_path: Path) -> None:
    file = tmp_path / "记录.json"

    run = gaigai("schema", "log", "--out", str(file))

    assert (run.status, run.err) == (0, f"已写入 {file.as_posix()}。\n")
    assert json.loads(file.read_bytes()) == schema("log")
    assert gaigai("schema", "--out", str(tmp_path / "全.json")).status == 0
    assert (tmp_path / "全.json").is_dir()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is read-only for root")
def test_read_only_directory(gaigai: Gaigai, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)

    run = gaigai("schema", "--out", str(tmp_path))

    tmp_path.chmod(0o755)
    assert run.status == 2
    assert "没有读写权限" in run.err


def test_a_file_where_the_directory_should_be(gaigai: Gaigai, tmp_path: Path) -> None:
    (tmp_path / "schemas").touch()

    run = gaigai("schema", "--out", str(tmp_path / "schemas"))

    assert run.status == 2
    assert run.err == (
        f"错误：“{(tmp_path / 'schemas' / 'tasks.schema.json').as_posix()}”的上级不是文件夹，而是一个文件。"
        "请移走那个文件后再试。\n"
    )
