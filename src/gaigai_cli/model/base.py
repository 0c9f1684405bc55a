"""Scalar types and the base of every model.

YAML scalars arrive as the strings that a person wrote; each type here accepts that string in one explicit form, or
the native Python value when a record is built by the program. Messages are Chinese: a user reads them in a finding.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from gaigai_cli.model.calendar import YEARS

DAY_PATTERN: Final = r"^(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
MONTH_PATTERN: Final = r"^(19|20)\d{2}-(0[1-9]|1[0-2])$"
NOT_BLANK: Final = r"\S"
NUMBER_PATTERN: Final = r"^-?(0|[1-9]\d*)(\.\d+)?$"


_DAY = re.compile(r"(19|20)\d{2}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(MONTH_PATTERN, re.ASCII)
_NUMBER = re.compile(NUMBER_PATTERN, re.ASCII)
_WHOLE = re.compile(r"0|[1-9]\d{0,17}", re.ASCII)
"""Python reads no whole number of thousands of digits."""
_QUOTED = 40


class Frozen(BaseModel):
    """Base of all records: immutable, and a key that nobody declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema with the bounds that the library overlooks on a type with a schema of its own."""
        made = handler(core_schema)
        properties = handler.resolve_ref_schema(made).get("properties", {})
        for name, field in cls.model_fields.items():
            for bound in field.metadata:
                for word, key in (("ge", "minimum"), ("le", "maximum")):
                    if hasattr(bound, word):
                        properties[field.alias or name][key] = getattr(bound, word)
        return made


@cache  # making one takes as long as reading a log with it
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return what reads and writes values of a type that is no model."""
    return TypeAdapter(kind)


def refuse(code: str, message: str) -> PydanticCustomError:
    """Return the validation error with a stable ``code`` and a Chinese ``message``; the caller raises it."""
    return PydanticCustomError(code, message)


def _is_no(what: str, value: Any) -> str:
    """Return that a value isn't ``what`` it should be; of a long one only the beginning is quoted."""
    if isinstance(value, dict | list):
        return f"应是{what}，不是一组内容"
    words = str(value)
    return f"“{words if len(words) <= _QUOTED else f'{words[:_QUOTED]}……'}”不是{what}"


def _day(value: Any) -> date:
    if type(value) is date and value.year in YEARS:
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refuse("impossible-date", f"没有“{value}”这一天") from None
    raise refuse("bad-date", _is_no("日期", value))


def _month(value: Any) -> str:
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return str(value)
    raise refuse("bad-month", _is_no("月份", value))


def _number(value: Any) -> Decimal:
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if type(value) is int:
        return Decimal(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    raise refuse("bad-number", _is_no("数字", value))


def _whole(value: Any) -> int:
    if type(value) is int and value >= 0:
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise refuse("bad-whole", _is_no("整数", value))


def _flag(value: Any) -> bool:
    if type(value) is bool:
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise refuse("bad-flag", _is_no(" true（是）或 false（否）", value))


def _schema(accept: Callable[[Any], Any], **schema: Any) -> Any:
    return [BeforeValidator(accept), WithJsonSchema(schema)]


Day = Annotated[date, *_schema(_day, type="string", pattern=DAY_PATTERN)]
YearMonth = Annotated[str, *_schema(_month, type="string", pattern=MONTH_PATTERN)]
Number = Annotated[Decimal, *_schema(_number, type=["number", "string"], pattern=NUMBER_PATTERN)]
Points = Annotated[
    Decimal,
    *_schema(_number, type=["number", "string"], pattern=NUMBER_PATTERN.replace("-?", "")),
    Field(ge=0),
]
Whole = Annotated[int, *_schema(_whole, type="integer", minimum=0)]
Percent = Annotated[int, *_schema(_whole, type="integer", minimum=0, maximum=100), Field(le=100)]
CONFIRMED = "true：原文的读法已由人核定，不再提示"

Flag = Annotated[bool, *_schema(_flag, type="boolean")]
Text = Annotated[str, StringConstraints(pattern=NOT_BLANK)]
Id = Annotated[str, StringConstraints(pattern=NOT_BLANK)]
