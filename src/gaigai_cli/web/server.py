"""Serving the page: on this PC alone, in a browser that is opened with the key, until nobody needs it."""

from __future__ import annotations

import asyncio
import gc
import socket
import tempfile
import time
import webbrowser
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final

import uvicorn

from gaigai_cli.web.app import application
from gaigai_cli.web.guard import HOST, Secret
from gaigai_cli.web.visit import Office
from gaigai_cli.web.windows import Windows

_FIRST: Final = 47000
_PORTS: Final = 1000
_EVERY: Final = 2.0
"""Seconds between two looks whether the page is still wanted."""
_OPENING: Final = (
    '<!doctype html><meta charset="utf-8"><title>工改</title>'
    '<meta http-equiv="refresh" content="0;url={0}"><p><a href="{0}">打开工改的网页</a></p>'
)


def serve(
    data: Path,
    *,
    clock: Callable[[], datetime],
    person_file: Path,
    set_unit: tuple[str, str] | None,
    say: Callable[[str], None],
    port: int | None = None,
    browse: bool = True,
) -> None:
    """Serve the page of a list until its last window has closed, or Ctrl-C. ``say`` tells the address."""
    gc.enable()  # a command is over before it could matter; a server isn't
    with closing(_listening(data, port)) as listening:
        secret = Secret(listening.getsockname()[1])
        office = Office(data, clock, person_file, secret, Windows(time.monotonic), set_unit)
        config = uvicorn.Config(
            application(office),
            log_level="critical",
            access_log=False,
            lifespan="off",
            server_header=False,
            proxy_headers=False,
            ws="none",
            limit_concurrency=64,
            timeout_graceful_shutdown=5,
        )
        server = uvicorn.Server(config)
        with tempfile.TemporaryDirectory(prefix="gaigai-") as folder:
            # The key stands in no command line, where other users of the PC could read it.
            opening = Path(folder) / "工改.html"
            opening.write_text(_OPENING.format(escape(secret.start)), encoding="utf-8")
            say(f"工改的网页：{secret.start}")
            if browse:
                webbrowser.open(opening.as_uri())
            with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
                asyncio.run(_serve(server, listening, office.windows))


async def _serve(server: uvicorn.Server, listening: socket.socket, windows: Windows) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not serving.done():
        await asyncio.wait([serving], timeout=_EVERY)
        if windows.over:
            server.should_exit = True
    await serving


def _listening(data: Path, port: int | None) -> socket.socket:
    """A socket on this PC alone: the same port for the same list, so that what a browser keeps is found again."""
    usual = _FIRST + int(sha256(str(data.resolve()).encode()).hexdigest(), 16) % _PORTS
    tries = [port] if port is not None else [usual, 0]
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
