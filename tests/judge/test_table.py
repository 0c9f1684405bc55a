"""The whole table of statuses and kinds, cell by cell, with each status made by real records."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from gaigai_cli.judge.findings import check
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.judge.state import ItemState
from gaigai_cli.model.kinds import KINDS, Effect, KindName
from gaigai_cli.model.statuses import STATUSES, Status
from tests.judge.build import FIXED, JOINT, LEAD, MONTHLY, OFFICE, ONGOING, STAGED, UNSET, Book, day

DEADLINES: dict[str, dict[str, Any]] = {
    "fixed": FIXED,
    "staged": STAGED,
    "ongoing": ONGOING,
    "recurring": MONTHLY,
    "unset": UNSET,
}
CLOSES_OUT = ("fixed", "staged")
ANSWERS_APPLICATION = ("撤回申请", "核验销号", "退回补正")
ASSESSED = ("ongoing", "recurring")


WAITING: dict[str, tuple[str, str, dict[str, Any]]] = {
    "督办回执": (OFFICE, "督办", {}),
    "办理反馈": (OFFICE, "批示", {"to": [LEAD]}),
    "呈报": (OFFICE, "批示", {}),
    "阅后意见": (OFFICE, "批示", {}),
    "节点备案": (LEAD, "阶段节点", {}),
}
"""What a kind answers that needs nothing before it: who asks, by which kind."""


def reachable(kind: str) -> Iterator[Status]:
    """The statuses that an item with such a deadline can have."""
    for status in STATUSES:
        if status in ("待核验", "已销号") and kind not in CLOSES_OUT:
            continue
        if status == "已评估" and kind not in ASSESSED:
            continue
        yield status


def brought_to(status: Status, deadline: str, kind: KindName) -> tuple[Book, dict[str, Any]]:
    """A book whose item has ``status`` on 6-20, and what a record of ``kind`` has to say then.

    What an answer answers is a live application where there can be one, else a settled or a void one.
    """
    joint = status == "推进中" and kind in ANSWERS_APPLICATION and deadline in CLOSES_OUT
    book = Book(DEADLINES[deadline], lead=(LEAD, JOINT) if joint else (LEAD,))
    said: dict[str, Any] = {}
    if kind in ("批准延期", "不予延期") and deadline in CLOSES_OUT:
        said["answers"] = [book.add(LEAD, "06-01", "申请延期", due="2024-08-31")]
    elif kind in ("批准延期", "不予延期"):
        said["due"] = "2025-03-31"
    elif kind == "撤回申请" and status in ("未报进展", "未启动") and deadline in CLOSES_OUT:
        said["answers"] = [book.add(LEAD, "06-01", "申请延期", due="2024-08-31")]
    elif kind in ANSWERS_APPLICATION and not _has_application(status, deadline):
        void = book.add(LEAD, "06-01", "申请销号")
        book.add(LEAD, "06-01", "更正", corrects=void, void=True)
        said["answers"] = [void]
    elif kind == "亮点":
        void = book.add(LEAD, "06-01", "进展")
        book.add(LEAD, "06-01", "更正", corrects=void, void=True)
        said["answers"] = [void]
    elif kind in WAITING and (kind, deadline) != ("节点备案", "staged"):
        asker, asked, fields = WAITING[kind]
        said["answers"] = [book.add(asker, "06-01", asked, **fields)]
    elif kind == "协调结果":
        void = book.add(LEAD, "06-01", "进展", problems="接口未开通。", coordinate="省级")
        book.add(LEAD, "06-01", "更正", corrects=void, void=True)
        said["answers"] = [void]
    elif kind == "条件具备":
        book.add(OFFICE, "06-01", "条件未具备")
    elif kind == "更正":
        letter = book.add(OFFICE, "06-01", "督办")
        receipt = book.add(LEAD, "06-01", "督办回执", answers=[letter])
        said |= {"corrects": receipt, "set": {"summary": "已办结。"}}
    elif kind == "期满评估":
        said["reason"] = "提前结束"
    applications = _bring(book, status, deadline, joint=joint)
    if kind in ANSWERS_APPLICATION:
        said.setdefault("answers", applications)
    return book, said


def _has_application(status: str, deadline: str) -> bool:
    return deadline in CLOSES_OUT and status in ("推进中", "待核验", "已销号")


def _bring(book: Book, status: str, deadline: str, *, joint: bool) -> list[str]:
    if status == "未报进展":
        return []
    if status == "未启动":
        book.add(LEAD, "06-02", "进展", not_started=True)
        return []
    book.add(LEAD, "06-02", "进展")
    if status == "已评估":
        book.add(OFFICE, "06-05", "期满评估", reason="提前结束")
    if status == "已核减":
        book.add(OFFICE, "06-05", "核减")
    if status in ("推进中", "待核验") and (joint or status == "待核验"):
        return [book.add(LEAD, "06-03", "申请销号")]
    applications = []
    if status == "已销号":
        for when in ("06-03", "06-05") if deadline == "staged" else ("06-05",):
            applications = [book.add(LEAD, when, "申请销号")]
            book.add(OFFICE, when, "核验销号", answers=applications)
    return applications


ROWS = [(deadline, status) for deadline in DEADLINES for status in reachable(deadline)]


@pytest.mark.parametrize(("deadline", "status"), ROWS)
def test_the_whole_table(deadline: str, status: Status) -> None:
    for kind in KINDS:
        is_as_the_table_says(deadline, status, kind)


def looked_at(book: Book) -> tuple[list[str], ItemState]:
    """The codes of what is wrong with a book, and the state of its item, read once for both."""
    ledger = book.ledger()
    errors = [f.code for f in check(ledger, today=day("2025-12-31")) if f.severity == "error"]
    return errors, Judge(ledger).on(day("06-20")).by_id["1.1"].state


def is_as_the_table_says(deadline: str, status: Status, kind: KindName) -> None:
    """A record of the kind does to an item of that status what its cell says, or is refused as it says."""
    book, said = brought_to(status, deadline, kind)
    errors, before = looked_at(book)
    assert (errors, before.status) == ([], status)
    author = OFFICE if KINDS[kind].by == "office" else LEAD

    book.add(author, "06-20", kind, **said)

    errors, after = looked_at(book)
    effect = KINDS[kind].effects[STATUSES.index(status)]
    of_stage = KINDS[kind].about == "stage"
    if of_stage and deadline not in CLOSES_OUT:
        assert (errors, after.status) == (["no-close-out"], status)
    elif effect == "不可":
        assert (errors, after.status) == (["wrong-order"], status)
    elif kind == "阶段节点" and deadline == "staged":
        assert (errors, after.status) == (["own-stages"], status)
    elif kind == "期满评估" and deadline not in ASSESSED:
        assert (errors, after.status) == (["no-assessment"], status)
    elif effect == "不变":
        assert (errors, after.status) == ([], status)
    elif deadline == "staged" and of_stage:
        assert errors == []
        assert effect in [stage.status for stage in after.stages]
    else:
        assert (errors, after.status) == ([], effect)


WHERE: dict[str, Status] = {
    "进展": "未报进展",
    "撤回申请": "待核验",
    "核验销号": "待核验",
    "退回补正": "待核验",
    "撤销销号": "已销号",
}


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.names_item])
def test_the_table_is_what_happens(kind: KindName, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another word in a cell is another status after the record, whatever the kind does besides."""
    deadline, status = "ongoing" if kind == "期满评估" else "fixed", WHERE.get(kind, "推进中")

    def after(effect: Effect) -> tuple[list[str], str]:
        monkeypatch.setitem(KINDS, kind, row._replace(effects=(effect,) * len(STATUSES)))
        book, said = brought_to(status, deadline, kind)
        book.add(OFFICE if row.by == "office" else LEAD, "06-20", kind, **said)
        errors = [f.code for f in book.findings() if f.severity == "error"]
        return errors, book.on("06-20").state.status

    row = KINDS[kind]
    assert after("未启动") == ([], "未启动")
    assert after("不可") == (["wrong-order"], status)


def test_documented_table() -> None:
    text = (Path(__file__).parents[2] / "docs" / "judgement.md").read_text(encoding="utf-8")
    table = text.partition("<!-- transitions -->\n")[2].partition("<!-- /transitions -->")[0]
    header, _, *rows = (
        [cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()
    )
    assert header == ["kind", *STATUSES]
    assert {kind: tuple(row) for kind, *row in rows} == {
        kind: row.effects for kind, row in KINDS.items()
    }


def test_table_is_whole() -> None:
    assert get_args(KindName) == tuple(KINDS)
    assert {len(kind.effects) for kind in KINDS.values()} == {len(STATUSES)}
