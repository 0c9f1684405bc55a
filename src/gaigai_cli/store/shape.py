"""A value of the wrong form told in Chinese: what pydantic found, at its place in the file."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import ValidationError

from gaigai_cli.model.finding import Finding, Location, Path
from gaigai_cli.model.labels import UNKNOWN, fields_of, key_of, label_of, models_in
from gaigai_cli.store.files import SourceFile
from gaigai_cli.words.typed import nearest
from gaigai_cli.yamldoc.reader import Values

_NAMED = {
    "missing": ("missing-key", "缺少{what}", "请补上这一项"),
    "string_type": ("bad-text", "{what}应是一段文字", "请写成一行文字"),
    **dict.fromkeys(
        ("model_type", "dataclass_type", "model_attributes_type", "dict_type"),
        ("bad-mapping", "{what}应是一组“键: 值”", "请对照数据格式改写"),
    ),
    "tuple_type": ("bad-list", "{what}应是一个列表", "请写成 [甲, 乙] 或每行一个“- ”"),
    "too_short": ("empty-value", "{what}是空的", "请填写，或删去这一项"),
    "union_tag_not_found": ("missing-key", "{what}没有写明种类（kind）", "请补上 kind"),
    "less_than_equal": ("out-of-range", "{what}不能大于{le}", "请核对数值"),
    "greater_than_equal": ("out-of-range", "{what}不能小于{ge}", "请核对数值"),
    "string_pattern_mismatch": ("bad-form", "{what}的写法不对：“{input}”", "请对照数据格式改写"),
}
"""By pydantic's own types: our code, the sentence and what to do."""

_REMEDIES = {
    "bad-date": "日期写成 2024-06-30 的样子",
    "impossible-date": "请核对年月日",
    "bad-month": "月份写成 2024-06 的样子",
    "bad-number": "数字写成 12 或 0.5 的样子，单位不写在这里",
    "bad-year": "年份写成 2027 的样子",
    "bad-whole": "整数写成 60 的样子，单位和百分号不写在这里",
    "bad-flag": "是则写 true；不是则删去这一项",
    "bad-turn-day": "请核对周期和日期",
    "duplicate-stage": "请给后一个阶段另编号",
    "stage-order": "请按时限先后排列",
    "start-after-end": "请核对这两个日期",
    "bad-grades": "请改正等次的顺序和最低得分",
    "bad-target": "只留一种，如 at_least: 2",
}
"""By our own codes: what to do where the sentence itself doesn't say it."""


def shape_findings(
    error: ValidationError, model: type[Any], root: Values, source: SourceFile, at: Path = ()
) -> Iterator[Finding]:
    """Yield a finding for each fault in ``error``; ``root`` is what was validated, found in its file at ``at``."""
    faults = error.errors(include_url=False)
    for fault in faults:
        path, tags = _path_in(root, fault["loc"])
        loc, below = fault["loc"], len(fault["loc"])
        within = (f["loc"] for f in faults if len(f["loc"]) > below)
        if fault["type"] == "too_short" and any(other[:below] == loc for other in within):
            continue  # pydantic counts what is wrong in a list as not there
        yield _finding(dict(fault), _Labels(model, path, tags), source, (*at, *path))


def _path_in(root: Values, loc: tuple[int | str, ...]) -> tuple[Path, frozenset[str]]:
    """Return Pydantic's ``loc`` without the names of union branches, which stand in no file; and these names."""
    path: list[str | int] = []
    tags = set()
    node: Any = root
    for depth, part in enumerate(loc):
        if isinstance(node, dict) and part in node:
            path.append(part)
            node = node[str(part)]
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            path.append(part)
            node = node[part]
        elif depth == len(loc) - 1 and isinstance(node, dict):
            path.append(part)
        else:
            tags.add(str(part))
    return tuple(path), frozenset(tags)


class _Labels:
    """``what`` a sentence about the end of a path is about, in Chinese, and the keys that might stand there."""

    def __init__(self, model: type[Any], path: Path, tags: frozenset[str]) -> None:
        self.key = self.label = ""
        self.what = "文件内容"
        self.siblings: list[str] = []
        holders = [model]
        for part in path:
            if isinstance(part, int):
                continue
            named = [(key_of(m, name), m, name) for m in holders for name in fields_of(m)]
            self.siblings = [key for key, *_ in named]
            fields = [(m, name) for key, m, name in named if key == part]
            self.key, self.label = part, label_of(*fields[0]) if fields else part
            key = f"（{self.key}）" if self.label != self.key else ""
            self.what = f"“{self.label}”{key}" if part.strip() else f"{self.what}中的一个名称"
            if fields:  # else a key that people choose themselves: an indicator's id, a unit's name
                annotations = [fields_of(m)[name].annotation for m, name in fields]
                holders = [m for annotation in annotations for m in _models(annotation, tags)]


def _models(annotation: Any, tags: frozenset[str]) -> list[type[Any]]:
    """Return the models inside an annotation; of a union told apart by ``kind`` only the branch that was taken."""
    found = models_in(annotation)
    taken = [
        m
        for m in found
        if "kind" in fields_of(m) and tags & set(get_args(fields_of(m)["kind"].annotation))
    ]
    return taken or found


def _finding(fault: dict[str, Any], labels: _Labels, source: SourceFile, path: Path) -> Finding:
    kind, context, given = fault["type"], fault.get("ctx", {}), fault["input"]
    of_key = kind in ("missing", *UNKNOWN) or fault["loc"][-1:] == ("[key]",)
    place = source.at(path, value=not of_key)
    if kind in UNKNOWN:
        return _unknown_key(labels, place)
    if kind in ("literal_error", "union_tag_invalid"):
        return _bad_choice(labels, context, given, place)
    if kind == "string_pattern_mismatch" and not str(given).strip():
        kind = "too_short"
    if kind in _NAMED:
        code, words, remedy = _NAMED[kind]
        message = words.format(what=labels.what, input=given, **context)
        return Finding(code, "error", message, place, remedy)
    remedy = _REMEDIES[kind]
    return Finding(kind, "error", f"{labels.what}：{fault['msg']}", place, remedy)


def _bad_choice(labels: _Labels, context: dict[str, Any], given: Any, place: Location) -> Finding:
    choices = context.get("expected") or context.get("expected_tags", "")
    words = str(choices).replace("'", "").replace(" or ", "、").replace(", ", "、")
    given = context.get("tag", given)
    close = nearest(str(given), words.split("、"))
    hint = f"是否要写“{close}”？" if close else ""
    message = f"{labels.what}不能写“{given}”"
    return Finding("bad-choice", "error", message, place, f"{hint}可写：{words}")


def _unknown_key(labels: _Labels, place: Location) -> Finding:
    close = nearest(labels.key, labels.siblings)
    known = "、".join(dict.fromkeys(labels.siblings))
    return Finding(
        "unknown-key",
        "error",
        f"不认识的键“{labels.key}”",
        place,
        f"是否要写“{close}”？" if close else f"这里可写：{known}",
    )
