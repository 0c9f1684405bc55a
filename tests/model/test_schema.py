"""The committed JSON Schemas are those of the models, accept the shipped data, and speak Chinese."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gaigai_cli.model.kinds import KINDS
from gaigai_cli.model.schema import FILES, schema, schema_text
from gaigai_cli.yamldoc.parsed import Mapping, Scalar, Sequence
from gaigai_cli.yamldoc.reader import parse

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = ROOT / "schemas"
DIRECTORIES = [ROOT / "data", *sorted((ROOT / "examples").glob("*/data"))]
SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
RECORD_ID = "20240614-153012-3f9c81d2"


def as_editors_see(node: Any) -> Any:
    """The value that an editor (YAML 1.2) makes of a tree in which every scalar is a string."""
    if isinstance(node, Mapping):
        return {str(key): as_editors_see(value) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [as_editors_see(value) for value in node]
    assert isinstance(node, Scalar)
    if node.plain and node in ("true", "false"):
        return node == "true"
    if node.plain and re.fullmatch(r"-?\d+", node):
        return int(node)
    if node.plain and re.fullmatch(r"-?\d+\.\d+", node):
        return float(node)
    return str(node)


def data_files() -> list[Path]:
    return [f for folder in DIRECTORIES for f in sorted(folder.rglob("*.yaml"))]


def name_of(file: Path) -> str:
    return file.stem if file.stem in FILES else "log"


def errors(name: str, value: Any) -> list[str]:
    found = Draft202012Validator(schema(name)).iter_errors(value)
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in found]


@pytest.mark.parametrize("name", FILES)
def test_committed_schema_is_the_models(name: str) -> None:
    file = SCHEMAS / f"{name}.schema.json"

    assert file.read_text(encoding="utf-8") == schema_text(name)


@pytest.mark.parametrize("name", FILES)
def test_schema_is_sound(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def test_data_fit() -> None:
    for file in data_files():
        document = parse(file.read_bytes())
        assert errors(name_of(file), as_editors_see(document.root)) == [], file


def test_each_file_names_its_schema() -> None:
    for file in data_files():
        line = SCHEMA_LINE.match(file.read_text(encoding="utf-8"))
        assert line is not None, file
        assert (file.parent / line[1]).resolve() == SCHEMAS / f"{name_of(file)}.schema.json"


def descriptions(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for value in node for text in descriptions(value)]
    if not isinstance(node, dict):
        return []
    own = [v for k, v in node.items() if k in ("title", "description") and isinstance(v, str)]
    return own + [text for value in node.values() for text in descriptions(value)]


@pytest.mark.parametrize("name", FILES)
def test_words_are_chinese(name: str) -> None:
    words = descriptions(schema(name))

    assert words
    assert [text for text in words if not re.search("[一-鿿]", text)] == []


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_described_and_no_other_allowed(name: str) -> None:
    whole = schema(name)
    objects = [whole, *whole["$defs"].values()]

    assert all(o["additionalProperties"] is False for o in objects)
    bare = [k for o in objects for k, v in o["properties"].items() if "description" not in v]
    assert bare == []


def record(**fields: Any) -> dict[str, Any]:
    return {"unit": "示例单位", "records": [{"id": RECORD_ID, "date": "2024-06-14", **fields}]}


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "进展", "item": "16.2", "summary": "已列入预算。", "percent": 60},
        {
            "kind": "批准延期",
            "item": "16.2",
            "answers": ["x"],
            "basis": "示例",
            "approved_by": "甲",
        },
        {
            "kind": "批准延期",
            "item": "16.2",
            "due": "2024-07-31",
            "basis": "示例",
            "approved_by": "甲",
        },
        {"kind": "更正", "corrects": "x", "reason": "笔误", "set": {"percent": 50}},
        {"kind": "表扬", "to": ["示例单位"], "basis": "示例"},
    ],
)
def test_sound_records_fit(fields: dict[str, Any]) -> None:
    assert errors("log", record(**fields)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "进展", "item": "16.2"},
        {"kind": "进展", "summary": "没有写事项。"},
        {"kind": "进展", "item": "16.2", "summary": "已列入预算。", "percent": 101},
        {"kind": "进展", "item": "16.2", "summary": "已列入预算。", "signer": "甲"},
        {"kind": "进展", "item": "16.2", "summary": ""},
        {"kind": "批准延期", "item": "16.2", "basis": "示例", "approved_by": "甲"},
        {"kind": "更正", "corrects": "x", "reason": "笔误", "set": {"kind": "进展"}},
        {"kind": "更正", "corrects": "x", "reason": "笔误"},
        {"kind": "督办", "item": "16.2"},
        {"kind": "请假", "item": "16.2"},
    ],
)
def test_unsound_records_do_not_fit(fields: dict[str, Any]) -> None:
    assert errors("log", record(**fields)) != []


@pytest.mark.parametrize(
    "rules",
    [
        {"evidence": {"max_mb": 0}},
        {"bulletin": {"entries": 0}},
        {"ranks": {"basis": "示例办法", "at_least": 0}},
        {"remind": {"urge": 0}},
        {"reporting": {"every": "month", "by": 32, "from": "2024-05"}},
        {"score": {"late_report": -1}},
    ],
)
def test_rules_out_of_bounds_do_not_fit(rules: dict[str, Any]) -> None:
    assert errors("rules", rules) != []


@pytest.mark.parametrize(
    ("year", "fits"), [(1899, False), (1900, True), (2099, True), (2100, False)]
)
def test_year_of_a_list_is_one_that_the_calendar_has(year: int, fits: bool) -> None:
    whole = schema("tasks")
    value = whole["$defs"]["Notice"]["properties"]["year"]

    assert Draft202012Validator(value).is_valid(year) is fits


def test_every_kind_has_its_rule() -> None:
    rules = schema("log")["$defs"]["Record"]["allOf"]

    assert [rule["if"]["properties"]["kind"]["const"] for rule in rules] == list(KINDS)


def test_target_takes_one_form() -> None:
    target = schema("tasks")["$defs"]["Target"]

    assert Draft202012Validator(target).is_valid({"at_least": 2})
    assert not Draft202012Validator(target).is_valid({"at_least": 2, "at_most": 3})


def test_schemas_are_json_with_chinese_as_is() -> None:
    assert json.loads(schema_text("tasks")) == schema("tasks")
    assert "任务清单" in schema_text("tasks")
