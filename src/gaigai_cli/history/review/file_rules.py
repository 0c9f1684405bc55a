"""Rules about files: list, units, rules, reviewers, evidence and issued bulletins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from gaigai_cli.history.changes.edits import Edit
from gaigai_cli.history.changes.sentences import cited
from gaigai_cli.history.commits import harmless
from gaigai_cli.history.review.range import Case, issued_folder
from gaigai_cli.history.review.violation import Violation, last
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.finding import Location
from gaigai_cli.model.reviewers import Reviewers
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList

BASIS: Final = "修改依据"
"""The line of a commit's message that makes an edit of the list an amendment: 修改依据：岳县工改办〔2024〕9号."""

_BASIS: Final = re.compile(rf"^{BASIS}\s*[:：]\s*\S", re.MULTILINE)
_LIST_FILES: Final = {
    TaskList.file: ("list-edited", "清单"),
    Departments.file: ("units-edited", "单位名册"),
    Rules.file: ("rules-edited", "规则"),
}


def edited(case: Case) -> Iterator[Violation]:
    """List, units or rules changed by others than the office, or by nothing that the message names."""
    for file, (code, name) in _LIST_FILES.items():
        found = [edit for edit in case.changes.edits if edit.file == file]
        if not found:
            continue
        needs_basis = file != Departments.file or any(not _only_names(edit) for edit in found)
        for commit in case.touched(file) or (None,):
            place = Location(file)
            if commit is not None and not case.of_office(commit):
                message = f"{name}（{file}）由{commit.author}改动：{_told(found)}"
                remedy = f"清单、单位和规则只由{case.base.office}改动，请恢复原样"
                yield Violation(code, message, remedy, commit, place)
            elif commit is None or (needs_basis and not _BASIS.search(commit.message)):
                message = f"{name}（{file}）被改动，没有写明修改依据：{_told(found)}"
                remedy = f"通知经修改后才改{name}：请在提交说明里另起一行写“{BASIS}：文号”"
                yield Violation(code, message, remedy, commit, place)


def _only_names(edit: Edit) -> bool:
    return edit.where.endswith(("别名", "拼音首字母"))


def _told(edits: list[Edit]) -> str:
    shown = "、".join(edit.where for edit in edits[:3])
    return f"{shown}等{len(edits)}处" if len(edits) > 3 else shown


def reviewers_edited(case: Case) -> Iterator[Violation]:
    """Who may record is for the office to say."""
    if case.people is None or case.people == case.head.ledger.reviewers:
        return
    for commit in case.touched(Reviewers.file):
        if not case.of_office(commit):
            yield Violation(
                "reviewers-edited",
                f"{commit.author}改动了 reviewers.yaml",
                f"登记人名单只由{case.base.office}改动，请恢复原样",
                commit,
                Location(Reviewers.file),
            )


def evidence_altered(case: Case) -> Iterator[Violation]:
    """A file that a record of the past refers to, changed or gone; for new records the findings tell it."""
    for name, (change, entry) in case.altered_evidence.items():
        gone = change.after is None or not change.plain
        cited_by = cited(entry, case.base.tasks.notice.year)
        yield Violation(
            "evidence-missing" if gone else "evidence-changed",
            f"{cited_by}的佐证“{harmless(name)}”被{'删去' if gone else '改动'}",
            "请恢复原文件；确需换用新文件的，另存一份并更正记录",
            last(case.touched(name)),
            Location(name),
        )


def issued_altered(case: Case) -> Iterator[Violation]:
    """An issued bulletin is what was signed: it stays as it is, byte for byte."""
    folder = issued_folder(case.place)
    for change in case.files:
        if change.name.startswith(folder) and change.before is not None:
            verb = "删去" if change.after is None else "改动"
            yield Violation(
                "issued-altered",
                f"已印发的通报“{harmless(change.name)}”被{verb}",
                "已印发的文件不能改动，请恢复原样；确有错误的，另行印发更正",
                last(case.by.touched.get(change.name, ())),
            )


def links(case: Case) -> Iterator[Violation]:
    """A link or another repository in the place of a file leads to where nobody looks."""
    for change in case.files:
        if not change.plain and change.after is not None:
            yield Violation(
                "not-a-file",
                f"“{harmless(change.name)}”不是普通文件，而是链接或子模块",
                "请改放文件本身",
                last(case.by.touched.get(change.name, ())),
            )


FILE_RULES: Final[tuple[Callable[[Case], Iterator[Violation]], ...]] = (
    edited,
    reviewers_edited,
    evidence_altered,
    issued_altered,
    links,
)
