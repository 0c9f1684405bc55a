"""The intentions that a returned form holds, of items and of instructions, each with the cell to blame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gaigai_cli.forms.face import filled_on
from gaigai_cli.forms.form import item_words
from gaigai_cli.forms.instructed import answers_wanted, instructions_asked
from gaigai_cli.forms.item_cells import ItemCells, read_metrics
from gaigai_cli.forms.returned import Answer, Collecting, Returned, Wanted
from gaigai_cli.forms.sent import digest
from gaigai_cli.forms.tables import INSTRUCTED, REPORTS
from gaigai_cli.model.tasks import ListedItem


def wishes(returned: Returned, what: Collecting) -> Iterator[Wanted]:
    """Yield everything that the form wants recorded; what can't be is told to ``returned``, cell by cell."""
    day = filled_on(returned, what.today) or what.day
    for key in _items(returned):
        listed = what.ledger.tasks.by_id.get(key)
        answers = returned.of(key)
        figures = _about(returned, key)
        if not answers and not figures:
            continue
        if listed is None or not _same_words(returned, key, listed):
            _tell_older(returned, key, answers, figures, listed)
            continue
        metrics = read_metrics(returned, figures, listed.item, what.today)
        yield from ItemCells(returned, what, listed, figures, metrics, day=day).wishes()
    yield from answers_wanted(returned, what, day)


def _items(returned: Returned) -> tuple[str, ...]:
    """Return the items of the form, in its order."""
    tables = (table for table in returned.mark.tables if table.name != INSTRUCTED)
    keys = (row.key.split("|")[0] for table in tables for row in table.rows)
    return tuple(dict.fromkeys(keys))


def _about(returned: Returned, item: str) -> dict[str, Mapping[str, Answer]]:
    return {k: a for k, a in returned.answers.items() if a and k.startswith(f"{item}|")}


def _same_words(returned: Returned, key: str, listed: ListedItem) -> bool:
    """Return whether the item still is what it was when the form was sent."""
    tables = (table for table in returned.mark.tables if table.name == REPORTS)
    sent = {row.words for table in tables for row in table.rows if row.key == key}
    return not sent or digest(item_words(listed)) in sent


def _tell_older(
    returned: Returned,
    key: str,
    answers: Mapping[str, Answer],
    figures: Mapping[str, Mapping[str, Answer]],
    listed: ListedItem | None,
) -> None:
    what = "已不在现在的清单里" if listed is None else "的内容在现在的清单里已经修订"
    for filled in (answers, *figures.values()):
        for answer in filled.values():
            returned.tell(answer.place, f"{key}{what}，这一格没有登记，请重新发表")


def empty_items(returned: Returned) -> tuple[str, ...]:
    """Return the items, and the instructions as the form calls them, of which nothing at all was filled in."""
    items = (i for i in _items(returned) if not returned.of(i) and not _about(returned, i))
    others = (row.id for row in instructions_asked(returned) if not returned.of(row.key))
    return (*items, *others)
