"""The text of a new list and of its units, in the style of the ones that ship."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.base import NUMBER_PATTERN, adapter
from gaigai_cli.model.exported import EXAMPLE
from gaigai_cli.model.rules import Rules
from gaigai_cli.store.write import NewFile, replace_all
from gaigai_cli.yamldoc.emit import ByKey, block_text

SCHEMAS: Final = "../schemas/"
EXAMPLE_COMMENT: Final = f"# {EXAMPLE}\n"
"""What the files of a list open with whose data are made up."""
_SCHEMA: Final = re.compile(r"\$schema=(\S*?)\w+\.schema\.json")
_BEGINNING: Final = 2000
"""Characters of a file in which it says where its schema lies."""
_IDS: Final = frozenset({"id"})
_STYLE: Final = ByKey(
    block=frozenset(("notice", "tasks", "items", "units", "deadline")),
    rows=frozenset(("stages", "indicators")),
)
"""A unit, a stage and an indicator stand on one line each, however long: so they do in every review."""
_ONE_LINE: Final = ByKey(block=frozenset(), rows=frozenset())
_COMMENT: Final = "#"
_REFORMS: Final = re.compile(r"(?m)^reforms:")

# Fields that the models hold as numbers or as true and false: in the file they stand without quotes.
_BARE: Final = frozenset("year at_least at_most equal value day vertical example confirmed".split())
_NUMBER: Final = re.compile(NUMBER_PATTERN)

Comments = Mapping[tuple[str, str], Sequence[str]]
"""Comment lines by the id of the task or item that they stand in (empty: before the first), and by the line below."""


def list_text(
    tree: Mapping[str, Any], *, schemas: str = SCHEMAS, comments: Comments | None = None
) -> str:
    """Return ``tasks.yaml`` for a tree of notice and tasks; raise ``GaigaiError`` for text that can't be stored."""
    text = block_text(_in_values(tree), quoted=_IDS, by_key=_STYLE)
    head = schema_line("tasks", schemas)
    return head + _with_comments(text.splitlines(), comments or {})


def units_text(
    units: Iterable[Mapping[str, Any]],
    reforms: Sequence[Mapping[str, Any]] = (),
    *,
    schemas: str = SCHEMAS,
) -> str:
    """Return ``departments.yaml`` for the trees of units, and of what became of them."""
    head = schema_line("departments", schemas)
    tree = {"units": list(units), **({"reforms": list(reforms)} if reforms else {})}
    return head + block_text(_in_values(tree), by_key=_STYLE)


def with_units(text: str, units: Sequence[Mapping[str, Any]]) -> str:
    """Return the text of ``departments.yaml`` with more units behind those that it has, all else as it stands."""
    if not units:
        return text
    more = units_text(units).split("units:\n", 1)[1]
    behind = _REFORMS.search(text)
    if behind is not None:
        return f"{text[: behind.start()].rstrip()}\n{more}{text[behind.start() :]}"
    return f"{text.rstrip()}\n{more}"


def comments_of(text: str) -> Comments:
    """Return the comments of a list's text, so that it can be written anew with them."""
    found: dict[tuple[str, str], list[str]] = {}
    waiting: list[str] = []
    owner = ""
    for line in text.splitlines():
        plain = line.strip()
        if plain.startswith(_COMMENT):
            if "$schema=" not in plain:
                waiting.append(plain)
            continue
        owner = _id_of(plain) or owner
        if waiting and plain:
            found[owner, _key_of(plain)] = waiting
            waiting = []
    return found


def _id_of(line: str) -> str:
    """Return the id that a line opens a task or an item with; empty for other lines."""
    return line.removeprefix("- id: ").strip("\"'") if line.startswith("- id: ") else ""


def _key_of(line: str) -> str:
    return line.removeprefix("- ").partition(":")[0]


def _with_comments(lines: Iterable[str], comments: Comments) -> str:
    text = []
    owner = ""
    for line in lines:
        plain = line.strip()
        owner = _id_of(plain) or owner
        indent = " " * (len(line) - len(line.lstrip()))
        text += [f"{indent}{comment}" for comment in comments.get((owner, _key_of(plain)), ())]
        text.append(line)
    return "".join(f"{line}\n" for line in text)


def _in_values(tree: Any, key: str = "") -> Any:
    """Return a tree without empty indicators, in which numbers and flags that arrived as words are values again."""
    if isinstance(tree, Mapping):
        known = ((name, child) for name, child in tree.items() if child or name != "indicators")
        return {name: _in_values(child, name) for name, child in known}
    if isinstance(tree, list | tuple):
        return [_in_values(child) for child in tree]
    if key not in _BARE or not isinstance(tree, str):
        return tree
    if tree in ("true", "false"):
        return tree == "true"
    return Decimal(tree) if _NUMBER.fullmatch(tree) else tree


ATTRIBUTES: Final = """\
# 数据文件一律 UTF-8、LF 换行；佐证按原样保存，由记录中的 SHA-256 核对
*.yaml text eol=lf
*.md text eol=lf
evidence/** -text
"""

IGNORED: Final = """\
# 联系人名单有手机号码，默认不进 git；确要几个人共用的，只放内部仓库，并删去下面这一行
contacts.yaml
"""

ISSUED_ATTRIBUTES: Final = """\
# 签发的文件按原样保存，由存档中的 SHA-256 核对
* -text
"""

_RULES_HEAD: Final = """\
# 督办机构决定的事项，照需要修改。已经定下的照所定填写，没有定的填的是程序的默认值。
# 以“# ”开头的是没有启用的内容，启用时填好并删去行首的“# ”。
"""
_SAMPLES: Final = {"by": "25", "from": "{year}-01", "basis": "示例办发〔{year}〕3号"}
"""What an example has where a field has no default."""

_CALENDAR: Final = """\
# {description}
# calendar:
#   "{year}":
#     holidays: [{year}-10-01, {year}-10-02]
#     workdays: [{year}-10-10]
"""

README: Final = """\
# {title}：数据目录

本文件夹是{office}维护的任务清单和进展记录，各单位只需要看这一页。

## 里面有什么

| 文件 | 内容 | 谁来改 |
|---|---|---|
| `tasks.yaml` | 任务清单，照印发的文件逐字录入 | {office}，文件修订时才改 |
| `departments.yaml` | 单位名称、别名 | {office} |
| `rules.yaml` | 报送周期、亮灯天数、考核分值 | {office} |
| `progress/` | 进展记录，一个单位一个文件，只增不改 | 各单位只写自己的，由程序写入 |
| `evidence/` | 佐证文件 | 由程序存入 |

## 单位怎样报送

1. 会用命令行的：`gaigai update 16.2` 报进展，`gaigai done 16.2` 申请销号，`gaigai extend 16.2` 申请延期。
2. 用 Excel 的：收到{office}发的报送表，只填黄色格子，打印一份由主要领导审阅签字，把文件原样发回。
   序号、表名和行列不要改动；没有内容的格子空着。
3. 报错了的：`gaigai correct` 更正本单位的记录；用报送表的，改好后重发一份。

## 要点

- 佐证写文号、链接或附件文件名，一行一件；附件和报送表放在一起发回。
- 有时限的事项到期前办结并申请销号；办不完的，到期前申请延期，写明日期和理由。
- 数据由 `gaigai check` 检查，通报由 `gaigai report` 产生，数字都从记录里来。
"""


def rules_text(
    year: int, given: Mapping[str, Mapping[str, Any]] | None = None, *, schemas: str = SCHEMAS
) -> str:
    """Return ``rules.yaml`` with every rule, what it is for, and its value: as ``given`` by section, else the default.

    Rules that aren't in force are comments.
    """
    parts = [schema_line("rules", schemas) + _RULES_HEAD]
    for name, info in Rules.model_fields.items():
        if name == "calendar":
            parts.append(_CALENDAR.format(description=info.description, year=year))
            continue
        model, in_force = _section(info)
        values = (given or {}).get(name, {})
        live = in_force or bool(values)
        lines = [f"{name}:" if live else f"# {name}:"]
        for key, line in _fields(model, year, values):
            mark = "" if in_force or key in values else "# "
            lines.append(f"  {mark}{line}" if live else f"{mark}  {line}")
        parts.append(f"# {info.description}\n" + "".join(f"{line}\n" for line in lines))
    return "\n".join(parts)


def _section(info: FieldInfo) -> tuple[type[BaseModel], bool]:
    """Return the model of a section, and whether it is in force where the file says nothing."""
    choices = [info.annotation, *getattr(info.annotation, "__args__", ())]
    model = next(c for c in choices if isinstance(c, type) and issubclass(c, BaseModel))
    return model, info.default_factory is not None


def _fields(
    model: type[BaseModel], year: int, given: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield each key of a section with its line."""
    for name, info in model.model_fields.items():
        key = info.alias or name
        default = None if info.is_required() else info.get_default(call_default_factory=True)
        value = given.get(key, default)
        if value is not None:
            plain = adapter(Any).dump_python(value)
            line = block_text({key: plain}, by_key=_ONE_LINE).rstrip()
            yield key, f"{line}  # {info.description}"
        elif info.is_required():
            yield key, f"{key}: {_SAMPLES[key].format(year=year)}  # {info.description}"
        else:
            yield key, f"# {key}: 文字  # {info.description}"


def schema_line(name: str, folder: str = SCHEMAS) -> str:
    """Return the comment by which an editor finds the schema of a kind of file in a folder."""
    return f"# yaml-language-server: $schema={folder}{name}.schema.json\n"


def schemas_of(text: str) -> str:
    """Return the folder of schemas that the text of a file names; where it names none the usual one."""
    found = _SCHEMA.search(text[:_BEGINNING])
    return found[1] if found else SCHEMAS


def with_schemas(text: str, folder: str) -> str:
    """Return a file's text with its schema line pointing to ``folder``."""
    return re.sub(
        r"(\$schema=)(?!https?:)(?!/)\S*?(\w+\.schema\.json)", rf"\g<1>{folder}\g<2>", text, count=1
    )


def write_new(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a new directory. Raises ``GaigaiError`` where one of them is there already."""
    there = [name for name in files if (folder / name).exists()]
    if there:
        more = f"等{len(there)}个文件" if len(there) > 1 else ""
        raise GaigaiError(
            f"“{folder.as_posix()}”里已有 {there[0]}{more}，没有写入", "请换一个文件夹"
        )
    replace_all(NewFile(folder / name, text.encode()) for name, text in files.items())
