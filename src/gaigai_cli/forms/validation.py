"""What can be typed into the cells of a form, and what Excel says of anything else."""

from __future__ import annotations

from typing import Any, Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from gaigai_cli.forms.tables import CHOICES, Column, Table

_WRONG: Final = {
    "choice": "请从下拉列表中选：申请销号、申请延期；不申请的空着。",
    "percent": "请填 0 到 100 的整数，如 60。",
    "number": "请填数字，不要带单位。",
    "day": "请填日期，如 2024-08-31。",
    "text": "内容太长，请控制在 5000 字以内。",
}


def validate(ws: Any, table: Table, places: list[int]) -> None:
    """Give every cell to fill in its rule; ``places`` are the rows of the table on the sheet."""
    for number, column in enumerate(table.columns, 1):
        if column.fill is None:
            continue
        made = _validation(column)
        letter = get_column_letter(number)
        for row, at in zip(table.rows, places, strict=True):
            if row.key and column.key not in row.closed:
                made.add(f"{letter}{at}")
        if made.sqref:
            ws.add_data_validation(made)


def _validation(column: Column) -> DataValidation:
    """What a column takes; a wrong value is refused at once, with what is right. Text takes anything."""
    rules: dict[str, dict[str, Any]] = {
        "choice": {"type": "list", "formula1": f'"{",".join(CHOICES)}"'},
        "percent": {"type": "decimal", "operator": "between", "formula1": "0", "formula2": "100"},
        "number": {
            "type": "decimal",
            "operator": "between",
            "formula1": "-1E12",
            "formula2": "1E12",
        },
        "day": {"type": "date", "operator": "between", "formula1": "36526", "formula2": "73050"},
        "text": {"type": "textLength", "operator": "lessThanOrEqual", "formula1": "5000"},
    }
    title = column.title.replace("\n", "")
    return DataValidation(
        **rules[column.fill or "text"],
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop",
        errorTitle=title,
        error=_WRONG[column.fill or "text"],
        showInputMessage=bool(column.help),
        promptTitle=title,
        prompt=column.help or None,
    )
