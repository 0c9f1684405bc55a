"""The file from which a forge learns whom to ask about a change, made of ``reviewers.yaml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.people import Person, Reviewer, Reviewers
from gaigai_cli.store.issued import ISSUED, REPORTS
from gaigai_cli.store.names import EVIDENCE, PROGRESS

_BLANK: Final = re.compile(r"([\s#\\])")
_GLOB: Final = re.compile(r"([\s#\\*?\[\]])")
_SPECIAL: Final = re.compile(r"([.+*?()|\[\]{}^$\\])")


class Forge(NamedTuple):
    """Where a forge reads the file, how it writes a path, and whether an address may stand for an account.

    Where one of the ``sooner`` is there, the forge doesn't look at the file.
    """

    file: str
    sooner: tuple[str, ...]
    pattern: Callable[[str], str]
    takes_addresses: bool


def _glob(path: str) -> str:
    return "/" + _GLOB.sub(r"\\\1", path) if path else "*"


def _regexp(path: str) -> str:
    """Return a Go regular expression whose own escapes are escaped once more."""
    if not path:
        return ".*"
    escaped = _BLANK.sub(r"\\\1", _SPECIAL.sub(r"\\\1", path))
    return f"{escaped}.*" if path.endswith("/") else escaped


_ANYWHERE: Final = ("CODEOWNERS", "docs/CODEOWNERS")
FORGES: Final = {
    "github": Forge(".github/CODEOWNERS", (), _glob, takes_addresses=True),
    "gitlab": Forge(".gitlab/CODEOWNERS", _ANYWHERE, _glob, takes_addresses=True),
    "gitea": Forge(".gitea/CODEOWNERS", _ANYWHERE, _regexp, takes_addresses=False),
}


def codeowners(forge: Forge, ledger: Ledger, prefix: str) -> str:
    """Return the text of the file; ``prefix`` is the way from the repository's top to the data directory.

    The office answers for everything, with the maintainers for what is no part of the ledger; a unit's people, and the
    office's, for its logs and evidence. Later lines count.
    Raises ``GaigaiError`` where ``reviewers.yaml`` is missing or says too little.
    """
    reviewers = ledger.reviewers
    if reviewers is None:
        raise GaigaiError(
            f"没有 {Reviewers.file}，不知道谁为哪个单位登记",
            f"请先写 {Reviewers.file}，格式见 gaigai schema reviewers",
        )
    nobody = [p.name for p in reviewers.everybody if not p.account and not forge.takes_addresses]
    if nobody:
        raise GaigaiError(
            f"{Reviewers.file} 里{'、'.join(nobody)}没有写账号（account），这个平台只认账号",
            "请补上各人在平台上的账号",
        )
    lines = [
        f"# 由 gaigai git-setup --codeowners 按 {prefix}{Reviewers.file} 生成，改动那个文件后请重新生成",
        *_lines(forge, ledger, reviewers, prefix),
    ]
    return "".join(f"{line}\n" for line in lines)


def _lines(forge: Forge, ledger: Ledger, reviewers: Reviewers, prefix: str) -> Iterator[str]:
    people: dict[str, list[Reviewer]] = {}
    for person in reviewers.people:
        for unit in person.units:
            people.setdefault(ledger.units.canonical(unit), []).append(person)
    office = people.pop(ledger.office, [])
    if office:
        yield f"{forge.pattern('')} {_owners([*office, *reviewers.maintainers])}"
        for folder in (prefix, f"{REPORTS}/{ISSUED}/") if reviewers.maintainers else ():
            yield f"{forge.pattern(folder)} {_owners(office)}"
    for unit, own in people.items():
        for path in (f"{PROGRESS}/{unit}.yaml", f"{PROGRESS}/{unit}/", f"{EVIDENCE}/{unit}/"):
            yield f"{forge.pattern(f'{prefix}{path}')} {_owners([*own, *office])}"


def _owners(people: Sequence[Person]) -> str:
    return " ".join(dict.fromkeys(f"@{p.account}" if p.account else p.emails[0] for p in people))
