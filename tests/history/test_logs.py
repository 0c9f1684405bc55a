"""Versions of logs, read by the texts of their records: always what reading the whole file gives."""

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gaigai_cli.history import logs as logs_module
from gaigai_cli.history.git import Configuration
from gaigai_cli.history.logs import Logs, LogVersion
from gaigai_cli.history.repository import Repository
from gaigai_cli.yamldoc.reader import parse_sound
from tests.history.repo import record

HEAD = "unit: 示例甲局\nrecords:\n"
HERE = Path()
NOWHERE = Repository(HERE, HERE, HERE, HERE, is_shallow=False, configuration=Configuration(HERE))


def versions(monkeypatch: pytest.MonkeyPatch, *texts: str) -> list[LogVersion]:
    """What is read of versions that follow each other."""
    return asked(monkeypatch, *texts)[0]


def asked(monkeypatch: pytest.MonkeyPatch, *texts: str) -> tuple[list[LogVersion], list[str]]:
    """The same, and the texts that git was asked for."""
    names = [blob_name(text.encode()) for text in texts]
    blobs = dict(zip(names, (text.encode() for text in texts), strict=True))
    wanted: list[str] = []

    def contents(_: Repository, hashes: list[str]) -> list[bytes]:
        wanted.extend(hashes)
        return [blobs[hash_] for hash_ in hashes]

    with monkeypatch.context() as patch:
        patch.setattr(Repository, "contents", contents)
        patch.setattr(logs_module, "sizes", lambda _, hashes: {h: len(blobs[h]) for h in hashes})
        logs = Logs(NOWHERE)
        logs.fetch(zip([None, *names], names, strict=False))
    return [logs[name] for name in names], [blobs[name].decode() for name in wanted]


def blob_name(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


def plain(version: LogVersion) -> tuple[object, ...]:
    return (version.unit, [(s.id, s.record) for s in version.said.values()])


def whole(text: str) -> tuple[object, ...] | None:
    """What reading the whole file gives; None where it isn't sound, and only the store can say what it holds."""
    version = logs_module._whole(text.encode())
    sound = parse_sound(text.encode()) and all(s.record for s in version.said.values())
    return plain(version) if sound else None


def same(read: LogVersion, text: str) -> bool:
    return whole(text) in (None, plain(read))


R = record(1, "1.1"), record(2, "1.2", percent="60"), record(3, "2.1", problems="甲。")
BLOCK = R[0].replace(
    "summary: 正在推进。", "summary: |\n      第一行\n      - id: 不是记录\n\n      末行"
)
FLOW = (
    "  - {id: 20240610-090000-00000009, item: '1.1', date: 2024-06-10, kind: 进展, summary: 一。}\n"
)
QUOTED = R[0].replace(
    "summary: 正在推进。", 'summary: "开头\n  - id: 20240610-090000-000000ff\n    结尾"'
)
BY = R[0].replace("    summary: 正在推进。\n", "    by: 张三\n    summary: 正在推进。\n")
BY_IN_WORDS = [
    R[0].replace("summary: 正在推进。", words)
    for words in (
        "summary: |\n      第一行\n      by: 某人",
        "summary: 'standby\n    by: 某人\n    末行'",
        'summary: "第一行\n    by: 某人\n    percent: 1"',
        "summary: |\n      by: 某人\n    by: 张三",
        "summary: 一。\n    by: '张三'",
        "summary: 一。\n    by: 张三  # 某人",
        "summary: 一。\n    by: 张\n      三",
        "summary: 一。\n    by:\n      张三",
        "summary: 一。\n    'by': 张三",
        'summary: 一。\n    "\\u0062y": 张三',
        "summary: 一。\n    by: Zhang San\n    next: 二。",
        "summary: 一。\n    by: null",
    )
]
ODD = [
    HEAD + "".join(R),
    HEAD + "".join(R).removesuffix("\n"),
    HEAD + R[0] + "\n# 说明\n\n" + R[1],
    HEAD + BLOCK + R[1],
    HEAD + FLOW + R[1],
    HEAD + QUOTED + R[1],
    HEAD + R[0] + R[0],
    HEAD + R[0] + R[1].replace("kind: 进展", "kind: 没有"),
    HEAD + R[0] + "...\n",
    HEAD + R[0] + "---\nunit: x\n",
    HEAD + R[0] + "records:\n" + R[1],
    "unit: 示例甲局\nrecords: []\n",
    "unit: 示例甲局\nrecords:\n",
    "unit: 示例甲局\nrecords: [\n" + FLOW.replace("  - ", "").replace("\n", "]\n"),
    "records:\n" + R[0] + "unit: 示例甲局\n",
    "unit: 示例甲局\nother: x\nrecords:\n" + R[0],
    "# records:\nunit: 示例甲局\nrecords:  # 记录\n" + R[0].replace("  - ", "- ").replace("    ", "  "),
    "\ufeff" + (HEAD + R[0]).replace("\n", "\r\n"),
    HEAD + R[0] + "<<<<<<< a\n" + R[1] + ">>>>>>> b\n",
    "", "x", "[", "unit: [\nrecords:\n" + R[0],
]  # fmt: skip


@pytest.mark.parametrize("text", [*ODD, *(HEAD + text + R[1] for text in (BY, *BY_IN_WORDS))])
def test_as_the_whole_file_says(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (read,) = versions(monkeypatch, text)

    assert same(read, text)


def test_not_utf8_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Repository, "contents", lambda _, hashes: [b"unit: \xff\n" for _ in hashes])
    logs = Logs(NOWHERE)
    logs.fetch([(None, "x")])

    assert plain(logs["x"]) == plain(logs[None]) == ("", [])


PIECES = st.sampled_from(
    [
        *R,
        BLOCK,
        FLOW,
        QUOTED,
        BY,
        *BY_IN_WORDS,
        "# 说明\n",
        "\n",
        "...\n",
        "x\n",
        "    by: 张三\n",
        "\t\n",
        "  - \n",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.lists(PIECES, max_size=4), steps=st.lists(st.lists(PIECES, max_size=3), max_size=3))
def test_growing_and_changing(
    monkeypatch: pytest.MonkeyPatch, start: list[str], steps: list[list[str]]
) -> None:
    """Each version begins with the one before it, or not: what is read is what it says."""
    texts = [HEAD + "".join(start)]
    for step in steps:
        texts.append(texts[-1] + "".join(step))
    texts.append(HEAD + "".join(start[1:]))

    read = versions(monkeypatch, *texts)

    assert all(same(version, text) for version, text in zip(read, texts, strict=True))


def test_a_history_is_read_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """What grows is known to have grown, and what is the same is the very same."""
    one, two, three = versions(monkeypatch, HEAD + R[0], HEAD + R[0] + R[1], HEAD + R[0] + R[2])

    first, second = two.said.values()
    assert (two.former, two.added) == (one, (second,))
    assert [first] == list(one.said.values())
    assert next(iter(three.said.values())) is first
    assert three.former is not two


def test_git_hands_over_only_what_did_not_just_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = (HEAD + "".join(R[:n]) for n in (1, 2, 3))
    edited = three.replace("正在推进", "改过的")
    texts = [one, two, three, edited, edited + record(4, "1.1")]

    read, handed_over = asked(monkeypatch, *texts)

    assert handed_over == [texts[-1], three]
    assert all(same(version, text) for version, text in zip(read, texts, strict=True))
    assert [new.former is old for old, new in pairwise(read)] == [True, True, False, True]
