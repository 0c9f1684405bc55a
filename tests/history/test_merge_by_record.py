"""Logs that somebody did more to than add: git merges them by whole records, or it is a conflict."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.history.merge.files import MergedFile, merge_log
from gaigai_cli.history.merge.records import holds_both, take_apart
from gaigai_cli.yamldoc.parsed import Mapping
from gaigai_cli.yamldoc.reader import parse

HEAD = "unit: 县财政局\nrecords:\n"
OTHER_HEAD = "# 另一个开头\nunit: 县财政局\nrecords:\n"


def record(number: int, words: str = "原") -> str:
    """A record most of whose lines others have too, so that lines of two could be joined."""
    return f"""\
  - id: 20240601-{number:06}-{number:08x}
    item: "16.2"
    date: 2024-06-01
    kind: 进展
    summary: |-
      {words}。
      同样的末行。
"""


A, B, C, D, E = map(record, range(5))
A2, C2, D2, E2 = (record(n, "改") for n in (0, 2, 3, 4))


def log(*records: str, head: str = HEAD) -> bytes:
    return (head + "".join(records)).encode()


def merged(base: bytes, ours: bytes, theirs: bytes, size: int = 7) -> MergedFile:
    return merge_log(Path(), base, ours, theirs, size)


def conflict(
    before: str, ours: str, base: str, theirs: str, after: str = "", *, end: str = "\n"
) -> bytes:
    markers = (
        ("<<<<<<< 本机", ours),
        ("||||||| 分歧之前", base),
        ("=======", theirs),
        (">>>>>>> 对方", after),
    )
    return (before + "".join(f"{marker}{end}{text}" for marker, text in markers)).encode()


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        pytest.param(log(A, B, C), log(A, C), log(A, B, C, D), log(A, C, D), id="deleted, added"),
        pytest.param(log(A, B, C), log(A2, B, C), log(A, B, C, D), log(A2, B, C, D), id="changed, added"),
        pytest.param(log(A, B, C), log(A2, B, C), log(A, B, C2), log(A2, B, C2), id="two changed"),
        pytest.param(log(A, B), log(A2, B), log(A2, B, C), log(A2, B, C), id="changed alike, added"),
        pytest.param(log(A, B, C), log(B, A, C), log(A, B, C, D), log(B, A, C, D), id="moved, added"),
        pytest.param(log(A, B, C, D, E), log(B, C, D, E), log(A, B, C, E), log(B, C, E), id="two deleted"),
        pytest.param(log(A, B), log(A), log(A, B, head=OTHER_HEAD), log(A, head=OTHER_HEAD), id="head"),
    ],
)  # fmt: skip
def test_git_merges_whole_records(base: bytes, ours: bytes, theirs: bytes, expected: bytes) -> None:
    assert merged(base, ours, theirs) == merged(base, theirs, ours) == (True, expected)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        pytest.param(log(A, B), log(A), log(A, B, C), conflict(HEAD + A, "", B, B + C), id="the last one deleted, added"),
        pytest.param(log(A), log(A2), log(A, B), conflict(HEAD, A2, A, A + B), id="the last one changed, added"),
        pytest.param(
            log(A, B), log(A2, B), log(record(0, "别的"), B),
            conflict(HEAD, A2, A, record(0, "别的"), B), id="changed twice",
        ),
        pytest.param(
            log(A, B), log(A.replace("16.2", "1.1"), B), log(A.replace("末行", "结尾"), B),
            conflict(HEAD, A.replace("16.2", "1.1"), A, A.replace("末行", "结尾"), B), id="changed at two places",
        ),
        pytest.param(log(A, B), log(B), log(A2, B), conflict(HEAD, "", A, A2, B), id="deleted, changed"),
        pytest.param(log(A, B, C), log(B, C, A), log(B, C), conflict(HEAD, B + C + A, A + B + C, B + C), id="moved, deleted"),
        pytest.param(log(A, B, C), log(B, C, A), log(A2, B, C), conflict(HEAD, "", A, A2, B + C + A), id="moved, changed"),
        pytest.param(
            log(A, B, C, D), log(A, E, B, C, D), log(A, B, C, E, D2),
            conflict(HEAD + A, E + B + C + D, B + C + D, B + C + E + D2), id="one number at two places",
        ),
        pytest.param(
            log(A, B, C, D), log(A, E, B, C, D), log(A, B, C, E2, D),
            conflict(HEAD + A, E + B + C, B + C, B + C + E2, D), id="one number for two records",
        ),
        pytest.param(log(A, B), log(A, B, "  - [\n"), log(A, B, C), conflict(HEAD + A, B + "  - [\n", B, B + C), id="no YAML"),
        pytest.param(log(A, A), log(A, A, B), log(A2, A), conflict(HEAD, A + A + B, A + A, A2 + A), id="a number twice"),
        pytest.param(b"", log(A), log(B, head=OTHER_HEAD), conflict("", HEAD + A, "", OTHER_HEAD + B), id="two new logs"),
        pytest.param(log(A), b"\xff\xfe", log(A, B), b"\xff\xfe", id="not UTF-8"),
    ],
)  # fmt: skip
def test_or_it_is_a_conflict(base: bytes, ours: bytes, theirs: bytes, expected: bytes) -> None:
    assert merged(base, ours, theirs) == (False, expected)
    assert not merged(base, theirs, ours).clean


def windows(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def test_line_ends_are_those_of_the_file() -> None:
    base, ours, theirs = log(A, B, C), log(A, C), log(A, B, C, D)
    both = windows(log(A, C, D))
    assert merged(windows(base), windows(ours), windows(theirs)) == (True, both)
    assert (
        merged(base, windows(ours), theirs) == merged(base, theirs, windows(ours)) == (True, both)
    )

    base, ours = windows(log(A, B)), windows(log(A))
    expected = windows(conflict(HEAD + A, "", B, B + C))
    assert merged(base, ours, windows(log(A, B, C))) == (False, expected)


def test_mixed_line_ends_are_kept_in_a_conflict() -> None:
    mixed = C.replace("\n", "\r\n")
    three = log(A, B, mixed), log(B, mixed), log(A, B, mixed, D)

    assert merged(*three) == (
        False,
        conflict(HEAD, B + mixed, A + B + mixed, A + B + mixed + D, end="\r\n"),
    )


def test_a_missing_line_end_is_no_change() -> None:
    base, ours, theirs = log(A, B, C), log(A, C).removesuffix(b"\n"), log(A, B, C, D)

    assert merged(base, ours, theirs) == (True, log(A, C, D))
    assert merged(base.removesuffix(b"\n"), ours, theirs) == (True, log(A, C, D))


def test_markers_of_a_merge_within_a_merge_are_longer() -> None:
    expected = conflict(HEAD + A, "", B, B + C)
    for sign in (b"<", b"|", b"=", b">"):
        expected = expected.replace(sign * 7, sign * 9)

    assert merged(log(A, B), log(A), log(A, B, C), 9) == (False, expected)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "now", "held"),
    [
        pytest.param([A, B], [A, B, C], [A, B, D], [A, B, D, C], True, id="added"),
        pytest.param([A, B], [A, B, C], [A, B], [B, A, C], False, id="moved by nobody"),
        pytest.param([A, B], [A, C, D, B], [A, B], [A, D, C, B], False, id="added the other way"),
        pytest.param([A, B], [B, A], [A, B, C], [B, C, A], True, id="moved, added anywhere"),
        pytest.param([A, B], [B, A], [A, B, C], [A, B, C], False, id="moved back"),
        pytest.param([A, B], [B, A], [A, C, D, B], [D, B, C, A], False, id="moved, added the other way"),
        pytest.param([A, B], [A2, B], [A, B], [A, B], False, id="a change lost"),
        pytest.param([A, B], [A, B, C], [A, B], [A, B], False, id="one lost"),
        pytest.param([A, B], [A], [A, B], [A, B], False, id="one back again"),
    ],
)  # fmt: skip
def test_what_a_merge_must_hold(
    base: list[str], ours: list[str], theirs: list[str], now: list[str], held: bool
) -> None:
    sides = [take_apart(log(*side)) for side in (base, ours, theirs, now)]
    was, mine, other, both = (side for side in sides if side is not None)

    assert holds_both(was, mine, other, both) == holds_both(was, other, mine, both) == held


Records = list[tuple[int, str]]
WORDS = st.sampled_from("甲乙")


@st.composite
def edits(draw: st.DrawFn, base: Records) -> Records:
    """Number and words of each record after some are added, changed, deleted and moved."""
    now = list(base)
    for _ in range(draw(st.integers(0, 3))):
        edit = draw(st.sampled_from(["add", "add", "change", "delete", "move"]))
        number, at = draw(st.integers(6, 9)), draw(st.integers(0, 5)) % max(len(now), 1)
        if edit == "add" and number not in dict(now):
            now.append((number, draw(WORDS)))
        elif edit == "change" and now:
            now[at] = (now[at][0], draw(WORDS))
        elif edit == "delete" and now:
            del now[at]
        elif edit == "move" and now:
            now.insert(draw(st.integers(0, 5)), now.pop(at))
    return now


@st.composite
def sides(draw: st.DrawFn) -> tuple[Records, Records, Records]:
    base = [(number, "原") for number in range(draw(st.integers(0, 6)))]
    return base, draw(edits(base)), draw(edits(base))


@given(sides(), st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_what_merging_by_record_says_or_a_conflict(
    three: tuple[Records, Records, Records], ended: tuple[bool, bool, bool]
) -> None:
    base, ours, theirs = (text(r, end) for r, end in zip(three, ended, strict=True))

    clean, data = merged(base, ours, theirs)
    turned = merged(base, theirs, ours)

    assert turned.clean == clean
    if not clean:
        assert all(f"\n{sign * 7}".encode() in b"\n" + data for sign in "<|=>")
        return
    assert turned.data == data
    assert merged(ours, data, ours) == (True, data)
    for again in (merged(base, data, ours), merged(base, theirs, data)):
        assert again in ((True, data), (False, again.data))
    now = read(data)
    assert dict(now) == by_record(*map(dict, three))
    assert len(dict(now)) == len(now)
    assert in_order(*([number for number, _ in side] for side in (*three, now)))


def text(records: Records, ended: bool) -> bytes:
    data = log(*(record(*one) for one in records))
    return data if ended else data.removesuffix(b"\n")


def read(data: bytes) -> Records:
    document = parse(data)
    assert not document.problems
    assert isinstance(document.root, Mapping)
    found = [r for r in document.root["records"] or () if isinstance(r, Mapping)]
    return [(int(str(r["id"])[9:15]), str(r["summary"]).partition("。")[0]) for r in found]


def by_record(base: dict[int, str], ours: dict[int, str], theirs: dict[int, str]) -> dict[int, str]:
    """Each record as the side has it that changed it. Fails where both did, each otherwise."""
    found = {}
    for number in base | ours | theirs:
        was, mine, other = (side.get(number) for side in (base, ours, theirs))
        assert mine == other or was in (mine, other)
        words = other if mine == was else mine
        if words is not None:
            found[number] = words
    return found


def in_order(
    base: Sequence[int], ours: Sequence[int], theirs: Sequence[int], now: Sequence[int]
) -> bool:
    """Whether any two records stand to each other as on a side that has both, and moved them if any did."""

    def before(side: Sequence[int], pair: tuple[int, int]) -> bool | None:
        return side.index(pair[0]) < side.index(pair[1]) if {*pair} <= {*side} else None

    moved = any(
        before(side, pair) not in (None, before(base, pair))
        for side in (ours, theirs)
        for pair in combinations(base, 2)
    )
    for pair in combinations(now, 2):
        was, mine, other = (before(side, pair) for side in (base, ours, theirs))
        if mine is not None and other is not None:
            good = mine is other or was in (mine, other)
            if not good or not (other if mine is was else mine):
                return False
        elif not moved and False in (mine, other):
            return False
    return True
