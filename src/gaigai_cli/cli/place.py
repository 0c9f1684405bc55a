"""Which data directory is meant."""

import os
from pathlib import Path

from gaigai_cli.errors import GaigaiError
from gaigai_cli.words.typed import typed_path

_LIST = "tasks.yaml"
_PARTS = (_LIST, "departments.yaml", "progress")


def data_directory(named: str | None, how: str = "", *, here: Path) -> Path:
    """The directory that is named, else ``here`` or the nearest ``data`` upwards from it.

    A directory that is named must look like one of ours; ``how`` is the option or setting that names it. What lies
    there under the list's name is looked at when it is read.
    """
    if named:
        return _named(here / typed_path(named), how)
    if os.path.lexists(here / _LIST):
        return here
    for folder in (here, *here.parents):
        if os.path.lexists(folder / "data" / _LIST):
            return folder / "data"
    raise GaigaiError(
        f"从“{here.as_posix()}”向上没有找到 data/{_LIST}",
        "请进入清单所在的文件夹，或用 --data 指明数据目录",
    )


def any_directory(named: str | None, how: str = "", *, here: Path) -> Path:
    """The same for the data of a commit: what is named need not exist now."""
    return here / typed_path(named) if named else data_directory(None, here=here)


def _named(folder: Path, how: str) -> Path:
    if not folder.exists():
        raise GaigaiError(f"没有“{folder.as_posix()}”这个文件夹", f"请核对 {how} 的值")
    if not folder.is_dir():
        raise GaigaiError(f"“{folder.as_posix()}”是一个文件，不是文件夹", f"{how} 应写数据目录")
    if not any(os.path.lexists(folder / part) for part in _PARTS):
        nested = (folder / "data" / _LIST).is_file()
        remedy = f"是否要写“{(folder / 'data').as_posix()}”？" if nested else f"请核对 {how} 的值"
        raise GaigaiError(f"“{folder.as_posix()}”里没有 {_LIST}，不是数据目录", remedy)
    return folder
