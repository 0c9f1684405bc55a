"""What lies between two ledgers, as Markdown to paste into a merge request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from gaigai_cli.history.changes.changes import Changes, FigureChange, ItemChange, UnitChange
from gaigai_cli.history.changes.edits import Edit
from gaigai_cli.history.changes.sentences import Act
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.state import NO_LIGHT
from gaigai_cli.model.exported import EXAMPLE
from gaigai_cli.model.statuses import shown_standing
from gaigai_cli.render.grid import GAP, Head, grid, head_row
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    Block,
    Line,
    Page,
    Part,
    StyledText,
    hanging,
    noted,
    page,
    paragraph,
)
from gaigai_cli.render.markdown import code, escape, table
from gaigai_cli.render.short import brief, figure_value
from gaigai_cli.render.width import clean, width_of, wrap
from gaigai_cli.words.say import day_words, full_day
from gaigai_cli.words.word_diff import word_diff

ARROW: Final = " → "
NOTHING: Final = "没有改动。"
_INDENT: Final = 2
_LEAST_TEXT: Final = 10
_GLANCE: Final = 12
"""Characters of two values that are shown whole, one after the other."""

_VERBS: Final = {"added": "新增", "changed": "改动", "deleted": "删去", "moved": "移动"}
ITEM_HEADS: Final = head_row(
    *("编号", Head("任务或内容", "text"), "状态", "亮灯", "进度", "时限"),
    *(Head("牵头", "names"), Head("责任、配合", "names")),
)
_GIVE_WAY: Final = ("责任、配合", "任务或内容")
"""Columns that give way on a narrow screen: sentences or edits tell of them too."""

FIGURE_HEADS: Final = head_row("事项", Head("指标", "text"), "数值", "判定")


def as_page(changes: Changes, title: str) -> Page:
    """Return sentences by unit, then tables of items and indicators, then the edits of the list."""
    return page(*blocks(changes, title))


def blocks(changes: Changes, title: str) -> Iterator[Block | Iterable[Part]]:
    """Yield the page of changes, block by block."""
    yield paragraph(title, STRONG)
    notes = [EXAMPLE] if changes.after.tasks.notice.example else []
    yield noted(notes)
    yield paragraph(summary(changes))
    yield _sentences(changes.units)
    if changes.items:
        table = partial(_fitting, ITEM_HEADS, [item_cells(c) for c in changes.items])
        yield ((StyledText("事项变化", STRONG),), table)
    if changes.figures:
        figures = grid(FIGURE_HEADS, map(figure_cells, changes.figures))
        yield ((StyledText("指标变化", STRONG),), figures)
    if changes.edits:
        lines = (line for edit in changes.edits for line in edit_lines(edit))
        yield ((StyledText("清单、单位、规则的改动", STRONG),), *lines)


def summary(changes: Changes) -> str:
    """Return ``新增记录3条、改动1条，涉及单位2个、事项3项；清单改动1处。`` All as of the day."""
    if changes.empty:
        return NOTHING
    verbs = [change.verb for change in changes.records]
    counts = [f"{word}{verbs.count(verb)}条" for verb, word in _VERBS.items() if verb in verbs]
    parts = []
    if counts:
        units = {change.unit for change in changes.units}
        items = {change.item for change in changes.units if change.item}
        parts.append(f"记录{'、'.join(counts)}，涉及单位{len(units)}个、事项{len(items)}项")
    if changes.edits:
        parts.append(f"清单、单位、规则改动{len(changes.edits)}处")
    day = full_day(changes.day)
    return f"{'；'.join(parts) or '状态有变化'}。状态和亮灯按{day}比较。"


def _sentences(units: Sequence[UnitChange]) -> Iterator[Part]:
    """Yield one act: one sentence. Several: a line that says whose they are, and a line each."""
    for change in units:
        if len(change.acts) == 1:
            yield hung(f"{change.about}：{change.words}。", 0)
            yield from own_words(change.acts[0], 2)
            continue
        yield (StyledText(f"{change.about}{f'：{change.turn}' if change.turn else ''}"),)
        for act in change.acts:
            yield hung(f"{act.words}。", 2)
            yield from own_words(act, 4)


def own_words(act: Act, indent: int) -> Iterator[Part]:
    """Yield what a unit says itself, below the sentence that tells of its record."""
    for name, words in act.said:
        label = StyledText(f"{' ' * indent}{name}：", FAINT)
        yield hanging(label, words)


def hung(text: str, indent: int) -> Block:
    """Return a sentence whose later lines stand a little to the right."""

    def laid_out(width: int) -> Iterator[Line]:
        first, *rest = wrap(text, width - indent - _INDENT)
        yield (StyledText(f"{' ' * indent}{first}"),)
        for line in rest:
            yield (StyledText(f"{' ' * (indent + _INDENT)}{line}"),)

    return laid_out


def _fitting(heads: Sequence[Head], rows: Sequence[Sequence[str]], width: int) -> Iterator[Part]:
    """Yield the columns that say something, without those that give way where there is no room for them."""
    cells = list(zip(*rows, strict=True))
    kept = [n for n, column in enumerate(cells) if any(column)]
    for title in _GIVE_WAY:
        fixed = [(heads[n].title, *cells[n]) for n in kept if heads[n].fit != "text"]
        if sum(max(map(width_of, column)) + GAP for column in fixed) + _LEAST_TEXT > width:
            kept = [n for n in kept if heads[n].title != title]
    yield grid([heads[n] for n in kept], [[row[n] for n in kept] for row in rows])


def item_cells(change: ItemChange) -> tuple[str, ...]:
    """Return the row of an item: each value before and after."""
    was, now = change.before, change.after
    either = now or was
    *states, leads = zip(_values(was), _values(now), strict=True)
    return (
        change.id,
        brief(either) if either else "",
        *(_both(*pair) for pair in states),
        _both(*leads) if leads[0] != leads[1] else "",
        _others(was, now),
    )


def _both(was: str | None, now: str | None) -> str:
    """Return before → after, or the one value where nothing changed; None: the item isn't in that list."""
    if was == now or now is None or was is None:
        return now or was or ""
    return f"{was or NO_LIGHT}{ARROW}{now or NO_LIGHT}"


def _values(item: JudgedItem | None) -> tuple[str | None, ...]:
    """Return status, light, percent, deadline and leads; None five times where the item isn't in that list."""
    if item is None:
        return (None,) * 5
    state, year = item.state, item.ledger.tasks.notice.year
    return (
        shown_standing(state.standing),
        item.light.shown,
        "" if state.percent is None else f"{state.percent}%",
        day_words(state.due, year) if state.dated and state.due else "",
        "、".join(state.units.lead),
    )


def _others(was: JudgedItem | None, now: JudgedItem | None) -> str:
    """Return units that came or went beside those that lead: ＋县水利局."""
    if was is None or now is None:
        return ""
    before, after = (
        (*item.state.units.responsible, *item.state.units.support) for item in (was, now)
    )
    new = (f"＋{unit}" for unit in after if unit not in before)
    return "、".join((*new, *(f"－{unit}" for unit in before if unit not in after)))


def figure_cells(change: FigureChange) -> tuple[str, ...]:
    """Return the row of an indicator: each value before and after."""
    was, now = change.before, change.after
    either = now or was
    return (
        change.item,
        either.indicator.name if either else "",
        _both(figure_value(was), figure_value(now)),
        _both(was.verdict if was else None, now.verdict if now else None),
    )


def edit_lines(edit: Edit) -> Iterator[Part]:
    """Yield an edit of the list: where, and both texts in one."""
    yield (StyledText(f"{edit.file}  "), StyledText(edited(edit), STRONG))
    if edit.before is not None and edit.after is not None:
        yield hanging("    ", _in_one(edit.before, edit.after, _SIGNS), indent=4)
    else:
        sign, words = ("-", edit.before) if edit.after is None else ("+", edit.after)
        style = "red" if sign == "-" else "green"
        yield hanging(StyledText(f"  {sign} ", style), words or "", indent=4, style=style)
    if edit.note:
        yield hanging(StyledText("  ！", WARNING), f"{edit.note}。", indent=4, style=WARNING)


def edited(edit: Edit) -> str:
    """Return what was edited, and whether it is new or gone."""
    if edit.before is None:
        return f"{clean(edit.where)}（新增）"
    return f"{clean(edit.where)}（删去）" if edit.after is None else clean(edit.where)


_SIGNS: Final = {"gone": ("［-", "-］"), "new": ("［+", "+］")}
_MARKS: Final = {"gone": ("~~", "~~"), "new": ("**", "**")}


def _in_one(
    before: str,
    after: str,
    signs: Mapping[str, tuple[str, str]],
    written: Callable[[str], str] = str,
) -> str:
    """Return both texts in one, what is gone and what is new between ``signs``; one after the other at a glance."""
    if max(len(before), len(after)) <= _GLANCE:
        return written(f"{before}{ARROW}{after}")
    pieces = (
        (signs.get(part, ("", "")), written(words)) for part, words in word_diff(before, after)
    )
    return "".join(f"{opening}{words}{closing}" for (opening, closing), words in pieces)


def as_markdown(changes: Changes, title: str) -> str:
    """Return a list of sentences, tables, edits with what is gone struck out."""
    parts = [f"## {escape(title)}"]
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
        yield f"- {escape(change.about)}{f'：{change.turn}' if change.turn else ''}"
    for act in change.acts:
        words = act.words if len(change.acts) > 1 else f"{change.about}：{change.words}"
        indent = "  " if len(change.acts) > 1 else ""
        yield f"{indent}- {escape(words)}。"
        yield from (f"{indent}  - {escape(name)}：{escape(said)}" for name, said in act.said)


def _edit_bullet(edit: Edit) -> str:
    words = escape(edit.before or edit.after or "")
    if edit.before is not None and edit.after is not None:
        words = _in_one(edit.before, edit.after, _MARKS, escape)
    note = f"\n  - **{escape(edit.note)}。**" if edit.note else ""
    return f"- {code(edit.file)} {escape(edited(edit))}：{words}{note}"


def _table(heads: Sequence[Head], rows: Iterable[tuple[str, ...]]) -> str:
    """Return the columns that say something."""
    columns = [
        [title, *map(escape, cells)]
        for title, *cells in zip([head.title for head in heads], *rows, strict=True)
        if any(cells)
    ]
    head, *lines = zip(*columns, strict=True)
    return table(head, lines).rstrip("\n")
