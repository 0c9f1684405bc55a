"""Word's automatic numbers: the 1. or （一） that stands on the page and in no text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from gaigai_cli.notice.read.docx_parts import Package
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.say import NUMERALS

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVEL: Final = regex(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


@dataclass
class Numbering:
    """The lists of a document; counts as paragraphs are asked for in their order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    read_styles: Callable[[], dict[str, tuple[str, int]]] = dict
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> Numbering:
        """Return the lists that a document defines; none where it has no numbering."""
        parts = dict(package.related())
        if "numbering" not in parts:
            return cls()
        root = package.root(parts["numbering"])
        abstract = {
            e.get(f"{W}abstractNumId"): {
                int(level.get(f"{W}ilvl") or 0): _level(level) for level in e.iter(f"{W}lvl")
            }
            for e in root.iter(f"{W}abstractNum")
        }
        levels = {}
        for number in root.iter(f"{W}num"):
            of = number.find(f"{W}abstractNumId")
            if of is not None:
                levels[number.get(f"{W}numId")] = abstract.get(of.get(f"{W}val"), {})
        if "styles" not in parts:
            return cls(levels)
        return cls(levels, lambda: _of_styles(package.root(parts["styles"]), root))

    @cached_property
    def styles(self) -> dict[str, tuple[str, int]]:
        """The list and the level that a style numbers its paragraphs by; read where a paragraph names a style."""
        return self.read_styles()

    def label(self, paragraph: Any) -> str:
        """Return the number before this paragraph with what follows it, as “1. ”; empty where it has none."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name, level = "0", 0
        if style is not None:
            name, level = self.styles.get(style.get(f"{W}val"), (name, level))
        if properties is not None:
            name = _value(properties, "numId") or name
            level = int(_value(properties, "ilvl") or level)
        known = self.levels.get(name, {}).get(level)
        if known is None or name == "0":
            return ""
        counts = self._counts.setdefault(name, {})
        counts[level] = counts.get(level, known.start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return self._words(name, known)

    def _words(self, name: str, level: _Level) -> str:
        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            own = self.levels[name].get(at)
            count = self._counts[name].get(at, own.start if own else 1)
            return _FORMS.get(own.form if own else "decimal", str)(count)

        if level.form in ("bullet", "none"):
            return ""
        text = _LEVEL.sub(number, level.text)
        return f"{text} " if text else ""


def _of_styles(styles: Any, numbering: Any) -> dict[str, tuple[str, int]]:
    """Return the list and level of each style that numbers, those it is based on included."""
    linked = {
        style.get(f"{W}val"): int(level.get(f"{W}ilvl") or 0)
        for level in numbering.iter(f"{W}lvl")
        if (style := level.find(f"{W}pStyle")) is not None
    }
    by_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    found: dict[str, tuple[str, int]] = {}
    for name in by_id:
        for at in _ancestry(name, by_id):
            own = by_id[at].find(f"{W}pPr/{W}numPr")
            if own is not None and (number := _value(own, "numId")):
                found[name] = (number, int(_value(own, "ilvl") or linked.get(at, 0)))
                break
    return found


def _ancestry(name: str, styles: Mapping[str, Any]) -> Iterator[str]:
    """Yield a style and those it is based on, each once."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        yield name
        name = _value(styles[name], "basedOn")


def _value(element: Any, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val") or "")


def _level(element: Any) -> _Level:
    start = _value(element, "start")
    return _Level(
        int(start) if start.isdecimal() and len(start) < 7 else 1,
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText"),
    )


def chinese(number: int) -> str:
    """Return 一, 十二, 三十 for 1 to 99; figures beyond."""
    return NUMERALS[number - 1] if 0 < number < 100 else str(number)


def _circle(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": chinese,
    "decimalEnclosedCircle": _circle,
    "decimalEnclosedCircleChinese": _circle,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
}
