"""Prints how fast bulletins are made, as ratios to what can't be done without.

    python -m bench.reports

The Markdown bulletin against `list`, each as a whole process; making the Word file of the shipped list, its library's
import included, against importing that library and saving an empty document, each timed inside a process of its own;
and the Excel file of growing lists, time and peak memory. Ends with status 1 where a goal is missed.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.generate import write_list
from bench.run import (
    LARGE,
    PYTHON,
    SHIPPED,
    SMALL,
    Measurement,
    gaigai,
    measure,
    report,
    report_growth,
    report_pairs,
)

PAIRS = 9
_READ = """
import sys, time
from datetime import date
from pathlib import Path
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.words.period import Period
from gaigai_cli.store.files import Folder
from gaigai_cli.store.read import read_ledger
made = monthly_report(
    Judge(read_ledger(Folder(Path(sys.argv[1]))).ledger), Period.of(2024, 6), today=date(2024, 12, 15)
)
"""
DOCX = f"""{_READ}
start = time.perf_counter()
from gaigai_cli.render import docx
docx.bulletin(made)
print(time.perf_counter() - start)
"""
EMPTY = """
import io, time
start = time.perf_counter()
import docx, docxtpl
docx.Document().save(io.BytesIO())
print(time.perf_counter() - start)
"""
XLSX = f"""{_READ}
from gaigai_cli.render import xlsx
xlsx.bulletin(made)
"""


def main() -> int:
    """Measure everything; 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as directory:
        return 0 if all((markdown(Path(directory)), word(), excel(Path(directory)))) else 1


def markdown(directory: Path) -> bool:
    """The newcomer's first command against `list`."""
    words = ["report", "--month", "2024-06", "--out", str(directory / "2024-06.md")]
    measurement = Measurement(
        "report as md, shipped data / list",
        gaigai("--data", str(SHIPPED), *words),
        gaigai("--data", str(SHIPPED), "list"),
        goal=1.5,
    )
    return report_pairs(measurement, measure(measurement))


def word() -> bool:
    """The Word file of 33 items."""
    pairs = [(_timed(DOCX, str(SHIPPED)), _timed(EMPTY)) for _ in range(PAIRS)]
    made, empty = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(a / b for a, b in pairs)
    return report("docx, 33 items / its library", ratio, 2, f"{made:.3f} s / {empty:.3f} s")


def excel(directory: Path) -> bool:
    """The Excel file of a thousand and of ten thousand items, reading the list included."""
    sizes = {}
    for size in (SMALL, LARGE):
        data = directory / str(size)
        write_list(data, size)
        sizes[size] = Measurement(
            f"xlsx, {size:,} items",
            [PYTHON, "-c", XLSX, str(data)],
            [PYTHON, "-c", _READ, str(data)],
            goal=3,
            pairs=3,
        )
    pairs = {size: measure(measurement) for size, measurement in sizes.items()}
    met = [report_pairs(sizes[size], pairs[size]) for size in sizes]
    title = f"xlsx, {LARGE:,} / {SMALL:,} items"
    met.append(report_growth(title, pairs[SMALL], pairs[LARGE], LARGE / SMALL))
    return all(met)


def _timed(program: str, *words: str) -> float:
    done = subprocess.run(
        [PYTHON, "-c", program, *words], check=True, capture_output=True, encoding="utf-8"
    )
    return float(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
