"""Doubts gone through one by one on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from gaigai_cli.cli import ask
from gaigai_cli.cli.output import Output
from gaigai_cli.errors import GaigaiError

if TYPE_CHECKING:
    from gaigai_cli.notice.doubts import Doubt, Key
    from gaigai_cli.notice.draft import Draft

_SKIP: Final = object()
_OWN: Final = object()
_TYPED: Final = frozenset(("notice", "units", "deadline"))
"""The doubts to which an answer can be typed."""


def review(draft: Draft, keep: Callable[[Doubt, Any], Draft], output: Output) -> Draft:
    """Ask about every open doubt; ``keep`` keeps an answer and gives the draft that it makes.

    An answer may settle other doubts, or raise new ones. Ctrl-D or Ctrl-C ends the review, answers kept.
    """
    skipped: set[Key] = set()
    try:
        while doubt := next((d for d in draft.open_doubts if d.key not in skipped), None):
            left = sum(d.key not in skipped for d in draft.open_doubts)
            answer = _asked(doubt, draft, left, output)
            if answer is _SKIP:
                skipped.add(doubt.key)
            else:
                draft = keep(doubt, answer)
    except ask.Cancelled:
        output.message("已停止核对，已答复的都已保存。")
    return draft


def _asked(doubt: Doubt, draft: Draft, left: int, output: Output) -> Any:
    from gaigai_cli.notice.answers import CONFIRMED
    from gaigai_cli.notice.doubts import TITLES
    from gaigai_cli.render.imported import doubt_lines
    from gaigai_cli.render.lines import Span, page

    head = ((Span(f"{TITLES[doubt.code]}（还有{left}处）", "bold"),),)
    output.show(page(head, tuple(doubt_lines(doubt, output.width))))
    choices: list[tuple[Any, str]] = [(choice.value, choice.label) for choice in doubt.choices]
    if doubt.code in _TYPED:
        choices.append((_OWN, "另行填写"))
    elif not choices:
        choices.append((CONFIRMED, "已核对"))
    choices.append((_SKIP, "以后再说"))
    answer = ask.choice("序号", choices)
    ask.say("")
    return _typed(doubt, draft) if answer is _OWN else answer


def _typed(doubt: Doubt, draft: Draft) -> str:
    """Words that can be read as the cell would be."""

    def read(words: str) -> str:
        why = _unreadable(doubt, words, draft)
        if why:
            raise GaigaiError(why, "请重新填写")
        return words

    found = ask.value("填写", read, required=True)
    assert found is not None
    return found[0]


def _unreadable(doubt: Doubt, words: str, draft: Draft) -> str:
    from datetime import date

    from gaigai_cli.model.deadline_words import read_deadline
    from gaigai_cli.model.unit_words import read_units
    from gaigai_cli.notice.reading import unclear

    if doubt.code == "units":
        return "；".join(read_units(words).doubts)
    if doubt.code == "deadline":
        issued = draft.notice["issued"]
        reading = read_deadline(
            words,
            year=int(draft.notice["year"]),
            issued=date.fromisoformat(issued) if issued else None,
        )
        return unclear(reading)
    if doubt.subject == "印发日期":
        try:
            date.fromisoformat(words)
        except ValueError:
            return "日期应写成 2024-05-07 的样子"
    return ""
