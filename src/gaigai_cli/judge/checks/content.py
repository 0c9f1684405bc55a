"""Checks of what records say, as corrected: items, units, stages, days and figures."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from gaigai_cli.judge.checks.making import AtFault, unknown_unit
from gaigai_cli.judge.corrections import Records
from gaigai_cli.model.deadline import Dated, Deadline, Recurring, Staged, occurrences
from gaigai_cli.model.finding import Path
from gaigai_cli.model.indicators import Indicator, MetricValue
from gaigai_cli.model.kinds import ALLOWED, APPROVED, KINDS, RULINGS, WORDS
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import FIELDS, Record, label
from gaigai_cli.model.tasks import Item, Task
from gaigai_cli.words.typed import (
    has_no_word,
    meant,
    names_no_evidence,
    points_elsewhere,
    says_none,
)


def unknown_item(records: Records) -> Iterator[AtFault]:
    """Find a record about an item that the list doesn't have."""
    tasks, known = records.ledger.tasks.tasks, _items(records)
    for entry in records.entries:
        record = entry.record
        if record.items is None and (record.item is None or record.item in known):
            continue
        named: list[tuple[Path, str | None]] = [(("item",), record.item)]
        named += [(("items", index), item) for index, item in enumerate(record.items or ())]
        for path, item in named:
            if item is not None and item not in known:
                yield entry, path, f"清单中没有事项“{item}”", _known_items(tasks, item)


def _items(records: Records) -> dict[str, Item]:
    """Return all items by their ids, those too that lack units or a deadline, which is the list's fault alone."""
    return {item.id: item for task in records.ledger.tasks.tasks for item in task.items}


def _known_items(tasks: Sequence[Task], item: str) -> str:
    """Return which items there are in the task of one that there isn't, or which tasks."""
    for task in tasks:
        if task.id == item.partition(".")[0]:
            return f"第{task.id}项有{'、'.join(i.id for i in task.items)}"
    if not tasks:
        return "请先在清单（tasks.yaml）中列出事项"
    first = tasks[0].id
    return f"任务序号为{first}至{tasks[-1].id}，事项编号写成 {first}.1 的样子"


_NAMING = {
    kind: tuple(sorted({"to", "assist", "units"} & fields)) for kind, fields in ALLOWED.items()
}
"""The fields of each kind of record that name units."""


def unknown_record_unit(records: Records) -> Iterator[AtFault]:
    """Find a unit named in a record (``to``, ``assist``, ``units``, keys of a metric) that nobody knows."""
    known = records.ledger.units.by_name
    for entry in records.entries:
        record = entry.record
        if not _NAMING[record.kind] and record.metrics is None:
            continue
        named: list[tuple[tuple[str | int, ...], str]] = [
            ((field, index), name)
            for field in _NAMING[record.kind]
            for index, name in enumerate(getattr(record, field) or ())
        ]
        for metric, value in (record.metrics or {}).items():
            if isinstance(value, dict):
                named += [(("metrics", metric, name), name) for name in value]
        for path, name in named:
            if name not in known:
                message, remedy = unknown_unit(records.ledger, name)
                yield entry, path, message, remedy


def ruling_outside_office(records: Records) -> Iterator[AtFault]:
    """Find a kind of record that only the office may write, in another unit's log."""
    office = records.ledger.office
    for entry in records.entries:
        if entry.unit != office and entry.record.kind in RULINGS:
            message = f"{entry.record.kind}只能由{office}记录，不能写在{entry.unit}的日志里"
            yield entry, ("kind",), message, f"请移到{office}的日志"


def before_issue(records: Records) -> Iterator[AtFault]:
    """Find a record dated before the notice was issued, or a ruling that counts an application as of such a day."""
    issued = records.ledger.tasks.notice.issued
    for entry in records.entries:
        record = entry.record
        for name in ("date", "finished", "asked"):
            day: date | None = getattr(record, name)
            if day is not None and day < issued:
                message = f"{record.kind}{'的日期' if name == 'date' else label(name)}{day}早于清单印发日期{issued}"
                yield entry, (name,), message, "请核对日期；清单印发以前的事不在本清单登记"


def date_before_year(records: Records) -> Iterator[AtFault]:
    """Find a counted piece (逐件) that is dated before the notice's year."""
    year = records.ledger.tasks.notice.year
    first = date(year, 1, 1)
    remedy = "请核对日期；上一年度的事不计入本清单"
    for entry in records.entries:
        for path, piece in entry.record.counted():
            if piece.date < first:
                message = f"日期{piece.date}早于清单的任务年度{year}年"
                yield entry, (*path, "date"), message, remedy


def date_after_recording(records: Records) -> Iterator[AtFault]:
    """Find a record dated after the day on which it was recorded, as its id says."""
    for entry in records.entries:
        record = entry.record
        if record.date.isoformat().replace("-", "") > record.id[:8]:
            yield (
                entry,
                ("date",),
                f"日期{record.date}晚于登记日期{record.recorded}",
                "记录写已经发生的事；日期写错的请更正",
            )


def unknown_stage(records: Records) -> Iterator[AtFault]:
    """Find a stage or occurrence that the item's deadline doesn't have."""
    listed = records.ledger.tasks.by_id
    for entry in records.entries:
        record = entry.record
        if record.stage is None or record.item not in listed:
            continue
        deadline = listed[record.item].deadline
        if not _has_stage(deadline, record.stage):
            word = "期" if isinstance(deadline, Recurring) else "阶段"
            message = f"事项{record.item}没有“{record.stage}”这一{word}"
            remedy = _known_stages(deadline, record.stage)
            yield entry, ("stage",), message, remedy


def _has_stage(deadline: Deadline, stage: str) -> bool:
    if isinstance(deadline, Staged):
        return any(known.id == stage for known in deadline.stages)
    if isinstance(deadline, Recurring):
        try:
            day = date.fromisoformat(stage)
        except ValueError:
            return False
        dues = occurrences(deadline, through=day)
        return bool(dues) and dues[-1].isoformat() == stage
    return False


def _known_stages(deadline: Deadline, stage: str) -> str:
    if isinstance(deadline, Staged):
        ids = [known.id for known in deadline.stages]
        return f"{meant(stage, ids)}该事项的阶段编号有{'、'.join(ids)}"
    if isinstance(deadline, Recurring):
        end = deadline.until or deadline.from_.replace(month=12, day=31)
        dues = occurrences(deadline, through=end)
        first = f"，如 {dues[0]}" if dues else ""
        return f"期次以该期最后一日为编号{first}"
    return "该事项不分阶段，请删去 stage"


def percent_unused(records: Records) -> Iterator[AtFault]:
    """Find a percent for an item without a time limit."""
    timeless = {
        listed.id
        for listed in records.ledger.tasks.listed
        if not isinstance(listed.deadline, Dated)
    }
    for entry in records.entries:
        record = entry.record
        if record.percent is not None and record.item in timeless:
            message = f"事项{record.item}没有明确时限，完成百分比不采用"
            remedy = "请改在进展情况里说明"
            yield entry, ("percent",), message, remedy


def wrong_reference(records: Records) -> Iterator[AtFault]:
    """Find an answer to a record of another kind, of another item or to another unit."""
    for entry, index, answered in records.answers:
        wrong = _wrong(records.ledger, entry, answered)
        if wrong:
            message, remedy = wrong
            yield entry, ("answers", index), message, remedy


def answer_too_early(records: Records) -> Iterator[AtFault]:
    """Find an answer dated before what it answers."""
    for entry, _, answered in records.answers:
        day = min(answered.counts, entry.record.stated or answered.counts)
        # What a unit answers can't be dated before it was asked, whenever it was recorded.
        own = entry.record.date if KINDS[entry.record.kind].by == "own" else entry.counts
        if own < day:
            counts = answered.record.date if day == answered.record.date else f"{day}登记"
            yield (
                entry,
                ("date",),
                f"日期{own}早于所答复的{answered.record.kind}（{counts}）",
                "请核对两条记录的日期",
            )


def merit_without_approver(records: Records) -> Iterator[AtFault]:
    """Find praise or criticism that the office has awarded by itself: bulletins tell it as 予以肯定, 予以提醒."""
    for entry in records.entries:
        record = entry.record
        if record.kind in APPROVED and record.approved_by is None:
            message = f"{record.kind}没有写明批准人，通报中写作“予以{'肯定' if record.kind == '表扬' else '提醒'}”"
            yield (
                entry,
                ("kind",),
                message,
                "经批准的，请用 gaigai correct 补写批准人（approved_by）",
            )


def instruction_to_nobody(records: Records) -> Iterator[AtFault]:
    """Find a 批示 that is to be done (批办) and doesn't say by whom or until when."""
    for entry in records.entries:
        if entry.record.handling != "批办":
            continue
        lacking = [name for name in ("to", "reply_by") if getattr(entry.record, name) is None]
        if lacking:
            words = "和".join({"to": "主办单位", "reply_by": "反馈时限"}[name] for name in lacking)
            message = f"批办的批示应当写明{words}（{'、'.join(lacking)}）"
            yield entry, ("handling",), message, "请补上；不要求反馈的，批示类型写“指导”或“参阅”"


def instruction_ended(records: Records) -> Iterator[AtFault]:
    """Find a 呈报 or 阅后意见 on a 批示 that had ended before it: what the leader demands then is a new 批示."""
    read: dict[str, Entry] = {}
    after = [e for e in records.entries if e.record.kind in ("呈报", "阅后意见")]
    for entry in sorted(after, key=lambda e: e.order):
        for index, answered in enumerate(entry.record.answers or ()):
            if answered in read:
                day = read[answered].record.date
                message = f"批示{answered}已于{day}阅结，不能再记录{entry.record.kind}"
                yield entry, ("answers", index), message, "领导又有批示的，请另登记一条批示"
            elif entry.record.kind == "阅后意见":
                read[answered] = entry


def nothing_to_coordinate(records: Records) -> Iterator[AtFault]:
    """Find a report that asks for coordination without telling of the problem to solve."""
    for entry in records.entries:
        record = entry.record
        if record.coordinate is not None and record.problems is None:
            message = f"{record.kind}写了“需协调”，没有写“存在问题”（problems），不列入待办"
            yield entry, ("coordinate",), message, "请由原单位更正，补写存在问题"


SAYS_NOTHING: Final = "says-nothing"
_TEXTS: Final = {
    kind: tuple(
        f for f in FIELDS if f in fields & {*WORDS, "meeting", "clause", "document_number"} - {"by"}
    )
    for kind, fields in ALLOWED.items()
}
_LONGEST: Final = 12
"""Characters of words that say nothing."""


def says_nothing(records: Records) -> Iterator[AtFault]:
    """Find words that say nothing by themselves (同上, 见附件, 无) and evidence that names none (见附件).

    They bind nobody who has recorded them already; no front end takes new ones, and no review.
    """
    for entry in records.entries:
        record = entry.record
        for path, name, words in _short_texts(record):
            if points_elsewhere(words):
                message = f"{record.kind}的“{name}”写的是“{words}”，指的是别处的内容"
                yield entry, path, message, "请在这里写全"
            elif has_no_word(words) or (says_none(words) and path != ("summary",)):
                yield entry, path, f"{record.kind}的“{name}”只写了“{words}”", "没有的不写这一项"
        for index, given in enumerate(record.evidence or ()):
            if isinstance(given, str) and names_no_evidence(given):
                message = f"佐证“{given}”没有写明是哪份材料"
                yield entry, ("evidence", index), message, "请写文号、链接或文件"


def _short_texts(record: Record) -> Iterator[tuple[Path, str, str]]:
    """Yield the texts of a record that may say nothing, each with the path to it and what it is called."""
    for name in _TEXTS[record.kind]:
        words = getattr(record, name)
        if words is not None and len(words) <= _LONGEST:
            yield (name,), label(name, record.kind), words
    if record.metrics is not None:
        for path, piece in record.counted():
            yield (*path, "name"), "名称", piece.name
    for index, step in enumerate(record.milestones or ()):
        yield ("milestones", index, "name"), "节点名称", step.name
        if step.mark is not None:
            yield ("milestones", index, "mark"), "完成标志", step.mark


def _wrong(ledger: Ledger, entry: Entry, answered: Entry) -> tuple[str, str] | None:
    record, other = entry.record, answered.record
    kinds = KINDS[record.kind].answers
    if other.kind not in kinds:
        words = "或".join(kinds)
        return f"{record.kind}应当答复{words}，{other.id}却是{other.kind}", "请核对编号"
    if other.item != record.item and KINDS[record.kind].about != "none":
        message = f"{other.id}是事项{other.item}的{other.kind}，本记录写的却是{record.item}"
        return message, "请核对事项编号和记录编号"
    asked = (*(other.to or ()), *(other.assist or ()))
    own = KINDS[record.kind].by == "own"
    units = {ledger.units.canonical(unit, other.item) for unit in asked}
    whose = ledger.answerer(entry)
    if own and asked and whose not in units:
        return f"{other.id}不是发给{whose}的{other.kind}", "请核对编号"
    return None


def unknown_metric(records: Records) -> Iterator[AtFault]:
    """Find a figure for an indicator that the item doesn't have."""
    for entry, name, _, indicators in _metrics(records):
        if name not in indicators:
            ids = "、".join(indicators)
            known = f"该事项的指标有{ids}" if ids else "该事项没有指标，请写在进展情况里"
            message = f"事项{entry.record.item}没有指标“{name}”"
            yield entry, ("metrics", name), message, f"{meant(name, indicators)}{known}"


def metric_form(records: Records) -> Iterator[AtFault]:
    """Find a number where things are counted one by one, or the other way round."""
    for entry, name, value, indicators in _metrics(records):
        indicator = indicators.get(name)
        numeric = isinstance(value, Decimal | dict)
        if indicator is None or numeric != (indicator.measure == "entries"):
            continue
        if numeric:
            message = f"指标“{indicator.name}”逐件登记，不能只报数字"
            remedy = "请逐件写明 name（名称）、date（日期）、reference（文号、项目代码或链接）"
        else:
            message = f"指标“{indicator.name}”报的是数字，不逐件登记"
            remedy = "请只写数字，或按“单位: 数字”分单位写"
        yield entry, ("metrics", name), message, remedy


def not_provider(records: Records) -> Iterator[AtFault]:
    """Find a figure by a unit whose figures don't count for the indicator."""
    canonical = records.ledger.units.canonical
    for entry, name, _, indicators in _metrics(records):
        indicator = indicators.get(name)
        if indicator is None or indicator.provider is None:
            continue
        provider = canonical(indicator.provider, entry.record.item)
        if entry.unit != provider:
            message = (
                f"指标“{indicator.name}”的数据以{provider}提供的为准，{entry.unit}报的数不采用"
            )
            yield entry, ("metrics", name), message, f"请把数据报给{provider}"


def _metrics(
    records: Records,
) -> Iterator[tuple[Entry, str, MetricValue, dict[str, Indicator]]]:
    """Yield every figure of every record, with the indicators of its item by id."""
    known = _items(records)
    for entry in records.entries:
        record = entry.record
        if record.metrics is not None and record.item in known:
            indicators = {one.id: one for one in known[record.item].indicators}
            for name, value in record.metrics.items():
                yield entry, name, value, indicators
