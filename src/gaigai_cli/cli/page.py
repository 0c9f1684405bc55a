"""``gaigai page``: the office's page in a browser on this PC, or the leader's one file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gaigai_cli.cli.environment import now, person_file, set_unit
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.output import free_place
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.work import values

_BOARD: Final = "只用于看板，请加 --out 看板.html，或去掉它"
_OUT: Final = Option("--out", "不打开网页，把看板写成一个文件，可发送、打印，如 看板.html", "文件")
_MONTH: Final = Option("--month", "写哪个月的看板，如 2024-06；不写则为现在", "月份", only=_BOARD)
_FORCE: Final = Option("--force", "文件已存在时仍然覆盖", only=_BOARD)
_PORT: Final = Option("--port", "用这个端口；不写则自动选定，同一份清单总是同一个", "端口")
_NO_BROWSER: Final = Option("--no-browser", "不打开浏览器，只显示网址")


@takes(_OUT, _MONTH, _FORCE, _PORT, _NO_BROWSER)
def page(run: Run) -> int:
    """Serve the page of the list, or of several, until its last window is closed; with ``--out`` write 看板 instead."""
    out = run.word(_OUT)
    if out is not None:
        return _write_board(run, out)
    port = run.word(_PORT)
    number = values.whole(port, what=_PORT.name) if port is not None else None
    if number is not None and not 1024 <= number <= 65535:
        raise GaigaiError(f"{_PORT.name} {number} 不能用", "应写 1024 到 65535 的数")
    browse = not run.flag(_NO_BROWSER)

    def place(session: Session) -> tuple[str, Path]:
        if not session.name:
            session.demand_readable()  # told here, where somebody sees it; of several the page tells it
        return session.name, session.data

    found = run.of_lists(place, broken=True)
    run.refuse_unused()
    from gaigai_cli.web.server import serve

    serve(
        found.parts,
        clock=now,
        person_file=person_file(),
        set_unit=set_unit(),
        say=run.output.message,
        port=number,
        browse=browse,
    )
    return 0


def _write_board(run: Run, out: str) -> int:
    """Write the board of the list, or of all that the run works with."""
    from gaigai_cli.report.board import Board, board, lists_board
    from gaigai_cli.web.papers import board_page

    words = run.word(_MONTH)
    path = free_place(out, force=run.flag(_FORCE))
    if path.suffix.lower() not in (".html", ".htm"):
        raise GaigaiError(f"看板是网页文件，“{out}”的扩展名不合适", "请写成 看板.html 的样子")

    def of_list(session: Session) -> tuple[str, Board]:
        month = session.month(words, what=_MONTH.name) if words is not None else None
        session.tell_findings()
        return session.name, board(session.judge, today=session.today, month=month)

    found = run.of_lists(of_list)
    run.refuse_unused()
    made = lists_board(found.parts) if found.several else found.parts[0][1]
    run.output.write(path, board_page(made).encode())
    return found.status
