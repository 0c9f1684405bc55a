"""How long the page is wanted: while a window is open, and not for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

AFTER_LAST: Final = 120.0
"""Seconds after the last window has closed."""
AFTER_BEAT: Final = 3600.0
"""Seconds after the last sign of life, of a browser that was killed or a PC that slept."""


@dataclass
class Windows:
    """The windows that are open, by a word of their own. ``clock`` tells seconds and never goes back."""

    clock: Callable[[], float]
    _open: set[str] = field(default_factory=set)
    _last: float = -1.0
    _closed: float | None = None

    def __post_init__(self) -> None:
        self._last = self.clock()

    def alive(self, window: str = "") -> None:
        """Note that a window is open, or that something was asked for."""
        self._last = self.clock()
        if window:
            self._open.add(window)
        self._closed = None

    def closed(self, window: str) -> None:
        """Note that a window has gone."""
        self._open.discard(window)
        if not self._open:
            self._closed = self.clock()

    @property
    def over(self) -> bool:
        """Return whether nobody needs the page any more."""
        now = self.clock()
        if self._closed is not None and now - self._closed >= AFTER_LAST:
            return True
        return now - self._last >= AFTER_BEAT
