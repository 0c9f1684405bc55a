"""Regular expressions that are compiled when a text first needs them.

A class of Chinese characters takes ``re`` up to a millisecond, there are hundreds, and no notice needs them all.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, Generic, cast


class _Regex(Generic[AnyStr]):
    """What `regex` gives: it has the methods of the compiled expression, each once it has been asked for."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self.flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self.pattern, self.flags)

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(self._compiled, name)
        return found


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return ``re.compile(pattern, flags)`` for a module's constant, compiled when one of its methods is first used."""
    return cast("re.Pattern[AnyStr]", _Regex(pattern, flags))
