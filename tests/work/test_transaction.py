"""Transactions called as a front end calls them: without a command line, on a list of their own."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.record.new_record import Intention
from gaigai_cli.record.prepare import RefusedRecord
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.transaction import PartlyWritten, Transaction
from tests.transcript import SHIPPED, copied

NOW = datetime(2024, 6, 14, 15, 30, 12, tzinfo=timezone(timedelta(hours=8)))
DAY = date(2024, 6, 14)


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    return Directory(copied(SHIPPED, tmp_path, example=True), NOW)


def report(item: str, unit: str = "县财政局", **said: object) -> Intention:
    fields = {"item": item, "summary": "示例进展。", "by": "示例丙", **said}
    return Intention("进展", unit, DAY, fields)


def anew(directory: Directory) -> Directory:
    """The same directory, read again."""
    return replace(directory)


def test_a_record_is_written_and_read_again(directory: Directory) -> None:
    transaction = Transaction(directory, [report("16.2", percent=60)])
    prepared = transaction.prepare()

    (change,) = transaction.write(prepared)

    (entry,) = anew(directory).ledger.entries
    assert (entry.unit, entry.record.percent) == ("县财政局", 60)
    assert (change.file, change.before) == ("progress/县财政局.yaml", None)
    assert change.after == (directory.data / change.file).read_bytes()


def test_a_preview_writes_nothing(directory: Directory) -> None:
    transaction = Transaction(directory, [report("16.2"), report("18.1")])

    changes = transaction.preview(transaction.prepare())

    assert [change.file for change in changes] == ["progress/县财政局.yaml"] * 2
    assert changes[1].before == changes[0].after
    assert not (directory.data / "progress" / "县财政局.yaml").exists()


def test_what_breaks_the_ledger_is_refused(directory: Directory) -> None:
    ruling = Intention("核验销号", "县财政局", DAY, {"item": "16.2", "by": "示例丙"})

    with pytest.raises((RefusedRecord, GaigaiError)):
        Transaction(directory, [ruling]).prepare()


def test_records_written_before_one_fails_are_named(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    transaction = Transaction(directory, [report("16.2"), report("1.2", "县水利局")])
    prepared = transaction.prepare()
    (directory.data / "progress" / "县水利局.yaml").mkdir(parents=True)

    with pytest.raises(PartlyWritten) as caught:
        transaction.write(prepared)

    assert [one.record.item for one in caught.value.written] == ["16.2"]
    assert [e.record.item for e in anew(directory).ledger.entries] == ["16.2"]


def test_evidence_says_which(directory: Directory) -> None:
    files = EvidenceFiles(directory, "县财政局")

    with pytest.raises(GaigaiError, match="佐证“见附件”没有写明是哪份材料。请写文号、链接"):
        files.evidence("见附件")
    assert files.evidence("附件1：示财〔2024〕15号") == "附件1：示财〔2024〕15号"


def test_evidence_is_copied_with_its_record(directory: Directory, tmp_path: Path) -> None:
    paper = tmp_path / "拨付单.txt"
    paper.write_text("示例", encoding="utf-8")
    files = EvidenceFiles(directory, "县财政局")
    kept = files.evidence(str(paper))
    transaction = Transaction(directory, [report("16.2", evidence=(kept,))], files)

    transaction.write(transaction.prepare())

    assert (directory.data / "evidence" / "县财政局" / "拨付单.txt").read_text("utf-8") == "示例"


def test_units_and_items_are_known_by_what_people_write(directory: Directory) -> None:
    assert directory.unit("czj") == "县财政局"
    assert directory.item_id("第16项第2条") == "16.2"
    with pytest.raises(GaigaiError, match=r"16\.1"):
        directory.item_id("16")
