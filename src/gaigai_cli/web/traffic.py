"""核查 and 往来: what is wrong in the files, who recorded what and when, and how it gets to the others; evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from starlette.responses import Response

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.clone.setup import is_set_up
from gaigai_cli.history.clone.sync import CheckFailed, Synced
from gaigai_cli.model.finding import Finding, numbers_of
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import EvidenceFile
from gaigai_cli.store.names import inside
from gaigai_cli.store.regular import read_file
from gaigai_cli.web.visit import Visit, file_answer
from gaigai_cli.web.ways import Action, address
from gaigai_cli.work import correct
from gaigai_cli.work.transaction import CLOCK_REMEDY, clock_doubt

_MOST: Final = 200
"""Records on a page."""
_SHOWN: Final[dict[str, tuple[bytes, str]]] = {
    "pdf": (b"%PDF-", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
}
"""Endings of what is shown, what such a file begins with, and its type; everything else is saved."""
_ALONE: Final = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
_VIEWER: Final = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)
"""A sandbox would keep the browser from showing a PDF at all; its viewer is one itself."""


def check(visit: Visit) -> Response:
    """Return every finding with its place and remedy."""
    directory = visit.directory
    ledger, found = directory.reading.ledger, directory.checked
    errors, warnings = numbers_of(found)
    return visit.show(
        "check.html",
        nav="核查",
        findings=[(one, _mended(visit, one)) for one in found],
        errors=errors,
        warnings=warnings,
        records=len(ledger.entries) if ledger else 0,
        items=len(ledger.tasks.listed) if ledger else 0,
    )


def _mended(visit: Visit, finding: Finding) -> Action | None:
    """Return where a person without an editor mends what a finding is about; None where only the file is mended."""
    ledger = visit.directory.reading.ledger
    if ledger is None or finding.record is None:
        return None
    found = (e for e in ledger.entries if (e.file, e.index) == finding.record)
    entry = next(found, None)
    if entry is None:
        return None
    if visit.may_write and correct.is_correctable(visit.directory, entry):
        return Action("更正这条记录", address(f"/更正/{entry.record.id}"))
    if entry.record.item in ledger.tasks.by_id:
        return Action(f"看事项{entry.record.item}", address(f"/事项/{entry.record.item}"))
    return None


def records(visit: Visit, done: str = "", wrong: str = "", remedy: str = "") -> Response:
    """Return who recorded what, latest first, below what has just been done or went wrong."""
    from gaigai_cli.history.clone.own_changes import unsent_ids

    directory = visit.directory
    name = visit.asked_unit() or ""
    found = [e for e in directory.ledger.entries if not name or e.unit == name]
    latest = sorted(found, key=lambda e: e.record.id, reverse=True)
    can_sync = visit.may_write and is_set_up(directory.data)
    return visit.show(
        "traffic.html",
        nav="往来",
        entries=latest[:_MOST],
        left=max(len(latest) - _MOST, 0),
        when=_when,
        can_sync=can_sync,
        unsent=unsent_ids(directory.data, directory.ledger) if can_sync else frozenset(),
        unit=name,
        units=directory.ledger.units.all,
        done=done,
        wrong=wrong,
        remedy=remedy,
        clock=clock_doubt(directory),
        clock_remedy=CLOCK_REMEDY,
    )


def _when(entry: Entry) -> str:
    """Return when a record was made, as its number says."""
    number = entry.record.id
    return f"{number[:4]}-{number[4:6]}-{number[6:8]} {number[9:11]}:{number[11:13]}"


def sync(visit: Visit) -> Response:
    """Send what is recorded here and take what others have recorded; its result in words."""
    from gaigai_cli.history.clone.sync import losses
    from gaigai_cli.history.clone.sync import sync as synced
    from gaigai_cli.history.repository import repository

    directory = visit.directory
    visit.demand_writing()
    assert visit.unit is not None
    place = repository(directory.data, configuration=directory.configuration)
    try:
        done = synced(
            place, directory.ledger, visit.unit, today=directory.today, heed=_no_doubt(visit)
        )
    except CheckFailed as error:
        found = "；".join(
            f"{f.location.file}第{f.location.line}行：{f.message}" for f in error.findings
        )
        return records(visit, wrong=f"{error.message}：{found}", remedy=error.remedy)
    except GaigaiError as error:
        return records(visit, wrong=error.message, remedy=error.remedy)
    visit.forget()
    lost = losses(directory.ledger, visit.directory.reading.ledger) if done.received else ""
    told = f"{lost}，请告知{directory.ledger.office}核对。" if lost else ""
    return records(visit, f"{_told(done)}{told}")


def _no_doubt(visit: Visit) -> Callable[[datetime | None, datetime | None], None]:
    def heed(last: datetime | None, clock: datetime | None) -> None:
        doubt = clock_doubt(visit.directory, last, clock)
        if doubt:
            raise GaigaiError(doubt, CLOCK_REMEDY)

    return heed


def _told(done: Synced) -> str:
    said = [f"已提交：{done.committed}"] if done.committed else []
    said += [f"收到别人的{len(done.received)}个提交"] if done.received else []
    said += [f"已推送{len(done.sent)}个提交到 {done.where}"] if done.sent else []
    said = said or [done.nothing_new]
    said += [done.left_alone] if done.others else []
    return "；".join(said) + "。"


def evidence(visit: Visit) -> Response:
    """Return a file that a record names, with the hash that it says; the address names the record, never the file."""
    directory = visit.directory
    entry = directory.ledger.by_record.get(visit.request.path_params["record"])
    number = visit.request.path_params["number"]
    named = _named(entry, number) if entry is not None else None
    if named is None:
        raise GaigaiError("没有这份佐证", "请从事项的页面进入")
    path = inside(directory.data.resolve(), named.file)
    data = read_file(path)
    stored = directory.ledger.evidence.get(named.file)
    if stored is None or stored.sha256() != named.sha256:
        raise GaigaiError(
            f"{named.file} 和登记时不同，没有打开", "运行 gaigai check 查看；请从 git 恢复这个文件"
        )
    name = named.file.rpartition("/")[2]
    start, kind = _SHOWN.get(name.rpartition(".")[2].lower(), (b"", ""))
    if kind and data.startswith(start):
        policy = _VIEWER if kind == "application/pdf" else _ALONE
        headers = {"Content-Disposition": "inline", "Content-Security-Policy": policy}
        return Response(data, media_type=kind, headers=headers)
    return file_answer(data, name, kind="application/octet-stream")


def _named(entry: Entry, number: str) -> EvidenceFile | None:
    """Return the file that a record names at a place of its evidence, or as what it rests on."""
    if number == "source":
        return entry.record.source
    known = {str(place): one for place, one in enumerate(entry.record.evidence or ())}
    one = known.get(number)
    return one if isinstance(one, EvidenceFile) else None
