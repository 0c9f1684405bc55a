"""What a unit records of an item: who speaks, about what, and everything that the record says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import typer

from gaigai_cli.cli import ask, values
from gaigai_cli.cli.record import fields
from gaigai_cli.cli.record.desk import Desk, Field
from gaigai_cli.cli.record.fields import Fields, Given, words_of
from gaigai_cli.cli.record.wording import Files
from gaigai_cli.cli.record.writing import Writing, day_of, kept_words, record, writing_session
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.record.draft import Intention
from gaigai_cli.record.prepare import Prepared
from gaigai_cli.record.waiting import CLOSE_OUT, demand_time_limit, taken_back

_UNIT, _VIA, _DATE = "--unit", "--via", "--date"


@dataclass(frozen=True)
class Own:
    """A command by which a unit records: the kind, and the fields besides those of every record."""

    command: str
    kind: str
    fields: Callable[[Fields], list[Field]]
    leads_only: bool = True


def own_record(
    ctx: typer.Context, own: Own, item: str | None, given: Given, *, dry_run: bool, edit: bool
) -> Prepared:
    """Fill in, check and write one record of a unit."""
    session = writing_session(ctx)
    desk = Desk(session, own.command, words_of(given), [item] if item else [])
    case = _Case(session, desk, own)
    if item is not None:
        case.item = case.judged(item)
    case.unit = _unit_given(session, desk)
    case.tell_criteria()
    fields_ = case.fields()
    missing = [*case.missing, *desk.missing([f for f in fields_ if not (edit and f.long)])]
    desk.demand(missing)
    with kept_words(desk, always=False):
        case.ask()
        assert case.item is not None
        assert case.unit is not None
        filled_in = case.fields()
        if edit:
            desk.edit(filled_in, case.explanation)
            desk.demand(desk.missing(filled_in))
        files = case.files
        said = desk.fill(filled_in)
        when = day_of(session, desk.word(_DATE))
    intention = Intention(own.kind, case.unit, when, {"item": case.item.id, **said})
    writing = Writing(session, [intention], files.planned, files.sources)
    return record(desk, writing, dry_run=dry_run)[0]


def take_back(
    ctx: typer.Context, command: str, kind: str, item: str | None, given: Given, *, dry_run: bool
) -> None:
    """A lead takes its own application back (撤回申请); which one is looked up."""
    session = writing_session(ctx)
    desk = Desk(session, command, words_of(given), [item] if item else [])
    unit = _unit_given(session, desk)
    wanted = [Fields(session).by(), fields.text("reason", "--reason", asked=False)]
    missing = [*(["事项编号"] if item is None else []), *([] if unit else [f"单位（{_UNIT}）"])]
    if missing or item is None or unit is None:
        raise GaigaiError(f"缺少{'、'.join(missing)}", f"用法见 gaigai {command} --help")
    desk.demand(desk.missing(wanted))
    found = session.judge.item(session.item_id(item), session.today)
    assert found is not None
    answers = tuple(e.record.id for e in taken_back(found.state, unit, kind))
    said = desk.fill(wanted) | {"item": found.id, "answers": answers}
    when = day_of(session, desk.word(_DATE))
    record(desk, Writing(session, [Intention("撤回申请", unit, when, said)]), dry_run=dry_run)


@dataclass
class _Case:
    """The item and the unit of a record in the making; what isn't known yet is asked for."""

    session: Session
    desk: Desk
    own: Own
    item: JudgedItem | None = None
    unit: str | None = None
    files: Files = field(init=False)

    def judged(self, words: str) -> JudgedItem:
        """The item that was typed, one that this kind of record can be about."""
        found = self.session.judge.item(self.session.item_id(words), self.session.today)
        assert found is not None
        if self.own.leads_only:
            demand_time_limit(found.state, self.own.kind)
        return found

    @property
    def missing(self) -> list[str]:
        item = [] if self.item else ["事项编号"]
        return [*item, *([] if self.unit else [f"单位（{_UNIT}）"])]

    def fields(self) -> list[Field]:
        """The fields for what is known of item and unit."""
        self.files = Files(self.session, self.unit or "")
        build = Fields(self.session, self.item, self.files)
        return [
            *self.own.fields(build),
            build.by(),
            fields.choice("via", _VIA, fields.VIAS, asked=False),
            build.source(),
        ]

    def ask(self) -> None:
        """Ask for item and unit, and show what somebody should see before saying more."""
        if not self.desk.asking:
            return
        from gaigai_cli.cli.record.choose import choose_item, choose_unit
        from gaigai_cli.render.briefing import briefing

        if self.item is None:
            leads_only = self.own.leads_only
            self.item = choose_item(self.session, self.unit, self.judged, leads_only=leads_only)
            self.desk.arguments = [self.item.id]
        if self.unit is None:
            self.unit = choose_unit(self.session, self.item, leads_only=self.own.leads_only)
            self.desk.given[_UNIT] = [self.unit]
        leads = self.item.state.units.lead
        if self.own.leads_only and self.unit not in leads and _DATE not in self.desk.given:
            raise GaigaiError(
                f"{self.unit}不是{self.item.id}的牵头单位，不能记录{self.own.kind}",
                f"应由牵头单位{'、'.join(leads) or '（未明确）'}记录",
            )
        output = self.session.output
        output.show(briefing(self.session.judge, self.item, self.unit, output.width))

    def tell_criteria(self) -> None:
        """Say what shows that the item is done, where the office has said so: it is what the office will look for."""
        if self.own.kind == CLOSE_OUT and self.item is not None:
            criteria = self.item.state.listed.item.criteria
            if criteria:
                self.session.output.message(f"{self.item.id}的佐证要求：{criteria}")

    @property
    def explanation(self) -> list[str]:
        """What stands in the editor below the texts."""
        from gaigai_cli.render.briefing import briefing

        if self.item is None or self.unit is None:
            return []
        return briefing(self.session.judge, self.item, self.unit, 80).text.splitlines()


def _unit_given(session: Session, desk: Desk) -> str | None:
    """Whose record it is: the unit named, else one's own. Only the office enters for others (代录), and says how."""
    words, via = desk.given.get(_UNIT), desk.given.get(_VIA)
    own, office = session.own_unit, session.ledger.office
    unit = session.unit(words[0]) if words else own
    if via and values.choice(via[0], fields.VIAS, _VIA):
        if own not in (None, office):
            raise GaigaiError(
                f"{_VIA} 是{office}代单位记录时用的，本机设定的单位是{own}", f"请去掉 {_VIA}"
            )
        if unit == office:
            raise GaigaiError(
                f"{office}自己的进展不是代录", f"请去掉 {_VIA}，或用 {_UNIT} 写明单位"
            )
    elif own == office and unit not in (None, office):
        if not ask.on_terminal():
            raise GaigaiError(
                f"{office}代{unit}记录，缺少代录方式（{_VIA}）", "请写 --via 报表、书面或电话"
            )
        ask.say(f"{office}代{unit}记录，单位是怎么报来的：")
        desk.given[_VIA] = [ask.choice("序号", [(word, word) for word in fields.VIAS])]
    return unit
