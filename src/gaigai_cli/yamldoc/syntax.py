"""Syntax errors in words: what PyYAML's English messages usually mean in a file kept by hand."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yaml.error import MarkedYAMLError

from gaigai_cli.yamldoc.parsed import Problem, ProblemLog, line_of, shown, source_lines

_QUOTE: Final = "请把整个值用单引号括起来"
_TAB: Final = (
    "缩进用了制表符（Tab），YAML 只认空格",
    "把行首的制表符改成空格，与同级各行左对齐",
)
_NO_BLANK: Final = ("第{line}行的冒号后面缺少空格", "在冒号后面加一个空格，写成“键: 值”")
_FULL_WIDTH: Final = (
    "第{line}行用了全角冒号“：”",
    "键后面改用半角冒号加一个空格，写成“键: 值”；若冒号本是文字，请把整个值用单引号括起来",
)
_COLON_IN_VALUE: Final = (
    "值里又出现了“: ”，YAML 会把它当作另一个键",
    "把整个值用单引号括起来，或把里面的半角冒号改成全角“：”",
)
_UNFINISHED: Final = (
    "文件到这里就断了：多半是前面的括号没有闭合，或者后面的内容丢失",
    "补上缺少的括号或内容；若括号本是文字，请把整个值用单引号括起来",
)
_AFTER_QUOTE: Final = (
    "引号闭合之后又有文字",
    "把整个值放进同一对引号；文字里有双引号的，外层改用单引号",
)

# A key without blank after its colon, or with a full-width one; a URL's or a time's colon is
# none, and neither is one that a blank or the line's end follows.
_TIGHT_COLON: Final = re.compile(r"[ \t]*(?:- +)*[A-Za-z_][\w-]*:(?!//)[^\s:]")
_WIDE_COLON: Final = re.compile(r"[ \t]*(?:- +)*[^\s:：'\"\[{#]+：")

# Faults that end the reading and concern what is forbidden anyway, by the parser's context, which is their code too.
_FORBIDDEN: Final = {
    "alias": ("值以“*”开头，YAML 会当作别名", f"{_QUOTE}，如 '*说明'"),
    "anchor": ("值以“&”开头，YAML 会当作锚点", f"{_QUOTE}，如 '&说明'"),
    "directive": (
        "行首的“%”会被当作 YAML 指令，这里不能使用指令",
        "删去这一行；若“%”本是文字，请把整个值用单引号括起来",
    ),
    "tag": ("值以“!”开头，YAML 会当作类型标签", f"{_QUOTE}，如 '!说明'"),
}


class _Rule(NamedTuple):
    """What a message means: `at_context` puts it where the unfinished thing begins."""

    pattern: str
    message: str
    remedy: str
    at_context: bool = False


# Matched against "context: problem", first match wins; both parsers' wordings.
_RULES: Final = (
    _Rule(
        r"quoted scalar: found unexpected (end of stream|document)",
        "从第{line}行开始的引号没有闭合",
        "在这段文字的末尾补上同样的引号；文字里本有单引号的，写成两个单引号",
        at_context=True,
    ),
    _Rule(
        r"quoted scalar: found unknown escape",
        "双引号里的反斜杠“\\”后面不是合法的转义",
        "外层改用单引号，或把“\\”写成“\\\\”",
    ),
    _Rule(
        r"quoted scalar: .*(hexdecimal|hexadecimal|character escape)",
        "双引号里“\\x”“\\u”之类的转义写得不对",
        "外层改用单引号，或把“\\”写成“\\\\”",
    ),
    _Rule(r"found a tab character", *_TAB),
    _Rule(
        r"block scalar: ",
        "“|”或“>”后面不能再写文字，内容要从下一行写起",
        "把文字移到下一行并缩进；若“|”或“>”本是文字，请把整个值用单引号括起来",
    ),
    _Rule(
        r"cannot start any token",
        "值不能以“{character}”开头",
        _QUOTE,
    ),
    _Rule(
        r"could not find expected ':'",
        "第{line}行缺少冒号，看不出哪个是键、哪个是值",
        "写成“键: 值”（半角冒号加一个空格）；若是上一行文字的续行，请比上一行的键多缩进两格",
        at_context=True,
    ),
    _Rule(
        r"mapping values are not allowed",
        "本行多半缩进多了，或者上面一行缺少冒号，看不出哪个是键、哪个是值",
        "让本行的键与同级的键左对齐，并检查上面一行是否写成“键: 值”",
    ),
    _Rule(
        r"sequence entries are not allowed",
        "列表的“-”不能写在这里：多半是与键写在了同一行，或者缩进不对",
        "把“-”移到键的下一行，与同级各项左对齐；若“-”本是文字，请把整个值用单引号括起来",
    ),
    _Rule(
        r"mapping keys are not allowed",
        "“?”不能写在这里，YAML 会当作复杂键",
        _QUOTE,
    ),
    _Rule(
        r"block mapping: ",
        "本行与第{start}行开始的一组键对不齐：多半是缩进多了或少了空格",
        "让本行的键与同级的键左对齐，只用空格缩进",
    ),
    _Rule(
        r"block collection: ",
        "本行与第{start}行开始的列表对不齐：多半是缩进多了或少了空格，或者缺少“-”",
        "让本行与同级各项左对齐，每一项以“- ”开头",
    ),
    _Rule(
        r"flow sequence: .*(',' or '\]')",
        "第{line}行的方括号“[”没有闭合，或者里面缺少逗号",
        "补上“]”，各项之间用半角逗号隔开；若方括号本是文字，请把整个值用单引号括起来",
        at_context=True,
    ),
    _Rule(
        r"flow mapping: .*(',' or '\}')",
        "第{line}行的花括号“{{”没有闭合，或者里面缺少逗号",
        "补上“}}”，各项之间用半角逗号隔开；若花括号本是文字，请把整个值用单引号括起来",
        at_context=True,
    ),
    _Rule(
        r"node content",
        "这里缺少一个值：多半是多写了逗号、括号，或者值以标点开头而没有加引号",
        "补上值，或删去多余的标点；若标点本是文字，请把整个值用单引号括起来",
    ),
    _Rule(
        r"<document start>",
        "文件的内容到上一行已经结束，本行是多出来的：多半是缩进不对，或者多了括号、引号",
        "让本行与同级各行左对齐，删去多余的括号或引号",
    ),
    _Rule(
        r"found unexpected ':'",
        "花括号或方括号里的冒号后面缺少空格",
        "在冒号后面加一个空格；若冒号本是文字，请把整个值用单引号括起来",
    ),
)
_UNKNOWN: Final = _Rule(
    "",
    "这里的写法不符合 YAML 的格式",
    "检查本行和上一行的缩进、冒号、引号和括号，可与写法正确的各行对照",
)


def explain(error: MarkedYAMLError, lines: list[str]) -> Problem:
    """Return the problem that `error` stands for; `lines` are the lines that were parsed."""
    said = f"{error.context or ''}: {error.problem or ''}"
    forbidden = _forbidden(said)
    rule = next((rule for rule in _RULES if re.search(rule.pattern, said)), _UNKNOWN)
    problem_mark = error.problem_mark or error.context_mark
    context_mark = error.context_mark or error.problem_mark
    mark = context_mark if rule.at_context or forbidden else problem_mark
    if mark is None or context_mark is None:
        return unreadable(1)
    line, column = _inside(lines, mark.line + 1, mark.column + 1)
    if forbidden:
        return Problem(forbidden, *_FORBIDDEN[forbidden], line, column)
    (message, remedy), (line, column) = _cause(rule, lines, line, column)
    words = {
        "line": line,
        "start": context_mark.line + 1,
        "character": line_of(lines, line)[column - 1 : column],
    }
    return Problem("syntax", message.format_map(words), remedy.format_map(words), line, column)


def unreadable(line: int) -> Problem:
    """Return the problem of a file whose parser failed at `line` or after without saying where."""
    return Problem(
        "syntax",
        "这里或稍后有无法解读的转义（“\\”“%”之后的编码）",
        "文字含有这些符号的，把整个值用单引号括起来",
        line,
        1,
    )


def _forbidden(said: str) -> str | None:
    """Tell by the parser's words whether an alias, anchor, tag or directive failed to parse."""
    context, _, problem = said.partition(": ")
    if "directive" in said or "incompatible YAML document" in problem or "tag handle" in said:
        return "tag" if "undefined tag handle" in problem else "directive"
    return next((kind for kind in _FORBIDDEN if context.endswith(f" {kind}")), None)


def _cause(
    rule: _Rule, lines: list[str], line: int, column: int
) -> tuple[tuple[str, str], tuple[int, int]]:
    """Return the likeliest cause in words and its place: plain faults of keys before all else."""
    kind = rule.pattern
    here = line_of(lines, line)
    place = line, column
    said = rule.message, rule.remedy
    if "\t" in here[: len(here) - len(here.lstrip())] or here[column - 1 : column] == "\t":
        return _TAB, (line, here.index("\t") + 1)
    if "scalar" in kind:
        return said, place
    colon = _faulty_colon(lines, line)
    if colon:
        return colon
    before = here[: column - 1]
    if "mapping values" in kind and ": " in before:
        said = _COLON_IN_VALUE
    elif "node content" in kind and not here[column - 1 :]:
        said = _UNFINISHED
    elif "block" in kind and before.rstrip().endswith(("'", '"')):
        said = _AFTER_QUOTE
    return said, place


def _faulty_colon(lines: list[str], line: int) -> tuple[tuple[str, str], tuple[int, int]] | None:
    """Return a colon without blank or of full width in this line or the one before."""
    for number in (line, _before(lines, line)):
        text = line_of(lines, number)
        if found := _TIGHT_COLON.match(text):
            return _NO_BLANK, (number, found.end() - 1)
        if ": " not in text and (found := _WIDE_COLON.match(text)):
            return _FULL_WIDTH, (number, found.end())
    return None


def _inside(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """Return the place, or the end of the last line with text where no character stands there."""
    if column <= len(line_of(lines, line)):
        return line, column
    last = next((n for n in range(len(lines), 0, -1) if line_of(lines, n).strip()), 1)
    return min((line, column), (last, len(line_of(lines, last)) + 1))


def _before(lines: list[str], line: int) -> int:
    """Return the number of the last line before `line` that isn't blank, or `line` itself."""
    return next((n for n in range(line - 1, 0, -1) if line_of(lines, n).strip()), line)


# git's own rule: seven characters at the start of a line, then white space or the line's end.
_MARKER: Final = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?:[ \t]+(.*?)[ \t]*)?$")
_KEEP: Final = "两方的内容都要时都保留，只要一方时删去另一方"


def blank_conflict_markers(text: str, log: ProblemLog) -> tuple[str, range]:
    """Report each marker; return `text` with these lines emptied and the lines in dispute."""
    if not any(sign in text for sign in ("<<<<<<<", "=======", ">>>>>>>")):
        return text, range(0)
    lines = source_lines(text)
    markers = [(n, m) for n, line in enumerate(lines, 1) if (m := _MARKER.match(line))]
    if not markers:
        return text, range(0)
    following = [number for number, _ in markers[1:]] + [None]
    for (number, match), after in zip(markers, following, strict=True):
        log.add(_problem(match[1][0], match[2] or "", number, after))
        lines[number - 1] = ""
    return "\n".join(lines), range(markers[0][0], markers[-1][0] + 1)


def _problem(sign: str, label: str, line: int, after: int | None) -> Problem:
    name = f"（{shown(label)}）" if label else ""
    until = f"第{after}行之前" if after else "文件末尾"
    message, remedy = {
        "<": (f"合并冲突还没有解决：从这里到{until}是一方{name}的内容", f"删去本行；{_KEEP}"),
        "|": (f"合并冲突还没有解决：从这里到{until}是分歧前{name}的内容", f"从本行删到{until}"),
        "=": (f"合并冲突还没有解决：从这里到{until}是另一方的内容", f"删去本行；{_KEEP}"),
        ">": (f"合并冲突还没有解决：另一方{name}的内容到此为止", "删去本行"),
    }[sign]
    return Problem("conflict-marker", message, remedy, line, 1)
