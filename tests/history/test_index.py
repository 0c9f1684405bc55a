"""The index of a clone is put in place whole, and stays as it was where something goes wrong."""

import os
from pathlib import Path
from typing import Any

import pytest

from gaigai_cli.history.index import copied_index, index_replaced
from gaigai_cli.history.repository import repository
from tests.history.clones import git, served

pytestmark = pytest.mark.external("git")


def test_an_index_that_a_scanner_looks_at_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "-q", str(served(tmp_path)), "一")
    place = repository(tmp_path / "一" / "data")
    waited: list[float] = []
    replacing = os.replace

    def replace(source: Any, target: Any) -> None:
        if Path(target).name == "index" and len(waited) < 2:
            error = PermissionError(13, "denied", str(target))
            error.winerror = 5  # type: ignore[attr-defined, unused-ignore]  # only there on Windows
            raise error
        replacing(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr("time.sleep", waited.append)

    with copied_index(place) as index:
        place.run("rm", "-q", "--cached", "-r", "data", settings=index)
        with index_replaced(place, index):
            pass

    assert len(waited) == 2
    assert git(tmp_path / "一", "ls-files") == ""
