"""``gaigai init``: an empty directory that is sound, and next year's list with what is unfinished."""

import json
import re
from pathlib import Path

import pytest

from gaigai_cli.store.files import Folder
from gaigai_cli.store.read import read_ledger
from tests.program import Gaigai, SameAsFile
from tests.transcript import EXAMPLE, SHIPPED, copied

KEPT = Path(__file__).parent / "init"
NOW = "2025-01-03T09:00:00"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAIGAI_NOW", NOW)


def texts(folder: Path) -> str:
    """All files but the schemas, one after the other."""
    files = (
        p
        for p in sorted(folder.rglob("*"), key=Path.as_posix)
        if p.is_file() and p.suffix != ".json"
    )
    return "".join(
        f"==> {p.relative_to(folder).as_posix()}\n{p.read_text(encoding='utf-8')}" for p in files
    )


def test_a_new_directory(gaigai: Gaigai, same_as_file: SameAsFile) -> None:
    run = gaigai("init", "--office", "示例办", "--title", "示例 2025 年任务清单")

    assert (run.status, run.out) == (0, "data\n")
    same_as_file(f"{run.err}\n{texts(Path('data'))}", KEPT / "new.txt")
    for line in re.findall(r"schema=(\S+)", texts(Path("data"))):
        assert (Path("data") / line).is_file()


def test_a_new_directory_is_sound(gaigai: Gaigai) -> None:
    assert gaigai("init", "清单").out == "清单\n"

    check = gaigai("--data", "清单", "check", "--strict")
    assert (check.status, check.err) == (0, "")
    assert json.loads(gaigai("--data", "清单", "list", "--format", "json").out) == []
    for command in ("list", "status", "todo", "overdue", "due", "depts"):
        run = gaigai("--data", "清单", command)
        assert (run.status, run.err) == (0, "")


def test_nothing_is_overwritten(gaigai: Gaigai) -> None:
    gaigai("init")
    before = texts(Path("data"))

    run = gaigai("init", "--office", "别的办")

    assert (run.status, run.out) == (2, "")
    assert run.err == "错误：“data”里已有 tasks.yaml等16个文件，没有写入。请换一个文件夹。\n"
    assert texts(Path("data")) == before


def test_next_year(tmp_path: Path, gaigai: Gaigai, same_as_file: SameAsFile) -> None:
    """Unfinished items are carried over with their old ids; of the others each is named with why it isn't."""
    data = copied(EXAMPLE, tmp_path)
    before = texts(data)

    run = gaigai("init", "--next-year", "2025")

    assert run.status == 0, run.err
    assert texts(data) == before
    tasks = (tmp_path / "2025/data/tasks.yaml").read_text(encoding="utf-8")
    same_as_file(f"{run.out}{run.err}\n{tasks}", KEPT / "next-year.txt")
    check = gaigai("--data", "2025/data", "check")
    assert check.status == 0, check.out
    named = re.findall(r"(?m)^(?:不)?结转 (\S+?)[ ：]", run.out)
    ledger = read_ledger(Folder(data)).ledger
    assert ledger is not None
    assert sorted(named) == sorted(ledger.tasks.by_id)


def test_next_year_before_the_year_is_over(tmp_path: Path, gaigai: Gaigai) -> None:
    """A list that nobody has reported on goes over whole; a day without its year is still the day that it was."""
    tasks = copied(SHIPPED, tmp_path) / "tasks.yaml"
    text = tasks.read_text(encoding="utf-8").replace("text: 2024年9月底", "text: 9月底")
    tasks.write_text(text, encoding="utf-8", newline="\n")
    assert gaigai("check").status == 0
    run = gaigai("init", "--next-year", "2025", GAIGAI_NOW="2024-12-20T09:00:00")

    assert run.status == 0, run.err
    items = json.loads(gaigai("--data", "2025/data", "list", "--format", "json").out)
    assert len(items) == 33
    assert [i["deadline"]["text"] for i in items if i["id"] == "14.1"] == ["2024年9月30日"]
    assert gaigai("--data", "2025/data", "check").status == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--next-year", "2026"), "现有清单是2024年的，下一年是2025"),
        (("--next-year", "明年"), "--next-year 写错了"),
        (
            ("--next-year", "2025", "--title", "某"),
            "--title（任务清单的标题）在这里不起作用。--title 只用于新建空的数据目录",
        ),
    ],
)
def test_wrong_use(tmp_path: Path, gaigai: Gaigai, words: tuple[str, ...], sentence: str) -> None:
    copied(SHIPPED, tmp_path)
    run = gaigai("init", *words)

    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f"错误：{sentence}")
    assert not (tmp_path / "2025").exists()


def test_a_list_to_practise_on(gaigai: Gaigai, tmp_path: Path) -> None:
    run = gaigai("practise")

    assert (run.status, run.out) == (0, "练习\n")
    assert "非真实进展" in run.err
    assert "把它删去即可" in run.err
    assert {file.name for file in Path("练习").iterdir()} == {"data", "schemas"}
    for file in Path("练习/data").rglob("*.yaml"):
        found = re.search(r"schema=(\S+)", file.read_text(encoding="utf-8"))
        assert found is not None
        assert (file.parent / found[1]).is_file()
    check = gaigai("--data", "练习/data", "check", "--strict")
    assert (check.status, check.err) == (0, "")
    (told,) = re.findall("gaigai (todo[^、]*)、", run.err)
    todo = gaigai("--data", "练习/data", *told.split(), GAIGAI_NOW="2026-11-28T18:00:00")
    assert todo.out.startswith("示例数据，非真实进展\n")
    assert all(words in todo.out for words in ("待核验", "未交回执", "逾期未办结"))
    by = ("--unit", "县财政局", "--by", "示例甲", "--summary", "练习。")
    assert gaigai("--data", "练习/data", "update", "16.2", *by).status == 0


def test_practice_is_beside_nothing_else(gaigai: Gaigai) -> None:
    Path("我的").mkdir()
    Path("我的/清单.txt").write_text("甲", encoding="utf-8")
    Path("文件").touch()

    for name in ("我的", "文件"):
        run = gaigai("practise", name)
        assert (run.status, run.err) == (
            2,
            f"错误：“{name}”已有内容，没有写入。请换一个文件夹。\n",
        )
    assert [file.name for file in Path("我的").iterdir()] == ["清单.txt"]
    assert gaigai("practise", "新/练习").status == 0
    assert {file.name for file in Path("新/练习").iterdir()} == {"data", "schemas"}
