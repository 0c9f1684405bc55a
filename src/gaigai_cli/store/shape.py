"""A value of the wrong form told in Chinese: what pydantic found, at its place in the file."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from gaigai_cli.model.finding import Finding, Path
from gaigai_cli.model.nearest import nearest
from gaigai_cli.store.source import SourceFile
from gaigai_cli.yamldoc import Mapping, Node, Sequence

_NAMED = {
    "missing": ("missing-key", "缺少“{label}”（{key}）", "请补上这一项"),
    "string_type": ("bad-text", "“{label}”（{key}）应是一段文字", "请写成一行文字"),
    "model_type": ("bad-mapping", "“{label}”（{key}）应是一组“键: 值”", "请对照数据格式改写"),
    "model_attributes_type": (
        "bad-mapping",
        "“{label}”（{key}）应是一组“键: 值”",
        "请对照数据格式改写",
    ),
    "dict_type": ("bad-mapping", "“{label}”（{key}）应是一组“键: 值”", "请对照数据格式改写"),
    "tuple_type": ("bad-list", "“{label}”（{key}）应是一个列表", "请写成 [甲, 乙] 或每行一个“- ”"),
    "too_short": ("empty-value", "“{label}”（{key}）是空的", "请填写，或删去这一项"),
    "union_tag_not_found": ("missing-key", "“{label}”（{key}）没有写明种类（kind）", "请补上 kind"),
    "less_than_equal": ("out-of-range", "“{label}”（{key}）不能大于{le}", "请核对数值"),
    "greater_than_equal": ("out-of-range", "“{label}”（{key}）不能小于{ge}", "请核对数值"),
    "string_pattern_mismatch": (
        "bad-form",
        "“{label}”（{key}）的写法不对：“{input}”",
        "请对照数据格式改写",
    ),
}


def shape_findings(
    error: ValidationError, model: type[BaseModel], root: Node, source: SourceFile, at: Path = ()
) -> Iterator[Finding]:
    """Findings for each fault in ``error``; ``root`` is what was validated, found in its file at ``at``."""
    for fault in error.errors(include_url=False):
        path, tags = _path_in(root, fault["loc"])
        yield _finding(dict(fault), _Labels(model, path, tags), source, (*at, *path))


def _path_in(root: Node, loc: tuple[int | str, ...]) -> tuple[Path, frozenset[str]]:
    """Pydantic's ``loc`` without the names of union branches, which stand in no file; and these names."""
    path: list[str | int] = []
    tags = set()
    node: Any = root
    for depth, part in enumerate(loc):
        if isinstance(node, Mapping) and part in node:
            path.append(part)
            node = node[str(part)]
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
            path.append(part)
            node = node[part]
        elif depth == len(loc) - 1 and isinstance(node, Mapping):
            path.append(part)
        else:
            tags.add(str(part))
    return tuple(path), frozenset(tags)


class _Labels:
    """The Chinese words for the keys along a path, and the keys that might stand at its end."""

    def __init__(self, model: type[BaseModel], path: Path, tags: frozenset[str]) -> None:
        self.key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        self.label = self.key
        holders = [model]
        for part in path:
            if isinstance(part, int):
                continue
            self.siblings = [_key(name, f) for m in holders for name, f in m.model_fields.items()]
            fields = [
                f for m in holders for name, f in m.model_fields.items() if part == _key(name, f)
            ]
            self.label = next((_short(f.description) for f in fields if f.description), part)
            holders = [m for f in fields for m in _models(f.annotation, tags)]
        self.holders = holders
        if not path:
            self.label, self.siblings = "文件内容", []


def _key(name: str, field: FieldInfo) -> str:
    return field.alias or name


def _short(description: str) -> str:
    for sign in "：（；，":
        description = description.partition(sign)[0]
    return description


def _models(annotation: Any, tags: frozenset[str]) -> list[type[BaseModel]]:
    """The models inside an annotation; of a union told apart by ``kind`` only the branch that was taken."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    found = [m for part in get_args(annotation) for m in _models(part, tags)]
    taken = [m for m in found if "kind" in m.model_fields and tags & _literals(m)]
    return taken or found


def _literals(model: type[BaseModel]) -> set[str]:
    return set(get_args(model.model_fields["kind"].annotation))


def _finding(fault: dict[str, Any], labels: _Labels, source: SourceFile, path: Path) -> Finding:
    kind, context, given = fault["type"], fault.get("ctx", {}), fault["input"]
    place = source.value_at(path) if kind not in ("missing", "extra_forbidden") else source.at(path)
    if kind == "extra_forbidden":
        return _unknown_key(labels, place)
    if kind in ("literal_error", "union_tag_invalid"):
        choices = context.get("expected") or context.get("expected_tags", "")
        words = str(choices).replace("'", "").replace(" or ", "、").replace(", ", "、")
        given = context.get("tag", given)
        message = f"“{labels.label}”（{labels.key}）不能写“{given}”"
        close = nearest(str(given), words.split("、"))
        hint = f"是否要写“{close}”？" if close else ""
        return Finding("bad-choice", "error", message, place, f"{hint}可写：{words}")
    if kind == "string_pattern_mismatch" and not str(given).strip():
        kind = "too_short"
    if kind in _NAMED:
        code, words, remedy = _NAMED[kind]
        values = {"label": labels.label, "key": labels.key, "input": given, **context}
        return Finding(code, "error", words.format(**values), place, remedy)
    return Finding(
        kind.replace("_", "-"), "error", f"“{labels.label}”（{labels.key}）{fault['msg']}", place
    )


def _unknown_key(labels: _Labels, place: Any) -> Finding:
    close = nearest(labels.key, labels.siblings)
    known = "、".join(dict.fromkeys(labels.siblings))
    return Finding(
        "unknown-key",
        "error",
        f"不认识的键“{labels.key}”",
        place,
        f"是否要写“{close}”？" if close else f"这里可写：{known}",
    )
