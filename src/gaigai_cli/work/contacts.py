"""Whom the office calls at each unit: what is asked of a person, and one more in ``contacts.yaml``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from gaigai_cli.characters import one_line
from gaigai_cli.errors import GaigaiError, miswritten
from gaigai_cli.model.labels import label_of
from gaigai_cli.model.people import Contact, Contacts
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.store.lock import locked
from gaigai_cli.store.names import inside
from gaigai_cli.store.new_list import IGNORED, schema_line, schemas_of
from gaigai_cli.store.write import NewFile, replace_all
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.questions import Question, Questions, only, written_text
from gaigai_cli.yamldoc.append import append
from gaigai_cli.yamldoc.emit import TextError

_PHONE: Final = re.compile(r"[+\d][\d\s()（）\-—转]{4,30}")
_QUOTED: Final = frozenset({"office_phone", "mobile"})


def questions(directory: Directory) -> tuple[Question, ...]:
    """Return what is asked of a person; the day from which it holds is today unless another is said."""
    asking = Questions(directory, named=_label)

    def since(words: str) -> date:
        return directory.past_day(words, what="自哪一天起", exact=True)

    return (
        replace(asking.choice("duty", asked=True), words=_label("duty")),
        Question("name", only(_words), required=True, words=_label("name")),
        Question("post", only(_words), words=_label("post")),
        Question("office_phone", only(_phone), words=_label("office_phone")),
        Question("mobile", only(_phone), words=_label("mobile")),
        Question("from", only(since), "day", asked=False, words=_label("from_")),
    )


def _label(name: str) -> str:
    return label_of(Contact, name)


def _words(typed: str) -> str:
    return one_line(written_text(typed)).strip()


def _phone(typed: str) -> str:
    number = _words(typed)
    if not _PHONE.fullmatch(number):
        raise miswritten("电话", f"“{number}”", "应写成 0730-1234567 或 13000000000 的样子")
    return number


def add(directory: Directory, unit: str, said: dict[str, Any]) -> Path:
    """Write one more person into ``contacts.yaml``, which git is told to overlook when it is made; return its path.

    Raises ``GaigaiError`` where the file is broken or can't be written.
    """
    given = {"duty": "联络员", "from": directory.today, **said, "unit": unit}
    person = Contact.model_validate(given)
    plain = {
        key: str(value)
        for key, value in person.model_dump(by_alias=True).items()
        if value is not None
    }
    with locked(directory.data, who=directory.own_name or unit) as held:
        path = inside(held.root, Contacts.file)
        before = path.read_bytes() if path.exists() else _head(held.root)
        try:
            data = append(before, "contacts", plain, quoted=_QUOTED)
        except TextError as error:
            raise GaigaiError(f"“{_label(error.key)}”{error.reason}", error.remedy) from None
        files = [NewFile(path, data)]
        ignored = held.root / ".gitignore"
        if not path.exists():
            text = ignored.read_text(encoding="utf-8") if ignored.exists() else ""
            if Contacts.file not in text:
                joined = f"{text.rstrip()}\n{IGNORED}" if text.strip() else IGNORED
                files.append(NewFile(ignored, joined.encode()))
        replace_all(files)
    return path


def _head(root: Path) -> bytes:
    """Return how the file begins: with its schema, as far away as the list's."""
    folder = schemas_of((root / TaskList.file).read_text(encoding="utf-8"))
    return f"{schema_line('contacts', folder)}contacts: []\n".encode()
