"""From bytes to text that a YAML parser may see (size, encoding, control characters), and to the parser's events.

Only events are used, of libyaml's parser where it was built, else of the one in Python: composing recurses (libyaml's
composer crashes on deep nesting), resolves tags that nobody wants here and takes longer.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, TypeAlias

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from gaigai_cli.characters import HIDDEN, REPLACEMENT
from gaigai_cli.yamldoc.parsed import Parsed, Problem, ProblemLog, source_lines

MAX_BYTES: Final = 20 * 1024 * 1024
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def text_of(data: bytes) -> str | None:
    """Return the text of a file without its byte order mark; None where it is too large, or not UTF-8."""
    if len(data) <= MAX_BYTES:
        with suppress(UnicodeDecodeError):
            return data.removeprefix(BYTE_ORDER_MARK).decode()
    return None


def too_large(data: bytes) -> Problem:
    """Return the problem of a file with more than `MAX_BYTES`."""
    return Problem(
        "too-large",
        f"文件有{len(data) / 1024 / 1024:.1f} MB，超过上限{MAX_BYTES // 1024 // 1024} MB",
        "把内容分成几个文件；附件请另存为文件，不要写进数据",
        1,
        1,
    )


def not_utf8(data: bytes, error: UnicodeDecodeError) -> Parsed:
    """Return the document of bytes that are not UTF-8, with the text as well as it can be read."""
    encoding, likeness, remedy = _likely_encoding(data)
    head = re.split(rb"\r\n|\n|\r", data[: error.start])
    line, column = len(head), len(head[-1].decode(encoding, "ignore")) + 1
    message = f"第{line}行不是 UTF-8 编码{likeness}"
    problem = Problem("not-utf8", message, remedy, line, column)
    return Parsed(None, (problem,), data.decode(encoding, "replace"))


def _likely_encoding(data: bytes) -> tuple[str, str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return (
            "utf-16",
            "，看上去是 UTF-16（记事本称为“Unicode”）",
            "用记事本打开，“另存为”时把编码选为 UTF-8",
        )
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "utf-8", "，也不是 GBK，可能已损坏", "从 git 中恢复这一行，或重新录入后另存为 UTF-8"
    return (
        "gb18030",
        "，看上去是 GBK（记事本称为“ANSI”）",
        "用记事本打开，确认文字无乱码，“另存为”时把编码选为 UTF-8",
    )


def replace_control_characters(text: str, log: ProblemLog) -> str:
    """Report hidden characters, one problem a line, and return `text` with U+FFFD for them."""
    if not HIDDEN.search(text):
        return text
    for number, line in enumerate(source_lines(text), 1):
        if not (found := HIDDEN.findall(line)):
            continue
        more = f"，本行共{len(found)}个" if len(found) > 1 else ""
        message = f"有看不见的控制字符（U+{ord(found[0]):04X}）{more}"
        remedy = "删去这个字符；多半是从别的软件粘贴时带进来的，删去后重新键入即可"
        log.add(Problem("control-character", message, remedy, number, line.index(found[0]) + 1))
    return HIDDEN.sub(REPLACEMENT, text)


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
    parser: Any = PythonParser if CParser is None else CParser
    next_event: NextEvent = parser(text).get_event
    return next_event


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
