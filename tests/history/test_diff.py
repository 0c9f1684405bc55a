"""``gaigai diff`` and ``gaigai log``: whole outputs on the shipped list, the small one and the example year."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from gaigai_cli.history.changes import changes as changes_module
from gaigai_cli.history.changes.sentences import clause
from gaigai_cli.history.repository import repository
from gaigai_cli.history.review.range import data_at
from tests.cli.test_views import assert_typeset
from tests.history.repo import Repo, copy_of, id_of, model_repo, record
from tests.judge.build import LEAD, OFFICE, Book
from tests.program import Gaigai, SameAsFile, in_shell
from tests.report import made_up
from tests.transcript import EXAMPLE, SHIPPED

KEPT = Path(__file__).parent / "kept"
NOW = "2024-06-15T09:00:00"
MONTHS = range(5, 13)
LOG = "progress/示例甲局.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return model_repo(tmp_path_factory.mktemp("diff") / "仓库")


@pytest.fixture
def repo(made: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    repo = copy_of(made, tmp_path / "仓库")
    monkeypatch.chdir(repo.top)
    monkeypatch.setenv("GAIGAI_NOW", NOW)
    return repo


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """The example, committed at the end of each month with what was recorded by then."""
    repo = Repo(tmp_path_factory.mktemp("year") / "仓库")
    shutil.copytree(EXAMPLE, repo.data)
    repo.git("init", "-q", "-b", "main")
    repo.git("config", "core.autocrlf", "false")
    logs = {path: path.read_text(encoding="utf-8") for path in repo.data.glob("progress/**/*.yaml")}
    for month in MONTHS:
        for path, text in logs.items():
            head, *records = text.split("\n  - id: ")
            known = [r for r in records if r[:6] <= f"2024{month:02}"]
            path.unlink(missing_ok=True)
            if known:
                said = "\n  - id: ".join([head, *known]).rstrip("\n")
                path.write_text(f"{said}\n", encoding="utf-8", newline="\n")
        repo.commit(f"{month}月", "主任", day=f"2024-{month:02}-28")
        repo.git("tag", f"m{month}")
    return repo


def without_hashes(text: str) -> str:
    """Commits are told by their subjects: their hashes change with every word of the list."""
    return re.sub(r"\b[0-9a-f]{8}(?=  )", "--------", text)


@pytest.mark.parametrize("width", [80, 120])
def test_a_month_of_the_example(
    gaigai: Gaigai, year: Repo, same_as_file: SameAsFile, width: int
) -> None:
    run = gaigai(
        "diff", "m6..m7", "--data", str(year.data), GAIGAI_NOW="2024-08-01T09:00:00", COLUMNS=str(width)
    )  # fmt: skip

    assert (run.status, run.err) == (0, "")
    assert_typeset(run.out, width)
    same_as_file(run.out, KEPT / f"diff-example-{width}.txt")


@pytest.mark.parametrize("form", ["md", "json"])
def test_forms(gaigai: Gaigai, year: Repo, same_as_file: SameAsFile, form: str) -> None:
    words = ("diff", "m6..m7", "--format", form, "--data", str(year.data))
    run = gaigai(*words, GAIGAI_NOW="2024-08-01T09:00:00")

    assert (run.status, run.err) == (0, "")
    same_as_file(run.out, KEPT / f"diff-example.{form}")


@pytest.mark.parametrize("width", [80, 120])
def test_the_course_of_an_item(
    gaigai: Gaigai, year: Repo, same_as_file: SameAsFile, width: int
) -> None:
    run = gaigai("log", "16.2", "--data", str(year.data), COLUMNS=str(width))

    assert (run.status, run.err) == (0, "")
    assert_typeset(run.out, width)
    same_as_file(without_hashes(run.out), KEPT / f"log-example-{width}.txt")


def test_every_record_is_in_the_course_of_the_list(gaigai: Gaigai, year: Repo) -> None:
    events = json.loads(gaigai("log", "--format", "json", "--data", str(year.data)).out)
    told = [record["id"] for event in events for record in event["records"]]
    written = re.findall(
        r"^  - id: (\S+)", "".join(p.read_text(encoding="utf-8") for p in year.data.glob("progress/**/*.yaml")), re.M
    )  # fmt: skip

    assert [event["subject"] for event in events] == [f"{month}月" for month in MONTHS]
    assert sorted(told) == sorted(written)


def test_the_shipped_list(gaigai: Gaigai, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "仓库")
    shutil.copytree(SHIPPED, repo.data)
    repo.git("init", "-q", "-b", "main")
    repo.commit("清单", "主任")

    run = gaigai("diff", "--data", str(repo.data), GAIGAI_NOW=NOW)
    assert (run.status, run.out) == (0, "从 HEAD 到现在文件的改动\n\n没有改动。\n")
    run = gaigai("log", "16.2", "--data", str(repo.data))
    assert (run.status, run.out) == (0, "16.2的登记经过\n\n没有登记过。\n")


def test_the_sentence_of_an_application(gaigai: Gaigai, repo: Repo) -> None:
    repo.append(
        "示例甲局", record(10, "1.1", "申请销号", day="2024-06-14", evidence="[财预〔2024〕15号]")
    )

    out = gaigai("diff").out

    assert "\n示例甲局 1.1：推进中 → 待核验，6月14日申请销号，佐证：财预〔2024〕15号。\n" in out
    repo.commit("申请销号" * 30)
    told = gaigai("log", "1.1", COLUMNS="60").out
    assert_typeset(told, 60)
    assert "  甲  申请销号申请销号申请销号申…\n" in told


def test_the_log_of_an_item_has_what_moved_a_record_to_it_and_back(
    gaigai: Gaigai, repo: Repo
) -> None:
    report, moved, void = (id_of(number, "2024-06-14") for number in (20, 21, 22))
    change = "  - {{id: {}, date: 2024-06-14, kind: 更正, corrects: {}, reason: 示例, {}}}\n"
    repo.append(
        "示例甲局",
        record(20, "1.1", day="2024-06-14")
        + change.format(moved, report, 'set: {item: "2.1"}')
        + change.format(void, moved, "void: true"),
    )

    for item in ("1.1", "2.1"):
        events = json.loads(gaigai("log", item, "--format", "json").out)
        told = {one["id"] for event in events for one in event["records"]}
        assert {moved, void} <= told


def edit_everything(repo: Repo) -> None:
    old, new = (
        f"{{text: 2024年{m}底, kind: fixed, due: 2024-{d}}}"
        for m, d in (("6月", "06-30"), ("7月", "07-31"))
    )
    repo.replace("tasks.yaml", old, new)
    repo.replace(
        "tasks.yaml",
        "content: 示例事项，持续推动，有指标。",
        "content: 示例事项，要持续地推动，设有三项指标，按月报送。",
    )
    repo.replace("tasks.yaml", "at_least: 100", "at_least: 95")
    repo.replace(
        "tasks.yaml",
        "          - {id: articles, name: 示例报道, unit: 篇, target: {at_least: 6}, measure: entries}\n",
        "",
    )
    repo.replace(
        "departments.yaml",
        "  - name: 示例丙局\n",
        "  - name: 示例丁局\n    initials: [sldj]\n  - name: 示例丙局\n",
    )
    repo.write("rules.yaml", "warn: {yellow: 3}\n")
    repo.replace("reviewers.yaml", "yi@example.invalid, ", "")
    repo.replace(LOG, "percent: 30", "percent: 35")
    repo.append("示例甲局", record(10, "1.2", metrics="{rate: 97}", next="继续推进。"))
    repo.append(
        "示例甲局",
        f"  - {{id: {id_of(11)}, date: 2024-06-10, kind: 更正, corrects: {id_of(3, '2024-05-22')}, reason: 笔误, set: {{summary: 已改。}}}}\n",
    )
    repo.append(
        "示例办",
        record(
            12, "2.2", "明确责任单位", units="[示例丁局]", role="责任", basis="示例〔2024〕9号"
        ).replace("    summary: 正在推进。\n", ""),
    )
    repo.write("progress/示例乙局.yaml", "unit: 示例乙局\nrecords: []\n")


@pytest.mark.parametrize("form", ["text", "md"])
def test_every_kind_of_change(
    gaigai: Gaigai, repo: Repo, same_as_file: SameAsFile, form: str
) -> None:
    edit_everything(repo)

    run = gaigai("diff", "--format", form, COLUMNS="80")

    assert run.status == 0
    same_as_file(run.out, KEPT / f"diff-everything.{form}")


def test_edits_in_json(gaigai: Gaigai, repo: Repo) -> None:
    repo.replace("tasks.yaml", "at_least: 100", "at_least: 95")

    told = json.loads(gaigai("diff", "--format", "json").out)

    assert told["edits"] == [
        {
            "file": "tasks.yaml",
            "item": "1.2",
            "where": "1.2·rate·目标·不少于",
            "before": "100",
            "after": "95",
            "note": "",
        }
    ]


def test_both_ways(gaigai: Gaigai, repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1"))
    repo.commit("报进展")

    there, back = (
        json.loads(gaigai("diff", r, "--format", "json").out) for r in ("base..HEAD", "HEAD..base")
    )

    assert [r["change"] for r in there["records"]] == ["added"]
    assert [r["change"] for r in back["records"]] == ["deleted"]
    assert gaigai("diff", "base", "--at", "HEAD").out == gaigai("diff", "base..HEAD").out
    assert gaigai("diff", "base..").out == gaigai("diff", "base..HEAD").out
    assert gaigai("diff", "..HEAD").out.endswith("没有改动。\n")


def test_two_right_sides(gaigai: Gaigai, repo: Repo) -> None:
    run = gaigai("diff", "base..HEAD", "--at", "HEAD")

    assert (run.status, run.err) == (2, "错误：范围的右边和 --at 只能写一个。请去掉 --at。\n")


def test_the_day_moves_nothing_by_itself(gaigai: Gaigai, repo: Repo) -> None:
    """Both sides are judged as of one day."""
    for day in ("2024-05-30", "2024-07-30"):
        assert gaigai("diff", "--as-of", day).out.endswith("没有改动。\n")


def test_course_of_a_unit_with_edits_and_moves(
    gaigai: Gaigai, repo: Repo, same_as_file: SameAsFile
) -> None:
    """A log under a new name, the whole list in a new folder, an edit of the list, and what isn't committed."""
    repo.append("示例甲局", record(10, "1.1", percent="60", by="甲"))
    repo.commit("报进展")
    repo.git("mv", f"data/{LOG}", "data/progress/甲.yaml")
    repo.commit("改名")
    repo.replace(
        "tasks.yaml", "content: 示例事项，有时限。", "content: 示例事项，有时限，须按月报送。"
    )
    repo.replace("progress/甲.yaml", "percent: 60", "percent: 65")
    repo.commit("改清单", "主任")
    (repo.top / "2024").mkdir()
    repo.git("mv", "data", "2024/data")
    repo.commit("移到 2024", "主任")
    log = repo.top / "2024" / "data" / "progress" / "甲.yaml"
    with log.open("a", encoding="utf-8", newline="\n") as file:
        file.write(record(11, "1.1", day="2024-06-14"))

    words = ("log", "--data", "2024/data")
    item, unit = (gaigai(*words, *more) for more in (("1.1",), ("--unit", "甲局")))

    assert (item.status, unit.status) == (0, 0)
    same_as_file(f"{item.out}\n{unit.out}", KEPT / "log-moved.txt")


@pytest.mark.usefixtures("ready")
def test_textconv(repo: Repo, same_as_file: SameAsFile) -> None:
    """As git calls it: with the path of a file that may lie anywhere, and no data directory in sight."""
    edit_everything(repo)
    parts = []
    for name in ("tasks.yaml", "departments.yaml", "rules.yaml", "reviewers.yaml", LOG):
        there = repo.top.parent / f"abc_{Path(name).name}"
        shutil.copy(repo.data / name, there)
        done = in_shell("diff", "--textconv", str(there), cwd=repo.top.parent)
        assert (done.returncode, done.stderr) == (0, b"")
        parts.append(f"$ {name}\n{done.stdout.decode()}")
    same_as_file("\n".join(parts), KEPT / "textconv.txt")


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a: [", b"- x\n", b"<<<<<<< a\nunit: x\n"])
def test_textconv_of_what_cannot_be_read(repo: Repo, content: bytes) -> None:
    """git would give up on the whole log: such a file comes back as it is, in UTF-8."""
    (repo.top / "x").write_bytes(content)

    done = in_shell("diff", "--textconv", "x", cwd=repo.top)

    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        content.decode(errors="replace").encode(),
        b"",
    )


@pytest.mark.usefixtures("ready")
def test_git_shows_words(repo: Repo) -> None:
    (repo.top / ".git" / "info" / "attributes").write_text(
        "data/**/*.yaml diff=gaigai\n", encoding="utf-8"
    )
    import sys

    program = f"'{sys.executable}' -m gaigai_cli diff --textconv"
    repo.git("config", "diff.gaigai.textconv", program.replace("\\", "/"))
    repo.append("示例甲局", record(10, "1.1", percent="60"))
    repo.commit("报进展")

    shown = repo.git("show", "--format=")

    added = [line for line in shown.splitlines() if line.startswith("+")][1:]
    assert added == [
        f"+  2024-06-10  进展  1.1  {id_of(10)}",
        "+    进展情况：正在推进。",
        "+    完成百分比：60",
    ]


@pytest.mark.parametrize("months", [(5, 6), (6, 9), (11, 12), (9, 7)])
def test_only_what_was_touched_is_judged(
    year: Repo, months: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what wasn't is the same: judging the whole list finds no other change."""
    here = repository(year.data)
    before, after = (data_at(here, f"m{month}").judge for month in months)
    day = date(2024, 12, 31)
    quick = changes_module.changes(before, after, day)

    every = frozenset(after.ledger.tasks.by_id)
    monkeypatch.setattr(changes_module, "touched_items", lambda *_: every)
    assert changes_module.touched_items((), before, after) == every

    assert quick._replace(touched=every) == changes_module.changes(before, after, day)


DESK = (
    "抽查核验", "协调结果", "批示", "议定事项", "办理反馈", "呈报", "阅后意见", "阶段节点", "节点备案",
)  # fmt: skip


def test_what_lies_on_the_desk_in_sentences(same_as_file: SameAsFile) -> None:
    book = Book()
    plan = book.add(LEAD, "06-03", "阶段节点", milestones=[{"name": "方案", "due": "2024-06-20"}])
    book.add(OFFICE, "06-04", "节点备案", answers=[plan])
    trouble = {"problems": "接口未开通。", "coordinate": "省级", "completed": ["方案"]}
    report = book.add(LEAD, "06-19", "进展", **trouble)
    book.add(OFFICE, "06-21", "协调结果", answers=[report], basis="示例函〔2024〕1号")
    asked = book.add(OFFICE, "06-22", "批示", words="示例原话", urgent=True)
    book.add(OFFICE, "06-24", "呈报", answers=[asked])
    book.add(OFFICE, "06-25", "阅后意见", answers=[asked])
    told = [
        f"{entry.unit}：{clause(entry, ledger)}。"
        for ledger in (book.ledger(), made_up.ledger())
        for entry in ledger.entries
        if entry.record.kind in DESK or entry.record.coordinate
    ]
    same_as_file("\n".join(told) + "\n", KEPT / "desk.txt")


def test_a_reform_of_units_changes_no_record(repo: Repo, gaigai: Gaigai) -> None:
    """What is told is the edit, and who answers for the items now; the records stay whose they were."""
    repo.append("示例乙局", record(41, "1.1"))
    repo.commit("记录", "乙")
    units = repo.read("departments.yaml").rstrip()
    reform = """
reforms:
  - basis: 示例发〔2024〕8号
    effective: 2024-06-01
    handed_over: 2024-06-01
    became: [{unit: 示例乙局, to: [示例甲局]}]
"""
    repo.write("departments.yaml", f"{units}{reform}")

    run = gaigai("diff")

    assert run.status == 0, run.err
    assert "改动了记录" not in run.out
    assert "机构改革（新增）" in run.out
