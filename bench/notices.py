"""Prints how well and how fast notices are read.

    python -m bench.notices

First of each made-up layout, in each format, the cells that are right, doubtful and wrong; then the time of importing
the shipped notice as a Word document against importing python-docx, and the time and memory of larger workbooks
against openpyxl reading them. Ends with status 1 where a cell is wrong or a goal is missed.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.run import PYTHON, Measurement, gaigai, measure, report_growth, report_pairs
from tests.notice.layouts import LAYOUTS
from tests.notice.measure import formats_of, imported, verdicts
from tests.notice.renderings import Sheet, as_docx, as_xlsx
from tests.notice.seed import seed

SMALL, LARGE = 1_000, 4_000
_LOAD = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"


def main() -> int:
    """Import everything; 1 where a cell is wrong or a goal is missed."""
    right = cells()
    with tempfile.TemporaryDirectory() as folder:
        fast = speed(Path(folder))
    return 0 if right and fast else 1


def cells() -> bool:
    """Every layout in every format that can show it; whether no cell is wrong."""
    total: Counter[str] = Counter()
    print(f"{'right':>6} {'doubtful':>9} {'wrong':>6}")
    for layout in LAYOUTS:
        for name in formats_of(layout):
            counts = Counter(verdicts(layout, imported(layout, name)).values())
            total += counts
            print(_row(counts, f"{name}  {layout.name}"))
    share = total["right"] / total.total()
    print(_row(total, f"all; {share:.1%} right without a doubt\n"))
    return total["wrong"] == 0


def _row(counts: Counter[str], words: str) -> str:
    return f"{counts['right']:>6} {counts['doubtful']:>9} {counts['wrong']:>6}  {words}"


def speed(folder: Path) -> bool:
    """The shipped notice, and workbooks of a thousand rows and of four thousand."""
    notice = folder / "notice.docx"
    notice.write_bytes(as_docx(seed()))
    word = Measurement(
        "import, shipped notice.docx / import docx",
        importing(notice, folder),
        [PYTHON, "-c", "import docx"],
        goal=4.5,
    )
    met = [report_pairs(word, measure(word))]
    books = []
    for size in (SMALL, LARGE):
        path = folder / f"{size}.xlsx"
        path.write_bytes(as_xlsx(workbook(size)))
        books.append(
            Measurement(
                f"import, {size:,} rows.xlsx / openpyxl",
                importing(path, folder),
                [PYTHON, "-c", _LOAD, str(path)],
                goal=20,
                memory_goal=6,
                pairs=3,
            )
        )
    small, large = (measure(book) for book in books)
    met += [report_pairs(book, pairs) for book, pairs in zip(books, (small, large), strict=True)]
    met.append(report_growth(f"import, {LARGE:,} / {SMALL:,} rows", small, large, LARGE / SMALL))
    return all(met)


def importing(notice: Path, folder: Path) -> list[str]:
    """The command that imports a notice, as often as it is run."""
    return gaigai("import", str(notice), "--out", str(folder / "data"), "--force")


def workbook(size: int) -> Sheet:
    """A notice of ``size`` tasks."""
    rows = [["序号", "主要任务", "工作内容", "责任单位（打★为牵头单位）", "完成时限"]]
    rows += [
        [
            str(n),
            f"任务{n}",
            f"第{n}项工作，不少于{n}次。",
            "★县发改局、县住建局",
            f"2025年{n % 12 + 1}月底",
        ]
        for n in range(1, size + 1)
    ]
    before = ("示例县2025年任务清单", "示例县办公室", "2024年12月10日")
    return Sheet(before, (rows,))


if __name__ == "__main__":
    sys.exit(main())
