"""Deadlines as plain values, field by field the models of ``model.deadline``: what reading a cell's words gives.

A notice has a deadline in every row. Whoever only writes them down (an import) needs no model, nor the time that
the models take to load.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from gaigai_cli.model.deadline import Deadline
    from gaigai_cli.model.due_dates import Every


class Fixed(NamedTuple):
    """Done by the end of one day."""

    kind: Literal["fixed"]
    text: str
    due: date
    from_: date | None = None


class Ongoing(NamedTuple):
    """Carried on for a period."""

    kind: Literal["ongoing"]
    text: str
    until: date | None = None
    from_: date | None = None


class Stage(NamedTuple):
    """One part of a staged deadline."""

    id: str
    text: str
    due: date


class Staged(NamedTuple):
    """Several parts, each with its day."""

    kind: Literal["staged"]
    text: str
    stages: tuple[Stage, ...]


class Recurring(NamedTuple):
    """Owed again in every period."""

    kind: Literal["recurring"]
    text: str
    every: Every
    day: int | str
    from_: date
    until: date | None = None


class Unset(NamedTuple):
    """No day."""

    kind: Literal["unset"]
    text: str


Value = Fixed | Ongoing | Staged | Recurring | Unset

_ORDER: Final = ("text", "kind", "every", "day", "from", "until", "due", "stages")


def fields(deadline: Value) -> dict[str, Any]:
    """What the value says as ``tasks.yaml`` has it: keys in the order of the data format, none without a value."""
    said = {key.rstrip("_"): value for key, value in deadline._asdict().items()}
    if isinstance(deadline, Staged):
        said["stages"] = [stage._asdict() for stage in deadline.stages]
    return in_order(said)


def in_order(said: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a deadline in the order of the data format, none without a value."""
    return {key: said[key] for key in _ORDER if said.get(key) is not None}


def model_of(deadline: Value) -> Deadline:
    """The model. Raises pydantic's ``ValidationError`` where the fields contradict each other."""
    from gaigai_cli.model import deadline as models

    made: dict[str, type[Deadline]] = {
        "fixed": models.Fixed,
        "ongoing": models.Ongoing,
        "staged": models.Staged,
        "recurring": models.Recurring,
        "unset": models.Unset,
    }
    return made[deadline.kind](**fields(deadline))
