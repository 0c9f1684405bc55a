"""Prints how long the portable folder's gaigai.exe takes, as ratios to its own Python that does nothing.

    python -m bench.portable C:\\gaigai\\gaigai.exe

The start of a process is the system's affair; what the launcher, the imports and the list add to it is ours.
"""

import sys
from pathlib import Path

from bench.run import Measurement, measure, report_pairs


def main() -> int:
    """Measure in pairs; 1 where a goal is missed."""
    program = Path(sys.argv[1])
    bare = [str(program.parent / "python" / "python.exe"), "-c", "pass"]
    data = ["--data", str(program.parent / "data")]
    goals = ((["--version"], 10), ([*data, "list"], 25), ([*data, "todo"], 30))
    met = [
        report_pairs(one, measure(one))
        for one in (
            Measurement(f"{words[-1]} / bare Python", [str(program), *words], bare, goal)
            for words, goal in goals
        )
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
