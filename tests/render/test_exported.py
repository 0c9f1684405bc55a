"""The list as a file for others: what each format holds, and that JSON and Markdown give the list back."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from gaigai_cli.model.departments import Departments
from gaigai_cli.model.exported import ITEMS, heads
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.schema import schema
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.notice.own_list import read_exported
from gaigai_cli.render.papers import list_file
from gaigai_cli.render.papers.notice_table import notice_table
from gaigai_cli.yamldoc.reader import parse
from tests.lists import judge_of
from tests.program import SameAsFile
from tests.transcript import EXAMPLE, SHIPPED

KEPT = Path(__file__).parent / "kept"
NOTICE = Path(__file__).parents[1] / "notice" / "notice-2024.txt"
EVERY_KIND = {
    "tasks.yaml": {
        "notice": {
            "title": "示例 2024 年任务清单",
            "number": "示例〔2024〕1号",
            "issuer": "示例办",
            "issued": "2024-05-07",
            "year": 2024,
            "addressee": "各单位",
            "office": "示例办",
            "example": True,
        },
        "tasks": [
            {
                "id": "7",
                "title": "=示例任务",
                "units": {
                    "text": "★示例甲局、示例乙局",
                    "lead": ["示例甲局"],
                    "responsible": ["示例乙局"],
                },
                "items": [
                    {
                        "id": "7.1",
                        "content": "第一行\n第二行",
                        "deadline": {
                            "text": "4月底前编制方案，9月底前完成",
                            "kind": "staged",
                            "stages": [
                                {"id": "a", "text": "编制方案", "due": "2024-04-30"},
                                {"id": "b", "text": "完成", "due": "2024-09-30"},
                            ],
                        },
                        "criteria": "提供方案文本。",
                        "leader": "示例领导",
                        "contact": "示例联系人",
                    },
                    {
                        "id": "7.10",
                        "content": "每季度末通报一次。",
                        "deadline": {
                            "text": "每季度末",
                            "kind": "recurring",
                            "every": "quarter",
                            "day": 31,
                            "from": "2024-05-07",
                            "until": "2024-12-31",
                        },
                        "indicators": [
                            {
                                "id": "rate",
                                "name": "办结率",
                                "unit": "%",
                                "target": {"trend": "up"},
                                "measure": "latest",
                                "baseline": {"value": "60.5", "label": "2023年全年"},
                            }
                        ],
                        "carried_from": {"number": "示例〔2023〕1号", "id": "3.1"},
                    },
                    {
                        "id": "7.11",
                        "content": "已调出的事项。",
                        "deadline": {"text": "6月底", "kind": "fixed", "due": "2024-06-30"},
                        "removed": {"on": "2024-08-01", "basis": "示例〔2024〕9号"},
                    },
                ],
            }
        ],
    },
    "departments.yaml": {
        "units": [
            {
                "name": "示例甲局",
                "aliases": ["甲局"],
                "initials": ["sljj"],
                "former": [],
                "vertical": True,
            },
            {"name": "示例乙局"},
            {"name": "示例办"},
        ]
    },
    "rules.yaml": {
        "reporting": {"every": "month", "by": 25, "of": "当月", "from": "2024-06"},
        "calendar": {"2031": {"holidays": ["2031-10-01"], "workdays": []}},
    },
}


def every_kind() -> Ledger:
    return Ledger(
        tasks=TaskList.model_validate(EVERY_KIND["tasks.yaml"]),
        departments=Departments.model_validate(EVERY_KIND["departments.yaml"]),
        rules=Rules.model_validate(EVERY_KIND["rules.yaml"]),
    )


LEDGERS = [judge_of(SHIPPED).ledger, judge_of(EXAMPLE).ledger, every_kind()]
NAMES = ["shipped", "example", "every-kind"]


def without_comments(text: str) -> list[str]:
    lines = (line.partition("  #")[0].rstrip() for line in text.splitlines())
    return [line for line in lines if line and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("ledger", LEDGERS, ids=NAMES)
def test_json_is_by_the_schemas(ledger: Ledger) -> None:
    made = json.loads(list_file.as_json(ledger, with_rules=True))

    assert list(made) == ["tasks.yaml", "departments.yaml", "rules.yaml"]
    for name, tree in made.items():
        jsonschema.validate(tree, schema(name.removesuffix(".yaml")))


@pytest.mark.parametrize("ledger", LEDGERS, ids=NAMES)
def test_json_gives_the_same_list_back(ledger: Ledger) -> None:
    texts = read_exported(list_file.as_json(ledger, with_rules=True).encode())

    trees: dict[str, Any] = {name: parse(text.encode()).root for name, text in texts.items()}
    assert TaskList.model_validate(trees["tasks.yaml"]) == ledger.tasks
    assert Departments.model_validate(trees["departments.yaml"]) == ledger.departments
    assert Rules.model_validate(trees["rules.yaml"]) == ledger.rules


@pytest.mark.parametrize("name", ["tasks.yaml", "departments.yaml"])
def test_json_gives_the_same_file_back_but_for_comments(name: str) -> None:
    texts = read_exported(list_file.as_json(judge_of(SHIPPED).ledger, with_rules=False).encode())

    written = (SHIPPED / name).read_text(encoding="utf-8")
    assert without_comments(texts[name]) == without_comments(written)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[]", "JSON 里没有 tasks.yaml、departments.yaml，不是导出的清单"),
        ("{", "文件不是 JSON，或已损坏"),
        ('{"tasks.yaml": 1, "tasks.yaml": 2}', "文件不是 JSON，或已损坏"),
        ('{"tasks.yaml": {}, "departments.yaml": {}}', "tasks.yaml的 notice：写法不对"),
        ('{"tasks.yaml": {}, "departments.yaml": {}, "x": 1}', "JSON 里有不认识的 x"),
        ("[" * 100_000, "文件不是 JSON，或已损坏"),
    ],
)
def test_what_is_no_export(content: str, sentence: str) -> None:
    from gaigai_cli.errors import GaigaiError

    with pytest.raises(GaigaiError) as caught:
        read_exported(content.encode())
    assert caught.value.message == sentence


def test_the_notices_own_table(same_as_file: SameAsFile) -> None:
    same_as_file(list_file.markdown(LEDGERS[0].tasks), KEPT / "exported.md")
    same_as_file(list_file.markdown(LEDGERS[2].tasks), KEPT / "exported-every-kind.md")


def test_the_table_has_the_rows_and_cells_of_the_notice() -> None:
    """Row by row the cells of the notice's text; where it has none, one from above reaches in."""
    lines = NOTICE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.count("\t") == 4]
    issued = [row for row in rows if row[0] != "序号"]

    table = notice_table(LEDGERS[0].tasks)

    assert list(table.head) == rows[0]
    assert len(table.rows) == len(issued)
    for row, written in zip(table.rows, issued, strict=True):
        for column in (0, 1, 3, 4):
            cell = row[column]
            assert (cell.text if cell else "") == written[column]
        content = row[2]
        assert content is not None
        squeezed = "".join(content.text.split())
        assert squeezed == "".join(written[2].replace("<p>", "").replace("</p>", "").split())


@pytest.mark.parametrize("ledger", LEDGERS, ids=NAMES)
def test_csv_for_excel(ledger: Ledger) -> None:
    data = list_file.as_csv(ledger)

    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == heads(ITEMS)
    assert [row[2] for row in rows[1:]] == list(ledger.tasks.by_id)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_excel_has_the_merged_cells_and_real_days() -> None:
    ledger = LEDGERS[0]
    data = list_file.workbook(ledger)
    book = openpyxl.load_workbook(io.BytesIO(data))

    assert data == list_file.workbook(ledger)
    assert book.sheetnames == ["任务清单", "事项", "指标", "单位", "通知"]
    merged = {str(one) for one in book["任务清单"].merged_cells.ranges}
    assert {"A4:A5", "B4:B5", "E4:E5"} <= merged
    items: Any = book["事项"]
    assert items.max_row == 34
    assert items["C2"].value == "1.1"
    assert items["M2"].is_date
    assert book["单位"].max_row == 18


def test_excel_takes_no_text_for_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(list_file.workbook(LEDGERS[2])))

    cells = [c for ws in book for row in ws.iter_rows() for c in row if c.value == "=示例任务"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
