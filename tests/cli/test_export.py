"""``gaigai export`` as it is used: formats, files, pipes, and the list read back."""

import json
from pathlib import Path

import pytest

from tests.program import Gaigai, in_shell
from tests.transcript import EXAMPLE, SHIPPED, copied


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return copied(EXAMPLE, tmp_path)


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("name", ["xlsx", "csv", "json", "md"])
def test_to_a_file_and_to_a_pipe(data: Path, gaigai: Gaigai, name: str) -> None:
    written = gaigai("export", "--out", f"清单.{name}")
    piped = in_shell("export", "--format", name, cwd=data.parent)

    assert (written.status, written.out, written.err) == (0, "", f"已写入 清单.{name}。\n")
    assert (data.parent / f"清单.{name}").read_bytes() == piped.stdout
    assert gaigai("export", "--out", f"清单.{name}").status == 0


def test_there_and_back(data: Path, gaigai: Gaigai) -> None:
    """What import makes of the JSON is the same list, which exports to the same JSON."""
    gaigai("export", "--out", "清单.json")
    run = gaigai("import", "清单.json", "--out", "新/data")

    assert run.status == 0, run.err
    again = gaigai("--data", "新/data", "export", "--format", "json")
    assert again.out == (data.parent / "清单.json").read_text(encoding="utf-8")
    assert sorted(p.name for p in Path("新/data").iterdir()) == [
        ".gitattributes",
        ".gitignore",
        "departments.yaml",
        "rules.yaml",
        "tasks.yaml",
    ]
    assert gaigai("--data", "新/data", "check").status == 0


def test_a_reform_of_units_goes_along_in_json_alone(data: Path, gaigai: Gaigai) -> None:
    with (data / "departments.yaml").open("a", encoding="utf-8", newline="\n") as units:
        units.write(
            "reforms:\n  - basis: 示例发〔2024〕8号\n    effective: 2024-07-01\n    handed_over: 2024-07-01\n"
            "    became: [{unit: 县城管局, to: [县住建局]}]\n"
        )
    told = "提示：机构改革（reforms）没有写进去，要一并带走的请导出 json。"

    assert told in gaigai("export", "--out", "清单.xlsx").err
    assert told not in gaigai("export", "--out", "清单.json").err
    assert gaigai("import", "清单.json", "--out", "新/data").status == 0
    assert "effective: 2024-07-01" in Path("新/data/departments.yaml").read_text(encoding="utf-8")


def test_the_notices_table_is_read_as_a_notice(gaigai: Gaigai, tmp_path: Path) -> None:
    """The table with its merged cells is what import makes the same tasks, items, units and deadlines of."""
    table = tmp_path / "清单.md"
    gaigai("--data", str(SHIPPED), "export", "--out", str(table))
    run = gaigai("import", str(table), "--out", str(tmp_path / "data"))

    assert run.status == 0, run.err
    lists = [
        json.loads(gaigai("--data", str(d), "export", "--format", "json").out)["tasks.yaml"]
        for d in (SHIPPED, tmp_path / "data")
    ]
    for one in lists:
        one["notice"].pop("addressee")
        for task in one["tasks"]:
            for item in task["items"]:
                item.pop("indicators", None)
    assert lists[0]["tasks"] == lists[1]["tasks"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "没有写明格式"),
        (("--format", "pdf"), "--format 没有“pdf”这一种"),
        (("--out", "清单.pdf"), "--out 的文件不能写成 pdf。扩展名可写：xlsx、csv、json、md"),
        (("--format", "csv", "--out", "清单.xlsx"), "--out 的文件名是 xlsx，--format 却是 csv"),
        (("--out", "清单"), "没有写明格式"),
        (("--format", "md", "--out", "data"), "“data”是一个文件夹"),
        (("--out", "旧.md"), "“旧.md”已存在，没有覆盖"),
    ],
)
def test_wrong_use(data: Path, gaigai: Gaigai, words: tuple[str, ...], sentence: str) -> None:
    (data.parent / "旧.md").write_text("旧", encoding="utf-8")

    run = gaigai("export", *words)

    assert (run.status, run.out) == (2, "")
    assert sentence in run.err
    assert (data.parent / "旧.md").read_text(encoding="utf-8") == "旧"


def test_import_of_an_export_takes_no_options_for_notices(data: Path, gaigai: Gaigai) -> None:
    gaigai("export", "--out", "清单.json")
    run = gaigai("import", "清单.json", "--update", "data")

    assert run.status == 2
    assert "--update（修订后的通知）在这里不起作用" in run.err
