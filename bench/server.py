"""Pushes to a server with the ready ``pre-receive``, breaking one rule of review each time, and prints what it says.

    python -m bench.server

Each attempt is pushed as it is, and signed by its author with the server asking for signatures. Ends with status 1
where a push is taken.
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.history.repo import EMAILS, Repo, copy_of, new_repo
from tests.history.test_review import BROKEN
from tests.history.test_server import Server


@dataclass
class SignedRepo(Repo):
    """A repository in which everybody signs with a key of their own, from the folder ``keys``."""

    keys: Path = field(default=Path())

    def committed(self, *words: str, by: str = "甲", day: str = "2024-06-12") -> str:
        """Run a command that commits, as a person at a time, signed; the hash."""
        self.git("config", "user.signingkey", str(self.keys / by))
        return super().committed(*words, by=by, day=day)


def main() -> int:
    """Push everything that must be refused; 1 where something isn't."""
    taken = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for made, options in ((new_repo(folder / "made"), ""), (_signed(folder), _SIGNED)):
            for breaks, codes in BROKEN.items():
                said = _pushed(
                    made, folder / f"{breaks.__name__}{options}", breaks.__name__, options
                )
                taken += not said
                told = f"{breaks.__name__} {options} ({', '.join(sorted(codes))})"
                print(f"── {told}: {'refused' if said else 'TAKEN'}")
                print(said)
    print(f"{2 * len(BROKEN)} pushes, {taken} taken")
    return 1 if taken else 0


_SIGNED = "--require-signed"


def _pushed(made: Repo, folder: Path, name: str, options: str) -> str:
    """What the server says of the attempt; nothing where it is taken."""
    folder.mkdir()
    clone = copy_of(made, folder / "仓库")
    if isinstance(made, SignedRepo):
        clone = SignedRepo(clone.top, minute=clone.minute, keys=made.keys)
    server = Server(folder, clone, options=options)
    next(breaks for breaks in BROKEN if breaks.__name__ == name)(clone)
    server.start_at("base")
    return server.push("main")


def _signed(folder: Path) -> SignedRepo:
    """The small list whose people have keys, every commit of it signed."""
    keys = folder / "keys"
    keys.mkdir()
    for name in EMAILS:
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(keys / name)],
            check=True,
        )
    made = new_repo(folder / "signed")
    repo = SignedRepo(made.top, minute=made.minute, keys=keys)
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "commit.gpgsign", "true")
    text = repo.read("reviewers.yaml")
    for name in ("甲", "乙", "主任"):
        key = " ".join((keys / f"{name}.pub").read_text(encoding="ascii").split()[:2])
        text = text.replace(f"  - name: {name}\n", f"  - name: {name}\n    keys: [{key}]\n")
    repo.write("reviewers.yaml", text)
    repo.commit("公钥", "主任")
    repo.git("tag", "-f", "base")
    return repo


if __name__ == "__main__":
    sys.exit(main())
