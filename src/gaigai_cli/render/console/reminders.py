"""What should be sent to whom, on the screen: every lead with something to be reminded of, and the step that is due."""

from collections.abc import Callable, Iterator, Sequence

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.owes import owes
from gaigai_cli.render.console.list import BRIEF, ID, head
from gaigai_cli.render.grid import Head, grid, head_row
from gaigai_cli.render.lines import (
    FAINT,
    WARNING,
    WRONG,
    Page,
    Part,
    StyledText,
    cells,
    page,
    paragraph,
)
from gaigai_cli.render.short import item_cells, left_words, light_word
from gaigai_cli.report.ladder import PAPERS
from gaigai_cli.report.reminders import Proposal
from gaigai_cli.words.say import day_words, days_left_words

_HEADS = head_row(ID, BRIEF, "牵头单位", "亮灯", Head("时限", right=True), "已发", "下一步")


def reminders_page(
    judgement: Judgement,
    found: Sequence[Proposal],
    typed: Callable[[str], str],
) -> Page:
    """Return the page; nothing is sent by looking at it. ``typed`` makes commands find the list from here."""
    if not found:
        return page(head(judgement, "提醒督办"), paragraph("没有需要提醒的单位和事项。"))
    return page(
        head(judgement, "提醒督办"),
        grid(_HEADS, [_row(judgement, proposal) for proposal in found]),
        _foot(typed),
    )


def _row(judgement: Judgement, proposal: Proposal) -> Sequence[StyledText]:
    year = judgement.ledger.tasks.notice.year
    item, last = proposal.item, proposal.ladder.last
    sent = f"{last.level} {day_words(last.reply_by, year)}前" if last else ""
    following = (
        StyledText(PAPERS[proposal.level], WARNING)
        if proposal.level
        else StyledText(proposal.why, FAINT)
    )
    return cells(
        *item_cells(item),
        proposal.unit,
        light_word(item),
        _time(item, proposal.unit),
        sent,
        following,
    )


def _time(item: JudgedItem, unit: str) -> StyledText:
    """Return by how much the unit itself is late, how many turns it has missed, or else what time is left to it."""
    owed, day = owes(item, unit), item.state.day
    if owed.late:
        return StyledText(f"逾期{(day - owed.late[0].due).days}天", WRONG)
    if owed.turns:
        return StyledText(f"{len(owed.turns)}期未完成", WARNING)
    if item.state.overdue:
        return StyledText(days_left_words((owed.left[0].due - day).days) if owed.left else "")
    return left_words(item)


def _foot(typed: Callable[[str], str]) -> Iterator[Part]:
    for sentence in (
        "先发提醒函，反馈时限过后未回复或仍未办结的，依次发催办通知、督办单；督办单只用于逾期事项。",
        "gaigai remind --all 生成全部草稿，--unit 单位 只生成一个单位的；签发加 --issue，收到回执用 --returned 编号。",
    ):
        yield paragraph(typed(sentence), FAINT)
