"""The timeline of an item, a unit or the list over commits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from gaigai_cli.history.changes.sentences import Act
from gaigai_cli.history.changes.timeline import Event, Timeline
from gaigai_cli.history.commits import Commit
from gaigai_cli.model.exported import EXAMPLE
from gaigai_cli.render.console.changes import edit_lines, hung, own_words
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    Page,
    Part,
    StyledText,
    hanging,
    noted,
    page,
    paragraph,
)
from gaigai_cli.render.width import clean, cut, width_of

NOTHING = "没有登记过。"
SHALLOW = "这是浅克隆：第一个提交之前的经过看不到，当时已有的记录都列在它下面。"
PENDING = "尚未提交"
_LEAST = 10
"""Cells that a commit's message has at least."""


def as_page(timeline: Timeline, title: str) -> Page:
    """Commit by commit, oldest first."""
    told = [*([EXAMPLE] if timeline.example else []), *([SHALLOW] if timeline.shallow else [])]
    events = [tuple(_event(event)) for event in timeline.events]
    nothing = () if events else paragraph(NOTHING)
    return page(paragraph(title, STRONG), noted(told), nothing, *events)


def _event(event: Event) -> Iterator[Part]:
    commit = event.commit
    if commit is None:
        yield (StyledText(PENDING, STRONG),)
    else:
        yield partial(_commit, commit)
    for act in event.acts:
        yield hung(f"{act_words(act)}。", 2)
        yield from own_words(act, 4)
    for edit in event.edits:
        yield from edit_lines(edit)
    for id_ in event.altered:
        yield hanging(StyledText("  ！", WARNING), f"改动或删去了记录{clean(id_)}。", indent=4)


def _commit(commit: Commit, width: int) -> Iterator[Part]:
    head = (
        StyledText(f"{commit.when:%Y-%m-%d %H:%M}", STRONG),
        StyledText(f"  {commit.short}  "),
        StyledText(f"{clean(commit.author)}  "),
    )
    room = width - sum(width_of(piece.text) for piece in head)
    if room >= _LEAST:
        yield (*head, StyledText(cut(clean(commit.subject), room), FAINT))
    else:
        yield paragraph("".join(piece.text for piece in head).rstrip(), STRONG)
        yield (StyledText(f"  {cut(clean(commit.subject), width - 2)}", FAINT),)


def act_words(act: Act) -> str:
    """Return 县财政局 16.2：6月14日申请销号，佐证：财预〔2024〕15号（登记人张三）."""
    record = act.entry.record
    by = f"（登记人{record.by}）" if record.by else ""
    return f"{act.entry.unit}{f' {record.item}' if record.item else ''}：{act.words}{by}"


def as_json(timeline: Timeline) -> list[dict[str, Any]]:
    """Return the keys of ``log``: a contract, only ever added to."""
    return [
        {
            "commit": event.commit.hash if event.commit else None,
            "author": event.commit.author if event.commit else None,
            "email": event.commit.email if event.commit else None,
            "date": event.commit.when.isoformat() if event.commit else None,
            "subject": event.commit.subject if event.commit else None,
            "records": [
                {
                    "id": act.entry.record.id,
                    "unit": act.entry.unit,
                    "item": act.entry.record.item,
                    "by": act.entry.record.by,
                    "words": act.words,
                }
                for act in event.acts
            ],
            "edits": [edit._asdict() for edit in event.edits],
            "altered": list(event.altered),
        }
        for event in timeline.events
    ]
