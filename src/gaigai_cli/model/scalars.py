"""Bounds and patterns of single values, apart from the models: who needs only these doesn't wait for the models."""

from typing import Final

YEARS: Final = range(1900, 2100)
"""The years that a list can be about; at the calendar's own ends sums of days would overflow."""

DAY_PATTERN: Final = r"^(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
MONTH_PATTERN: Final = r"^(19|20)\d{2}-(0[1-9]|1[0-2])$"
NOT_BLANK: Final = r"\S"
NUMBER_PATTERN: Final = r"^-?(0|[1-9]\d*)(\.\d+)?$"
