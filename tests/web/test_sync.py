"""往来: two offices at two pages, their records to each other through a bare repository."""

from datetime import datetime
from pathlib import Path

import pytest

from gaigai_cli.model.calendar import CHINA
from tests.history.clones import cloned, git, served
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
    (office.data / "tasks.yaml").write_bytes((office.data / "tasks.yaml").read_bytes() + b"\n")
    told = "没有本单位新的记录；另有1个文件的改动不是本单位的记录，没有提交。"
    assert told in office.send(office.form("/往来"))
    bare.rename(tmp_path / "搬走了.git")
    told = plain(office.send(office.form("/往来")))
    assert "登记时间" in told
    assert "连不上" in told or "不存在" in told or "远端" in told


def test_records_that_others_have_deleted_are_told(tmp_path: Path, gaigai: Gaigai) -> None:
    """A remote without the hook takes that."""
    bare = served(tmp_path)
    unit, other = at(bare, "财政", "县财政局", gaigai), at(bare, "工改", "县工改办", gaigai)
    unit.send(unit.form("/登记/进展?item=16.2"), "write", summary="已拨付。")
    unit.send(unit.form("/往来"))
    other.send(other.form("/往来"))
    log = other.data / "progress" / "县财政局.yaml"
    text = log.read_text(encoding="utf-8").replace("已拨付。", "未拨付。")
    log.write_text(text, encoding="utf-8", newline="\n")
    git(other.data, "commit", "-q", "--no-verify", "-a", "-m", "整理")
    git(other.data, "push", "-q", "--no-verify")

    told = plain(unit.send(unit.form("/往来")))

    assert "收到别人的1个提交。收到的提交删改了1条已有的记录：20240614-" in told
    assert "。记录只增不改，请告知县工改办核对。" in told


def test_what_is_not_committed_is_asked_about_before_it_is_issued(
    tmp_path: Path, gaigai: Gaigai
) -> None:
    office = at(served(tmp_path), "工改", "县工改办", gaigai)
    (office.data / "tasks.yaml").write_bytes((office.data / "tasks.yaml").read_bytes() + b"\n")
    form = office.form("/通报?month=2024-05", "签发")
    said = {"number": "示例发〔2024〕9号", "final": "1", "force": "1"}
    told = "数据目录有尚未提交的改动，不记录提交号，今后不能重算核对"
    remedy = "请先提交；不提交也要签发的，勾选“不先提交，仍然签发”"
    assert f"{told}。{remedy}" in office.send(form, **said)
    assert "已签发2024年5月通报" in office.send(form, **said, uncommitted="1")
