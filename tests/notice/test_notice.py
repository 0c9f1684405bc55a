"""The shipped list against the notice: every cell is compared with the kept copy of the notice's text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from gaigai_cli.model.departments import Departments
from gaigai_cli.model.tasks import ListedItem, TaskList
from gaigai_cli.words.units import UnitsReading, read_units

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "data"
NOTICE = (HERE / "notice-2024.txt").read_text(encoding="utf-8")
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def load(name: str) -> Any:
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=LOADER)


TASKS = load("tasks.yaml")
LIST = TaskList.model_validate(TASKS)
UNITS = Departments.model_validate(load("departments.yaml"))


@dataclass(frozen=True)
class Cell:
    """An item as the notice's table has it, its row's cells taken apart."""

    id: str
    title: str
    content: str
    units: str
    deadline: str
    shared_units: bool
    shared_deadline: bool


def points(content: str) -> list[str]:
    """The numbered points of a content cell without their numbers, or the whole cell."""
    text = re.sub("</?p>", "", content)
    if not text.startswith("1. "):
        return [text]
    return [point.strip() for point in re.split(r"(?:^| )[1-9]\. ", text) if point.strip()]


def rows_by_task() -> dict[tuple[str, str], list[list[str]]]:
    rows = [line.split("\t") for line in NOTICE.splitlines() if line.count("\t") == 4]
    tasks: dict[tuple[str, str], list[list[str]]] = {}
    key = ("", "")
    for number, title, *cells in rows:
        if number == "序号":
            continue
        key = (number, title) if number else key
        tasks.setdefault(key, []).append(cells)
    return tasks


def cells() -> list[Cell]:
    found = []
    for (number, title), rows in rows_by_task().items():
        deadline, count = "", 0
        for content, units, written in rows:
            deadline = written or deadline
            in_cell = points(content)
            for point in in_cell:
                count += 1
                shared = len(in_cell) > 1
                spanned = shared or not all(row[2] for row in rows)
                found.append(
                    Cell(f"{number}.{count}", title, point, units, deadline, shared, spanned)
                )
    return found


CELLS = cells()


def listed(item: str) -> ListedItem:
    return LIST.by_id[item]


def test_head() -> None:
    lines = [line.strip() for line in NOTICE.splitlines() if line.strip()]
    signature = lines.index("2024年5月7日")
    assert TASKS["notice"] == {
        "title": lines[signature + 1].removeprefix("## "),
        "number": lines[1],
        "issuer": lines[signature - 2] + lines[signature - 1],
        "issued": "2024-05-07",
        "year": "2024",
        "addressee": lines[3].removesuffix("："),
        "office": "县工改办",
        "role_names": {"lead": "牵头责任单位", "responsible": "责任单位"},
    }
    assert lines[0] == "# " + LIST.notice.issuer
    assert lines[2] == f"## 关于印发《{LIST.notice.title}》的通知"
    assert "责任单位(打★为牵头责任单位)" in NOTICE


def test_22_tasks_and_33_items_in_the_order_of_the_notice() -> None:
    assert [(task.id, task.title) for task in LIST.tasks] == list(rows_by_task())
    assert [item.id for item in LIST.listed] == [cell.id for cell in CELLS]
    assert (len(LIST.tasks), len(LIST.listed)) == (22, 33)


def test_items() -> None:
    for cell in CELLS:
        item = listed(cell.id)
        written = (item.task.title, item.item.content, item.units.text, item.deadline.text)
        assert written == (cell.title, cell.content, cell.units, cell.deadline)
        assert (item.item.units is None) == (item.task.units is not None) == cell.shared_units
        assert (
            (item.item.deadline is None) == (item.task.deadline is not None) == cell.shared_deadline
        )


def test_units_are_those_of_the_cell() -> None:
    """Compared with the grammar and with a plain split by hand."""
    for cell in CELLS:
        units = listed(cell.id).units
        assert read_units(cell.units) == UnitsReading(
            units.lead, units.responsible, units.support, units.open
        )
        text = cell.units.replace("及相关部门", "、相关部门").replace("水电气等", "水电气\0")
        parts = re.split("[、，]|(?=等)", text)
        assert [part.replace("\0", "等") for part in parts] == [
            *(("★" + name) for name in units.lead),
            *units.responsible,
            *units.open,
        ]


MONTH_ENDS = {"6": "06-30", "7": "07-31", "9": "09-30", "11": "11-30", "12": "12-31"}


def test_deadline_is_that_of_the_cell() -> None:
    for cell in CELLS:
        month = re.fullmatch(r"2024年(\d+)月底", cell.deadline)
        said = (
            {"kind": "fixed", "due": f"2024-{MONTH_ENDS[month[1]]}"}
            if month
            else {"kind": "ongoing", "until": "2024-12-31"}
        )
        assert month or cell.deadline.replace(" ", "") == "2024年持续推动落实"
        fields = listed(cell.id).deadline.model_dump(mode="json", exclude_none=True)
        assert fields == {"text": cell.deadline, **said}


def test_who_leads_how_many() -> None:
    assert Counter(name for item in LIST.listed for name in item.units.lead) == {
        "县工改办": 16,
        "县住建局": 8,
        "县自然资源局": 4,
        "园区管委会": 2,
        "县财政局": 2,
        "县政务服务中心": 1,
        "县市场监管局": 1,
    }


def test_joint_leads() -> None:
    joint = {item.id: item.units.lead for item in LIST.listed if len(item.units.lead) != 1}
    assert joint == {"10.2": ("县市场监管局", "县住建局")}


def test_in_how_many_items_a_unit_appears() -> None:
    assert sum("县住建局" in item.units.named for item in LIST.listed) == 17


def test_dated_items() -> None:
    dated = {
        item.id: item.deadline.due.isoformat()
        for item in LIST.listed
        if item.deadline.kind == "fixed"
    }
    assert dated == {
        "10.2": "2024-12-31",
        "12.1": "2024-12-31",
        "14.1": "2024-09-30",
        "15.1": "2024-12-31",
        "16.2": "2024-06-30",
        "18.1": "2024-06-30",
        "19.1": "2024-12-31",
        "19.2": "2024-12-31",
        "20.1": "2024-07-31",
        "21.1": "2024-12-31",
        "22.1": "2024-11-30",
        "22.2": "2024-11-30",
    }
    assert sum(item.deadline.kind == "ongoing" for item in LIST.listed) == 21


def target(indicator: Any) -> str:
    """The target in one word, for the table below."""
    (name, value), *others = indicator.target.model_dump(exclude_none=True).items()
    assert not others
    return f"{name} {value}"


IN_FRONT = "text 进入全省前列"
OPEN_TO_QUESTION = "undecided 压缩至标准审批时限60%以上，口径待县工改办明确"
INDICATORS = {
    "1.1": [("拿地即开工项目", "个", "at_least 2", "entries")],
    "6.1": [("多测合一全县覆盖", None, "text 实现全县覆盖", "latest")],
    "7.1": [
        ("执法处理率", "%", "at_least 100", "latest"),
        ("线下审查、体外循环", "件", "equal 0", "sum"),
    ],
    "7.2": [
        ("BIM审查试点范围", None, "trend up", "latest"),
        ("规范条文库", "条", "trend up", "latest"),
    ],
    "7.3": [("施工图审查全过程用时", "个工作日", "trend down", "latest")],
    "8.2": [
        ("审批时限", "个工作日", "trend down", "latest"),
        ("并联审批率", "%", "trend up", "latest"),
        ("并联审批率全省排名", "位", IN_FRONT, "latest"),
        ("告知承诺率", "%", "trend up", "latest"),
        ("告知承诺率全省排名", "位", IN_FRONT, "latest"),
        ("一张蓝图策划生成项目数", "个", IN_FRONT, "latest"),
        ("一张蓝图策划生成项目数全省排名", "位", IN_FRONT, "latest"),
        ("区域评估项目数", "个", IN_FRONT, "latest"),
        ("区域评估项目数全省排名", "位", IN_FRONT, "latest"),
        ("市政公用服务项目数", "个", IN_FRONT, "latest"),
        ("市政公用服务项目数全省排名", "位", IN_FRONT, "latest"),
        ("联合验收项目数", "个", IN_FRONT, "latest"),
        ("联合验收项目数全省排名", "位", IN_FRONT, "latest"),
        ("审批服务质量", None, IN_FRONT, "latest"),
        ("审批服务质量全省排名", "位", IN_FRONT, "latest"),
    ],
    "8.3": [
        ("用地规划许可证平均审批时限", "个工作日", "at_most 1", "latest"),
        ("施工许可证平均审批时限", "个工作日", "at_most 2", "latest"),
        ("竣工验收平均审批时限", "个工作日", "at_most 0.5", "latest"),
        ("其他高频审批事项标准审批时限", "个工作日", OPEN_TO_QUESTION, "latest"),
        ("其他高频审批事项实际审批用时", "个工作日", OPEN_TO_QUESTION, "latest"),
    ],
    "9.1": [
        ("征询反馈超时", "件", "equal 0", "latest"),
        ("审批逾期", "件", "equal 0", "latest"),
        ("极短审批", "件", "equal 0", "latest"),
        ("多次退件", "件", "equal 0", "latest"),
        ("多次审批暂停", "件", "equal 0", "latest"),
        ("长期未办结", "件", "equal 0", "latest"),
    ],
    "9.2": [("线下审批、体外循环", "件", "equal 0", "sum")],
    "9.3": [
        ("联合验收用时", "个工作日", "trend down", "latest"),
        ("联合验收次数", "次", "trend down", "latest"),
    ],
    "14.1": [("保险试点实施项目", "个", "at_least 1", "entries")],
    "19.2": [("进入第一方阵", None, "text 进入第一方阵", "latest")],
    "21.1": [("业务培训", "次", "at_least 2", "entries")],
    "22.1": [("宣传报道", "篇", "at_least 6", "entries")],
    "22.2": [("表彰肯定", "篇", "at_least 2", "entries")],
}


def test_indicators() -> None:
    assert {
        item.id: [(i.name, i.unit, target(i), i.measure) for i in item.item.indicators]
        for item in LIST.listed
        if item.item.indicators
    } == INDICATORS


def test_whose_figures_count_and_how() -> None:
    for item in LIST.listed:
        ids = [indicator.id for indicator in item.item.indicators]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch("[a-z]+(-[a-z]+)*", name) for name in ids)
        provider = "县工改办" if item.task.id in ("8", "9") else None
        per = "undecided" if item.task.id in ("21", "22") else "total"
        cycle = "month" if item.id == "9.1" else None
        for indicator in item.item.indicators:
            assert (indicator.provider, indicator.per, indicator.cycle) == (provider, per, cycle)
            assert indicator.baseline is None
    ranked = {i.id for i in listed("8.2").item.indicators}
    assert {name.removesuffix("-rank") for name in ranked if name.endswith("-rank")} <= ranked


def test_what_can_be_read_in_two_ways_has_a_note() -> None:
    for item in LIST.listed:
        for indicator in item.item.indicators:
            unclear = indicator.per == "undecided" or indicator.target.undecided
            ranged = item.id in ("1.1", "21.1")
            assert not (unclear or ranged) or indicator.note


def test_departments_are_the_units_that_the_notice_names() -> None:
    named = {name for item in LIST.listed for name in item.units.named}
    by_appearance = sorted(named, key=NOTICE[NOTICE.index("\t") :].index)
    assert [unit.name for unit in UNITS.units] == by_appearance
    assert len(UNITS.units) == 17


def test_no_two_units_are_called_the_same() -> None:
    called = Counter(name for unit in UNITS.units for name in {*unit.names, *unit.initials})
    assert [name for name, times in called.items() if times > 1] == []
    assert all(len(set(unit.names)) == len(unit.names) for unit in UNITS.units)


def test_initials() -> None:
    """县 is an x before the initials of the short name; 园区管委会 has no 县 to leave out."""
    for unit in UNITS.units:
        if unit.name.startswith("县"):
            full, short = unit.initials
            assert full == "x" + short
            assert len(full) == len(unit.name)
        else:
            assert [len(letters) for letters in unit.initials] == [len(unit.name)]


def test_vertical_units() -> None:
    vertical = [unit.name for unit in UNITS.units if unit.vertical]
    assert vertical == ["县生态环境局", "县消防救援支队", "县税务局"]


@pytest.mark.parametrize("name", ["tasks", "departments"])
def test_file_opens_with_its_schema(name: str) -> None:
    first = (DATA / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../schemas/{name}.schema.json"


@pytest.mark.parametrize("slip", ["工作同意部署", "县政服务质量", "督查督办", "督察督办", "支队"])
def test_slips_are_kept_and_pointed_out(slip: str) -> None:
    lines = (DATA / "tasks.yaml").read_text(encoding="utf-8").splitlines()
    assert slip in NOTICE
    assert any(slip in line for line in lines if not line.lstrip().startswith("#"))
    assert any(slip in line for line in lines if line.lstrip().startswith("#"))
