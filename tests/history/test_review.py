"""``gaigai review`` on real repositories: each rule broken once, the whole page kept as a file."""

import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gaigai_cli.history.git import demand_version
from gaigai_cli.history.review.review import review as reviewed
from gaigai_cli.render.console.review import as_page
from tests.history.attempts import ATTEMPTS
from tests.history.codes import EXAMPLE_OF_CODE, keep_example
from tests.history.repo import ISSUED, Repo, copy_of, id_of, model_repo, new_repo, record
from tests.program import Gaigai, Run, SameAsFile, processes

KEPT = Path(__file__).parent / "reviews"
NOW = "2024-06-15T09:00:00"
LATER = "2024-07-05T09:00:00"
IN_JULY = (
    "back_dated_application",
    "application_from_before_the_deadline",
    "application_and_work_from_before_the_deadline",
    "application_and_commit_from_before_the_deadline",
    "application_behind_a_later_report",
)

TASKS, UNITS = "tasks.yaml", "departments.yaml"
LOG, OTHER, OFFICE = "progress/示例甲局.yaml", "progress/示例乙局.yaml", "progress/示例办.yaml"
EVIDENCE = "evidence/示例甲局/说明.txt"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return model_repo(tmp_path_factory.mktemp("review") / "仓库")


@pytest.fixture
def repo(made: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    repo = copy_of(made, tmp_path / "仓库")
    monkeypatch.chdir(repo.top)
    return repo


def review(gaigai: Gaigai, *words: str) -> Run:
    return gaigai("review", *(words or ("base..HEAD",)), GAIGAI_NOW=NOW, COLUMNS="100")


def codes(run: Run) -> set[str]:
    return {v["code"] for v in json.loads(run.out)["violations"]}


def sound(repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1", percent="60", problems="经费未到位。"))
    repo.commit("报进展")
    repo.append(
        "示例甲局", record(11, "1.1", "申请销号", day="2024-06-11", evidence="[示例〔2024〕15号]")
    )
    repo.commit("申请销号")


def entered_by_office(repo: Repo) -> None:
    repo.append("示例乙局", record(20, "2.1", via="电话", by="主任"))
    repo.commit("代录", "主任")


def looked_at(repo: Repo) -> None:
    repo.append(
        "示例甲局", record(10, "1.1", day="2024-05-30", recorded="2024-06-10", percent="90")
    )
    repo.commit("报进展")


def merged(repo: Repo) -> None:
    repo.git("switch", "-q", "-c", "other")
    repo.append("示例乙局", record(20, "2.1"))
    repo.commit("乙局报进展", "乙")
    repo.git("switch", "-q", "main")
    sound(repo)
    repo.committed("merge", "-q", "--no-edit", "other", by="主任")


def mended_before_it_was_shared(repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1", percent="60"))
    repo.commit("报进展")
    repo.replace(LOG, "percent: 60", "percent: 55")
    repo.commit("改正笔误")


def amended(repo: Repo) -> None:
    old, new = (
        "{{text: 2024年{}底, kind: fixed, due: 2024-{}}}".format(*d)
        for d in (("6月", "06-30"), ("7月", "07-31"))
    )
    repo.replace(TASKS, old, new)
    repo.commit("修改清单\n\n修改依据：同上\n修改依据：示例〔2024〕9号", "主任")


def renamed(repo: Repo) -> None:
    repo.git("mv", f"data/{LOG}", "data/progress/甲.yaml")
    repo.commit("改名")


def first_reviewers(repo: Repo) -> None:
    repo.git("rm", "-q", "data/reviewers.yaml")
    repo.commit("删去", "主任")
    repo.git("tag", "-f", "base")
    repo.git("checkout", "-q", "HEAD~1", "--", "data/reviewers.yaml")
    repo.commit("设立", "主任")


def comments_only(repo: Repo) -> None:
    repo.replace(TASKS, "# 示例数据，非真实任务", "# 示例数据，不是真的")
    repo.commit("注释", "主任")
    repo.replace(LOG, "percent: 30", "percent: 30  # 含前期")
    repo.commit("注释")


def changed(repo: Repo) -> None:
    repo.replace(LOG, "percent: 30", "percent: 80")
    repo.commit("改数")


def deleted(repo: Repo) -> None:
    repo.write(LOG, repo.read(LOG).rpartition("  - id")[0])
    repo.commit("删记录")


def deleted_by_merge(repo: Repo) -> None:
    """``-s ours`` drops what the other side recorded, and differs from one parent alone."""
    repo.git("switch", "-q", "-c", "other")
    repo.append("示例乙局", record(20, "2.1"))
    repo.commit("乙局报进展", "乙")
    repo.git("switch", "-q", "main")
    sound(repo)
    repo.committed("merge", "-q", "--no-edit", "-s", "ours", "other", by="主任")
    repo.git("tag", "-f", "base", "other")


def changed_by_merge(repo: Repo) -> None:
    repo.git("switch", "-q", "-c", "other")
    repo.append("示例乙局", record(20, "2.1"))
    repo.commit("乙局报进展", "乙")
    repo.git("switch", "-q", "main")
    sound(repo)
    repo.committed("merge", "-q", "--no-commit", "--no-ff", "other", by="主任")
    repo.replace(OTHER, "    summary: 正在推进。\n", "    summary: 已全部完成。\n")
    repo.commit("合并", "主任")


def moved_to_other_unit(repo: Repo) -> None:
    text = repo.read(LOG)
    repo.write(LOG, text.replace("unit: 示例甲局", "unit: 示例乙局"))
    repo.commit("换单位")


def changed_by_another(repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1", percent="60"))
    repo.commit("报进展")
    repo.replace(LOG, "percent: 60", "percent: 20")
    repo.commit("改别人的", "乙")


def unreadable(repo: Repo) -> None:
    repo.replace(LOG, "kind: 进展", "kind: 进展: 错")
    repo.commit("改坏")


def not_allowed(repo: Repo) -> None:
    repo.append("示例乙局", record(20, "2.1"))
    repo.commit("替别人报")


def entered_without_via(repo: Repo) -> None:
    repo.append("示例乙局", record(20, "2.1"))
    repo.commit("替别人报", "主任")


def stranger(repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1"))
    repo.commit("报进展", "路人")


def ruling_by_unit(repo: Repo) -> None:
    repo.append(
        "示例甲局",
        record(10, "1.1", "核减", basis="示例〔2024〕9号", summary="x")
        .replace("    summary: x\n", "")
        .replace("    summary: 正在推进。\n", ""),
    )
    repo.commit("核减")


def ruling_in_office_log(repo: Repo) -> None:
    repo.append(
        "示例办",
        record(10, "1.1", "核减", basis="示例〔2024〕9号").replace("    summary: 正在推进。\n", ""),
    )
    repo.commit("核减", "乙")


def back_dated_number(repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1", day="2024-05-10"))
    repo.commit("倒填")


def back_dated_application(repo: Repo) -> None:
    repo.append(
        "示例甲局",
        record(
            10,
            "1.1",
            "申请销号",
            day="2024-06-28",
            recorded="2024-07-03",
            evidence="[示例〔2024〕15号]",
        ),
    )
    repo.commit("倒填", day="2024-07-03")


def taken_back(number: int, day: str) -> str:
    """The 更正, number 11, by which a record of 1.1 is void."""
    return (
        record(11, "1.1", "更正", corrects=id_of(number, day), void="true", reason="时钟不准。")
        .replace("    summary: 正在推进。\n", "")
        .replace('    item: "1.1"\n', "")
    )


def back_dated_but_void(repo: Repo) -> None:
    """Recorded while the clock was behind: taken back by its author, and recorded again."""
    repo.append("示例甲局", record(10, "1.1", day="2024-05-10"))
    repo.append("示例甲局", taken_back(10, "2024-05-10"))
    repo.append("示例甲局", record(12, "1.1"))
    repo.commit("钟慢")


def future_but_void(repo: Repo) -> None:
    """Recorded while the clock was ahead, a commit each: taken back by its author, and recorded again."""
    for text in (
        record(10, "1.1", day="2024-06-20"),
        taken_back(10, "2024-06-20"),
        record(12, "1.1"),
    ):
        repo.append("示例甲局", text)
        repo.commit("钟快")


def back_dated_after_a_void_number(repo: Repo) -> None:
    """A void number of the future covers nobody who back-dates afterwards."""
    future_but_void(repo)
    repo.append("示例甲局", record(13, "1.1", day="2024-05-10"))
    repo.commit("倒填")


def future(repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1", day="2024-06-20"))
    repo.commit("预填")


def number_after_commit(repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1", recorded="2024-06-20"))
    repo.commit("预填")


def list_edited(repo: Repo) -> None:
    repo.replace(TASKS, "content: 示例事项，有时限。", "content: 示例事项，没有时限。")
    repo.commit("改清单\n\n修改依据：示例〔2024〕9号")


def list_edited_without_basis(repo: Repo) -> None:
    amended(repo)
    repo.committed("commit", "-q", "--amend", "-m", "改时限", by="主任")


def units_edited(repo: Repo) -> None:
    repo.replace(UNITS, "aliases: [甲局]", "aliases: [甲局, 甲]")
    repo.commit("加别名")


def rules_edited(repo: Repo) -> None:
    repo.write("rules.yaml", "warn: {yellow: 3}\n")
    repo.commit("改规则")


def reviewers_edited(repo: Repo) -> None:
    repo.replace("reviewers.yaml", "units: [甲局]", "units: [甲局, 示例办]")
    repo.commit("给自己加权限")


def evidence_changed(repo: Repo) -> None:
    repo.write(EVIDENCE, "changed\n")
    repo.commit("换佐证")


def evidence_deleted(repo: Repo) -> None:
    (repo.data / EVIDENCE).unlink()
    repo.commit("删佐证")


def says_nothing(repo: Repo) -> None:
    """Written by hand; the command line, the page and forms refuse it."""
    repo.append("示例甲局", record(10, "1.1", evidence="[见附件]", problems="同上"))
    repo.commit("报进展")


def evidence_of_new_record_missing(repo: Repo) -> None:
    evidence = f"[{{file: evidence/示例甲局/没有.pdf, sha256: {'0' * 64}}}]"
    repo.append("示例甲局", record(10, "1.1", evidence=evidence))
    repo.commit("缺佐证")


def id_reused(repo: Repo) -> None:
    repo.append("示例甲局", record(1, "1.1", day="2024-05-20", percent="35"))
    repo.commit("重号")


def id_reused_by_another(repo: Repo) -> None:
    repo.append("示例乙局", record(1, "2.1", day="2024-05-20"))
    repo.commit("重号", "乙")


def id_reused_on_two_lines(repo: Repo) -> None:
    """``-s ours`` keeps one of two records that two people gave the same number."""
    repo.git("switch", "-q", "-c", "other")
    repo.append("示例乙局", record(10, "2.1"))
    repo.commit("乙局报进展", "乙")
    repo.git("switch", "-q", "main")
    repo.append("示例甲局", record(10, "1.1"))
    repo.commit("报进展")
    repo.committed("merge", "-q", "--no-edit", "-s", "ours", "other", by="主任")


def issued_altered(repo: Repo) -> None:
    (repo.top / "reports" / "issued" / "2024-05.md").write_bytes(b"# changed\n")
    repo.commit("改通报", "主任")


def issued_deleted(repo: Repo) -> None:
    (repo.top / "reports" / "issued" / "2024-05.json").unlink()
    repo.commit("删通报", "主任")


def link(repo: Repo) -> None:
    (repo.data / "progress" / "外面.yaml").symlink_to("/etc/passwd")
    repo.commit("链接")


SOUND: dict[str, Callable[[Repo], None]] = {
    function.__name__: function
    for function in (
        sound,
        entered_by_office,
        looked_at,
        merged,
        mended_before_it_was_shared,
        amended,
        renamed,
        first_reviewers,
        comments_only,
        back_dated_but_void,
        future_but_void,
        back_dated_application,
        *(attempt for attempt, codes in ATTEMPTS.items() if not codes),
    )
}


BROKEN: dict[Callable[[Repo], None], set[str]] = {
    changed: {"record-changed"},
    deleted: {"record-deleted"},
    deleted_by_merge: {"record-deleted"},
    changed_by_merge: {"record-changed"},
    moved_to_other_unit: {"record-changed", "foreign-file"},
    changed_by_another: {"record-changed", "foreign-file"},
    unreadable: {"record-deleted"},
    not_allowed: {"not-allowed"},
    entered_without_via: {"not-allowed"},
    stranger: {"unknown-person"},
    ruling_by_unit: {"ruling-outside-office"},
    ruling_in_office_log: {"not-allowed"},
    back_dated_number: {"back-dated"},
    back_dated_after_a_void_number: {"back-dated"},
    future: {"future-record"},
    number_after_commit: {"future-record"},
    list_edited: {"list-edited"},
    list_edited_without_basis: {"list-edited"},
    units_edited: {"units-edited"},
    rules_edited: {"rules-edited"},
    reviewers_edited: {"reviewers-edited"},
    evidence_changed: {"evidence-changed"},
    evidence_deleted: {"evidence-missing"},
    evidence_of_new_record_missing: {"evidence-missing"},
    says_nothing: {"says-nothing"},
    id_reused: {"id-reused"},
    id_reused_by_another: {"id-reused", "back-dated"},
    id_reused_on_two_lines: {"id-reused"},
    issued_altered: {"issued-altered"},
    issued_deleted: {"issued-altered"},
    link: {"not-a-file", "foreign-file"},
    **{attempt: codes for attempt, codes in ATTEMPTS.items() if codes},
}


EXAMPLES = {code: function for function in reversed(BROKEN) for code in BROKEN[function]}
"""Of each code the case whose violation is kept for the index of codes."""


@pytest.mark.parametrize("name", SOUND)
def test_sound(gaigai: Gaigai, repo: Repo, same_as_file: SameAsFile, name: str) -> None:
    SOUND[name](repo)

    now = LATER if name in IN_JULY else NOW
    run = gaigai("review", "base..HEAD", GAIGAI_NOW=now, COLUMNS="100")

    assert (run.status, run.err) == (0, "")
    same_as_file(run.out, KEPT / f"{name}.txt")


@pytest.mark.parametrize("broken", BROKEN, ids=lambda function: function.__name__)
def test_broken(repo: Repo, same_as_file: SameAsFile, broken: Callable[[Repo], None]) -> None:
    if broken is link and os.name == "nt":
        pytest.skip("links need a privilege there")
    broken(repo)
    found = reviewed(repo.data, "base", "HEAD", today=date.fromisoformat(NOW[:10]))

    page = as_page(found, "审阅 base..HEAD", "data/").text(100)
    same_as_file(page, KEPT / f"{broken.__name__}.txt")
    told = {violation.code: violation for violation in found.violations}
    assert set(told) == BROKEN[broken]
    assert found.bad
    for code, violation in told.items():
        if EXAMPLES[code] is broken:
            keep_example(same_as_file, code, violation.message, violation.remedy)


def test_the_command_prints_the_page(gaigai: Gaigai, repo: Repo) -> None:
    changed(repo)

    run = review(gaigai)

    assert (run.status, run.err) == (1, "")
    assert run.out == (KEPT / "changed.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["md", "github", "json"])
def test_forms(gaigai: Gaigai, repo: Repo, same_as_file: SameAsFile, form: str) -> None:
    changed(repo)
    looked_at(repo)
    entered_by_office(repo)

    run = review(gaigai, "base..HEAD", "--format", form)

    assert run.status == 1
    same_as_file(run.out, KEPT / f"forms.{form}")


def test_rules_and_people_are_those_of_the_base(gaigai: Gaigai, repo: Repo) -> None:
    """Nobody can allow himself in one commit what he does in the next."""
    reviewers_edited(repo)
    not_allowed(repo)

    run = review(gaigai, "base..HEAD", "--format", "json")

    assert codes(run) == {"reviewers-edited", "not-allowed"}


def test_what_the_base_has_besides_is_not_told(gaigai: Gaigai, repo: Repo) -> None:
    repo.git("switch", "-q", "-c", "mine")
    sound(repo)
    repo.git("switch", "-q", "main")
    repo.append("示例乙局", record(20, "2.1"))
    repo.commit("乙局报进展", "乙")

    run = review(gaigai, "main..mine")

    assert run.status == 0
    assert "示例乙局" not in run.out


def test_what_lay_before_it_was_pushed_is_named(repo: Repo) -> None:
    """A commit says any day; a server knows its own."""
    repo.append("示例乙局", record(20, "2.1", day="2024-06-10", by="乙"))
    repo.commit("乙局报进展", "乙", day="2024-06-10")
    today = date(2024, 6, 15)

    pushed = reviewed(repo.data, "base", "HEAD", today=today, now=today)
    looked_at = reviewed(repo.data, "base", "HEAD", today=today)

    lay = "乙6月10日提交的1条记录到6月15日才推送：20240610-090000-00000014"
    assert lay in {look.message for look in pushed.looks}
    assert not any("20240610-090000-00000014" in look.message for look in looked_at.looks[1:])


def test_people_who_can_not_be_told_apart_are_told_before_they_are_taken(repo: Repo) -> None:
    """An edit of reviewers.yaml alone changes nothing that is judged; it is looked at all the same."""
    again = "  - name: 丙\n    emails: [JIA@example.invalid]\n    units: [示例丙局]\n"
    repo.write("reviewers.yaml", repo.read("reviewers.yaml") + again)
    repo.commit("登记人", "主任")

    found = reviewed(repo.data, "base", "HEAD", today=date(2024, 6, 15))

    assert [finding.code for finding in found.findings] == ["duplicate-email"]
    assert found.bad


def test_two_people_may_have_one_name(repo: Repo) -> None:
    namesake = "  - name: 甲\n    emails: [jia2@example.invalid]\n    units: [{}]\n"
    for units in ("示例乙局", "示例丙局"):
        repo.write("reviewers.yaml", repo.read("reviewers.yaml") + namesake.format(units))
        repo.replace("reviewers.yaml", "jia2@", f"jia-{'乙' if units == '示例乙局' else '丙'}@")
    repo.commit("同名", "主任")
    repo.git("tag", "-f", "base")
    repo.append("示例乙局", record(20, "2.1", by="甲"))
    repo.commit("乙局报进展", "乙")

    found = reviewed(repo.data, "base", "HEAD", today=date(2024, 6, 15))

    assert not found.violations


def test_a_head_alone(gaigai: Gaigai, repo: Repo) -> None:
    sound(repo)

    assert review(gaigai, "base").out == review(gaigai, "base..HEAD").out
    assert review(gaigai, "base", "--at", "HEAD").out == review(gaigai, "base..HEAD").out


def test_nothing_to_review(gaigai: Gaigai, repo: Repo) -> None:
    run = review(gaigai, "base..HEAD")

    assert run.status == 0
    assert run.out.startswith("审阅 base..HEAD\n\n共0个提交：未发现问题。\n\n改动\n")


def test_without_reviewers_anybody_may_record(gaigai: Gaigai, tmp_path: Path) -> None:
    repo = new_repo(tmp_path / "仓库", people=False)
    not_allowed(repo)
    stranger(repo)

    run = gaigai("review", "base", "--data", str(repo.data), GAIGAI_NOW=NOW)

    assert run.status == 0
    assert "范围起点没有 reviewers.yaml，没有核对谁可以为哪个单位登记。" in run.out


def test_files_are_untouched(gaigai: Gaigai, repo: Repo) -> None:
    """A review reads commits; what lies uncommitted is neither seen nor changed."""
    sound(repo)
    before = review(gaigai).out
    repo.write(TASKS, "broken: [")

    assert review(gaigai).out == before
    assert repo.git("status", "--short") == "M data/tasks.yaml"


def test_a_bare_repository(gaigai: Gaigai, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(repo)
    repo.git("clone", "-q", "--bare", ".", "../server.git")
    monkeypatch.chdir(repo.top.parent / "server.git")

    run = review(gaigai, "--data", "data", "base..main", "--format", "json")

    assert (run.status, codes(run)) == (1, {"record-changed"})


@pytest.mark.parametrize(
    ("words", "number"),
    [(("diff", "base..HEAD"), 6), (("review", "base..HEAD"), 11), (("log",), 7)],
)
def test_few_processes_however_many_commits(
    gaigai: Gaigai, repo: Repo, words: tuple[str, ...], number: int
) -> None:
    sound(repo)
    demand_version()  # asked of git once, whoever is the first
    with processes() as few:
        assert gaigai(*words, GAIGAI_NOW=NOW).status == 0
    for second in range(30, 40):
        repo.append("示例甲局", record(second, "1.2", day="2024-06-12"))
        repo.commit("报进展")

    with processes() as many:
        assert gaigai(*words, GAIGAI_NOW=NOW).status == 0
    assert len(many) == len(few) == number


def test_a_commit_is_looked_for_once(gaigai: Gaigai, repo: Repo) -> None:
    """What a name means may change meanwhile; data and reports are of the same commit."""
    sound(repo)

    with processes() as started:
        assert gaigai("check", "--at", "HEAD", GAIGAI_NOW=NOW).status == 0

    assert str(started).count("HEAD^{commit}") == 1


def test_words_of_others_are_harmless(gaigai: Gaigai, repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1"))
    repo.git("add", "-A")
    repo.git(
        "-c", "user.name=\x1b[31m坏\x1b]0;x\x07人", "-c", "user.email=who@example.invalid",
        "commit", "-q", "-m", "::error::x\n\n\x1b[2J",
    )  # fmt: skip

    for form in ("text", "github", "md"):
        assert not re.search(
            r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", review(gaigai, "base", "--format", form).out
        )


def test_kept_pages_are_those_of_tests() -> None:
    names = {*SOUND, *(function.__name__ for function in BROKEN)}

    assert {path.stem for path in KEPT.glob("*.txt")} == names
    assert {path.stem for path in EXAMPLE_OF_CODE.glob("*.json")} == {
        *EXAMPLES, "unsigned", "signer-differs"
    }  # fmt: skip


def test_the_made_records_are_what_they_seem() -> None:
    assert id_of(1, "2024-05-20") in record(1, "1.1", day="2024-05-20")
    assert json.loads(ISSUED)["period"] == "2024-05"


def test_every_code_is_written_down() -> None:
    written = set(
        re.findall(
            r"`([a-z]+(?:-[a-z]+)*)`",
            (KEPT.parents[2] / "docs" / "review.md").read_text(encoding="utf-8"),
        )
    )

    assert set().union(*BROKEN.values()) <= written


def test_every_attempt_is_written_down() -> None:
    """docs/review.md has a row for each attempt, with the codes that tell it, and no other."""
    text = (KEPT.parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
    rows = text.partition("<!-- attempts -->")[2].partition("<!-- /attempts -->")[0].splitlines()
    written = {
        cells[1].strip().replace(" ", "_"): set(re.findall(r"`([a-z-]+)`", cells[2]))
        for cells in (row.split("|") for row in rows[3:])
        if len(cells) > 3
    }

    assert written == {attempt.__name__: codes for attempt, codes in ATTEMPTS.items()}
