"""The office's answers to doubts, kept in a file: a second import asks only what is new.

::

    columns: {惠民事项: 工作内容, 落实科室: 责任单位, 附注: 不读取}      # by the head's words; or a list, by position
    answers:
      - about: deadline          # what the doubt is about
        subject: "16.2"          # what it concerns
        text: 立行立改            # the notice's words; other words are asked about anew
        value: 6月底              # a choice's value, words that are read as the cell would be, or 确认
      - about: deadline
        subjects: ["3.1", "4.1"]  # one answer for several items
        text: ""
        value: {kind: unset}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice.columns import declared_key
from gaigai_cli.notice.document import Cell, Place, squeezed
from gaigai_cli.notice.doubts import COLUMN_CODES, CONFIRMED, TITLES, Doubt, Key, LeftOut, Refused
from gaigai_cli.words.heads import LABEL_OF, LABELS, ColumnUse
from gaigai_cli.yamldoc.emit import block_text
from gaigai_cli.yamldoc.reader import parse

A_UNIT: Final = "是单位"
"""The answer that names which don't look like units are units."""

_HEAD: Final = "# 对导入疑点的答复：再次导入时沿用，文字改动过的重新提出\n"
_QUOTED: Final = frozenset({"subject"})


@dataclass
class Answers:
    """Answers by what they answer; ``columns`` are what the office says of columns."""

    values: dict[Key, Any] = field(default_factory=dict)
    texts: dict[Key, str] = field(default_factory=dict)
    columns: dict[str, ColumnUse] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    several: dict[tuple[str, str], list[Key]] = field(default_factory=dict)
    """What is answered for several items, whose words may differ: each key has its subject and all of their words."""

    def find(self, key: Key) -> Any:
        """Return the answer to a doubt; None where there is none."""
        kept = self._kept(key)
        return None if kept is None else self.values[kept]

    def _kept(self, key: Key) -> Key | None:
        """Return the key under which an answer to a doubt is kept."""
        if key in self.values:
            return key
        of_several = self.several.get((key.code, key.subject), ()) if key.text else ()
        return next((each for each in of_several if key.text in each.text), None)

    def unused(self, doubts: Iterable[Doubt]) -> tuple[Key, ...]:
        """Return the answers that none of the doubts asks for; that a name is a unit's settles its doubt beforehand."""
        used = {self._kept(doubt.key) for doubt in doubts}
        return tuple(
            key for key, value in self.values.items() if key not in used and value != A_UNIT
        )

    def add(self, doubt: Doubt, value: Any) -> None:
        """Keep an answer; that to a question for several items is the answer to each."""
        for part in doubt.parts or (doubt,):
            if part.code in COLUMN_CODES and value in LABELS:
                self.declare(part.subject, LABELS[value])
            else:
                self.values[part.key] = value
                self.texts[part.key] = part.text

    def declare(self, head: str, use: ColumnUse) -> str:
        """Keep what the office says of a column, by its head or as 第2栏 or 2; return the key by which it is kept."""
        words = head.removeprefix("第").removesuffix("栏")
        key = words if words.isdecimal() else declared_key(head)
        self.columns[key] = use
        self.heads[key] = words if words.isdecimal() else head
        return key

    @property
    def named(self) -> Iterator[str]:
        """The words of units that the office said are names of units, where they don't look it."""
        for key, value in self.values.items():
            if key.code == "units" and value == A_UNIT:
                yield key.text

    def text(self) -> str:
        """Return the file that keeps them."""
        rows = [
            {
                "about": code,
                **({"subject": subjects[0]} if len(subjects) == 1 else {"subjects": subjects}),
                "text": text,
                "value": value,
            }
            for code, subjects, text, value in self._rows()
        ]
        tree: dict[str, Any] = {}
        if self.columns:
            tree["columns"] = {self.heads[key]: LABEL_OF[use] for key, use in self.columns.items()}
        return _HEAD + block_text({**tree, "answers": rows}, quoted=_QUOTED)

    def _rows(self) -> Iterator[tuple[str, list[str], str, Any]]:
        """Yield each answer: what it is about, whom it concerns, its words, its value; the same answers as one."""
        same: dict[tuple[str, str, str], list[Key]] = {}
        for key, value in self.values.items():
            same.setdefault((key.code, key.text, repr(value)), []).append(key)
        for keys in same.values():
            first = keys[0]
            subjects = [key.subject for key in keys]
            yield first.code, subjects, self.texts[first], self.values[first]


@dataclass
class Notes:
    """Gathers doubts, with the answers that there are, and what was left out, while a notice is read."""

    answers: Answers
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def doubt(self, doubt: Doubt) -> Any:
        """Add a doubt; the answer to it, None where there is none, or one that is none of those that it can have."""
        value = self.answers.find(doubt.key)
        self.doubts.append(doubt if value is None else doubt._replace(answer=value))
        if value is not None and doubt.answers and value not in doubt.answers:
            self.refuse(f"应是{'或'.join(f'“{each}”' for each in doubt.answers)}")
            return None
        return value

    def refuse(self, why: str) -> None:
        """Note that the answer to the last doubt can't be read: the doubt stays open."""
        doubt = self.doubts[-1]
        self.refused.append(Refused(doubt, doubt.answer, why))
        self.doubts[-1] = doubt._replace(answer=None)

    def leave_out(self, place: Place, text: str, what: str) -> None:
        """Note a text as layout."""
        if text.strip():
            self.left_out.append(LeftOut(place, text, what))

    def leave_out_all(self, cells: Iterable[Cell], what: str) -> None:
        """Note cells as layout."""
        for cell in cells:
            self.leave_out(cell.place, cell.text, what)


def read_answers(data: bytes, name: str) -> Answers:
    """Return the answers of a file. Raises ``GaigaiError`` where it is none."""
    document = parse(data)
    if document.problems:
        first = document.problems[0]
        raise GaigaiError(f"{name}第{first.line}行：{first.message}", first.remedy)
    root = plain(document.root)
    rows = (
        root.get("answers", [] if "columns" in root else None) if isinstance(root, dict) else None
    )
    if not isinstance(rows, list):
        raise GaigaiError(f"{name}不是答复文件", "应有 answers 列表，可先用 --review 生成")
    found = Answers()
    for head, use in _declared(root.get("columns"), name):
        found.declare(head, column_use(use, name))
    for number, row in enumerate(rows, start=1):
        keys = _keys(row, name, number)
        for key in keys:
            if key.code in COLUMN_CODES and row["value"] != CONFIRMED:
                found.declare(key.subject, column_use(row["value"], name))
                continue
            if found.values.get(key, row["value"]) != row["value"]:
                message = f"{name}第{number}条答复与前面一条答复的是同一处，答复却不同"
                raise GaigaiError(message, "请只留一条")
            found.values[key] = row["value"]
            found.texts[key] = str(row.get("text") or "")
            if len(keys) > 1:
                found.several.setdefault((key.code, key.subject), []).append(key)
    return found


def _declared(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Yield heads and what they are: of a map as written, of a list by position."""
    if value is None:
        return
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((str(number), use) for number, use in enumerate(value, 1))
    else:
        raise GaigaiError(f"{name}的 columns 写法不对", "请写成“表头: 栏目”的样子，或按栏列出")


def column_use(value: Any, where: str) -> ColumnUse:
    """Return the use that a label or key names. Raises ``GaigaiError`` for another word."""
    word = str(value).strip()
    if word in LABELS:
        return LABELS[word]
    if word in LABEL_OF:
        return LABELS[LABEL_OF[word]]
    raise GaigaiError(f"{where}：栏目不能写“{word}”", f"可写：{'、'.join(LABELS)}")


def columns_of(words: str) -> Iterator[tuple[str, ColumnUse]]:
    """Yield the columns of an option, ``民生实事=工作内容,承办处室=责任单位``; raise ``GaigaiError`` for others."""
    for part in re.split("[,，、;；]", words):
        head, sign, use = part.replace("＝", "=").rpartition("=")
        if not part.strip():
            continue
        if not sign or not head.strip():
            raise GaigaiError(
                f"--columns 的“{part.strip()}”看不出是哪一栏",
                "请写成“表头=栏目”，几栏之间用逗号隔开，如 民生实事=工作内容，承办处室=责任单位",
            )
        yield head.strip(), column_use(use, "--columns")


def _keys(row: Any, name: str, number: int) -> list[Key]:
    if not isinstance(row, Mapping) or "about" not in row or "value" not in row:
        raise GaigaiError(f"{name}第{number}条答复缺少 about 或 value", "请补齐，或删去这一条")
    about = str(row["about"])
    if about not in TITLES:
        raise GaigaiError(
            f"{name}第{number}条答复的 about 不能写“{about}”", f"可写：{'、'.join(TITLES)}"
        )
    text = squeezed(str(row.get("text") or ""))
    subjects = row.get("subjects") or [row.get("subject") or ""]
    if not isinstance(subjects, list):
        raise GaigaiError(
            f"{name}第{number}条答复的 subjects 应是列表", '如 subjects: ["1.1", "2.1"]'
        )
    return [Key(about, str(subject), text) for subject in subjects]


def plain(value: Any) -> Any:
    """Return a tree of the YAML layer as plain text, lists and maps."""
    if isinstance(value, Mapping):
        return {str(key): plain(child) for key, child in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(child) for child in value]
    return None if value is None else str(value)


def in_words(value: Any) -> str:
    """Return an answer for people to read."""
    if isinstance(value, Mapping):
        return "，".join(f"{key}：{in_words(child)}" for key, child in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        names = [
            str(child["name"]) for child in value if isinstance(child, Mapping) and "name" in child
        ]
        return "、".join(names or map(in_words, value)) or "（无）"
    return str(value)
