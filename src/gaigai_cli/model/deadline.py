"""What a deadline cell means: five kinds of deadline, and the days on which something falls due again and again.

All days are whole days of UTC+8 and end at 24:00. A deadline keeps the cell as issued in ``text``.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import (
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from gaigai_cli.model.base import CONFIRMED, Day, Flag, Frozen, Id, Text, refuse
from gaigai_cli.model.calendar import MONTHS_OF, Every, days_in

LAST_DAY: Final = 31
"""As the ``day`` of a month, quarter or half-year: its last day, however long its last month is."""

YEAR_DAY_PATTERN = r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
_WHOLE = re.compile(r"[1-9]\d?")
_TEXT = "完成时限一栏的原文"


class _Cell(Frozen):
    """What every deadline has."""

    text: Text = Field(description=_TEXT)
    confirmed: Flag | None = Field(None, description=CONFIRMED)


class Fixed(_Cell):
    """Done by the end of one day. ``due`` is the day first set; an extension is a record, no change here."""

    kind: Literal["fixed"] = Field(description="fixed：有确定的完成日期")
    due: Day = Field(description="完成时限（当日24时止）")
    from_: Day | None = Field(None, alias="from", description="起始日期（如“4月—6月”的4月1日）")

    @field_validator("from_")
    @classmethod
    def _starts_before_due(cls, start: date | None, info: ValidationInfo) -> date | None:
        return _not_after(start, info.data.get("due"), "完成时限")


class Ongoing(_Cell):
    """Carried on for a period (持续推动落实, 全年), or without end where ``until`` is absent (长期坚持)."""

    kind: Literal["ongoing"] = Field(description="ongoing：持续推动落实，没有完成日期")
    until: Day | None = Field(None, description="期末日期；长期坚持的不写")
    from_: Day | None = Field(None, alias="from", description="起始日期")

    @field_validator("from_")
    @classmethod
    def _starts_before_end(cls, start: date | None, info: ValidationInfo) -> date | None:
        return _not_after(start, info.data.get("until"), "期末日期")


class Stage(Frozen):
    """One part of a staged deadline; ``id`` is what records name."""

    id: Id = Field(description="阶段编号，在本时限内不重复")
    text: Text = Field(description="阶段内容")
    due: Day = Field(description="阶段完成时限（当日24时止）")


class Staged(_Cell):
    """Several parts, each with its day, earliest first; two may share a day."""

    kind: Literal["staged"] = Field(description="staged：分阶段完成")
    stages: tuple[Stage, ...] = Field(description="各阶段，按时限先后", min_length=1)

    @field_validator("stages")
    @classmethod
    def _in_order(cls, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        seen: set[str] = set()
        for stage in stages:
            if stage.id in seen:
                raise refuse("duplicate-stage", f"阶段编号“{stage.id}”重复")
            seen.add(stage.id)
        for earlier, later in pairwise(stages):
            if later.due < earlier.due:
                raise refuse(
                    "stage-order",
                    f"阶段“{later.id}”的时限{later.due}早于前一阶段“{earlier.id}”的{earlier.due}",
                )
        return stages


def _turn_day(value: Any) -> int | str:
    if type(value) is int:
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    if isinstance(value, str) and re.fullmatch(YEAR_DAY_PATTERN, value):
        return str(value)
    raise refuse("bad-turn-day", f"“{value}”不是期限日，应写成 25 的样子，每年的写成 12-31 的样子")


TurnDay = Annotated[
    int | str,
    BeforeValidator(_turn_day),
    WithJsonSchema(
        {
            "oneOf": [
                {"type": "integer", "minimum": 1, "maximum": 31},
                {"type": "string", "pattern": YEAR_DAY_PATTERN},
            ]
        }
    ),
]


class Recurring(_Cell):
    """Owed again in every month, quarter, half-year, year or week. What ``day`` means goes by ``every``:

    - ``week``: 1 to 7, Monday is 1;
    - ``month``: the day of the month, 1 to 31;
    - ``quarter``, ``half-year``: the day of the period's last month (March, June …; June, December), 1 to 31;
    - ``year``: month and day as ``"MM-DD"``.

    In a month that is too short, its last day counts: 31 is always the last day, ``"02-29"`` the end of February.
    """

    kind: Literal["recurring"] = Field(description="recurring：定期开展，每期完成")
    every: Every = Field(
        description="周期：month 每月，quarter 每季度，half-year 每半年，year 每年，week 每周"
    )
    day: TurnDay = Field(
        description="每期的最后一日：每周写1—7（周一为1）；每月写1—31；每季度、每半年写其最后一个月的1—31；"
        "每年写“月-日”，如 12-31。当月没有这一日的，为当月最后一日"
    )
    from_: Day = Field(alias="from", description="起始日期")
    until: Day | None = Field(None, description="期末日期；长期的不写")

    @field_validator("day")
    @classmethod
    def _fits_period(cls, day: int | str, info: ValidationInfo) -> int | str:
        every = info.data.get("every")
        if every == "year":
            if isinstance(day, int) or int(day[3:]) > days_in(2024, int(day[:2])):
                raise refuse("bad-turn-day", f"“{day}”不是一年中的一日，应写成 12-31 的样子")
        elif every is not None:
            longest = 7 if every == "week" else LAST_DAY
            if isinstance(day, str) or not 1 <= day <= longest:
                raise refuse("bad-turn-day", f"“{day}”不在1—{longest}之间")
        return day

    @model_validator(mode="after")
    def _starts_before_end(self) -> "Recurring":
        _not_after(self.from_, self.until, "期末日期")
        return self


class Unset(_Cell):
    """An event, or nothing that can be dated (项目批准后…): judged by its reports until a day is set."""

    kind: Literal["unset"] = Field(description="unset：没有可确定的日期")


Deadline = Annotated[
    Fixed | Ongoing | Staged | Recurring | Unset,
    Field(discriminator="kind"),
]


Dated: TypeAlias = Fixed | Staged
"""What has a time limit that can be missed (有明确时限): it ends by 销号."""
Assessed: TypeAlias = Ongoing | Recurring
"""What ends by 期满评估."""


def _not_after(start: date | None, end: date | None, name: str) -> date | None:
    if start is not None and end is not None and start > end:
        raise refuse("start-after-end", f"起始日期{start}晚于{name}{end}")
    return start


def occurrences(recurring: Recurring, *, through: date) -> tuple[date, ...]:
    """Return the due days, ascending, from ``from`` to ``until`` or ``through``, whichever is earlier, both included.

    The ISO form of a due day is the id of that occurrence.
    """
    end = through if recurring.until is None else min(recurring.until, through)
    found = []
    for due in _due_days(recurring, recurring.from_):
        if due > end:
            break
        found.append(due)
    return tuple(found)


def _due_days(recurring: Recurring, start: date) -> Iterator[date]:
    """Yield every due day on or after ``start``, to the end of the calendar."""
    if recurring.every == "week":
        first = start.toordinal() + (int(recurring.day) - start.isoweekday()) % 7
        yield from map(date.fromordinal, range(first, date.max.toordinal() + 1, 7))
        return
    if isinstance(recurring.day, str):
        months: tuple[int, ...] = (int(recurring.day[:2]),)
        wanted = int(recurring.day[3:])
    else:
        length = MONTHS_OF[recurring.every]
        months, wanted = tuple(range(length, 13, length)), recurring.day
    for year in range(start.year, date.max.year + 1):
        for month in months:
            due = date(year, month, min(wanted, days_in(year, month)))
            if due >= start:
                yield due
