"""What the office itself adds to a bulletin: paragraphs by section, kept in ``reports/2024-06.补充.md``."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.report.bulletin import OwnWords, monthly_report
from gaigai_cli.report.demands import offered as proposed
from gaigai_cli.report.facts import facts_of
from gaigai_cli.report.monthly_report import DEMANDS, SECTIONS, MonthlyReport
from gaigai_cli.store.files import sha256_of
from gaigai_cli.store.regular import read_file, text_of
from gaigai_cli.store.write import NewFile, replace_all
from gaigai_cli.words.period import Period
from gaigai_cli.work.directory import Directory

_HEADING: Final = re.compile(r"#+\s*(?:[一二三四五六七]、)?\s*(\S+)\s*")
_HINT: Final = (
    "<!-- 写在各标题下的段落放在通报该部分的末尾，空一行另起一段；重新生成通报时保留。 -->"
)


def path_of(directory: Directory, period: Period) -> Path:
    """Return the file of a period's own words, whether it is there or not."""
    return directory.reports / f"{period}.补充.md"


def own_words(directory: Directory, period: Period) -> OwnWords:
    """Return the paragraphs of a period; none where there is no file, or an earlier commit is read.

    Raises ``GaigaiError`` for a heading that no bulletin has and for words above the first heading.
    """
    path = path_of(directory, period)
    if directory.at is not None or not path.is_file():
        return {}
    return parsed(text_of(read_file(path), shown(path)), shown(path))


def bulletin_of(
    directory: Directory, period: Period, *, today: date, scored: bool = False
) -> MonthlyReport:
    """Return the bulletin of a period with the office's own words in it."""
    own = own_words(directory, period)
    return monthly_report(directory.judge, period, today=today, scored=scored, own=own)


def parsed(text: str, name: str) -> OwnWords:
    """Return the paragraphs of a text by heading; ``name`` names the file in errors."""
    found: dict[str, list[str]] = {}
    heading = ""
    lines = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).splitlines()
    waiting: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        title = _HEADING.fullmatch(line.strip())
        if line.strip() and not title:
            if not heading:
                raise GaigaiError(f"{name}第{number}行写在标题之前", f"请先写标题：{_titles()}")
            waiting.append(line.strip())
            continue
        if waiting:
            found.setdefault(heading, []).append("".join(waiting))
            waiting = []
        if title:
            heading = title[1]
            if heading not in SECTIONS:
                raise GaigaiError(
                    f"{name}第{number}行的标题“{heading}”不是通报的部分", f"可写：{_titles()}"
                )
    return {heading: tuple(words) for heading, words in found.items()}


def _titles() -> str:
    return "、".join(SECTIONS)


def mark(directory: Directory, period: Period) -> str:
    """Return a word that changes with the file of a period's own words; empty where there is none."""
    path = path_of(directory, period)
    return sha256_of(read_file(path)) if path.is_file() else ""


def keep(directory: Directory, period: Period, own: OwnWords, *, seen: str) -> Path:
    """Write the own words of a period, paragraph by paragraph; return the file.

    Raises ``GaigaiError`` where the file isn't the one ``seen`` (see `mark`), or the words can't be read back.
    """
    path = path_of(directory, period)
    if mark(directory, period) != seen:
        raise GaigaiError(
            f"{shown(path)}在打开本页之后被改过，没有写入", "请另开一页看看现在的内容，再存一次"
        )
    parts = [_HINT]
    for title in SECTIONS:
        parts += [f"# {title}", *own.get(title, ())]
    text = "\n\n".join(parts) + "\n"
    if parsed(text, shown(path)) != {title: words for title, words in own.items() if words}:
        raise GaigaiError("有一段不能照原样存下", "段落请不要以 # 开头，也不要写 <!-- 和 -->")
    replace_all([NewFile(path, text.encode())])
    return path


def offered(directory: Directory, period: Period) -> tuple[str, ...]:
    """Return what the office might promise, a sentence each, less what it has taken as it stands."""
    own = own_words(directory, period).get(DEMANDS, ())
    found = proposed(facts_of(directory.judge, period, today=directory.today))
    return tuple(words for words in found if words not in own)


def _to_take(directory: Directory, period: Period) -> Iterator[str]:
    """Yield what is offered, each to be taken out of its marks or left."""
    found = offered(directory, period)
    if found:
        yield "<!-- 以下几条备选：要写入通报的，去掉两端的标记。 -->"
        yield from (f"<!-- {words} -->" for words in found)


def edit(directory: Directory, period: Period) -> Path:
    """Let the person write the own words of a period in an editor; return the file.

    Raises ``GaigaiError`` where no editor is found, or what was written can't be read; then nothing is kept.
    """
    from gaigai_cli.history.editor import edited

    path = path_of(directory, period)
    if path.is_file():
        text = text_of(read_file(path), shown(path))
    else:
        titles = (f"# {title}" for title in SECTIONS)
        text = "\n\n".join((_HINT, *titles, *_to_take(directory, period))) + "\n"
    written = edited(text)
    parsed(written, shown(path))
    replace_all([NewFile(path, written.encode())])
    return path
