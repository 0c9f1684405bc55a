"""Whom to call at each unit, on the screen and as JSON."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from gaigai_cli.judge.judgement import Judgement
from gaigai_cli.model.people import Contact
from gaigai_cli.render.console.list import head
from gaigai_cli.render.grid import Head, grid, head_row
from gaigai_cli.render.lines import FAINT, STRONG, Page, StyledText, page, paragraph

CHANGED: Final = "换人时再登记一次，原来的人自动到期"
"""How one person follows another, without a full stop."""
_HEADS = head_row(
    Head("单位", "text"), "职责", "姓名", Head("职务", "text"), "办公电话", "手机", "起止"
)


def _listed(judgement: Judgement, unit: str | None) -> Iterator[tuple[Contact, str, bool]]:
    """Yield each person, the unit of the day that they belong to, and whether it is they who are to be called now."""
    ledger = judgement.ledger
    order = {one.name: number for number, one in enumerate(ledger.units.all)}
    people = ledger.contacts.contacts if ledger.contacts else ()
    found = [(one, ledger.units.canonical(one.unit)) for one in people]
    for one, whose in sorted(found, key=lambda pair: order.get(pair[1], len(order))):
        now = ledger.contact(whose, one.duty, judgement.day) is one
        if (unit is None and now) or whose == unit:
            yield one, whose, now


def contacts_page(
    judgement: Judgement,
    unit: str | None,
    typed: Callable[[str], str],
) -> Page:
    """Return who is to be called; of one unit also who was before. ``typed`` makes commands find the list from here."""
    rows = [
        [
            StyledText(whose, STRONG if now else FAINT),
            *(
                StyledText(word or "", "" if now else FAINT)
                for word in (one.duty, one.name, one.post, one.office_phone, one.mobile)
            ),
            StyledText(_span(one, now=now), FAINT),
        ]
        for one, whose, now in _listed(judgement, unit)
    ]
    ledger, day = judgement.ledger, judgement.day
    missing = [u.name for u in ledger.units.all if not ledger.contact(u.name, "联络员", day)]
    told = f"没有登记联络员：{'、'.join(missing)}。" if unit is None and missing else ""
    how = f"登记：gaigai contacts 单位 --add，逐项填写；{CHANGED}。"
    return page(
        head(judgement, f"{unit or '各单位'}联系人"),
        grid(_HEADS, rows) if rows else paragraph("还没有登记。"),
        (
            *((paragraph(told),) if told and rows else ()),
            paragraph(typed(how), FAINT),
        ),
    )


def _span(one: Contact, *, now: bool) -> str:
    if one.to is not None:
        return f"{one.from_}至{one.to}"
    return f"{one.from_}起{'' if now else '，已换人'}"


def contacts_json(judgement: Judgement, unit: str | None) -> list[dict[str, Any]]:
    """Return the JSON of the people whom the page of contacts shows."""
    return [
        {
            "unit": whose,
            "duty": one.duty,
            "name": one.name,
            "post": one.post,
            "office_phone": one.office_phone,
            "mobile": one.mobile,
            "from": one.from_.isoformat(),
            "to": one.to.isoformat() if one.to else None,
            "now": now,
        }
        for one, whose, now in _listed(judgement, unit)
    ]
