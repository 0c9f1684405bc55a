"""Prints how well notices are read: of each made-up layout, in each format, the cells right, doubtful and wrong.

python -m bench.notices
"""

from collections import Counter

from tests.notice.layouts import LAYOUTS
from tests.notice.measure import formats_of, imported, verdicts


def main() -> None:
    """Import every layout in every format that can show it."""
    total: Counter[str] = Counter()
    print(f"{'right':>6} {'doubtful':>9} {'wrong':>6}")
    for layout in LAYOUTS:
        for name in formats_of(layout):
            counts = Counter(verdicts(layout, imported(layout, name)).values())
            total += counts
            print(_row(counts, f"{name}  {layout.name}"))
    share = total["right"] / total.total()
    print(_row(total, f"all; {share:.1%} right without a doubt"))


def _row(counts: Counter[str], words: str) -> str:
    return f"{counts['right']:>6} {counts['doubtful']:>9} {counts['wrong']:>6}  {words}"


if __name__ == "__main__":
    main()
