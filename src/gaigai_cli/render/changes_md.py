"""What lies between two ledgers, as Markdown to paste into a merge request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gaigai_cli.history.changes.changes import Changes, UnitChange
from gaigai_cli.history.changes.edits import Edit
from gaigai_cli.history.changes.word_diff import word_diff
from gaigai_cli.judge.notes import EXAMPLE
from gaigai_cli.render.changes import (
    ARROW,
    FIGURE_HEADS,
    ITEM_HEADS,
    edited,
    figure_cells,
    is_short,
    item_cells,
    summary,
)
from gaigai_cli.render.grid import Head
from gaigai_cli.render.sheet import markdown_cell


def as_markdown(changes: Changes, title: str) -> str:
    """A list of sentences, tables, edits with what is gone struck out."""
    parts = [f"## {markdown_cell(title)}"]
    if changes.after.tasks.notice.example:
        parts.append(f"> **{EXAMPLE}**")
    parts.append(summary(changes))
    if changes.units:
        parts.append("\n".join(line for change in changes.units for line in _bullets(change)))
    if changes.items:
        parts.append(f"### 事项变化\n\n{_table(ITEM_HEADS, map(item_cells, changes.items))}")
    if changes.figures:
        figures = _table(FIGURE_HEADS, map(figure_cells, changes.figures))
        parts.append(f"### 指标变化\n\n{figures}")
    if changes.edits:
        edits = "\n".join(map(_edit_bullet, changes.edits))
        parts.append(f"### 清单、单位、规则的改动\n\n{edits}")
    return "\n\n".join(parts) + "\n"


def _bullets(change: UnitChange) -> Iterator[str]:
    if len(change.acts) > 1:
        yield f"- {markdown_cell(change.about)}{f'：{change.turn}' if change.turn else ''}"
    for act in change.acts:
        words = act.words if len(change.acts) > 1 else f"{change.about}：{change.words}"
        indent = "  " if len(change.acts) > 1 else ""
        yield f"{indent}- {markdown_cell(words)}。"
        yield from (f"{indent}  - {name}：{markdown_cell(said)}" for name, said in act.said)


def _edit_bullet(edit: Edit) -> str:
    words = markdown_cell(edit.before or edit.after or "")
    if edit.before is not None and edit.after is not None:
        words = _marked_md(edit.before, edit.after)
    note = f"\n  - **{edit.note}。**" if edit.note else ""
    return f"- `{edit.file}` {markdown_cell(edited(edit))}：{words}{note}"


def _marked_md(before: str, after: str) -> str:
    if is_short(before, after):
        return markdown_cell(f"{before}{ARROW}{after}")
    marks = {"gone": "~~", "new": "**"}
    pieces = (
        (marks.get(part, ""), markdown_cell(words)) for part, words in word_diff(before, after)
    )
    return "".join(f"{mark}{words}{mark}" for mark, words in pieces)


def _table(heads: Sequence[Head], rows: Iterable[tuple[str, ...]]) -> str:
    """The columns that say something."""
    columns = [
        [title, "---", *map(markdown_cell, cells)]
        for title, *cells in zip([head.title for head in heads], *rows, strict=True)
        if any(cells)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in zip(*columns, strict=True))
