"""JSON Schemas (2020-12) of the data files, made from the models, for editors: Chinese throughout, no unknown keys."""

import json
from typing import Any, Final

from pydantic import BaseModel

from gaigai_cli.model.departments import Departments
from gaigai_cli.model.kinds import ALLOWED, KINDS, Kind
from gaigai_cli.model.lists import Lists, StateFile
from gaigai_cli.model.people import Contacts, Reviewers
from gaigai_cli.model.records import FIXED_FIELDS, Log
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList

Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


FILES: Final[dict[str, tuple[type[BaseModel], str]]] = {
    "tasks": (TaskList, "任务清单（tasks.yaml）"),
    "departments": (Departments, "单位（departments.yaml）"),
    "rules": (Rules, "规则（rules.yaml）"),
    "reviewers": (Reviewers, "登记人（reviewers.yaml）"),
    "contacts": (Contacts, "联系人（contacts.yaml）"),
    "log": (Log, "进展记录（progress/*.yaml）"),
    "lists": (Lists, "几份清单（lists.yaml）"),
    "state": (StateFile, "状态文件（export --state）"),
}
"""The kinds of files in a data directory: the model of each, and what it is called."""


def schema_text(name: str) -> str:
    """Return the JSON Schema of a kind of file, as a file of its own holds it."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def schema(name: str) -> Schema:
    """Return the JSON Schema of a kind of file in ``FILES``."""
    model, title = FILES[name]
    made = model.model_json_schema(by_alias=True)
    definitions = {key: _plain(value) for key, value in made.pop("$defs", {}).items()}
    if "Record" in definitions:
        _refine_record(definitions["Record"])
    if "Target" in definitions:  # exactly one of its forms
        definitions["Target"] |= {"minProperties": 1, "maxProperties": 1}
    return {"$schema": _DIALECT, "title": title, **_plain(made), "$defs": definitions}


def _plain(model: Schema) -> Schema:
    """Return the schema of a model without the English that the library adds: its docstring and titles."""
    plain: Schema = _cleaned({key: value for key, value in model.items() if key != "description"})
    return plain


def _cleaned(node: Any) -> Any:
    """Return a schema without titles and OpenAPI's discriminators; a key that may be left out may not be empty."""
    if isinstance(node, list):
        return [_cleaned(value) for value in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key not in ("title", "discriminator")}
    if kept.get("default", ...) is None:
        del kept["default"]
    cleaned = {
        key: {name: _cleaned(inner) for name, inner in value.items()}
        if key == "properties"
        else _cleaned(value)
        for key, value in kept.items()
    }
    choices = [choice for choice in cleaned.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        del cleaned["anyOf"]
        cleaned = {**choices[0], **cleaned}
    return cleaned


def _refine_record(record: Schema) -> None:
    """Add what each kind needs and may say, and what a correction may set."""
    fields = record["properties"]
    fields["set"] |= {
        "properties": {
            name: {"$ref": f"#/$defs/Record/properties/{name}"}
            for name in fields
            if name not in FIXED_FIELDS
        },
        "additionalProperties": False,
    }
    record["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]},
            "then": _of_kind(kind, fields),
        }
        for kind in KINDS.values()
    ]


def _of_kind(kind: Kind, fields: Schema) -> Schema:
    allowed = ALLOWED[kind.name]
    needs = [*(["item"] if kind.names_item else []), *kind.needs]
    either = [need.split("|") for need in needs if "|" in need]
    rule: Schema = {
        "required": [need for need in needs if "|" not in need],
        "propertyNames": {"enum": [name for name in fields if name in allowed]},
    }
    if either:
        rule["allOf"] = [{"anyOf": [{"required": [n]} for n in names]} for names in either]
    return rule
