"""各事项办理经过: the whole course of each item in one paragraph, for the end of a year."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.model.kinds import KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.statuses import is_closed_out, is_counted
from gaigai_cli.report.monthly_report import Section, Subsection
from gaigai_cli.report.wording import cite_with_leads, sentence
from gaigai_cli.words.say import dated, day_words

Words = Callable[[Entry, JudgedItem, int], str]


def courses(now: Judgement) -> Section:
    """The section: each item with what happened to it, from the first report to its end."""
    entries = tuple(sentence(f"{cite_with_leads(i)}：{'；'.join(_course(i))}") for i in now.items)
    return Section("各事项办理经过", (), (Subsection("逐项情况", entries),))


def _course(item: JudgedItem) -> Iterator[str]:
    year = item.ledger.tasks.notice.year
    yield f"时限{item.state.listed.deadline.text}"
    reports = item.state.reports
    for entry in item.state.entries:
        if entry.record.kind == "进展":
            if entry is reports[0]:
                yield f"{day_words(entry.record.date, year)}首次报送进展，共报送{len(reports)}次"
        elif entry.record.kind in _WORDS:
            yield f"{dated(entry.record, year)}{_WORDS[entry.record.kind](entry, item, year)}"
    yield from _end(item)


def _end(item: JudgedItem) -> Iterator[str]:
    state = item.state
    if not state.entries:
        yield "尚无进展记录"
    if is_closed_out(state.status):
        yield "逾期办结" if state.late else "按期办结"
    elif state.assessment is None and is_counted(state.status):
        now = "到期未办结" if state.overdue else state.assessment_mark or state.status
        day = day_words(state.day, item.ledger.tasks.notice.year)
        yield f"截至{day}{'条件未具备' if state.suspended else now}"


def _extension(entry: Entry, item: JudgedItem, year: int) -> str:
    due = f"至{day_words(entry.record.due, year)}" if entry.record.due else ""
    return f"{entry.unit}申请延期{due}"


def _granted(entry: Entry, item: JudgedItem, year: int) -> str:
    """The day is the ruling's own, else the one that was asked for."""
    answers = entry.record.answers or ()
    asked = [e.record.due for e in item.state.entries if e.record.id in answers and e.record.due]
    due = entry.record.due or max(asked, default=None)
    words = f"批准延期至{day_words(due, year)}" if due else "批准延期"
    return f"{words}{_stated(entry, year)}"


def _stated(entry: Entry, year: int) -> str:
    """The day that a ruling states for what it answers."""
    record = entry.record
    name = "办结日期" if record.finished else "申请日期"
    return f"（认定{name}为{day_words(record.stated, year)}）" if record.stated else ""


def _assigned(entry: Entry, item: JudgedItem, year: int) -> str:
    return f"{entry.record.kind[:2]}{entry.record.role}单位：{'、'.join(entry.record.units or ())}"


_WORDS: Final[Mapping[KindName, Words]] = {
    "申请销号": lambda entry, *_: f"{entry.unit}申请销号",
    "撤回申请": lambda entry, *_: f"{entry.unit}撤回申请",
    "核验销号": lambda entry, _, year: f"核验销号{_stated(entry, year)}",
    "退回补正": lambda entry, *_: "退回补正",
    "撤销销号": lambda entry, *_: "撤销销号",
    "期满评估": lambda entry, *_: f"期满评估：{entry.record.result}",
    "申请延期": _extension,
    "批准延期": _granted,
    "不予延期": lambda entry, _, year: f"不予延期{_stated(entry, year)}",
    "条件未具备": lambda entry, *_: "确认条件未具备",
    "条件具备": lambda entry, *_: "条件具备",
    "明确责任单位": _assigned,
    "变更责任单位": _assigned,
    "核减": lambda entry, *_: "核减",
}
