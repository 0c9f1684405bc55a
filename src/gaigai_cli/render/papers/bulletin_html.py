"""The bulletin as one page for a browser: the month at a glance first, details on demand, nothing from the network."""

from importlib.resources import files
from typing import Any, Final

from gaigai_cli.characters import harmless
from gaigai_cli.render.fingerprint import with_fingerprint
from gaigai_cli.render.papers.annex import RATE, figure_rows, second_annex
from gaigai_cli.report.monthly_report import MonthlyReport
from gaigai_cli.words.say import NUMERALS, full_day, number_words

_LIGHT_CLASSES: Final = {"红": "red", "黄": "yellow", "蓝": "blue", "绿": "green", "—": "none"}
_STATUS_CLASSES: Final = {
    "已销号": "closed",
    "已评估": "assessed",
    "待核验": "pending",
    "推进中": "underway",
    "未启动": "notstarted",
    "未报进展": "silent",
    "暂缓实施": "suspended",
}
_ATTENTION: Final = ("红", "黄")
_FOLDED: Final = "主要进展"
"""The long section that stays folded until somebody asks for it."""


def bulletin(report: MonthlyReport) -> str:
    """The whole page. Whatever the data say is text, never markup."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: (
            harmless(value) if type(value) is str else value
        ),  # not what is markup
    )
    source = (files("gaigai_cli") / "templates" / "bulletin.html").read_text(encoding="utf-8")
    return with_fingerprint(environment.from_string(source).render(_values(report)))


def style_sheet() -> str:
    """The looks of whatever a browser shows of a list: the page, the board, the bulletin."""
    return (files("gaigai_cli") / "templates" / "gaigai.css").read_text(encoding="utf-8")


def _values(report: MonthlyReport) -> dict[str, Any]:
    from markupsafe import Markup

    figures = {group: dict(rows) for group, rows in figure_rows(report.totals)}
    return {
        "style": Markup(style_sheet()),
        "report": report,
        "figures": figures,
        "rate": figures["办结"][RATE],
        "status_classes": _STATUS_CLASSES,
        "light_classes": _LIGHT_CLASSES,
        "attention": [row for light in _ATTENTION for row in report.ledger if row.light == light],
        "most": max((line.lead for line in report.units), default=0),
        "numerals": NUMERALS,
        "folded": _FOLDED,
        "second": second_annex(report),
        "number_words": number_words,
        "full_day": full_day,
    }
