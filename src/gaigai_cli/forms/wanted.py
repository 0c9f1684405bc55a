"""The intentions that a returned form holds, item by item and of instructions, each with the cell to blame."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

from gaigai_cli.forms.cells import (
    FormCell,
    read_choice,
    read_coordinator,
    read_day,
    read_names,
    read_number,
    read_percent,
    read_text,
    text_of,
)
from gaigai_cli.forms.face import filled_on
from gaigai_cli.forms.form import item_words
from gaigai_cli.forms.instructed import answers_wanted
from gaigai_cli.forms.returned import Answer, Collecting, Returned, Wanted, read_evidence
from gaigai_cli.forms.sent import digest
from gaigai_cli.forms.tables import INSTRUCTED, REPORTS
from gaigai_cli.model.indicators import MetricEntry, MetricValue
from gaigai_cli.model.kinds import CLOSE_OUT, REPORT, KindName
from gaigai_cli.model.tasks import Item, ListedItem
from gaigai_cli.record.new_record import Intention
from gaigai_cli.words.normal import plain
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import FIGURES_ONLY, value_words
from gaigai_cli.words.typed import coming_day, past_day


def wishes(returned: Returned, what: Collecting) -> Iterator[Wanted]:
    """Yield everything that the form wants recorded; what can't be is told to ``returned``, cell by cell."""
    day = filled_on(returned, what.today) or what.day
    for key in _items(returned):
        listed = what.ledger.tasks.by_id.get(key)
        answers = returned.of(key)
        figures = returned.figures(key)
        if not answers and not figures:
            continue
        sent = {row.words for row in returned.mark.rows(REPORTS) if row.key == key}
        if listed is None or (sent and digest(item_words(listed)) not in sent):
            _tell_older(returned, key, answers, figures, listed)
            continue
        metrics = read_metrics(returned, figures, listed.item, what)
        yield from ItemCells(returned, what, listed, figures, metrics, day=day).wishes()
    yield from answers_wanted(returned, what, day)


def _items(returned: Returned) -> tuple[str, ...]:
    """Return the items of the form, in its order."""
    tables = (table for table in returned.mark.tables if table.name != INSTRUCTED)
    keys = (row.key.split("|")[0] for table in tables for row in table.rows)
    return tuple(dict.fromkeys(keys))


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
    items = (i for i in _items(returned) if not returned.of(i) and not returned.figures(i))
    rows = returned.mark.rows(INSTRUCTED)
    others = (row.id for row in rows if not returned.of(row.key))
    return tuple(each for each in (*items, *others) if each not in returned.contested)


_SAYS_NOTHING: Final = re.compile(r"(?:暂无|没有|无)(?:新?进展|变化)?|略")
_BEFORE: Final = re.compile(r"(?:之?前|止)$")
_NOT_STARTED: Final = frozenset(("未启动", "尚未启动", "未启动。", "尚未启动。"))
_MONTHS_OWN: Final = frozenset(("metrics", "problems", "coordinate", "completed", "next"))
"""Fields that only the month's report carries where a form gives both report and application."""

_TEXTS: Final = ("problems", "next", "late_reason")


@dataclass(frozen=True)
class ItemCells:
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
    def month(self) -> Period:
        return self.returned.mark.month

    @property
    def end(self) -> date:
        return self.month.last

    def wishes(self) -> Iterator[Wanted]:
        """Yield the time before, then an application or a report."""
        before, month = self._read("before", read_text), self.returned.mark.before
        if before is not None and month:
            # Of a form of the notice's first month the month before lies before the notice.
            day = max(month.last, self.what.ledger.tasks.notice.issued)
            said_before = self._intention(REPORT, {"summary": before}, day, month)
            yield Wanted(self.listed.id, self.answers["before"].place, (said_before,))
        said = self._said()
        application = self._application(said)
        report = self._report(said)
        if application is None:
            if report is None:
                self._tell_no_summary()
            else:
                yield report._replace(whole=before is None)
            return
        place = self.answers["apply"].place
        undated = "" if self.returned.filled_on else "填报日期"
        if report is None or self.day <= self.end:
            tries = (application, *(report.tries if report else ()))
            yield Wanted(self.listed.id, place, tries, before is None, undated)
            return
        # Collected after the month's end: the report belongs to the month, the application to the day it was made.
        yield report
        fields = {n: v for n, v in application.fields.items() if n not in _MONTHS_OWN}
        application = replace(application, fields=fields)
        yield Wanted(self.listed.id, place, (application,), undated=undated)

    def _said(self) -> dict[str, Any]:
        """Return what both a report and an application may say."""
        readers: dict[str, Callable[[FormCell], Any]] = {
            **dict.fromkeys(("summary", *_TEXTS), read_text),
            "coordinate": partial(read_coordinator, office=self.what.ledger.office),
            "completed": read_names,
            "percent": read_percent,
        }
        said = {name: self._read(name, reader) for name, reader in readers.items()}
        said["metrics"] = dict(self.metrics) or None
        said["evidence"] = read_evidence(self.answers.get("evidence"), self.returned, self.what)
        return {name: value for name, value in said.items() if value is not None}

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
            missing = [] if "evidence" in said else ["佐证（填在“进展情况”表的佐证材料一栏）"]
        else:
            said = said | {"due": due, "reason": reason}
            cells = (("申请延期至", "to", due), ("延期理由", "reason", reason))
            missing = [name for name, key, _ in cells if key not in self.answers]
            if missing and due is not None:
                self._tell_no_extension(due)
            if not missing and not all(value for *_, value in cells):  # told by its cell
                return None
        if missing:
            words = f"{self.listed.id}的{kind}没有登记，缺少{'、'.join(missing)}"
            self.returned.tell(self.answers["apply"].place, words)
            return None
        stage = self.what.stages.get(self.listed.id)
        said = said | ({"stage": stage} if stage else {})
        return self._intention(kind, said, self.day, self.month)

    def _tell_no_extension(self, due: date) -> None:
        """Tell of a day that is none to extend to, where the application isn't held against the ledger any more."""
        now = self.what.dues.get(self.listed.id)
        if now is not None and due <= now:
            words = f"申请延期至{due}，不晚于现行时限{now}，这一格没有登记"
            self.returned.tell(self.answers["to"].place, words)

    def _read_day(self, cell: Any) -> date:
        """Return the last day asked for; “8月31日前” means that day too."""
        if isinstance(cell.value, str):
            cell = cell._replace(value=_BEFORE.sub("", text_of(cell.value)))
        return read_day(cell, partial(coming_day, today=self.month.first))

    def _report(self, said: dict[str, Any]) -> Wanted | None:
        if "summary" not in said and (self.metrics or "percent" in said):
            said = said | {"summary": self._figures_in_words(said.get("percent"))}
        if "summary" not in said:
            return None
        if said["summary"] in _NOT_STARTED:
            said = said | {"not_started": True}
        elif _SAYS_NOTHING.fullmatch(plain(said["summary"]).rstrip("。")):
            words = f"进展情况只写了“{said['summary']}”，照此登记；还没有启动的应写“未启动”"
            self.returned.tell(self.answers["summary"].place, words, "note")
        filled = (
            self.answers[name].place for name in ("summary", "percent") if name in self.answers
        )
        place = next(filled, None) or _first(self.figures)
        intention = self._intention(REPORT, said, min(self.day, self.end), self.month)
        return Wanted(self.listed.id, place, (intention,))

    def _figures_in_words(self, percent: int | None) -> str:
        """Return what a unit says that gives figures and nothing else."""
        parts = [] if percent is None else [f"完成进度{percent}%"]
        for indicator in self.listed.item.indicators:
            value = self.metrics.get(indicator.id)
            if isinstance(value, tuple):
                parts.append(f"{indicator.name}新增{len(value)}{indicator.unit or '件'}")
            elif value is not None and not isinstance(value, dict):
                parts.append(f"{indicator.name}{value_words(value, indicator.unit)}")
        return f"{FIGURES_ONLY}{'；'.join(parts)}。"

    def _tell_no_summary(self) -> None:
        told = {trouble.place for trouble in self.returned.troubles}
        for name in (*_TEXTS, "coordinate", "completed", "evidence"):
            if name in self.answers and self.answers[name].place not in told:
                words = f"{self.listed.id}没有可登记的本月进展情况，这一格也没有登记，请补填"
                self.returned.tell(self.answers[name].place, words)

    def _intention(
        self, kind: KindName, said: Mapping[str, Any], day: date, month: Period
    ) -> Intention:
        period = {} if month.holds(day) else {"period": str(month)}
        fields = {"item": self.listed.id, **said, **period, **self.what.shared(self.listed.id)}
        return Intention(kind, self.what.unit, day, fields)

    def _read(self, column: str, reader: Callable[[FormCell], Any]) -> Any:
        """Return the value of a cell; None where it is empty or told to be wrong."""
        return self.returned.read(self.answers.get(column), reader)


def _first(figures: Mapping[str, Mapping[str, Answer]]) -> str:
    return next((a.place for filled in figures.values() for a in filled.values()), "")


_NAMES: Final = {"thing": "名称", "day": "日期", "reference": "文号、项目代码或链接"}


def read_metrics(
    returned: Returned, filled: Mapping[str, Mapping[str, Answer]], item: Item, what: Collecting
) -> dict[str, MetricValue]:
    """Return values by indicator; a cell that can't be read is told and left out, the others are taken."""
    known = {indicator.id: indicator for indicator in item.indicators}
    metrics: dict[str, MetricValue] = {}
    things: dict[str, list[MetricEntry]] = {}
    for key, answers in filled.items():
        name = key.split("|")[1]
        indicator = known.get(name)
        if indicator is None:
            for answer in answers.values():
                returned.tell(answer.place, "这个指标已不在现在的清单里，这一格没有登记")
        elif "value" in answers:
            value = returned.read(answers["value"], partial(read_number, unit=indicator.unit))
            metrics |= {} if value is None else {name: value}
        else:
            things.setdefault(name, []).extend(_thing(returned, answers, what))
    return metrics | {name: tuple(dict.fromkeys(found)) for name, found in things.items() if found}


def _thing(
    returned: Returned, answers: Mapping[str, Answer], what: Collecting
) -> Iterator[MetricEntry]:
    """Yield the thing of a row, where all three cells are right; else everything that is wrong with the row."""
    missing = [words for name, words in _NAMES.items() if name not in answers]
    if missing:
        first = next(iter(answers.values())).place
        returned.tell(first, f"这一件缺少{'、'.join(missing)}，没有登记")
    readers: dict[str, Callable[[FormCell], Any]] = {
        "thing": _one_line,
        "day": partial(_done_on, today=what.today, year=what.ledger.tasks.notice.year),
        "reference": read_text,
    }
    said = {n: returned.read(answers[n], readers[n], "这一件没有登记") for n in answers}
    if all(said.get(name) for name in _NAMES):
        yield MetricEntry(name=said["thing"], date=said["day"], reference=said["reference"])


def _one_line(cell: FormCell) -> str:
    words = read_text(cell)
    if "\n" in words:
        raise ValueError("名称分了行：一行只填一件，是几件的请分行填写，是一件的请去掉换行")
    return words


def _done_on(cell: FormCell, today: date, year: int) -> date:
    day = read_day(cell, partial(past_day, today=today, since=date.min, exact=True))
    if day > today:
        raise ValueError(f"{day}晚于今天")
    if day.year < year:
        raise ValueError(f"{day}早于清单的任务年度{year}年，上一年度的事不计入本清单")
    return day
