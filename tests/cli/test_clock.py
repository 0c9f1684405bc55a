"""Now is UTC+8, to the second; a setting stops the clock."""

from datetime import datetime, timedelta

import pytest

from gaigai_cli.cli.run import CHINA, now
from gaigai_cli.errors import GaigaiError


def test_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAIGAI_NOW", "2024-06-14T15:30:12")

    assert now() == datetime(2024, 6, 14, 15, 30, 12, tzinfo=CHINA)


def test_without_setting() -> None:
    moment = now()

    assert moment.utcoffset() == timedelta(hours=8)
    assert moment.microsecond == 0


@pytest.mark.parametrize(
    "words", ["2024-06-14", "今天", "2024-06-14T25:00:00", "2024-06-14 15:30:12"]
)
def test_wrong_setting(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setenv("GAIGAI_NOW", words)

    with pytest.raises(GaigaiError, match="GAIGAI_NOW"):
        now()
