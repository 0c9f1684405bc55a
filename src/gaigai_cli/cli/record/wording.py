"""The words of records as people type them: figures, evidence, lists of units."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from gaigai_cli.cli import values
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.indicators import Indicator, MetricEntry, MetricValue
from gaigai_cli.model.ledger import StoredFile
from gaigai_cli.model.nearest import meant
from gaigai_cli.model.records import Evidence, EvidenceFile
from gaigai_cli.store.keep import plan_evidence

MB: Final = 1024 * 1024
_URL: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_FILE_NAME: Final = re.compile(
    r".+\.(pdf|ofd|docx?|xlsx?|pptx?|wps|et|txt|csv|jpe?g|png|bmp|tiff?|zip|rar|7z|mp4|eml)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_SEPARATORS: Final = re.compile(r"[、,，;；\s]+")
_ENTRY_PARTS: Final = 3


@dataclass
class Files:
    """Evidence files that a record is to have: what will lie where, and what has to be copied for it."""

    session: Session
    unit: str
    planned: dict[str, StoredFile] = field(default_factory=dict)
    sources: dict[str, Path] = field(default_factory=dict)

    def add(self, source: Path) -> EvidenceFile:
        """What the record says of the file; raises ``GaigaiError`` where it can't be evidence."""
        limit = self.session.ledger.rules.evidence.max_mb * MB
        kept, stored = plan_evidence(self.session.data, self.unit, source, limit_bytes=limit)
        known = self.planned.get(kept.file)
        if known is not None and known.sha256() != kept.sha256:
            raise GaigaiError(f"有两个不同的文件都叫“{source.name}”", "请将其中一个改名")
        self.planned[kept.file] = stored
        self.sources[kept.file] = source
        return EvidenceFile(file=kept.file, sha256=kept.sha256)

    def evidence(self, words: str) -> Evidence:
        """A document number, an address, or a file that lies here."""
        if _URL.fullmatch(words):
            return words
        path = Path(words).expanduser()
        if _names_something(path):
            return self.add(path)
        if names_file(words):
            raise GaigaiError(f"没有“{words}”这个文件", "请核对路径；文号不必带扩展名")
        return words


def names_file(words: str) -> bool:
    """Whether words look like the name of a file rather than a document number."""
    return _FILE_NAME.fullmatch(words) is not None


def _names_something(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        return False


def text(words: str) -> str:
    """Words that say something, letter for letter."""
    if not words.strip():
        raise GaigaiError("内容是空的", "请填写，或不写这个选项")
    return words


def percent(words: str) -> int:
    """``60`` or ``60%``, 0 to 100."""
    number = values.plain(words).removesuffix("%")
    if not number.isdecimal() or int(number) > 100:
        raise GaigaiError(f"完成百分比写错了：“{words}”", "应写 0 到 100 的整数")
    return int(number)


def month(words: str) -> str:
    """``2024-06``."""
    year, number = values.month(words, what="--period")
    return f"{year:04d}-{number:02d}"


def units(session: Session, words: Sequence[str]) -> tuple[str, ...]:
    """Units by the list's names, each once; one word may hold several."""
    named = (name for word in words for name in _SEPARATORS.split(word) if name)
    return tuple(dict.fromkeys(session.unit(name) for name in named))


def metrics(
    session: Session, indicators: Sequence[Indicator], words: Sequence[str]
) -> dict[str, MetricValue]:
    """``id=value`` words, several for one indicator where things are counted or units told apart."""
    found: dict[str, MetricValue] = {}
    for word in words:
        name, sign, value = word.partition("=")
        indicator = _indicator(indicators, name.strip())
        if not sign or not value.strip():
            raise GaigaiError(f"--metric 写错了：“{word}”", f"应写成 {indicator.id}=数值 的样子")
        _join(found, indicator, metric(session, indicator, value.strip()))
    return found


def _indicator(indicators: Sequence[Indicator], word: str) -> Indicator:
    known = {key: i for i in indicators for key in (i.id, i.name)}
    found = known.get(word)
    if found is None:
        ids = "、".join(f"{i.id}（{i.name}）" for i in indicators)
        remedy = f"该事项的指标有{ids}" if ids else "该事项没有指标，请写在进展情况里"
        raise GaigaiError(f"该事项没有指标“{word}”", f"{meant(word, known)}{remedy}")
    return found


def metric(session: Session, indicator: Indicator, words: str) -> MetricValue:
    """A number, ``单位=数值`` pairs, or a thing counted as ``名称|日期|文号``, as the indicator asks."""
    if indicator.measure == "entries":
        return (_entry(session, indicator, words),)
    if "=" not in words:
        return _number(indicator, words)
    shares: dict[str, Decimal] = {}
    for pair in filter(None, _SEPARATORS.split(words)):
        unit, _, number = pair.partition("=")
        shares[session.unit(unit)] = _number(indicator, number)
    return shares


def _entry(session: Session, indicator: Indicator, words: str) -> MetricEntry:
    parts = [part.strip() for part in words.replace("｜", "|").split("|")]
    if len(parts) != _ENTRY_PARTS or not all(parts):
        raise GaigaiError(
            f"指标“{indicator.name}”逐件登记，不能写“{words}”",
            f"应写成 {indicator.id}=名称|日期|文号 的样子，几件就写几次",
        )
    name, day, reference = parts
    when: date = session.day(day, what=f"指标“{indicator.name}”的日期")
    return MetricEntry(name=name, date=when, reference=reference)


def _number(indicator: Indicator, words: str) -> Decimal:
    number = values.plain(words)
    if indicator.unit:
        number = number.removesuffix(values.plain(indicator.unit)).strip()
    if not _NUMBER.fullmatch(number):
        raise GaigaiError(
            f"指标“{indicator.name}”写错了：“{words}”不是数字", "应写成 12 或 0.5 的样子"
        )
    return Decimal(number)


def _join(found: dict[str, MetricValue], indicator: Indicator, value: MetricValue) -> None:
    before = found.get(indicator.id)
    if isinstance(before, tuple) and isinstance(value, tuple):
        value = (*before, *value)
    elif isinstance(before, Mapping) and isinstance(value, Mapping):
        value = {**before, **value}
    elif before is not None:
        raise GaigaiError(f"指标“{indicator.name}”写了不止一次", "请只留一个")
    found[indicator.id] = value


def said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, (), {}, "", [])}
