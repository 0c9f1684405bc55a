"""The page's addresses, and where it does what a command does: a remedy names commands, read here as its places.

Every layer says what can be done in one language, that of the commands. The terminal prints it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import quote, urlencode

from markupsafe import Markup

from gaigai_cli.characters import harmless
from gaigai_cli.model.kinds import KindName
from gaigai_cli.model.records import FIELDS, label
from gaigai_cli.work.record import TAKING_BACK

_HAN: Final = "\u4e00-\u9fff"
_BLANKS: Final = "编号|事项编号|单位|理由|日期|文件夹"
"""What stands in a command for something that its reader puts in."""
_COMMAND: Final = re.compile(
    rf"(?P<verb>运行|用)? ?gaigai (?P<name>[a-z][a-z-]*)"
    rf"(?P<words>(?: (?:--[a-z][a-z-]*|[0-9A-Za-z][\w.:-]*|(?:{_BLANKS})(?![{_HAN}])))*) ?",
    re.ASCII,
)
_OPTION: Final = re.compile(r"(?P<verb>加|去掉)? ?--(?P<name>[a-z][a-z-]*) ?")


class _Way(NamedTuple):
    """A place of the page: what it is called, its address if it has one, what is written on it if it is a button."""

    words: str
    address: str = ""
    button: str = ""


_TODAY: Final = _Way("“今日”页", "/")
_UNITS: Final = _Way("“单位”页", "/单位")
_OPENED: Final[Mapping[str, _Way]] = {
    "check": _Way("“核查”页", "/核查"),
    "collect": _Way("“收报送表”页", "/收表"),
    "contacts": _UNITS,
    "depts": _UNITS,
    "due": _TODAY,
    "form": _UNITS,
    "instructions": _TODAY,
    "list": _Way("“清单”页", "/清单"),
    "overdue": _TODAY,
    "remind": _Way("“催报”页", "/催报"),
    "report": _Way("“通报”页", "/通报"),
    "show": _Way("事项的页面", "/清单"),
}
_OF_BULLETIN: Final[Mapping[str, str]] = {
    "check": "核对函已送出",
    "correct": "印发更正",
    "revoke": "撤销后重新签发",
    "withdraw": "撤回签发",
}
"""What `report` does with a bulletin, by the option that says so."""
_RECORDED: Final[Mapping[str, KindName]] = {
    "answer": "办理反馈",
    "assess": "期满评估",
    "done": "申请销号",
    "extend": "申请延期",
    "grant": "批准延期",
    "milestones": "阶段节点",
    "reopen": "撤销销号",
    "resume": "条件具备",
    "update": "进展",
    "verify": "核验销号",
}
"""The kind of record that an item gets by a command."""
_TICKED: Final[Mapping[str, str]] = {
    "force": "确认",
    "unsent": "尚未分发",
    "void": "整条作废",
}
_FILLED: Final[Mapping[str, str]] = {
    "date": "签发日期",
    "kind": "种类",
    "month": "月份",
    "number": "文号",
    "printed": "印发日期",
    "revoke": "撤销的理由",
    "says": "更正什么",
    "unit": "单位",
}
"""What the page calls an option, where it isn't the word for a field of a record."""


def address(path: str, words: Iterable[tuple[str, str]] | Mapping[str, str] = ()) -> str:
    """Return an address of the page with what is asked for."""
    query = urlencode(list(words.items() if isinstance(words, Mapping) else words))
    return quote(path) + (f"?{query}" if query else "")


def button(kind: str) -> str:
    """Return what is written on the button by which a kind of record is made."""
    return {"进展": "报进展", "核减": "调出清单"}.get(kind, kind)


class Action(NamedTuple):
    """Something that can be done, and the address where it is."""

    words: str
    address: str


def do(kind: str, *about: tuple[str, str]) -> Action:
    """Return the button by which a kind of record is made, of what it is about."""
    return Action(button(kind), address(f"/登记/{kind}", about))


def here(words: str) -> Markup:
    """Return a sentence with what it names of the command line said as the page has it, with links."""
    found, end, elsewhere = Markup(), 0, False
    for match in _COMMAND.finditer(words):
        way = _way(match["name"], match["words"].split())
        if way is None:
            elsewhere = True
            continue
        before = words[end : match.start()].removesuffix(" ")
        verb = match["verb"] or ("运行" if before.endswith(("（", "：")) and way.button else "")
        found += _options(before) + _said(verb, way)
        end = match.end()
        if way.button and words.startswith(way.button, end):
            end += len(way.button)  # 点“申请销号”, not 点“申请销号”申请销号
    found += _options(words[end:])
    return found + "（要用命令行，请找管理这台电脑的人）" if elsewhere else found


def _said(verb: str, way: _Way) -> Markup:
    """Return what is done with a place: 运行 and 用 are said of commands."""
    where = {"运行": "点", "用": "用"} if way.button else {"运行": "打开", "用": "在"}
    name = (
        Markup('<a href="{}">{}</a>').format(way.address, way.words) if way.address else way.words
    )
    return Markup("{}{}").format(where.get(verb, ""), name)


def _way(command: str, words: Sequence[str]) -> _Way | None:
    """Return the place of a command with its words; None where only the terminal has it."""
    named = next((word for word in words if word[0].isdigit()), "")
    options = {word[2:] for word in words if word.startswith("--")}
    if command == "show" and named:
        return _Way(f"事项{named}", address(f"/事项/{named}"))
    if command == "correct":
        return _Way("记录旁的“更正”", address(f"/更正/{named}") if named else "", "更正")
    if command == "sync":
        return _Way("“往来”页的“同步”", "/往来", "同步")
    if command == "report" and options & _OF_BULLETIN.keys():
        done = next(_OF_BULLETIN[one] for one in _OF_BULLETIN if one in options)
        return _Way(f"“{done}”", address("/通报", {"month": named} if named else {}), done)
    if command in _RECORDED:
        kind = _RECORDED[command]
        pressed, about = button(kind), {"item": named}
        if "take-back" in options:
            pressed, about = f"撤回{kind}", {"item": named, "of": kind}
            kind = TAKING_BACK
        return _Way(f"“{pressed}”", address(f"/登记/{kind}", about) if named else "", pressed)
    return _OPENED.get(command)


def _options(words: str) -> Markup:
    """Return a piece without commands, its options by their names on the page."""
    found, end = Markup(), 0
    for match in _OPTION.finditer(words):
        field, verb = match["name"].replace("-", "_"), match["verb"] or ""
        name = _TICKED.get(field) or _FILLED.get(field)
        if name is None and field in FIELDS:
            name = label(field)
        if name is None:
            continue
        does = (
            {"加": "勾选", "去掉": "取消"} if field in _TICKED else {"加": "填写", "去掉": "清空"}
        )
        found += Markup("{}{}“{}”").format(
            harmless(words[end : match.start()]), does.get(verb, verb), name
        )
        end = match.end()
    return found + harmless(words[end:])
