"""The help of the program and of each command, laid out by cell width."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Any, Final

import typer

from gaigai_cli.cli.commands import COMMANDS, PANELS, PROGRAM
from gaigai_cli.cli.options import NO_COLOR, SHARED, typed_words
from gaigai_cli.cli.output import Output
from gaigai_cli.cli.parameters import FIRST, HELP, parameters
from gaigai_cli.render.lines import STRONG, Page, Part, StyledText, hanging, page, paragraph
from gaigai_cli.render.width import width_of

ABOUT: Final = "任务清单的进展跟踪、查询、核查和通报。数据是 git 管理的纯文本文件。"
_WIDEST: Final = 100
"""Wider lines are hard to read, however wide the terminal is."""

_NAMES: Final = "cyan"
_INDENT: Final = 2
_GAP: Final = 3

Rows = Sequence[tuple[str, str]]


def show_program(ctx: typer.Context) -> None:
    """Print the help of the program: its commands by panel, and its options."""
    output = _output(ctx)
    output.show(_program())


def show_command(ctx: typer.Context) -> None:
    """Print the help of the command that ``ctx`` is about: parameters, then examples."""
    output = _output(ctx)
    output.show(_command(ctx))


def _output(ctx: typer.Context) -> Output:
    return Output(color=not typed_words(ctx, NO_COLOR))


def _program() -> Page:
    indent = _indent_for([(name, row.help) for name, row in COMMANDS.items()])
    return page(
        _usage(f"{PROGRAM} [选项] 命令 [参数]"),
        paragraph(ABOUT),
        *(
            _section(title, [(name, row.help) for name, row in panel.items()], indent)
            for title, panel in PANELS.items()
        ),
        _options("通用选项（写在命令前后均可）", parameters(SHARED)),
        _options("其他选项", parameters((*FIRST, HELP))),
        paragraph(f"每个命令的用法：{PROGRAM} 命令 --help"),
        widest=_WIDEST,
    )


def _command(ctx: typer.Context) -> Page:
    params = ctx.command.get_params(ctx)
    arguments = [p for p in params if p.param_type_name == "argument"]
    shared = {option.key for option in (*SHARED, HELP)}
    own = [p for p in params if p.name not in shared]
    general = [p for p in params if p.name in shared]
    words = " ".join(map(_argument_name, arguments))
    return page(
        _usage(f"{ctx.command_path} {f'{words} ' if words else ''}[选项]"),
        paragraph(ctx.command.help or ""),
        _section("参数", _rows(arguments), _indent_for(_rows(arguments))),
        _options("选项", own),
        _options("通用选项", general),
        _examples(ctx.command_path),
        widest=_WIDEST,
    )


def _usage(words: str) -> Iterator[Part]:
    yield (StyledText("用法：", STRONG), StyledText(words))


def _options(title: str, params: Iterable[Any]) -> Iterator[Part]:
    rows = _rows([p for p in params if p.param_type_name == "option"])
    return _section(title, rows, _indent_for(rows))


def _rows(params: Iterable[Any]) -> Rows:
    return [(_name(p), p.help or "") for p in params if not p.hidden]


def _name(param: Any) -> str:
    if param.param_type_name == "argument":
        return _argument_name(param)
    names = ", ".join(param.opts)
    return names if param.is_flag else f"{names} {param.metavar}"


def _argument_name(param: Any) -> str:
    more = "…" if param.nargs == -1 else ""
    return f"{param.metavar}{more}" if param.required else f"[{param.metavar}]{more}"


def _indent_for(rows: Rows) -> int:
    return _INDENT + max((width_of(name) for name, _ in rows), default=0) + _GAP


def _section(title: str, rows: Rows, indent: int) -> Iterator[Part]:
    if not rows:
        return
    yield (StyledText(title, STRONG),)
    for name, words in rows:
        label = StyledText(f"{' ' * _INDENT}{name}", _NAMES)
        yield hanging(label, words, indent=indent)


def _examples(command: str) -> Iterator[Part]:
    """Yield the lines of ``templates/examples.txt`` that begin with the command."""
    text = files("gaigai_cli").joinpath("templates/examples.txt").read_text(encoding="utf-8")
    found = [line for line in text.splitlines() if f"{line} ".startswith(f"{command} ")]
    if found:
        yield (StyledText("示例", STRONG),)
        yield from ((StyledText(f"{' ' * _INDENT}{line}"),) for line in found)
