"""The handbook's commands are run, one after the other, and show what it says that they show."""

import re
from pathlib import Path

import pytest

from tests.program import SameAsFile
from tests.transcript import SHIPPED, copied, numbered, screen

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
PAGES = sorted(HANDBOOK.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same_as_file: SameAsFile
) -> None:
    copied(SHIPPED, tmp_path, example=True)
    monkeypatch.chdir(tmp_path)
    numbered(monkeypatch)

    def run(block: re.Match[str]) -> str:
        shown = []
        for line in block[0].splitlines():
            if line.startswith("$ "):
                _, text = screen(monkeypatch, line.removeprefix("$ "))
                shown.append(f"{line}\n{text.rstrip()}\n")
        return "\n".join(shown)

    same_as_file(BLOCK.sub(run, page.read_text(encoding="utf-8")), page)


def test_there_is_something_to_run() -> None:
    blocks = [block for page in PAGES for block in BLOCK.findall(page.read_text(encoding="utf-8"))]

    assert len(blocks) > 10
    assert all(block.startswith("$ GAIGAI_NOW=") for block in blocks)
