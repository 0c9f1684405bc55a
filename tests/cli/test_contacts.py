"""``gaigai contacts``: who is to be called, who has changed, and where the names are used."""

import json
import shutil
from pathlib import Path

import pytest

from tests.program import Gaigai, SameAsFile
from tests.transcript import EXAMPLE

NOW = {"GAIGAI_NOW": "2024-10-10T09:00:00"}
KEPT = Path(__file__).parent / "kept"
PEOPLE = (
    "县财政局 --name 示例乙 --post 办公室副主任 --phone 0000-1234567 --mobile 13000000000",
    "zjj --name 示例丁 --since 9月1日",
    "zjj --duty 分管负责同志 --name 示例戊 --post 副局长",
    "县住建局 --name 示例己 --phone 0000-7654321",
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def known(gaigai: Gaigai, place: Path) -> Path:
    for words in PEOPLE:
        run = gaigai("contacts", *words.split(), **NOW)
        assert run.status == 0, run.err
        assert run.err.startswith("已写入 data/contacts.yaml：县")
    return place


def test_who_is_to_be_called(gaigai: Gaigai, known: Path, same_as_file: SameAsFile) -> None:
    text = (known / "data" / "contacts.yaml").read_text(encoding="utf-8")
    pages = [gaigai("contacts", *more, COLUMNS="80", **NOW).out for more in ((), ("zjj",))]

    same_as_file("\n".join((text, *pages)), KEPT / "contacts.txt")
    assert gaigai("check", GAIGAI_NOW="2025-02-01T09:00:00").status == 0
    before = json.loads(gaigai("contacts", "zjj", "--as-of", "2024-09-12", "--format", "json").out)
    assert [(one["name"], one["now"]) for one in before if one["duty"] == "联络员"] == [
        ("示例丁", True),
        ("示例己", False),
    ]


def test_git_overlooks_the_names(known: Path) -> None:
    assert "\ncontacts.yaml\n" in (known / "data" / ".gitignore").read_text(encoding="utf-8")


def test_texts_and_letters_name_them(gaigai: Gaigai, known: Path) -> None:
    """A text the 联络员 alone; a letter who answers, with the telephone of the office and never a mobile."""
    texts = gaigai("remind", "--text", **NOW).out
    assert "县住建局示例己同志：您好！" in texts
    assert max(map(len, texts.strip().split("\n\n"))) <= 120
    letter = gaigai("remind", "--item", "14.1", "--kind", "提醒", "--format", "md", **NOW).out
    told = "受文单位：县住建局，分管负责同志示例戊（副局长），联络员示例己（0000-7654321）"
    assert told in letter
    assert gaigai("contacts", "县城管局", "--name", "示例庚", **NOW).status == 0
    wanted = gaigai("collect", "--status", "--text", "--month", "9", **NOW).out
    assert "县城管局示例庚同志：您好！" in wanted


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--name 示例乙", "缺少单位"),
        ("czj --post 科长", "缺少姓名"),
        ("czj --name 示例乙 --phone 查号台", "电话写错了"),
        ("czj --name 示例乙 --duty 局长", "可写：联络员、分管负责同志"),
        ("czj --name 示例乙 --as-of 2024-09-01", "不能用 --as-of"),
        ("某局 --name 示例乙", "没有“某局”这个单位"),
    ],
)
def test_what_is_refused_writes_nothing(gaigai: Gaigai, place: Path, words: str, said: str) -> None:
    run = gaigai("contacts", *words.split(), **NOW)

    assert (run.status, said in run.err) == (2, True), run.err
    assert not (place / "data" / "contacts.yaml").exists()


def test_a_unit_keeps_no_list_for_the_office(gaigai: Gaigai, place: Path) -> None:
    run = gaigai("contacts", "czj", "--name", "示例乙", GAIGAI_UNIT="县财政局", **NOW)
    assert (run.status, "由县工改办办理" in run.err) == (2, True)
