"""The result of collecting forms, and who has returned one, on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final, Literal

from gaigai_cli.forms.compare import Standing
from gaigai_cli.forms.returned import Outcome, Trouble
from gaigai_cli.model.records import Record, label
from gaigai_cli.record.prepare import Prepared
from gaigai_cli.render.console.written import records_page
from gaigai_cli.render.grid import Head, grid, head_row
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    WRONG,
    Block,
    Page,
    Part,
    StyledText,
    hanging,
    page,
    paragraph,
    titled,
)
from gaigai_cli.render.width import clean, cut, width_of
from gaigai_cli.words.period import Period

How = Literal["tried", "written", "to-commit", "to-sync", "committed"]
"""What was done with the records; ``to-commit``: written where git keeps them, ``to-sync``: where ``sync`` does."""

_NEXT: Final[dict[How, str]] = {
    "tried": "",
    "written": "",
    "to-commit": "下一步：请提交 progress/ 和 evidence/ 并推送，别人才能看到。",
    "to-sync": "下一步：运行 {sync} 提交并推送，别人才能看到。",
    "committed": "下一步：请推送（{sync}），别人才能看到。",
}
AGAIN: Final = "没有登记的，请单位改好后把整份表再发来，重新收一次，已登记的不会重复。"
ALL_REPORTED: Final = "各单位都已报送。"
_INDENT: Final = 10
_NUMBERS: Final = ("事项", "已报", "未填", "缺数", "未反馈")
_HEADS: Final = head_row("单位", "报送", *(Head(title, right=True) for title in _NUMBERS))
_HOW_STYLES: Final = {"未交": WRONG, "待登记": WARNING, "空表": WARNING}


def collected_page(outcomes: Sequence[Outcome], how: How, sync: str) -> Page:
    """Return unit by unit: its records (whole where nothing is written), what was told, and what comes next.

    ``sync`` is the command by which others get to see them.
    """
    count = sum(len(outcome.prepared) for outcome in outcomes)
    return page(
        *(block for one in outcomes for block in _outcome(one, written=how != "tried")),
        paragraph(_total(outcomes, count, how, sync), STRONG),
    )


def _total(outcomes: Sequence[Outcome], count: int, how: How, sync: str) -> str:
    verb = "将登记" if how == "tried" else "登记"
    failed = sum(t.severity == "error" for one in outcomes for t in one.troubles)
    what = f"{verb}{count}条记录" if count else "没有新的内容"
    units, files = len({one.unit for one in outcomes}), sum(one.files for one in outcomes)
    counted = f"共{units}个单位" + (f"、{files}份表" if files != units else "")
    words = f"{counted}，{what}{f'，{failed}处没有登记' if failed else ''}。"
    again = AGAIN if failed else ""
    return words + again + (_NEXT[how].format(sync=sync) if count else "")


def _outcome(outcome: Outcome, *, written: bool) -> Iterator[Iterable[Part]]:
    yield _head(outcome)
    if written:
        yield map(_record, outcome.prepared)
    else:
        yield records_page(outcome.prepared).parts
    yield _told(outcome)


def _head(outcome: Outcome) -> Iterator[Part]:
    parts = []
    if outcome.prepared:
        parts.append(f"{len(outcome.prepared)}条新记录")
    if outcome.already:
        parts.append(f"{outcome.already}条以前已登记")
    if outcome.empty:
        parts.append(f"{len(outcome.empty)}项没有填")
    words = "，".join(parts) or "没有登记"
    yield (StyledText(outcome.unit, STRONG), StyledText(f"  {outcome.month}  {words}"))
    if outcome.empty:
        yield hanging(StyledText("  没有填", FAINT), "、".join(outcome.empty), indent=_INDENT)


def _record(one: Prepared) -> Block:
    record = one.record
    words = "；".join(_changes(record)) or record.summary or record.reason or ""
    if record.due:
        words = f"延至{record.due}：{words}"
    item = record.item or (one.after.id if one.after else "")
    start = StyledText(f"  + {'  '.join(filter(None, (record.kind, item)))}  ", "green")
    return lambda width: [(start, StyledText(cut(clean(words), max(width - 24, 20))))]


def _changes(record: Record) -> Iterator[str]:
    """Yield what a 更正 changes."""
    for name, value in (record.set or {}).items():
        yield (
            f"{label(name)}改为{value}"
            if isinstance(value, str | int | date)
            else f"改{label(name)}"
        )


def _told(outcome: Outcome) -> Iterator[Part]:
    """File by file what wasn't taken, then what was though somebody should know; then what the records make odd."""
    for file in dict.fromkeys(trouble.file for trouble in outcome.troubles):
        yield hanging(StyledText("  文件", FAINT), file, indent=_INDENT)
        own = [trouble for trouble in outcome.troubles if trouble.file == file]
        for severity, style, name in (("error", WRONG, "  未登记"), ("note", WARNING, "  提示")):
            for trouble in own:
                if trouble.severity == severity:
                    words = f"{_placed(trouble)}。"
                    yield hanging(StyledText(name, style), words, indent=_INDENT)
    for one in outcome.prepared:
        item = one.after.id if one.after else ""
        for words in one.warnings:
            yield hanging(StyledText("  提示", WARNING), f"{item}：{words}。", indent=_INDENT)


def _placed(trouble: Trouble) -> str:
    return f"{trouble.place}：{trouble.message}" if trouble.place else trouble.message


def standing_page(standings: Sequence[Standing], month: Period) -> Page:
    """Return who has returned a form for a month, and which items nobody has filled in."""
    rows = [
        (
            one.unit,
            StyledText(one.how, _HOW_STYLES.get(one.how, "")),
            str(one.asked),
            str(one.asked - len(one.empty)),
            str(len(one.empty)),
            str(len(one.figures) or ""),
            str(len(one.unanswered) or ""),
        )
        for one in standings
    ]
    count = f"共{len(standings)}个单位，已报送{sum(one.reported for one in standings)}个"
    return page(
        titled(f"{month.words}报送情况", count, STRONG),
        grid(_HEADS, rows),
        *(_lacking(standings, head, what) for head, what in _LACKING.items()),
        *_unread([one.unit for one in standings if one.how == "待登记"]),
        paragraph(_missing(standings)),
    )


_LACKING: Final[dict[str, Callable[[Standing], tuple[str, ...]]]] = {
    "已报送但未填报的事项": lambda one: one.empty if one.reported else (),
    "已报送、但没有数值的指标（缺数）": lambda one: one.figures,
    "没有反馈的交办事项": lambda one: one.unanswered,
}


def _lacking(
    standings: Sequence[Standing],
    head: str,
    lacks: Callable[[Standing], tuple[str, ...]],
) -> Iterator[Part]:
    """Yield unit by unit what is lacking."""
    lacking = [one for one in standings if lacks(one)]
    if not lacking:
        return
    indent = max(width_of(one.unit) for one in lacking) + 4
    yield (StyledText(head, STRONG),)
    for one in lacking:
        yield hanging(f"  {one.unit}", "、".join(lacks(one)), indent=indent)


def _unread(units: Sequence[str]) -> Iterator[Block]:
    """Yield what to do with the forms that lie there: they are collected, or given back with what isn't taken."""
    if units:
        words = "请用 gaigai collect 登记，填得不合适的请单位改好再发来"
        yield paragraph(f"表已交回、还没有登记：{'、'.join(units)}。{words}。")


def _missing(standings: Sequence[Standing]) -> str:
    if not standings:
        return "没有需要报送的单位。"
    if units := [one.unit for one in standings if one.how == "未交"]:
        return f"未交：{'、'.join(units)}。"
    return ALL_REPORTED if all(one.reported for one in standings) else "没有未交的单位。"
