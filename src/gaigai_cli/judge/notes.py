"""What a view must say before anything else: that nothing has been reported, that the data are an example."""

from typing import Final

from gaigai_cli.judge.judgement import Judgement
from gaigai_cli.model import export_heads

BLANK: Final = "本清单尚无进展记录，以下仅按时限推算，不作为评价依据。"
EXAMPLE: Final = export_heads.EXAMPLE


def notes(judgement: Judgement) -> tuple[str, ...]:
    """The sentences that stand at the head of every table, page and sheet made from ``judgement``."""
    return (
        *((EXAMPLE,) if judgement.ledger.tasks.notice.example else ()),
        *((BLANK,) if judgement.blank else ()),
    )
