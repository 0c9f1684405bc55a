"""Kills a writing process before, in the midst of and after its file operations, and looks what is left.

    python -m bench.kills [KILLS]

The process keeps a file of evidence, appends a record to a log and makes a new log. After each kill every file must
be the old one or the new one, the directory must read without a finding, the lock must be free, and what is left
over must be no more than one draft and the lock's file, both gone after the next run. Ends with status 1 otherwise.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import filelock  # noqa: F401 - loaded before operations are counted, so that a run has the same ones each time

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.records import Record, as_record
from gaigai_cli.store.append import append_record
from gaigai_cli.store.evidence import store_evidence
from gaigai_cli.store.files import Folder
from gaigai_cli.store.lock import LOCK, locked
from gaigai_cli.store.read import read_ledger
from gaigai_cli.store.write import DRAFT_SUFFIX

KILLS: Final = 200
UNIT: Final = "县财政局"
OLD_LOG: Final = f"progress/{UNIT}.yaml"
NEW_LOG: Final = f"progress/{UNIT}/示例丙.yaml"
EVIDENCE: Final = f"evidence/{UNIT}/拨付单.txt"
FILES: Final = (OLD_LOG, NEW_LOG, EVIDENCE)
# Whatever changes a file or a folder, and opening and closing.
OPERATIONS: Final = (
    *("open", "close", "write", "fsync", "lseek", "replace", "rename", "unlink"),
    *("mkdir", "chmod", "fchmod", "ftruncate"),
)

TASKS: Final = """\
# yaml-language-server: $schema=../schemas/tasks.schema.json
notice:
  title: 示例清单
  number: 示例〔2024〕1号
  issuer: 示例单位
  issued: 2024-05-07
  year: 2024
  addressee: 示例单位
  office: 县工改办
  example: true
tasks:
  - id: "16"
    title: 示例任务
    items:
      - id: "16.2"
        content: 示例事项
        units: {text: ★县财政局, lead: [县财政局]}
        deadline: {text: 2024年6月底, kind: fixed, due: 2024-06-30}
"""
DEPARTMENTS: Final = """\
units:
  - {name: 县财政局, initials: [xczj]}
  - {name: 县工改办, initials: [xggb]}
"""
LOG: Final = f"""\
# 示例数据，非真实进展
unit: {UNIT}
records:
  - id: 20240601-080000-00000001
    item: "16.2"
    date: 2024-06-01
    kind: 进展
    summary: 示例进展
    # 最后一行没有换行
    by: 示例丙"""


def record(number: int) -> Record:
    """A made-up record."""
    return as_record(
        {
            "id": f"20240614-153012-{number:08x}",
            "item": "16.2",
            "date": "2024-06-14",
            "kind": "进展",
            "summary": f"示例进展：第 {number} 条\n另有说明。",
            "percent": 60,
            "by": "示例丙",
        }
    )


def make(directory: Path) -> None:
    """A small data directory with one log."""
    (directory / "progress").mkdir(parents=True)
    for name, text in (
        ("tasks.yaml", TASKS),
        ("departments.yaml", DEPARTMENTS),
        (OLD_LOG, LOG),
    ):
        (directory / name).write_text(text, encoding="utf-8", newline="\n")


def write(directory: Path) -> None:
    """What the process does until it is killed."""
    source = directory.parent / "拨付单.txt"
    with locked(directory, who="示例丙") as held:
        store_evidence(held, UNIT, source, limit_bytes=1024)
        append_record(held, OLD_LOG, record(2), unit=UNIT)
    with locked(directory) as held:
        append_record(held, NEW_LOG, record(3), unit=UNIT, example=True)


class Faults:
    """Stands before the operations of ``os``: counts them and ends the process at one of them."""

    def __init__(self, at: int = -1, moment: str = "before") -> None:
        self.count = 0
        self.kinds: list[str] = []
        self._at, self._moment = at, moment

    def install(self) -> None:
        """Replace the functions; for a process that has nothing else to do."""
        for name in OPERATIONS:
            if hasattr(os, name):
                setattr(os, name, self._faulty(name, getattr(os, name)))

    def _faulty(self, name: str, operation: Callable[..., Any]) -> Callable[..., Any]:
        def faulty(*args: Any, **options: Any) -> Any:
            number, self.count = self.count, self.count + 1
            self.kinds.append(name)
            if number != self._at:
                return operation(*args, **options)
            try:
                if self._moment == "midst":
                    operation(args[0], bytes(args[1])[: len(args[1]) // 2])
                elif self._moment == "after":
                    operation(*args, **options)
            finally:
                kill_self()

        return faulty


def kill_self() -> None:
    """End this process at once, with nothing tidied up."""
    if sys.platform == "win32":
        os._exit(9)
    os.kill(os.getpid(), signal.SIGKILL)


def child(directory: Path, at: int, moment: str) -> None:
    """In a process of its own: write, and be killed."""
    Faults(at, moment).install()
    write(directory)


def run_killed(directory: Path, at: int, moment: str) -> bool:
    """Run ``child``; whether it was killed before its end."""
    if sys.platform == "win32":
        words = [sys.executable, __file__, "--child", str(directory), str(at), moment]
        return subprocess.run(words, check=False).returncode == 9
    process = os.fork()
    if process == 0:
        try:
            child(directory, at, moment)
        finally:
            os._exit(0)
    _, status = os.waitpid(process, 0)
    return os.WIFSIGNALED(status)


def contents(directory: Path) -> dict[str, bytes]:
    """Every file of the directory."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }


def faults_left(directory: Path, old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    """What is wrong after a kill."""
    now = contents(directory)
    litter = [name for name in now if name not in new]
    if [name for name in litter if not name.endswith(DRAFT_SUFFIX)] not in ([], [LOCK]):
        yield f"left over: {litter}"
    if len([name for name in litter if name.endswith(DRAFT_SUFFIX)]) > 1:
        yield f"more than one draft: {litter}"
    for name in FILES:
        if now.get(name) not in (old.get(name), new[name]):
            yield f"{name} is neither the old nor the new one"
    if now.get(EVIDENCE) is None and now[OLD_LOG] == new[OLD_LOG]:
        yield "a record without the evidence kept before it"
    if findings := read_ledger(Folder(directory)).findings:
        yield f"findings: {findings}"
    try:
        with locked(directory) as held:
            append_record(held, OLD_LOG, record(4), unit=UNIT)
    except GaigaiError as error:
        yield f"the next run fails: {error}"
        return
    after = contents(directory)
    if set(after) - set(new):
        yield f"not cleared: {set(after) - set(new)}"
    if not after[OLD_LOG].startswith(now[OLD_LOG]) or b"00000004" not in after[OLD_LOG]:
        yield "the next record was not appended"


def kill_points(operations: list[str], kills: int) -> list[tuple[int, str]]:
    """Evenly over the run: before and after each operation, and in the midst of each that writes."""
    points = [
        (number, moment)
        for number, name in enumerate(operations)
        for moment in ("before", *(["midst"] if name == "write" else []), "after")
    ]
    # More kills than points go round again.
    return [points[i * len(points) // kills % len(points)] for i in range(kills)]


def run(kills: int) -> int:
    """Kill that many times; the number of faults found."""
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        (place / "拨付单.txt").write_text("示例凭证\n", encoding="utf-8")
        make(place / "old")
        old = contents(place / "old")
        operations, new = rehearsal(place)
        wrong, moments = 0, Counter[str]()
        for number, (at, moment) in enumerate(kill_points(operations, kills)):
            directory = place / str(number)
            shutil.copytree(place / "old", directory)
            killed = run_killed(directory, at, moment)
            faults = list(faults_left(directory, old, new)) if killed else ["was not killed"]
            for fault in faults:
                print(f"{moment} operation {at} ({operations[at]}): {fault}")
            wrong += bool(faults)
            moments[moment] += 1
            shutil.rmtree(directory)
        spread = ", ".join(f"{count} {moment}" for moment, count in moments.items())
        print(f"{kills} kills ({spread}) of {len(operations)} file operations: {wrong} with faults")
    return wrong


def rehearsal(place: Path) -> tuple[list[str], dict[str, bytes]]:
    """One run to its end, in a process of its own: its operations, and the files that it makes."""
    directory = place / "rehearsal"
    shutil.copytree(place / "old", directory)
    words = [sys.executable, __file__, "--count", str(directory)]
    counted = subprocess.run(words, check=True, capture_output=True, encoding="utf-8")
    new = contents(directory)
    shutil.rmtree(directory)
    return counted.stdout.split(), new


def main(arguments: list[str]) -> int:
    """Run the kills, or be the process that is counted or killed."""
    match arguments:
        case ["--child", directory, at, moment]:
            child(Path(directory), int(at), moment)
            return 0
        case ["--count", directory]:
            faults = Faults()
            faults.install()
            write(Path(directory))
            print(*faults.kinds)
            return 0
        case _:
            return 1 if run(int(arguments[0]) if arguments else KILLS) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
