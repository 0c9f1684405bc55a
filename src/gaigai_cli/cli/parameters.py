"""What typer makes of options, and those options that are answered as soon as they are read."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand

from gaigai_cli.cli import complete
from gaigai_cli.cli.options import NO_COLOR, Option
from gaigai_cli.cli.output import Output


class _AsTyped:
    """Stands in for typer's conversion of values: commands take words and flags only.

    Typer would build a pydantic validator for each parameter, which costs more than everything else that a command
    does before it reads its data.
    """

    def coerce(self, value: Any, param: Any, ctx: typer.Context) -> Any:
        return value


_AS_TYPED: Final = _AsTyped()


def parameters(options: Iterable[Option]) -> list[Any]:
    """Return what typer makes of options, in their order. Each takes as many words as are typed for it."""

    def stub(**_: Any) -> None: ...

    declared = [
        inspect.Parameter(
            option.key,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=_annotation(option),
            default=inspect.Parameter.empty
            if option.required
            else None
            if option.metavar
            else False,
        )
        for option in options
    ]
    setattr(stub, "__signature__", inspect.Signature(declared))  # noqa: B010 - unknown to mypy
    app = typer.Typer(add_completion=False)
    app.command(cls=TyperCommand)(stub)
    made: list[Any] = typer.main.get_command(app).params
    for param in made:
        param._runtime_param = _AS_TYPED
    return made


def _annotation(option: Option) -> Any:
    about: dict[str, Any] = {
        "help": option.help,
        "metavar": option.metavar or None,
        "autocompletion": complete.of(option),
    }
    if option.is_argument:
        kind = list[str] if option.many else str
        return Annotated[kind if option.required else kind | None, typer.Argument(**about)]
    if option.at_once is not None or option is NO_COLOR:  # help has colours too
        about |= {"is_eager": True, "callback": option.at_once}
    kind_ = list[str] | None if option.metavar else bool
    return Annotated[kind_, typer.Option(option.name, **about)]


def _show_version(ctx: typer.Context, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from gaigai_cli import __version__

        Output().text(f"gaigai {__version__}")
        raise typer.Exit


def _show_help(ctx: typer.Context, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        ctx.command.show_help(ctx)  # type: ignore[attr-defined]
        raise typer.Exit


def _show_completion(ctx: typer.Context, value: list[str] | None) -> None:
    if value and not ctx.resilient_parsing:
        complete.show_script(value[0])
        raise typer.Exit


FIRST: Final = (
    Option(
        "--completion",
        "输出命令补全脚本：bash、zsh、fish 或 powershell",
        "终端",
        complete=lambda: list(complete.SHELLS.items()),
        at_once=_show_completion,
    ),
    Option("--version", "显示版本", at_once=_show_version),
)
"""Without a command."""
HELP: Final = Option("--help", "显示帮助", at_once=_show_help)
