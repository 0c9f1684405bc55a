"""State files: written of a list, read beside lists or in their place, and the bulletin on all of them."""

import json
import os
import shutil
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gaigai_cli.model.lists import StateFile
from tests.cli.test_several import NAMES, break_one, run
from tests.program import Gaigai, SameAsFile, in_process
from tests.transcript import EXAMPLE, THREE

DAY = "2024-06-30"
KEPT = THREE / "reports" / "2024-06-汇总.md"


@pytest.fixture(name="top")
def _top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(THREE, tmp_path / "三县")
    monkeypatch.chdir(tmp_path / "三县")
    return tmp_path / "三县"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the state of each list at the end of June, to be copied."""
    top = tmp_path_factory.mktemp("states") / "三县"
    shutil.copytree(THREE, top)
    (top / "状态").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(top)
        for name in NAMES:
            export(partial(in_process, patch), name, DAY)
    return top / "状态"


@pytest.fixture(name="states")
def _states(exported: Path, top: Path) -> str:
    shutil.copytree(exported, top / "状态")
    return "状态"


def export(gaigai: Gaigai, name: str, day: str) -> Path:
    out = f"状态/{name}-{day[:7]}.json"
    line = f"export --state --data {name}/data --as-of {day} --out {out}"
    assert run(gaigai, line).err.endswith(f"已写入 {out}。\n")
    return Path(out)


@pytest.mark.parametrize(
    "line",
    [
        "list",
        "list --sort 时限 --format csv",
        "list --dept 财政局 --format json",
        "status",
        "status --format json",
        "overdue",
        "due --within 400",
        "depts",
        "depts 财政局",
    ],
)
def test_a_state_file_gives_what_the_list_gives(
    gaigai: Gaigai, top: Path, states: str, line: str
) -> None:
    files = " ".join(f"--state {states}/{name}-2024-06.json" for name in NAMES)
    folders = " ".join(f"--data {name}/data" for name in NAMES)

    assert run(gaigai, f"{line} {files}") == run(gaigai, f"{line} {folders} --as-of {DAY}")
    both = f"--data 甲县/data --state {states}/乙县-2024-06.json --state {states}/丙区-2024-06.json"
    assert run(gaigai, f"{line} {both} --as-of {DAY}").out == run(gaigai, f"{line} {files}").out


def keys_in(value: Any) -> set[str]:
    """Every key in a value, however deep."""
    if isinstance(value, list):
        return {key for each in value for key in keys_in(each)}
    if not isinstance(value, dict):
        return set()
    return {*value, *(key for each in value.values() for key in keys_in(each))}


def test_the_file_is_as_its_schema_says_and_has_no_person_and_no_evidence(gaigai: Gaigai) -> None:
    made = gaigai(
        "export",
        "--state",
        "--as-of",
        "2024-09-30",
        "--data",
        str(EXAMPLE),
        GAIGAI_NOW="2024-10-08T09:00:00",
    )
    found = json.loads(made.out)

    assert StateFile.model_validate(found).day.isoformat() == "2024-09-30"
    assert (found["figures"]["due"], found["figures"]["on_time"]) == (2, 0)
    assert any("suspended" in item for item in found["items"])
    found["kept"].pop("rules")  # by which day of the month reports are due
    unwanted = {"by", "evidence", "source", "signer", "approved_by", "leader", "contact", "phone"}
    assert keys_in(found) & {*unwanted, "metrics"} == set()


@pytest.mark.external("git")
def test_somebody_else_gets_the_same_bytes_of_the_commit(
    gaigai: Gaigai, top: Path, states: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = Path(states, "甲县-2024-06.json").read_bytes()
    for words in ("init -q", "add .", "-c user.name=a -c user.email=a@b.invalid commit -qm 示例"):
        subprocess.run(["git", *words.split()], cwd=top, check=True)
    clone = tmp_path / "别处" / "克隆"
    subprocess.run(["git", "clone", "-q", top.as_posix(), clone.as_posix()], check=True)
    head = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=top).decode().strip()
    line = f"export --state --format json --as-of {DAY} --data 甲县/data"
    here = run(gaigai, line).out
    with (top / "甲县/data/progress/甲县住建局.yaml").open("a", encoding="utf-8") as log:
        log.write("# 又改了\n")
    changed = run(gaigai, line).out
    committed = run(gaigai, f"{line} --at HEAD").out
    monkeypatch.chdir(clone)

    assert gaigai(*line.split(), GAIGAI_NOW="2026-01-01T09:00:00").out == here == committed
    assert f'"commit": "{head}",\n"clean": true' in here
    assert f'"commit": "{head}",\n"clean": false' in changed
    assert (
        here.encode()
        .replace(f'"{head}"'.encode(), b"null")
        .replace(b'"clean": true', b'"clean": false')
        == without
    )


def test_of_each_list_the_newest_that_is_asked_for(gaigai: Gaigai, top: Path, states: str) -> None:
    export(gaigai, "甲县", "2024-05-31")

    days = [
        one["as_of"]
        for one in json.loads(run(gaigai, f"status --format json --state {states}").out)["lists"]
    ]
    assert days == [DAY] * 3
    earlier = run(gaigai, f"status --state {states} --as-of 2024-06-15")
    assert earlier.status == 1
    assert "甲县     3     3" in earlier.out
    assert (
        earlier.err.splitlines()[0]
        == "丙区没有读取：状态/丙区-2024-06.json是2024年6月30日的。请给出更早的状态文件。"
    )
    assert earlier.err.endswith("以下是3份清单中1份的情况，丙区、乙县没有计入。\n")
    for name in NAMES[1:]:
        export(gaigai, name, "2024-05-31")
    of_may = run(gaigai, f"report --roll-up --month 2024-05 --stdout --state {states}")
    assert (of_may.status, of_may.err) == (0, "")


def test_no_file_is_of_a_day_to_come(gaigai: Gaigai, top: Path, states: str) -> None:
    """Of a clock that is wrong, or made by hand: the last one before it counts."""
    text = Path(states, "甲县-2024-06.json").read_text("utf-8").replace(DAY, "2024-07-03")
    Path(states, "甲县-2024-07.json").write_text(text, encoding="utf-8")

    assert run(gaigai, f"status --state {states}").out.count("截至2024年6月30日") == 1
    alone = run(
        gaigai, f"status --state {states}/甲县-2024-07.json --state {states}/乙县-2024-06.json"
    )
    assert alone.status == 1
    assert alone.err.startswith("甲县没有读取：状态/甲县-2024-07.json是2024年7月3日的。")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("list --state 没有", "/没有”这个文件或文件夹。请核对 --state 的值。"),
        ("list --state 甲县", "里没有状态文件（.json）。请核对 --state 的值。"),
        ("list --state 状态 --data 甲县/data", "甲县既有数据目录又有状态文件。请只留一种。"),
        ("list --state 状态 --at HEAD", "--at（读取 git 中这个提交的数据）在这里不起作用。"),
        ("list --state lists.yaml", "lists没有读取：lists.yaml不是 gaigai export --state 导出的状态文件，或已经改动。"),
        ("todo --state 状态", "没有 --state 这个选项"),
        ("export --state --format xlsx --data 甲县/data", "状态文件只有 json 一种格式。"),
        ("export --state --out 甲.xlsx --data 甲县/data", "状态文件只有 json 一种格式。"),
        ("export --state --as-of 2024-07-03 --data 甲县/data", "2024年7月3日还没有到。状态文件写的是已经发生的事"),
        ("export --state --as-of 2024-01-31 --data 甲县/data", "2024年1月在任务清单印发（2024-03-01）之前"),
        ("export --as-of 2024-06-30 --format md --data 甲县/data", "--as-of"),
        ("export --state", "这里有3份清单（甲县、乙县、丙区），这条命令一次只用一份。"),
        ("report --roll-up", "没有写明通报月份。"),
        ("report --roll-up --month 2024-06 --unit 财政局", "--unit（只出这个单位的任务落实情况告知单）在这里不起作用。"),
        ("report --roll-up --month 2024-06 --letterhead", "--letterhead 只用于通报的 docx。"),
        ("report --roll-up --month 2024-08", "2024年8月还没有开始（今天是2024-07-02），不能通报。"),
        ("report --roll-up --month 2024-06 --data 甲县/data", "这里只有一份清单，没有可汇总的。"),
        ("report --roll-up --month 2024-06 --issue 定稿.docx", "汇总通报没有 --issue。文号和日期请在定稿上填写；"),
        ("report --roll-up --verify 2024-06", "汇总通报没有 --verify。"),
        ("report --roll-up --quarter 2024-Q2", "汇总通报没有 --quarter。汇总通报按月出，请写 --month"),
        ("report --roll-up --month 2024-02", "2024年2月在任务清单印发（2024-03-01）之前"),
        ("report --month 2024-06 --state 状态 --data 甲县/data", "--state（读取状态文件"),
    ],
)  # fmt: skip
def test_what_is_refused(gaigai: Gaigai, states: str, line: str, said: str) -> None:
    refused = run(gaigai, line)

    assert (refused.status, refused.out) == (2, "")
    assert said in refused.err
    assert sorted(path.name for path in Path().iterdir()) == [
        "README.md", "lists.yaml", "reports", "丙区", "乙县", "状态", "甲县",
    ]  # fmt: skip


def test_files_of_one_name_are_of_two_lists_and_one_list_has_two_names(
    gaigai: Gaigai, top: Path, states: str
) -> None:
    for name in NAMES[:2]:
        Path(name, "当月.json").write_bytes(Path(states, f"{name}-2024-06.json").read_bytes())
    line = "status --format json --state 甲县/当月.json --state 乙县/当月.json"

    two = json.loads(run(gaigai, line).out)["lists"]
    renamed = run(gaigai, f"status --state {export(gaigai, '甲县', '2024-05-31')} --state 甲县")
    twice = run(gaigai, f"status --state {states} --state 甲县/当月.json")

    assert [one["list"] for one in two] == ["甲县/当月", "乙县/当月"]
    assert "1份清单总体情况  截至2024年6月30日" in renamed.out
    assert (twice.status, twice.out) == (2, "")
    assert "是同一份清单同一天的。请只留一个。" in twice.err


def test_a_search_says_in_which_words_it_looked(gaigai: Gaigai, states: str) -> None:
    found = run(gaigai, f"list --search 初稿 --state {states}")

    assert "没有符合条件的事项。" in found.out
    assert found.err == "状态文件里没有进展的文字，--search 在其中只查清单原文。\n"


def test_the_bulletin_on_three_lists(
    gaigai: Gaigai, top: Path, states: str, same_as_file: SameAsFile
) -> None:
    line = "report --roll-up --month 2024-06"
    shown = run(gaigai, f"{line} --format md,docx,html,xlsx --force")

    assert (shown.status, shown.err.count("汇总.")) == (0, 4)
    assert "附件：1. 任务台账" in shown.out
    text = (top / "reports" / "2024-06-汇总.md").read_text(encoding="utf-8")
    files = " ".join(f"--state {states}/{name}-2024-06.json" for name in NAMES)
    assert run(gaigai, f"{line} --stdout {files}").out == text
    same_as_file(text, KEPT)


def test_a_list_that_is_not_in_it_is_named_in_it(gaigai: Gaigai, top: Path, states: str) -> None:
    break_one(top)
    (top / states / "甲县-2024-06.json").unlink()
    export(gaigai, "甲县", "2024-06-20")

    broken = run(gaigai, "report --roll-up --month 2024-06 --stdout")
    other_day = run(gaigai, f"report --roll-up --month 2024-06 --stdout --state {states}")

    for found, name in ((broken, "乙县"), (other_day, "甲县")):
        assert found.status == 1
        assert f"\n{name}的清单未能读取，未计入以上数字。\n" in found.out
        assert found.out.startswith("> **示例数据，非真实进展**")
        assert "2个县区共有" in found.out
        assert found.err.startswith(f"{name}没有读取：")
    assert "截至2024年6月20日，不是2024年6月30日" in other_day.err


def test_without_lists_yaml_who_signs_is_left_open(gaigai: Gaigai, top: Path, states: str) -> None:
    (top / "lists.yaml").unlink()

    made = run(gaigai, f"report --roll-up --month 2024-06 --state {states}")

    assert made.status == 0
    assert "没有写明落款，请在 lists.yaml 的 roll_up 中写 signer" in made.err
    text = (top / "reports" / "2024-06-汇总.md").read_text(encoding="utf-8")
    assert "\n×××\n" in text
    (top / "lists.yaml").write_text("roll_up: {signer: 示例市办}\n", encoding="utf-8")
    assert (
        "\n示例市办\n"
        in run(gaigai, f"report --roll-up --month 2024-06 --stdout --state {states}").out
    )
    assert "lists.yaml 里没有写清单（lists）" in run(gaigai, "list").err


def test_what_a_city_says_of_a_county_is_what_the_county_says(
    gaigai: Gaigai, tmp_path: Path
) -> None:
    """Problems and close-outs are the county's own sentences, its office called by its name."""
    for month in ("2024-08", "2024-09", "2024-12"):
        lists = ("--data", str(EXAMPLE), "--data", str(THREE / "乙县/data"))
        county = gaigai(
            *f"report --month {month} --stdout".split(),
            *lists[:2],
            GAIGAI_NOW="2025-01-02T09:00:00",
        ).out
        city = gaigai(
            *f"report --roll-up --month {month} --stdout".split(),
            *lists,
            GAIGAI_NOW="2025-01-02T09:00:00",
        ).out
        own = [
            line.partition(". ")[2].replace("我办", "县工改办")
            for part in (
                "办结销号",
                "到期未办结",
                "进度滞后",
                "报送不及时",
                "指标未达",
                "需协调事项",
                "事项调整",
            )
            for line in county.partition(f"）{part}\n")[2].partition("#")[0].splitlines()
            if line[:1].isdecimal()
        ]
        assert own
        assert [words for words in own if words not in city.replace("我办", "县工改办")] == []
        assert os.fspath(tmp_path) not in city


def test_a_file_that_was_changed_is_told_and_one_that_was_only_laid_out_anew_is_read(
    gaigai: Gaigai, top: Path, states: str
) -> None:
    files = " ".join(f"--state {states}/{name}-2024-06.json" for name in NAMES)
    whole = {line: run(gaigai, f"{line} {files}") for line in ("status", "list")}
    file = Path(states, "甲县-2024-06.json")
    text = file.read_text(encoding="utf-8")
    value = json.loads(text)

    for same in (text.replace("\n", "\r\n"), json.dumps(value, indent=4)):
        file.write_bytes(same.encode())
        assert {line: run(gaigai, f"{line} {files}") for line in whole} == whole
    line = "report --roll-up --month 2024-06 --stdout"
    for command, wrong in (
        ("status", text[:-40]),
        ("status", text.replace('"day"', '"tag"')),
        ("list", json.dumps(value | {"kept": {}})),
        ("list", json.dumps(value | {"kept": value["kept"] | {"items": []}})),
        (line, json.dumps(value | {"month": value["month"] | {"late": "两"}})),
        (line, json.dumps(value | {"month": {}})),
    ):
        file.write_text(wrong, encoding="utf-8")
        told = run(gaigai, f"{command} {files}")
        assert (told.status, told.err.splitlines()[0]) == (
            1,
            f"甲县没有读取：{file.as_posix()}不是 gaigai export --state 导出的状态文件，或已经改动。请重新导出。",
        ), command
    file.write_text(text.replace("gaigai state 1", "gaigai state 2"), encoding="utf-8")
    newer = f"甲县没有读取：{file.as_posix()}是更新版本的 gaigai 导出的，本机的程序读不了。请升级 gaigai。"
    assert run(gaigai, f"status {files}").err.splitlines()[0] == newer
