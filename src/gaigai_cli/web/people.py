"""Who is at the keyboard, where git doesn't say it."""

from __future__ import annotations

from starlette.responses import Response

from gaigai_cli.errors import GaigaiError
from gaigai_cli.web.visit import Visit
from gaigai_cli.work.person import Person, keep_person


def who(visit: Visit) -> Response:
    """The page that asks."""
    return visit.show("who.html", nav="", units=visit.directory.ledger.units.all)


def keep(visit: Visit) -> Response:
    """Keep what was said in the person's own file, which the commands read, too."""
    name, unit = visit.asked("name"), visit.asked("unit")
    if not name or not unit:
        raise GaigaiError("姓名和单位都要填", "请返回补上")
    if any(not char.isprintable() for char in name) or len(name) > 60:
        raise GaigaiError("姓名里有不能用的字符，或太长", "请返回改正")
    keep_person(visit.office.person_file, Person(name, visit.directory.unit(unit)))
    return visit.go("/")
