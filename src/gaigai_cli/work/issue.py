"""Issuing: the bulletin as it was signed, kept beside everything that it was made of."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gaigai_cli import __version__
from gaigai_cli.characters import escaped
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.store.files import sha256_of
from gaigai_cli.store.issued import ISSUED, REPORTS
from gaigai_cli.store.regular import read_file
from gaigai_cli.words.say import day_words
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.papers import bulletin_bytes, own_template

if TYPE_CHECKING:
    from gaigai_cli.report.monthly_report import MonthlyReport

_NUMBER: Final = re.compile(r"\S+〔(\d{4})〕\d+号")
_MADE: Final = ("md", "docx", "html", "xlsx")
_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Signing:
    """What is issued: the signed file (None: the one that the program makes), its number and day."""

    file: Path | None
    format: str
    letterhead: bool
    scored: bool
    number: str
    day: date
    force: bool


class Issued(NamedTuple):
    """What an issue has kept: its files, the commit of its data (None: not all is committed), an open number's file."""

    files: tuple[Path, ...]
    commit: str | None
    open_number: Path | None


def issue(directory: Directory, report: MonthlyReport, signing: Signing) -> Issued:
    """Keep the report and the signed file under ``reports/issued/``; neither is ever replaced."""
    from gaigai_cli.history.repository import commit_here
    from gaigai_cli.render.fingerprint import digest
    from gaigai_cli.report.archive import Issue, archived, issued_report

    _check(directory, report, signing)
    report = issued_report(report, signing.number, signing.day)
    format_, name, data = _signed(directory, report, signing)
    made = bulletin_bytes(directory, report, format_, letterhead=signing.letterhead)
    still_open = signing.file if data is not None and _is_open(data) else None
    data = made if data is None else data
    commit = commit_here(directory.data)
    template = own_template(directory) if format_ == "docx" else None
    kept = Issue(
        number=signing.number,
        day=signing.day,
        program=__version__,
        commit=commit,
        file=name,
        sha256=sha256_of(data),
        format=format_,
        made=digest(made),
        letterhead=signing.letterhead,
        template=sha256_of(template) if template is not None else None,
        scored=signing.scored,
        newest=max(directory.ledger.by_record, default=""),
    )
    text = escaped(json.dumps(archived(report, kept), ensure_ascii=False, indent=2)) + "\n"
    _keep(directory, report, name, data, text)
    folder = directory.beside(f"{REPORTS}/{ISSUED}")
    return Issued((folder / name, folder / f"{report.period}.json"), commit, still_open)


def _check(directory: Directory, report: MonthlyReport, signing: Signing) -> None:
    """Raises ``GaigaiError`` for what can't be issued."""
    period, year = report.period, directory.ledger.tasks.notice.year
    if directory.judge.on(report.cut).blank and not signing.force:
        raise GaigaiError("本清单尚无进展记录，不能签发点名单位的通报", "确要签发的请加 --force")
    if not period.last < signing.day <= directory.today:
        after = day_words(period.last, year)
        raise GaigaiError(
            f"{period.words}通报应在{after}之后、今天（{directory.today}）或以前签发，不能是{signing.day}",
            "请核对 --date 和期次",
        )
    if not _NUMBER.fullmatch(signing.number):
        raise GaigaiError(
            f"文号“{signing.number}”的写法不对", "应写成 岳县工改办发〔2024〕8号 的样子"
        )
    for issued in directory.ledger.issued:
        if issued.period == str(period):
            raise _again(report)
        if issued.number == signing.number:
            raise GaigaiError(f"文号{signing.number}已用于{issued.period}通报", "请核对文号")
    if signing.number == directory.ledger.tasks.notice.number:
        raise GaigaiError(f"{signing.number}是任务清单的文号", "请核对文号")


def _again(report: MonthlyReport) -> GaigaiError:
    return GaigaiError(
        f"{report.period.words}通报已经签发，不能重复签发或覆盖",
        f"用 gaigai report --verify {report.period} 核对；确需改正的另行发文",
    )


def _signed(
    directory: Directory, report: MonthlyReport, signing: Signing
) -> tuple[str, str, bytes | None]:
    """The format that the program makes, the name to keep, and the signed bytes where a file is given."""
    if signing.file is None:
        return signing.format, f"{report.period}.{signing.format}", None
    path = Path.cwd() / signing.file
    if not path.is_file():
        raise GaigaiError(f"没有“{signing.file.as_posix()}”这个文件", "请写签发的定稿文件")
    suffix = path.suffix.lower()
    if not _SUFFIX.fullmatch(suffix) or suffix == ".json":
        raise GaigaiError(f"“{signing.file}”的扩展名不合适", "定稿应是 docx、pdf 一类的文件")
    form = suffix.removeprefix(".")
    return (form if form in _MADE else "docx"), f"{report.period}{suffix}", read_file(path)


def _is_open(data: bytes) -> bool:
    """Whether the number still stands open in the file, as far as that can be seen."""
    import io
    import zipfile

    if zipfile.is_zipfile(io.BytesIO(data)):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = archive.read("word/document.xml")
        except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
            return False
    return re.search("〕\\s+号".encode(), data) is not None


def _keep(directory: Directory, report: MonthlyReport, name: str, data: bytes, text: str) -> None:
    """Write both files under the lock; the JSON last, since it says that the bulletin is issued."""
    from gaigai_cli.store.lock import locked
    from gaigai_cli.store.write import NewFile, replace_all

    folder = directory.beside(f"{REPORTS}/{ISSUED}")
    with locked(directory.data, who="report --issue"):
        archive, signed = folder / f"{report.period}.json", folder / name
        if archive.exists():
            raise _again(report)
        if signed.exists() and read_file(signed) != data:
            raise GaigaiError(f"{shown(signed)} 已有另一份文件，没有覆盖", "请核对后移走它再签发")
        new = [] if signed.exists() else [NewFile(signed, data)]
        replace_all([*new, NewFile(archive, text.encode())])
