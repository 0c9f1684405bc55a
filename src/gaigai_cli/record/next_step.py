"""What somebody does next, once a record is written, in one sentence."""

from __future__ import annotations

from gaigai_cli.judge.state import ItemState
from gaigai_cli.model.kinds import KindName
from gaigai_cli.model.statuses import is_closed_out
from gaigai_cli.record.prepare import Prepared
from gaigai_cli.record.warnings import FULL
from gaigai_cli.words.say import day_words


def next_step(prepared: Prepared) -> str:
    """Return one Chinese sentence without its full stop: who does what now, or nothing where nobody waits."""
    record, item = prepared.record, prepared.after
    if item is None:
        return ""
    state, office, named = item.state, prepared.ledger.office, item.id
    year = prepared.ledger.tasks.notice.year
    due = day_words(state.due, year) if state.due else "未定"
    if record.kind == "申请销号":
        return _after_application(state, office, named)
    if record.kind == "核验销号":
        left = [stage for stage in state.stages if not is_closed_out(stage.status)]
        return f"“{left[0].text}”阶段{day_words(left[0].due, year)}到期" if left else ""
    leads, apply = "、".join(state.units.lead), f"运行 gaigai done {named} 申请销号"
    again = f"重新运行 gaigai done {named}"
    words: dict[KindName, str] = {
        "申请延期": f"等{office}批复，批复前现行时限仍是{due}",
        "退回补正": f"由{leads}补正后{again}",
        "撤销销号": f"由{leads}整改后{again}",
        "撤回申请": f"时限仍是{due}，办结后{apply}",
        "批准延期": f"由{leads}在{due}前办结并申请销号",
        "不予延期": f"时限仍是{due}，由{leads}抓紧办结并申请销号",
        "条件未具备": f"条件具备后运行 gaigai resume {named}",
        "条件具备": f"时限仍是{due}，需要调整的运行 gaigai grant {named} --to 日期",
    }
    return words.get(record.kind) or (
        _after_report(prepared, state, apply) if record.kind == "进展" else ""
    )


def _after_application(state: ItemState, office: str, named: str) -> str:
    applied = [entry.unit for entry in state.applications]
    missing = [unit for unit in state.units.lead if unit not in applied]
    if missing:
        return f"还要{'、'.join(missing)}也申请销号，之后由{office}核验"
    return f"等{office}核验（gaigai verify {named}）"


def _after_report(prepared: Prepared, state: ItemState, apply: str) -> str:
    lead = prepared.entry.unit in state.units.lead
    if lead and state.dated and state.open:
        if prepared.record.percent == FULL:
            return f"确已办结的，{apply}"
        if state.overdue:
            return f"已逾期{state.days_overdue}天，办结后{apply}"
    return ""
