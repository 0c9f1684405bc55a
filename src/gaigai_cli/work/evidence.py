"""The files that a record is to have as evidence."""

from __future__ import annotations

import re
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.ledger import StoredFile
from gaigai_cli.model.records import Evidence, EvidenceFile
from gaigai_cli.store.evidence import plan_evidence
from gaigai_cli.words.normal import bare
from gaigai_cli.words.typed import names_no_evidence, typed_path
from gaigai_cli.work.directory import Directory

MB: Final = 1024 * 1024
_URL: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_FILE_NAME: Final = re.compile(
    r".+\.(pdf|ofd|docx?|xlsx?|pptx?|wps|et|txt|csv|jpe?g|png|bmp|tiff?|zip|rar|7z|mp4|eml)",
    re.IGNORECASE,
)


@dataclass
class EvidenceFiles:
    """Evidence files that a record is to have: what will lie where, and what has to be copied for it."""

    directory: Directory
    unit: str
    planned: dict[str, StoredFile] = field(default_factory=dict)
    sources: dict[str, Path] = field(default_factory=dict)

    def add(self, source: Path) -> EvidenceFile:
        """Return what the record says of the file; raises ``GaigaiError`` where it can't be evidence."""
        limit = self.directory.ledger.rules.evidence.max_mb * MB
        kept, stored = plan_evidence(self.directory.data, self.unit, source, limit_bytes=limit)
        known = self.planned.get(kept.file)
        if known is not None and known.sha256() != kept.sha256:
            raise GaigaiError(f"有两个不同的文件都叫“{source.name}”", "请将其中一个改名")
        self.planned[kept.file] = stored
        self.sources[kept.file] = source
        return kept

    def only(self, used: Container[str]) -> EvidenceFiles:
        """Return those of the files that records refer to, by their paths from the data directory."""
        planned = {name: stored for name, stored in self.planned.items() if name in used}
        return replace(
            self, planned=planned, sources={name: self.sources[name] for name in planned}
        )

    def evidence(self, words: str) -> Evidence:
        """Return a document number, an address, or a file that lies here."""
        if _URL.fullmatch(words):
            return words
        path = typed_path(words)
        if _names_something(path):
            return self.add(path)
        if names_file(words):
            raise GaigaiError(f"没有“{words}”这个文件", "请核对路径；文号不必带扩展名")
        if names_no_evidence(words):
            raise GaigaiError(f"佐证“{words}”没有写明是哪份材料", "请写文号、链接，或文件的路径")
        return words


def beside(folder: Path, name: str) -> tuple[Path, ...]:
    """Return the files that a name may mean: the one of that name, else those alike but for width, case and blanks."""
    path = folder / name
    with suppress(OSError):  # a name too long for a file
        if path.is_file():
            return (path,)
        alike = _bare_name(name)
        return tuple(
            sorted(p for p in folder.iterdir() if _bare_name(p.name) == alike and p.is_file())
        )
    return ()


def _bare_name(name: str) -> str:
    return bare(name).casefold()


def names_file(words: str) -> bool:
    """Return whether words look like the name of a file rather than a document number."""
    return _FILE_NAME.fullmatch(words) is not None


def _names_something(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        return False
