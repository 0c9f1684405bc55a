"""``gaigai remind`` where files can't be written or were edited."""

import shutil
from pathlib import Path

import pytest

from gaigai_cli.render.fingerprint import is_sealed
from tests.program import Gaigai
from tests.transcript import EXAMPLE

NOW = {"GAIGAI_NOW": "2025-02-01T09:00:00"}
DRAFT = "督办单（草稿）-县自然资源局-12.1"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_edited_draft_is_kept(gaigai: Gaigai, place: Path) -> None:
    folder = place / "reports" / "督办"
    assert gaigai("remind", "--all", **NOW).status == 0
    assert gaigai("remind", "--all", **NOW).status == 0
    assert [path.name for path in folder.iterdir()] == [f"{DRAFT}.docx"]
    (folder / f"{DRAFT}.docx").write_bytes(b"edited")

    assert gaigai("remind", "--all", **NOW).status == 0

    assert (folder / f"{DRAFT}.docx").read_bytes() == b"edited"
    assert is_sealed((folder / f"{DRAFT}-2.docx").read_bytes())


def test_what_was_issued_is_printed_where_its_file_cannot_be_written(
    gaigai: Gaigai, place: Path
) -> None:
    (place / "reports").write_text("not a folder", "utf-8")

    run = gaigai("remind", "--item", "12.1", "--issue", "--by", "示例乙", **NOW)

    assert run.status == 2
    assert "督办记录已经写入，不必重记；文书没有存成文件，内容如下。" in run.err
    assert "编号：示例督〔2025〕2号" in run.out
    assert "number: 示例督〔2025〕2号" in (place / "data" / "progress" / "县工改办.yaml").read_text(
        "utf-8"
    )


def test_records_of_one_command_are_written_all_or_none(gaigai: Gaigai, place: Path) -> None:
    log = place / "data" / "progress" / "县工改办.yaml"
    before = log.read_bytes()
    run = gaigai(
        "remind",
        "--item",
        "12.1",
        "--item",
        "3.1",
        "--kind",
        "督办",
        "--issue",
        "--by",
        "示例乙",
        **NOW,
    )
    assert run.status == 2
    assert "事项3.1此时为“已评估”，不必提醒" in run.err
    assert log.read_bytes() == before
