"""Several lists in one run: how they are named, that each is what it is alone, and what is refused."""

import csv
import errno
import gc
import io
import json
import os
import re
import shutil
import subprocess
import weakref
from pathlib import Path
from typing import Any

import pytest

from gaigai_cli.cli.pasted import command_line
from gaigai_cli.cli.place import places
from gaigai_cli.cli.session import UnreadError, left_out
from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.work import directory
from tests.program import Gaigai, Run
from tests.transcript import THREE

NOW = "2024-07-02T09:00:00"
NAMES = ("甲县", "乙县", "丙区")
ANSWERS = ("list", "due --within 400", "overdue", "status", "todo", "depts", "check")
"""The commands that take all lists."""


@pytest.fixture(name="top")
def _top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(THREE, tmp_path / "三县")
    monkeypatch.chdir(tmp_path / "三县")
    return tmp_path / "三县"


def run(gaigai: Gaigai, line: str, **settings: str) -> Run:
    return gaigai(*line.split(), GAIGAI_NOW=NOW, **settings)


def break_one(top: Path) -> None:
    (top / "乙县" / "data" / "tasks.yaml").write_text("notice: [", encoding="utf-8")


def rows_of(run: Run, form: str) -> list[dict[str, Any]]:
    if form == "json":
        found: list[dict[str, Any]] = json.loads(run.out)
        return found
    return list(csv.DictReader(io.StringIO(run.out.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    ("line", "form"),
    [(line, "json") for line in ("list", "due --within 400", "overdue", "todo", "depts")]
    + [
        ("list --sort 亮灯", "csv"),
        ("due --within 400", "csv"),
        ("list --columns 状态,编号", "csv"),
    ],
)
def test_what_a_list_gives_is_what_it_gives_alone(
    gaigai: Gaigai, top: Path, line: str, form: str
) -> None:
    by_list: dict[str, list[dict[str, Any]]] = {name: [] for name in NAMES}
    for row in rows_of(run(gaigai, f"{line} --format {form}"), form):
        name = row.pop("清单") if form == "csv" else row.pop("list")
        assert form == "csv" or row.pop("list_title").startswith(name)
        by_list[name].append(row)

    for name, rows in by_list.items():
        alone = run(gaigai, f"{line} --format {form} --data {name}/data")
        assert rows == ([json.loads(alone.out)] if line == "todo" else rows_of(alone, form))


def test_status_has_each_list_and_their_sum(gaigai: Gaigai, top: Path) -> None:
    found = json.loads(run(gaigai, "status --format json").out)

    assert [one.pop("list") for one in found["lists"]] == list(NAMES)
    for name, one in zip(NAMES, found["lists"], strict=True):
        assert one.pop("list_title") == one["title"]
        alone = run(gaigai, f"status --format json --data {name}/data")
        assert one == json.loads(alone.out)
    total = found["sum"]
    for key in ("tasks", "items", "withdrawn"):
        assert total[key] == sum(one[key] for one in found["lists"])
    for key in ("statuses", "lights"):
        for word, number in total[key].items():
            assert number == sum(one[key][word] for one in found["lists"])
    assert (total["due"], total["on_time"], total["overdue"]) == (3, 1, 1)


def test_a_list_that_cannot_be_read_stops_nothing_and_is_never_left_out_silently(
    gaigai: Gaigai, top: Path
) -> None:
    whole = {line: run(gaigai, f"{line} --data 甲县/data --data 丙区/data") for line in ANSWERS}
    break_one(top)

    for line in ANSWERS[:-1]:
        broken = run(gaigai, line)
        assert (broken.status, broken.out) == (1, whole[line].out), line
        assert broken.err.startswith("乙县没有读取：tasks.yaml有错误，清单不能读取。"), line
        assert broken.err.endswith("以下是3份清单中2份的情况，乙县没有计入。\n"), line
    checked = run(gaigai, "check")
    assert checked.status == 1
    assert "乙县/data/tasks.yaml:1:" in checked.out
    assert "甲县：未发现问题" in checked.out
    assert {row["list"] for row in json.loads(run(gaigai, "check --format json").out)} == {"乙县"}


def test_a_list_of_which_a_file_cannot_be_read_is_left_out_with_why_in_chinese() -> None:
    with (
        pytest.raises(UnreadError, match="没有读写权限"),
        left_out(),
    ):
        raise PermissionError(errno.EACCES, "Permission denied", "甲/rules.yaml")


def test_of_a_province_one_broken_list_leaves_121(gaigai: Gaigai, top: Path) -> None:
    """Each of the others gives the rows that it gives alone."""
    names = [f"县{number:03}" for number in range(1, 123)]
    for name in names:
        shutil.copytree(top / "甲县", top / name)
    (top / "县057/data/tasks.yaml").write_text("notice: [", encoding="utf-8")
    for form, key in (("json", "list"), ("csv", "清单")):
        alone = rows_of(run(gaigai, f"list --format {form} --data 甲县/data"), form)

        listed = run(gaigai, f"list --format {form} --data 县*/data")

        assert listed.status == 1
        assert listed.err.startswith("县057没有读取：tasks.yaml有错误")
        assert "以下是122份清单中121份的情况，县057没有计入。\n" in listed.err
        rows = rows_of(listed, form)
        told = [row.pop(key) for row in rows]
        assert told == [name for name in names if name != "县057" for _ in alone]
        for row in rows:
            row.pop("list_title", None)
        assert rows == alone * 121


def test_one_that_is_not_there_is_one_that_cannot_be_read(gaigai: Gaigai, top: Path) -> None:
    shutil.rmtree(top / "乙县")

    listed = run(gaigai, "list")

    assert listed.status == 1
    assert listed.err.startswith("乙县没有读取：没有“乙县/data”这个文件夹。请核对 lists.yaml。\n")
    assert run(gaigai, "check").status == 1
    (top / "lists.yaml").write_text("lists: {甲县: 甲县, 丙区: 丙区/data}\n", encoding="utf-8")
    above = "甲县没有读取：“甲县”里没有 tasks.yaml，不是数据目录。是否要写“甲县/data”？\n"
    assert run(gaigai, "list").err.startswith(above)


def test_where_none_can_be_read_there_is_no_answer(gaigai: Gaigai, top: Path) -> None:
    for name in NAMES:
        (top / name / "data" / "tasks.yaml").unlink()

    listed = run(gaigai, "list")

    assert (listed.status, listed.out) == (2, "")
    assert listed.err.endswith("错误：3份清单都不能读取。请先改正以上问题。\n")


def test_a_unit_is_looked_for_in_each_list(gaigai: Gaigai, top: Path) -> None:
    for line in (
        "list --dept 水利局",
        "overdue --dept 水利局",
        "depts 水利局",
        "todo --unit 水利局",
    ):
        found = run(gaigai, line)
        assert (found.status, found.err) == (0, ""), line
        assert "乙县" in found.out, line
        assert "甲县" not in found.out, line
    for line in ("list --dept 园林局", "due --dept 园林局", "depts 园林局", "list --task 9"):
        none = run(gaigai, line)
        assert (none.status, none.out) == (2, ""), line
        assert none.err.startswith("错误：没有“"), line


def test_a_unit_of_several_lists_is_one_page(gaigai: Gaigai, top: Path) -> None:
    page = run(gaigai, "depts 财政局").out

    assert (
        page.count("截至2024年7月2日")
        == page.count("示例数据")
        == page.count("红：已过时限未办结")
        == 1
    )
    assert page.splitlines()[1:6] == [
        "甲县财政局、丙区财政局  截至2024年7月2日",
        "甲县的别名：财政局",
        "甲县的简拼：czj",
        "丙区的别名：财政局",
        "丙区的简拼：czj",
    ]
    assert "共4项：牵头2项，责任2项；" in page
    alone = run(gaigai, "depts 财政局 --format json --data 丙区/data")
    of_all = json.loads(run(gaigai, "depts 财政局 --format json").out)
    assert [one.pop("list") for one in of_all] == ["甲县", "丙区"]
    assert of_all[1].pop("list_title").startswith("丙区")
    assert of_all[1] == json.loads(alone.out)


def test_a_word_of_the_command_that_is_wrong_is_told_once(gaigai: Gaigai, top: Path) -> None:
    wrong = run(gaigai, "list --status 胡写")

    assert (wrong.status, wrong.out, wrong.err.count("胡写")) == (2, "", 1)


@pytest.mark.parametrize(
    "line",
    [
        "show 1.1",
        "show 甲县/1.1 乙县/1.1",
        "show 甲县/1.1 2.1",
        "report --month 2024-06",
        "score",
        "remind",
        "form --all",
        "export --format md",
        "log",
        "diff",
        "sync",
        "init --next-year 2025",
        "collect 收件箱",
        "update 2.1 --unit 甲县财政局 --summary 好。 --by 示例",
        "answer 0a000004 --unit 甲县财政局 --summary 好。 --by 示例",
        "present 0a000004 --by 示例",
        "read 0a000004 --by 示例",
        "praise 甲县财政局 --basis 示例 --approved-by 示例 --by 示例",
    ],
)
def test_what_is_about_one_list_refuses_several(gaigai: Gaigai, top: Path, line: str) -> None:
    before = {file: file.read_bytes() for file in top.rglob("*") if file.is_file()}

    refused = run(gaigai, line)

    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith("错误：这里有3份清单（甲县、乙县、丙区），这条命令一次只用一份。")
    names_ids = line.split(maxsplit=1)[0] in (
        *("show", "log", "update", "remind", "answer", "present", "read", "praise"),
    )
    assert ("如 甲县/1.1" in refused.err) == names_ids
    assert {file: file.read_bytes() for file in top.rglob("*") if file.is_file()} == before


def test_an_id_of_a_list_that_is_not_here(gaigai: Gaigai, top: Path) -> None:
    for name in ("丁县", "甲"):
        refused = run(gaigai, f"show {name}/1.1")
        assert (refused.status, refused.out) == (2, "")
        assert refused.err == f"错误：这里没有“{name}”这份清单。是否要写“甲县”？请核对名称。\n"


def test_an_id_may_say_whose_it_is(gaigai: Gaigai, top: Path) -> None:
    alone = run(gaigai, "show 1.1 2.1 --data 乙县/data").out
    for item in ("1.1", "2.1"):
        alone = re.sub(rf"^{item}  ", f"乙县/{item}  ", alone, flags=re.MULTILINE)
    assert run(gaigai, "show 乙县/1.1 乙县／2.1").out == alone

    words = "--unit 财政局 --summary 已拨付。 --by 示例"
    assert run(gaigai, f"update 甲县/2.1 {words}").status == 0
    assert "已拨付。" in (top / "甲县/data/progress/甲县财政局.yaml").read_text("utf-8")

    assert run(gaigai, "verify 丙区/1.1 --by 示例").status == 0
    record = "20240618-150000-0a000004"
    assert run(gaigai, f"correct 甲县/{record} --void --reason 误登。 --by 示例").status == 0
    for line in ("answer 甲县/0a000004 --unit 财政局", "remind --returned 甲县/1"):
        assert run(gaigai, line).err.startswith("错误：没有编号为“"), line


def test_what_is_printed_to_be_pasted_says_which_list(
    gaigai: Gaigai, top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no")

    monkeypatch.setattr("gaigai_cli.work.transaction.Transaction.write", fail)

    failed = gaigai(
        *("update", "甲县/2.1", "--unit", "财政局", "--summary", "照 gaigai show 所列拨付。"),
        *("--by", "示例"),
        GAIGAI_NOW=NOW,
    )

    pasted = "gaigai update 2.1 --data 甲县/data --unit 财政局 --summary "
    assert f"{pasted}{command_line(['照 gaigai show 所列拨付。'])} --by 示例\n" in failed.err


@pytest.mark.parametrize("words", ["甲县/2.1", "2.1 --data 甲县/data", "甲县/2.1 --data */data"])
def test_the_next_step_names_the_list(
    gaigai: Gaigai, top: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """What it says to run finds the item from here, and from where only --data does."""
    more = "--unit 财政局 --summary 已拨付。 --percent 100 --by 示例 --dry-run"
    here = run(gaigai, f"update {words} {more}")
    assert "运行gaigai--data甲县/datadone2.1申请销号" in "".join(here.out.split())
    assert "进度已报100%，但还没有申请销号；确已完成的，由牵头单位申请。" in here.err

    monkeypatch.chdir(top.parent)
    away = run(gaigai, f"update 2.1 --data {top / '甲县/data'} {more}")
    assert "运行gaigai--data三县/甲县/datadone2.1申请销号" in "".join(away.out.split())


def test_the_way_to_others_names_the_list(
    gaigai: Gaigai, top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gaigai_cli.cli.record.filling.is_set_up", lambda _: True)

    told = run(gaigai, "update 甲县/2.1 --unit 财政局 --summary 已拨付。 --by 示例").out

    assert "运行gaigai--data甲县/datasync提交并推送，别人才能看到" in "".join(told.split())


@pytest.mark.parametrize(
    ("words", "setting", "names"),
    [
        (("甲县/data", "乙县/data"), "", ["甲县", "乙县"]),
        (("*/data",), "", ["丙区", "乙县", "甲县"]),
        (("?县",), "", ["乙县", "甲县"]),
        (("[甲]*/data",), "", ["甲县"]),
        (("lists.yaml",), "", list(NAMES)),
        (("甲县/data", "甲县/data"), "", [""]),
        (("甲县/data", "乙县/../甲县/data"), "", [""]),
        (("甲县/data", "*县/data"), "", ["甲县", "乙县"]),
        (("lists.yaml", "甲县/data"), "", list(NAMES)),
        (("甲县/data",), os.pathsep.join(("乙县/data", "丙区/data")), [""]),
        ((), os.pathsep.join(("乙县/data", "丙区/data")), ["乙县", "丙区"]),
        ((), "乙县/data", [""]),
    ],
)
def test_how_lists_are_named(
    gaigai: Gaigai, top: Path, words: tuple[str, ...], setting: str, names: list[str]
) -> None:
    typed = [word for each in words for word in ("--data", each)]
    settings = {"GAIGAI_DATA": setting} if setting else {}

    found = gaigai("list", "--format", "json", *typed, GAIGAI_NOW=NOW, **settings)

    assert found.status == 0
    assert list(dict.fromkeys(row.get("list", "") for row in json.loads(found.out))) == names


def test_folders_of_one_name_are_told_apart(top: Path) -> None:
    for city in ("东市", "西市"):
        shutil.copytree(top / "甲县", top / city / "甲县")

    found = places(["东市/甲县/data", "西市/甲县/data", "乙县/data"], here=top)

    assert [place.name for place in found] == ["东市/甲县", "西市/甲县", "乙县"]


def test_the_nearest_counts(gaigai: Gaigai, top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(top / "乙县")

    assert "清单  编号" not in run(gaigai, "list").out
    (top / "乙县" / "lists.yaml").write_text("lists: {我们: data}\n", encoding="utf-8")
    assert "我们  1.1" in run(gaigai, "list").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lists: []\n", "lists.yaml:1:8 "),
        ("list: {甲县: 甲县/data}\n", "lists.yaml:1:1 "),
        ("lists: {甲县: 甲县/data, 甲县: 乙县/data}\n", "lists.yaml:1:"),
        ("lists: {}\n", "lists.yaml:1:8 "),
        ("lists: {甲: 甲县/data, 乙: ./甲县/data}\n", "“甲”和“乙”是同一个数据目录"),
        ("", "lists.yaml:1:1 "),
        *(
            (
                f"lists: {{{name}: 甲县/data}}\n",
                "lists.yaml:1:9 “各份清单”（lists）中的一个名称是空的",
            )
            for name in ('""', '" "', '"　"')
        ),
    ],
)
def test_what_is_wrong_with_the_file_is_told_with_its_place(
    gaigai: Gaigai, top: Path, text: str, said: str
) -> None:
    (top / "lists.yaml").write_text(text, encoding="utf-8")

    wrong = run(gaigai, "list")

    assert (wrong.status, wrong.out) == (2, "")
    assert said in wrong.err


def test_a_folder_of_lists_is_told_what_to_write(gaigai: Gaigai, top: Path) -> None:
    wrong = run(gaigai, f"list --data {top.as_posix()}")

    assert wrong.err.endswith("是否要写“lists.yaml”？\n")


@pytest.mark.external("git")
def test_as_a_commit_has_them(gaigai: Gaigai, top: Path) -> None:
    for words in ("init -q", "add .", "-c user.name=a -c user.email=a@b.invalid commit -qm 示例"):
        subprocess.run(["git", *words.split()], cwd=top, check=True)
    before = run(gaigai, "status")
    shutil.rmtree(top / "乙县")

    assert run(gaigai, "status --at HEAD").out == before.out


def test_a_pattern_that_meets_nothing_is_an_error(top: Path) -> None:
    with pytest.raises(GaigaiError, match=re.escape("没有与“x*/data”相符的数据目录")):
        places(["x*/data"], "--data", here=top)


def test_one_ledger_is_in_memory_at_a_time(
    gaigai: Gaigai, top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[weakref.ref[Ledger]] = []
    alive: list[int] = []
    original = vars(directory)["read_ledger"]

    def watched(*args: Any) -> Any:
        gc.collect()
        alive.append(sum(ref() is not None for ref in seen))
        found = original(*args)
        assert found.ledger is not None
        seen.append(weakref.ref(found.ledger))
        return found

    monkeypatch.setattr(directory, "read_ledger", watched)
    gc.disable()  # as where the program is a process of its own
    try:
        for line in ANSWERS:
            assert run(gaigai, line).status == 0, line
    finally:
        gc.enable()

    assert len(seen) == len(NAMES) * len(ANSWERS)
    assert max(alive) == 0


REFUSED = {
    "show 甲县/99": "gaigai --data 甲县/data list 查看全部事项",
    "show 99 --data 甲县/data": "gaigai --data 甲县/data list 查看全部事项",
    "list --dept 园林局": "gaigai depts 查看全部单位",
    "list --dept 园林局 --data 甲县/data --data *区/data": (
        f"gaigai --data 甲县/data --data {command_line(['*区/data'])} depts 查看全部单位"
    ),
    "verify 甲县/2.1 --by 示例": "gaigai --data 甲县/data show 2.1 查看记录经过",
    "show 甲县/1.1 --dry-run": "gaigai show --help 查看用法",
}


def test_what_a_refusal_says_to_run_finds_the_list(gaigai: Gaigai, top: Path) -> None:
    assert {line: run(gaigai, line).err.rpartition("运行 ")[2] for line in REFUSED} == {
        line: f"{command}。\n" for line, command in REFUSED.items()
    }


def test_what_a_page_says_to_run_finds_the_list(gaigai: Gaigai, top: Path) -> None:
    said = [run(gaigai, f"{line} --data 甲县/data").out for line in ("remind", "score", "contacts")]

    assert [re.findall("gaigai --data 甲县/data [a-z]+", page) for page in said] == [
        [f"gaigai --data 甲县/data {command}"] for command in ("remind", "score", "contacts")
    ]
