"""Prints how fast the program is, as ratios to what it can't do without.

    python bench/run.py [--only PART …]

Every measurement runs the program and its baseline by turns (A B A B …), each as a whole process, and prints the
medians of the processor's time and the median of the pairs' ratios: a slow machine, or one that others use too, slows
both. Ends with status 1 where a goal is missed. To add a measurement, add a ``Measurement`` to one of ``PARTS``.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / "data"
PYTHON = sys.executable
SIZES = (1_000, 10_000)
SMALL, LARGE = SIZES
LARGE_WORDS = (("list", "--format", "json"), ("overdue",))
COMMITS = 1_000
COUNTIES = 122
"""The lists of a province."""

# After the last generated record, so that none lies in the future.
CLOCK = {"GAIGAI_NOW": "2024-12-15T09:00:00"}
IMPORTS = """
import pydantic, typer, yaml
from rich.console import Console
from rich.table import Table
class Model(pydantic.BaseModel):
    name: str
"""
# The trees are kept to the end, as a program that answers questions about a whole list must keep what it read.
COMPOSE = f"""{IMPORTS}
import gc, pathlib, sys
gc.disable()
trees = [
    yaml.compose(path.read_bytes(), Loader=yaml.CSafeLoader)
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml"))
]
"""


@dataclass(frozen=True)
class Measurement:
    """A command, what it is compared with, and the ratios that it should not exceed."""

    title: str
    command: Sequence[str]
    baseline: Sequence[str]
    goal: float
    memory_goal: float | None = None
    pairs: int = 15


@dataclass(frozen=True)
class Run:
    """One process: seconds that it kept a processor busy, and the most memory it held in MiB.

    Where the platform tells neither, the seconds that it took, and None.
    """

    seconds: float
    memory: float | None


@dataclass(frozen=True)
class Pairs:
    """The runs of a measurement: command and baseline, one pair a turn."""

    runs: Sequence[tuple[Run, Run]]

    @property
    def ratio(self) -> float:
        """Of the times, command to baseline."""
        return median(command.seconds / baseline.seconds for command, baseline in self.runs)

    @property
    def seconds(self) -> tuple[float, float]:
        """Of the command and of the baseline."""
        commands, baselines = zip(*self.runs, strict=True)
        return median(run.seconds for run in commands), median(run.seconds for run in baselines)

    @property
    def memory(self) -> tuple[float, float] | None:
        """In MiB, of the command and of the baseline."""
        both = [(a.memory, b.memory) for a, b in self.runs if a.memory and b.memory]
        return (median(a for a, _ in both), median(b for _, b in both)) if both else None


def gaigai(*words: str) -> list[str]:
    """The installed program, as a user starts it."""
    script = shutil.which("gaigai", path=str(Path(PYTHON).parent))
    if script is None:
        sys.exit('gaigai is not installed beside this Python: pip install -e "."')
    return [script, *words]


def run(command: Sequence[str]) -> Run:
    """Run one process to its end. Ends the program with the process's own words where it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=errors, env=os.environ | CLOCK
        )
        used = _wait(process) or Run(time.perf_counter() - start, None)
        if process.returncode != 0:
            errors.seek(0)
            sys.exit(f"{' '.join(command)}\n{errors.read().decode(errors='replace')}")
    return used


if sys.platform == "win32":

    def _wait(process: subprocess.Popen[bytes]) -> Run | None:
        process.wait()
        return None

else:

    def _wait(process: subprocess.Popen[bytes]) -> Run | None:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        unit = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss: bytes there, KiB elsewhere
        return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def measure(measurement: Measurement) -> Pairs:
    """Run both sides by turns, once before counting so that the files are in the system's cache."""
    run(measurement.command)
    run(measurement.baseline)
    return Pairs(
        [(run(measurement.command), run(measurement.baseline)) for _ in range(measurement.pairs)]
    )


def report(title: str, ratio: float, goal: float, details: str = "") -> bool:
    """Print one line; whether the goal is met."""
    met = ratio <= goal
    print(f"{title:<42} {ratio:6.2f}  goal {goal:5.2f}  {'met   ' if met else 'MISSED'}  {details}")
    return met


def report_pairs(measurement: Measurement, pairs: Pairs) -> bool:
    """Print the times, and the memory where a goal is set and the platform tells it; whether all goals are met."""
    details = "{:.3f} s / {:.3f} s".format(*pairs.seconds)
    met = report(measurement.title, pairs.ratio, measurement.goal, details)
    if measurement.memory_goal is not None and pairs.memory is not None:
        mine, other = pairs.memory
        details = f"{mine:.0f} MiB / {other:.0f} MiB"
        met &= report("  peak memory", mine / other, measurement.memory_goal, details)
    return met


def report_growth(title: str, small: Pairs, large: Pairs, goal: float) -> bool:
    """Print how much longer ``large`` takes than ``small``; whether that is what its data are more at most."""
    mine, other = (b / a for a, b in zip(small.seconds, large.seconds, strict=True))
    details = f"baseline grows by {other:.2f}"
    if small.memory and large.memory:
        memory = (b / a for a, b in zip(small.memory, large.memory, strict=True))
        details += " · memory by {:.2f} / {:.2f}".format(*memory)
    return report(title, mine, goal, details)


def startup(_: Path) -> list[Measurement]:
    """What a user waits for on the list that is shipped."""
    return [
        Measurement(
            "list, shipped data / bare imports",
            gaigai("--data", str(SHIPPED), "list"),
            [PYTHON, "-c", IMPORTS],
            goal=1.25,
        ),
        Measurement(
            "--version / import typer",
            gaigai("--version"),
            [PYTHON, "-c", "import typer"],
            goal=1.5,
        ),
    ]


def large(directory: Path) -> list[Measurement]:
    """Reading commands on generated lists, against composing the same files.

    They are generated in a process of its own: the peak of a child counts its parent's.
    """
    lists = {size: directory / str(size) for size in SIZES}
    for size, data in lists.items():
        run([PYTHON, str(HERE / "generate.py"), str(data), str(size)])
    return [large_list(words, size, lists[size]) for words in LARGE_WORDS for size in SIZES]


def large_title(words: Sequence[str], size: int) -> str:
    """Name a measurement on a generated list."""
    return f"{' '.join(words)}, {size:,} items / compose"


def large_list(words: Sequence[str], size: int, data: Path) -> Measurement:
    """A reading command on a generated list, against bare imports and composing the same files."""
    return Measurement(
        large_title(words, size),
        gaigai("--data", str(data), *words),
        [PYTHON, "-c", COMPOSE, str(data)],
        goal=1.5,
        memory_goal=1.5,
        pairs=7 if size == SMALL else 3,
    )


def writing(directory: Path) -> list[Measurement]:
    """Appending a record: to the shipped list, and to a long log. Each run appends one more."""
    shipped, long = directory / "shipped", directory / "long"
    shutil.copytree(SHIPPED, shipped)
    run([PYTHON, str(HERE / "long_log.py"), str(long), str(LARGE)])
    words = [
        "update",
        "16.2",
        "--unit",
        "县财政局",
        "--by",
        "示例丙",
        "--summary",
        "示例：推进中。",
    ]
    return [
        Measurement(
            "update, shipped data / list",
            gaigai("--data", str(shipped), *words),
            gaigai("--data", str(shipped), "list"),
            goal=1.5,
        ),
        Measurement(
            f"update, log of {LARGE:,} records / reading it",
            gaigai("--data", str(long), *words),
            [PYTHON, str(HERE / "read.py"), str(long)],
            goal=3,
            pairs=7,
        ),
    ]


def reviewing(directory: Path) -> list[Measurement]:
    """Reading what many commits did, against git's own way of showing them."""
    top = directory / "commits"
    run([PYTHON, str(HERE / "commits.py"), str(top), str(SMALL), str(COMMITS)])
    shown = ["git", "-C", str(top), "log", "-p", "base..HEAD"]
    return [
        Measurement(
            f"{' '.join(words)}, {COMMITS:,} commits / git log -p",
            gaigai("--data", str(top / "data"), *words),
            shown,
            goal=3,
            pairs=5,
        )
        for words in (["diff", "base..HEAD"], ["review", "base..HEAD"], ["log"])
    ]


def several(directory: Path) -> list[Measurement]:
    """Many lists in one process, against one of them."""
    top = directory / "lists"
    run([PYTHON, str(HERE / "generate.py"), str(top / "000" / "data"), "33"])
    for number in range(1, COUNTIES):
        shutil.copytree(top / "000", top / f"{number:03}")
    return [
        Measurement(
            f"{command}, {lists} lists / one",
            gaigai("--data", str(top / pattern / "data"), command),
            gaigai("--data", str(top / "000" / "data"), command),
            goal=goal,
            memory_goal=1.6,
            pairs=7,
        )
        for command in ("list", "status")
        for lists, pattern, goal in (
            (6, "00[0-5]", 2.0),
            (COUNTIES, "*", 1 + 0.15 * (COUNTIES - 1)),
        )
    ]


PARTS: Mapping[str, Callable[[Path], list[Measurement]]] = {
    part.__name__: part for part in (startup, writing, reviewing, several, large)
}


def main() -> int:
    """Measure everything, or the parts that are asked for; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(
        description="How fast the program is, as ratios to what it can't do without."
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="all if left out")
    parts = parser.parse_args().only
    with tempfile.TemporaryDirectory() as directory:
        measurements = [one for part in parts for one in PARTS[part](Path(directory))]
        return 0 if all(_results(measurements)) else 1


def _results(measurements: Sequence[Measurement]) -> list[bool]:
    print("ratio of times; then the medians, program / baseline")
    measured, met = {}, []
    for measurement in measurements:
        pairs = measured[measurement.title] = measure(measurement)
        met.append(report_pairs(measurement, pairs))
    for words in LARGE_WORDS:
        small, large = (measured.get(large_title(words, size)) for size in SIZES)
        if small and large:
            title = f"{' '.join(words)}, {LARGE:,} / {SMALL:,} items"
            met.append(report_growth(title, small, large, LARGE / SMALL))
    return met


if __name__ == "__main__":
    sys.exit(main())
