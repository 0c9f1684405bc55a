"""Who is at the keyboard, where git doesn't say it; whom the office calls."""

from __future__ import annotations

from starlette.responses import Response

from gaigai_cli.errors import GaigaiError
from gaigai_cli.web.records import answers
from gaigai_cli.web.visit import Visit
from gaigai_cli.web.ways import address
from gaigai_cli.work import contacts
from gaigai_cli.work.rule import demand_office
from gaigai_cli.work.user import User, keep_user


def who(visit: Visit) -> Response:
    """Return the page that asks."""
    return visit.show("who.html", nav="", units=visit.directory.ledger.units.all)


def keep_contact(visit: Visit) -> Response:
    """Write down whom the office calls at a unit, from a day on."""
    visit.demand_writing()
    directory = visit.directory
    demand_office(directory, "联系人")
    unit = directory.unit(visit.request.path_params["unit"])
    contacts.add(directory, unit, answers(visit, contacts.questions(directory)))
    return visit.go(address(f"/单位/{unit}"))


def keep(visit: Visit) -> Response:
    """Keep what was said in the person's own file, which the commands read, too."""
    name, unit = visit.asked("name"), visit.asked("unit")
    if not name or not unit:
        raise GaigaiError("姓名和单位都要填", "请返回补上")
    if any(not char.isprintable() for char in name) or len(name) > 60:
        raise GaigaiError("姓名里有不能用的字符，或太长", "请返回改正")
    keep_user(visit.office.person_file, User(name, visit.directory.unit(unit)))
    return visit.go("/")
