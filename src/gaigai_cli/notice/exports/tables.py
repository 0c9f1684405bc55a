"""A list that ``gaigai export`` wrote as csv or xlsx, back into a draft; what the export doesn't hold is a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.export_heads import (
    EXAMPLE_LABEL,
    INDICATORS_HEAD,
    NOTICE_HEAD,
    NOTICE_LABELS,
    ROLE_LABELS,
    UNITS_HEAD,
    YES,
)
from gaigai_cli.notice import notice_block, people
from gaigai_cli.notice.answers import CONFIRMED, Answers
from gaigai_cli.notice.document import Cell, Document, Table, squeezed
from gaigai_cli.notice.doubts import Choice, Doubt, Notes
from gaigai_cli.notice.exports.indicators import indicators_by_item
from gaigai_cli.notice.exports.rows import items_table, rows_of, tasks_of, texts_of
from gaigai_cli.notice.exports.table import OwnRow, headed
from gaigai_cli.notice.heading import Head, Said
from gaigai_cli.notice.trees import Tree

_POINT: Final = re.compile(r"^\d+[.．]\s*")


def own_list(
    document: Document, notes: Notes, answers: Answers
) -> tuple[Tree, list[Tree], list[Tree]] | None:
    """Notice, tasks and units of an export; None where the document is none."""
    table = items_table(document)
    if table is None:
        return None
    notice, head = _notice(headed(document, NOTICE_HEAD), notes)
    rows = rows_of(table, notes)
    measured = headed(document, INDICATORS_HEAD)
    ids = (row.text("事项编号") for row in rows if row.text("工作内容"))
    indicators = indicators_by_item(measured, ids, notes) if measured else None
    tasks = tasks_of(rows, notice, notes, answers, indicators)
    if measured is None and headed(document, NOTICE_HEAD) is None:
        _tell_csv(table, notes)
    if not tasks:
        raise GaigaiError("“事项”表里没有事项", "请核对文件，或重新导出")
    units = _units(headed(document, UNITS_HEAD), tasks, notes)
    example = notice.pop("example", "")
    roles = {key: notice.pop(key) for key in ROLE_LABELS if key in notice}
    notice_block.finish(notice, head, units, tasks, unit_heads=(), notes=notes)
    notice["role_names"] |= roles
    if example == YES:
        notice["example"] = "true"
    _compare_all(list(_others(document, table)), rows, notes)
    return notice, tasks, units


def _tell_csv(table: Table, notes: Notes) -> None:
    """A doubt for all that a csv has no columns for."""
    why = "csv 只有事项，没有通知的基本信息、单位的别名和指标"
    remedy = "请补齐；要完整恢复，请用 gaigai export --format xlsx 或 json 导出"
    notes.doubt(
        Doubt("file", table.place, "csv", "", why, remedy, choices=(Choice("已核对", CONFIRMED),))
    )


def _notice(table: Table | None, notes: Notes) -> tuple[Tree, Head]:
    """The notice block without what is drawn from the list."""
    rows = table.rows[1:] if table else ()
    said = {row[0].text.strip(): row[1] for row in rows}
    found = {name: said.get(label) for name, label in NOTICE_LABELS.items()}
    head = Head(
        **{
            name: Said(cell.text.strip(), cell.place) if cell else Said("")
            for name, cell in found.items()
            if name in Head._fields
        }
    )
    notice = notice_block.fields(head, notes)
    if (office := found["office"]) and not office.blank:
        notice["office"] = office.text.strip()
    for key, label in ROLE_LABELS.items():
        if label in said and not said[label].blank:
            notice[key] = said[label].text.strip()
    if EXAMPLE_LABEL in said:
        notice["example"] = said[EXAMPLE_LABEL].text.strip()
    return notice, head


def _units(table: Table | None, tasks: Sequence[Tree], notes: Notes) -> list[Tree]:
    """The units listed, then those that the items name besides."""
    found = [
        {
            **people.unit(name),
            "aliases": _names(row[1]),
            "former": _names(row[2]),
            "vertical": row[3].text.strip() == YES,
        }
        for row in (table.rows[1:] if table else ())
        if (name := row[0].text.strip())
    ]
    known = {name for unit in found for name in (unit["name"], *unit["aliases"], *unit["former"])}
    return [*found, *(unit for unit in people.units(tasks, notes) if unit["name"] not in known)]


def _names(cell: Cell) -> list[str]:
    return [name for name in re.split("[、\n]", cell.text.strip()) if name]


def _others(document: Document, items: Table) -> Iterator[Cell]:
    """The cells of the notice's own table beside the items, below its head."""
    for table in document.tables:
        if table is not items and table.rows and table.rows[0][0].text.strip() == "序号":
            cells = [cell for row in table.rows[1:] for cell in row]
            yield from dict.fromkeys(cells)


def _compare_all(cells: Sequence[Cell], rows: Sequence[OwnRow], notes: Notes) -> None:
    """Doubts where the notice's own table beside the rows, if there is one, says something else."""
    known = {squeezed(text) for text in texts_of(rows)}
    for cell in cells:
        _compare(cell, known, notes)
    shown = squeezed("\n".join(cell.text for cell in cells))
    for row in rows if cells else ():
        content = row.text("工作内容")
        if not row.text("调出日期") and squeezed(content) not in shown:
            notes.doubt(
                Doubt("content", row.place("工作内容"), row.text("事项编号"), content,
                      "“任务清单”表里没有这样的工作内容，已照“事项”表读入", "不应有这一事项的，请从“事项”表中删去",
                      choices=(Choice("以“事项”表为准", CONFIRMED),))
            )  # fmt: skip


def _compare(cell: Cell, known: set[str], notes: Notes) -> None:
    """A doubt for words that the items don't have: somebody has changed the one table and not the other."""
    if squeezed(cell.text) in known:
        return
    parts = [squeezed(_POINT.sub("", line)) for line in cell.text.split("\n")]
    if not all(part in known for part in parts):
        notes.doubt(
            Doubt("row", cell.place, cell.place.words, cell.text, "这一格与“事项”表不同，只读入了“事项”表",
                  "要改的请改在“事项”表里，再导入", choices=(Choice("以“事项”表为准", CONFIRMED),))
        )  # fmt: skip
