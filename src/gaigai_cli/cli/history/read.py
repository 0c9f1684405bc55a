"""``gaigai log``: the timeline of an item, a unit or the whole list over commits."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import typer

from gaigai_cli.cli.options import TABLE_OR_JSON, Option, format_of
from gaigai_cli.cli.query.check import data_prefix
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.errors import GaigaiError

HEAD: Final = "HEAD"


def range_typed(typed: str) -> tuple[str, str | None]:
    """Return both sides of ``A..B``, or ``A`` and None; what isn't written is HEAD, as with git."""
    if "..." in typed:
        raise GaigaiError(f"“{typed}”多写了一个点", "范围写成 A..B，两个点")
    base, dots, head = typed.partition("..")
    return base or HEAD, (head or HEAD) if dots else None


_ITEM: Final = Option("事项", "事项编号，如 16.2；不写则为整个清单", of_list=True)
_UNIT: Final = Option("--unit", "只看这个单位登记的", "单位")


@takes(_ITEM, _UNIT, TABLE_OR_JSON)
def log(run: Run) -> None:
    """Print what each commit recorded, oldest first, and what is not committed yet."""
    from gaigai_cli.history.changes.timeline import timeline
    from gaigai_cli.render.console import timeline as render

    session, words = run.session, run.word(_ITEM)
    form = run.format(TABLE_OR_JSON)
    item = session.item_id(words) if words is not None else None
    name = session.unit_typed(_UNIT)
    found = timeline(session.data, session.at or HEAD, session.ledger, item=item, unit=name)
    if form == "json":
        session.output.json(render.as_json(found))
        return
    about = " ".join(filter(None, (name, item))) or "整个清单"
    session.output.show(render.as_page(found, f"{about}的登记经过"))


_RANGE: Final = Option(
    "范围", "A..B：审阅 B 比 A 多出的提交；只写 A：审阅 HEAD 比 A 多出的提交", required=True
)
_REVIEW_FORMAT: Final = format_of(
    *("text", "md", "github", "json"),
    help="输出格式：text（默认）、md（可贴进合并请求）、github（行内提示）、json",
)
_SIGNED: Final = Option(
    "--require-signed",
    "每个提交都要有 reviewers.yaml 所列登记人的有效签名；不用它只防差错，不防伪造",
)


@takes(_RANGE, _REVIEW_FORMAT, _SIGNED)
def review(run: Run) -> None:
    """Print what a range changes, what it breaks, and what to look at."""
    from gaigai_cli.history.review.review import review as reviewed
    from gaigai_cli.render.console import review as render

    form = run.format(_REVIEW_FORMAT)
    base, tip = range_typed(run.word(_RANGE) or "")
    require_signed = run.flag(_SIGNED)
    session = run.session_at(tip)
    head = session.at or HEAD
    found = reviewed(session.data, base, head, today=session.today, signed=require_signed)
    prefix = data_prefix(session)
    output = session.output
    if form == "json":
        output.json(render.as_json(found, prefix))
    elif form == "github":
        output.document(render.as_github(found, prefix))
    elif form == "md":
        output.document(render.as_markdown(found, f"审阅 {base}..{head}", prefix))
    else:
        output.show(render.as_page(found, f"审阅 {base}..{head}", prefix))
    if found.bad:
        raise typer.Exit(1)


_CHANGES: Final = Option(
    "范围", "A..B：从提交 A 到提交 B；只写 A：从 A 到现在的文件；不写：上次提交之后的改动"
)
_DIFF_FORMAT: Final = format_of(
    *("text", "md", "json"), help="输出格式：text（默认）、md（可贴进合并请求）、json"
)
_TEXTCONV: Final = Option(
    "--textconv", "把一个数据文件写成中文，供 git 比较时用（由 git-setup 设置）", "文件"
)


@takes(_CHANGES, _DIFF_FORMAT, _TEXTCONV)
def diff(run: Run) -> None:
    """Print what was recorded and edited, unit by unit and item by item."""
    textconv = run.word(_TEXTCONV)
    if textconv is not None:
        from gaigai_cli.render.plain_file import as_lines
        from gaigai_cli.store.regular import read_file

        run.output.data(as_lines(read_file(Path(textconv))))
        return
    form = run.format(_DIFF_FORMAT)
    base, tip = range_typed(run.word(_CHANGES) or "")
    session = run.session_at(tip)
    from gaigai_cli.history.changes.changes import changes
    from gaigai_cli.history.repository import repository
    from gaigai_cli.history.review.range import data_at
    from gaigai_cli.render.console import changes as render

    session.tell_findings()
    head = session.committed
    before = data_at(head.repository if head else repository(session.data, "diff"), base).judge
    found = changes(before, session.judge, session.as_of)
    title = f"从 {base} 到{f' {session.at} ' if session.at else '现在文件'}的改动"
    if form == "json":
        from gaigai_cli.render.json import changes_json

        session.output.json({"from": base, "to": session.at, **changes_json(found)})
    elif form == "md":
        session.output.document(render.as_markdown(found, title))
    else:
        session.output.show(render.as_page(found, title))
