"""A short form of the year of clones that ``python -m bench.year`` runs."""

from pathlib import Path

import pytest

from bench.year import simulate

pytestmark = pytest.mark.external("git")


@pytest.mark.parametrize("driver", [True, False])
def test_nothing_is_lost(tmp_path: Path, driver: bool) -> None:
    year = simulate(tmp_path, months=1, clones=4, driver=driver, seed=1)

    assert len(year.recorded) >= 10
    assert year.counts["applications taken back"] == 2
    merged = (
        "logs merged by git's driver" if driver else "conflicts in one log, both sides kept by hand"
    )
    assert year.counts[merged] == 1
