"""Characters that nobody sees and that drive a terminal, turn words round or hide them; and text without them.

No Chinese document needs one: they come with text from other programs, or from somebody who wants what is read and
what is stored to differ.
"""

import json
import re
from typing import Any, Final

# Unicode's control characters but tab, line feed and carriage return; its line separators; what is laid out as
# nothing (Default_Ignorable_Code_Point), marks of direction among it, or as a blank that counts for none (braille's);
# surrogates, and what is no character.
HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_BREAKS: Final = re.compile("[\n\t\x0b\x0c\r\x85\u2028\u2029]")
_IN_NO_LINE: Final = re.compile(f"{_BREAKS.pattern}|{HIDDEN.pattern}")

NAME_BYTES: Final = 200
"""A file system allows 255 for a name; a number may have to be added."""
_CELL: Final = 32_767
"""UTF-16 code units that a cell of a workbook holds."""
_CUT: Final = "……（未完，全文见 gaigai show）"

REPLACEMENT: Final = "\ufffd"


def harmless(text: str) -> str:
    """Return the text with � for every hidden character; line ends (line feeds) and tabs stay.

    Whatever leaves the program for people passes here: what was read may come from anybody.
    """
    return HIDDEN.sub(REPLACEMENT, text.replace("\r", REPLACEMENT))


FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What text begins with that a spreadsheet would take for a formula, at once or as soon as somebody edits it."""


def in_a_cell(text: str) -> str:
    """Return the text as far as a cell of a workbook holds it, which its end says."""
    if len(text.encode("utf-16-le")) // 2 <= _CELL:
        return text
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * (_CELL - len(_CUT))]
    return units.decode("utf-16-le", "ignore") + _CUT


def one_line(text: str) -> str:
    """Return the text as one line: blanks for line ends and tabs, � for other hidden characters."""
    return harmless(_BREAKS.sub(" ", text))


def is_one_line(text: str) -> bool:
    """Return whether `one_line` leaves a text as it is."""
    return _IN_NO_LINE.search(text) is None


def escaped(text: str) -> str:
    """Return a text of JSON with escapes for its hidden characters, which stand in its strings only."""
    return HIDDEN.sub(_escape, text)


def json_text(value: Any) -> str:
    """Return a value as the text of a JSON file, with escapes for hidden characters."""
    return f"{escaped(json.dumps(value, ensure_ascii=False, indent=2))}\n"


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
