"""New directories, started without a command line."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.findings import check
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
    old, new = directory.ledger.tasks.by_id, Directory(made.folder, NOW).ledger.tasks.by_id
    assert list(new) == [one.id for one in made.draft.carried]
    assert all(new[id_].item.content == old[id_].item.content for id_ in new)
    with pytest.raises(GaigaiError, match="下一年是2025"):
        next_year(directory, None, 2026)


REFORM = """
reforms:
  - basis: 示例发〔2024〕8号
    effective: 2024-07-01
    {handed_over}
    new: [{{name: 示例水务局}}]
    became:
      - {{unit: 县水利局, to: [示例水务局]}}
      - {{unit: 县城管局, to: [县住建局]}}
"""


def test_units_that_were_reformed_have_their_names_of_today(tmp_path: Path) -> None:
    """The new list knows no reform any more; before the handing over nobody can say who goes on."""
    data = copied(EXAMPLE, tmp_path)
    file = data / "departments.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + REFORM.format(handed_over=""), encoding="utf-8", newline="\n")
    with pytest.raises(GaigaiError, match="还没有交接完成"):
        next_year(Directory(data, NOW), None, 2025)
    over = REFORM.format(handed_over="handed_over: 2024-08-01")
    file.write_text(text + over, encoding="utf-8", newline="\n")

    made = next_year(Directory(data, NOW), None, 2025)
    made.write()

    new = Directory(made.folder, NOW).ledger
    names = {unit.name for unit in new.units.all}
    assert names & {"县水利局", "县城管局", "示例水务局", "县住建局"} == {"示例水务局", "县住建局"}
    assert new.units.canonical("县水利局") == "示例水务局"
    assert check(new, today=NOW.date()) == ()


def test_a_folder_with_something_in_it_is_not_practised_in(tmp_path: Path) -> None:
    practise(tmp_path / "练习")
    assert Directory(tmp_path / "练习/data", NOW).example
    with pytest.raises(GaigaiError, match="已有内容"):
        practise(tmp_path / "练习")
