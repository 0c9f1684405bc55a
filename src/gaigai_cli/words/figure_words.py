"""The words for targets and values of indicators, the same in bulletins, on forms and on the screen."""

from collections.abc import Callable
from decimal import Decimal

from gaigai_cli.model.indicators import Indicator, Metric, MetricEntry


def number_words(value: Decimal) -> str:
    """A number as people write it: no exponent, no closing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_words(value: Decimal, unit: str | None) -> str:
    """A number with its unit, ``100%`` or ``2个``."""
    return f"{number_words(value)}{unit or ''}"


def metric_words(
    value: Metric,
    indicator: Indicator | None,
    things: Callable[[tuple[MetricEntry, ...]], str],
) -> str:
    """A reported value: ``100%``, one figure a unit, or what was counted in the words of ``things``."""
    unit = indicator.unit if indicator else None
    if isinstance(value, Decimal):
        return value_words(value, unit)
    if isinstance(value, dict):
        return "，".join(f"{name}{value_words(number, unit)}" for name, number in value.items())
    return things(value)


def target_words(indicator: Indicator) -> str:
    """The target of an indicator: ``不少于2个``, ``较2023年全年（60%）提高``, ``口径待明确（…）``."""
    target, unit = indicator.target, indicator.unit
    for value, word in (
        (target.at_least, "不少于"),
        (target.at_most, "不超过"),
        (target.equal, "等于"),
    ):
        if value is not None:
            return f"{word}{value_words(value, unit)}"
    if target.trend:
        word = "提高" if target.trend == "up" else "降低"
        base = indicator.baseline
        return (
            f"较{base.label}（{value_words(base.value, unit)}）{word}" if base else f"较基期{word}"
        )
    return target.text or f"口径待明确（{target.undecided}）"
