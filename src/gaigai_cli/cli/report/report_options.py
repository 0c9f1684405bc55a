"""What the options of ``gaigai report`` ask for: a period, formats, a kind of paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from gaigai_cli.cli.options import Option
from gaigai_cli.cli.output import refuse_screen
from gaigai_cli.cli.run import Run, format_said
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.words.normal import plain
from gaigai_cli.words.period import Period, period_of, span
from gaigai_cli.work import values
from gaigai_cli.work.papers import TEXTS

if TYPE_CHECKING:
    from gaigai_cli.report.monthly_report import MonthlyReport

FORMATS: Final = ("md", "docx", "html", "xlsx")

FILE: Final = Option(
    "定稿", "和 --issue 一起使用：领导签发的定稿文件", only="只用于签发，请加 --issue，或去掉它"
)
MONTH: Final = Option("--month", "通报月份，如 2024-06", "月份")
QUARTER: Final = Option("--quarter", "通报哪个季度，如 2024-Q3", "季度")
YEAR: Final = Option("--year", "年度通报，如 2024，附各单位完成情况", "年份")
FROM: Final = Option("--from", "从哪个月起（和 --to 一起使用）", "月份")
TO: Final = Option("--to", "到哪个月止（含）", "月份")
_UNIT: Final = Option("--unit", "只出这个单位的任务落实情况告知单", "单位")
FORMAT: Final = Option(
    "--format",
    "文件格式：md、docx、html、xlsx，可写几种，如 md,docx；不写则为 md",
    "格式",
    many=True,
)
OUT: Final = Option("--out", "写到这个文件；不写则放入 reports/，以月份为名", "文件")
STDOUT: Final = Option("--stdout", "只输出文件内容，不写文件")
_INTERNAL: Final = Option("--internal", "出内部研判，不出通报（不随通报印发）")
_BRIEF: Final = Option("--brief", "出一页的领导专报（docx）")
_ITEM: Final = Option(
    "--item", "和 --brief 一起使用：就这个事项出呈批件", "事项", only="只和 --brief 一起使用"
)
_CHECK: Final = Option("--check", "印发前给通报点到的每个单位出一份核对函（docx）")
_COVER: Final = Option(
    "--cover",
    "出通报的发文稿纸（docx）：拟稿、核稿、会签、签发；和 --issue 一起使用时填好文号和日期",
)
_SCORE: Final = Option("--score", "季度、年度通报写入考核情况；不写则不写入")
LETTERHEAD: Final = Option("--letterhead", "在 docx 上加红色发文机关标志（红头）")
PAPER: Final = (
    MONTH, QUARTER, YEAR, FROM, TO, _UNIT, FORMAT, OUT, STDOUT, _INTERNAL, _BRIEF, _ITEM, _CHECK, _COVER, _SCORE,
    LETTERHEAD,
)  # fmt: skip
"""What says which paper is made."""
Paper = Literal["通报", "内部研判", "领导专报", "核对函", "发文稿纸", "告知单"]
_ASKED: Final[dict[Option, Paper]] = {
    _INTERNAL: "内部研判",
    _BRIEF: "领导专报",
    _CHECK: "核对函",
    _COVER: "发文稿纸",
    _UNIT: "告知单",
}
"""The papers round the bulletin, by the option that asks for one."""
_ONE_FORMAT: Final[dict[Paper, str]] = {"内部研判": "md", "领导专报": "docx", "发文稿纸": "docx"}


@dataclass(frozen=True)
class WantedPaper:
    """What the options ask for."""

    period: Period
    formats: tuple[str, ...]
    paper: Paper
    unit: str | None
    item: str | None
    scored: bool
    letterhead: bool
    out: str | None

    @property
    def whole(self) -> bool:
        """Return whether it is the bulletin, or the sheet on which that is drafted."""
        return self.paper in ("通报", "发文稿纸")


def read_wanted(run: Run, *, issuing: bool) -> WantedPaper:
    """Return what is asked for. Raises ``GaigaiError`` for options that can't go together."""
    session, out = run.session, run.word(OUT)
    asked = [option for option in _ASKED if run.words(option)]
    paper = _ASKED[asked[0]] if asked else "通报"
    as_word = paper in ("领导专报", "核对函", "发文稿纸") or (issuing and paper != "内部研判")
    formats = read_formats(run.words(FORMAT), out, word=as_word)
    period = _read_period(run, run.word(FILE) if issuing else None, session)
    item = run.word(_ITEM) if paper == "领导专报" else None
    wanted = WantedPaper(
        period,
        formats,
        paper,
        session.unit_typed(_UNIT),
        session.item_id(item) if item is not None else None,
        run.flag(_SCORE),
        run.flag(LETTERHEAD),
        out,
    )
    _check(wanted, stdout=run.has(STDOUT))
    asked += [_SCORE] if wanted.scored else []
    if len(asked) > 1:
        raise GaigaiError(f"{'、'.join(one.name for one in asked)} 不能同时使用", "只留一个")
    if wanted.letterhead and (paper != "通报" or "docx" not in formats):
        raise GaigaiError(
            "--letterhead 只用于通报的 docx", "请加 --format docx，不和 --unit 等同用"
        )
    return wanted


def month_unsaid() -> GaigaiError:
    """Return the refusal of a bulletin of which nobody says for when."""
    return GaigaiError("没有写明通报月份", "请写 --month，如 --month 2024-06")


def _read_period(run: Run, file: str | None, session: Session) -> Period:
    """Return the one period that is asked for; with a signed file alone the one that its name begins with."""
    every = {one.name: run.word(one) for one in (MONTH, QUARTER, YEAR, FROM, TO)}
    given = {name: words for name, words in every.items() if words is not None}
    if not given:
        found = re.match(r"\d{4}(-\d{2}|-Q\d)?(?!\d)", Path(file).name) if file else None
        period = period_of(found[0]) if found else None
        if period is None:
            raise month_unsaid()
        return period
    match given:
        case {"--from": first_words, "--to": last_words} if len(given) == 2:
            first = session.month(first_words, what=FROM.name)
            last = session.month(last_words, what=TO.name)
            if last < first:
                raise GaigaiError(f"--from {first} 晚于 --to {last}", "请核对起止月份")
            return span(first, last)
        case _ if len(given) > 1:
            raise GaigaiError(f"{'、'.join(given)} 不能同时使用", "只留一种期次")
        case {"--quarter": words}:
            year = session.ledger.tasks.notice.year
            return values.quarter_of(words, default=year, today=session.today)
        case {"--year": words}:
            return values.year_of(words)
        case {"--month": words}:
            return session.month(words, what=MONTH.name)
    (one,) = given
    other = TO.name if one == FROM.name else FROM.name
    raise GaigaiError(f"{one} 要和 {other} 一起使用", f"请补上 {other}")


def read_formats(words: Sequence[str], out: str | None, *, word: bool) -> tuple[str, ...]:
    """Return the formats in the order given, each once.

    Where none is given it is the ending of ``out``, else the usual one.
    """
    usual = "docx" if word else "md"
    if not words:
        return (format_said(None, out, FORMATS) or usual,)
    parts = (part for word in words for part in values.pieces(plain(word)))
    found = tuple(dict.fromkeys(values.choice(part, FORMATS, "--format") for part in parts))
    if len(found) == 1:
        format_said(found[0], out, FORMATS)
    return found or (usual,)


def _check(wanted: WantedPaper, *, stdout: bool) -> None:
    """Raise ``GaigaiError`` where a paper isn't made as it is asked for."""
    formats, out, paper = wanted.formats, wanted.out, wanted.paper
    check_files(formats, out, stdout=stdout)
    only = _ONE_FORMAT.get(paper)
    if only and formats != (only,):
        raise GaigaiError(f"{paper}只有 {only} 一种格式", "请去掉 --format")
    if paper == "核对函" and (formats != ("docx",) or out or stdout):
        raise GaigaiError("核对函一个单位一份，只有 docx", "请去掉 --format、--out、--stdout")
    if paper == "内部研判" and not wanted.period.is_month:
        raise GaigaiError("内部研判按月出", "请写 --month")


def check_files(formats: Sequence[str], out: str | None, *, stdout: bool) -> None:
    """Raise ``GaigaiError`` where what is made can't go where it is to go."""
    if stdout and out:
        raise GaigaiError("--stdout 和 --out 不能同时使用", "只留一个")
    if len(formats) > 1 and (stdout or out):
        option = "--stdout" if stdout else "--out"
        raise GaigaiError(f"{option} 一次只能有一种格式", "请只写一种 --format")
    if stdout and formats[0] not in TEXTS:
        refuse_screen(formats[0], "请去掉 --stdout，或转存为文件")


def bulletin_of(session: Session, wanted: WantedPaper, today: date) -> MonthlyReport:
    """Return the bulletin of the period, or one unit's sheet."""
    from gaigai_cli.report.bulletin import unit_report
    from gaigai_cli.work import own_words

    if wanted.unit is not None:
        return unit_report(session.judge, wanted.period, wanted.unit, today=today)
    return own_words.bulletin_of(session, wanted.period, today=today, scored=wanted.scored)
