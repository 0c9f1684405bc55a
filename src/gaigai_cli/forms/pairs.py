"""Several files of one unit for one month: where they agree they are one form, where they differ nothing is taken."""

from __future__ import annotations

from collections.abc import Sequence

from gaigai_cli.forms.cells import shown
from gaigai_cli.forms.compare import same
from gaigai_cli.forms.returned import Answer, Returned


def together(files: Sequence[Returned]) -> Returned:
    """The first file with what the others fill in besides; cells that differ are told, and taken from none."""
    first, *others = files
    for other in others:
        first.tell("", f"同一单位还交了{other.file}，两份一并核对", "note")
        for key, answers in other.answers.items():
            for column, answer in answers.items():
                _add(first, other, key, column, answer)
        first.troubles.extend(other.troubles)
        first.filled_on = first.filled_on or other.filled_on
    return first


def _add(first: Returned, other: Returned, key: str, column: str, answer: Answer) -> None:
    answers = first.answers.setdefault(key, {})
    own = answers.get(column)
    if own is None:
        item = key.split("|", maxsplit=1)[0]
        if not answers and not first.of(item):
            first.lent[item] = other.path
        answers[column] = answer._replace(place=f"（{other.file}）{answer.place}")
    elif same(own.cell.value) != same(answer.cell.value):
        del answers[column]
        words = f"与{other.file}的{answer.place}不同（“{shown(own.cell)}”和“{shown(answer.cell)}”），两份都没有登记"
        first.tell(own.place, words)
