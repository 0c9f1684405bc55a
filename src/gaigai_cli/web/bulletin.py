"""通报: the month as it would be issued, the office's own words, its files, its issue and what comes after."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from starlette.responses import Response

from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.model.kinds import HIGHLIGHT, KINDS
from gaigai_cli.model.ledger import Entry, in_force
from gaigai_cli.render.papers.annex import day_or_open
from gaigai_cli.report.compared import compared
from gaigai_cli.report.facts import highlighted
from gaigai_cli.report.letters import checks
from gaigai_cli.report.monthly_report import DEMANDS, SECTIONS, MonthlyReport
from gaigai_cli.store.files import working_tree
from gaigai_cli.store.regular import read_file
from gaigai_cli.web.cases import Uploads
from gaigai_cli.web.units import months_of_forms
from gaigai_cli.web.visit import Visit, file_answer
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import NUMERALS
from gaigai_cli.work import checked, dossier, own_words, papers
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.issue import (
    UNCOMMITTED,
    Signing,
    bulletin_periods,
    half_revoked,
    issue_erratum,
    next_month,
    prepare,
)
from gaigai_cli.work.issue import issue as issued
from gaigai_cli.work.issue import withdraw as taken_back
from gaigai_cli.work.papers import PaperFile, bulletin_bytes, checking_files
from gaigai_cli.work.verify import kept_report, verify

_FORMATS: Final = ("docx", "xlsx", "html", "md")


def _asked_period(visit: Visit) -> Period:
    return visit.directory.period(visit.request.path_params["period"], what="月份")


def bulletin(visit: Visit) -> Response:
    """Return the month as it was issued or would be, beside the month before.

    With it stands whether what was issued is what it was.
    """
    words, directory = visit.asked("month"), visit.directory
    period = directory.period(words, what="月份") if words else next_month(directory)
    return _bulletin(visit, period)


def _bulletin(visit: Visit, month: Period, told: str = "") -> Response:
    """Return the page of a month; ``told`` is what has just been done."""
    directory, months = visit.directory, bulletin_periods(visit.directory)
    made, past = _report(directory, month), month.previous
    letter = _issued(directory, month) or made
    before = (_issued(directory, past) or _report(directory, past)) if past in months else None
    one = in_force(directory.ledger.issued, str(month))
    verified = verify(directory, str(month)) if one is not None and visit.asked("verify") else None
    return visit.show(
        "bulletin.html",
        nav="通报",
        month=month,
        months=months,
        internal=months_of_forms(visit),
        report=made,
        letter=letter,
        before=before,
        day_or_open=day_or_open,
        numerals=NUMERALS,
        issued=one,
        revocable=one or half_revoked(directory, str(month)),
        checked=verified,
        ended=month.last < directory.today,
        told=told,
        checks_told=list(_checks_told(visit, month)),
        blank=directory.judge.on(made.cut).blank,
        in_git=working_tree(directory.data) is not None,
        archived=dossier.usual_path(directory, month).is_file(),
        archives=dossier.is_filed(directory, month),
        reports=list(_reports(visit, month)) if visit.is_office else (),
        difference=compared(before.sections, letter.sections)
        if before and visit.asked("比较")
        else None,
        own=own_words.own_words(directory, month),
        own_sections=SECTIONS,
        offered=own_words.offered(directory, month) if visit.is_office else (),
        own_mark=own_words.mark(directory, month),
        checked_units=[unit for unit, _, _ in checks(directory.judge, made, day=directory.today)],
    )


def _reports(visit: Visit, month: Period) -> Iterator[tuple[Entry, bool]]:
    """Yield what units reported in the period, item by item, and whether the bulletin is to tell it (亮点)."""
    marked = highlighted(visit.directory.judge)
    for item in visit.directory.judgement.items:
        for entry in item.state.entries:
            record = entry.record
            if record.kind in KINDS[HIGHLIGHT].answers and month.holds(record.date):
                yield entry, record.id in marked


def bulletin_file(visit: Visit) -> Response:
    """Return the bulletin of a month as a file."""
    ending = visit.request.path_params["ending"]
    if ending not in _FORMATS:
        raise GaigaiError(f"没有 {ending} 这种格式", f"可存成 {'、'.join(_FORMATS)}")
    with visit.directory.progress("出通报") as told:
        told(0, 2)  # what it says, then its file
        month, report = _asked_report(visit)
        told(1, 2)
        head = bool(visit.asked("红头"))
        data = bulletin_bytes(visit.directory, report, ending, letterhead=head)
    return file_answer(data, f"{month}.{ending}")


def _done(does: Callable[[Visit, Period], str]) -> Callable[[Visit], Response]:
    """Return the page of what is done with a bulletin and told: where the form stood, or above the whole."""

    def page(visit: Visit) -> Response:
        month = _asked_period(visit)
        told = does(visit, month)
        visit.forget()
        if visit.inside:
            return visit.show("done_part.html", told=told, month=month, form=visit.asked("form"))
        return _bulletin(visit, month, told)

    return page


@_done
def keep_own_words(visit: Visit, month: Period) -> str:
    """Keep the paragraphs that the office adds to its bulletin; a line is a paragraph."""
    own: dict[str, tuple[str, ...]] = {
        title: tuple(line.strip() for line in visit.asked(title).splitlines() if line.strip())
        for title in SECTIONS
    }
    taken = (" ".join(visit.asked(f"offer.{one}").split()) for one in visit.all_asked("take"))
    own[DEMANDS] += tuple(words for words in taken if words)
    path = own_words.keep(visit.directory, month, own, seen=visit.asked("seen"))
    count = sum(map(len, own.values()))
    return f"已存入 {shown(path)}，" + (
        f"共{count}段，放在通报各部分的末尾。" if count else "没有内容。"
    )


def checking_file(visit: Visit) -> Response:
    """Return the 核对函 to a unit that the bulletin names."""
    month, report = _asked_report(visit)
    found = checking_files(visit.directory, report, visit.directory.today)
    unit = visit.directory.unit(visit.asked("unit"))
    for named, file, _ in found:
        if named == unit:
            return visit.save(file)
    raise GaigaiError(f"{month.words}通报没有点到{unit}", "不需要核对")


def paper_of(make: Callable[[MonthlyReport], PaperFile]) -> Callable[[Visit], Response]:
    """Return the page that saves what is made of the bulletin of a period."""
    return lambda visit: visit.save(make(_asked_report(visit)[1]))


def year_file(visit: Visit) -> Response:
    """Return 年终总结材料: what the year comes to beside its bulletin."""
    directory, month = visit.directory, _asked_period(visit)
    if not month.is_year:
        raise GaigaiError(f"{month.words}没有年终总结材料", "请选全年")
    return visit.save(papers.year_file(directory, month, directory.today))


def internal_file(visit: Visit) -> Response:
    """Return 内部研判, for the office alone."""
    from gaigai_cli.report.internal import internal_report

    directory = visit.directory
    month = directory.month(visit.request.path_params["period"], what="月份")
    paper = internal_report(directory.judge, month, today=directory.today)
    return visit.save(papers.internal_file(paper, month))


def _asked_report(visit: Visit) -> tuple[Period, MonthlyReport]:
    month = _asked_period(visit)
    return month, _report(visit.directory, month)


def _report(directory: Directory, month: Period) -> MonthlyReport:
    """Return the bulletin as it would be today."""
    return own_words.bulletin_of(directory, month, today=directory.today)


def _issued(directory: Directory, month: Period) -> MonthlyReport | None:
    """Return the bulletin as it was issued; None where it wasn't."""
    one = in_force(directory.ledger.issued, str(month))
    return kept_report(directory, one).report if one else None


@_done
def issue(visit: Visit, month: Period) -> str:
    """Keep the bulletin with its number and day, and the file that was signed; never replaced."""
    directory = visit.directory
    if not visit.asked("final"):
        raise GaigaiError("没有确认是定稿", "签发后不能改动，请核对后勾选")
    printed = visit.asked("printed")
    day = directory.past_day(visit.asked("date") or None, what="签发日期")
    report = own_words.bulletin_of(directory, month, today=max(day, month.first))
    with tempfile.TemporaryDirectory(prefix="gaigai-") as folder:
        sent = visit.uploads("signed")
        file = None
        if sent:
            kept = Uploads(directory, directory.ledger.office, folder=Path(folder))
            file = Path(kept.keep(sent[0]))
        signing = Signing(
            file, "docx", letterhead=bool(visit.asked("红头")), scored=False, number=visit.asked("number") or None,
            day=day, printed=directory.coming_day(printed, what="印发日期") if printed else day,
            force=bool(visit.asked("force")),
            revokes=visit.asked("revokes") or None,
        )  # fmt: skip
        prepared = prepare(directory, report, signing)
        otherwise = prepared.differences("定稿")
        if otherwise and not visit.asked("compared"):
            raise GaigaiError("".join(otherwise), "核对无误、以定稿为准的，勾选“已核对”后再签发")
        if prepared.uncommitted and not visit.asked("uncommitted"):
            raise GaigaiError(UNCOMMITTED, "请先提交；不提交也要签发的，勾选“不先提交，仍然签发”")
        done = issued(directory, prepared)
    return "".join((*done, *prepared.notes("定稿")))


@_done
def withdraw(visit: Visit, month: Period) -> str:
    """Take back what was signed and not yet sent out (撤回签发)."""
    reason, unsent = visit.asked("reason"), bool(visit.asked("unsent"))
    return "".join(taken_back(visit.directory, str(month), reason, unsent=unsent))


@_done
def erratum(visit: Visit, month: Period) -> str:
    """Issue a 更正 to those who have the bulletin, with its number."""
    directory = visit.directory
    says = [line.strip() for line in visit.asked("says").splitlines() if line.strip()]
    day = directory.past_day(visit.asked("date") or None, what="印发日期")
    return issue_erratum(directory, str(month), says, visit.asked("number"), day)


@_done
def check(visit: Visit, month: Period) -> str:
    """Note to which units a 核对函 went, or what they answered and what was done of an objection."""
    directory = visit.directory
    units = [directory.unit(one) for one in visit.all_asked("unit")]
    if not units:
        raise GaigaiError("没有选单位", "请勾选")
    if visit.asked("how") == "送出":
        _, report = _asked_report(visit)
        asked = {unit: by for unit, _, by in checks(directory.judge, report, day=directory.today)}
        strange = [unit for unit in units if unit not in asked]
        if strange:
            raise GaigaiError(f"{month.words}通报没有点到{'、'.join(strange)}", "不需要核对")
        checked.sent(directory, month, [(unit, asked[unit]) for unit in units])
    else:
        objection, settled = visit.asked("objection"), visit.asked("settled")
        for unit in units:
            checked.answer(directory, month, unit, objection=objection, settled=settled)
    return "".join(_checks_told(visit, month))


def _checks_told(visit: Visit, month: Period) -> Iterator[str]:
    return checked.told(checked.checks(visit.directory, month), visit.directory.today.year)


@_done
def archive(visit: Visit, month: Period) -> str:
    """File what the period leaves, with its catalogue and hashes, where the command does."""
    directory = visit.directory
    filed = dossier.made(directory, month)
    path = dossier.usual_path(directory, month)
    new = dossier.write(filed, path, force=bool(visit.asked("force")))
    told = f"{dossier.filed_words(filed, month, new=new)}，存为 {shown(path)}。"
    return f"{told}{dossier.missing_words(*filed.missing)}" if filed.missing else told


def archived_file(visit: Visit) -> Response:
    """Return what was filed of the period, once it is seen to be whole."""
    directory = visit.directory
    month = _asked_period(visit)
    dossier.demand_filed(directory, month)
    path = dossier.usual_path(directory, month)
    if not path.is_file():
        raise GaigaiError(f"{month.words}还没有归档", "请先在通报的页面上归档")
    _, wrong = dossier.verified(path)
    if wrong:
        raise GaigaiError(f"{shown(path)}与归档时不同：{'；'.join(wrong)}", "请重新归档")
    return file_answer(read_file(path), f"{month}-归档.zip")
