"""``sync`` between real clones of a bare repository: everything arrives, or nothing has changed."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from gaigai_cli.history import repository
from gaigai_cli.history.clone.remote import Remote
from gaigai_cli.history.git import run_git
from tests.history.clones import cloned, copied, git, identify, office, served, state
from tests.history.repo import configure
from tests.program import Gaigai, Run, in_process, in_shell, its_list, processes
from tests.terminal import converse
from tests.transcript import numbered

pytestmark = [pytest.mark.external("git"), pytest.mark.usefixtures("ready")]

LOG = "data/progress/县财政局.yaml"
NOW = "2024-06-14T15:30:12"


@pytest.fixture(autouse=True, scope="module")
def _commits_are_of_the_day() -> Iterator[None]:
    """The clock stands; commits later than it would show that it is behind."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            patch.setenv(name, "2024-06-14T15:00:00+08:00")
        yield


@pytest.fixture(name="template", scope="module")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return office(tmp_path_factory.mktemp("office"), {"财政 甲": "县财政局", "住建": "县住建局"})


@pytest.fixture(name="bare")
def _bare(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    numbered(monkeypatch)
    monkeypatch.setenv("GAIGAI_NOW", NOW)
    return copied(template, tmp_path / "共 享")


@pytest.fixture(name="one")
def _one(bare: Path) -> Path:
    return bare.parent / "财政 甲"


@pytest.fixture(name="two")
def _two(bare: Path) -> Path:
    return bare.parent / "住建"


class At:
    """The program run in a clone."""

    def __init__(self, gaigai: Gaigai) -> None:
        self.gaigai = gaigai

    def __call__(self, clone: Path, *words: str, **settings: str) -> Run:
        return self.gaigai("--data", str(clone / "data"), *words, **settings)

    def update(self, clone: Path, item: str, summary: str, *more: str, **settings: str) -> None:
        assert self(clone, "update", item, "--summary", summary, *more, **settings).status == 0

    def sync(self, clone: Path) -> str:
        run = self(clone, "sync")
        assert (run.status, run.err) == (0, "")
        return run.out


@pytest.fixture(name="at")
def _at(gaigai: Gaigai) -> At:
    return At(gaigai)


def test_two_units(at: At, one: Path, two: Path) -> None:
    at.update(one, "16.2", "甲。", "--percent", "60")
    at.update(two, "7.1", "乙。")

    assert at.sync(one) == "已提交：进展(16.2): 县财政局 60%\n已推送1个提交到 origin 的 main。\n"
    assert at.sync(two) == (
        "已提交：进展(7.1): 县住建局\n"
        "收到别人的1个提交：\n"
        "  进展(16.2): 县财政局 60%\n"
        "已推送1个提交到 origin 的 main。\n"
    )
    assert at.sync(one) == "收到别人的1个提交：\n  进展(7.1): 县住建局\n"
    assert at.sync(one) == "没有新的记录，本机与 origin 的 main 一致。\n"
    for clone in (one, two):
        assert git(clone, "status", "--porcelain") == ""
    assert state(one) == state(two)
    # One after the other, without a merge.
    assert git(one, "log", "--format=%s") == "进展(7.1): 县住建局\n进展(16.2): 县财政局 60%\n清单\n"


def test_few_processes(at: At, one: Path, two: Path, tmp_path: Path) -> None:
    """On Windows a process takes some twenty times as long as here; none is started for a piece of evidence."""
    for clone, item in ((one, "16.2"), (two, "7.1")):
        for percent in ("50", "60"):
            paper = tmp_path / f"佐证{item}-{percent}.txt"
            paper.write_text(percent, encoding="utf-8")
            at.update(clone, item, "示例。", "--percent", percent, "--evidence", str(paper))
            if percent == "50":
                at.sync(clone)
    at.sync(one)
    with processes() as both_ways:
        at.sync(two)
    with processes() as received:
        at.sync(one)
    with processes() as nothing:
        at.sync(two)

    assert [len(both_ways), len(received), len(nothing)] == [26, 11, 5]


def test_a_clock_behind_the_remote_is_told_of(
    at: At, one: Path, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others have pushed since is not known here before it is fetched; nothing is refused for it."""
    at.update(two, "7.1", "示例。", "--by", "示例丁")
    with monkeypatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", "2024-06-20T10:00:00+08:00")
        assert at(two, "sync").status == 0

    run = at(one, "sync")

    assert run.status == 0
    assert run.err.startswith(
        "提示：电脑的时间是2024-06-14 15:30，早于仓库里2024-06-20 10:00的提交"
    )


def test_the_same_log(at: At, bare: Path, one: Path) -> None:
    other = cloned(bare, "财政乙", "县财政局")
    at.update(one, "16.2", "甲。")
    at.update(other, "18.1", "乙。")
    at.sync(one)

    assert "已提交：进展(18.1): 县财政局" in at.sync(other)

    at.sync(one)
    assert state(one) == state(other)
    assert (one / LOG).read_text(encoding="utf-8").count("- id:") == 2
    assert at(one, "check").status == 0


def test_commits_made_before(at: At, one: Path, two: Path) -> None:
    at.update(two, "7.1", "乙。")
    at.sync(two)
    at.update(one, "16.2", "甲。", "--commit")
    at.update(one, "18.1", "丙。")

    said = at.sync(one)

    assert said == (
        "已提交：进展(18.1): 县财政局\n"
        "收到别人的1个提交：\n"
        "  进展(7.1): 县住建局\n"
        "已推送2个提交到 origin 的 main。\n"
    )
    assert git(one, "log", "--first-parent", "--format=%s") == (
        "合并 origin 的 main\n进展(18.1): 县财政局\n进展(16.2): 县财政局\n清单\n"
    )
    at.sync(two)
    assert state(one) == state(two)


def test_commits_that_cancel_out_are_kept(at: At, one: Path, two: Path) -> None:
    """They leave the files as the remote has them, but what somebody has committed is history."""
    at.update(two, "7.1", "乙。")
    at.sync(two)
    (one / "说明.txt").write_text("示例\n", encoding="utf-8")
    git(one, "add", ".")
    git(one, "commit", "-q", "-m", "添说明")
    git(one, "rm", "-q", "说明.txt")
    git(one, "commit", "-q", "-m", "撤说明")

    assert at.sync(one) == (
        "收到别人的1个提交：\n  进展(7.1): 县住建局\n已推送2个提交到 origin 的 main。\n"
    )

    assert git(one, "log", "--first-parent", "--format=%s") == (
        "合并 origin 的 main\n撤说明\n添说明\n清单\n"
    )
    at.sync(two)
    assert state(one) == state(two)


def test_evidence_and_the_office_for_others(at: At, bare: Path, tmp_path: Path) -> None:
    office = cloned(bare, "工改办", "县工改办")
    proof = tmp_path / "电话 记录.txt"
    proof.write_bytes("示例\r\n".encode())
    at.update(office, "1.2", "3件。", "--unit", "县水利局", "--via", "电话", "--source", str(proof))
    at.update(office, "20.1", "起草中。")

    said = at.sync(office)

    assert said.startswith("已提交：进展(20.1、1.2): 县工改办、县水利局\n") or said.startswith(
        "已提交：进展(1.2、20.1): 县水利局、县工改办\n"
    )
    kept = git(
        office, "ls-tree", "-r", "--name-only", "origin/main", "data/evidence", "data/progress"
    )
    assert kept.splitlines()[0].endswith("/电话 记录.txt")
    assert git(office, "status", "--porcelain") == ""
    (office / "草稿.txt").write_text("示例\n", encoding="utf-8")
    assert at(office, "sync").err.startswith(
        "另有1个文件的改动不是本单位的记录，没有提交：草稿.txt。"
        "通报、文书、清单这样提交：git add 文件，git commit -m 说明，再运行 gaigai "
    )


def test_what_is_not_the_units_is_left_alone(at: At, one: Path, two: Path) -> None:
    tasks = one / "data" / "tasks.yaml"
    tasks.write_text(tasks.read_text(encoding="utf-8") + "# 改动\n", encoding="utf-8", newline="\n")
    (one / "草稿.txt").write_text("示例\n", encoding="utf-8")
    git(one, "add", "草稿.txt")
    at.update(one, "16.2", "甲。")
    at.update(two, "7.1", "乙。")
    at.sync(two)

    run = at(one, "sync")

    assert run.status == 0
    assert run.err == ("另有2个文件的改动不是本单位的记录，没有提交：data/tasks.yaml、草稿.txt。\n")
    assert git(one, "status", "--porcelain") == " M data/tasks.yaml\nA  草稿.txt\n"
    assert git(one, "rev-parse", "HEAD") == git(one, "rev-parse", "origin/main")


def test_preview(at: At, one: Path, two: Path) -> None:
    at.update(two, "7.1", "乙。")
    at.sync(two)
    at.update(one, "16.2", "甲。")
    before = state(one)

    run = at(one, "sync", "--dry-run")

    assert run.out == (
        "将提交：进展(16.2): 县财政局\n"
        "将收到别人的1个提交：\n"
        "  进展(7.1): 县住建局\n"
        "将推送1个提交到 origin 的 main。\n"
    )
    assert run.err == "以上是预演，没有提交，也没有推送。\n"
    assert state(one) == before
    assert git(one, "ls-remote", "origin", "main").startswith(git(two, "rev-parse", "HEAD").strip())


def test_subjects_in_a_gbk_console(at: At, one: Path, two: Path) -> None:
    """Git writes UTF-8; what the console can't show is a sign for it, and the rest is there."""
    git(two, "commit", "-q", "--allow-empty", "-m", "改用“𠮷”字😀")
    at.sync(two)
    gbk = {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = in_shell("--data", str(one / "data"), "sync", "--dry-run", cwd=one, settings=gbk)
    told = done.stdout.decode("gbk").splitlines()
    assert told == ["将收到别人的1个提交：", "  改用“〓”字〓"]
    assert done.stderr.decode("gbk").startswith("以上是预演")


def test_the_remote_moves_meanwhile(
    at: At, one: Path, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody pushes between our fetch and our push, twice."""
    push, pushes = Remote.push, iter(("甲。", "乙。"))

    def late(self: Remote, commit: str) -> object:
        word = next(pushes, None)
        if word and self.repository.top == one:
            monkeypatch.setattr(Remote, "push", push)
            at.update(two, "7.1", word)
            at.sync(two)
            monkeypatch.setattr(Remote, "push", late)
        return push(self, commit)

    at.update(one, "16.2", "丙。")
    monkeypatch.setattr(Remote, "push", late)

    said = at.sync(one)

    assert said.endswith("已推送1个提交到 origin 的 main（远端有人先推送，重试了2次）。\n")
    monkeypatch.setattr(Remote, "push", push)
    at.sync(two)
    assert state(one) == state(two)


def test_the_remote_moves_at_the_very_moment(
    at: At, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What git says then, older and newer."""
    reasons = iter(
        (
            "cannot lock ref 'refs/heads/main'",
            "failed to update ref",
            "incorrect old value provided",
            "reference already exists",
        )
    )
    clean = run_git

    def late(folder: Path, *words: str, **more: Any) -> object:
        reason = next(reasons, None) if words[0] == "push" else None
        if reason is None:
            return clean(folder, *words, **more)
        said = f"!\tx:refs/heads/main\t[remote rejected] ({reason})\n".encode()
        return subprocess.CompletedProcess([], 1, stdout=said, stderr=b"")

    at.update(one, "16.2", "甲。")
    monkeypatch.setattr(repository, "run_git", late)

    assert at.sync(one).endswith("（远端有人先推送，重试了4次）。\n")


def test_pushes_at_the_same_time(at: At, one: Path, two: Path) -> None:
    clones = (one, two)
    at.update(one, "16.2", "示例。")
    at.update(two, "7.1", "示例。")

    running = [
        subprocess.Popen(
            [sys.executable, "-m", "gaigai_cli", "sync"],
            cwd=clone,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for clone in clones
    ]
    assert [(process.communicate()[1], process.returncode) for process in running] == [(b"", 0)] * 2

    for clone in clones:
        at.sync(clone)
    assert len({state(clone)[0] for clone in clones}) == 1
    assert git(clones[0], "log", "--format=%s").count("进展(") == 2


def test_a_clone_with_crlf(at: At, bare: Path, one: Path) -> None:
    windows = cloned(bare, "视窗", "县财政局")
    git(windows, "config", "core.autocrlf", "true")
    git(windows, "rm", "-q", "-r", "--cached", ".")
    git(windows, "reset", "-q", "--hard")
    assert b"\r\n" in (windows / "data" / "tasks.yaml").read_bytes()
    at.update(one, "16.2", "甲。")
    at.sync(one)
    at.sync(windows)
    at.update(one, "16.2", "丙。")
    at.sync(one)
    at.update(windows, "18.1", "乙。")
    at.sync(windows)

    at.sync(one)
    assert b"\r" not in (one / LOG).read_bytes()
    assert (one / LOG).read_text(encoding="utf-8").count("- id:") == 3
    assert git(windows, "status", "--porcelain") == ""


def test_data_in_a_subfolder_of_a_larger_repository(
    at: At, tmp_path: Path, bare: Path, gaigai: Gaigai
) -> None:
    folder = tmp_path / "更大的"
    folder.mkdir()
    clones = [cloned(served(folder, prefix="资料/2024 年/"), n, "县财政局") for n in ("甲",)]
    data = clones[0] / "资料" / "2024 年" / "data"
    gaigai("--data", str(data), "update", "16.2", "--summary", "甲。")

    assert gaigai("--data", str(data), "sync").out.startswith("已提交：进展(16.2): 县财政局\n")
    assert git(clones[0], "status", "--porcelain") == ""


def test_a_shallow_clone(at: At, bare: Path, one: Path) -> None:
    at.update(one, "16.2", "甲。")
    at.sync(one)
    shallow = bare.parent / "浅"
    git(bare.parent, "clone", "-q", "--depth=1", bare.as_uri(), str(shallow))
    identify(shallow, "示例乙", "县财政局")
    at.update(one, "16.2", "又一。")
    at.sync(one)
    at.update(shallow, "18.1", "乙。")

    assert "已推送1个提交" in at.sync(shallow)

    at.sync(one)
    assert state(one)[2] == state(shallow)[2]


def test_the_first_to_push_to_an_empty_remote(at: At, one: Path, tmp_path: Path) -> None:
    empty = tmp_path / "空.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(empty))
    git(one, "remote", "set-url", "origin", str(empty))
    git(one, "update-ref", "-d", "refs/remotes/origin/main")
    at.update(one, "16.2", "甲。")

    assert at.sync(one) == ("已提交：进展(16.2): 县财政局\n已推送2个提交到 origin 的 main。\n")
    assert at.sync(one) == "没有新的记录，本机与 origin 的 main 一致。\n"


@pytest.mark.skipif(os.name == "nt", reason="names that Windows doesn't have")
def test_names_are_names(at: At, bare: Path, one: Path, two: Path) -> None:
    branch = ";touch$IFS-x;$(id)'\"&"
    for clone in (one, two):
        git(clone, "checkout", "-q", "-b", branch)
    for number, name in enumerate(("-rf", "--help", "甲\n乙.txt", "*", "a b", ":(top)", "$(id)")):
        (two / name).write_text(f"{number}\n", encoding="utf-8")
    git(two, "add", "-A", ".")
    git(two, "commit", "-q", "-m", "怪名")
    at.update(two, "7.1", "乙。")
    assert "已推送3个提交" in at(two, "sync").out
    evidence = one / "--output=x.pdf"
    evidence.write_bytes(b"x")
    run = at(one, "done", "16.2", f"--evidence={evidence}")
    assert run.status == 0, run.err
    evidence.unlink()

    assert "已推送1个提交" in at(one, "sync").out

    assert at(two, "sync").status == 0
    assert state(one) == state(two)
    assert (one / "甲\n乙.txt").exists()
    assert git(bare, "branch", "--format=%(refname:short)").split() == [branch, "main"]


# What goes wrong


def test_a_branch_that_nobody_looks_at(at: At, one: Path) -> None:
    """Its records reach nobody, which is told with the way back."""
    git(one, "checkout", "-q", "-b", "试改")
    at.update(one, "16.2", "甲。")

    done = at(one, "sync")

    assert done.status == 0
    assert done.err == (
        "提示：这是分支 试改，县工改办看的是 main，看不到这里的记录。"
        f"请运行 git switch main，再运行 git merge 试改 和 gaigai {its_list(one)} sync。\n"
    )
    # One that has a folder's name before its own.
    git(one, "update-ref", "refs/remotes/origin/年度/2024", "refs/remotes/origin/main")
    git(one, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/年度/2024")
    assert "看的是 年度/2024，" in at(one, "sync").err
    # One whose name a shell would run, or take for two words.
    for name, word in (("$(id)", "'$(id)'"), ("试&改", '"试&改"')):
        git(one, "checkout", "-q", "-b", name)
        assert f"再运行 git merge {word} 和 gaigai" in at(one, "sync").err


def test_nothing_committed_yet(at: At, one: Path) -> None:
    git(one, "update-ref", "-d", "HEAD")

    run = at(one, "sync")

    assert (run.status, run.err) == (
        2,
        "错误：这个仓库还没有任何提交。请由管理清单的人先提交清单：git add . ，git commit。\n",
    )


def refused(at: At, clone: Path) -> str:
    """What sync says where it refuses; nothing has changed then."""
    before = state(clone)
    run = at(clone, "sync")
    assert (run.status, run.out) == (2, "")
    assert state(clone) == before
    return run.err


def test_without_a_unit(at: At, one: Path) -> None:
    git(one, "config", "--unset", "gaigai.unit")

    assert refused(at, one) == (
        "错误：还不知道这台电脑属于哪个单位。"
        f"请先运行 gaigai {its_list(one)} git-setup --unit 单位名称，只需一次。\n"
    )


def test_no_remote(at: At, one: Path) -> None:
    git(one, "remote", "remove", "origin")

    assert refused(at, one) == (
        "错误：这个仓库没有远端，没有地方可以推送。只在这台电脑上登记的，不必推送；"
        "要与别人共用的，运行 git remote add origin 地址，地址问管理仓库的人。\n"
    )


def test_the_remote_is_gone(at: At, one: Path, bare: Path) -> None:
    at.update(one, "16.2", "甲。")
    bare.rename(bare.with_name("搬走了"))

    assert refused(at, one) == (
        f"错误：找不到远端“origin”的仓库（{bare}）。请用 git remote -v 核对地址。\n"
    )


def test_no_network(at: At, one: Path) -> None:
    at.update(one, "16.2", "甲。")
    url = "https://示例:密码@localhost:1/x.git"
    git(one, "remote", "set-url", "origin", url)

    assert refused(at, one) == (
        "错误：连不上远端“origin”（https://localhost:1/x.git）。请检查网络后再运行；记录都在本机，不会丢。\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="a shell script as ssh")
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("git@host: Permission denied (publickey).", "远端“origin”（git@host:x.git）不让登录。"
         "请核对账号、权限或密钥；第一次用请先在终端里运行一次 git fetch"),
        ("[session-1] Access denied", "远端“origin”（git@host:x.git）不让登录。"
         "请核对账号、权限或密钥；第一次用请先在终端里运行一次 git fetch"),
        ("ssh: connect to host x port 22: Connection timed out",
         "连不上远端“origin”（git@host:x.git）。请检查网络后再运行；记录都在本机，不会丢"),
        ("ERROR: Repository not found.", "找不到远端“origin”的仓库（git@host:x.git）。请用 git remote -v 核对地址"),
        ("fatal: write error: No space left on device", "从远端“origin”取回时，本机的磁盘空间不足。"
         "请清理磁盘后再运行；记录都在本机，不会丢"),
        ("remote: fatal: write error: No space left on device",
         "远端“origin”（git@host:x.git）的磁盘满了。请告诉管理远端的人"),
        ("kaputt", "与远端“origin”（git@host:x.git）的往来没有成功，"
         "git 的原话：fatal: Could not read from remote repository。"
         "请把这句话交给懂 git 的同事；记录都在本机，不会丢"),
    ],
)  # fmt: skip
def test_what_ssh_says(
    at: At, one: Path, said: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ssh = one.parent / "ssh"
    ssh.write_text(f'#!/bin/sh\necho "{said}" >&2\nexit 255\n', encoding="utf-8")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH", str(ssh))
    git(one, "remote", "set-url", "origin", "git@host:x.git")

    assert refused(at, one) == f"错误：{sentence}。\n"


def test_a_password_that_git_does_not_know(
    at: At, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever lets git keep it is told where it lies in clear text."""
    clean = run_git

    def refusing(folder: Path, *words: str, **more: Any) -> object:
        if words[0] != "fetch":
            return clean(folder, *words, **more)
        said = b"fatal: could not read Username for 'https://x': terminal prompts disabled\n"
        return subprocess.CompletedProcess([], 128, stdout=b"", stderr=said)

    git(one, "remote", "set-url", "origin", "https://x/y.git")
    monkeypatch.setattr(repository, "run_git", refusing)

    assert refused(at, one) == (
        "错误：远端“origin”（https://x/y.git）不让登录。请核对账号、密码；没有让 git 记住密码的，"
        "先运行 git config --global credential.helper cache（只在内存里记一会儿；"
        "把 cache 换成 store 就一直记住，但密码以明文存在本机），再运行 git fetch 输入一次。\n"
    )


def test_an_address_of_no_kind(at: At, one: Path) -> None:
    git(one, "remote", "set-url", "origin", "nonsense://x")

    assert refused(at, one) == (
        "错误：git 不认远端“origin”的地址（nonsense://x）。请用 git remote -v 核对地址。\n"
    )


def test_detached(at: At, one: Path) -> None:
    git(one, "checkout", "-q", "--detach")

    assert refused(at, one).startswith("错误：现在停在一个旧的提交上，不在任何分支上，没有提交。")


def test_in_the_middle_of_a_merge(at: At, one: Path) -> None:
    (one / ".git" / "MERGE_HEAD").write_text(git(one, "rev-parse", "HEAD"), encoding="utf-8")

    assert refused(at, one) == (
        "错误：仓库里有一次合并还没有完成。请先完成或放弃它（git status 会说明怎么做）。\n"
    )


def test_another_git_at_work(at: At, one: Path) -> None:
    lock = one / ".git" / "index.lock"
    lock.touch()

    assert refused(at, one) == (
        f"错误：仓库正被另一个 git 程序使用。请等它结束；若没有别的 git 在运行，请删去 {lock}。\n"
    )


def test_an_edit_that_is_not_committed_is_never_lost(at: At, one: Path, two: Path) -> None:
    """The office changes the list; here somebody has changed it, too, and has not committed."""
    for clone, words in ((two, "# 远端\n"), (one, "# 本机\n")):
        tasks = clone / "data" / "tasks.yaml"
        tasks.write_text(tasks.read_text(encoding="utf-8") + words, encoding="utf-8", newline="\n")
    git(two, "commit", "-q", "-a", "-m", "改清单")
    git(two, "push", "-q")
    at.update(one, "16.2", "甲。")

    assert refused(at, one) == (
        "错误：远端改了 data/tasks.yaml，本机对它也有没提交的改动；没有推送，本机没有任何改动。"
        "请先提交或另存这些改动，再运行。\n"
    )
    assert git(one, "ls-remote", "origin", "main").startswith(git(two, "rev-parse", "HEAD").strip())


def test_a_new_file_in_the_way(at: At, one: Path, two: Path) -> None:
    for clone, words in ((two, "远端\n"), (one, "本机\n")):
        (clone / "说明.txt").write_text(words, encoding="utf-8")
    git(two, "add", ".")
    git(two, "commit", "-q", "-m", "说明")
    git(two, "push", "-q")

    assert "错误：远端改了 说明.txt，本机对它也有没提交的改动" in refused(at, one)


def test_records_that_others_have_deleted_are_told(at: At, one: Path, two: Path) -> None:
    """A remote without the hook takes that."""
    at.update(one, "16.2", "甲。")
    at.update(one, "18.1", "乙。")
    at.sync(one)
    at.sync(two)
    log = two / LOG
    text = log.read_text(encoding="utf-8").replace("甲。", "丙。")
    log.write_text(text.rpartition("  - id")[0], encoding="utf-8", newline="\n")
    git(two, "commit", "-q", "-a", "-m", "整理")
    git(two, "push", "-q")

    told = at(one, "sync")

    assert told.status == 0
    numbers = re.findall(r"\d{8}-\d{6}-[0-9a-f]{8}", told.err)
    assert len(numbers) == 2
    head = git(two, "rev-parse", "--short=8", "HEAD").strip()
    assert re.fullmatch(
        f"提示：收到的提交删改了2条已有的记录：{'、'.join(numbers)}。记录只增不改，"
        f"请运行 gaigai {re.escape(its_list(one))} review \\w+..{head}\\w* 核对，并告知县工改办。\n",
        told.err,
    ), told.err


def test_a_path_that_git_never_checks_out(at: At, one: Path, two: Path) -> None:
    blob = git(two, "hash-object", "-w", str(two / "data" / "tasks.yaml")).strip()
    listed = git(two, "ls-tree", "HEAD") + f"100644 blob {blob}\t..\n"
    (two.parent / "tree").write_text(listed, encoding="utf-8", newline="\n")
    with (two.parent / "tree").open("rb") as given:
        words = ["git", "mktree"]
        made = subprocess.run(words, cwd=two, stdin=given, capture_output=True, check=True)
    tree = made.stdout.decode().strip()
    commit = git(two, "commit-tree", tree, "-p", "HEAD", "-m", "怪").strip()
    git(two, "push", "-q", "origin", f"{commit}:main")

    assert refused(at, one) == (
        "错误：远端的提交里有 ..，这样的路径 git 不会取出；没有推送，本机没有任何改动。"
        "请把这句话交给管理远端的人。\n"
    )


def test_a_log_that_has_another_name_at_the_remote(at: At, one: Path, two: Path) -> None:
    """As the office may do it; the remedy is followed word for word."""
    at.update(one, "16.2", "甲。")
    at.sync(one)
    git(two, "pull", "-q")
    git(two, "mv", LOG, "data/progress/财政.yaml")
    git(two, "commit", "-q", "-m", "改名")
    git(two, "push", "-q")
    at.update(one, "16.2", "乙。")

    assert refused(at, one) == (
        f"错误：远端移走或删去了本机有新记录的文件，合不到一起：{LOG}；没有推送，本机没有任何改动。"
        f"请先把它另存到别处，运行 git checkout HEAD -- {LOG} 恢复原样，同步后照另存的重新登记。\n"
    )
    git(one, "checkout", "HEAD", "--", LOG)
    at.sync(one)
    at.update(one, "16.2", "乙。")
    assert "推送" in at.sync(one)
    assert (one / "data/progress/财政.yaml").read_text(encoding="utf-8").count("summary: ") == 2


def test_a_conflict(at: At, bare: Path, one: Path) -> None:
    at.update(one, "16.2", "甲。")
    at.sync(one)
    other = cloned(bare, "财政乙", "县财政局")
    for clone, words in ((one, "丙"), (other, "丁")):
        log = clone / LOG
        log.write_text(
            log.read_text(encoding="utf-8").replace("甲", words), encoding="utf-8", newline="\n"
        )
        git(clone, "commit", "-q", "-a", "-m", "改写")
    git(other, "push", "-q")

    assert refused(at, one) == (
        f"错误：本机和远端改了同一处，合不到一起：{LOG}；没有推送，本机没有任何改动。"
        "请和改动的人商量，或请懂 git 的同事用 git merge 处理。\n"
    )


def test_logs_only_grow(at: At, one: Path) -> None:
    at.update(one, "16.2", "甲。")
    at.sync(one)
    log = one / LOG
    log.write_text(
        log.read_text(encoding="utf-8").replace("甲", "乙"), encoding="utf-8", newline="\n"
    )

    assert refused(at, one) == (
        f"错误：{LOG} 中已提交的记录20240614-153012-6b86b273被改动或删除，记录只增不改。"
        f"请运行 git diff -- {LOG} 查看，恢复原文；记错的用 gaigai {its_list(one)} correct 更正。\n"
    )

    log.unlink()
    assert (
        refused(at, one)
        == f"错误：记录文件 {LOG} 不见了。请运行 git checkout HEAD -- {LOG} 恢复它。\n"
    )


def test_errors_stop_what_would_bring_them(at: At, one: Path, two: Path) -> None:
    at.update(two, "7.1", "乙。")
    log = one / LOG
    log.parent.mkdir()
    log.write_text(
        "unit: 县财政局\nrecords:\n  - id: 20240614-153012-0badc0de\n    item: \"99.9\"\n"
        "    date: 2024-06-14\n    kind: 进展\n    summary: 甲。\n",
        encoding="utf-8",
    )  # fmt: skip

    said = refused(at, one)

    assert said.startswith(f"{LOG}:4:5: error[")
    assert said.endswith(
        "错误：合并后的数据有1处错误，没有推送，本机没有任何改动。"
        "请改正后再运行；与别人同时记、记不到一起的，"
        f"用 gaigai {its_list(one)} correct 编号 --void 作废自己那条"
        "（没有送出的有进展20240614-153012-0badc0de）。\n"
    )

    # Errors that others have brought in don't stop anybody else.
    git(one, "add", ".")
    git(one, "commit", "-q", "-m", "不管")
    git(one, "push", "-q")
    assert "已推送1个提交" in at.sync(two)


def test_a_rewritten_remote(at: At, bare: Path, one: Path, two: Path) -> None:
    at.update(two, "7.1", "乙。")
    at.sync(two)
    at.sync(one)
    git(two, "reset", "-q", "--hard", "HEAD~1")
    git(two, "commit", "-q", "--allow-empty", "-m", "改写")
    git(two, "push", "-q", "--force")
    at.update(one, "16.2", "甲。")

    for _ in range(2):
        assert refused(at, one) == (
            "错误：远端“origin”的 main 被改写过，原有的提交不在了。有人强制推送过，请先问清楚；本机没有任何改动。\n"
        )


def test_a_hook_of_the_server(at: At, bare: Path, one: Path) -> None:
    hook = bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        "#!/bin/sh\nprintf '\\033[31m第3条记录被改动：记录只增不改。\\033[0m\\n' >&2\nexit 1\n",
        encoding="utf-8",
    )
    hook.chmod(0o755)
    at.update(one, "16.2", "甲。")

    assert refused(at, one) == (
        "错误：远端“origin”检查后没有接受：\n  第3条记录被改动：记录只增不改。\n本机没有任何改动。请照上面的话改正后再运行。\n"
    )


def test_what_the_remote_has_no_room_for(at: At, bare: Path, one: Path) -> None:
    """No matter of who may push."""
    at.update(one, "16.2", "甲。")
    git(bare, "config", "receive.maxInputSize", "1")

    assert refused(at, one) == (
        f"错误：远端“origin”（{bare}）存不下推送的内容，多半是磁盘满了或超过了上限。"
        "请告诉管理远端的人；记录都在本机，不会丢。\n"
    )


def test_what_the_remote_finds_broken(at: At, bare: Path, one: Path) -> None:
    """No matter of room either."""
    git(bare, "config", "receive.fsckObjects", "true")
    parent = f"parent {git(one, 'rev-parse', 'HEAD')}author"
    said = git(one, "cat-file", "commit", "HEAD").replace("author", parent, 1).replace(" <", "<")
    words = ("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
    broken = run_git(one, *words, given=said.encode()).stdout.decode("ascii").strip()
    git(one, "update-ref", "HEAD", broken)
    at.update(one, "16.2", "甲。")

    assert refused(at, one) == (
        "错误：远端“origin”检查后没有接受：要推送的提交不合 git 的格式，"
        f"git 的原话：error: object {broken}: missingSpaceBeforeEmail: invalid author/committer line"
        " - missing space before email；本机没有任何改动。请把这句话交给懂 git 的同事；记录都在本机，不会丢。\n"
    )


def test_the_remote_never_lets_us(
    at: At, bare: Path, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    push = Remote.push
    theirs = (
        "commit refs/heads/main\ncommitter 乙 <y@example.invalid> 1718350212 +0800\ndata 0\n"
        "from refs/heads/main^0\n\n"
    )

    def late(self: Remote, commit: str) -> object:
        assert run_git(bare, "fast-import", "--quiet", given=theirs.encode()).returncode == 0
        return push(self, commit)

    at.update(one, "16.2", "甲。")
    monkeypatch.setattr(Remote, "push", late)

    assert refused(at, one) == (
        "错误：远端“origin”一直有人推送，试了8次都没有轮到，本机没有任何改动。请稍后再运行。\n"
    )


def test_a_lock_that_was_left_on_the_server(at: At, bare: Path, one: Path) -> None:
    """Nobody pushes; trying again doesn't help."""
    at.update(one, "16.2", "甲。")
    git(bare, "config", "core.filesRefLockTimeout", "0")  # else each push waits for it
    lock = bare / "refs" / "heads" / "main.lock"
    lock.touch()

    words, _, quoted = refused(at, one).partition("git 的原话：")
    assert words == "错误：远端“origin”的 main 更新不了：没有别人推送，试了8次都不行，"
    quoted, _, words = quoted.partition("；")
    assert re.fullmatch("error: .*/refs/heads/main.lock'.*[^.]", quoted)
    assert words == "本机没有任何改动。请把这句话交给管理远端的人。\n"


def test_a_log_written_while_pushing(
    at: At, bare: Path, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is recorded in between stays here, for the next time."""
    other = cloned(bare, "财政乙", "县财政局")
    at.update(other, "18.1", "乙。")
    at.sync(other)
    push = Remote.push

    def late(self: Remote, commit: str) -> object:
        at.update(one, "16.2", "又一。")
        return push(self, commit)

    at.update(one, "16.2", "甲。")
    monkeypatch.setattr(Remote, "push", late)
    run = at(one, "sync")
    assert (run.status, run.err) == (
        2,
        "错误：您的记录已经推送，但本机的文件没有更新：同步时文件又被改动。"
        f"请再运行一次 gaigai {its_list(one)} sync。\n",
    )
    assert (one / LOG).read_text(encoding="utf-8").count("- id:") == 2

    monkeypatch.setattr(Remote, "push", push)
    assert "已提交：进展(16.2): 县财政局" in at.sync(one)
    assert (one / LOG).read_text(encoding="utf-8").count("- id:") == 3
    at.sync(other)
    assert state(one) == state(other)


@pytest.fixture(name="met", scope="module")
def _met(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An office in which one has recorded something, and the remote has something else in the same log."""
    folder = tmp_path_factory.mktemp("met") / "共享"
    bare = copied(template, folder)
    with pytest.MonkeyPatch.context() as patch:
        numbered(patch)
        patch.setenv("GAIGAI_NOW", NOW)
        other = cloned(bare, "财政乙", "县财政局")
        for clone, item, words in ((other, "18.1", "乙。"), (folder / "财政 甲", "16.2", "甲。")):
            data = ("--data", str(clone / "data"))
            assert in_process(patch, *data, "update", item, "--summary", words).status == 0
        assert in_process(patch, "--data", str(other / "data"), "sync").status == 0
        yield folder


@pytest.mark.parametrize(
    ("word", "later"),
    [("commit-tree", 0), ("push", 0), *(("push", n) for n in (1, 2, 3, 4))],
)
def test_interrupted(
    at: At, met: Path, tmp_path: Path, word: str, later: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C at any moment: the branch and the files fit together, nothing is lost, and the next run ends it."""
    one = copied(met, tmp_path / "共享").parent / "财政 甲"
    before = state(one)
    clean, seen = run_git, [0]

    def interrupted(folder: Path, *words: str, **more: Any) -> object:
        seen[0] += words[0] == word or seen[0] > 0
        if seen[0] > later:
            monkeypatch.setattr(repository, "run_git", clean)
            raise KeyboardInterrupt
        return clean(folder, *words, **more)

    monkeypatch.setattr(repository, "run_git", interrupted)
    assert at(one, "sync").status == 130

    assert not (one / ".git" / "index.lock").exists()
    assert state(one) == before
    at.sync(one)
    assert (one / LOG).read_text(encoding="utf-8").count("- id:") == 2
    assert git(one, "status", "--porcelain", "-b").splitlines() == ["## main...origin/main"]


@pytest.mark.parametrize("written", [False, True], ids=["before the index", "after the index"])
def test_killed_while_the_files_follow(at: At, one: Path, two: Path, written: bool) -> None:
    """The files are the remote's, the branch isn't yet, and the lock is left: the next run goes on from there."""
    at.update(two, "7.1", "乙。")
    at.sync(two)
    at.update(one, "16.2", "甲。")
    (one / "草稿.txt").write_text("示例\n", encoding="utf-8")
    branch, index = (one / ".git" / name for name in ("refs/heads/main", "index"))
    old_branch, old_index = branch.read_bytes(), index.read_bytes()
    at(one, "sync")
    after = state(one)
    branch.write_bytes(old_branch)
    if not written:
        index.write_bytes(old_index)
    (one / ".git" / "index.lock").write_text("gaigai sync data/\n", encoding="utf-8")

    run = at(one, "sync")

    assert run.out == "收到别人的2个提交：\n  进展(7.1): 县住建局\n  进展(16.2): 县财政局\n"
    assert state(one) == after
    assert git(one, "status", "--porcelain") == "?? 草稿.txt\n"


def test_settings_that_run_programs(at: At, one: Path) -> None:
    """In the repository's own configuration, in a file that it includes, in that of one working tree."""
    own, included = one / ".git" / "config", one.parent / "included"
    before = own.read_text(encoding="utf-8")
    included.write_text("[core]\n\tsshCommand = trap\n", encoding="utf-8")
    alone = own.with_name("config.worktree")
    alone.write_text('[filter "y"]\n\tclean = trap\n', encoding="utf-8")
    for said, name, value in (
        ("[core]\n\tsshCommand = /tmp/trap\n", "core.sshcommand", "/tmp/trap"),
        ('[filter "x"]\n\tsmudge = trap\n', "filter.x.smudge", "trap"),
        ('[gpg "ssh"]\n\tdefaultKeyCommand = trap\n', "gpg.ssh.defaultkeycommand", "trap"),
        ('[remote "origin"]\n\tuploadpack = trap\n', "remote.origin.uploadpack", "trap"),
        ("[include]\n\tpath = ../../included\n", "core.sshcommand", "trap"),
        ("[extensions]\n\tworktreeConfig = true\n", "filter.y.clean", "trap"),
    ):
        own.write_text(before + said, encoding="utf-8", newline="\n")
        assert refused(at, one).startswith(
            f"错误：本仓库的设置 {name} 会让 git 运行别的程序（{value}），gaigai 不运行它。"
        )

    own.write_text(before, encoding="utf-8", newline="\n")
    beside = one.parent / "旁边"
    git(one, "worktree", "add", "-q", "-b", "旁边", str(beside))
    own.write_text(f"{before}[include]\n\tpath = {included}\n", encoding="utf-8", newline="\n")
    assert refused(at, beside).startswith("错误：本仓库的设置 core.sshcommand ")


def test_settings_that_people_do_make(at: At, one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lfs = {"smudge": "git-lfs smudge -- %f", "process": "git-lfs filter-process"}
    named = {f"filter.lfs.{name}": value for name, value in lfs.items()}
    configure(one, {"credential.helper": "store"} | named)
    # What is set for all of one's repositories is one's own affair.
    whole = one.parent / "settings"
    whole.write_text("[core]\n\tsshCommand = ssh -v\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(whole))

    assert at.sync(one) == "没有新的记录，本机与 origin 的 main 一致。\n"


@pytest.mark.skipif(os.name == "nt", reason="a shell script as the trap")
def test_the_name_of_a_remote_is_no_option(at: At, one: Path) -> None:
    git(one, "config", "branch.main.remote", f"--upload-pack=touch {one.parent}/sprung;")

    assert "错误：" in refused(at, one)
    assert not (one.parent / "sprung").exists()


def test_hooks_do_not_run(at: At, one: Path) -> None:
    for name in (
        "pre-commit",
        "pre-push",
        "post-checkout",
        "post-index-change",
        "reference-transaction",
    ):
        hook = one / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f'#!/bin/sh\ntouch "{one}/sprung"\nexit 1\n', encoding="utf-8")
        hook.chmod(0o755)
    at.update(one, "16.2", "甲。")

    at.sync(one)

    assert not (one / "sprung").exists()


@pytest.mark.parametrize("file", [".gitattributes", ".git/info/attributes"])
def test_attributes_that_would_have_a_log_stored_in_another_encoding(
    at: At, one: Path, file: str
) -> None:
    at.update(one, "16.2", "示例。")
    (one / file).parent.mkdir(exist_ok=True)
    (one / file).write_text("*.yaml working-tree-encoding=\n", encoding="utf-8")
    assert at(one, "sync", "--dry-run").status == 0  # git takes it for none
    (one / file).write_text("*.yaml working-tree-encoding=GBK\n", encoding="utf-8")
    before = state(one)

    run = at(one, "sync")

    assert (run.status, state(one)) == (2, before)
    assert f"working-tree-encoding=GBK 让 {LOG} 换一种编码存放" in run.err


def test_who_keeps_a_record_of_another_unit_is_not_told_that_all_is_the_same(
    at: At, one: Path
) -> None:
    """It isn't sent from here, and it isn't there."""
    at.update(one, "7.1", "示例。", GAIGAI_UNIT="县住建局")

    run = at(one, "sync")

    assert run.out == "没有本单位新的记录。\n"
    assert "data/progress/县住建局.yaml" in run.err


class Pages(SimpleHTTPRequestHandler):
    """A folder by http, at a stopped clock: 15:30 of 14 June by UTC+8."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return "Fri, 14 Jun 2024 07:30:12 GMT"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is told of requests."""


@pytest.fixture(name="by_http")
def _by_http(bare: Path, one: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The first clone has its server by http, which tells the time."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    git(bare, "update-server-info")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=bare.parent)) as server:
        threading.Thread(target=server.serve_forever).start()
        url = f"http://127.0.0.1:{server.server_port}/{quote(bare.name)}"
        git(one, "remote", "set-url", "origin", url)
        yield
        server.shutdown()


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2024-06-14T16:30:12", ""),
        ("2024-06-14T16:30:13", "快"),
        ("2024-06-14T14:30:12", ""),
        ("2024-06-14T14:30:11", "慢"),
    ],
)
@pytest.mark.usefixtures("by_http")
def test_the_clock_of_a_server_that_tells_the_time(at: At, one: Path, now: str, told: str) -> None:
    run = at(one, "sync", "--dry-run", GAIGAI_NOW=now)

    assert run.status == 0
    assert (f"服务器的时间是2024-06-14 15:30，时钟像是{told}了" in run.err) == bool(told)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
@pytest.mark.usefixtures("by_http")
def test_on_a_terminal_a_clock_that_is_ahead_is_asked_about_before_anything_is_written(
    at: At, one: Path
) -> None:
    at.update(one, "16.2", "示例。")
    before = state(one)

    status, screen = converse(
        ("sync",),
        (("仍按这个时间继续（是/否）［否］：", ""),),
        cwd=one,
        settings={"GAIGAI_NOW": "2024-06-20T09:00:00"},
    )

    assert (status, state(one)) == (130, before)
    assert "时钟像是快了" in screen
