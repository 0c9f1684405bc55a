"""A record as it was written: in words, what became of its item, the lines that git will show, who does what next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from gaigai_cli.characters import harmless
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.state import ItemState
from gaigai_cli.model.deadline import Assessed
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.kinds import KindName
from gaigai_cli.model.ledger import Entry, Ledger, LogChange
from gaigai_cli.model.statuses import is_closed_out, shown_standing
from gaigai_cli.record.prepare import Prepared, RefusedRecord
from gaigai_cli.record.warnings import FULL
from gaigai_cli.render.console.records import History
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    Block,
    Page,
    Part,
    StyledText,
    hanging,
    page,
    paragraph,
)
from gaigai_cli.render.short import brief, left_words, light_word
from gaigai_cli.render.width import width_of
from gaigai_cli.words.say import day_words, full_day, set_deadline

_CONTEXT: Final = 2


def records_page(prepared: Sequence[Prepared]) -> Page:
    """Return the records in words, as ``show`` will show them."""
    return page(*(block for one in prepared for block in _record(one)))


def _record(prepared: Prepared) -> Iterator[Block | Iterable[Part]]:
    item = prepared.after
    history = History.of(prepared.judge, item.id if item else None)
    if item is not None:
        yield paragraph(f"{item.id}  {brief(item)}", STRONG)
    yield history.lines((prepared.entry,))
    yield _correction(prepared)


def _correction(prepared: Prepared) -> Iterator[Part]:
    """Yield what a 更正 changes, each field before and after."""
    record = prepared.record
    original = prepared.ledger.by_record.get(record.corrects or "")
    if original is None:
        return
    corrected = prepared.judge.records.by_id.get(original.record.id)
    if corrected is None or record.void:
        yield paragraph(f"{_cited(original)}作废。")
        return
    yield paragraph(f"{_cited(original)}更正后：")
    item = prepared.after.id if prepared.after else None
    history = replace(History.of(prepared.judge, item), changes={})
    yield from history.lines((corrected,))


def after_page(
    prepared: Sequence[Prepared],
    changes: Sequence[LogChange],
    *,
    written: bool,
    shown: bool,
    typed: Callable[[str], str],
    share: str = "",
) -> Page:
    """Return the records unless ``shown`` already, the items' new states, git's change, and what comes next.

    ``typed`` makes the commands of a sentence such as find the list from here; ``share`` is what is to be done with
    ``{files}`` so that others get to see them, empty where nothing is.
    """
    steps = [next_step(one) for one in prepared]
    files = "、".join(dict.fromkeys(change.file for change in changes))
    commit = f"{share.format(files=files)}，别人才能看到" if share else ""
    told = "；".join(words for words in (*dict.fromkeys(steps), commit) if words)
    records = () if shown else (block for one in prepared for block in _record(one))
    return page(
        *records,
        _states(prepared, "现在" if written else "写入后"),
        *(_change(change) for change in _by_file(changes)),
        paragraph(typed(f"下一步：{told}。")) if told else (),
    )


def _states(prepared: Sequence[Prepared], name: str) -> Iterator[Part]:
    latest = {one.after.id: (one.after, former_standing(one)) for one in prepared if one.after}
    for item, was in latest.values():
        words = f"{item.id}  {state_words(item)}{f'（原为{was}）' if was else ''}"
        yield hanging(StyledText(name, FAINT), words, indent=width_of(name) + 2)


def former_standing(prepared: Prepared) -> str:
    """Return what its item was before the record; empty where it is that still."""
    was = prepared.before.state.standing if prepared.before else ""
    now = prepared.after.state.standing if prepared.after else was
    return shown_standing(was) if was != now else ""


def state_words(item: JudgedItem) -> str:
    """Return what an item is, in one line."""
    state, light = item.state, light_word(item)
    left = left_words(item).text
    parts = [shown_standing(state.standing)]
    if state.percent is not None and state.open:
        parts.append(f"{state.percent}%")
    if state.due is not None and state.dated and state.open:
        parts.append(f"时限{full_day(state.due)}")
    if left and state.owing:
        parts.append(left)
    if state.late and state.open and not state.overdue:
        parts.append("曾逾期")
    lit = f"亮{light.text}灯" if item.light.name else "不亮灯"
    return f"{'，'.join(parts)}。{lit}：{'；'.join(item.light.reasons)}。"


def _by_file(changes: Sequence[LogChange]) -> Iterator[LogChange]:
    """Yield what all records of one command together change in each log."""
    for file in dict.fromkeys(change.file for change in changes):
        own = [change for change in changes if change.file == file]
        yield LogChange(file, own[0].before, own[-1].after)


def _change(change: LogChange) -> Iterator[Part]:
    """Yield the one hunk of the change, with a little of what stands around it, as git shows it."""
    before = _lines(change.before)
    after = _lines(change.after)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    first = max(0, start - _CONTEXT)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    tail = after[len(after) - end :][:_CONTEXT]
    heading = "新文件" if change.before is None else "改动"
    yield (StyledText(f"{heading}  {change.file}", FAINT),)
    yield (StyledText(f"@@ 第{start + 1}行 @@", FAINT),)
    for sign, lines, style in (
        (" ", after[first:start], FAINT),
        ("-", old, "red"),
        ("+", new, "green"),
        (" ", tail, FAINT),
    ):
        for line in lines:
            yield (StyledText(f"{sign}{harmless(line)}", style),)


def _lines(data: bytes | None) -> list[str]:
    text = (data or b"").decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines both begin with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def refusal_lines(refused: RefusedRecord, ledger: Ledger) -> Iterator[str]:
    """Yield the records that a refused one would make invalid, each with why."""
    entries = {(entry.file, entry.index): entry for entry in ledger.entries}
    for finding in refused.broken:
        entry = entries.get(finding.record) if finding.record else None
        yield f"  {_cited(entry) if entry else _placed(finding)}：{finding.message}。"


def _placed(finding: Finding) -> str:
    return f"{finding.location.file}第{finding.location.line}行"


def _cited(entry: Entry) -> str:
    record = entry.record
    item = f"关于{record.item}的" if record.item else "的"
    return f"{entry.unit}{full_day(record.date)}{item}{record.kind}（{record.id}）"


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
        "条件具备": _after_resumption(state, due, office, named),
    }
    return words.get(record.kind) or (
        _after_report(prepared, state, apply) if record.kind == "进展" else ""
    )


def _after_resumption(state: ItemState, due: str, office: str, named: str) -> str:
    if state.stages:
        return f"时限仍是{due}，需要调整的运行 gaigai grant {named} --to 日期"
    return "" if isinstance(state.listed.deadline, Assessed) else set_deadline(office)


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
