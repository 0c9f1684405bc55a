"""Repositories and names that mean no good, and those that are merely unusual: each a clear sentence, nothing run."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.history.repo import Repo, configure, copy_of, model_repo, new_repo, record
from tests.program import Gaigai

NOW = "2024-06-15T09:00:00"
READERS = (("diff", "base"), ("diff", "base..HEAD"), ("log",), ("review", "base"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    repo = model_repo(tmp_path_factory.mktemp("hostile") / "仓库")
    repo.append("示例甲局", record(10, "1.1", percent="60"))
    repo.commit("报进展")
    return repo


@pytest.fixture
def repo(made: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    repo = copy_of(made, tmp_path / "仓 库")
    monkeypatch.chdir(repo.top)
    monkeypatch.setenv("GAIGAI_NOW", NOW)
    return repo


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Path]:
    """A program that leaves a mark when it is run; none may be there at the end."""
    trap = tmp_path / "trap"
    trap.write_text(f'#!/bin/sh\ntouch "{tmp_path}/sprung"\nexec cat\n', encoding="utf-8")
    trap.chmod(0o755)
    yield trap
    assert not (tmp_path / "sprung").exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell script as the trap")
@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_settings_and_hooks_are_not_trusted(
    gaigai: Gaigai, repo: Repo, trap: Path, words: tuple[str, ...]
) -> None:
    programs = (
        "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy",
        "core.alternateRefsCommand", "pager.log", "pager.diff", "diff.external", "diff.x.textconv", "diff.x.command",
        "filter.x.smudge", "filter.x.clean", "filter.x.process", "gpg.program", "gpg.ssh.program", "merge.x.driver",
        "alias.log", "alias.rev-list", "credential.helper", "sequence.editor", "uploadpack.packObjectsHook",
    )  # fmt: skip
    flags = dict.fromkeys(("log.showSignature", "diff.relative", "diff.noprefix"), "true")
    paths = {"core.hooksPath": str(trap.parent), "diff.orderFile": str(trap)}
    configure(repo.top, dict.fromkeys(programs, str(trap)) | flags | paths)
    (repo.top / ".git" / "info" / "attributes").write_text(
        "* filter=x diff=x merge=x\n", encoding="utf-8"
    )
    (repo.top / ".git" / "hooks").mkdir()
    for hook in ("post-checkout", "pre-commit", "post-index-change", "reference-transaction"):
        shutil.copy(trap, repo.top / ".git" / "hooks" / hook)

    run = gaigai(*words)

    assert (run.status, run.err) == (0, "")
    assert "20240610-090000-0000000a" in gaigai(*words, "--format", "json").out


@pytest.mark.skipif(os.name == "nt", reason="such names can't be there")
@pytest.mark.parametrize(
    "name",
    [
        "progress/a\nb.yaml", "progress/-n.yaml", "progress/$(touch sprung);x.yaml", "progress/'\".yaml",
        "progress/ a b .yaml", "progress/*.yaml", "progress/:(top)x.yaml", "evidence/a\nb\x1b[31m.pdf",
    ],
)  # fmt: skip
def test_names_of_files(gaigai: Gaigai, repo: Repo, name: str) -> None:
    text = f"unit: 示例乙局\nrecords:\n{record(20, '2.1')}"
    repo.write(name, text)
    repo.commit("加文件", "乙")

    nowhere_else = any(sign in name for sign in "\n'*:") and "$" not in name
    for words, status in ((("review", "base"), int(nowhere_else)), (("log",), 0)):
        run = gaigai(*words)
        assert (run.status, "\x1b" in run.out) == (status, False)
        assert ("存不下" in run.out) == bool(status)
    told = json.loads(gaigai("diff", "base", "--format", "json").out)
    assert ("示例乙局" in {r["unit"] for r in told["records"]}) == name.endswith(".yaml")
    assert not (repo.top / "sprung").exists()


@pytest.mark.skipif(os.name == "nt", reason="such names can't be there")
@pytest.mark.parametrize(
    "name", ["a b", "$(touch${IFS}sprung)", "a;touch_sprung", "a|b", "a'b\"", "分支"]
)
def test_names_of_branches(gaigai: Gaigai, repo: Repo, name: str) -> None:
    if " " in name:
        run = gaigai("diff", name)
        assert run.err == "错误：仓库里没有“a b”这个提交。可用 git log --oneline 查看提交号。\n"
        return
    repo.git("update-ref", f"refs/heads/{name}", "HEAD")

    for words in (("diff", f"base..{name}"), ("review", f"base..{name}"), ("log", "--at", name)):
        assert gaigai(*words).status == 0
    assert list(repo.top.glob("*sprung*")) == []


@pytest.mark.parametrize("command", ["diff", "review"])
@pytest.mark.parametrize(
    ("range_", "sentence"),
    [
        ("--output=x..HEAD", "没有 --output 这个选项"),
        ("base..--output=x", "“--output=x”不是提交的名称。应写提交号、分支名或标签名。"),
        ("base..-x", "“-x”不是提交的名称。应写提交号、分支名或标签名。"),
        ("base..a\nb", "“a b”不是提交的名称。应写提交号、分支名或标签名。"),
        ("base..\x1b[31m", "“�[31m”不是提交的名称。应写提交号、分支名或标签名。"),
        ("base...HEAD", "“base...HEAD”多写了一个点。范围写成 A..B，两个点。"),
        ("base..nope", "仓库里没有“nope”这个提交。可用 git log --oneline 查看提交号。"),
        ("nope..HEAD", "仓库里没有“nope”这个提交。可用 git log --oneline 查看提交号。"),
    ],
)
def test_ranges_that_are_none(
    gaigai: Gaigai, made: Repo, command: str, range_: str, sentence: str
) -> None:
    run = gaigai(command, range_, "--data", str(made.data), GAIGAI_NOW=NOW)

    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f"错误：{sentence}")
    assert not (made.top / "x").exists()


def test_shallow_clones(gaigai: Gaigai, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.append("示例甲局", record(11, "1.1"))
    repo.commit("再报")
    repo.git("clone", "-q", "--depth", "1", repo.top.as_uri(), "../浅")
    shallow = repo.top.parent / "浅"
    monkeypatch.chdir(shallow)

    assert gaigai("diff", "base").err == (
        "错误：仓库里没有“base”这个提交。这是浅克隆，可能还没有取到它："
        "请运行 git fetch --unshallow（自动检查中请取全部历史，如 fetch-depth: 0）。\n"
    )
    run = gaigai("log", "--unit", "示例甲局")
    assert run.status == 0
    assert "这是浅克隆：第一个提交之前的经过看不到" in run.out
    old = repo.git("rev-parse", "base")
    Repo(shallow).git("fetch", "-q", "--depth", "1", "origin", old)
    assert gaigai("review", f"{old}..HEAD").err == (
        f"错误：“{old}”和“HEAD”没有共同的历史。"
        "这是浅克隆：请运行 git fetch --unshallow（自动检查中请取全部历史，如 fetch-depth: 0）。\n"
    )


def test_a_detached_head(gaigai: Gaigai, repo: Repo) -> None:
    repo.git("checkout", "-q", "--detach")

    for words in READERS:
        assert gaigai(*words).status == 0


def test_no_commit_yet(gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = new_repo(tmp_path / "仓库")
    shutil.rmtree(repo.top / ".git")
    repo.git("init", "-q", "-b", "main")
    monkeypatch.chdir(repo.top)

    for words in (("diff",), ("log",), ("review", "HEAD")):
        run = gaigai(*words, GAIGAI_NOW=NOW)
        assert (run.status, run.out) == (2, "")
        assert run.err == "错误：仓库里还没有提交。请先用 git commit 提交一次。\n"


def test_no_repository(gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = new_repo(tmp_path / "仓库")
    shutil.rmtree(repo.top / ".git")
    monkeypatch.chdir(repo.top)

    for name, words in (("diff", ()), ("log", ()), ("review", ("HEAD",))):
        run = gaigai(name, *words, GAIGAI_NOW=NOW)
        assert (run.status, run.out) == (2, "")
        assert run.err == (
            f"错误：“{repo.data}”不在 git 仓库里，不能用 {name}。请进入清单所在的仓库，或先建仓库。\n"
        )


def test_a_repository_of_another_user(gaigai: Gaigai, repo: Repo) -> None:
    """What git has to be told is the repository, which lies above the data."""
    foreign = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    git = ["git", "rev-parse", "--git-dir"]
    asked = subprocess.run(git, env=os.environ | foreign, capture_output=True, check=False)
    if asked.returncode == 0:
        pytest.skip("this git asks nobody")

    for words in (("diff",), ("git-setup",)):
        run = gaigai(*words, **foreign)
        assert (run.status, run.out) == (2, "")
        assert run.err == (
            f"错误：git 不信任“{repo.data}”所在的仓库：它属于另一个用户。"
            f"确认无误后运行 git config --global --add safe.directory '{repo.top}'。\n"
        )


def test_no_git(gaigai: Gaigai, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    for words in READERS:
        run = gaigai(*words)
        assert (run.status, run.out) == (2, "")
        assert run.err == "错误：没有找到 git。请安装 git，或把它加入 PATH。\n"


def test_no_common_past(gaigai: Gaigai, repo: Repo) -> None:
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit("另起", "主任")

    run = gaigai("review", "main..other")

    assert run.err == "错误：“main”和“other”没有共同的历史。请核对两个提交的名称。\n"


def test_the_list_is_not_in_that_commit(gaigai: Gaigai, repo: Repo) -> None:
    repo.git("rm", "-q", "-r", "data")
    repo.commit("删清单", "主任")

    run = gaigai("review", "base..HEAD", "--data", "data")

    assert (run.status, run.out) == (2, "")
    assert "里没有 data/tasks.yaml。" in run.err


def test_a_list_that_cannot_be_read(gaigai: Gaigai, repo: Repo) -> None:
    repo.write("tasks.yaml", "tasks: [")
    repo.commit("改坏", "主任")

    run = gaigai("review", "base..HEAD")

    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "错误：提交 HEAD 里的清单有错误，不能读取。运行 gaigai check --at HEAD 查看全部问题。\n"
    )


@pytest.mark.parametrize("inside", ["2024 年/清单", "."])
def test_the_data_directory_lies_elsewhere(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    """As a subfolder, or the whole repository."""
    made = new_repo(tmp_path / "原")
    repo = Repo(tmp_path / "仓库")
    folder = repo.top / inside
    shutil.copytree(made.data, folder)
    repo.git("init", "-q", "-b", "main")
    configure(repo.top, {"core.autocrlf": "false"})
    repo.commit("清单", "主任")
    log = folder / "progress" / "示例甲局.yaml"
    text = log.read_text(encoding="utf-8").replace("percent: 30", "percent: 80")
    log.write_text(text + record(10, "1.1"), encoding="utf-8", newline="\n")
    monkeypatch.chdir(folder)

    run = gaigai("diff", "--data", ".", "--format", "json", GAIGAI_NOW=NOW)
    assert [r["change"] for r in json.loads(run.out)["records"]] == ["changed", "added"]
    assert json.loads(gaigai("log", "--data", ".", "--format", "json").out)[-1]["commit"] is None
    repo.commit("报进展")
    told = json.loads(
        gaigai("review", "HEAD~1", "--data", ".", "--format", "json", GAIGAI_NOW=NOW).out
    )
    assert [v["code"] for v in told["violations"]] == ["record-changed"]
    assert told["violations"][0]["file"] == "progress/示例甲局.yaml"


def test_in_a_submodule(
    gaigai: Gaigai, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The repository is that of the data; and a repository in the place of a log is no log."""
    outer = Repo(tmp_path / "外")
    outer.top.mkdir()
    outer.git("init", "-q", "-b", "main")
    outer.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo.top), "里"
    )
    monkeypatch.chdir(outer.top / "里")
    assert gaigai("review", "base").status == 0

    repo.git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(repo.top),
        "data/progress/x",
    )
    repo.commit("子模块", "甲")
    monkeypatch.chdir(repo.top)
    told = json.loads(gaigai("review", "base", "--format", "json").out)
    assert {v["code"] for v in told["violations"]} == {"foreign-file", "not-a-file"}
