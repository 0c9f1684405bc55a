"""往来: two offices at two pages, their records to each other through a bare repository."""

from datetime import datetime
from pathlib import Path

import pytest

from gaigai_cli.model.calendar import CHINA
from tests.history.clones import cloned, served
from tests.program import Gaigai
from tests.web.client import Page, plain

pytestmark = pytest.mark.external("git")
NOW = datetime(2024, 6, 14, 15, 30, 12, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def _commits_are_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, "2024-06-14T15:00:00+08:00")


def at(bare: Path, name: str, unit: str, gaigai: Gaigai) -> Page:
    """The page of a clone that is set up."""
    data = cloned(bare, name, unit) / "data"
    run = gaigai("--data", str(data), "git-setup", "--unit", unit)
    assert run.status == 0, run.err
    return Page(data, data.parent.parent / f"{name}.json", now=NOW)


def test_what_one_records_the_other_receives(tmp_path: Path, gaigai: Gaigai) -> None:
    bare = served(tmp_path)
    unit, office = at(bare, "财政", "县财政局", gaigai), at(bare, "工改", "县工改办", gaigai)
    form = unit.form("/登记/进展?item=16.2")
    assert plain(unit.send(form, "write", summary="已拨付。")).startswith("已登记")
    assert "有1条记录还没有送出" in plain(unit.text("/往来"))
    assert "已推送1个提交到 origin 的 main" in unit.send(unit.form("/往来"))
    assert "本机的记录都已送出" in plain(unit.text("/往来"))
    assert "收到别人的1个提交" in office.send(office.form("/往来"))
    assert "已拨付。" in office.text("/事项/16.2")
    assert "没有新的记录，本机与 origin 的 main 一致" in office.send(office.form("/往来"))
    bare.rename(tmp_path / "搬走了.git")
    told = plain(office.send(office.form("/往来")))
    assert "登记时间" in told
    assert "连不上" in told or "不存在" in told or "远端" in told
