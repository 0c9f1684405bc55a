"""``gaigai import``: an issued notice to a draft data directory, every doubtful cell with its place."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from gaigai_cli.cli import ask
from gaigai_cli.cli.environment import now
from gaigai_cli.cli.options import Option, format_of
from gaigai_cli.cli.output import Output
from gaigai_cli.cli.run import Run, folder_named, takes
from gaigai_cli.errors import GaigaiError, as_word, shown
from gaigai_cli.model.exported import NOTICE_LABELS
from gaigai_cli.model.rules import Rules
from gaigai_cli.notice.document import Document
from gaigai_cli.notice.draft import Draft
from gaigai_cli.words.typed import typed_path
from gaigai_cli.work import values
from gaigai_cli.work.take_notice import (
    ANSWERS,
    Import,
    TakenNotice,
    amended_folder,
    free_folder,
    restore,
    rules_of,
    year_of,
)

if TYPE_CHECKING:
    from gaigai_cli.work.questions import Question

_NOTICE: Final = "通知文件"

_FILE: Final = Option(
    "文件",
    "通知文件：docx、xlsx、xls、et、pdf、html、mht、csv、md、txt，或 export 导出的文件；写 - 则读取粘贴的文字",
    required=True,
)
_OUT: Final = Option("--out", "草稿写到这个目录，如 data", "目录")
_ANSWERS: Final = Option("--answers", "答复文件；不写则为草稿目录中的 answers.yaml", "文件")
_REVIEW: Final = Option("--review", "在终端逐条核对疑点，答复存入答复文件")
_UPDATE: Final = Option("--update", "修订后的通知：与这个目录中的清单比较，编号不变", "数据目录")
_FORCE: Final = Option(
    "--force", "草稿目录已有内容时，覆盖其中的清单和单位（不动记录）", only="只与 --out 同用"
)
_COLUMNS: Final = Option(
    "--columns",
    "各栏是什么，记入答复文件：民生实事=工作内容，承办处室=责任单位；没有表头的写 1=编号，2=工作内容",
    "各栏",
)
_TRACE: Final = Option("--trace", "只显示每一行、每一段被当作什么、为什么，不写文件")
_FORMAT: Final = format_of("text", "json")


_EXPLAINED: Final = (
    "填序号：照这一种答复；序号后加 *（如 1*）：同类的其余各处凡有这一种的，都这样答复。",
    "几处一起列出的：都照建议直接回车，填的序号是要另行答复的；",
    "写明可以直接填写的，直接填写内容即可。",
    "b：返回上一处重新答复；s：这一类都以后再说，一并答复的改为逐处答复；",
    "q：停止，已答复的都已保存，下次接着核对。",
)


@takes(_FILE, _OUT, _ANSWERS, _REVIEW, _COLUMNS, _UPDATE, _TRACE, _FORCE, _FORMAT)
def import_(run: Run) -> None:
    """Read a notice, write the draft, and tell every doubt."""
    output, file = run.output, run.word(_FILE) or ""
    if run.flag(_TRACE):
        _trace(run, file)
        return
    if file.lower().endswith(".json"):
        _restore(run, file)
        return
    form, review = run.choice(_FORMAT), run.flag(_REVIEW)
    importing = _importing(run, file, review=review)
    with output.progress("读任务清单") as told:
        draft = importing.draft(told)
    if review:
        draft = reviewed(importing, draft, output)
    today = now().date()
    taken = importing.take(draft, today=today)
    _tell(output, form, taken, importing)
    if not taken.draft.tasks:
        raise typer.Exit(1)
    if importing.out is None or importing.base is not None:
        return
    if taken.unset and not draft.open_doubts and form == "text" and ask.on_terminal():
        from gaigai_cli.cli.notice.init import settle

        issued = draft.notice["issued"]
        since = date.fromisoformat(issued) if issued else today
        settle(output, importing.out, since, year_of(draft, today), rules_of(draft))
    _tell_next(output, importing.out, draft)


def _trace(run: Run, file: str) -> None:
    """Show what each row was taken for; nothing is written."""
    from gaigai_cli.render.console.imported import trace_page

    kept, columns = _answers(run), run.word(_COLUMNS)
    run.refuse_unused()
    importing = Import(*_document(file), kept=kept)
    if columns:
        importing.declare(columns)
    run.output.show(trace_page(importing.draft()))


def _restore(run: Run, file: str) -> None:
    """Write the files of an export."""
    out, force = run.word(_OUT), run.flag(_FORCE)
    run.refuse_unused()
    folder = _folder(out, force=force)
    written = restore(values.file(file, what=_NOTICE), folder)
    run.output.message(f"已写入 {'、'.join(map(shown, written))}。")


def _importing(run: Run, file: str, *, review: bool) -> Import:
    """Return the import that the options ask for."""
    out, update, columns = run.word(_OUT), run.word(_UPDATE), run.word(_COLUMNS)
    if review and not ask.on_terminal():
        raise GaigaiError("--review 要在终端上使用", "请去掉 --review，或直接编辑答复文件")
    in_place = out is None and update is not None
    folder = None if in_place else _folder(out, force=run.flag(_FORCE))
    kept = _answers(run, new=review) or (folder / ANSWERS if folder else None)
    if review and kept is None:
        raise GaigaiError("没有写明答复存到哪里", "请写 --out 或 --answers")
    base = amended_folder(typed_path(update)) if update is not None else None
    run.refuse_unused()
    importing = Import(*_document(file), out=folder, kept=kept, base=base)
    if columns:
        importing.declare(columns)
    return importing


def _answers(run: Run, *, new: bool = False) -> Path | None:
    """Return the file of answers that is named; None for none. Raises ``GaigaiError`` unless it is there or ``new``."""
    named = run.word(_ANSWERS)
    if not named:
        return None
    path = typed_path(named)
    if not new and not path.is_file():
        raise GaigaiError(f"没有答复文件“{named}”", "请核对 --answers；第一次核对请加 --review")
    return path


def _folder(out: str | None, *, force: bool) -> Path:
    if out is None:
        raise GaigaiError("没有写明草稿写到哪里", "请写 --out，如 --out data")
    return free_folder(folder_named(out), force=force)


def _document(file: str) -> tuple[Document, str]:
    """Return the notice and what its file is called."""
    from gaigai_cli.notice.formats import read_document
    from gaigai_cli.notice.limits import MAX_BYTES
    from gaigai_cli.store.regular import read_start

    if file == "-":
        return read_document(sys.stdin.buffer.read(MAX_BYTES + 1), "粘贴的文字"), "粘贴的文字"
    path = values.file(file, what=_NOTICE)
    return read_document(read_start(path, MAX_BYTES + 1), path.name), path.name


def reviewed(importing: Import, draft: Draft, output: Output) -> Draft:
    """Return the draft once its doubts have been gone through; each answer is kept as soon as it is given."""
    from gaigai_cli.render.console.imported import doubt_page, together_page
    from gaigai_cli.work.doubts import DoubtsInTurn

    walk = DoubtsInTurn(importing.asked(draft), importing)

    def shown(question: Question) -> bool:
        if walk.is_further:
            return False
        ask.say("")
        output.show(together_page(walk.together) if walk.together else doubt_page(walk.doubts))
        return True

    try:
        ask.in_turn(walk, _EXPLAINED, shown)
    except ask.Cancelled:
        output.message("已停止核对，已答复的都已保存。")
    else:
        ask.say("")
    return importing.draft()


def _tell(output: Output, form: str, taken: TakenNotice, importing: Import) -> None:
    from gaigai_cli.render.console.imported import (
        as_json,
        imported_page,
        refused_words,
        unused_words,
    )

    draft, changes, written = taken.draft, taken.changes, [shown(path) for path in taken.written]
    if form == "json":
        output.json(as_json(draft, importing.name, written, changes))
    else:
        output.show(imported_page(draft, changes))
    for each in draft.refused:
        output.message(f"{refused_words(each)}。")
    if draft.unused and importing.kept is not None:
        output.message(f"{unused_words(draft.unused, shown(importing.kept))}。")
    if not written:
        output.message("以上只是比较，没有写入；要写入请加 --out。")
        return
    output.message(f"已写入 {'、'.join(written)}。")
    if not draft.tasks:
        output.message(
            "没有认出任务清单，没有写清单和单位：请用 --columns 写明各栏是什么后再导入，"
            f"如 --columns {_example(draft)}。"
        )
        return
    if draft.open_doubts:
        output.message(
            f"有{len(draft.open_doubts)}处疑点要核对：加 --review --force 逐条核对，"
            f"或编辑清单；全部内容见 {written[-1]}。"
        )
    elif draft.suggestions:
        output.message(f"没有疑点；建议的指标见 {written[-1]}，加 --review --force 可逐项采用。")
    if taken.cycle is not None and importing.out is not None:
        cycle = ", ".join(f"{key}: {value}" for key, value in taken.cycle.items())
        output.message(
            f"提示：{shown(importing.out / Rules.file)} 已有，没有改动，其中没有写通知规定的报送周期；"
            f"要照通知报送，请把 reporting 一节写成 reporting: {{{cycle}}}。"
        )


_EXAMPLE: Final = ("工作内容", "责任单位", "完成时限")


def _example(draft: Draft) -> str:
    """Return what the columns that are asked about could be told to be: 事情=工作内容，谁来办=责任单位."""
    heads = (doubt.subject for doubt in draft.doubts if doubt.code == "columns")
    numbers = ((head, head.removeprefix("第").removesuffix("栏")) for head in heads)
    keys = (number if number.isdecimal() else head for head, number in numbers)
    return "，".join(f"{key}={use}" for key, use in zip(keys, _EXAMPLE, strict=False))


def _tell_next(output: Output, out: Path, draft: Draft) -> None:
    """Print the next three commands: the draft as a list, the check, the first report.

    Without a day of issue, or a year, no command reads the list: then what is missing.
    """
    missing = [NOTICE_LABELS[key] for key in ("issued", "year") if not draft.notice[key]]
    if missing:
        output.message(
            f"{'、'.join(missing)}还没有填写，填好后才能查看清单和通报：加 --review --force 填写。"
        )
        return
    month = str(draft.notice["issued"])[:7]
    told = [
        ("list", "看草稿里的事项"),
        ("check", "检查草稿"),
        (f"report --month {month} --stdout", "看第一份通报的样子"),
    ]
    output.message("接着可以：")
    for command, what in told:
        output.message(f"  gaigai --data {as_word(shown(out))} {command}　{what}")
