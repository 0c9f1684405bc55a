"""What becomes of a record that can't be written, of others' faults, and of a log that changes meanwhile."""

import errno
import io
import json
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import shellingham

from gaigai_cli.cli import pasted
from gaigai_cli.errors import shown
from gaigai_cli.model.ledger import LogChange
from gaigai_cli.model.records import as_record
from gaigai_cli.record.prepare import Prepared
from gaigai_cli.store import lock
from gaigai_cli.store.append import append_record
from gaigai_cli.store.lock import locked
from gaigai_cli.work import transaction
from tests.program import Gaigai, Run
from tests.transcript import EXAMPLE, SHIPPED, copied

NOW = "2024-06-14T15:30:12"
WORDS = (
    "update", "16.2", "--unit", "czj", "--by", "示例丙", "--summary", "经费“正在”拨付 & 会签。",
    "--percent", "60", "--evidence", "示例文号〔2024〕15号", "--evidence", "拨付 单.txt",
)  # fmt: skip
PASTED = re.compile(r"^gaigai .*$", re.MULTILINE)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "拨付 单.txt").write_text("示例\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return copied(SHIPPED, tmp_path, example=True)


def log_of(data: Path, unit: str = "县财政局") -> Path:
    return data / "progress" / f"{unit}.yaml"


def tree(data: Path) -> dict[str, bytes]:
    return {p.relative_to(data).as_posix(): p.read_bytes() for p in data.rglob("*") if p.is_file()}


def full_disk(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write

    def write(handle: int, content: bytes) -> int:
        if len(content) > 200:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(handle, content)

    monkeypatch.setattr(os, "write", write)


def read_only_file(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log_of(data).chmod(0o444)


def folder_in_place(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log_of(data).unlink()
    log_of(data).mkdir()


def file_in_place_of_progress(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log_of(data).unlink()
    log_of(data).parent.rmdir()
    log_of(data).parent.write_bytes(b"")


def no_permission(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that others own; the superuser, as whom tests may run, would be let in."""
    real = os.open

    def opened(path: str, flags: int, *more: int, **names: int) -> int:
        if flags & os.O_CREAT and "progress" in str(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return real(path, flags, *more, **names)

    monkeypatch.setattr(os, "open", opened)


def broken_log(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with log_of(data).open("a", encoding="utf-8") as file:
        file.write("<<<<<<< HEAD\n=======\n")


Trouble = Callable[[Path, pytest.MonkeyPatch], None]


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (full_disk, "磁盘空间不足"),
        (read_only_file, "是只读文件，没有写入"),
        (folder_in_place, "是一个文件夹"),
        (file_in_place_of_progress, "的上级不是文件夹"),
        (no_permission, "没有权限写入“progress/县财政局.yaml”"),
        (broken_log, "progress/县财政局.yaml：文件第15行有错误"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_was_typed_comes_back(
    trouble: Trouble, sentence: str, data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gaigai("update", "18.1", *WORDS[2:], GAIGAI_NOW="2024-06-13T09:00:00").status == 0
    kept = log_of(data).read_bytes()
    with monkeypatch.context() as patch:
        trouble(data, patch)
        before = tree(data)
        run = gaigai(*WORDS, GAIGAI_NOW=NOW)
        assert tree(data) == before

    assert (run.status, run.out) == (2, "")
    assert sentence in run.err.splitlines()[-1]
    assert run.err.splitlines()[-1].startswith("错误：")
    assert "Traceback" not in run.err

    repair(data, kept)
    pasted = PASTED.search(run.err)
    assert pasted is not None
    again = gaigai(*shlex.split(pasted[0])[1:], GAIGAI_NOW=NOW)
    assert again.status == 0
    assert "summary: 经费“正在”拨付 & 会签。" in log_of(data).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("unit: 县住建局", "是“县住建局”，不是县财政局"),
        ("unit: 县财证局", "是“县财证局”，不是县财政局"),
        ("unit: [县财政局]", "读不出来"),
    ],
)
def test_a_log_that_says_it_is_not_the_units_takes_no_record(
    data: Path, gaigai: Gaigai, line: str, told: str
) -> None:
    """It would be another unit's, or nobody's."""
    assert gaigai("update", "18.1", *WORDS[2:], GAIGAI_NOW="2024-06-13T09:00:00").status == 0
    log = log_of(data)
    text = log.read_text(encoding="utf-8").replace("unit: 县财政局", line)
    log.write_text(text, encoding="utf-8", newline="\n")

    run = gaigai(*WORDS, GAIGAI_NOW=NOW)

    assert (run.status, run.out, log.read_text(encoding="utf-8")) == (2, "", text)
    assert run.err.endswith(
        f"错误：progress/县财政局.yaml：记录单位（unit）{told}，没有写入。"
        "写错了的请改成“unit: 县财政局”；不是县财政局的记录，请把文件改名。\n"
    )


def repair(data: Path, kept: bytes) -> None:
    log = log_of(data)
    if log.is_dir():
        log.rmdir()
    if log.parent.is_file():
        log.parent.unlink()
        log.parent.mkdir()
    if log.exists():
        log.chmod(0o644)
    log.write_bytes(kept)


def test_somebody_else_is_writing(
    data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waited for as long as a test can."""
    monkeypatch.setitem(lock.locked.__wrapped__.__kwdefaults__, "timeout", 0.01)  # type: ignore[attr-defined]
    with lock.locked(data, who="示例乙", timeout=1):
        run = gaigai(*WORDS, GAIGAI_NOW=NOW)

    assert (run.status, run.out) == (2, "")
    assert "数据目录正由示例乙（进程" in run.err
    assert PASTED.search(run.err)


def test_all_options_come_back(
    data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also those that fill no field of the record."""
    monkeypatch.chdir(tmp_path.parent)
    full_disk(data, monkeypatch)
    words = ("--unit", "czj", "--to", "8月底", "--reason", "账户有误。", "--by", "示例丙", "--form")

    run = gaigai("--data", str(data), "extend", "16.2", *words, GAIGAI_NOW=NOW)

    pasted = PASTED.search(run.err)
    assert pasted is not None
    assert shlex.split(pasted[0])[1:5] == ["extend", "16.2", "--data", shown(data)]
    assert sorted(shlex.split(pasted[0])[5:]) == sorted(words)


@pytest.mark.parametrize(
    ("word", "cmd", "powershell"),
    [
        ("16.2", "16.2", "16.2"),
        ("经费，已拨付60%。", "经费，已拨付60%。", "经费，已拨付60%。"),
        ("经费 & 会签", '"经费 & 会签"', "'经费 & 会签'"),
        ("经费“正在”拨付", "经费“正在”拨付", "'经费“正在”拨付'"),
        ("红,黄", "红,黄", "'红,黄'"),
        ("it's", '"it\'s"', "'it''s'"),
        ("‘甲’ 乙", '"‘甲’ 乙"', "'‘‘甲’’ 乙'"),
        ('甲"乙', '"甲""乙"', "'甲\\\"乙'"),
        ("D:\\甲 乙\\", '"D:\\甲 乙\\\\"', "'D:\\甲 乙\\\\'"),
    ],
)
def test_a_command_to_be_pasted_is_quoted_for_its_shell(
    word: str, cmd: str, powershell: str
) -> None:
    assert pasted.QUOTED["cmd"](word) == cmd
    assert pasted.QUOTED["powershell"](word) == powershell


@pytest.mark.parametrize(
    ("platform", "found", "shell"),
    [
        ("win32", "cmd", "cmd"),
        ("win32", "powershell", "powershell"),
        ("win32", "pwsh", "powershell"),
        ("win32", "bash", "sh"),
        ("win32", shellingham.ShellDetectionFailure(), "cmd"),
        ("win32", OSError(5, "拒绝访问。"), "cmd"),
        ("linux", "pwsh", "sh"),
    ],
)
def test_the_shell_is_known_by_its_process(
    monkeypatch: pytest.MonkeyPatch, platform: str, found: str | Exception, shell: str
) -> None:
    def detect_shell() -> tuple[str, str]:
        if isinstance(found, Exception):
            raise found
        return found, f"C:\\{found}.exe"

    monkeypatch.setattr(shellingham, "detect_shell", detect_shell)
    monkeypatch.setattr(sys, "platform", platform)

    assert pasted.shell() == shell


@pytest.mark.parametrize(("shell", "answer", "asked"), [("powershell", "否", 1), ("powershell", "是", 1), ("cmd", "否", 0)])  # fmt: skip
def test_from_powershell_the_words_are_shown_before_they_are_written(
    data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch, shell: str, answer: str, asked: int
) -> None:
    """It drops Chinese quotes; in a script nobody is asked."""
    questions: list[str] = []
    monkeypatch.setattr("gaigai_cli.cli.record.filling.shell", lambda: shell)
    monkeypatch.setattr("gaigai_cli.cli.ask.on_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda said: questions.append(said) or answer)  # type: ignore[func-returns-value]
    words = ("update", "16.2", "--summary", "经费60万元已拨付。", "--by", "示例")

    run = gaigai("--data", str(data), *words, "--unit", "县财政局", GAIGAI_NOW=NOW)

    log = data / "progress" / "县财政局.yaml"
    assert len(questions) == asked
    if asked and answer == "否":
        assert run.status == 130
        assert "经费60万元已拨付。" in run.out
        assert "--summary 经费60万元已拨付。" in run.err
        assert not log.exists()
    else:
        assert run.status == 0
        assert run.out.count("经费60万元已拨付。") == 2  # once as words, once as the file's lines
        assert log.exists()


def test_a_correction_asks_for_each_field_as_a_report_does(
    data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures one by one, several pieces of evidence until there is no more; nothing said is nothing to write."""
    words = ("--unit", "县住建局", "--by", "示例", "--summary", "抽查", "--evidence", "示例1号")
    gaigai("--data", str(data), "update", "7.1", *words, GAIGAI_NOW=NOW)
    log = data / "progress" / "县住建局.yaml"
    (number,) = re.findall("id: (.*)", log.read_text(encoding="utf-8"))
    monkeypatch.setattr("gaigai_cli.cli.ask.on_terminal", lambda: True)

    def corrected(*typed: str) -> Run:
        lines = iter(typed)
        monkeypatch.setattr("builtins.input", lambda _: next(lines))
        what = ("correct", number, "--reason", "有误", "--by", "示例")
        return gaigai("--data", str(data), *what, GAIGAI_NOW=NOW)

    run = corrected("指标数值", "s", "s", "没有了")
    assert "错误：没有改动，没有写入。请填写改后的内容；整条不要的选“整条作废”。" in run.err
    run = corrected("进展情况", "抽查2次。", "指标数值", "q")
    assert " --by 示例 --set summary=抽查2次。\n" in run.err  # nothing that was typed is lost
    typed = ("指标数值", "95", "", "佐证", "示例2号", "示例3号", "上一步", "示例4号", "", "没有了")
    assert corrected(*typed, "是").status == 0
    said = "    set:\n      evidence: [示例2号, 示例4号]\n      metrics:\n        enforcement-rate: 95\n"
    assert said in log.read_text(encoding="utf-8")


def test_which_report_is_a_highlight_is_asked_before_its_words(
    data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody words anything for a report that isn't there."""
    questions: list[str] = []
    monkeypatch.setattr("gaigai_cli.cli.ask.on_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda said: questions.append(said) or "0a000004")  # type: ignore[func-returns-value]

    run = gaigai("--data", str(data), "highlight", "--by", "示例", GAIGAI_NOW=NOW)

    assert (run.status, len(questions), questions[0][:4]) == (2, 1, "记录编号")
    assert "0a000004" in run.err


def test_pasted_lines_come_back_as_they_are_pasted_again(
    data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the command, which asks for them, and not as an option that takes a file; that one is told by its name."""
    monkeypatch.chdir(data.parent)
    command = ("resolve", "--meeting", "示例会议", "--by", "示例")
    lines = "一|拨付经费|县某局\n二|报送方案|县住建局\n"
    back = "所填内容没有写入，改正后可粘贴下面的命令重新运行：\ngaigai resolve"
    (data.parent / "议定.txt").write_text("一|拨付经费|县财政局\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        full_disk(data, patch)
        failed = gaigai(*command, "--lines", "议定.txt", GAIGAI_NOW=NOW)
    assert f"{back} --meeting 示例会议 --lines 议定.txt --by 示例\n" in failed.err

    monkeypatch.setattr("gaigai_cli.cli.ask.on_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{lines}\n还有"))
    run = gaigai(*command, GAIGAI_NOW=NOW)
    below = f"\n运行后再粘贴以下各条：\n{lines}错误：第1行：没有“县某局”这个单位。"
    assert f"{back} --meeting 示例会议 --by 示例{below}" in run.err


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write everywhere"
)
def test_read_only_folder(data: Path, gaigai: Gaigai) -> None:
    (data / "progress").mkdir()
    (data / "progress").chmod(0o555)

    run = gaigai(*WORDS, GAIGAI_NOW=NOW)

    assert run.status == 2
    assert "没有权限写入" in run.err
    assert PASTED.search(run.err)


def test_missing_progress_is_made(data: Path, gaigai: Gaigai) -> None:
    assert not (data / "progress").exists()
    assert gaigai(*WORDS, GAIGAI_NOW=NOW).status == 0
    assert log_of(data).exists()


def test_control_characters_are_refused(data: Path, gaigai: Gaigai) -> None:
    run = gaigai("update", "16.2", *WORDS[2:6], "--summary", "已拨\u202e付", GAIGAI_NOW=NOW)

    assert run.status == 2
    assert "进展情况" in run.err
    assert "U+202E" in run.err
    assert not log_of(data).exists()


@pytest.mark.parametrize(
    "words",
    [
        "no",
        "1:30",
        "07",
        "- 一",
        "# 二",
        "&三",
        "%四",
        "@五",
        "六: 七",
        "八\t九",
        "十\n十一\n\n",
        "十一😀",
        "'x' \"y\"",
        "十二 ",
        "十三\n...\n",
    ],
)
def test_words_that_yaml_could_misread(words: str, data: Path, gaigai: Gaigai) -> None:
    assert gaigai("update", "16.2", *WORDS[2:6], "--summary", words, GAIGAI_NOW=NOW).status == 0

    shown = gaigai("show", "16.2", "--format", "json", GAIGAI_NOW=NOW)
    assert shown.err == ""
    assert json.loads(shown.out)["records"][0]["summary"] == words


def test_others_faults_are_no_hindrance(data: Path, gaigai: Gaigai) -> None:
    """Errors in another unit's log, and a bad record in the own one, are another's business."""
    assert gaigai(*WORDS, GAIGAI_NOW=NOW).status == 0
    log = log_of(data)
    log.write_text(log.read_text("utf-8") + "  - {id: x}\n", encoding="utf-8")
    log_of(data, "县住建局").write_text("unit: 县住建局\nrecords: [\n", encoding="utf-8")
    wrong = 'unit: 县水利局\nrecords:\n  - id: 20240610-090000-00000000\n    item: "16.2"\n'
    wrong += "    date: 2024-06-10\n    kind: 申请销号\n    evidence: [示例]\n"
    log_of(data, "县水利局").write_text(wrong, encoding="utf-8")

    run = gaigai("update", "18.1", *WORDS[2:6], "--summary", "已列支。", GAIGAI_NOW=NOW)

    assert (run.status, run.err) == (0, "")
    assert "已列支。" in log.read_text(encoding="utf-8")


def race(
    data: Path, monkeypatch: pytest.MonkeyPatch, record: dict[str, object], unit: str = "县财政局"
) -> None:
    """Somebody else appends between our reading and our writing."""
    real = transaction.Transaction.write

    def write(self: transaction.Transaction, prepared: list[Prepared]) -> list[LogChange]:
        with locked(data) as held:
            append_record(held, f"progress/{unit}.yaml", as_record(record), unit=unit, example=True)
        return real(self, prepared)

    monkeypatch.setattr(transaction.Transaction, "write", write)


def test_log_that_changes_meanwhile(
    data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    other: dict[str, object] = {
        "id": "20240614-153012-00000000",
        "item": "16.2",
        "date": "2024-06-14",
        "kind": "进展",
        "summary": "别人先写的。",
    }
    race(data, monkeypatch, other)

    run = gaigai(*WORDS, GAIGAI_NOW=NOW)

    text = log_of(data).read_text(encoding="utf-8")
    assert run.status == 0
    assert text.index("别人先写的。") < text.index("正在")
    assert "20240614-153013-" in text  # after the other's second, so that it stays after it


def test_log_that_changes_so_that_ours_is_refused(
    data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("done", "16.2", *WORDS[2:6], "--evidence", "示例文号〔2024〕15号")
    other: dict[str, object] = {
        "id": "20240614-153012-00000000",
        "item": "16.2",
        "date": "2024-06-14",
        "kind": "申请销号",
        "evidence": ["示例文号〔2024〕14号"],
    }
    race(data, monkeypatch, other)

    run = gaigai(*words, GAIGAI_NOW=NOW)

    assert run.status == 2
    assert "事项16.2此时为“待核验”，不能记录申请销号" in run.err
    assert "示例文号〔2024〕15号" not in log_of(data).read_text(encoding="utf-8")


def test_several_when_a_log_changes_meanwhile(
    data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes after a record that had to be checked anew is checked on what stands there by then."""
    for item in ("16.2", "18.1"):
        words = (*WORDS[2:6], "--evidence", f"示例凭证{item}")
        assert gaigai("done", item, *words, GAIGAI_NOW=NOW).status == 0
    ids = re.findall(r"id: (\S+)", log_of(data).read_text(encoding="utf-8"))
    other: dict[str, object] = {
        "id": "20240615-090000-00000000",
        "item": "18.1",
        "date": "2024-06-15",
        "kind": "核验销号",
        "answers": [ids[1]],
    }
    race(data, monkeypatch, other, "县工改办")

    run = gaigai("verify", "16.2", "18.1", "--by", "示例甲", GAIGAI_NOW="2024-06-15T09:00:00")

    assert run.status == 2
    assert run.err.splitlines()[0] == "16.2的记录已经写入，不必重记。"
    back = (
        "其余的没有写入，改正后可粘贴下面的命令、去掉已经写入的重新运行：\ngaigai verify 16.2 18.1"
    )
    assert back in run.err
    assert "事项18.1此时为“已销号”，不能记录核验销号" in run.err
    assert gaigai("check", GAIGAI_NOW="2024-06-15T09:00:00").status == 0


def test_two_files_of_one_name(data: Path, gaigai: Gaigai) -> None:
    Path("甲").mkdir()
    Path("甲/拨付 单.txt").write_text("另一份\n", encoding="utf-8")

    run = gaigai(*WORDS, "--evidence", "甲/拨付 单.txt", GAIGAI_NOW=NOW)

    assert run.status == 2
    assert "有两个不同的文件都叫“拨付 单.txt”" in run.err


def test_several_are_written_or_none(data: Path, gaigai: Gaigai) -> None:
    words = (*WORDS[2:6], "--evidence", "示例文号〔2024〕15号")
    assert gaigai("done", "16.2", *words, GAIGAI_NOW=NOW).status == 0

    run = gaigai("verify", "16.2", "18.1", "--by", "示例甲", GAIGAI_NOW="2024-06-15T09:00:00")

    assert run.status == 2
    assert not log_of(data, "县工改办").exists()


def test_dry_run_writes_nothing(data: Path, gaigai: Gaigai) -> None:
    before = tree(data)

    run = gaigai(*WORDS, "--dry-run", GAIGAI_NOW=NOW)

    assert run.status == 0
    assert "+    percent: 60" in run.out
    assert tree(data) == before


def editor(folder: Path, script: str) -> dict[str, str]:
    """An editor that does what ``script`` says to the file ``path``."""
    program = folder / "editor.py"
    head = "import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n"
    head += "text = path.read_text(encoding='utf-8')\n"
    program.write_text(f"{head}{script}\n", encoding="utf-8")
    return {"EDITOR": shlex.join([Path(sys.executable).as_posix(), program.as_posix()])}


def write_text(change: str) -> str:
    return f"path.write_text({change}, encoding='utf-8')"


def test_long_text_through_the_editor(data: Path, tmp_path: Path, gaigai: Gaigai) -> None:
    change = "text.replace('【进展情况】\\n', '【进展情况】\\n第一段。\\n\\n第二段。\\n').replace('【存在问题】\\n', '【存在问题】\\n# 无\\n')"
    settings = editor(tmp_path, write_text(change))

    run = gaigai("update", "16.2", *WORDS[2:6], "--edit", GAIGAI_NOW=NOW, **settings)

    assert run.status == 0, run.err
    log = log_of(data).read_text(encoding="utf-8")
    assert "    summary: |-\n      第一段。\n\n      第二段。\n    problems: " in log
    assert "不会写入" not in log


def test_what_the_editor_keeps_in_another_encoding(
    data: Path, tmp_path: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is replaced: that of Chinese Windows is read, any other refused, and the file stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    change = "text.replace('【进展情况】\\n', '【进展情况】\\n第一段。')"
    words = ["update", "16.2", *WORDS[2:6], "--edit"]

    unread = editor(tmp_path, f"path.write_bytes({change}.encode('utf-16'))")
    run = gaigai(*words, GAIGAI_NOW=NOW, **unread)
    (kept,) = tmp_path.glob("gaigai-*/填写.txt")
    assert (run.status, run.err) == (
        2,
        f"错误：“{kept}”的文字编码不能识别。请另存为 UTF-8 编码的文本后再试。\n",
    )
    assert "第一段。" in kept.read_text(encoding="utf-16")

    read = editor(tmp_path, f"path.write_bytes({change}.encode('gb18030'))")
    assert gaigai(*words, GAIGAI_NOW=NOW, **read).status == 0
    assert "    summary: 第一段。\n" in log_of(data).read_text(encoding="utf-8")
    assert [*tmp_path.glob("gaigai-*")] == [kept.parent]


def test_editor_left_empty(data: Path, tmp_path: Path, gaigai: Gaigai) -> None:
    run = gaigai(
        "update", "16.2", *WORDS[2:6], "--edit", GAIGAI_NOW=NOW, **editor(tmp_path, "pass")
    )

    assert run.status == 2
    assert run.err.startswith("错误：缺少进展情况（--summary）。")
    assert not log_of(data).exists()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"EDITOR": "no-such-editor"}, "没有找到编辑器“no-such-editor”"),
        (
            {"EDITOR": f"{shlex.quote(Path(sys.executable).as_posix())} -c raise(SystemExit(1))"},
            "未正常结束",
        ),
    ],
)
def test_editor_that_fails(
    settings: dict[str, str], sentence: str, data: Path, gaigai: Gaigai
) -> None:
    run = gaigai("update", "16.2", *WORDS[2:6], "--edit", GAIGAI_NOW=NOW, **settings)

    assert run.status == 2
    assert sentence in run.err


def test_correction_through_the_editor(data: Path, tmp_path: Path, gaigai: Gaigai) -> None:
    assert gaigai(*WORDS, GAIGAI_NOW=NOW).status == 0
    settings = editor(tmp_path, write_text("text.replace('正在', '已经')"))

    run = gaigai(
        "correct",
        "20240614",
        "--edit",
        "--reason",
        "笔误。",
        "--by",
        "示例丙",
        GAIGAI_NOW=NOW,
        **settings,
    )

    assert run.status == 0, run.err
    assert "    set:\n      summary: 经费“已经”拨付 & 会签。\n" in log_of(data).read_text("utf-8")


def test_correction_that_changes_nothing(data: Path, tmp_path: Path, gaigai: Gaigai) -> None:
    assert gaigai(*WORDS, GAIGAI_NOW=NOW).status == 0

    run = gaigai(
        "correct", "20240614", "--edit", "--reason", "x", "--by", "示例丙", GAIGAI_NOW=NOW,
        **editor(tmp_path, "pass"),
    )  # fmt: skip

    assert run.status == 2
    assert "文字没有改动" in run.err


@pytest.mark.external("git")
def test_git_user_and_unit(data: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, (key, value) in enumerate({"user.name": "示例丙", "gaigai.unit": "czj"}.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "2")

    assert gaigai("update", "16.2", "--summary", "正在拨付。", GAIGAI_NOW=NOW).status == 0
    assert log_of(data).read_text(encoding="utf-8").endswith("    by: 示例丙\n")
    assert gaigai("verify", "16.2", GAIGAI_NOW=NOW).status == 2


def test_day_of_the_environment_is_for_reading(data: Path, gaigai: Gaigai) -> None:
    """``GAIGAI_AS_OF`` would show another day's state; a record goes by the clock."""
    run = gaigai(*WORDS, GAIGAI_NOW=NOW, GAIGAI_AS_OF="2024-05-10")

    assert run.status == 0
    assert "date: 2024-06-14" in log_of(data).read_text(encoding="utf-8")
    assert "16.2  推进中" in run.out


def test_evidence_is_copied_once_and_found_unchanged(data: Path, gaigai: Gaigai) -> None:
    assert gaigai(*WORDS, GAIGAI_NOW=NOW).status == 0
    later = "2024-06-20T09:00:00"
    words = ("update", "16.2", *WORDS[2:6], "--summary", "已拨付。", "--evidence", "拨付 单.txt")
    assert gaigai(*words, GAIGAI_NOW=later).status == 0

    assert [p.name for p in (data / "evidence" / "县财政局").iterdir()] == ["拨付 单.txt"]
    assert gaigai("check", GAIGAI_NOW=later).status == 0


def test_evidence_of_a_refused_record_is_not_copied(data: Path, gaigai: Gaigai) -> None:
    words = ("done", "16.2", "--unit", "县住建局", "--by", "示例丁", "--evidence", "拨付 单.txt")

    assert gaigai(*words, GAIGAI_NOW=NOW).status == 2
    assert not (data / "evidence").exists()


def test_evidence_over_the_limit_of_the_rules(data: Path, gaigai: Gaigai) -> None:
    (data / "rules.yaml").write_text("evidence: {max_mb: 1}\n", encoding="utf-8")
    Path("大.pdf").write_bytes(b"x" * (1024 * 1024 + 1))

    run = gaigai("update", "16.2", *WORDS[2:8], "--evidence", "大.pdf", GAIGAI_NOW=NOW)

    assert run.status == 2
    assert "超过上限 1 MB" in run.err


def test_criteria_are_told_when_somebody_applies(data: Path, gaigai: Gaigai) -> None:
    tasks = data / "tasks.yaml"
    content = "        content: 县财政切实保障帮代办优化服务经费。\n"
    criteria = "        criteria: 指标文件和支付凭证。\n"
    text = tasks.read_text(encoding="utf-8")
    tasks.write_text(text.replace(content, content + criteria), encoding="utf-8")

    run = gaigai("done", "16.2", *WORDS[2:6], GAIGAI_NOW=NOW)

    assert run.err.splitlines()[0] == "16.2的佐证要求：指标文件和支付凭证。"
    assert run.status == 2


def test_several_are_verified_each_with_what_it_needs(data: Path, gaigai: Gaigai) -> None:
    """Who verified for the office is said of the items that the office leads, and of no others."""
    for item, unit in (("16.2", "县财政局"), ("20.1", "县工改办")):
        words = ("--unit", unit, "--by", "示例丙", "--evidence", "示例凭证")
        assert gaigai("done", item, *words, GAIGAI_NOW=NOW).status == 0
    outside = ("--verified-by", "县政府办公室", "--signer", "示例酉")

    run = gaigai("verify", "16.2", "20.1", "--by", "示例甲", *outside, GAIGAI_NOW=NOW)

    assert run.status == 0
    rulings = log_of(data, "县工改办").read_text(encoding="utf-8").split("kind: 核验销号")[1:]
    assert ["signer" in ruling for ruling in rulings] == [False, True]


def test_log_made_for_a_person(data: Path, gaigai: Gaigai) -> None:
    own = data / "progress" / "县财政局" / "示例丙.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("unit: 县财政局\nrecords: []\n", encoding="utf-8")

    assert gaigai(*WORDS, GAIGAI_NOW=NOW).status == 0
    assert "经费" in own.read_text(encoding="utf-8")
    assert not log_of(data).exists()


def test_office_log_of_each_person(tmp_path: Path, gaigai: Gaigai) -> None:
    data = copied(EXAMPLE, tmp_path)
    words = ("--unit", "县工改办", "--summary", "继续推进。", "--data", str(data))
    now = "2025-02-03T09:00:00"

    def file_of(run: Run) -> str:
        found = re.search(r"^改动  (.*)$", run.out, re.MULTILINE)
        assert found is not None
        return found[1]

    runs = [
        gaigai("update", "8.2", *words, "--by", by, GAIGAI_NOW=now)
        for by in ("示例甲", "示例乙", "新人")
    ]

    assert [file_of(run) for run in runs] == [
        "progress/县工改办/示例甲.yaml", "progress/县工改办.yaml", "progress/县工改办.yaml",
    ]  # fmt: skip


def test_a_day_without_a_year_is_the_nearest(data: Path, gaigai: Gaigai) -> None:
    """In January a day of January is of the new year, whatever year the notice is of."""
    words = [*WORDS[:6], "--summary", "经费已拨付。", "--date"]

    for typed, day in (("1月5日", "2025-01-05"), ("12月30日", "2024-12-30")):
        assert gaigai(*words, typed, GAIGAI_NOW="2025-01-08T09:00:00").status == 0
        assert f"date: {day}\n" in log_of(data).read_text(encoding="utf-8")


def test_a_unit_that_still_answers_after_a_reform_writes_its_own_log(
    data: Path, gaigai: Gaigai
) -> None:
    """It is called by both names until the handing over; its log is the one that the list knows."""
    with (data / "departments.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "reforms:\n  - basis: 示例发〔2024〕8号\n    effective: 2024-07-01\n    handed_over: 2024-08-15\n"
            "    new: [{name: 示例水务局, initials: [slswj]}]\n    became:\n"
            "      - {unit: 县城管局, to: [县住建局]}\n"
            '      - {unit: 县交通局, to: [示例水务局, 县发改局], items: {"10.2": 示例水务局, "4.1": 县发改局}}\n'
        )
    for item, unit in (("4.1", "县城管局"), ("10.2", "示例水务局（原县交通局）")):
        words = ("update", item, "--unit", unit, "--summary", "完成摸底。", "--by", "示例甲")
        assert gaigai(*words, GAIGAI_NOW="2024-07-20T09:00:00").status == 0

    logs = {path.name: path.read_text("utf-8") for path in (data / "progress").iterdir()}
    assert sorted(logs) == ["县交通局.yaml", "县城管局.yaml"]
    assert all(f"\nunit: {name.removesuffix('.yaml')}\n" in text for name, text in logs.items())
    for day in ("2024-07-20T10:00:00", "2024-09-20T09:00:00"):
        assert gaigai("check", GAIGAI_NOW=day).status == 0
