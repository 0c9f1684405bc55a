"""One request and what it is answered with: the list as it is now, the person at the keyboard, a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from jinja2 import Environment
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from gaigai_cli.characters import harmless
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import notes
from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.query.choose import year_over
from gaigai_cli.render.html import environment, light_class
from gaigai_cli.render.lines import StyledText
from gaigai_cli.render.short import brief
from gaigai_cli.store.read import Made
from gaigai_cli.web.guard import Secret
from gaigai_cli.web.ways import address, here
from gaigai_cli.words.say import full_day
from gaigai_cli.work.directory import Directory, Progress, Told, read_user, untold
from gaigai_cli.work.papers import PaperFile

AFTER_LAST: Final = 120.0
"""Seconds after the last window has closed."""
AFTER_BEAT: Final = 3600.0
"""Seconds after the last sign of life, of a browser that was killed or a PC that slept."""

_JOB: Final = 64
"""Letters of a job's word."""
_STYLES: Final = {"bold": "strong", "dim": "faint", "yellow": "warn", "red": "wrong"}
TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class Job(NamedTuple):
    """How far a request is that takes long."""

    what: str
    done: int
    total: int


@dataclass
class Windows:
    """The windows that are open, by a word of their own. ``clock`` tells seconds and never goes back."""

    clock: Callable[[], float]
    _open: set[str] = field(default_factory=set)
    _last: float = -1.0
    _closed: float | None = None

    def __post_init__(self) -> None:
        self._last = self.clock()

    def alive(self, window: str = "") -> None:
        """Note that a window is open, or that something was asked for."""
        self._last = self.clock()
        if window:
            self._open.add(window)
        self._closed = None

    def closed(self, window: str) -> None:
        """Note that a window has gone."""
        self._open.discard(window)
        if not self._open:
            self._closed = self.clock()

    @property
    def over(self) -> bool:
        """Return whether nobody needs the page any more."""
        now = self.clock()
        if self._closed is not None and now - self._closed >= AFTER_LAST:
            return True
        return now - self._last >= AFTER_BEAT


@dataclass
class Office:
    """What all requests share: where the list lies, the clock, who may come in, and what was read before.

    ``jobs`` are the requests that somebody waits for just now, by a word that the page has given them. ``name`` is what
    the list is called among several; ``home`` makes a new address of their page.
    """

    data: Path
    clock: Callable[[], datetime]
    person_file: Path
    secret: Secret
    windows: Windows
    set_unit: tuple[str, str] | None = None
    name: str = ""
    home: Callable[[], str] | None = None
    known: dict[str, Made] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)

    def directory(self, progress: Progress = untold) -> Directory:
        """Return the list as it is at this moment."""
        return self._directory(self.clock() - self.ahead, progress)

    @cached_property
    def ahead(self) -> timedelta:
        """How far the clock is ahead of an example whose year is over: that goes on the day after its last record."""
        found = self._directory(self.clock())
        try:
            records = found.ledger.by_record if found.example and year_over(found.judgement) else {}
            last = datetime.strptime(f"{max(records, default='')[:8]} 09+0800", "%Y%m%d %H%z")
        except (GaigaiError, OSError, ValueError):
            return timedelta()  # it can't be read, or there is no record to go on from
        return found.now - last - timedelta(days=1)

    def _directory(self, now: datetime, progress: Progress = untold) -> Directory:
        return Directory(
            self.data,
            now,
            set_unit=self.set_unit,
            user=read_user(self.person_file),
            known=self.known,
            progress=progress,
        )


@dataclass
class Visit:
    """One request. ``form`` is what was sent with it, ``left`` the items that remain of those that it is about."""

    office: Office
    request: Request
    form: FormData = field(default_factory=FormData)
    left: Sequence[str] = ()

    @cached_property
    def directory(self) -> Directory:
        """The list as it is now."""
        return self.office.directory(self._progress)

    @contextmanager
    def _progress(self, what: str) -> Iterator[Told]:
        """Keep how far long work is, for the page that asks meanwhile."""
        name, jobs = self.asked("job")[:_JOB], self.office.jobs

        def told(done: int, total: int) -> None:
            if name:
                jobs[name] = Job(what, done, total)

        try:
            yield told
        finally:
            jobs.pop(name, None)

    def forget(self) -> None:
        """Read the list anew when it is next asked for: something was written."""
        for name in ("directory", "_about"):
            self.__dict__.pop(name, None)

    @cached_property
    def unit(self) -> str | None:
        """The unit of the person; None where nobody has said, or the list doesn't know it."""
        try:
            return self.directory.own_unit
        except GaigaiError:
            return None

    @property
    def name(self) -> str:
        """The person's name; empty where nobody has said."""
        return self.directory.own_name

    @property
    def may_write(self) -> bool:
        """Return whether it is known who writes, and for whom."""
        return bool(self.name and self.unit)

    def demand_writing(self) -> None:
        """Raise ``GaigaiError`` where it isn't known who writes; where the list can't be read it is that."""
        _ = self.directory.ledger
        if not self.may_write:
            raise GaigaiError(
                "还不知道是谁在用这台电脑，只能查看", "请先点页面上方的“请填写姓名和单位”"
            )

    @property
    def is_office(self) -> bool:
        """Return whether the person works for the office."""
        return self.may_write and self.unit == self.directory.ledger.office

    @property
    def inside(self) -> bool:
        """Return whether a part of a page is asked for, by its script."""
        return self.request.headers.get("hx-request") == "true"

    def asked(self, name: str) -> str:
        """Return a word of the address, or of what was sent; empty where there is none."""
        value = self.form.get(name, self.request.query_params.get(name, ""))
        return value.strip() if isinstance(value, str) else ""

    def all_asked(self, name: str) -> list[str]:
        """Return all words of that name in the address, or in what was sent."""
        given = self.form.getlist(name) or self.request.query_params.getlist(name)
        return [word.strip() for word in given if isinstance(word, str) and word.strip()]

    def asked_unit(self, name: str = "unit") -> str | None:
        """Return the list's name of the unit that is asked for; None where none is."""
        words = self.asked(name)
        return self.directory.unit(words) if words else None

    def uploads(self, name: str) -> list[UploadFile]:
        """Return the files that were sent under a name."""
        given = self.form.getlist(name)
        return [one for one in given if isinstance(one, UploadFile) and one.filename]

    def token(self, address: str) -> str:
        """Return the token of a form that is sent to ``address``."""
        return self.office.secret.token(address)

    def show(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page, or a part of one."""
        made = _TEMPLATES.get_template(template)
        return HTMLResponse(made.render(visit=self, **self._about, **values), status)

    @cached_property
    def _about(self) -> dict[str, Any]:
        """What the frame of every page says."""
        try:
            judgement = self.directory.judgement
        except GaigaiError:
            return {"list_title": "", "notes": (), "day": full_day(self.directory.today)}
        day = full_day(judgement.day)
        past = f"示例的年度早已结束，网页按{day}的情况显示和登记，供练习。"
        return {
            "list_title": judgement.ledger.tasks.notice.title,
            "notes": (*notes(judgement), *((past,) if self.office.ahead else ())),
            "day": day,
        }

    def save(self, file: PaperFile) -> Response:
        """Return a paper to be saved under its name."""
        return file_answer(file.data, file.name)

    def go(self, address: str) -> Response:
        """Return the way on to another page; a script that asked for a part goes there, too."""
        if self.inside:
            return Response(headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)


def kept(sent: UploadFile, folder: Path, most: int = -1) -> Path:
    """Put a file that was sent into a folder, under its own name, and return its path; ``most`` bytes of it.

    Raises ``GaigaiError`` for a name that no file can have.
    """
    name = PurePath((sent.filename or "").replace("\\", "/")).name or "文件"
    try:
        taken = (folder / name).exists()
        place = folder / str(len(list(folder.iterdir()))) if taken else folder
        place.mkdir(exist_ok=True)
        (place / name).write_bytes(sent.file.read(most))
    except (OSError, ValueError):
        raise GaigaiError(f"文件名“{name}”不能用", "请改名后再试") from None
    return place / name


def file_answer(data: bytes, name: str, kind: str = "") -> Response:
    """Return a file to be saved; what isn't made by us has no type that a browser would show."""
    kind = kind or TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    saved = f"attachment; filename*=UTF-8''{quote(harmless(name))}"
    return Response(data, media_type=kind, headers={"Content-Disposition": saved})


def page_of(template: str, **values: Any) -> str:
    """Return a page that stands for itself, without a request."""
    return _TEMPLATES.get_template(template).render(**values)


def style_class(text: StyledText) -> str:
    """Return the class of the style sheet for a piece of a console's page."""
    if text.text in LIGHTS:
        return f"light {light_class(text.text)}"
    return " ".join(_STYLES[word] for word in text.style.split() if word in _STYLES)


def _environment() -> Environment:
    made = environment("gaigai_cli.web")
    made.filters["here"] = here
    made.globals |= {
        "address": address,
        "brief": brief,
        "style_class": style_class,
        "full_day": full_day,
        "dict": dict,
    }
    return made


_TEMPLATES: Final = _environment()
