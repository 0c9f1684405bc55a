"""Now is UTC+8, to the second; a setting stops the clock. A clock that is behind is told of."""

import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gaigai_cli.cli.environment import now
from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.calendar import CHINA
from tests.program import Gaigai, Run
from tests.terminal import converse
from tests.transcript import SHIPPED, copied


def test_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAIGAI_NOW", "2024-06-14T15:30:12")

    assert now() == datetime(2024, 6, 14, 15, 30, 12, tzinfo=CHINA)


def test_without_setting() -> None:
    moment = now()

    assert moment.utcoffset() == timedelta(hours=8)
    assert moment.microsecond == 0


@pytest.mark.parametrize(
    "words",
    ["2024-06-14", "今天", "2024-06-14T25:00:00", "2024-06-14 15:30:12", "9999-12-31T23:59:59"],
)
def test_wrong_setting(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setenv("GAIGAI_NOW", words)

    with pytest.raises(GaigaiError, match="GAIGAI_NOW"):
        now()


FIRST = "2024-06-14T15:30:12"
BEHIND = "2024-06-10T09:00:00"
UPDATE = ("update", "16.2", "--unit", "czj", "--by", "示例丙", "--summary")
OTHER = ("update", "7.1", "--unit", "zjj", "--by", "示例丁", "--summary", "示例。")
NUMBER = "20240614-153012-"


@pytest.fixture
def data(tmp_path: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list in which one unit has recorded something."""
    monkeypatch.chdir(tmp_path)
    data = copied(SHIPPED, tmp_path, example=True)
    assert gaigai(*UPDATE, "示例一。", GAIGAI_NOW=FIRST).status == 0
    return data


def records(data: Path) -> str:
    return "".join(log.read_text(encoding="utf-8") for log in (data / "progress").glob("*.yaml"))


def is_told(run: Run) -> bool:
    return "时钟像是慢了" in run.err


def test_a_clock_that_is_behind_is_told_of_and_the_record_written(
    data: Path, gaigai: Gaigai
) -> None:
    """The newest number of any unit counts."""
    run = gaigai(*OTHER, GAIGAI_NOW=BEHIND)

    assert run.status == 0
    assert run.err.startswith(
        f"提示：电脑的时间是2024-06-10 09:00，早于县财政局已登记的记录{NUMBER}"
    )
    assert "id: 20240610-090000-" in records(data)


@pytest.mark.parametrize(
    ("moment", "told"),
    [("2024-06-14T14:30:12", False), ("2024-06-14T14:30:11", True), (FIRST, False)],
)
def test_an_hour_is_nothing(moment: str, told: bool, data: Path, gaigai: Gaigai) -> None:
    assert is_told(gaigai(*OTHER, "--dry-run", GAIGAI_NOW=moment)) == told


def test_what_is_void_shows_nothing(data: Path, gaigai: Gaigai) -> None:
    """After a day on which the clock was ahead, it isn't told of as behind for ever."""
    void = ("correct", NUMBER, "--void", "--reason", "时钟快了。", "--by", "示例丙")

    run = gaigai(*void, GAIGAI_NOW=BEHIND)
    assert (run.status, is_told(run)) == (0, True)

    assert not is_told(gaigai(*OTHER, GAIGAI_NOW=BEHIND))


def test_what_is_decided_stays_whatever_the_clock_says(data: Path, gaigai: Gaigai) -> None:
    """A 更正 numbered before the ruling that it comes after; the server wouldn't take it either."""
    applied = ("done", "16.2", "--evidence", "示例〔2024〕15号", "--unit", "czj", "--by", "示例丙")
    assert gaigai(*applied, GAIGAI_NOW="2024-06-14T16:00:00").status == 0
    (number,) = re.findall("20240614-160000-[0-9a-f]{8}", records(data))
    ruling = ("verify", "16.2", "--by", "示例办")
    assert gaigai(*ruling, GAIGAI_NOW="2024-06-15T09:00:00").status == 0
    before = records(data)

    change = ("correct", number, "--set", "佐证=别的号", "--reason", "误报。", "--by", "示例丙")
    run = gaigai(*change, GAIGAI_NOW="2024-06-14T17:00:00")

    assert (run.status, "不能再更正" in run.err) == (2, True)
    assert records(data) == before


@pytest.mark.external("git")
def test_a_commit_later_than_the_clock(
    data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, "2024-06-20T10:00:00+08:00")
    who = ("-c", "user.name=示例", "-c", "user.email=someone@example.invalid")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "示例")):
        subprocess.run(["git", *words], check=True)

    run = gaigai(*OTHER, "--dry-run", GAIGAI_NOW="2024-06-19T10:00:00")

    assert "早于仓库里2024-06-20 10:00的提交，时钟像是慢了" in run.err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(("answer", "status"), [("是", 0), ("", 130)])
def test_on_a_terminal_it_is_asked(answer: str, status: int, data: Path) -> None:
    before = records(data)

    found, screen = converse(
        OTHER,
        (("仍按这个时间继续（是/否）［否］：", answer),),
        cwd=data.parent,
        settings={"GAIGAI_NOW": BEHIND},
    )

    assert found == status
    assert (records(data) == before) == (status != 0)
    assert "时钟像是慢了" in screen


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
@pytest.mark.usefixtures("ready")
def test_the_way_out_asks_nothing(data: Path) -> None:
    void = ("correct", NUMBER, "--void", "--reason", "时钟快了。", "--by", "示例丙")

    status, screen = converse(void, (), cwd=data.parent, settings={"GAIGAI_NOW": BEHIND})

    assert status == 0
    assert "是/否" not in screen
    assert "void: true" in records(data)
