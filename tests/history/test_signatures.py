"""``review --require-signed`` with real keys: ssh and gpg."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.history.codes import keep_example
from tests.history.repo import EMAILS, Repo, configure, new_repo, record
from tests.program import Gaigai, Run, SameAsFile

NOW = "2024-06-15T09:00:00"
JIA = "jia@example.invalid"


def review(gaigai: Gaigai, repo: Repo) -> Run:
    return gaigai(
        "review", "base", "--require-signed", "--format", "json", "--data", str(repo.data), GAIGAI_NOW=NOW
    )  # fmt: skip


def codes(run: Run) -> set[str]:
    return {v["code"] for v in json.loads(run.out)["violations"]}


def keep(code: str, run: Run, same_as_file: SameAsFile) -> None:
    """Keep the violation of that code for the index of codes."""
    one = next(v for v in json.loads(run.out)["violations"] if v["code"] == code)
    keep_example(same_as_file, code, one["message"], one["remedy"])


def ssh_key(folder: Path, name: str) -> str:
    """A new key; its public half."""
    file = folder / name
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"{name} key", "-f", str(file)]
    subprocess.run(words, check=True, capture_output=True)
    return file.with_suffix(".pub").read_text(encoding="utf-8").strip()


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Keys of 甲 and 乙 in reviewers.yaml; 路人 has one too, that nobody lists."""
    repo = new_repo(tmp_path / "仓 库")
    keys = {name: ssh_key(tmp_path, name) for name in ("jia", "yi", "who")}
    people = repo.read("reviewers.yaml").splitlines(keepends=True)
    people.insert(4, f'    keys: ["{keys["jia"]}"]\n')
    people.insert(8, f'    keys: ["{keys["yi"]}"]\n')
    repo.write("reviewers.yaml", "".join(people))
    repo.commit("公钥", "主任")
    repo.git("tag", "-f", "base")
    return repo


def sign_with(repo: Repo, key: str, by: str, *, number: int = 10, unit: str = "示例甲局") -> None:
    repo.append(unit, record(number, "1.1" if unit == "示例甲局" else "2.1"))
    configure(repo.top, {"gpg.format": "ssh", "user.signingKey": str(repo.top.parent / key)})
    repo.commit("报进展", by, "-S")


@pytest.mark.external("git", "ssh-keygen")
def test_signed_by_a_listed_person(gaigai: Gaigai, repo: Repo) -> None:
    sign_with(repo, "jia", "甲")
    sign_with(repo, "yi", "乙", number=20, unit="示例乙局")

    run = review(gaigai, repo)

    assert (run.status, codes(run)) == (0, set())
    assert json.loads(run.out)["signed"] is True


@pytest.mark.external("git", "ssh-keygen")
def test_not_signed(gaigai: Gaigai, repo: Repo, same_as_file: SameAsFile) -> None:
    repo.append("示例甲局", record(10, "1.1"))
    repo.commit("报进展")

    run = review(gaigai, repo)

    assert (run.status, codes(run)) == (1, {"unsigned"})
    keep("unsigned", run, same_as_file)


@pytest.mark.external("git", "ssh-keygen")
def test_signed_with_a_key_that_nobody_lists(gaigai: Gaigai, repo: Repo) -> None:
    sign_with(repo, "who", "甲")

    assert codes(review(gaigai, repo)) == {"unsigned"}


@pytest.mark.external("git", "ssh-keygen")
def test_signed_with_a_key_that_the_range_lists(gaigai: Gaigai, repo: Repo) -> None:
    """The keys are those of the base: nobody lets himself in."""
    key = (repo.top.parent / "who.pub").read_text(encoding="utf-8").strip()
    repo.replace(
        "reviewers.yaml",
        "people:\n",
        f'people:\n  - {{name: 丙, emails: [{EMAILS["路人"]}], units: [示例办], keys: ["{key}"]}}\n',
    )
    sign_with(repo, "who", "路人")

    assert codes(review(gaigai, repo)) == {"unsigned", "reviewers-edited"}


@pytest.mark.external("git", "ssh-keygen")
def test_in_another_persons_name(gaigai: Gaigai, repo: Repo, same_as_file: SameAsFile) -> None:
    """乙 signs, and says that 甲 wrote it: who signed is who did it."""
    sign_with(repo, "yi", "甲")

    run = review(gaigai, repo)

    assert codes(run) == {"signer-differs", "not-allowed"}
    keep("signer-differs", run, same_as_file)


@pytest.mark.external("git", "ssh-keygen")
def test_altered_after_signing(gaigai: Gaigai, repo: Repo) -> None:
    sign_with(repo, "jia", "甲")
    content = repo.git("cat-file", "commit", "HEAD").replace("报进展", "报了进展")
    forged = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=repo.top,
        input=f"{content}\n".encode(),
        capture_output=True,
        check=True,
    ).stdout.decode().strip()  # fmt: skip
    repo.git("reset", "-q", "--hard", forged)

    assert codes(review(gaigai, repo)) == {"unsigned"}


@pytest.mark.skipif(os.name == "nt", reason="shell scripts, links, file modes")
@pytest.mark.external("git", "ssh-keygen")
def test_the_repository_names_no_program(gaigai: Gaigai, repo: Repo) -> None:
    """A repository that would check its signatures itself."""
    sign_with(repo, "who", "甲")
    trap = repo.top.parent / "trap"
    trap.write_text(
        f'#!/bin/sh\ntouch "{trap}.sprung"\necho \'Good "git" signature for x\'\n', encoding="utf-8"
    )
    trap.chmod(0o755)
    programs = ("gpg.program", "gpg.ssh.program", "gpg.openpgp.program", "gpg.x509.program")
    allowed = repo.top.parent / "all"
    allowed.write_text(
        f"* {(repo.top.parent / 'who.pub').read_text(encoding='utf-8')}", encoding="utf-8"
    )
    more = {"gpg.ssh.allowedSignersFile": str(allowed), "log.showSignature": "true"}
    configure(repo.top, dict.fromkeys(programs, str(trap)) | more)

    assert codes(review(gaigai, repo)) == {"unsigned"}
    assert gaigai("log", "--data", str(repo.data)).status == 0
    report = ("update", "1.1", "--unit", "示例甲局", "--summary", "示例。", "--by", "甲")
    assert gaigai(*report, "--data", str(repo.data), GAIGAI_NOW="2024-06-14T15:30:12").status == 0
    assert not trap.with_suffix(".sprung").exists()


@pytest.mark.skipif(os.name == "nt", reason="shell scripts, links, file modes")
@pytest.mark.external("git", "ssh-keygen")
def test_no_program_to_check_with(
    gaigai: Gaigai, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    git = shutil.which("git")
    assert git
    (tools / "git").symlink_to(git)
    monkeypatch.setenv("PATH", str(tools))

    run = review(gaigai, repo)

    assert (run.status, run.out) == (2, "")
    assert (
        run.err
        == "错误：没有找到 ssh-keygen，不能核对签名。请安装 ssh-keygen，或不用 --require-signed。\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="shell scripts, links, file modes")
@pytest.mark.external("git", "gpg")
def test_gpg(gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "g"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    make = [
        "gpg",
        "--batch",
        "--passphrase",
        "",
        "--quick-gen-key",
        JIA,
        "ed25519",
        "sign",
        "never",
    ]
    subprocess.run(make, check=True, capture_output=True)
    listed = subprocess.run(["gpg", "--with-colons", "-K"], check=True, capture_output=True)
    key = next(w.split(":")[9] for w in listed.stdout.decode().splitlines() if w.startswith("fpr:"))
    repo = new_repo(tmp_path / "仓库")
    repo.replace("reviewers.yaml", "    units: [甲局]\n", f"    units: [甲局]\n    keys: [{key}]\n")
    repo.commit("公钥", "主任")
    repo.git("tag", "-f", "base")
    repo.append("示例甲局", record(10, "1.1"))
    repo.git("config", "user.signingKey", key)
    repo.commit("报进展", "甲", "-S")

    assert codes(review(gaigai, repo)) == set()
    repo.append("示例甲局", record(11, "1.1"))
    repo.commit("报进展", "甲")
    assert codes(review(gaigai, repo)) == {"unsigned"}
    subprocess.run(
        ["gpgconf", "--kill", "all"], check=False, env=os.environ | {"GNUPGHOME": str(home)}
    )


def test_no_reviewers(gaigai: Gaigai, tmp_path: Path) -> None:
    repo = new_repo(tmp_path / "仓库", people=False)

    run = review(gaigai, repo)

    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "错误：base 里没有 reviewers.yaml，不知道该由谁签名。"
        "请先设立 reviewers.yaml，写明各登记人的公钥（keys）。\n"
    )
