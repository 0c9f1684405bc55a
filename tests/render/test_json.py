"""JSON of what the shipped list and the example year don't have."""

import json

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.render.json import card_json, item_json
from tests.judge.build import HELPER, LEAD, MONTHLY, OFFICE, STAGED, Book, day

RATE = {
    "id": "rate",
    "name": "示例率",
    "unit": "%",
    "target": {"at_least": "99.5"},
    "measure": "latest",
}
COUNT = {"id": "n", "name": "示例数", "target": {"at_least": "1"}, "measure": "entries"}


def test_stages() -> None:
    book = Book(STAGED)
    applied = book.add(LEAD, "06-28", "申请销号", stage="1")
    book.add(OFFICE, "07-02", "核验销号", answers=[applied])

    deadline = item_json(book.on("07-03"))["deadline"]

    assert (deadline["due"], deadline["stage"], deadline["from"]) == ("2024-09-30", "2", None)
    assert deadline["stages"][0] == {
        "id": "1",
        "text": "印发方案",
        "issued": "2024-06-30",
        "due": "2024-06-30",
        "status": "已销号",
        "late": False,
        "finished": "2024-06-28",
        "closed": "2024-07-02",
    }


def test_an_occurrence_is_the_stage_of_a_recurring_item() -> None:
    deadline = item_json(Book(MONTHLY).on("06-20"))["deadline"]

    assert (deadline["due"], deadline["stage"]) == ("2024-06-25", "2024-06-25")
    assert (deadline["from"], deadline["stages"]) == ("2024-01-01", [])


def test_the_first_period_not_met() -> None:
    book = Book(rules={"reporting": {"by": "25", "from": "2024-05"}})
    book.add(LEAD, "05-20", "进展")

    item = item_json(book.on("07-26"))

    assert (item["report_due"], item["report_missing"]) == ("2024-06-25", [LEAD])


def test_records_are_as_in_the_file_with_numbers_as_numbers() -> None:
    book = Book(indicators=(RATE, COUNT))
    thing = {"name": "示例件", "date": "2024-05-30", "reference": "示例〔2024〕9号"}
    first = book.add(
        LEAD, "06-01", "进展", summary="已办。", metrics={"rate": "99.5", "n": [thing]}
    )
    fixed = book.add(
        LEAD, "06-03", "更正", corrects=first, set={"summary": "已办结。"}, reason="笔误"
    )
    book.add(HELPER, "06-04", "进展", summary="配合。")

    judge = Judge(book.ledger())
    judgement = judge.on(day("06-20"))
    card = card_json(judge, judgement, judgement.by_id["1.1"])

    assert card["records"][0] == {
        "id": first,
        "date": "2024-06-01",
        "kind": "进展",
        "item": "1.1",
        "summary": "已办结。",
        "metrics": {"rate": 99.5, "n": [thing]},
        "unit": LEAD,
        "file": f"progress/{LEAD}.yaml",
        "corrected_by": [fixed],
    }
    assert [record["unit"] for record in card["records"]] == [LEAD, HELPER]
    rate, count = card["indicators"]
    assert (rate["target"], rate["value"], rate["verdict"]) == ({"at_least": 99.5}, 99.5, "达标")
    assert (count["value"], count["entries"]) == (1, [thing])
    assert json.loads(json.dumps(card)) == card
