"""The office's rulings: on items (``verify`` … ``file``), on a report (``highlight``), on units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from gaigai_cli.cli import ask
from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.filling import (
    Filling,
    choose_item,
    enter,
    filling_of,
)
from gaigai_cli.cli.run import Command, Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.kinds import CLOSE_OUT, EXTENSION, KINDS, KindName
from gaigai_cli.query.waiting import Scope, to_rule, to_verify
from gaigai_cli.render.console.card import cards
from gaigai_cli.report.wording import cite
from gaigai_cli.work import rule as work
from gaigai_cli.work.correct import record_named
from gaigai_cli.work.questions import Question


class RulingCommand(NamedTuple):
    """A command of the office that answers applications: what it rules, and its options."""

    name: str
    what: work.Ruling
    options: tuple[Option, ...]


def rule(run: Run, ruling: work.Ruling) -> None:
    """Fill in, check and write one record for each item, all or none."""
    session = run.office_session
    filling = filling_of(session)
    judged = [session.judged(word) for word in run.words(o.ITEMS)]
    run.use(o.OF_UNIT)
    for item in judged:  # where nothing waits, nothing is missing either
        ruling.answers(item, _scope(filling))
    missing = [] if judged else ["事项编号"]
    filling.demand([*missing, *filling.missing(_questions(filling, ruling, judged))])
    if not judged:
        judged = [choose_item(session, None, session.judged, leads_only=False)]
        filling.given[o.ITEMS] = [judged[0].id]
    rule_on(filling, ruling, list({item.id: item for item in judged}.values()))


def rule_on(filling: Filling, ruling: work.Ruling, items: list[JudgedItem]) -> None:
    """Do what `rule` does once it is known what is ruled on."""
    session = filling.session
    try:
        enter(filling, work.ruled(session, ruling, items, _scope(filling)))
    except work.UnfitError as unfit:
        session.given.refuse(one for one in filling.options if one.field in unfit.fields)
        raise


def _questions(
    filling: Filling, ruling: work.Ruling, items: Sequence[JudgedItem] = ()
) -> list[Question]:
    """Return the questions of all items together; without items, every question there is."""
    return work.ruling_questions(ruling, filling.questions(), items)


def _scope(filling: Filling) -> Scope:
    """Return the stage and the unit to which the ruling was narrowed."""
    unit = filling.word(o.OF_UNIT)
    return Scope(filling.word(o.STAGE), filling.session.unit(unit) if unit else None)


_LATER, _STOP = "暂不办理", "到此为止"


class _Application(NamedTuple):
    """One thing that waits: of which item, who asked for what, and the stage or unit that a ruling on it names."""

    item: str
    words: str
    units: tuple[str, ...]
    stage: str | None
    narrowed: dict[Option, list[str]]


Rulings = Mapping[str, RulingCommand]
"""What can be done with something that waits, by the words of the choice."""


def _waiting(session: Session, kind: KindName) -> Iterator[_Application]:
    """Yield the applications of that kind, for close-out or an extension."""
    for item, stage in to_verify(session.judgement) if kind == CLOSE_OUT else ():
        units = tuple(entry.unit for entry in stage.applications)
        words = f"{cite(item.state.listed)}：{'、'.join(units)}申请销号"
        narrowed = {o.STAGE: [stage.id]} if stage.id else {}
        yield _Application(item.id, words, units, stage.id, narrowed)
    for item, entry in to_rule(session.judgement) if kind == EXTENSION else ():
        words = f"{cite(item.state.listed)}：{entry.unit}申请延期至{entry.record.due}"
        narrowed = {o.OF_UNIT: [entry.unit]}
        yield _Application(item.id, words, (entry.unit,), entry.record.stage, narrowed)


def rule_one_by_one(run: Run, ruling: RulingCommand, rulings: Rulings) -> None:
    """Rule on, or leave, every application that ``ruling``, for which the options are, would answer."""
    session = run.office_session
    filling = filling_of(session)
    filling.missing(_questions(filling, ruling.what))
    dry_run, items, stage = run.flag(o.DRY_RUN), set(run.words(o.ITEMS)), run.word(o.STAGE)
    asker = session.unit_typed(o.OF_UNIT)
    run.refuse_unused()
    wanted = {session.item_id(word) for word in items}
    cases = [
        case
        for case in _waiting(session, KINDS[ruling.what.kind].answers[0])
        if (not wanted or case.item in wanted)
        and asker in (None, *case.units)
        and stage in (None, case.stage)
    ]
    if not cases:
        session.output.message("没有待办的申请。")
        return
    if not ask.on_terminal():
        raise GaigaiError(
            "--pending 要在终端里逐项办理",
            f"待办的有{'、'.join(dict.fromkeys(c.item for c in cases))}，"
            f"可直接写编号，如 gaigai {ruling.name} {cases[0].item}",
        )
    done: Counter[str] = Counter()
    for number, case in enumerate(cases, 1):
        ask.say(f"\n［{number}/{len(cases)}］{case.words}")
        try:
            decision = _decide(session, case, rulings, filling.given)
        except ask.Cancelled:
            if not done:
                raise
            break  # what was decided before stands
        if decision == _STOP:
            break
        done[decision] += 1
        if not dry_run:
            session = replace(session)  # reads the logs anew
    told = "，".join(f"{name}{count}项" for name, count in done.items())
    session.output.message(f"本次办理：{told or '没有办理'}。")


def _decide(
    session: Session, case: _Application, rulings: Rulings, given: Mapping[Option, list[str]]
) -> str:
    """Show the item with its evidence and indicators, and do what is decided; asked again where that fails."""
    output, item = session.output, session.judged(case.item)
    output.show(cards(session.judge, session.judgement, [item]))
    choices = [(name, name) for name in (*rulings, _LATER, _STOP)]
    while True:
        ask.say("")
        decision = ask.choice("办理意见", choices)
        if decision not in rulings:
            return decision
        ruling = rulings[decision]
        filling = Filling(
            session, ruling.name, ruling.options, {o.ITEMS: [case.item]}, asking=True, preceded=True
        )
        fitting = {one.name for one in _questions(filling, ruling.what, [item])}
        filling.given |= {
            option: list(words) for option, words in given.items() if option.field in fitting
        }
        filling.given |= case.narrowed
        try:
            rule_on(filling, ruling.what, [item])
        except (ask.Declined, ask.Back):
            continue
        except ask.Cancelled:
            raise
        except GaigaiError as error:
            output.message(f"错误：{str(error).rstrip('。')}。")
            continue
        return decision


_EVERY: Final = (o.DATE, o.BY, o.DRY_RUN)
"""What every ruling has."""


def _ruling(what: work.Ruling, *options: Option) -> Command:
    return takes(o.ITEMS, *options, *_EVERY)(lambda run: rule(run, what))


def _answering(ruling: RulingCommand, pending: Rulings) -> Command:
    """Return the command of a ruling; ``pending``: what can be done, one by one, with the applications that wait."""

    def command(run: Run) -> None:
        if run.flag(o.PENDING):
            rule_one_by_one(run, ruling, pending)
        else:
            rule(run, ruling.what)

    return takes(o.ITEMS, o.PENDING, *ruling.options)(command)


_OWN_ONLY: Final = "只用于督办机构自行牵头的事项，请去掉它"
_VERIFY: Final = RulingCommand(
    "verify",
    work.VERIFY,
    (
        o.OPINION,
        Option(
            "--verified-by",
            "核验单位，督办机构自行牵头的事项必填",
            "单位",
            gives="verified_by_unit",
            only=_OWN_ONLY,
        ),
        Option("--signer", "核验签字人，督办机构自行牵头的事项必填", "姓名", only=_OWN_ONLY),
        Option(
            "--despite",
            "指标未达仍予销号的理由，指标未达时必填",
            "理由",
            only="只在整项销号（最后一个阶段）而指标未达时写，请去掉它",
        ),
        Option("--finished", "认定的办结日期，如 6月28日；补记的申请不写则按登记之日计", "日期"),
        o.BASIS,
        o.STAGE,
        *_EVERY,
    ),
)
_REJECT: Final = RulingCommand(
    "reject", work.REJECT, (o.REASON, o.BASIS, o.OF_UNIT, o.STAGE, *_EVERY)
)
_CLOSINGS: Final = {"通过": _VERIFY, "退回补正": _REJECT}
"""What can be done with an application for close-out."""

verify: Final = _answering(_VERIFY, _CLOSINGS)
reject: Final = _answering(_REJECT, _CLOSINGS)
reopen: Final = _ruling(work.REOPEN, o.REASON, o.BASIS, o.STAGE)

_RESULT: Final = Option("--result", "完成、基本完成、未完成或转入下年", "结果")
assess: Final = _ruling(work.ASSESS, _RESULT, o.OPINION, o.REASON, o.BASIS)

_TO: Final = Option("--to", "延期后的时限；不写则照申请的日期", "日期", gives="due")
_ASKED: Final = Option(
    "--asked", "认定的申请日期，如 6月28日；补记的申请不写则按登记之日计", "日期"
)
_DECIDED: Final = (o.BASIS, o.APPROVED_BY, _ASKED, o.REASON, o.OF_UNIT, o.STAGE, *_EVERY)
_GRANT: Final = RulingCommand("grant", work.GRANT, (_TO, *_DECIDED))
_DENY: Final = RulingCommand("deny", work.DENY, _DECIDED)
_EXTENSIONS: Final = {"批准延期": _GRANT, "不予延期": _DENY}
"""What can be done with an application for an extension."""

grant: Final = _answering(_GRANT, _EXTENSIONS)
deny: Final = _answering(_DENY, _EXTENSIONS)
suspend: Final = _ruling(work.SUSPEND, o.BASIS, o.REASON, o.EVIDENCE)
resume: Final = _ruling(work.RESUME, o.BASIS, o.REASON, o.EVIDENCE)
withdraw: Final = _ruling(work.WITHDRAW, o.BASIS, o.REASON)

_REPLACE: Final = Option("--replace", "变更：这一责任改由所列单位承担，原有的不再承担")


@takes(
    o.ITEMS,
    Option("--units", "单位，可写几次，或用顿号隔开", "单位", many=True),
    Option("--role", "牵头、责任或配合", "角色"),
    _REPLACE,
    o.BASIS,
    o.REASON,
    *_EVERY,
)
def assign(run: Run) -> None:
    """Say who owes an item (明确责任单位, 变更责任单位)."""
    what = work.REASSIGN if run.flag(_REPLACE) else work.ASSIGN
    rule(run, what)


inspect: Final = _ruling(
    work.LOOK,
    Option("--way", "核验方式：抽查或现场核验", "方式"),
    Option("--inspectors", "核验人员，几个人用顿号隔开", "姓名"),
    Option("--summary", "所见情况", "文字"),
    Option(
        "--agrees",
        "与单位所报情况：相符、基本相符或不符",
        "结论",
        only="要对照单位所报的进展或申请，还没有单位报过，请去掉它",
    ),
    o.EVIDENCE,
)
solve: Final = _ruling(
    work.SOLVE,
    Option("--summary", "协调结果", "文字"),
    o.BASIS,
    o.EVIDENCE,
    o.OF_UNIT,
)
file: Final = _ruling(work.FILE, Option("--summary", "备案意见", "文字"), o.BASIS, o.OF_UNIT)

_REPORT: Final = Option(
    "记录", "进展记录的编号，或编号开头、末尾的几位；见 gaigai show", of_list=True
)
_WORDS: Final = Option("--summary", "通报中的写法；不写则用单位的原话", "文字")


@takes(_REPORT, _WORDS, *_EVERY)
def highlight(run: Run) -> None:
    """Mark a unit's report for the bulletin (亮点)."""
    session = run.office_session
    filling, number = filling_of(session), run.word(_REPORT)
    run.use(_WORDS, o.DATE)
    by = [filling.questions().by()]
    filling.demand([*([] if number else ["记录编号"]), *filling.missing(by)])
    # First of which report it is: nobody words anything for one that can't be told.
    words = number or ask.words("记录编号", required=True) or ""
    filling.given[_REPORT] = [words]
    enter(filling, work.highlight(session, record_named(session, words)))


_TOLD: Final = Option("单位", "单位，可写几个", many=True, gives="to")
_ABOUT: Final = Option("--item", "所涉事项；不写则不针对某一事项", "事项", of_list=True)
_RESPONSIBILITY: Final = Option("--responsibility", "只认定责任（责任认定），不作通报批评")


@takes(_TOLD, _ABOUT, o.REASON, o.BASIS, o.APPROVED_BY, *_EVERY)
def praise(run: Run) -> None:
    """Praise units (表扬)."""
    _say_of(run, "表扬")


@takes(
    _TOLD, _ABOUT, o.REASON, o.BASIS, o.APPROVED_BY, _RESPONSIBILITY, *_EVERY,
)  # fmt: skip
def criticise(run: Run) -> None:
    """Criticise units (通报批评), or say who is responsible (责任认定)."""
    _say_of(run, "责任认定" if run.flag(_RESPONSIBILITY) else "通报批评")


_MEANS: Final = Option("--means", "催办方式：电话、短信、群或函", "方式")
_REACHED: Final = Option("--reached", "接谈人：与谁取得了联系", "姓名")
_ANSWER: Final = Option("--summary", "对方的答复", "文字")


@takes(_TOLD, _ABOUT, _MEANS, _REACHED, _ANSWER, *_EVERY)
def urge(run: Run) -> None:
    """Register that units were urged, and what they answered (催办登记)."""
    _say_of(run, "催办登记")


def _say_of(run: Run, kind: KindName) -> None:
    session = run.office_session
    enter(filling_of(session), work.of_units(session, kind))
