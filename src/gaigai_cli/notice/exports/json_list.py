"""A list that ``gaigai export --format json`` wrote, back into the files of a data directory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.notice import limits
from gaigai_cli.store.compose import SCHEMAS, list_text, units_text
from gaigai_cli.yamldoc import parse
from gaigai_cli.yamldoc.write import TextError, block_text

_MODELS: Final[dict[str, type[BaseModel]]] = {
    TaskList.file: TaskList,
    Departments.file: Departments,
    Rules.file: Rules,
}
_NEEDED: Final = (TaskList.file, Departments.file)
_HOW: Final = "请用 gaigai export --format json 重新导出"


def read_exported(data: bytes, *, schemas: str = SCHEMAS) -> dict[str, str]:
    """The text of each file by its name. What is read back from it is what the export says, nothing else.

    Raises ``GaigaiError`` for anything that isn't such an export.
    """
    trees = _trees(data)
    return {name: _text(name, trees[name], schemas) for name in _MODELS if name in trees}


def _trees(data: bytes) -> dict[str, Any]:
    limits.check_size(len(data))
    try:
        read = json.loads(data.decode("utf-8-sig"), parse_float=Decimal, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        raise GaigaiError("文件不是 JSON，或已损坏", _HOW) from None
    if not isinstance(read, dict) or not set(_NEEDED) <= set(read):
        raise GaigaiError(f"JSON 里没有 {'、'.join(_NEEDED)}，不是导出的清单", _HOW)
    unknown = sorted(set(read) - set(_MODELS))
    if unknown:
        raise GaigaiError(f"JSON 里有不认识的 {'、'.join(unknown)}", _HOW)
    return read


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _text(name: str, tree: Any, schemas: str) -> str:
    meant = _model(name, tree)
    try:
        text = _composed(name, tree, schemas)
    except TextError as error:
        raise GaigaiError(f"{name}的{error.message}", error.remedy) from None
    if _model(name, parse(text.encode()).root) != meant:
        raise GaigaiError(f"{name}写成文件后与导出的内容不一致，没有写入", "请报告给维护者")
    return text


def _model(name: str, tree: Any) -> BaseModel:
    try:
        return _MODELS[name].model_validate(tree)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        words = fault["msg"]
        told = "写法不对" if words.isascii() else words
        raise GaigaiError(
            f"{name}的 {place}：{told}", "请照 gaigai schema 改正，或重新导出"
        ) from None


def _composed(name: str, tree: Mapping[str, Any], schemas: str) -> str:
    if name == Departments.file:
        return units_text(tree["units"], schemas=schemas)
    if name == TaskList.file:
        text = list_text(tree, schemas=schemas)
        return text if tree["tasks"] else f"{text.removesuffix('tasks:' + chr(10))}tasks: []\n"
    return f"# yaml-language-server: $schema={schemas}rules.schema.json\n{block_text(tree)}"
