"""Evidence copied into the data directory, under a name that every platform can hold."""

import errno
import os
import socket
import stat
import sys
from pathlib import Path

import pytest

from gaigai_cli.characters import HIDDEN
from gaigai_cli.errors import GaigaiError
from gaigai_cli.store.evidence import plan_evidence, store_evidence
from gaigai_cli.store.files import sha256_of
from gaigai_cli.store.lock import locked

UNIT = "县财政局"
LIMIT = 1024
posix = pytest.mark.skipif(sys.platform == "win32", reason="files of this kind are not there")


def make_pipe(path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(path)


@pytest.fixture(name="data")
def _data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def source(
    data: Path, name: str = "拨付单.pdf", content: bytes = b"1", folder: str = "from"
) -> Path:
    path = data.parent / folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def keep(data: Path, path: Path, unit: str = UNIT) -> str:
    with locked(data) as held:
        kept = store_evidence(held, unit, path, limit_bytes=LIMIT)
    content = (data / kept.file).read_bytes()
    assert content == path.read_bytes()
    assert kept.sha256 == sha256_of(content)
    return kept.file


def refusal(data: Path, path: Path, unit: str = UNIT) -> str:
    with pytest.raises(GaigaiError) as caught:
        keep(data, path, unit)
    assert [found for found in data.rglob("*") if found.is_file()] == []
    return str(caught.value)


def test_a_file_is_copied_under_its_own_name(data: Path) -> None:
    assert keep(data, source(data)) == "evidence/县财政局/拨付单.pdf"
    assert [path.name for path in data.rglob("*")] == ["evidence", "县财政局", "拨付单.pdf"]


def test_the_same_content_is_there_once(data: Path) -> None:
    first, other = source(data), source(data, content=b"2", folder="other")

    assert [keep(data, path) for path in (first, first, other, other, first)] == [
        "evidence/县财政局/拨付单.pdf",
        "evidence/县财政局/拨付单.pdf",
        "evidence/县财政局/拨付单-2.pdf",
        "evidence/县财政局/拨付单-2.pdf",
        "evidence/县财政局/拨付单.pdf",
    ]
    assert (
        keep(data, source(data, content=b"3", folder="third")) == "evidence/县财政局/拨付单-3.pdf"
    )


def test_what_will_be_done_can_be_told_before(data: Path) -> None:
    for path in (source(data), source(data), source(data, content=b"22", folder="other")):
        before = sorted(data.rglob("*"))
        planned, stored = plan_evidence(data, UNIT, path, limit_bytes=LIMIT)
        assert sorted(data.rglob("*")) == before

        assert planned.file == keep(data, path)
        assert (stored.path, stored.size) == (planned.file, path.stat().st_size)
        assert stored.sha256() == planned.sha256


def test_what_is_refused_is_refused_before(data: Path) -> None:
    big = source(data, content=bytes(LIMIT + 1))

    with pytest.raises(GaigaiError, match="超过上限"):
        plan_evidence(data, UNIT, big, limit_bytes=LIMIT)


def test_names_that_differ_by_case_or_composition_are_one(data: Path) -> None:
    assert keep(data, source(data, "Caf\u00e9.PDF")) == "evidence/县财政局/Caf\u00e9.PDF"

    other = source(data, "cafe\u0301.pdf", b"2", "other")
    assert keep(data, other) == "evidence/县财政局/cafe\u0301-2.pdf"
    same = source(data, "CAFE\u0301.pdf", b"1", "third")
    assert keep(data, same) == "evidence/县财政局/Caf\u00e9.PDF"


def test_evidence_that_lies_there_already_is_used(data: Path) -> None:
    keep(data, source(data))

    assert keep(data, data / "evidence/县财政局/拨付单.pdf") == "evidence/县财政局/拨付单.pdf"


def test_the_limit_is_the_last_size_allowed(data: Path) -> None:
    assert refusal(data, source(data, "大.pdf", bytes(LIMIT + 1))) == (
        "佐证文件“大.pdf”超过上限 0.000976562 MB。请压缩或拆分后再试，或只写文号"
    )
    assert keep(data, source(data, "大.pdf", bytes(LIMIT))) == "evidence/县财政局/大.pdf"


@posix
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("CON", "这是 Windows 保留的设备名"),
        ("nul.pdf", "这是 Windows 保留的设备名"),
        ("com1.tar.gz", "这是 Windows 保留的设备名"),
        ("LPT¹.txt", "这是 Windows 保留的设备名"),
        ("a:b.pdf", "含有“:”"),
        ("a\\b.pdf", "含有“\\”"),
        ("a?.pdf", "含有“?”"),
        ("a\nb.pdf", "含有“换行或制表符”"),
        ("a\x1bb.pdf", "含有看不见的控制字符"),
        ("a\u202efdp.exe", "含有看不见的控制字符"),
        (".gitattributes", "以“.”开头的是隐藏文件"),
        ("~$表.docx", "以“~$”开头的是办公软件的临时文件"),
        ("a.", "不能以“.”或空格结尾"),
        ("a ", "不能以“.”或空格结尾"),
        ("　", "名称是空的"),
        ("甲" * 66 + ".pdf", "太长（超过 200 字节）"),
    ],
)
def test_names_that_not_every_platform_holds_are_refused(
    data: Path, name: str, reason: str
) -> None:
    said = refusal(data, source(data, name))

    assert said.startswith("佐证文件名“")
    assert said.endswith(f"”不能使用：{reason}。请改名后再试")
    assert not HIDDEN.search(said)
    assert "\n" not in said


@pytest.mark.parametrize(
    "name", ["concept.pdf", "com10.txt", "a..pdf", "-rf", "拨付 单(1).pdf", "甲" * 65 + ".pdf"]
)
def test_other_names_are_kept(data: Path, name: str) -> None:
    assert keep(data, source(data, name)) == f"evidence/县财政局/{name}"


@pytest.mark.parametrize("unit", ["..", "../..", "a/b", "", "."])
def test_a_unit_that_leads_elsewhere_is_refused(data: Path, unit: str) -> None:
    assert refusal(data, source(data), unit).startswith(f"单位名称“{unit}”不能使用：")


@posix
def test_links_are_refused(data: Path) -> None:
    link = source(data).with_name("链接.pdf")
    link.symlink_to("拨付单.pdf")

    assert refusal(data, link) == "佐证“链接.pdf”是链接，不是普通文件。请给出文件本身"


@posix
def test_pipes_sockets_and_folders_are_refused(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_pipe(data.parent / "管道")
    monkeypatch.chdir(data.parent)  # a socket's path must be short
    if sys.platform != "win32":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("s")
            assert refusal(data, Path("s")) == "佐证“s”是套接字，不是普通文件。请给出文件本身"
    assert refusal(data, Path("管道")) == "佐证“管道”是管道，不是普通文件。请给出文件本身"
    assert (
        refusal(data, data.parent)
        == f"佐证“{data.parent.as_posix()}”是文件夹，不是普通文件。请给出文件本身"
    )


@posix
def test_devices_are_refused(data: Path) -> None:
    assert refusal(data, Path("/dev/null")) == "佐证“null”是设备，不是普通文件。请给出文件本身"


@posix
def test_a_file_that_becomes_a_pipe_is_not_waited_for(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe, truly = data.parent / "管道", os.lstat
    regular = truly(source(data))
    make_pipe(pipe)
    monkeypatch.setattr(os, "lstat", lambda path: regular if path == pipe else truly(path))

    assert refusal(data, pipe) == "佐证“管道”是管道，不是普通文件。请给出文件本身"


def test_no_such_file(data: Path) -> None:
    assert (
        refusal(data, data.parent / "没有.pdf")
        == "找不到“没有.pdf”。请检查路径，或从 git 恢复后再试"
    )


def test_a_file_that_another_program_keeps_for_itself(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("gaigai_cli.store.evidence.read_start", denied)

    assert refusal(data, source(data)) == (
        "佐证“拨付单.pdf”不能读取：没有读取权限，或正被别的程序打开（如 Word、Excel、WPS）。请关闭它后再试"
    )


@posix
@pytest.mark.parametrize("link", ["evidence", "evidence/县财政局"])
def test_a_link_out_of_the_directory_is_refused(data: Path, link: str) -> None:
    outside = data.parent / "outside"
    outside.mkdir()
    (data / link).parent.mkdir(exist_ok=True)
    (data / link).symlink_to(outside)

    assert refusal(data, source(data)) == (
        "“evidence/县财政局”经链接指向数据目录之外。请删去这个链接后再试"
    )
    assert list(outside.iterdir()) == []


@posix
def test_a_link_under_the_name_is_left_alone(data: Path) -> None:
    folder = data / "evidence" / UNIT
    folder.mkdir(parents=True)
    first = source(data)
    (folder / first.name).symlink_to(first)

    assert keep(data, first) == "evidence/县财政局/拨付单-2.pdf"
    assert (folder / first.name).is_symlink()


@posix
def test_the_copy_is_a_file_like_others(data: Path) -> None:
    path = source(data)
    path.chmod(0o755)
    (data.parent / "other").write_bytes(b"")

    mode = (data / keep(data, path)).stat().st_mode

    assert stat.S_IMODE(mode) == stat.S_IMODE((data.parent / "other").stat().st_mode)
