"""Pushes to a server with the ready ``pre-receive``, breaking one rule of review each time, and prints what it says.

    python -m bench.server

Ends with status 1 where a push is taken.
"""

import sys
import tempfile
from pathlib import Path

from tests.history.repo import copy_of, new_repo
from tests.history.test_review import BROKEN
from tests.history.test_server import Server


def main() -> int:
    """Push everything that must be refused; 1 where something isn't."""
    taken = 0
    with tempfile.TemporaryDirectory() as temporary:
        made = new_repo(Path(temporary) / "made")
        for breaks, codes in BROKEN.items():
            folder = Path(temporary) / breaks.__name__
            folder.mkdir()
            server = Server(folder, copy_of(made, folder / "仓库"))
            breaks(server.clone)
            server.start_at("base")
            said = server.push("main")
            taken += not said
            print(
                f"── {breaks.__name__} ({', '.join(sorted(codes))}): {'refused' if said else 'TAKEN'}"
            )
            print(said)
    print(f"{len(BROKEN)} pushes, {taken} taken")
    return 1 if taken else 0


if __name__ == "__main__":
    sys.exit(main())
