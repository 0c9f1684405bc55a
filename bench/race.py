"""Lets several processes append to the same log and to logs of their own at once, and counts what is there.

    python -m bench.race [APPENDS [PROCESSES]]

Every record must be there once, in the order in which its process wrote it. Ends with status 1 otherwise.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from bench.kills import UNIT, make, record
from gaigai_cli.store.append import append_record
from gaigai_cli.store.files import Folder
from gaigai_cli.store.lock import locked
from gaigai_cli.store.read import read_ledger

APPENDS: Final = 250
PROCESSES: Final = 4
SHARED: Final = f"progress/{UNIT}.yaml"


def own(writer: int) -> str:
    """The log that one process has for itself."""
    return f"progress/{UNIT}/示例{writer}.yaml"


def child(directory: Path, writer: int, appends: int) -> None:
    """Append by turns to the log of all and to the own one."""
    for number in range(appends):
        file = own(writer) if number % 2 else SHARED
        with locked(directory) as held:
            append_record(held, file, record(writer * 100_000 + number), unit=UNIT)


def run(appends: int, processes: int) -> int:
    """The number of records missing, doubled or out of order."""
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary) / "data"
        make(directory)
        start = time.perf_counter()
        words = [sys.executable, "-m", "bench.race", "--child", str(directory)]
        children = [
            subprocess.Popen([*words, str(writer), str(appends)], cwd=Path(__file__).parent.parent)
            for writer in range(1, processes + 1)
        ]
        failed = sum(process.wait() != 0 for process in children)
        seconds = time.perf_counter() - start
        reading = read_ledger(Folder(directory))
        wrong = failed + len(reading.findings)
        ids: dict[str, list[str]] = {}
        for entry in reading.ledger.entries if reading.ledger else ():
            ids.setdefault(entry.file, []).append(entry.record.id)
        for writer in range(1, processes + 1):
            expected = [record(writer * 100_000 + n).id for n in range(appends)]
            mine = [one for one in ids[SHARED] if one in set(expected)]
            wrong += mine != expected[::2]
            wrong += ids.get(own(writer), []) != expected[1::2]
        total = sum(map(len, ids.values())) - 1
        wrong += total != appends * processes
        litter = [path.name for path in directory.rglob(".*")]
        print(
            f"{processes} processes × {appends} appends: {total} records in {len(ids)} logs, "
            f"{wrong} faults, {litter or 'nothing'} left over, {total / seconds:.0f} a second"
        )
    return wrong + len(litter)


def main(arguments: list[str]) -> int:
    """Run the race, or be one of its processes."""
    match arguments:
        case ["--child", directory, writer, appends]:
            child(Path(directory), int(writer), int(appends))
            return 0
        case _:
            numbers = [int(word) for word in arguments]
            return 1 if run(*(numbers + [APPENDS, PROCESSES][len(numbers) :])) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
