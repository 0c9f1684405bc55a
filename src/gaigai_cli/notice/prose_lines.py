"""The lines of a list in paragraphs: labels and breaks mended, contents and numbers of pages left out."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Final

from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.columns import declared_key
from gaigai_cli.notice.document import Document, Line, Place
from gaigai_cli.notice.doubts import COLUMN_CODES, Doubt, uses_to_choose
from gaigai_cli.notice.head import PAGE, PAGE_NUMBER
from gaigai_cli.notice.points import (
    number_of,
    numbers_of,
    starts_between,
    starts_inside,
)
from gaigai_cli.notice.prose_fields import (
    begins_with_field,
    label_like_a_head,
    labels_in,
    relabelled,
    says_below,
    says_who,
    tells_way_alone,
    unboxed,
    use_behind,
    use_by_words,
    with_roles,
)
from gaigai_cli.words.deadline import days_in_text
from gaigai_cli.words.heads import (
    LABEL,
    LABEL_OF,
    PEOPLE,
    UNIT_ROLES,
    says,
    use_of,
)
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import is_name, is_section

_FOOT: Final = regex(
    r"(?:打印|关闭|分享到?|返回|收藏|纠错|上一篇|下一篇|扫一扫|扫码|本页|窗口|页面|网页|顶部|首页"
    r"|[在用]?手机|微信|微博|客户端|打开|查看|浏览|阅读|当前页?|附件下载|责任编辑[：:][\w \u3000]{0,8}|\W)++"
    r"|[^。；]{0,100}?(?:网站标识码|ICP备|公网安备|版权所有|技术支持(?:单位)?[：:])[^。；]{0,100}"
)
"""What stands below the text of a saved page; nothing of the notice follows."""


def foot(lines: Sequence[Line]) -> int:
    """Return from which line on a saved page's foot follows the notice: such a line below the first that says who.

    Where none says it, the last line may be one.
    """
    feet = [
        at
        for at, line in enumerate(lines)
        if _FOOT.fullmatch(line.text)
        and _WORD.search(line.text)
        and not number_of(line.text)  # 四、规范网站ICP备案管理
    ]
    says = (at for at, line in enumerate(lines) if says_who(line) or begins_with_field(line))
    said = next((at for at in says if at not in feet), len(lines) - 2) if feet else -1
    return next((at for at in feet if at > said), len(lines))


_WORD: Final = regex(r"[^\W\d_]")


def lines_of_text(document: Document, notes: Notes) -> Iterator[Line]:
    """Yield the lines of the text, without contents, numbers of pages and 编号：… above each item."""
    contents = _contents(document)
    for line in contents:
        notes.leave_out(line.place, line.text, "目录")
    left_out = frozenset(contents)
    lines = [unboxed(line) for line in document.lines if line not in left_out]
    first = next((at for at, line in enumerate(lines) if number_of(line.text)), 0)
    lines = _relabelled([*lines[:first], *with_roles(lines[first:])], notes)
    lines = list(_broken_again(_opened(list(_with_labels(lines)))))
    numbers = {line for line in lines if use_of(label_like_a_head(line.text)) == "number"}
    for line in lines:
        if line in numbers and len(numbers) > 1:
            notes.leave_out(line.place, line.text, "条目编号")
        elif PAGE_NUMBER.fullmatch(line.text):
            notes.leave_out(line.place, line.text, "页码")
        elif tells_way_alone(line) and not _is_task(line):
            notes.leave_out(line.place, line.text, "联系方式")
        else:
            yield line


def _contents(document: Document) -> list[Line]:
    """Return the lines of a table of contents: such with the number of a page, and what stands again below 目录."""
    lines = list(document.lines)
    texts = sorted((line.text, at) for at, line in enumerate(lines))
    found: list[Line] = []
    for at, line in enumerate(lines):
        entry = _ENTRY.fullmatch(line.text)
        words = entry["words"] if entry else line.text
        sure = _CONTENTS.fullmatch(line.text) or (entry and entry["dots"])
        goes_on = not sure and at and found[-1:] == [lines[at - 1]]
        if sure or (goes_on and _stands_again(words, at, texts)):
            found.append(line)
    return found if len(found) > 1 else []


def _stands_again(words: str, at: int, texts: Sequence[tuple[str, int]]) -> bool:
    """Return whether a line below begins with the words of a line; ``texts`` are all, in order, with their places."""
    for index in range(bisect(texts, (words, at)), len(texts)):
        text, below = texts[index]
        if below > at or not text.startswith(words):
            return text.startswith(words)
    return False


_CONTENTS: Final = regex(r"目\s*[录次]")

_ENTRY: Final = regex(
    r"(?P<words>[^.．·…‥]{2,60}?)(?:\s*(?P<dots>[.．·…‥]{2,})|\s)\s*[—–－-]?[0-9]{1,3}[—–－-]?"
)
"""A line of a table of contents: 一、示例产业……3."""


def _opened(lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines, the one paragraph of a text without numbered ones that holds a numbered list as more."""
    if any(numbers_of(lines)):
        return lines
    inside = {at: starts for at, line in enumerate(lines) if (starts := starts_inside(line.text))}
    if len(inside) != 1:
        return lines
    ((at, starts),) = inside.items()
    line = lines[at]
    pieces = [line.text[a:b].strip() for a, b in pairwise([0, *starts, len(line.text)])]
    return [*lines[:at], *(line._replace(text=each) for each in pieces), *lines[at + 1 :]]


def _broken_again(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, those that lost the break before the next number as more: 2、…。3、… above 4、…."""
    later: dict[int, int] = {}
    broken: list[list[Line]] = []
    for line, number in zip(reversed(lines), reversed(numbers_of(lines)), strict=True):
        starts = starts_between(number, later.get(number.level, 0)) if number else []
        if number:
            later = {level: value for level, value in later.items() if level < number.level}
            later[number.level] = number.value
        behind = len(line.text) - len(number.text) if number else 0
        cuts = [0, *(behind + start for start in starts), len(line.text)]
        texts = [line.text[start:end].strip() for start, end in pairwise(cuts)]
        broken.append([line._replace(text=text) for text in texts])
    for again in reversed(broken):
        yield from again


def _is_task(line: Line) -> bool:
    """Return whether a line says who acts, and is numbered or says by when."""
    return says_who(line) and bool(number_of(line.text) or days_in_text(line.text))


def _relabelled(lines: Sequence[Line], notes: Notes) -> list[Line]:
    """Return lines with 责任单位：, 完成时限： for labels of which the office says that they are that (谁来办：县甲局).

    So are those that say it by what stands behind them where no other label does, with a doubt.
    """
    known = {use_behind(label["label"]) for line in lines for label in LABEL.finditer(line.text)}
    labels: dict[str, str] = {}
    for label, said in labels_in(line for line in lines if not PAGE.match(line.text)).items():
        declared = notes.answers.columns.get(declared_key(label))
        use = declared or use_by_words(label, [words for words, _ in said])
        if use not in (*UNIT_ROLES, *PEOPLE, "deadline", "content"):
            continue
        if not declared and (use in known or (use in UNIT_ROLES and known & {*UNIT_ROLES})):
            continue
        labels[label] = LABEL_OF[use]
        words, line = said[0]
        notes.leave_out(line.place, f"{label}：", "栏目的名称")
        if not declared and use_of(label) != use:
            ask_label(line.place, label, words, LABEL_OF[use], notes)
    return [relabelled(line, labels) for line in lines] if labels else list(lines)


def unknown_label(document: Document) -> tuple[str, Place] | None:
    """Return the first label that stands in several paragraphs and that nobody knows, and where; None without one."""
    for label, said in labels_in(document.lines).items():
        if len(said) > 1 and not (is_name(label) or is_section(label)):
            return label, said[0][1].place
    return None


def _with_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, a label or number on a line of its own before what the next one says: 责任单位：县住建局.

    So is one whose units go on there: 责任单位：县住建局、, or, below a label alone, on a line each.
    """
    before = ""
    alone = ""
    numbers = _numbers_alone(lines)
    for at, (line, below) in enumerate(zip_longest(lines, lines[1:])):
        whole = line._replace(text=f"{before}{line.text}")
        if not before and at in numbers:
            before = f"{line.text.strip('.．、 ')} "
        elif not before and below and (label := says_below(line.text, below.text)):
            before, alone = f"{label}：", label if use_behind(label) in UNIT_ROLES else ""
        elif before and alone and below and says_below(alone, below.text):
            before = f"{whole.text.rstrip('、')}、"
        elif below and whole.text.endswith("、") and begins_with_field(whole):
            before = whole.text
        else:
            yield whole
            before = alone = ""


_ALONE: Final = regex(r"\s*(0?[1-9]|[1-9][0-9])[.．、]?\s*")


def _numbers_alone(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that hold a number and nothing else, where they count what follows each of them from 1."""
    found = {
        at: int(alone[1]) for at, line in enumerate(lines) if (alone := _ALONE.fullmatch(line.text))
    }
    apart = all(second - first > 1 for first, second in pairwise([*found, len(lines)]))
    counts = len(found) > 1 and [*found.values()] == [*range(1, len(found) + 1)]
    return frozenset(found if apart and counts else ())


def ask_label(place: Place, name: str, words: str, read: str, notes: Notes) -> None:
    """Ask about a label that nobody knows, or that has no place, once; ``read`` is what its words are taken for."""
    if name in notes.answers.columns or any(
        doubt.code in COLUMN_CODES and doubt.subject == name for doubt in notes.doubts
    ):
        return
    taken = "没有读入" if read == "不读取" else f"作为“{read}”读入"
    code, why = "columns", f"看不出“{name}”后面写的是什么，{taken}"
    if says(name, "nowhere"):
        code, why = "extra-column", f"“{name}”在清单数据中没有位置，没有写入清单"
    elif read == "不读取" and use_of(name) == "deadline":
        why = f"“{name}”之外另写了完成时限，{taken}"
    notes.doubt(
        Doubt(code, place, name, words, why,
              "请选是什么；也可用 --columns 写明", read=read, choices=uses_to_choose(read))
    )  # fmt: skip
