"""``gaigai init`` and ``practise``: a new data directory, next year's beside this year's, or one to practise on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import gaigai_cli
from gaigai_cli.cli import typed
from gaigai_cli.cli.run import Option, Run, now, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.words.typed import typed_path

_OFFICE: Final = "督办机构"
_OPEN: Final = "（待填）"
_SCHEMAS: Final = "schemas/"
_FROM: Final = re.compile(r"(?m)^(\s+from:\s*)\d{4}-\d\d\b")
_PRACTICE_FROM: Final = "20240711"
"""A morning with something of everything to be done."""
_RECORD: Final = re.compile(r"(?m)^  - id: [\"']?(\d{8})-")
_SCHEMA_LINE: Final = re.compile(r"\$schema=(\S*?)tasks\.schema\.json")


_FOLDER: Final = Option("文件夹", "数据目录放在哪里；不写则为 data", "文件夹")
_TITLE: Final = Option("--title", "任务清单的标题", "文字", only="只用于新建空的数据目录")
_OFFICE_UNIT: Final = Option(
    "--office", "督办机构，如 县工改办", "单位", only="只用于新建空的数据目录"
)
_NEXT_YEAR: Final = Option("--next-year", "由现有清单起草下一年的清单，未办结的事项结转", "年份")


@takes(_FOLDER, _TITLE, _OFFICE_UNIT, _NEXT_YEAR)
def init(run: Run) -> None:
    """Make a data directory that is empty and sound, or carry unfinished items over into next year's."""
    folder, next_year = run.word(_FOLDER), run.word(_NEXT_YEAR)
    if next_year is not None:
        _next(run.session, folder, typed.whole(next_year, what=_NEXT_YEAR.name))
    else:
        _new(run, typed_path(folder or "data"))


def _new(run: Run, folder: Path) -> None:
    from gaigai_cli.cli.notice.schema import as_text
    from gaigai_cli.model.schema import FILES
    from gaigai_cli.store.new_list import ATTRIBUTES, README, rules_text, units_text, write_new

    day = now().date()
    unit = _words(run.word(_OFFICE_UNIT)) or _OFFICE
    name = _words(run.word(_TITLE)) or f"{day.year}年工作任务清单"
    notice = {
        "title": name,
        "number": "（文号待定）",
        "issuer": _OPEN,
        "issued": day.isoformat(),
        "year": day.year,
        "addressee": "各成员单位",
        "office": unit,
    }
    units = [{"name": unit, "aliases": [], "initials": [], "former": [], "vertical": False}]
    files = {
        "tasks.yaml": _list_text(notice, _SCHEMAS),
        "departments.yaml": units_text(units, schemas=_SCHEMAS),
        "rules.yaml": rules_text(day.year, schemas=_SCHEMAS),
        "progress/.gitkeep": "",
        "evidence/.gitkeep": "",
        ".gitattributes": ATTRIBUTES,
        "README.md": README.format(title=name, office=unit),
        **{f"{_SCHEMAS}{one}.schema.json": as_text(one) for one in FILES},
    }
    run.refuse_unused()
    write_new(folder, files)
    output = run.output
    output.text(shown(folder))
    output.message(
        "已建立空的数据目录。下一步：在 tasks.yaml 里填写文号等，"
        "或用 gaigai import 通知文件 --out 另一个文件夹 直接生成清单。"
    )


def _words(given: str | None) -> str | None:
    return given.strip() if given and given.strip() else None


def _list_text(notice: Mapping[str, Any], schemas: str) -> str:
    from gaigai_cli.store.new_list import list_text

    text = list_text({"notice": notice, "tasks": []}, schemas=schemas)
    text = text.replace(
        "notice:\n", "# 请填写文号、印发机关、印发日期；任务照文件逐字录入\nnotice:\n", 1
    )
    return f"{text.removesuffix('tasks:' + chr(10))}tasks: []\n"


def _next(session: Session, folder: str | None, year: int) -> None:
    from gaigai_cli.record.next_list import lines_of, next_list
    from gaigai_cli.store.new_list import (
        ATTRIBUTES,
        EXAMPLE_LABEL,
        README,
        list_text,
        with_schemas,
        write_new,
    )

    notice = session.ledger.tasks.notice
    if year != notice.year + 1:
        raise GaigaiError(
            f"现有清单是{notice.year}年的，下一年是{notice.year + 1}",
            f"请写 --next-year {notice.year + 1}",
        )
    target = typed_path(folder) if folder else session.data.parent / str(year) / "data"
    draft = next_list(session.judgement, year)
    if not draft.carried:
        raise GaigaiError(
            "没有需要结转的事项", "新年度的清单请用 gaigai init 或 gaigai import 建立"
        )
    schemas = _schemas_from(session, target)
    title = draft.tree["notice"]["title"]
    text = list_text(draft.tree, schemas=schemas, comments=draft.comments)
    label = EXAMPLE_LABEL if notice.example else ""
    files = {
        "tasks.yaml": text.replace("notice:\n", f"{label}notice:\n", 1),
        "departments.yaml": with_schemas(_read(session, "departments.yaml"), schemas),
        "progress/.gitkeep": "",
        "evidence/.gitkeep": "",
        ".gitattributes": ATTRIBUTES,
        "README.md": README.format(title=title, office=notice.office),
    }
    for name in ("rules.yaml", "reviewers.yaml"):
        text = _read(session, name)
        if text:
            files[name] = _FROM.sub(rf"\g<1>{year}-01", with_schemas(text, schemas))
    session.run.refuse_unused()
    write_new(target, files)
    for line in lines_of(draft):
        session.output.text(line)
    session.output.message(
        f"已写入 {shown(target)}：结转{len(draft.carried)}项，不结转{len(draft.left)}项。"
        "原清单和记录没有改动；新清单的文号、时限印发时核定。"
    )


def _read(session: Session, name: str) -> str:
    """The text of a file of the present directory, empty where there is none."""
    try:
        return session.files.read(name).decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""


def _schemas_from(session: Session, target: Path) -> str:
    """Where the schemas lie that the present list refers to, seen from the new directory."""
    found = _SCHEMA_LINE.search(_read(session, "tasks.yaml"))
    folder = found[1] if found else "../schemas/"
    if "://" in folder or folder.startswith("/"):
        return folder
    schemas = (session.data.resolve() / folder).resolve()
    try:
        there = os.path.relpath(schemas, target.resolve())
    except ValueError:  # on another drive of Windows
        return f"{schemas.as_uri()}/"
    return Path(there).as_posix() + "/"


_PRACTICE: Final = Option("文件夹", "练习的清单放在哪里；不写则为 练习", "文件夹")


@takes(_PRACTICE)
def practise(run: Run) -> None:
    """Copy the example as it stood on a day in summer into a folder of its own, with nothing else in it."""
    from gaigai_cli.store.write import NewFile, replace_all

    target = Path.cwd() / typed_path(run.word(_PRACTICE) or "练习")
    run.refuse_unused()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise GaigaiError(f"“{shown(target)}”已有内容，没有写入", "请换一个文件夹")
    replace_all(NewFile(target / name, data) for name, data in _practice_files())
    output = run.output
    output.text(shown(target))
    output.message(
        "已建立练习用的清单：示例到2024年7月11日为止的情况，非真实进展，每页都这样标明。\n"
        f"开始：cd {shown(target)}，再运行 gaigai todo、gaigai show 16.2 等，怎么登记都可以。\n"
        "结束：离开这个文件夹（cd ..），把它删去即可；正式的清单没有改动。"
    )


def _practice_files() -> Iterator[tuple[str, bytes]]:
    """The example's files by name, without what was recorded after the day on which practice begins."""
    from gaigai_cli.cli.notice.schema import as_text
    from gaigai_cli.model.schema import FILES
    from gaigai_cli.store.new_list import with_schemas

    for one in FILES:
        yield f"{_SCHEMAS}{one}.schema.json", as_text(one).encode()
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
    """A log up to the first record that was made later; records stand in the order in which they were made."""
    later = (one.start() for one in _RECORD.finditer(log) if one[1] > _PRACTICE_FROM)
    return log[: next(later, len(log))]


def _example() -> Path:
    """The folder of the example: in the installed package, else in the project that this runs from."""
    package = Path(gaigai_cli.__file__).parent
    installed = package / "example"
    return installed if installed.is_dir() else package.parents[1] / "examples/岳阳县2024示例"
