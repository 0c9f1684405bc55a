"""One commit of exactly what a command wrote; whatever else is changed or staged stays as it is."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from gaigai_cli.errors import GaigaiError, shown, some_of
from gaigai_cli.history.git import Blob, entries_of, is_blob, names_of
from gaigai_cli.history.index import (
    copied_index,
    drop_leftovers,
    index_lock,
    index_replaced,
    scratch_index,
)
from gaigai_cli.history.repository import GitError, Repository
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import Record, label
from gaigai_cli.store.lock import locked
from gaigai_cli.store.write import failure
from gaigai_cli.words.say import day_words

Rewrite = Callable[[bytes | None], bytes]
"""From the bytes of a file (None: there is none) to the bytes with what was written in them."""

_PLAIN: Final = "100644"
_YES: Final = ("true", "yes", "on", "1")
_WHO: Final = (b"tell me who you are", b"empty ident name", b"no email was given", b"no name was")


def commit_exactly(repository: Repository, edits: Mapping[str, Rewrite], message: str) -> str:
    """Commit ``edits`` (by path from the top) on top of HEAD, and nothing else; return the commit's hash.

    Each edit is made on what HEAD has, so that other changes of the same file, in the working tree or staged, are not
    swept in. The index gets it too, on what is staged there. No hook is run: what is recorded has been checked.
    Raises ``GaigaiError`` where there is no branch, a merge is under way, git or the disk refuses; nothing is
    changed then.
    """
    repository.demand_trusted()
    try:
        with locked(repository.data, who="--commit"):
            drop_leftovers(repository)
            repository.demand_quiet()
            return _committed(repository, edits, message)
    except OSError as error:
        raise failure(error, shown(Path(error.filename or repository.own))) from error


def _committed(repository: Repository, edits: Mapping[str, Rewrite], message: str) -> str:
    branch, head = repository.checked_out
    old = tree_files(repository, head, edits)
    edits = {path: edits[path] for path in _wanted(repository, edits, old)}
    if not edits:
        raise GaigaiError("写入的文件都在 .gitignore 里，没有提交", "请核对 .gitignore")
    staged = _staged(repository, edits)
    new = _edited(repository, edits, old)
    with scratch_index(repository) as index:
        if head is not None:
            repository.ask("read-tree", head, settings=index)
        put(repository, new, index)
        tree = repository.word("write-tree", settings=index)
    commit = commit_tree(repository, tree, [head] if head else [], message)
    kept = [path for path, found in staged.items() if found is not None or path not in old]
    other = {path: edits[path] for path in kept if staged[path] != old.get(path)}
    update = {path: new[path] for path in kept} | _edited(repository, other, staged)
    with index_lock(repository), copied_index(repository) as index:
        put(repository, update, index)
        repository.run("update-index", "-q", "--refresh", settings=index)
        with index_replaced(repository, index):
            move(repository, branch, head, commit, message)
    return commit


def commit_tree(repository: Repository, tree: str, parents: Iterable[str], message: str) -> str:
    """Make a commit, signed where git's settings say so; no branch has it yet. For trusted settings only."""
    words = ["commit-tree", tree, *(word for parent in parents for word in ("-p", parent))]
    if (repository.configuration.value("commit.gpgSign") or "").lower() in _YES:
        words.append("-S")
    result = repository.run(*words, "-F", "-", given=message.encode())
    if result.returncode != 0:
        if any(words in result.stderr for words in _WHO):
            raise GaigaiError(
                "git 不知道提交人是谁，没有提交",
                "请运行 git config user.name 姓名 和 git config user.email 邮箱",
            )
        if b"gpg.format" in result.stderr:
            raise GaigaiError(
                "这个版本的 git 不会用 ssh 签名，没有提交",
                "请升级 git（2.34 以上），或改用 gpg 签名",
            )
        raise GitError("提交", result)
    return result.stdout.decode("ascii").strip()


def move(repository: Repository, branch: str, old: str | None, new: str, message: str) -> None:
    """Let a branch end at ``new``, unless it doesn't end at ``old`` any more."""
    said = f"gaigai: {message.partition(chr(10))[0]}"
    result = repository.run("update-ref", "-m", said, f"refs/heads/{branch}", new, old or "0" * 40)
    if result.returncode != 0:
        raise GaigaiError(f"分支 {branch} 刚刚被别的程序改动，没有提交", "请重新运行")


def tree_files(repository: Repository, commit: str | None, paths: Iterable[str]) -> dict[str, Blob]:
    """Return those of the files that a commit has."""
    names = list(paths)
    if commit is None or not names:
        return {}
    answer = repository.ask("ls-tree", "-z", "--full-tree", commit, "--", *names)
    return {path: Blob(words[0], words[2]) for words, path in entries_of(answer)}


def put(repository: Repository, files: Mapping[str, Blob | None], index: Mapping[str, str]) -> None:
    """Set files in an index; None takes one out."""
    lines = [
        f"{blob.mode} {blob.hash}\t{path}" if blob else f"0 {'0' * 40}\t{path}"
        for path, blob in files.items()
    ]
    if lines:
        given = "".join(f"{line}\0" for line in lines).encode("utf-8", "surrogateescape")
        repository.ask(
            "update-index", "-z", "--index-info", given=given, settings=index, what="暂存"
        )


def written(repository: Repository, texts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the hashes by which git keeps texts, byte for byte; all are written by one process."""
    if not texts:
        return {}
    with tempfile.TemporaryDirectory(prefix="gaigai-", ignore_cleanup_errors=True) as folder:
        for number, text in enumerate(texts.values()):
            Path(folder, str(number)).write_bytes(text)
        given = os.fsencode("".join(f"{folder}/{number}\n" for number in range(len(texts))))
        answer = repository.ask("hash-object", "-w", "--no-filters", "--stdin-paths", given=given)
    return dict(zip(texts, answer.decode("ascii").split(), strict=True))


def _edited(
    repository: Repository, edits: Mapping[str, Rewrite], blobs: Mapping[str, Blob | None]
) -> dict[str, Blob]:
    """Return files after their edits; those without a blob are new."""
    known = {path: blobs.get(path) for path in edits}
    before = {path: repository.blobs.read(blob.hash) for path, blob in known.items() if blob}
    hashes = written(repository, {path: edit(before.get(path)) for path, edit in edits.items()})
    return {p: Blob(blob.mode if blob else _PLAIN, hashes[p]) for p, blob in known.items()}


def _wanted(
    repository: Repository, edits: Mapping[str, Rewrite], old: Mapping[str, Blob]
) -> Iterator[str]:
    """Return what isn't ignored: who keeps evidence out of git does so here too."""
    fresh = [path for path in edits if path not in old]
    ignored: set[str] = set()
    if fresh:
        words = ("ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *fresh)
        answer = repository.ask(*words, what="读取 .gitignore")
        ignored = set(names_of(answer))
    return (path for path in edits if path not in ignored)


def _staged(repository: Repository, paths: Iterable[str]) -> dict[str, Blob | None]:
    """Return what the index has of the paths. A file of which only the name is staged counts as none."""
    names = list(paths)
    found: dict[str, Blob | None] = dict.fromkeys(names)
    for words, path in entries_of(repository.ask("ls-files", "-s", "-z", "--", *names)):
        if words[2] != "0":
            raise GaigaiError(f"{path} 的合并冲突还没有解决，没有提交", "请先解决冲突")
        found[path] = Blob(words[0], words[1]) if not is_blob(b"", words[1]) else None
    return found


_SAID: Final = ("summary", "problems", "late_reason", "next", "reason", "despite", "basis")
_NAMED: Final = 3


def commit_message(entries: Sequence[Entry], items: Sequence[str], *, year: int) -> str:
    """Return the message of a commit of these records about ``items``; days of ``year`` are written without it.

    The first line says kind, items, unit and the point of the matter. The records' own words follow, then a trailer
    for each record's number, and who recorded it, when that was one person: ``git log --grep`` finds all of it.
    """
    kinds, units = _joined(entry.record.kind for entry in entries), _joined(e.unit for e in entries)
    about = f"({_joined(items)})" if items else ""
    point = _point(entries[0].record, year) if len(entries) == 1 else ""
    subject = f"{kinds}{about}: {units}{f' {point}' if point else ''}"
    bodies = dict.fromkeys(words for entry in entries if (words := "\n".join(_body(entry.record))))
    return "\n\n".join([subject, *bodies, "\n".join(dict.fromkeys(_trailers(entries)))]) + "\n"


def _joined(words: Iterable[str]) -> str:
    """Return each word once; of many the first few."""
    return some_of(list(dict.fromkeys(words)), _NAMED, "个")


def _point(record: Record, year: int) -> str:
    """Return what the first line adds to kind and item."""
    if record.percent is not None and record.kind == "进展":
        return f"{record.percent}%"
    if record.due is not None:
        return f"至{day_words(record.due, year)}"
    if record.result is not None:
        return record.result
    if record.corrects is not None:
        return f"{'作废' if record.void else '改'}{record.corrects}"
    people = record.to or record.units
    return f"→ {_joined(people)}" if people else ""


def _body(record: Record) -> Iterator[str]:
    for name in _SAID:
        words = getattr(record, name)
        if words:
            yield words if name == "summary" else f"{label(name)}：{words}"


def _trailers(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        yield f"Gaigai-Record: {entry.record.id}"
    for entry in entries:
        if entry.record.via:
            yield f"Gaigai-Via: {entry.record.via}"
    for entry in entries:
        if entry.record.by:
            yield f"Gaigai-By: {' '.join(entry.record.by.split())}"
