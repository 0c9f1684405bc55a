"""``gaigai remind`` where files can't be written or were edited."""

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest

from gaigai_cli.record.prepare import Prepared
from gaigai_cli.render.fingerprint import is_sealed
from gaigai_cli.work.transaction import Transaction
from tests.cli.test_scenes import up_to
from tests.program import Gaigai
from tests.transcript import EXAMPLE, copied

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


def test_what_was_issued_is_made_again_where_the_program_was_stopped_before_its_paper(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run says how; the paper is the same to the last byte, whatever was recorded since."""
    copied(EXAMPLE, tmp_path)
    up_to(tmp_path / "data", "2024-07-11")
    monkeypatch.chdir(tmp_path)
    now = {"GAIGAI_NOW": "2024-07-11T09:00:00"}
    issued = gaigai("remind", "--all", "--issue", "--by", "示例乙", "--signer", "示例长", **now)
    assert issued.status == 0, issued.err
    papers = {path: path.read_bytes() for path in (tmp_path / "reports/督办").iterdir()}
    assert len(papers) == 5
    for path in papers:
        path.unlink()
    words = ("--unit", "县住建局", "--by", "示例丁", "--summary", "已部署。", "--via", "电话")
    assert gaigai("update", "14.1", *words, GAIGAI_NOW="2024-07-15T09:00:00").status == 0

    run = gaigai("remind", "--unit", "县住建局", "--issue", "--by", "示例乙", **now)
    assert run.err == (
        "错误：县住建局目前没有应发的提醒、催办和督办（10.2待反馈；14.1待反馈）。运行 gaigai remind 查看各事项的下一步；"
        "确要发的请写 --item 和 --kind；已经签发、文书没有存下的，运行 gaigai remind --number 编号 重出：示例提〔2024〕3号。\n"
    )
    for path in papers:
        number = path.name.partition("-")[0]
        later = {"GAIGAI_NOW": "2024-07-16T09:00:00"}
        again = gaigai("remind", "--number", number, "--signer", "示例长", **later)
        assert again.err == f"已生成 reports/督办/{path.name}，打印后签字盖章。\n"
    assert {path: path.read_bytes() for path in papers} == papers


def test_what_was_issued_is_written_though_its_record_is_not_committed(
    gaigai: Gaigai, place: Path
) -> None:
    run = gaigai("remind", "--item", "12.1", "--issue", "--by", "示例乙", "--commit", **NOW)

    assert run.status == 2
    assert run.err.splitlines()[-1].startswith("错误：记录已写入，但没有提交：")
    assert "已生成 reports/督办/示例督〔2025〕2号-县自然资源局.docx，打印后签字盖章。" in run.err
    assert (place / "reports" / "督办" / "示例督〔2025〕2号-县自然资源局.docx").exists()


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


def test_texts_to_be_pasted_into_a_chat(gaigai: Gaigai, place: Path) -> None:
    """One a unit, as of a day, of 120 characters at most; nothing is written, and no word of a report is in them."""
    before = {p: p.read_bytes() for p in place.rglob("*") if p.is_file()}

    run = gaigai("remind", "--text", "--as-of", "2024-10-10", GAIGAI_NOW="2024-12-01T09:00:00")

    assert run.status == 0
    texts = run.out.strip().split("\n\n")
    assert (
        "县住建局：您好！请关注贵单位牵头的14.1（9月30日到期，已逾期10天），抓紧办理并报送进展；有困难的请提前告知。谢谢！（县工改办）"
        in texts
    )
    assert max(map(len, texts)) <= 120
    assert not any(text.startswith("县工改办") for text in texts)
    assert {p: p.read_bytes() for p in place.rglob("*") if p.is_file()} == before
    refused = gaigai("remind", "--all", "--issue", "--as-of", "2024-10-10")
    assert (refused.status, "不能用 --as-of" in refused.err) == (2, True)


def test_whom_to_ask_is_set_once(gaigai: Gaigai, place: Path) -> None:
    """The contact of rules.yaml stands in a letter, unless another is named."""
    rules = place / "data" / "rules.yaml"
    text = rules.read_text(encoding="utf-8").split("bulletin:")[0]
    office = "bulletin: {contact: 示例乙, phone: 0000-0000000}\n"
    rules.write_text(f"{text}{office}", encoding="utf-8", newline="\n")
    words = ("remind", "--item", "12.1", "--format", "md")

    assert "**承办人及电话**：示例乙 0000-0000000" in gaigai(*words, **NOW).out
    assert "**承办人及电话**：示例丙" in gaigai(*words, "--contact", "示例丙", **NOW).out


def test_records_that_stand_have_their_papers_though_a_later_one_fails(
    gaigai: Gaigai, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked for again goes on with the next number."""
    folder, day = place / "reports" / "督办", {"GAIGAI_NOW": "2024-07-16T09:00:00"}
    words = ("remind", "--unit", "县住建局", "--unit", "县自然资源局", "--issue", "--by", "示例乙")
    append = Transaction._append

    def full(self: Transaction, prepared: list[Prepared], index: int, *more: Any) -> None:
        if index:
            raise OSError(errno.ENOSPC, "full")
        append(self, prepared, index, *more)

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "_append", full)
        run = gaigai(*words, **day)
    assert run.status == 2
    (first,) = [path.name for path in folder.iterdir()]
    number = first.partition("-")[0]
    assert f"{number}的记录已经写入，不必重记。" in run.err
    assert f"已生成 reports/督办/{first}，打印后签字盖章。" in run.err

    assert gaigai(*words, **day).status == 0

    log = (place / "data" / "progress" / "县工改办.yaml").read_text("utf-8")
    papers = sorted(path.name.partition("-")[0] for path in folder.iterdir())
    assert len(papers) == 2
    assert all(f"number: {paper}\n" in log for paper in papers)
