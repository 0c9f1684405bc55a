"""What somebody may try in a range of commits, each with the codes that must tell it; an empty set: named, not refused.

docs/review.md has a row for each; `bench.server` pushes them to a server.
"""

from collections.abc import Callable
from typing import Final

from tests.history.repo import Repo, id_of, record

LOG, TASKS = "progress/示例甲局.yaml", "tasks.yaml"


def reviewers_taken_away_by_a_merge(repo: Repo) -> None:
    """甲 merges the line from before reviewers.yaml, and takes "no such file" from it."""
    repo.git("switch", "-q", "--orphan", "older")
    repo.git("checkout", "-q", "main", "--", "data")
    repo.git("rm", "-q", "-f", "data/reviewers.yaml")
    repo.commit("清单", "主任", day="2024-05-01")
    old = repo.head
    repo.git("switch", "-q", "main")
    repo.git("rm", "-q", "data/reviewers.yaml")
    tree = repo.git("write-tree")
    repo.git("reset", "-q", "--hard", "HEAD")
    _merge_made(repo, tree, old)


def reviewers_brought_back_by_a_merge(repo: Repo) -> None:
    """乙 was of the office once; a merge with that commit brings the list of that day back."""
    repo.replace("reviewers.yaml", "units: [示例乙局]", "units: [示例乙局, 示例办]")
    repo.commit("借调", "主任")
    once = repo.head
    repo.replace("reviewers.yaml", "units: [示例乙局, 示例办]", "units: [示例乙局]")
    repo.commit("回原单位", "主任")
    repo.git("tag", "-f", "base")
    _merge_made(repo, repo.git("rev-parse", f"{once}^{{tree}}"), once, by="乙")


def reviewers_brought_back_by_a_merge_of_three(repo: Repo) -> None:
    """Between the older commit and the others lies nothing that only the others have: git merges two of three first."""
    once = repo.git("rev-parse", "HEAD")
    repo.replace(
        "reviewers.yaml", "yi2@example.invalid", "yi3@example.invalid, yi2@example.invalid"
    )
    repo.commit("改地址", "主任")
    tip = repo.head
    repo.git("tag", "-f", "base")
    repo.write("evidence/示例乙局/a.txt", "a\n")
    repo.commit("佐证", "乙")
    side = repo.head
    repo.git("reset", "-q", "--hard", tip)
    repo.write("evidence/示例乙局/b.txt", "b\n")
    repo.commit("佐证", "乙")
    repo.write("evidence/示例乙局/a.txt", "a\n")
    repo.git("checkout", "-q", once, "--", "data/reviewers.yaml")
    repo.git("add", "-A")
    _merge_made(repo, repo.git("write-tree"), side, once, by="乙")


def evidence_brought_back_by_a_merge_of_three(repo: Repo) -> None:
    """With an older commit beside it what all three have in common is from before the file: it looks like a new one."""
    first = repo.head
    repo.write("evidence/示例甲局/补.txt", "x\n")
    repo.commit("佐证")
    once = repo.head
    (repo.data / "evidence" / "示例甲局" / "补.txt").unlink()
    repo.commit("不要了")
    repo.git("tag", "-f", "base")
    _merge_made(repo, repo.git("rev-parse", f"{once}^{{tree}}"), first, once, by="乙")


def reviewers_of_the_office_undone(repo: Repo) -> None:
    """The office takes 乙's unit away, and 乙 gives it back in the same range: both ends are the same."""
    was = repo.read("reviewers.yaml")
    repo.replace("reviewers.yaml", "units: [示例乙局]", "units: []")
    repo.commit("调离", "主任")
    repo.write("reviewers.yaml", was)
    repo.commit("恢复", "乙")


def reviewers_without_the_office(repo: Repo) -> None:
    """From the next push on nobody could change the list any more, nor this."""
    repo.write("reviewers.yaml", repo.read("reviewers.yaml").partition("  - name: 主任")[0])
    repo.commit("名单", "主任")


def reviewers_taken_away_by_the_office(repo: Repo) -> None:
    (repo.data / "reviewers.yaml").unlink()
    repo.commit("不设名单", "主任")


def reform_from_before_the_bulletin(repo: Repo) -> None:
    """What the bulletin of 1 June has told of one unit is another's now."""
    repo.write(
        "departments.yaml",
        repo.read("departments.yaml")
        + "reforms:\n  - basis: 示例发〔2024〕8号\n    effective: 2024-05-10\n    handed_over: 2024-05-12\n"
        "    became:\n      - {unit: 示例甲局, to: [示例乙局]}\n",
    )
    repo.commit("机构改革\n\n修改依据：示例发〔2024〕8号", "主任")


def deadline_moved_with_a_basis(repo: Repo) -> None:
    """What was late is in time, without a ruling and without a record."""
    old, new = (
        "2024年6月底, kind: fixed, due: 2024-06-30",
        "2024年9月底, kind: fixed, due: 2024-09-30",
    )
    repo.replace(TASKS, old, new)
    repo.commit("修改清单\n\n修改依据：示例〔2024〕9号", "主任")


def list_edited_with_a_basis_that_says_nothing(repo: Repo) -> None:
    repo.replace(TASKS, "示例事项，有时限", "示例事项，另有时限")
    repo.commit("修改清单\n\n修改依据：同上", "主任")


def evidence_of_another_undone(repo: Repo) -> None:
    repo.write("evidence/示例甲局/补.txt", "x\n")
    repo.commit("佐证")
    (repo.data / "evidence" / "示例甲局" / "补.txt").unlink()
    repo.commit("整理", "乙")


def own_mistake_undone(repo: Repo) -> None:
    """Whom the server has refused puts it right by a commit of his own."""
    template(repo)
    (repo.top / "templates" / "通报.docx").unlink()
    repo.commit("撤回", "乙")


def _merge_made(repo: Repo, tree: str, *others: str, by: str = "甲") -> None:
    """A merge of HEAD and other commits with a tree of the author's choice."""
    repo.git("read-tree", "-u", "--reset", tree)
    heads = "".join(f"{other}\n" for other in others)
    (repo.top / ".git" / "MERGE_HEAD").write_text(heads, encoding="ascii")
    repo.committed("commit", "-q", "--allow-empty", "-m", "合并 origin 的 main", by=by)


def record_lost_where_lines_cross(repo: Repo) -> None:
    """Two common commits: the one that is chosen doesn't have what the merge of the range drops."""
    repo.git("switch", "-q", "-c", "side")
    repo.write("evidence/示例乙局/a.txt", "a\n")
    repo.commit("佐证", "乙")
    side = repo.head
    repo.git("switch", "-q", "main")
    repo.append("示例甲局", record(10, "1.1", percent="85"))
    repo.commit("报进展")
    second = repo.head
    repo.committed("merge", "-q", "--no-ff", "-m", "合并", "side", by="乙")
    repo.git("tag", "-f", "base")
    repo.git("switch", "-q", "--detach", side)
    _merge_made(repo, repo.git("rev-parse", f"{side}^{{tree}}"), second, by="乙")
    repo.git("branch", "-f", "main", "HEAD")
    repo.git("switch", "-q", "main")


def record_brought_and_deleted(repo: Repo) -> None:
    """乙 takes over what 甲 has recorded in the branch, and deletes it there."""
    repo.append("示例甲局", record(10, "1.1", percent="60"))
    repo.commit("报进展")
    repo.git("checkout", "-q", "base", "--", "data/progress")
    repo.commit("整理", "乙")


def own_record_taken_back(repo: Repo) -> None:
    """What one deletes oneself before anybody had it is one's own affair."""
    repo.append("示例甲局", record(10, "1.1", percent="60"))
    repo.commit("报进展")
    repo.git("checkout", "-q", "base", "--", "data/progress")
    repo.commit("不报了")


def _file(attempt: str, name: str, text: str = "x\n") -> Callable[[Repo], None]:
    def made(repo: Repo) -> None:
        path = repo.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        repo.commit("文件", "乙")

    made.__name__ = attempt
    return made


template = _file("template", "templates/通报.docx")
report = _file("report", "reports/2024-06.md")
issued_by_a_unit = _file("issued_by_a_unit", "reports/issued/2024-04.docx")
attributes = _file("attributes", ".gitattributes", "*.yaml -diff -merge\n")
attributes_in_capitals = _file(
    "attributes_in_capitals", "data/evidence/示例乙局/.GITATTRIBUTES", "* -text\n"
)
ignore_file_among_evidence = _file(
    "ignore_file_among_evidence", "data/evidence/示例乙局/.gitignore", "*.yaml\n"
)
submodules = _file("submodules", ".gitmodules", "")
workflow = _file("workflow", ".github/workflows/gaigai.yml", "on: push\n")
pipeline = _file("pipeline", ".gitlab-ci.yml", "{}\n")
other_list = _file("other_list", "其他清单/data/tasks.yaml", "{}\n")
log_of_another_list = _file(
    "log_of_another_list", "2025/data/progress/示例乙局.yaml", "unit: 示例乙局\nrecords: []\n"
)
schema = _file("schema", "schemas/log.schema.json", "{}\n")
evidence_of_another = _file("evidence_of_another", "data/evidence/示例甲局/补.txt")
reserved_name = _file("reserved_name", "data/evidence/示例乙局/aux.txt")
name_with_a_colon = _file("name_with_a_colon", "data/evidence/示例乙局/a:b.txt")
name_with_a_dot_at_its_end = _file("name_with_a_dot_at_its_end", "data/evidence/示例乙局/尾点.")
name_too_long = _file("name_too_long", f"data/evidence/示例乙局/{'长' * 67}")
path_too_long = _file("path_too_long", f"data/evidence/示例乙局/{'很长的文件夹/' * 35}a.txt")
twin_by_case = _file("twin_by_case", "Data/tasks.yaml", "{}\n")
own_evidence = _file("own_evidence", "data/evidence/示例乙局/a.txt")


def twin_by_form_of_letters(repo: Repo) -> None:
    """One name to a Mac: é as one sign, and as a letter with an accent behind it."""
    for name in ("\u00e9", "e\u0301"):
        repo.write(f"evidence/示例乙局/{name}.txt", "x\n")
    repo.commit("文件", "乙")


def link_for_reports(repo: Repo) -> None:
    (repo.top / "报表").symlink_to("/tmp", target_is_directory=True)
    repo.commit("报表", "乙")


def log_of_another_moved(repo: Repo) -> None:
    """Where nobody looks for it, or no Windows can check it out."""
    repo.git("mv", f"data/{LOG}", "data/progress/.示例甲局.yaml")
    repo.commit("改名", "乙")


def log_of_another_shadowed(repo: Repo) -> None:
    """An empty log that would take what 甲 records next."""
    repo.write("progress/示例甲局/甲.yaml", "unit: 示例甲局\nrecords: []\n")
    repo.commit("空文件", "乙")


def log_of_another_claimed(repo: Repo) -> None:
    """The same from his own folder."""
    repo.write("progress/示例乙局/甲.yaml", "unit: 示例甲局\nrecords: []\n")
    repo.commit("空文件", "乙")


def log_of_another_claimed_by_a_merge(repo: Repo) -> None:
    """No record tells of it: there was none yet in the log that 甲 writes next."""
    repo.write("progress/示例甲局/甲.yaml", "unit: 示例甲局\nrecords: []\n")
    repo.commit("空文件")
    start = repo.head
    repo.git("tag", "-f", "base")
    repo.append("示例乙局", record(20, "2.1", by="乙"))
    repo.commit("报进展", "乙")
    side = repo.head
    repo.write("progress/示例甲局/甲.yaml", "unit: 示例乙局\nrecords: []\n")
    repo.git("add", "-A")
    tree = repo.git("write-tree")
    repo.git("reset", "-q", "--hard", start)
    repo.write("evidence/示例乙局/a.txt", "a\n")
    repo.commit("佐证", "乙")
    _merge_made(repo, tree, side, by="乙")


def log_of_another_shadowed_by_own_records(repo: Repo) -> None:
    """What 乙 may record, where 甲 would record next."""
    repo.append("示例乙局", record(20, "2.1"), "progress/示例甲局/甲.yaml")
    repo.commit("报进展", "乙")


def log_of_another_rewritten_where_he_records(repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1", percent="60"))
    repo.commit("报进展")
    repo.write(LOG, f"# 乙的话\n{repo.read(LOG)}")
    repo.commit("注释", "乙")


def name_of_another(repo: Repo) -> None:
    _signed_by(repo, "主任")


def name_of_another_with_a_blank(repo: Repo) -> None:
    _signed_by(repo, "主 任")


def name_of_a_unit(repo: Repo) -> None:
    _signed_by(repo, "示例办")


def _signed_by(repo: Repo, name: str) -> None:
    repo.append("示例乙局", record(20, "2.1", by=name))
    repo.commit("报进展", "乙")


def commit_in_the_name_of_another(repo: Repo) -> None:
    """His own address, and a name by which whoever reads the review would take him for the office."""
    repo.append("示例乙局", record(20, "2.1", by="乙"))
    repo.git("add", "-A")
    repo.committed("commit", "-q", "-m", "报进展", "--author", "主任 <yi@example.invalid>", by="乙")


def commit_in_the_name_of_another_with_a_hidden_sign(repo: Repo) -> None:
    repo.append("示例乙局", record(20, "2.1", by="乙"))
    repo.git("add", "-A")
    author = "主\u200b任 <yi@example.invalid>"
    repo.committed("commit", "-q", "-m", "报进展", "--author", author, by="乙")


def name_of_another_by_a_correction(repo: Repo) -> None:
    """The record itself is signed as it must be."""
    repo.append("示例甲局", record(10, "1.1", by="甲"))
    repo.append("示例甲局", _correction(11, id_of(10), set="{by: 主任}", by="甲"))
    repo.commit("报进展")


def number_and_commit_of_the_future(repo: Repo) -> None:
    """Two days after today, which is 15 June, by number and commit alike."""
    repo.append("示例乙局", record(20, "2.1", recorded="2024-06-17"))
    repo.commit("报进展", "乙", day="2024-06-17")


def unknown_name(repo: Repo) -> None:
    repo.append("示例乙局", record(20, "2.1", day="2024-06-12", by="新来的"))
    repo.commit("报进展", "乙")


def via_of_a_liaison(repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1", via="书面"))
    repo.commit("报进展")


def list_in_another_order(repo: Repo) -> None:
    """The office, too, says on what it rests."""
    _turn_round(repo, "主任")


def list_in_another_order_by_a_unit(repo: Repo) -> None:
    _turn_round(repo, "乙")


def _turn_round(repo: Repo, by: str) -> None:
    head, *tasks = repo.read(TASKS).split("\n  - id: ")
    tasks = [task.rstrip("\n") for task in tasks]
    repo.write(TASKS, "\n  - id: ".join([head, *tasks[::-1]]) + "\n")
    repo.commit("调整顺序", by)


def evidence_too_large(repo: Repo) -> None:
    path = repo.data / "evidence" / "示例乙局" / "大.bin"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"0" * (20 * 1024 * 1024 + 1))
    repo.commit("大文件", "乙")


def evidence_too_large_and_taken_back(repo: Repo) -> None:
    """Whoever clones fetches it all the same, and is told."""
    evidence_too_large(repo)
    (repo.data / "evidence" / "示例乙局" / "大.bin").unlink()
    repo.commit("删去", "乙")


def record_without_a_name(repo: Repo) -> None:
    repo.append("示例甲局", record(10, "1.1", day="2024-06-12"), "progress/示例甲局/甲.yaml")
    repo.commit("报进展")


def commit_of_the_future(repo: Repo) -> None:
    """A record of its day, in a commit that says next week."""
    repo.append("示例甲局", record(10, "1.1", day="2024-06-15", by="甲"))
    repo.commit("报进展", day="2024-06-20")


def application_from_before_the_deadline(repo: Repo) -> None:
    """Numbered in June, committed in July: it may have lain here, and is named with the deadline."""
    repo.append(
        "示例甲局",
        record(10, "1.1", "申请销号", day="2024-06-28", evidence="[示例〔2024〕15号]"),
        "progress/示例甲局/甲.yaml",
    )
    repo.commit("申请销号", day="2024-07-03")


def application_and_work_from_before_the_deadline(repo: Repo) -> None:
    """`git commit --date` says that the work is of June; the commit itself is of July."""
    applied = record(
        10, "1.1", "申请销号", day="2024-06-28", evidence="[示例〔2024〕15号]", by="甲"
    )
    repo.append("示例甲局", applied, "progress/示例甲局/甲.yaml")
    repo.commit("申请销号", "甲", "--date=2024-06-28T09:01:00+08:00", day="2024-07-03")


def application_and_commit_from_before_the_deadline(repo: Repo) -> None:
    """Both say June, but what the office already had in July has none of it: no server's clock is needed to see that."""
    repo.append("示例乙局", record(20, "2.1", day="2024-07-02", by="乙"))
    repo.commit("报进展", "乙", day="2024-07-02")
    repo.git("tag", "-f", "base")
    applied = record(
        10, "1.1", "申请销号", day="2024-06-28", evidence="[示例〔2024〕15号]", by="甲"
    )
    repo.append("示例甲局", applied, "progress/示例甲局/甲.yaml")
    repo.commit("申请销号", day="2024-06-28")


def application_behind_a_later_report(repo: Repo) -> None:
    """Number and commit say June, but it stands behind a commit of July."""
    repo.append("示例甲局", record(11, "1.2", day="2024-07-02", by="甲"))
    repo.commit("报进展", day="2024-07-02")
    applied = record(
        10, "1.1", "申请销号", day="2024-06-28", evidence="[示例〔2024〕15号]", by="甲"
    )
    repo.append("示例甲局", applied)
    repo.commit("申请销号", day="2024-06-28")


def committed_in_another_order(repo: Repo) -> None:
    """Recorded without --commit, the next one with it, then the first: nobody has done wrong."""
    repo.append("示例甲局", record(11, "1.2", day="2024-06-12", by="甲").replace("09", "10", 1))
    repo.commit("报进展")
    repo.append("示例甲局", record(10, "1.1", day="2024-06-12", by="甲"))
    repo.commit("再报")


def recorded_on_two_computers(repo: Repo) -> None:
    """Recorded on one, then on another that pushes first; the first fetches, merges and pushes."""
    start, before = repo.head, repo.read(LOG)
    later = record(11, "1.2", day="2024-06-12", by="甲")
    repo.append("示例甲局", later)
    repo.commit("报进展", day="2024-06-12")
    repo.git("tag", "-f", "base")
    other = repo.head
    repo.git("reset", "-q", "--hard", start)
    earlier = record(10, "1.1", day="2024-06-11", by="甲")
    repo.append("示例甲局", earlier)
    repo.commit("报进展", day="2024-06-11")
    repo.write(LOG, f"{before}{later}{earlier}")
    repo.git("add", "-A")
    _merge_made(repo, repo.git("write-tree"), other, by="甲")


def report_from_before_the_bulletin(repo: Repo) -> None:
    """Number and commit say May; the bulletin of May was issued on 1 June, and the base of 2 June hasn't got it."""
    repo.append("示例乙局", record(20, "2.1", day="2024-06-02", by="乙"))
    repo.commit("报进展", "乙", day="2024-06-02")
    repo.git("tag", "-f", "base")
    report = record(10, "1.1", day="2024-05-28", by="甲")
    repo.append("示例甲局", report, "progress/示例甲局/甲.yaml")
    repo.commit("报进展", day="2024-05-28")


def the_office_puts_a_file_for_a_link(repo: Repo) -> None:
    link_for_reports(repo)
    repo.git("tag", "-f", "base")
    (repo.top / "报表").unlink()
    (repo.top / "报表").write_text("x\n", encoding="utf-8")
    repo.commit("报表", "主任")


def evidence_of_a_verified_close_out(repo: Repo) -> None:
    """A 更正 that says that it was written before the ruling, and comes after it."""
    applied = record(10, "1.1", "申请销号", day="2024-06-11", evidence="[示例〔2024〕15号]")
    repo.append("示例甲局", applied)
    repo.commit("申请销号", day="2024-06-11")
    ruling = record(11, "1.1", "核验销号", day="2024-06-13", answers=f"[{id_of(10, '2024-06-11')}]")
    repo.append("示例办", ruling)
    repo.commit("核验销号", "主任", day="2024-06-13")
    repo.git("tag", "-f", "base")
    corrects = id_of(10, "2024-06-11")
    other = _correction(12, corrects, "2024-06-12", set="{evidence: [随便一个号]}")
    repo.append("示例甲局", other)
    repo.commit("更正", day="2024-06-12")


def correction_that_others_have_unmade(repo: Repo) -> None:
    """A ruling may rest on what it made of the record."""
    corrected = _correction(10, id_of(1, "2024-05-20"), set="{percent: 40}")
    repo.append("示例甲局", corrected)
    repo.commit("更正")
    repo.git("tag", "-f", "base")
    repo.append("示例甲局", _correction(11, id_of(10), void="true"))
    repo.commit("作废")


def own_correction_unmade(repo: Repo) -> None:
    """Nobody has seen either."""
    repo.append("示例甲局", _correction(10, id_of(1, "2024-05-20"), set="{percent: 40}"))
    repo.append("示例甲局", _correction(11, id_of(10), void="true"))
    repo.commit("更正")


def _correction(number: int, corrects: str, day: str = "2024-06-10", **what: str) -> str:
    fields = {"date": day, "kind": "更正", "corrects": corrects, **what, "reason": "填报有误。"}
    lines = [f"  - id: {id_of(number, day)}"]
    return "\n".join([*lines, *(f"    {name}: {value}" for name, value in fields.items())]) + "\n"


def the_office_changes_what_others_see(repo: Repo) -> None:
    (repo.top / ".gitattributes").write_text("*.yaml text eol=lf\n", encoding="utf-8")
    (repo.top / "templates").mkdir()
    (repo.top / "templates" / "通报.docx").write_bytes(b"x")
    (repo.top / "reports" / "issued" / "2024-04.docx").write_bytes(b"x")
    repo.commit("模板", "主任")


def the_maintainer_changes_checks(repo: Repo) -> None:
    people = "maintainers:\n  - name: 路人\n    emails: [who@example.invalid]\n"
    repo.write("reviewers.yaml", repo.read("reviewers.yaml") + people)
    repo.commit("维护人", "主任")
    repo.git("tag", "-f", "base")
    path = repo.top / ".github" / "workflows" / "gaigai.yml"
    path.parent.mkdir(parents=True)
    path.write_text("on: push\n", encoding="utf-8")
    repo.commit("自动检查", "路人")


def the_maintainer_edits_the_list(repo: Repo) -> None:
    the_maintainer_changes_checks(repo)
    repo.replace(TASKS, "# 示例数据，非真实任务", "# 示例数据，不是真的")
    repo.commit("注释", "路人")


ATTEMPTS: Final[dict[Callable[[Repo], None], set[str]]] = {
    reviewers_taken_away_by_a_merge: {"reviewers-edited"},
    reviewers_brought_back_by_a_merge: {"reviewers-edited"},
    reviewers_brought_back_by_a_merge_of_three: {"reviewers-edited"},
    evidence_brought_back_by_a_merge_of_three: {"foreign-file"},
    reviewers_of_the_office_undone: {"foreign-file"},
    reviewers_without_the_office: set(),
    reviewers_taken_away_by_the_office: set(),
    reform_from_before_the_bulletin: set(),
    deadline_moved_with_a_basis: set(),
    list_edited_with_a_basis_that_says_nothing: {"list-edited"},
    evidence_of_another_undone: {"foreign-file"},
    own_mistake_undone: set(),
    record_lost_where_lines_cross: {"record-deleted"},
    record_brought_and_deleted: {"record-deleted"},
    own_record_taken_back: set(),
    template: {"foreign-file"},
    report: {"foreign-file"},
    issued_by_a_unit: {"foreign-file"},
    attributes: {"foreign-file"},
    attributes_in_capitals: {"foreign-file"},
    ignore_file_among_evidence: {"foreign-file"},
    submodules: {"foreign-file"},
    workflow: {"foreign-file"},
    pipeline: {"foreign-file"},
    other_list: {"foreign-file"},
    log_of_another_list: {"foreign-file"},
    schema: {"foreign-file"},
    evidence_of_another: {"foreign-file"},
    own_evidence: set(),
    link_for_reports: {"foreign-file", "not-a-file"},
    reserved_name: {"bad-name"},
    name_with_a_colon: {"bad-name"},
    name_with_a_dot_at_its_end: {"bad-name"},
    name_too_long: {"bad-name"},
    path_too_long: {"bad-name"},
    twin_by_form_of_letters: {"bad-name"},
    twin_by_case: {"bad-name", "foreign-file"},
    log_of_another_moved: {"foreign-file"},
    log_of_another_shadowed: {"foreign-file"},
    log_of_another_claimed: {"foreign-file"},
    log_of_another_claimed_by_a_merge: {"foreign-file"},
    log_of_another_shadowed_by_own_records: {"foreign-file"},
    log_of_another_rewritten_where_he_records: {"foreign-file"},
    name_of_another: {"foreign-name"},
    name_of_another_with_a_blank: {"foreign-name"},
    name_of_a_unit: {"foreign-name"},
    commit_in_the_name_of_another: {"foreign-name"},
    commit_in_the_name_of_another_with_a_hidden_sign: {"foreign-name"},
    name_of_another_by_a_correction: {"foreign-name"},
    number_and_commit_of_the_future: {"future-record"},
    unknown_name: set(),
    via_of_a_liaison: {"via-outside-office"},
    list_in_another_order: {"list-edited"},
    list_in_another_order_by_a_unit: {"list-edited"},
    evidence_too_large: {"evidence-too-large"},
    evidence_too_large_and_taken_back: set(),
    record_without_a_name: set(),
    commit_of_the_future: set(),
    application_from_before_the_deadline: set(),
    application_and_work_from_before_the_deadline: set(),
    application_and_commit_from_before_the_deadline: set(),
    application_behind_a_later_report: set(),
    committed_in_another_order: set(),
    recorded_on_two_computers: set(),
    report_from_before_the_bulletin: set(),
    evidence_of_a_verified_close_out: {"already-decided"},
    correction_that_others_have_unmade: {"correction-unmade"},
    own_correction_unmade: set(),
    the_office_puts_a_file_for_a_link: set(),
    the_office_changes_what_others_see: set(),
    the_maintainer_changes_checks: set(),
    the_maintainer_edits_the_list: {"foreign-file"},
}
