"""The ready CI files, as far as they can be tried without their forges: form, safety, and their own commands run by bash."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.history.repo import Repo, new_repo, record

CI = Path(__file__).parents[2] / "docs" / "ci"
pytestmark = pytest.mark.usefixtures("ready")
NAMES = ("github", "gitea", "gitlab", "gitee")


def loaded(name: str) -> Any:
    return yaml.safe_load((CI / f"{name}.yml").read_text(encoding="utf-8"))


def commands(name: str) -> list[str]:
    """The commands in the order in which the forge runs them, those that install left out."""
    file = loaded(name)
    if name in ("github", "gitea"):
        found = [step["run"] for step in file["jobs"]["review"]["steps"] if "run" in step]
    elif name == "gitlab":
        found = [*file["台账审阅"]["before_script"], *file["台账审阅"]["script"]]
    else:
        found = file["stages"][0]["steps"][0]["commands"]
    assert any(command.startswith("pip install") for command in found)
    return [command for command in found if not command.startswith("pip install")]


@pytest.fixture
def clone(tmp_path: Path) -> Repo:
    """What a forge checks out: a clone of a repository whose main branch is called master, on a branch of its own."""
    origin = new_repo(tmp_path / "仓库")
    origin.git("branch", "-m", "master")
    origin.git("clone", "-q", ".", "../工作区")
    clone = Repo(tmp_path / "工作区", minute=10)
    clone.git("switch", "-q", "-c", "feature")
    return clone


def run(name: str, clone: Repo) -> "subprocess.CompletedProcess[str]":
    """Every command in one shell that ends with the first failure."""
    program = clone.top.parent / "bin"
    program.mkdir(exist_ok=True)
    gaigai = program / "gaigai"
    gaigai.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gaigai_cli "$@"\n', encoding="utf-8")
    gaigai.chmod(0o755)
    settings = {
        "PATH": f"{program}{os.pathsep}{os.environ['PATH']}",
        "GAIGAI_NOW": "2024-06-15T09:00:00",
        "BASE": clone.git("rev-parse", "origin/master"),
        "HEAD": clone.git("rev-parse", "HEAD"),
        "GITHUB_STEP_SUMMARY": str(clone.top.parent / "summary.md"),
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "master",
        "CI_COMMIT_SHA": clone.git("rev-parse", "HEAD"),
        "GITEE_BRANCH": "master",
        "GITEE_SOURCE_COMMIT": clone.git("rev-parse", "HEAD"),
    }
    script = "set -e\n" + "\n".join(commands(name))
    return subprocess.run(
        ["bash", "-c", script], cwd=clone.top, env=os.environ | settings, capture_output=True, check=False, encoding="utf-8"
    )  # fmt: skip


needs_bash = pytest.mark.skipif(
    os.name == "nt" or shutil.which("bash") is None, reason="the forges' shells are bash"
)


@needs_bash
@pytest.mark.parametrize("name", ["gitlab", "gitee"])
def test_sound(name: str, clone: Repo) -> None:
    clone.append("示例甲局", record(10, "1.1"))
    clone.commit("报进展")

    done = run(name, clone)

    assert done.returncode == 0, done.stderr
    assert "未发现问题：共检查" in done.stdout


@needs_bash
@pytest.mark.parametrize("name", NAMES)
def test_broken(name: str, clone: Repo) -> None:
    clone.replace("progress/示例甲局.yaml", "percent: 30", "percent: 80")
    clone.commit("改数")

    done = run(name, clone)

    assert done.returncode == 1
    assert "完成百分比由“30”改为“80”" in done.stdout
    pages = {"github": clone.top.parent / "summary.md", "gitlab": clone.top / "审阅.md"}
    if name in pages:
        assert "**共1个提交：违反登记规则1处。**" in pages[name].read_text(encoding="utf-8")


def test_nobodys_words_reach_a_shell() -> None:
    """An expression in a script would be replaced before the shell reads it; only settings are safe."""
    for name in NAMES:
        assert not any("${{" in command for command in commands(name))
        assert "pull_request_target" not in (CI / f"{name}.yml").read_text(encoding="utf-8")


def test_every_file_is_listed() -> None:
    readme = (CI / "README.md").read_text(encoding="utf-8")

    assert set(re.findall(r"\]\((\w+)\.yml\)", readme)) == set(NAMES)
    assert {path.stem for path in CI.glob("*.yml")} == set(NAMES)


def test_all_commits_are_fetched() -> None:
    for name in ("github", "gitea"):
        assert loaded(name)["jobs"]["review"]["steps"][0]["with"] == {"fetch-depth": 0}
    assert loaded("gitlab")["台账审阅"]["variables"] == {"GIT_DEPTH": "0"}
