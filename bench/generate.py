"""Writes a data directory of any size, made up and labelled so (示例数据).

    python bench/generate.py DIRECTORY ITEMS

The same arguments always write the same bytes. Every record kind that a long list is full of occurs: progress,
applications for close-out and the office's rulings on them; every tenth item is ongoing.
"""

import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

RECORDS_PER_ITEM = 10
ITEMS_PER_TASK = 10
ISSUED = date(2024, 5, 7)
NUMERALS = "一二三四五六七八九"
UNITS = ("县示例办", *(f"县示例{ten}{one}局" for ten in ("", "十") for one in NUMERALS))[:17]
OFFICE = UNITS[0]
PERSON = "示例登记人"
LABEL = "# 示例数据，非真实进展\n"


class Deadline(NamedTuple):
    """A deadline of the list: the lines of its mapping, and whether an item with it can be closed by 销号."""

    lines: tuple[str, ...]
    dated: bool


ONGOING = Deadline(("text: 2024年持续推动落实", "kind: ongoing", "until: 2024-12-31"), dated=False)
DATED = tuple(
    Deadline((f"text: 2024年{month}月底", "kind: fixed", f"due: 2024-{month:02}-{day}"), dated=True)
    for month, day in ((6, 30), (7, 31), (8, 31), (9, 30), (10, 31), (11, 30), (12, 31))
)


def write_list(directory: Path, items: int) -> None:
    """Write ``tasks.yaml``, ``departments.yaml`` and one log a unit for ``items`` items of ten records each."""
    (directory / "progress").mkdir(parents=True)
    _write(directory / "tasks.yaml", "../schemas/tasks", _tasks(items))
    _write(directory / "departments.yaml", "../schemas/departments", _departments())
    for unit, records in _logs(items).items():
        lines = [f"unit: {unit}", "records:", *(line for _, line in sorted(records))]
        _write(directory / "progress" / f"{unit}.yaml", "../../schemas/progress", lines)


def _write(path: Path, schema: str, lines: list[str]) -> None:
    head = f"# yaml-language-server: $schema={schema}.schema.json\n{LABEL}"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _departments() -> list[str]:
    lines = ["units:"]
    for number, name in enumerate(UNITS):
        lines += [f"  - name: {name}", f"    aliases: [{name[1:]}]"]
        lines += [
            f"    initials: [xsl{chr(ord('a') + number)}]",
            "    former: []",
            "    vertical: false",
        ]
    return lines


def _lead(item: int) -> str:
    return UNITS[item % len(UNITS)]


def _deadline(item: int) -> Deadline:
    return ONGOING if item % 10 == 9 else DATED[item % len(DATED)]


def _id(item: int) -> str:
    return f"{item // ITEMS_PER_TASK + 1}.{item % ITEMS_PER_TASK + 1}"


def _tasks(items: int) -> list[str]:
    lines = [
        "notice:",
        "  title: 示例任务清单（规模测试）",
        "  number: 示例〔2024〕1号",
        "  issuer: 示例领导小组办公室",
        f"  issued: {ISSUED}",
        "  year: 2024",
        "  addressee: 示例成员单位",
        f"  office: {OFFICE}",
        "  role_names: {lead: 牵头责任单位, responsible: 责任单位}",
        "  example: true",
        "tasks:",
    ]
    for item in range(items):
        if item % ITEMS_PER_TASK == 0:
            task = item // ITEMS_PER_TASK + 1
            lines += [f'  - id: "{task}"', f"    title: 示例任务第{task}项", "    items:"]
        lead, other = _lead(item), UNITS[(item + 5) % len(UNITS)]
        lines += [
            f'      - id: "{_id(item)}"',
            f"        content: 示例工作内容第{item + 1}条，优化审批流程，压缩审批时限，落实到人。",
            "        units:",
            f"          text: ★{lead}、{other}",
            f"          lead: [{lead}]",
            f"          responsible: [{other}]",
            "          open: []",
            "        deadline:",
            *(f"          {line}" for line in _deadline(item).lines),
        ]
    return lines


def _logs(items: int) -> dict[str, list[tuple[str, str]]]:
    """Per unit its records, each with its id, which sorts them by time."""
    logs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in range(items):
        for number in range(RECORDS_PER_ITEM):
            unit, fields = _record(item, number)
            logs[unit].append((_record_id(item, number), "\n    ".join(fields)))
    return logs


def _day(item: int, number: int) -> date:
    return ISSUED + timedelta(days=1 + number * 20 + item % 19)


def _record_id(item: int, number: int) -> str:
    return f"{_day(item, number):%Y%m%d}-093000-{item * RECORDS_PER_ITEM + number:08x}"


def _record(item: int, number: int) -> tuple[str, list[str]]:
    """The record's unit and its lines: progress, and for every second dated item an application and a ruling."""
    head = [
        f"  - id: {_record_id(item, number)}",
        f'item: "{_id(item)}"',
        f"date: {_day(item, number)}",
        f"by: {PERSON}",
    ]
    dated = _deadline(item).dated
    closing = dated and item % 2 == 0
    if closing and number == RECORDS_PER_ITEM - 1:
        return OFFICE, [
            *head,
            "kind: 核验销号",
            f"answers: [{_record_id(item, number - 1)}]",
            *_verified(item),
        ]
    if closing and number == RECORDS_PER_ITEM - 2:
        return _lead(item), [
            *head,
            "kind: 申请销号",
            "summary: 示例：各项工作已完成。",
            "evidence: [示例〔2024〕2号]",
        ]
    return _lead(item), [
        *head,
        "kind: 进展",
        f"summary: 示例：第{number + 1}次报送，相关工作正在按计划推进。",
        *([f"percent: {number * 10}"] if dated else []),
        "next: 示例：继续推进，按时完成。",
    ]


def _verified(item: int) -> list[str]:
    """What the office must add where it verifies an item that it leads itself."""
    return ["verified_by_unit: 县示例一局", "signer: 示例签字人"] if _lead(item) == OFFICE else []


if __name__ == "__main__":
    write_list(Path(sys.argv[1]), int(sys.argv[2]))
