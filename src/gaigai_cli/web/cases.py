"""What can be recorded on the page, by kind: what it asks, what it shows of the item, what it would write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from starlette.datastructures import UploadFile

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.kinds import CLOSE_OUT, CORRECTION, EXTENSION, HIGHLIGHT, KINDS, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import LEVELS, Evidence, Record, evidence_words, label
from gaigai_cli.query.waiting import Scope
from gaigai_cli.record.new_record import Intention
from gaigai_cli.render.console.card import criteria_words, last_report
from gaigai_cli.render.console.records import History
from gaigai_cli.render.console.written import state_words
from gaigai_cli.render.short import brief
from gaigai_cli.web.items import evidence_links
from gaigai_cli.web.visit import Visit, kept
from gaigai_cli.web.ways import address, button
from gaigai_cli.words.say import full_day
from gaigai_cli.work import correct, instruct, remind, rule
from gaigai_cli.work import record as own
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.questions import Question, Questions, text
from gaigai_cli.work.transaction import Statement, Transaction

RECEIPT: Final = "督办回执"


@dataclass
class Uploads(EvidenceFiles):
    """Files that were sent with a form. Words of a page are never taken for the path of a file of this PC."""

    folder: Path = field(default_factory=Path)
    kept: set[str] = field(default_factory=set)

    def keep(self, sent: UploadFile) -> str:
        """Put a file aside under its own name; returns the words by which `evidence` knows it."""
        limit = int(self.directory.ledger.rules.evidence.max_mb * 2**20) + 1
        path = str(kept(sent, self.folder, limit))
        self.kept.add(path)
        return path

    def evidence(self, words: str) -> Evidence:
        """Return a document number or an address as it is written, or a file that was sent."""
        return self.add(Path(words)) if words in self.kept else words


@dataclass(frozen=True)
class Case:
    """A statement as a form of the page shows it.

    ``hidden`` says what it is about. ``about`` are the fields of the records that would be written, as far as they
    tell whether they are written already: usually one record an item. ``files`` are those to decide by.
    """

    statement: Statement
    title: str
    hidden: tuple[tuple[str, str], ...]
    items: Sequence[JudgedItem]
    about: Callable[[Mapping[str, Any]], list[dict[str, Any]]] | None = None
    facts: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()
    unit: str = ""
    current: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[tuple[str, str], ...] = ()
    back: str = "/"
    corrects: str = ""

    @property
    def address(self) -> str:
        """Where its form is sent."""
        return f"/更正/{self.corrects}" if self.corrects else f"/登记/{self.statement.kind}"

    @property
    def form_address(self) -> str:
        """The address of its form."""
        return address(self.address, self.hidden)

    def intentions(self, said: Mapping[str, Any], today: date) -> list[Intention]:
        """Return the records that would be written, as far as they tell whether they are written already."""
        fields = self.about(said) if self.about else [{"item": item.id} for item in self.items]
        return [Intention(self.statement.kind, self.statement.unit, today, one) for one in fields]


def _nothing(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what one record says that is about no single item."""
    return [{}]


def case_of(visit: Visit, kind: str) -> Case:
    """Return what the address asks for. Raises ``GaigaiError``."""
    visit.demand_writing()
    if kind in _OF_UNITS:
        return _OF_UNITS[kind](visit)
    rule.demand_office(visit.directory, kind)
    if kind in _OF_OFFICE:
        return _OF_OFFICE[kind](visit)
    raise GaigaiError(f"没有“{kind}”这一种记录", "请从各页的按钮进入")


def _item(visit: Visit) -> JudgedItem:
    words = visit.asked("item")
    if not words:
        raise GaigaiError("没有写明事项", "请从事项的页面进入")
    return visit.directory.judged(words)


def _own(visit: Visit, kind: KindName) -> Case:
    directory = visit.directory
    office, mine = directory.ledger.office, visit.unit or ""
    item = own.item_of(directory, kind, _item(visit).id)
    unit = visit.asked_unit() or mine
    units: tuple[str, ...] = ()
    if mine == office:
        leads = KINDS[kind].leads_only or kind == own.PLAN
        named = item.state.units.lead if leads else item.state.units.named
        itself = (office,) if kind == own.PLAN else ()
        units = tuple(dict.fromkeys((*itself, *named, *((unit,) if unit != office else ()))))
        if not visit.asked("unit") and units and office not in units:
            unit = units[0]
    else:
        own.demand_entering(directory, unit, kind)
    if not visit.asked("date"):  # on another day it may have been one
        own.demand_lead(kind, item, unit)
    for_unit = unit != mine
    statement = own.own_record(directory, kind, item, unit)

    def questions(ask: Questions) -> list[Question]:
        found = statement.questions(ask)
        if not for_unit:
            return [one for one in found if one.name not in ("via", "source")]
        return [replace(one, required=True) if one.name == "via" else one for one in found]

    def transaction(said: Mapping[str, Any], files: EvidenceFiles) -> Transaction:
        own.whose(directory, unit, via=said.get("via"), named=label)
        return statement.transaction(said, files)

    entry = last_report(item, unit)
    facts = [("现在", state_words(item))]
    if item.state.dated:
        facts.append(("佐证要求", criteria_words(item)))
    facts += [("上次进展", _in_words(visit, entry)) if entry else ("上次进展", "还没有报过")]
    return Case(
        replace(statement, questions=questions, transaction=transaction),
        f"{button(kind)}：{item.id}",
        (("item", item.id), ("unit", unit)),
        (item,),
        facts=tuple(facts),
        units=units,
        unit=unit,
        back=f"/事项/{item.id}",
    )


def _taking_back(visit: Visit) -> Case:
    directory, item, unit = visit.directory, _item(visit), visit.unit or ""
    kind: KindName = EXTENSION if visit.asked("of") == EXTENSION else CLOSE_OUT
    return Case(
        own.taking_back(directory, item, unit, kind),
        f"撤回{kind}：{item.id}",
        (("item", item.id), ("of", kind)),
        (item,),
        facts=(("现在", state_words(item)),),
        back=f"/事项/{item.id}",
    )


def _ruling(visit: Visit, what: rule.Ruling) -> Case:
    directory = visit.directory
    items = [directory.judged(one) for one in dict.fromkeys(visit.left or visit.all_asked("item"))]
    if not items:
        raise GaigaiError("没有选事项", "请先勾选，或从事项的页面进入")
    unit = visit.asked_unit()

    def transaction(said: Mapping[str, Any], files: EvidenceFiles) -> Transaction:
        scope = Scope(said.get("stage"), unit)
        return rule.ruled(directory, what, items, scope).transaction(said, files)

    def questions(ask: Questions) -> list[Question]:
        return rule.ruling_questions(what, ask, items)

    stage = visit.asked("stage")
    cited = items[0].id if len(items) == 1 else f"{len(items)}项"
    return Case(
        Statement(what.kind, directory.ledger.office, questions, transaction),
        f"{button(what.kind)}：{cited}",
        tuple(("item", one) for one in visit.all_asked("item"))
        + ((("unit", unit),) if unit else ()),
        items,
        facts=tuple(_waiting(visit, items)),
        files=tuple(_files(items)),
        current={"stage": stage} if stage else {},
        back=f"/事项/{items[0].id}" if len(items) == 1 else "/",
    )


def _waiting(visit: Visit, items: Sequence[JudgedItem]) -> list[tuple[str, str]]:
    """Return what every item is, and what has been applied for on it."""
    facts = []
    for item in items:
        facts.append((item.id, f"{brief(item)}　{state_words(item)}"))
        for entry in (*item.state.applications, *item.state.extensions):
            facts.append((entry.record.kind, _in_words(visit, entry)))
    return facts


def _files(items: Sequence[JudgedItem]) -> Iterator[tuple[str, str]]:
    """Yield the files that the applications rest on, and where they open."""
    for item in items:
        for entry in (*item.state.applications, *item.state.extensions):
            yield from (one for one in evidence_links(entry) if one[1])


def _of_units(visit: Visit, kind: KindName) -> Case:
    statement, item = rule.of_units(visit.directory, kind), visit.asked("item")

    def questions(ask: Questions) -> list[Question]:
        asked = statement.questions(ask)
        return [replace(one, asked=True) if one.name in ("to", "item") else one for one in asked]

    return Case(
        replace(statement, questions=questions),
        kind,
        (("item_about", item),) if item else (),
        (),
        lambda said: [dict(said)],
        current={"item": item, "to": visit.asked("unit")},
        back=f"/事项/{item}" if item else "/单位",
    )


def _highlight(visit: Visit) -> Case:
    """Return a report of a unit that the bulletin is to tell."""
    directory = visit.directory
    report = correct.record_named(directory, visit.asked("record"))
    item = directory.judged(report.record.item or "")
    return Case(
        rule.highlight(directory, report),
        f"拟写入通报：{item.id}",
        (("record", report.record.id),),
        (item,),
        facts=(("单位所报", _in_words(visit, report)),),
        back=f"/事项/{item.id}",
    )


def _issue(visit: Visit) -> Case:
    """Return papers to one unit about everything that is due, or about the items named."""
    directory, judgement = visit.directory, visit.directory.judgement
    remind.demand_begun(judgement, "请先登记各单位的进展")
    unit = directory.unit(visit.asked("unit"))
    ids = visit.all_asked("item")
    items = tuple(judgement.by_id[directory.item_id(one)] for one in ids)
    level = next((one for one in LEVELS if one == visit.asked("kind")), None)
    asked = remind.Asked((unit,), items, level)
    papers = remind.drafts(judgement, asked, today=directory.today)

    def questions(ask: Questions) -> list[Question]:
        number = [text("number", asked=False)] if len(papers) == 1 else []
        return [replace(ask.day("reply_by"), asked=True), *number, ask.by()]

    def transaction(said: Mapping[str, Any], files: EvidenceFiles) -> Transaction:
        fields = dict(said)
        by = fields.pop("reply_by", None)
        made = remind.drafts(judgement, asked, today=directory.today, reply_by=by)
        made = remind.with_numbers(judgement, made, fields.pop("number", None))
        return remind.issue(directory, made).transaction(fields, files)

    told = []
    for paper in papers:
        day = full_day(paper.reply_by) if paper.reply_by else "没有推算出来，请填写"
        told += [(paper.level, m.problem) for m in paper.matters] + [("反馈时限", day)]
    return Case(
        Statement("督办", directory.ledger.office, questions, transaction),
        f"登记督办：{unit}",
        (("unit", unit), *(("item", one) for one in ids), *((("kind", level),) if level else ())),
        [judgement.by_id[matter.id] for paper in papers for matter in paper.matters],
        lambda said: [{"to": (p.unit,), "items": tuple(m.id for m in p.matters)} for p in papers],
        facts=tuple(told),
        back=f"/事项/{ids[0]}" if ids else "/催报",
    )


def _receipt(visit: Visit) -> Case:
    directory = visit.directory
    paper = remind.paper_named(directory.judgement, visit.asked("paper"))
    unit = remind.receipt_of(directory, paper, visit.asked_unit())
    return Case(
        remind.receipt(directory, paper, unit),
        f"{unit}的回执：{paper.record.number}",
        (("paper", paper.record.id), ("unit", unit)),
        [directory.judged(one) for one in paper.record.items or ()],
        _nothing,
        facts=((paper.record.level or "", paper.record.reason or ""),),
    )


def _demand(visit: Visit, kind: KindName) -> Case:
    """Return a 批示, or what a meeting has resolved."""
    directory, item = visit.directory, visit.asked("item")
    statement = instruct.demand(directory, kind)
    files = EvidenceFiles(directory, statement.unit)

    def about(said: Mapping[str, Any]) -> list[dict[str, Any]]:
        try:
            return [dict(one.fields) for one in statement.transaction(said, files).intentions]
        except (GaigaiError, KeyError):  # it isn't whole yet, so it isn't written either
            return []

    return Case(
        statement,
        kind,
        (("item_about", item),) if item else (),
        (),
        about,
        current={"item": item},
        back=f"/事项/{item}" if item else "/",
    )


def _step(visit: Visit, step: instruct.InstructionStep) -> Case:
    """Return what is said of a demand once it is made: a unit's answer, or how it got to the leader and back."""
    directory = visit.directory
    one = instruct.instruction_named(directory, step, visit.asked("record"))
    own_answer = step is instruct.ANSWERED
    statement = instruct.step_taken(directory, step, one, visit.asked_unit())
    item, unit = one.record.item, statement.unit
    whose = f"{unit}的" if own_answer else ""
    return Case(
        statement,
        f"{whose}{step.kind}：{one.record.kind}",
        (("record", one.record.id), *((("unit", unit),) if own_answer else ())),
        [directory.judged(item)] if item else [],
        _nothing,
        facts=((one.record.kind, _in_words(visit, one.entry)), ("现在", one.step)),
    )


_OF_UNITS: Final[dict[str, Callable[[Visit], Case]]] = {
    **{kind: partial(_own, kind=kind) for kind in own.OWN},
    own.TAKING_BACK: _taking_back,
    RECEIPT: _receipt,
    instruct.ANSWERED.kind: partial(_step, step=instruct.ANSWERED),
}
"""What a unit records, or the office for it."""
_OF_OFFICE: Final[dict[str, Callable[[Visit], Case]]] = {
    **{kind: partial(_ruling, what=what) for kind, what in rule.RULINGS.items()},
    **{kind: partial(_of_units, kind=kind) for kind in (*rule.PRAISE, rule.URGED)},
    **{kind: partial(_demand, kind=kind) for kind in instruct.DEMANDS},
    **{step.kind: partial(_step, step=step) for step in (instruct.PRESENTED, instruct.READ)},
    HIGHLIGHT: _highlight,
    "督办": _issue,
}
"""What the office alone records."""
_NOT_HERE: Final = frozenset({"evidence", "metrics"})
"""Fields that are added to, not typed anew."""


def correction_of(visit: Visit, number: str) -> Case:
    """Return every field of the record with its words, to be changed; or the whole record is void."""
    visit.demand_writing()
    directory = visit.directory
    entry = correct.record_named(directory, number)
    correct.demand_own(directory, entry)
    now = correct.current_record(directory, entry, void=bool(visit.asked("void")))
    fields = [name for name in correct.changeable(now) if name not in _NOT_HERE]
    asked = {
        name: correct.change_question(correct.asking(directory, now, None), name) for name in fields
    }
    was = {name: correct.typed(one, getattr(now, name)) for name, one in asked.items()}
    listed = directory.ledger.tasks.by_id.get(now.item or "")
    item = directory.judged(now.item) if listed and now.item else None
    can = set(correct.changeable(now))

    def questions(ask: Questions) -> list[Question]:
        asking = correct.asking(directory, now, ask.files)
        made = [_changed(one, now, was[name]) for name, one in asked.items()]
        made += [asking.metrics()] if item and item.figures and "metrics" in can else []
        made += [asking.evidence()] if "evidence" in can else []
        own_names = {"by": "更正登记人", "date": "更正日期"}  # the record itself has such, too
        said = [
            replace(one, name=f"new_{one.name}", words=own_names.get(one.name, one.label))
            for one in correct.correction_questions(ask)
        ]
        return [*made, *said]

    def transaction(said: Mapping[str, Any], files: EvidenceFiles) -> Transaction:
        own_words = {
            name.removeprefix("new_"): v for name, v in said.items() if name.startswith("new_")
        }
        if visit.asked("void"):
            return correct.correction(directory, entry, None, own_words, files)
        changes = {n: said[n] for n in fields if n in said and said[n] != getattr(now, n)}
        if "metrics" in said:
            changes["metrics"] = {**(now.metrics or {}), **said["metrics"]}
        kept = [e for n, e in enumerate(now.evidence or ()) if str(n) in visit.form.getlist("kept")]
        evidence = (*kept, *said.get("evidence", ()))
        if "evidence" in can and evidence != (now.evidence or ()):
            if not evidence:
                raise GaigaiError("佐证不能改成空的", "整条不要的请作废")
            changes["evidence"] = evidence
        gone = [label(name) for name in fields if was[name] and name not in said]
        if gone:
            raise GaigaiError(f"“{'、'.join(gone)}”不能改成空的", "整条不要的请作废")
        if not changes:
            raise GaigaiError("没有改动，没有写入", "请改要更正的内容，或勾选整条作废")
        return correct.correction(directory, entry, changes, own_words, files)

    return Case(
        Statement(CORRECTION, entry.unit, questions, transaction),
        f"更正：{entry.unit}{full_day(entry.record.date)}的{entry.record.kind}",
        (),
        (item,) if item else (),
        _nothing,
        facts=(("原记录", _in_words(visit, entry)),),
        current=was,
        kept=tuple((str(n), evidence_words(e)) for n, e in enumerate(now.evidence or ())),
        back=f"/事项/{now.item}" if now.item else "/往来",
        corrects=entry.record.id,
    )


def _changed(question: Question, now: Record, was: str) -> Question:
    """Return the question what a field becomes, with the words that it has, which stand for what it is."""
    value = getattr(now, question.name)
    choices = question.choices
    if choices and was and was not in dict(choices):
        choices = ((was, was), *choices)
    return replace(
        question,
        read=lambda given: value if "\n".join(given) == was else question.read(given),
        asked=value is not None,
        choices=choices,
    )


def _in_words(visit: Visit, entry: Entry) -> str:
    head = f"{entry.unit} {full_day(entry.record.date)}："
    return "\n".join((head, *History.of(visit.directory.judge, entry.record.item).said(entry)))
