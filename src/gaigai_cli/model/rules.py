"""What the office decides (``rules.yaml``), with the defaults that hold where it says nothing."""

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from gaigai_cli.model.base import Day, Frozen, Points, Text, Whole, YearMonth, refuse

Cycle = Literal["month", "quarter"]


class Reporting(Frozen):
    """How often each lead of an open item owes a report, and by when."""

    every: Cycle = Field("month", description="报送周期：month 每月，quarter 每季度")
    by: Whole = Field(description="报送截止日（几号），遇非工作日顺延", ge=1, le=31)
    of: Literal["当月", "次月"] = Field("当月", description="截止日在当期末月还是次月")
    from_: YearMonth = Field(alias="from", description="从哪个月起报送")


class Warn(Frozen):
    """When lights change. Days are calendar days, except ``verify_within`` and ``reply_within``: working
    days; ``behind`` and ``jump`` are points of percent, ``figure_jump`` is percent."""

    blue: Whole = Field(30, description="到期前多少天亮蓝灯")
    yellow: Whole = Field(7, description="到期前多少天亮黄灯")
    behind: Whole = Field(10, description="进度低于序时进度多少个百分点亮黄灯")
    idle: Whole = Field(60, description="多少天没有报送进展视为长期未更新")
    verify_within: Whole = Field(5, description="督办机构应在多少个工作日内核验")
    reply_within: Whole = Field(5, description="通报提出的问题应在多少个工作日内反馈")
    jump: Whole = Field(
        40, description="单位估计的进度一次上升多少个百分点，登记时提醒、列入内部研判"
    )
    figure_jump: Whole = Field(
        50, description="指标最近值（逐步累计的数除外）较上次变化超过百分之多少时提醒核对"
    )

    def is_overlong(self, workdays: int) -> bool:
        """Return whether the office has let an application wait for longer than it may."""
        return workdays > self.verify_within


class EvidenceRule(Frozen):
    """What may be kept as evidence."""

    max_mb: Whole = Field(20, description="佐证文件最大多少MB", ge=1)


class Remind(Frozen):
    """How units are reminded; days are working days."""

    prompt: Whole = Field(5, description="提醒函的反馈时限（工作日）", ge=1)
    urge: Whole = Field(5, description="催办通知的反馈时限（工作日）", ge=1)
    supervise: Whole = Field(5, description="督办单的反馈时限（工作日）", ge=1)
    mark: Text | None = Field(
        None, description="编号中的机关代字，如“岳县工改办”；不写则取任务清单文号的代字"
    )


class Grade(Frozen):
    """A grade and the fewest points that it takes."""

    name: Text = Field(description="等次名称")
    at_least: Points = Field(description="最低得分")


def _grades() -> tuple[Grade, ...]:
    words = (("优秀", 90), ("良好", 80), ("一般", 60), ("较差", 0))
    return tuple(Grade(name=name, at_least=Decimal(least)) for name, least in words)


class ScoreRules(Frozen):
    """The assessment of units, in points. What is taken off for reports is the whole's: each one takes its share."""

    on_time: Points = Field(Decimal(100), description="事项按期办结")
    extended: Points = Field(Decimal(90), description="事项经批准延期后按期办结")
    late: Points = Field(Decimal(70), description="事项逾期办结")
    undone: Points = Field(Decimal(0), description="事项到期未办结")
    completed: Points = Field(Decimal(100), description="期满评估为完成")
    mostly: Points = Field(Decimal(80), description="期满评估为基本完成")
    failed: Points = Field(Decimal(0), description="期满评估为未完成")
    taking_part: Points = Field(Decimal(100), description="不牵头任何事项的单位的起评分")
    late_report: Points = Field(Decimal(3), description="应报进展全部迟报时扣分，部分迟报的按比例")
    made_up_report: Points = Field(
        Decimal(6), description="应报进展全部在通报印发后补报时扣分，部分补报的按比例"
    )
    missed_report: Points = Field(
        Decimal(10), description="应报进展全部漏报时扣分，部分漏报的按比例"
    )
    praise: Points = Field(Decimal(2), description="每次表扬加分")
    criticism: Points = Field(Decimal(5), description="每次通报批评扣分")
    responsibility: Points = Field(Decimal(3), description="每次责任认定扣分")
    grades: tuple[Grade, ...] = Field(
        default_factory=_grades, description="等次，达到最低得分的第一个", min_length=1
    )

    @field_validator("grades")
    @classmethod
    def _falling(cls, value: tuple[Grade, ...]) -> tuple[Grade, ...]:
        limits = [grade.at_least for grade in value]
        if limits != sorted(limits, reverse=True) or len(set(limits)) < len(limits) or limits[-1]:
            raise refuse("bad-grades", "应由高到低排列，最后一个的最低得分为0")
        return value


class Frame(Frozen):
    """What stands round the text of every bulletin of an office, set once; what is left out is written by hand."""

    addressee: Text | None = Field(None, description="主送机关")
    signer: Text | None = Field(None, description="落款")
    letterhead: Text | None = Field(None, description="红头中的机关名称；不写则用落款")
    copies: Text | None = Field(None, description="抄送机关")
    printer: Text | None = Field(None, description="印发机关；不写则用落款")
    openness: Text | None = Field(None, description="公开属性，如“此件不公开”")
    contact: Text | None = Field(None, description="联系人")
    phone: Text | None = Field(None, description="联系电话")


class Bulletin(Frame):
    """The bulletin on one list; what is left out is left to the notice or by hand."""

    entries: Whole = Field(10, description="“持续推动事项”最多写几条", ge=1)
    numbering: Literal["文号", "期号"] = Field(
        "文号", description="通报编什么号：文号，如〔2024〕8号；期号，如第9期（总第21期）"
    )
    addressee: Text | None = Field(None, description="主送机关；不写则用任务清单的主送机关")
    signer: Text | None = Field(None, description="落款；不写则用任务清单的印发机关")


class Ranks(Frozen):
    """The approved way of assessing units; without it no paper or screen ranks anybody."""

    basis: Text = Field(description="批准的考核办法：文号或名称")
    at_least: Whole = Field(3, description="牵头的应评事项少于几项的单位不排名", ge=1)


class Retention(Frozen):
    """How long each kind of piece is kept (保管期限), as it stands in the catalogue of what is filed."""

    bulletin: Text = Field("30年", description="通报的保管期限")
    reminder: Text = Field("10年", description="提醒函、催办通知、督办单和回执的保管期限")
    ruling: Text = Field("30年", description="核定的保管期限")
    form: Text = Field("10年", description="报送表的保管期限")
    evidence: Text = Field("10年", description="佐证和书面材料的保管期限")


class YearCalendar(Frozen):
    """A year's days off on weekdays and days worked on weekends, as the State Council announces them."""

    holidays: tuple[Day, ...] = Field((), description="放假的工作日")
    workdays: tuple[Day, ...] = Field((), description="上班的周末")


class Rules(Frozen):
    """The file ``rules.yaml``; without the file every default holds and nobody owes a periodic report."""

    file: ClassVar[str] = "rules.yaml"

    reporting: Reporting | None = Field(None, description="定期报送；不写则不要求定期报送")
    warn: Warn = Field(default_factory=Warn, description="亮灯与提醒的天数")
    evidence: EvidenceRule = Field(default_factory=EvidenceRule, description="佐证文件的限制")
    remind: Remind = Field(default_factory=Remind, description="提醒函、催办通知、督办单")
    bulletin: Bulletin = Field(default_factory=Bulletin, description="通报的固定内容")
    archive: Retention = Field(default_factory=Retention, description="归档：各类材料的保管期限")
    ranks: Ranks | None = Field(None, description="考核排名；不写则不排名次")
    score: ScoreRules | None = Field(None, description="考核计分；不写则用程序的默认分值")
    calendar: dict[str, YearCalendar] = Field(
        default_factory=dict, description="程序日历中没有的年份：放假与调休"
    )

    @property
    def scoring(self) -> ScoreRules:
        """The rules of the assessment in force."""
        return self.score or ScoreRules()

    @field_validator("calendar")
    @classmethod
    def _years(cls, value: dict[str, YearCalendar]) -> dict[str, YearCalendar]:
        for year in value:
            if not (year.isdecimal() and len(year) == 4):
                raise refuse("bad-year", f"“{year}”不是年份")
        return value
