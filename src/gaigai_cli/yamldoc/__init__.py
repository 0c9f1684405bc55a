"""Strict YAML whose every node knows its line and column. Knows nothing of what the words mean."""

from gaigai_cli.yamldoc.parsed import (
    Mapping,
    Node,
    Parsed,
    Problem,
    Scalar,
    Sequence,
    locate,
    source_line,
    source_lines,
)
from gaigai_cli.yamldoc.reader import parse, parse_sound
from gaigai_cli.yamldoc.values import Values, sound_values

__all__ = [
    "Mapping",
    "Node",
    "Parsed",
    "Problem",
    "Scalar",
    "Sequence",
    "Values",
    "locate",
    "parse",
    "parse_sound",
    "sound_values",
    "source_line",
    "source_lines",
]
