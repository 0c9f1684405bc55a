"""What thousands of runs in one process need not do again: build the command line, read the same files.

Nothing that a test looks at is replaced: what is kept was made by the program itself, of the same bytes.
"""

import os
from collections import defaultdict
from copy import deepcopy
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import CodeType
from typing import Any, Final

import chinese_calendar
import jinja2
import pytest
from pydantic import BaseModel
from pydantic.json_schema import model_json_schema

from gaigai_cli.cli import app
from gaigai_cli.cli.group import Group
from gaigai_cli.history import git
from gaigai_cli.judge.checks import meanings
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.notice import limits
from gaigai_cli.store.files import Files, working_tree
from gaigai_cli.store.read import Made, Reading, read_ledger
from gaigai_cli.words import days, deadline, heads, normal, quantity, units

READERS: Final = (
    "work.directory",
    "work.transaction",
    "work.verify",
    "history.clone.hooks",
)
"""Modules of the program that read one state of a list, as a process does only once or twice."""

_KNOWN: Final[defaultdict[bytes, dict[str, Made]]] = defaultdict(dict)


def do_nothing_twice(patch: pytest.MonkeyPatch) -> None:
    """Let all runs in this process, or in those that it becomes, share what is the same for all of them."""
    build_commands_once(patch)
    read_files_once(patch)
    read_cells_once(patch)
    look_days_up_once(patch)
    ask_git_what_is_set_once(patch)
    look_parts_through_once(patch)
    compile_templates_once(patch)
    describe_models_once(patch)
    wait_for_no_disk(patch)


def build_commands_once(patch: pytest.MonkeyPatch) -> None:
    """One command line for all runs; nothing of a run is kept in it."""
    get = Group.get_command
    commands = cache(lambda name: get(Group(), None, name))
    patch.setattr(Group, "get_command", lambda self, ctx, name: commands(name))
    patch.setattr(app, "Group", cache(Group))


def read_files_once(patch: pytest.MonkeyPatch) -> None:
    """Files whose bytes were read before, and nothing was wrong with them, are what they were then."""
    for name in READERS:
        patch.setattr(import_module(f"gaigai_cli.{name}"), "read_ledger", read_again)


def read_again(files: Files, reports: Files | None = None, known: object = None) -> Reading:
    """``read_ledger`` that knows what it made of the same list before."""
    return read_ledger(files, reports, _KNOWN[_which(files)])


def read_cells_once(patch: pytest.MonkeyPatch) -> None:
    """Words of units and deadlines say the same wherever they stand, and stand in every list."""
    read_units = units._Reader.read
    again = lru_cache(5_000)(
        lambda text, known, marked: read_units(units._Reader(text, known, marked=marked))
    )
    patch.setattr(units._Reader, "read", lambda cell: again(cell._text, cell._known, cell._marked))
    patch.setattr(meanings, "read_deadline", lru_cache(5_000)(deadline.read_deadline))
    normal_again = lru_cache(5_000)(normal.normal)
    for module in (days, deadline, heads, quantity):
        patch.setattr(module, "normal", normal_again)


def look_parts_through_once(patch: pytest.MonkeyPatch) -> None:
    """Most Word files that tests make have the same styles and numbers; a part in which nothing is wrong has nothing."""
    patch.setattr(limits, "look_through", lru_cache(100)(limits.look_through))


def compile_templates_once(patch: pytest.MonkeyPatch) -> None:
    """The text of a template becomes the same code in every environment that is set up alike."""
    compiling = jinja2.Environment.compile
    known: dict[object, CodeType] = {}

    def compiled(self: jinja2.Environment, source: Any, *names: Any, **more: Any) -> Any:
        settings = (self.autoescape, self.trim_blocks, self.lstrip_blocks, self.undefined)
        finalize = self.finalize and self.finalize.__code__
        key = (source, names, tuple(more.items()), type(self), settings, finalize)
        if key not in known:
            known[key] = compiling(self, source, *names, **more)
        return known[key]

    patch.setattr(jinja2.Environment, "compile", compiled)


def ask_git_what_is_set_once(patch: pytest.MonkeyPatch) -> None:
    """Where the files of git's settings, and what the environment sets, are as they were, so are the settings."""
    asking = git.Configuration.__dict__["settings"].func
    known: dict[object, tuple[git.Setting, ...]] = {}

    def settings(self: git.Configuration) -> tuple[git.Setting, ...]:
        about = _what_sets(self.folder)
        if about is None:
            return asking(self)  # type: ignore[no-any-return]
        if about not in known:
            known[about] = asking(self)
        return known[about]

    once = cached_property(settings)
    once.__set_name__(git.Configuration, "settings")
    patch.setattr(git.Configuration, "settings", once)


def _what_sets(folder: Path) -> object:
    """Return all that git's settings depend on; None where that isn't known without git."""
    top = working_tree(folder)
    own, whole = top and top / ".git" / "config", os.environ.get("GIT_CONFIG_GLOBAL")
    above = () if top else (folder.resolve(), *folder.resolve().parents)
    if whole is None or (own and not own.exists()) or any((f / "HEAD").exists() for f in above):
        return None
    said = tuple(p.read_bytes() for p in (Path(whole), own) if p and p.exists())
    if any(b"include" in text or b"worktree" in text.lower() for text in said):
        return None
    names = (*(name for name in os.environ if name.startswith("GIT_")), "HOME", "PATH")
    return own is None, said, tuple((name, os.environ.get(name)) for name in sorted(names))


def describe_models_once(patch: pytest.MonkeyPatch) -> None:
    """A model has the same JSON Schema in every run; whoever asks gets a dictionary of his own."""
    made = cache(model_json_schema)
    described = classmethod(lambda cls, **how: deepcopy(made(cls, **how)))
    patch.setattr(BaseModel, "model_json_schema", described)


def wait_for_no_disk(patch: pytest.MonkeyPatch) -> None:
    """No disk need keep what tests write: a computer that fails takes them along."""
    patch.setattr(os, "fsync", lambda handle: None)


def look_days_up_once(patch: pytest.MonkeyPatch) -> None:
    """The calendar of the State Council is the same in every test."""
    patch.setattr(chinese_calendar, "is_workday", cache(chinese_calendar.is_workday))


def _which(files: Files) -> bytes:
    digest = sha256()
    for name in (TaskList.file, Departments.file):
        try:
            digest.update(files.read(name))
        except OSError:
            return b""
    return digest.digest()
