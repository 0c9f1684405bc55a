"""Prints what looking at many lists costs: 12, 122, 1,000 and 2,800 of them, as directories and as state files.

    python -m bench.roll_up [LISTS …]

CPU seconds and peak memory of one process each. The lists are made up (示例), 33 items with ten records each, alike.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.run import CLOCK, HERE, PYTHON, gaigai

ITEMS = "33"
SIZES = (12, 122, 1_000, 2_800)
DIRECTORIES = 122
"""More are not tried as directories: they cost so much a directory."""
DAY, MONTH = "2024-11-30", "2024-11"
COMMANDS = {
    "status": ("status",),
    "overdue": ("overdue",),
    "report --roll-up": ("report", "--roll-up", "--month", MONTH, "--stdout"),
}


def cost(*words: str) -> str:
    """Run the program once; its CPU seconds and MiB."""
    process = subprocess.Popen(
        gaigai(*words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | CLOCK
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(words)}: status {process.returncode}")
    return f"{usage.ru_utime + usage.ru_stime:6.2f} s {usage.ru_maxrss / 1024:5.0f} MiB"


def main() -> None:
    """Make the lists, then print a line for each number of them and command."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    with tempfile.TemporaryDirectory() as directory:
        top = Path(directory)
        one, state = top / "0000", top / "state.json"
        subprocess.run([PYTHON, str(HERE / "generate.py"), str(one / "data"), ITEMS], check=True)
        export = ("export", "--state", "--data", str(one / "data"), "--as-of", DAY)
        print(f"export --state                {cost(*export, '--out', str(state))}")
        print(f"one state file                {state.stat().st_size / 1024:.0f} KiB")
        for size in sizes:
            files, folders = top / f"files{size}", top / f"folders{size}"
            files.mkdir()
            for number in range(size):
                own = state.read_bytes().replace("1号".encode(), f"{number}号".encode())
                (files / f"{number:04}-{MONTH}.json").write_bytes(own)
                if size <= DIRECTORIES:
                    shutil.copytree(one, folders / f"{number:04}")
            for name, words in COMMANDS.items():
                print(f"{size:5} files   {name:<17} {cost(*words, '--state', str(files))}")
                if size <= DIRECTORIES:
                    data = ("--data", str(folders / "*" / "data"))
                    print(f"{size:5} folders {name:<17} {cost(*words, *data)}", flush=True)


if __name__ == "__main__":
    main()
