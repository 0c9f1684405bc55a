"""The index of a clone is put in place whole, and stays as it was where something goes wrong."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gaigai_cli.history.index import copied_index, drop_leftovers, index_replaced, scratch_index
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


def test_what_a_killed_run_has_left_is_cleared_away(tmp_path: Path) -> None:
    """A folder that is still worked in stays."""
    git(tmp_path, "clone", "-q", str(served(tmp_path)), "一")
    place = repository(tmp_path / "一" / "data")
    killed = (
        "import os, sys\nfrom pathlib import Path\n"
        "from gaigai_cli.history.index import scratch_index\n"
        "from gaigai_cli.history.repository import repository\n"
        "with scratch_index(repository(Path(sys.argv[1]))):\n    os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(place.data)], check=False)
    (left,) = place.own.glob("gaigai-*")
    earlier, begun = place.own / "gaigai-earlier", place.own / "gaigai-begun"
    earlier.mkdir()
    (earlier / "index").touch()  # as an earlier version did, without holding it
    begun.mkdir()

    with scratch_index(place) as index:
        drop_leftovers(place)
        held = Path(index["GIT_INDEX_FILE"]).parent
        assert {*place.own.glob("gaigai-*")} == {held, begun}
        assert held != left
    assert [*place.own.glob("gaigai-*")] == [begun]
