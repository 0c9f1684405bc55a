"""A file that the office has edited: what it says, where its facts differ, and filling in what stands open in it."""

import difflib
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, get_args

from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.model.statuses import Status
from gaigai_cli.render.fingerprint import BROKEN
from gaigai_cli.words.say import full_day

_MAIN: Final = "word/document.xml"
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST: Final = 64 << 20
"""Bytes of a Word file's text at most; a bulletin has a hundredth of it."""
# In html it begins behind a tag.
_OPEN_NUMBER: Final = re.compile(
    r"[^\s<>]*〔[ 　]*(?:\d{4}[ 　]*)?〕[ 　]+号|第[ 　]+期(?:（总第[ 　]+期）)?"
)
_NUMBER: Final = re.compile(r"\S+〔\d{4}〕\d+号|第\d+期(?:（总第\d+期）)?")
_OPEN_DAY: Final = re.compile(r"[ 　]+年[ 　]+月[ 　]+日(印发)?")
_FIGURE: Final = r"\d+(?:\.\d+)?"
_VERDICTS: Final = (
    "不同意", "同意", "按期", "逾期", "已达标", "未达标", "尚未", *get_args(Status), "已调出", "暂缓实施", *LIGHTS,
)  # fmt: skip
_SHOWN: Final = 12
"""Characters before a fact by which a reader finds it."""


class Difference(NamedTuple):
    """A fact that differs from the report's, and the words before it; None: not in the file."""

    where: str
    report: str | None
    file: str | None


class Blanks(NamedTuple):
    """What belongs into the places that are open: 发文字号, 成文日期, 印发日期."""

    number: str
    day: date
    printed: date


def paragraphs(data: bytes, format_: str) -> tuple[str, ...] | None:
    """Return the paragraphs of a docx, md or html, blank ones left out; None for what can't be read (a scan)."""
    if format_ == "docx":
        root = _root(data)
        if root is None:
            return None
        found = ["".join(t.text or "" for t in _texts(p)) for p in root.iter(f"{_WORD}p")]
    elif format_ in ("md", "html"):
        text = data.decode("utf-8", errors="replace")
        if format_ == "html":
            text = re.sub(r"(?s)<(style|script)\b.*?</\1>|<!--.*?-->", "", text)
            text = html.unescape(re.sub(r"<[^>]*>", "\n", text))
        found = re.sub(r"(?s)<!--.*?-->", "", text).splitlines()
    else:
        return None
    return tuple(words for line in found if (words := line.strip()))


def open_number(words: Sequence[str]) -> str | None:
    """Return the number that stands open, as it is written; None where none does."""
    return next((found[0] for line in words if (found := _OPEN_NUMBER.search(line))), None)


def numbers(words: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers that stand in a line of their own: 发文字号 or 期号 of the paper."""
    return tuple(line for line in words if _NUMBER.fullmatch(line))


def filled(data: bytes, format_: str, filling: Blanks) -> bytes:
    """Return the file with number and days where they stand open; all else is left as it is."""
    if format_ != "docx":
        return _in_words(data.decode("utf-8", errors="surrogateescape"), filling).encode(
            "utf-8", errors="surrogateescape"
        )
    from docx.opc.oxml import serialize_part_xml

    root = _root(data)
    if root is None:
        return data
    for paragraph in root.iter(f"{_WORD}p"):
        _fill(paragraph, filling)
    content = serialize_part_xml(root)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            part = content if member.filename == _MAIN else old.read(member)
            new.writestr(member, part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def edited(report: Sequence[str], file: Sequence[str]) -> list[str]:
    """Return the paragraphs that a file has otherwise than the report, and those that it leaves out."""
    found: list[str] = []
    matcher = difflib.SequenceMatcher(None, report, file, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            found += file[c:d] or report[a:b]
    return found


def differences(
    report: Sequence[str], file: Sequence[str], units: Iterable[str]
) -> tuple[Difference, ...]:
    """Return the facts (figures, units, verdicts) that a file states otherwise than the report, in the file's order.

    A paragraph that stands elsewhere in the file says the same.
    """
    names = sorted((*units, *_VERDICTS), key=len, reverse=True)
    facts = re.compile("|".join((_FIGURE, *map(re.escape, names))))
    found: list[Difference] = []
    matcher = difflib.SequenceMatcher(None, report, file, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            found += _compared(report[a:b], file[c:d], facts)
    gone = {each.report for each in found if each.file is None}
    moved = {None} | gone & {each.file for each in found if each.report is None}
    return tuple(each for each in found if not {each.report, each.file} <= moved)


def _compared(
    report: Sequence[str], file: Sequence[str], facts: re.Pattern[str]
) -> Iterator[Difference]:
    """Yield the differences of two runs of paragraphs, each held against the one that is most like it."""
    left = list(file)
    for words in report:
        near = difflib.get_close_matches(words, left, 1, 0.5)
        if near:
            left.remove(near[0])
            yield from _in_paragraph(words, near[0], facts)
        elif fact := facts.search(words):
            yield Difference(_around(words, fact.start()), words, None)
    for words in left:
        if fact := facts.search(words):
            yield Difference(_around(words, fact.start()), None, words)


def _in_paragraph(report: str, file: str, facts: re.Pattern[str]) -> Iterator[Difference]:
    one, other = _pieces(report, facts), _pieces(file, facts)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        was = [p for p in one[a:b] if facts.fullmatch(p)]
        now = [p for p in other[c:d] if facts.fullmatch(p)]
        if tag != "equal" and was != now:
            before = "".join(other[:c]) + (
                other[c] if c < len(other) and not facts.fullmatch(other[c]) else ""
            )
            yield Difference(_around(before, len(before)), "、".join(was), "、".join(now))


def _pieces(words: str, facts: re.Pattern[str]) -> list[str]:
    """Return facts and what stands between them."""
    return [piece for piece in re.split(f"({facts.pattern})", words) if piece]


def _around(words: str, at: int) -> str:
    """Return the words that stand before a place."""
    return words[max(at - _SHOWN, 0) : at] or words[:_SHOWN]


def _in_words(words: str, filling: Blanks) -> str:
    words = _OPEN_NUMBER.sub(filling.number, words)
    return _OPEN_DAY.sub(lambda found: _day(found, filling), words)


def _day(found: "re.Match[str]", filling: Blanks) -> str:
    return f"{full_day(filling.printed)}印发" if found[1] else full_day(filling.day)


def _fill(paragraph: Any, filling: Blanks) -> None:
    """Fill in a placeholder that may be cut into several runs: the first keeps what is filled in, with its look."""
    for pattern in (_OPEN_NUMBER, _OPEN_DAY):
        texts = list(_texts(paragraph))
        words = "".join(t.text or "" for t in texts)
        for found in reversed(list(pattern.finditer(words))):
            new = filling.number if pattern is _OPEN_NUMBER else _day(found, filling)
            _replace(texts, found.span(), new)


def _replace(texts: Sequence[Any], span: tuple[int, int], new: str) -> None:
    at = 0
    for text in texts:
        words = text.text or ""
        first, last = max(span[0] - at, 0), min(span[1] - at, len(words))
        if first < last:
            text.text = words[:first] + new + words[last:]
            new = ""
        at += len(words)


def _texts(paragraph: Any) -> Iterator[Any]:
    """Yield the texts of a paragraph, without those of a text box in it."""
    for text in paragraph.iter(f"{_WORD}t"):
        if next(text.iterancestors(f"{_WORD}p")) is paragraph:
            yield text


def _root(data: bytes) -> Any:
    """Return the main part of a Word file; None where it is none, or one that holds too much."""
    from docx.oxml import parse_xml

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(_MAIN).file_size > _MOST:
                return None
            return parse_xml(archive.read(_MAIN))
    except (*BROKEN, KeyError, SyntaxError):  # no document in it, or none that can be parsed
        return None
