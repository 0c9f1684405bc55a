"""The Chinese words for what files hold: keys by their models' descriptions, values as people write them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

_STOPS = "：（；，"
_WORDS = {
    "kind": "种类",
    "measure": "计量方式",
    "per": "考核范围",
    "cycle": "判定周期",
    "trend": "升降",
    "example": "示例数据",
}
"""Keys whose descriptions explain their values and give no short word."""

KIND_WORDS = {
    "fixed": "明确时限",
    "ongoing": "持续推动",
    "staged": "分阶段",
    "recurring": "定期开展",
    "unset": "时限待定",
}
"""The kinds of deadlines."""

KIND_GROUPS = {
    kind: f"{KIND_WORDS['fixed' if kind == 'staged' else kind]}事项"
    for kind in ("fixed", "staged", "ongoing", "recurring", "unset")
}
"""The groups in which items are counted, by the kinds of their deadlines: stages have days, too."""

_VALUES: dict[str, dict[str, str]] = {
    "kind": KIND_WORDS,
    "measure": {"entries": "逐件登记", "sum": "各次累加", "latest": "以最近一次为准"},
    "per": {"total": "全县合计", "unit": "每个单位各自完成", "undecided": "口径待明确"},
    "cycle": {"month": "逐月"},
    "trend": {"up": "提高", "down": "降低"},
    "every": {
        "month": "每月",
        "quarter": "每季度",
        "half-year": "每半年",
        "year": "每年",
        "week": "每周",
    },
}
"""Values that files write in English, by their keys."""


def word_of(name: str, value: str) -> str:
    """Return the word for a value that files write in English; other values as they are."""
    return _VALUES.get(name, {}).get(value, value)


def value_of(name: str, word: str) -> str:
    """Return the value that a word stands for; empty for a word of none."""
    return next((value for value, said in _VALUES[name].items() if said == word), "")


UNKNOWN: Final = ("extra_forbidden", "unexpected_keyword_argument")
"""How pydantic calls a key that a model, or a dataclass, doesn't have."""


def fields_of(model: type[Any]) -> dict[str, FieldInfo]:
    """Return the fields of a model, or of a dataclass made by pydantic, by name."""
    found: dict[str, FieldInfo] = model.__pydantic_fields__
    return found


def models_in(annotation: Any) -> list[type[Any]]:
    """Return the models, or dataclasses made by pydantic, of which an annotation speaks."""
    if hasattr(annotation, "__pydantic_fields__"):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def label_of(model: type[Any], name: str) -> str:
    """Return the word for a field: the first part of its description, the name itself where it has none."""
    info = fields_of(model).get(name)
    if info is None:
        return name
    words = info.description or name
    if words[0].isascii() and name in _WORDS:
        return _WORDS[name]
    for stop in _STOPS:
        words = words.partition(stop)[0]
    return words


def hint_of(model: type[Any], name: str) -> str:
    """Return what the description of a field says behind its word: 不写则用落款; empty where it says no more."""
    return (fields_of(model)[name].description or "").partition("；")[2]


def key_of(model: type[Any], name: str) -> str:
    """Return the key of a field as files write it."""
    info = fields_of(model).get(name)
    return (info.alias if info else None) or name


def in_words(value: object) -> str:
    """Return a value in one text: ``是``, ``2024-06-30``, ``县财政局、县住建局``; models by label."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, BaseModel):
        model, given = type(value), value.model_fields_set
        named = ((n, getattr(value, n)) for n in model.model_fields if n in given)
        return _pairs(
            (label_of(model, n), word_of(n, inner) if isinstance(inner, str) else inner)
            for n, inner in named
        )
    if isinstance(value, Mapping):
        return _pairs((str(key), inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return "、".join(map(_nested, value))
    return str(value)


def _pairs(pairs: Iterable[tuple[str, object]]) -> str:
    return "，".join(f"{name} {_nested(value)}" for name, value in pairs if value != ())


def _nested(value: object) -> str:
    words = in_words(value)
    return f"（{words}）" if isinstance(value, BaseModel | Mapping) else words
