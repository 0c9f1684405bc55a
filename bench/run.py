"""Prints how fast the program is, as ratios to what it can't do without.

    python bench/run.py

Every measurement runs the program and its baseline by turns (A B A B …), each as a whole process, and prints the
medians and the median of the pairs' ratios: a slow machine, or one that others use too, slows both. Ends with
status 1 where a goal is missed. To add a measurement, add a ``Measurement`` to one of the lists in ``main``.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / "data"
PYTHON = sys.executable
SIZES = (1_000, 10_000)
SMALL, LARGE = SIZES
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
class Growth:
    """How much longer ``large`` may take than ``small``; the data are ``LARGE / SMALL`` times as many."""

    title: str
    small: Measurement
    large: Measurement
    goal: float = LARGE / SMALL


@dataclass(frozen=True)
class Run:
    """One process: seconds, and the most memory it held in MiB (None where the platform doesn't say)."""

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
        memory = _wait(process)
        seconds = time.perf_counter() - start
        if process.returncode != 0:
            errors.seek(0)
            sys.exit(f"{' '.join(command)}\n{errors.read().decode(errors='replace')}")
    return Run(seconds, memory)


if sys.platform == "win32":

    def _wait(process: subprocess.Popen[bytes]) -> float | None:
        process.wait()
        return None

else:

    def _wait(process: subprocess.Popen[bytes]) -> float | None:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        unit = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss: bytes there, KiB elsewhere
        return usage.ru_maxrss / unit


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


def startup() -> list[Measurement]:
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


def large_list(words: Sequence[str], size: int, data: Path) -> Measurement:
    """A reading command on a generated list, against composing the same files."""
    return Measurement(
        f"{' '.join(words)}, {size:,} items / compose",
        gaigai("--data", str(data), *words),
        [PYTHON, str(HERE / "compose.py"), str(data)],
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


def generate(directory: Path) -> Mapping[int, Path]:
    """Data directories by their number of items. In a process of its own: the peak of a child counts its parent's."""
    lists = {size: directory / str(size) for size in SIZES}
    for size, data in lists.items():
        run([PYTHON, str(HERE / "generate.py"), str(data), str(size)])
    return lists


def main() -> int:
    """Measure everything; 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as directory:
        lists = generate(Path(directory))
        folder = Path(directory)
        measurements = [*startup(), *writing(folder), *reviewing(folder), *several(folder)]
        growths = []
        for words in (["list", "--format", "json"], ["overdue"]):
            small, large = (large_list(words, size, lists[size]) for size in SIZES)
            measurements += [small, large]
            growths.append(Growth(f"{' '.join(words)}, {LARGE:,} / {SMALL:,} items", small, large))
        return 0 if all(_results(measurements, growths)) else 1


def _results(measurements: Sequence[Measurement], growths: Sequence[Growth]) -> list[bool]:
    print("ratio of times; then the medians, program / baseline")
    measured, met = {}, []
    for measurement in measurements:
        pairs = measured[measurement.title] = measure(measurement)
        met.append(report_pairs(measurement, pairs))
    for growth in growths:
        small, large = measured[growth.small.title], measured[growth.large.title]
        times = [b / a for a, b in zip(small.seconds, large.seconds, strict=True)]
        details = f"composing grows by {times[1]:.2f}"
        if small.memory and large.memory:
            memory = [b / a for a, b in zip(small.memory, large.memory, strict=True)]
            details += " · memory by {:.2f} / {:.2f}".format(*memory)
        met.append(report(growth.title, times[0], growth.goal, details))
    return met


if __name__ == "__main__":
    sys.exit(main())
