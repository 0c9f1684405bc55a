"""Who gets in: nobody but the browser that was started with the page, and nothing that another site sends.

Every answer carries the headers that keep it from being framed, sniffed, cached or fed with anything from elsewhere.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST: Final = "127.0.0.1"
START: Final = "/start"
MAX_BYTES: Final = 64 * 2**20
"""What a request may carry: evidence, or the forms of all units."""

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # without one a browser sends forms as from nowhere
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_SAFE: Final = frozenset({"GET", "HEAD"})
_STARTED: Final = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>工改</title>'
    '<link rel="icon" href="/static/icon.svg"><meta http-equiv="refresh" content="0;url={0}">'
    '<p><a href="{0}">打开</a></p></html>'
)
REFUSED: Final = "这个网址只给打开它的浏览器用。请关闭本页，重新运行 gaigai page。\n"
_FOREIGN: Final = "不接受别的网站发来的请求。\n"
_TOO_MUCH: Final = f"一次发送的内容超过 {MAX_BYTES // 2**20} MB，没有接收。\n"


@dataclass
class Secret:
    """What the browser that was started has and nobody else: a cookie, given once for the key in the start address."""

    port: int
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    first: str = "/"
    _cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _used: bool = False

    @property
    def start(self) -> str:
        """The address to start with."""
        return f"{self.origin}{START}?key={self.key}"

    def again(self, first: str = "/") -> str:
        """Return a new address to start with, for a browser that is to be opened once more.

        ``first`` is what it shows.
        """
        self.key, self.first, self._used = secrets.token_urlsafe(32), first, False
        return self.start

    @property
    def origin(self) -> str:
        """What the page's addresses begin with."""
        return f"http://{HOST}:{self.port}"

    @property
    def name(self) -> str:
        """The cookie's name; a browser sends cookies to every port, so it bears the port."""
        return f"gaigai-{self.port}"

    def give(self, key: str) -> str | None:
        """Return the cookie for the key, the first time that it is shown; None for anything else."""
        if self._used or not hmac.compare_digest(key.encode(), self.key.encode()):
            return None
        self._used = True
        return self._cookie

    def holds(self, cookies: Mapping[str, str]) -> bool:
        """Return whether the cookie is there."""
        return hmac.compare_digest(cookies.get(self.name, "").encode(), self._cookie.encode())

    def token(self, address: str) -> str:
        """Return the token of a form that is sent to ``address``."""
        return hmac.new(self._cookie.encode(), address.encode(), sha256).hexdigest()

    def is_token(self, given: str, address: str) -> bool:
        """Return whether ``given`` is the token of a form that is sent to ``address``."""
        return hmac.compare_digest(given.encode(), self.token(address).encode())


@dataclass
class Guard:
    """Lets a request through to the page, or answers it itself."""

    app: ASGIApp
    secret: Secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let the page answer it with our headers."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self.app(scope, receive, send)
            return
        answer = self._answer(scope)
        if answer is not None:
            answer.headers.setdefault("connection", "close")  # nobody keeps a line open by asking
            await answer(scope, receive, _with_headers(send))
            return
        await self.app(scope, _limited(receive), _with_headers(send))

    def _answer(self, scope: Scope) -> Response | None:
        """Return what the guard says itself; None where the page answers."""
        headers, method = Headers(scope=scope), scope["method"]
        if headers.get("host") != f"{HOST}:{self.secret.port}":
            return PlainTextResponse("没有这个网站。\n", 421)
        if scope["path"] == START and method == "GET":
            return self._start(scope)
        if not self.secret.holds(cookie_parser(headers.get("cookie", ""))):
            return PlainTextResponse(REFUSED, 403)
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return PlainTextResponse(_FOREIGN, 403)
        if method not in _SAFE and headers.get("origin") != self.secret.origin:
            return PlainTextResponse(_FOREIGN, 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BYTES:
            return PlainTextResponse(_TOO_MUCH, 413)
        return None

    def _start(self, scope: Scope) -> Response:
        query = scope["query_string"].decode("latin-1")
        cookie = self.secret.give(query.removeprefix("key="))
        if cookie is None:
            return PlainTextResponse(REFUSED, 403)
        # A page that goes on by itself: what another program's window has opened doesn't send a strict cookie at once.
        answer = HTMLResponse(_STARTED.format(escape(self.secret.first)))
        answer.set_cookie(self.secret.name, cookie, path="/", httponly=True, samesite="strict")
        return answer


class TooMuch(Exception):  # noqa: N818 - named for what it says
    """A request goes on and on."""


def _limited(receive: Receive) -> Receive:
    """Return the request's body, up to what one may carry, whatever its head says."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MAX_BYTES:
            raise TooMuch
        return message

    return limited


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
