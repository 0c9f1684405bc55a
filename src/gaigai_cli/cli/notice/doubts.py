"""Doubts gone through one by one on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from gaigai_cli.cli import ask
from gaigai_cli.cli.output import Output
from gaigai_cli.errors import GaigaiError
from gaigai_cli.words.normal import plain
from gaigai_cli.work.values import pieces

if TYPE_CHECKING:
    from gaigai_cli.notice.doubts import Doubt, Key
    from gaigai_cli.notice.draft import Draft
    from gaigai_cli.work.take_notice import Import

T = TypeVar("T")
Does = Callable[[Sequence["Doubt"]], bool]
"""What a choice does, given the doubts that are to be answered like the one at hand; whether that answers it."""
Answered = Sequence[tuple["Doubt", Any]]
"""Doubts with their answers."""

_STOP_WORDS: Final = ("q", "Q", "ｑ", "停止")
_BACK_WORDS: Final = ("b", "B", "ｂ", "返回", "上一处")
_SKIP_WORDS: Final = ("s", "S", "ｓ", "跳过")
_HELP_WORDS: Final = ("?", "？", "说明")
_ALL_SIGNS: Final = "*＊"
_FEWEST_TOGETHER: Final = 2
_ISSUED: Final = "印发日期"
_YEAR: Final = "任务年度"
_RETURN: Final = "直接回车返回，q 停止"
_EXAMPLES: Final = {
    "notice": "",
    "units": "如 牵头单位：县住建局；责任单位：县发改局、县财政局",
    "lead-rule": "如 牵头单位：县住建局；责任单位：县发改局、县财政局",
    "deadline": "如 2024年6月30日前、每季度末",
}
"""The doubts to which an answer can be typed, and what one looks like."""
_HELP: Final = (
    "填序号：照这一种答复；序号后加 *（如 1*）：同类的其余各处凡有这一种的，都这样答复。",
    "能填写的疑点可以直接填写内容，不必先选“另行填写”。",
    "b：返回上一处重新答复；s：这一类都以后再说；q：停止，已答复的都已保存，下次接着核对。",
)


class DoubtWalk:
    """A walk through the open doubts. q, Ctrl-D or Ctrl-C ends it, answers kept.

    An answer may settle other doubts, or raise new ones.
    """

    def __init__(self, draft: Draft, importing: Import, output: Output) -> None:
        self._draft = draft
        self._importing = importing
        self._output = output
        self._skipped: set[Key] = set()
        self._apart: set[str] = set()
        self._done: list[frozenset[Key] | None] = []  # what was skipped, None where it was answered

    def walk(self) -> Draft:
        """Ask about every open doubt; the draft once that is done."""
        try:
            self._ask_together()
            while doubts := self._open():
                self._ask(doubts[0], doubts)
        except ask.Cancelled:
            self._output.message("已停止核对，已答复的都已保存。")
        return self._draft

    def _open(self) -> list[Doubt]:
        """Return the doubts that are neither answered nor skipped.

        A question for several items that is answered one by one counts once for each.
        """
        found: list[Doubt] = []
        for doubt in (*self._draft.open_doubts, *self._draft.suggestions):
            found += doubt.parts if doubt.parts and doubt.asked in self._apart else (doubt,)
        return [doubt for doubt in found if doubt.key not in self._skipped]

    def _ask_together(self) -> None:
        """Ask once about all that concerns the whole list; what is to be answered otherwise is asked alone later."""
        from gaigai_cli.render.console.imported import together_lines
        from gaigai_cli.render.lines import StyledText, page

        doubts = [doubt for doubt in self._open() if doubt.is_of_whole_list]
        if len(doubts) < _FEWEST_TOGETHER:
            return
        head = ((StyledText(f"关于整份清单的{len(doubts)}处，建议这样答复", "bold"),),)
        self._output.show(page(head, tuple(together_lines(doubts, self._output.width))))
        while (others := self._others(len(doubts))) is None:
            ask.say(f"请填 1 到 {len(doubts)} 的序号，几处之间用空格隔开；都照建议的直接回车。")
        ask.say("")
        same = [doubt for number, doubt in enumerate(doubts, 1) if number not in others]
        if same:
            self._keep([(doubt, doubt.choices[0].value) for doubt in same])

    def _others(self, count: int) -> set[int] | None:
        """Return the numbers of those that are to be answered otherwise; None where what is typed isn't numbers."""
        typed = ask.words(
            "都照建议答复直接回车", note="（要另行答复的填序号，如 2 3；s 逐处答复，q 停止）"
        )
        if typed in _STOP_WORDS:
            raise ask.Cancelled
        if typed in _SKIP_WORDS:
            return set(range(1, count + 1))
        found = {int(word) if word.isdecimal() else 0 for word in pieces(plain(typed))}
        return found if found <= set(range(1, count + 1)) else None

    def _ask(self, doubt: Doubt, doubts: Sequence[Doubt]) -> None:
        from gaigai_cli.notice.doubts import TITLES
        from gaigai_cli.render.console.imported import doubt_lines
        from gaigai_cli.render.lines import StyledText, page

        head = ((StyledText(f"{TITLES[doubt.code]}（还有{len(doubts)}处）", "bold"),),)
        self._output.show(page(head, tuple(doubt_lines(doubt, self._output.width))))
        choices = list(self._choices(doubt))
        for number, (name, _) in enumerate(choices, 1):
            ask.say(f"  {number}  {name}")
        others = [other for other in doubts[1:] if other.code == doubt.code]
        while not self._answer(doubt, [does for _, does in choices], others):
            pass
        ask.say("")

    def _choices(self, doubt: Doubt) -> Iterator[tuple[str, Does]]:
        """Yield what can be chosen, and what that does to the doubt and to those that are answered like it."""
        from gaigai_cli.notice.doubts import CONFIRMED

        for choice in doubt.choices:
            yield choice.label, partial(self._choose, doubt, choice.value)
        if doubt.parts:
            yield "逐处答复", lambda _: self._part(doubt)
        elif doubt.code == "indicators":
            if _several(doubt):
                yield "只写入其中几项", lambda _: self._change(doubt, _some)
            yield "改名称或数字", lambda _: self._change(doubt, _mended)
        if _takes_words(doubt):
            yield "另行填写", lambda _: self._type(doubt)
        elif not doubt.choices and not doubt.parts:
            yield "已核对", partial(self._choose, doubt, CONFIRMED)
        yield "以后再说", lambda same: self._skip([doubt, *same])

    def _answer(self, doubt: Doubt, does: Sequence[Does], others: Sequence[Doubt]) -> bool:
        """Return whether what was typed is an answer, which is kept then. Raises ``Cancelled`` for enough."""
        more = f"；加 * 同答其余{len(others)}处" if others else ""
        typed = ask.words("序号", required=True, note=f"（1—{len(does)}{more}；? 说明，q 停止）")
        if typed in _STOP_WORDS:
            raise ask.Cancelled
        if typed in _HELP_WORDS:
            for line in (*_HELP, *_example(doubt)):
                ask.say(f"  {line}")
            return False
        if typed in _BACK_WORDS:
            return self._back()
        if typed in _SKIP_WORDS:
            return self._skip([doubt, *others])
        number = plain(typed).rstrip(_ALL_SIGNS)
        if not number.isdecimal():
            return self._write(doubt, typed)
        if not 1 <= int(number) <= len(does):
            ask.say(f"请填 1 到 {len(does)} 的序号，停止核对请填 q。")
            return False
        return does[int(number) - 1](others if plain(typed)[-1] in _ALL_SIGNS else ())

    def _choose(self, doubt: Doubt, value: Any, same: Sequence[Doubt]) -> bool:
        """Keep a choice, for the ``same`` too, as far as they have it."""
        too = [one for one in same if any(choice.value == value for choice in one.choices)]
        return self._keep([(one, value) for one in (doubt, *too)])

    def _part(self, doubt: Doubt) -> bool:
        self._apart.add(doubt.asked)
        return True

    def _type(self, doubt: Doubt) -> bool:
        example = _EXAMPLES[doubt.code] if doubt.subject != _ISSUED else "如 2024-05-07"
        note = f"（{example}；{_RETURN}）" if example else f"（{_RETURN}）"
        typed = _line("填写", str, note)
        return typed is not None and self._write(doubt, typed)

    def _change(self, doubt: Doubt, change: Callable[[Sequence[Any]], list[Any] | None]) -> bool:
        value = change(doubt.choices[0].value)
        return value is not None and self._keep([(doubt, value)])

    def _write(self, doubt: Doubt, words: str) -> bool:
        """Keep words as the answer, where they can be read as one; those that can't are told."""
        if not _takes_words(doubt):
            ask.say("请填序号，停止核对请填 q。")
            return False
        names = _names_to_confirm(doubt, words, self._draft)
        if names and ask.confirm(f"“{'、'.join(names)}”看不出是不是单位名称，确是单位吗"):
            return self._keep([*_as_units(names), (doubt, words)])
        if doubt.subject == _ISSUED:
            words, why = _as_day(words), "日期应写成 2024-05-07 的样子"
        elif doubt.subject == _YEAR:
            words, why = _as_year(words), "任务年度应写成 2024 的样子"
        if words:
            self._keep([(doubt, words)])
            keys = {part.key for part in doubt.parts or (doubt,)}
            why = next((one.why for one in self._draft.refused if one.doubt.key in keys), "")
            if not why:
                return True
            self._back()
        ask.say(f"{why}。请重新填写。")
        return False

    def _keep(self, answered: Answered) -> bool:
        self._draft = self._importing.keep(answered)
        self._done.append(None)
        return True

    def _skip(self, doubts: Sequence[Doubt]) -> bool:
        keys = frozenset(doubt.key for doubt in doubts)
        self._skipped |= keys
        self._done.append(keys)
        return True

    def _back(self) -> bool:
        if not self._done:
            ask.say("这是第一处。")
            return False
        skipped = self._done.pop()
        if skipped is None:
            self._draft = self._importing.back()
        else:
            self._skipped -= skipped
        return True


def _takes_words(doubt: Doubt) -> bool:
    """Return whether words can be an answer: not for fields of the notice together, nor for the rule of all leads.

    A question about leads that is about the cells of items is ``asked`` in words.
    """
    together = (
        doubt.parts if doubt.code == "notice" else doubt.code == "lead-rule" and not doubt.asked
    )
    return doubt.code in _EXAMPLES and not together


def _example(doubt: Doubt) -> Iterator[str]:
    if _takes_words(doubt) and (example := _EXAMPLES[doubt.code]):
        yield f"可以直接填写，{example}。"


def _several(doubt: Doubt) -> bool:
    """Return whether several indicators are proposed."""
    proposed = doubt.choices[0].value if doubt.choices else None
    return isinstance(proposed, list) and len(proposed) > 1


def _as_units(names: Sequence[str]) -> Iterator[tuple[Doubt, Any]]:
    """Yield the answers that names are units."""
    from gaigai_cli.notice.answers import A_UNIT
    from gaigai_cli.notice.document import Place
    from gaigai_cli.notice.doubts import Doubt

    for name in names:
        yield Doubt("units", Place(), name, name, "", ""), A_UNIT


def _some(proposed: Sequence[Any]) -> list[Any] | None:
    """Return those of the proposed indicators whose numbers are typed; None for none."""
    numbers = range(1, len(proposed) + 1)

    def read(typed: str) -> list[Any]:
        words = pieces(plain(typed))
        if not words or not all(word.isdecimal() and int(word) in numbers for word in words):
            raise GaigaiError(f"请填 1 到 {len(proposed)} 的项号，几项之间用空格隔开")
        return [proposed[number - 1] for number in sorted({int(word) for word in words})]

    return _line("写入哪几项", read, f"（如 1 {len(proposed)}；{_RETURN}）")


def _mended(proposed: Sequence[Any]) -> list[Any] | None:
    """Return the proposed indicators with names and figures as typed; an empty line leaves what is proposed."""
    from gaigai_cli.notice.indicators import proposal_words, proposals

    mended = []
    for each in proposed:
        ask.say(f"  {proposal_words(each)}")
        name = ask.words("名称", default=str(each["name"]))
        if name in _STOP_WORDS:
            raise ask.Cancelled

        def read(typed: str, name: str = name) -> dict[str, Any]:
            found = list(proposals(f"{name}{typed}"))
            if len(found) != 1:
                raise GaigaiError("看不出是什么数字", "请写成“不少于3次”“达到90%”的样子")
            return found[0]

        found = ask.value("数字", read, note="（如 不少于3次；直接回车不改）")
        changed = {**each, **(found[1] if found else {}), "id": each["id"], "name": name}
        mended.append(changed)
    return mended


def _line(question: str, read: Callable[[str], T], note: str) -> T | None:
    """Return what is typed, read; None for nothing. Raises ``Cancelled`` where somebody has had enough."""
    found = ask.value(
        question, lambda typed: None if typed in _STOP_WORDS else read(typed), note=note
    )
    if found is not None and found[1] is None:
        raise ask.Cancelled
    return found[1] if found else None


def _names_to_confirm(doubt: Doubt, words: str, draft: Draft) -> tuple[str, ...]:
    """Return names in typed words that may be units, where nothing else in them is unclear."""
    from gaigai_cli.words.units import read_units

    if doubt.code not in ("units", "lead-rule"):
        return ()
    reading = read_units(words, _known(draft))
    sure = read_units(words, _known(draft) | frozenset(reading.unknown))
    return () if sure.doubts else reading.unknown


def _known(draft: Draft) -> frozenset[str]:
    return frozenset(str(unit["name"]) for unit in draft.units)


def _as_year(words: str) -> str:
    """Return a year in figures; empty for words that are none."""
    from gaigai_cli.model.calendar import YEARS

    return words if words.isdecimal() and int(words) in YEARS else ""


def _as_day(words: str) -> str:
    """Return 2024年5月7日 as 2024-05-07; empty for words that are no day."""
    from datetime import date

    from gaigai_cli.words.typed import plain_day

    with suppress(ValueError):
        return (plain_day(words) or date.fromisoformat(words)).isoformat()
    return ""
