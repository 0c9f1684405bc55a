"""Questions on a terminal, in Chinese to the last word."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from gaigai_cli.characters import harmless
from gaigai_cli.errors import GaigaiError
from gaigai_cli.words.normal import plain

if TYPE_CHECKING:
    from gaigai_cli.work.questions import Question

T = TypeVar("T")

_YES: Final = ("是", "y", "yes", "好", "1")
_NO_MORE: Final = "（没有请直接回车）"
_NO: Final = ("否", "n", "no", "不", "0")


class Cancelled(GaigaiError):  # noqa: N818 - named for what it says
    """The person has had enough; nothing was written."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__("已取消，没有写入")


class Declined(Cancelled):
    """The person has seen what would be written and said no."""


def on_terminal() -> bool:
    """Return whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def words(question: str, *, default: str = "", required: bool = False, note: str = "") -> str:
    """Return one line as typed, without blanks around it; ``default`` where nothing is typed."""
    note = note or (f"［{default}］" if default else "" if required else "（可不填）")
    while True:
        typed = _line(f"{question}{note}：") or default
        if typed or not required:
            return typed
        say("这一项必须填写。")


def value(
    question: str, read: Callable[[str], T], *, required: bool = False, note: str = ""
) -> tuple[str, T] | None:
    """Return what is typed and what ``read`` makes of it, asked again until it can be read; None for nothing."""
    while True:
        typed = words(question, required=required, note=note)
        if not typed:
            return None
        try:
            return typed, read(typed)
        except GaigaiError as error:
            say(f"{str(error).rstrip('。')}。")


def choice(question: str, choices: Sequence[tuple[T, str]], *, default: int = 0) -> T:
    """Return one of numbered choices; ``default`` is the number that an empty line means, 0 for none."""
    for number, (_, name) in enumerate(choices, 1):
        say(f"  {number}  {name}")
    while True:
        typed = plain(words(question, default=str(default) if default else "", required=True))
        if typed.isdecimal() and 1 <= int(typed) <= len(choices):
            return choices[int(typed) - 1][0]
        named = [meant for meant, name in choices if typed in name.split()]
        if len(named) == 1:
            return named[0]
        say(f"请填 1 到 {len(choices)} 的序号。")


def asked(question: Question) -> list[str]:
    """Return the words with which a person answers a question; none where it says nothing."""
    if question.parts:
        return [f"{start}{words}" for start, part in question.parts for words in asked(part)]
    if question.choices:
        say(question.because or f"{question.label}：")
        number = f"{question.label}（序号）" if question.because else "序号"
        chosen = choice(number, question.choices, default=1 if question.because else 0)
        return [chosen] if chosen else []

    found: list[str] = []
    while True:
        name = f"{_words(question)}第{len(found) + 1}件" if found else _words(question)
        note, needed = _NO_MORE if found else "", question.required and not found
        answer = value(name, lambda typed: question.read([typed]), required=needed, note=note)
        if answer is None:
            return found
        found.append(answer[0])
        if not question.many:
            return found


def _words(question: Question) -> str:
    if not question.hint:
        return question.label
    figure = question.name == "metrics"
    return f"{question.label}{f'，{question.hint}' if figure else f'（{question.hint}）'}"


def confirm(question: str, *, default: bool = True) -> bool:
    """Return whether the person answers 是."""
    while True:
        typed = words(f"{question}（是/否）", default="是" if default else "否").lower()
        if typed in _YES:
            return True
        if typed in _NO:
            return False
        say("请填“是”或“否”。")


def say(sentence: str) -> None:
    """Print a line between questions."""
    print(harmless(sentence), flush=True)


def _line(prompt: str) -> str:
    """Return a line from the person; the end of input (Ctrl-D) and an interruption (Ctrl-C) cancel."""
    with suppress(ImportError):  # on Windows
        import readline  # noqa: F401 - gives the line its editing keys
    try:
        return input(harmless(prompt)).strip()
    except (EOFError, KeyboardInterrupt):
        say("")
        raise Cancelled from None
