"""The worked example: a whole year in which every kind, status, light and sort of overdue occurs, cleanly."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import pytest

from gaigai_cli.judge.findings import check
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.model.indicators import Indicator, MetricValue
from gaigai_cli.model.kinds import KINDS
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import EvidenceFile
from gaigai_cli.model.rules import Reporting
from gaigai_cli.model.statuses import STATUSES
from gaigai_cli.store.files import Folder
from gaigai_cli.store.read import read_ledger
from tests.lists import judge_of

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "岳阳县2024示例"
DATA = EXAMPLE / "data"
LABEL = "示例数据，非真实进展"
SCHEMA = "# yaml-language-server: $schema="

MONTH_ENDS = (
    date(2024, 5, 31),
    date(2024, 6, 30),
    date(2024, 7, 31),
    date(2024, 8, 31),
    date(2024, 9, 30),
    date(2024, 10, 31),
    date(2024, 11, 30),
    date(2024, 12, 31),
    date(2025, 1, 31),
)


def judged(day: date) -> Judgement:
    return judge_of(DATA).on(day)


def item(day: date, id_: str) -> JudgedItem:
    return judged(day).by_id[id_]


def ledger() -> Ledger:
    return judge_of(DATA).ledger


def of_kind(*kinds: str) -> list[Entry]:
    return [entry for entry in ledger().entries if entry.record.kind in kinds]


def yaml_files() -> list[Path]:
    return sorted(DATA.rglob("*.yaml"))


def test_check_has_nothing_to_say() -> None:
    assert read_ledger(Folder(DATA)).findings == ()
    assert check(ledger(), today=date(2025, 2, 1)) == ()


def test_check_reads_the_evidence() -> None:
    """A clean check means something: the same records with no evidence behind them are at fault."""
    bare = Ledger(ledger().tasks, ledger().departments, ledger().rules, ledger().entries)
    codes = {finding.code for finding in check(bare, today=date(2025, 2, 1))}
    assert "evidence-missing" in codes


def test_units_are_the_shipped_ones() -> None:
    assert _body(DATA / "departments.yaml") == _body(ROOT / "data" / "departments.yaml")


def test_list_is_the_shipped_one_but_for_two_deadlines_that_the_office_has_divided() -> None:
    """Its words are the notice's letter by letter; what a made-up ruling reads into two of them is marked 示例."""
    own, shipped = (_body(folder / "tasks.yaml") for folder in (DATA, ROOT / "data"))
    changed = [
        (kind, shipped[a:b], own[c:d])
        for kind, a, b, c, d in SequenceMatcher(None, shipped, own, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    assert not any(" text:" in line for _, gone, _ in changed for line in gone)
    assert sum("# 示例：" in line for _, _, come in changed for line in come) == 2
    kinds = {i.id: i.deadline.kind for i in ledger().tasks.listed}
    assert (kinds["11.1"], kinds["12.1"]) == ("recurring", "staged")


def test_notice_is_labelled() -> None:
    text = (DATA / "tasks.yaml").read_text(encoding="utf-8")
    assert text.count(f"\n  example: true  # {LABEL}\n") == 1
    assert ledger().tasks.notice.example


def _body(path: Path) -> list[str]:
    """The lines from the first key on, without the label of an example."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line and not line.startswith("#"))
    return [line for line in lines[start:] if line != f"  example: true  # {LABEL}"]


def test_files_open_with_their_schema_and_the_label() -> None:
    for path in yaml_files():
        schema, label = path.read_text(encoding="utf-8").splitlines()[:2]
        name = path.stem if path.parent == DATA else "log"
        assert schema.startswith(SCHEMA), path
        target = path.parent / schema.removeprefix(SCHEMA)
        assert target.resolve() == (ROOT / "schemas" / f"{name}.schema.json").resolve()
        assert label == f"# {LABEL}", path


def test_readme_and_evidence_are_labelled() -> None:
    for path in (EXAMPLE / "README.md", *(p for p in (DATA / "evidence").rglob("*.txt"))):
        assert LABEL in path.read_text(encoding="utf-8"), path


def test_people_are_made_up() -> None:
    people = {
        name
        for entry in ledger().entries
        for names in (
            entry.record.by,
            entry.record.signer,
            entry.record.approved_by,
            entry.record.leader,
            entry.record.reached,
            entry.record.inspectors,
        )
        if names
        for name in names.split("、")
    }
    people -= {"示例领导小组"}
    assert {name for name in people if not (len(name) == 3 and name.startswith("示例"))} == set()


def test_all_units_report_every_kind_of_record() -> None:
    entries = ledger().entries
    assert len(entries) >= 150
    assert f"，{len(entries)}条记录，" in (EXAMPLE / "README.md").read_text(encoding="utf-8")
    assert {entry.unit for entry in entries} == {u.name for u in ledger().departments.units}
    assert {entry.record.kind for entry in entries} == set(KINDS)
    assert {e.file for e in entries if e.unit == ledger().office} == {
        "progress/县工改办.yaml",
        "progress/县工改办/示例甲.yaml",
    }


def test_logs_only_grow() -> None:
    """Ids stand in file order, never before the day they tell of; answers come after what they answer."""
    by_file: dict[str, list[str]] = {}
    for entry in ledger().entries:
        by_file.setdefault(entry.file, []).append(entry.record.id)
        assert entry.record.date <= entry.record.recorded
        assert all(reference < entry.record.id for reference in entry.record.references)
    assert all(ids == sorted(set(ids)) for ids in by_file.values())


def test_reporting_cycle() -> None:
    assert ledger().rules.reporting == Reporting.model_validate(
        {"every": "month", "by": "25", "of": "当月", "from": "2024-06"}
    )


def test_statuses_and_lights_at_the_months_ends() -> None:
    def line(day: date) -> str:
        statuses = Counter(i.state.status for i in judged(day).items)
        lights = Counter(i.light.name for i in judged(day).items)
        words = [f"{status}{statuses[status]}" for status in STATUSES if statuses[status]]
        words += [f"{name or '无灯'}{lights[name]}" for name in (*LIGHTS, None) if lights[name]]
        return f"{day} {' '.join(words)}"

    assert [line(day) for day in MONTH_ENDS] == [
        "2024-05-31 未报进展20 未启动2 推进中11 黄1 蓝3 绿11 无灯18",
        "2024-06-30 未报进展2 推进中30 待核验1 黄4 绿28 无灯1",
        "2024-07-31 未报进展2 推进中30 已销号1 红1 黄6 绿24 无灯2",
        "2024-08-31 未报进展1 推进中30 待核验1 已销号1 黄4 蓝1 绿26 无灯2",
        "2024-09-30 未报进展1 推进中29 已销号3 黄4 绿25 无灯4",
        "2024-10-31 推进中27 待核验2 已销号3 已核减1 红1 黄4 蓝1 绿23 无灯4",
        "2024-11-30 推进中26 待核验2 已销号4 已核减1 黄4 绿24 无灯5",
        "2024-12-31 推进中14 待核验1 已销号9 已评估8 已核减1 黄5 绿10 无灯18",
        "2025-01-31 推进中3 已销号10 已评估19 已核减1 红1 绿2 无灯30",
    ]


def test_every_status_and_light_occurs() -> None:
    items = [i for day in MONTH_ENDS for i in judged(day).items]
    assert {i.state.status for i in items} == set(STATUSES)
    assert {i.light.name for i in items} == {*LIGHTS, None}


def reasons(light: str | None) -> Iterator[tuple[date, str, str]]:
    for day in MONTH_ENDS:
        for judged_item in judged(day).items:
            if judged_item.light.name == light:
                for reason in judged_item.light.reasons:
                    yield day, judged_item.id, reason


def test_every_reason_for_red() -> None:
    assert list(reasons("红")) == [
        (date(2024, 7, 31), "16.2", "已过时限6月30日，逾期31天"),
        (date(2024, 10, 31), "14.1", "已过时限9月30日，逾期31天"),
        (date(2025, 1, 31), "12.1", "“规划类审批核发电子证照”已过时限12月31日，逾期31天"),
    ]


@pytest.mark.parametrize(
    ("day", "id_", "reason"),
    [
        (date(2024, 6, 30), "16.2", "今日到期"),
        (date(2024, 7, 31), "22.2", "进度30%，落后序时进度11个百分点"),
        (date(2024, 8, 31), "3.1", "未报送7—8月进展"),
        (date(2024, 8, 31), "3.1", "长期未更新：已72天未更新进展"),
        (date(2024, 11, 30), "10.1", "长期未更新：已71天未更新进展"),
    ],
)
def test_every_reason_for_yellow(day: date, id_: str, reason: str) -> None:
    assert (day, id_, reason) in list(reasons("黄"))


def test_yellow_some_days_before_the_deadline() -> None:
    assert item(date(2024, 6, 25), "16.2").light.reasons[0] == "距时限6月30日还有5天"


def test_how_dated_items_ended() -> None:
    """办结日期, 销号日期, whether it was late, and the deadline in force where it was moved."""

    def end(judged_item: JudgedItem) -> tuple[str, str | None, str | None, bool, str | None]:
        state = judged_item.state
        return (
            state.status,
            state.finished.isoformat() if state.finished else None,
            state.closed.isoformat() if state.closed else None,
            state.late,
            state.due.isoformat() if state.extended and state.due else None,
        )

    ends = {i.id: end(i) for i in judged(MONTH_ENDS[-1]).items if i.state.dated}
    assert ends == {
        "10.2": ("已销号", "2024-12-26", "2025-01-03", False, None),
        "12.1": ("推进中", None, None, True, None),
        "14.1": ("已销号", "2024-11-20", "2024-11-26", True, None),
        "15.1": ("已核减", None, None, False, None),
        "16.2": ("已销号", "2024-08-27", "2024-09-03", True, "2024-08-31"),
        "18.1": ("已销号", "2024-07-10", "2024-07-15", True, None),
        "19.1": ("已销号", "2024-12-19", "2024-12-27", False, None),
        "19.2": ("已销号", "2024-12-18", "2024-12-26", False, None),
        "20.1": ("已销号", "2024-09-20", "2024-09-26", False, "2024-09-30"),
        "21.1": ("已销号", "2024-12-11", "2024-12-17", False, None),
        "22.1": ("已销号", "2024-11-20", "2024-12-03", False, None),
        "22.2": ("已销号", "2024-11-29", "2024-12-09", False, None),
    }


@pytest.mark.parametrize(
    ("day", "id_", "explained"),
    [
        (date(2024, 7, 31), "16.2", True),
        (date(2024, 10, 31), "14.1", False),
        (date(2025, 1, 31), "12.1", True),
    ],
)
def test_overdue_with_and_without_a_reason(day: date, id_: str, explained: bool) -> None:
    state = item(day, id_).state
    assert state.overdue
    assert any(e.record.late_reason for e in state.entries) is explained


def test_extensions_asked_in_time_and_too_late() -> None:
    asked = {e.record.item: e.record.date for e in of_kind("申请延期")}
    assert asked == {
        "14.1": date(2024, 9, 23),
        "16.2": date(2024, 7, 22),
        "20.1": date(2024, 7, 22),
    }
    assert {e.record.item for e in of_kind("批准延期")} == {"16.2", "20.1"}
    assert {e.record.item for e in of_kind("不予延期")} == {"14.1"}


def test_reports_missed_and_made_up_for() -> None:
    def missed(day: date) -> dict[str, list[str]]:
        return {i.id: [m.month for m in i.missed] for i in judged(day).items if i.missed}

    assert missed(date(2024, 8, 31)) == {
        "3.1": ["2024-07", "2024-08"],
        "15.1": ["2024-07", "2024-08"],
    }
    assert missed(date(2024, 9, 30)) == {}
    assert missed(date(2024, 12, 31)) == {"3.1": ["2024-11"], "10.1": ["2024-10", "2024-11"]}
    made_up = {
        (e.record.item, e.record.period)
        for e in of_kind("进展")
        if e.record.period and e.record.period < e.record.date.isoformat()[:7]
    }
    assert made_up == {
        (id_, month)
        for id_, months in {
            "3.1": ("2024-07", "2024-08"),
            "11.1": ("2024-06", "2024-07"),
            "15.1": ("2024-07", "2024-08"),
        }.items()
        for month in months
    }


def test_suspension_withdrawal_and_reopening() -> None:
    assert item(date(2024, 9, 30), "19.1").state.suspended
    assert not item(date(2024, 10, 31), "19.1").state.suspended
    turns = [(t.date, t.status) for t in item(MONTH_ENDS[-1], "21.1").state.changes]
    assert turns[-5:] == [
        (date(2024, 10, 29), "待核验"),
        (date(2024, 11, 5), "已销号"),
        (date(2024, 11, 18), "推进中"),
        (date(2024, 12, 11), "待核验"),
        (date(2024, 12, 17), "已销号"),
    ]
    joint = [(e.unit, e.record.date) for e in of_kind("申请销号") if e.record.item == "10.2"]
    assert sorted(joint) == [
        ("县住建局", date(2024, 12, 26)),
        ("县市场监管局", date(2024, 11, 26)),
        ("县市场监管局", date(2024, 12, 19)),
    ]
    assert [e.record.item for e in of_kind("撤回申请")] == ["10.2"]


def test_rulings() -> None:
    own = [e.record for e in of_kind("核验销号") if e.record.verified_by_unit]
    assert all(record.signer for record in own)
    assert {record.item for record in own} == {"19.1", "19.2", "20.1", "21.1", "22.1", "22.2"}
    assert [e.record.item for e in of_kind("核验销号") if e.record.despite] == ["22.2"]
    assert Counter(e.record.result for e in of_kind("期满评估")).keys() == {
        "完成",
        "基本完成",
        "未完成",
        "转入下年",
    }
    assert [e.record.item for e in of_kind("核减")] == ["15.1"]


def test_inspections_that_agree_and_one_after_which_the_unit_reports_anew() -> None:
    checks = {e.record.agrees: e.record for e in of_kind("抽查核验")}
    assert {agrees: (record.item, record.date) for agrees, record in checks.items()} == {
        "相符": ("14.1", date(2024, 11, 22)),
        "不符": ("12.1", date(2024, 12, 27)),
    }
    reports = [
        e.record for e in of_kind("进展") if (e.unit, e.record.item) == ("县自然资源局", "12.1")
    ]
    (refuted,) = (n for n, r in enumerate(reports) if r.id in (checks["不符"].answers or ()))
    assert reports[refuted + 1].date == date(
        2025, 1, 8
    )  # the day that the bulletin of December set


def test_urging_in_steps_and_one_receipt_outstanding() -> None:
    """The next step is taken only after the reply day of the one before."""
    steps: dict[str, list[tuple[str, date, date]]] = {}
    for entry in of_kind("督办"):
        record = entry.record
        assert record.level
        assert record.reply_by
        for id_ in record.items or ():
            steps.setdefault(id_, []).append((record.level, record.date, record.reply_by))
    assert {id_: [level for level, _, _ in taken] for id_, taken in steps.items()} == {
        "16.2": ["提醒", "催办", "督办"],
        "3.1": ["提醒"],
        "15.1": ["提醒"],
        "14.1": ["提醒", "催办", "督办"],
        "12.1": ["提醒", "催办", "督办"],
    }
    for taken in steps.values():
        for (_, _, reply_by), (_, day, _) in pairwise(taken):
            assert day > reply_by
    answered = {i for e in of_kind("督办回执") for i in e.record.answers or ()}
    open_ = [e.record.number for e in of_kind("督办") if e.record.id not in answered]
    assert open_ == ["示例督〔2025〕1号"]


def test_corrections_set_and_void() -> None:
    made = [e.record for e in of_kind("更正")]
    assert sorted(field for record in made for field in record.set or {}) == [
        "date",
        "metrics",
        "percent",
        "summary",
    ]
    assert sum(record.void is True for record in made) == 1


def test_entered_for_units_and_every_sort_of_evidence() -> None:
    records = [e.record for e in ledger().entries]
    assert {record.via for record in records} == {None, "报表", "书面", "电话"}
    assert all(record.source for record in records if record.via in ("报表", "书面"))
    evidence = [thing for record in records for thing in record.evidence or ()]
    assert any(isinstance(thing, EvidenceFile) for thing in evidence)
    assert any(isinstance(thing, str) and thing.startswith("https://") for thing in evidence)
    assert any(isinstance(thing, str) and thing.startswith("示例文号") for thing in evidence)


def test_every_form_of_figure() -> None:
    forms = {
        (indicator.measure, type(value)) for indicator, value in _values() if value is not None
    }
    assert forms == {
        ("entries", tuple),
        ("sum", Decimal),
        ("sum", dict),
        ("latest", Decimal),
    }


def _values() -> Iterator[tuple[Indicator, MetricValue]]:
    for entry in ledger().entries:
        for name, value in (entry.record.metrics or {}).items():
            listed = ledger().tasks.by_id[str(entry.record.item)]
            yield next(i for i in listed.item.indicators if i.id == name), value


def test_same_article_told_by_two_units_counts_once() -> None:
    told = [value for indicator, value in _values() if indicator.id == "media-reports"]
    assert sum(len(value) for value in told if isinstance(value, tuple)) == 7
    figures = {f.indicator.id: f.value for f in item(MONTH_ENDS[-1], "22.1").figures}
    assert figures == {"media-reports": Decimal(6)}
