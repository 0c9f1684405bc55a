"""A record in a log: all of it or nothing, and never instead of something."""

import errno
import os
import stat
import sys
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.records import EvidenceFile, Log, Record, as_record
from gaigai_cli.store import write
from gaigai_cli.store.append import append_record, with_record
from gaigai_cli.store.files import sha256_of
from gaigai_cli.store.lock import LOCK, locked
from gaigai_cli.yamldoc.emit import TextError, block_text
from gaigai_cli.yamldoc.reader import parse

UNIT = "县财政局"
FILE = "progress/县财政局.yaml"
RECORD: dict[str, Any] = {
    "by": "张三",
    "kind": "进展",
    "summary": "示例进展。",
    "percent": "60",
    "date": date(2024, 6, 14),
    "item": "16.2",
    "id": "20240614-153012-3f9c81d2",
}
WRITTEN = """\
  - id: 20240614-153012-3f9c81d2
    item: "16.2"
    date: 2024-06-14
    kind: 进展
    summary: 示例进展。
    percent: 60
    by: 张三
"""
HEAD = "# yaml-language-server: $schema=../../schemas/log.schema.json\n"
LIST = "# yaml-language-server: $schema=../schemas/tasks.schema.json\n"
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
as_user = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write everywhere"
)


def make_pipe(path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(path)


@pytest.fixture(name="data")
def _data(tmp_path: Path) -> Path:
    directory = tmp_path / "data"
    directory.mkdir()
    (directory / "tasks.yaml").write_text(LIST, encoding="utf-8")
    return directory


def add(data: Path, record: Mapping[str, Any] = RECORD, file: str = FILE, **options: Any) -> str:
    with locked(data) as held:
        append_record(held, file, as_record(record), unit=UNIT, **options)
    return (data / file).read_bytes().decode()


def files(data: Path) -> list[str]:
    return sorted(path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file())


def refusal(
    data: Path, record: Mapping[str, Any] = RECORD, file: str = FILE, **options: Any
) -> str:
    before = {name: (data / name).read_bytes() for name in files(data)}
    with pytest.raises(GaigaiError) as caught:
        add(data, record, file, **options)
    assert {name: (data / name).read_bytes() for name in files(data)} == before
    return str(caught.value)


# ── new logs and old ones ──


def test_a_new_log_has_schema_line_and_unit(data: Path) -> None:
    assert add(data) == f"{HEAD}unit: 县财政局\nrecords:\n{WRITTEN}"
    assert files(data) == [FILE, "tasks.yaml"]


def test_a_new_log_of_an_example_says_so(data: Path) -> None:
    text = add(data, file="progress/县工改办/张三.yaml", example=True)

    head = (
        "# yaml-language-server: $schema=../../../schemas/log.schema.json\n# 示例数据，非真实进展\n"
    )
    assert text == f"{head}unit: 县财政局\nrecords:\n{WRITTEN}"


@pytest.mark.parametrize(
    ("first_line", "folder"),
    [
        (
            "# yaml-language-server: $schema=../../../schemas/tasks.schema.json",
            "../../../../schemas/",
        ),
        ("# yaml-language-server: $schema=https://x.cn/tasks.schema.json", "https://x.cn/"),
        ("notice: {}", "../../schemas/"),
    ],
)
def test_the_schema_is_where_the_list_has_its_own(data: Path, first_line: str, folder: str) -> None:
    (data / "tasks.yaml").write_text(first_line + "\n", encoding="utf-8")

    assert add(data).startswith(f"# yaml-language-server: $schema={folder}log.schema.json\nunit: ")


def test_an_old_log_stays_byte_for_byte(data: Path) -> None:
    old = "\ufeff# 手写\r\nunit: '县财政局'\r\nrecords:\r\n-  id: x  # 注\r\n# 末".encode()
    path = data / FILE
    path.parent.mkdir()
    path.write_bytes(old)

    with locked(data) as held:
        appended = append_record(held, FILE, as_record(RECORD), unit=UNIT)

    new = "\r\n" + WRITTEN.replace("\n  ", "\n").removeprefix("  ").replace("\n", "\r\n")
    assert path.read_bytes() == old + new.encode()
    assert (appended.file, appended.before, appended.after) == (FILE, old, path.read_bytes())


def test_records_follow_each_other(data: Path) -> None:
    add(data)
    assert add(data) == f"{HEAD}unit: 县财政局\nrecords:\n{WRITTEN}{WRITTEN}"


def test_numbers_flags_ids_and_files_are_written_as_such(data: Path) -> None:
    record = {
        "id": "20240614-153012-3f9c81d2",
        "date": "2024-06-14",
        "kind": "更正",
        "corrects": "20240601-080000-00000001",
        "reason": "60",
        "set": {
            "item": "7.10",
            "percent": "70",
            "not_started": "false",
            "metrics": {
                "rate": "7.10",
                "by-unit": {"县住建局": "3"},
                "list": [{"name": "1", "date": "2024-06-01", "reference": "2"}],
                "exact": Decimal("0.50"),
            },
            "evidence": ("文号", EvidenceFile(file="evidence/a.txt", sha256="0a" * 32)),
            "summary": "07",
        },
    }

    assert add(data, record).partition("records:\n")[2] == (
        "  - id: 20240614-153012-3f9c81d2\n"
        "    date: 2024-06-14\n"
        "    kind: 更正\n"
        "    corrects: 20240601-080000-00000001\n"
        '    reason: "60"\n'
        "    set:\n"
        '      item: "7.10"\n'
        "      percent: 70\n"
        "      not_started: false\n"
        "      metrics:\n"
        "        rate: 7.10\n"
        "        by-unit:\n"
        "          县住建局: 3\n"
        "        list:\n"
        '          - {name: "1", date: 2024-06-01, reference: "2"}\n'
        "        exact: 0.50\n"
        "      evidence:\n"
        "        - 文号\n"
        f"        - {{file: evidence/a.txt, sha256: {'0a' * 32}}}\n"
        '      summary: "07"\n'
    )


# ── what changed meanwhile ──


def test_a_log_changed_since_it_was_read_is_read_again(data: Path) -> None:
    seen = sha256_of(add(data).encode())
    add(data)
    asked: list[str] = []

    def again() -> Record:
        asked.append((data / FILE).read_text(encoding="utf-8"))
        return as_record(RECORD | {"summary": "再看之后。"})

    text = add(data, expected=seen, again=again)

    assert len(asked) == 1
    assert text == asked[0] + WRITTEN.replace("示例进展。", "再看之后。")


def test_a_log_that_is_as_it_was_read_is_not_read_again(data: Path) -> None:
    def again() -> Record:
        raise AssertionError

    seen = sha256_of(add(data, again=again).encode())  # there was none, and none was expected
    add(data, expected=seen, again=again)


def test_whoever_looks_again_may_refuse(data: Path) -> None:
    add(data)

    def again() -> Record:
        raise GaigaiError("该项已销号", "请核对")

    assert refusal(data, again=again) == "该项已销号。请核对"


def test_a_change_in_the_last_moment_is_kept(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody whose editor knows no lock saves between our reading and our writing."""
    add(data)
    path = data / FILE
    real = write.replace_bytes

    def slow(target: Path, content: bytes, *, before_replacing: Callable[[], None]) -> None:
        monkeypatch.setattr("gaigai_cli.store.append.replace_bytes", real)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write("# 编辑器\n")
        real(target, content, before_replacing=before_replacing)

    monkeypatch.setattr("gaigai_cli.store.append.replace_bytes", slow)

    assert add(data) == f"{HEAD}unit: 县财政局\nrecords:\n{WRITTEN}# 编辑器\n{WRITTEN}"
    assert files(data) == [FILE, "tasks.yaml"]


def test_a_log_that_never_rests_is_left_alone(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(data)
    real = write.replace_bytes

    def slow(target: Path, content: bytes, *, before_replacing: Callable[[], None]) -> None:
        with target.open("a", encoding="utf-8") as file:
            file.write("# 编辑器\n")
        real(target, content, before_replacing=before_replacing)

    monkeypatch.setattr("gaigai_cli.store.append.replace_bytes", slow)

    with pytest.raises(GaigaiError) as caught:
        add(data)
    assert str(caught.value) == (
        "“progress/县财政局.yaml”正被别的程序不停地改动，没有写入。请关闭那个程序后再试"
    )


# ── what can't be written ──


@pytest.mark.parametrize("code", [errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)])
def test_a_full_disk(data: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    add(data)
    writing = os.write

    def full(handle: int, content: Any) -> int:
        if len(content) < 100:  # the note in the lock's file
            return writing(handle, content)
        writing(handle, content[:50])
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "write", full)

    assert refusal(data) == (
        "磁盘空间不足，“progress/县财政局.yaml”没有写入。请清理磁盘后再试，原有内容没有改动"
    )
    assert files(data) == [FILE, "tasks.yaml"]


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_failure_at_any_step_changes_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    add(data)

    def fails(*_: Any, **__: Any) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, step, fails)

    assert refusal(data) == (
        "写入“progress/县财政局.yaml”失败（系统错误 EIO）。请检查磁盘和网络后再试，原有内容没有改动"
    )
    assert files(data) == [FILE, "tasks.yaml"]


def test_a_disk_that_keeps_something_else(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(data)
    writing = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: writing(handle, bytes(len(content))))

    assert "系统错误 EIO" in refusal(data)
    assert files(data) == [FILE, "tasks.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="the lock's file is opened in another way there")
def test_a_read_only_disk(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(data)
    opening = os.open

    def read_only(path: Any, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return opening(path, flags, mode)

    monkeypatch.setattr(os, "open", read_only)

    assert refusal(data) == (
        "“data/.gaigai.lock”所在的磁盘是只读的，没有写入。请换到可以写入的位置再试"
    )


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS])
def test_a_disk_without_locks(data: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("filelock.FileLock.acquire", fails)

    assert refusal(data) == (
        "“data/.gaigai.lock”所在的磁盘不支持文件锁，没有写入。请把数据目录放在本机磁盘上再试"
    )


@as_user
def test_a_read_only_directory(data: Path) -> None:
    add(data)
    data.chmod(0o555)
    try:
        assert refusal(data).startswith("没有权限写入“data/.gaigai.lock”。请检查文件和文件夹的权限")
    finally:
        data.chmod(0o755)


@as_user
def test_a_read_only_folder_of_logs(data: Path) -> None:
    add(data)
    (data / "progress").chmod(0o555)
    try:
        assert refusal(data).startswith("没有权限写入“progress/县财政局.yaml”。")
    finally:
        (data / "progress").chmod(0o755)


def test_a_read_only_file(data: Path) -> None:
    add(data)
    (data / FILE).chmod(0o444)
    try:
        assert refusal(data) == (
            "“progress/县财政局.yaml”是只读文件，没有写入。请取消文件的只读属性后再试"
        )
    finally:
        (data / FILE).chmod(0o644)


def test_a_directory_in_place_of_the_file(data: Path) -> None:
    (data / FILE).mkdir(parents=True)

    assert refusal(data) == "“progress/县财政局.yaml”是一个文件夹，不是文件。请移走或改名后再试"


def test_a_file_in_place_of_the_folder(data: Path) -> None:
    (data / "progress").write_text("", encoding="utf-8")

    assert refusal(data) == (
        "“progress/县财政局.yaml”的上级不是文件夹，而是一个文件。请移走那个文件后再试"
    )


def test_no_data_directory(tmp_path: Path) -> None:
    with pytest.raises(GaigaiError) as caught:
        add(tmp_path / "没有")
    assert caught.value.message.endswith("没有”")
    assert caught.value.message.startswith("找不到“")


@needs_links
@pytest.mark.parametrize("link", ["progress", FILE])
def test_a_link_out_of_the_directory(data: Path, tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (data / link).parent.mkdir(exist_ok=True)
    (data / link).symlink_to(outside if link == "progress" else outside / "x.yaml")

    assert refusal(data) == f"“{FILE}”经链接指向数据目录之外。请删去这个链接后再试"
    assert list(outside.iterdir()) == []


@needs_links
def test_a_link_inside_the_directory_stays_a_link(data: Path) -> None:
    add(data, file="progress/真.yaml")
    (data / FILE).symlink_to("真.yaml")

    assert add(data).count("- id:") == 2
    assert (data / FILE).is_symlink()


@needs_links
def test_links_in_a_circle(data: Path) -> None:
    (data / "progress").mkdir()
    (data / FILE).symlink_to(data / FILE)

    assert refusal(data).startswith(f"“{FILE}”")


@needs_links
def test_a_pipe_in_place_of_the_file(data: Path) -> None:
    (data / "progress").mkdir()
    make_pipe(data / FILE)

    assert refusal(data) == f"“{FILE}”不是普通文件。请移走或改名后再试"


@needs_links
def test_the_mode_of_the_file_is_kept(data: Path) -> None:
    add(data)
    (data / FILE).chmod(0o640)
    add(data)

    assert stat.S_IMODE((data / FILE).stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("tasks.yaml", "“tasks.yaml”不是记录文件"),
        ("progress", "“progress”不是记录文件"),
        ("progress/县财政局.txt", "“progress/县财政局.txt”不是记录文件"),
        ("/progress/a.yaml", "“/progress/a.yaml”不是记录文件"),
        ("progress/../tasks.yaml", "记录文件名“..”不能使用：以“.”开头的是隐藏文件"),
        ("progress//a.yaml", "记录文件名“”不能使用：名称是空的"),
        ("progress/a\\b.yaml", "记录文件名“a\\b.yaml”不能使用：含有“\\”"),
        ("progress/con.yaml", "记录文件名“con.yaml”不能使用：这是 Windows 保留的设备名"),
        ("progress/.yaml", "记录文件名“.yaml”不能使用：以“.”开头的是隐藏文件"),
    ],
)
def test_only_logs_are_written(data: Path, file: str, message: str) -> None:
    assert refusal(data, file=file).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "文件第1行有错误，无法读取：文件是空的"),
        ("unit: 甲\n<<<<<<< HEAD\n", "文件第2行有错误，无法读取：合并冲突还没有解决"),
        ("unit: 甲\nrecords: [{id: a}]\n", "第2行的列表写在括号里，不能在它的末尾添加"),
    ],
)
def test_a_log_that_can_not_be_read_is_left_alone(data: Path, text: str, message: str) -> None:
    (data / "progress").mkdir()
    (data / FILE).write_text(text, encoding="utf-8")

    assert refusal(data).startswith(message)


def test_characters_that_nobody_sees_are_refused_by_the_fields_name(data: Path) -> None:
    assert refusal(data, RECORD | {"late_reason": "甲\u202e乙"}) == (
        "“逾期原因”中有看不见的控制字符（U+202E），在“甲”之后。请删去后重新键入，多半是从别的软件粘贴时带进来的"
    )


# ── what killed processes left ──


def test_drafts_are_cleared_and_nothing_else(data: Path) -> None:
    add(data)
    for name in (
        "progress/.0a-1.gaigai.tmp",
        "progress/县工改办/.0b-2.gaigai.tmp",
        "evidence/县财政局/.0c-3.gaigai.tmp",
    ):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(b"x")
    kept = ["progress/a.gaigai.tmp", "progress/.b.tmp", "reports/.0d-4.gaigai.tmp"]
    for name in kept:
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_bytes(b"x")
    (data / LOCK).write_text("\0张三\n1\n", encoding="utf-8")

    add(data)

    assert files(data) == sorted([FILE, "tasks.yaml", *kept])


@needs_links
def test_a_link_where_the_draft_goes_is_not_followed(data: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"x")
    draft = write._draft(data / FILE)
    draft.parent.mkdir()
    draft.symlink_to(outside)

    add(data)

    assert outside.read_bytes() == b"x"
    assert files(data) == [FILE, "tasks.yaml"]


# ── any text in any field ──

TEXT = st.one_of(
    st.text(min_size=1, max_size=20),
    st.text(alphabet="甲😀：:-#'\"\\[]{},&*!|>%@`?~ \t\n07.no", min_size=1, max_size=20),
).filter(lambda text: bool(text.strip()) and not refused(text))
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
TEXTS = st.lists(TEXT, min_size=1, max_size=3)
RECORDS = st.fixed_dictionaries(
    {
        "id": st.builds(
            lambda day, rest: f"{day:%Y%m%d}-{rest}",
            DAYS,
            st.from_regex(r"\A[01][0-9]([0-5][0-9]){2}-[0-9a-f]{8}\Z"),
        ),
        "date": DAYS,
        "kind": st.just("进展"),
    },
    optional={
        **dict.fromkeys(
            (
                "item",
                "by",
                "summary",
                "problems",
                "late_reason",
                "next",
                "stage",
                "basis",
            ),
            TEXT,
        ),
        **dict.fromkeys(("answers", "units", "to", "items"), TEXTS),
        "percent": st.integers(0, 100),
        "void": st.just(True),
        "evidence": st.lists(
            st.one_of(TEXT, st.fixed_dictionaries({"file": TEXT, "sha256": st.just("0e" * 32)})),
            min_size=1,
            max_size=3,
        ),
        "metrics": st.dictionaries(
            TEXT,
            st.one_of(
                st.decimals(-1000, 1000, places=2),
                st.dictionaries(TEXT, st.integers(0, 9), max_size=2),
                st.lists(
                    st.fixed_dictionaries({"name": TEXT, "date": DAYS, "reference": TEXT}),
                    max_size=2,
                ),
            ),
            max_size=2,
        ),
    },
)


def refused(text: str) -> bool:
    try:
        block_text(text)
    except TextError:
        return True
    return False


@given(st.lists(RECORDS, min_size=1, max_size=3))
def test_records_are_read_back_as_they_were_meant(records: list[dict[str, Any]]) -> None:
    data = None
    for record in records:
        data = with_record(data, as_record(record), unit=UNIT)

    assert data is not None
    document = parse(data)
    assert document.problems == ()
    log = Log.model_validate(document.root)
    assert log.records == tuple(as_record(record) for record in records)
