"""Pushes every attempt that docs/review.md tells of to a server with the ready hook, and prints what it says.

    python -m bench.server

Each is pushed as it is, and signed by its author with the server asking for signatures. Ends with status 1 where
something is taken that breaks a rule, or refused that breaks none.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.history.attempts import ATTEMPTS
from tests.history.repo import EMAILS, Repo, copy_of, new_repo
from tests.history.test_review import BROKEN, IN_JULY, LATER
from tests.history.test_server import NOW, Server


@dataclass
class SignedRepo(Repo):
    """A repository in which everybody signs with a key of their own, from the folder ``keys``."""

    keys: Path = field(default=Path())

    def committed(self, *words: str, by: str = "甲", day: str = "2024-06-12") -> None:
        """Run a command that commits, as a person at a time, signed."""
        self.git("config", "user.signingkey", str(self.keys / by))
        super().committed(*words, by=by, day=day)

    def write(self, name: str, text: str) -> None:
        """Write a file; in reviewers.yaml everybody with a key has it."""
        for key in self.keys.glob("*.pub") if name == "reviewers.yaml" else ():
            words = " ".join(key.read_text(encoding="ascii").split()[:2])
            listed, keyed = f"  - name: {key.stem}\n", f"    keys: [{words}]\n"
            text = text.replace(listed + keyed, listed).replace(listed, listed + keyed)
        super().write(name, text)


def main() -> int:
    """Push everything; 1 where something isn't told as it must be."""
    wrong = 0
    attempts = {**BROKEN, **ATTEMPTS}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for made, options in ((new_repo(folder / "made"), ""), (_signed(folder), _SIGNED)):
            for attempt, codes in attempts.items():
                said = _pushed(made, folder / f"{attempt.__name__}{options}", attempt, options)
                wrong += bool(said) != bool(codes)
                told = f"{attempt.__name__} {options} ({', '.join(sorted(codes))})"
                mark = "" if bool(said) == bool(codes) else ": WRONG"
                print(f"── {told}: {'refused' if said else 'taken'}{mark}")
                print(said)
    print(f"{2 * len(attempts)} pushes, {wrong} wrong")
    return 1 if wrong else 0


_SIGNED = "--require-signed"


def _pushed(made: Repo, folder: Path, attempt: Callable[[Repo], None], options: str) -> str:
    """What the server says of the attempt; nothing where it is taken."""
    folder.mkdir()
    clone = copy_of(made, folder / "仓库")
    if isinstance(made, SignedRepo):
        clone = SignedRepo(clone.top, minute=clone.minute, keys=made.keys)
    server = Server(folder, clone, options=options)
    attempt(clone)
    server.start_at("base")
    return server.push("main", now=LATER if attempt.__name__ in IN_JULY else NOW)


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
    repo.write("reviewers.yaml", repo.read("reviewers.yaml"))
    repo.commit("公钥", "主任")
    repo.git("tag", "-f", "base")
    return repo


if __name__ == "__main__":
    sys.exit(main())
