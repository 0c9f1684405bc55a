"""The doubts of an import, as questions that any front end can ask one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.exported import NOTICE_LABELS
from gaigai_cli.notice.answers import A_UNIT
from gaigai_cli.notice.document import Place
from gaigai_cli.notice.doubts import SEEN, Choice, Doubt, Key
from gaigai_cli.notice.draft import Draft
from gaigai_cli.notice.indicators import proposal_words, proposals
from gaigai_cli.words.units import read_units
from gaigai_cli.work.questions import AskedInTurn, Question, only
from gaigai_cli.work.take_notice import Import

T = TypeVar("T")

_FEWEST_TOGETHER: Final = 2
_UNITS_LOOK: Final = "如 牵头单位：县住建局；责任单位：县发改局、县财政局"
_EXAMPLES: Final = {
    "notice": "",
    "units": _UNITS_LOOK,
    "lead-rule": _UNITS_LOOK,
    "deadline": "如 6月30日前、每季度末、长期坚持",
}
"""What an answer looks like that can be written, by what the doubt is about."""
_YES, _NO = "确是单位", "不是，重新填写"

Does = Callable[[Sequence[Doubt]], None]
"""What a choice does, given the doubts that are to be answered like the one at hand."""


class DoubtsInTurn:
    """The open doubts of a draft; each answer is kept at once, and may settle other doubts, or raise new ones.

    First it is asked at once which of the doubts about the whole list are to be answered otherwise than proposed.
    """

    def __init__(self, draft: Draft, importing: Import) -> None:
        self._draft = draft
        self._importing = importing
        self._skipped: set[Key] = set()
        self._apart: set[str] = set()
        self._undo: list[Callable[[], None]] = []
        self._further: tuple[AskedInTurn, Callable[[AskedInTurn], None]] | None = None
        self._together: Sequence[Doubt] | None = None

    @property
    def together(self) -> Sequence[Doubt]:
        """The doubts that are asked about at once, until they are; none as long as the notice lacks its day.

        Other facts of the notice, such as its cycle of reports, are only read once that is known.
        """
        doubts = self.doubts
        if any(map(_is_unknown_day, doubts)):
            self._together = None
        elif self._together is None:
            whole = [doubt for doubt in doubts if doubt.is_of_whole_list]
            self._together = whole if len(whole) >= _FEWEST_TOGETHER else ()
        return self._together or ()

    @property
    def doubts(self) -> list[Doubt]:
        """The doubts that are neither answered nor put off, the one that is asked about first.

        A question for several items that is answered one by one counts once for each.
        """
        found: list[Doubt] = []
        for doubt in (*self._draft.open_doubts, *self._draft.suggestions):
            found += doubt.parts if doubt.parts and doubt.asked in self._apart else (doubt,)
        found.sort(key=_is_unknown_day, reverse=True)
        return [doubt for doubt in found if doubt.key not in self._skipped]

    @property
    def question(self) -> Question | None:
        """What is asked now: about all together, about one doubt, or further about one."""
        if self._further:
            return self._further[0].question
        if self.together:
            proposed = [doubt.choices[0].label for doubt in self.together]
            return Question(
                "together",
                tuple,
                "choice",
                many=True,
                words="都照建议答复直接回车，否则填序号",
                hint="如 2 3；? 说明，q 停止",
                choices=_numbered(proposed),
            )
        doubts = self.doubts
        if not doubts:
            return None
        doubt = doubts[0]
        return Question(
            doubt.code,
            tuple,
            "choice",
            required=True,
            hint=_example(doubt),
            choices=tuple((label, label) for label in self._does(doubt)),
            free=doubt.takes_words,
            alike=len(_alike(doubts)),
        )

    @property
    def is_further(self) -> bool:
        """Whether more is asked about a doubt that has been told."""
        return self._further is not None

    def answer(self, words: Sequence[str], *, alike: bool = False) -> None:
        """Take an answer: choices, or words that can be read as one. Raises ``GaigaiError`` for others."""
        if self._further:
            self._further[0].answer(words)
            self._take_further()
        elif self.together:
            others = [doubt for number, doubt in _numbered(self.together) if number in words]
            self._answer_together(others, apart=True)
        else:
            doubts = self.doubts
            does = self._does(doubts[0]).get(words[0])
            if does:
                does(_alike(doubts) if alike else ())
            else:
                self._write(doubts[0], words[0])

    def back(self) -> bool:
        """Go back to what was asked before."""
        if self._further:
            if not self._further[0].back():
                self._further = None
            return True
        if not self._undo:
            return False
        self._undo.pop()()
        return True

    def skip(self) -> None:
        """Ask about each alone, leave a figure as it is, or put off all doubts of the kind."""
        if self._further:
            self._further[0].skip()
            self._take_further()
        elif self.together:
            self._answer_together(self.together)
        else:
            doubts = self.doubts
            self._put_off(doubts[0], _alike(doubts))

    def _take_further(self) -> None:
        """Take what was asked further, once nothing of it is left."""
        if self._further and self._further[0].question is None:
            (further, done), self._further = self._further, None
            done(further)

    def _answer_together(self, others: Sequence[Doubt], *, apart: bool = False) -> None:
        """Answer all as proposed but ``others``, which are asked about alone later.

        ``apart``: of one for several items for which nothing else is proposed, each is.
        """
        together, self._together = self.together, ()
        same = [doubt for doubt in together if doubt not in others]
        parted = {each.asked for each in others if apart and each.parts and not each.choices[1:]}
        parted -= self._apart
        self._apart |= parted
        if same:
            self._draft = self._importing.keep([(doubt, doubt.choices[0].value) for doubt in same])

        def again() -> None:
            if same:
                self._take_back()
            self._apart -= parted
            self._together = together

        self._undo.append(again)

    def _does(self, doubt: Doubt) -> Mapping[str, Does]:
        """Return what each choice does to the doubt and to those that are answered like it, by its words."""
        does: dict[str, Does] = {
            choice.label: partial(self._choose, doubt, choice) for choice in doubt.choices
        }
        if doubt.parts:
            does["逐处答复"] = lambda _: self._take_apart(doubt.asked)
        elif doubt.code == "indicators":
            proposed = doubt.choices[0].value
            if len(proposed) > 1:
                does["只写入其中几项"] = lambda _: self._ask_which(doubt, proposed)
            does["改名称或数字"] = lambda _: self._ask_figures(doubt, proposed)
        if not (doubt.choices or doubt.parts or doubt.takes_words):
            does[SEEN[0].label] = partial(self._choose, doubt, SEEN[0])
        does["以后再说"] = partial(self._put_off, doubt)
        return does

    def _choose(self, doubt: Doubt, choice: Choice, alike: Sequence[Doubt]) -> None:
        """Keep a choice, for those ``alike`` too, as far as they have it: the same value, or as proposed for each."""
        found = ((one, _same(choice, one.choices)) for one in alike)
        too = [(one, same.value) for one, same in found if same]
        self._keep([(doubt, choice.value), *too])

    def _take_apart(self, asked: str) -> None:
        self._apart.add(asked)
        self._undo.append(lambda: self._apart.discard(asked))

    def _put_off(self, doubt: Doubt, alike: Sequence[Doubt]) -> None:
        keys = {one.key for one in (doubt, *alike)}
        self._skipped |= keys
        self._undo.append(lambda: self._skipped.difference_update(keys))

    def _ask_which(self, doubt: Doubt, proposed: Sequence[Any]) -> None:
        which = Question(
            "which",
            tuple,
            "choice",
            required=True,
            many=True,
            words="写入哪几项",
            hint="填序号，如 1 2",
            choices=_numbered(map(proposal_words, proposed)),
        )

        def keep(found: AskedInTurn) -> None:
            chosen = set(found.given["which"])
            kept = [each for number, each in _numbered(proposed) if number in chosen]
            self._keep([(doubt, kept)])

        self._further = AskedInTurn([which]), keep

    def _ask_figures(self, doubt: Doubt, proposed: Sequence[Any]) -> None:
        questions = [question for each in proposed for question in _figure_questions(each)]

        def keep(found: AskedInTurn) -> None:
            given, mended = found.given, []
            for each in proposed:
                name = given[_name_of(each)][0]
                figure = given.get(str(each["id"]))
                changed = _figure(name, figure[0]) if figure else {}
                mended.append({**each, **changed, "id": each["id"], "name": name})
            self._keep([(doubt, mended)])

        self._further = AskedInTurn(questions), keep

    def _write(self, doubt: Doubt, words: str) -> None:
        """Keep words as the answer, where they can be read as one; of names that may be units it is asked first."""
        names = _names_to_confirm(doubt, words, self._draft)
        if not names:
            self._write_known(doubt, words)
            return
        sure = Question(
            "units",
            tuple,
            "choice",
            required=True,
            because=f"“{'、'.join(names)}”看不出是不是单位名称。",
            choices=((_YES, _YES), (_NO, _NO)),
        )

        def keep(found: AskedInTurn) -> None:
            if found.given["units"] == [_YES]:
                self._keep([*_as_units(names), (doubt, words)])

        self._further = AskedInTurn([sure]), keep

    def _write_known(self, doubt: Doubt, words: str) -> None:
        self._keep([(doubt, words)])
        keys = {part.key for part in doubt.parts or (doubt,)}
        why = next((one.why for one in self._draft.refused if one.doubt.key in keys), "")
        if why:
            self.back()
            raise GaigaiError(why, "请重新填写")

    def _keep(self, answered: Iterable[tuple[Doubt, Any]]) -> None:
        self._draft = self._importing.keep(tuple(answered))
        self._undo.append(self._take_back)

    def _take_back(self) -> None:
        self._draft = self._importing.back()


def _is_unknown_day(doubt: Doubt) -> bool:
    """Return whether it asks for the notice's day, of which nothing was found."""
    return doubt.subject == NOTICE_LABELS["issued"] and not doubt.choices


def _numbered(things: Iterable[T]) -> tuple[tuple[str, T], ...]:
    """Return things with the numbers by which they are chosen."""
    return tuple((str(number), thing) for number, thing in enumerate(things, 1))


def _same(choice: Choice, choices: Iterable[Choice]) -> Choice | None:
    """Return the choice that means the same of another doubt."""
    return next((c for c in choices if c.value == choice.value or c.label == choice.label), None)


def _alike(doubts: Sequence[Doubt]) -> list[Doubt]:
    """Return the doubts of the first one's kind besides itself."""
    return [other for other in doubts[1:] if other.code == doubts[0].code]


def _example(doubt: Doubt) -> str:
    """Return what an answer in words looks like; empty where there is none, or it may be any."""
    if not doubt.takes_words:
        return ""
    return "如 2024-05-07" if doubt.subject == NOTICE_LABELS["issued"] else _EXAMPLES[doubt.code]


def _name_of(proposed: Mapping[str, Any]) -> str:
    return f"{proposed['id']}-name"


def _figure_questions(proposed: dict[str, Any]) -> Iterator[Question]:
    """Yield what is asked about a proposed indicator: name and figure, as proposed unless they are said."""
    name = str(proposed["name"])
    yield Question(
        _name_of(proposed),
        tuple,
        required=True,
        words="名称",
        because=proposal_words(proposed),
        default=name,
    )
    yield Question(
        str(proposed["id"]),
        only(partial(_figure, name)),
        words="数字",
        hint="如 不少于3次；不写则不改",
    )


def _figure(name: str, words: str) -> dict[str, Any]:
    found = list(proposals(f"{name}{words}"))
    if len(found) != 1:
        raise GaigaiError("看不出是什么数字", "请写成“不少于3次”“达到90%”的样子")
    return found[0]


def _as_units(names: Sequence[str]) -> Iterator[tuple[Doubt, Any]]:
    """Yield the answers that names are units."""
    for name in names:
        yield Doubt("units", Place(), name, name, "", ""), A_UNIT


def _names_to_confirm(doubt: Doubt, words: str, draft: Draft) -> tuple[str, ...]:
    """Return names in words that may be units, where nothing else in them is unclear."""
    if doubt.code not in ("units", "lead-rule"):
        return ()
    known = frozenset(str(unit["name"]) for unit in draft.units)
    reading = read_units(words, known)
    sure = read_units(words, known | frozenset(reading.unknown))
    return () if sure.doubts else reading.unknown
