"""What the surroundings of a run say: the only clock of the program, the unit that is set, who works at this PC."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.calendar import CHINA, YEARS

_SETTING = "GAIGAI_NOW"
_FORM = "%Y-%m-%dT%H:%M:%S"


def now() -> datetime:
    """Return this moment in UTC+8, to the second; ``GAIGAI_NOW`` sets it for demonstrations and tests."""
    given = os.environ.get(_SETTING)
    if not given:
        return datetime.now(CHINA).replace(microsecond=0)  # noqa: TID251 - this is the clock
    try:
        moment = datetime.strptime(given, _FORM).replace(tzinfo=CHINA)
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        raise GaigaiError(
            f"环境变量 {_SETTING} 的值“{given}”不是时间", "应写成 2024-06-14T15:30:12 的样子"
        )
    return moment


UNIT: Final = "GAIGAI_UNIT"


def set_unit() -> tuple[str, str] | None:
    """Return the unit that the environment sets, and how; None where it sets none."""
    words = os.environ.get(UNIT)
    return (words, UNIT) if words else None


def person_file() -> Path:
    """Return the file that says who works at this PC, where git doesn't: a file of the person's own."""
    on_windows = sys.platform == "win32"
    folder = os.environ.get("APPDATA" if on_windows else "XDG_CONFIG_HOME")
    usual = "AppData/Roaming" if on_windows else ".config"
    return (Path(folder) if folder else Path.home() / usual) / "gaigai/person.json"
