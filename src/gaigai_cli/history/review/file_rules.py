"""Rules about files: list, units, rules, reviewers, evidence and issued bulletins."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from math import ceil
from typing import Final

from gaigai_cli.characters import one_line
from gaigai_cli.errors import some_of
from gaigai_cli.history.changes.edits import Edit
from gaigai_cli.history.commit_files import tree_names
from gaigai_cli.history.commits import Commit, FileChange
from gaigai_cli.history.git import sizes
from gaigai_cli.history.repository import Repository
from gaigai_cli.history.review.range import ReviewedRange, Violation
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.finding import Location
from gaigai_cli.model.people import Person, Reviewers
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.store.names import EVIDENCE, PROGRESS, folded, reason_against
from gaigai_cli.words.say import cited
from gaigai_cli.words.typed import names_no_evidence

BASIS: Final = "修改依据"
"""The line of a commit's message that makes an edit of the list an amendment: 修改依据：岳县工改办〔2024〕9号."""

_BASIS: Final = re.compile(rf"^{BASIS}[^\S\n]*[:：][^\S\n]*(?P<basis>\S.*)$", re.MULTILINE)
_RUN: Final = re.compile(r"\.(?:github|gitea|forgejo|workflow|gitee)/|\.gitlab-ci\.ya?ml$")
"""Where forges look for what they run at a push or a merge request."""
_LIST_FILES: Final = {
    TaskList.file: ("list-edited", "清单"),
    Departments.file: ("units-edited", "单位名册"),
    Rules.file: ("rules-edited", "规则"),
}


def edited(case: ReviewedRange) -> Iterator[Violation]:
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
            elif commit is None or (needs_basis and not _names_basis(commit.message)):
                message = f"{name}（{file}）被改动，没有写明修改依据：{_told(found)}"
                remedy = f"通知经修改后才改{name}：请在提交说明里另起一行写“{BASIS}：文号”"
                yield Violation(code, message, remedy, commit, place)


def _names_basis(message: str) -> bool:
    return any(not names_no_evidence(found["basis"]) for found in _BASIS.finditer(message))


def _only_names(edit: Edit) -> bool:
    return edit.where.endswith(("别名", "拼音首字母"))


def _told(edits: list[Edit]) -> str:
    return some_of([edit.where for edit in edits], 3, "处")


def reviewers_edited(case: ReviewedRange) -> Iterator[Violation]:
    """Yield edits of ``reviewers.yaml`` by others than the office."""
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


def evidence_altered(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a file that a record of the past refers to, changed or gone; for new records the findings tell it."""
    for name, (change, entry) in case.altered_evidence.items():
        gone = change.after is None or not change.plain
        cited_by = cited(entry, case.base.tasks.notice.year)
        yield Violation(
            "evidence-missing" if gone else "evidence-changed",
            f"{cited_by}的佐证“{one_line(name)}”被{'删去' if gone else '改动'}",
            "请恢复原文件；确需换用新文件的，另存一份并更正记录",
            case.last_commit(change.name),
            Location(name),
        )


def issued_altered(case: ReviewedRange) -> Iterator[Violation]:
    """Yield issued bulletins that were changed: they stay as they were signed, byte for byte."""
    folder = case.issued_folder
    for change in case.files:
        if change.name.startswith(folder) and change.before is not None:
            yield Violation(
                "issued-altered",
                f"已印发的通报“{one_line(change.name)}”被{_verb(change)}",
                "已印发的文件不能改动，请恢复原样；确有错误的，另行印发更正",
                case.last_commit(change.name),
            )


def foreign(case: ReviewedRange) -> Iterator[Violation]:
    """Yield files that their author may not change: for a unit's people all but its own logs and evidence."""
    if case.people is None:
        return
    told = {(brought.file, brought.commit) for _, brought, _ in case.recorded_for_others}
    for change in case.files:
        if _is_told_otherwise(case, change):
            continue
        for commit in case.by.touched.get(change.name, ()):
            person = case.person(commit)
            if person is None or (change.name, commit) in told:
                continue
            if not may_change(case, person, change.name):
                what = f"{commit.author}{_verb(change)}了 {one_line(change.name)}"
                yield _foreign(case, change.name, what, commit)


def undone(case: ReviewedRange) -> Iterator[Violation]:
    """Yield what somebody who may had changed in the range, undone there by somebody who may not.

    Nothing of it is left to see at the ends. Whoever takes back what he had no right to do himself has mended it. Of
    logs their records tell.
    """
    if case.people is None:
        return
    progress = f"{case.repository.prefix}{PROGRESS}/"
    left = {change.name for change in case.files}
    for name, commits in case.by.touched.items():
        if len(commits) < 2 or name in left or name.startswith(progress):
            continue
        rightly: Commit | None = None
        for commit in commits:
            person = case.person(commit)
            if person is not None and may_change(case, person, name):
                rightly = commit
            elif person is not None and rightly is not None:
                what = f"{commit.author}撤去了{rightly.author}对 {one_line(name)} 的改动"
                yield _foreign(case, name, what, commit)


def _foreign(case: ReviewedRange, name: str, what: str, commit: Commit) -> Violation:
    office = case.base.office
    owners = () if directs_git(name) else _owners(case, name)
    own = next(iter(owners), office)
    whose = f"{own}和{office}" if own != office else f"{office}{_maintained(case, name)}"
    remedy = f"它只由{whose}改动，请恢复原样；本单位的人只改本单位的记录文件和佐证"
    if len(owners) > 1:
        remedy = f"它的路径是{owners[0]}的，写明的单位（unit）却是{owners[-1]}，请改回一致"
    if not name.startswith(case.repository.prefix) and f"/{PROGRESS}/" in f"/{name}":
        # Next year's list beside this year's, say.
        reviewed = case.repository.prefix.rstrip("/")
        remedy = f"这里审阅的是 {reviewed} 的清单；要登记到别的清单，请{office}先换审阅的数据目录（钩子中的 DATA）"
    return Violation("foreign-file", what, remedy, commit)


def may_change(case: ReviewedRange, person: Person, name: str) -> bool:
    """Return whether a person may change a file of the tree, as the base has it. ``name`` is its path from the top.

    The office may change everything; a maintainer what is outside the data directory, but for issued bulletins; a
    unit's people the unit's logs and evidence. Files that tell git what to overlook belong to the first two.
    """
    units = case.units(person)
    if case.base.office in units:
        return True
    if directs_git(name):
        return case.maintains(person)
    owners = _owners(case, name)
    if owners:
        return units.issuperset(owners)
    return case.maintains(person) and _is_outside(case, name)


def _owners(case: ReviewedRange, name: str) -> tuple[str, ...]:
    """Return whose log or evidence a file is, by its path and by what the log says of itself; nobody's: none."""
    inside = (case.repository.prefix and name.removeprefix(case.repository.prefix)) or name
    folder, _, rest = inside.partition("/")
    if (
        not name.startswith(case.repository.prefix)
        or folder not in (PROGRESS, EVIDENCE)
        or not rest
    ):
        return ()
    units = case.base.units
    logs = (ledger.logs.get(inside) for ledger in (case.fork.ledger, case.head.ledger))
    said = (rest.partition("/")[0].removesuffix(".yaml"), *logs)
    owners = (units.canonical(unit) for unit in said if unit)
    return tuple(dict.fromkeys(unit for unit in owners if unit in units.by_name))


def _is_outside(case: ReviewedRange, name: str) -> bool:
    """Return whether a file is no part of the ledger: outside the data directory, and no issued bulletin."""
    if name.startswith(case.issued_folder):
        return False
    if case.repository.prefix:
        return not name.startswith(case.repository.prefix)
    return "/" in name and not name.startswith((f"{PROGRESS}/", f"{EVIDENCE}/"))


def _maintained(case: ReviewedRange, name: str) -> str:
    some = case.people is not None and case.people.maintainers
    return "和维护人" if some and (_is_outside(case, name) or directs_git(name)) else ""


def directs_git(name: str) -> bool:
    """Return whether git goes by the file: ignore files, attributes, submodules.

    Some disks know them in capitals, too.
    """
    return folded(name.rpartition("/")[2]).startswith(".git")


def runs_on_server(name: str) -> bool:
    """Return whether a forge runs the file: its checks."""
    return _RUN.match(name) is not None


def _is_told_otherwise(case: ReviewedRange, change: FileChange) -> bool:
    """Return whether another rule tells what was done to the file."""
    inside = case.inside(change)
    if inside in _LIST_FILES:
        return any(edit.file == inside for edit in case.changes.edits)
    if inside == Reviewers.file:
        return case.people != case.head.ledger.reviewers
    issued = change.name.startswith(case.issued_folder) and change.before is not None
    return issued or inside in case.altered_evidence


def _verb(change: FileChange) -> str:
    if change.after is None:
        return "删去"
    return "新增" if change.before is None else "改动"


def names(case: ReviewedRange) -> Iterator[Violation]:
    """Yield new files whose names another computer can't hold: reserved ones, or those that it takes for another's."""
    new = [change for change in case.files if change.before is None and change.after is not None]
    twins = _twins(case.repository, case.range.head, new)
    for change in new:
        # Where the data directory lies was decided before.
        inside = change.name.removeprefix(case.repository.prefix)
        twin = twins.get(change.name)
        reason = reason_against(inside) or (f"与“{one_line(twin)}”只差大小写或写法" if twin else "")
        if reason:
            yield Violation(
                "bad-name",
                f"“{one_line(change.name)}”在 Windows 等电脑上存不下：{reason}",
                "请改名后重新提交",
                case.last_commit(change.name),
            )


def _twins(repository: Repository, head: str, new: Iterable[FileChange]) -> dict[str, str]:
    """Return new files with the file or folder from whose name theirs differs by case or form of letters alone."""
    wanted = [change.name for change in new]
    if not wanted:
        return {}
    known: dict[str, set[str]] = {}
    for name in tree_names(repository, head):
        for path in accumulate(name.split("/"), "{}/{}".format):
            known.setdefault(folded(path), set()).add(path)
    found = {}
    for name in wanted:
        for path in accumulate(name.split("/"), "{}/{}".format):
            if others := known[folded(path)] - {path}:
                found[name] = min(others)
    return found


def too_large(case: ReviewedRange) -> Iterator[Violation]:
    """Yield evidence above the limit that the rules set."""
    new = {c.name: {c.after} for c in case.files if c.after and c.plain}
    for name, words in _above_the_limit(case, new):
        yield Violation(
            "evidence-too-large",
            f"佐证“{one_line(name)}”有{words}",
            "请压缩或分成几个文件后重新提交",
            case.last_commit(name),
        )


def once_too_large(case: ReviewedRange) -> Iterator[str]:
    """Yield evidence above the limit that came and went within the range, in words: every clone still fetches it."""
    now = {change.after for change in case.files}
    past = {name: hashes - now for name, hashes in case.by.versions.items()}
    for name, words in _above_the_limit(case, past):
        yield f"佐证“{one_line(name)}”曾有{words}，后来删去或换过，仍留在历史里"


def _above_the_limit(
    case: ReviewedRange, files: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str]]:
    """Yield those of the files, hashes by path, that are evidence above the limit, and how large in words."""
    limit = case.base.rules.evidence.max_mb
    folder = f"{case.repository.prefix}{EVIDENCE}/"
    looked_at = {n: hashes for n, hashes in files.items() if n.startswith(folder) and hashes}
    everything = sorted({hash_ for hashes in looked_at.values() for hash_ in hashes})
    size_of = sizes(case.repository.top, everything) if everything else {}
    for name, hashes in looked_at.items():
        size = max(size_of[hash_] for hash_ in hashes) / 1024 / 1024
        if size > limit:
            yield name, f"{ceil(size * 10) / 10:.1f} MB，超过上限{limit} MB"


def links(case: ReviewedRange) -> Iterator[Violation]:
    """Yield links and repositories in the place of files: nobody reviews what they lead to."""
    for change in case.files:
        if not change.plain and change.after is not None:
            yield Violation(
                "not-a-file",
                f"“{one_line(change.name)}”不是普通文件，而是链接或子模块",
                "请改放文件本身",
                case.last_commit(change.name),
            )


FILE_RULES: Final[tuple[Callable[[ReviewedRange], Iterator[Violation]], ...]] = (
    edited,
    reviewers_edited,
    evidence_altered,
    issued_altered,
    foreign,
    undone,
    names,
    too_large,
    links,
)
