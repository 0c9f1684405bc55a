"""The contract of docs/cli.md: what it says of the JSON is what is printed, and nothing more is printed."""

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.history.repo import Repo, new_repo, record
from tests.program import Gaigai
from tests.transcript import THREE

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "岳阳县2024示例" / "data"
NOTICE = ROOT / "tests" / "notice" / "notice-2024.txt"
TEXT = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
NOW = "2024-06-14T10:00:00"


def rows() -> Iterator[tuple[str, list[str]]]:
    table = TEXT.partition("<!-- keys -->\n")[2].partition("<!-- /keys -->")[0]
    for line in table.splitlines()[2:]:
        where, keys = (cell.strip() for cell in line.split("|")[1:-1])
        for place in re.findall("`([^`]+)`", where):
            yield place, re.findall("(?:as )?`[^`]+`", keys)


def table() -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for place, words in rows():
        keys = [word.strip("`") for word in words if not word.startswith("as ")]
        known[place] = [*(k for w in words if w.startswith("as ") for k in known[w[4:-1]]), *keys]
    return known


KEYS = table()
ITEM = KEYS["list []"]


def same_keys(found: list[str], keys: list[str]) -> bool:
    if keys[-1] == "*":
        return found[: len(keys) - 1] == keys[:-1]
    if keys[0] != "*":
        return found == keys
    return keys[1:] == found[len(found) - len(keys) + 1 :]


def row_of(place: str) -> str:
    """The row for what stands at a place; the parts of an item are described once, at `list`."""
    row = place.replace(" ", " .") if place.endswith(" ") else place
    if row in KEYS:
        return row
    holder, _, name = place.rpartition(".")
    assert KEYS.get(row_of(holder), [])[: len(ITEM)] == ITEM, f"{place} is not in docs/cli.md"
    return f"list [].{name}"


def held(value: Any, place: str, met: set[str]) -> None:
    """Hold a value and what is in it against the table; ``met`` takes the rows that were seen."""
    if isinstance(value, list):
        for each in value:
            held(each, f"{place}[]", met)
    elif isinstance(value, dict):
        row = row_of(place)
        assert same_keys(list(value), KEYS[row]), row
        met.add(row)
        # What stands for * is the data's own, as is what an answer may be.
        if "*" not in KEYS[row] and not row.endswith(".choices[]"):
            for name, each in value.items():
                held(each, f"{row.removesuffix('.')}.{name}", met)


COMMANDS = [
    "list",
    "due --within 60",
    "overdue",
    "show 1",
    "show 16.2",
    "show 18.1",
    "status",
    "depts",
    "depts 县住建局",
    "score --year 2024",
    "todo",
]


DAYS = ("2024-06-25", "2024-07-31", "2024-09-20")


def printed(gaigai: Gaigai, *words: str, **settings: str) -> Any:
    return json.loads(gaigai(*words, "--format", "json", GAIGAI_NOW=NOW, **settings).out)


@pytest.mark.external("git")
def test_every_key_that_is_printed_is_in_the_contract(gaigai: Gaigai, tmp_path: Path) -> None:
    met: set[str] = set()
    for command, day in (*product(COMMANDS, DAYS), ("todo", "2024-12-30")):
        words = command.split()
        told = printed(gaigai, "--data", str(EXAMPLE), "--as-of", day, *words)
        for each in told if words[0] == "show" and isinstance(told, list) else [told]:
            held(each, f"{words[0]} ", met)
    for command in (
        "list",
        "due --within 400",
        "overdue",
        "status",
        "depts",
        "depts 财政局",
        "todo",
    ):
        told = printed(gaigai, "--data", str(THREE / "lists.yaml"), *command.split())
        held(told, "several ", met)
    asked = tmp_path / "通知.txt"  # 示例: a question and a suggestion of one item's own
    lines = (
        "1.推进改革。责任单位：县甲局；完成时限：适时",
        "2.举办业务培训不少于3次。责任单位：县乙局；完成时限：6月底",
    )
    asked.write_text("\n".join(lines), encoding="utf-8")
    for file, out in ((NOTICE, "new"), (asked, "asked")):
        held(printed(gaigai, "import", str(file), "--out", str(tmp_path / out)), "import ", met)
    repo = changed(tmp_path / "repo")
    for line in (
        ("diff", "base..HEAD"),
        ("log",),
        ("review", "base..HEAD"),
        ("check",),
        ("list",),
        ("todo",),
        ("instructions",),
    ):
        held(printed(gaigai, "--data", str(repo.data), *line), f"{line[0]} ", met)
    person = "{unit: 示例甲局, duty: 联络员, name: 示例甲, from: 2024-05-08}"
    (repo.data / "contacts.yaml").write_text(f"contacts: [{person}]\n", encoding="utf-8")
    held(printed(gaigai, "--data", str(repo.data), "contacts"), "contacts ", met)
    assert met == set(KEYS), set(KEYS) - met


def changed(top: Path) -> Repo:
    """A range of commits in which something of everything happened, allowed or not."""
    repo = new_repo(top)
    repo.append(
        "示例甲局",
        record(9, "1.1", day="2024-06-11", percent="50", problems="缺", coordinate="省级"),
    )
    asked = {"leader": "示例长", "handling": "批办", "to": "[示例甲局]", "reply_by": "2024-06-20"}
    repo.append("示例办", record(7, "1.1", "批示", day="2024-06-11", **asked))
    plan = record(
        6, "1.1", "阶段节点", day="2024-06-11", milestones="[{name: 方案, due: 2024-06-20}]"
    )
    repo.append("示例甲局", plan.replace("    summary: 正在推进。\n", ""))
    repo.append("示例甲局", record(8, "1.2", day="2024-06-11", metrics="{rate: 60}"))
    repo.append("示例乙局", record(10, "2.1", day="2024-06-11"))
    repo.append("示例甲局", record(11, "9.9", day="2024-06-11"))
    repo.append("示例乙局", record(12, "2.1", day="2024-06-11", via="书面", by="主任"))
    repo.replace("tasks.yaml", "content: ", "content: 改 ")
    ongoing = "text: 2024年持续推动落实, kind: ongoing, until: 2024-12-31"
    monthly = "text: 每月10日前, kind: recurring, every: month, day: 10, from: 2024-01-01, until: 2024-12-31"
    repo.replace("tasks.yaml", ongoing, monthly)
    repo.commit("更新")
    return repo


def test_the_example_of_an_item(gaigai: Gaigai) -> None:
    shown = json.loads(re.search(r"```json\n(.*?)```", TEXT, re.DOTALL)[1])  # type: ignore[index]
    items = printed(
        gaigai, "--data", str(ROOT / "data"), "--as-of", "2024-07-01", "list", "--dept", "县财政局"
    )
    assert shown in items
