"""Two commits made into one tree, away from the working tree: logs record by record, all else as git does it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.commit import put, written
from gaigai_cli.history.git import Blob, contents, entries_of
from gaigai_cli.history.index import scratch_index
from gaigai_cli.history.merge.files import merge_log, merge_text
from gaigai_cli.history.repository import Repository

_BASE, _OURS, _THEIRS = "123"


class Merged(NamedTuple):
    """The tree of both, or None and the files in which they contradict each other."""

    tree: str | None
    conflicts: tuple[str, ...]


def merge_trees(repository: Repository, ours: str, theirs: str, base: str | None) -> Merged:
    """Merge two commits of a common base. Neither the working tree nor the index nor any branch is touched."""
    if base is None:
        raise GaigaiError(
            "本机与远端的历史没有共同的起点",
            "这是浅克隆，请先运行 git fetch --unshallow"
            if repository.is_shallow
            else "请核对远端地址，或重新克隆后把记录文件拷过去",
        )
    with scratch_index(repository) as index:
        repository.ask("read-tree", "-i", "-m", "--aggressive", base, ours, theirs, settings=index)
        unmerged: dict[str, dict[str, Blob]] = defaultdict(dict)
        for words, path in entries_of(repository.ask("ls-files", "-u", "-z", settings=index)):
            unmerged[path][words[2]] = Blob(words[0], words[1])
        found = {path: _merged(repository, path, sides) for path, sides in unmerged.items()}
        conflicts = tuple(path for path, blob in found.items() if blob is None)
        if conflicts:
            return Merged(None, conflicts)
        put(repository, found, index)
        return Merged(repository.word("write-tree", settings=index), ())


def _merged(repository: Repository, path: str, sides: Mapping[str, Blob]) -> Blob | None:
    """Return the file of both sides; None where it is a conflict."""
    if _OURS not in sides or _THEIRS not in sides:
        return None
    modes = {blob.mode for blob in sides.values()}
    if len(modes) > 1 or not modes.pop().startswith("100"):
        return None
    hashes = [blob.hash for blob in sides.values()]
    texts = dict(zip(sides, contents(repository.top, hashes), strict=True))
    base, ours, theirs = (texts.get(side, b"") for side in (_BASE, _OURS, _THEIRS))
    merge = merge_log if repository.is_log(path) else merge_text
    merged = merge(repository.top, base, ours, theirs)
    return written(repository, merged.data, sides[_OURS].mode) if merged.clean else None
