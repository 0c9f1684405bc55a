"""``--form``: the application that was just made, or the one that waits, as a form to sign."""

from __future__ import annotations

from gaigai_cli.cli import options as o
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import shown
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.kinds import CLOSE_OUT, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.work.papers import application_file, free_path


def write_form(session: Session, entry: Entry, item: JudgedItem) -> None:
    """Write the form to ``reports/`` beside the data; one that is there already is never touched."""
    from gaigai_cli.store.write import NewFile, replace_all

    form = application_file(entry, item)
    path = free_path(session.reports, form.name, lambda there: there == form.data)
    if not path.exists():
        replace_all([NewFile(path, form.data)])
    name = form.name.removeprefix(item.id).partition("-")[0]
    session.output.message(f"已生成{name}：{shown(path)}，打印后签字盖章。")


def write_waiting_form(session: Session, kind: KindName) -> bool:
    """Write the form of the unit's application that waits already; whether there is one."""
    run = session.given
    item, unit = run.word(o.ITEM), run.word(o.UNIT)
    whose = session.unit(unit) if unit else session.own_unit
    if item is None or whose is None:
        return False
    judged = session.item(item)
    live = judged.state.applications if kind == CLOSE_OUT else judged.state.extensions
    entry = next((e for e in live if e.unit == whose), None)
    if entry is None:
        return False
    run.refuse_unused()
    write_form(session, entry, judged)
    return True
