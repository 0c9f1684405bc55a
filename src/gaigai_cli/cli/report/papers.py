"""Files of papers that are printed and signed, in ``reports/督办/``: one that a hand has edited is never replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from gaigai_cli.cli.session import Session
from gaigai_cli.errors import shown
from gaigai_cli.report.ladder import PAPERS
from gaigai_cli.report.reminders import Reminder

FOLDER: Final = "督办"


class PaperFile(NamedTuple):
    """What a paper is called and its bytes."""

    stem: str
    data: bytes


def paper_file(paper: Reminder) -> PaperFile:
    """The Word file of a reminder: drafts by unit and item, others by number."""
    from gaigai_cli.render.papers.reminder import reminder_docx

    items = "、".join(matter.id for matter in paper.matters)
    stem = (
        f"{PAPERS[paper.level]}（草稿）-{paper.unit}-{items}"
        if paper.draft
        else f"{paper.number}-{paper.unit}"
    )
    return PaperFile(stem, reminder_docx(paper))


def write_papers(session: Session, files: Iterable[PaperFile]) -> list[str]:
    """Write them; the paths as seen from here. An edited file stays, the new one gets a number."""
    from gaigai_cli.store.names import check_name
    from gaigai_cli.store.write import NewFile, replace_all

    folder = session.reports / FOLDER
    written: list[NewFile] = []
    for file in files:
        check_name(f"{file.stem}.docx", "文件名")
        taken = {new.path for new in written}
        written.append(NewFile(_free(folder, file.stem, taken), file.data))
    replace_all(written)
    return [shown(new.path) for new in written]


def _free(folder: Path, stem: str, taken: Collection[Path]) -> Path:
    """A path that isn't ``taken``, where nothing lies, or a file as it was written."""
    from gaigai_cli.render.fingerprint import is_sealed

    for number in count(1):
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}.docx"
        if path in taken:
            continue
        if not path.exists() or (path.is_file() and is_sealed(path.read_bytes())):
            return path
    raise AssertionError("numbers don't end")
