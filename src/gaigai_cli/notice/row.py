"""The rows of a list as cells, before anything in them is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gaigai_cli.notice.columns import Columns
from gaigai_cli.notice.document import Cell, Line, Place
from gaigai_cli.words.heads import ColumnUse

BY_GROUP: Final = "所在标题"
"""The head of a unit that a group's heading names, in place of a column's."""

UnitPart = tuple[ColumnUse, str, Cell]
"""The role and head of a unit column, and a row's cell in it."""


class RawRow(NamedTuple):
    """A row of the list. A cell that spans rows, or is left to the one above, is the same object in each."""

    place: Place
    number: Cell | None = None
    title: Cell | None = None
    content: Cell | None = None
    units: tuple[UnitPart, ...] = ()
    deadline: tuple[Cell, ...] = ()
    leader: tuple[tuple[str, Cell], ...] = ()
    contact: tuple[tuple[str, Cell], ...] = ()
    continues: bool = False
    lacks_content: bool = False


@dataclass
class Found:
    """The rows of all list tables, and the lines that are around and in them.

    ``heads`` are where the tables of ``columns`` begin, ``again`` where a head is repeated in one of them, ``asked``
    the columns that have a doubt already, ``unruled`` the unit cells without a rule that they state, ``parted`` those
    whose units and persons were told apart.
    """

    rows: list[RawRow] = field(default_factory=list)
    columns: list[Columns] = field(default_factory=list)
    heads: list[Place] = field(default_factory=list)
    again: list[Place] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)
    asked: set[tuple[ColumnUse, str]] = field(default_factory=set)
    unruled: dict[Cell, Cell] = field(default_factory=dict)
    parted: dict[Cell, tuple[Cell, Cell | None]] = field(default_factory=dict)
