"""How a bulletin cites an item, names units and writes a day."""

from collections.abc import Iterable

from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.state import StageState
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.tasks import ListedItem
from gaigai_cli.words.say import day_words, entered_words


def cite(listed: ListedItem) -> str:
    """The item as formal documents cite it: 第16项“推广实施帮代办优化服务”第2条.

    The point is left out where a task has only one. Quotation marks inside the title become single ones
    (GB/T 15834).
    """
    point = f"第{listed.point}条" if len(listed.task.items) > 1 else ""
    title = listed.task.title.replace("“", "‘").replace("”", "’")
    return f"第{listed.task.id}项“{title}”{point}"


def leads(item: JudgedItem) -> str:
    """The lead units in force, joint ones all named."""
    return "、".join(item.state.units.lead) or "牵头单位未明确"


def cite_with_leads(item: JudgedItem) -> str:
    """The item with who leads it."""
    return f"{cite(item.state.listed)}（{leads(item)}牵头）"


def finish_words(item: JudgedItem, stage: StageState) -> str:
    """办结 of a closed stage: ``6月28日办结``, with its note."""
    assert stage.finished is not None
    day = day_words(stage.finished, item.ledger.tasks.notice.year)
    return f"{day}办结{finish_note(item, stage)}"


def finish_note(item: JudgedItem, stage: StageState) -> str:
    """Both days, in brackets, where the application was entered late, and who has said which of them counts."""
    year = item.ledger.tasks.notice.year
    application = finishing(item, stage)
    record, notes = application.record, []
    if record.date != stage.finished:
        notes.append(f"申请日期{day_words(record.date, year)}")
    if entered := entered_words(record):
        notes.append(entered)
    if application.stated:
        ruling = next(
            e.record
            for e in item.state.entries
            if record.id in (e.record.answers or ()) and e.record.stated
        )
        basis = f"，依据：{ruling.basis.rstrip('。')}" if ruling.basis else ""
        notes.append(f"办结日期由{item.ledger.office}认定{basis}")
    return f"（{'，'.join(notes)}）" if notes else ""


def last_finished(item: JudgedItem) -> StageState:
    """The stage of a closed item whose 办结日期 is the item's."""
    closed = [stage for stage in item.state.stages if stage.finished]
    return max(closed, key=lambda stage: stage.finished or stage.due)


def finishing(item: JudgedItem, stage: StageState) -> Entry:
    """The application whose day is the 办结日期 of a closed stage."""
    return next(
        e
        for e in reversed(item.state.entries)
        if e.record.kind == "申请销号"
        and e.counts == stage.finished
        and e.record.stage in (None, stage.id)
    )


def counted(pairs: Iterable[tuple[str, int]], unit: str = "项") -> str:
    """``已销号2项，待核验1项``; what doesn't occur is left out."""
    return "，".join(f"{name}{count}{unit}" for name, count in pairs if count)


def sentence(words: str) -> str:
    """Words closed by exactly one full stop."""
    return words.rstrip("。；;，, \n") + "。"


def one_line(words: str) -> str:
    """A unit's own words without their line breaks."""
    return "".join(part.strip() for part in words.splitlines())


def units_words(named: Iterable[str], open_bodies: Iterable[str]) -> str:
    """Units joined as a notice writes them: 县水利局、县应急局等相关部门."""
    words = "、".join(named)
    for body in open_bodies:
        words += body if body.startswith("等") or not words else f"、{body}"
    return words


def stage_words(stage: StageState) -> str:
    """Which stage is meant, where there are several: “完成方案阶段”."""
    return f"“{stage.text}”阶段" if stage.id else ""
