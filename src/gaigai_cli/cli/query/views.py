"""``gaigai depts``, ``todo``, ``show``, ``status`` and ``score``: units, what waits, items, the whole list, scores."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from gaigai_cli.cli.options import STATE, TABLE_OR_JSON, Option
from gaigai_cli.cli.query.lists import Part, answered
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import UNREPORTED, Judgement
from gaigai_cli.model.finding import numbers_in_words, numbers_of
from gaigai_cli.query.choose import Filter, by_unit, select
from gaigai_cli.query.instructions import instructions as all_instructions
from gaigai_cli.render.console.card import cards
from gaigai_cli.render.console.list import Share, open_bodies, share
from gaigai_cli.render.console.overview import (
    list_counts,
    lists_json,
    lists_overview,
    overview,
)
from gaigai_cli.render.console.score import explained_page, score_json, score_page
from gaigai_cli.render.console.todo import (
    Rows,
    Waiting,
    instruction_json,
    instruction_rows,
    instructions_page,
    todo_json,
    todo_page,
    waiting,
)
from gaigai_cli.render.console.units import (
    UnitCounts,
    UnitItems,
    unit_counts,
    unit_items,
    unit_page,
)
from gaigai_cli.render.console.units import units as units_page
from gaigai_cli.render.json import Json, card_json, rows_json, unit_json
from gaigai_cli.render.lines import Page
from gaigai_cli.report import todo as report
from gaigai_cli.report.score import score as assess
from gaigai_cli.report.score import usual_quarter
from gaigai_cli.words.period import Period
from gaigai_cli.work import values

_UNIT: Final = Option("单位", "单位名称、别名或简拼，如 县住建局、zjj；不写则列出全部单位")


@takes(_UNIT, STATE, TABLE_OR_JSON)
def depts(run: Run) -> int:
    """Print the units with their roles and counts, or one with its items; of several lists those that are called so."""
    unit = run.word(_UNIT)

    def units_of(session: Session) -> Part[tuple[UnitCounts, ...]]:
        judgement = session.judgement
        rows = by_unit(judgement)
        cells = share(judgement, unit_counts(rows, list=session.name), name=session.name)
        return lambda: [unit_json(judgement, row) for row in rows], cells

    def unit_of(session: Session) -> Part[UnitItems]:
        judgement, name = session.judgement, session.unit(unit or "")
        selection = select(judgement, Filter(dept=name))
        known = judgement.ledger.units.by_name[name]
        content = unit_items(known, selection, list=session.name)
        remarks = tuple(filter(None, [open_bodies(selection)]))

        def objects() -> Json:
            row = next(row for row in by_unit(judgement) if row.name == name)
            return unit_json(judgement, row) | {"items": rows_json(selection.rows)}

        return objects, share(judgement, content, name=session.name, remarks=remarks)

    if unit is None:
        return answered(run, units_of, units_page)
    return answered(run, unit_of, unit_page)


_WHOSE: Final = Option(
    "--unit",
    "只看这个单位的待办；不写则取 GAIGAI_UNIT 或 git config gaigai.unit，都没有则为督办机构的",
    "单位",
)


@takes(_WHOSE, TABLE_OR_JSON)
def todo(run: Run) -> int:
    """Print everything that waits for the office, or for a unit."""

    def waiting_in(session: Session) -> Part[Waiting]:
        whose = session.unit_typed(_WHOSE) or session.own_unit
        # Findings are part of the answer here, so they are not told on standard error besides.
        judgement = session.judge.on(session.as_of)
        found, findings = report.todo(judgement, whose), session.findings
        errors, warnings = numbers_of(findings)
        cells = share(
            judgement, waiting(judgement, found, numbers_in_words(findings)), name=session.name
        )
        return lambda: todo_json(found, errors=errors, warnings=warnings), cells

    return answered(run, waiting_in, todo_page)


@takes(TABLE_OR_JSON)
def instructions(run: Run) -> int:
    """Print what leaders and meetings have demanded (批示, 议定事项), ended or not, the latest first."""

    def demanded_in(session: Session) -> Part[Rows]:
        judgement = session.judgement
        rows: Rows = instruction_rows(judgement)
        cells = share(judgement, rows, name=session.name)
        return lambda: [instruction_json(one) for one in all_instructions(judgement)], cells

    return answered(run, demanded_in, instructions_page)


_IDS: Final = Option(
    "编号",
    "事项或任务的编号，可写几个：16.2、16、第16项第2条",
    many=True,
    required=True,
    complete="items_and_tasks",
    of_list=True,
)


@takes(_IDS, TABLE_OR_JSON)
def show(run: Run) -> None:
    """Print items with their units, deadline, indicators and all records in time order."""
    session, ids = run.session, run.words(_IDS)
    form = run.format(TABLE_OR_JSON)
    found_items = (item for word in ids for item in session.items(word))
    items = tuple({item.id: item for item in found_items}.values())
    if form == "table":
        page = cards(session.judge, session.judgement, items, name=session.name)
        session.output.show(page)
        return
    found = [card_json(session.judge, session.judgement, item) for item in items]
    one = len(ids) == 1 and len(found) == 1
    session.output.json(found[0] if one else found)


@takes(STATE, TABLE_OR_JSON)
def status(run: Run) -> int:
    """Print the counts by status and by light, what is due next, indicators and units; of several lists a line each."""
    only: list[Judgement] = []

    def figures(session: Session) -> Part[Counter[str]]:
        if not session.name:
            only.append(session.judgement)
            return lambda: session.overview, share(session.judgement, Counter())
        value = session.overview
        notes, numbers = tuple(value["notes"]), list_counts(value)
        return lambda: value, Share(session.name, session.as_of, notes, (), numbers)

    def page(shares: Sequence[Share[Counter[str]]]) -> Page:
        return overview(only[0]) if only else lists_overview(shares)

    return answered(run, figures, page, lists_json)


_QUARTER: Final = Option(
    "--quarter",
    "考核季度，如 2024-Q3、第三季度，只评等次；不写则为清单年度内最近结束的季度",
    "季度",
)
_YEAR: Final = Option("--year", "考核年度，如 2024，评等次、排名次", "年份")
_EXPLAIN: Final = Option("--explain", "逐项说明这个单位的得分：规则、事项、记录、日期", "单位")
_FORCE: Final = Option("--force", f"{UNREPORTED}时仍然计算")


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
        raise GaigaiError(f"{UNREPORTED}，不作考核", "确要按时限推算的请加 --force")
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
        return values.quarter_of(quarter_, default=notice.year, today=session.today)
    return usual_quarter(notice, session.as_of)
