"""``gaigai init`` and ``practise``: a new data directory, next year's beside this year's, or one to practise on."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gaigai_cli.cli import ask
from gaigai_cli.cli.environment import now
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.output import Output
from gaigai_cli.cli.run import Run, folder_named, takes
from gaigai_cli.errors import as_word, shown
from gaigai_cli.work import values

if TYPE_CHECKING:
    from gaigai_cli.cli.session import Session

_FOLDER: Final = Option("文件夹", "数据目录放在哪里；不写则为 data")
_TITLE: Final = Option("--title", "任务清单的标题", "文字", only="只用于新建空的数据目录")
_OFFICE_UNIT: Final = Option(
    "--office", "督办机构，如 县工改办", "单位", only="只用于新建空的数据目录"
)
_NEXT_YEAR: Final = Option("--next-year", "由现有清单起草下一年的清单，未办结的事项结转", "年份")


@takes(_FOLDER, _TITLE, _OFFICE_UNIT, _NEXT_YEAR)
def init(run: Run) -> None:
    """Make a data directory that is empty and sound, or carry unfinished items over into next year's."""
    folder, next_year = run.word(_FOLDER), run.word(_NEXT_YEAR)
    if next_year is not None:
        _next(run.session, folder, values.whole(next_year, what=_NEXT_YEAR.name))
    else:
        _new(run, folder_named(folder or "data"))


def _new(run: Run, folder: Path) -> None:
    from gaigai_cli.work.new_year import start_list

    title, office = run.word(_TITLE) or "", run.word(_OFFICE_UNIT) or ""
    run.refuse_unused()
    today = now().date()
    start_list(folder, title=title.strip(), office=office.strip(), day=today)
    output = run.output
    output.text(shown(folder))
    output.message(
        "已建立空的数据目录。下一步：在 tasks.yaml 里填写文号等，"
        "或用 gaigai import 通知文件 --out 另一个文件夹 直接生成清单。"
    )
    settle(output, folder, today, today.year, {})


def settle(output: Output, folder: Path, since: date, year: int, known: Mapping[str, Any]) -> None:
    """Ask on a terminal what an office sets once, and write rules.yaml anew; ``known`` is set already, by sections."""
    if not ask.on_terminal():
        return

    from gaigai_cli.work.questions import AskedInTurn
    from gaigai_cli.work.settings import INTRODUCED, settings, write_settings

    ask.say(INTRODUCED)
    walk = AskedInTurn(one for one in settings(year) if one.name not in known)
    with suppress(ask.Cancelled):  # the list is written already
        ask.fields_in_turn(walk)
    if walk.given:
        written = write_settings(folder, walk.given, known, year=year, since=since)
        output.message(f"已写入 {shown(written)}。")


def _next(session: Session, folder: str | None, year: int) -> None:
    from gaigai_cli.record.next_list import lines_of
    from gaigai_cli.work.new_year import next_year

    made = next_year(session, folder_named(folder) if folder else None, year)
    session.given.refuse_unused()
    made.write()
    for line in lines_of(made.draft):
        session.output.text(line)
    session.output.message(
        f"已写入 {shown(made.folder)}：结转{len(made.draft.carried)}项，不结转{len(made.draft.left)}项。"
        "原清单和记录没有改动；新清单的文号、时限印发时核定。"
    )


_PRACTICE: Final = Option("文件夹", "练习的清单放在哪里；不写则为 练习")


@takes(_PRACTICE)
def practise(run: Run) -> None:
    """Copy the example as it stood on a day in summer into a folder of its own, with nothing else in it."""
    from gaigai_cli.work import new_year

    target = Path.cwd() / folder_named(run.word(_PRACTICE) or "练习")
    run.refuse_unused()
    new_year.practise(target)
    output = run.output
    output.text(shown(target))
    output.message(
        "已建立练习用的清单：示例到2024年7月11日为止的情况，非真实进展，每页都这样标明。\n"
        f"开始：cd {as_word(shown(target))}，再运行 gaigai page 打开网页，"
        "或运行 gaigai todo --as-of 2024-07-11、gaigai show 16.2 等，可以随意登记。\n"
        "结束：离开这个文件夹（cd ..），把它删去即可；正式的清单没有改动。"
    )
