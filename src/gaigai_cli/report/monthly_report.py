"""The monthly bulletin as a value: complete, and free of layout. Every format is made from it alone."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from gaigai_cli.model.ledger import Demand
from gaigai_cli.model.rules import Frame
from gaigai_cli.report.title import Titled
from gaigai_cli.words.period import Period

OVERVIEW: Final = "总体情况"
PROGRESS: Final = "主要进展"
PROBLEMS: Final = "存在问题"
SUPERVISION: Final = "督办情况"
ACHIEVEMENTS: Final = "各单位完成情况"
DEMANDS: Final = "下一步工作要求"
SECTIONS: Final = (OVERVIEW, PROGRESS, PROBLEMS, SUPERVISION, ACHIEVEMENTS, DEMANDS)
"""The headings of a bulletin's own sections, in their order; it has none of what is empty."""
LATE, TURNS = "到期未办结", "期内任务未完成"
"""What of an item is told as late: its deadline has passed, a turn is over and unmet."""


@dataclass(frozen=True, slots=True)
class Subsection:
    """（一） and what stands under it. ``entries`` are numbered paragraphs, one an item; ``closing`` follows them.

    ``names`` are the numbers of the items that the entries tell of, or the units where they are ``by_unit``.
    """

    heading: str
    entries: tuple[str, ...]
    closing: str = ""
    names: tuple[str, ...] = ()
    by_unit: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """一、 with its paragraphs, then its subsections; its number is given by the layout.

    ``own`` are the office's own paragraphs, which end the section.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    subsections: tuple[Subsection, ...] = ()
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A line of 附件1 任务台账: the words of the notice and the units' own words.

    ``due`` is the day in force of a dated item, ``finished`` 办结日期, ``closed`` 销号日期. ``why`` says of a red or
    yellow light why it is on.
    """

    id: str
    task: str
    content: str
    lead: str
    others: str
    deadline: str
    status: str
    light: str
    progress: str
    problems: str
    next: str
    due: date | None
    finished: date | None
    closed: date | None
    why: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A line of 附件2 各单位情况: numbers of items; ``turns`` are those with a missed turn."""

    name: str
    lead: int
    closed: int
    pending: int
    underway: int
    not_reported: int
    expired: int
    others: int
    remark: str
    suspended: int
    turns: int


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of 附件2 of a roll-up, one a list: numbers of items; ``on_time`` of those that were ``due``."""

    name: str
    items: int
    closed: int
    pending: int
    underway: int
    not_reported: int
    suspended: int
    expired: int
    turns: int
    due: int
    on_time: int


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator of an item against its target; ``value`` in ``unit``, None where nothing was reported."""

    id: str
    task: str
    lead: str
    name: str
    target: str
    value: Decimal | None
    unit: str
    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of the bulletin, numbers of items unless said otherwise.

    ``statuses`` and ``lights`` in their fixed order; ``due`` the dated items that were due by the cut, ``on_time``
    those of them that were finished on time; ``rated`` whether that is stated as a rate, as it isn't of a few
    items or where nobody has recorded anything; ``indicators`` counts indicators by verdict.
    """

    tasks: int
    items: int
    kinds: tuple[tuple[str, int], ...]
    withdrawn: int
    statuses: tuple[tuple[str, int], ...]
    lights: tuple[tuple[str, int], ...]
    due: int
    on_time: int
    rated: bool
    indicators: tuple[tuple[str, int], ...]

    @property
    def on_time_rate(self) -> str | None:
        """按期办结率 in percent, with one decimal unless that is 0; None where no rate is stated."""
        if not self.rated:
            return None
        return f"{self.on_time * 100 / self.due:.1f}".removesuffix(".0") + "%"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a paper bears round its text: 发文机关标志 of the red head, 抄送, 印发机关, 公开属性."""

    letterhead: str
    copies: str
    printer: str
    openness: str

    @classmethod
    def of(cls, rules: Frame, signer: str) -> "Imprint":
        """Return what the office has set, and for the rest who signs."""
        return cls(
            letterhead=rules.letterhead or signer,
            copies=rules.copies or "",
            printer=rules.printer or signer,
            openness=rules.openness or "",
        )


@dataclass(frozen=True, slots=True)
class MonthlyReport(Titled):
    """A 通报 cut at 24:00 of ``cut``. ``number`` has its figure left open until the bulletin is issued on ``day``; it
    is ``printed`` (印发) on that day or later.

    ``title_parts`` joined are the title; a line of it may end after each part (GB/T 9704: 词意完整). A roll-up has
    ``lists`` in place of ``units``.
    """

    period: Period
    cut: date
    title_parts: tuple[str, ...]
    number: str
    addressee: str
    notes: tuple[str, ...]
    opening: str
    sections: tuple[Section, ...]
    signer: str
    imprint: Imprint
    totals: Totals
    ledger: tuple[LedgerRow, ...]
    units: tuple[UnitLine, ...]
    indicators: tuple[IndicatorRow, ...]
    legend: str
    day: date | None = None
    printed: date | None = None
    demands: tuple[Demand, ...] = ()
    lists: tuple[ListLine, ...] = ()


@dataclass(frozen=True, slots=True)
class InternalReport:
    """内部研判: what the office should know and a bulletin must not say."""

    month: Period
    cut: date
    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
