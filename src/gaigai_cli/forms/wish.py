"""What a form that came back wants recorded, as a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.records import Evidence
from gaigai_cli.record.draft import Intention

REPORT: Final = "进展"

KeepEvidence = Callable[[str, str], Evidence]
"""Words of a cell, and its place, to what a record says of them."""


class Wish(NamedTuple):
    """Something to be recorded of an item: the first of ``tries`` that the ledger takes. ``place`` is told if none."""

    item: str
    place: str
    tries: tuple[Intention, ...]


class Collecting(NamedTuple):
    """What all records of a form share.

    ``day`` is the day of collecting, ``shared`` gives the fields of every record of an item, ``stages`` the current
    stage of each item that has stages: what an application is about.
    """

    ledger: Ledger
    today: date
    day: date
    shared: Callable[[str], Mapping[str, Any]]
    keep: KeepEvidence
    stages: Mapping[str, str]
