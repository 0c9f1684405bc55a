"""State files: a list as judged on a day in one file, made of a data directory and read again."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from gaigai_cli import __version__
from gaigai_cli.characters import escaped
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.judge.judgement import Judgement, notes
from gaigai_cli.model.lists import StateFile, StateHead
from gaigai_cli.query.choose import Filter, select
from gaigai_cli.render.json import overview_json, rows_json
from gaigai_cli.report.archive import plain, rebuilt
from gaigai_cli.report.list_state import judgement_of, kept
from gaigai_cli.report.roll_up import ListMonth, list_month
from gaigai_cli.store.files import working_tree
from gaigai_cli.store.regular import read_file
from gaigai_cli.words.period import month_of
from gaigai_cli.words.say import full_day
from gaigai_cli.work.directory import Directory

_DATED: Final = re.compile(r"(.+?)-?\d{4}-\d{2}(?:-\d{2})?")
"""A name with a month or day behind it: 华容县-2024-12."""
_SAID: Final = re.compile(rb'"(issuer|number|title|day)": ?"((?:[^"\\]|\\.)*)"')
_ITEMS: Final = ',\n"items": [\n'
"""Where the head ends, as the program writes a state file."""
_NEWER: Final = re.compile(rb'\{\s*"format": ?"gaigai state (?!1")\d+"')
"""How the state files of later programs begin, of a format that this one doesn't know."""
_HEAD: Final = 4096
"""Bytes in which a file says which list it is of and of which day."""


def state_bytes(directory: Directory, day: date) -> bytes:
    """Return the state file of a list as of a day: of one commit and day always the same bytes.

    Raises ``GaigaiError`` for a day before the notice, and for one that is yet to come.
    """
    if day > directory.today:
        raise GaigaiError(
            f"{full_day(day)}还没有到", "状态文件写的是已经发生的事，请写今天或以前的日期"
        )
    month = list_month(directory.judge, month_of(day), today=day)
    made = {**_origin(directory), "program": __version__}
    return state_text(directory.judge.on(day), month, made).encode()


def _origin(directory: Directory) -> dict[str, Any]:
    """Return the commit that the data are of, and whether they are just as it has them."""
    from gaigai_cli.history.commit_files import commit_here
    from gaigai_cli.history.git import committed

    if directory.committed is not None:
        return {"commit": directory.committed.commit, "clean": True}
    commit = commit_here(directory.data)
    if commit is not None:
        return {"commit": commit, "clean": True}
    head = committed(directory.data, "HEAD") if working_tree(directory.data) else None
    return {"commit": head.commit if head else None, "clean": False}


@dataclass(frozen=True)
class ReadState:
    """A state file as read: its head. What else is in it is read when it is asked for, of many files of few."""

    path: Path
    text: str
    head: StateHead

    @cached_property
    def _whole(self) -> StateFile:
        try:
            return StateFile.model_validate(json.loads(self.text))
        except (ValueError, RecursionError) as error:
            raise _spoilt(self.path) from error

    @cached_property
    def judgement(self) -> Judgement:
        """The list as judged then. Raises ``GaigaiError`` where that part of the file has been changed."""
        try:
            return judgement_of(self._whole.kept, self.head.day)
        except (ValueError, TypeError) as error:
            raise _spoilt(self.path) from error

    @cached_property
    def month(self) -> ListMonth:
        """What a roll-up tells of the list. Raises as ``judgement`` does."""
        try:
            found: ListMonth = rebuilt(ListMonth, self._whole.month)
        except ValueError as error:
            raise _spoilt(self.path) from error
        return found


def read_state(path: Path) -> ReadState:
    """Return a state file. Raises ``GaigaiError`` where it can't be read or is something else."""
    try:
        data = read_file(path)
    except OSError as error:
        raise GaigaiError(f"{shown(path)}不能读取", "请检查权限和路径") from error
    try:
        text = data.decode().replace("\r\n", "\n")
        head, items, _ = text.partition(_ITEMS)
        if items and text.endswith("}\n"):
            return ReadState(path, text, StateHead.model_validate(json.loads(f"{head}\n}}")))
        whole = StateFile.model_validate(json.loads(text))  # written anew by another program
    except (ValueError, RecursionError) as error:
        if _NEWER.match(data):
            newer = f"{shown(path)}是更新版本的 gaigai 导出的，本机的程序读不了"
            raise GaigaiError(newer, "请升级 gaigai") from error
        raise _spoilt(path) from error
    return ReadState(path, text, whole)


def _spoilt(path: Path) -> GaigaiError:
    return GaigaiError(
        f"{shown(path)}不是 gaigai export --state 导出的状态文件，或已经改动", "请重新导出"
    )


def list_name(path: Path) -> str:
    """Return what the list of a state file is called: as the file, without the month or day behind it."""
    found = _DATED.fullmatch(path.stem)
    return found[1] if found else path.stem


class _Said(NamedTuple):
    """What a file says of itself: of which day it is (empty: none), and whose list (None: it doesn't say)."""

    day: str
    whose: tuple[bytes, ...] | None


def chosen(paths: Iterable[Path], by: date) -> list[Path]:
    """Return the newest file of each list that isn't of a day after ``by``.

    Files of one name in one folder are of one list, and so are those that say the same issuer, number and title. Where
    all of a list's are of later days the first of them is chosen, and its reader tells that. Raises ``GaigaiError``
    where two of one day have different names: the list would count twice, or one of two lists not at all.
    """
    by_name: dict[Path, list[tuple[_Said, Path]]] = {}
    for path in paths:
        by_name.setdefault(path.with_name(list_name(path)), []).append((_said(path), path))
    by_list: dict[object, list[tuple[_Said, Path]]] = {}
    for name, files in by_name.items():
        by_list.setdefault(max(files, key=lambda one: one[0].day)[0].whose or name, []).extend(
            files
        )
    return [_newest(files, by) for files in by_list.values()]


def _newest(files: list[tuple[_Said, Path]], by: date) -> Path:
    dated = sorted((said.day, path) for said, path in files)
    known = [one for one in dated if one[0] <= by.isoformat()]
    day, newest = known[-1] if known else dated[0]
    for other in (path for its_day, path in known[:-1] if its_day == day):
        if list_name(other) != list_name(newest):
            raise GaigaiError(f"{shown(other)}和{shown(newest)}是同一份清单同一天的", "请只留一个")
    return newest


def _said(path: Path) -> _Said:
    try:
        with path.open("rb") as stream:
            found = dict(reversed(_SAID.findall(stream.read(_HEAD))))
    except OSError:
        return _Said("", None)
    whose = tuple(found[key] for key in (b"issuer", b"number", b"title") if key in found)
    return _Said(found.get(b"day", b"").decode(errors="replace"), whose or None)


def state_text(judgement: Judgement, month: ListMonth, made: Mapping[str, Any]) -> str:
    """Return the whole file. ``made`` says of which commit and by which program: ``commit``, ``clean``, ``program``."""
    notice = judgement.ledger.tasks.notice
    head = {
        "format": "gaigai state 1",
        "title": notice.title,
        "number": notice.number,
        "issuer": notice.issuer,
        "year": notice.year,
        "day": judgement.day.isoformat(),
        **made,
        "notes": list(notes(judgement)),
        "figures": overview_json(judgement),
    }
    rows = ",\n".join(map(_line, rows_json(select(judgement, Filter()).rows)))
    parts = [f"{_line(name)}: {_line(value)}" for name, value in head.items()]
    parts += [
        f'"items": [\n{rows}\n]',
        f'"month": {_line(plain(month))}',
        f'"kept": {_line(kept(judgement))}',
    ]
    return escaped("{\n" + ",\n".join(parts) + "\n}\n")


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
