"""The page as a process: what a second start does, where the first still serves."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from gaigai_cli.web.guard import Secret
from tests.program import in_shell
from tests.transcript import SHIPPED, copied


@pytest.fixture(name="place")
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied(SHIPPED, tmp_path)
    for name in ("APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    return tmp_path


@pytest.fixture(name="first")
def _first(place: Path) -> Iterator["subprocess.Popen[bytes]"]:
    words = [sys.executable, "-m", "gaigai_cli", "page", "--no-browser"]
    first = subprocess.Popen(words, cwd=place, stderr=subprocess.PIPE, env=os.environ)
    with first:
        yield first
        first.kill()


def test_a_second_start_finds_the_page_that_is_served(
    place: Path, first: "subprocess.Popen[bytes]"
) -> None:
    assert first.stderr is not None
    start = first.stderr.readline().decode("utf-8").strip().removeprefix("工改的网页：")
    assert urlopen(start).status == 200
    with pytest.raises(HTTPError):
        urlopen(start)  # a key is good once

    second = in_shell("page", "--no-browser", cwd=place)

    assert second.returncode == 0
    assert second.stderr.decode("utf-8").startswith("这份清单的网页已经打开")
    again = first.stderr.readline().decode("utf-8").strip().removeprefix("工改的网页：")
    assert (again != start, again.partition("?")[0]) == (True, start.partition("?")[0])
    assert urlopen(again).status == 200
    assert [file.suffix for file in (place / "own" / "gaigai").iterdir()] == [".lock"]


def test_a_new_key_takes_the_place_of_the_old_one() -> None:
    secret = Secret(47000)
    old = secret.key
    cookie = secret.give(old)

    again = secret.again().partition("key=")[2]

    assert again != old
    assert secret.give(old) is None
    assert secret.give(again) == cookie
    assert secret.give(again) is None
