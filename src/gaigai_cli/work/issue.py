"""Issuing: papers as they were signed, kept beside everything that they were made of, and never replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from gaigai_cli import __version__
from gaigai_cli.characters import json_text
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.history.commit_files import commit_here
from gaigai_cli.judge.judgement import UNREPORTED
from gaigai_cli.model.ledger import Issued, in_force, number_key
from gaigai_cli.report import letters
from gaigai_cli.report.archive import Archive, Made, SignedFile, issued_report, plain
from gaigai_cli.store.files import sha256_of, working_tree
from gaigai_cli.store.issued import ERRATUM, ISSUED, REPORTS, VOID, issue_stem
from gaigai_cli.store.lock import locked
from gaigai_cli.store.new_list import ISSUED_ATTRIBUTES
from gaigai_cli.store.regular import read_file
from gaigai_cli.store.write import NewFile, remove_drafts, replace_all
from gaigai_cli.words.period import Period, quarter, year
from gaigai_cli.words.say import day_words
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.forms import form_months
from gaigai_cli.work.papers import bulletin_bytes, own_template
from gaigai_cli.work.verify import kept_report

if TYPE_CHECKING:
    from gaigai_cli.render.papers.signed import Difference
    from gaigai_cli.report.letters import Letter
    from gaigai_cli.report.monthly_report import MonthlyReport

_NUMBER: Final = re.compile(r"(\S+)〔(\d{4})〕([1-9]\d{0,5})号")
_SERIAL: Final = re.compile(r"第([1-9]\d{0,5})期(?:（总第([1-9]\d{0,5})期）)?")
_NOT_AGAIN: Final = "，不记录提交号，今后不能重算核对"
UNCOMMITTED: Final = f"数据目录有尚未提交的改动{_NOT_AGAIN}"
_MADE: Final = ("md", "docx", "html", "xlsx")
_SHOWN: Final = 20
"""Figures that are told one by one; what is more is counted."""
_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,8}")


def bulletin_periods(directory: Directory) -> list[Period]:
    """Return what a bulletin can be about: months from the notice's on, quarters and the year that have ended."""
    notice, today = directory.ledger.tasks.notice, directory.today
    spans = [*(quarter(notice.year, number) for number in range(1, 5)), year(notice.year)]
    ended = [span for span in spans if notice.issued <= span.last < today]
    return [*form_months(directory.judgement), *ended]


def next_month(directory: Directory) -> Period:
    """Return the last month that has ended since the first bulletin and has none in force, else the last month."""
    months = form_months(directory.judgement)
    told = {one.period for one in directory.ledger.issued if one.voided is None}
    first = next((n for n, m in enumerate(months) if str(m) in told), 0)
    ended = [m for m in months[first:] if str(m) not in told and m.last < directory.today]
    return (ended or months)[-1]


@dataclass(frozen=True, slots=True)
class Signing:
    """What is issued: the signed file (None: the one that the program makes), its number and days.

    ``number`` None: the one that the file bears, or where bulletins are numbered by themselves the next one.
    ``revokes``: the bulletin of this period that units have is revoked by this one, and why.
    """

    file: Path | None
    format: str
    letterhead: bool
    scored: bool
    number: str | None
    day: date
    printed: date
    force: bool
    revokes: str | None = None


class ToKeep(NamedTuple):
    """What is going to be kept, and what somebody should see before: facts that the file has otherwise.

    ``filled``: what stood open in the file and was filled in; ``unread``: nothing in the file could be read;
    ``uncommitted``: the data could be committed, and aren't.
    """

    kept: Archive
    signed: bytes
    voids: Issued | None
    reason: str
    figures: tuple[Difference, ...]
    filled: bool
    unread: bool
    uncommitted: bool

    def notes(self, file: str) -> list[str]:
        """Return what was filled into the file, or couldn't be looked at, and what somebody might want otherwise."""
        told = []
        if self.kept.commit is None:
            why = UNCOMMITTED if self.uncommitted else f"数据目录不在 git 仓库里{_NOT_AGAIN}"
            told.append(f"提示：{why}。")
        if self.filled:
            told.append(f"{file}中空着的文号和日期已经填入（{self.kept.number}）。")
        elif self.unread:
            told.append(f"提示：{file}的内容不能识别，没有核对其中的文号和数字，请人工核对。")
        own = (d.by for d in self.kept.report.demands if d.kind != "交办" and d.by)
        if any(by <= self.kept.issued for by in own):
            told.append(
                "提示：通报要求各单位反馈的日期不晚于签发日期，请核对；"
                "反馈的工作日数在 rules.yaml 的 warn.reply_within 中写明。"
            )
        return told

    def differences(self, file: str) -> list[str]:
        """Return the facts that the file has otherwise, a line each below a first one that counts them."""
        if not self.figures:
            return []
        told = [f"{file}中有{len(self.figures)}处与台账不同："]
        for found in self.figures[:_SHOWN]:
            if found.file is None:
                told.append(f"  定稿删去：“{found.report}”")
            elif found.report is None:
                told.append(f"  定稿增加：“{found.file}”")
            else:
                was, now = found.report or "无", found.file or "无"
                told.append(f"  “{found.where}”之后：台账为{was}，定稿为{now}")
        if len(self.figures) > _SHOWN:
            told.append(f"  其余{len(self.figures) - _SHOWN}处从略。")
        return told


def prepare(directory: Directory, report: MonthlyReport, signing: Signing) -> ToKeep:
    """Return everything that an issue keeps, complete before anything is written. Raises ``GaigaiError``."""
    from gaigai_cli.render.fingerprint import digest
    from gaigai_cli.render.papers import signed

    former = _check(directory, report, signing)
    format_, suffix, data = _file(signing)
    words = signed.paragraphs(data, format_) if data is not None else None
    number = _number(directory, signing, words)
    edition = 1 + sum(one.period == str(report.period) for one in directory.ledger.issued)
    revokes = former.number if former else None
    report = issued_report(
        report, number, signing.day, signing.printed, revokes, office=directory.ledger.office
    )
    made = bulletin_bytes(directory, report, format_, letterhead=signing.letterhead)
    filled = False
    figures: tuple[Difference, ...] = ()
    if signing.file is not None and data is not None and words is not None:
        filling = signed.Blanks(number, signing.day, signing.printed)
        complete = signed.filled(data, format_, filling)
        filled = complete != data and signed.paragraphs(complete, format_) != words
        data = complete if filled else data
        _check_number(signed.paragraphs(data, format_) or (), number, signing.file)
        figures = signed.differences(
            signed.paragraphs(made, format_) or (),
            signed.paragraphs(data, format_) or (),
            (unit.name for unit in directory.ledger.units.all),
        )
    template = own_template(directory) if format_ == "docx" else None
    name = f"{issue_stem(str(report.period), edition)}{suffix}"
    kept = Archive(
        period=str(report.period),
        number=number,
        issued=signing.day,
        printed=signing.printed,
        program=__version__,
        commit=commit_here(directory.data),
        newest=max(directory.ledger.by_record, default=""),
        revokes=revokes,
        file=SignedFile(name, sha256_of(made if data is None else data)),
        made=Made(
            format_,
            digest(made),
            signing.letterhead,
            sha256_of(template) if template is not None else None,
            signing.scored,
        ),
        report=report,
    )
    return ToKeep(
        kept,
        signed=made if data is None else data,
        voids=former,
        reason=signing.revokes or "",
        figures=figures,
        filled=filled,
        unread=data is not None and words is None,
        uncommitted=kept.commit is None and working_tree(directory.data) is not None,
    )


def issue(directory: Directory, prepared: ToKeep) -> list[str]:
    """Keep the report and the signed file under ``reports/issued/``; neither is ever replaced.

    Return what has become of it, a sentence each.
    """
    kept, former = prepared.kept, prepared.voids
    texts = [(f"{Path(kept.file.name).stem}.json", json_text(plain(kept)))]
    told = []
    if former is not None:
        if former.voided is None:
            texts.insert(0, _void(former, "撤销", kept.issued, prepared.reason))
        told.append(f"{former.number}已予撤销，原件仍然保存；请通知各单位退回原件。")
    files = _keep(directory, kept.file.name, prepared.signed, texts)
    told.append(_issued(f"{kept.report.period.words}通报", kept.number, files))
    return told


def _issued(what: str, number: str, files: Sequence[Path]) -> str:
    """Return that ``what`` is issued, and where it is kept."""
    return f"已签发{what}（{number}），存为 {'、'.join(map(shown, files))}。"


def withdraw(directory: Directory, period: str, reason: str, *, unsent: bool) -> tuple[str, ...]:
    """Withdraw a bulletin that is ``unsent`` (撤回签发), and return what has become of it, a sentence each.

    Its number is noted as void, its files stay.
    """
    found = bulletin_in_force(directory, period)
    if not unsent:
        remedy = f"尚未分发的加 --unsent；已经分发的{instead(period)}"
        raise GaigaiError(f"没有写明{found.number}是否已分发", remedy)
    if not reason:
        raise GaigaiError("没有写明撤回签发的理由", "请写 --reason")
    if found.errata:
        raise GaigaiError(
            f"{period}通报已印发更正，说明已经分发，不能撤回签发",
            "确需撤销的，请用 gaigai report --issue --revoke 理由 签发新的通报",
        )
    text = _void(found, "撤回签发", directory.today, reason)
    (path,) = _keep(directory, None, b"", [text])
    return (
        f"已撤回{period}通报的签发，{found.number}作废；原件仍然保存，作废情况存为 {shown(path)}。",
        "下一步：改好后重新签发，用新的文号。",
    )


def instead(period: str) -> str:
    """Return what can be done about a bulletin that units have, in place of withdrawing it."""
    return (
        f"用 gaigai report --correct {period} 印发更正，"
        "或用 gaigai report --issue --revoke 理由 撤销原件、以新的通报为准"
    )


def erratum(
    directory: Directory, period: str, says: Sequence[str], *, number: str | None, day: date
) -> Letter:
    """Return 更正 of the bulletin of a period, which ``says`` what is wrong and right. ``number`` None: a draft."""
    found = bulletin_in_force(directory, period)
    if not says:
        raise GaigaiError("没有写明更正什么", "请写 --says，如 附件1第12项时限应为6月30日")
    report = kept_report(directory, found).report
    return letters.erratum(directory.ledger, report, found, says, number=number, day=day)


def issue_erratum(
    directory: Directory, period: str, says: Sequence[str], number: str, day: date
) -> str:
    """Keep 更正, issued on ``day``, beside the bulletin that it corrects; return that it is issued, and where it is."""
    from gaigai_cli.render.papers.one_page import letter_docx

    number = "".join(number.split())
    letter = erratum(directory, period, says, number=number, day=day)
    if not number:
        raise GaigaiError("没有写明更正的文号", "请写 --number")
    bulletin = bulletin_in_force(directory, period)
    _check_form(number, serial=False)
    _check_free(directory, number, day)
    if not bulletin.day <= day <= directory.today:
        raise GaigaiError(
            f"更正应在通报签发（{bulletin.day}）之后、今天（{directory.today}）或以前印发，不能是{day}",
            "请核对 --date",
        )
    stem = issue_stem(bulletin.period, bulletin.edition, f"{ERRATUM}{len(bulletin.errata) + 1}")
    data = letter_docx(letter, day)
    value = {
        "period": bulletin.period,
        "number": number,
        "issued": day.isoformat(),
        "program": __version__,
        "commit": commit_here(directory.data),
        "corrects": bulletin.number,
        "says": list(says),
        "file": {"name": f"{stem}.docx", "sha256": sha256_of(data)},
    }
    texts = [(f"{stem}.json", json_text(value))]
    files = _keep(directory, f"{stem}.docx", data, texts)
    return _issued(f"对{bulletin.number}的更正", number, files)


def bulletin_in_force(directory: Directory, period: str) -> Issued:
    """Return the bulletin of a period that holds. Raises ``GaigaiError`` where there is none."""
    found = in_force(directory.ledger.issued, period)
    if found is None:
        known = [i.period for i in directory.ledger.issued if not i.fault and i.voided is None]
        raise GaigaiError(
            f"没有签发过{period}的通报，或已经作废",
            f"有效的通报：{'、'.join(known)}" if known else "还没有签发过通报",
        )
    return found


def _check(directory: Directory, report: MonthlyReport, signing: Signing) -> Issued | None:
    """Return the bulletin that is revoked by this one, if any. Raises ``GaigaiError`` for what can't be issued."""
    period, year = report.period, directory.ledger.tasks.notice.year
    if not (period.is_month or period.is_year or period.quarter):
        raise GaigaiError("签发的只能是月度、季度、年度通报", "请写 --month、--quarter 或 --year")
    if directory.judge.on(report.cut).blank and not signing.force:
        raise GaigaiError(f"{UNREPORTED}，不能签发点名单位的通报", "确要签发的请加 --force")
    if not period.last < signing.day <= directory.today:
        after = day_words(period.last, year)
        raise GaigaiError(
            f"{period.words}通报应在{after}之后、今天（{directory.today}）或以前签发，不能是{signing.day}",
            "请核对 --date 和期次",
        )
    if signing.printed < signing.day:
        raise GaigaiError(
            f"印发日期{signing.printed}早于签发日期{signing.day}", "请核对 --printed 和 --date"
        )
    former = in_force(directory.ledger.issued, str(period))
    if former is not None and signing.revokes is None:
        raise GaigaiError(
            f"{period.words}通报已经签发，不能重复签发或覆盖",
            f"尚未分发的先撤回：gaigai report --withdraw {period}；已经分发的{instead(str(period))}",
        )
    if former is None and signing.revokes is not None:
        former = half_revoked(directory, str(period))
        if former is None:
            raise GaigaiError(f"{period.words}没有可撤销的通报", "请去掉 --revoke")
    return former


def half_revoked(directory: Directory, period: str) -> Issued | None:
    """Return the bulletin that was revoked by one that isn't kept: the run that issued it was killed in between."""
    editions = (one for one in directory.ledger.issued if one.period == period)
    last = max(editions, key=lambda one: one.edition, default=None)
    return last if last and last.voided and last.voided.kind == "撤销" else None


def _number(directory: Directory, signing: Signing, words: tuple[str, ...] | None) -> str:
    """Return the number that is given, else the one that the file bears, else the next 期号. Raises ``GaigaiError``."""
    from gaigai_cli.render.papers import signed

    serial = directory.ledger.rules.bulletin.numbering == "期号"
    number = "".join(signing.number.split()) if signing.number is not None else None
    if number is None and words is not None:
        number = next(iter(signed.numbers(words)), None)
    if number is None and serial:
        number = _next_serial(directory, signing.day)
    if number is None:
        last = _last(directory, signing.day)
        raise GaigaiError(
            f"没有写明文号{f'（本年上一份通报是{last}）' if last else ''}",
            "请写 --number，如 岳县工改办发〔2024〕8号",
        )
    _check_form(number, serial=serial)
    _check_free(directory, number, signing.day)
    return number


def _check_form(number: str, *, serial: bool) -> None:
    if serial and not _SERIAL.fullmatch(number):
        raise GaigaiError(f"期号“{number}”的写法不对", "应写成 第9期 或 第9期（总第21期） 的样子")
    if not serial and not _NUMBER.fullmatch(number):
        raise GaigaiError(f"文号“{number}”的写法不对", "应写成 岳县工改办发〔2024〕8号 的样子")


def _check_free(directory: Directory, number: str, day: date) -> None:
    key = number_key(number, day)
    for one in directory.ledger.issued:
        for paper in (one, *one.errata):
            if paper.number and number_key(paper.number, paper.day) == key:
                what = f"{paper.period}通报{'（已作废）' if paper.voided else ''}"
                raise GaigaiError(f"文号{number}已用于{what}", "请核对文号")
    if number == directory.ledger.tasks.notice.number:
        raise GaigaiError(f"{number}是任务清单的文号", "请核对文号")


def _next_serial(directory: Directory, day: date) -> str:
    """Return the next 期号 of the year of ``day``, in the form of the last one; no number is used again."""
    given = [
        (one.day, found)
        for one in directory.ledger.issued
        if (found := _SERIAL.fullmatch(one.number))
    ]
    year = max((int(found[1]) for when, found in given if when.year == day.year), default=0)
    totals = [int(found[2]) for _, found in given if found[2]]
    if given and not totals:
        return f"第{year + 1}期"
    return f"第{year + 1}期（总第{max(totals, default=0) + 1}期）"


def _last(directory: Directory, day: date) -> str:
    """Return the number of the bulletin that was issued last in the year of ``day``."""
    of_year = [one for one in directory.ledger.issued if one.number and one.day.year == day.year]
    return max(of_year, key=lambda one: one.day).number if of_year else ""


def _file(signing: Signing) -> tuple[str, str, bytes | None]:
    """Return the format that the program makes, the ending to keep, and the signed bytes where a file is given."""
    if signing.file is None:
        return signing.format, f".{signing.format}", None
    path = Path.cwd() / signing.file
    if not path.is_file():
        raise GaigaiError(f"没有“{shown(signing.file)}”这个文件", "请写签发的定稿文件")
    suffix = path.suffix.lower()
    if not _SUFFIX.fullmatch(suffix) or suffix == ".json":
        raise GaigaiError(f"“{shown(signing.file)}”的扩展名不合适", "定稿应是 docx、pdf 一类的文件")
    form = suffix.removeprefix(".")
    return (form if form in _MADE else "docx"), suffix, read_file(path)


def _check_number(words: tuple[str, ...], number: str, file: Path) -> None:
    """Raise ``GaigaiError`` where the file bears another number, or its own still stands open."""
    from gaigai_cli.render.papers import signed

    borne = signed.numbers(words)
    if borne and number not in borne:
        raise GaigaiError(
            f"“{shown(file)}”上的文号是{borne[0]}，不是{number}", "请核对 --number 和定稿上的文号"
        )
    still = signed.open_number(words)
    if still is not None:
        raise GaigaiError(
            f"“{shown(file)}”的文号“{still}”还空着，填不上", "请在定稿中填好文号再签发"
        )


def _void(
    found: Issued, kind: Literal["撤回签发", "撤销"], day: date, reason: str
) -> tuple[str, str]:
    """Return the note beside an issued bulletin that it holds no more: the name of its file, and what it says."""
    value = {"number": found.number, "kind": kind, "day": day.isoformat(), "reason": reason}
    return f"{issue_stem(found.period, found.edition, VOID)}.json", json_text(value)


def _keep(
    directory: Directory, name: str | None, data: bytes, texts: list[tuple[str, str]]
) -> tuple[Path, ...]:
    """Write a signed file and what is said of it under the lock; the last text says that it is issued."""
    folder = directory.beside(f"{REPORTS}/{ISSUED}")
    with locked(directory.data, who="report --issue"):
        remove_drafts(folder)
        # Whatever git does with texts elsewhere, in every clone these stay what was signed.
        attributes = NewFile(folder / ".gitattributes", ISSUED_ATTRIBUTES.encode())
        replace_all([] if attributes.path.exists() else [attributes])
        said = [NewFile(folder / text_name, text.encode()) for text_name, text in texts]
        for new in said:
            if new.path.exists():
                raise GaigaiError(f"{shown(new.path)} 已经存在，没有覆盖", "请重新运行一次")
        if name is None:
            replace_all(said)
            return tuple(new.path for new in said)
        signed = folder / name
        if signed.exists() and read_file(signed) != data:
            raise GaigaiError(f"{shown(signed)} 已有另一份文件，没有覆盖", "请核对后移走它再签发")
        replace_all([*([] if signed.exists() else [NewFile(signed, data)]), *said])
    return (signed, *(new.path for new in said))
