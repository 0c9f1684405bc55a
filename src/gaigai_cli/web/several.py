"""The page of several lists: lists against lights and what is late in any; from there into one, by its own page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from gaigai_cli.errors import GaigaiError, as_failure
from gaigai_cli.render import charts
from gaigai_cli.report.board import Board, ListsBoard, board, lists_board
from gaigai_cli.web.papers import board_page
from gaigai_cli.web.visit import Office, Visit, file_answer, page_of
from gaigai_cli.web.ways import address
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import full_day, lists_left_out
from gaigai_cli.work.forms import form_months


class _Read(NamedTuple):
    """What could be read: the board of each list by its name, and the lists that can't be read with why not."""

    boards: list[tuple[str, Board]]
    unread: list[tuple[str, GaigaiError]]
    months: list[Period]


@dataclass(frozen=True)
class Several:
    """Lists that are served together, each with a name and with a page and a key of its own."""

    offices: tuple[Office, ...]

    def page(self, request: Request) -> Response:
        """Return the lists at a glance; one that can't be read is named and doesn't stop the rest."""
        month = request.query_params.get("month", "")
        read = self._read(month)
        made = lists_board(read.boards) if read.boards else None
        text = page_of(
            "lists.html",
            board=made,
            chart=charts.months(made.months) if made else "",
            unread=read.unread,
            left_out=lists_left_out(len(self.offices), [name for name, _ in read.unread]),
            number=len(self.offices),
            months=read.months,
            month=month,
            day=full_day(self.offices[0].directory().today),
            linked=True,
        )
        return HTMLResponse(text)

    def file(self, request: Request) -> Response:
        """Return the board as one file that can be sent, opened without a network and printed."""
        read = self._read(request.query_params.get("month", ""))
        if read.unread or not read.boards:
            names = "、".join(name for name, _ in read.unread)
            raise GaigaiError(f"{names}没有读取，看板不完整，没有存", "请先改正，或只打开其他清单")
        made: ListsBoard = lists_board(read.boards)
        return file_answer(board_page(made).encode(), f"看板-{made.day}.html")

    def enter(self, request: Request) -> Response:
        """Return the way on to the page of one list, by a key that is good once: to its 看板, or to an item."""
        name, item = (request.query_params.get(one, "") for one in ("list", "item"))
        for office in self.offices:
            if office.name == name:
                where = address(f"/事项/{item}") if item else address("/看板")
                return RedirectResponse(office.secret.again(where), 303)
        raise GaigaiError(f"没有“{name}”这份清单", "请从“全部清单”进入")

    def _read(self, words: str) -> _Read:
        read = _Read([], [], [])
        months: set[Period] = set()
        for office in self.offices:
            directory = office.directory()
            try:
                month = directory.month(words, what="月份") if words else None
                made = board(directory.judge, today=directory.today, month=month)
                months.update(form_months(directory.judgement))
            except (GaigaiError, OSError) as error:
                read.unread.append((office.name, as_failure(error)))
            else:
                read.boards.append((office.name, made))
        read.months.extend(sorted(months))
        return read


def all_lists(visit: Visit) -> Response:
    """Return the way back from a list to the page of all that are served together, by a key that is good once."""
    home = visit.office.home
    return visit.go(home() if home is not None else "/")


def answering(
    answer: Callable[[Request], Response], alive: Callable[[], None]
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a page that belongs to no list; a failure is told in one sentence."""

    def answered(request: Request) -> Response:
        try:
            return answer(request)
        except GaigaiError as error:
            text = page_of("lists_wrong.html", message=error.message, remedy=error.remedy)
            return HTMLResponse(text, 400)

    async def endpoint(request: Request) -> Response:
        alive()
        return await run_in_threadpool(answered, request)

    return endpoint
