"""The assessment on the screen and as JSON: the table of units, and one unit's score line by line."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from gaigai_cli.render.grid import Head, grid
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    Page,
    Part,
    StyledText,
    hanging,
    noted,
    page,
    paragraph,
    titled,
)
from gaigai_cli.report.score import NOT_COUNTED, Score, ScoreLine, UnitScore, rounded
from gaigai_cli.words.say import full_day

_RULES: Final = ("按期办结", "延期后按期办结", "逾期办结", "到期未办结", "期满评估")
_HEADS: Final = ("按期", "延期", "逾期", "未办结", "评估")
_INDENT: Final = 9
UNAPPROVED: Final = "rules.yaml 没有写明批准的考核办法（ranks），不排名次。"
DEFAULT: Final = (
    "rules.yaml 没有写 score，按程序的默认分值计算；分值和等次由督办机构核定后写入 rules.yaml。"
)

_UNHEARD: Final = frozenset(("迟报", "补报", "漏报", "未报"))
"""Lines of a score that take points off for reports."""

_REPORT_LACKS: Final = "没有这一期的报送记录"
_LACKS: Final = {
    "到期未办结": "没有有效的核验销号记录",
    "漏报": _REPORT_LACKS,
    "未报": _REPORT_LACKS,
}
"""Which record is missing, by the rules for which the lack of one decides: the item may well have others."""


def score_page(score: Score, typed: Callable[[str], str]) -> Page:
    """Return all units: of a quarter the grades in the list's order, of a year the ranks as well.

    ``typed`` makes commands find the list from here.
    """
    units = (
        sorted(score.units, key=lambda u: (u.rank is None, u.rank)) if score.ranked else score.units
    )
    return page(
        _head(score, "单位考核"),
        grid(_heads(score), [_row(score, unit) for unit in units]),
        _foot(score, typed),
    )


def _head(score: Score, title: str) -> Iterator[Part]:
    yield from noted(score.notes)
    yield titled(f"{score.period.words}{title}", f"截至{full_day(score.cut)}")


def _heads(score: Score) -> Sequence[Head]:
    counts = [Head(name, right=True) for name in ("应评", *_HEADS)]
    ranked = [Head("得分", right=True), Head("等次"), Head("名次", "text")]
    graded = [Head("等次"), Head("备注", "text")]
    return [Head("单位", "names"), *counts, *(ranked if score.ranked else graded)]


def _row(score: Score, unit: UnitScore) -> Sequence[str | StyledText]:
    numbers = [len({p.item for p in unit.lines if p.rule == rule}) for rule in _RULES]
    counts = [str(number or "") for number in (unit.counted, *numbers)]
    points, grade = rounded(unit.points) if unit.points is not None else "—", unit.grade or "—"
    remark = StyledText(str(unit.rank) if unit.rank else unit.remark, "" if unit.rank else FAINT)
    return [unit.unit, *counts, *([points] if score.ranked else []), grade, remark]


def _foot(score: Score, typed: Callable[[str], str]) -> Iterator[Part]:
    sentences = [
        "得分为所牵头事项的平均分，加减报送、表扬、通报批评和责任认定；督办机构、垂直管理单位和不牵头事项的单位列示，不排名。"
        if score.ranked
        else "只评等次，不排名；督办机构、垂直管理单位和不牵头事项的单位列示，不评等次。",
        "各列为事项数，不含待核验、未到期和未评估的。运行 gaigai score --explain 单位 查看每一分的依据。",
        *_without_effect(score),
        *((UNAPPROVED,) if not score.basis else ()),
        *((DEFAULT,) if score.by_default else ()),
    ]
    for sentence in sentences:
        yield paragraph(typed(sentence), FAINT)


def _without_effect(score: Score) -> Iterator[str]:
    """Yield what is said of reports that came late or not at all where their units aren't graded."""
    silent = [
        unit.unit
        for unit in score.units
        if unit.points is None and any(line.rule in _UNHEARD for line in unit.lines)
    ]
    if silent:
        later = "不计分" if score.period.is_year else "不评等次；未按期报送的在年度考核时扣分"
        yield f"{'、'.join(silent)}未按期报送进展，因本期没有应评事项，{later}。"


def explained_page(score: Score, unit: str) -> Page:
    """Return one unit: every line with its rule, item, record and date, and their sum."""
    found = next(u for u in score.units if u.unit == unit)
    counted = [line for line in found.lines if line.rule != NOT_COUNTED]
    rest = [line for line in found.lines if line.rule == NOT_COUNTED]
    return page(
        _head(score, f"考核：{unit}"),
        _explained(counted) if counted else paragraph("没有计分的事项和记录。"),
        ((StyledText("不计入", STRONG),), *_explained(rest)) if rest else (),
        paragraph(_sum(found), STRONG),
        paragraph(DEFAULT, FAINT) if score.by_default else (),
    )


def _explained(lines: Sequence[ScoreLine]) -> Iterator[Part]:
    for line in lines:
        own = f"（本项{_value(line.value)}分）" if line.value is not None else ""
        about = [
            f"{'' if line.rule == NOT_COUNTED else line.rule}{own}",
            f"事项{line.item}" if line.item else "",
            line.day.isoformat() if line.day else "",
        ]
        points = "" if line.rule == NOT_COUNTED else _signed(line.points)
        words = "  ".join(part for part in about if part)
        label = StyledText(f"{points:>{_INDENT - 2}}", STRONG)
        yield hanging(label, words, indent=_INDENT)
        record = f"记录{line.record}" if line.record else _LACKS.get(line.rule, "")
        source = "  ".join(part for part in (line.words, record) if part)
        yield hanging("", source, indent=_INDENT, style=FAINT)


def _value(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else rounded(value)


def _signed(points: Fraction) -> str:
    return rounded(points) if points < 0 else f"+{rounded(points)}"


def _sum(unit: UnitScore) -> str:
    if unit.points is None:
        return "本期没有应评事项，不计分、不评等次、不排名。"
    words = [f"得分{rounded(unit.points)}（各行之和，按两位小数显示）"]
    words += [f"等次{unit.grade}"] if unit.grade else []
    words += [f"第{unit.rank}名"] if unit.rank else []
    words += [f"{unit.remark}，不排名"] if unit.remark else []
    return f"{'，'.join(words)}。"


def score_json(score: Score, unit: str | None) -> dict[str, Any]:
    """Return the JSON of ``score``; points have two decimals, ``exact`` is the fraction that adds up."""
    return {
        "period": str(score.period),
        "cut": score.cut.isoformat(),
        "ranked": score.ranked,
        "by_default": score.by_default,
        "notes": list(score.notes),
        "units": [_unit_json(u) for u in score.units if unit in (None, u.unit)],
    }


def _unit_json(unit: UnitScore) -> dict[str, Any]:
    return {
        "unit": unit.unit,
        "counted": unit.counted,
        "score": _number(unit.points),
        "grade": unit.grade,
        "rank": unit.rank,
        "remark": unit.remark or None,
        "lines": [
            {
                "rule": line.rule,
                "id": line.item,
                "words": line.words,
                "record": line.record,
                "date": line.day.isoformat() if line.day else None,
                "value": _number(line.value),
                "points": _number(line.points),
                "exact": str(line.points),
            }
            for line in unit.lines
        ],
    }


def _number(points: Fraction | None) -> float | None:
    return None if points is None else float(rounded(points))
