"""A short form of the year of clones that ``python -m bench.year`` runs."""

from pathlib import Path

import pytest

from bench.year import simulate

pytestmark = [
    pytest.mark.external("git"),
    pytest.mark.usefixtures("ready"),
    pytest.mark.thorough,
]


@pytest.mark.parametrize("driver", [True, False])
def test_nothing_is_lost(tmp_path: Path, driver: bool) -> None:
    year = simulate(tmp_path, months=1, clones=3, driver=driver, seed=2)

    assert len(year.recorded) >= 6
    assert year.counts["amendments"] == 1
    merged = (
        "logs merged by git's driver" if driver else "conflicts in one log, both sides kept by hand"
    )
    assert year.counts[merged] == 1
