"""Nothing in a table put together of independent choices is silently read otherwise than a person reads it."""

from __future__ import annotations

from random import Random

import pytest

from gaigai_cli.notice.answers import Answers
from gaigai_cli.notice.draft import make_draft
from gaigai_cli.notice.formats import read_document
from tests.notice.composed import composed
from tests.notice.measure import silent
from tests.notice.renderings import FORMATS


@pytest.mark.parametrize("name", ["通知.html", "通知.docx", "通知.xlsx", "通知.csv"])
def test_composed_tables_are_read_or_asked_about(name: str, *, thorough: bool) -> None:
    """What a table that fails was made of tells which choices matter. Others are tried by other numbers."""
    found = {}
    for seed in range(400 if thorough else 24):
        made = composed(Random(seed).choice)
        draft = make_draft(read_document(FORMATS[name](made.sheet), name), Answers())
        if wrong := silent(made.items, draft):
            found[seed] = (*wrong, *made.made_of)
    assert found == {}
