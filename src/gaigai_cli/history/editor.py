"""The person's own editor, for texts that are too long for a command line."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gaigai_cli.characters import harmless
from gaigai_cli.errors import GaigaiError
from gaigai_cli.store.programs import program
from gaigai_cli.store.regular import read_file, text_of

_SETTINGS: Final = ("VISUAL", "EDITOR")
_USUAL: Final = ("notepad",) if os.name == "nt" else ("nano", "vim", "vi")


def edited(text: str) -> str:
    """Return what the person makes of ``text`` in the editor that VISUAL or EDITOR names, else a usual one.

    Raises ``GaigaiError`` where there is none, or where it ends in failure. What can't be read stays where it is told.
    """
    words = _editor()
    folder = Path(tempfile.mkdtemp(prefix="gaigai-"))
    file = folder / "填写.txt"
    try:
        file.write_text(harmless(text), encoding="utf-8", newline="\n")
        _edit(words, file)
        data = read_file(file)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    written = text_of(data, str(file))  # where it can't be read it stays
    shutil.rmtree(folder, ignore_errors=True)
    return written.replace("\r\n", "\n")


def _edit(words: Sequence[str], file: Path) -> None:
    try:
        done = subprocess.run([*words, str(file)], check=False)
    except OSError:
        raise _missing(words[0]) from None
    if done.returncode != 0:
        raise GaigaiError(f"编辑器“{words[0]}”未正常结束，没有写入", "请重新运行")


def _missing(name: str) -> GaigaiError:
    return GaigaiError(f"没有找到编辑器“{name}”", "请核对环境变量 EDITOR，或不用 --edit")


def _editor() -> list[str]:
    """Return the editor's whole path and its options; one that lies in the folder at hand is not meant."""
    for setting in _SETTINGS:
        if given := os.environ.get(setting):
            name, *words = shlex.split(given, posix=os.name != "nt")
            found = name if Path(name).parent != Path() else program(name)
            if found is None:
                raise _missing(name)
            return [found, *words]
    usual = next((path for name in _USUAL if (path := program(name))), None)
    if usual is None:
        raise GaigaiError("没有找到编辑器", "请设环境变量 EDITOR，如 EDITOR=nano，或不用 --edit")
    return [usual]
