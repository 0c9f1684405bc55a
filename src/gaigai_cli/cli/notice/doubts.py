"""Doubts gone through one by one on a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from gaigai_cli.cli import ask
from gaigai_cli.cli.output import Output
from gaigai_cli.errors import GaigaiError
from gaigai_cli.words.normal import plain

if TYPE_CHECKING:
    from gaigai_cli.notice.doubts import Doubt, Key
    from gaigai_cli.notice.draft import Draft


T = TypeVar("T")

_SKIP: Final = object()
_OWN: Final = object()
_SOME: Final = object()
_STOP: Final = object()
_STOP_WORDS: Final = ("q", "Q", "ｑ", "停止")
_ISSUED: Final = "印发日期"
_YEAR: Final = "任务年度"
_BACK: Final = "直接回车返回，q 停止"
_EXAMPLES: Final = {
    "notice": "",
    "units": "如 牵头单位：县住建局；责任单位：县发改局、县财政局；",
    "deadline": "如 2024年6月30日前、每季度末；",
}
"""The doubts to which an answer can be typed, and what one looks like."""


def review(draft: Draft, keep: Callable[[Doubt, Any], Draft], output: Output) -> Draft:
    """Ask about every open doubt; ``keep`` keeps an answer and gives the draft that it makes.

    An answer may settle other doubts, or raise new ones. q, Ctrl-D or Ctrl-C ends the review, answers kept.
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
    from gaigai_cli.notice.doubts import TITLES
    from gaigai_cli.render.console.imported import doubt_lines
    from gaigai_cli.render.lines import StyledText, page

    head = ((StyledText(f"{TITLES[doubt.code]}（还有{left}处）", "bold"),),)
    output.show(page(head, tuple(doubt_lines(doubt, output.width))))
    choices = _choices(doubt)
    for number, (_, name) in enumerate(choices, 1):
        ask.say(f"  {number}  {name}")
    while True:
        answer = _chosen([meant for meant, _ in choices])
        if answer is _OWN:
            answer = _typed(doubt, draft)
        elif answer is _SOME:
            answer = _some(doubt.choices[0].value)
        if answer is not None:
            ask.say("")
            return answer


def _choices(doubt: Doubt) -> list[tuple[Any, str]]:
    """What can be chosen, each with its words."""
    from gaigai_cli.notice.doubts import CONFIRMED

    choices: list[tuple[Any, str]] = [(choice.value, choice.label) for choice in doubt.choices]
    if doubt.code == "indicators" and _several(doubt):
        choices.append((_SOME, "只写入其中几项"))
    if doubt.code in _EXAMPLES:
        choices.append((_OWN, "另行填写"))
    elif not choices:
        choices.append((CONFIRMED, "已核对"))
    return [*choices, (_SKIP, "以后再说")]


def _several(doubt: Doubt) -> bool:
    """Whether several indicators are proposed."""
    proposed = doubt.choices[0].value if doubt.choices else None
    return isinstance(proposed, list) and len(proposed) > 1


def _chosen(meant: Sequence[Any]) -> Any:
    """One of the choices by its number. Raises ``Cancelled`` where somebody has had enough."""
    last = len(meant)

    def read(typed: str) -> Any:
        if typed in _STOP_WORDS:
            return _STOP
        number = plain(typed)
        if not (number.isdecimal() and 1 <= int(number) <= last):
            raise GaigaiError(f"请填 1 到 {last} 的序号，停止核对请填 q")
        return meant[int(number) - 1]

    found = ask.value("序号", read, required=True, note=f"（1—{last}，q 停止）")
    if found is None or found[1] is _STOP:
        raise ask.Cancelled
    return found[1]


def _typed(doubt: Doubt, draft: Draft) -> str | None:
    """Words that can be read as the cell would be; None for none."""

    def read(words: str) -> str:
        words = _as_day(words) if doubt.subject == _ISSUED else words
        why = _unreadable(doubt, words, draft)
        if why:
            raise GaigaiError(why, "请重新填写")
        return words

    example = "如 2024-05-07；" if doubt.subject == _ISSUED else _EXAMPLES[doubt.code]
    return _line("填写", read, f"（{example}{_BACK}）")


def _some(proposed: Sequence[Any]) -> list[Any] | None:
    """Those of the proposed indicators whose numbers are typed; None for none."""
    numbers = range(1, len(proposed) + 1)

    def read(typed: str) -> list[Any]:
        words = re.split(r"[\s,、，；;]+", plain(typed).strip())
        if not all(word.isdecimal() and int(word) in numbers for word in words):
            raise GaigaiError(f"请填 1 到 {len(proposed)} 的项号，几项之间用空格隔开")
        return [proposed[number - 1] for number in sorted({int(word) for word in words})]

    return _line("写入哪几项", read, f"（如 1 {len(proposed)}；{_BACK}）")


def _line(question: str, read: Callable[[str], T], note: str) -> T | None:
    """What is typed, read; None for nothing. Raises ``Cancelled`` where somebody has had enough."""
    found = ask.value(
        question, lambda typed: None if typed in _STOP_WORDS else read(typed), note=note
    )
    if found is not None and found[1] is None:
        raise ask.Cancelled
    return found[1] if found else None


def _unreadable(doubt: Doubt, words: str, draft: Draft) -> str:
    from datetime import date

    from gaigai_cli.notice.cells import unclear
    from gaigai_cli.words.deadline import read_deadline
    from gaigai_cli.words.units import read_units

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
    if doubt.subject in (_ISSUED, _YEAR):
        return _unreadable_time(doubt.subject, words)
    return f"“{words}”不像{doubt.subject}，要选序号请直接回车返回" if words.isdecimal() else ""


def _unreadable_time(subject: str, words: str) -> str:
    from gaigai_cli.model.due_dates import YEARS

    if subject == _YEAR:
        known = words.isdecimal() and int(words) in YEARS
        return "" if known else "任务年度应写成 2024 的样子"
    return "" if _is_day(words) else "日期应写成 2024-05-07 的样子"


def _as_day(words: str) -> str:
    """2024年5月7日 as 2024-05-07; words that are no day as they are."""
    from gaigai_cli.words.typed import plain_day

    found = plain_day(words)
    return found.isoformat() if found else words


def _is_day(words: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True
