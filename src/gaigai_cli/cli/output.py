"""The one place that writes: data to standard output, everything else to standard error.

No hidden character (`characters`) leaves it: text passes `harmless`, a page's pieces before they are styled, JSON has
escapes. Bytes are what render made of values, cell by cell.
"""

import codecs
import errno
import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from gaigai_cli.characters import escaped, harmless
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.words.typed import typed_path

if TYPE_CHECKING:
    from gaigai_cli.render.lines import Page

PIPED_WIDTH: Final = 120
"""Cells of a line where nobody's terminal is the measure."""

_LEAST_WIDTH = 40
_LONG: Final = 2.0
"""Seconds after which somebody wants to know how far it is."""


class ReaderGone(Exception):  # noqa: N818 - not an error: whoever read our output has had enough
    """The pipe that we write to was closed at its other end."""


_CHINESE_PAGE: Final = 936
_LIKE: Final = str.maketrans(
    {
        "✓": "√",
        "✔": "√",
        "✗": "×",
        "✘": "×",
        "❌": "×",
        "⚠": "！",
        "•": "·",
        "�": "〓",
    }
)
_UNKNOWN: Final = "〓"
"""The sign that Chinese type sets where it lacks a character."""


def prepare_streams() -> None:
    """Set up the streams for what the console's encoding lacks, and say how wide the console shows characters."""
    codecs.register_error("gaigai", _something_like_it)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8" if _is_git_bash(stream) else None, errors="gaigai")
    if _is_old_chinese_console():
        from gaigai_cli.render.width import AMBIGUOUS_CELLS

        AMBIGUOUS_CELLS.set(2)


def _is_git_bash(stream: TextIO) -> bool:
    """Return whether a person reads this in Git Bash, which is a pipe to Windows but shows UTF-8."""
    if sys.platform != "win32" or stream.isatty():
        return False
    return "MSYSTEM" in os.environ and "PYTHONIOENCODING" not in os.environ


def _something_like_it(error: UnicodeError) -> tuple[str, int]:
    """Return what a stream writes for characters that its encoding (GBK, say) lacks: a like one, else 〓 or ``?``."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_fitting(char, error.encoding) for char in lacking), error.end


def _fitting(char: str, encoding: str) -> str:
    for like in (char.translate(_LIKE), unicodedata.normalize("NFKC", char), _UNKNOWN):
        try:
            like.encode(encoding)
        except UnicodeEncodeError:
            continue
        return like
    return "?"


def _is_old_chinese_console() -> bool:
    """Return whether a person reads this in Windows' old console with the Chinese code page.

    Windows Terminal, which shows every character as Unicode says, names itself.
    """
    if sys.platform != "win32" or os.environ.get("WT_SESSION") or not sys.stdout.isatty():
        return False
    import ctypes

    return bool(ctypes.windll.kernel32.GetConsoleOutputCP() == _CHINESE_PAGE)


def refuse_screen(form: str, remedy: str) -> None:
    """Raise ``GaigaiError`` where a file that isn't text would go to a terminal."""
    if sys.stdout.isatty():
        raise GaigaiError(f"{form} 不能显示在屏幕上", remedy)


def free_place(words: str, *, force: bool | None = None, content: bytes | None = None) -> Path:
    """Return where the file that ``--out`` names is to lie. ``force``: over whatever lies there; None: never.

    Raises ``GaigaiError`` where something lies there already, unless it is the ``content``, and for a name that isn't
    one that every platform can hold.
    """
    from gaigai_cli.store.names import check_new
    from gaigai_cli.store.regular import read_file

    path = Path.cwd() / typed_path(words)
    check_new(path)  # before a device is read
    if path.is_dir():
        raise GaigaiError(f"“{words}”是一个文件夹", "--out 应写文件名")
    if path.exists() and not force and (content is None or read_file(path) != content):
        way = "或先移走它" if force is None else "确要覆盖请加 --force"
        raise GaigaiError(f"“{words}”已存在，没有覆盖", f"请换一个文件名，{way}")
    return path


@dataclass(frozen=True)
class Output:
    """Writes to the terminal or pipe, or all data to a new file at the end. ``color`` False: never a colour.

    ``before`` is called before any data is written; it may raise. ``typable`` makes the commands in a sentence such as
    find the list from here. ``kept`` is what the file will hold, as far as it goes.
    """

    color: bool = True
    file: Path | None = None
    before: Callable[[], None] = lambda: None
    typable: Callable[[str], str] = str
    kept: list[bytes] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Cells of a line: ``COLUMNS``, else the terminal's width, else 120 (in a pipe or a file)."""
        if not self._on_terminal and not os.environ.get("COLUMNS", "").isdecimal():
            return PIPED_WIDTH
        return max(shutil.get_terminal_size((PIPED_WIDTH, 24)).columns, _LEAST_WIDTH)

    @property
    def colored(self) -> bool:
        """Return whether standard output takes colour: a terminal, and nobody has said no (``NO_COLOR``)."""
        wanted = self.color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return wanted and self._on_terminal

    @property
    def _on_terminal(self) -> bool:
        return self.file is None and sys.stdout.isatty()

    @cached_property
    def _console(self) -> Any:
        from rich.console import Console

        return Console(
            width=self.width,
            force_terminal=True,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=True,
        )

    def show(self, page: "Page") -> None:
        """Print a page. Rich is imported for its colours alone: without them the page's text is the same."""
        self.before()
        if not self.colored:
            self.text(page.text(self.width))
            return
        with _guarded():
            self._console.print(page)
            sys.stdout.flush()

    def text(self, text: str) -> None:
        """Print text; a line end is added where it has none."""
        self.before()
        if self.file is not None:
            self.document(text)
            return
        with _guarded():
            sys.stdout.write(_ended(harmless(text)))
            sys.stdout.flush()

    def json(self, value: Any) -> None:
        """Print a value as JSON: a list a line an element, so that long ones are quick to write and easy to compare.

        The values are those that ``json`` knows: dates are strings already.
        """
        import json

        if isinstance(value, list) and value:
            lines = ",\n".join(json.dumps(element, ensure_ascii=False) for element in value)
            text = f"[\n{lines}\n]"
        else:
            text = json.dumps(value, ensure_ascii=False, indent=2)
        self.data(_ended(escaped(text)).encode())

    def document(self, text: str) -> None:
        """Print a text for other programs: in UTF-8 with LF wherever it goes, whatever the console's encoding is."""
        self.data(_ended(harmless(text)).encode())

    def data(self, content: bytes) -> None:
        """Write bytes, whatever the console's encoding is."""
        self.before()
        if self.file is not None:
            self.kept.append(content)
            return
        with _guarded():
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.flush()

    def finish(self) -> None:
        """Write the file of the answer, where it goes to one."""
        if self.file is not None:
            self.write(self.file, b"".join(self.kept))

    def write(self, path: Path, content: bytes) -> None:
        """Write a file beside what is printed, and say so."""
        from gaigai_cli.store.write import NewFile, replace_all

        replace_all([NewFile(path, content)])
        self.message(f"已写入 {shown(path)}。")

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """Show on standard error how far long work is; nothing in a pipe, and nothing is left of it at the end."""
        if not sys.stderr.isatty():
            yield lambda done, total: None
            return
        begun = time.monotonic()
        with ExitStack() as shown:
            update: Callable[[int, int], None] | None = None

            def told(done: int, total: int) -> None:
                nonlocal update
                if update is None and time.monotonic() - begun >= _LONG:
                    update = shown.enter_context(_bar(what))
                if update is not None:
                    update(done, total)

            yield told

    def message(self, sentence: str, command: str = "") -> None:
        """Say something that isn't data, on standard error; below it a ``command`` that is whole already."""
        below = f"{command}\n" if command else ""
        with _guarded():
            sys.stderr.write(harmless(f"{self.typable(sentence)}\n{below}"))
            sys.stderr.flush()


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"


def silence(stream: TextIO) -> None:
    """Let the interpreter flush ``stream`` at its end without a word, although nobody reads it any more."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return


@contextmanager
def _guarded() -> Iterator[None]:
    """Tell a closed pipe from other failures; Windows reports it as an invalid argument."""
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):
            raise ReaderGone from error
        raise
