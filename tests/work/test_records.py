"""What units say and the office rules, as a front end without a command line records it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.changes.sentences import clause
from gaigai_cli.model.kinds import CLOSE_OUT, EXTENSION, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import as_record
from gaigai_cli.query.waiting import Scope
from gaigai_cli.words.told import differing, marks
from gaigai_cli.work import correct, record, remind, rule
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.questions import Question, Questions, read_answers
from gaigai_cli.work.record import is_entered_for
from gaigai_cli.work.transaction import Changed, Recorded, Seen, Transaction, one_record
from tests.transcript import EXAMPLE, SHIPPED, copied

NOW = datetime(2024, 6, 14, 15, 30, 12, tzinfo=timezone(timedelta(hours=8)))
BY = ["示例丙"]
Words = dict[str, Sequence[str]]


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    return Directory(copied(SHIPPED, tmp_path, example=True), NOW)


def own(
    directory: Directory, kind: KindName, item: str, unit: str, **words: list[str]
) -> Transaction:
    found = record.item_of(directory, kind, item)
    files = EvidenceFiles(directory, unit)
    questions = record.own_questions(kind, Questions(directory, found, files))
    said = read_answers(questions, {"by": BY, **words})
    return one_record(directory, kind, unit, {"item": found.id, **said}, files)


def ruled(
    directory: Directory, ruling: rule.Ruling, *items: str, **words: list[str]
) -> Transaction:
    found = [directory.judged(item) for item in items]
    files = EvidenceFiles(directory, directory.ledger.office)
    one = rule.ruled(directory, ruling, found, Scope())
    questions = one.questions(Questions(directory, None, files))
    return one.transaction(read_answers(questions, {"by": BY, **words}), files)


def written(transaction: Transaction, seen: Seen | None = None) -> tuple[Directory, Entry]:
    """The directory read anew, and the last record."""
    prepared = transaction.prepare()
    transaction.write(prepared, seen)
    anew = replace(transaction.directory)
    return anew, anew.ledger.by_record[prepared[-1].record.id]


def test_an_item_from_report_to_close_out(directory: Directory) -> None:
    directory, entry = written(
        own(directory, "进展", "16.2", "县财政局", summary=["已拨付。"], percent=["60%"])
    )
    assert (entry.record.percent, entry.record.date) == (60, NOW.date())
    with pytest.raises(GaigaiError, match="应写 0 到 100 的整数"):
        own(directory, "进展", "16.2", "县财政局", summary=["一"], percent=["9" * 5_000])
    directory, _ = written(
        own(directory, CLOSE_OUT, "16.2", "县财政局", evidence=["财预〔2024〕9号"])
    )
    assert directory.judged("16.2").state.status == "待核验"
    directory, entry = written(ruled(directory, rule.VERIFY, "16.2", summary=["同意。"]))
    assert entry.record.answers
    assert directory.judged("16.2").state.status == "已销号"
    with pytest.raises(GaigaiError, match="待核验"):
        ruled(directory, rule.VERIFY, "16.2")


def test_an_application_is_taken_back(directory: Directory) -> None:
    asked = own(directory, EXTENSION, "16.2", "县财政局", due=["8月31日"], reason=["预算调剂。"])
    directory, applied = written(asked)
    item = directory.judged("16.2")
    files = EvidenceFiles(directory, "县财政局")
    statement = record.taking_back(directory, item, "县财政局", EXTENSION)
    directory, entry = written(statement.transaction({"by": "示例丙"}, files))
    assert (entry.record.kind, entry.record.answers) == ("撤回申请", (applied.record.id,))
    again = record.taking_back(directory, directory.judged("16.2"), "县财政局", EXTENSION)
    with pytest.raises(GaigaiError, match="没有县财政局可以撤回的申请延期"):
        again.transaction({}, files)


def test_several_items_are_ruled_on_at_once(directory: Directory) -> None:
    directory, _ = written(ruled(directory, rule.WITHDRAW, "16.2", "18.1", basis=["会议纪要"]))
    assert [directory.judged(i).state.status for i in ("16.2", "18.1")] == ["已核减"] * 2


def test_what_is_needed_is_asked_for(directory: Directory) -> None:
    item = directory.judged("16.2")
    questions = rule.ruling_questions(rule.GRANT, Questions(directory), [item])

    def needed(questions: list[Question]) -> list[str]:
        return [q.name for q in questions if q.required]

    assert needed(questions) == ["due", "basis", "approved_by", "by"]
    assert needed(rule.ruling_questions(rule.REJECT, Questions(directory), [item])) == [
        "reason",
        "by",
    ]


@pytest.mark.parametrize(
    ("unit", "own_unit", "via", "says"),
    [
        ("县水利局", "县工改办", None, "缺少代录方式"),
        ("县水利局", "县财政局", "电话", "是县工改办代单位记录时用的"),
        ("县工改办", "县工改办", "电话", "不是代录"),
        ("县水利局", "县财政局", None, "不能替县水利局记录"),
    ],
)
def test_only_the_office_enters_for_others(
    directory: Directory, unit: str, own_unit: str, via: str | None, says: str
) -> None:
    mine = _Of(directory.data, NOW, unit_=own_unit)
    with pytest.raises(GaigaiError, match=says):
        record.whose(mine, unit, via=via, named=str)


def test_only_the_office_rules_and_nobody_corrects_for_others(directory: Directory) -> None:
    directory, entry = written(own(directory, "进展", "16.2", "县财政局", summary=["已拨付。"]))
    mine = _Of(directory.data, NOW, unit_="县水利局")
    with pytest.raises(GaigaiError, match="由县工改办办理"):
        rule.demand_office(mine, "核验销号")
    with pytest.raises(GaigaiError, match="县水利局不能更正"):
        correct.demand_own(mine, entry)


class _Of(Directory):
    """A directory of somebody's unit."""

    def __init__(self, data: Path, now: datetime, unit_: str) -> None:
        super().__init__(data, now)
        self.__dict__["own_unit"] = unit_


def test_a_record_is_corrected_and_voided(directory: Directory) -> None:
    directory, entry = written(own(directory, "进展", "16.2", "县财政局", summary=["已拨付。"]))
    files = EvidenceFiles(directory, "县财政局")
    now = correct.current_record(directory, entry, void=False)
    changes = correct.read_changes(directory, now, ["完成百分比=50"], files)
    said = {"reason": "填报有误", "by": "示例丙"}
    directory, _ = written(correct.correction(directory, entry, changes, said, files))
    assert directory.judged("16.2").state.percent == 50
    directory, _ = written(correct.correction(directory, entry, None, said, files))
    with pytest.raises(GaigaiError, match="已经作废"):
        correct.current_record(directory, entry, void=False)


def test_a_paper_is_issued_once_and_answered(directory: Directory) -> None:
    late = replace(directory, now=NOW + timedelta(days=20))
    asked = remind.Asked((), (late.judged("16.2"),))
    papers = remind.drafts(late.judgement, asked, today=late.today)
    papers = remind.with_numbers(late.judgement, papers, None)
    late, entry = written(
        remind.issue(late, papers).transaction({"by": "示例甲"}, EvidenceFiles(late, ""))
    )
    assert entry.record.number == "岳县工改办提〔2024〕1号"
    unit = remind.receipt_of(late, entry, None)
    assert (unit, is_entered_for(late, unit)) == ("县财政局", True)
    assert not is_entered_for(late, late.ledger.office)
    said = {"summary": "正在办理。", "by": "示例甲"}
    files = EvidenceFiles(late, unit)
    late, receipt = written(remind.receipt(late, entry, unit).transaction(said, files))
    assert (receipt.unit, receipt.record.via) == ("县财政局", "书面")
    with pytest.raises(GaigaiError, match="已有回执"):
        remind.receipt_of(late, entry, None)


def test_an_extension_waits_for_no_reply_to_a_paper(directory: Directory) -> None:
    written(own(directory, "进展", "16.2", "县财政局", summary=["正在调剂。"]))
    late = replace(directory, now=NOW + timedelta(days=20))
    asked = remind.Asked((), (late.judged("16.2"),))
    papers = remind.drafts(late.judgement, asked, today=late.today)
    papers = remind.with_numbers(late.judgement, papers, None)
    written(remind.issue(late, papers).transaction({"by": "示例甲"}, EvidenceFiles(late, "")))
    later = replace(directory, now=NOW + timedelta(days=30))
    said = {"due": ["8月31日"], "reason": ["预算调剂。"]}
    later, _ = written(own(later, EXTENSION, "16.2", "县财政局", **said))
    asked = remind.Asked((), (later.judged("16.2"),))
    with pytest.raises(GaigaiError) as refused:
        remind.drafts(later.judgement, asked, today=later.today)
    assert refused.value.message == "事项16.2：县财政局延期申请待研究"


def test_what_changed_meanwhile_is_told_and_nothing_is_written(directory: Directory) -> None:
    seen = Seen.read(Seen.of(directory.ledger, ["16.2"]).text)
    mine = own(directory, "进展", "16.2", "县财政局", summary=["甲窗口。"])
    prepared = mine.prepare()
    other, entry = written(own(directory, "进展", "16.2", "县财政局", summary=["乙窗口。"]))
    with pytest.raises(Changed, match=r"县财政局6月14日16\.2的进展（示例丙登记）") as changed:
        mine.write(prepared, seen)
    assert [e.record.id for e in changed.value.entries] == [entry.record.id]
    assert len(replace(other).ledger.entries) == 1


def test_what_others_write_about_other_items_is_no_conflict(directory: Directory) -> None:
    seen = Seen.of(directory.ledger, ["16.2"])
    mine = own(directory, "进展", "16.2", "县财政局", summary=["甲窗口。"])
    prepared = mine.prepare()
    written(own(directory, "进展", "18.1", "县财政局", summary=["另一项。"]))
    mine.write(prepared, seen)
    assert len(replace(directory).ledger.entries) == 2


def test_an_edited_list_is_a_change(directory: Directory) -> None:
    seen = Seen.of(directory.ledger, ["16.2"])
    mine = own(directory, "进展", "16.2", "县财政局", summary=["甲窗口。"])
    prepared, file = mine.prepare(), directory.data / "tasks.yaml"
    text = file.read_text(encoding="utf-8")
    content = directory.judged("16.2").state.listed.item.content
    file.write_text(text.replace(content, f"示例{content}"), encoding="utf-8")
    with pytest.raises(Changed, match="清单或规则有改动"):
        mine.write(prepared, seen)


def test_twice_the_same_is_written_once(directory: Directory) -> None:
    both = [own(directory, "进展", "16.2", "县财政局", summary=["已拨付。"]) for _ in range(2)]
    prepared = []
    for one in both:
        one.once = "a1"
        prepared.append(one.prepare())
    both[0].write(prepared[0])
    with pytest.raises(Recorded) as recorded:
        both[1].write(prepared[1])
    anew = replace(directory)
    assert (
        list(recorded.value.entries)
        == list(anew.ledger.entries)
        == list(both[1].recorded(anew.ledger))
    )
    again = own(anew, "进展", "16.2", "县财政局", summary=["已拨付。"])
    again.once = "a2"
    again.write(again.prepare())
    assert len(replace(directory).ledger.entries) == 2


def test_a_turn_is_named_as_people_name_it_and_said_so(tmp_path: Path) -> None:
    """11.1 is owed every quarter: 9月, 三季度 and what screens call it are one turn; a half-year has two."""
    directory = Directory(copied(EXAMPLE, tmp_path), NOW.replace(month=10))
    for words in ("第三季度", "三季度", "9月", "2024年9月", "2024-09-30"):
        anew, entry = written(
            own(directory, "进展", "11.1", "县自然资源局", summary=["已推进"], stage=[words])
        )
        assert entry.record.stage == "2024-09-30", words
        directory = replace(anew, now=anew.now + timedelta(minutes=1))
    listed = directory.ledger.tasks.by_id["11.1"]
    assert marks(entry.record, listed)["turn"] == "第三季度任务"
    assert clause(entry, directory.ledger).endswith("报进展，第三季度任务")
    changes = correct.read_changes(
        directory, entry.record, ["stage=二季度"], EvidenceFiles(directory, entry.unit)
    )
    assert changes == {"stage": "2024-06-30"}
    altered = as_record({**entry.record.said, **changes})
    assert (
        differing(entry.record, altered, listed, "示例办")
        == "所属阶段或期次由“第三季度任务”改为“第二季度任务”"
    )
    for words, why in (
        ("下半年", "“下半年”含2期。请写明一期：第三季度、第四季度"),
        ("5月", "事项11.1没有“5月”这一期。可写第二季度、第三季度、第四季度"),
        ("那次", "“那次”不是期次。可写第二季度、第三季度、第四季度"),
    ):
        with pytest.raises(GaigaiError) as refused:
            own(directory, "进展", "11.1", "县自然资源局", summary=["已推进"], stage=[words])
        assert why in str(refused.value)
