"""Prints which share of each package's branches and lines the in-process tests run.

    python -m tools.coverage coverage.json

Ends with status 1 where the whole falls below what it has been: what no test runs is tested or deleted.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Final

LEAST: Final = 94.0
"""Percent of lines and branches together."""


def main(arguments: list[str]) -> int:
    """Print a line a package and the whole; 1 where that is too little."""
    files = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))["files"]
    packages: dict[str, Counter[str]] = {}
    for name, found in files.items():
        parts = Path(name).parts
        package = parts[parts.index("gaigai_cli") + 1]
        packages.setdefault(package.removesuffix(".py"), Counter()).update(
            _numbers(found["summary"])
        )
    whole: Counter[str] = Counter()
    for package, numbers in sorted(packages.items()):
        whole.update(numbers)
        print(f"{package:<12} {_share(numbers):>6.1f} %  {numbers['missing']:>5} not run")
    print(f"{'all':<12} {_share(whole):>6.1f} %  {whole['missing']:>5} not run; at least {LEAST} %")
    return 0 if _share(whole) >= LEAST else 1


def _numbers(summary: dict[str, int]) -> dict[str, int]:
    return {
        "all": summary["num_statements"] + summary["num_branches"],
        "missing": summary["missing_lines"] + summary["missing_branches"],
    }


def _share(numbers: Counter[str]) -> float:
    return 100.0 * (1 - numbers["missing"] / numbers["all"]) if numbers["all"] else 100.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
