"""A bare repository with a list in it, and clones of it."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.history.repo import configure
from tests.transcript import SHIPPED


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


def served(folder: Path, *, prefix: str = "") -> Path:
    """A bare repository with the shipped list in ``<prefix>data``."""
    bare, seed = folder / "服务器.git", folder / "种子"
    shutil.copytree(SHIPPED, seed / prefix / "data")
    git(seed, "init", "-q", "-b", "main")
    identify(seed, "示例甲")
    git(seed, "add", ".")
    git(seed, "commit", "-q", "-m", "清单")
    git(folder, "clone", "-q", "--bare", str(seed), str(bare))
    with (bare / "config").open("a", encoding="utf-8") as config:
        config.write("[gc]\n\tauto = 0\n")
    return bare


def pack(repository: Path) -> None:
    """Keep all objects in one file: whatever is copied often should be few files."""
    git(repository, "repack", "-a", "-d", "-q")


def office(folder: Path, clones: Mapping[str, str]) -> Path:
    """A folder with a bare repository and clones of it, unit by name; to be copied, never written to."""
    bare = served(folder)
    pack(bare)
    shutil.rmtree(folder / "种子")
    for name, unit in clones.items():
        cloned(bare, name, unit)
    return folder


def copied(folder: Path, to: Path) -> Path:
    """The same office somewhere else, quicker than made anew; its bare repository."""
    shutil.copytree(folder, to)
    for config in to.glob("*/.git/config"):
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace(str(folder), str(to)), encoding="utf-8", newline="\n")
    return to / "服务器.git"


def identify(clone: Path, name: str, unit: str | None = None) -> None:
    who = {"user.name": name, "user.email": "x@example.invalid", "core.autocrlf": "false"}
    configure(clone, who | ({"gaigai.unit": unit} if unit else {}))


def cloned(bare: Path, name: str, unit: str) -> Path:
    """A clone beside the bare repository, of somebody who works for ``unit``."""
    clone = bare.parent / name
    git(bare.parent, "clone", "-q", str(bare), str(clone))
    identify(clone, f"示例{unit[1]}", unit)
    return clone


def state(clone: Path) -> tuple[object, ...]:
    """All that must not change where something fails: branch, index, and every file."""
    roots = [root for root in sorted(clone.iterdir()) if root.name != ".git"]
    files = {
        path.relative_to(clone).as_posix(): path.read_bytes()
        for root in roots
        for path in (root, *sorted(root.rglob("*")))
        if path.is_file()
    }
    return head_of(clone), git(clone, "ls-files", "-s"), files


def head_of(clone: Path) -> str:
    """The commit that is checked out, as git's own files say it."""
    own = clone / ".git"
    if not own.is_dir():
        return git(clone, "rev-parse", "HEAD")
    name = (own / "HEAD").read_text(encoding="utf-8").strip().removeprefix("ref: ")
    if (own / name).is_file():
        return (own / name).read_text(encoding="ascii").strip()
    packed = own / "packed-refs"
    lines = packed.read_text(encoding="utf-8").splitlines() if packed.exists() else []
    found = (line.partition(" ")[0] for line in lines if line.endswith(f" {name}"))
    return next(found, name)
