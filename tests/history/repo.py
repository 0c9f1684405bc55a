"""Real repositories with a small list, and people who commit to them at known times."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gaigai_cli.store.files import sha256_of

BASE = Path(__file__).parent.parent / "check" / "base"

PEOPLE = """\
people:
  - name: 甲
    emails: [jia@example.invalid]
    units: [甲局]
  - name: 乙
    emails: [yi@example.invalid, yi2@example.invalid]
    units: [示例乙局]
  - name: 主任
    emails: [office@example.invalid]
    units: [示例办]
"""
SIGNED = "# 示例通报\n".encode()
ISSUED = f"""{{"period": "2024-05", "number": "1", "issued": "2024-06-01", "program": "0", "commit": null,
"file": {{"name": "2024-05.md", "sha256": "{sha256_of(SIGNED)}"}}, "report": {{}}}}
"""
EMAILS = {
    "甲": "jia@example.invalid",
    "乙": "YI2@example.invalid",
    "主任": "office@example.invalid",
    "路人": "who@example.invalid",
}


def record(
    number: int, item: str, kind: str = "进展", *, day: str = "2024-06-10", **more: str
) -> str:
    """A record in the house style; its number says that it was recorded at nine o'clock of its day."""
    recorded = more.pop("recorded", day).replace("-", "")
    fields = {"item": f'"{item}"', "date": day, "kind": kind}
    fields |= {} if kind in ("申请销号", "核验销号") else {"summary": "正在推进。"}
    lines = [f"  - id: {recorded}-090000-{number:08x}"]
    lines += [f"    {name}: {value}" for name, value in {**fields, **more}.items()]
    return "\n".join(lines) + "\n"


def id_of(number: int, day: str = "2024-06-10") -> str:
    return f"{day.replace('-', '')}-090000-{number:08x}"


def configure(clone: Path, settings: Mapping[str, str]) -> None:
    """Set what `git config` would set, without a process for each."""
    lines = []
    for name, value in settings.items():
        section, _, rest = name.partition(".")
        part, _, key = rest.rpartition(".")
        head = f'{section} "{part}"' if part else section
        quoted = value.replace("\\", r"\\").replace('"', r"\"")
        lines.append(f'[{head}]\n\t{key} = "{quoted}"\n')
    with (clone / ".git" / "config").open("a", encoding="utf-8", newline="\n") as config:
        config.writelines(lines)


@dataclass
class Repo:
    """A repository at ``top`` with the data in ``top/data``. Every commit is a minute later than the one before."""

    top: Path
    minute: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.top / "data"

    def git(self, *words: str, **settings: str) -> str:
        done = subprocess.run(
            ["git", *words],
            cwd=self.top,
            env=os.environ | {"GIT_CONFIG_NOSYSTEM": "1"} | dict(self.settings) | settings,
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        return done.stdout.strip()

    def write(self, name: str, text: str) -> None:
        path = self.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def read(self, name: str) -> str:
        return (self.data / name).read_text(encoding="utf-8")

    def append(self, unit: str, text: str, file: str = "") -> None:
        name = file or f"progress/{unit}.yaml"
        old = self.read(name) if (self.data / name).exists() else f"unit: {unit}\nrecords:\n"
        self.write(name, old + text)

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert old in text
        self.write(name, text.replace(old, new))

    @property
    def head(self) -> str:
        """The hash of the last commit."""
        return self.git("rev-parse", "HEAD")

    def commit(self, message: str, by: str = "甲", *options: str, day: str = "2024-06-12") -> None:
        """Commit all there is."""
        self.git("add", "-A")
        self.committed("commit", "-q", "--allow-empty", "-m", message, *options, by=by, day=day)

    def committed(self, *words: str, by: str = "甲", day: str = "2024-06-12") -> None:
        """Run a command that commits, as a person at a time."""
        self.minute += 1
        when = f"{day}T10:{self.minute:02}:00+08:00"
        self.git(
            *words,
            GIT_AUTHOR_NAME=by,
            GIT_AUTHOR_EMAIL=EMAILS[by],
            GIT_AUTHOR_DATE=when,
            GIT_COMMITTER_NAME=by,
            GIT_COMMITTER_EMAIL=EMAILS[by],
            GIT_COMMITTER_DATE=when,
        )


def new_repo(top: Path, *, people: bool = True) -> Repo:
    """The small list of the checks' cases with one record of 示例甲局 and one of 示例乙局, committed and tagged base."""
    top.mkdir(parents=True)
    repo = Repo(top)
    repo.git("init", "-q", "-b", "main")
    configure(top, {"core.autocrlf": "false"})
    shutil.copytree(BASE, repo.data)
    if people:
        repo.write("reviewers.yaml", PEOPLE)
    repo.append("示例甲局", record(1, "1.1", day="2024-05-20", percent="30"))
    repo.append("示例乙局", record(2, "2.1", day="2024-05-21"))
    evidence = repo.data / "evidence" / "示例甲局" / "说明.txt"
    evidence.parent.mkdir(parents=True)
    evidence.write_bytes(b"example\n")
    kept = f"[{{file: evidence/示例甲局/说明.txt, sha256: {sha256_of(b'example' + bytes([10]))}}}]"
    repo.append("示例甲局", record(3, "1.2", day="2024-05-22", evidence=kept))
    issued = repo.top / "reports" / "issued" / "2024-05.json"
    issued.parent.mkdir(parents=True)
    issued.write_text(ISSUED, encoding="utf-8", newline="\n")
    issued.with_suffix(".md").write_bytes(SIGNED)
    repo.commit("清单", "主任", day="2024-06-01")
    repo.git("tag", "base")
    return repo


def model_repo(top: Path, *, people: bool = True) -> Repo:
    """The same, to be copied: all of its objects are in one file."""
    repo = new_repo(top, people=people)
    repo.git("repack", "-a", "-d", "-q")
    return repo


def copy_of(repo: Repo, top: Path) -> Repo:
    """The same repository somewhere else, quicker than made anew."""
    shutil.copytree(repo.top, top)
    return Repo(top, minute=repo.minute)
