"""Strict YAML whose every node knows its line and column. Knows nothing of what the words mean."""

from gaigai_cli.yamldoc.parsed import Parsed, source_line, source_lines
from gaigai_cli.yamldoc.problems import Problem
from gaigai_cli.yamldoc.reader import parse, parse_sound
from gaigai_cli.yamldoc.tree import Mapping, Node, Scalar, Sequence, locate

__all__ = [
    "Mapping",
    "Node",
    "Parsed",
    "Problem",
    "Scalar",
    "Sequence",
    "locate",
    "parse",
    "parse_sound",
    "source_line",
    "source_lines",
]
