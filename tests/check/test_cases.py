"""Each finding code with a data directory that has this one thing wrong, and the whole text that is told about it.

A case is a directory under ``cases``, named after its code (``code.variant`` where there are several), whose files lie
over those of ``base``. Cases that can't be kept as files are made here. ``pytest --update`` writes every
``expected.txt`` anew: read each one before committing it.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import gaigai_cli
from gaigai_cli.judge.findings import check
from gaigai_cli.render.findings import as_text
from gaigai_cli.store.files import Folder
from gaigai_cli.store.read import read_ledger
from gaigai_cli.store.regular import UnfitFileError
from gaigai_cli.yamldoc.parsed import MAX_PROBLEMS
from tests.program import SameAsFile

HERE = Path(__file__).parent
CASES = sorted(path.name for path in (HERE / "cases").iterdir())
TODAY = date(2024, 12, 31)
LOG = "progress/示例甲局.yaml"

REPORT = """unit: 示例甲局
records:
  - id: 20240610-090000-00000001
    item: "1.1"
    date: 2024-06-10
    kind: 进展
    summary: {summary}
"""


@cache
def made() -> dict[str, dict[str, bytes | OSError]]:
    """The files of cases that can't be kept; one of them is large."""
    return {
        "not-utf8": {LOG: REPORT.format(summary="正在推进。").encode("gb18030")},
        "not-utf8.utf-16": {LOG: REPORT.format(summary="正在推进。").encode("utf-16")},
        "not-utf8.damaged": {
            LOG: REPORT.format(summary="正在推进。").encode()[:-2] + b"\xff\xff\n"
        },
        "too-large": {LOG: b"#" * 50_000_000},
        "too-deep": {LOG: b"[" * 100_000},
        "too-many": {LOG: b"- &a x\n" * (MAX_PROBLEMS + 1)},
        "control-character": {LOG: REPORT.format(summary="正在\x07推进\x07。").encode()},
        "bad-whole.endless": {
            LOG: f"{REPORT.format(summary='正在推进。')}    percent: {'9' * 5_000}\n".encode()
        },
        "bad-number.tree": {
            LOG: f"{REPORT.format(summary='正在推进。')}    metrics: {{rate: {{示例甲局: {{甲: 1}}}}}}\n".encode()
        },
        "missing-file": {"departments.yaml": FileNotFoundError()},
        "unreadable-file": {
            LOG: PermissionError(),
            "rules.yaml": UnfitFileError(
                "rules.yaml", "是文件夹，不是普通文件", "请移走它，换成文件本身"
            ),
        },
    }


SHOWN: dict[str, int] = {"too-many": 5}
"""Of how many last lines the text is kept, where it is too long to keep."""

NOT_CODES = {"half-year", "utf-8", "utf-8-sig", "utf-16", "gaigai-state-1", "sparse-checkout"}
ONE_WORD = {"alias", "anchor", "directive", "syntax", "tag"}
_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")


@dataclass
class Overlay:
    """The files of the base with those of a case over them, and those that are made over both."""

    folders: tuple[Folder, ...]
    made: dict[str, bytes | OSError] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        made = self.made.get(name)
        if isinstance(made, OSError):
            raise made
        if made is not None:
            return made
        for folder in self.folders:
            if (folder.root / name).exists():
                return folder.read(name)
        raise FileNotFoundError(name)

    def names(self, folder: str) -> Iterator[str]:
        found = {name for layer in self.folders for name in layer.names(folder)}
        return iter(sorted(found | {name for name in self.made if name.startswith(f"{folder}/")}))

    def size(self, name: str) -> int:
        made = self.made.get(name)
        return 0 if isinstance(made, OSError) else len(self.read(name))


def told(case: str) -> str:
    """What ``check`` prints of a case."""
    files = Overlay((Folder(HERE / "cases" / case), Folder(HERE / "base")), made().get(case, {}))
    reading = read_ledger(files, Folder(HERE / "cases" / case / "reports"))
    checked = check(reading.ledger, today=TODAY) if reading.ledger else ()
    text = as_text(sorted({*reading.findings, *checked}, key=lambda finding: finding.order))
    return "".join(text.splitlines(keepends=True)[-SHOWN.get(case, 0) :])


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, same_as_file: SameAsFile) -> None:
    text = told(case)
    same_as_file(text, HERE / "cases" / case / "expected.txt")
    assert set(re.findall(r": (?:error|warning)\[([^]]+)]", text)) == {case.partition(".")[0]}


def test_base_is_clean() -> None:
    reading = read_ledger(Folder(HERE / "base"))
    assert reading.ledger
    assert (reading.findings, check(reading.ledger, today=TODAY)) == ((), ())


def test_every_code_has_a_case() -> None:
    """Codes are the only words with a hyphen that stand alone in a string of these packages."""
    assert {case.partition(".")[0] for case in CASES} == set(_codes()) | ONE_WORD


def test_every_made_case_is_there() -> None:
    assert set(made()) <= set(CASES)


def _codes() -> Iterator[str]:
    source = Path(gaigai_cli.__file__).parent
    for package in ("yamldoc", "model", "store", "judge"):
        for path in (source / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                value = node.value if isinstance(node, ast.Constant) else None
                if isinstance(value, str) and _CODE.fullmatch(value) and value not in NOT_CODES:
                    yield value
