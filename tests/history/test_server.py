"""A bare repository with the ready ``pre-receive``: what breaks a rule is refused, with the sentence that helps."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.history import test_review as broken
from tests.history.attempts import LOG
from tests.history.repo import Repo, configure, copy_of, id_of, model_repo, record
from tests.program import Gaigai, Run

SCRIPT = Path(__file__).parents[2] / "docs" / "server" / "pre-receive"
NOW = "2024-06-15T09:00:00"

pytestmark = [
    pytest.mark.usefixtures("ready"),
    pytest.mark.external("git"),
    pytest.mark.skipif(os.name == "nt", reason="the script is for a server with a POSIX shell"),
]


@pytest.fixture(name="made", scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return model_repo(tmp_path_factory.mktemp("server") / "仓库")


class Server:
    """A bare repository that the clone's ``origin`` is."""

    def __init__(
        self, folder: Path, clone: Repo, *, empty: bool = False, options: str = ""
    ) -> None:
        self.clone, self.bare, self.options = clone, folder / "服务 器.git", options
        self.data = "data"
        source = (
            ["init", "--bare", "-q", "-b", "main"]
            if empty
            else ["clone", "--bare", "-q", str(clone.top)]
        )
        clone.git(*source, str(self.bare))
        clone.git("remote", "add", "origin", str(self.bare))
        hook = self.bare / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        shutil.copy(SCRIPT, hook)
        self.program = folder / "gaigai"
        self.program.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" -P -m gaigai_cli "$@"\n', encoding="utf-8"
        )
        self.program.chmod(0o755)

    def push(self, *words: str, now: str = NOW) -> str:
        """What the pusher sees where the push is refused; nothing where it is taken."""
        before = self.refs()
        done = subprocess.run(
            ["git", "push", "-q", "origin", *words],
            cwd=self.clone.top,
            env=os.environ
            | {"GAIGAI": str(self.program), "GAIGAI_NOW": now}
            | {"OPTIONS": self.options, "DATA": self.data},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode == 0:
            assert self.refs() != before
            return ""
        assert self.refs() == before
        said = [line.removeprefix("remote:").strip() for line in done.stderr.splitlines()]
        return "\n".join(line for line in said if line)

    def start_at(self, commit: str) -> None:
        """Let the server have what the clone calls ``commit``, without asking anybody."""
        spec = f"+{commit}:refs/heads/main"
        self.clone.git("-C", str(self.bare), "fetch", "-q", str(self.clone.top), spec)

    def refs(self) -> str:
        return subprocess.run(
            ["git", "for-each-ref"],
            cwd=self.bare,
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout


@pytest.fixture(name="server")
def _server(made: Repo, tmp_path: Path) -> Server:
    return Server(tmp_path, copy_of(made, tmp_path / "仓库"))


@pytest.mark.parametrize(
    ("breaks", "sentence"),
    [
        (broken.changed, "记录只增不改，请恢复原样；有错的由原单位用 gaigai correct 另记更正"),
        (broken.not_allowed, "请由该单位的登记人提交"),
        (broken.list_edited, "清单、单位和规则只由示例办改动，请恢复原样"),
    ],
)
def test_what_breaks_a_rule_is_refused(server: Server, breaks: object, sentence: str) -> None:
    assert callable(breaks)
    breaks(server.clone)

    said = server.push("main").replace("\n", "")

    assert sentence in said
    assert "以上问题改正后再推送到 main。" in said


def test_what_is_sound_is_taken(server: Server) -> None:
    broken.sound(server.clone)

    assert server.push("main") == ""


def test_a_push_is_taken_where_scratch_files_lie_on_another_file_system(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [place for place in (Path("/dev/shm"), Path("/tmp")) if place.is_dir()]
    other = next((p for p in others if p.stat().st_dev != tmp_path.stat().st_dev), None)
    if other is None:
        pytest.skip("one file system only")
    monkeypatch.setenv("TMPDIR", str(other))
    broken.sound(server.clone)

    assert server.push("main") == ""


def test_history_is_kept(server: Server) -> None:
    broken.sound(server.clone)
    server.push("main")
    server.clone.git("reset", "-q", "--hard", "base")
    server.clone.append("示例乙局", record(10, "2.1"))
    server.clone.commit("另起", "乙")

    assert server.push("--force", "main").startswith(
        "不能改写 main 的历史（强制推送）。请先运行 git pull，或用 gaigai sync。\n"
    )
    assert server.push("--delete", "main").startswith("不能删除分支 main：历史要保留。\n")


def test_a_new_branch_is_compared_with_the_main_one(server: Server) -> None:
    broken.changed(server.clone)

    assert "以上问题改正后再推送到 另一。" in server.push("main:refs/heads/另一")


def test_the_first_push_of_all(made: Repo, tmp_path: Path) -> None:
    server = Server(tmp_path, copy_of(made, tmp_path / "仓库"), empty=True)

    assert server.push("main") == ""


def test_only_branches_and_tags_are_taken(server: Server) -> None:
    broken.sound(server.clone)
    tip = server.clone.git("rev-parse", "HEAD")

    for ref in ("refs/replace/" + tip, "refs/notes/commits", "refs/x/y"):
        assert server.push(f"HEAD:{ref}").startswith(f"不接收 {ref}：只能推送分支和标签。\n")


def test_names_that_would_be_taken_for_others_are_refused(server: Server) -> None:
    """Each is told by itself, whatever else is pushed with it; a name in Chinese is as good as any."""
    head = server.clone.head
    names = ("Main", "MAIN/旁", "HEAD", head, head[:8], "-x", "aux", "甲|乙")
    refs = (*(f"HEAD:refs/heads/{name}" for name in names), "HEAD:refs/tags/main")

    said = server.push(*refs).split("请换一个名称再推送。\n")

    known, twin = "git 会把它当作别的提交", "已有分支或标签叫“main”，同名或只差大小写的会混淆"
    device, sign = "这是 Windows 保留的设备名", "含有“|”"
    reasons = (twin, twin, known, known, known, "不能以“-”开头", device, sign, twin)
    told = zip((*names, "main"), reasons, strict=True)
    assert said[:-1] == sorted(
        (f"{name} 这个名称不能用：{reason}。" for name, reason in told), key=said.index
    )
    assert server.push("HEAD:refs/heads/甲") == ""


def test_on_a_new_branch_people_count_as_on_the_main_one(server: Server) -> None:
    """Where it leaves that, nobody was listed yet."""
    clone = server.clone
    clone.git("rm", "-q", "data/reviewers.yaml")
    clone.commit("未设登记人", "主任")
    clone.git("branch", "旁")
    clone.git("checkout", "base", "--", "data/reviewers.yaml")
    clone.commit("设登记人", "主任")
    server.start_at(clone.head)
    clone.git("switch", "-q", "旁")
    broken.not_allowed(clone)

    assert "请由该单位的登记人提交" in server.push("旁")


def test_a_tag_stands_on_a_branch_and_stays(server: Server) -> None:
    broken.changed(server.clone)
    server.clone.git("tag", "旁路")

    assert "所指的提交不在任何分支上" in server.push("旁路")

    server.clone.git("tag", "印发", "base")
    assert server.push("印发") == ""
    server.clone.git("tag", "-f", "印发", "HEAD")
    assert "标签 印发 不能移动或删除" in server.push("--force", "印发")
    assert "标签 印发 不能移动或删除" in server.push("--delete", "印发")


def test_a_branch_without_common_history_is_not_taken(server: Server) -> None:
    server.clone.git("switch", "-q", "--orphan", "另起")
    server.clone.write("tasks.yaml", "x\n")
    server.clone.commit("另起", "乙")

    assert "与服务器上的清单没有共同的历史，不能审阅" in server.push("另起")


def test_a_branch_from_before_the_list_is_not_taken(made: Repo, tmp_path: Path) -> None:
    clone = copy_of(made, tmp_path / "仓库")
    server = Server(tmp_path, clone, empty=True)
    configure(clone.top, {"user.name": "乙", "user.email": "yi@example.invalid"})
    listed = clone.git("rev-parse", "HEAD^{tree}")
    clone.git("switch", "-q", "--orphan", "说明")
    (clone.top / "README").write_text("示例\n", encoding="utf-8")
    clone.commit("说明", "甲")
    before = clone.git("rev-parse", "HEAD")
    main = clone.git("commit-tree", listed, "-p", before, "-m", "清单")
    server.start_at(main)
    clone.git("reset", "-q", "--hard", main)
    broken.changed(clone)
    aside = clone.git("commit-tree", "HEAD^{tree}", "-p", before, "-m", "另起")

    for commit in (aside, before):
        said = server.push(f"{commit}:refs/heads/另起")
        assert said.startswith("分支 另起 与服务器上的清单没有共同的历史，不能审阅")


def test_where_no_list_is_nothing_is_taken(server: Server) -> None:
    broken.changed(server.clone)
    server.data = "别处"

    said = server.push("main")

    assert said.startswith("分支 main 里没有清单 别处/tasks.yaml。请先推送清单，")


def test_a_tree_with_one_name_twice_is_not_taken(server: Server) -> None:
    clone = server.clone
    blob = clone.git("rev-parse", "HEAD:data/tasks.yaml")
    entry = b"100644 x\0" + bytes.fromhex(blob)
    tree = subprocess.run(
        ["git", "hash-object", "-w", "-t", "tree", "--stdin", "--literally"],
        cwd=clone.top, input=entry + entry, capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    configure(clone.top, {"user.name": "乙", "user.email": "yi@example.invalid"})
    commit = clone.git("commit-tree", tree, "-p", "HEAD", "-m", "x")

    assert "推送的内容不完好，不能接收" in server.push(f"{commit}:refs/heads/main")


@pytest.fixture(name="at_desk")
def _at_desk(server: Server, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """The program as 甲 runs it in the clone; the server's hook runs with the same clock."""
    who = {"user.name": "甲", "user.email": "jia@example.invalid", "gaigai.unit": "示例甲局"}
    configure(server.clone.top, who)
    server.clone.git("fetch", "-q", "origin")
    for name, value in (("GAIGAI", str(server.program)), ("DATA", "data"), ("OPTIONS", "")):
        monkeypatch.setenv(name, value)

    def run(*words: str, now: str = NOW) -> Run:
        for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            monkeypatch.setenv(name, f"{now}+08:00")
        return gaigai("--data", str(server.clone.data), *words, GAIGAI_NOW=now)

    return run


@pytest.mark.parametrize("commit", [(), ("--commit",)])
def test_whose_correction_was_overtaken_by_a_ruling_voids_it(
    server: Server, at_desk: Callable[..., Run], commit: tuple[str, ...]
) -> None:
    """What was decided stays, and the way out that the refusal names is taken."""
    clone, corrects = server.clone, id_of(10, "2024-06-11")
    applied = record(10, "1.1", "申请销号", day="2024-06-11", evidence="[示例〔2024〕15号]")
    clone.append("示例甲局", applied)
    clone.commit("申请销号", day="2024-06-11")
    together = clone.head
    ruling = record(11, "1.1", "核验销号", day="2024-06-13", answers=f"[{corrects}]")
    clone.append("示例办", ruling)
    clone.commit("核验销号", "主任", day="2024-06-13")
    server.start_at(clone.head)
    clone.git("reset", "-q", "--hard", together)
    words = ("--set", "佐证=随便一个号", "--reason", "填报有误。", *commit)
    assert at_desk("correct", corrects, *words, now="2024-06-12T09:00:00").status == 0
    correction = next(w for w in clone.read(LOG).split() if w.startswith("20240612-"))

    refused = at_desk("sync")
    assert refused.status == 2
    assert f"请用 gaigai correct {correction} --void 作废这条更正" in refused.err.replace("\n", "")

    other = at_desk("correct", correction, "--set", "更正理由=别的。", "--reason", "误记。")
    assert "它还没有送出，也可以作废（--void）" in other.err

    void = ("correct", correction, "--void", "--reason", "已经核验。", *commit)
    assert at_desk(*void).status == 0
    assert at_desk("sync").status == 0
    assert "随便一个号" not in at_desk("show", "1.1").out
    assert server.clone.git("rev-parse", "HEAD") in server.refs()
    again = at_desk(*void)
    assert again.status == 2
    assert "本身是更正，不能再更正" in again.err  # others have it by now


def test_without_the_program_nothing_is_taken(server: Server) -> None:
    broken.sound(server.clone)
    server.program.unlink()

    assert server.push("main") != ""
