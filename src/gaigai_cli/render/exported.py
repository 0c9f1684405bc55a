"""The list as a file for others: the notice's table in Markdown, rows for Excel, and everything as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from pydantic import BaseModel

from gaigai_cli.judge.notes import EXAMPLE
from gaigai_cli.model import labels
from gaigai_cli.model.deadline import Fixed, Ongoing, Recurring, Staged
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.export_heads import (
    EXAMPLE_LABEL,
    ITEMS_HEAD,
    NOTICE_LABELS,
    ROLE_LABELS,
    TARGET_WORDS,
    YES,
)
from gaigai_cli.model.indicators import Indicator
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import ListedItem, TaskList
from gaigai_cli.render.notice_table import Row, notice_table
from gaigai_cli.render.sheet import guarded
from gaigai_cli.render.words import KIND_WORDS, full_day


def markdown(tasks: TaskList) -> str:
    """The list as the notice prints it. Its table is HTML: Markdown's own tables have no merged cells."""
    notice, table = tasks.notice, notice_table(tasks)
    lines = [f"**{EXAMPLE}**", ""] if notice.example else []
    lines += [
        f"# {notice.issuer}",
        "",
        notice.number,
        "",
        f"## 关于印发《{notice.title}》的通知",
        "",
    ]
    lines += [f"{notice.addressee}：", "", notice.issuer, full_day(notice.issued), ""]
    lines += [f"## {notice.title}", "", "<table>", "<thead>"]
    lines += ["<tr>", *(f"<th>{escape(name, quote=False)}</th>" for name in table.head), "</tr>"]
    lines += ["</thead>", "<tbody>"]
    for row in table.rows:
        lines += ["<tr>", *_html_cells(row), "</tr>"]
    lines += ["</tbody>", "</table>"]
    if table.removed:
        lines += ["", *(f"- {_escaped(words)}" for words in table.removed)]
    return "\n".join(lines) + "\n"


def _html_cells(row: Row) -> Iterator[str]:
    for cell in row:
        if cell is not None:
            spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            words = "<br>".join(escape(line, quote=False) for line in cell.text.split("\n"))
            yield f"<td{spans}>{words}</td>"


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_<>[]|" else char for char in text)


def item_rows(ledger: Ledger) -> Iterator[tuple[str, ...]]:
    """A row an item under ``ITEMS_HEAD``."""
    for listed in ledger.tasks.listed:
        yield _item_row(listed)


def _item_row(listed: ListedItem) -> tuple[str, ...]:
    task, item, units, deadline = listed
    start, end = _days(deadline)
    return (
        task.id,
        task.title,
        item.id,
        item.content,
        "、".join(units.lead),
        "、".join(units.responsible),
        "、".join(units.support),
        "、".join(units.open),
        units.text,
        deadline.text,
        KIND_WORDS[deadline.kind],
        start.isoformat() if start else "",
        end.isoformat() if end else "",
        item.leader or "",
        item.contact or "",
        item.criteria or "",
        item.removed.on.isoformat() if item.removed else "",
        item.removed.basis if item.removed else "",
        item.carried_from.number if item.carried_from else "",
        item.carried_from.id if item.carried_from else "",
    )


def indicator_rows(tasks: TaskList) -> Iterator[tuple[str, ...]]:
    """A row an indicator, under ``INDICATORS_HEAD``."""
    for listed in tasks.listed:
        for each in listed.item.indicators:
            yield (listed.id, *_indicator_row(each))


def _indicator_row(indicator: Indicator) -> tuple[str, ...]:
    ((kind, value),) = indicator.target.model_dump(exclude_none=True).items()
    baseline = indicator.baseline
    return (
        indicator.id,
        indicator.name,
        indicator.unit or "",
        TARGET_WORDS[kind],
        labels.word_of("trend", value) if kind == "trend" else str(value),
        labels.word_of("measure", indicator.measure),
        labels.word_of("per", indicator.per),
        indicator.provider or "",
        labels.word_of("cycle", indicator.cycle) if indicator.cycle else "",
        str(baseline.value) if baseline else "",
        baseline.label if baseline else "",
        indicator.note or "",
    )


def notice_rows(tasks: TaskList) -> Iterator[tuple[str, str]]:
    """A row a field of the notice, under ``NOTICE_HEAD``."""
    notice = tasks.notice
    supports = any(listed.units.support for listed in tasks.listed)
    for name, label in NOTICE_LABELS.items():
        yield label, str(getattr(notice, name))
    for name, label in ROLE_LABELS.items():
        if name != "support" or supports:
            yield label, getattr(notice.role_names, name)
    if notice.example:
        yield EXAMPLE_LABEL, YES


def _days(deadline: Any) -> tuple[date | None, date | None]:
    """First and last day of a deadline, as far as it has them."""
    if isinstance(deadline, Fixed):
        return deadline.from_, deadline.due
    if isinstance(deadline, Ongoing | Recurring):
        return deadline.from_, deadline.until
    if isinstance(deadline, Staged):
        return None, deadline.stages[-1].due
    return None, None


def as_csv(ledger: Ledger) -> bytes:
    """UTF-8 with a byte order mark and CRLF, so that Excel opens it as it is; no cell is ever a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(ITEMS_HEAD)
    writer.writerows([guarded(cell) for cell in row] for row in item_rows(ledger))
    return text.getvalue().encode("utf-8-sig")


def as_json(ledger: Ledger, *, with_rules: bool) -> str:
    """``tasks.yaml``, ``departments.yaml`` and, where there is one, ``rules.yaml``, each by its schema."""
    files: dict[str, BaseModel] = {
        TaskList.file: ledger.tasks,
        Departments.file: ledger.departments,
    }
    if with_rules:
        files[Rules.file] = ledger.rules
    return (
        json.dumps(
            {name: tree(model) for name, model in files.items()}, ensure_ascii=False, indent=2
        )
        + "\n"
    )


def tree(model: BaseModel) -> Any:
    """What a file says, as plain values: nothing that it leaves out, days as words, numbers as numbers."""
    return _plain(model.model_dump(by_alias=True, exclude_unset=True))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        # The cell as issued stands before what it means.
        first = {"text": value["text"]} if "text" in value else {}
        return {key: _plain(child) for key, child in {**first, **value}.items()}
    if isinstance(value, tuple | list):
        return [_plain(child) for child in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _number(value)
    return value


def _number(value: Decimal) -> int | float | str:
    """A JSON number where it gives the same decimal back, else the words of the number."""
    if value == value.to_integral_value() and value.as_tuple().exponent == 0:
        return int(value)
    return float(value) if str(float(value)) == f"{value:f}" else f"{value:f}"
