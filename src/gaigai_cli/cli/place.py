"""Which data directory is meant, or which several."""

import glob
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gaigai_cli.cli.options import DATA, Given
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.words.typed import typed_path

if TYPE_CHECKING:
    from gaigai_cli.model.lists import Lists

_LIST = "tasks.yaml"
_LISTS = "lists.yaml"
_PARTS = (_LIST, "departments.yaml", "progress")


class NamedList(NamedTuple):
    """A data directory; ``name`` is what its list is called among several, empty for the only one."""

    name: str
    data: Path


def places_of(
    given: Given, *, committed: bool = False, several: bool = False
) -> tuple[NamedList, ...]:
    """Where the lists of a run lie: ``--data``, else ``GAIGAI_DATA`` (several as in PATH), else as found from here.

    ``several``: there are others besides, so that each needs a name.
    """
    typed = given.words(DATA)
    setting = None if typed else given.word(DATA)
    named = typed or _as_in_path(setting or "")
    how = f"{DATA.name if typed else DATA.setting} 的值"
    found = places(tuple(dict.fromkeys(named)), how, here=Path.cwd(), committed=committed)
    if several and found[0].name == "":
        return tuple(map(NamedList, called([found[0].data]), [found[0].data]))
    return found


def state_files(words: Sequence[str]) -> list[Path]:
    """Return the state files that are named, and those in the folders that are.

    Raises ``GaigaiError`` where there is none.
    """
    found: list[Path] = []
    for word in words:
        path = Path.cwd() / typed_path(word)
        if not path.exists():
            raise GaigaiError(f"没有“{path.as_posix()}”这个文件或文件夹", "请核对 --state 的值")
        inside = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if not inside:
            raise GaigaiError(f"“{path.as_posix()}”里没有状态文件（.json）", "请核对 --state 的值")
        found += inside
    return list(dict.fromkeys(found))


def _as_in_path(setting: str) -> tuple[str, ...]:
    """Return the directories of a setting; one whose name has the separator in it may stand alone."""
    words = (setting,) if os.path.exists(setting) else setting.split(os.pathsep)  # noqa: PTH110
    return tuple(word for word in words if word)


def places(
    named: Sequence[str], how: str = "", *, here: Path, committed: bool = False
) -> tuple[NamedList, ...]:
    """Return the directories named, else ``here``, the nearest ``data`` upwards from it, or those of ``lists.yaml``.

    Several directories, a pattern or a ``lists.yaml`` make several lists, each with a name, even where there is but
    one. A directory that is named must look like one of ours, unless the data are ``committed``: then it need not
    exist now. ``how`` is the option or setting that names it. What lies there under the list's name is looked at when
    it is read.
    """
    if not named:
        found = _nearest(here)
        return _of_file(found) if found.name == _LISTS else (NamedList("", found),)
    listed: list[NamedList] = []
    folders: list[Path] = []
    for word in named:
        path = here / typed_path(word)
        if path.name == _LISTS and path.is_file():
            listed += _of_file(path)
        elif glob.has_magic(word) and not path.exists():
            folders += _matching(path, word, how)
        else:
            folders.append(path if committed else demand_directory(path, how))
    # A list that is named twice, or by two ways, is one, and counts once.
    known = {place.data.resolve() for place in listed}
    by_truth: dict[Path, Path] = {}
    for folder in folders:
        by_truth.setdefault(folder.resolve(), folder)
    folders = [folder for truth, folder in by_truth.items() if truth not in known]
    if len(folders) == 1 and not listed and not any(map(glob.has_magic, named)):
        return (NamedList("", folders[0]),)
    return (*listed, *map(NamedList, called(folders), folders))


def _nearest(here: Path) -> Path:
    """Return the data directory, or the ``lists.yaml``, that is found upwards from ``here``."""
    if os.path.lexists(here / _LIST):
        return here
    for folder in (here, *here.parents):
        if (folder / _LISTS).is_file():
            return folder / _LISTS
        if os.path.lexists(folder / "data" / _LIST):
            return folder / "data"
    raise GaigaiError(
        f"从“{here.as_posix()}”向上没有找到 data/{_LIST}",
        "请进入清单所在的文件夹，或用 --data 指明数据目录",
    )


def lists_file(given: Given) -> Path | None:
    """Return the ``lists.yaml`` that ``--data`` names, else the nearest upwards from here; None where there is none."""
    here = Path.cwd()
    typed = (here / typed_path(word) for word in given.words(DATA))
    upwards = (folder / _LISTS for folder in (here, *here.parents))
    return next(
        (path for path in (*typed, *upwards) if path.name == _LISTS and path.is_file()), None
    )


def read_lists(path: Path) -> "Lists":
    """Return a ``lists.yaml``. Raises ``GaigaiError`` for the first thing that is wrong with it."""
    from gaigai_cli.model.lists import Lists
    from gaigai_cli.store.files import Folder
    from gaigai_cli.store.read import read_file_of

    found, findings = read_file_of(Lists, Folder(path.parent), path.name)
    if found is None or findings:
        one = findings[0]
        where = f"{path.as_posix()}:{one.location.line}:{one.location.column}"
        raise GaigaiError(f"{where} {one.message}", one.remedy)
    return found


def _of_file(path: Path) -> tuple[NamedList, ...]:
    """Return the lists of a ``lists.yaml``.

    Raises as ``read_lists`` does, and where it names none or one of them twice.
    """
    found = read_lists(path).lists
    if found is None:
        raise GaigaiError(
            f"{path.as_posix()} 里没有写清单（lists）", "请补上，或用 --state 指明状态文件"
        )
    listed = tuple(
        NamedList(name, path.parent / typed_path(folder)) for name, folder in found.items()
    )
    names: dict[Path, str] = {}
    for place in listed:
        other = names.setdefault(place.data.resolve(), place.name)
        if other != place.name:
            raise GaigaiError(
                f"{path.as_posix()} 里的“{other}”和“{place.name}”是同一个数据目录", "请只留一个"
            )
    return listed


def _matching(pattern: Path, word: str, how: str) -> list[Path]:
    """Return the data directories that a pattern names: what cmd and PowerShell don't expand."""
    hits = (Path(hit) for hit in sorted(glob.glob(str(pattern))))  # noqa: PTH207 - a whole path
    found = [folder for hit in hits for folder in (hit, hit / "data") if _is_ours(folder)]
    if not found:
        raise GaigaiError(f"没有与“{word}”相符的数据目录", f"请核对 {how}")
    return found


def called(folders: Sequence[Path]) -> list[str]:
    """Return what lists are called: each as its folder, above ``data``, and as many above as tell it from others."""
    parts = [tuple(part for part in folder.resolve().parts if part != "data") for folder in folders]
    names = [folder.as_posix() for folder in folders]
    left = list(range(len(folders)))
    for length in range(1, max(map(len, parts), default=1)):
        ends = Counter(own[-length:] for own in parts)
        for number in left:
            end = parts[number][-length:]
            if ends[end] == 1 and length < len(parts[number]):
                names[number] = "/".join(end)
        left = [number for number in left if ends[parts[number][-length:]] > 1]
    return names


def _is_ours(folder: Path) -> bool:
    return any(os.path.lexists(folder / part) for part in _PARTS)


def demand_directory(folder: Path, how: str) -> Path:
    """Return a folder that is one of ours; raise ``GaigaiError`` for another. ``how``: what names it."""
    if not folder.exists():
        raise GaigaiError(f"没有“{shown(folder)}”这个文件夹", f"请核对 {how}")
    if not folder.is_dir():
        raise GaigaiError(f"“{shown(folder)}”是一个文件，不是文件夹", f"{how}应写数据目录")
    if not _is_ours(folder):
        likely = ((folder / "data", folder / "data" / _LIST), (folder / _LISTS, folder / _LISTS))
        nested = next((path for path, file in likely if file.is_file()), None)
        remedy = f"是否要写“{shown(nested)}”？" if nested else f"请核对 {how}"
        raise GaigaiError(f"“{shown(folder)}”里没有 {_LIST}，不是数据目录", remedy)
    return folder
