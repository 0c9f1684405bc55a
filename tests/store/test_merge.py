"""Plain git merges what two clones record, and shows what it can't."""

import subprocess
from pathlib import Path

import pytest

from bench import kills
from gaigai_cli.errors import GaigaiError
from gaigai_cli.store.append import append_record
from gaigai_cli.store.evidence import store_evidence
from gaigai_cli.store.files import Folder
from gaigai_cli.store.lock import locked
from gaigai_cli.store.read import read_ledger

pytestmark = pytest.mark.external("git")
SHARED = "progress/县财政局.yaml"
WHO = ("-c", "user.name=示例", "-c", "user.email=x@example.invalid")


def git(place: Path, *words: str, status: int = 0) -> str:
    done = subprocess.run(
        ["git", "-C", str(place), *WHO, "-c", "core.quotePath=false", *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == status, done.stderr
    return done.stdout


@pytest.fixture(name="clones")
def _clones(tmp_path: Path) -> tuple[Path, Path]:
    origin = tmp_path / "origin"
    kills.make(origin / "data")
    # With a line end at its end the last line of the old record is in no conflict.
    (origin / "data" / SHARED).write_text(kills.LOG + "\n", encoding="utf-8", newline="\n")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(origin))
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "--message=list")
    for name in ("one", "two"):
        git(tmp_path, "clone", "--quiet", str(origin), name)
    return tmp_path / "one", tmp_path / "two"


def record(clone: Path, number: int, file: str, unit: str = "县财政局") -> None:
    with locked(clone / "data") as held:
        append_record(held, file, kills.record(number), unit=unit)


def commit(clone: Path) -> None:
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "--message=record")


def merge(one: Path, two: Path, status: int = 0) -> str:
    commit(one)
    commit(two)
    git(one, "fetch", "--quiet", str(two), "main")
    return git(one, "merge", "--no-edit", "FETCH_HEAD", status=status)


def ids(clone: Path) -> dict[str, list[int]]:
    """The records of each log, by the number that they were made of."""
    reading = read_ledger(Folder(clone / "data"))
    assert reading.findings == ()
    assert reading.ledger is not None
    found: dict[str, list[int]] = {}
    for entry in reading.ledger.entries:
        found.setdefault(entry.file, []).append(int(entry.record.id[-8:], 16))
    return found


@pytest.mark.parametrize(
    ("file", "unit"),
    [
        ("progress/县工改办.yaml", "县工改办"),  # another unit
        ("progress/县财政局/示例丙.yaml", "县财政局"),  # another log of the same unit
    ],
)
def test_different_logs_merge(clones: tuple[Path, Path], file: str, unit: str) -> None:
    one, two = clones
    for number in (2, 3):
        record(one, number, SHARED)
    for number in (4, 5):
        record(two, number, file, unit)

    merge(one, two)

    assert ids(one) == {SHARED: [1, 2, 3], file: [4, 5]}
    assert git(one, "status", "--porcelain") == ""


def test_evidence_of_different_units_merges(clones: tuple[Path, Path], tmp_path: Path) -> None:
    one, two = clones
    source = tmp_path / "证明.txt"
    for clone, unit in ((one, "县财政局"), (two, "县工改办")):
        source.write_text(f"{unit}示例\n", encoding="utf-8")
        with locked(clone / "data") as held:
            store_evidence(held, unit, source, limit_bytes=1024)

    merge(one, two)

    assert git(one, "ls-files", "data/evidence").split() == [
        "data/evidence/县工改办/证明.txt",
        "data/evidence/县财政局/证明.txt",
    ]


def test_the_next_append_follows_a_merge(clones: tuple[Path, Path]) -> None:
    one, two = clones
    record(one, 2, SHARED)
    record(two, 3, "progress/县工改办.yaml", "县工改办")
    merge(one, two)

    record(one, 4, SHARED)

    assert ids(one) == {SHARED: [1, 2, 4], "progress/县工改办.yaml": [3]}


def test_the_same_log_conflicts_plainly(clones: tuple[Path, Path]) -> None:
    one, two = clones
    record(one, 2, SHARED)
    record(two, 3, SHARED)

    said = merge(one, two, status=1)

    assert f"CONFLICT (content): Merge conflict in data/{SHARED}" in said
    text = (one / "data" / SHARED).read_text(encoding="utf-8")
    assert all(line in text for line in ("-00000002", "-00000003", "第 2 条", "第 3 条"))
    assert told(one) == told_of(text, git(two, "rev-parse", "HEAD").strip())
    with pytest.raises(GaigaiError, match="合并冲突还没有解决"):
        record(one, 4, SHARED)


KEEP = "两方的内容都要时都保留，只要一方时删去另一方"


def told(clone: Path) -> list[tuple[str, int, str, str, str]]:
    findings = read_ledger(Folder(clone / "data")).findings
    return [(f.location.file, f.location.line, f.code, f.message, f.remedy) for f in findings]


def told_of(text: str, theirs: str) -> list[tuple[str, int, str, str, str]]:
    """What should be said of each marker, each with the line up to which it counts."""
    lines = text.splitlines()
    marks = [n for n, line in enumerate(lines, 1) if line[:7] in ("<" * 7, "=" * 7, ">" * 7)]
    assert marks
    words = []
    for number, after in zip(marks, [*marks[1:], None], strict=True):
        message, remedy = {
            "<": (f"从这里到第{after}行之前是一方（HEAD）的内容", f"删去本行；{KEEP}"),
            "=": (f"从这里到第{after}行之前是另一方的内容", f"删去本行；{KEEP}"),
            ">": (f"另一方（{theirs}）的内容到此为止", "删去本行"),
        }[lines[number - 1][0]]
        words.append((SHARED, number, "conflict-marker", f"合并冲突还没有解决：{message}", remedy))
    return words


def test_a_conflict_ends_by_deleting_the_lines_that_check_names(clones: tuple[Path, Path]) -> None:
    """Git by itself leaves lines that both records share between two conflicts; ``diff3`` shows whole records."""
    one, two = clones
    record(one, 2, SHARED)
    record(two, 3, SHARED)
    merge(one, two, status=1)
    git(one, "checkout", "--quiet", "--conflict=diff3", "--", f"data/{SHARED}")

    path = one / "data" / SHARED
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    named = [number for _, number, *_ in told(one)]
    assert [lines[number - 1][:7] for number in named] == ["<" * 7, "|" * 7, "=" * 7, ">" * 7]
    # “从本行删到第…行之前”: nothing stood there before both appended.
    assert named[2] == named[1] + 1
    lines = [line for number, line in enumerate(lines, 1) if number not in named]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")

    assert sorted(ids(one)[SHARED]) == [1, 2, 3]


def test_the_lock_and_drafts_are_not_seen_by_git(clones: tuple[Path, Path]) -> None:
    one, _ = clones
    record(one, 2, SHARED)

    assert git(one, "status", "--porcelain", "--untracked-files=all") == f" M data/{SHARED}\n"
