"""Kinds of layout that offices use, one small made-up notice each, and the whole reading of it. 示例，非真实文件."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gaigai_cli.notice.answers import Answers, read_answers
from gaigai_cli.notice.draft import Draft, make_draft
from gaigai_cli.notice.formats import read_document
from tests.notice.measure import deadline_words, units_words
from tests.program import SameAsFile

KINDS = Path(__file__).parent / "kinds"
NOTICES = sorted(path for path in KINDS.iterdir() if path.suffix in (".html", ".txt", ".md"))


@pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.stem)
def test_a_kind_is_read_as_a_person_reads_it(notice: Path, same_as_file: SameAsFile) -> None:
    """Each reading was compared with the notice by hand; whoever changes one does so again."""
    kept = notice.with_suffix(".answers.yaml")
    answers = read_answers(kept.read_bytes(), kept.name) if kept.exists() else Answers()
    draft = make_draft(read_document(notice.read_bytes(), notice.name), answers)
    same_as_file("\n".join(words(draft)) + "\n", KINDS / "read" / f"{notice.stem}.txt")


def words(draft: Draft) -> Iterator[str]:
    """All that was read of the list, and every question."""
    notice = draft.notice
    yield "｜".join(str(notice[key]) for key in ("title", "number", "issuer", "issued", "year"))
    for task in draft.tasks:
        for item in task["items"]:
            yield f"{item['id']}　{task['title']}　{item['content']!r}"
            units = item.get("units") or task.get("units")
            deadline = item.get("deadline") or task.get("deadline")
            yield f"　　{units_words(units) or '–'}　{deadline_words(deadline) or '–'}"
    for doubt in (*draft.open_doubts, *draft.suggestions):
        concerns = "、".join(doubt.subjects) or doubt.subject
        read = f"　→ {'　'.join(doubt.read.split(chr(10)))}" if doubt.read else ""
        yield f"? {doubt.code} {concerns}：{doubt.why}{read}"
    for refused in draft.refused:
        yield f"! {refused.doubt.code} {refused.doubt.subject}：{refused.value}：{refused.why}"
