"""``gaigai form``: Excel sheets for units without git."""

from typing import Final

from gaigai_cli.cli.options import Option
from gaigai_cli.cli.run import Run, folder_named, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.words.say import full_month, month_words
from gaigai_cli.work.forms import form_months, forms_for, last_day, write_forms

_UNITS: Final = Option("--unit", "给哪个单位，可写几次", "单位", many=True, complete="units")
_ALL: Final = Option("--all", "给每个有在办事项的单位各出一份")
_MONTH: Final = Option("--month", "报送哪个月，如 2024-06；不写则为本月", "月份")
_OUT: Final = Option("--out", "放在哪个文件夹；不写则为 reports/forms/月份", "文件夹")
_FORCE: Final = Option("--force", "文件已有人填写或改动时仍然覆盖")


@takes(_UNITS, _ALL, _MONTH, _OUT, _FORCE)
def form(run: Run) -> None:
    """Write one workbook a unit, to be filled in and sent back."""
    session, out, force = run.session, run.word(_OUT), run.flag(_FORCE)
    folder = folder_named(out) if out else None
    named = [session.unit(word) for word in run.words(_UNITS)]
    if run.flag(_ALL) == bool(named):
        raise GaigaiError(
            "--unit 和 --all 只能写一种" if named else "没有写明给哪个单位出表",
            "请写 --unit 单位，或写 --all 给全部单位出表",
        )
    wanted = period(session, run.word(_MONTH))
    forms = forms_for(session.judgement, named, wanted)
    run.refuse_unused()
    if forms.without:
        session.output.message(
            f"{'、'.join(forms.without)}没有在办的事项和待反馈的交办事项，没有出表。"
        )
    written = write_forms(session, forms.made, folder, force=force)
    for path in written:
        session.output.text(shown(path))
    first = f"，含{month_words(wanted)}以前的情况" if any(one.before for one in forms.made) else ""
    session.output.message(
        f"已写入{len(written)}份{full_month(wanted)}报送表{first}。填好退回后运行 gaigai collect 文件夹。"
    )


def period(session: Session, words: str | None) -> str:
    """Return the month that a form is about, in the year of the list and not before the notice."""
    notice = session.ledger.tasks.notice
    if words is None:
        return form_months(session.judgement)[-1]
    found, first = str(session.month(words, what="--month")), f"{notice.issued:%Y-%m}"
    last = f"{last_day(session.judgement):%Y-%m}"
    if not first <= found <= last:
        raise GaigaiError(
            f"{found}不在清单的报送月份之内",
            f"清单{notice.issued}印发，可报送 {first} 至 {last}，请用 --month 写明",
        )
    return found
