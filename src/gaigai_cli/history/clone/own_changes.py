"""What a clone has written since its last commit: which files are its own to commit, and which records they bring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from gaigai_cli.errors import GaigaiError, as_word
from gaigai_cli.history.clone.remote import remote_of
from gaigai_cli.history.commit import put, tree_files
from gaigai_cli.history.git import Blob, changes_of, fields_of, names_of
from gaigai_cli.history.index import scratch_index
from gaigai_cli.history.merge.records import only_adds, take_apart
from gaigai_cli.history.repository import Repository, repository
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.store.lock import LOCK
from gaigai_cli.store.names import EVIDENCE, PROGRESS
from gaigai_cli.store.write import DRAFT_SUFFIX

_SUFFIX: Final = ".yaml"
_ENCODING: Final = "working-tree-encoding"
_BEFORE_PATH: Final = {"?": 0, "1": 7, "u": 9}
"""By the kind of a line of ``status``, how many words stand before its path."""
_NO_COMMIT, _NO_BRANCH = "(initial)", "(detached)"
"""What ``status`` says in place of a commit, and of a branch; one may be called so, too."""
_ID: Final = re.compile(rb"""^[ \t]*(?:-[ \t]+)?id:[ \t]*["']?([^\s"'#]+)""", re.MULTILINE)


class CheckedOut(NamedTuple):
    """The branch that is checked out, its last commit (None: it has none yet), and the files that have changed since.

    ``changed`` is every file that isn't as it is committed, staged or not, and every new one that isn't ignored. Also
    logs that git was told to overlook (by an ignore file, skip-worktree or assume-unchanged), and evidence that it has
    and was told to: what was recorded here is to be sent. Who keeps evidence out of git may do so.
    """

    branch: str
    head: str | None
    changed: tuple[str, ...]


def checked_out(repository: Repository) -> CheckedOut:
    """Return what is checked out. Raises ``GaigaiError`` where it is no branch, or its commit can't be read."""
    words = ("--porcelain=v2", "--branch", "--no-ahead-behind", "-z", "--untracked-files=all")
    answer = repository.ask("status", *words, "--no-renames", "--ignore-submodules")
    said: dict[str, str] = {}
    names: list[str] = []
    for line in names_of(answer):
        kind, _, rest = line.partition(" ")
        if kind == "#":
            name, _, said[name] = rest.partition(" ")
        else:
            names.append(rest.split(" ", _BEFORE_PATH[kind])[-1])
    branch, head = said["branch.head"], said["branch.oid"]
    changed = dict.fromkeys((*names, *_overlooked(repository)))
    return CheckedOut(
        repository.branch if branch == _NO_BRANCH else branch,
        repository.commit_of("HEAD") if head == _NO_COMMIT else head,
        tuple(name for name in changed if not _is_litter(name)),
    )


@dataclass(frozen=True)
class OwnChanges:
    """Files to commit, as git will keep them (by path from the top), the records that are new in them, and the rest.

    ``tree`` is what a commit of the files holds; where there are none, the last commit stands for it. ``others`` are
    changed too, but not this unit's to commit.
    """

    files: Mapping[str, Blob]
    tree: str
    entries: tuple[Entry, ...]
    others: tuple[str, ...]


def own_changes(
    repository: Repository, head: str, changed: Sequence[str], ledger: Ledger, unit: str
) -> OwnChanges:
    """Return what of the ``changed`` files ``unit`` has written since ``head``: its logs, and its evidence.

    The office's clone also has what the office entered for others (代录). Raises ``GaigaiError`` where a record that
    is committed was changed or deleted.
    """
    deleted = [p for p in changed if repository.is_log(p) and not (repository.top / p).exists()]
    if deleted:
        raise GaigaiError(
            f"记录文件 {deleted[0]} 不见了",
            f"请运行 git checkout HEAD -- {as_word(deleted[0])} 恢复它",
        )
    folders = tuple(f"{repository.prefix}{name}/" for name in (PROGRESS, EVIDENCE))
    recorded = dict.fromkeys(
        p for p in changed if p.startswith(folders) and _is_plain(repository.top / p)
    )
    with scratch_index(repository) as index:
        take_in(repository, head, recorded, index)
        words = ("diff-index", "--cached", "--no-renames", "-z", head)
        answer = repository.ask(*words, settings=index) if recorded else b""
        sides = tuple(changes_of(answer))
        old = {path: was for path, was, _ in sides if was is not None}
        now = {path: blob for path, _, blob in sides if blob is not None}
        before = _log_texts(repository, old)
        entries = _new_entries(repository, ledger, before)
        logs = {
            path: whose
            for path in now
            if repository.is_log(path)
            and (whose := _owner(repository, path, ledger, unit, entries.get(path, ()))) is not None
        }
        after = _log_texts(repository, {path: now[path] for path in logs if path in before})
        for path, text in after.items():
            _demand_only_added(path, before[path], text)
        evidence = tuple(
            f"{repository.prefix}{EVIDENCE}/{name}/" for name in {unit, *logs.values()}
        )
        files = {p: blob for p, blob in now.items() if p in logs or p.startswith(evidence)}
        # What git keeps as it was has not changed.
        others = [p for p in changed if p not in files and (p in now or p not in recorded)]
        tree = head
        if files:
            put(repository, {path: old.get(path) for path in others if path in now}, index)
            tree = repository.word("write-tree", settings=index)
    said = tuple(entry for path in logs for entry in entries.get(path, ()))
    return OwnChanges(files, tree, said, tuple(others))


def _overlooked(repository: Repository) -> Iterator[str]:
    """Yield the logs and evidence here of which git says nothing, whether they have changed or not."""
    folders = [f"{repository.prefix}{name}" for name in (PROGRESS, EVIDENCE)]
    answer = repository.ask("ls-files", "--cached", "--others", "-v", "-z", "--", *folders)
    for line in names_of(answer):
        mark, _, name = line.partition(" ")
        if mark == "?":
            if repository.is_log(name):
                yield name
        # Small letters: assume-unchanged; S: skip-worktree. Files that a sparse checkout leaves out aren't here.
        elif (mark.islower() or mark == "S") and (repository.top / name).exists():
            yield name


def _is_litter(path: str) -> bool:
    """Return whether it is what a writing gaigai lays beside the data for a moment."""
    name = path.rpartition("/")[2]
    return name == LOCK or name.endswith(DRAFT_SUFFIX)


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def take_in(
    repository: Repository, head: str, names: Iterable[str], index: Mapping[str, str]
) -> None:
    """Let the empty ``index`` have ``head`` with these files as ``git add`` would take them, line ends and all.

    Raises ``GaigaiError`` where git was told that one is in another encoding.
    """
    given = "".join(f"{name}\0" for name in names).encode("utf-8", "surrogateescape")
    if given:
        _demand_no_encoding(repository, given)
        repository.ask("read-tree", head, settings=index)
        repository.ask("update-index", "--add", "-z", "--stdin", given=given, settings=index)


def _demand_no_encoding(repository: Repository, names: bytes) -> None:
    """Raise ``GaigaiError`` where attributes have git store files otherwise than they lie here."""
    answer = repository.ask("check-attr", "-z", "--stdin", _ENCODING, given=names)
    for name, _, value in fields_of(answer, 3):
        if value.lower() not in ("unspecified", "unset", "", "utf-8"):
            raise GaigaiError(
                f"git 的属性 {_ENCODING}={value} 让 {name} 换一种编码存放，别人会读不出来",
                "请从 .gitattributes 和 .git/info/attributes 中删去这一项",
            )


def _log_texts(repository: Repository, files: Mapping[str, Blob]) -> dict[str, bytes]:
    """Return the bytes of those of the files that are logs."""
    logs = {path: blob.hash for path, blob in files.items() if repository.is_log(path)}
    return dict(zip(logs, repository.contents(logs.values()), strict=True))


def _new_entries(
    repository: Repository, ledger: Ledger, old: Mapping[str, bytes]
) -> dict[str, list[Entry]]:
    """Return the records of each log that its ``old`` text doesn't have."""
    known = {path: set(_ID.findall(text)) for path, text in old.items()}
    found: dict[str, list[Entry]] = {}
    for entry in ledger.entries:
        path = f"{repository.prefix}{entry.file}"
        if entry.record.id.encode() not in known.get(path, ()):
            found.setdefault(path, []).append(entry)
    return found


def unsent(repository: Repository, ledger: Ledger, tip: str | None) -> tuple[Entry, ...]:
    """Return the records here, committed or not, that the commit ``tip`` of the remote hasn't, log by log."""
    files = dict.fromkeys(f"{repository.prefix}{entry.file}" for entry in ledger.entries)
    sent = _log_texts(repository, tree_files(repository, tip, files))
    new = _new_entries(repository, ledger, sent)
    return tuple(entry for entries in new.values() for entry in entries)


def unsent_ids(data: Path, ledger: Ledger) -> frozenset[str]:
    """Return the numbers of the records that the remote hadn't when it was last seen; none where that isn't known."""
    try:
        here = repository(data)
        tip = here.commit_of(remote_of(here, here.branch).tracking)
    except GaigaiError:
        return frozenset()
    entries = unsent(here, ledger, tip) if tip is not None else ()
    return frozenset(entry.record.id for entry in entries)


def _owner(
    repository: Repository, path: str, ledger: Ledger, unit: str, entries: Iterable[Entry]
) -> str | None:
    """Return whose log it is, where this clone may commit it; else None."""
    file = path.removeprefix(repository.prefix)
    whose = ledger.logs.get(file)
    if whose is None:
        # It can't be read. By its name it may be the unit's own.
        own = f"{PROGRESS}/{unit}"
        if file == f"{own}{_SUFFIX}" or file.startswith(f"{own}/"):
            raise GaigaiError(f"本单位的记录文件 {path} 有错误", "请运行 gaigai check 查看")
        return None
    entered = list(entries)
    for_others = bool(entered) and all(entry.record.via for entry in entered)
    if unit in ledger.units.heirs(whose):
        return unit
    return ledger.units.canonical(whose) if unit == ledger.office and for_others else None


def _demand_only_added(path: str, before: bytes, after: bytes) -> None:
    """Raise ``GaigaiError`` where a record that others have already was changed: only a 更正 may do that."""
    if only_adds(before, after):
        return
    parts = take_apart(before), take_apart(after)
    known = set(parts[1].parts) if parts[1] else set()
    gone = (
        [part.id for part in parts[0].parts if part not in known] if parts[0] and parts[1] else []
    )
    which = f"的记录{gone[0]}" if gone else ""
    raise GaigaiError(
        f"{path} 中已提交{which}被改动或删除，记录只增不改",
        f"请运行 git diff -- {as_word(path)} 查看，恢复原文；记错的用 gaigai correct 更正",
    )
