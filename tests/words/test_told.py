"""What a record says, field by field."""

from gaigai_cli.model.records import FIELDS
from gaigai_cli.words import told

MARKS = {
    "level",
    "way",
    "handling",
    "means",
    "urgent",
    "role",
    "stage",
    "percent",
    "not_started",
    "period",
    "via",
}
ELSEWHERE = {
    "id",
    "date",
    "kind",
    "item",
    "by",
    "summary",
    "metrics",
    "evidence",
    "source",
    "answers",
}
OF_CORRECTIONS = {"corrects", "set", "void"}


def test_every_field_of_a_record_is_told_once() -> None:
    places = [set(told._FIELDS), MARKS, ELSEWHERE, OF_CORRECTIONS]
    assert sorted(FIELDS) == sorted(name for place in places for name in place)
