"""The indicators of a list as a bulletin shows them."""

from gaigai_cli.judge.judgement import Judgement
from gaigai_cli.model.figure_words import target_words
from gaigai_cli.report.document import IndicatorRow


def indicator_rows(now: Judgement) -> tuple[IndicatorRow, ...]:
    """Every indicator of the items that count, in the list's order."""
    return tuple(
        IndicatorRow(
            id=item.id,
            task=item.state.listed.task.title,
            lead="、".join(item.state.units.lead),
            name=figure.indicator.name,
            target=target_words(figure.indicator),
            value=figure.value,
            unit=figure.indicator.unit or "",
            verdict=figure.verdict,
            note=figure.indicator.note or "",
        )
        for item in now.items
        if item.state.status != "已核减"
        for figure in item.figures
    )
