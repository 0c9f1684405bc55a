"""Which data directory is meant, and what is said of a wrong one."""

from pathlib import Path

import pytest

from gaigai_cli.cli.place import places
from gaigai_cli.errors import GaigaiError
from tests.program import Gaigai


@pytest.fixture
def project(tmp_path: Path) -> Path:
    data = tmp_path / "project" / "data"
    (data / "progress").mkdir(parents=True)
    (data / "tasks.yaml").touch()
    (data.parent / "docs" / "notes").mkdir(parents=True)
    return data.parent


@pytest.mark.parametrize("inside", [".", "docs", "docs/notes", "data", "data/progress"])
def test_nearest_upwards(project: Path, inside: str) -> None:
    (found,) = places((), here=project / inside)

    assert found.name == ""
    assert found.data.resolve() == (project / "data").resolve()


def test_here_if_the_list_is_here(project: Path, tmp_path: Path) -> None:
    other = project / "docs"
    (other / "tasks.yaml").touch()

    assert places((), here=other) == (("", other),)


def test_named(project: Path, tmp_path: Path) -> None:
    assert places(["project/data"], "--data 的值", here=tmp_path) == (("", project / "data"),)


def test_setting(
    gaigai: Gaigai, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    named = gaigai("check", GAIGAI_DATA=str(project / "data"))
    wrong = gaigai("check", GAIGAI_DATA="没有")

    assert "tasks.yaml" in named.out
    assert (wrong.status, wrong.err.endswith("请核对 GAIGAI_DATA 的值。\n")) == (2, True)


def test_without_the_list_still_a_data_directory(project: Path) -> None:
    (project / "data" / "tasks.yaml").unlink()

    assert places(["data"], here=project) == (("", project / "data"),)


def test_nothing_found(tmp_path: Path) -> None:
    with pytest.raises(GaigaiError) as raised:
        places((), here=tmp_path)

    assert str(raised.value) == (
        f"从“{tmp_path.as_posix()}”向上没有找到 data/tasks.yaml。"
        "请进入清单所在的文件夹，或用 --data 指明数据目录"
    )


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("没有", "没有“{here}/没有”这个文件夹。请核对 --data 的值"),
        ("project", "“{here}/project”里没有 tasks.yaml，不是数据目录。"
         "是否要写“{here}/project/data”？"),
        ("project/docs", "“{here}/project/docs”里没有 tasks.yaml，不是数据目录。"
         "请核对 --data 的值"),
        ("project/data/tasks.yaml", "“{here}/project/data/tasks.yaml”是一个文件，不是文件夹。"
         "--data 的值应写数据目录"),
    ],
)  # fmt: skip
def test_wrong(project: Path, tmp_path: Path, named: str, sentence: str) -> None:
    with pytest.raises(GaigaiError) as raised:
        places([named], "--data 的值", here=tmp_path)

    assert str(raised.value).replace("\\", "/") == sentence.format(here=tmp_path.as_posix())
