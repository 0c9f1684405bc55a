"""By which option each field of a record is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.desk import Field, Filling, kept_words
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.questions import Question, Questions

UNITS: Final = Option(
    "--units", "单位，可写几次，或用顿号隔开", "单位", many=True, complete="units"
)
ROLE: Final = Option("--role", "牵头、责任或配合", "责任")
NOT_STARTED: Final = Option("--not-started", "尚未启动")

_OPTIONS: Final[Mapping[str, Option]] = {
    "unit": o.UNIT,
    "summary": o.SUMMARY,
    "percent": o.PERCENT,
    "problems": o.PROBLEMS,
    "coordinate": o.COORDINATE,
    "completed": o.COMPLETED,
    "late_reason": o.LATE_REASON,
    "next": o.NEXT,
    "metrics": o.METRIC,
    "evidence": o.EVIDENCE,
    "stage": o.STAGE,
    "period": o.PERIOD,
    "not_started": NOT_STARTED,
    "by": o.BY,
    "via": o.VIA,
    "source": o.SOURCE,
    "date": o.DATE,
    "reason": o.REASON,
    "basis": o.BASIS,
    "approved_by": o.APPROVED_BY,
    "units": UNITS,
    "role": ROLE,
}

Options = Mapping[str, Option]
"""Options of a command's own, by the field that they give."""


def named(own: Options) -> Callable[[str], str]:
    """Return how messages of a command call a field: by its option."""
    options = {**_OPTIONS, **own}
    return lambda name: options[name].name


def fields_of(questions: Iterable[Question], own: Options) -> list[Field]:
    """Return the questions with their options; ``own`` are those of the command alone."""
    options = {**_OPTIONS, **own}
    return [Field(question, options[question.name]) for question in questions]


def answered(
    desk: Filling,
    ask: Callable[[Questions], list[Question]],
    own: Options,
    files: EvidenceFiles | None = None,
) -> dict[str, Any]:
    """Return what is said in answer to questions about no item; without a terminal all that is missing is told."""
    fields = fields_of(ask(Questions(desk.session, None, files, named(own))), own)
    desk.demand(desk.missing(fields))
    with kept_words(desk, always=False):
        return desk.fill(fields)
