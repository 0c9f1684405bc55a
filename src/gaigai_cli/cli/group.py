"""The program as a group of commands that are imported when they are asked for, and the commands themselves."""

import builtins
import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from gaigai_cli.cli import run as cli
from gaigai_cli.cli.commands import COMMANDS, INTERNAL, PROGRAM, CommandRow
from gaigai_cli.cli.complete import COMPLETE_VARIABLE
from gaigai_cli.cli.options import AS_OF, AT, COMMIT, DRY_RUN, OUT, SHARED, Option, typed_words
from gaigai_cli.cli.parameters import FIRST, HELP, parameters
from gaigai_cli.cli.run import Run
from gaigai_cli.errors import GaigaiError

if TYPE_CHECKING:
    _Base = TyperCommand
else:
    _Base = object


def command_named(name: str) -> cli.Command:
    """Return the command of that name, imported now: its function bears a ``_`` where Python has the word."""
    word = name.replace("-", "_")
    taken = iskeyword(word) or hasattr(builtins, word)
    module = import_module(f"gaigai_cli.cli.{(COMMANDS | INTERNAL)[name].module}")
    found: cli.Command = getattr(module, f"{word}_" if taken else word)
    return found


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
        return parameters([HELP])[0]

    def get_help_option(self, ctx: Any) -> Any:
        """Return ``--help`` in Chinese, laid out by us."""
        return self._own_help


class ParsedCommand(_WithContext, TyperCommand):
    """A command: its own options, those that every command takes, ``--commit`` where it records, and ``--out``.

    A day that isn't taken isn't shown in help either.
    """

    allow_extra_args = True  # so that we say ourselves what is too much

    def __init__(self, name: str, entry: CommandRow, command: cli.Command) -> None:
        self.entry = entry
        self.function = command.function
        more = ((COMMIT,) if DRY_RUN in command.options else ()) + ((OUT,) if entry.answers else ())
        self.options: tuple[Option, ...] = (*command.options, *SHARED, *more)
        super().__init__(name, params=parameters(self.options), help=entry.help)
        always = entry.writes and not entry.writes_with
        hidden = {AS_OF: always or not entry.dated, AT: always or entry.here}
        for option, param in zip(self.options, self.params, strict=True):
            if hidden.get(option):
                param.hidden = True  # type: ignore[attr-defined]

    def show_help(self, ctx: Any) -> None:
        """Print what ``--help`` says of the command."""
        from gaigai_cli.cli.help import show_command

        show_command(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; what is too much, and a day where none is taken, are errors."""
        rest = super().parse_args(ctx, args)
        if ctx.resilient_parsing:
            return rest
        if rest:
            raise GaigaiError(
                f"“{' '.join(rest)}”是多余的", f"运行 {ctx.command_path} --help 查看用法"
            )
        return rest

    def invoke(self, ctx: Any) -> Any:
        """Run, and write the file of the answer where one is wanted; a status other than 0 can be an answer too."""
        typed = {option: words for option in self.options if (words := typed_words(ctx, option))}
        _refuse_empty(typed)
        run = Run(typed, ctx.command_path, self.options)
        run.writes = self.entry.writes and (
            not self.entry.writes_with
            or any(option.name in self.entry.writes_with for option in typed)
        )
        _refuse_other_days(self.entry, run)
        if self.entry.answers and not any(option.name == "--format" for option in self.options):
            run.demand_text()
        try:
            result = self.function(run)
        except typer.Exit:
            run.output.finish()
            raise
        except GaigaiError as error:
            error.remedy = run.typable(error.remedy)
            raise
        run.refuse_unused()
        run.output.finish()
        return result


def _refuse_empty(typed: Mapping[Option, tuple[str, ...]]) -> None:
    """Raise ``GaigaiError`` for an option without words, as a shell makes of a variable that isn't set.

    It would say nothing, and the answer would be that of another question.
    """
    for option, words in typed.items():
        if option.metavar and not all(word.strip() for word in words):
            remedy = "请填写" if option.required else "请填写，或不写它"
            raise GaigaiError(f"{option.shown}是空的", remedy)


def _refuse_other_days(entry: CommandRow, run: Run) -> None:
    """Raise ``GaigaiError`` for --as-of or --at where a command doesn't go by them, as those that write don't."""
    if run.writes:
        for option in (AS_OF, AT):
            if run.has(option):
                raise GaigaiError(
                    f"{run.path} 要写入记录，不能用 {option.name}", "补记以前的情况，请写 --date"
                )
    elif not entry.dated and run.has(AS_OF):
        raise GaigaiError(
            f"{run.path} 不分日期，没有 --as-of 这个选项",
            "" if entry.here else "要查某个提交的数据，请用 --at",
        )
    if entry.here and run.has(AT):
        raise GaigaiError(f"{run.path} 只用于现在的仓库，不能用 --at", "请去掉 --at")


class Group(_WithContext, TyperGroup):
    """The program."""

    def __init__(self) -> None:
        params = parameters((*SHARED, *FIRST))
        super().__init__(name=PROGRAM, params=params, rich_markup_mode=None)

    def show_help(self, ctx: Any) -> None:
        """Print what ``--help`` says of the program."""
        from gaigai_cli.cli.help import show_program

        show_program(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; with nothing to parse, help is what is wanted."""
        return super().parse_args(ctx, args or ["--help"])

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, none of them imported."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> ParsedCommand | None:
        """Return the command of that name, imported now; None where there is none."""
        entry = COMMANDS.get(cmd_name) or INTERNAL.get(cmd_name)
        return ParsedCommand(cmd_name, entry, command_named(cmd_name)) if entry else None

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that the first word names, and the words left for it."""
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
        """Return options or commands that start with ``incomplete``; no command is imported for it."""
        from gaigai_cli.cli.complete import command_suggestions

        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return command_suggestions(incomplete)

    def run(self, arguments: Sequence[str]) -> Any:
        """Run one command line; the exit status, or what the command returned."""
        if os.environ.get(COMPLETE_VARIABLE):
            typer.main.get_install_completion_arguments()  # lets typer know the shells
        return self.main(list(arguments), prog_name=PROGRAM, standalone_mode=False)
