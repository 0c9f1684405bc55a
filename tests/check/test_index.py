"""The index of codes, made of the cases of check and review: for ``check --explain``, and as a page of docs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import gaigai_cli
from gaigai_cli.render.findings import explained
from tests.history.codes import EXAMPLE_OF_CODE
from tests.program import Gaigai, SameAsFile

CASES = Path(__file__).parent / "cases"
KEPT = Path(gaigai_cli.__file__).parent / "templates" / "findings.json"
PAGE = Path(__file__).parents[2] / "docs" / "findings.md"
_FINDING = re.compile(r"^\S.*?: (error|warning)\[([^]]+)] (.*)。$", re.MULTILINE)
_REMEDY = re.compile(r"^  办法：(.*)$", re.MULTILINE)
_EXAMPLES = 3


def examples() -> dict[str, list[dict[str, str]]]:
    """By code the first finding of each of its first cases, each wording of a remedy once."""
    found: dict[str, list[dict[str, str]]] = {}
    for case in sorted(CASES.iterdir()):
        code = case.name.partition(".")[0]
        one = next(_told((case / "expected.txt").read_text(encoding="utf-8")))
        kept = found.setdefault(code, [])
        if len(kept) < _EXAMPLES and one not in kept:
            kept.append(one)
    for file in sorted(EXAMPLE_OF_CODE.glob("*.json")):
        found.setdefault(file.stem, []).append(json.loads(file.read_text(encoding="utf-8")))
    return dict(sorted(found.items()))


def _told(text: str) -> Iterator[dict[str, str]]:
    for finding in _FINDING.finditer(text):
        following = _FINDING.search(text, finding.end())
        remedy = _REMEDY.search(text, finding.end(), following.start() if following else len(text))
        yield {
            "severity": finding[1],
            "message": finding[3],
            "remedy": remedy[1] if remedy else "",
        }


def test_kept_with_the_program(same_as_file: SameAsFile) -> None:
    same_as_file(json.dumps(examples(), ensure_ascii=False, indent=1) + "\n", KEPT)


def test_page(same_as_file: SameAsFile) -> None:
    rows = [
        f"| `{code}` | {one['severity']} | {_cell(one['message'])} | {_cell(one['remedy'])} |"
        for code, found in examples().items()
        for one in found[:1]
    ]
    head = (
        "# Findings",
        "",
        "Every code that `check` can tell, and every rule that a range of commits can break (violation, told by `review`),"
        " with an example and the remedy as users read them; `gaigai check --explain CODE` says the same. Made by a test"
        " from `tests/check/cases/` and `tests/history/reviews/codes/`.",
        "",
        "| code | severity | for example | remedy |",
        "|---|---|---|---|",
    )
    same_as_file("\n".join((*head, *rows)) + "\n", PAGE)


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("<", "&lt;")


def test_every_code_is_explained() -> None:
    words = {code: explained(code) for code in examples()}
    assert [code for code, said in words.items() if not (said or "").startswith(f"{code}（")] == []


def test_explain(gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any data directory."""
    monkeypatch.chdir(tmp_path)

    run = gaigai("check", "--explain", "bad-date")

    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("bad-date（错误）\n  如：")
    assert "办法：日期写成 2024-06-30 的样子。" in run.out
    rule = gaigai("check", "--explain", "back-dated")
    assert rule.out.startswith("back-dated（违反登记规则，review 所查）\n  如：示例")


def test_explain_what_is_no_code(gaigai: Gaigai) -> None:
    run = gaigai("check", "--explain", "bad-dat")

    assert run.status == 2
    assert "没有代码为“bad-dat”的问题。是否要写“bad-date”？" in run.err
