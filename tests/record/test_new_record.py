"""Which log a record goes to, and its number."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gaigai_cli.model.departments import Departments
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import as_record
from gaigai_cli.record.new_record import Intention, NotARecord, log_of, new_entry
from tests.judge.build import HELPER, JOINT, LEAD, OTHER, UNITS, Book

NOW = datetime(2024, 6, 14, 15, 30, 12, tzinfo=UTC)
RANDOM = b"\x3f\x9c\x81\xd2"


def ledger(*records: tuple[str, str, dict[str, Any]]) -> Ledger:
    """Records as log, number and further fields, all of ``LEAD``."""
    bare = Book().ledger()
    entries = tuple(
        Entry(
            as_record(
                {
                    "id": number,
                    "date": "2024-06-01",
                    "kind": "进展",
                    "item": "1.1",
                    "summary": "示例",
                }
                | fields
            ),
            LEAD,
            file,
            index,
        )
        for index, (file, number, fields) in enumerate(records)
    )
    return Ledger(bare.tasks, bare.departments, entries=entries)


def intention(**fields: Any) -> Intention:
    return Intention("进展", LEAD, date(2024, 6, 14), {"item": "1.1", "summary": "示例", **fields})


def number(at: int, random: int = 0) -> str:
    return f"20240614-{at:06}-{random:08x}"


@pytest.mark.parametrize(
    ("records", "by", "file"),
    [
        ((), "甲", f"progress/{LEAD}.yaml"),
        ((("progress/x.yaml", number(1), {"by": "甲"}),), "乙", "progress/x.yaml"),
        (
            (
                ("progress/x.yaml", number(1), {"by": "甲"}),
                ("progress/y.yaml", number(2), {"by": "乙"}),
                ("progress/x.yaml", number(3), {"by": "乙"}),
            ),
            "乙",
            "progress/x.yaml",
        ),
        (
            (
                ("progress/x.yaml", number(1), {"by": "甲"}),
                ("progress/y.yaml", number(2), {"by": "乙"}),
            ),
            "丙",
            f"progress/{LEAD}.yaml",
        ),
        (
            (
                ("progress/x.yaml", number(1), {"by": "甲"}),
                ("progress/y.yaml", number(2), {"by": "乙", "via": "电话"}),
            ),
            "乙",
            f"progress/{LEAD}.yaml",
        ),
    ],
    ids=[
        "none yet",
        "the only one",
        "where this person recorded last",
        "nobody's",
        "代录 is no use of a log",
    ],
)
def test_log(records: tuple[Any, ...], by: str, file: str) -> None:
    assert log_of(LEAD, by, ledger(*records)) == file


def test_a_log_goes_on_with_its_body_and_nobody_elses() -> None:
    """Renamed, a unit keeps its log; who takes others over never writes in theirs, whether it has a log or not."""
    became = (
        {"unit": JOINT, "to": [LEAD]},
        {"unit": OTHER, "to": ["示例新局"]},
        {"unit": HELPER, "to": [HELPER, "示例分局"], "items": {"1.1": "示例分局"}},
    )
    new = [{"name": "示例新局"}, {"name": "示例分局"}]
    days = {"effective": "2024-06-01", "handed_over": "2024-07-01"}
    reform = {"basis": "示例发1号", **days, "new": new, "became": became}
    book = Book()
    for unit in (JOINT, OTHER, HELPER):
        book.add(unit, "05-20", "进展")
    units = Departments.model_validate(
        {"units": [{"name": unit} for unit in UNITS], "reforms": [reform]}
    )
    entries = tuple(
        replace(
            entry,
            unit=units.at_last.canonical(entry.unit, "1.1"),
            log_unit=entry.unit,
            file=f"progress/{entry.unit}.yaml",
        )
        for entry in book.ledger().entries
    )
    known = replace(book.ledger(), departments=units, entries=entries)
    between, after = (known.on(date(2024, month, 15)) for month in (6, 7))

    assert {unit: log_of(unit, "甲", between) for unit in (f"{LEAD}（原{JOINT}）", LEAD)} == {
        f"{LEAD}（原{JOINT}）": f"progress/{JOINT}.yaml",
        LEAD: f"progress/{LEAD}.yaml",
    }
    logs = {unit: log_of(unit, "甲", after) for unit in (LEAD, "示例新局", HELPER, "示例分局")}
    assert logs == {
        LEAD: f"progress/{LEAD}.yaml",
        "示例新局": f"progress/{OTHER}.yaml",
        HELPER: f"progress/{HELPER}.yaml",
        "示例分局": "progress/示例分局.yaml",
    }


def test_number_is_time_and_chance() -> None:
    made = new_entry(intention(), ledger(), now=NOW, random=RANDOM)

    assert made.record.id == "20240614-153012-3f9c81d2"


def test_no_two_records_of_a_unit_in_one_second() -> None:
    taken: tuple[Any, ...] = (
        ("progress/x.yaml", number(153012), {}),
        ("progress/x.yaml", number(153013), {}),
    )

    made = new_entry(intention(), ledger(*taken), now=NOW, random=RANDOM)

    assert made.record.id == "20240614-153014-3f9c81d2"


def test_what_says_nothing_is_left_out() -> None:
    made = new_entry(intention(next=None), ledger(), now=NOW, random=RANDOM)

    assert sorted(made.record.said) == ["date", "id", "item", "kind", "summary"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"summary": None}, "进展应当写明“进展情况”（summary）"),
        ({"basis": "x"}, "进展没有“依据”（basis）这一项"),
        ({"summary": " "}, "“进展情况”（summary）的写法不对"),
        ({"period": "6月"}, "“6月”不是月份"),
    ],
)
def test_no_record(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(NotARecord) as refused:
        new_entry(intention(**fields), ledger(), now=NOW, random=RANDOM)

    assert refused.value.message == words
