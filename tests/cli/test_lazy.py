"""Nothing is imported before it is needed: what a user waits for is what was asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.notice.renderings import as_docx
from tests.notice.seed import seed

PROBE = """
import sys
from gaigai_cli.cli.app import run
run(sys.argv[1:])
print("\\n" + " ".join(sorted(sys.modules)))
"""


def modules_after(*words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("words", [("--version",), ("lst",)])
def test_no_model_no_rich_no_yaml(words: tuple[str, ...]) -> None:
    loaded = modules_after(*words)

    assert loaded.isdisjoint({"pydantic", "rich", "yaml", "gaigai_cli.cli.session"})


def test_help_imports_no_command() -> None:
    loaded = modules_after("--help")

    assert loaded.isdisjoint(
        {"pydantic", "yaml", "gaigai_cli.cli.query.views", "gaigai_cli.cli.query.check"}
    )


def test_a_command_imports_no_other() -> None:
    loaded = modules_after("schema", "tasks")

    assert loaded.isdisjoint(
        {"rich", "yaml", "gaigai_cli.cli.query.views", "gaigai_cli.judge.judgement"}
    )


def test_an_import_loads_no_library_that_it_can_do_without(tmp_path: Path) -> None:
    notice = tmp_path / "通知.docx"
    notice.write_bytes(as_docx(seed()))

    loaded = modules_after("import", str(notice), "--out", str(tmp_path / "data"))

    assert "gaigai_cli.notice.draft" in loaded
    assert loaded.isdisjoint(
        {
            "rich.console",
            "docx",
            "gaigai_cli.store.read",
            "gaigai_cli.notice.prose",
        }
    )
