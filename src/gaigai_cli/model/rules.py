"""What the office decides (``rules.yaml``), with the defaults that hold where it says nothing."""

from typing import ClassVar, Literal

from pydantic import Field, field_validator

from gaigai_cli.model.base import Day, Frozen, Month, Whole, refuse

Cycle = Literal["month", "quarter"]


class Reporting(Frozen):
    """How often each lead of an open item owes a report, and by when."""

    every: Cycle = Field("month", description="报送周期：month 每月，quarter 每季度")
    by: Whole = Field(description="报送截止日（几号），遇非工作日顺延", ge=1, le=31)
    of: Literal["当月", "次月"] = Field("当月", description="截止日在当期末月还是次月")
    from_: Month = Field(alias="from", description="从哪个月起报送")


class Warn(Frozen):
    """When lights change. Days are calendar days, except ``verify_within`` and ``reply_within``: working
    days; ``behind`` and ``jump`` are points of percent, ``figure_jump`` is percent."""

    blue: Whole = Field(30, description="到期前多少天亮蓝灯")
    yellow: Whole = Field(7, description="到期前多少天亮黄灯")
    behind: Whole = Field(10, description="进度低于序时进度多少个百分点亮黄灯")
    idle: Whole = Field(60, description="多少天没有任何记录视为长期未更新")
    verify_within: Whole = Field(5, description="工改办应在多少个工作日内核验")
    reply_within: Whole = Field(5, description="通报提出的问题应在多少个工作日内反馈")
    jump: Whole = Field(40, description="两次所报进度相差多少个百分点列入内部研判")
    figure_jump: Whole = Field(50, description="指标最近值较上次变化超过百分之多少时提醒核对")


class EvidenceRule(Frozen):
    """What may be kept as evidence."""

    max_mb: Whole = Field(20, description="佐证文件最大多少MB", ge=1)


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
    calendar: dict[str, YearCalendar] = Field(
        default_factory=dict, description="程序日历中没有的年份：放假与调休"
    )

    @field_validator("calendar")
    @classmethod
    def _years(cls, value: dict[str, YearCalendar]) -> dict[str, YearCalendar]:
        for year in value:
            if not (year.isdecimal() and len(year) == 4):
                raise refuse("bad-year", f"“{year}”不是年份")
        return value
