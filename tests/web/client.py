"""A browser without a window: it has the cookie, reads forms and sends them as they stand."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.testclient import TestClient

from gaigai_cli.model.calendar import CHINA
from gaigai_cli.web.app import application
from gaigai_cli.web.guard import Secret
from gaigai_cli.web.visit import Office, Windows

PORT = 47999
STATIC = files("gaigai_cli") / "web/static"
STYLES = tuple(
    style.read_text(encoding="utf-8")
    for style in (STATIC / "gaigai.css", files("gaigai_cli") / "templates/bulletin.css")
)
"""The style sheets of the page and of the bulletin."""

NOW = datetime(2024, 7, 11, 9, tzinfo=CHINA)
Fields = dict[str, str | list[str]]


@dataclass
class Page:
    """The page of a list, and somebody who looks at it."""

    data: Path
    person: Path
    now: datetime = NOW
    started: bool = True
    seconds: float = 0.0
    office: Office = field(init=False)
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        secret = Secret(PORT)
        windows = Windows(lambda: self.seconds)
        self.office = Office(self.data, lambda: self.now, self.person, secret, windows)
        self.client = TestClient(
            application(self.office),
            base_url=secret.origin,
            headers={"origin": secret.origin},
            follow_redirects=False,
        )
        if self.started:
            self.client.get("/start", params={"key": secret.key})

    def be(self, name: str, unit: str) -> "Page":
        """Say who looks."""
        self.person.parent.mkdir(parents=True, exist_ok=True)
        self.person.write_text(json.dumps({"name": name, "unit": unit}), encoding="utf-8")
        return self

    def after_the_year(self, now: datetime) -> "Page":
        """Look at the list when its year is over, as at one that isn't made up: nobody practises on that."""
        file = self.data / "tasks.yaml"
        text = file.read_text(encoding="utf-8").replace("example: true", "")
        file.write_text(text, encoding="utf-8")
        self.now = now
        return self

    def text(self, address: str, status: int = 200) -> str:
        """A page's text."""
        answer = self.client.get(address)
        assert answer.status_code == status, answer.text
        return answer.text

    def form(self, address: str, ending: str = "") -> "Form":
        """The first form on a page that sends something, to an address with this ending."""
        return read_form(self.text(address), ending)

    def send(self, form: "Form", step: str = "", files: Sequence[Any] = (), **words: str) -> str:
        """Send a form as it stands, with what is filled in; the answer's text."""
        data: Fields = {**form.fields, **words, **({"step": step} if step else {})}
        sent = list(files) or [("none", ("", b""))]
        answer = self.client.post(
            form.address, data=data, files=sent, headers={"hx-request": "true"}
        )
        assert answer.status_code == 200, answer.text
        return answer.headers.get("hx-redirect", answer.text)


@dataclass
class Form:
    """A form of a page: where it goes, what stands in it."""

    address: str
    fields: Fields


_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)


class _Reader(HTMLParser):
    """Reads a form, if it is sent by POST to an address with an ending."""

    def __init__(self, ending: str) -> None:
        super().__init__()
        self._ending = ending
        self.found: Form | None = None
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        action = unquote(at.get("action") or "")
        wanted = at.get("method") == "post" and action.endswith(self._ending)
        if tag == "form" and wanted:
            self.found = Form(action, {})
        name = at.get("name")
        if self.found is None or not name:
            return
        kind = at.get("type")
        if tag == "textarea":
            self._area = name
        if tag == "input" and (
            kind not in ("checkbox", "radio", "file", "submit") or "checked" in at
        ):
            before = self.found.fields.get(name, [])
            before = before if isinstance(before, list) else [before]
            values = [*before, at.get("value") or ""]
            self.found.fields[name] = values if len(values) > 1 else values[0]

    def handle_data(self, data: str) -> None:
        if self._area and self.found is not None:
            self.found.fields[self._area] = data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""


def read_form(html: str, ending: str = "") -> Form:
    """The first form of a page that is sent to an address with this ending."""
    for form in _FORM.findall(html):  # a page is long, its forms are not
        reader = _Reader(ending)
        reader.feed(form)
        if reader.found is not None:
            return reader.found
    raise AssertionError(html)


def plain(html: str) -> str:
    """A page's words, a line each, without its markup."""
    import html as markup

    body = re.sub(r"(?s)<(head|script|style|svg)\b.*?</\1>", "", html)
    text = markup.unescape(re.sub(r"<[^>]+>", "\n", body))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
