"""One more record in a log, so that nothing is ever lost."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.base import NUMBER_PATTERN
from gaigai_cli.model.ledger import LogChange
from gaigai_cli.model.records import Record, label
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.store.files import sha256_of
from gaigai_cli.store.lock import Held
from gaigai_cli.store.names import PROGRESS, check_name, inside
from gaigai_cli.store.new_list import EXAMPLE_COMMENT, schema_line, schemas_of
from gaigai_cli.store.regular import read_file
from gaigai_cli.store.write import make_folder, naming_file, replace_bytes
from gaigai_cli.yamldoc.append import append
from gaigai_cli.yamldoc.emit import TextError, Tree, block_text

# Ids look like numbers, and 7.10 is not 7.1.
_QUOTED = frozenset({"item", "items"})
_NUMBER = re.compile(NUMBER_PATTERN)
_FLAGS = frozenset({"not_started", "void"})
_FIRST = ("id", "item", "date", "kind", "corrects")
_LAST = ("by", "via", "source")
_TRIES = 5


class _ChangedError(Exception):
    """Somebody who doesn't know of the lock has changed the log in this moment."""


def with_record(before: bytes | None, record: Record, *, unit: str, head: str = "") -> bytes:
    """Return a log with one more record; ``before`` None makes a new one of ``unit`` below the comments ``head``.

    Raises ``GaigaiError`` where the text of the record or the form of the log doesn't allow it.
    """
    try:
        if before is None:
            before = (head + block_text({"unit": unit, "records": []})).encode()
        return append(before, "records", _tree(record), quoted=_QUOTED)
    except TextError as error:
        name = label(error.key)
        raise GaigaiError(f"“{name}”{error.reason}", error.remedy) from None


def append_record(
    held: Held,
    file: str,
    record: Record,
    *,
    unit: str,
    expected: str | None = None,
    again: Callable[[], Record] | None = None,
    example: bool = False,
) -> LogChange:
    """Append ``record`` to the log ``file`` (``progress/县财政局.yaml``) of a locked directory; all of it or nothing.

    A missing log is made, as ``unit``'s; ``example`` labels it as made up. ``expected`` is the SHA-256 of the log as
    the caller read it (None: there was none). Where the log is another one by now, the record goes behind what
    stands there, after ``again`` has given the record anew (it may read and check the ledger again, and raise).

    Raises ``GaigaiError`` where the file is not to be written; the log is then as it was.
    """
    _check_file(file)
    path = inside(held.root, file)
    for _ in range(_TRIES):
        before = _read(path, file)
        now = sha256_of(before) if before is not None else None
        if again is not None and now != expected:
            record, expected = again(), now
        head = log_head(held.root, file, example=example) if before is None else ""
        after = with_record(before, record, unit=unit, head=head)
        try:
            _replace(path, file, before, after)
        except _ChangedError:
            continue
        return LogChange(file, before, after)
    raise GaigaiError(f"“{file}”正被别的程序不停地改动，没有写入", "请关闭那个程序后再试")


def log_head(root: Path, file: str, *, example: bool) -> str:
    """Return the comments that a new log opens with: its schema, as far away as the list's, the label of examples."""
    try:
        start = (root / TaskList.file).read_bytes()[:2000].decode("utf-8", "replace")
    except OSError:
        start = ""
    folder = schemas_of(start)
    if "://" not in folder and not folder.startswith("/"):
        folder = "../" * file.count("/") + folder
    return schema_line("log", folder) + (EXAMPLE_COMMENT if example else "")


def _check_file(file: str) -> None:
    folder, *rest = file.split("/")
    if folder != PROGRESS or not rest or not file.endswith(".yaml"):
        raise GaigaiError(f"“{file}”不是记录文件", f"记录文件在 {PROGRESS}/ 之下，扩展名为 .yaml")
    for name in rest:
        check_name(name, "记录文件名")


def _read(path: Path, file: str) -> bytes | None:
    """Return the log as it is now; None where there is none."""
    with naming_file(file):
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(21, "", file)
        if not stat.S_ISREG(found.st_mode):
            raise GaigaiError(f"“{file}”不是普通文件", "请移走或改名后再试")
        # Replacing needs no right to write the file itself, but it was made read-only on purpose.
        if not found.st_mode & 0o222 or not os.access(path, os.W_OK):
            raise GaigaiError(f"“{file}”是只读文件，没有写入", "请取消文件的只读属性后再试")
        return read_file(path)


def _replace(path: Path, file: str, before: bytes | None, after: bytes) -> None:
    def is_as_read() -> None:
        if _read(path, file) != before:
            raise _ChangedError

    with naming_file(file):
        make_folder(path.parent)
        replace_bytes(path, after, before_replacing=is_as_read)


def _tree(record: Record) -> dict[str, Tree]:
    """Return the record as it is written: keys in the order of the house, numbers and flags without quotes."""
    said = record.said
    order = (*_FIRST, *(name for name in said if name not in _LAST), *_LAST)
    tree = {name: _plain(said[name]) for name in dict.fromkeys(order) if name in said}
    if record.set is not None:
        tree["set"] = {name: _corrected(name, value) for name, value in record.set.items()}
    return tree


def _corrected(name: str, value: Any) -> Tree:
    """Return what a 更正 makes of a field; no model has turned its words into values."""
    if name in _FLAGS and value in ("true", "false"):
        return bool(value == "true")
    return _numbers(value) if name in ("percent", "metrics") else _plain(value)


def _numbers(value: Any) -> Tree:
    """Return words that are numbers as numbers; those in a list of entries stay the text that they are."""
    if isinstance(value, Mapping):
        return {key: _numbers(child) for key, child in value.items()}
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return _plain(value)


def _plain(value: Any) -> Tree:
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {key: _plain(child) for key, child in value.items() if child is not None}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(child) for child in value]
    leaf: Tree = value
    return leaf
