"""Writes a repository with a long history, made up and labelled so (示例数据).

    python bench/commits.py DIRECTORY ITEMS COMMITS

The list of ``generate.py`` lies in ``DIRECTORY/data``. Its first commit, tagged ``base``, has no records; each of the
``COMMITS`` after it appends as many records to the log of one unit, by one person, in the order of their recording.
"""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.generate import ISSUED, PERSON, write_list

CHINA = timezone(timedelta(hours=8))
# The list is as old as its notice: all that was recorded before the day of a range's base has to be looked at.
WHEN = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{ISSUED}T09:00:00+08:00")
SEPARATOR = "\n  - id: "


def write_repository(top: Path, items: int, commits: int) -> None:
    """Make the repository with git's fast-import: one process for all commits."""
    data = top / "data"
    write_list(data, items)
    logs = {p.stem: p.read_text(encoding="utf-8") for p in sorted((data / "progress").iterdir())}
    for unit in logs:
        (data / "progress" / f"{unit}.yaml").unlink()
    git(top, "init", "-q", "-b", "main")
    git(top, "config", "core.autocrlf", "false")
    git(top, "add", ".")
    author = ("-c", f"user.name={PERSON}", "-c", "user.email=example@example.invalid")
    git(top, *author, "commit", "-q", "-m", "示例清单")
    git(top, "tag", "base")
    # Only the first commit has to say what it follows.
    stream = b"".join(_commits(logs, commits)).replace(
        b"\nM 100644", b"\nfrom refs/heads/main^0\nM 100644", 1
    )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=top, input=stream, check=True)
    git(top, "reset", "-q", "--hard")
    git(top, "repack", "-a", "-d", "-q")


def _commits(logs: dict[str, str], commits: int) -> Iterator[bytes]:
    """The commits in fast-import's words; the last one brings whatever is left."""
    heads = {unit: text.split(SEPARATOR)[0] for unit, text in logs.items()}
    waiting = sorted(
        (record, unit)
        for unit, text in logs.items()
        for record in text.removesuffix("\n").split(SEPARATOR)[1:]
    )
    size = max(1, len(waiting) // commits)
    pending: dict[str, list[str]] = defaultdict(list)
    texts = dict(heads)
    for record, unit in waiting:
        pending[unit].append(record)
        if len(pending[unit]) == size:
            yield _commit(unit, pending.pop(unit), texts)
    for unit, records in pending.items():
        yield _commit(unit, records, texts)


def _commit(unit: str, records: list[str], texts: dict[str, str]) -> bytes:
    texts[unit] += "".join(f"{SEPARATOR}{record}" for record in records)
    recorded = datetime.strptime(records[-1][:15], "%Y%m%d-%H%M%S").replace(tzinfo=CHINA)
    content = f"{texts[unit]}\n".encode()
    message = f"进展: {unit} {len(records)}条\n".encode()
    return b"".join(
        (
            b"commit refs/heads/main\n",
            f"committer {PERSON} <example@example.invalid> {int(recorded.timestamp())} +0800\n".encode(),
            b"data %d\n%s" % (len(message), message),
            f'M 100644 inline "data/progress/{unit}.yaml"\n'.encode(),
            b"data %d\n%s\n" % (len(content), content),
        )
    )


def git(folder: Path, *words: str) -> None:
    """Run git, on the day of the notice."""
    subprocess.run(["git", *words], cwd=folder, env=os.environ | WHEN, check=True)


if __name__ == "__main__":
    write_repository(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
