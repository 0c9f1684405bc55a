"""New directories, started without a command line."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.new_year import next_year, practise, start_list
from tests.transcript import EXAMPLE, copied

NOW = datetime(2025, 1, 3, 9, tzinfo=timezone(timedelta(hours=8)))


def test_an_empty_list_is_sound_and_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "新清单"
    start_list(folder, title="", office="", day=date(2025, 1, 3))
    new = Directory(folder, NOW)
    assert (new.findings, new.ledger.tasks.notice.title) == ((), "2025年工作任务清单")
    with pytest.raises(GaigaiError):
        start_list(folder, title="", office="", day=date(2025, 1, 3))


def test_what_is_unfinished_is_carried_over(tmp_path: Path) -> None:
    directory = Directory(copied(EXAMPLE, tmp_path), NOW)
    made = next_year(directory, None, 2025)
    assert not made.folder.exists()
    made.write()
    items = Directory(made.folder, NOW).ledger.tasks.by_id
    assert set(items) == {one.new for one in made.draft.carried}
    with pytest.raises(GaigaiError, match="下一年是2025"):
        next_year(directory, None, 2026)


def test_a_folder_with_something_in_it_is_not_practised_in(tmp_path: Path) -> None:
    practise(tmp_path / "练习")
    assert Directory(tmp_path / "练习/data", NOW).example
    with pytest.raises(GaigaiError, match="已有内容"):
        practise(tmp_path / "练习")
