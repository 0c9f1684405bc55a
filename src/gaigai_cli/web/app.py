"""The page as an application: its addresses, and the one place where failures end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from importlib.resources import files
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from gaigai_cli.errors import GaigaiError, as_failure
from gaigai_cli.web import bulletin, items, papers, records, today, traffic, units
from gaigai_cli.web.guard import Guard, Secret, TooMuch
from gaigai_cli.web.several import Several, all_lists, answering
from gaigai_cli.web.visit import Office, Visit, Windows
from gaigai_cli.work.papers import brief_file, cover_file
from gaigai_cli.work.rule import demand_office

Handler = Callable[[Visit], Response]

_MOST_FILES: Final = 300
_MOST_FIELDS: Final = 3000
_PART: Final = 2**20
"""Bytes of one field that isn't a file."""
_STATIC: Final = {
    "gaigai.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}

Row = tuple[str, Handler] | tuple[str, Handler, str]
"""An address and who answers; where the office alone may ask, what that is called."""

_PAGES: Final[tuple[Row, ...]] = (
    ("/", today.today),
    ("/清单", items.items),
    ("/清单.{ending}", items.items_file),
    ("/事项/{item}", items.item),
    ("/单位", units.units),
    ("/单位/{unit}", units.unit),
    ("/单位/{unit}/报送表", papers.form_file),
    ("/单位/{unit}/告知单", papers.sheet_file),
    ("/事项/{item}/呈批件", papers.request_file, "呈批件"),
    ("/报送表.zip", papers.forms_file),
    ("/看板", papers.board),
    ("/看板.html", papers.board_file),
    ("/通报", bulletin.bulletin),
    ("/通报/{period}/领导专报", bulletin.paper_of(brief_file)),
    ("/通报/{period}/归档.zip", bulletin.archived_file, "归档"),
    ("/通报/{period}/核对函", bulletin.checking_file),
    ("/通报/{period}/内部研判", bulletin.internal_file, "内部研判"),
    ("/通报/{period}/年终总结材料", bulletin.year_file),
    ("/通报/{period}/发文稿纸", bulletin.paper_of(cover_file), "发文稿纸"),
    ("/通报/{period}.{ending}", bulletin.bulletin_file),
    ("/催报", papers.reminders),
    ("/催报/草稿", papers.reminder_file),
    ("/督办/{record}", papers.issued_file),
    ("/申请表/{record}", papers.application_file),
    ("/核查", traffic.check),
    ("/往来", traffic.records),
    ("/佐证/{record}/{number}", traffic.evidence),
    ("/登记/{kind}", records.fill_in),
    ("/更正/{record}", records.fill_in),
    ("/收表", papers.collecting),
    ("/我", units.who),
    ("/全部清单", all_lists),
)
_ACTIONS: Final[tuple[Row, ...]] = (
    ("/登记/{kind}", records.enter),
    ("/更正/{record}", records.enter),
    ("/收表", papers.collect, "收表"),
    ("/通报/{period}/补充", bulletin.keep_own_words, "通报"),
    ("/通报/{period}/归档", bulletin.archive, "归档"),
    ("/通报/{period}/核对", bulletin.check, "核对函"),
    ("/通报/{period}/签发", bulletin.issue, "通报"),
    ("/通报/{period}/撤回", bulletin.withdraw, "通报"),
    ("/通报/{period}/更正", bulletin.erratum, "通报"),
    ("/往来", traffic.sync),
    ("/我", units.keep_who),
    ("/单位/{unit}/联系人", units.keep_contact, "联系人"),
)


def application(office: Office) -> ASGIApp:
    """Return the page of a list, behind its guard."""
    routes = [*_common(office.windows), Route("/progress", _progress(office), methods=["GET"])]
    routes += [Route(path, _answering(office, *page), methods=["GET"]) for path, *page in _PAGES]
    routes += [Route(path, _taking(office, *do), methods=["POST"]) for path, *do in _ACTIONS]
    return _guarded(routes, office.secret)


def application_of_lists(offices: Sequence[Office], secret: Secret) -> ASGIApp:
    """Return the page of several lists, behind its own guard, and the pages of each, told apart by their ports."""
    windows, lists = offices[0].windows, Several(tuple(offices))
    answers = (("/", lists.page), ("/看板.html", lists.file), ("/清单", lists.enter))
    routes = [
        *_common(windows),
        *(Route(path, answering(do, windows.alive), methods=["GET"]) for path, do in answers),
    ]
    by_port = {office.secret.port: application(office) for office in offices}
    by_port[secret.port] = _guarded(routes, secret)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await by_port[scope["server"][1]](scope, receive, send)

    return app


def _common(windows: Windows) -> list[Route]:
    return [
        Route("/static/{name}", _static, methods=["GET"]),
        Route("/alive", _alive(windows), methods=["POST"]),
    ]


def _guarded(routes: Sequence[Route], secret: Secret) -> ASGIApp:
    return Guard(Starlette(routes=routes, exception_handlers={HTTPException: _not_found}), secret)


def _answering(
    office: Office, page: Handler, only: str = ""
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        office.windows.alive()
        return await run_in_threadpool(_answer, page, Visit(office, request), only)

    return endpoint


def _taking(
    office: Office, action: Handler, only: str = ""
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of something that is done: only with the form's own token."""

    async def endpoint(request: Request) -> Response:
        office.windows.alive()
        try:
            async with request.form(
                max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_PART
            ) as form:
                token = form.get("token", "")
                if not isinstance(token, str) or not office.secret.is_token(
                    token, request.url.path
                ):
                    return PlainTextResponse("这张表不是本页给出的，没有受理。\n", 403)
                return await run_in_threadpool(_answer, action, Visit(office, request, form), only)
        except TooMuch:
            return PlainTextResponse("一次发送的内容太多，没有接收。\n", 413)
        except HTTPException as error:  # too many files or fields, or no form at all
            return PlainTextResponse("发送的内容太多或不完整，没有接收。\n", error.status_code)

    return endpoint


def _answer(handler: Handler, visit: Visit, only: str) -> Response:
    """Return what a handler says, or why it can't; ``only``: what the office alone does, empty for what all do."""
    try:
        if only:
            visit.demand_writing()
            demand_office(visit.directory, only)
        return handler(visit)
    except GaigaiError as error:
        return _told(visit, error.message, error.remedy, 400)
    except OSError as error:
        fault = as_failure(error)
        return _told(visit, fault.message, fault.remedy, 500)
    except Exception as error:
        what = f"程序内部错误（{type(error).__name__}）"
        return _told(
            visit, what, "没有登记的请核对后再试；反复出现的请把所做的操作报告给维护者", 500
        )


def _told(visit: Visit, message: str, remedy: str, status: int) -> Response:
    """Return a failure in one sentence; where only a part of the page was asked for, it takes the part's place."""
    template = "wrong_part.html" if visit.inside else "wrong.html"
    return visit.show(template, 200 if visit.inside else status, message=message, remedy=remedy)


async def _not_found(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return PlainTextResponse("没有这一页。\n", status)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    kind = _STATIC.get(name)
    if kind is None:
        raise HTTPException(404)
    data = (files("gaigai_cli.web") / "static" / name).read_bytes()
    return Response(data, media_type=kind, headers={"Cache-Control": "private, max-age=3600"})


def _progress(office: Office) -> Callable[[Request], Awaitable[Response]]:
    """Return how far a request is that a page waits for; nothing of one that is over, or hasn't begun to count."""

    async def endpoint(request: Request) -> Response:
        job = office.jobs.get(request.query_params.get("job", ""))
        return JSONResponse(job._asdict()) if job else Response(status_code=204)

    return endpoint


def _alive(windows: Windows) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint by which a window tells that it is open, or that it goes."""

    async def endpoint(request: Request) -> Response:
        window = request.query_params.get("window", "")[:64]
        if request.query_params.get("gone"):
            windows.closed(window)
        else:
            windows.alive(window)
        return Response(status_code=204)

    return endpoint
