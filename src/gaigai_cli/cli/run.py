"""The only clock of the program. Now is UTC+8 on every machine."""

import os
from datetime import datetime, timedelta, timezone
from typing import Any, Final

import typer

from gaigai_cli.errors import GaigaiError

CHINA: Final = timezone(timedelta(hours=8))
_SETTING = "GAIGAI_NOW"
_FORM = "%Y-%m-%dT%H:%M:%S"


def now() -> datetime:
    """This moment in UTC+8, to the second; ``GAIGAI_NOW`` sets it for demonstrations and tests."""
    given = os.environ.get(_SETTING)
    if not given:
        return datetime.now(CHINA).replace(microsecond=0)  # noqa: TID251 - this is the clock
    try:
        return datetime.strptime(given, _FORM).replace(tzinfo=CHINA)
    except ValueError:
        raise GaigaiError(
            f"环境变量 {_SETTING} 的值“{given}”不是时间", "应写成 2024-06-14T15:30:12 的样子"
        ) from None


PROGRAM: Final = "gaigai"

COMPLETE_VARIABLE: Final = "_GAIGAI_COMPLETE"
"""The setting by which a shell asks for completions instead of a run."""

_OPTIONS: Final = "gaigai.options"


def given(ctx: typer.Context) -> dict[str, Any]:
    """The global options given so far, by name; those after the command replace those before it."""
    options: dict[str, Any] = ctx.meta.setdefault(_OPTIONS, {})
    return options
