"""``git-setup`` in real clones: what it sets, that plain git then does as promised, and that all of it can be undone."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gaigai_cli.cli.history import setup as git_setup
from tests.history.clones import cloned, copied, git, office, served, state
from tests.program import Gaigai, Run, its_list
from tests.transcript import numbered

pytestmark = [pytest.mark.external("git"), pytest.mark.usefixtures("ready")]

LOG = "data/progress/县财政局.yaml"


@pytest.fixture(name="template", scope="module")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return office(tmp_path_factory.mktemp("office"), {"财政 甲'[1]*": "县财政局"})


@pytest.fixture(name="bare")
def _bare(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    numbered(monkeypatch)
    monkeypatch.setenv("GAIGAI_NOW", "2024-06-14T15:30:12")
    return copied(template, tmp_path / "共 享")


@pytest.fixture(name="one")
def _one(bare: Path) -> Path:
    return bare.parent / "财政 甲'[1]*"


def at(gaigai: Gaigai, clone: Path, *words: str, **settings: str) -> Run:
    return gaigai("--data", str(clone / "data"), *words, **settings)


def setup(gaigai: Gaigai, clone: Path, *words: str) -> Run:
    run = at(gaigai, clone, "git-setup", *words)
    assert run.status == 0, run.err
    return run


def inside(clone: Path) -> dict[str, bytes]:
    """Everything in ``.git`` that a person may set, and every file of the clone."""
    paths = [
        path
        for path in sorted(clone.rglob("*"))
        if path.is_file() and not {"objects", "logs", "index", "refs"} & set(path.parts)
    ]
    return {path.relative_to(clone).as_posix(): path.read_bytes() for path in paths}


SHOWN = """\
只在本仓库的 .git 里设置，别的仓库和全局设置不动；撤除用 gaigai git-setup
--undo。
  gaigai.unit=县财政局       本机属于哪个单位
  core.quotePath=false       中文文件名照原样显示
  merge.conflictStyle=diff3  合并冲突时不把一条记录拆开
  merge.gaigai.name          记录文件的合并方式
  merge.gaigai.driver        两边都添了记录时，两边都留
  diff.gaigai.textconv       git log -p 显示成中文
  commit.template            提交说明的写法提示
  info/attributes            以上方式用于哪些文件；佐证文件逐字节保存
  hooks/pre-commit           提交前核查要提交的内容
  hooks/pre-push             推送前审阅要推送的内容
"""


def test_it_shows_what_it_sets(gaigai: Gaigai, one: Path) -> None:
    before = inside(one)

    run = at(gaigai, one, "git-setup", "--unit", "czj", "--dry-run", COLUMNS="80")

    assert (run.out, run.err) == (SHOWN, "以上是预演，没有改动。\n")
    assert inside(one) == before
    assert at(gaigai, one, "git-setup", "--unit", "czj", COLUMNS="80").out == SHOWN
    assert git(one, "config", "gaigai.unit") == "县财政局\n"
    assert {name for name in inside(one) if name not in before} == {
        ".git/gaigai/commit-template.txt",
        ".git/gaigai/setup.json",
        ".git/hooks/pre-commit",
        ".git/hooks/pre-push",
        ".git/info/attributes",
    }
    changed = {name for name, data in before.items() if inside(one)[name] != data}
    assert changed == {".git/config"}


@pytest.mark.parametrize("times", [1, 2])
def test_undo_restores_everything(gaigai: Gaigai, one: Path, times: int) -> None:
    git(one, "config", "core.quotePath", "true")
    git(one, "config", "--unset", "gaigai.unit")
    (one / ".git" / "info").mkdir(exist_ok=True)
    (one / ".git" / "info" / "attributes").write_text("*.bin binary", encoding="utf-8")
    hook = one / ".git" / "hooks" / "pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    before = inside(one)
    for _ in range(times):
        setup(gaigai, one, "--unit", "县财政局")

    run = setup(gaigai, one, "--undo")

    assert (run.out, run.err) == ("已撤除 git-setup 的全部设置，恢复原样。\n", "")
    after = inside(one)
    assert after.pop(".git/info/attributes") == before.pop(".git/info/attributes") + b"\n"
    assert after.pop(".git/config").split() == before.pop(".git/config").split()
    assert after == before


def test_undo_leaves_what_somebody_has_changed_since(gaigai: Gaigai, one: Path) -> None:
    setup(gaigai, one)
    git(one, "config", "merge.conflictStyle", "merge")

    run = setup(gaigai, one, "--undo")

    assert run.err == "以下设置后来被人改过，没有动：merge.conflictStyle。\n"
    assert git(one, "config", "merge.conflictStyle") == "merge\n"


def test_undo_without_setup(gaigai: Gaigai, one: Path) -> None:
    run = at(gaigai, one, "git-setup", "--undo")

    assert (run.status, run.err) == (2, "错误：本仓库没有用 git-setup 设置过。不必撤除。\n")


def test_without_a_unit_it_says_what_is_missing(gaigai: Gaigai, one: Path) -> None:
    git(one, "config", "--unset", "gaigai.unit")

    assert setup(gaigai, one).err == (
        f"还没有设定单位，请再运行 gaigai {its_list(one)} git-setup --unit 单位名称，sync 要用它。\n"
    )


def test_hooks_kept_elsewhere_are_left_alone(gaigai: Gaigai, one: Path) -> None:
    git(one, "config", "core.hooksPath", "/srv/hooks")
    before = inside(one)

    run = at(gaigai, one, "git-setup")

    assert (run.status, run.err) == (
        2,
        "错误：本机的钩子统一放在 /srv/hooks（core.hooksPath），没有改动。"
        "要由 gaigai 装钩子，请先运行 git config --unset core.hooksPath（全局设的加 --global）。\n",
    )
    assert inside(one) == before


# What plain git does then


def both_append(gaigai: Gaigai, bare: Path, one: Path) -> Path:
    """A clone of the same unit; each has recorded and committed something, and the other one has pushed."""
    other = cloned(bare, "财政乙", "县财政局")
    at(gaigai, one, "update", "16.2", "--summary", "甲。", "--commit")
    at(gaigai, other, "update", "18.1", "--summary", "乙。", "--commit")
    git(other, "push", "-q")
    return other


PULL = ("pull", "-q", "--no-rebase", "--no-edit")


def test_git_merges_two_appends(gaigai: Gaigai, bare: Path, one: Path) -> None:
    setup(gaigai, one)
    both_append(gaigai, bare, one)

    git(one, *PULL)

    assert (one / LOG).read_text(encoding="utf-8").count("- id:") == 2
    assert git(one, "status", "--porcelain") == ""
    git(one, "push", "-q")


def test_modules_in_a_repository_are_not_imported(
    gaigai: Gaigai, bare: Path, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("READY_PROGRAM", raising=False)  # it has imported them
    monkeypatch.delenv("PYTHONPATH", raising=False)
    setup(gaigai, one)
    both_append(gaigai, bare, one)
    for name in ("yaml", "gaigai_cli", "typer", "sitecustomize"):
        trap = f"open({str(one / 'sprung')!r}, 'w')\nraise SystemExit(1)\n"
        (one / f"{name}.py").write_text(trap, encoding="utf-8")

    git(one, *PULL)
    git(one, "push", "-q")

    assert (one / LOG).read_text(encoding="utf-8").count("- id:") == 2
    assert not (one / "sprung").exists()


def edited_on_both_sides(gaigai: Gaigai, bare: Path, one: Path) -> None:
    at(gaigai, one, "update", "16.2", "--summary", "甲。", "--commit")
    git(one, "push", "-q", "--no-verify")
    other = cloned(bare, "财政乙", "县财政局")
    for clone, word in ((one, "丙"), (other, "丁")):
        text = (clone / LOG).read_text(encoding="utf-8").replace("甲", word)
        (clone / LOG).write_text(text, encoding="utf-8", newline="\n")
        git(clone, "commit", "-q", "--no-verify", "-a", "-m", "改写")
    git(other, "push", "-q")


CONFLICT = """\
<<<<<<< 本机
    summary: 丙。
||||||| 分歧之前
    summary: 甲。
=======
    summary: 丁。
>>>>>>> 对方
"""


@pytest.mark.parametrize("gone", [False, True])
def test_anything_else_is_a_conflict(
    gaigai: Gaigai, bare: Path, one: Path, gone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of whole records; where gaigai can't be run any more, a plain one."""
    if gone:
        monkeypatch.setattr(git_setup, "_PROGRAM", ("/nowhere/python", "-m", "gaigai_cli"))
    setup(gaigai, one)
    edited_on_both_sides(gaigai, bare, one)
    before = (one / LOG).read_text(encoding="utf-8")

    git(one, *PULL, status=1)

    record = before[before.index("  - id:") :]
    whole = re.sub("    summary: (.)。\n", lambda found: record.replace("丙", found[1]), CONFLICT)
    assert (CONFLICT if gone else whole) in (one / LOG).read_text(encoding="utf-8")
    assert git(one, "status", "--porcelain") == f"UU {LOG}\n"


def set_up_earlier(clone: Path) -> None:
    """A driver as git-setup once set it: the path as the last word, plain git after any failure."""
    program = shlex.join(git_setup._PROGRAM)
    plain = "git merge-file -q --diff3 --marker-size=%L -L 本机 -L 分歧之前 -L 对方 %A %O %B"
    old = f"{program} merge-driver %O %A %B %P 2>/dev/null || {plain}"
    git(clone, "config", "merge.gaigai.driver", old)


def test_a_clone_that_was_set_up_earlier_merges(gaigai: Gaigai, bare: Path, one: Path) -> None:
    setup(gaigai, one)
    set_up_earlier(one)
    both_append(gaigai, bare, one)

    git(one, *PULL)

    assert (one / LOG).read_text(encoding="utf-8").count("- id:") == 2
    assert git(one, "status", "--porcelain") == ""


def test_and_leaves_conflicts_to_plain_git(gaigai: Gaigai, bare: Path, one: Path) -> None:
    """Which reads the file after gaigai: no markers may be in it yet."""
    setup(gaigai, one)
    set_up_earlier(one)
    edited_on_both_sides(gaigai, bare, one)
    before = (one / LOG).read_text(encoding="utf-8")

    git(one, *PULL, status=1)

    conflict = before.replace("    summary: 丙。\n", CONFLICT)
    assert (one / LOG).read_text(encoding="utf-8") == conflict
    assert git(one, "status", "--porcelain") == f"UU {LOG}\n"


@pytest.mark.parametrize(
    "program",
    [("/nowhere/python", "-m", "gaigai_cli"), (Path(sys.executable).as_posix(), "-m", "gone_cli")],
    ids=["Python is gone", "gaigai is gone"],
)
def test_where_gaigai_is_gone_nobody_is_kept_from_working(
    gaigai: Gaigai, one: Path, program: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_setup, "_PROGRAM", program)
    setup(gaigai, one)
    at(gaigai, one, "update", "16.2", "--summary", "甲。")
    git(one, "add", ".")

    done = subprocess.run(
        ["git", "commit", "-q", "-m", "说明"], cwd=one, capture_output=True, check=True
    )

    assert done.stderr.decode() == (
        "找不到 gaigai，没有核查要提交的内容；重新安装后请运行 gaigai git-setup\n"
    )
    git(one, "push", "-q")
    assert "+    summary: 甲。\n" in git(one, "show", "--format=")


def test_git_shows_changes_in_chinese(gaigai: Gaigai, one: Path) -> None:
    setup(gaigai, one)
    at(gaigai, one, "update", "16.2", "--summary", "甲。", "--percent", "60", "--commit")

    shown = git(one, "show", "--format=")

    assert f"+++ b/{LOG}\n" in shown
    assert "+    进展情况：甲。\n" in shown
    assert "summary" not in shown


def test_the_hint_for_messages(gaigai: Gaigai, one: Path) -> None:
    setup(gaigai, one)
    (one / "说明.txt").write_text("示例\n", encoding="utf-8")
    git(one, "add", ".")
    editor = one.parent / "editor"
    editor.write_text('#!/bin/sh\ncp "$1" "$0.seen"\necho 说明 > "$1"\n', encoding="utf-8")
    editor.chmod(0o755)

    git(one, "-c", f'core.editor="{editor}"', "commit", "-q")

    assert "#   进展(16.2): 县财政局 60%\n" in Path(f"{editor}.seen").read_text(encoding="utf-8")
    assert git(one, "log", "-1", "--format=%B").strip() == "说明"


# Hooks

BAD = """\
unit: 县财政局
records:
  - id: 20240614-153012-0badc0de
    item: "99.9"
    date: 2024-06-14
    kind: 进展
    summary: 甲。
"""


def refused(clone: Path, *words: str) -> str:
    before = state(clone)
    done = subprocess.run(
        ["git", *words], cwd=clone, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode != 0
    assert state(clone) == before
    return done.stderr


@pytest.mark.parametrize("how", [("-m", "x"), ("-a", "-m", "x"), ("-m", "x", "--", LOG)])
def test_errors_are_not_committed(gaigai: Gaigai, one: Path, how: tuple[str, ...]) -> None:
    setup(gaigai, one)
    (one / LOG).parent.mkdir()
    (one / LOG).write_text(BAD, encoding="utf-8")
    git(one, "add", ".")

    said = refused(one, "commit", "-q", *how)

    assert said.startswith(f"{LOG}:4:5: error[unknown-item] ")
    assert said.endswith("要提交的内容有1处错误，没有提交。请改正、重新 git add 后再提交。\n")


def test_what_is_staged_counts_not_what_lies_there(gaigai: Gaigai, one: Path) -> None:
    setup(gaigai, one)
    at(gaigai, one, "update", "16.2", "--summary", "甲。")
    git(one, "add", ".")
    (one / LOG).write_text(BAD, encoding="utf-8")

    git(one, "commit", "-q", "-m", "进展")

    assert "99.9" in refused(one, "commit", "-q", "-a", "-m", "x")
    assert "99.9" in refused(one, "commit", "-q", "-m", "x", "--", LOG)


def test_errors_that_are_there_already_stop_nobody(gaigai: Gaigai, one: Path) -> None:
    (one / LOG).parent.mkdir()
    (one / LOG).write_text(BAD, encoding="utf-8")
    git(one, "add", ".")
    git(one, "commit", "-q", "-m", "不管")
    setup(gaigai, one)
    (one / "data" / "progress" / "县住建局.yaml").write_text(
        "unit: 县住建局\nrecords: []\n", encoding="utf-8"
    )
    git(one, "add", ".")

    git(one, "commit", "-q", "-m", "好的")


def test_pushes_are_reviewed(gaigai: Gaigai, one: Path) -> None:
    """What is sound is pushed above; what isn't stays here."""
    setup(gaigai, one)
    at(gaigai, one, "update", "16.2", "--summary", "甲。", "--commit")
    git(one, "push", "-q", "--no-verify")
    (one / LOG).write_text(
        (one / LOG).read_text(encoding="utf-8").replace("甲", "乙"), encoding="utf-8"
    )
    git(one, "commit", "-q", "--no-verify", "-a", "-m", "改写")

    said = refused(one, "push", "-q")

    assert "要推送的内容有违反规则之处，没有推送。请照上面的话改正后再推送。\n" in said
    assert "20240614-153012-6b86b273" in said


def test_evidence_gets_back_the_line_ends_that_git_changed(
    gaigai: Gaigai, one: Path, tmp_path: Path
) -> None:
    """A repository without .gitattributes, cloned as git for Windows is set up."""
    folder = one / "data/evidence/县财政局"
    folder.mkdir(parents=True)
    (folder / "凭证.txt").write_bytes(b"1\n2\n")
    (folder / "扫描.bin").write_bytes(b"\x00\n")
    (folder / "别的.txt").write_bytes(b"1\r\n2\n")
    (one / "reports/issued").mkdir(parents=True)
    (one / "reports/issued/2024-06.html").write_bytes(b"<p>\n</p>\n")
    by = ("--summary", "甲。", "--evidence", str(folder / "凭证.txt"))
    assert at(gaigai, one, "update", "16.2", *by).status == 0
    git(one, "add", ".")
    git(one, "commit", "-q", "-m", "佐证")
    git(one, "push", "-q")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(one.parent / "服务器.git"), "新")
    clone = tmp_path / "新"
    (clone / "data/evidence/县财政局/改过.txt").write_bytes(b"3\r\n")
    there = clone / "data/evidence/县财政局"
    assert (there / "凭证.txt").read_bytes() == b"1\r\n2\r\n"
    for name in ("data/evidence/县财政局/凭证.txt", "reports/issued/2024-06.html"):
        os.utime(clone / name, (1, 1))  # long ago, so that git needn't look into it
    git(clone, "status")
    said = at(gaigai, clone, "check").out
    assert "error[evidence-changed] “evidence/县财政局/凭证.txt”的换行被 git 改写。" in said
    assert "办法：请运行 gaigai git-setup 恢复；" in said
    assert (clone / "reports/issued/2024-06.html").read_bytes() == b"<p>\r\n</p>\r\n"

    setup(gaigai, clone, "--unit", "县财政局")

    assert (there / "凭证.txt").read_bytes() == b"1\n2\n"
    assert (there / "别的.txt").read_bytes() == b"1\r\n2\n"
    assert (clone / "reports/issued/2024-06.html").read_bytes() == b"<p>\n</p>\n"
    assert (there / "改过.txt").read_bytes() == b"3\r\n"
    assert at(gaigai, clone, "check").status == 0
    assert git(clone, "status", "--porcelain", "--untracked-files=no") == ""


def test_names_of_branches_are_read_as_git_writes_them(
    gaigai: Gaigai, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup(gaigai, one)
    at(gaigai, one, "update", "16.2", "--summary", "甲。", "--commit")
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    monkeypatch.setenv("PYTHONUTF8", "0")

    git(one, "push", "-q", "origin", "HEAD:refs/heads/县分支")

    assert "县分支" in git(one, "ls-remote", "origin")


def test_a_hook_that_was_there_runs_first(gaigai: Gaigai, one: Path) -> None:
    for name in ("pre-commit", "pre-push"):
        hook = one / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        script = f'#!/bin/sh\necho "原有的 $(basename "$0")" >> ../ran\ncat >> ../ran\n! test -e ../veto-{name}\n'
        hook.write_text(script, encoding="utf-8")
        hook.chmod(0o755)
    run = setup(gaigai, one)
    assert "先运行原有的钩子（改名为pre-push.before-gaigai）" in "".join(run.out.split())
    setup(gaigai, one)
    ran, veto = one.parent / "ran", one.parent / "veto-pre-push"
    git(one, "commit", "-q", "--allow-empty", "-m", "空")
    veto.touch()
    git(one, "push", "-q", status=1)
    veto.unlink()
    git(one, "push", "-q")

    said = ran.read_text(encoding="utf-8").split()
    assert said.count("pre-commit.before-gaigai") == 1
    assert said.count("pre-push.before-gaigai") == 2
    assert said.count("refs/heads/main") == 4
    (one.parent / "veto-pre-commit").touch()
    refused(one, "commit", "-q", "--allow-empty", "-m", "不许")


def test_two_hooks_in_the_way(gaigai: Gaigai, one: Path) -> None:
    hooks = one / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-commit", "pre-commit.before-gaigai"):
        (hooks / name).write_text("#!/bin/sh\n", encoding="utf-8")

    run = at(gaigai, one, "git-setup")

    assert (run.status, run.err) == (
        2,
        "错误：pre-commit 和 pre-commit.before-gaigai 都已存在，不知道哪一个要保留，没有改动。"
        f"请在 {hooks} 里留下一个。\n",
    )


# Places


def test_names_of_folders_may_hold_anything(gaigai: Gaigai, tmp_path: Path) -> None:
    prefix = "资料 [1]/甲's/" if os.name == "nt" else "资料 [1]*/甲\"乙'\\丙/"
    folder = tmp_path / "库"
    folder.mkdir()
    bare = served(folder, prefix=prefix)
    clones = [cloned(bare, name, "县财政局") for name in ("一", "二")]
    for clone, item in zip(clones, ("16.2", "18.1"), strict=True):
        data = clone / prefix / "data"
        assert gaigai("--data", str(data), "git-setup").status == 0
        run = gaigai("--data", str(data), "update", item, "--summary", "甲。", "--commit")
        assert run.status == 0, run.err
    git(clones[1], "push", "-q")

    git(clones[0], *PULL)

    log = clones[0] / prefix / "data" / "progress" / "县财政局.yaml"
    assert log.read_text(encoding="utf-8").count("- id:") == 2
    git(clones[0], "push", "-q")


def test_next_years_list_is_set_up_beside_this_years(gaigai: Gaigai, one: Path) -> None:
    setup(gaigai, one)
    shutil.copytree(one / "data", one / "2025" / "data")
    git(one, "add", ".")
    git(one, "commit", "-q", "--no-verify", "-m", "2025年清单")
    assert gaigai("--data", str(one / "2025" / "data"), "git-setup").status == 0

    for folder in ("data", "2025/data"):
        log = one / folder / "progress" / "县财政局.yaml"
        log.parent.mkdir()
        log.write_text(BAD, encoding="utf-8")
        git(one, "add", str(log))
        assert refused(one, "commit", "-q", "-m", "x").startswith(f"{folder}/progress/")
        git(one, "rm", "-q", "-f", str(log))


def test_a_linked_working_tree(gaigai: Gaigai, one: Path) -> None:
    setup(gaigai, one)
    tree = one.parent / "另一处"
    git(one, "worktree", "add", "-q", str(tree))
    setup(gaigai, one)
    git(tree, "-c", "core.editor=echo 说明 >", "commit", "-q", "--allow-empty")
    (tree / LOG).parent.mkdir()
    (tree / LOG).write_text(BAD, encoding="utf-8")
    git(tree, "add", ".")

    assert "99.9" in refused(tree, "commit", "-q", "-m", "x")


def test_no_repository(gaigai: Gaigai, tmp_path: Path, one: Path) -> None:
    shutil.copytree(one / "data", tmp_path / "孤" / "data")

    run = at(gaigai, tmp_path / "孤", "git-setup")

    assert (run.status, run.err) == (
        2,
        f"错误：“{tmp_path / '孤' / 'data'}”不在 git 仓库里。请先在清单所在的文件夹运行 git init，或克隆已有的仓库。\n",
    )


# Code owners

PEOPLE = """\
people:
  - name: 示例甲
    emails: [a@example.invalid]
    account: jia
    units: [县工改办]
  - name: 示例丙
    emails: [c@example.invalid, cc@example.invalid]
    units: [县财政局]
"""


def test_code_owners(gaigai: Gaigai, one: Path) -> None:
    (one / "data" / "reviewers.yaml").write_text(PEOPLE, encoding="utf-8")

    assert (
        setup(gaigai, one, "--codeowners", "github").out
        == "已写入 .github/CODEOWNERS，请提交并推送。\n"
    )
    assert (
        setup(gaigai, one, "--codeowners", "gitlab").out
        == "已写入 .gitlab/CODEOWNERS，请提交并推送。\n"
    )

    text = (one / ".github" / "CODEOWNERS").read_text(encoding="utf-8")
    assert text == (
        "# 由 gaigai git-setup --codeowners 按 data/reviewers.yaml 生成，改动那个文件后请重新生成\n"
        "* @jia\n"
        "/data/progress/县财政局.yaml c@example.invalid @jia\n"
        "/data/progress/县财政局/ c@example.invalid @jia\n"
        "/data/evidence/县财政局/ c@example.invalid @jia\n"
    )
    assert (one / ".gitlab" / "CODEOWNERS").read_text(encoding="utf-8") == text
    run = at(gaigai, one, "git-setup", "--codeowners", "gitea")
    assert (run.status, run.err) == (
        2,
        "错误：reviewers.yaml 里示例丙没有写账号（account），这个平台只认账号。请补上各人在平台上的账号。\n",
    )
    people = PEOPLE.replace("    units: [县财政局]", "    account: bing\n    units: [县财政局]")
    (one / "data" / "reviewers.yaml").write_text(people, encoding="utf-8")
    assert setup(gaigai, one, "--codeowners", "gitea", "--dry-run").out.splitlines()[1:] == [
        ".* @jia",
        r"data/progress/县财政局\\.yaml @bing @jia",
        "data/progress/县财政局/.* @bing @jia",
        "data/evidence/县财政局/.* @bing @jia",
    ]
    assert not (one / ".gitea").exists()


def test_code_owners_of_somebody_else_stay(gaigai: Gaigai, one: Path) -> None:
    (one / "data" / "reviewers.yaml").write_text(PEOPLE, encoding="utf-8")
    (one / ".github").mkdir()
    (one / ".github" / "CODEOWNERS").write_text("* @a\n", encoding="utf-8")

    run = at(gaigai, one, "git-setup", "--codeowners", "github")

    assert run.err == (
        "错误：.github/CODEOWNERS 不是 gaigai 生成的，没有覆盖。请先移走它，或用 --dry-run 看内容后自己合并。\n"
    )


@pytest.mark.parametrize("forge", ["gitlab", "gitea"])
def test_code_owners_that_the_forge_would_not_read(gaigai: Gaigai, one: Path, forge: str) -> None:
    (one / "docs").mkdir()
    (one / "docs" / "CODEOWNERS").write_text("* @a\n", encoding="utf-8")

    assert at(gaigai, one, "git-setup", "--codeowners", forge).err == (
        f"错误：仓库里已有 docs/CODEOWNERS，平台只读它，不读 .{forge}/CODEOWNERS。请先移走 docs/CODEOWNERS。\n"
    )


def test_code_owners_of_a_folder_with_a_strange_name(gaigai: Gaigai, one: Path) -> None:
    folder = "资 料[1]#" if os.name == "nt" else "资 料[1]#\\"
    shutil.move(one / "data", one / folder / "data")
    (one / folder / "data" / "reviewers.yaml").write_text(
        PEOPLE.replace("    units: [县财政局]", "    account: bing\n    units: [县财政局]"),
        encoding="utf-8",
    )

    def second_line(forge: str) -> str:
        data = ("--data", str(one / folder / "data"))
        run = gaigai(*data, "git-setup", "--codeowners", forge, "--dry-run")
        return run.out.splitlines()[2].split(" @")[0]

    back = "" if os.name == "nt" else r"\\"
    assert second_line("gitlab") == rf"/资\ 料\[1\]\#{back}/data/progress/县财政局.yaml"
    assert second_line("gitea") == (rf"资\ 料\\[1\\]\#{back}{back}/data/progress/县财政局\\.yaml")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--codeowners", "github"),
         "没有 reviewers.yaml，不知道谁为哪个单位登记。请先写 reviewers.yaml，格式见 gaigai schema reviewers。"),
        (("--codeowners", "gitee"), "--codeowners 没有“gitee”这一种。是否要写“gitea”？可写：github、gitlab、gitea。"),
        (("--undo", "--unit", "县财政局"), "--unit（本机属于哪个单位）在这里不起作用。请去掉，用法见 gaigai git-setup --help。"),
        (("--unit", "县教育局"), "没有“县教育局”这个单位。是否要写“县财政局”？运行 gaigai --data … depts 查看全部单位。"),
        (("--at", "HEAD"), "gaigai git-setup 只用于现在的仓库，不能用 --at。请去掉 --at。"),
        (("--as-of", "今天"), "gaigai git-setup 不分日期，没有 --as-of 这个选项。"),
        (("甲",), "“甲”是多余的。运行 gaigai git-setup --help 查看用法。"),
    ],
)  # fmt: skip
def test_wrong_words(gaigai: Gaigai, one: Path, words: tuple[str, ...], said: str) -> None:
    run = at(gaigai, one, "git-setup", *words)

    assert (run.status, run.out) == (2, "")
    assert run.err.replace(its_list(one), "--data …") == f"错误：{said}\n"


def test_writing_commands_name_sync_then(
    gaigai: Gaigai, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(one)
    words = ("update", "16.2", "--summary", "甲。")
    by_hand = gaigai(*words).out
    setup(gaigai, one)

    assert "下一步：请提交 progress/县财政局.yaml 并推送，别人才能看到。\n" in by_hand
    assert "下一步：运行 gaigai sync 提交并推送，别人才能看到。\n" in gaigai(*words).out
