"""What ``gaigai export`` wrote, imported again: the same list, and a doubt for whatever the format doesn't hold."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import pytest
import yaml

from gaigai_cli.model.departments import Departments
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.notice.answers import Answers
from gaigai_cli.notice.cells import fields
from gaigai_cli.notice.doubts import Doubt
from gaigai_cli.notice.draft import Draft, make_draft
from gaigai_cli.notice.formats import read_document
from gaigai_cli.render.papers import list_file
from gaigai_cli.store.new_list import list_text, units_text
from gaigai_cli.words.deadline import read_deadline
from tests.notice.measure import asked_about
from tests.render.test_exported import LEDGERS, NAMES

SHIPPED, DECIDED, EVERY_KIND = LEDGERS
"""The example's office has decided two deadlines otherwise than their words say."""
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
FILES: dict[str, Callable[[Ledger], bytes]] = {
    "xlsx": list_file.workbook,
    "csv": list_file.as_csv,
    "md": lambda ledger: list_file.markdown(ledger.tasks).encode(),
}


def by_words(ledger: Ledger) -> Ledger:
    """The ledger with every deadline as its words say."""
    tasks = ledger.tasks

    def said(holder: Any) -> Any:
        if not (holder.deadline and holder.deadline.confirmed):
            return holder
        reading = read_deadline(
            holder.deadline.text, year=tasks.notice.year, issued=tasks.notice.issued
        )
        assert reading.deadline is not None
        plain = type(reading.deadline).model_validate(fields(reading.deadline))
        return holder.model_copy(update={"deadline": plain})

    made = (
        said(task.model_copy(update={"items": tuple(map(said, task.items))}))
        for task in tasks.tasks
    )
    return replace(ledger, tasks=tasks.model_copy(update={"tasks": tuple(made)}))


EXAMPLE = by_words(DECIDED)


def imported(name: str, data: bytes, answers: Answers | None = None) -> Draft:
    return make_draft(read_document(data, f"清单.{name}"), answers or Answers())


def list_of(draft: Draft) -> TaskList:
    """The list as the file made of the draft says it."""
    read = yaml.load(list_text(draft.list_tree), Loader=LOADER)
    return TaskList.model_validate(read)


def units_of(draft: Draft) -> Departments:
    read = yaml.load(units_text(draft.units), Loader=LOADER)
    return Departments.model_validate(read)


def items_of(ledger: Ledger) -> list[Any]:
    """Each item with the units and the deadline in force for it, without what only JSON and Excel hold."""
    return [
        (listed.id, listed.task.title, listed.item.content, listed.units, listed.deadline)
        for listed in ledger.tasks.listed
        if not listed.item.removed
    ]


def read_items(draft: Draft) -> list[Any]:
    listed = list_of(draft).listed
    return [(i.id, i.task.title, i.item.content, i.units, i.deadline) for i in listed]


@pytest.mark.parametrize("ledger", [SHIPPED, EXAMPLE], ids=NAMES[:2])
def test_a_workbook_gives_everything_back(ledger: Ledger) -> None:
    draft = imported("xlsx", list_file.workbook(ledger))

    assert draft.doubts == ()
    assert list_file.tree(list_of(draft)) == list_file.tree(ledger.tasks)
    assert units_of(draft) == ledger.departments


def test_a_workbook_of_every_kind_of_deadline() -> None:
    """All of it but for the ids of stages, which no column holds."""
    draft = imported("xlsx", list_file.workbook(EVERY_KIND))
    stages = draft.tasks[0]["items"][0]["deadline"]["stages"]
    draft.tasks[0]["items"][0]["deadline"]["stages"] = [
        {**stage, "id": name} for stage, name in zip(stages, "ab", strict=True)
    ]

    assert draft.doubts == ()
    assert list_of(draft) == EVERY_KIND.tasks


@pytest.mark.parametrize("ledger", [SHIPPED, EXAMPLE], ids=NAMES[:2])
@pytest.mark.parametrize("name", ["csv", "md"])
def test_csv_and_markdown_give_items_units_days_and_ids_back(name: str, ledger: Ledger) -> None:
    draft = imported(name, FILES[name](ledger))
    missing = {"csv": {"file": 1, "notice": 7}, "md": {}}[name]
    assert asked_about(draft) == {**missing, "indicators": 6}

    notice = list_file.tree(ledger.tasks)["notice"]
    if name == "csv":
        draft.notice.update(notice)
    assert list_file.tree(list_of(draft))["notice"] == notice
    assert read_items(draft) == items_of(ledger)


def test_a_head_that_stands_again_is_no_row() -> None:
    """As where pages of a list are put together."""
    whole = list_file.as_csv(EXAMPLE)
    head, *rows = whole.splitlines(keepends=True)
    again = b"".join((head, *rows[:9], head.removeprefix(b"\xef\xbb\xbf"), *rows[9:]))

    assert imported("csv", again).tasks == imported("csv", whole).tasks


def test_a_decided_deadline_is_asked_about_where_the_words_do_not_say_it() -> None:
    """Its kind and days stand in columns, which don't say what each of its turns or stages is."""
    draft = imported("xlsx", list_file.workbook(DECIDED))
    assert [(each.subject, each.text, each.why) for each in draft.doubts] == [
        ("11.1", "2024年持续推动落实", "“定期开展”的时限不能从原文确定"),
        ("12.1", "2024年12月底", "“分阶段”的时限不能从原文确定"),
    ]


def test_markdown_tells_what_it_cannot_say_of_removed_items() -> None:
    draft = imported("md", FILES["md"](EVERY_KIND))
    found = [doubt for doubt in draft.doubts if doubt.code == "numbers"]

    assert [doubt.subject for doubt in found] == ["7.11"]


def test_markdown_gives_ids_back_that_leave_numbers_out() -> None:
    draft = imported("md", FILES["md"](EVERY_KIND))
    assert [id_ for id_, *_ in read_items(draft)] == ["7.1", "7.10"]
    gaps = [(each.subject, each.why) for each in draft.doubts if each.code == "content"]
    assert gaps == [("7.10", "编号1之后是10，中间可能漏了内容")]


@cache
def shipped_workbook() -> bytes:
    return list_file.workbook(SHIPPED)


@cache
def shipped_book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(shipped_workbook()))


def changed(sheet: str, cell: str, value: Any) -> list[Doubt]:
    """The doubts where somebody has changed a cell of the exported workbook, which is as it was afterwards."""
    at = shipped_book()[sheet][cell]
    was = at.value
    assert was != value
    at.value = value
    stream = io.BytesIO()
    shipped_book().save(stream)
    at.value = was
    return list(imported("xlsx", stream.getvalue()).doubts)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code", "why"),
    [
        ("任务清单", "C4", "改过的内容", "row", "这一格与“事项”表不同，只读入了“事项”表"),
        ("事项", "E2", "县发改局", "units", "责任单位原文与分列的各栏不一致"),
        ("事项", "I4", "★县发改局", "units", "责任单位原文与分列的各栏不一致"),
        ("事项", "M2", "2024-11-30", "deadline", "时限原文与时限类型、日期不一致"),
        ("事项", "K2", "明天", "deadline", "没有写时限类型"),
        ("事项", "C3", "1.1", "numbers", "事项编号“1.1”重复或不在本任务之下（表格软件打开 csv 时会把 1.10 变成 1.1）"),
        ("事项", "C3", None, "numbers", "没有事项编号"),
        ("事项", "D3", None, "row", "这一行没有工作内容，没有读入"),
        ("事项", "Q3", "2024-08-01", "row", "调出清单的事项没有写明日期和依据，按没有调出读入"),
        ("指标", "E2", "大约", "indicators", "这一行的目标、计量方式等不能识别，没有读入"),
        ("指标", "A2", "99.1", "indicators", "没有编号为“99.1”的事项，这一行没有读入"),
        ("通知", "B4", None, "notice", "没有找到印发机关"),
    ],
)  # fmt: skip
def test_what_somebody_has_changed_on_one_side(
    sheet: str, cell: str, value: Any, code: str, why: str
) -> None:
    found = changed(sheet, cell, value)

    assert (code, why) in [(doubt.code, doubt.why) for doubt in found]


@pytest.mark.parametrize("answer", [None, "确认", "改过的任务名"])
def test_a_title_that_rows_of_a_task_do_not_have_alike_is_asked_about(answer: str | None) -> None:
    rows = list(csv.reader(io.StringIO(list_file.as_csv(SHIPPED).decode("utf-8-sig"), newline="")))
    at = [row[2] for row in rows].index("8.1")
    title = rows[at][1]
    rows[at + 1][1] = rows[at + 2][1] = "改过的任务名"
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    answers = Answers()
    (doubt,) = (
        doubt
        for doubt in imported("csv", stream.getvalue().encode()).doubts
        if doubt.code == "content"
    )
    assert (doubt.subject, doubt.text, doubt.read) == ("8", "改过的任务名", title)
    assert doubt.why == "与本任务前面各行的主要任务不同，已照前面的读入"
    if answer:
        answers.add(doubt, answer)
    draft = imported("csv", stream.getvalue().encode(), answers)

    (task,) = (task for task in draft.tasks if task["id"] == "8")
    assert task["title"] == ("改过的任务名" if answer == "改过的任务名" else title)


def test_a_title_that_only_a_later_row_of_a_task_has_is_its_title() -> None:
    book = openpyxl.load_workbook(io.BytesIO(shipped_workbook()))
    title = book["事项"]["B2"].value
    assert book["事项"]["A2"].value == book["事项"]["A3"].value
    book["事项"]["B2"] = None
    stream = io.BytesIO()
    book.save(stream)
    draft = imported("xlsx", stream.getvalue())

    assert (draft.tasks[0]["title"], draft.doubts) == (title, ())


def test_columns_and_rows_that_somebody_has_added() -> None:
    book = openpyxl.load_workbook(io.BytesIO(shipped_workbook()))
    items: Any = book["事项"]
    items["T1"], items["U1"], items["U3"] = "结转自编号", "领导批示", "请抓紧"
    items.append([22, "强化工改宣传", None, "示例：全年宣传报道不少于3篇。", None, "县财政局",
                  None, None, "县财政局", "12月底", "明确时限", None, "2024/12/31"])  # fmt: skip
    stream = io.BytesIO()
    book.save(stream)
    draft = imported("xlsx", stream.getvalue())

    found = {(doubt.code, doubt.subject): doubt for doubt in draft.doubts}
    assert sorted(found) == [
        ("content", ""), ("extra-column", "领导批示"), ("indicators", "22.3"), ("numbers", "22.3"),
    ]  # fmt: skip
    assert found["extra-column", "领导批示"].text == "请抓紧"
    added = draft.tasks[-1]["items"][-1]
    assert (added["id"], added["deadline"]["due"].isoformat()) == ("22.3", "2024-12-31")


ADDED = ("示例：全年宣传报道不少于3篇。", "县财政局", "12月底", "明确时限", "2024-12-31")
CELLS_OF_ADDED = ("工作内容", "责任单位", "责任单位原文", "完成时限原文", "时限类型", "到期日期")


def added(given: str | None) -> dict[str, str | None]:
    """A row of task 8 that somebody has added, by the columns of the sheet of items."""
    content, unit, text, kind, day = ADDED
    row = dict(zip(CELLS_OF_ADDED, (content, unit, unit, text, kind, day), strict=True))
    return {"任务序号": "8", "主要任务": "推进审批管理精细化", "事项编号": given, **row}


def with_row(ledger: Ledger, before: str, given: str | None) -> bytes:
    """The workbook with a row added to the sheet of items."""
    book = openpyxl.load_workbook(io.BytesIO(list_file.workbook(ledger)))
    items: Any = book["事项"]
    head = [cell.value for cell in items[1]]
    at = [row[head.index("事项编号")].value for row in items.iter_rows()].index(before) + 1
    items.insert_rows(at)
    for name, value in added(given).items():
        items.cell(at, head.index(name) + 1, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ids_and_indicators(draft: Draft) -> list[tuple[str, str, int]]:
    """The items of task 8: id, the beginning of what is to be done, how many indicators."""
    (task,) = (task for task in draft.tasks if task["id"] == "8")
    return [
        (item["id"], item["content"][:3], len(item.get("indicators", ()))) for item in task["items"]
    ]


@pytest.mark.parametrize("given", [None, "8.1", "9.1"])
def test_a_row_added_between_others_takes_nothing_from_them(given: str | None) -> None:
    """It gets an id of its own; all others keep theirs, with the indicators that stand under them."""
    draft = imported("xlsx", with_row(SHIPPED, "8.2", given))

    before = ids_and_indicators(imported("xlsx", shipped_workbook()))
    assert ids_and_indicators(draft) == [before[0], ("8.4", "示例：", 0), *before[1:]]
    assert [doubt.subject for doubt in draft.doubts if doubt.code == "numbers"] == ["8.4"]
    assert [doubt.subject for doubt in draft.doubts if doubt.code == "indicators"] == ["8.4"]


def test_a_row_added_to_a_csv_takes_no_other_s_id() -> None:
    rows = list(csv.reader(io.StringIO(list_file.as_csv(SHIPPED).decode("utf-8-sig"), newline="")))
    at = [row[2] for row in rows].index("8.2")
    new = added(None)
    rows.insert(at, [new.get(name) or "" for name in rows[0]])
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    draft = imported("csv", stream.getvalue().encode())

    assert [item[0] for item in ids_and_indicators(draft)] == ["8.1", "8.4", "8.2", "8.3"]


def test_ids_that_a_spreadsheet_has_shortened_come_back() -> None:
    """It takes 1.10 for the number 1.1."""
    rows = list(csv.reader(io.StringIO(list_file.as_csv(SHIPPED).decode("utf-8-sig"), newline="")))
    head, first = rows[0], rows[1]
    numbers = ["1", *map(str, range(2, 10)), "1", "11"]
    table = [[*first[:2], f"1.{number}", f"做第{n}件事。", *first[4:]]
             for n, number in enumerate(numbers, 1)]  # fmt: skip
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([head, *table])
    draft = imported("csv", stream.getvalue().encode())

    (task,) = draft.tasks
    assert [item["id"] for item in task["items"]] == [f"1.{n}" for n in range(1, 12)]


def test_indicators_of_a_row_that_is_not_read_are_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(shipped_workbook()))
    book["事项"]["D2"] = None
    stream = io.BytesIO()
    book.save(stream)
    found = [d for d in imported("xlsx", stream.getvalue()).doubts if d.code == "indicators"]

    assert [doubt.subject for doubt in found] == ["1.1"]


def test_answers_are_taken() -> None:
    book = openpyxl.load_workbook(io.BytesIO(shipped_workbook()))
    book["事项"]["E2"] = "县发改局"
    book["事项"]["M2"] = "2024-11-30"
    stream = io.BytesIO()
    book.save(stream)
    answers = Answers()
    for doubt in imported("xlsx", stream.getvalue()).doubts:
        answers.add(doubt, doubt.choices[-1].value)
    draft = imported("xlsx", stream.getvalue(), answers)

    assert draft.open_doubts == ()
    item = draft.tasks[0]["items"][0]
    assert item["units"]["lead"] == ["县自然资源局"]
    assert str((item.get("deadline") or draft.tasks[0]["deadline"])["until"]) == "2024-12-31"

    unreadable = Answers()
    for doubt in imported("xlsx", stream.getvalue()).doubts:
        unreadable.add(doubt, "多方")
    refused = imported("xlsx", stream.getvalue(), unreadable)
    assert [each.doubt.code for each in refused.refused] == ["units", "deadline"]
    assert [doubt.code for doubt in refused.open_doubts] == ["units", "deadline"]


def test_a_csv_that_a_spreadsheet_has_saved() -> None:
    """Days with slashes, in GB18030, text that looks like a formula guarded."""
    rows = list(csv.reader(io.StringIO(list_file.as_csv(SHIPPED).decode("utf-8-sig"), newline="")))
    rows = [[cell.replace("2024-12-31", "2024/12/31") for cell in row] for row in rows]
    rows[1][3] = "'=甲"
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    draft = imported("csv", stream.getvalue().encode("gb18030"))

    assert draft.tasks[0]["items"][0]["content"] == "=甲"
    assert not [doubt for doubt in draft.doubts if doubt.code in ("deadline", "units", "row")]
