"""What thousands of runs in one process need not do again: build the command line, read the same files.

Nothing that a test looks at is replaced: what is kept was made by the program itself, of the same bytes.
"""

import operator
import os
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib import import_module
from itertools import chain
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any, Final, TypeVar

import chinese_calendar
import docxtpl
import jinja2
import pytest
from pydantic import BaseModel
from pydantic.json_schema import model_json_schema

from gaigai_cli.cli import app
from gaigai_cli.cli.group import Group
from gaigai_cli.history import git
from gaigai_cli.judge import corrections
from gaigai_cli.judge.checks import content, logs, meanings
from gaigai_cli.judge.checks.making import RecordCheck
from gaigai_cli.judge.corrections import Records
from gaigai_cli.judge.fold import fold
from gaigai_cli.judge.judgement import Judge, JudgedItem
from gaigai_cli.judge.state import ItemState
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.tasks import ListedItem, TaskList
from gaigai_cli.notice import limits, notice_block
from gaigai_cli.report import bulletin, facts, internal, letters, roll_up, year_material
from gaigai_cli.report.facts import Facts
from gaigai_cli.store.files import Files, working_tree
from gaigai_cli.store.read import Made, Reading, read_ledger
from gaigai_cli.words import days, deadline, heads, initials, normal, quantity, units
from gaigai_cli.words.period import Period

READERS: Final = (
    "work.directory",
    "work.transaction",
    "work.verify",
    "history.clone.hooks",
)
"""Modules of the program that read one state of a list, as a process does only once or twice."""

_KNOWN: Final[defaultdict[bytes, dict[str, Made]]] = defaultdict(dict)
_MOST: Final = 5_000
"""Of how many things of a kind it is kept what was made of them."""
_FEW: Final = 4
"""Of how many large things."""

T = TypeVar("T")


class Same:
    """A key that is equal to one of the same objects, as what is made of the same bytes is (`read_again`)."""

    def __init__(self, *things: object) -> None:
        self._things = things  # kept, lest others come to lie where they lie
        self._hash = hash(tuple(map(id, things)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Same) or len(self._things) != len(other._things):
            return False
        return all(map(operator.is_, self._things, other._things))


def once(known: dict[object, T], key: object, make: Callable[[], T]) -> T:
    """Return what was made for a key before, else make it."""
    if key not in known:
        if len(known) == _MOST:
            known.clear()
        known[key] = make()
    return known[key]


def do_nothing_twice(patch: pytest.MonkeyPatch) -> None:
    """Let all runs in this process, or in those that it becomes, share what is the same for all of them."""
    build_commands_once(patch)
    read_files_once(patch)
    read_cells_once(patch)
    correct_records_once(patch)
    check_records_once(patch)
    judge_items_once(patch)
    look_days_up_once(patch)
    ask_git_what_is_set_once(patch)
    look_parts_through_once(patch)
    compile_templates_once(patch)
    say_what_became_of_items_once(patch)
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
    patch.setattr(notice_block, "initials_of", lru_cache(5_000)(initials.initials_of))


def correct_records_once(patch: pytest.MonkeyPatch) -> None:
    """A record with the same 更正 is the same record."""
    known: dict[object, Entry | None] = {}
    apply = corrections.apply_corrections

    def applied(entry: Entry, changes: tuple[Entry, ...]) -> Entry | None:
        return once(known, Same(entry, *changes), lambda: apply(entry, changes))

    patch.setattr(corrections, "apply_corrections", applied)


def check_records_once(patch: pytest.MonkeyPatch) -> None:
    """Records of a list in which nothing was wrong are right; what lies on the disk is looked at again."""
    # In a run within a run they are shared already.
    checks = [c for c in logs.RECORD_CHECKS if isinstance(c, RecordCheck)]
    of_records = [c for c in checks if c.find.__module__ == content.__name__]
    others = [c for c in logs.RECORD_CHECKS if c not in of_records]
    sound: dict[object, None] = {}

    def findings(records: Records) -> Iterator[Finding]:
        changes = chain.from_iterable(records.changes.values())
        key = Same(*_of_list(records.ledger), *records.ledger.entries, *changes)
        if (records.ledger.day, key) in sound:
            return
        found = [finding for check in of_records for finding in check.findings(records)]
        if not found:
            once(sound, (records.ledger.day, key), lambda: None)
        yield from found

    patch.setattr(logs, "RECORD_CHECKS", (SimpleNamespace(findings=findings), *others))


def judge_items_once(patch: pytest.MonkeyPatch) -> None:
    """An item with the same records is in the same state on the same day, under the same list and rules."""
    states: dict[object, ItemState] = {}
    items: dict[object, JudgedItem] = {}
    item = Judge._item

    def folded(
        listed: ListedItem,
        entries: tuple[Entry, ...],
        day: date,
        ledger: Ledger,
        *,
        ended: bool = False,
    ) -> ItemState:
        key = (Same(listed, *_of_list(ledger), *entries), ledger.day, day, ended)
        return once(states, key, lambda: fold(listed, entries, day, ledger, ended=ended))

    def judged(judge: Judge, state: ItemState, closed: tuple[tuple[str, date], ...]) -> JudgedItem:
        ledger = judge.ledger
        key = (Same(state, *_of_list(ledger)), ledger.day, ledger.from_above, closed)
        found = once(items, key, lambda: item(judge, state, closed))
        return replace(found, ledger=ledger)

    patch.setattr("gaigai_cli.judge.judgement.fold", folded)
    patch.setattr(Judge, "_item", judged)


def _of_list(ledger: Ledger) -> tuple[object, ...]:
    return ledger.tasks, ledger.departments, ledger.rules


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
    tidy = docxtpl.DocxTemplate.patch_xml
    tidied = lru_cache(50)(lambda text: tidy(None, text))
    patch.setattr(docxtpl.DocxTemplate, "patch_xml", lambda self, src_xml: tidied(src_xml))


def say_what_became_of_items_once(patch: pytest.MonkeyPatch) -> None:
    """Of one list and period there are many papers, one for each unit; the last few are remembered."""
    known: OrderedDict[object, Facts] = OrderedDict()
    telling = facts.facts_of

    def facts_of(judge: Judge, period: Period, *, today: date) -> Facts:
        key = (Same(judge), period, today)
        found = once(known, key, lambda: telling(judge, period, today=today))
        if len(known) > _FEW:
            known.popitem(last=False)
        return found

    for module in (bulletin, facts, internal, letters, roll_up, year_material):
        patch.setattr(module, "facts_of", facts_of)


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
