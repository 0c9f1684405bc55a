"""Serving the page: on this PC alone, in a browser that is opened with the key, until nobody needs it."""

from __future__ import annotations

import asyncio
import gc
import socket
import tempfile
import time
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final

import filelock
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from gaigai_cli.web.app import application, application_of_lists
from gaigai_cli.web.guard import HOST, Secret
from gaigai_cli.web.visit import Office, Windows

_FIRST: Final = 47000
_PORTS: Final = 1000
_EVERY: Final = 2.0
"""Seconds between two looks whether the page is still wanted."""
_PATIENCE: Final = 10.0
"""Seconds in which a line that was opened must have said what is wanted."""
_TAKEN: Final = "平时的端口 {} 被别的程序占用，这次换了一个：收藏的网址这次不要打开，没有登记的草稿要到下次才恢复。"
_OPENING: Final = (
    '<!doctype html><meta charset="utf-8"><title>工改</title>'
    '<meta http-equiv="refresh" content="0;url={0}"><p><a href="{0}">打开工改的网页</a></p>'
)


class _Line(H11Protocol):
    """A line to a browser; one over which nothing comes is closed, so that nobody's open lines are in others' way."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self.loop.call_later(_PATIENCE, self._hang_up)

    def _hang_up(self) -> None:
        if self.cycle is None:  # no head of a request is there yet
            self.transport.close()


def server_of(app: ASGIApp) -> uvicorn.Server:
    """Return the server of the page, not started yet."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=_Line,
            log_level="critical",
            access_log=False,
            lifespan="off",
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=5,
        )
    )


def serve(
    lists: Sequence[tuple[str, Path]],
    *,
    clock: Callable[[], datetime],
    person_file: Path,
    set_unit: tuple[str, str] | None,
    say: Callable[[str], None],
    port: int | None = None,
    browse: bool = True,
) -> None:
    """Serve the page of a list until its last window has closed, or Ctrl-C. ``say`` tells the address.

    Several lists, each with its name, have one page before them, and each a port of its own. Where the page of the same
    lists is served already, its browser is opened once more instead.
    """
    gc.enable()  # a command is over before it could matter; a server isn't
    place = "\n".join(str(data.resolve()) for _, data in lists)
    several = len(lists) > 1
    with ExitStack() as stack:
        knock = stack.enter_context(_running(place, person_file.parent))
        if knock is None:
            what = "这几份" if several else "这份"
            say(f"{what}清单的网页已经打开，正在浏览器中重新打开。")
            return
        sockets: list[socket.socket] = []

        def door(place: str, port: int | None = None) -> Secret:
            sockets.append(stack.enter_context(closing(_listening(place, port))))
            return Secret(sockets[-1].getsockname()[1])

        secret, windows = door(place, port), Windows(time.monotonic)
        if port is None and secret.port != _usual_port(place):
            say(_TAKEN.format(_usual_port(place)))
        offices = [
            Office(
                data,
                clock,
                person_file,
                door(str(data.resolve())) if several else secret,
                windows,
                set_unit,
                name,
                secret.again if several else None,
            )
            for name, data in lists
        ]
        app = application_of_lists(offices, secret) if several else application(offices[0])
        server = server_of(app)
        # The key stands in no command line, where other users of the PC could read it.
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="gaigai-"))
        opening = Path(folder) / "工改.html"

        def open_at(start: str) -> None:
            opening.write_text(_OPENING.format(escape(start)), encoding="utf-8")
            say(f"工改的网页：{start}")
            if browse:
                webbrowser.open(opening.as_uri())

        def look() -> None:
            if knock.exists():
                knock.unlink()
                open_at(secret.again())

        open_at(secret.start)
        with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
            asyncio.run(_serve(server, sockets, windows, look))


@contextmanager
def _running(place: str, folder: Path) -> Iterator[Path | None]:
    """Hold the mark that the page of the lists at a place is served, and yield the file by which a second start knocks.

    None where another process serves it: then it has been knocked at. ``folder`` is one of the person's own; where it
    can't be written, every start serves a page.
    """
    name = f"page-{sha256(place.encode()).hexdigest()[:16]}"
    knock, lock = folder / f"{name}.knock", filelock.FileLock(folder / f"{name}.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        knock.unlink(missing_ok=True)
    except filelock.Timeout:
        knock.touch()
        yield None
        return
    except OSError:
        yield knock
        return
    try:
        yield knock
    finally:
        lock.release()


async def _serve(
    server: uvicorn.Server,
    sockets: list[socket.socket],
    windows: Windows,
    look: Callable[[], None],
) -> None:
    serving = asyncio.create_task(server.serve(sockets=sockets))
    while not serving.done():
        await asyncio.wait([serving], timeout=_EVERY)
        look()
        if windows.over:
            server.should_exit = True
    await serving


def _usual_port(place: str) -> int:
    return _FIRST + int(sha256(place.encode()).hexdigest(), 16) % _PORTS


def _listening(place: str, port: int | None) -> socket.socket:
    """Return a socket on this PC alone; a list has always the same port, so that its browser's data are found again."""
    tries = [port] if port is not None else [_usual_port(place), 0]
    for number, one in enumerate(tries, 1):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: nobody else may take the same port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, one))
            listening.listen()  # the browser may ask before the program is ready to answer
        except OSError:
            listening.close()
            if number == len(tries):
                raise
        else:
            return listening
    raise AssertionError("a port is found or its error is raised")
