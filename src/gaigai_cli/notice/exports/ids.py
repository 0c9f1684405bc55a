"""Which id each row of an export has: one with an id of its own keeps it, whatever rows were added around it."""

from __future__ import annotations

from collections.abc import Sequence

from gaigai_cli.notice.exports.table import OwnRow
from gaigai_cli.notice.points import value


class Ids:
    """The ids that the rows of a sheet give, known before any row without one gets a new one."""

    def __init__(self, rows: Sequence[OwnRow]) -> None:
        self._holders: dict[str, OwnRow] = {}
        for row in (*filter(_fits, rows), *rows):
            if given := given_id(row):
                self._holders.setdefault(given, row)
        self._taken = set(self._holders)

    def holds(self, row: OwnRow) -> bool:
        """Whether the id that a row gives is its own: of several that give the same, one has it."""
        return self._holders.get(given_id(row)) is row

    def own(self, row: OwnRow) -> str:
        """A row's id; empty where it gives none, or one that another row has or that isn't its task's."""
        return given_id(row) if self.holds(row) and _fits(row) else ""

    def new(self, row: OwnRow, task: str, place: int) -> str:
        """An id for the row at ``place`` (from 1) of a task: the one after all that the sheet gives.

        Where a spreadsheet has made 1.10 into 1.1, it is 1.10 again.
        """
        found = f"{task}.{place}"
        if found != f"{given_id(row)}0" or found in self._taken:
            numbers = (id_.removeprefix(f"{task}.") for id_ in self._taken if _is_of(id_, task))
            last = max(map(value, numbers), default=0)
            found = f"{task}.{last + 1}"
        self._taken.add(found)
        return found


def given_id(row: OwnRow) -> str:
    """What stands in the column of ids."""
    return row.text("事项编号")


def _fits(row: OwnRow) -> bool:
    """Whether a row's id is one of its task's."""
    given, task = given_id(row), row.text("任务序号")
    return bool(given and row.text("工作内容")) and (not task or _is_of(given, task))


def _is_of(item: str, task: str) -> bool:
    return item.startswith(f"{task}.")
