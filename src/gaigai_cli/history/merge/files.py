"""Two descendants made into one: of a file by git, of a log record by record, of a commit file by file.

Never is anything but whole records taken into a log, and the working tree isn't touched.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Final, NamedTuple

from gaigai_cli.history.commit import put, written
from gaigai_cli.history.git import Blob, entries_of, run_git
from gaigai_cli.history.index import scratch_index
from gaigai_cli.history.merge.records import LogParts, agreed, holds_both, merge_logs, take_apart
from gaigai_cli.history.repository import GitError, Repository

MARKER_SIZE: Final = 7
_LABELS: Final = ("本机", "分歧之前", "对方")
_SIGNS: Final = {"<": _LABELS[0], "|": _LABELS[1], "=": "", ">": _LABELS[2]}
_FAILED: Final = 128  # up to here the status is the number of conflicts
_RECORD: Final = re.compile(r"^(?= *- id:)", re.MULTILINE)
_NO_LOG: Final = LogParts("", ())


class MergedFile(NamedTuple):
    """A file made of two sides; with markers where it isn't ``clean``."""

    clean: bool
    data: bytes


def merge_text(
    folder: Path, base: bytes, ours: bytes, theirs: bytes, marker_size: int = MARKER_SIZE
) -> MergedFile:
    """Return what git makes of three texts, line by line.

    Markers show what stood there before, too, so that they never cut records apart at lines that both share.
    """
    with tempfile.TemporaryDirectory(prefix="gaigai-") as scratch:
        files = [Path(scratch) / name for name in ("ours", "base", "theirs")]
        for file, data in zip(files, (ours, base, theirs), strict=True):
            file.write_bytes(data)
        labels = [word for label in _LABELS for word in ("-L", label)]
        size = f"--marker-size={marker_size}"
        result = run_git(folder, "merge-file", "-p", "--diff3", size, *labels, *map(str, files))
    if result.returncode >= _FAILED:
        if b"binary" in result.stderr:
            return MergedFile(False, ours)
        raise GitError("合并", result)
    return MergedFile(result.returncode == 0, result.stdout)


def merge_log(
    folder: Path, base: bytes, ours: bytes, theirs: bytes, marker_size: int = MARKER_SIZE
) -> MergedFile:
    """Return the merged log: by `merge_logs` where both sides only added, else as git merges it record by record.

    It is clean only where every record is as one of the sides has it, and none is lost or there twice; git could
    join lines of two records where one was deleted.
    """
    added = merge_logs(base, ours, theirs)
    if added is not None:
        return MergedFile(True, added)
    sides = [_NO_LOG if not data.strip() else take_apart(data) for data in (base, ours, theirs)]
    was, mine, other = sides
    if was is None or mine is None or other is None:
        return _whole(base, ours, theirs, marker_size)
    line_end = agreed(was.line_end, mine.line_end, other.line_end)
    mark = agreed(was.mark, mine.mark, other.mark)
    if line_end is None or mark is None:
        return _whole(base, ours, theirs, marker_size)
    clean, text = _by_record(folder, was, mine, other, marker_size)
    data = mark + text.replace("\n", line_end).encode()
    merged = take_apart(data) if clean else None
    if merged is not None and holds_both(was, mine, other, merged):
        return MergedFile(True, data)
    if not clean:
        return MergedFile(False, data)
    return _whole(base, ours, theirs, marker_size)


def _by_record(
    folder: Path, base: LogParts, ours: LogParts, theirs: LogParts, marker_size: int
) -> tuple[bool, str]:
    """Return the text that git makes where a whole record is what a line is to it."""
    numbers: dict[str, int] = {}
    was, mine, other = (
        "".join(f"{numbers.setdefault(piece, len(numbers))}\n" for piece in _pieces(side)).encode()
        for side in (base, ours, theirs)
    )
    clean, lines = merge_text(folder, was, mine, other, marker_size)
    pieces = list(numbers)
    return clean, "".join(
        pieces[int(line)] if line.isdigit() else f"{line}\n"
        for line in lines.decode("utf-8").splitlines()
    )


def _pieces(side: LogParts) -> list[str]:
    return [*filter(None, [side.head]), *(part.text for part in side.parts)]


def _whole(base: bytes, ours: bytes, theirs: bytes, marker_size: int) -> MergedFile:
    """Return a conflict from the first record that isn't the same everywhere to the last."""
    try:
        sides = [_RECORD.split(data.decode("utf-8")) for data in (ours, base, theirs)]
    except UnicodeDecodeError:
        return MergedFile(False, ours)
    line_end = "\r\n" if b"\r\n" in ours else "\n"
    start = _common(sides)
    rest = [side[start:] for side in sides]
    end = _common([side[::-1] for side in rest])
    text = "".join(sides[0][:start])
    for sign, side in zip(_SIGNS, rest, strict=False):
        said = "".join(side[: len(side) - end])
        ended = not said or said.endswith("\n")
        text += f"{_marker(sign, marker_size)}{line_end}{said}{'' if ended else line_end}"
    text += f"{_marker('>', marker_size)}{line_end}{''.join(rest[0][len(rest[0]) - end :])}"
    return MergedFile(False, text.encode())


def _marker(sign: str, size: int) -> str:
    return f"{sign * size} {_SIGNS[sign]}".rstrip()


def _common(sides: Sequence[Sequence[str]]) -> int:
    """Return how many pieces all begin with."""
    return sum(1 for _ in takewhile(lambda found: len(set(found)) == 1, zip(*sides, strict=False)))


_BASE, _OURS, _THEIRS = "123"


class Merged(NamedTuple):
    """The tree of both, or None and the files in which they contradict each other."""

    tree: str | None
    conflicts: tuple[str, ...]


def merge_trees(repository: Repository, ours: str, theirs: str, base: str) -> Merged:
    """Merge two trees of a common base. Neither the working tree nor the index nor any branch is touched."""
    with scratch_index(repository) as index:
        repository.ask("read-tree", "-i", "-m", "--aggressive", base, ours, theirs, settings=index)
        whole = repository.run("write-tree", settings=index)
        if whole.returncode == 0:  # no file that both have changed
            return Merged(whole.stdout.decode("ascii").strip(), ())
        unmerged: dict[str, dict[str, Blob]] = defaultdict(dict)
        for words, path in entries_of(repository.ask("ls-files", "-u", "-z", settings=index)):
            unmerged[path][words[2]] = Blob(words[0], words[1])
        found = {path: _merged(repository, path, sides) for path, sides in unmerged.items()}
        conflicts = tuple(path for path, text in found.items() if text is None)
        if conflicts:
            return Merged(None, conflicts)
        kept = written(repository, {path: text for path, text in found.items() if text is not None})
        put(repository, {p: Blob(unmerged[p][_OURS].mode, kept[p]) for p in kept}, index)
        return Merged(repository.word("write-tree", settings=index), ())


def _merged(repository: Repository, path: str, sides: Mapping[str, Blob]) -> bytes | None:
    """Return the file of both sides; None where it is a conflict."""
    if _OURS not in sides or _THEIRS not in sides:
        return None
    modes = {blob.mode for blob in sides.values()}
    if len(modes) > 1 or not modes.pop().startswith("100"):
        return None
    hashes = [blob.hash for blob in sides.values()]
    texts = dict(zip(sides, repository.contents(hashes), strict=True))
    base, ours, theirs = (texts.get(side, b"") for side in (_BASE, _OURS, _THEIRS))
    merge = merge_log if repository.is_log(path) else merge_text
    merged = merge(repository.top, base, ours, theirs)
    return merged.data if merged.clean else None
