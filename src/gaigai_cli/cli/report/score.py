"""``gaigai score``: the assessment of units, and where each point of it comes from."""

from typing import Final

from gaigai_cli.cli.options import TABLE_OR_JSON, Option
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.render.console.score import explained_page, score_json, score_page
from gaigai_cli.report.score import score as assess
from gaigai_cli.report.score import usual_quarter
from gaigai_cli.words.period import Period
from gaigai_cli.work import values

_QUARTER: Final = Option(
    "--quarter",
    "考核季度，如 2024-Q3、第三季度，只评等次；不写则为清单年度内最近结束的季度",
    "季度",
)
_YEAR: Final = Option("--year", "考核年度，如 2024，评等次、排名次", "年份")
_EXPLAIN: Final = Option("--explain", "逐项说明这个单位的得分：规则、事项、记录、日期", "单位")
_FORCE: Final = Option("--force", "本清单尚无进展记录时仍然计算")


@takes(_QUARTER, _YEAR, _EXPLAIN, TABLE_OR_JSON, _FORCE)
def score(run: Run) -> None:
    """Print the assessment of all units, or of one line by line."""
    session, explain, force = run.session, run.word(_EXPLAIN), run.flag(_FORCE)
    as_json = run.format(TABLE_OR_JSON) == "json"
    found = assess(session.judge, _period(session), today=session.as_of)
    # A unit that was merged or split stands in it beside its heir, by a name that nobody has any more.
    listed = {unit.unit for unit in found.units}
    unit = explain if explain is None or explain in listed else session.unit(explain)
    if session.judgement.blank and not force:
        raise GaigaiError("本清单尚无进展记录，不作考核", "确要按时限推算的请加 --force")
    if as_json:
        session.output.json(score_json(found, unit))
    elif unit is None:
        session.output.show(score_page(found, run.typable))
    else:
        session.output.show(explained_page(found, unit))


def _period(session: Session) -> Period:
    quarter_, year = session.given.word(_QUARTER), session.given.word(_YEAR)
    if quarter_ is not None and year is not None:
        raise GaigaiError("--quarter 和 --year 不能同时使用", "只留一个")
    if year is not None:
        return values.year_of(year)
    notice = session.ledger.tasks.notice
    if quarter_ is not None:
        return values.quarter_of(quarter_, default=notice.year)
    return usual_quarter(notice, session.as_of)
