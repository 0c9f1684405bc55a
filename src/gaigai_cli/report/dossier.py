"""归档: what of a month or a year goes into a file (案卷), piece by piece, as the office's rules of keeping say."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Literal, NamedTuple

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.ledger import Entry, Issued
from gaigai_cli.model.records import EvidenceFile
from gaigai_cli.report.ladder import PAPERS
from gaigai_cli.report.title import bulletin_title, subject
from gaigai_cli.words.period import Period, first_day, period_of
from gaigai_cli.words.say import cited, full_month

Folder = Literal["通报", "督办文书", "核定", "报送表", "佐证"]
FOLDERS: Final[tuple[Folder, ...]] = ("通报", "督办文书", "核定", "报送表", "佐证")


class DossierPiece(NamedTuple):
    """A piece: who is responsible for it, its number, title and day, how long it is kept, and which file it is.

    ``source`` is the file's path from the data directory; empty for the list of rulings, which is made.
    """

    folder: Folder
    responsible: str
    number: str
    title: str
    day: date
    keep: str
    source: str
    remark: str = ""


def pieces(judge: Judge, period: Period) -> tuple[DossierPiece, ...]:
    """Return everything of a period in the order of its folders, each by its day; a file once."""
    every = (_bulletins, _papers, _rulings, _returned)
    return in_order(piece for of in every for piece in of(judge, period))


def in_order(found: Iterable[DossierPiece]) -> tuple[DossierPiece, ...]:
    """Return pieces folder by folder, each by its day; a file once."""
    once: dict[str, DossierPiece] = {}
    # The signed file stands before what the program keeps of it.
    for piece in sorted(
        found, key=lambda p: (FOLDERS.index(p.folder), p.day, p.source.endswith(".json"), p.source)
    ):
        once.setdefault(piece.source, piece)
    return tuple(once.values())


def _bulletins(judge: Judge, period: Period) -> Iterator[DossierPiece]:
    ledger = judge.ledger
    keep, issuer = ledger.rules.archive.bulletin, ledger.tasks.notice.issuer
    for one in (o for o in ledger.issued if not o.fault and _about(o, period)):
        for paper in (one, *one.errata):
            what = period_of(paper.period)
            about = bulletin_title(what.words, subject(ledger.tasks.notice)) if what else ()
            title = "".join(about) or paper.period
            remark = f"{one.voided.day}{one.voided.kind}" if one.voided else ""
            if paper is not one:
                title += "（更正）"
            kept = {paper.path: f"{title}（签发存档）"}
            if paper.file:
                kept[f"{paper.path.rpartition('/')[0]}/{paper.file}"] = title
            for source, name in kept.items():
                yield DossierPiece(
                    "通报", issuer, paper.number, name, paper.day, keep, source, remark
                )


def _about(issued: Issued, period: Period) -> bool:
    what = period_of(issued.period)
    if what is None:
        return False
    return what == period if period.is_month else period.first <= what.last <= period.last


def _papers(judge: Judge, period: Period) -> Iterator[DossierPiece]:
    """Yield the papers to units that were sent in the period, and what came back with their receipts."""
    ledger = judge.ledger
    keep = ledger.rules.archive.reminder
    for entry in judge.records.entries:
        record = entry.record
        if record.kind == "督办" and record.level and period.holds(record.date):
            for unit in record.to or ():
                source = f"../reports/督办/{record.number}-{unit}.docx"
                title = f"{PAPERS[record.level]}（{unit}，事项{'、'.join(record.items or ())}）"
                yield DossierPiece(
                    "督办文书", ledger.office, record.number or "", title, record.date, keep, source
                )
        elif record.kind == "督办回执" and period.holds(record.date):
            yield from _files(entry, "督办文书", f"{entry.unit}的督办回执", keep)


def _rulings(judge: Judge, period: Period) -> Iterator[DossierPiece]:
    if rulings(judge, period):
        ledger = judge.ledger
        title = f"{period.words}核定和登记事项一览"
        yield DossierPiece(
            "核定", ledger.office, "", title, period.last, ledger.rules.archive.ruling, ""
        )


def rulings(judge: Judge, period: Period) -> tuple[Entry, ...]:
    """Return what the office decided or registered in the period, in order."""
    own = (e for e in judge.records.entries if e.unit == judge.ledger.office)
    return tuple(
        sorted(
            (e for e in own if e.record.kind != "进展" and period.holds(e.record.date)),
            key=lambda e: (e.record.date, e.record.id),
        )
    )


def _returned(judge: Judge, period: Period) -> Iterator[DossierPiece]:
    """Yield forms and letters that records were entered from, then the evidence of every record of the period."""
    rules, year = judge.ledger.rules.archive, judge.ledger.tasks.notice.year
    for entry in judge.records.entries:
        record = entry.record
        whose = first_day(record.month)
        if record.kind == "督办回执" or not (period.holds(record.date) or period.holds(whose)):
            continue
        if record.source is not None:
            form = record.via in ("报表", None)  # its own form bears no word of how it came
            title = (
                f"{entry.unit}{full_month(record.month)}进展报送表"
                if form
                else f"{entry.unit}{cited(entry, year).removeprefix(entry.unit)}所依据的{record.via}材料"
            )
            yield DossierPiece(
                "报送表" if form else "佐证", entry.unit, "", title, record.date,
                rules.form if form else rules.evidence, record.source.file,
            )  # fmt: skip
        title = f"事项{record.item}{record.kind}的佐证" if record.item else f"{record.kind}的佐证"
        yield from _files(entry, "佐证", title, rules.evidence)


def _files(entry: Entry, folder: Folder, title: str, keep: str) -> Iterator[DossierPiece]:
    for one in entry.record.evidence or ():
        if isinstance(one, EvidenceFile):
            yield DossierPiece(folder, entry.unit, "", title, entry.record.date, keep, one.file)
