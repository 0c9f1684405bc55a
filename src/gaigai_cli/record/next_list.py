"""Next year's list as a draft into which every unfinished item is carried over, with the reason in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.model.base import Frozen
from gaigai_cli.model.deadline import Assessed, Deadline, Fixed, Ongoing
from gaigai_cli.model.statuses import is_closed
from gaigai_cli.model.tasks import Task, UnitCell
from gaigai_cli.words.deadline import read_deadline
from gaigai_cli.words.say import full_day, units_words
from gaigai_cli.words.units import read_units

NUMBER_OPEN: Final = "文号待定"
_CARRY: Final = "转入下年"


class CarryOver(NamedTuple):
    """An item, and why it is carried over, or isn't: what the office has to decide about it."""

    id: str
    why: str


class NextList(NamedTuple):
    """The tree of the new ``tasks.yaml``, comments by item, what was carried over and what wasn't."""

    tree: dict[str, Any]
    comments: Mapping[tuple[str, str], Sequence[str]]
    carried: tuple[CarryOver, ...]
    left: tuple[CarryOver, ...]


def next_list(judgement: Judgement, year: int) -> NextList:
    """Return the draft of the list of ``year``, by what the records say as of the judgement's day."""
    notice = judgement.ledger.tasks.notice
    carried: list[CarryOver] = []
    tasks: list[dict[str, Any]] = []
    for task in judgement.ledger.tasks.tasks:
        items = [
            item
            for item in judgement.items
            if item.state.listed.task is task and not _why_left(item)
        ]
        if items:
            tasks.append(_task(task, items, year))
            carried += map(_carried, items)
    head = _said(notice) | {
        "title": notice.title.replace(str(notice.year), str(year)),
        "number": NUMBER_OPEN,
        "issued": date(year, 1, 1).isoformat(),
        "year": year,
    }
    comments = {(one.id, "id"): [f"# 由{notice.year}年清单结转：{one.why}"] for one in carried}
    comments |= {
        ("", "number"): [f"# {year}年清单印发后，改为正式的标题、文号和印发日期；时限逐项核定"],
    }
    left = tuple(CarryOver(i.id, why) for i in judgement.items if (why := _why_left(i)))
    return NextList({"notice": head, "tasks": tasks}, comments, tuple(carried), left)


def _why_left(item: JudgedItem) -> str:
    """Return why the item isn't carried over; empty where it is."""
    state = item.state
    if state.listed.item.removed:
        return "已调出清单"
    assessed = state.assessment.record.result if state.assessment else None
    if not is_closed(state.status) or assessed == _CARRY:
        return ""
    return f"期满评估为{assessed}" if state.assessment else state.status


def _carried(item: JudgedItem) -> CarryOver:
    state = item.state
    parts: list[str] = [_CARRY if state.assessment else state.status]
    if state.overdue:
        parts.append(f"已逾期{state.days_overdue}天")
    if state.suspended:
        parts.append("条件未具备")
    if state.applications or state.extensions:
        parts.append("还有申请没有答复")
    if isinstance(state.listed.deadline, Assessed):
        parts.append("时限按新年度暂拟")
    else:
        parts.append("时限仍是原定的，须重新核定")
    return CarryOver(state.id, "，".join(parts))


def _task(task: Task, items: list[JudgedItem], year: int) -> dict[str, Any]:
    tree: dict[str, Any] = {"id": task.id, "title": task.title}
    if task.units is not None:
        tree["units"] = _said(task.units)
    shared = _deadline(task.deadline, year) if task.deadline is not None else None
    if shared is not None:
        tree["deadline"] = shared
    tree["items"] = [_item(item, tree, year) for item in items]
    return tree


def _item(item: JudgedItem, task: Mapping[str, Any], year: int) -> dict[str, Any]:
    """Return what the item says, with what is in force now where that differs from what its task says."""
    state = item.state
    listed = state.listed.item
    said = _said(listed)
    units, deadline = _units(item), _deadline_in_force(item, year)
    tree: dict[str, Any] = {"id": state.id, "content": listed.content}
    if units != task.get("units"):
        tree["units"] = units
    if deadline != task.get("deadline"):
        tree["deadline"] = deadline
    kept = ("criteria", "indicators", "leader", "contact")
    tree |= {name: said[name] for name in kept if name in said}
    tree["carried_from"] = {"number": item.ledger.tasks.notice.number, "id": state.id}
    return tree


def _units(item: JudgedItem) -> dict[str, Any]:
    """Return the cell as issued; written anew where the office has ruled who owes it, if its words say just that."""
    issued, now = item.state.listed.units, item.state.units
    if (issued.named, issued.lead) == (now.named, now.lead):
        return _said(issued)
    text = units_words([*(f"★{unit}" for unit in now.lead), *now.responsible], now.open)
    reading = read_units(text)
    if reading.doubts or (reading.lead, reading.responsible, reading.open) != (
        now.lead,
        now.responsible,
        now.open,
    ):
        return _said(issued)
    return _said(UnitCell(text=text, lead=now.lead, responsible=now.responsible, open=now.open))


def _deadline_in_force(item: JudgedItem, year: int) -> dict[str, Any]:
    state = item.state
    deadline = state.listed.deadline
    if isinstance(deadline, Fixed) and state.due is not None and state.due != deadline.due:
        return {"text": full_day(state.due), "kind": "fixed", "due": state.due.isoformat()}
    return _deadline(deadline, year)


def _deadline(deadline: Deadline, year: int) -> dict[str, Any]:
    """Work that goes on goes on in the new year; a day once set stays until the office sets another."""
    if not isinstance(deadline, Assessed):
        return _of_another_year(deadline, year)
    if isinstance(deadline, Ongoing) and deadline.until is None:
        return _said(deadline)
    old = deadline.until.year if deadline.until else year - 1
    text = deadline.text.replace(str(old), str(year))
    reading = read_deadline(text, year=year, issued=date(year, 1, 1))
    if not reading.doubts and reading.deadline and reading.deadline.kind == deadline.kind:
        return _said(reading.deadline)
    words = f"{year}年持续推动落实"
    return {"text": words, "kind": "ongoing", "until": date(year, 12, 31).isoformat()}


def _of_another_year(deadline: Deadline, year: int) -> dict[str, Any]:
    """Return a deadline whose words would mean another day in the list of ``year`` with its year, or as decided."""
    said = _said(deadline)
    read = read_deadline(deadline.text, year=year, issued=date(year, 1, 1)).deadline
    if read is None or _said(read) == said:
        return said
    if isinstance(deadline, Fixed):
        return said | {"text": full_day(deadline.due)}
    return said | {"confirmed": True}


def _said(model: Frozen) -> dict[str, Any]:
    """Return what a part of the list says, with its cell as issued before what it means."""
    said = model.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)
    return {**({"text": said["text"]} if "text" in said else {}), **said}


def lines_of(draft: NextList) -> Iterator[str]:
    """Yield what was carried over and what wasn't, a sentence each."""
    for one in draft.carried:
        yield f"结转 {one.id}：{one.why}"
    for left in draft.left:
        yield f"不结转 {left.id}：{left.why}"
