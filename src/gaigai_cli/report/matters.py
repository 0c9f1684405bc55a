"""What a unit is reminded of: an item, what is wrong with it, and what the office asks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.lights import elapsed_percent, idle_days, points_behind
from gaigai_cli.model.words import day_words, month_words
from gaigai_cli.query import late_reason
from gaigai_cli.report.steps import PAPERS, Step
from gaigai_cli.report.wording import cite, one_line, sentence, stage_words, units_words


@dataclass(frozen=True, slots=True)
class Matter:
    """督办事项: the item as cited, its words, units and days, 存在问题 and 办理要求."""

    id: str
    title: str
    content: str
    basis: str
    lead: str
    others: str
    issued: str
    due: str
    problem: str
    demand: str


def matter(item: JudgedItem, unit: str, steps: Sequence[Step]) -> Matter:
    """The item as a paper to ``unit`` puts it; ``steps`` were sent before."""
    state = item.state
    listed, notice, stage = state.listed, item.ledger.tasks.notice, state.current
    found = tuple(_troubles(item, unit)) or (("请关注本事项的办理", "报送目前办理情况"),)
    problems = [problem for problem, _ in found] + list(_unanswered(steps, notice.year))
    others = (*state.units.responsible, *state.units.support)
    extended = stage is not None and stage.due != stage.issued
    point = f"第{listed.point}条" if len(listed.task.items) > 1 else ""
    return Matter(
        id=item.id,
        title=cite(listed),
        content=listed.item.content,
        basis=f"《{notice.title}》（{notice.number}）第{listed.task.id}项{point}",
        lead="、".join(state.units.lead),
        others=units_words(others, state.units.open),
        issued=listed.deadline.text,
        due=f"{day_words(stage.due, notice.year)}（批准延期）" if stage and extended else "",
        problem=sentence("；".join(problems)),
        demand=sentence("；".join(dict.fromkeys(demand for _, demand in found))),
    )


def trouble(item: JudgedItem, unit: str) -> bool:
    """Whether there is anything of which ``unit``, a lead of the item, should be reminded."""
    return any(_troubles(item, unit))


def _troubles(item: JudgedItem, unit: str) -> Iterator[tuple[str, str]]:
    """What is wrong and what to do about it; a joint lead that has applied has done its part."""
    state, year = item.state, item.ledger.tasks.notice.year
    if not state.open or state.suspended or any(a.unit == unit for a in state.applications):
        return
    yield from _by_deadline(item)
    behind = points_behind(state, item.ledger)
    if not state.overdue and behind is not None and behind > item.ledger.rules.warn.behind:
        yield (
            f"所报进度{state.percent}%，序时进度{elapsed_percent(state, item.ledger)}%，"
            f"落后{behind}个百分点",
            "分析滞后原因，提出加快进度的措施",
        )
    months = [month_words(m.month, year) for m in item.missed if unit in m.units]
    if months:
        yield f"{'、'.join(months)}进展没有报送", "补报所欠进展，今后按期报送"
    missed = [turn for turn in state.occurrences if turn.due < state.day and not turn.met]
    if missed:
        words = "、".join(day_words(turn.due, year) for turn in missed)
        yield f"{words}的期次没有完成", "补齐未完成的期次并报送进展"
    if item.idle:
        yield f"已有{idle_days(state, item.ledger)}天没有任何记录", "报送目前进展"


def _by_deadline(item: JudgedItem) -> Iterator[tuple[str, str]]:
    state, year, warn = item.state, item.ledger.tasks.notice.year, item.ledger.rules.warn
    if state.overdue_stage:
        stage = state.overdue_stage
        reason = late_reason(item)
        said = f"所报原因：{one_line(reason).rstrip('。')}" if reason else "未报送原因"
        said += "，延期申请待批复" if state.extensions else ""
        yield (
            f"{stage_words(stage)}时限{day_words(stage.due, year)}，已逾期{state.days_overdue}天，未办结，{said}",
            "抓紧办理，书面说明逾期原因和办结时间；已经办结的，提交佐证、申请销号",
        )
    elif state.dated and state.current and state.days_left is not None:
        left, due = state.days_left, day_words(state.current.due, year)
        if left <= warn.blue:
            when = f"还有{left}天" if left else "今日到期"
            done = f"，所报进度{state.percent}%" if state.percent is not None else ""
            yield (
                f"{stage_words(state.current)}{due}到期，{when}，尚未申请销号{done}",
                f"加快办理，{due}前办结并申请销号；确有困难的，在时限前申请延期",
            )


def _unanswered(steps: Sequence[Step], year: int) -> Iterator[str]:
    """The papers before this one that were not answered."""
    for step in steps:
        if step.returned is None:
            yield f"{PAPERS[step.level]}{step.number}（{day_words(step.reply_by, year)}前反馈）没有回复"
