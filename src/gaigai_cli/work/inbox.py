"""The folder in which forms arrive: which files are forms, which only look so, and which nobody has named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gaigai_cli.errors import GaigaiError
from gaigai_cli.forms.cells import text_of
from gaigai_cli.forms.item_cells import names_meant, pieces_of_evidence
from gaigai_cli.store.regular import read_file

if TYPE_CHECKING:
    from gaigai_cli.forms.returned import Returned

_SUFFIXES: Final = (".xlsx", ".xlsm")
_OTHER: Final = (".xls", ".et", ".ods")
"""What forms become where somebody saves them as something else."""
_PACKED: Final = (".zip", ".rar", ".7z")
_SYSTEMS: Final = frozenset(("thumbs.db", "desktop.ini"))


class NoForm(NamedTuple):
    """A file that isn't a form, and why, without the full stop."""

    path: Path
    why: str


class Inbox(NamedTuple):
    """Forms, each once; files that should be forms and aren't; files of a folder that no form names as evidence."""

    forms: list[Returned]
    broken: list[NoForm]
    others: list[Path]


def read_inbox(paths: Sequence[Path]) -> Inbox:
    """Everything in files and folders. Raises ``GaigaiError`` where one isn't there."""
    files = list(dict.fromkeys(file for given in paths for file in _files(given)))
    given = set(paths)
    forms: dict[str, Returned] = {}
    broken, others = [], []
    for path in files:
        if path not in given and path.suffix.lower() not in (*_SUFFIXES, *_OTHER, *_PACKED):
            others.append(path)
            continue
        one = _read(path)
        if isinstance(one, NoForm):
            broken.append(one)
        else:
            forms.setdefault(one.sha256, one)
    named = set(_evidence(forms.values()))
    return Inbox(
        list(forms.values()),
        [one for one in broken if one.path not in named],
        [path for path in others if path not in named],
    )


def _files(path: Path) -> Iterator[Path]:
    """A file, or those of a folder and of the folders in it, but for what programs leave there."""
    if not path.exists():
        raise GaigaiError(f"没有“{path.as_posix()}”这个文件或文件夹", "请核对路径")
    if not path.is_dir():
        if not path.is_file():
            raise GaigaiError(f"“{path.as_posix()}”不是普通文件，不能读取", "请写报送表或文件夹")
        yield path
        return
    for file in sorted(path.rglob("*")):
        left = file.name.startswith((".", "~$")) or file.name.lower() in _SYSTEMS
        if file.is_file() and not left:
            yield file


def _read(path: Path) -> Returned | NoForm:
    from gaigai_cli.forms.reading import read_form

    if path.suffix.lower() in _PACKED:
        return NoForm(path, f"{path.name}是压缩包。里面有报送表的，请先解压")
    if path.suffix.lower() not in _SUFFIXES:
        remedy = "是报送表的，请用 Excel 或 WPS 另存为 .xlsx 再交"
        return NoForm(path, f"{path.name}不是 xlsx 文件。{remedy}")
    try:
        one = read_form(path.name, read_file(path))
    except GaigaiError as error:
        return NoForm(path, str(error).removesuffix("。"))
    except OSError:
        return NoForm(path, f"{path.name}不能读取，请检查权限")
    one.path = path
    return one


def _evidence(forms: Iterable[Returned]) -> Iterator[Path]:
    """Where the files lie that the forms name as evidence: beside the form, if anywhere."""
    for form in forms:
        cells = [
            answers["evidence"].cell for answers in form.answers.values() if "evidence" in answers
        ]
        for piece in (piece for cell in cells for piece in pieces_of_evidence(text_of(cell.value))):
            yield from (form.path.parent / name for name in names_meant(piece))
