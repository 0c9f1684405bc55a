"""销号申请（审核）表 and 延期申请表: a lead's application as the form that is signed and sealed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.state import StageState
from gaigai_cli.model.exported import EXAMPLE
from gaigai_cli.model.kinds import CLOSE_OUT
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import EvidenceFile
from gaigai_cli.report.wording import number_of, other_roles
from gaigai_cli.words.say import OPEN_DAY, entered_words, full_day, target_words, value_words

_SIGN_UNIT = ("负责人（签字）：", "（单位盖章）", OPEN_DAY)
_SIGN_OFFICE = ("审核人（签字）：", "（盖章）", OPEN_DAY)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of the form: pairs of a label and what stands beside it, each paragraph on its own."""

    cells: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A row that is left open for an opinion; ``signing`` are the lines at its foot."""

    label: str
    signing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """The whole form. ``notes`` stand above the title, ``head`` left and right above the table, ``foot`` below it."""

    title: str
    notes: tuple[str, ...]
    head: tuple[str, str]
    rows: tuple[PrintedRow | Opinion, ...]
    foot: str
    day: date

    @property
    def name(self) -> str:
        """What the form is called: 销号申请（审核）表."""
        return self.title.rpartition("\n")[2]


def application_form(entry: Entry, item: JudgedItem) -> ApplicationForm:
    """Return the form of a 申请销号 or 申请延期; ``item`` is judged with the application in it."""
    record, notice = entry.record, item.ledger.tasks.notice
    closing = record.kind == CLOSE_OUT
    entered = f"（{words}）" if (words := entered_words(record)) else ""
    name = "销号申请（审核）表" if closing else "延期申请表"
    body = _close_out(entry, item) if closing else _extension(entry, item)
    return ApplicationForm(
        title=f"{notice.title}\n{name}",
        notes=(EXAMPLE,) if notice.example else (),
        head=(f"申请单位：{entry.unit}", f"申请日期：{full_day(record.date)}{entered}"),
        rows=(*_about(item), *body, *_opinions(entry, item)),
        foot=f"记录编号：{record.id}{f'　登记人：{record.by}' if record.by else ''}",
        day=record.date,
    )


def _about(item: JudgedItem) -> Iterator[PrintedRow]:
    state = item.state
    listed, names = state.listed, item.ledger.tasks.notice.role_names
    yield pair("事项", number_of(listed), "文件文号", item.ledger.tasks.notice.number)
    yield row("主要任务", listed.task.title)
    yield row("工作内容", listed.item.content)
    yield row(names.lead, "、".join(state.units.lead))
    for name, units in other_roles(item):
        yield row(name, units)


def _close_out(entry: Entry, item: JudgedItem) -> Iterator[PrintedRow]:
    record, stage = entry.record, _stage(entry, item)
    yield pair("原定时限", _issued(item, stage), "现行时限", _in_force(stage))
    yield pair("办结日期", full_day(entry.counts), "是否按期", _in_time(entry, stage))
    yield row("佐证要求", item.state.listed.item.criteria or "未另作规定")
    yield row("完成情况", *(record.summary or "").splitlines())
    figures = tuple(_figures(item))
    if figures:
        yield row("指标完成情况", *figures)
    yield row("佐证材料", *_evidence(entry))
    if record.late_reason:
        yield row("逾期原因", *record.late_reason.splitlines())


def _extension(entry: Entry, item: JudgedItem) -> Iterator[PrintedRow]:
    record, stage = entry.record, _stage(entry, item)
    yield pair("原定时限", _issued(item, stage), "现行时限", _in_force(stage))
    asked = full_day(record.due) if record.due else ""
    yield pair("申请延期至", asked, "申请时点", _when_asked(entry.counts, stage))
    yield row("延期理由", *(record.reason or "").splitlines())
    yield row("目前进展", *(record.summary or "").splitlines())
    yield row("下一步措施", *(record.next or "").splitlines())
    if record.late_reason:
        yield row("逾期原因", *record.late_reason.splitlines())
    yield row("佐证材料", *_evidence(entry))


def _opinions(entry: Entry, item: JudgedItem) -> Iterator[PrintedRow | Opinion]:
    """Yield the unit's own, the other leads', and that of who decides: not the office on what it leads itself."""
    office, leads = item.ledger.office, item.state.units.lead
    yield Opinion("申请单位意见", _SIGN_UNIT)
    if entry.record.kind != CLOSE_OUT:
        yield Opinion(f"{office}审核意见", _SIGN_OFFICE)
        yield Opinion("批准人意见", ("批准人（签字）：", OPEN_DAY))
    elif office in leads:
        yield Opinion("核验单位意见", _SIGN_OFFICE)
    else:
        yield Opinion(f"{office}审核意见", _SIGN_OFFICE)


def _stage(entry: Entry, item: JudgedItem) -> StageState | None:
    """Return the stage that the application concerns."""
    for stage in item.state.stages:
        if entry.record.stage == stage.id and stage.id is not None:
            return stage
        if any(e.record.id == entry.record.id for e in (*stage.applications, *stage.extensions)):
            return stage
    return item.state.current


def _issued(item: JudgedItem, stage: StageState | None) -> str:
    if stage is None:
        return item.state.listed.deadline.text
    day = full_day(stage.issued)
    return f"{stage.text}：{day}" if stage.id else day


def _in_force(stage: StageState | None) -> str:
    if stage is None:
        return ""
    often = "经多次延期" if stage.often_moved else "批准延期"
    return f"{full_day(stage.due)}（{often}）" if stage.moved else "同原定时限"


def _in_time(entry: Entry, stage: StageState | None) -> str:
    if stage is None:
        return ""
    if entry.counts > stage.due:
        return f"逾期{(entry.counts - stage.due).days}天"
    return "曾逾期" if entry.unit in stage.missed_by else "按期"


def _when_asked(day: date, stage: StageState | None) -> str:
    if stage is None or day <= stage.due:
        return "时限内申请"
    return f"已逾期{(day - stage.due).days}天，批准后仍计曾逾期"


def _figures(item: JudgedItem) -> Iterator[str]:
    for figure in item.figures:
        unit = figure.indicator.unit
        now = "未报" if figure.value is None else value_words(figure.value, unit)
        yield (
            f"{figure.indicator.name}：目标{target_words(figure.indicator)}，"
            f"现值{now}（{figure.verdict}）"
        )


def _evidence(entry: Entry) -> Iterator[str]:
    for number, given in enumerate(entry.record.evidence or (), 1):
        words = given.file.rpartition("/")[2] if isinstance(given, EvidenceFile) else given
        yield f"{number}. {words}"


def row(label: str, *paragraphs: str) -> PrintedRow:
    """Return a row with one label; a cell is never without a paragraph."""
    return PrintedRow(((label, paragraphs or ("",)),))


def pair(label: str, words: str, other: str, others: str) -> PrintedRow:
    """Return a row with two labels, each with the words beside it."""
    return PrintedRow(((label, (words,)), (other, (others,))))
