"""Values as the trees that ``tasks.yaml`` holds, keys in the order of the data format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gaigai_cli.model.deadline_values import in_order
from gaigai_cli.model.unit_words import UnitsReading

_ROLES: Final = ("lead", "responsible", "support", "open")

Tree = dict[str, Any]


def set_known(tree: Tree, key: str, value: Any) -> None:
    """Set a field that has a value; one without is left out of the files."""
    if value:
        tree[key] = value


def deadline_of(value: Any, text: str) -> Tree | None:
    """A deadline's fields from an answer's map, with ``text`` as issued; None where the map is no deadline."""
    if not isinstance(value, Mapping):
        return None
    from pydantic import TypeAdapter, ValidationError

    from gaigai_cli.model.deadline import Deadline

    adapter: TypeAdapter[Any] = TypeAdapter(Deadline)
    try:
        found = adapter.validate_python({**value, "text": text})
    except ValidationError:
        return None
    return in_order(found.model_dump(by_alias=True, exclude_none=True))


def units_tree(text: str, reading: UnitsReading) -> Tree:
    """A unit cell's fields; ``support`` only where there is some."""
    tree: Tree = {
        "text": text,
        "lead": list(reading.lead),
        "responsible": list(reading.responsible),
    }
    if reading.support:
        tree["support"] = list(reading.support)
    tree["open"] = list(reading.open)
    return tree


def units_of(value: Any) -> UnitsReading | None:
    """A reading from an answer's map of roles; None where it is none."""
    if not isinstance(value, Mapping) or not set(value) <= set(_ROLES):
        return None
    lists = {}
    for role in _ROLES:
        names = value.get(role) or []
        if isinstance(names, str) or not all(isinstance(name, str) for name in names):
            return None
        lists[role] = tuple(names)
    return UnitsReading(**lists)
