"""Who signed a commit: good ssh and gpg signatures of keys that ``reviewers.yaml`` lists, and no others."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.commits import Commit
from gaigai_cli.history.git import demand_version, fields_of
from gaigai_cli.history.repository import Repository
from gaigai_cli.model.people import Person, Reviewers
from gaigai_cli.store.programs import program

_SSH_KEY: Final = re.compile(
    r"((?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})(?: .*)?", re.DOTALL
)
_FINGERPRINT: Final = re.compile(r"(?:[0-9A-F]{40}|[0-9A-F]{64})")
_FORMAT: Final = "%H%x00%G?%x00%GF%x00%GP%x00"
_SSH_SINCE: Final = (2, 34)
_GOOD: Final = frozenset({"G", "U"})
"""git's letters for a right signature. Whose it is the key says, so that git's trust in it doesn't matter."""


def signers(
    repository: Repository, commits: Sequence[Commit], people: Reviewers
) -> dict[str, Person]:
    """Return by commit, the listed person who signed it; commits without a good signature of one are left out.

    Raises ``GaigaiError`` where a program to check listed keys is missing, or git is too old for that.
    """
    ssh = dict(_ssh_keys(people))
    gpg = {key: person for person in people.everybody for key in _gpg_keys(person)}
    if ssh:
        demand_version(_SSH_SINCE, "核对 ssh 签名")
    keys: Mapping[str, Person] = {**{_ssh_fingerprint(k): p for k, p in ssh.items()}, **gpg}
    with tempfile.TemporaryDirectory(prefix="gaigai-", ignore_cleanup_errors=True) as folder:
        allowed = Path(folder, "allowed_signers")
        lines = (f'* namespaces="git" {kind} {key}\n' for kind, key in ssh)
        allowed.write_text("".join(lines), encoding="ascii", newline="\n")
        options = _options(allowed, needs_ssh=bool(ssh), needs_gpg=bool(gpg))
        return dict(_signed(repository, commits, keys, options))


def _signed(
    repository: Repository,
    commits: Sequence[Commit],
    keys: Mapping[str, Person],
    options: Iterable[str],
) -> Iterator[tuple[str, Person]]:
    # Not rev-list: it doesn't read how signatures are to be checked.
    words = ("log", "--no-walk=unsorted", "--stdin", "--no-show-signature", f"--format={_FORMAT}")
    asked = "".join(f"{commit.hash}\n" for commit in commits).encode("ascii")
    answer = repository.read(*words, given=asked, options=options)
    for header, letter, key, primary in fields_of(answer, 4, "replace"):
        person = keys.get(key) or keys.get(primary)
        if letter in _GOOD and person is not None:
            yield header.rpartition("\n")[2], person


def _options(allowed: Path, *, needs_ssh: bool, needs_gpg: bool) -> Iterator[str]:
    """Yield git options naming the programs that check, found on this machine: the repository's own are not run."""
    programs = {
        "gpg.ssh.program": _program("ssh-keygen", needed=needs_ssh),
        "gpg.program": _program("gpg", needed=needs_gpg),
        "gpg.openpgp.program": _program("gpg", needed=needs_gpg),
        "gpg.x509.program": os.devnull,
        "gpg.ssh.allowedSignersFile": str(allowed),
        "gpg.ssh.defaultKeyCommand": "",
        "gpg.minTrustLevel": "undefined",
    }
    for name, value in programs.items():
        yield from ("-c", f"{name}={value}")


def _program(name: str, *, needed: bool) -> str:
    found = program(name)
    if found is None and needed:
        raise GaigaiError(
            f"没有找到 {name}，不能核对签名", f"请安装 {name}，或不用 --require-signed"
        )
    return found or os.devnull


def _ssh_keys(people: Reviewers) -> Iterator[tuple[tuple[str, str], Person]]:
    """Yield kind and key in base64 of every ssh key, whose it is beside it."""
    for person in people.everybody:
        for words in person.keys:
            found = _SSH_KEY.fullmatch(words.strip())
            if found:
                yield (found[1], found[2]), person


def _ssh_fingerprint(key: tuple[str, str]) -> str:
    try:
        data = base64.b64decode(key[1], validate=True)
    except binascii.Error:
        return ""
    return f"SHA256:{base64.b64encode(hashlib.sha256(data).digest()).decode('ascii').rstrip('=')}"


def _gpg_keys(person: Person) -> Iterator[str]:
    for words in person.keys:
        key = words.replace(" ", "").upper()
        if _FINGERPRINT.fullmatch(key):
            yield key
