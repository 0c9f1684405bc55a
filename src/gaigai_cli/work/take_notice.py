"""An issued notice taken over: read with answers, held against the list that is there, written as a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import ValidationError

from gaigai_cli.errors import GaigaiError, as_word, shown
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.rules import Reporting, Rules
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.notice.answers import Answers, columns_of, plain, read_answers
from gaigai_cli.notice.blocks import arranged
from gaigai_cli.notice.cells import Tree
from gaigai_cli.notice.columns import column_numbers, declared_key
from gaigai_cli.notice.document import Document
from gaigai_cli.notice.doubts import Doubt, grouped, single
from gaigai_cli.notice.draft import Draft, make_draft
from gaigai_cli.notice.update import Change, Updated, update
from gaigai_cli.render.console.imported import doubts_markdown
from gaigai_cli.store.lock import locked
from gaigai_cli.store.new_list import (
    ATTRIBUTES,
    IGNORED,
    comments_of,
    list_text,
    rules_text,
    units_text,
    with_units,
)
from gaigai_cli.store.regular import read_file
from gaigai_cli.store.write import NewFile, replace_all
from gaigai_cli.yamldoc.reader import parse

if TYPE_CHECKING:
    from gaigai_cli.work.directory import Told

ANSWERS: Final = "answers.yaml"
"""The usual name of the file of answers, in the folder of the draft."""
_DOUBTS: Final = "doubts.md"
_ASKED: Final = ("文号", "印发日期", "任务年度")
"""What an amendment needs of its notice: it is the basis of what is taken out."""


class TakenNotice(NamedTuple):
    """A draft, of its files the ``written`` ones that a person reads, and the ``changes`` of a list that was amended.

    ``unset``: the office hasn't set its rules yet. ``cycle``: how often reports are due, where the office has confirmed
    it, and its rules, which stay, say otherwise.
    """

    draft: Draft
    changes: Sequence[Change] | None
    written: tuple[Path, ...]
    unset: bool = False
    cycle: Tree | None = None


@dataclass
class Import:
    """An import that isn't written yet.

    ``name`` is what the notice's file is called, ``out`` the folder of the draft (None: nothing is written), ``kept``
    the file of the answers, ``base`` the data directory whose list the notice amends.
    """

    document: Document
    name: str
    out: Path | None = None
    kept: Path | None = None
    base: Path | None = None
    answers: Answers = field(default_factory=Answers)
    _before: list[Answers] = field(default_factory=list)
    _declared: bool = False

    def __post_init__(self) -> None:
        if self.kept is not None and self.kept.is_file():
            self.answers = read_answers(read_file(self.kept), self.kept.name)

    def declare(self, columns: str) -> None:
        """Take note of what columns are. Raises ``GaigaiError`` for what is no column of the notice."""
        for head, use in columns_of(columns):
            key = self.answers.declare(head, use)
            if key.isdecimal() and int(key) not in range(1, (most := self._widest()) + 1):
                raise GaigaiError(
                    f"通知里没有第{key}栏，各表最多{most}栏",
                    "请写第几栏，如 --columns 2=工作内容，或照表头的文字写",
                )
            if not key.isdecimal() and not any(key in declared_key(t) for t in self.document.texts):
                raise GaigaiError(
                    f"通知里没有“{head}”这一栏",
                    "请照表头的文字写，或写第几栏，如 --columns 2=工作内容",
                )
        self._declared = True

    def _widest(self) -> int:
        """Return how many columns the widest table of the notice has."""
        tables = arranged(self.document, self.answers.columns)[0].tables
        return max((column_numbers(row)[-1] for table in tables for row in table.rows), default=0)

    def draft(self, told: Told = lambda done, total: None) -> Draft:
        """Return the draft that the answers make. Raises ``GaigaiError`` where there is no list."""
        return make_draft(self.document, self.answers, told)

    def keep(self, answered: Sequence[tuple[Doubt, Any]]) -> Draft:
        """Take answers, and write them into their file where there is one; return the draft as `asked` about."""
        self._before.append(deepcopy(self.answers))
        for doubt, value in answered:
            self.answers.add(doubt, value)
        return self._written()

    def back(self) -> Draft:
        """Take back what was kept last; return the draft as `asked` about."""
        self.answers = self._before.pop()
        return self._written()

    def asked(self, draft: Draft) -> Draft:
        """Return the draft without the doubts that the list which is there has settled."""
        return draft if self.base is None else _unsettled(draft, _compared(self.base, draft).found)

    def _written(self) -> Draft:
        if self.kept is not None:
            replace_all([NewFile(self.kept, self.answers.text().encode())])
        return self.asked(self.draft())

    def take(self, draft: Draft, *, today: date) -> TakenNotice:
        """Write the draft, all of its files or none, under the lock of a folder that is there.

        Raises ``GaigaiError`` where the list that is amended can't be read, or the notice's day is needed and unknown.
        """
        changes: Sequence[Change] | None = None
        if self.base is not None:
            draft, changes, files = _amended(self.base, draft)
        else:
            files = self._texts(draft, today)
        if self.out is None:
            return TakenNotice(draft, changes, ())
        files[_DOUBTS] = doubts_markdown(draft, self.name, changes)
        new = [NewFile(self.out / name, text.encode()) for name, text in files.items()]
        if self._declared and self.kept is not None:
            new.insert(len(new) - 1, NewFile(self.kept, self.answers.text().encode()))
        rules = self.out / Rules.file
        unset = not rules.exists()
        stated = _cycle_of(plain(draft.reporting)) if self.base is None and not unset else None
        other = stated is not None and stated != _cycle_of(_reporting_in(rules))
        with locked(self.out) if self.out.is_dir() else nullcontext():
            replace_all(new)
        return TakenNotice(
            draft,
            changes,
            tuple(one.path for one in new if one.path.name[0] != "."),
            unset,
            draft.reporting if other else None,
        )

    def _texts(self, draft: Draft, today: date) -> dict[str, str]:
        """Return the files of the draft; none where no list was read yet. Rules and git's files that are there stay."""
        if not draft.tasks:
            return {}
        files = {
            TaskList.file: list_text(draft.list_tree),
            Departments.file: units_text(draft.units),
        }
        usual = dict(_FOR_GIT)
        if draft.reporting:
            usual[Rules.file] = rules_text(year_of(draft, today), rules_of(draft))
        there = self.out
        return files | {n: t for n, t in usual.items() if there and not (there / n).exists()}


_FOR_GIT: Final = {".gitattributes": ATTRIBUTES, ".gitignore": IGNORED}
"""What tells git which files to leave as they are, and which to overlook."""


def year_of(draft: Draft, today: date) -> int:
    """Return the year of a draft's list: the notice's, at worst today's."""
    return int(draft.notice["year"] or draft.notice["issued"][:4] or today.year)


def rules_of(draft: Draft) -> Mapping[str, Tree]:
    """Return what the notice and its answers set, by the sections of ``rules.yaml``."""
    return {"reporting": draft.reporting} if draft.reporting else {}


def _reporting_in(rules: Path) -> Any:
    """Return the section of a file of rules that says how often reports are due; None where it has none."""
    root = plain(parse(read_file(rules)).root)
    return root.get("reporting") if isinstance(root, dict) else None


def _cycle_of(section: Any) -> tuple[str, int, str] | None:
    """Return how often reports are due, whatever the first month is; None where a section doesn't say."""
    try:
        found = Reporting.model_validate(section)
    except ValidationError:
        return None
    return found.every, found.by, found.of


def free_folder(folder: Path, *, force: bool) -> Path:
    """Return a draft's folder. Raises ``GaigaiError`` for a file, and without ``force`` where something lies in it."""
    if folder.exists() and not folder.is_dir():
        raise GaigaiError(f"“{shown(folder)}”是一个文件，不是文件夹", "--out 应写目录")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise GaigaiError(
            f"“{shown(folder)}”里已有内容，没有覆盖",
            "请换一个目录；确要覆盖其中的清单和单位，请加 --force",
        )
    return folder


def amended_folder(folder: Path) -> Path:
    """Return the data directory whose list is amended. Raises ``GaigaiError`` where there is no list."""
    if not (folder / TaskList.file).is_file():
        raise GaigaiError(
            f"“{shown(folder)}”里没有 {TaskList.file}，不是数据目录", "请核对 --update 的值"
        )
    return folder


def restore(export: Path, out: Path) -> tuple[Path, ...]:
    """Write the files of a list that was exported as JSON to ``out``; return their paths."""
    from gaigai_cli.notice.own_list import read_exported

    files = read_exported(read_file(export))
    with locked(out) if out.is_dir() else nullcontext():
        every = files | {n: t for n, t in _FOR_GIT.items() if not (out / n).exists()}
        replace_all(NewFile(out / name, text.encode()) for name, text in every.items())
    return tuple(out / name for name in files)


class _Compared(NamedTuple):
    """A list as a notice amends it; its units, its tree and the texts of its files as they are now."""

    found: Updated
    units: list[Tree]
    tree: Tree
    texts: Mapping[str, str]


def _compared(base: Path, draft: Draft) -> _Compared:
    from gaigai_cli.store.files import Folder
    from gaigai_cli.store.read import read_ledger

    if read_ledger(Folder(base)).ledger is None:
        raise GaigaiError(
            f"“{shown(base)}”中的清单不能读取",
            f"运行 gaigai --data {as_word(shown(base))} check 查看全部问题",
        )
    texts = {
        name: Folder(base).read(name).decode("utf-8-sig")
        for name in (TaskList.file, Departments.file)
    }
    old = plain(parse(texts[TaskList.file].encode()).root)
    units = plain(parse(texts[Departments.file].encode()).root)["units"]
    removal = {"on": draft.notice["issued"], "basis": draft.notice["number"]}
    found = update(old, units, draft.tasks, draft.units, removal)
    return _Compared(found, units, old, texts)


def _unsettled(draft: Draft, found: Updated) -> Draft:
    """Return the draft without doubts about words of the old list, or about a notice block that stays."""
    kept = [
        doubt
        for doubt in single(draft.doubts)
        if (doubt.code, doubt.subject) not in found.settled
        and (doubt.code != "notice" or doubt.subject in _ASKED)
    ]
    return replace(draft, doubts=tuple(grouped(kept)))


def _amended(base: Path, draft: Draft) -> tuple[Draft, Sequence[Change], dict[str, str]]:
    """Return the list in ``base`` as the notice amends it, the changes, and its files with their comments."""
    found, units, old, texts = _compared(base, draft)
    if not draft.notice["issued"] and any(change.kind == "调出" for change in found.changes):
        raise GaigaiError(
            "有事项要调出清单，但通知里没有找到印发日期",
            "请在通知中补上成文日期，或用 --review 填写",
        )
    renamed = [
        doubt._replace(subject=found.ids.get(doubt.subject, doubt.subject))
        for doubt in single(_unsettled(draft, found).doubts)
    ]
    amended = replace(
        draft,
        notice=old["notice"],
        tasks=found.tasks,
        units=[*units, *found.added],
        doubts=tuple(grouped(renamed)),
    )
    files = {
        TaskList.file: list_text(amended.list_tree, comments=comments_of(texts[TaskList.file])),
        Departments.file: with_units(texts[Departments.file], found.added),
    }
    return amended, found.changes, files
