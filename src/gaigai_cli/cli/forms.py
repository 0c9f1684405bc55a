"""``gaigai form`` and ``collect``: Excel sheets for units without git, and filled in back into records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.filling import PREVIEWED, heed_clock
from gaigai_cli.cli.run import Run, folder_named, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.history.clone.setup import is_set_up
from gaigai_cli.words.period import Period
from gaigai_cli.words.typed import typed_path
from gaigai_cli.work.forms import Inbox, form_month, forms_for, read_inbox, write_forms
from gaigai_cli.work.rule import demand_office

if TYPE_CHECKING:
    from gaigai_cli.cli.output import Output
    from gaigai_cli.render.console.collected import How
    from gaigai_cli.work.collect import Collector

_UNITS: Final = Option("单位", "给哪个单位，可写几个", many=True)
_UNIT: Final = Option("--unit", "给哪个单位，可写几次，也可直接写单位", "单位", many=True)
_ALL: Final = Option("--all", "给每个有在办事项的单位各出一份")
_MONTH: Final = Option("--month", "报送哪个月，如 2024-06；不写则为本月", "月份")
_OUT: Final = Option("--out", "放在哪个文件夹；不写则为 reports/forms/月份", "文件夹")
_FORCE: Final = Option("--force", "文件已有人填写或改动时仍然覆盖")


@takes(_UNITS, _UNIT, _ALL, _MONTH, _OUT, _FORCE)
def form(run: Run) -> None:
    """Write one workbook a unit, to be filled in and sent back."""
    session, out, force = run.session, run.word(_OUT), run.flag(_FORCE)
    folder = folder_named(out) if out else None
    named = [session.unit(word) for word in (*run.words(_UNITS), *run.words(_UNIT))]
    if run.flag(_ALL) == bool(named):
        raise GaigaiError(
            "单位和 --all 只能写一种" if named else "没有写明给哪个单位出表",
            "请写单位，如 gaigai form 县住建局，或写 --all 给全部单位出表",
        )
    wanted = form_month(session, run.word(_MONTH), what=_MONTH.name)
    forms = forms_for(session.judgement, named, wanted)
    run.refuse_unused()
    if forms.without:
        session.output.message(
            f"{'、'.join(forms.without)}没有在办的事项和待反馈的交办事项，没有出表。"
        )
    written = write_forms(session, forms.made, folder, force=force)
    for path in written:
        session.output.text(shown(path))
    first = (
        f"，含{wanted.called(wanted.last.year)}以前的情况"
        if any(one.before for one in forms.made)
        else ""
    )
    session.output.message(
        f"已写入{len(written)}份{wanted.words}报送表{first}。填好退回后运行 gaigai collect 文件夹。"
    )


_PATHS: Final = Option("文件", "退回的报送表，或存放报送表的文件夹，可写几个", many=True)
_COLLECTED: Final = Option("--month", "只收哪个月的表；不写则以多数表的月份为准", "月份")
_STATUS: Final = Option("--status", "只看哪些单位已交、未交、哪些事项未填报，不登记")
_TEXT: Final = Option(
    "--text",
    "和 --status 同用：给没有交表的单位各出一条催报文字（不超过120字），可粘贴到微信、短信",
    only="只与 --status 同用",
)
_BY_RECORDS: Final = (
    "没有写收到的表在哪里，以上只看登记：交回来没有填的、还没有登记的，也算未交。"
    "要分清，写上存放表的文件夹。"
)
_DATE: Final = replace(o.DATE, help="收到报送表的日期，表上没有填报日期的按它登记；不写则为今天")


@takes(_PATHS, _COLLECTED, _STATUS, _TEXT, _DATE, o.BY, o.DRY_RUN)
def collect(run: Run) -> None:
    """Record what was filled in, unit by unit; what doesn't fit is told by sheet and cell."""
    from gaigai_cli.render.console.collected import collected_page

    session = run.session
    output, paths, month = session.output, run.words(_PATHS), run.word(_COLLECTED)
    status = run.flag(_STATUS)
    if not paths and not status:
        raise GaigaiError("没有写明报送表在哪里", "请写文件或文件夹，如 gaigai collect 收件箱")
    places = [typed_path(word) for word in paths]
    if status:
        as_text = run.flag(_TEXT)
        run.refuse_unused()
        _show_standing(run.session, read_inbox(places), month, as_text=as_text)
        if not places:
            output.message(_BY_RECORDS)
        return
    dry_run = run.flag(o.DRY_RUN)
    collector = _collector(session, places if month else (), dry_run=dry_run)
    run.refuse_unused()
    inbox = read_inbox(places, session.progress)
    if not inbox.forms and not inbox.broken:
        where = "、".join(str(path) for path in places)
        raise GaigaiError(f"“{where}”里没有报送表", "请核对文件夹；报送表是 .xlsx 文件")
    heed_clock(session, asking=not dry_run)
    outcomes = collector.collect_all(inbox.forms, _month(session, month, inbox))
    for committed in (outcome.committed for outcome in outcomes if outcome.committed):
        output.message(committed)
    sync = output.typable("gaigai sync")
    output.show(collected_page(outcomes, _how(session, dry_run), sync))
    _tell(output, inbox)
    if dry_run:
        output.message(PREVIEWED)
    if inbox.broken or any(outcome.failed for outcome in outcomes):
        raise typer.Exit(1)


def _how(session: Session, dry_run: bool) -> How:
    if dry_run:
        return "tried"
    if session.commit:
        return "committed"
    if is_set_up(session.data):
        return "to-sync"
    return "to-commit" if session.in_git else "written"


def _show_standing(session: Session, inbox: Inbox, month: str | None, *, as_text: bool) -> None:
    from gaigai_cli.forms.compare import standings
    from gaigai_cli.render.console.collected import ALL_REPORTED, standing_page
    from gaigai_cli.render.papers.reminder import returns_wanted

    wanted = _month(session, month, inbox)
    found = list(standings(session.judgement, wanted, inbox.forms))
    if as_text:
        texts = list(returns_wanted(session.judgement, found, wanted))
        session.output.text("\n\n".join(texts) or ALL_REPORTED)
    else:
        session.output.show(standing_page(found, wanted))
    _tell(session.output, inbox)


def _tell(output: Output, inbox: Inbox) -> None:
    """Tell of the files among the forms that weren't collected."""
    for _, sentence in inbox.told:
        output.message(sentence)


def _month(session: Session, given: str | None, inbox: Inbox) -> Period:
    """Return the month asked for, else that of most forms, else the one that can be reported now."""
    return (None if given else inbox.month) or form_month(session, given, what=_COLLECTED.name)


def _collector(session: Session, named: Sequence[Path], *, dry_run: bool) -> Collector:
    from gaigai_cli.work.collect import Collector

    demand_office(session, "收表")
    run = session.given
    words, by = run.word(_DATE), run.word(o.BY) or session.own_name
    day = session.past_day(words, what=_DATE.name)
    if day > session.today:
        raise GaigaiError(f"--date {day} 晚于今天", "请写收到报送表的日期")
    if not by:
        raise GaigaiError("缺少登记人（--by）", "请写 --by 姓名，或设定 git config user.name")
    return Collector(session, day, by, dry_run=dry_run, commit=session.commit, named=tuple(named))
