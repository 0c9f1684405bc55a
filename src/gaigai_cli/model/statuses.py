"""The statuses of an item, and what holds in them."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

Status = Literal["未报进展", "未启动", "推进中", "待核验", "已销号", "已评估", "已核减"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)

SUSPENDED: Final = "暂缓实施"
Standing = Literal[
    "未报进展", "未启动", "推进中", "待核验", "暂缓实施", "已销号", "已评估", "已核减"
]
"""What people see of an item: its status, or that a condition isn't met and nothing can be asked of it yet."""
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)

COLUMNS: Final[Mapping[str, tuple[Standing, ...]]] = {
    "closed": ("已销号", "已评估"),
    "pending": ("待核验",),
    "underway": ("推进中", "未启动"),
    "not_reported": ("未报进展",),
    "suspended": ("暂缓实施",),
}
"""The columns in which papers count items, by what people see of them."""

_SHOWN: Final = {"已核减": "已调出"}

_OPEN: Final = frozenset[Status]({"未报进展", "未启动", "推进中"})
_CLOSED: Final = frozenset[Status]({"已销号", "已评估", "已核减"})


def is_open(status: Status) -> bool:
    """Return whether something is still owed in this status: past its deadline it is overdue."""
    return status in _OPEN


def is_closed(status: Status) -> bool:
    """Return whether the office has ended it: closed out, assessed or withdrawn."""
    return status in _CLOSED


def is_unheard(status: Status) -> bool:
    """Return whether nobody has said yet how far it is."""
    return status == "未报进展"


def is_unstarted(status: Status) -> bool:
    """Return whether its leads have said that nothing has begun."""
    return status == "未启动"


def is_begun(status: Status) -> bool:
    """Return whether somebody has said that something is done of it, or the office has ended it."""
    return not (is_unheard(status) or is_unstarted(status))


def is_closed_out(status: Status) -> bool:
    """Return whether the office has verified it as done (销号)."""
    return status == "已销号"


def is_pending(status: Status) -> bool:
    """Return whether every lead has applied for close-out and the office has yet to rule."""
    return status == "待核验"


def is_ended_as_a_whole(status: Status) -> bool:
    """Return whether the office has ended it whatever becomes of its stages: assessed or withdrawn."""
    return is_closed(status) and not is_closed_out(status)


def is_counted(status: Status) -> bool:
    """Return whether an item in this status is counted at all: one that was withdrawn is not."""
    return status != "已核减"


def in_columns(numbers: Mapping[str, int]) -> dict[str, int]:
    """Return the number of each of ``COLUMNS``, given those of the standings."""
    return {
        column: sum(numbers.get(standing, 0) for standing in standings)
        for column, standings in COLUMNS.items()
    }


def shown_standing(standing: str) -> str:
    """Return the word that people read: files and JSON say 已核减, a word for money, of an item taken off the list."""
    return _SHOWN.get(standing, standing)
