"""What came of collecting a unit's form."""

from __future__ import annotations

from typing import NamedTuple

from gaigai_cli.forms.returned import Trouble
from gaigai_cli.record.prepare import Prepared


class Outcome(NamedTuple):
    """A unit's form: its records, how many were recorded before, its items without a word, and what didn't fit."""

    unit: str
    month: str
    prepared: tuple[Prepared, ...]
    already: int
    empty: tuple[str, ...]
    troubles: tuple[Trouble, ...]

    @property
    def failed(self) -> bool:
        """Whether something that was filled in was not taken."""
        return any(trouble.severity == "error" for trouble in self.troubles)
