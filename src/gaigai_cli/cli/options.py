"""The options that stand before or after every command, and how typer makes commands and their parameters.

Values are kept as the words that were typed. Typer would build a pydantic validator for each parameter, which costs
more than everything else that a command does before it reads its data.
"""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand

from gaigai_cli.cli.run import given


class _AsTyped:
    """Stands in for typer's conversion of values: commands take words, lists of words and flags only."""

    def coerce(self, value: Any, param: Any, ctx: typer.Context) -> Any:
        if value is None and (param.multiple or param.nargs == -1):
            return ()
        return value


_AS_TYPED: Final = _AsTyped()


def keep_words(params: Iterable[Any]) -> None:
    """Let parameters hand on what was typed."""
    for param in params:
        param._runtime_param = _AS_TYPED


def made_by_typer(function: Callable[..., Any], cls: type[TyperCommand], **about: Any) -> Any:
    """The command that typer makes of a function's signature."""
    app = typer.Typer(add_completion=False)
    app.command(cls=cls, **about)(function)
    return typer.main.get_command(app)


def _remember(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> None:
    if value:
        given(ctx)[param.name or ""] = value


def _remember_file(ctx: typer.Context, value: str | None) -> None:
    if value and not ctx.resilient_parsing:
        from gaigai_cli.cli.output import AnswerFile

        given(ctx)["out"] = AnswerFile(value)


def _show_version(ctx: typer.Context, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from gaigai_cli import __version__
        from gaigai_cli.cli.output import Output

        Output().text(f"gaigai {__version__}")
        raise typer.Exit


def _show_help(ctx: typer.Context, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        ctx.command.show_help(ctx)  # type: ignore[attr-defined]
        raise typer.Exit


def _show_completion(ctx: typer.Context, value: str | None) -> None:
    if value and not ctx.resilient_parsing:
        from gaigai_cli.cli.complete import show_script

        show_script(value)
        raise typer.Exit


def _shells() -> list[tuple[str, str]]:
    from gaigai_cli.cli.complete import SHELLS

    return list(SHELLS.items())


def _shared(
    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            metavar="目录",
            help="数据目录（也可设 GAIGAI_DATA）；不写则从当前目录向上找 data/tasks.yaml",
            callback=_remember,
            expose_value=False,
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="日期",
            help="按这一天的情况查询（也可设 GAIGAI_AS_OF），如 2024-06-30、6月底；不写则为今天",
            callback=_remember,
            expose_value=False,
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="提交",
            help="读取 git 中这个提交的数据",
            callback=_remember,
            expose_value=False,
        ),
    ] = None,
    no_color: Annotated[
        bool,
        typer.Option(
            "--no-color",
            help="不用颜色（也可设 NO_COLOR）",
            callback=_remember,
            is_eager=True,  # help has colours too
            expose_value=False,
        ),
    ] = False,
) -> None: ...


def _commit(
    commit: Annotated[
        bool,
        typer.Option(
            "--commit",
            help="写入后提交到 git：只提交这次写入的内容，别的改动不动",
            callback=_remember,
            expose_value=False,
        ),
    ] = False,
) -> None: ...


def _out(
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            metavar="文件",
            help="写到这个文件（UTF-8），不显示；不写 --format 则看扩展名",
            callback=_remember_file,
            expose_value=False,
        ),
    ] = None,
) -> None: ...


def _first(
    completion: Annotated[
        str | None,
        typer.Option(
            "--completion",
            metavar="终端",
            help="输出命令补全脚本：bash、zsh、fish 或 powershell",
            callback=_show_completion,
            expose_value=False,
            is_eager=True,
            autocompletion=_shells,
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="显示版本",
            callback=_show_version,
            expose_value=False,
            is_eager=True,
        ),
    ] = False,
) -> None: ...


def _help(
    help_: Annotated[
        bool,
        typer.Option(
            "--help",
            help="显示帮助",
            callback=_show_help,
            expose_value=False,
            is_eager=True,
        ),
    ] = False,
) -> None: ...


def _params(function: Callable[..., None]) -> list[Any]:
    params: list[Any] = made_by_typer(function, TyperCommand).params
    keep_words(params)
    return params


def shared_options() -> list[Any]:
    """``--data``, ``--as-of``, ``--at``, ``--no-color``: before or after a command."""
    return _params(_shared)


def commit_option() -> Any:
    """``--commit``: with commands that record something."""
    return _params(_commit)[0]


def out_option() -> Any:
    """``--out``: with commands whose answer can go to a file."""
    return _params(_out)[0]


def first_options() -> list[Any]:
    """``--completion`` and ``--version``: without a command."""
    return _params(_first)


def help_option() -> Any:
    """``--help``."""
    return _params(_help)[0]
