"""Edits of list, units, rules and reviewers, each told by its key's Chinese word."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from pydantic import BaseModel

from gaigai_cli.model.departments import Departments
from gaigai_cli.model.labels import in_words, label_of, word_of
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.people import Contacts, Reviewers
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList

_KEYS: Final = ("id", "name")
_UNRULED: Final = "完成时限在清单上直接改动，没有经过核定；延期应由督办机构记录批准延期"


class Edit(NamedTuple):
    """One value that was changed: in which file, of what, and what it was and is (None: not there).

    ``item`` is the item or task that it is about. ``note`` is a Chinese sentence without its full stop, or empty.
    """

    file: str
    item: str | None
    where: str
    before: str | None
    after: str | None
    note: str = ""


def edits(before: Ledger, after: Ledger) -> tuple[Edit, ...]:
    """Return every edit between two ledgers, in the order of the files."""
    pairs: tuple[tuple[str, BaseModel | None, BaseModel | None], ...] = (
        (TaskList.file, before.tasks, after.tasks),
        (Departments.file, before.departments, after.departments),
        (Rules.file, before.rules, after.rules),
        (Reviewers.file, before.reviewers, after.reviewers),
        (Contacts.file, before.contacts, after.contacts),
    )
    return tuple(
        edit
        for file, was, now in pairs
        if not _same_text(before, after, file)
        for edit in file_edits(file, was, now)
    )


def _same_text(before: Ledger, after: Ledger, file: str) -> bool:
    """Return whether a file was read from the same text twice: comparing a large list value by value takes its time."""
    texts = [getattr(ledger.sources.get(file), "text", None) for ledger in (before, after)]
    return texts[0] is not None and texts[0] == texts[1]


def file_edits(file: str, before: BaseModel | None, after: BaseModel | None) -> Iterator[Edit]:
    """Yield the edits of one file; None where there is none."""
    if before is None and after is None:
        return
    for path, was, now in _differences(before, after, ()):
        item = next((words for kind, words in reversed(path) if kind in ("items", "tasks")), None)
        deadline = any(kind == "deadline" for kind, _ in path)
        note = _UNRULED if deadline and was is not None and now is not None else ""
        yield Edit(file, item, _where(path), was, now, note)


Steps = tuple[tuple[str, str], ...]
"""Steps to a value: the field, and the word for it or the key of one of several."""


def _where(path: Steps) -> str:
    """Return 16.2·完成时限: an item's own id says of which task it is."""
    start = next((n for n, (kind, _) in enumerate(path) if kind == "items"), 0)
    steps = [words for _, words in path[start:]]
    # 完成时限·完成时限一栏的原文 says the first twice.
    kept = (words for words, after in pairwise([*steps, ""]) if not after.startswith(words))
    return "·".join(kept)


def _differences(
    before: object, after: object, path: Steps
) -> Iterator[tuple[Steps, str | None, str | None]]:
    if before == after:
        return
    whole = not path and (before is None or after is None)  # a file that is new or gone
    model = type(before if after is None else after)
    if issubclass(model, BaseModel) and (whole or type(before) is type(after)):
        for name in model.model_fields:
            was, now = getattr(before, name, None), getattr(after, name, None)
            yield from _differences(was, now, (*path, (name, label_of(model, name))))
        return
    was = {} if before is None else _keyed(before)
    now = {} if after is None else _keyed(after)
    if was is not None and now is not None:
        name = path[-1][0] if path else ""
        for key in dict.fromkeys((*was, *now)):
            step = (name, key)
            yield from _differences(was.get(key), now.get(key), (*path[:-1], step))
        orders = [[k for k in one if k in other] for one, other in ((was, now), (now, was))]
        if isinstance(before, tuple) and orders[0] != orders[1]:
            word = (name, f"{path[-1][1]}的先后")
            yield (*path[:-1], word), "、".join(orders[0]), "、".join(orders[1])
        return
    name = path[-1][0] if path else ""
    yield path, _words(name, before), _words(name, after)


def _keyed(value: object) -> dict[str, object] | None:
    """Return things that have a key of their own, by it; also a mapping. None for other values."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, tuple) or not all(isinstance(v, BaseModel) for v in value):
        return None
    found: dict[str, object] = {}
    for thing in value:
        key = next((str(getattr(thing, k)) for k in _KEYS if hasattr(thing, k)), "")
        found.setdefault(key, thing)
    return found if "" not in found else None


def _words(name: str, value: object) -> str | None:
    if value is None or value == ():
        return None
    if isinstance(value, BaseModel) and hasattr(value, "text"):
        return str(value.text)
    if isinstance(value, BaseModel) and (hasattr(value, "content") or hasattr(value, "title")):
        return str(getattr(value, "content", None) or getattr(value, "title", ""))
    return word_of(name, value) if isinstance(value, str) else in_words(value)
