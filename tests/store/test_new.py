"""The text of a new data directory's files."""

import re
from typing import Any

import pytest

from gaigai_cli.model.departments import Departments
from gaigai_cli.model.rules import Rules
from gaigai_cli.store.new_list import rules_text, units_text, with_schemas, with_units
from gaigai_cli.yamldoc.reader import parse

COMMENTED = re.compile(r"(?m)^((?:  )?)# ( *[\"a-z_]+[\w\"]*:)")


def test_the_rules_as_written_are_the_defaults() -> None:
    document = parse(rules_text(2025, schemas="../schemas/").encode())

    assert document.problems == ()
    assert Rules.model_validate(document.root).model_dump() == Rules().model_dump()


def test_the_rules_head_is_true_of_what_was_answered_and_of_what_was_not() -> None:
    """What is set stands as it was set, the rest in force as the default: so the file says."""
    answered: dict[str, dict[str, Any]] = {
        "reporting": {"every": "quarter", "by": 20, "of": "当月", "from": "2025-03"},
        "bulletin": {"phone": "0000-1"},
    }
    text = rules_text(2025, answered)
    assert text.splitlines()[1:3] == [
        "# 督办机构决定的事项，照需要修改。已经定下的照所定填写，没有定的填的是程序的默认值。",
        "# 以“# ”开头的是没有启用的内容，启用时填好并删去行首的“# ”。",
    ]
    found = Rules.model_validate(parse(text.encode()).root)
    expected = Rules.model_validate(answered)
    assert found.reporting != Rules().reporting
    assert found.model_dump() == expected.model_dump()


def test_every_rule_that_is_not_in_force_can_be() -> None:
    """Without the marks before them the commented rules are rules, and none is missing."""
    text = rules_text(2025, schemas="../schemas/").replace("# yaml-language-server", "## yaml")
    document = parse(COMMENTED.sub(r"\1\2", text).encode())

    assert document.problems == ()
    rules = Rules.model_validate(document.root)
    assert rules.model_fields_set == set(Rules.model_fields)
    assert rules.reporting is not None
    assert rules.scoring == Rules().scoring


def test_units_that_come_later_stand_behind_the_units() -> None:
    """Not behind the reforms, which are no units."""
    reform = {
        "basis": "示例发〔2024〕8号",
        "effective": "2024-07-01",
        "became": [{"unit": "示例乙局", "to": ["示例甲局"]}],
    }
    text = units_text([{"name": "示例甲局"}, {"name": "示例乙局"}], [reform])
    more = with_units(text, [{"name": "示例丙局"}])

    found = Departments.model_validate(parse(more.encode()).root)
    assert [unit.name for unit in found.units] == ["示例甲局", "示例乙局", "示例丙局"]
    assert found.reforms == Departments.model_validate(parse(text.encode()).root).reforms
    assert len(found.reforms) == 1


@pytest.mark.parametrize(
    ("line", "moved"),
    [
        ("# $schema=../schemas/tasks.schema.json\n", "# $schema=新/tasks.schema.json\n"),
        ("# $schema=tasks.schema.json\n", "# $schema=新/tasks.schema.json\n"),
        (
            "# $schema=https://示例/tasks.schema.json\n",
            "# $schema=https://示例/tasks.schema.json\n",
        ),
        ("units: []\n", "units: []\n"),
    ],
)
def test_schema_lines_move(line: str, moved: str) -> None:
    assert with_schemas(line, "新/") == moved
