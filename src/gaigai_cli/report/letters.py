"""Letters round a bulletin as values: each complete, and free of layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gaigai_cli.model.ledger import Issued, Ledger
from gaigai_cli.report.bulletin import open_number
from gaigai_cli.report.monthly_report import MonthlyReport
from gaigai_cli.words.say import full_day


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its title, number, addressee and paragraphs; ``day`` None: to be written in."""

    title_parts: tuple[str, ...]
    number: str
    addressee: str
    notes: tuple[str, ...]
    paragraphs: tuple[str, ...]
    signer: str
    day: date | None

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.title_parts)


def erratum(
    ledger: Ledger,
    report: MonthlyReport,
    bulletin: Issued,
    says: Sequence[str],
    *,
    number: str | None,
    day: date,
) -> Letter:
    """更正 of a bulletin that was sent out, to those who have it. ``number`` None leaves it open: a draft."""
    wrong = "；".join(words.strip().rstrip("。；") for words in says)
    kept = f"《{report.title}》（{bulletin.number}）"
    first, *rest = report.title_parts
    return Letter(
        title_parts=(f"关于更正《{first}", *rest, "》有关内容的通知"),
        number=number or open_number(ledger, day),
        addressee=report.addressee,
        notes=report.notes,
        paragraphs=(f"{full_day(bulletin.day)}印发的{kept}中，{wrong}。特此更正。",),
        signer=report.signer,
        day=day if number else None,
    )
