"""What an import found: ``doubts.md``, the same as JSON, and a page for the terminal."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from gaigai_cli.errors import some_of
from gaigai_cli.notice.answers import in_words
from gaigai_cli.notice.document import Place
from gaigai_cli.notice.doubts import SUGGESTED, TITLES, Doubt, Key, Refused
from gaigai_cli.notice.draft import Draft
from gaigai_cli.notice.trace import Taken
from gaigai_cli.notice.update import Change
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    Page,
    Part,
    StyledText,
    hanging,
    page,
    paragraph,
)
from gaigai_cli.render.markdown import escape, table
from gaigai_cli.render.width import cut

_NUMBERS: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MOST_READ: Final = 10
"""Lines of what was read that the terminal shows of a question for several items; all, where it is answered."""
_SHOWN: Final = 200
"""Characters of a cell that the terminal shows; ``doubts.md`` has all of them."""


def summary(draft: Draft) -> str:
    """Return how much was read."""
    items = sum(len(task["items"]) for task in draft.tasks)
    answered = len(draft.doubts) - len(draft.open_doubts) - len(draft.suggestions)
    said = f"（另有{answered}处已答复）" if answered else ""
    offered = f"，指标建议{len(draft.suggestions)}处" if draft.suggestions else ""
    return (
        f"任务{len(draft.tasks)}项、事项{items}项、单位{len(draft.units)}个；"
        f"疑点{len(draft.open_doubts)}处{offered}{said}"
    )


def doubts_markdown(draft: Draft, name: str, changes: Sequence[Change] | None) -> str:
    """Return ``doubts.md``: every doubt with its place, what was read, what else it could mean, what to do."""
    blocks = [f"# 导入疑点\n\n文件：{escape(name)}。{summary(draft)}。"]
    if changes is not None:
        points = [f"- {c.kind} {c.id}：{escape(c.words)}" for c in changes] or ["没有变化。"]
        blocks.append("## 与原清单相比\n\n" + "\n".join(points))
    for code, title in TITLES.items():
        doubts = [doubt for doubt in draft.doubts if doubt.code == code]
        if doubts:
            entries = (_entry(number, doubt) for number, doubt in enumerate(doubts, start=1))
            blocks.append(f"## {title}（{len(doubts)}处）\n\n" + "\n".join(entries))
    if draft.left_out:
        rows = ((left.place.words, left.text, left.what) for left in draft.left_out)
        left_out = table(("位置", "文字", "是什么"), (map(escape, row) for row in rows))
        blocks.append("## 没有写入清单的版式文字\n\n" + left_out.rstrip("\n"))
    return "\n\n".join(blocks) + "\n"


def _entry(number: int, doubt: Doubt) -> str:
    lines = [f"{number}. {escape(subject_words(doubt))}"]
    lines += [f"   - {label}：{escape(text)}" for label, text in _fields(doubt)]
    return "\n".join(lines)


_MOST_SUBJECTS: Final = 12


def subject_words(doubt: Doubt) -> str:
    """Return where a doubt is and what it concerns; of a question for several items which they are."""
    if doubt.parts:
        return f"{some_of(doubt.concerns, _MOST_SUBJECTS)}（{len(doubt.parts)}处）"
    place, (concerns,) = doubt.place.words, doubt.concerns
    return place if concerns in (place, "") else f"{place}：{concerns}"


def refused_words(refused: Refused) -> str:
    """Return an answer that was not taken, without a stop: 对“1.1”责任单位的答复“乱写一气”没有采用：…"""
    doubt = refused.doubt
    return f"对{doubt.subject}{TITLES[doubt.code]}的答复“{in_words(refused.value)}”没有采用：{refused.why}"


def unused_words(unused: Sequence[Key], file: str) -> str:
    """Return which answers of a file fit no doubt, without a stop: answers.yaml：16.2完成时限“立行立改”的答复…."""
    named = [
        f"{key.subject}{TITLES[key.code]}" + (f"“{cut(key.text, 40)}”" if key.text else "")
        for key in unused
    ]
    return (
        f"{file}里对{some_of(named, _MOST_SUBJECTS)}的答复没有对应的疑点，没有采用："
        "请核对 subject 和 text 是否照通知所写，不再需要的请删去"
    )


def _fields(doubt: Doubt) -> Iterator[tuple[str, str]]:
    if doubt.text.strip():
        yield "原文", doubt.text
    yield "疑点", doubt.why
    if doubt.read:
        yield "现读作", doubt.read
    others = [choice.label for choice in doubt.choices]
    if others:
        yield (
            "可选",
            "　".join(f"{_NUMBERS[i % len(_NUMBERS)]}{label}" for i, label in enumerate(others)),
        )
    yield "处理", doubt.remedy
    if doubt.answer is not None:
        yield "已答复", in_words(doubt.answer)


def as_json(
    draft: Draft, name: str, written: Sequence[str], changes: Sequence[Change] | None
) -> dict[str, Any]:
    """Return what an import found as a value that ``json`` knows."""
    value: dict[str, Any] = {
        "file": name,
        "tasks": len(draft.tasks),
        "items": sum(len(task["items"]) for task in draft.tasks),
        "units": len(draft.units),
        "written": list(written),
        "doubts": [
            _doubt_json(each, draft.refused) for each in draft.doubts if each.code != SUGGESTED
        ],
        "suggestions": [
            _doubt_json(each, draft.refused) for each in draft.doubts if each.code == SUGGESTED
        ],
        "left_out": [
            {"place": _place_json(left.place), "text": left.text, "what": left.what}
            for left in draft.left_out
        ],
    }
    if changes is not None:
        value["changes"] = [change._asdict() for change in changes]
    return value


def _doubt_json(doubt: Doubt, refused: Sequence[Refused]) -> dict[str, Any]:
    parts = doubt.parts or (doubt,)
    why = next((each.why for each in refused if each.doubt.key in {p.key for p in parts}), None)
    return {
        "about": doubt.code,
        "subject": None if doubt.parts else doubt.subject,
        "place": None if doubt.parts else _place_json(doubt.place),
        "subjects": list(doubt.subjects) or None,
        "places": [_place_json(part.place) for part in doubt.parts] or None,
        "text": doubt.text,
        "why": doubt.why,
        "read": doubt.read or None,
        "choices": [{"label": choice.label, "value": choice.value} for choice in doubt.choices],
        "remedy": doubt.remedy,
        "answer": doubt.answer,
        "refused": why,
    }


def _place_json(place: Place) -> dict[str, Any]:
    numbers = {name: value or None for name, value in place._asdict().items()}
    return {**numbers, "words": place.words}


def imported_page(draft: Draft, changes: Sequence[Change] | None) -> Page:
    """Return what was read, the changes against the list that was there, and the doubts that are open."""
    head = paragraph(f"{draft.notice['title']}", STRONG)
    blocks: list[Iterable[Part]] = [(head, paragraph(f"{summary(draft)}。"))]
    if changes is not None:
        blocks.append(_change_lines(changes))
    for code, title in TITLES.items():
        doubts = [each for each in (*draft.open_doubts, *draft.suggestions) if each.code == code]
        if doubts:
            lines = (line for doubt in doubts for line in doubt_lines(doubt, _MOST_READ))
            blocks.append(((StyledText(f"{title}（{len(doubts)}处）", STRONG),), *lines))
    return page(*blocks)


def trace_page(draft: Draft) -> Page:
    """Return what each row and paragraph was taken for, and why."""
    if not draft.taken:
        return page(paragraph("这是本程序导出的清单，按各栏的名称读入。"))
    return page(part for each in draft.taken for part in _taken(each))


def _taken(each: Taken) -> Iterator[Part]:
    yield hanging(f"{each.place.words}　{each.what}", f"（{each.why}）", indent=4)
    yield hanging("    ", _short(each.text), indent=4, style=FAINT)


def _change_lines(changes: Sequence[Change]) -> Iterator[Part]:
    yield (StyledText("与原清单相比", STRONG),)
    if not changes:
        yield (StyledText("  没有变化。"),)
    for change in changes:
        yield hanging(f"  {change.kind} {change.id}", change.words, indent=14)


def doubt_lines(doubt: Doubt, most: int = sys.maxsize) -> Iterator[Part]:
    """Yield one doubt as the terminal shows it, of what was read ``most`` lines."""
    yield hanging("  ", subject_words(doubt), indent=2, style=WARNING)
    for label, text in _fields(doubt):
        if label == "现读作":
            lines = text.split("\n")
            if len(lines) > most:
                lines = [*lines[:most], f"……（共{len(lines)}条）"]
            for number, line in enumerate(lines):
                head = StyledText("" if number else f"    {label}")
                yield hanging(head, line, indent=12)
        elif label != "可选":
            style = FAINT if label == "原文" else ""
            yield hanging(f"    {label}", _short(text), indent=12, style=style)


def doubt_page(doubts: Sequence[Doubt]) -> Page:
    """Return the first of the doubts that are open."""
    head = StyledText(f"{TITLES[doubts[0].code]}（还有{len(doubts)}处）", STRONG)
    return page(((head,),), tuple(doubt_lines(doubts[0])))


def together_page(doubts: Sequence[Doubt]) -> Page:
    """Return doubts that can be answered together, numbered, each with what its first choice makes of it."""
    head = StyledText(f"关于整份清单的{len(doubts)}处，建议这样答复", STRONG)
    return page(((head,),), tuple(_together_lines(doubts)))


def _together_lines(doubts: Sequence[Doubt]) -> Iterator[Part]:
    for number, doubt in enumerate(doubts, 1):
        subjects = some_of(doubt.concerns, _MOST_SUBJECTS)
        named = subjects in doubt.why or any(f"“{each}”" in doubt.why for each in doubt.subjects)
        text = doubt.why if named else f"{subjects}：{doubt.why}"
        yield hanging(f"  {number}", text, indent=5)
        for line in _said(doubt):
            yield hanging("", line, indent=7, style=FAINT)
        label = doubt.choices[0].label
        if doubt.code == "extra-column":
            label = f"作为“{label}”，不写入清单"
        yield hanging("", f"→ {label}", indent=5)


def _said(doubt: Doubt) -> Iterator[str]:
    """Yield the lines of what was read where it isn't what is proposed, or else of the notice's words."""
    read = "" if doubt.code == "lead-rule" else doubt.read
    return (_short(line) for line in (read or doubt.text).split("\n") if line.strip())


def _short(text: str) -> str:
    plain = " ".join(text.split("\n"))
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}……"
