"""Writes the shipped list with one long log, made up and labelled so (示例数据).

python bench/long_log.py DIRECTORY RECORDS
"""

import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

SHIPPED = Path(__file__).resolve().parent.parent / "data"
UNIT = "县财政局"
ITEMS = ("16.2", "18.1")
FIRST = date(2024, 5, 8)
DAYS = 200


def write_log(directory: Path, records: int) -> None:
    """Copy the list to ``directory`` and give one unit a log of so many reports on its two items."""
    shutil.copytree(SHIPPED, directory, dirs_exist_ok=True)
    lines = ["# 示例数据，非真实进展", f"unit: {UNIT}", "records:"]
    for number in range(records):
        day = FIRST + timedelta(days=number * DAYS // records)
        lines += [
            f"  - id: {day:%Y%m%d}-093000-{number:08x}",
            f'    item: "{ITEMS[number % len(ITEMS)]}"',
            f"    date: {day}",
            "    kind: 进展",
            f"    summary: 示例：第{number + 1}次报送，相关工作正在按计划推进。",
            f"    percent: {number * 100 // records}",
            "    next: 示例：继续推进，按时完成。",
            "    by: 示例丙",
        ]
    log = directory / "progress" / f"{UNIT}.yaml"
    log.parent.mkdir(exist_ok=True)
    log.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_log(Path(sys.argv[1]), int(sys.argv[2]))
