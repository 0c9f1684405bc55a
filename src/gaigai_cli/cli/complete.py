"""Completion of commands, item ids and units in the shell. Quick, and silent whatever is wrong with the data."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

import typer

from gaigai_cli.characters import one_line
from gaigai_cli.cli.commands import COMMANDS, PROGRAM
from gaigai_cli.cli.options import DATA, Given, Option, one_of, typed_words
from gaigai_cli.cli.output import Output
from gaigai_cli.cli.place import places_of
from gaigai_cli.errors import GaigaiError

COMPLETE_VARIABLE: Final = "_GAIGAI_COMPLETE"
"""The setting by which a shell asks for completions instead of a run."""

SHELLS: Final = {
    "bash": '在 ~/.bashrc 末尾加一行：eval "$(gaigai --completion bash)"',
    "zsh": '在 ~/.zshrc 末尾（compinit 之后）加一行：eval "$(gaigai --completion zsh)"',
    "fish": "在 ~/.config/fish/config.fish 末尾加一行：gaigai --completion fish | source",
    "powershell": "在 $PROFILE 末尾加一行："
    "gaigai --completion powershell | Out-String | Invoke-Expression",
}
"""The shells, and how to have completion in each."""

_HELP_LENGTH: Final = 24

Completions = list[tuple[str, str]]
"""Words with what they mean, as typer takes them from ``autocompletion``."""


class Suggestion(NamedTuple):
    """A completion as the shells' formatters read it."""

    value: str
    help: str
    type: str = "plain"


def command_suggestions(incomplete: str) -> list[Suggestion]:
    """Return the commands that start with ``incomplete``."""
    return [Suggestion(n, e.help) for n, e in COMMANDS.items() if n.startswith(incomplete)]


def items(ctx: typer.Context, incomplete: str) -> Completions:
    """Return item ids with the start of their content."""
    return [(i, words) for i, words in _read(ctx, "tasks.yaml", _items) if i.startswith(incomplete)]


def items_and_tasks(ctx: typer.Context, incomplete: str) -> Completions:
    """Return task ids with their titles, and item ids with their content."""
    found = _read(ctx, "tasks.yaml", lambda root: (*_tasks(root), *_items(root)))
    return [(i, words) for i, words in found if i.startswith(incomplete)]


def units(ctx: typer.Context, incomplete: str) -> Completions:
    """Return names of units; what has been typed may also be the start of an alias or of initials."""
    found = _read(ctx, "departments.yaml", _units)
    return [
        (word, name)
        for word, name in found
        if word.startswith(incomplete) and (incomplete or word == name)
    ]


_PROPOSED: Final = {"事项": items, "单位": units}
"""What a shell proposes for words that help calls so."""


def of(option: Option) -> Callable[..., Any] | None:
    """Return what typer calls for the words that a shell proposes for the option; None where there are none."""
    if option.complete == "items_and_tasks":
        return items_and_tasks
    known = option.complete or _PROPOSED.get(option.metavar)
    return known or (one_of(option.choices) if option.choices else None)


def show_script(shell: str) -> None:
    """Print the completion script of a shell, and on standard error how to have it always."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    from gaigai_cli.work.values import choice

    name = choice(shell, SHELLS, "--completion")
    output = Output()
    output.text(
        get_completion_script(prog_name=PROGRAM, complete_var=COMPLETE_VARIABLE, shell=name)
    )
    output.message(f"要在每次打开终端时启用补全，请{SHELLS[name]}")


def _read(
    ctx: typer.Context, file: str, pairs: Callable[[Any], Iterable[tuple[str, str]]]
) -> Completions:
    """Return what ``pairs`` finds in a file of the data directory, without the models.

    It is empty where anything is wrong.
    """
    from gaigai_cli.store.files import Folder
    from gaigai_cli.yamldoc.reader import parse

    try:
        found = places_of(Given({DATA: typed_words(ctx, DATA)}))
        if len(found) > 1:
            return []
        root = parse(Folder(found[0].data).read(file)).root
        return [
            (one_line(word), one_line(words).replace("[", "［")[:_HELP_LENGTH])
            for word, words in pairs(root)
        ]
    except (GaigaiError, OSError, TypeError, KeyError, AttributeError):
        return []


def _tasks(root: Any) -> Iterator[tuple[str, str]]:
    for task in root["tasks"]:
        yield task["id"], task["title"]


def _items(root: Any) -> Iterator[tuple[str, str]]:
    for task in root["tasks"]:
        for item in task["items"]:
            yield item["id"], item["content"]


def _units(root: Any) -> Iterator[tuple[str, str]]:
    for unit in root["units"]:
        for word in (unit["name"], *unit.get("aliases", ()), *unit.get("initials", ())):
            yield word, unit["name"]
