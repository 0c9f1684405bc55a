"""单位: whom the list names, what each leads and owes, its form of a month, whom to call; who is at the keyboard."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

from starlette.responses import Response

from gaigai_cli.errors import GaigaiError
from gaigai_cli.forms.compare import standings
from gaigai_cli.forms.form import unit_form
from gaigai_cli.judge.owes import DEBT_WORDS, owes
from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.model.people import Duty
from gaigai_cli.query.choose import Filter, by_unit, select
from gaigai_cli.render.columns import COLUMNS, Column, shown
from gaigai_cli.render.console.contacts import CHANGED
from gaigai_cli.render.console.list import open_bodies, summary
from gaigai_cli.report.todo import todo
from gaigai_cli.web.records import answers
from gaigai_cli.web.visit import Visit
from gaigai_cli.web.ways import address
from gaigai_cli.words.period import Period
from gaigai_cli.work import contacts
from gaigai_cli.work.directory import User, keep_user
from gaigai_cli.work.forms import form_month, form_months
from gaigai_cli.work.rule import PRAISE


def units(visit: Visit) -> Response:
    """Return every unit: what it leads and takes part in, its lights, what it owes, whether its form has come."""
    judgement = visit.directory.judgement
    unanswered = {unit for receipt in todo(judgement).receipts for unit in receipt.missing}
    month = asked_month(visit)
    rows = []
    for row in by_unit(judgement):
        counts = Counter(item.light.name for item in row.lead)
        owed = Counter(debt for item in row.lead for debt in owes(item, row.name).debts)
        debts = [f"{words}{owed[debt]}项" for debt, words in DEBT_WORDS.items() if owed[debt]]
        debts += ["未交回执"] if row.name in unanswered else []
        rows.append((row, counts, "，".join(debts)))
    return visit.show(
        "units.html",
        nav="单位",
        rows=rows,
        lights=LIGHTS,
        standings={one.unit: one for one in standings(judgement, month, [])},
        formed=[row.name for row, *_ in rows if unit_form(judgement, row.name, month)],
        months=months_of_forms(visit),
        month=month,
    )


def months_of_forms(visit: Visit) -> list[Period]:
    """Return the months for which a form can be."""
    return form_months(visit.directory.judgement)


def asked_month(visit: Visit) -> Period:
    """Return the month of a form that the address asks for, else the last one."""
    return form_month(visit.directory, visit.asked("month") or None, what="月份")


def unit(visit: Visit) -> Response:
    """Return one unit with all its items."""
    directory = visit.directory
    judgement = directory.judgement
    name = directory.unit(visit.request.path_params["unit"])
    selection = select(judgement, Filter(dept=name))
    keys = ("id", "brief", "role", "deadline", "days_left", "status", "light", "percent")
    columns: list[Column] = [COLUMNS[key] for key in keys]
    callers = [
        (row.item.id, row.item.state.listed.item.contact)
        for row in selection.rows
        if row.role == "牵头" and row.item.state.listed.item.contact
    ]
    months, month = months_of_forms(visit), asked_month(visit)
    standing = next((s for s in standings(judgement, month, []) if s.unit == name), None)
    people = [judgement.ledger.contact(name, duty, judgement.day) for duty in get_args(Duty)]
    about: dict[str, Any] = {
        "people": [one for one in people if one is not None],
        "asked": contacts.questions(directory) if visit.is_office else (),
        "aliases": judgement.ledger.units.by_name[name],
        "callers": callers,
        "standing": standing,
        "changed": CHANGED,
    }
    return visit.show(
        "unit.html",
        nav="单位",
        name=name,
        columns=columns,
        rows=selection.rows,
        sentence=summary(shown(selection.rows, columns)),
        remark=open_bodies(selection) or "",
        months=months,
        month=month,
        praise=PRAISE if visit.is_office else (),
        **about,
    )


def who(visit: Visit) -> Response:
    """Return the page that asks."""
    return visit.show("who.html", nav="", units=visit.directory.ledger.units.all)


def keep_contact(visit: Visit) -> Response:
    """Write down whom the office calls at a unit, from a day on."""
    directory = visit.directory
    unit = directory.unit(visit.request.path_params["unit"])
    contacts.add(directory, unit, answers(visit, contacts.questions(directory)))
    return visit.go(address(f"/单位/{unit}"))


def keep_who(visit: Visit) -> Response:
    """Keep what was said in the person's own file, which the commands read, too."""
    name, unit = visit.asked("name"), visit.asked("unit")
    if not name or not unit:
        raise GaigaiError("姓名和单位都要填", "请返回补上")
    if any(not char.isprintable() for char in name) or len(name) > 60:
        raise GaigaiError("姓名里有不能用的字符，或太长", "请返回改正")
    keep_user(visit.office.person_file, User(name, visit.directory.unit(unit)))
    return visit.go("/")
