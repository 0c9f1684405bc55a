"""A returned form as a value: what each cell says, what doesn't fit the form that was sent; several files as one."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeVar

from gaigai_cli.forms.cells import FormCell, meaning, read_words, shown
from gaigai_cli.forms.sent import Mark
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.records import Evidence
from gaigai_cli.record.new_record import Intention
from gaigai_cli.record.prepare import Prepared
from gaigai_cli.words.normal import bare
from gaigai_cli.words.period import Period
from gaigai_cli.words.typed import names_no_evidence

T = TypeVar("T")
Severity = Literal["error", "note"]
"""error: something was not taken; note: it was, but somebody should know."""


class Trouble(NamedTuple):
    """Something that doesn't fit, told by file, sheet and cell; a Chinese sentence without its full stop."""

    file: str
    place: str
    message: str
    severity: Severity = "error"


class Answer(NamedTuple):
    """A cell that was filled in, and where: ``进展情况!E7``."""

    cell: FormCell
    place: str


@dataclass
class Returned:
    """``answers``: filled cells by row key and column.

    ``filled_on`` is the cell 填报日期, ``unit_shown`` the unit that the form names on its face, ``titles`` what stands
    over its tables: by place, the table's name and the words. ``sha256`` is the
    file's; ``path`` is where it lies, for whoever read it there. ``lent``: the other file of the unit that an item's
    cells come from, by item. ``contested`` are the items of which nothing is taken as the unit's files differ.
    """

    file: str
    sha256: str
    mark: Mark
    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)
    filled_on: Answer | None = None
    unit_shown: Answer | None = None
    titles: dict[str, tuple[str, str]] = field(default_factory=dict)
    path: Path = Path()
    lent: dict[str, Path] = field(default_factory=dict)
    contested: frozenset[str] = frozenset()
    troubles: list[Trouble] = field(default_factory=list)

    def tell(self, place: str, message: str, severity: Severity = "error") -> None:
        """Add a trouble."""
        self.troubles.append(Trouble(self.file, place, message, severity))

    def read(
        self, answer: Answer | None, reader: Callable[[FormCell], T], ending: str = "这一格没有登记"
    ) -> T | None:
        """Return what a cell says; None where there is none, or it can't be read, which is told with ``ending``."""
        try:
            return None if answer is None else reader(answer.cell)
        except ValueError as error:
            assert answer is not None
            self.tell(answer.place, f"{error}，{ending}")
            return None

    def of(self, key: str) -> Mapping[str, Answer]:
        """Return the filled cells of a row."""
        return self.answers.get(key, {})

    def figures(self, item: str) -> dict[str, Mapping[str, Answer]]:
        """Return the rows of an item's indicators in which anything is filled, by their keys."""
        return {k: a for k, a in self.answers.items() if a and k.startswith(f"{item}|")}


def place(sheet: str, column: int, row: int) -> str:
    """Return ``进展情况!E7``; ``column`` is 0-based."""
    from openpyxl.utils import get_column_letter

    return f"{sheet}!{get_column_letter(column + 1)}{row}"


KeepEvidence = Callable[[str, str], Evidence]
"""Words of a cell, and its place, to what a record says of them."""


class Wanted(NamedTuple):
    """Something to be recorded of an item or an instruction: the first of ``tries`` that the ledger takes.

    ``place`` is told if none. ``whole``: it is all that the item's cells say; else they make other records, too.
    ``undated``: what the form leaves empty, so that the first of them bears the day of collecting.
    """

    item: str
    place: str
    tries: tuple[Intention, ...]
    whole: bool = False
    undated: str = ""


class Collecting(NamedTuple):
    """What all records of a form share.

    ``unit`` is whose they are, under its name of today, ``day`` the day of collecting. ``shared`` gives the fields of
    every record of an item, ``stages`` the current stage of each item that has stages: what an application is about;
    ``dues`` the day in force of each dated item.
    """

    ledger: Ledger
    unit: str
    today: date
    day: date
    shared: Callable[[str], Mapping[str, Any]]
    keep: KeepEvidence
    stages: Mapping[str, str]
    dues: Mapping[str, date]


_FILE: Final = re.compile(r"[^/]+\.[A-Za-z0-9]{2,4}")
_TOGETHER: Final = re.compile("[、，,]")
"""Signs between the names of files on one line."""
_ATTACHED: Final = re.compile(r"附件\s*[\d一二三四五六七八九十]{0,2}\s*(?:[：:、\s]|\.(?!\d))\s*")
"""附件1：, and nothing that belongs to a name, like the year of 附件2024年报.pdf."""


def pieces_of_evidence(words: str) -> Iterator[str]:
    """Yield a line each, or what a semicolon parts; names of files may stand on one line."""
    for line in re.split(r"[\n；;]", words):
        parts = [part.strip() for part in _TOGETHER.split(line)]
        files = len(parts) > 1 and all(_FILE.fullmatch(part) for part in parts)
        yield from parts if files else filter(None, [line.strip()])


def names_meant(piece: str) -> tuple[str, ...]:
    """Return the names that a file beside the form may have, the likeliest first: as written, or without 附件1：."""
    label = _ATTACHED.match(piece)
    rest = piece[label.end() :] if label else ""
    return (piece, rest) if _FILE.fullmatch(rest) else (piece,)


def read_evidence(
    answer: Answer | None, returned: Returned, what: Collecting
) -> tuple[Evidence, ...] | None:
    """Return what a cell names as evidence; None where it names none, of which each that isn't empty is told."""
    words = returned.read(answer, read_words)
    if answer is None or words is None:
        return None
    named = []
    for line in dict.fromkeys(pieces_of_evidence(words)):
        if names_no_evidence(line):
            remedy = "请写文号或附件的文件名，这一处没有登记"
            returned.tell(answer.place, f"“{line}”没有写明是哪份材料，{remedy}")
        else:
            named.append(what.keep(line, answer.place))
    return tuple(dict.fromkeys(named)) or None


class Outcome(NamedTuple):
    """A unit's form: its records, how many were recorded before, its items without a word, and what didn't fit.

    ``files`` says how many files it came in.
    ``committed`` is a sentence that says which commit holds the records, empty where none was made.
    """

    unit: str
    month: Period
    prepared: tuple[Prepared, ...]
    already: int
    empty: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    committed: str = ""
    files: int = 1

    @property
    def failed(self) -> bool:
        """Return whether something that was filled in was not taken."""
        return any(trouble.severity == "error" for trouble in self.troubles)


_NEVER: Final = "~"
"""Sorts after the number of every record."""


def together(files: Sequence[Returned], given: Mapping[str, Mapping[str, str]]) -> Returned:
    """Return the newest file with what the others fill in besides.

    ``given`` are the records that a file gave, by its hash and the item or instruction: what is collected later counts,
    and a file that was never collected counts as newest. Cells that differ in files that are equally new are told, and
    nothing of their items is taken from any of the files; so are those that could have been recorded of an older file,
    and of whose item neither file gave a record.
    """

    def age(one: Returned) -> str:
        return max(given.get(one.sha256, {}).values(), default=_NEVER)

    first, *others = sorted(files, key=age, reverse=True)
    pile = _Pile(first)
    for other in others:
        newer = age(first) > age(other)
        words = (
            f"{other.file}以前收过，登记过的事项以这一份为准"
            if newer
            else f"同一单位还交了{other.file}，两份一并核对"
        )
        first.tell("", words, "note")
        first.mark = _joined(first.mark, other.mark)
        recorded = {**given.get(first.sha256, {}), **given.get(other.sha256, {})}
        for key, answers in other.answers.items():
            decided = key.split("|", maxsplit=1)[0] in recorded
            for column, answer in answers.items():
                gives_way = newer and (decided or not pile.is_readable(column, answer))
                pile.add(other, key, column, answer, gives_way=gives_way)
        first.troubles.extend(other.troubles)
        first.filled_on = first.filled_on or other.filled_on
    pile.withhold()
    return first


def _joined(mark: Mark, other: Mark) -> Mark:
    """Return the mark with further rows of the other: a unit merged since, or a form sent again, asks for more."""
    tables = {table.name: table for table in mark.tables}
    for table in other.tables:
        own = tables.setdefault(table.name, table)
        keys = {row.key for row in own.rows}
        more = tuple(row for row in table.rows if row.key not in keys)
        tables[table.name] = own._replace(rows=(*own.rows, *more))
    return mark._replace(tables=tuple(tables.values()))


@dataclass
class _Pile:
    """``contested``: cells in which files differ, with what the first of them says."""

    first: Returned
    contested: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def _said(self, column: str, answer: Answer) -> tuple[bool, Any]:
        """Return whether a cell can be read, and what it says."""
        mark = self.first.mark
        fills = {key: fill for table in mark.tables for key, _, fill in table.columns}
        try:
            return True, meaning(answer.cell, fills[column], mark.month.last.year)
        except ValueError:
            return False, bare(shown(answer.cell))

    def is_readable(self, column: str, answer: Answer) -> bool:
        """Return whether a cell says something that could be recorded."""
        return self._said(column, answer)[0]

    def add(
        self, other: Returned, key: str, column: str, answer: Answer, *, gives_way: bool
    ) -> None:
        """Take a cell of another file where the first one says nothing, or another thing and the cell ``gives_way``."""
        answers = self.first.answers.setdefault(key, {})
        own = self.contested.get((key, column)) or answers.get(column)
        if own is None:
            item = key.split("|", maxsplit=1)[0]
            if not answers and not self.first.of(item):
                self.first.lent[item] = other.path
            answers[column] = answer._replace(place=f"（{other.file}）{answer.place}")
        elif not gives_way and self._said(column, own) != self._said(column, answer):
            answers.pop(column, None)
            self.contested[key, column] = own
            said = f"“{shown(own.cell)}”和“{shown(answer.cell)}”"
            words = f"与{other.file}的{answer.place}不同（{said}），两份的这一项都没有登记"
            self.first.tell(own.place, words)

    def withhold(self) -> None:
        """Take nothing of an item of which a cell is contested: its other cells would decide between the files."""
        self.first.contested = frozenset(key.split("|", maxsplit=1)[0] for key, _ in self.contested)
        for key in self.first.answers:
            if key.split("|", maxsplit=1)[0] in self.first.contested:
                self.first.answers[key] = {}
