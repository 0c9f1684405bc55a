"""The program as a group of commands that are imported when they are asked for, and the commands themselves."""

import os
from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from gaigai_cli.cli.commands import COMMANDS, INTERNAL, Entry
from gaigai_cli.cli.options import (
    commit_option,
    first_options,
    help_option,
    keep_words,
    made_by_typer,
    out_option,
    shared_options,
)
from gaigai_cli.cli.run import COMPLETE_VARIABLE, PROGRAM, given
from gaigai_cli.errors import GaigaiError

_FORMATS: Final = frozenset({"json", "csv", "md", "xlsx", "docx", "html"})

if TYPE_CHECKING:
    _Base = TyperCommand
else:
    _Base = object


class _WithContext(_Base):
    """Usage errors that typer raises without saying where get the context in which they happened."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse, and give each usage error its context."""
        try:
            parsed: list[str] = super().parse_args(ctx, args)
        except typer.TyperException as error:
            if getattr(error, "ctx", None) is None:
                error.ctx = ctx  # type: ignore[attr-defined]
            raise
        return parsed

    @cached_property
    def _own_help(self) -> Any:
        return help_option()

    def get_help_option(self, ctx: Any) -> Any:
        """``--help`` in Chinese, laid out by us."""
        return self._own_help


class Command(_WithContext, TyperCommand):
    """A command: its own parameters, then the options that every command takes."""

    allow_extra_args = True  # so that we say ourselves what is too much
    entry: Entry | None = None

    def __init__(self, name: str | None, *, params: Any = None, **about: Any) -> None:
        super().__init__(name, params=[*(params or ()), *shared_options()], **about)
        keep_words(self.params)

    def describe(self, entry: Entry) -> None:
        """Take over what the table of commands says. A day that isn't taken isn't shown either."""
        self.entry = entry
        for param in self.params:
            if isinstance(param, TyperOption):
                if param.name == "as_of":
                    param.hidden = entry.writes or not entry.dated
                elif param.name == "at":
                    param.hidden = entry.writes or entry.here
        if entry.writes:
            self.params.append(commit_option())
        if entry.answers:
            self.params.append(out_option())

    def show_help(self, ctx: Any) -> None:
        """Print what ``--help`` says of the command."""
        from gaigai_cli.cli.help import show_command

        show_command(ctx, self.entry.examples if self.entry else ())

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; what is too much, and a day where none is taken, are errors."""
        rest = super().parse_args(ctx, args)
        if ctx.resilient_parsing:
            return rest
        if rest:
            raise GaigaiError(
                f"“{' '.join(rest)}”是多余的", f"运行 {ctx.command_path} --help 查看用法"
            )
        if self.entry is not None:
            _refuse_other_days(self.entry, ctx)
        if "out" in given(ctx):
            _take_format_of_file(ctx)
        return rest

    def invoke(self, ctx: Any) -> Any:
        """Run, and write the file of the answer where one is wanted; a status other than 0 can be an answer too."""
        file = given(ctx).get("out")
        try:
            result = super().invoke(ctx)
        except typer.Exit:
            if file is not None:
                file.write()
            raise
        if file is not None:
            file.write()
        return result


def _take_format_of_file(ctx: Any) -> None:
    """Let the ending of ``--out`` say the format where none is given; both can't say different things."""
    ending = given(ctx)["out"].ending
    if ending not in _FORMATS or "format_" not in ctx.params:
        return
    if ctx.get_parameter_source("format_").name == "DEFAULT":
        ctx.params["format_"] = ending
    elif ctx.params["format_"] != ending:
        format_ = ctx.params["format_"]
        raise GaigaiError(f"--out 的文件名是 {ending}，--format 却是 {format_}", "请把两者写成一种")


def _refuse_other_days(entry: Entry, ctx: Any) -> None:
    """A command that doesn't go by a day takes none; one that writes goes by today and the files as they are."""
    options = given(ctx)
    if entry.writes:
        for name, option in (("as_of", "--as-of"), ("at", "--at")):
            if name in options:
                raise GaigaiError(
                    f"{ctx.command_path} 要写入记录，不能用 {option}", "补记以前的情况，请写 --date"
                )
    elif not entry.dated and "as_of" in options:
        raise GaigaiError(
            f"{ctx.command_path} 不分日期，没有 --as-of 这个选项",
            "" if entry.here else "要查某个提交的数据，请用 --at",
        )
    if entry.here and "at" in options:
        raise GaigaiError(f"{ctx.command_path} 只用于现在的仓库，不能用 --at", "请去掉 --at")


class Group(_WithContext, TyperGroup):
    """The program."""

    def __init__(self) -> None:
        params = [*shared_options(), *first_options()]
        super().__init__(name=PROGRAM, params=params, rich_markup_mode=None)

    def show_help(self, ctx: Any) -> None:
        """Print what ``--help`` says of the program."""
        from gaigai_cli.cli.help import show_program

        show_program(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; with nothing to parse, help is what is wanted."""
        return super().parse_args(ctx, args or ["--help"])

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands, none of them imported."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Command | None:
        """The command of that name, imported now; None where there is none."""
        entry = COMMANDS.get(cmd_name) or INTERNAL.get(cmd_name)
        if entry is None:
            return None
        function = getattr(import_module(f"gaigai_cli.cli.{entry.module}"), entry.function)
        command: Command = made_by_typer(function, Command, name=cmd_name, help=entry.help)
        command.describe(entry)
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the first word names, and the words left for it."""
        name, *rest = args
        command = self.get_command(ctx, name)
        if command is None:
            if ctx.resilient_parsing:
                return None, None, rest
            from gaigai_cli.words.typed import meant

            raise GaigaiError(
                f"没有“{name}”这个命令",
                f"{meant(name, COMMANDS)}运行 {PROGRAM} --help 查看全部命令",
            )
        return name, command, rest

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Options or commands that start with ``incomplete``; no command is imported for it."""
        from gaigai_cli.cli.complete import command_suggestions

        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return command_suggestions(incomplete)

    def run(self, arguments: Sequence[str]) -> Any:
        """Run one command line; the exit status, or what the command returned."""
        if os.environ.get(COMPLETE_VARIABLE):
            typer.main.get_install_completion_arguments()  # lets typer know the shells
        return self.main(list(arguments), prog_name=PROGRAM, standalone_mode=False)
