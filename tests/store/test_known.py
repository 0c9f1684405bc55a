"""Two states of one directory, read one after the other: what is the same in both is read once."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from gaigai_cli.store.read import Made, Reading, read_ledger
from tests.history.repo import record

BASE = Path(__file__).parent.parent / "check" / "base"
TASKS, UNITS, LOG, OTHER = "tasks.yaml", "departments.yaml", "progress/甲.yaml", "progress/乙.yaml"
STATE = {
    TASKS: (BASE / TASKS).read_text(encoding="utf-8"),
    UNITS: (BASE / UNITS).read_text(encoding="utf-8"),
    LOG: f"unit: 甲局\nrecords:\n{record(1, '1.1')}",
    OTHER: f"unit: 示例乙局\nrecords:\n{record(2, '2.1')}",
}


class Texts(dict[str, str]):
    """Files in memory."""

    def read(self, name: str) -> bytes:
        if name not in self:
            raise FileNotFoundError(name)
        return self[name].encode()

    def names(self, folder: str) -> Iterator[str]:
        return iter(sorted(name for name in self if name.startswith(f"{folder}/")))

    def size(self, name: str) -> int:
        return len(self.read(name))


def read(state: Mapping[str, str], known: dict[str, Made] | None = None) -> Reading:
    return read_ledger(Texts(state), known=known)


def told(reading: Reading) -> tuple[object, ...]:
    """All that a reading says but the places where sources are looked up."""
    ledger = reading.ledger
    said = ledger and (ledger.tasks, ledger.departments, ledger.entries, ledger.logs)
    places = ledger and [ledger.place_of(entry) for entry in ledger.entries]
    return reading.findings, said, places


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {LOG: STATE[LOG] + record(3, "1.2")},
        {LOG: "# 说明\n" + STATE[LOG]},
        {UNITS: STATE[UNITS].replace("甲局]", "甲委]").replace("示例甲委]", "甲局]")},
        {UNITS: STATE[UNITS].replace("[甲局]", "[甲二局]")},
        {LOG: STATE[LOG] + "  - id: [\n"},
        {LOG: STATE[LOG].replace("kind: 进展", "kind: 没有")},
        {LOG: "unit: 甲局\nrecords: 没有\n"},
        {LOG: ""},
        {TASKS: "x"},
        {UNITS: "units: []\n"},
        {OTHER: None},
        {"rules.yaml": "warn: {jump: 7}\n"},
    ],
)
def test_what_is_known_changes_nothing(changed: Mapping[str, str | None]) -> None:
    """There and back again: what was wrong is told each time, and a log counts as its unit is called now."""
    state = {name: text for name, text in {**STATE, **changed}.items() if text is not None}
    known: dict[str, Made] = {}

    for one in (STATE, state, state, STATE):
        assert told(read(one, known)) == told(read(one))


def test_the_same_is_the_very_same() -> None:
    known: dict[str, Made] = {}
    before = read(STATE, known).ledger
    after = read({**STATE, LOG: STATE[LOG] + record(3, "1.2")}, known).ledger

    assert before is not None
    assert after is not None
    assert after.tasks is before.tasks
    assert [entry in before.entries for entry in after.entries] == [True, True, False]
    assert after.entries[0] is before.entries[0]  # 乙
    assert after.entries[1] is not before.entries[1]
