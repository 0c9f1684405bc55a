"""Which data directory is meant."""

import os
from pathlib import Path
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.words.typed import typed_path

SETTING: Final = "GAIGAI_DATA"
_LIST = "tasks.yaml"
_PARTS = (_LIST, "departments.yaml", "progress")


def data_directory(given: str | None, *, here: Path) -> Path:
    """The directory that ``--data`` or ``GAIGAI_DATA`` names, else ``here`` or the nearest ``data`` upwards from it.

    A directory that is named must look like one of ours. What lies there under the list's name is looked at when it is
    read.
    """
    named = given or os.environ.get(SETTING)
    if named:
        return _named(here / typed_path(named), "--data" if given else SETTING)
    if os.path.lexists(here / _LIST):
        return here
    for folder in (here, *here.parents):
        if os.path.lexists(folder / "data" / _LIST):
            return folder / "data"
    raise GaigaiError(
        f"从“{here.as_posix()}”向上没有找到 data/{_LIST}",
        "请进入清单所在的文件夹，或用 --data 指明数据目录",
    )


def any_directory(given: str | None, *, here: Path) -> Path:
    """The same for the data of a commit: what is named need not exist now."""
    named = given or os.environ.get(SETTING)
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
