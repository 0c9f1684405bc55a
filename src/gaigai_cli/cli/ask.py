"""Questions on a terminal, in Chinese to the last word."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from gaigai_cli.characters import harmless
from gaigai_cli.errors import GaigaiError
from gaigai_cli.words.normal import plain
from gaigai_cli.work.values import pieces

if TYPE_CHECKING:
    from gaigai_cli.work.questions import AskedInTurn, InTurn, Question

T = TypeVar("T")

_YES: Final = ("是", "y", "yes", "好", "1")
_NO_MORE: Final = "（没有请直接回车）"
_LONGEST_NUMBER: Final = 2
"""Digits of what is taken for the number of a choice, not for words: a year has more."""
_STOP_WORDS: Final = ("q", "Q", "ｑ", "停止")
_BACK_WORDS: Final = ("b", "B", "ｂ", "上一步", "←")
_SKIP_WORDS: Final = ("s", "S", "ｓ", "跳过")
_HELP_WORDS: Final = ("?", "？", "说明")
_NO: Final = ("否", "n", "no", "不", "0")
_WAYS: Final = "b 返回上一项，s 这一项不填，q 停止"


class Cancelled(GaigaiError):  # noqa: N818 - named for what it says
    """The person has had enough; nothing was written."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__("已取消，没有写入")


class Declined(Cancelled):
    """The person has seen what would be written and said no."""


class Back(Exception):  # noqa: N818 - named for what it says
    """The person goes back to what was asked before these questions."""


def on_terminal() -> bool:
    """Return whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def words(
    question: str, *, default: str = "", required: bool = False, note: str | None = None
) -> str:
    """Return one line as typed, without blanks around it; ``default`` where nothing is typed.

    ``note`` stands behind the question; None: the default, or that it may be left out.
    """
    if note is None:
        note = f"［{default}］" if default else "" if required else "（可不填）"
    while True:
        typed = _line(f"{question}{note}：") or default
        if typed or not required:
            return typed
        say("这一项必须填写。")


def choice(
    label: str, choices: Sequence[tuple[T, str]], *, default: int = 0, preceded: bool = False
) -> T:
    """Return one of numbered choices; ``default`` is the number that an empty line means, 0 for none."""
    from gaigai_cli.work.questions import Question

    named = tuple((str(number), name) for number, (_, name) in enumerate(choices, 1))
    number = str(default) if default else ""
    question = Question(
        "", tuple, "choice", required=True, words=label, choices=named, default=number
    )
    (chosen,) = asked(question, preceded=preceded)
    return choices[int(chosen) - 1][0]


def _number(choices: Sequence[tuple[T, str]]) -> None:
    for number, (_, name) in enumerate(choices, 1):
        say(f"  {number}  {name}")


def _meant(typed: str, choices: Sequence[tuple[T, str]]) -> T:
    """Return the choice that a number or a word of its own means. Raises ``GaigaiError`` for other words."""
    number = plain(typed)
    for count, (meant, _) in enumerate(choices, 1):
        if number == str(count):
            return meant
    named = [meant for meant, name in choices if number in name.split()]
    if len(named) != 1:
        raise GaigaiError(f"请填 1 到 {len(choices)} 的序号")
    return named[0]


def asked(question: Question, *, preceded: bool = False) -> list[str]:
    """Return the words with which a person answers a single question; none where it says nothing."""
    from gaigai_cli.work.questions import AskedInTurn

    walk = AskedInTurn([question])
    fields_in_turn(walk, preceded=preceded)
    return walk.given.get(question.name, [])


def fields_in_turn(walk: AskedInTurn, *, preceded: bool = False) -> None:
    """Ask field by field. Raises ``Cancelled`` where somebody has had enough."""
    if walk.are_several:
        say(f"（随时可填：{_WAYS}）")
    in_turn(walk, (f"{_WAYS}。",), preceded=preceded)


def in_turn(
    walk: InTurn,
    explained: Sequence[str],
    shown: Callable[[Question], bool] = lambda question: False,
    *,
    preceded: bool = False,
) -> None:
    """Ask until nothing is left. Raises ``Cancelled`` where somebody has had enough.

    Where the questions are ``preceded`` by another, going back from the first raises ``Back``. ``explained`` is told
    to who asks for help. ``shown`` shows, once for each, what a question is about, and says
    whether that stands in the place of the question's own words.
    """
    told, again = False, False
    while question := walk.question:
        if not again:
            told = shown(question)
            _introduce(question, told=told)
        again = True
        typed = _typed(question, told=told)
        if typed in _STOP_WORDS:
            raise Cancelled
        if typed in _HELP_WORDS:
            for line in explained:
                say(f"  {line}")
            continue
        try:
            if typed in _BACK_WORDS:
                if not walk.back():
                    if preceded:
                        raise Back
                    raise GaigaiError("这是第一项")
            elif typed in _SKIP_WORDS:
                walk.skip()
            else:
                _answer(walk, question, typed)
        except GaigaiError as error:
            say(f"{str(error).rstrip('。')}。")
        else:
            again = False


def _introduce(question: Question, *, told: bool) -> None:
    """Print what stands before a question: what has to be known, and its choices."""
    if question.because:
        say(question.because)
    elif question.choices and not (question.many or told):
        say(f"{question.label}：")
    if not (question.many and told):
        _number(question.choices)
    if question.free:
        say(f"  或直接填写{f'，{question.hint}' if question.hint else ''}")


def _typed(question: Question, *, told: bool) -> str:
    """Return what is typed to a question."""
    count = len(question.choices)
    if question.choices and question.many:
        return words(question.label, required=question.required, note=f"（{question.hint}）")
    if question.choices:
        name = f"{question.label}（序号）" if question.because else "序号"
        more = f"；如 1*，其余{question.alike}处同样答复" if question.alike else ""
        numbers = f"1—{count}" if count > 1 else "1"
        note = f"（{numbers}{more}；? 说明，q 停止）" if told else None
        default = question.default or ("1" if question.because else "")
        return words(name, default=default, required=True, note=note)
    name = _words(question)
    if question.more:
        counted = "个" if question.form == "units" else "件"
        return words(f"{name}第{question.more + 1}{counted}", note=_NO_MORE)
    if name.endswith("）") and not (question.default or question.required):
        said = "不写" in question.hint or "不填" in question.hint
        return words(f"{name.removesuffix('）')}{'' if said else '；可不填'}）", note="")
    return words(name, default=question.default, required=question.required)


def _answer(walk: InTurn, question: Question, typed: str) -> None:
    """Give what is typed as an answer. Raises ``GaigaiError`` for what is none."""
    if not question.choices:
        if typed:
            question.read([typed])
        walk.answer([typed] if typed else [])
    elif question.many:
        numbers = pieces(plain(typed)) or ([typed] if typed else [])
        walk.answer([_meant(number, question.choices) for number in numbers])
    else:
        number = plain(typed).rstrip("*")
        try:
            meant = _meant(number, question.choices)
        except GaigaiError:
            if not question.free or (number.isdecimal() and len(number) <= _LONGEST_NUMBER):
                raise
            walk.answer([typed])
        else:
            walk.answer([meant] if meant else [], alike=number != plain(typed))


def _words(question: Question) -> str:
    if not question.hint:
        return question.label
    figure = question.name == "metrics"
    return f"{question.label}{f'，{question.hint}' if figure else f'（{question.hint}）'}"


def confirm(question: str, *, default: bool = True) -> bool:
    """Return whether the person answers 是."""
    while True:
        typed = words(f"{question}（是/否）", default="是" if default else "否").lower()
        if typed in _STOP_WORDS:
            raise Cancelled
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
