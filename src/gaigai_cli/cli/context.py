"""What is known of a run before its command reads its own parameters."""

from typing import Any, Final

import typer

PROGRAM: Final = "gaigai"

COMPLETE_VARIABLE: Final = "_GAIGAI_COMPLETE"
"""The setting by which a shell asks for completions instead of a run."""

_OPTIONS: Final = "gaigai.options"


def given(ctx: typer.Context) -> dict[str, Any]:
    """The global options given so far, by name; those after the command replace those before it."""
    options: dict[str, Any] = ctx.meta.setdefault(_OPTIONS, {})
    return options
