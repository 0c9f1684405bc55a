"""Markdown that says what the data say: the one place that knows which characters are marks."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from gaigai_cli.characters import harmless, one_line

# Marks of CommonMark and of GitHub's extension to it: code, emphasis, struck words, links and pictures, tags, cells,
# formulas, the end of a heading; a reference to a character; addresses, which are links even where they stand bare.
_MARKS: Final = re.compile(
    r"[\\`*_~<\[\]|$]|(?<=\s)#(?=#*$)|&(?=#?[A-Za-z0-9]+;)"
    r"|(?<=[A-Za-z]):(?=//)|(?<=www)\.|(?<=[A-Za-z0-9._+-])@(?=[A-Za-z0-9])|(?<=mailto):|(?<=xmpp):",
    re.IGNORECASE,
)
# What makes a line a heading, a quotation, a point of a list, a rule, or the line above it a heading. It stands at
# the line's start, but for the number of a point.
_LINE_MARK: Final = re.compile(
    r"\d{1,9}(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|>|[+-](?:\s|$)|-[-\s]*$|=+\s*$)"
)
_FENCE: Final = re.compile("`+")


def escape(text: str) -> str:
    """Return one line in which nothing is a mark, also where a line begins with it."""
    marked = _MARKS.sub(r"\\\g<0>", one_line(text).strip(" "))
    found = _LINE_MARK.match(marked)
    return f"{found[0]}\\{marked[found.end() :]}" if found else marked


def cell(value: object) -> str:
    """Return a table's cell; line ends stay, as ``<br>``."""
    return "<br>".join(map(escape, harmless(str(value)).split("\n")))


def table(head: Sequence[str], rows: Iterable[Iterable[str]], rule: Sequence[str] = ()) -> str:
    """Return a table of cells that are Markdown already; ``rule`` is the line below its head."""
    lines = [head, rule or ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def code(text: str) -> str:
    """Return one line as code, between more backticks than it has in a row."""
    line = one_line(text)
    fence = "`" * (max(map(len, _FENCE.findall(line)), default=0) + 1)
    return f"{fence}{line}{fence}" if len(fence) == 1 else f"{fence} {line} {fence}"
