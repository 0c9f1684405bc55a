"""Words of others, hostile in every field of the data and at every option: no hidden character leaves the program.

The data are read as if hidden characters were allowed in them, so that what stands behind that refusal is tested too.
"""

import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from gaigai_cli.characters import HIDDEN
from gaigai_cli.cli.commands import COMMANDS
from gaigai_cli.cli.group import Group
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.records import Log, as_record
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList
from tests.program import Gaigai, Run

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "岳阳县2024示例" / "data"
LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DUMPER: Final = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
HOSTILE: Final = (
    "\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\u202e反\u202c\u2066\u2069\u200b\u200d\u200f"
    "\u2060\ufeff\ufe0f\U000e0041\u2028\u2029\x85\xad\x7f"
)
NAMES: Final = frozenset(
    (
        "name",
        "aliases",
        "former",
        "unit",
        "units",
        "lead",
        "responsible",
        "support",
        "open",
        "office",
    )
)
REFERENCES: Final = frozenset(("item", "initials", "corrects", "answers", "file"))
"""A record or an item of which these are not the ones meant is left out, and so never shown."""
NOW: Final = "2025-01-10T09:00:00"


def keys_of(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from keys_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys_of(value)


def spoiled(node: Any, keys: frozenset[str], key: str = "") -> Any:
    """The tree with hostile characters at the end of every text of ``keys``."""
    if isinstance(node, dict):
        return {name: spoiled(value, keys, name) for name, value in node.items()}
    if isinstance(node, list):
        return [spoiled(value, keys, key) for value in node]
    return f"{node}{HOSTILE}" if key in keys and node else node


def takes(read: Callable[[Any], object], tree: Any) -> bool:
    try:
        read(tree)
    except ValidationError:
        return False
    return True


def is_sound(file: Path, tree: Any) -> bool:
    if "records" not in tree:
        models: dict[str, type[BaseModel]] = {
            "tasks.yaml": TaskList,
            "departments.yaml": Departments,
            "rules.yaml": Rules,
        }
        return takes(models[file.name].model_validate, tree)
    head = {key: value for key, value in tree.items() if key != "records"}
    return takes(Log.model_validate, head) and all(
        takes(as_record, record) for record in tree["records"]
    )


def example() -> dict[Path, Any]:
    """The files of the example as trees."""
    return {file: yaml.load(file.read_bytes(), LOADER) for file in EXAMPLE.rglob("*.yaml")}


def free_keys(files: dict[Path, Any]) -> frozenset[str]:
    """The keys of every text that the models let be any text."""
    keys = {file: set(keys_of(tree)) for file, tree in files.items()}
    return frozenset(
        key
        for key in set().union(*keys.values()) - REFERENCES
        if all(
            is_sound(file, spoiled(tree, frozenset((key,))))
            for file, tree in files.items()
            if key in keys[file]
        )
    )


def write_hostile(folder: Path, files: dict[Path, Any], free: frozenset[str]) -> None:
    """Write the example with hostile characters in every text of these keys."""
    for file, tree in files.items():
        there = folder / file.relative_to(EXAMPLE)
        there.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(spoiled(tree, free), Dumper=DUMPER, width=10**6, sort_keys=False)
        there.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture(name="place", scope="module")
def _place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, frozenset[str]]:
    top = tmp_path_factory.mktemp("hostile")
    files = example()
    free = free_keys(files)
    write_hostile(top / "data", files, free)
    write_hostile(top / "named" / "data", files, free - NAMES)
    stray = top / "data" / "progress" / "a\x1b]52;c;ZXZpbA==\x07\u202eb.txt"
    try:
        stray.touch()
    except OSError:  # on Windows
        stray.with_name("b.txt").touch()
    for words in (
        ("init", "-q"),
        ("config", "user.name", f"甲{HOSTILE}"),
        ("config", "user.email", "a@example.invalid"),
        ("add", "-A"),
        ("commit", "-q", "-m", f"第一次{HOSTILE}"),
        ("commit", "-q", "--allow-empty", "-m", f"第二次{HOSTILE}"),
    ):
        subprocess.run(["git", *words], cwd=top, check=True, capture_output=True)
    return top, free


@pytest.fixture(name="top")
def _top(place: tuple[Path, frozenset[str]], monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in ("source", "reader"):
        monkeypatch.setattr(f"gaigai_cli.yamldoc.{module}.HIDDEN", re.compile("(?!)"))
    monkeypatch.chdir(place[0])
    return place[0]


def test_every_free_text_is_spoiled(place: tuple[Path, frozenset[str]]) -> None:
    _, free = place

    assert {"title", "content", "name", "summary", "problems", "next", "reason", "text"} <= free
    assert {"unit", "units", "lead", "issuer", "number", "reference", "evidence"} <= free
    assert not {"id", "date", "kind", "due"} & free


def clean(run: Run) -> None:
    for text in (run.out.removeprefix("\ufeff").replace("\r\n", "\n"), run.err):
        found = HIDDEN.search(text)
        assert found is None, repr(text[max(found.start() - 60, 0) : found.end() + 20])
        assert "\r" not in text
    assert "内部错误" not in run.err


READING: Final = (
    "todo",
    "todo --format json",
    "list",
    "list --format json",
    "list --format csv",
    "list --format md",
    "list --removed",
    "show 1.1",
    "show 1 --format json",
    "overdue",
    "overdue --format json",
    "due",
    "status",
    "status --format json",
    "depts",
    "depts --format json",
    "score",
    "score --format json",
    "remind",
    "report --month 2024-06 --stdout",
    "report --month 2024-06 --internal --stdout",
    "report --month 2024-06 --stdout --format html",
    "check",
    "check --format json",
    "check --format github",
    "export --format md",
    "export --format csv",
    "export --format json",
    "log",
    "log --format json",
    "diff HEAD~1..HEAD",
    "diff --format md",
    "diff --format json",
    "diff --textconv data/tasks.yaml",
    "review HEAD~1..HEAD",
    "review HEAD~1..HEAD --format json",
    "review HEAD~1..HEAD --format md",
    "review HEAD~1..HEAD --format github",
    "update 1.1 --summary 好。 --dry-run",
    "verify 1.1 --basis 号",
)


@pytest.mark.parametrize("words", READING)
def test_no_command_shows_a_hidden_character(gaigai: Gaigai, top: Path, words: str) -> None:
    clean(gaigai(*words.split(), GAIGAI_NOW=NOW))


def contents(file: Path) -> Iterator[tuple[str, str]]:
    if not zipfile.is_zipfile(file):
        yield file.name, file.read_bytes().decode("utf-8-sig")
        return
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, package.read(name).decode()


@pytest.mark.parametrize(
    "words",
    [
        *(f"report --month 2024-06 --format {form} --out x.{form}" for form in ("md", "docx", "xlsx", "html")),
        *(f"export --out x.{form}" for form in ("md", "xlsx", "csv", "json")),
        "form --all --month 2024-12 --out x --data named/data",
        "remind --all --data named/data",  # beside the data
        "remind --all --format md --out x --data named/data",
        "list --out x.csv",
        "list --out x.md",
    ],
)  # fmt: skip
def test_no_file_has_a_hidden_character(
    gaigai: Gaigai, top: Path, tmp_path: Path, words: str
) -> None:
    run = gaigai(
        *words.replace("--out x", f"--out {tmp_path.as_posix()}/x").split(), GAIGAI_NOW=NOW
    )

    clean(run)
    folder = tmp_path if "--out" in words else top / "named" / "reports"
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files, run
    for file in files:
        for name, text in contents(file):
            found = HIDDEN.search(text)
            assert found is None, (file.name, name, repr(text[found.start() - 60 : found.end()]))


def option_lines() -> Iterator[list[str]]:
    for name in COMMANDS:
        if name in ("git-setup", "sync"):
            continue
        yield [name, f"1.1{HOSTILE}"]
        if name == "mcp":  # it would serve whoever is at its standard input
            continue
        command: Any = Group().get_command(None, name)
        for option in command.params:
            if option.param_type_name == "option" and not option.is_flag:
                yield [name, f"{option.opts[0]}={HOSTILE}"]


def test_no_refusal_repeats_a_hidden_character(gaigai: Gaigai, top: Path) -> None:
    for words in (*option_lines(), [HOSTILE], [f"--{HOSTILE}"], ["list", f"--{HOSTILE}"]):
        clean(gaigai(*words, GAIGAI_NOW=NOW))
