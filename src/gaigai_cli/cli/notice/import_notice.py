"""``gaigai import``: an issued notice to a draft data directory, every doubtful cell with its place."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from gaigai_cli.cli import ask
from gaigai_cli.cli.notice.init import settle
from gaigai_cli.cli.options import format_of
from gaigai_cli.cli.output import Output
from gaigai_cli.cli.run import Option, Run, now, takes
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.words.typed import typed_path
from gaigai_cli.work import typed
from gaigai_cli.work.directory import Told

if TYPE_CHECKING:
    from gaigai_cli.notice.answers import Answers
    from gaigai_cli.notice.cells import Tree
    from gaigai_cli.notice.document import Document
    from gaigai_cli.notice.doubts import Doubt
    from gaigai_cli.notice.draft import Draft
    from gaigai_cli.notice.update import Change, Updated


_NOTICE: Final = "通知文件"
_ANSWERS: Final = "answers.yaml"
_DOUBTS: Final = "doubts.md"
_LIST: Final = "tasks.yaml"
_UNITS: Final = "departments.yaml"
_RULES: Final = "rules.yaml"
_ASKED: Final = ("文号", "印发日期", "任务年度")
"""What an amendment needs of its notice: it is the basis of what is taken out."""


@dataclass(frozen=True)
class _Where:
    """Where things are read and written."""

    out: Path | None
    answers: Path | None
    base: Path | None


_FILE: Final = Option(
    "文件",
    "通知文件：docx、xlsx、xls、et、pdf、html、mht、csv、md、txt，或 export 导出的文件；写 - 则读取粘贴的文字",
    "文件",
    required=True,
)
_OUT: Final = Option("--out", "草稿写到这个目录，如 data", "目录")
_ANSWERS_FILE: Final = Option("--answers", "答复文件；不写则为草稿目录中的 answers.yaml", "文件")
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


@takes(_FILE, _OUT, _ANSWERS_FILE, _REVIEW, _COLUMNS, _UPDATE, _TRACE, _FORCE, _FORMAT)
def import_notice(run: Run) -> None:
    """Read a notice, write the draft, and tell every doubt."""
    output, notice = run.output, run.word(_FILE) or ""
    if run.flag(_TRACE):
        _trace(run, notice)
        return
    out = run.word(_OUT)
    if notice.lower().endswith(".json"):
        from gaigai_cli.cli.notice.restoring import restore

        run.use(_FORCE)
        run.refuse_unused()
        folder = _new_folder(run, out)
        restore(typed.file(notice, what=_NOTICE), folder, output)
        return
    form, review = run.choice(_FORMAT), run.flag(_REVIEW)
    where = _where(run, out, review=review)
    columns = run.word(_COLUMNS)
    run.refuse_unused()
    document, name = _document(notice)
    known = _answers(where.answers)
    if columns:
        _declare(columns, known)
    with run.output.progress("读任务清单") as told:
        draft = _made(document, known, told)
    if review:
        draft, known = _reviewed(document, known, draft, where, output)
    changes: Sequence[Change] | None = None
    if where.base is not None:
        draft, changes, files = _updated(where.base, draft)
    else:
        files = _texts(draft, where.out)
    if columns and where.answers is not None:
        files[where.answers] = known.text()
    unset = where.out is not None and not (where.out / _RULES).exists()
    written = _write(where.out, files, draft, name, changes)
    _tell(output, form, draft, name, written, changes, where)
    if unset and where.out is not None and where.base is None and draft.tasks and form == "text":
        issued = draft.notice["issued"]
        since = date.fromisoformat(issued) if issued else now().date()
        settle(output, where.out, since, _year(draft), _rules(draft))
    if not draft.tasks:
        raise typer.Exit(1)


def _trace(run: Run, notice: str) -> None:
    """Show what each row was taken for; nothing is written."""
    from gaigai_cli.render.console.imported import trace_page

    kept, columns = run.word(_ANSWERS_FILE), run.word(_COLUMNS)
    run.refuse_unused()
    known = _answers(typed_path(kept) if kept else None)
    if columns:
        _declare(columns, known)
    draft = _made(_document(notice)[0], known)
    run.output.show(trace_page(draft, run.output.width))


def _where(run: Run, out: str | None, *, review: bool) -> _Where:
    """Raises ``GaigaiError`` for options that can't go together and for a directory that is not to be overwritten."""
    answers, update = run.word(_ANSWERS_FILE), run.word(_UPDATE)
    if review and not ask.on_terminal():
        raise GaigaiError("--review 要在终端上使用", "请去掉 --review，或直接编辑答复文件")
    folder = None if out is None and update is not None else _new_folder(run, out)
    kept = typed_path(answers) if answers else (folder / _ANSWERS if folder else None)
    if answers and not review and kept is not None and not kept.is_file():
        raise GaigaiError(f"没有答复文件“{answers}”", "请核对 --answers；第一次核对请加 --review")
    if review and kept is None:
        raise GaigaiError("没有写明答复存到哪里", "请写 --out 或 --answers")
    return _Where(folder, kept, _base(update))


def _new_folder(run: Run, out: str | None) -> Path:
    """Where the draft goes. Raises ``GaigaiError`` for one that holds something already."""
    if out is None:
        raise GaigaiError("没有写明草稿写到哪里", "请写 --out，如 --out data")
    folder = typed_path(out)
    force = run.flag(_FORCE)
    if folder.exists() and not folder.is_dir():
        raise GaigaiError(f"“{out}”是一个文件，不是文件夹", "--out 应写目录")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise GaigaiError(
            f"“{out}”里已有内容，没有覆盖",
            "请换一个目录；确要覆盖其中的清单和单位，请加 --force",
        )
    return folder


def _base(update: str | None) -> Path | None:
    if update is None:
        return None
    folder = typed_path(update)
    if not (folder / _LIST).is_file():
        raise GaigaiError(f"“{update}”里没有 {_LIST}，不是数据目录", "请核对 --update 的值")
    return folder


def _document(notice: str) -> tuple[Document, str]:
    from gaigai_cli.notice.formats import read_document
    from gaigai_cli.notice.limits import MAX_BYTES
    from gaigai_cli.store.regular import read_start

    if notice == "-":
        return read_document(sys.stdin.buffer.read(MAX_BYTES + 1), "粘贴的文字"), "粘贴的文字"
    path = typed.file(notice, what=_NOTICE)
    return read_document(read_start(path, MAX_BYTES + 1), path.name), path.name


def _answers(path: Path | None) -> Answers:
    from gaigai_cli.notice.answers import Answers, read_answers
    from gaigai_cli.store.regular import read_file

    if path is None or not path.is_file():
        return Answers()
    return read_answers(read_file(path), path.name)


def _declare(columns: str, answers: Answers) -> None:
    """Raises ``GaigaiError`` for a column that can't be read."""
    from gaigai_cli.notice.answers import columns_of

    for head, use in columns_of(columns):
        answers.declare(head, use)


def _made(document: Document, answers: Answers, told: Told = lambda done, total: None) -> Draft:
    from gaigai_cli.notice.draft import make_draft

    return make_draft(document, answers, told)


def _reviewed(
    document: Document, answers: Answers, draft: Draft, where: _Where, output: Output
) -> tuple[Draft, Answers]:
    """The draft once its doubts have been gone through, and the answers, each kept as soon as it is given."""
    from gaigai_cli.cli.notice.doubts import Review

    assert where.answers is not None
    kept = _Kept(document, answers, where.answers, where.base)
    Review(kept.asked(draft), kept, output).walk()
    return _made(document, kept.answers), kept.answers


class _Kept:
    """The answers of a review in their file, and the draft that they make."""

    def __init__(self, document: Document, answers: Answers, path: Path, base: Path | None) -> None:
        self.answers = answers
        self._document = document
        self._path = path
        self._base = base
        self._before: list[Answers] = []

    def keep(self, answered: Sequence[tuple[Doubt, Any]]) -> Draft:
        """Keep answers in the file."""
        self._before.append(deepcopy(self.answers))
        for doubt, value in answered:
            self.answers.add(doubt, value)
        return self._written()

    def back(self) -> Draft:
        """Take back what was kept last."""
        self.answers = self._before.pop()
        return self._written()

    def asked(self, made: Draft) -> Draft:
        """Without the doubts that the list which is there has settled."""
        if self._base is None:
            return made
        return _unsettled(made, _compared(self._base, made)[0])

    def _written(self) -> Draft:
        from gaigai_cli.store.write import NewFile, replace_all

        replace_all([NewFile(self._path, self.answers.text().encode())])
        return self.asked(_made(self._document, self.answers))


def _texts(draft: Draft, out: Path | None) -> dict[str | Path, str]:
    """The files of the draft; none where no list was read yet. Rules that are there stay."""
    from gaigai_cli.store.new_list import (
        ATTRIBUTES,
        IGNORED,
        list_text,
        rules_text,
        units_text,
    )

    if not draft.tasks:
        return {}
    files: dict[str | Path, str] = {
        _LIST: list_text(draft.list_tree),
        _UNITS: units_text(draft.units),
    }
    for name, text in {".gitattributes": ATTRIBUTES, ".gitignore": IGNORED}.items():
        if out is not None and not (out / name).exists():
            files[name] = text
    if draft.reporting and out is not None and not (out / _RULES).exists():
        files[_RULES] = rules_text(_year(draft), _rules(draft))
    return files


def _year(draft: Draft) -> int:
    return int(draft.notice["year"] or draft.notice["issued"][:4] or now().year)


def _rules(draft: Draft) -> dict[str, Tree]:
    """What the notice and its answers set, by the sections of ``rules.yaml``."""
    return {"reporting": draft.reporting} if draft.reporting else {}


def _compared(base: Path, draft: Draft) -> tuple[Updated, Tree, list[Tree], dict[str, str]]:
    """The list in ``base`` as the notice amends it; its trees and the texts of its files."""
    from gaigai_cli.notice.answers import plain
    from gaigai_cli.notice.update import update
    from gaigai_cli.store import Folder, read_ledger
    from gaigai_cli.yamldoc import parse

    if read_ledger(Folder(base)).ledger is None:
        raise GaigaiError(
            f"“{base}”中的清单不能读取", f"运行 gaigai --data {base} check 查看全部问题"
        )
    texts = {name: Folder(base).read(name).decode("utf-8-sig") for name in (_LIST, _UNITS)}
    old = plain(parse(texts[_LIST].encode()).root)
    units = plain(parse(texts[_UNITS].encode()).root)["units"]
    removal = {"on": draft.notice["issued"], "basis": draft.notice["number"]}
    return update(old, units, draft.tasks, draft.units, removal), old, units, texts


def _unsettled(draft: Draft, found: Updated) -> Draft:
    """The draft without doubts about words that are those of the old list, or about a notice block that stays."""
    from gaigai_cli.notice.doubts import grouped, single

    kept = [
        doubt
        for doubt in single(draft.doubts)
        if (doubt.code, doubt.subject) not in found.settled
        and (doubt.code != "notice" or doubt.subject in _ASKED)
    ]
    return replace(draft, doubts=tuple(grouped(kept)))


def _updated(base: Path, draft: Draft) -> tuple[Draft, Sequence[Change], dict[str | Path, str]]:
    """The list in ``base`` as the notice amends it, its comments kept."""
    from gaigai_cli.notice.doubts import grouped, single
    from gaigai_cli.store.new_list import comments_of, list_text, with_units

    found, old, old_units, texts = _compared(base, draft)
    if not draft.notice["issued"] and any(change.kind == "调出" for change in found.changes):
        raise GaigaiError(
            "有事项要调出清单，但通知里没有找到印发日期",
            "请在通知中补上成文日期，或用 --review 填写",
        )
    renamed = [
        doubt._replace(subject=found.ids.get(doubt.subject, doubt.subject))
        for doubt in single(_unsettled(draft, found).doubts)
    ]
    amended = replace(
        draft,
        notice=old["notice"],
        tasks=found.tasks,
        units=[*old_units, *found.added],
        doubts=tuple(grouped(renamed)),
    )
    files: dict[str | Path, str] = {
        _LIST: list_text(amended.list_tree, comments=comments_of(texts[_LIST])),
        _UNITS: with_units(texts[_UNITS], found.added),
    }
    return amended, found.changes, files


def _write(
    out: Path | None,
    files: dict[str | Path, str],
    draft: Draft,
    name: str,
    changes: Sequence[Change] | None,
) -> list[str]:
    """Write the files, complete before the first is; the names of those that a person reads."""
    from gaigai_cli.render.console.imported import doubts_markdown
    from gaigai_cli.store.write import NewFile, replace_all

    if out is None:
        return []
    files = {**files, _DOUBTS: doubts_markdown(draft, name, changes)}
    replace_all(NewFile(_path(out, file), text.encode()) for file, text in files.items())
    return [shown(path) for file in files if (path := _path(out, file)).name[0] != "."]


def _path(out: Path, file: str | Path) -> Path:
    """A file of the draft by its name; one that has its own path is left there."""
    return file if isinstance(file, Path) else out / file


def _tell(
    output: Output,
    form: str,
    draft: Draft,
    name: str,
    written: Sequence[str],
    changes: Sequence[Change] | None,
    where: _Where,
) -> None:
    from gaigai_cli.render.console.imported import as_json, imported_page, refused_words

    if form == "json":
        output.json(as_json(draft, name, written, changes))
    else:
        output.show(imported_page(draft, output.width, changes))
    for each in draft.refused:
        output.message(f"{refused_words(each)}。")
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
    if where.base is None and where.out is not None:
        _tell_next(output, where.out, draft)


_EXAMPLE: Final = ("工作内容", "责任单位", "完成时限")


def _example(draft: Draft) -> str:
    """What the columns that are asked about could be told to be: 事情=工作内容，谁来办=责任单位."""
    heads = [doubt.subject for doubt in draft.doubts if doubt.code == "columns"]
    keys = (head.removeprefix("第").removesuffix("栏") for head in heads)
    return "，".join(f"{key}={use}" for key, use in zip(keys, _EXAMPLE, strict=False))


def _tell_next(output: Output, out: Path, draft: Draft) -> None:
    """The next three commands: the draft as a list, the check, the first report."""
    month = str(draft.notice["issued"])[:7] or f"{draft.notice['year'] or '年份'}-01"
    output.message("接着可以：")
    for command, what in (
        ("list", "看草稿里的事项"),
        ("check", "检查草稿"),
        (f"report --month {month} --stdout", "看第一份通报的样子"),
    ):
        output.message(f"  gaigai --data {shown(out)} {command}　{what}")
