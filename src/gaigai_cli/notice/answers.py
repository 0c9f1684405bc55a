"""The office's answers to doubts, kept in a file: a second import asks only what is new.

::

    answers:
      - about: deadline          # what the doubt is about
        subject: "16.2"          # what it concerns
        text: 立行立改            # the notice's words; other words are asked about anew
        value: 6月底              # a choice's value, words that are read as the cell would be, or 确认
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice.doubts import TITLES, Doubt, Key
from gaigai_cli.yamldoc import parse
from gaigai_cli.yamldoc.emit import block_text

CONFIRMED: Final = "确认"
"""The answer that what was read is right, or that the doubt has been seen."""

_HEAD: Final = "# 对导入疑点的答复：再次导入时沿用，文字改动过的重新提出\n"
_QUOTED: Final = frozenset({"subject"})


@dataclass
class Answers:
    """Answers by what they answer."""

    values: dict[Key, Any] = field(default_factory=dict)
    texts: dict[Key, str] = field(default_factory=dict)

    def find(self, key: Key) -> Any:
        """The answer to a doubt; None where there is none."""
        return self.values.get(key)

    def add(self, doubt: Doubt, value: Any) -> None:
        """Keep an answer."""
        self.values[doubt.key] = value
        self.texts[doubt.key] = doubt.text

    def of(self, code: str) -> Iterator[tuple[Key, Any]]:
        """All answers about one kind of thing."""
        return ((key, value) for key, value in self.values.items() if key.code == code)

    def text(self) -> str:
        """The file that keeps them."""
        rows = [
            {
                "about": key.code,
                "subject": key.subject,
                "text": self.texts.get(key, key.text),
                "value": value,
            }
            for key, value in self.values.items()
        ]
        return _HEAD + block_text({"answers": rows}, quoted=_QUOTED)


def read_answers(data: bytes, name: str) -> Answers:
    """The answers of a file. Raises ``GaigaiError`` where it is none."""
    document = parse(data)
    if document.problems:
        first = document.problems[0]
        raise GaigaiError(f"{name}第{first.line}行：{first.message}", first.remedy)
    root = document.root
    rows = root.get("answers") if isinstance(root, Mapping) else None
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise GaigaiError(f"{name}不是答复文件", "应有 answers 列表，可先用 --review 生成")
    found = Answers()
    for number, entry in enumerate(rows, start=1):
        row = plain(entry)
        key = _key(row, name, number)
        found.values[key] = row["value"]
        found.texts[key] = str(row.get("text") or "")
    return found


def _key(row: Any, name: str, number: int) -> Key:
    if not isinstance(row, Mapping) or "about" not in row or "value" not in row:
        raise GaigaiError(f"{name}第{number}条答复缺少 about 或 value", "请补齐，或删去这一条")
    about = str(row["about"])
    if about not in TITLES:
        raise GaigaiError(
            f"{name}第{number}条答复的 about 不能写“{about}”", f"可写：{'、'.join(TITLES)}"
        )
    text = "".join(str(row.get("text") or "").split())
    return Key(about, str(row.get("subject") or ""), text)


def plain(value: Any) -> Any:
    """A tree of the YAML layer as plain text, lists and maps."""
    if isinstance(value, Mapping):
        return {str(key): plain(child) for key, child in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(child) for child in value]
    return None if value is None else str(value)


def in_words(value: Any) -> str:
    """An answer for people to read."""
    if isinstance(value, Mapping):
        return "，".join(f"{key}：{in_words(child)}" for key, child in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        names = [
            str(child["name"]) for child in value if isinstance(child, Mapping) and "name" in child
        ]
        return "、".join(names or map(in_words, value)) or "（无）"
    return str(value)
