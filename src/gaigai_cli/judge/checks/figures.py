"""Checks of the figures that records carry."""

from collections.abc import Iterator
from decimal import Decimal

from gaigai_cli.judge.checks.making import AtFault
from gaigai_cli.judge.corrections import Records
from gaigai_cli.model.indicators import Indicator, MetricValue
from gaigai_cli.model.ledger import Entry
from gaigai_cli.words.typed import meant


def unknown_metric(records: Records) -> Iterator[AtFault]:
    """Find a figure for an indicator that the item doesn't have."""
    for entry, name, _, indicators in _metrics(records):
        if name not in indicators:
            ids = "、".join(indicators)
            known = f"该事项的指标有{ids}" if ids else "该事项没有指标，请写在进展情况里"
            message = f"事项{entry.record.item}没有指标“{name}”"
            yield entry, ("metrics", name), message, f"{meant(name, indicators)}{known}"


def metric_form(records: Records) -> Iterator[AtFault]:
    """Find a number where things are counted one by one, or the other way round."""
    for entry, name, value, indicators in _metrics(records):
        indicator = indicators.get(name)
        if indicator is None:
            continue
        numeric = isinstance(value, Decimal | dict)
        if numeric != (indicator.measure == "entries"):
            continue
        if numeric:
            message = f"指标“{indicator.name}”逐件登记，不能只报数字"
            remedy = "请逐件写明 name（名称）、date（日期）、reference（文号、项目代码或链接）"
        else:
            message = f"指标“{indicator.name}”报的是数字，不逐件登记"
            remedy = "请只写数字，或按“单位: 数字”分单位写"
        yield entry, ("metrics", name), message, remedy


def not_provider(records: Records) -> Iterator[AtFault]:
    """Find a figure by a unit whose figures don't count for the indicator."""
    canonical = records.ledger.units.canonical
    for entry, name, _, indicators in _metrics(records):
        indicator = indicators.get(name)
        if indicator is None or indicator.provider is None:
            continue
        provider = canonical(indicator.provider, entry.record.item)
        if entry.unit != provider:
            message = (
                f"指标“{indicator.name}”的数据以{provider}提供的为准，{entry.unit}报的数不采用"
            )
            yield entry, ("metrics", name), message, f"请把数据报给{provider}"


def _metrics(
    records: Records,
) -> Iterator[tuple[Entry, str, MetricValue, dict[str, Indicator]]]:
    """Yield every figure of every record, with the indicators of its item by id."""
    known = {
        item.id: {indicator.id: indicator for indicator in item.indicators}
        for task in records.ledger.tasks.tasks
        for item in task.items
    }
    for entry in records.entries:
        if entry.record.metrics is None:
            continue
        indicators = known.get(entry.record.item or "")
        if indicators is None:
            continue
        for name, value in entry.record.metrics.items():
            yield entry, name, value, indicators
