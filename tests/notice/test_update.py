"""An amended notice against the list that is there."""

from __future__ import annotations

from typing import Any

import pytest

from gaigai_cli.notice.update import Updated, update

REMOVAL = {"on": "2025-08-01", "basis": "示县数改办发〔2025〕9号"}


def item(name: str, content: str, days: str = "6月底", **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "content": content,
        "units": {"text": "★县发改局", "lead": ["县发改局"], "responsible": [], "open": []},
        "deadline": {"text": days, "kind": "fixed", "due": "2025-06-30"},
        **more,
    }


def task(name: str, title: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "title": title, **more, "items": list(items)}


OLD = [
    task(
        "1",
        "压减审批时限",
        item("1.1", "公布标准地清单。", indicators=[{"id": "n"}]),
        item("1.2", "推行多评合一。"),
    ),
    task("2", "规范中介服务", item("2.1", "通报评价结果。", criteria="通报原件")),
    task("3", "推进区域评估", item("3.1", "完成园区区域评估。")),
]


def updated(*new: dict[str, Any]) -> Updated:
    units = [{"name": "县发改局"}, {"name": "县审计局"}]
    return update(
        {"tasks": OLD}, [{"name": "县发展改革局", "aliases": ["县发改局"]}], new, units, REMOVAL
    )


def ids(found: Updated) -> list[tuple[str, list[str]]]:
    return [(t["id"], [i["id"] for i in t["items"]]) for t in found.tasks]


def test_nothing_changed() -> None:
    found = updated(*[{**t, "items": [dict(i) for i in t["items"]]} for t in OLD])
    assert found.tasks == OLD
    assert found.changes == []


def test_numbers_of_the_notice_move_and_ids_stay() -> None:
    """A new first task moves all numbers up by one."""
    found = updated(
        task("1", "全新的任务", item("1.1", "做一件从来没有做过的事。")),
        task("2", "压减审批时限", item("2.1", "推行多评合一。"), item("2.2", "再推行一项别的。")),
        task("3", "规范中介服务", item("3.1", "通报评价结果。", "9月底")),
        task("4", "推进区域评估", item("4.1", "完成园区区域评估。")),
    )
    assert ids(found) == [
        ("4", ["4.1"]),
        ("1", ["1.1", "1.2", "1.3"]),
        ("2", ["2.1"]),
        ("3", ["3.1"]),
    ]
    assert [(c.kind, c.id) for c in found.changes] == [
        ("新增", "4.1"), ("新增", "1.3"), ("调出", "1.1"), ("调整", "2.1"),
    ]  # fmt: skip
    assert found.changes[3].words == "完成时限由“6月底”改为“9月底”"
    assert found.ids == {
        "1": "4",
        "1.1": "4.1",
        "2": "1",
        "2.1": "1.2",
        "2.2": "1.3",
        "3": "2",
        "3.1": "2.1",
        "4": "3",
        "4.1": "3.1",
    }
    assert found.tasks[1]["items"][0]["removed"] == REMOVAL
    assert found.tasks[1]["items"][0]["indicators"] == [{"id": "n"}]
    assert found.tasks[2]["items"][0]["criteria"] == "通报原件"
    assert [unit["name"] for unit in found.added] == ["县审计局"]


def test_what_is_new_has_its_own_number_where_that_is_free() -> None:
    """The notice's own: 5 in a task that had 1 and 2, and 2 and 4 in a task that is new."""
    found = updated(
        task("1", "压减审批时限", *OLD[0]["items"], item("1.5", "全新的一项事。")),
        *OLD[1:],
        task("9", "另一件任务", item("9.2", "从来没有做过的事。"), item("9.4", "又一件别的事。")),
    )
    assert [each for _, each in ids(found)] == [
        ["1.1", "1.2", "1.5"], ["2.1"], ["3.1"], ["9.2", "9.4"],
    ]  # fmt: skip


def test_a_removed_task_is_kept_where_it_stood() -> None:
    found = updated(OLD[0], OLD[2])
    assert ids(found) == [("1", ["1.1", "1.2"]), ("2", ["2.1"]), ("3", ["3.1"])]
    assert found.tasks[1]["items"][0]["removed"] == REMOVAL
    again = update({"tasks": found.tasks}, [], [OLD[0], OLD[2]], [], REMOVAL)
    assert (again.tasks, again.changes) == (found.tasks, [])


def test_what_comes_back_is_no_longer_removed() -> None:
    gone = updated(OLD[0], OLD[2])
    back = update({"tasks": gone.tasks}, [], OLD, [], REMOVAL)
    assert back.tasks == OLD
    assert [(c.kind, c.id) for c in back.changes] == [("恢复", "2.1")]


def test_a_removed_item_keeps_the_cells_that_it_had_from_its_task() -> None:
    shared = {"text": "★县财政局", "lead": ["县财政局"], "responsible": [], "open": []}
    bare = [
        {k: v for k, v in item(f"1.{n}", f"第{n}件完全不同的事{n * 7}。").items() if k != "units"}
        for n in (1, 2)
    ]
    old = [task("1", "任务", *bare, units=shared)]
    new = [task("1", "任务", {**bare[0], "units": OLD[0]["items"][0]["units"]})]
    found = update({"tasks": old}, [], new, [], REMOVAL)
    kept, removed = found.tasks[0]["items"]
    assert kept["units"]["lead"] == ["县发改局"]
    assert (removed["units"], removed["removed"]) == (shared, REMOVAL)


@pytest.mark.parametrize("words", ["6 月底", "6月\n底"])
def test_what_is_worded_as_before_stands_as_the_office_set_it(words: str) -> None:
    """A day that the office has set for unclear words is not undone by reading the words again."""
    new = item("1.1", "公布标准地清单。", words)
    new["deadline"] = {"text": words, "kind": "unset"}
    found = updated(task("1", "压减审批时限", new, item("1.2", "推行多评合一。")), *OLD[1:])
    assert found.tasks[0]["items"][0]["deadline"]["due"] == "2025-06-30"
    assert found.changes == []
    assert ("deadline", "1.1") in found.settled


def test_words_of_every_list_make_nothing_alike() -> None:
    """An item's records would be another's."""
    found = update(
        {"tasks": [task("1", "推行“竣工即办证”", item("1.1", "全年组织培训不少于4次。"))]},
        [],
        [task("1", "推行“开工即配套”", item("1.1", "全年走访企业不少于5次。"))],
        [],
        REMOVAL,
    )
    assert [(change.kind, change.id) for change in found.changes] == [
        ("新增", "2.1"),
        ("调出", "1.1"),
    ]
