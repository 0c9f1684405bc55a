"""A new data directory: an empty one, next year's beside this year's, or one to practise on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import gaigai_cli
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.people import Reviewers
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.schema import FILES, schema_text
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.record.next_list import NUMBER_OPEN, NextList, next_list
from gaigai_cli.store.new_list import (
    ATTRIBUTES,
    EXAMPLE_COMMENT,
    IGNORED,
    README,
    list_text,
    rules_text,
    schemas_of,
    units_text,
    with_schemas,
    write_new,
)
from gaigai_cli.store.write import NewFile, replace_all
from gaigai_cli.work.directory import Directory

_OFFICE: Final = "督办机构"
_OPEN: Final = "（待填）"
_SCHEMAS: Final = "schemas/"
_TO_FILL_IN: Final = "# 请填写文号、印发机关、印发日期；任务照文件逐字录入\n"
_FROM: Final = re.compile(r"(?m)^(\s+from:\s*)\d{4}-\d\d\b")
_PRACTICE_FROM: Final = "20240711"
"""A morning with something of everything to be done."""
_RECORD: Final = re.compile(r"(?m)^  - id: [\"']?(\d{8})-")


def start_list(folder: Path, *, title: str, office: str, day: date) -> None:
    """Write an empty and sound directory for a list of the day's year; without a title or an office usual words.

    Raises ``GaigaiError`` where something lies there already.
    """
    office = office or _OFFICE
    title = title or f"{day.year}年工作任务清单"
    notice = {
        "title": title,
        "number": NUMBER_OPEN,
        "issuer": _OPEN,
        "issued": day.isoformat(),
        "year": day.year,
        "addressee": "各成员单位",
        "office": office,
    }
    text = list_text({"notice": notice, "tasks": []}, schemas=_SCHEMAS)
    units = [{"name": office, "aliases": [], "initials": [], "former": [], "vertical": False}]
    write_new(
        folder,
        {
            TaskList.file: text.replace("notice:\n", f"{_TO_FILL_IN}notice:\n", 1),
            Departments.file: units_text(units, schemas=_SCHEMAS),
            Rules.file: rules_text(day.year, schemas=_SCHEMAS),
            **_round_the_list(title, office),
            **{f"{_SCHEMAS}{one}.schema.json": schema_text(one) for one in FILES},
        },
    )


def _round_the_list(title: str, office: str) -> dict[str, str]:
    """Return the files of a new directory that say nothing of its tasks."""
    return {
        "progress/.gitkeep": "",
        "evidence/.gitkeep": "",
        ".gitattributes": ATTRIBUTES,
        ".gitignore": IGNORED,
        "README.md": README.format(title=title, office=office),
    }


@dataclass(frozen=True)
class NextYear:
    """Next year's list as a draft: where it will lie, its files, and what was carried over."""

    folder: Path
    files: Mapping[str, str]
    draft: NextList

    def write(self) -> None:
        """Write it. Raises ``GaigaiError`` where something lies there already."""
        write_new(self.folder, self.files)


def next_year(directory: Directory, folder: Path | None, year: int) -> NextYear:
    """Return the list of ``year``, into which what is unfinished is carried over; ``folder`` None: beside this year's.

    Raises ``GaigaiError`` for another year than the next, and where there is nothing to be carried over.
    """
    notice = directory.ledger.tasks.notice
    if year != notice.year + 1:
        raise GaigaiError(
            f"现有清单是{notice.year}年的，下一年是{notice.year + 1}",
            f"请写 --next-year {notice.year + 1}",
        )
    target = folder or directory.data.parent / str(year) / "data"
    draft = next_list(directory.judgement, year)
    if not draft.carried:
        raise GaigaiError(
            "没有需要结转的事项", "新年度的清单请用 gaigai init 或 gaigai import 建立"
        )
    schemas = _schemas_from(directory, target)
    title = draft.tree["notice"]["title"]
    text = list_text(draft.tree, schemas=schemas, comments=draft.comments)
    label = EXAMPLE_COMMENT if notice.example else ""
    files = {
        TaskList.file: text.replace("notice:\n", f"{label}notice:\n", 1),
        Departments.file: _units_of_next_year(directory, schemas),
        **_round_the_list(title, notice.office),
    }
    for name in (Rules.file, Reviewers.file):
        text = _read(directory, name)
        if text:
            files[name] = _FROM.sub(rf"\g<1>{year}-01", with_schemas(text, schemas))
    return NextYear(target, files, draft)


def _units_of_next_year(directory: Directory, schemas: str) -> str:
    """Return the units as they stand.

    Those that were reformed have their names of today, the old ones as ``former``.

    Raises ``GaigaiError`` where a reform has yet to be handed over: who goes on isn't settled then.
    """
    ledger = directory.ledger
    reforms = ledger.departments.reforms
    if not reforms:
        return with_schemas(_read(directory, Departments.file), schemas)
    for reform in reforms:
        renamed = all(map(reform.renames, reform.became))
        over = reform.handed_over or (reform.effective if renamed else None)
        if over is None or over > directory.today:
            raise GaigaiError(
                f"{reform.basis}的机构改革还没有交接完成，不能起草下一年的清单",
                "请在 departments.yaml 的 reforms 中补上 handed_over",
            )
    trees = (unit.model_dump(mode="json", exclude_none=True) for unit in ledger.units.all)
    return units_text(trees, schemas=schemas)


def _read(directory: Directory, name: str) -> str:
    """Return the text of a file of the present directory, empty where there is none."""
    try:
        return directory.files.read(name).decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""


def _schemas_from(directory: Directory, target: Path) -> str:
    """Return where the schemas lie that the present list refers to, seen from the new directory."""
    folder = schemas_of(_read(directory, TaskList.file))
    if "://" in folder or folder.startswith("/"):
        return folder
    schemas = (directory.data.resolve() / folder).resolve()
    try:
        there = os.path.relpath(schemas, target.resolve())
    except ValueError:  # on another drive of Windows
        return f"{schemas.as_uri()}/"
    return Path(there).as_posix() + "/"


def practise(target: Path) -> None:
    """Copy the example as it stood on a day in summer into a folder. Raises ``GaigaiError`` where one isn't empty."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise GaigaiError(f"“{shown(target)}”已有内容，没有写入", "请换一个文件夹")
    replace_all(NewFile(target / name, data) for name, data in _practice_files())


def _practice_files() -> Iterator[tuple[str, bytes]]:
    """Yield the example's files by name, without what was recorded after the day on which practice begins."""
    for one in FILES:
        yield f"{_SCHEMAS}{one}.schema.json", schema_text(one).encode()
    data = _example() / "data"
    for file in sorted(data.rglob("*")):
        name = f"data/{file.relative_to(data).as_posix()}"
        if file.suffix == ".yaml":
            text = with_schemas(
                file.read_text(encoding="utf-8"), "../" * name.count("/") + _SCHEMAS
            )
            if file.parent == data or _RECORD.search(text := _before_practice(text)):
                yield name, text.encode()
        elif file.is_file():
            yield name, file.read_bytes()


def _before_practice(log: str) -> str:
    """Return a log up to the first record that was made later; records stand in the order in which they were made."""
    later = (one.start() for one in _RECORD.finditer(log) if one[1] > _PRACTICE_FROM)
    return log[: next(later, len(log))]


def _example() -> Path:
    """Return the folder of the example: in the installed package, else in the project that this runs from."""
    package = Path(gaigai_cli.__file__).parent
    installed = package / "example"
    return installed if installed.is_dir() else package.parents[1] / "examples/岳阳县2024示例"
