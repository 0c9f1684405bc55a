"""``--commit``: exactly what was written, whatever else is changed, staged or half done."""

import errno
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gaigai_cli.work import transaction
from tests.history.repo import configure
from tests.program import Gaigai
from tests.transcript import SHIPPED, numbered

pytestmark = pytest.mark.external("git")

LOG = "data/progress/县财政局.yaml"


def git(folder: Path, *words: str, status: int = 0) -> str:
    done = subprocess.run(
        ["git", "-c", "core.quotePath=false", *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == status, done.stderr
    return done.stdout


def init(folder: Path, *, autocrlf: bool = False) -> None:
    git(folder, "init", "-q", "-b", "main")
    who = {"user.name": "示例丙", "user.email": "c@example.invalid", "gaigai.unit": "县财政局"}
    configure(folder, who | {"core.autocrlf": str(autocrlf).lower()})
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "清单")


@pytest.fixture(autouse=True, scope="module")
def _commits_are_of_the_day() -> Iterator[None]:
    """The clock stands; commits later than it would show that it is behind."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            patch.setenv(name, "2024-06-14T15:00:00+08:00")
        yield


@pytest.fixture(name="template", scope="module")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = tmp_path_factory.mktemp("commit") / "仓库"
    shutil.copytree(SHIPPED, template / "data")
    init(template)
    return template


@pytest.fixture(name="top")
def _top(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    top = tmp_path / "仓 库 [1]*"
    shutil.copytree(template, top)
    monkeypatch.chdir(top)
    monkeypatch.setenv("GAIGAI_NOW", "2024-06-14T15:30:12")
    numbered(monkeypatch)
    return top


UPDATE = ("update", "16.2", "--summary", "帮代办经费已列入部门预算。", "--percent", "60")
OTHER = ("update", "18.1", "--summary", "工改经费已安排。", "--percent", "20")


def shown(top: Path, commit: str = "HEAD") -> str:
    return git(top, "show", "--format=%B", commit)


def test_message_and_content(top: Path, gaigai: Gaigai) -> None:
    run = gaigai(*UPDATE, "--next", "6月底前拨付。", "--commit")

    commit = git(top, "rev-parse", "HEAD")[:8]
    assert (run.status, run.err) == (0, f"已提交 {commit}：进展(16.2): 县财政局 60%\n")
    assert "下一步：运行 gaigai sync 推送，别人才能看到。" in run.out
    assert (
        shown(top)
        == f"""\
进展(16.2): 县财政局 60%

帮代办经费已列入部门预算。
下一步打算：6月底前拨付。

Gaigai-Record: 20240614-153012-6b86b273
Gaigai-By: 示例丙


diff --git a/{LOG} b/{LOG}
new file mode 100644
index 0000000..{git(top, "rev-parse", f"HEAD:{LOG}")[:7]}
--- /dev/null
+++ b/{LOG}
@@ -0,0 +1,11 @@
+# yaml-language-server: $schema=../../schemas/log.schema.json
+unit: 县财政局
+records:
+  - id: 20240614-153012-6b86b273
+    item: "16.2"
+    date: 2024-06-14
+    kind: 进展
+    summary: 帮代办经费已列入部门预算。
+    percent: 60
+    next: 6月底前拨付。
+    by: 示例丙
"""
    )
    assert git(top, "status", "--porcelain") == ""
    assert git(
        top, "log", "-1", "--format=%an <%ae>, %(trailers:key=Gaigai-By,valueonly)"
    ).strip() == ("示例丙 <c@example.invalid>, 示例丙")


def test_what_was_written_is_not_made_again(
    top: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where HEAD has the log as it was, what is committed is what was written."""
    monkeypatch.delattr(transaction, "with_record")

    assert gaigai(*UPDATE, "--commit").status == 0
    assert gaigai("update", "16.2", "--summary", "示例。", "--commit").status == 0
    assert git(top, "show", f"HEAD:{LOG}").encode() == (top / LOG).read_bytes()


def test_nothing_else_is_swept_in(top: Path, gaigai: Gaigai) -> None:
    """Staged and unstaged changes stay as they are, also in the very log that is written."""
    tasks = top / "data" / "tasks.yaml"
    tasks.write_text(tasks.read_text(encoding="utf-8") + "# 暂存的改动\n", encoding="utf-8")
    git(top, "add", "data/tasks.yaml")
    tasks.write_text(tasks.read_text(encoding="utf-8") + "# 未暂存的改动\n", encoding="utf-8")
    (top / "随手记.txt").write_text("未跟踪\n", encoding="utf-8")
    gaigai(*UPDATE)
    before = git(top, "diff", "data/tasks.yaml"), git(top, "diff", "--cached", "data/tasks.yaml")

    assert gaigai(*OTHER, "--commit").status == 0

    assert git(top, "show", "--format=", "--name-only") == f"{LOG}\n"
    committed = git(top, "show", f"HEAD:{LOG}")
    assert (committed.count("- id:"), 'item: "18.1"' in committed) == (1, True)
    assert (
        git(top, "diff", "data/tasks.yaml"),
        git(top, "diff", "--cached", "data/tasks.yaml"),
    ) == before
    left = [line for line in git(top, "diff", LOG).splitlines() if line[:2] in ("+ ", "- ")]
    assert left[1:3] == ['+    item: "16.2"', "+    date: 2024-06-14"]
    assert git(top, "status", "--porcelain").splitlines() == [
        f" M {LOG}",
        "MM data/tasks.yaml",
        "?? 随手记.txt",
    ]


def test_what_is_staged_of_the_log_stays_staged(top: Path, gaigai: Gaigai) -> None:
    gaigai(*UPDATE)
    git(top, "add", LOG)

    gaigai(*OTHER, "--commit")

    assert git(top, "show", f"HEAD:{LOG}").count("- id:") == 1
    assert git(top, "show", f":{LOG}").count("- id:") == 2
    assert git(top, "status", "--porcelain") == f"M  {LOG}\n"
    assert git(top, "diff", "--cached").count("\n+    item:") == 1


def test_only_the_name_of_the_log_is_staged(top: Path, gaigai: Gaigai) -> None:
    (top / "data" / "progress").mkdir()
    (top / LOG).write_text("unit: 县财政局\nrecords:\n", encoding="utf-8")
    git(top, "add", "--intent-to-add", LOG)

    assert gaigai(*UPDATE, "--commit").status == 0

    assert git(top, "show", f":{LOG}") == git(top, "show", f"HEAD:{LOG}")


def test_evidence_goes_along_byte_for_byte(top: Path, gaigai: Gaigai) -> None:
    git(top, "config", "core.autocrlf", "true")
    (top / "拨付 单.txt").write_bytes("示例\r\n凭证\r\n".encode())

    run = gaigai("done", "16.2", "--evidence", "拨付 单.txt", "--commit")

    assert run.status == 0
    names = git(top, "-c", "core.quotePath=false", "show", "--format=", "--name-only").splitlines()
    assert names == ["data/evidence/县财政局/拨付 单.txt", LOG]
    kept = subprocess.run(
        ["git", "show", f"HEAD:{names[0]}"], cwd=top, capture_output=True, check=True
    )
    assert kept.stdout == "示例\r\n凭证\r\n".encode()


def test_ignored_evidence_stays_out(top: Path, gaigai: Gaigai) -> None:
    (top / ".gitignore").write_text("evidence/\n", encoding="utf-8")
    (top / "单.txt").write_text("示例\n", encoding="utf-8")

    assert gaigai("done", "16.2", "--evidence", "单.txt", "--commit").status == 0

    assert git(top, "show", "--format=", "--name-only") == f"{LOG}\n"


def test_a_clone_with_crlf(top: Path, gaigai: Gaigai) -> None:
    gaigai(*UPDATE, "--commit")
    git(top, "config", "core.autocrlf", "true")
    (top / LOG).unlink()
    git(top, "checkout", "--", LOG)
    assert b"\r\n" in (top / LOG).read_bytes()

    assert gaigai(*OTHER, "--commit").status == 0

    assert "\r" not in git(top, "show", f"HEAD:{LOG}")
    assert git(top, "show", f"HEAD:{LOG}").count("- id:") == 2
    assert git(top, "status", "--porcelain") == ""


def test_several_records_are_one_commit(top: Path, gaigai: Gaigai) -> None:
    for item in ("16.2", "18.1"):
        gaigai("done", item, "--evidence", "示例文号〔2024〕1号", "--commit")
    git(top, "config", "gaigai.unit", "县工改办")

    gaigai("verify", "16.2", "18.1", "--by", "示例乙", "--summary", "佐证齐全。", "--commit")

    assert git(top, "log", "--format=%s") == (
        "核验销号(16.2、18.1): 县工改办\n申请销号(18.1): 县财政局\n申请销号(16.2): 县财政局\n清单\n"
    )
    assert git(top, "log", "-1", "--format=%b").strip().splitlines() == [
        "佐证齐全。",
        "",
        "Gaigai-Record: 20240614-153012-4e074085",
        "Gaigai-Record: 20240614-153013-4b227777",
        "Gaigai-By: 示例乙",
    ]


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        (("extend", "16.2", "--to", "8月31日", "--reason", "示例。"), "申请延期(16.2): 县财政局 至8月31日"),
        (("correct", "6b86b273", "--void", "--reason", "误登。"),
         "更正(16.2): 县财政局 作废20240614-153012-6b86b273"),
        (("praise", "县财政局", "县住建局", "--basis", "示例文号", "--approved-by", "示例领导小组"), "表扬: 县工改办 → 县财政局、县住建局"),
        (("assess", "1.1", "--result", "完成", "--reason", "示例。"), "期满评估(1.1): 县工改办 完成"),
        (("update", "1.2", "--unit", "县水利局", "--via", "电话", "--summary", "3件。"), "进展(1.2): 县水利局"),
    ],
)  # fmt: skip
def test_first_lines(top: Path, gaigai: Gaigai, words: tuple[str, ...], subject: str) -> None:
    gaigai(*UPDATE, "--commit")
    if "县工改办" in subject or "--via" in words:
        git(top, "config", "gaigai.unit", "县工改办")

    run = gaigai(*words, "--commit")

    assert (run.status, run.err[-len(subject) - 1 :]) == (0, f"{subject}\n")
    assert git(top, "log", "-1", "--format=%s") == f"{subject}\n"


def test_preview(top: Path, gaigai: Gaigai) -> None:
    run = gaigai(*UPDATE, "--commit", "--dry-run")

    assert (
        run.err
        == """\
提交说明：
进展(16.2): 县财政局 60%

帮代办经费已列入部门预算。

Gaigai-Record: 20240614-153012-6b86b273
Gaigai-By: 示例丙

以上是预演，没有写入任何文件。
"""
    )
    assert git(top, "log", "--format=%s") == "清单\n"
    assert git(top, "status", "--porcelain") == ""


def not_committed(run_err: str) -> str:
    return run_err.removeprefix("错误：记录已写入，但没有提交：").strip()


def test_refused_where_git_is_in_the_middle_of_something(top: Path, gaigai: Gaigai) -> None:
    (top / ".git" / "MERGE_HEAD").write_text(git(top, "rev-parse", "HEAD"), encoding="utf-8")

    run = gaigai(*UPDATE, "--commit")

    assert (run.status, not_committed(run.err)) == (
        2,
        "仓库里有一次合并还没有完成。请先完成或放弃它（git status 会说明怎么做）。",
    )
    assert "新文件  progress/县财政局.yaml" in run.out
    assert "下一步：请提交 progress/县财政局.yaml 并推送，别人才能看到。" in run.out
    assert (top / LOG).exists()


def test_refused_on_no_branch(top: Path, gaigai: Gaigai) -> None:
    git(top, "checkout", "-q", "--detach")

    assert not_committed(gaigai(*UPDATE, "--commit").err) == (
        "现在停在一个旧的提交上，不在任何分支上，没有提交。请先运行 git switch 回到分支，如 git switch main。"
    )


def test_refused_without_a_name(top: Path, gaigai: Gaigai) -> None:
    git(top, "config", "user.useConfigOnly", "true")
    git(top, "config", "--unset", "user.email")

    run = gaigai(*UPDATE, "--commit")

    assert not_committed(run.err) == (
        "git 不知道提交人是谁，没有提交。请运行 git config user.name 姓名 和 git config user.email 邮箱。"
    )
    assert git(top, "log", "--format=%s") == "清单\n"
    assert git(top, "diff", "--cached") == ""


def test_refused_where_the_disk_has_no_room(
    top: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)

    run = gaigai(*UPDATE, "--commit")

    assert (run.status, not_committed(run.err)) == (
        2,
        "磁盘空间不足，“.git”没有写入。请清理磁盘后再试，原有内容没有改动。",
    )
    assert "新文件  progress/县财政局.yaml" in run.out
    assert git(top, "log", "--format=%s") == "清单\n"


def test_refused_where_the_answered_record_is_not_committed(top: Path, gaigai: Gaigai) -> None:
    gaigai(*UPDATE)

    run = gaigai("correct", "6b86b273", "--set", "percent=50", "--reason", "误填。", "--commit")

    assert not_committed(run.err) == (
        "所答复或更正的记录20240614-153012-6b86b273还没有提交。请运行 gaigai sync 一并提交。"
    )


def test_what_is_answered_is_found_however_git_shows_a_match(top: Path, gaigai: Gaigai) -> None:
    configure(top, {"grep.lineNumber": "true", "color.ui": "always"})
    (top / ".gitattributes").write_text("*.yaml -diff\n", encoding="utf-8")
    gaigai(*UPDATE, "--commit")

    run = gaigai("correct", "6b86b273", "--set", "percent=50", "--reason", "误填。", "--commit")

    assert run.status == 0
    assert "更正(16.2): 县财政局 改20240614-153012-6b86b273\n" in run.err


def test_refused_outside_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gaigai: Gaigai
) -> None:
    shutil.copytree(SHIPPED, tmp_path / "data")
    monkeypatch.chdir(tmp_path)

    run = gaigai(
        *UPDATE, "--unit", "县财政局", "--by", "甲", "--commit", GAIGAI_NOW="2024-06-14T15:30:12"
    )

    assert not_committed(run.err) == (
        f"“{tmp_path / 'data'}”不在 git 仓库里。请先在清单所在的文件夹运行 git init，或克隆已有的仓库。"
    )


def test_the_first_commit_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gaigai: Gaigai
) -> None:
    shutil.copytree(SHIPPED, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    for name in ("user.name", "user.email"):
        git(tmp_path, "config", name, "x@example.invalid")

    run = gaigai(*UPDATE, "--unit", "县财政局", "--commit", GAIGAI_NOW="2024-06-14T15:30:12")

    assert run.status == 0
    assert git(tmp_path, "ls-files") == f"{LOG}\n"


def test_hooks_do_not_run(top: Path, gaigai: Gaigai) -> None:
    for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction"):
        hook = top / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f'#!/bin/sh\ntouch "{top}/sprung"\nexit 1\n', encoding="utf-8")
        hook.chmod(0o755)

    assert gaigai(*UPDATE, "--commit").status == 0
    assert not (top / "sprung").exists()


@pytest.mark.external("ssh-keygen")
def test_signed_where_git_signs(top: Path, gaigai: Gaigai, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signing = {"gpg.format": "ssh", "user.signingKey": str(key), "commit.gpgSign": "true"}
    configure(top, signing)

    assert gaigai(*UPDATE, "--commit").status == 0
    assert "gpgsig -----BEGIN SSH SIGNATURE-----" in git(top, "cat-file", "commit", "HEAD")

    git(top, "config", "gpg.ssh.program", "/tmp/trap")
    run = gaigai(*OTHER, "--commit")
    assert not_committed(run.err) == (
        "本仓库的设置 gpg.ssh.program 会让 git 运行别的程序（/tmp/trap），gaigai 不运行它。"
        "确认是自己设的，请移到全局设置：git config --global gpg.ssh.program …，"
        "再运行 git config --unset-all gpg.ssh.program。"
    )
