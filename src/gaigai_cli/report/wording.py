"""How papers cite an item, name units, quote what they said and write a day."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.lights import in_points
from gaigai_cli.judge.state import ItemState, StageState
from gaigai_cli.model.kinds import CLOSE_OUT
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import Record
from gaigai_cli.model.rules import Frame
from gaigai_cli.model.statuses import is_pending
from gaigai_cli.model.tasks import ListedItem, Notice
from gaigai_cli.query.reasons import Reason
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import NUMERALS, day_words, entered_words, units_words

_LONGEST_NAME: Final = 34
"""Characters of an item's name; longer ones are told by the task's title."""
_FULL_NAME: Final = 26
"""Characters up to which further clauses are added to a name."""
_LONGEST_TOLD: Final = 48
_LONGEST_QUOTE: Final = 90
_SHORT_TITLE: Final = 6
"""Characters of a task's title that is too general to be a name (强化统筹), unless the content says it, too."""
_BRACKETS: Final = r"（[^（）]*）|\([^()]*\)"
_LEADING: Final = re.compile(rf"(?:{_BRACKETS}|\s)+")
_TRAILING: Final = re.compile(rf"(?:{_BRACKETS})$")
_SENTENCE: Final = re.compile(rf"(?:{_BRACKETS}|[^。；;\n])*")
_CLAUSE: Final = re.compile(rf"(?:{_BRACKETS}|[^，])+")
_SETTING: Final = re.compile("结合|根据|按|依托|参照|对照|围绕")
"""A clause that only says by which means or on which ground."""
_ASKING: Final = re.compile("[，。；、]?(现|已|重新|再次|特此?)*(申请销号|申请办结)[^，。；]*")
_ISO: Final = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_BODY: Final = re.compile("组|会|府|办|局|委|部$|指挥部|中心|书记|县长|市长|区长|常委")
_MEETING: Final = re.compile("会(?:议)?(?:（[^（）]*）)?$")
_CHINESE_BLANK: Final = r"(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])"


def list_title(notice: Notice) -> str:
    """Return the list by its title and number, for print: without the blanks that a table has round figures."""
    return f"《{re.sub(_CHINESE_BLANK, '', notice.title)}》（{notice.number}）"


def cite(listed: ListedItem) -> str:
    """Return the item as formal documents cite it: 第16项“推广实施帮代办优化服务”第2条.

    The point is left out where a task has only one, whose own words stand where other tasks have its title, too.
    Quotation marks inside become single ones (GB/T 15834).
    """
    title, point = listed.task.title, f"第{listed.item.point}条"
    if len(listed.task.items) == 1:
        title, point = (title if listed.titled else _name(listed.item.content) or title), ""
    return f"第{listed.task.id}项“{_inner(title)}”{point}"


def number_of(listed: ListedItem) -> str:
    """Return the item by its number alone: 第16项第2条."""
    point = f"第{listed.item.point}条" if len(listed.task.items) > 1 else ""
    return f"第{listed.task.id}项{point}"


def named(listed: ListedItem) -> str:
    """Return the item so that who hasn't got the list knows it: 第16项第2条“切实保障帮代办优化服务经费”."""
    title, items = listed.task.title, listed.task.items
    if listed.titled and (len(title) > _SHORT_TITLE or title in listed.item.content):
        return cite(listed)
    # The items of one task are named alike, or a reader takes them for parts of several.
    if not all(_name(item.content) for item in items):
        return cite(listed)
    return f"{number_of(listed)}“{_inner(_name(listed.item.content))}”"


def _name(content: str) -> str:
    """Return the first words of an item's content that say what is to be done; empty where they are too many.

    They are quoted, so nothing between them is left out: 新建（改扩建）学校. Brackets may but end them.
    """
    lead = _LEADING.match(content)
    first = _SENTENCE.match(content, lead.end() if lead else 0)
    clauses = _CLAUSE.findall(first[0].strip() if first else "")
    while len(clauses) > 1 and _SETTING.match(clauses[0]):
        clauses.pop(0)
    name = ""
    for clause in clauses:
        short = _TRAILING.sub("", clause)
        if name and len(name) + len(short) >= _FULL_NAME:
            break
        whole = len(name) + len(clause) < _FULL_NAME
        name += f"{'，' if name else ''}{clause if whole else short}"
        if not whole:
            break
    return name if len(name) <= _LONGEST_NAME else ""


def _inner(words: str) -> str:
    """Return words as they stand inside quotation marks of a sentence: without its end."""
    return words.rstrip("。").replace("“", "‘").replace("”", "’")


_WE: Final = {
    "办公室": "我办", "室": "我室", "局": "我局", "委": "我委", "委员会": "我委", "中心": "我中心",
    "厅": "我厅", "组织部": "我部", "宣传部": "我部", "统战部": "我部", "社会工作部": "我部",
}  # fmt: skip


def we(signer: str, office: str = "") -> str:
    """Return what a paper calls those whose paper it is: 我办, of 县政府督查室 我室.

    That is who signs it, else the office: a government or a commission signs, and its office works.
    """
    found = (words for name in (signer, office) for end, words in _WE.items() if name.endswith(end))
    return next(found, "我办")


def who(ledger: Ledger, unit: str) -> str:
    """Return a unit as a paper of the office names it: the office itself is 我办, others go by their name for print.

    A paper of an office above calls all by their names.
    """
    if unit == ledger.office and not ledger.from_above:
        return we(ledger.signer, unit)
    known = ledger.units.by_name.get(unit)
    return known.print_name or unit if known else unit


def whos(ledger: Ledger, units: Iterable[str]) -> str:
    """Return units joined."""
    return "、".join(who(ledger, unit) for unit in units)


def leads(item: JudgedItem) -> str:
    """Return the lead units in force, joint ones all named."""
    return whos(item.ledger, item.state.units.lead) or "牵头单位未明确"


def leads_of_late(item: JudgedItem) -> str:
    """Return the leads of an item that is overdue, and of joint ones which have done their part."""
    state = item.state
    each = (f"{u}{'' if state.overdue_of(u) else '（已申请销号）'}" for u in state.units.lead)
    return "、".join(each)


def cite_with_leads(item: JudgedItem, *more: str, short: bool = False) -> str:
    """Return the item with who leads it, and what ``more`` there is to say in the brackets.

    ``short``: by its number alone, where its name stands above already.
    """
    listed = item.state.listed
    told = (f"{leads(item)}牵头", *filter(None, more))
    return f"{number_of(listed) if short else named(listed)}（{'，'.join(told)}）"


def led_then(item: JudgedItem, missed: date | None) -> str:
    """Who led it on the day that it was ``missed``, as far as a reform of bodies has given it to others since."""
    was = item.led_before(missed).values() if missed else ()
    return f"到期时由原{'、原'.join(dict.fromkeys(was))}牵头" if was else ""


def numbers(
    items: Iterable[JudgedItem],
    stages: Callable[[JudgedItem], Iterable[StageState]] = lambda item: (),
) -> str:
    """Return items by their numbers, those of one task together: 第3项、第16项第1条、第2条.

    ``stages`` are those of an item that are meant, where only they are.
    """
    words: list[str] = []
    task = None
    for item in items:
        listed = item.state.listed
        several = len(listed.task.items) > 1
        number = (
            f"第{listed.item.point}条" if several and task == listed.task.id else number_of(listed)
        )
        words.append(f"{number}{'、'.join(map(stage_words, stages(item)))}")
        task = listed.task.id
    return "、".join(words)


def pending_stages(item: JudgedItem) -> list[StageState]:
    """Return the stages of an item that wait for 核验."""
    return [stage for stage in item.state.stages if is_pending(stage.status)]


def finish_words(item: JudgedItem, stage: StageState, year: int) -> str:
    """Return 办结 of a closed stage: ``6月28日办结``, with its note."""
    assert stage.finished is not None
    return f"{day_words(stage.finished, year)}办结{finish_note(item, stage, year)}"


def finish_note(item: JudgedItem, stage: StageState, year: int) -> str:
    """Return both days, in brackets, where the application was entered late, and who has said which of them counts."""
    application = finishing(item, stage)
    record, notes = application.record, []
    if record.date != stage.finished:
        notes.append(f"申请日期{day_words(record.date, year)}")
    if entered := entered_words(record):
        notes.append(entered)
    if application.stated:
        ruling = item.state.answer_to(application, "核验销号")
        basis = ruling.record.basis if ruling else None
        notes.append(
            f"办结日期由{item.ledger.office}认定{f'，依据：{said(basis, year)}' if basis else ''}"
        )
    return f"（{'，'.join(notes)}）" if notes else ""


def moved_words(stage: StageState, year: int, *, until: bool = False) -> str:
    """Return in brackets from which day a deadline was moved, and ``until`` which; empty where it stands as issued."""
    if stage.due == stage.issued:
        return ""
    issued, due = day_words(stage.issued, year), day_words(stage.due, year)
    if stage.often_moved:
        return f"（经多次延期，{f'由{issued}延至{due}' if until else f'原定{issued}'}）"
    return f"（经同意由{issued}{f'延至{due}' if until else '延期'}）"


def in_time_words(item: JudgedItem, stage: StageState, year: int) -> str:
    """Return which of joint leads had done their part in time of a stage that was closed late, as a clause."""
    in_time = (unit for unit in item.state.units.lead if item.in_time(stage, unit))
    own = ((unit, own_application(item, stage, unit)) for unit in in_time)
    each = (
        f"{who(item.ledger, unit)}{day_words(entry.counts, year)}已申请销号"
        for unit, entry in own
        if entry
    )
    return "".join(f"，{words}" for words in each)


def own_application(item: JudgedItem, stage: StageState, unit: str) -> Entry | None:
    """Return the application with which a lead has done its part of a closed stage; None where it made none."""
    return next((entry for entry in _applications(item, stage) if entry.unit == unit), None)


def _applications(item: JudgedItem, stage: StageState) -> Iterator[Entry]:
    """Yield the applications to close a stage that count by its 办结日期, the latest first."""
    for entry in reversed(item.state.entries):
        its = entry.record.kind == CLOSE_OUT and entry.record.stage in (None, stage.id)
        if its and entry.counts <= (stage.finished or entry.counts):
            yield entry


def last_finished(item: JudgedItem) -> StageState:
    """Return the stage of a closed item whose 办结日期 is the item's."""
    closed = [stage for stage in item.state.stages if stage.finished]
    return max(closed, key=lambda stage: stage.finished or stage.due)


def finishing(item: JudgedItem, stage: StageState) -> Entry:
    """Return the application whose day is the 办结日期 of a closed stage."""
    return next(e for e in _applications(item, stage) if e.counts == stage.finished)


def counted(pairs: Iterable[tuple[str, int]], unit: str = "项") -> str:
    """Return ``已销号2项，待核验1项``; what doesn't occur is left out."""
    return "，".join(f"{name}{count}{unit}" for name, count in pairs if count)


def sentence(words: str) -> str:
    """Return words closed by exactly one full stop."""
    return words.rstrip("。；;，, \n") + "。"


def unbroken(words: str) -> str:
    """Return a unit's own words without their line breaks."""
    return "".join(part.strip() for part in words.splitlines())


def said(words: str, year: int) -> str:
    """Return typed words for print: in one line, without their full stop, days as a paper writes them."""
    return in_days(unbroken(words), year).rstrip("。；;，, ")


def in_days(words: str, year: int) -> str:
    """Return words with ``2024-06-30`` written as 6月30日."""

    def day(found: re.Match[str]) -> str:
        try:
            return day_words(date.fromisoformat(found[0]), year)
        except ValueError:
            return found[0]

    return _ISO.sub(day, words)


def quoted(words: str, year: int) -> str:
    """Return what a unit said, cut behind the last sentence that is not too long for a bulletin."""
    return _cut(said(words, year), "。；;", _LONGEST_QUOTE)


def told(words: str, year: int) -> str:
    """Return what a unit reports, cut behind the last clause that is not too long to be read among many."""
    return _cut(said(words, year), "，。；;", _LONGEST_TOLD)


def besides_asking(entry: Entry) -> str:
    """Return a unit's words but those by which an application says what it is, which no paper repeats."""
    return _ASKING.sub("", entry.record.summary or "").lstrip("，。；、")


def _cut(words: str, ends: str, longest: int) -> str:
    """Return the first parts of a text up to ``longest`` characters, at least one; parts end with one of ``ends``."""
    first, *parts = re.split(f"(?<=[{ends}])", words)
    kept = first
    for part in parts:
        if len(kept) + len(part) > longest:
            break
        kept += part
    return kept.rstrip(ends)


def seen_words(entry: Entry, item: JudgedItem, year: int) -> str:
    """Return what the office saw itself: 9月12日我办现场核验，台账齐全."""
    record, ledger = entry.record, item.ledger
    seen = f"{who(ledger, ledger.office)}{record.way}，{quoted(record.summary or '', year)}"
    return f"{day_words(record.date, year)}{seen}"


def refuted_words(entry: Entry, item: JudgedItem, year: int) -> str:
    """Return what the office saw, and which report that contradicts."""
    told = [e.record for e in item.state.entries if entry.record.is_answer_to(e.record)]
    days = "、".join(day_words(day, year) for day in sorted({record.date for record in told}))
    return f"{seen_words(entry, item, year)}，与{days}所报不符"


_REPEATED: Final = re.compile(
    "[^，。；;]*(?:同意延期|不予延期|不同意延期|明确[^，。；;]*责任单位|调出|曾逾期|撤销销号)[^，。；;]*[，。；;]?"
)


def grounds(reason: str | None, year: int) -> str:
    """Return why something was decided, without the clauses that only say the decision again."""
    return said(_REPEATED.sub("", unbroken(reason)), year) if reason else ""


def slow_words(state: ItemState, points: int, percent: int | None) -> str:
    """Return how a paper says that an item is behind: in points only where stages or an indicator carry its percent.

    ``percent`` is how far it is; None where the words before say so.
    """
    if state.listed.counted or state.by_milestones:
        return in_points(state, points, percent)
    return f"进度偏慢{'' if percent is None else f'（目前{percent}%）'}"


def other_roles(item: JudgedItem) -> Iterator[tuple[str, str]]:
    """Yield the notice's words for those who are responsible and who support, with their units: 配合单位, 县水利局.

    A body that isn't named one by one stands with the role that its cell has before it.
    """
    units, cell = item.state.units, item.state.listed.units.text
    names = item.ledger.tasks.notice.role_names
    marks = [name.removesuffix("单位") for name in (names.responsible, names.support)]
    supporting = {
        body
        for body in units.open
        for before in (cell[: cell.find(body)],)
        if before.rfind(marks[1]) > before.rfind(marks[0])
    }
    for name, named, supports in (
        (names.responsible, units.responsible, False),
        (names.support, units.support, True),
    ):
        words = units_words(named, (b for b in units.open if (b in supporting) == supports))
        if words:
            yield name, words


def deadline_words(item: JudgedItem) -> str:
    """Return the deadline as the notice has it, with what it was extended to: 2024年6月底（延至8月31日）."""
    stage, year = item.state.current, item.ledger.tasks.notice.year
    text = item.state.listed.deadline.text
    if stage and stage.moved:
        often = "经多次延期至" if stage.often_moved else "延至"
        return f"{text}（{often}{day_words(stage.due, year)}）"
    return text


def stage_words(stage: StageState) -> str:
    """Return which stage is meant, where there are several: “完成方案”阶段."""
    return f"“{stage.text}”阶段" if stage.id else ""


def decided(record: Record, year: int, words: str) -> str:
    """Return what was decided, by whom and on which ground: 经县工改领导小组第2次会议研究，同意延至9月30日.

    ``words`` are the decision. People are not named: who approves by name approves by the document.
    """
    basis = said(record.basis or "", year)
    if basis and _MEETING.search(basis):
        return f"经{basis}研究，{words}"
    approver = record.approved_by if record.approved_by and _BODY.search(record.approved_by) else ""
    if approver:
        refused = words.startswith("不同意")
        by = f"经{approver}{'研究' if refused else '同意'}，"
        words = words.removeprefix("同意")
    else:
        by = ""
    if "（" in basis:  # no brackets within brackets
        return f"{by}{words}，依据{basis}"
    return f"{by}{words}（{basis}）" if basis else f"{by}{words}"


def refusal_words(ruling: Record, year: int) -> str:
    """Return a refusal as the office decided it: who, on which ground, and why."""
    why = behind_comma(grounds(ruling.reason, year))
    return f"{decided(ruling, year, '不同意延期')}{why}"


_REQUEST: Final = re.compile(
    "[，；。](?:特|现|故|拟|因此|为此)?申请(?:将[^，；。]*)?延[期至长后][^，；。]*$"
)
"""The clause in which a reason asks for what is told of it: 申请延期至12月底."""


def reason_words(
    item: JudgedItem, reason: Reason, unit: str, year: int, period: Period | None = None
) -> str:
    """Return what a lead said, here called ``unit``, with the day, and what became of the extension that it asked for.

    Who refused that on which ground is told where it happened in the ``period``.
    """
    record = reason.entry.record
    day, words = day_words(record.date, year), quoted(reason.words, year)
    if record.kind == "撤销销号":
        return f"{day}撤销销号：{words}"
    if reason.entry.unit == item.ledger.office and reason.asked is None and reason.fate is None:
        return f"主要原因：{words}"
    if record.kind == "督办回执":
        return f"{unit}{day}回复：{words}"
    if reason.asked is None and reason.fate is None:
        how = "说明" if reason.words == record.late_reason else "反映"
        due = item.state.asked_until
        waiting = f"；申请延至{day_words(due, year)}，待研究" if due else ""
        return f"{unit}{day}{how}：{words}{waiting}"
    until = f"延至{day_words(reason.asked, year)}" if reason.asked else "延期"
    words = _REQUEST.sub("", words)
    asked = f"{unit}{day}以“{words}”为由申请{until}"
    match reason.fate:
        case "待研究":
            return f"{asked}，申请待研究"
        case None:
            return asked
    assert reason.ruling is not None
    ruling = reason.ruling.record
    ruled = day_words(ruling.date, year)
    if reason.fate == "同意延期" or period is None or not period.holds(ruling.date):
        return f"{asked}，{ruled}{reason.fate}"
    return f"{asked}；{ruled}{refusal_words(ruling, year)}"


def reply_words(by: date | None, within: int, year: int) -> str:
    """Return by when units answer: 7月5日前; 5个工作日内 where that year's calendar isn't known."""
    return f"{day_words(by, year)}前" if by else f"{within}个工作日内"


def behind_comma(words: str) -> str:
    """Return words as a further clause; nothing for none."""
    return f"，{words}" if words else ""


def open_document_number(ledger: Ledger, signed: date) -> str:
    """Return a 文号 with its figures left open, of the year in which the paper is signed.

    It begins as the last bulletin's does, the first one's as the notice's.
    """
    known = [i for i in ledger.issued if not i.fault and "〔" in i.number and i.day <= signed]
    last = max(known, key=lambda i: i.day, default=None)
    number = last.number if last else ledger.tasks.notice.number
    return f"{number.partition('〔')[0]}〔{signed.year}〕  号"


def numbered(paragraphs: Iterable[str], rules: Frame) -> Iterator[str]:
    """Yield what a bulletin asks for as （一）, （二）, then whom to call, where the office has said who answers."""
    for numeral, words in zip(NUMERALS, paragraphs, strict=False):
        yield f"（{numeral}）{words}"
    known = (("联系人", rules.contact), ("电话", rules.phone))
    if words := "，".join(f"{name}：{value}" for name, value in known if value):
        yield f"{words}。"
