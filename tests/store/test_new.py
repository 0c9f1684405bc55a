"""The text of a new data directory's files."""

import re

import pytest

from gaigai_cli.model.rules import Rules
from gaigai_cli.store.new_list import rules_text, with_schemas
from gaigai_cli.yamldoc import parse

COMMENTED = re.compile(r"(?m)^((?:  )?)# ( *[\"a-z_]+[\w\"]*:)")


def test_the_rules_as_written_are_the_defaults() -> None:
    document = parse(rules_text(2025, schemas="../schemas/").encode())

    assert document.problems == ()
    assert Rules.model_validate(document.root).model_dump() == Rules().model_dump()


def test_every_rule_that_is_not_in_force_can_be() -> None:
    """Without the marks before them the commented rules are rules, and none is missing."""
    text = rules_text(2025, schemas="../schemas/").replace("# yaml-language-server", "## yaml")
    document = parse(COMMENTED.sub(r"\1\2", text).encode())

    assert document.problems == ()
    rules = Rules.model_validate(document.root)
    assert rules.model_fields_set == set(Rules.model_fields)
    assert rules.reporting is not None
    assert rules.scoring == Rules().scoring


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
