"""The roles that a unit can have in an item."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal, NamedTuple, get_args

RoleField = Literal["lead", "responsible", "support"]
"""A role as files and code name it."""

RoleWord = Literal["牵头", "责任", "配合"]
"""A role as records and people name it."""


class Role(NamedTuple):
    """One role: the key of a list that names its units, and its word."""

    field: RoleField
    word: RoleWord

    @property
    def units_word(self) -> str:
        """The word for the units that have it: 牵头单位."""
        return f"{self.word}单位"


ROLES: Final = tuple(map(Role, get_args(RoleField), get_args(RoleWord)))
"""All roles in the order in which they are told; a unit that has several is shown by the first."""

FIELD_OF: Final[Mapping[str, RoleField]] = {role.word: role.field for role in ROLES}

UNIT_LISTS: Final[Mapping[str, str]] = {
    **{role.field: role.units_word for role in ROLES},
    "open": "未列名单位",
}
"""The lists of a unit cell and their words: the units of each role, and bodies that it doesn't name one by one."""


def once_each(
    named: Mapping[RoleField, Iterable[str]], canonical: Callable[[str], str]
) -> dict[RoleField, tuple[str, ...]]:
    """Return the units of each role under the names of today, each once: units merged since have their highest role."""
    seen: set[str] = set()
    found: dict[RoleField, tuple[str, ...]] = {}
    for role in ROLES:
        units = dict.fromkeys(map(canonical, named[role.field]))
        found[role.field] = tuple(unit for unit in units if unit not in seen)
        seen.update(units)
    return found
