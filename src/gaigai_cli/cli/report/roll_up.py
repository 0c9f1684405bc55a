"""``gaigai report --roll-up``: the bulletin of an office above on several lists."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gaigai_cli.cli.environment import now
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.place import lists_file, read_lists
from gaigai_cli.cli.report import report_options as o
from gaigai_cli.cli.report.issue import ISSUING
from gaigai_cli.cli.run import Run
from gaigai_cli.cli.session import Session, left_out
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.model.lists import RollUpRules
from gaigai_cli.report.roll_up import ListShare, roll_up
from gaigai_cli.store.issued import REPORTS
from gaigai_cli.work import values
from gaigai_cli.work.papers import PaperFile, bulletin_bytes, write_files

ROLL_UP: Final = Option("--roll-up", "出几份清单的汇总通报；落款等在 lists.yaml 的 roll_up 中写明")

_MONTHLY: Final = "汇总通报按月出，请写 --month，如 --month 2024-06"
_OF_ONE_LIST: Final = {
    **dict.fromkeys((o.QUARTER, o.YEAR, o.FROM, o.TO), _MONTHLY),
    **dict.fromkeys(
        ISSUING,
        "文号和日期请在定稿上填写；印发后把定稿和各清单当月的状态文件（gaigai export --state）一起提交到 git，"
        "日后用 --state 重新出稿，即可核对",
    ),
}
"""What papers on one list alone have, and what to do instead."""


def report_roll_up(run: Run, *, force: bool) -> int:
    """Make the files of the bulletin on all lists, show it and write them; or only print the one file."""
    from gaigai_cli.render.console import letter

    for option in (option for option in _OF_ONE_LIST if run.has(option)):
        raise GaigaiError(f"汇总通报没有 {option.name}", _OF_ONE_LIST[option])
    words, out, stdout = run.word(o.MONTH), run.word(o.OUT), run.flag(o.STDOUT)
    formats = o.read_formats(run.words(o.FORMAT), out, word=False)
    o.check_files(formats, out, stdout=stdout)
    letterhead = run.flag(o.LETTERHEAD)
    if letterhead and "docx" not in formats:
        raise GaigaiError("--letterhead 只用于通报的 docx", "请加 --format docx")
    if words is None:
        raise o.month_unsaid()
    today = now().date()
    month = values.month(words, year=today.year, today=today, what=o.MONTH.name)
    if month.first > today:
        raise GaigaiError(f"{month.words}还没有开始（今天是{today}），不能通报", "请写以前的月份")

    cut = min(month.last, today)

    def share_of(session: Session) -> ListShare:
        with left_out():
            told = session.of_month(month, cut)
        return ListShare(session.name, told)

    found = run.of_lists(share_of, until=cut)
    if not found.several:
        raise GaigaiError(
            "这里只有一份清单，没有可汇总的", "请用 --data、--state 或 lists.yaml 指明几份"
        )
    file = lists_file(run)
    rules = (read_lists(file).roll_up if file is not None else None) or RollUpRules()
    bulletin = roll_up(found.parts, rules, unread=found.unread)
    files = [
        PaperFile(
            f"{month}-汇总.{name}",
            bulletin_bytes(None, bulletin, name, letterhead=letterhead),
        )
        for name in formats
    ]
    if stdout:
        run.output.data(files[0].data)
        return found.status
    run.refuse_unused()
    folder = (file.parent if file is not None else Path.cwd()) / REPORTS
    paths = write_files(folder, files, force=force, out=out)
    run.output.show(letter.bulletin_page(bulletin))
    if rules.signer is None:
        run.output.message("没有写明落款，请在 lists.yaml 的 roll_up 中写 signer，或在文件上填写。")
    run.output.message(f"已写入 {'、'.join(map(shown, paths))}，其中有附件 1、2。")
    return found.status
