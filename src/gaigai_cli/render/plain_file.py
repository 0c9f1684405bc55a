"""A data file as plain Chinese lines: what ``git log -p`` and ``git show`` compare in place of YAML."""

from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel

from gaigai_cli.characters import harmless
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.labels import fields_of, key_of, label_of, models_in, word_of
from gaigai_cli.model.people import Contacts, Reviewers
from gaigai_cli.model.records import Log
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.yamldoc.reader import parse_sound

_MODELS: Final[tuple[tuple[str, type[BaseModel]], ...]] = (
    ("unit", Log),
    ("notice", TaskList),
    ("units", Departments),
    ("people", Reviewers),
    ("contacts", Contacts),
)
"""A key that a file of each kind has; any other file holds rules."""

_TITLES: Final = ("date", "kind", "item", "id", "title", "name", "content", "file")
"""Keys whose values stand in the first line of what a list holds, in this order."""

_UNSEEN: Final = frozenset({"sha256"})


def as_lines(data: bytes) -> bytes:
    """Return the file in words, one value a line; of bytes that are no sound data file their text as it is."""
    root = parse_sound(data)
    if not isinstance(root, dict):
        return harmless(data.decode(errors="replace")).encode()
    model = next((m for key, m in _MODELS if key in root), Rules)
    return harmless("\n".join(_mapping(root, model, "")) + "\n").encode()


def _mapping(node: dict[str, Any], model: type[Any] | None, indent: str) -> Iterator[str]:
    for key, value in node.items():
        if key not in _UNSEEN and value != []:
            field = _field(model, key)
            label = label_of(model, field) if model and field else key
            words = word_of(key, value) if isinstance(value, str) else value
            yield from _value(label, words, _inner(model, field, value), indent)


def _value(label: str, value: Any, model: type[Any] | None, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{indent}{label}："
        yield from _mapping(value, model, f"{indent}  ")
    elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        yield f"{indent}{label}："
        for one in value:
            yield from _one(one, model, f"{indent}  ")
    elif isinstance(value, list):
        yield f"{indent}{label}：{'、'.join(map(str, value))}"
    else:
        first, *rest = str(value).split("\n")
        yield f"{indent}{label}：{first}"
        yield from (f"{indent}  {line}" for line in rest if line)


def _one(node: Any, model: type[Any] | None, indent: str) -> Iterator[str]:
    """Yield one of several: a line that names it, and below it the rest."""
    if not isinstance(node, dict):
        yield f"{indent}{node}"
        return
    title = [k for k in _TITLES if isinstance(node.get(k), str)]
    yield f"{indent}{'  '.join(node[k] for k in title)}"
    yield from _mapping({k: v for k, v in node.items() if k not in title}, model, f"{indent}  ")


def _field(model: type[Any] | None, key: str) -> str | None:
    if model is None:
        return None
    return next((name for name in fields_of(model) if key_of(model, name) == key), None)


def _inner(model: type[Any] | None, field: str | None, value: Any) -> type[Any] | None:
    """Return the model of a field's value; of several that one which has the keys that the value has."""
    if model is None or field is None:
        return None
    if field == "set":  # what a 更正 changes: fields of a record
        return model
    found = models_in(fields_of(model)[field].annotation)
    one = value[0] if isinstance(value, list) and value else value
    keys = set(one) if isinstance(one, dict) else set()
    return max(found, key=lambda m: len(keys & {key_of(m, n) for n in fields_of(m)}), default=None)
