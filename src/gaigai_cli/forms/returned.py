"""A returned form as a value: what each cell says, and what doesn't fit the form that was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from gaigai_cli.forms.cells import FormCell
from gaigai_cli.forms.sent import Mark
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.records import Evidence
from gaigai_cli.record.new_record import Intention
from gaigai_cli.record.prepare import Prepared

Severity = Literal["error", "note"]
"""error: something was not taken; note: it was, but somebody should know."""


class Trouble(NamedTuple):
    """Something that doesn't fit, told by file, sheet and cell; a Chinese sentence without its full stop."""

    file: str
    place: str
    message: str
    severity: Severity = "error"


class Answer(NamedTuple):
    """A cell that was filled in, and where: ``进展情况!E7``."""

    cell: FormCell
    place: str


@dataclass
class Returned:
    """``answers``: filled cells by row key and column.

    ``filled_on`` is the cell 填报日期, ``unit_shown`` the unit that the form names on its face, ``titles`` what stands
    over its tables: by place, the table's name and the words. ``sha256`` is the
    file's; ``path`` is where it lies, for whoever read it there. ``lent``: the other file of the unit that an item's
    cells come from, by item.
    """

    file: str
    sha256: str
    mark: Mark
    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)
    filled_on: Answer | None = None
    unit_shown: Answer | None = None
    titles: dict[str, tuple[str, str]] = field(default_factory=dict)
    path: Path = Path()
    lent: dict[str, Path] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def tell(self, place: str, message: str, severity: Severity = "error") -> None:
        """Add a trouble."""
        self.troubles.append(Trouble(self.file, place, message, severity))

    def of(self, key: str) -> Mapping[str, Answer]:
        """Return the filled cells of a row."""
        return self.answers.get(key, {})


def place(sheet: str, column: int, row: int) -> str:
    """Return ``进展情况!E7``; ``column`` is 0-based."""
    from openpyxl.utils import get_column_letter

    return f"{sheet}!{get_column_letter(column + 1)}{row}"


KeepEvidence = Callable[[str, str], Evidence]
"""Words of a cell, and its place, to what a record says of them."""


class Wanted(NamedTuple):
    """Something to be recorded of an item or an instruction: the first of ``tries`` that the ledger takes.

    ``place`` is told if none. ``whole``: it is all that the item's cells say; else they make other records, too.
    """

    item: str
    place: str
    tries: tuple[Intention, ...]
    whole: bool = False


class Collecting(NamedTuple):
    """What all records of a form share.

    ``unit`` is whose they are, under its name of today, ``day`` the day of collecting. ``shared`` gives the fields of
    every record of an item, ``stages`` the current stage of each item that has stages: what an application is about;
    ``dues`` the day in force of each dated item.
    """

    ledger: Ledger
    unit: str
    today: date
    day: date
    shared: Callable[[str], Mapping[str, Any]]
    keep: KeepEvidence
    stages: Mapping[str, str]
    dues: Mapping[str, date]


class Outcome(NamedTuple):
    """A unit's form: its records, how many were recorded before, its items without a word, and what didn't fit.

    ``files`` says how many files it came in.
    ``committed`` is a sentence that says which commit holds the records, empty where none was made.
    """

    unit: str
    month: str
    prepared: tuple[Prepared, ...]
    already: int
    empty: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    committed: str = ""
    files: int = 1

    @property
    def failed(self) -> bool:
        """Return whether something that was filled in was not taken."""
        return any(trouble.severity == "error" for trouble in self.troubles)
