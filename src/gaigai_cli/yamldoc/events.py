"""Parser events from PyYAML: libyaml's parser where it was built, else the one in Python.

Only events are used: composing recurses (libyaml's composer crashes on deep nesting), resolves
tags that nobody wants here and takes longer.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from yaml.error import MarkedYAMLError
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

try:
    from yaml._yaml import CParser
except ImportError:
    CParser = None  # type: ignore[assignment,misc]

# Gives the next event of the stream, and None after the last. Any: the stubs let every event's
# mark be None, which a parser never gives; asserting it a million times would cost.
NextEvent: TypeAlias = Callable[[], Any]


class PythonParser(Reader, Scanner, Parser):
    """PyYAML's parser without composer, constructor and resolver."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def next_event_of(text: str) -> NextEvent:
    """Return the source of the events of `text`, by the fastest parser there is."""
    if CParser is None:
        return python_events(text)
    return CParser(text).get_event


def python_events(text: str) -> NextEvent:
    """Return the source of the events of `text`, by the parser written in Python."""
    next_event: NextEvent = PythonParser(text).get_event
    return next_event


def is_too_deep(error: MarkedYAMLError) -> bool:
    """Tell whether `error` is libyaml's own limit of nesting, which the parser in Python lacks."""
    return error.problem == "exceeded maximum nesting depth"


@contextmanager
def paused_collector() -> Iterator[None]:
    """Keep the garbage collector from walking a growing tree again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
