"""Each place that docs/architecture.md names, for a fact or on its tour, is there."""

import re
from pathlib import Path

import pytest

import gaigai_cli

ROOT = Path(__file__).parent.parent.parent
SOURCE = Path(gaigai_cli.__file__).parent


@pytest.fixture(scope="module")
def places() -> str:
    """Return the table of facts and the tour."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return text.partition("## Each fact once")[2].partition("## Examples")[0]


def test_each_module_is_there(places: str) -> None:
    named = set(re.findall(r"`([a-z_]+(?:/[a-z_.]+)+)/?`", places))
    missing = {
        name
        for name in named
        if not any((base / name).exists() for base in (SOURCE, ROOT))
        and not (SOURCE / f"{name.partition('.')[0]}.py").exists()
    }
    assert len(named) > 80
    assert missing == set()


def test_each_name_is_in_its_module(places: str) -> None:
    named = re.findall(r"`([A-Za-z_]+)(?:\.[a-z_]+)?` in `([a-z_]+/[a-z_/]+)`", places)
    missing = {
        (name, module)
        for name, module in named
        if not re.search(rf"\b{name}\b", (SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert missing == set()
