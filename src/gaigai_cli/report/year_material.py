"""年终总结材料: of each task, item by item, what was done in a year and what was reached, for the office to edit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import Judge, JudgedItem, notes
from gaigai_cli.model.kinds import REPORTING
from gaigai_cli.model.ledger import Entry
from gaigai_cli.report.facts import Facts, ItemFacts, facts_of
from gaigai_cli.report.title import Titled, subject, title_parts
from gaigai_cli.report.wording import (
    deadline_words,
    finish_words,
    last_finished,
    number_of,
    other_roles,
    said,
    sentence,
    who,
    whos,
)
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import day_words, month_words, target_words, value_words


@dataclass(frozen=True, slots=True)
class Told:
    """An item: its number and content, then paragraphs."""

    content: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearMaterial(Titled):
    """The paper: its title in parts, the notes that it must bear, and of each task its heading and items."""

    title_parts: tuple[str, ...]
    notes: tuple[str, ...]
    cut: date
    tasks: tuple[tuple[str, tuple[Told, ...]], ...]


def year_material(judge: Judge, year: Period, *, today: date) -> YearMaterial:
    """Return the paper of a year. Raises ``GaigaiError`` as the bulletin's cut does.

    What the office has decided of it since, in January, counts.
    """
    known = facts_of(judge, year, today=today)
    since = (judge.on(today) if today > known.now.day else known.now).by_id
    notice = judge.ledger.tasks.notice
    counted = [fact for fact in known.items if fact.counted]
    tasks = groupby(counted, key=lambda fact: fact.state.listed.task)
    return YearMaterial(
        title_parts=title_parts(year.words, subject(notice), "落实情况总结材料"),
        notes=notes(known.now),
        cut=known.now.day,
        tasks=tuple(
            (
                f"{task.id}. {task.title}",
                tuple(_item(known, fact, since[fact.id]) for fact in facts),
            )
            for task, facts in tasks
        ),
    )


def _item(facts: Facts, fact: ItemFacts, since: JudgedItem) -> Told:
    listed, ledger = fact.state.listed, fact.item.ledger
    led = whos(ledger, fact.state.units.lead) or "未明确"
    roles = ((ledger.tasks.notice.role_names.lead, led), *other_roles(fact.item))
    who_does = "；".join(f"{role}：{units}" for role, units in roles)
    done = tuple(_done(facts, fact))
    reached = "；".join(_reached(facts, fact, since))
    return Told(
        f"{number_of(listed)}　{listed.item.content}",
        (
            sentence(f"{who_does}；完成时限：{deadline_words(fact.item)}"),
            *(done or ("各单位未报送进展。",)),
            sentence(f"完成情况：{reached}"),
        ),
    )


def _done(facts: Facts, fact: ItemFacts) -> Iterator[str]:
    """Yield each unit's own words by the months of which it spoke; what only repeats the report before is left out."""
    year, ledger = facts.year, fact.item.ledger
    units = dict.fromkeys((*fact.state.units.named, *(e.unit for e in fact.state.entries)))
    for unit in units:
        spoken: list[Entry] = []
        for entry in fact.state.entries:
            record = entry.record
            repeated = bool(spoken) and spoken[-1].record.says_the_same_as(record)
            its = entry.unit == unit and facts.period.holds(record.date)
            if its and record.kind in REPORTING and record.summary and not repeated:
                spoken.append(entry)
        told = [
            f"{month_words(month, year)}，"
            + "；".join(said(e.record.summary or "", year).rstrip("。") for e in entries)
            for month, entries in groupby(spoken, key=lambda e: e.record.month)
        ]
        if told:
            yield sentence(f"{who(ledger, unit)}：{'；'.join(told)}")


def _reached(facts: Facts, fact: ItemFacts, since: JudgedItem) -> Iterator[str]:
    state, year = fact.state, facts.year
    if since.state.closed:
        stage = last_finished(since)
        late = "逾期" if since.state.late else "按期"
        yield f"已销号（{finish_words(since, stage, year)}，{late}）"
    elif since.state.assessment:
        yield f"期满评估结果为{since.state.assessment.record.result}"
    elif state.suspended:
        yield "暂缓实施，条件未具备"
    else:
        late = f"，已过时限{day_words(fact.expired[0].due, year)}" if fact.expired else ""
        percent = f"，所报进度{state.percent}%" if state.percent is not None else ""
        yield f"{state.status}{percent}{late}"
    yield from (_figure(figure) for figure in fact.item.figures if figure.value is not None)
    if not since.state.closed:
        for entry in state.troubles:
            problem = (entry.record.problems or "").rstrip("。")
            yield f"{who(fact.item.ledger, entry.unit)}反映的问题：{said(problem, year)}"


def _figure(figure: Figure) -> str:
    assert figure.value is not None
    indicator = figure.indicator
    value = value_words(figure.value, indicator.unit)
    target = "" if indicator.target.undecided else f"目标{target_words(indicator)}，"
    return f"{indicator.name}{value}（{target}{figure.verdict}）"
