"""Choosing an item and a unit on a terminal."""

from __future__ import annotations

from collections.abc import Callable

from gaigai_cli.cli import ask
from gaigai_cli.cli.session import Session
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.query import Filter, select
from gaigai_cli.render.listing import listing


def choose_item(
    session: Session, unit: str | None, read: Callable[[str], JudgedItem], *, leads_only: bool
) -> JudgedItem:
    """An item: those of the unit are listed, or all; for applications only dated ones that are open.

    ``read`` finds what is typed; what it raises is told, and asked again.
    """
    judgement = session.judgement
    wanted = Filter(lead=unit) if leads_only else Filter(dept=unit)
    rows = select(judgement, wanted).rows
    if leads_only:
        rows = tuple(r for r in rows if r.item.state.dated and r.item.state.open)
    title = f"{unit}的事项" if unit else "全部事项"
    output = session.output
    output.show(listing(judgement, rows, title=title, width=output.width))
    answer = ask.value("事项编号", read, required=True)
    assert answer is not None
    return answer[1]


def choose_unit(session: Session, item: JudgedItem, *, leads_only: bool) -> str:
    """One of the item's units; where the list also says 等相关部门, any other by its name."""
    units = item.state.units
    named = units.lead if leads_only else units.named
    choices = [(name, f"{name} （{units.of(name)}）") for name in named]
    if units.open and not leads_only:
        choices.append(("", f"其他单位 （{'、'.join(units.open)}）"))
    if len(choices) == 1:
        return choices[0][0]
    ask.say("以哪个单位的名义记录：")
    chosen = ask.choice("序号", choices, default=1)
    if chosen:
        return chosen
    answer = ask.value("单位名称", session.unit, required=True)
    assert answer is not None
    return answer[1]
