"""Which lines of a document make up a paragraph of the list: those with a number, or without any those that say who."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gaigai_cli.notice.answers import CONFIRMED
from gaigai_cli.notice.document import Line
from gaigai_cli.notice.doubts import Choice, Doubt, Notes
from gaigai_cli.notice.paragraph_fields import Part, begins_with_field, says_who
from gaigai_cli.notice.points import split_points, value
from gaigai_cli.notice.raw import Found

_LEVELS: Final[tuple[re.Pattern[str], ...]] = (
    re.compile(
        r"(?P<word>任务|事项|行动)?(?P<n>[一二三四五六七八九十]{1,3}|(?<=[务项动])[0-9]{1,2})"
        r"(?(word)[、.．：:]|[、.．])\s*"  # 一、, 任务一：
    ),
    re.compile(r"[（(](?P<n>[一二三四五六七八九十]{1,3})[）)]\s*"),
    re.compile(
        r"(?P<n>[0-9０-９]{1,3})(?:[.．、](?![0-9])\s*|"
        r"(?<=0[1-9]|1[0-9])[ \u3000\t]+(?=[\u4e00-\u9fff])(?![年月日时点个项家条次]))"  # 01 新建学校
    ),
    re.compile(r"[（(](?P<n>[0-9０-９]{1,3})[）)]\s*"),
    re.compile(r"(?P<n>[①-⑳])\s*"),
)
POINTS: Final = 2  # the level of 1. : those above are headings of parts as well
_SIGNS: Final = re.compile(
    r"[^。；，：:]{2,45}(?:局|办|办公室|委员会|政府|领导小组|中心|指挥部|厅|部|委)"
)


def numbered(lines: Sequence[Line], found: Found) -> Iterator[Part]:
    """The numbered paragraphs, lines that follow each with it; what stands before the first is the head."""
    part: Part | None = None
    for at, line in enumerate(lines):
        level, match = level_of(line.text)
        if match is not None and not (part and _holds_points(part, level, lines[at:])):
            if part:
                yield part
            part = Part(level, match[0].strip())
            part.lines.append(line)
            part.text = line.text[match.end() :]
        elif part is None or _ends_list(line.text):
            if part is not None:
                found.after += _signature(part)
            (found.before if part is None else found.after).append(line)
        else:
            part.lines.append(line)
            part.text += f"\n{line.text}"
    if part:
        yield part


def _holds_points(part: Part, level: int, lines: Sequence[Line]) -> bool:
    """Whether a line holds all points of the heading above it: （1）…；（2）… with who and when of both below."""
    following = next((found for line in lines[1:] if (found := level_of(line.text))[1]), (0, None))
    last = following[1] is None or following[0] <= part.level
    return part.level < level and last and len(split_points(lines[0].text).points) > 1


def level_of(text: str) -> tuple[int, re.Match[str] | None]:
    """How deep the number lies that a paragraph begins with, 0 the highest; the number, None where there is none."""
    for level, pattern in enumerate(_LEVELS):
        if (match := pattern.match(text)) and value(match["n"]):
            return level, match
    return 0, None


def _ends_list(text: str) -> bool:
    """A note below the list, a signature's day: no more words of the paragraph before."""
    return bool(re.match(r"(?:注|附件|备注)\s*[：:]|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日$", text))


def _signature(part: Part) -> list[Line]:
    """The lines above the day that sign: they are no words of the paragraph before."""
    taken: list[Line] = []
    while len(part.lines) > 1 and _SIGNS.fullmatch(part.lines[-1].text) and len(taken) < 3:
        taken.insert(0, part.lines.pop())
        part.text = part.text.rpartition("\n")[0]
    return taken


def unnumbered(lines: Sequence[Line], found: Found, notes: Notes) -> list[Part]:
    """Paragraphs without numbers that say who acts, in themselves or in lines with labels below them; one doubt."""
    parts: list[Part] = []
    waiting: list[Line] = []
    for line in lines:
        if begins_with_field(line):
            if waiting:
                _begin(parts, waiting.pop(), waiting, found, notes)
            if parts:
                parts[-1].lines.append(line)
                parts[-1].text += f"\n{line.text}"
        elif says_who(line):
            _begin(parts, line, waiting, found, notes)
        else:
            waiting.append(line)
    if not parts:
        return []
    _tell_others(waiting, found, notes)
    notes.doubt(
        Doubt("row", parts[0].lines[0].place, "段落", "", "各段没有编号，写明责任单位的每段作为一项",
              "请核对各项的起止", read=f"共{len(parts)}项", choices=(Choice("照此处理", CONFIRMED),))
    )  # fmt: skip
    return parts


def _begin(parts: list[Part], line: Line, waiting: list[Line], found: Found, notes: Notes) -> None:
    if parts:
        _tell_others(waiting, found, notes)
    else:
        found.before += waiting
    waiting.clear()
    parts.append(Part(POINTS, "", [line], line.text))


def _tell_others(lines: Sequence[Line], found: Found, notes: Notes) -> None:
    found.after += lines
    for line in lines:
        notes.leave_out(line.place, line.text, "没有写责任单位的段落")
