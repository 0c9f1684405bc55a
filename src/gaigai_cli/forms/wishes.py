"""What a form that came back wants recorded: intentions, item by item, each with the cell to blame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple

from gaigai_cli.forms.cells import read_choice, read_day, read_percent, read_text
from gaigai_cli.forms.figures import read_metrics
from gaigai_cli.forms.form import item_words, last_day
from gaigai_cli.forms.mark import digest
from gaigai_cli.forms.returned import Answer, Returned
from gaigai_cli.forms.tables import CLOSE_OUT, REPORTS
from gaigai_cli.model.figure_words import value_words
from gaigai_cli.model.indicators import MetricValue
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.records import Evidence
from gaigai_cli.model.tasks import ListedItem
from gaigai_cli.record.draft import Intention

REPORT: Final = "进展"
_NONE: Final = frozenset(("无", "没有", "暂无"))
"""What people write into cells that ask for what there is not. As 进展情况 it is an answer."""
_NOT_STARTED: Final = frozenset(("未启动", "尚未启动", "未启动。", "尚未启动。"))
_MONTHS_OWN: Final = frozenset(("metrics", "problems", "next"))
"""What an application leaves to the month's report where there are both."""

_TEXTS: Final = ("problems", "next", "late_reason")

KeepEvidence = Callable[[str, str], Evidence]
"""Words of a cell, and its place, to what a record says of them."""


class Wish(NamedTuple):
    """Something to be recorded of an item: the first of ``tries`` that the ledger takes. ``place`` is told if none."""

    item: str
    place: str
    tries: tuple[Intention, ...]


class Collecting(NamedTuple):
    """What all records of a form share.

    ``day`` is the day of collecting, ``shared`` gives the fields of every record of an item, ``stages`` the current
    stage of each item that has stages: what an application is about.
    """

    ledger: Ledger
    today: date
    day: date
    shared: Callable[[str], Mapping[str, Any]]
    keep: KeepEvidence
    stages: Mapping[str, str]


def wishes(returned: Returned, what: Collecting) -> Iterator[Wish]:
    """Everything that the form wants recorded; what can't be is told to ``returned``, cell by cell."""
    filled_on = _filled_on(returned, what)
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
        day = filled_on or what.day
        yield from _Item(returned, what, listed, figures, metrics, day=day).wishes()


def _items(returned: Returned) -> tuple[str, ...]:
    """The items of the form, in its order."""
    keys = (row.key.split("|")[0] for table in returned.mark.tables for row in table.rows)
    return tuple(dict.fromkeys(keys))


def _about(returned: Returned, item: str) -> dict[str, Mapping[str, Answer]]:
    return {k: a for k, a in returned.answers.items() if a and k.startswith(f"{item}|")}


def _same_words(returned: Returned, key: str, listed: ListedItem) -> bool:
    """Whether the item still is what it was when the form was sent."""
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


def _filled_on(returned: Returned, what: Collecting) -> date | None:
    """The day on which the unit says it filled the form in, where that can be."""
    if returned.filled_on is None:
        return None
    cell, place = returned.filled_on
    try:
        day = read_day(cell, year=int(returned.mark.month[:4]), today=what.today)
    except ValueError as error:
        returned.tell(place, f"填报日期{error}，按收表日期登记", "note")
        return None
    if not date.fromisoformat(returned.mark.made) <= day <= what.today:
        words = f"填报日期{day}早于发表日期{returned.mark.made}或晚于今天，按收表日期登记"
        returned.tell(place, words, "note")
        return None
    return day


@dataclass(frozen=True)
class _Item:
    """One item's cells on their way to intentions. ``day`` is the day that an application bears."""

    returned: Returned
    what: Collecting
    listed: ListedItem
    figures: Mapping[str, Mapping[str, Answer]]
    metrics: Mapping[str, MetricValue]
    day: date

    @property
    def answers(self) -> Mapping[str, Answer]:
        return self.returned.of(self.listed.id)

    @property
    def month(self) -> str:
        return self.returned.mark.month

    @property
    def end(self) -> date:
        return last_day(self.month)

    def wishes(self) -> Iterator[Wish]:
        """The time before, then an application or a report."""
        before = self._read("before", read_text)
        if before is not None:
            month = self.returned.mark.before
            yield self._wish(
                "before", self._intention(REPORT, {"summary": before}, last_day(month), month)
            )
        said = self._said()
        application = self._application(said)
        report = self._report(said)
        if application is None:
            if report is not None:
                yield report
            return
        if report is None or self.day <= self.end:
            tries = report.tries if report else ()
            yield Wish(self.listed.id, self.answers["apply"].place, (application, *tries))
            return
        # Collected after the month's end: the report belongs to the month, the application to the day it was made.
        yield report
        fields = {n: v for n, v in application.fields.items() if n not in _MONTHS_OWN}
        application = replace(application, fields=fields)
        yield Wish(self.listed.id, self.answers["apply"].place, (application,))

    def _said(self) -> dict[str, Any]:
        """What both a report and an application may say."""
        said: dict[str, Any] = {"summary": self._read("summary", read_text)}
        for name in _TEXTS:
            words = self._read(name, read_text)
            said[name] = None if words in _NONE else words
        said["percent"] = self._read("percent", read_percent)
        said["metrics"] = dict(self.metrics) or None
        said["evidence"] = self._evidence()
        return {name: value for name, value in said.items() if value is not None}

    def _evidence(self) -> tuple[Evidence, ...] | None:
        answer = self.answers.get("evidence")
        words = self._read("evidence", read_text)
        if words is None or words in _NONE or answer is None:
            return None
        lines = (line.strip() for part in words.splitlines() for line in part.split("；"))
        return tuple(dict.fromkeys(self.what.keep(line, answer.place) for line in lines if line))

    def _application(self, said: dict[str, Any]) -> Intention | None:
        kind = self._read("apply", read_choice)
        due = self._read("to", self._read_day)
        reason = self._read("reason", read_text)
        if kind is None or kind == CLOSE_OUT:
            for name in ("to", "reason"):
                if name in self.answers:
                    words = "没有选“申请延期”，这一格没有登记"
                    self.returned.tell(self.answers[name].place, words)
            if kind is None:
                return None
        else:
            said = said | {"due": due, "reason": reason}
        stage = self.what.stages.get(self.listed.id)
        said = said | ({"stage": stage} if stage else {})
        return self._intention(kind, said, self.day, self.month)

    def _read_day(self, cell: Any) -> date:
        return read_day(cell, year=int(self.month[:4]), today=self.what.today)

    def _report(self, said: dict[str, Any]) -> Wish | None:
        if "summary" not in said and self.metrics:
            said = said | {"summary": self._figures_in_words()}
        if "summary" not in said:
            self._tell_no_summary()
            return None
        if said["summary"] in _NOT_STARTED:
            said = said | {"not_started": True}
        place = self.answers["summary"].place if "summary" in self.answers else _first(self.figures)
        intention = self._intention(REPORT, said, min(self.day, self.end), self.month)
        return Wish(self.listed.id, place, (intention,))

    def _figures_in_words(self) -> str:
        """What a unit says that gives figures and nothing else."""
        parts = []
        for indicator in self.listed.item.indicators:
            value = self.metrics.get(indicator.id)
            if isinstance(value, tuple):
                parts.append(f"{indicator.name}新增{len(value)}{indicator.unit or '件'}")
            elif value is not None and not isinstance(value, dict):
                parts.append(f"{indicator.name}{value_words(value, indicator.unit)}")
        return f"报送指标：{'；'.join(parts)}。"

    def _tell_no_summary(self) -> None:
        if "apply" in self.answers:
            return
        told = {trouble.place for trouble in self.returned.troubles}
        for name in (*_TEXTS, "percent", "evidence"):
            if name in self.answers and self.answers[name].place not in told:
                words = "这一行没有可登记的进展情况，这一格没有登记"
                self.returned.tell(self.answers[name].place, words)

    def _intention(self, kind: str, said: Mapping[str, Any], day: date, month: str) -> Intention:
        period = {} if day.isoformat()[:7] == month else {"period": month}
        fields = {"item": self.listed.id, **said, **period, **self.what.shared(self.listed.id)}
        return Intention(kind, self.returned.mark.unit, day, fields)

    def _wish(self, column: str, intention: Intention) -> Wish:
        return Wish(self.listed.id, self.answers[column].place, (intention,))

    def _read(self, column: str, reader: Callable[[Any], Any]) -> Any:
        """The value of a cell; None where it is empty or told to be wrong."""
        answer = self.answers.get(column)
        if answer is None:
            return None
        try:
            return reader(answer.cell)
        except ValueError as error:
            self.returned.tell(answer.place, f"{error}，这一格没有登记")
            return None


def _first(figures: Mapping[str, Mapping[str, Answer]]) -> str:
    return next((a.place for filled in figures.values() for a in filled.values()), "")


def empty_items(returned: Returned) -> tuple[str, ...]:
    """The items of which nothing at all was filled in."""
    return tuple(
        item for item in _items(returned) if not returned.of(item) and not _about(returned, item)
    )
