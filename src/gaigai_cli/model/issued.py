"""What the ledger knows of a bulletin that was issued: the head of its file under ``reports/issued/``."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Issued(NamedTuple):
    """An issued bulletin. ``fault`` says in Chinese why its file can't be read; the rest is then left as it is here.

    ``path`` is the file's, from the data directory; ``period`` what it is about (``2024-06``, ``2024-Q2``, ``2024``).
    ``file`` is the name of the signed file beside it and ``sha256`` the hash that this had. ``kept``: it lies there
    still, with that hash.
    """

    path: str
    period: str
    number: str = ""
    day: date = date.min
    program: str = ""
    commit: str | None = None
    file: str = ""
    sha256: str = ""
    kept: bool = True
    fault: str = ""


def issue_day(issued: Iterable[Issued], period: str) -> date | None:
    """The day on which the bulletin of a period was issued; None where it wasn't."""
    return next((i.day for i in issued if i.period == period and not i.fault), None)
