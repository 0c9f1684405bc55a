"""Where a record is filled in: from options, from questions on a terminal, or in the person's editor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gaigai_cli.cli import ask
from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.pasted import command_line, data_option, shell
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.clone.setup import is_set_up
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.query.choose import Filter, select
from gaigai_cli.record.prepare import Prepared, RefusedRecord
from gaigai_cli.render.columns import shown
from gaigai_cli.render.console.list import listing, share
from gaigai_cli.render.console.written import after_page, records_page, refusal_lines
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.questions import AskedInTurn, Question, Questions, only, read_answers
from gaigai_cli.work.transaction import (
    CLOCK_REMEDY,
    PartlyWritten,
    Statement,
    Transaction,
    clock_doubt,
    message_of,
)

_NOT_OF_THE_RECORD: Final = frozenset((*o.SHARED, o.COMMIT, o.OUT, o.DRY_RUN, o.EDIT, o.PENDING))
"""Options that say what is done with a record, not what it says."""
PREVIEWED: Final = "以上是预演，没有写入任何文件。"
_CUT: Final = "──── 此行以下是说明，不会写入 ────"


@dataclass
class Filling:
    """One record in the making, by a command with these ``options``.

    ``given`` are words by option, as typed. What a field or a question reads of them is used; nothing is asked, shown
    or written before all are. ``preceded``: something else was asked before, to which one may go back. ``pasted`` are
    lines that were asked for before everything else, and would be again.
    """

    session: Session
    command: str
    options: Sequence[Option]
    given: dict[Option, list[str]]
    asking: bool = False
    preceded: bool = False
    pasted: str = ""

    def __post_init__(self) -> None:
        self.session.given.use(o.COMMIT, o.DRY_RUN)

    def option(self, name: str) -> Option:
        """Return the option that gives a field of the record."""
        return next(option for option in self.options if option.field == name)

    def named(self, name: str) -> str:
        """Return how messages call a field: by its option."""
        return self.option(name).name

    def questions(
        self, item: JudgedItem | None = None, files: EvidenceFiles | None = None
    ) -> Questions:
        """Return what makes the questions about an item, or about none."""
        return Questions(self.session, item, files, self.named)

    def given_for(self, question: Question) -> list[str]:
        """Return the words that were given for a question."""
        option = self.option(question.name)
        self.session.given.use(option)
        return self.given.get(option, [])

    def word(self, option: Option) -> str | None:
        """Return what was given for an option that is given once; None where it wasn't."""
        self.session.given.use(option)
        words = self.given.get(option)
        return words[0] if words else None

    def demand(self, missing: Sequence[str]) -> None:
        """Start asking where something is missing; without a terminal that is one error that names it all.

        Raises ``GaigaiError``, too, where something was typed that nothing reads.
        """
        self.session.given.refuse_unused()
        if missing and not ask.on_terminal():
            raise GaigaiError(
                f"缺少{'、'.join(missing)}",
                f"请补上，用法见 gaigai {self.command} --help；在终端里运行时会逐项询问",
            )
        self.asking = self.asking or bool(missing)

    def missing(self, questions: Iterable[Question]) -> list[str]:
        """Return the fields that must be given and aren't, as they are called. They are all that will be read."""
        lacking = [
            (one.label, self.option(one.name))
            for one in questions
            if not self.given_for(one) and one.required and not one.default
        ]
        return [
            label if option.is_argument else f"{label}（{option.name}）"
            for label, option in lacking
        ]

    def fill(self, questions: Sequence[Question]) -> dict[str, Any]:
        """Return what was given or is answered, by field; what says nothing is left out."""
        given = {one.name: words for one in questions if (words := self.given_for(one))}
        said = read_answers([one for one in questions if one.name in given], given)
        others = [one for one in questions if one.name not in given]
        walk = AskedInTurn(
            one for one in others if self.asking and (one.required or one.asked) and not one.default
        )
        try:
            ask.fields_in_turn(walk, preceded=self.preceded)
        finally:  # what was answered is printed where somebody has had enough
            self.given |= {self.option(name): words for name, words in walk.given.items()}
        return said | read_answers(others, walk.given)

    def edit(self, questions: Iterable[Question], explanation: Sequence[str]) -> None:
        """Let the person write the long texts in an editor; what was given stands there already."""
        long = [question for question in questions if question.form == "text"]
        texts = {one.label: "".join(self.given_for(one)[:1]) for one in long}
        written = edited_texts(texts, explanation)
        for one in long:
            if words := written[one.label]:
                self.given[self.option(one.name)] = [words]
            else:
                self.given.pop(self.option(one.name), None)

    @property
    def typed(self) -> str:
        """The command line that says all that was given or answered, to be pasted."""
        given = self.given.items()
        named = [word for option, words in given if option.is_argument for word in words]
        words = ["gaigai", self.command, *named, *data_option(self.session.given)]
        for option, values in given:
            for value in values if not option.is_argument else ():
                words += [option.name, value] if value else [option.name]
        if self.session.commit:
            words.append("--commit")
        return command_line(words)


def edited_texts(texts: Mapping[str, str], explanation: Sequence[str] = ()) -> dict[str, str]:
    """Return texts by their headings as the person leaves them in the editor, without blank lines around them."""
    from gaigai_cli.history.editor import edited

    parts = [f"【{name}】\n{words}\n" for name, words in texts.items()]
    text = edited("\n".join([*parts, _CUT, *explanation, ""]))
    found: dict[str, list[str]] = {name: [] for name in texts}
    heads = {f"【{name}】": name for name in texts}
    current: list[str] = []
    for line in text.partition(_CUT)[0].splitlines():
        if line.strip() in heads:
            current = found[heads[line.strip()]]
        else:
            current.append(line.rstrip())
    return {name: "\n".join(lines).strip("\n") for name, lines in found.items()}


def choose_item(
    session: Session, unit: str | None, read: Callable[[str], JudgedItem], *, leads_only: bool
) -> JudgedItem:
    """Return an item: those of the unit are listed, or all; for applications only dated ones that are open.

    ``read`` finds what is typed; what it raises is told, and asked again.
    """
    judgement = session.judgement
    wanted = Filter(lead=unit) if leads_only else Filter(dept=unit)
    rows = select(judgement, wanted).rows
    if leads_only:
        rows = tuple(r for r in rows if r.item.state.dated and r.item.state.open)
    title = f"{unit}的事项" if unit else "全部事项"
    output = session.output
    output.show(listing([share(judgement, shown(rows))], title=title))
    (words,) = ask.asked(Question("item", only(read), required=True, words="事项编号"))
    return read(words)


def choose_unit(filling: Filling, item: JudgedItem, *, leads_only: bool) -> str:
    """Return one of the item's units; where the list also says 等相关部门, any other by its name."""
    session, units = filling.session, item.state.units
    named = units.lead if leads_only else units.named
    choices = [(name, f"{name} （{units.of(name)}）") for name in named]
    if units.open and not leads_only:
        choices.append(("", f"其他单位 （{'、'.join(units.open)}）"))
    if len(choices) == 1:
        return choices[0][0]
    chosen = ask.choice("以哪个单位的名义记录", choices, default=1, preceded=filling.preceded)
    filling.preceded = True
    if chosen:
        return chosen
    (words,) = ask.asked(Question("unit", only(session.unit), required=True, words="单位名称"))
    return session.unit(words)


def filling_of(session: Session) -> Filling:
    """Return the record in the making, with all that was typed for it."""
    command = session.given.path.rpartition(" ")[2]
    typed = session.given.typed.items()
    given = {option: list(words) for option, words in typed if option not in _NOT_OF_THE_RECORD}
    return Filling(session, command, session.given.options, given)


Standing = Callable[[Sequence[Prepared]], None]
"""Called with the records that are written, also where a later one can't be, or git refuses to commit them."""


def record(
    filling: Filling, transaction: Transaction, standing: Standing = lambda written: None
) -> list[Prepared]:
    """Check, show, write and tell. What was typed is printed back where it comes to nothing."""
    output, dry_run = filling.session.output, filling.session.given.flag(o.DRY_RUN)
    filling.session.given.refuse_unused()
    with kept_words(filling, always=False):
        prepared = transaction.prepare()
    for sentence in dict.fromkeys(w for one in prepared for w in one.warnings):
        output.message(f"提示：{sentence}。")
    with kept_words(filling, always=True, standing=standing):
        void = all(one.record.void for one in prepared)
        heed_clock(filling.session, asking=not void and not dry_run)
        if dry_run:
            changes = transaction.preview(prepared)
            preview = after_page(
                prepared, changes, written=False, shown=False, typed=output.typable
            )
            output.show(preview)
            if filling.session.commit:
                output.message(f"提交说明：\n{message_of(prepared)}")
            output.message(PREVIEWED)
            return prepared
        # PowerShell takes Chinese quotes for its own and drops them: what arrived is shown before it is written.
        asking = filling.asking or (shell() == "powershell" and ask.on_terminal())
        if asking:
            output.show(records_page(prepared))
            if not ask.confirm("写入以上记录"):
                raise ask.Declined
        changes = transaction.write(prepared)
    committed = ""
    failed: GaigaiError | None = None
    if filling.session.commit:
        try:
            committed = transaction.commit(prepared, changes)
        except GaigaiError as error:
            failed = GaigaiError(f"记录已写入，但没有提交：{error.message}", error.remedy)
    does = "推送" if committed else "提交并推送" if is_set_up(filling.session.data) else ""
    by_hand = "请提交 {files} 并推送" if filling.session.in_git else ""
    share = f"运行 gaigai sync {does}" if does else by_hand
    done = after_page(
        prepared, changes, written=True, shown=asking, typed=output.typable, share=share
    )
    output.show(done)
    standing(prepared)
    if failed is not None:
        raise failed
    if committed:
        output.message(committed)
    return prepared


def enter(
    filling: Filling, statement: Statement, standing: Standing = lambda written: None
) -> list[Prepared]:
    """Fill in a statement from options or a person, and record it; without a terminal all that is missing is told."""
    files = EvidenceFiles(filling.session, statement.unit)
    questions = statement.questions(filling.questions(files=files))
    filling.demand(filling.missing(questions))
    with kept_words(filling, always=False):
        transaction = statement.transaction(filling.fill(questions), files)
    return record(filling, transaction, standing)


def heed_clock(
    session: Session,
    last: datetime | None = None,
    clock: datetime | None = None,
    *,
    asking: bool = True,
) -> None:
    """Tell of a clock that `clock_doubt` takes for wrong; a person is asked whether to go on.

    Raises `ask.Declined` where not.
    """
    doubt = clock_doubt(session, last, clock)
    if not doubt:
        return
    session.output.message(f"提示：{doubt}。{CLOCK_REMEDY}。")
    if asking and ask.on_terminal() and not ask.confirm("仍按这个时间继续", default=False):
        raise ask.Declined


@contextmanager
def kept_words(
    filling: Filling, *, always: bool, standing: Standing = lambda written: None
) -> Iterator[None]:
    """Print what was typed, to be pasted, where this fails: always, or only where it came from answers."""
    output, what = filling.session.output, "所填内容没有写入，改正后可粘贴下面的命令重新运行："
    try:
        try:
            yield
        except PartlyWritten as partly:
            output.message(f"{partly.told}。")
            what = "其余的没有写入，改正后可粘贴下面的命令、去掉已经写入的重新运行："
            standing(partly.written)
            raise partly.cause from None
    except (GaigaiError, OSError) as error:
        if isinstance(error, RefusedRecord):
            for line in refusal_lines(error, filling.session.ledger):
                output.message(line)
        if always or filling.asking or filling.pasted:
            output.message(what, filling.typed)
            if filling.pasted.strip():
                output.message("运行后再粘贴以下各条：", filling.pasted.rstrip())
        raise
