"""The rows of a list as cells, before anything in them is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gaigai_cli.notice.columns import Columns
from gaigai_cli.notice.document import Cell, Line, Place
from gaigai_cli.words.heads import LABEL_OF, UNIT_ROLES, ColumnUse
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.units import read_units

BY_GROUP: Final = "所在标题"
"""The head of a unit that a group's heading names, in place of a column's."""

NONE: Final = regex(r"[\s/／\\—－–-]*|无|暂无")
"""A cell, or what stands behind a label, that holds nothing."""
DITTO: Final = regex("同上|同前|〃")
"""What says that a field is that of the row or paragraph above."""


class Headed(NamedTuple):
    """A cell of a row with its column's use and head, or the words behind a label with that."""

    use: ColumnUse
    head: str
    cell: Cell


def of_heading(above: Sequence[Headed], own: Sequence[Headed]) -> Iterator[Headed]:
    """Yield who leads or supports by a heading above, where those that a row names itself have none in that role."""
    given: set[ColumnUse] = {part.use for part in own}
    own_readings = [read_units(part.cell.text) for part in own]
    given |= {"lead"} if any(said.lead for said in own_readings) else set()
    given |= {"support"} if any(said.support for said in own_readings) else set()
    for each in above:
        said = read_units(each.cell.text)
        roles: dict[ColumnUse, str] = {
            "lead": "、".join(said.lead),
            "support": "、".join(said.support),
        }
        if each.use != "responsible":
            roles = {each.use: each.cell.text}
        for use, names in roles.items():
            if names and use not in given:
                yield Headed(use, LABEL_OF[use], each.cell._replace(text=names))


class RawRow(NamedTuple):
    """A row of the list. A cell that spans rows, or is left to the one above, is the same object in each.

    ``point``: its own number below that of its task, 0 without one. ``unsure``: it isn't certain which column each of
    its cells belongs to.
    """

    place: Place
    number: Cell | None = None
    title: Cell | None = None
    content: Cell | None = None
    said: tuple[Headed, ...] = ()
    point: int = 0
    continues: bool = False
    lacks_content: bool = False
    unsure: bool = False

    def of(self, *uses: ColumnUse) -> tuple[Headed, ...]:
        """Return its other cells with one of these uses."""
        return tuple(each for each in self.said if each.use in uses)

    @property
    def units(self) -> tuple[Headed, ...]:
        """The cells that name units."""
        return self.of(*UNIT_ROLES)

    @property
    def deadline(self) -> tuple[Cell, ...]:
        """The cells of its deadline: from when, by when."""
        return tuple(each.cell for each in self.of("deadline"))


@dataclass
class Found:
    """The rows of all list tables, and the lines that are around and in them.

    ``heads`` are where the tables of ``columns`` begin, ``again`` where a head is repeated in one of them, ``asked``
    the columns that have a doubt already.
    """

    rows: list[RawRow] = field(default_factory=list)
    columns: list[Columns] = field(default_factory=list)
    heads: list[Place] = field(default_factory=list)
    again: list[Place] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)
    asked: set[tuple[ColumnUse, str]] = field(default_factory=set)
