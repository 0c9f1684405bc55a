"""Kills processes that append without pause, each at a random moment, and looks what is left.

    python -m bench.random_kills [KILLS [SEED]]

After each kill the log must hold the records in their order, whole and with none between missing, and read without
a finding; the next process must get the lock and clear what is left over. Ends with status 1 otherwise.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from bench.kills import OLD_LOG, UNIT, contents, make, record
from gaigai_cli.store.append import append_record
from gaigai_cli.store.files import Folder
from gaigai_cli.store.lock import locked
from gaigai_cli.store.read import read_ledger

KILLS: Final = 50
LONGEST: Final = 0.1  # seconds between the first record and the kill
ROOT: Final = Path(__file__).parent.parent


def child(directory: Path, first: int) -> None:
    """Append until the end, saying so after each record."""
    number = first
    while True:
        with locked(directory) as held:
            append_record(held, OLD_LOG, record(number), unit=UNIT)
        print(number, flush=True)
        number += 1


def numbers(directory: Path) -> list[int]:
    """The records of the log; nothing where there is a finding."""
    reading = read_ledger(Folder(directory))
    if reading.findings or reading.ledger is None:
        return []
    return [int(entry.record.id[-8:], 16) for entry in reading.ledger.entries]


def killed(directory: Path, first: int, wait: float) -> int:
    """Start a process, kill it ``wait`` seconds after its first record; the last record that it spoke of."""
    words = [sys.executable, "-m", "bench.random_kills", "--child", str(directory), str(first)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        time.sleep(wait)
        process.kill()
        said += process.stdout.readlines()
    # The last line may be cut.
    return max(int(line) for line in said if line.endswith("\n"))


def run(kills: int, seed: int) -> int:
    """The number of kills after which something was wrong."""
    chance = random.Random(seed)
    wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary) / "data"
        make(directory)
        files = set(contents(directory))
        last = 1
        for _ in range(kills):
            spoken = killed(directory, last + 1, chance.uniform(0, LONGEST))
            found = numbers(directory)
            # A record may be there of which its process could not speak any more.
            is_whole = found == list(range(1, len(found) + 1)) and len(found) in (
                spoken,
                spoken + 1,
            )
            last = len(found) + 1
            with locked(directory) as held:
                append_record(held, OLD_LOG, record(last), unit=UNIT)
            if not is_whole or set(contents(directory)) != files:
                print(f"after record {spoken}: {found[-5:]}, {set(contents(directory)) - files}")
                wrong += 1
        print(f"{kills} kills at random moments, {last} records (seed {seed}): {wrong} with faults")
    return wrong


def main(arguments: list[str]) -> int:
    """Run the kills, or be the process that is killed."""
    match arguments:
        case ["--child", directory, first]:
            child(Path(directory), int(first))
            return 0
        case _:
            given = [int(word) for word in arguments]
            return 1 if run(*(given + [KILLS, 1][len(given) :])) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
