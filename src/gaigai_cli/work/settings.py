"""What an office sets once, as questions that any front end can ask, and the file (``rules.yaml``) that they make."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from gaigai_cli.errors import miswritten
from gaigai_cli.model.labels import hint_of, label_of
from gaigai_cli.model.rules import Bulletin, Rules, ScoreRules
from gaigai_cli.notice.reporting import cycle_in
from gaigai_cli.store.new_list import rules_text, schemas_of
from gaigai_cli.store.write import NewFile, replace_all
from gaigai_cli.words.normal import plain
from gaigai_cli.work.questions import Question, only, read_answers, written_text
from gaigai_cli.work.values import pieces

_BULLETIN: Final = ("letterhead", "signer", "copies", "contact", "phone")
_GRADE: Final = re.compile(
    r"(?P<name>[^\d、，,；;\s]+?)[:：]?(?P<least>\d+(?:\.\d+)?)分?(?:以上|及以上)?"
)
_CYCLE_LOOKS: Final = "应写成 每月25日前、每季度末月25日前、次月5日前 的样子"
_GRADES_LOOK: Final = "应写成 优秀90、良好80、一般60、较差0 的样子，由高到低，最后一个为0"
INTRODUCED: Final = (
    "下面几项写进 rules.yaml，发文、催报、考核时用；没有定的直接回车，以后可以在文件里改。"
)


def settings(year: int) -> tuple[Question, ...]:
    """Return the questions, each of which may be left out; ``year`` is that of the list."""

    def plain_words(typed: str) -> str:
        return written_text(typed).strip()

    monthly = "如 每月25日前；不要求定期报送的不填"
    frame = ((name, label_of(Bulletin, name), hint_of(Bulletin, name)) for name in _BULLETIN)
    return (
        *(Question(name, only(plain_words), words=words, hint=hint) for name, words, hint in frame),
        Question("reporting", only(partial(_cycle, year=year)), words="报送周期", hint=monthly),
        Question(
            "grades", only(_grades), words="考核等次", hint="如 优秀90、良好80、一般60、较差0"
        ),
    )


def settings_of(
    answers: Mapping[str, Sequence[str]], *, year: int, since: date
) -> dict[str, dict[str, Any]]:
    """Return what the answers set, by the sections of ``rules.yaml``.

    ``since``: reports are owed from this day's month on.
    """
    said = read_answers(settings(year), answers)
    found: dict[str, dict[str, Any]] = {
        "reporting": said.pop("reporting", None),
        "score": {"grades": said.pop("grades")} if "grades" in said else {},
        "bulletin": said,
    }
    if found["reporting"]:
        found["reporting"]["from"] = f"{since:%Y-%m}"
    return {name: values for name, values in found.items() if values}


def _cycle(words: str, year: int) -> dict[str, Any]:
    found = cycle_in(plain(words), year)
    if found is None or found.day > _LAST:
        raise miswritten("报送周期", f"“{words}”", _CYCLE_LOOKS)
    return {"every": found.every, "by": found.day, "of": found.of}


_LAST: Final = 31


def _grades(words: str) -> list[dict[str, Any]]:
    said = pieces(plain(words))
    found = [_GRADE.fullmatch(piece) for piece in said]
    grades = [{"name": one["name"], "at_least": one["least"]} for one in found if one]
    if len(grades) < len(said) or not grades:
        raise miswritten("考核等次", f"“{words}”", _GRADES_LOOK)
    try:
        made = ScoreRules.model_validate({"grades": grades})
    except ValidationError:
        raise miswritten("考核等次", f"“{words}”", _GRADES_LOOK) from None
    return [grade.model_dump() for grade in made.grades]


def write_settings(
    folder: Path,
    answers: Mapping[str, Sequence[str]],
    known: Mapping[str, Mapping[str, Any]],
    *,
    year: int,
    since: date,
) -> Path:
    """Write ``rules.yaml`` of a new list with what is ``known`` and what the answers set; return its path."""
    path = folder / Rules.file
    given = {**settings_of(answers, year=year, since=since), **known}
    schemas = schemas_of(path.read_text(encoding="utf-8") if path.exists() else "")
    replace_all([NewFile(path, rules_text(year, given, schemas=schemas).encode())])
    return path
