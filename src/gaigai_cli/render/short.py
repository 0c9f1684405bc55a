"""The short words in which tables and cards speak of an item's days, lights and units."""

from typing import Final

from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.lights import waiting_since, waiting_workdays
from gaigai_cli.judge.state import NO_LIGHT
from gaigai_cli.model.deadline import Ongoing, Recurring, Staged, Unset
from gaigai_cli.model.labels import KIND_WORDS
from gaigai_cli.model.statuses import is_closed_out, is_counted, is_pending
from gaigai_cli.render.lines import FAINT, STRONG, WARNING, WRONG, Line, StyledText
from gaigai_cli.words.say import day_words, days_left_words, value_words, waited_words

LIGHT_STYLES: Final = {"红": "bold red", "黄": "bold yellow", "蓝": "bold blue", "绿": "green"}


def group_word(group: str) -> str:
    """Return the word of a table for a group of items: 持续推动 for 持续推动事项."""
    return group.removesuffix("事项")


def deadline_words(item: JudgedItem) -> str:
    """Return the deadline in force in a few characters: ``6月30日``, ``9月30日延``, ``2/3 6月30日``, ``持续推动``."""
    state, year = item.state, item.ledger.tasks.notice.year
    deadline = state.listed.deadline
    if isinstance(deadline, Ongoing):
        return "长期坚持" if "长期" in deadline.text else "持续推动"
    if isinstance(deadline, Unset) or state.due is None:
        return KIND_WORDS["unset"] if isinstance(deadline, Unset) else "长期"
    day = day_words(state.due, year)
    if isinstance(deadline, Recurring):
        return f"本期{day}"
    if isinstance(deadline, Staged) and state.current:
        number = state.stages.index(state.current) + 1
        day = f"{number}/{len(state.stages)} {day}"
    return f"{day}延" if state.current is not None and state.current.moved else day


def left_words(item: JudgedItem) -> StyledText:
    """Return how much time is left, or else: 余12天, 逾期2天, 按期, 3个工作日 (待核验), 期满待评估."""
    state = item.state
    if is_closed_out(state.status):
        return StyledText("逾期", WARNING) if state.late else StyledText("按期")
    if state.assessment:
        return StyledText(state.assessment.record.result or "")
    if not is_counted(state.status):
        return StyledText("")
    if state.suspended:
        return StyledText("暂缓实施", FAINT)
    if state.overdue:
        return StyledText(f"逾期{state.days_overdue}天", WRONG)
    if is_pending(state.status):
        return _waiting(item)
    if state.assessment_mark:
        return StyledText(state.assessment_mark, WARNING)
    return StyledText(days_left_words(state.days_left))


def _waiting(item: JudgedItem) -> StyledText:
    since = waiting_since(item.state)
    days = waiting_workdays(since, item.state, item.ledger)
    if days is None:
        return StyledText("")
    words = waited_words(since, item.state.day, days)
    return StyledText(words, WARNING if item.ledger.rules.warn.is_overlong(days) else "")


def light_word(item: JudgedItem) -> StyledText:
    """Return 红, 黄, 蓝, 绿 in its colour; — for none."""
    name = item.light.name
    return StyledText(name, LIGHT_STYLES[name]) if name else StyledText(NO_LIGHT, FAINT)


def brief(item: JudgedItem) -> str:
    """Return what an item is about in one text: its task's title, or its content where other items have that, too."""
    listed = item.state.listed
    return listed.task.title if listed.titled else listed.item.content


def item_cells(item: JudgedItem) -> Line:
    """Return the cells by which a table names an item: its number, and what it is about."""
    return (StyledText(item.id, STRONG), StyledText(brief(item)))


def figure_value(figure: Figure | None) -> str | None:
    """Return a figure with its unit; empty where nothing was reported, None where there is no such indicator."""
    if figure is None:
        return None
    return "" if figure.value is None else value_words(figure.value, figure.indicator.unit)
