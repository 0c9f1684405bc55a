"""The data as a commit had them, on real repositories; and nothing that a repository could make us run."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.clone.hooks import errors_brought
from gaigai_cli.history.commit_files import commit_files
from gaigai_cli.history.commits import read_commits
from gaigai_cli.history.git import Configuration, committed, run_git
from gaigai_cli.history.repository import GitError
from gaigai_cli.history.repository import repository as repository_of
from tests.history.repo import configure
from tests.program import Gaigai
from tests.transcript import SHIPPED

TEXT = "tasks: 甲\n".encode()
TODAY = date(2024, 6, 14)


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=示例", "-c", "user.email=example@example.invalid", *words],
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with data in a folder of a Chinese name: first commit, tag 首次; second commit changes a log."""
    top = tmp_path_factory.mktemp("git") / "仓库"
    data = top / "2024年" / "data"
    (data / "progress" / "县工改办").mkdir(parents=True)
    (data / "evidence").mkdir()
    git_init(top)
    (top / "README.md").write_bytes(b"outside\n")
    (data / "tasks.yaml").write_bytes(TEXT)
    (data / "progress" / "县财政局.yaml").write_bytes(b"unit: 1\n")
    (data / "progress" / "县工改办" / "甲 乙.yaml").write_bytes("unit: 二\r\n".encode())
    (data / "evidence" / "文件.pdf").write_bytes(bytes(range(256)))
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "first")
    git(top, "tag", "首次")
    (data / "progress" / "县财政局.yaml").write_bytes(b"unit: 2\n")
    git(top, "commit", "-q", "-a", "-m", "second")
    return top


@pytest.fixture
def repository(made: Path, tmp_path: Path) -> Path:
    """The same, to be written to."""
    return shutil.copytree(made, tmp_path / "仓库")


def git_init(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    configure(folder, {"core.autocrlf": "false"})


@pytest.fixture
def data(repository: Path) -> Path:
    return repository / "2024年" / "data"


def test_files_as_the_commit_had_them(data: Path) -> None:
    files = commit_files(data, "首次")

    assert files.read("tasks.yaml") == TEXT
    assert files.read("progress/县财政局.yaml") == b"unit: 1\n"
    assert files.read("progress/县工改办/甲 乙.yaml") == "unit: 二\r\n".encode()
    assert files.read("evidence/文件.pdf") == bytes(range(256))
    assert files.size("evidence/文件.pdf") == 256
    assert list(files.names("progress")) == [
        "progress/县工改办/甲 乙.yaml",
        "progress/县财政局.yaml",
    ]
    assert list(files.names("evidence")) == ["evidence/文件.pdf"]
    assert list(files.names("nothing")) == []


@pytest.mark.parametrize("name", ["HEAD", "main", "HEAD~0", "首次~0^{commit}"])
def test_names_of_commits(data: Path, name: str) -> None:
    assert commit_files(data, name).read("tasks.yaml") == TEXT


def test_full_and_short_hashes(data: Path) -> None:
    full = git(data, "rev-parse", "HEAD~1")

    for name in (full, full[:8]):
        assert commit_files(data, name).read("progress/县财政局.yaml") == b"unit: 1\n"


def test_uncommitted_changes_are_not_seen(data: Path) -> None:
    (data / "tasks.yaml").write_bytes(b"changed\n")

    assert commit_files(data, "HEAD").read("tasks.yaml") == TEXT


def test_a_directory_that_is_gone_now(data: Path) -> None:
    git(data.parent, "rm", "-q", "-r", "data")

    assert commit_files(data, "HEAD").read("tasks.yaml") == TEXT


def test_data_at_the_top(tmp_path: Path) -> None:
    git_init(tmp_path)
    (tmp_path / "tasks.yaml").write_bytes(TEXT)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")

    files = commit_files(tmp_path, "HEAD")

    assert files.read("tasks.yaml") == TEXT


@pytest.mark.parametrize("name", ["departments.yaml", "../README.md", "progress", ""])
def test_no_such_file(data: Path, name: str) -> None:
    files = commit_files(data, "HEAD")

    with pytest.raises(FileNotFoundError):
        files.read(name)
    with pytest.raises(FileNotFoundError):
        files.size(name)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_are_not_followed(data: Path) -> None:
    (data / "progress" / "乙.yaml").symlink_to("/etc/passwd")
    git(data, "add", ".")
    git(data, "commit", "-q", "-m", "link")

    assert "progress/乙.yaml" not in list(commit_files(data, "HEAD").names("progress"))


@pytest.mark.parametrize("name", ["nope", "0" * 40, "HEAD~99", "HEAD:README.md", "", "a b", "*"])
def test_no_such_commit(data: Path, name: str) -> None:
    with pytest.raises(GaigaiError) as raised:
        commit_files(data, name)

    assert str(raised.value) == (f"仓库里没有“{name}”这个提交。可用 git log --oneline 查看提交号")


def test_the_beginning_of_several_hashes(data: Path) -> None:
    """Of 600 commits two begin alike; the same ones in every run."""
    who = "committer 示例 <a@example.invalid> {} +0000\ndata 0\n"
    commits = "".join(f"commit refs/heads/{n}\n{who.format(n)}\n" for n in range(600))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=data, input=commits.encode(), check=True)
    hashes = git(data, "for-each-ref", "--format=%(objectname:short=4)").split()
    begin = next(name[:4] for name in hashes if len(name) > 4)

    with pytest.raises(GaigaiError) as raised:
        commit_files(data, begin)

    assert str(raised.value) == f"有几个提交号以“{begin}”开头。请多写几位"


@pytest.mark.parametrize("name", ["--help", "-x", "--output=/tmp/x", "HEAD\0x", "HEAD\nx"])
def test_options_are_no_commits(data: Path, name: str) -> None:
    with pytest.raises(GaigaiError, match="不是提交的名称"):
        commit_files(data, name)


def test_a_name_of_two_meanings(data: Path) -> None:
    """git takes the tag, also where its configuration has it keep quiet about that."""
    branch = git(data, "symbolic-ref", "--short", "HEAD").strip()
    tip = git(data, "rev-parse", "HEAD")
    for name in (branch, "HEAD", tip):
        git(data, "update-ref", f"refs/tags/{name}", "HEAD~1")
    git(data, "config", "core.warnAmbiguousRefs", "false")

    with pytest.raises(GaigaiError, match=f"“{branch}”有几个意思.*分支写 refs/heads/{branch}"):
        commit_files(data, branch)
    for name in (f"refs/heads/{branch}", "HEAD", tip):
        assert commit_files(data, name).commit == tip


def test_no_data_in_that_commit(repository: Path) -> None:
    (repository / "other").mkdir()

    with pytest.raises(GaigaiError) as raised:
        commit_files(repository / "other", "HEAD")

    assert str(raised.value) == (
        "提交 HEAD 里没有 other/tasks.yaml。请核对提交，或用 --data 指明当时的数据目录"
    )


def test_a_commit_without_a_list_has_no_errors(repository: Path, data: Path) -> None:
    (repository / "other").mkdir()

    assert errors_brought(repository_of(repository / "other"), "HEAD", [], today=TODAY) == []
    found = errors_brought(repository_of(data), "HEAD", [], today=TODAY)
    assert [finding.location.file for finding in found]


def test_a_link_in_place_of_the_list_is_no_list(repository: Path, data: Path) -> None:
    """It isn't followed, and nobody may take it for a commit in which there is nothing to check."""
    blob = git(data, "rev-parse", "HEAD:./tasks.yaml")
    git(data, "update-index", "--cacheinfo", f"120000,{blob},2024年/data/tasks.yaml")
    git(data, "commit", "-q", "-m", "link")

    with pytest.raises(GaigaiError, match=r"提交 HEAD 里没有 2024年/data/tasks\.yaml"):
        errors_brought(repository_of(data), "HEAD", [], today=TODAY)


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(GaigaiError) as raised:
        commit_files(tmp_path, "HEAD")

    assert str(raised.value) == f"“{tmp_path}”不在 git 仓库里，不能用 --at。请去掉 --at，或先建仓库"


def test_no_git(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(GaigaiError) as raised:
        commit_files(data, "HEAD")

    assert str(raised.value) == "没有找到 git。请安装 git，或把它加入 PATH"
    assert Configuration(data).value("gaigai.unit") is None


def test_the_repository_is_that_of_the_data(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the surroundings say of where it lies, and of how names are read, counts for nothing."""
    git_init(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_SHALLOW_FILE", str(tmp_path / "other" / ".git" / "HEAD"))
    monkeypatch.setenv("GIT_ICASE_PATHSPECS", "1")

    assert commit_files(data, "HEAD").read("tasks.yaml") == TEXT


@pytest.mark.skipif(os.name == "nt", reason="a shell script as the trap")
def test_a_hostile_repository_runs_nothing(data: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f'#!/bin/sh\ntouch "{tmp_path}/sprung"\n', encoding="utf-8")
    trap.chmod(0o755)
    programs = (
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "pager.ls-tree",
        "pager.cat-file",
        "diff.external",
        "filter.x.smudge",
    )
    top = data.parent.parent
    configure(top, dict.fromkeys(programs, str(trap)) | {"core.hooksPath": str(tmp_path)})
    attributes = top / ".git" / "info" / "attributes"
    attributes.parent.mkdir()
    attributes.write_text("* filter=x diff=x\n", encoding="utf-8")

    files = commit_files(data, "HEAD")

    assert files.read("evidence/文件.pdf") == bytes(range(256))
    assert not (tmp_path / "sprung").exists()


def test_damaged_repository(data: Path) -> None:
    blob = git(data, "rev-parse", "HEAD:./tasks.yaml")
    file = data.parent.parent / ".git" / "objects" / blob[:2] / blob[2:]
    file.chmod(0o644)
    file.unlink()

    with pytest.raises(GaigaiError, match="请运行 git fsck"):
        commit_files(data, "HEAD").read("tasks.yaml")


@pytest.mark.parametrize("when", [" 18446744073709551614 +0000", ""])
def test_a_date_that_no_calendar_has_or_none_is_the_first_of_all(
    repository: Path, when: str
) -> None:
    text = git(repository, "cat-file", "commit", "HEAD")
    odd = re.sub(r"(?m)^(author|committer) (.*>) .*$", rf"\1 \2{when}", text)
    words = ("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
    name = run_git(repository, *words, given=f"{odd}\n".encode()).stdout.decode().strip()

    made = committed(repository, name)
    (*_, listed) = read_commits(repository_of(repository), name)

    assert made is not None
    assert {made.at.isoformat(), listed.when.isoformat()} == {"1970-01-01T08:00:00+08:00"}


def test_a_full_disk_is_called_so() -> None:
    """It is nothing that a colleague who knows git could help with."""
    said = b"fatal: sha1 file '.git/index.lock' write error. Out of diskspace\n"
    error = GitError("git 操作", subprocess.CompletedProcess((), 128, b"", said))

    assert str(error) == (
        "git 操作没有成功：本机的磁盘空间不足。请清理磁盘后再运行；记录都在本机，不会丢"
    )


def test_setting(data: Path) -> None:
    assert Configuration(data).value("gaigai.unit") is None
    git(data, "config", "gaigai.unit", "县财政局")
    assert Configuration(data).value("gaigai.unit") == "县财政局"


def test_setting_without_repository(tmp_path: Path) -> None:
    assert Configuration(tmp_path).value("gaigai.unit") is None


def test_python_is_fine_with_the_names(data: Path) -> None:
    """The names that git gives are those that the file system gives."""
    on_disk = sorted(p.relative_to(data).as_posix() for p in data.rglob("*") if p.is_file())
    files = commit_files(data, "HEAD")

    known = {"tasks.yaml", *files.names("progress"), *files.names("evidence")}
    if sys.platform != "darwin":  # which decomposes names
        assert sorted(known) == on_disk


def test_a_repository_without_commits(tmp_path: Path) -> None:
    git_init(tmp_path)

    with pytest.raises(GaigaiError) as raised:
        commit_files(tmp_path, "HEAD")

    assert str(raised.value) == "仓库里还没有提交。请先用 git commit 提交一次"


def test_a_shallow_clone_says_so(repository: Path, tmp_path: Path) -> None:
    old = git(repository, "rev-parse", "首次")
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "浅")

    with pytest.raises(GaigaiError) as raised:
        commit_files(tmp_path / "浅" / "2024年" / "data", old)

    assert str(raised.value) == (
        f"仓库里没有“{old}”这个提交。这是浅克隆，可能还没有取到它："
        "请运行 git fetch --unshallow（自动检查中请取全部历史，如 fetch-depth: 0）"
    )


def test_a_folder_beside_the_data(repository: Path, data: Path) -> None:
    (data.parent / "reports" / "issued").mkdir(parents=True)
    (data.parent / "reports" / "issued" / "x.md").write_bytes(b"x")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "reports")

    assert commit_files(data, "HEAD").reports.read("issued/x.md") == b"x"
    assert list(commit_files(data, "首次").reports.names("issued")) == []


def test_nothing_lies_beside_data_at_the_top(tmp_path: Path) -> None:
    git_init(tmp_path)
    (tmp_path / "tasks.yaml").write_bytes(TEXT)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")

    assert list(commit_files(tmp_path, "HEAD").reports.names("issued")) == []


@pytest.mark.skipif(os.name == "nt", reason="a shell script as git")
@pytest.mark.parametrize("command", ["log", "sync"])
def test_an_old_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gaigai: Gaigai, command: str
) -> None:
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho git version 2.19.6.windows.1\n", encoding="utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}{os.pathsep}{os.environ['PATH']}")

    run = gaigai(command, "--data", str(SHIPPED))

    assert (run.status, run.out) == (2, "")
    assert run.err == "错误：git 太旧：本机是 2.19，要 2.20 以上。请升级 git。\n"
