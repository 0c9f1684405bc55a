"""Merging two descendants of a log: both sides are kept, or it is a conflict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.characters import HIDDEN
from gaigai_cli.history.merge.records import merge_logs, take_apart
from gaigai_cli.model.records import Record, as_record
from gaigai_cli.store.append import with_record

HEAD = "# yaml-language-server: $schema=../../schemas/log.schema.json\nunit: 县财政局\nrecords:\n"
ONE = '  - id: 20240601-090000-00000001\n    item: "16.2"\n    date: 2024-06-01\n    kind: 进展\n    summary: 甲。\n'
TWO, THREE, FOUR = (
    ONE.replace("00000001", f"0000000{n}").replace("0601-09", f"0601-1{n}").replace("甲", word)
    for n, word in ((2, "乙"), (3, "丙"), (4, "丁"))
)


def log(*records: str, head: str = HEAD) -> bytes:
    return (head + "".join(records)).encode()


def test_two_appends_are_both_kept_in_the_order_of_their_ids() -> None:
    merged = log(ONE, TWO, THREE, FOUR)

    assert merge_logs(log(ONE), log(ONE, TWO, FOUR), log(ONE, THREE)) == merged
    assert merge_logs(log(ONE), log(ONE, THREE), log(ONE, TWO, FOUR)) == merged


def test_a_side_keeps_its_order_whatever_the_ids() -> None:
    assert merge_logs(log(), log(FOUR, ONE), log(TWO)) == log(TWO, FOUR, ONE)


def test_a_record_that_both_have_comes_once() -> None:
    assert merge_logs(log(ONE), log(ONE, TWO, THREE), log(ONE, TWO, FOUR)) == log(
        ONE, TWO, THREE, FOUR
    )


def test_a_merged_log_merges_again() -> None:
    """Behind a merge a record may stand between those of the base."""
    merged = log(ONE, TWO, THREE)

    assert merge_logs(log(ONE, THREE), merged, log(ONE, THREE, FOUR)) == log(ONE, TWO, THREE, FOUR)


def test_two_new_logs() -> None:
    assert merge_logs(b"", log(ONE), log(TWO)) == log(ONE, TWO)


def test_a_log_that_was_empty() -> None:
    empty = log(head=HEAD.replace("records:", "records: []"))

    assert merge_logs(empty, log(ONE), log(TWO)) == log(ONE, TWO)


@pytest.mark.parametrize("base", ["", "# 末尾的说明\n", "\n\n"])
def test_what_stands_below_the_last_record_stays_there(base: str) -> None:
    sides = log(ONE, base, TWO), log(ONE, base, THREE)

    assert merge_logs(log(ONE, base), *sides) == log(ONE, base, TWO, THREE)


def test_line_ends_and_mark_are_those_of_the_side_that_changed_them() -> None:
    def windows(data: bytes) -> bytes:
        return b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")

    merged = windows(log(ONE, TWO, THREE))

    assert merge_logs(log(ONE), windows(log(ONE, TWO)), log(ONE, THREE)) == merged
    assert merge_logs(log(ONE), log(ONE, THREE), windows(log(ONE, TWO))) == merged
    assert merge_logs(windows(log(ONE)), windows(log(ONE, TWO)), windows(log(ONE, THREE))) == merged


def test_without_a_line_end_at_the_end() -> None:
    def cut(data: bytes) -> bytes:
        return data.removesuffix(b"\n")

    assert merge_logs(cut(log(ONE)), log(ONE, TWO), log(ONE, THREE)) == log(ONE, TWO, THREE)
    assert merge_logs(log(ONE), cut(log(ONE, THREE)), log(ONE, TWO)) == log(ONE, TWO, THREE)
    assert merge_logs(log(ONE), cut(log(ONE, TWO)), cut(log(ONE, THREE))) == cut(
        log(ONE, TWO, THREE)
    )


def test_what_one_side_writes_above_the_records_is_kept() -> None:
    said = HEAD.replace("unit", "# 说明\nunit")

    assert merge_logs(log(ONE), log(ONE, TWO), log(ONE, THREE, head=said)) == log(
        ONE, TWO, THREE, head=said
    )


EDITED = ONE.replace("甲", "改")


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (log(ONE), log(EDITED, TWO), log(ONE, THREE)),  # a record changed
        (log(ONE), log(TWO), log(ONE, THREE)),  # a record deleted
        (log(ONE, TWO), log(TWO, ONE, THREE), log(ONE, TWO, FOUR)),  # records exchanged
        (log(), log(ONE), log(EDITED)),  # one id, two records
        (log(), log(ONE, TWO), log(TWO, ONE)),  # orders that contradict each other
        (log(ONE), log(ONE, TWO, TWO), log(ONE, THREE)),  # an id twice
        (b"", log(ONE), log(TWO, head="unit: 县财政局\nrecords:\n")),  # two heads
        (log(ONE), log(ONE, "  - [\n"), log(ONE, TWO)),  # no YAML
        (log(ONE), log(ONE, "  - 乙\n"), log(ONE, TWO)),  # no record
        (log(ONE), log(ONE, "<<<<<<< HEAD\n", TWO), log(ONE, THREE)),  # an unfinished merge
        (log(ONE), log(ONE, TWO.replace("\n", "\r\n")), log(ONE, THREE)),  # mixed line ends
        (log(ONE), "unit: 县财政局\nrecords: [{id: 一}]\n".encode(), log(ONE, THREE)),
        (log(ONE), log(ONE, TWO, "note: 其他\n"), log(ONE, THREE)),
        (log(ONE), b"\xff\xfe", log(ONE, THREE)),
        (log(ONE), b"", log(ONE, THREE)),
    ],
)
def test_anything_else_is_no_matter_of_adding(base: bytes, ours: bytes, theirs: bytes) -> None:
    assert merge_logs(base, ours, theirs) is None
    assert merge_logs(base, theirs, ours) is None


def test_a_side_that_did_nothing_takes_the_other() -> None:
    other = b"anything"

    assert merge_logs(log(ONE), log(ONE), other) == other
    assert merge_logs(log(ONE), other, log(ONE)) == other
    assert merge_logs(log(ONE), other, other) == other


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), min_size=1
).filter(lambda text: not HIDDEN.search(text))
IDS = st.integers(0, 30).map(lambda n: f"20240601-{n:06}-{n:08x}")


def ids_not_in(log: bytes) -> st.SearchStrategy[str]:
    return IDS.filter(lambda id_: id_.encode() not in log)


@st.composite
def edits(draw: st.DrawFn, data: bytes, taken: dict[str, str]) -> bytes:
    """A log after some edits: appends (some of ids that the other side has, too), now and then something worse."""
    for _ in range(draw(st.integers(0, 4))):
        if draw(st.integers(0, 9)) < 8:
            id_ = draw(ids_not_in(data))
            summary = taken.setdefault(id_, draw(TEXT)) if draw(st.booleans()) else draw(TEXT)
            data = with_record(data, report(id_, summary), unit="县财政局")
        else:
            data = draw(st.sampled_from(WORSE))(data)
    return data


def report(id_: str, summary: str) -> Record:
    said = {"id": id_, "item": "16.2", "date": "2024-06-01", "kind": "进展"}
    return as_record(said | {"summary": f"文{summary}"})


def _without_last(data: bytes) -> bytes:
    parts = take_apart(data)
    return data if not parts or not parts.parts else data[: data.rindex(b"  - id")]


WORSE = (
    _without_last,
    lambda data: data.replace("文".encode(), "改".encode(), 1),
    lambda data: data + "# 说明\n".encode(),
    lambda data: data.replace(b"records:", "# 说明\nrecords:".encode(), 1),
)


@st.composite
def sides(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    taken: dict[str, str] = {}
    base = HEAD.replace("records:", "records: []").encode()
    for _ in range(draw(st.integers(0, 3))):
        id_ = draw(ids_not_in(base))
        base = with_record(base, report(id_, taken.setdefault(id_, draw(TEXT))), unit="县财政局")
    if draw(st.booleans()):
        base = base.replace(b"\n", b"\r\n")
    return base, draw(edits(base, taken)), draw(edits(base, taken))


@given(sides())
def test_the_merge_holds_both_or_is_none(three: tuple[bytes, bytes, bytes]) -> None:
    base, ours, theirs = three
    merged = merge_logs(base, ours, theirs)

    assert merge_logs(base, theirs, ours) == merged
    if merged is None:
        return
    assert merge_logs(base, merged, ours) == merged
    assert merge_logs(base, theirs, merged) == merged
    assert merge_logs(ours, merged, ours) == merged
    was, mine, other, now = (blocks(data) for data in (base, ours, theirs, merged))
    for side in (mine, other):
        if side != was and None not in (mine, other, now):
            in_order = iter(now or ())
            assert all(block in in_order for block in side or ())
    if None not in (was, mine, other, now):
        assert set(now or ()) <= set(mine or ()) | set(other or ())


def blocks(data: bytes) -> list[tuple[str, str]] | None:
    parts = take_apart(data)
    return [(part.id, part.text) for part in parts.parts] if parts else None
