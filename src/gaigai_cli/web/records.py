"""Forms by which something is recorded: each shows what it would write before it writes, and writes it once."""

from __future__ import annotations

import json
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from starlette.responses import Response

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.deadline import Recurring, Staged
from gaigai_cli.model.kinds import APPLICATIONS
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import label
from gaigai_cli.record.prepare import Prepared, RefusedRecord
from gaigai_cli.render.console.card import issued_facts, judged_facts
from gaigai_cli.render.console.records import History
from gaigai_cli.render.console.written import (
    former_standing,
    next_step,
    refusal_lines,
    state_words,
)
from gaigai_cli.report.ladder import PAPERS
from gaigai_cli.store.files import sha256_of
from gaigai_cli.web.cases import Case, Uploads, case_of, correction_of
from gaigai_cli.web.visit import Visit
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.questions import Question, Questions, tried_answers
from gaigai_cli.work.transaction import (
    Changed,
    PartlyWritten,
    Recorded,
    Seen,
    Transaction,
    clock_doubt,
)

_FIRST: Final = frozenset({"evidence", "due", "units", "role", "to", "item", "result"})
"""Questions that stand before the fold even where a terminal wouldn't ask them."""


def fill_in(visit: Visit) -> Response:
    """Return the form of something that is to be recorded, or corrected."""
    return _form(visit, _case(visit))


def enter(visit: Visit) -> Response:
    """Show what a form would record, or record it; the form and all that was typed stays as it is."""
    case, directory = _case(visit), visit.directory
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gaigai-")))
        files = Uploads(directory, case.statement.unit, folder=folder)
        questions = case.statement.questions(_asking(directory, files))
        try:
            given = _given(visit, questions, files)
        except GaigaiError as error:
            return _refused(visit, case, [str(error)])
        said, wrong = tried_answers(questions, given)
        once = _once(visit.asked("once"), questions, given)
        wanted = Transaction(directory, case.intentions(said, directory.today), once=once)
        done = wanted.recorded(directory.ledger)
        if done and not wanted.unrecorded(directory.ledger):
            return _recorded(visit, case, done, ())
        if done:  # the program was stopped between two of them
            items = {entry.record.item for entry in done}
            visit.left = [item.id for item in case.items if item.id not in items]
            case = _case(visit)
        if wrong:
            return _refused(visit, case, (), wrong)
        return _decided(visit, case, said, files, once=once, done=done)


def _case(visit: Visit) -> Case:
    """Return what the address names: a kind, or a record to correct."""
    named = visit.request.path_params
    if "record" in named:
        return correction_of(visit, named["record"])
    return case_of(visit, named["kind"])


def _form(visit: Visit, case: Case, answer: dict[str, Any] | None = None) -> Response:
    """Return the form, empty but for what is known; with an ``answer`` as it was sent, and that below it."""
    questions = case.statement.questions(_asking(visit.directory, None))
    known = {name: [words] for name, words in case.current.items() if words}
    return visit.show(
        "record_part.html" if visit.inside else "record.html",
        nav="",
        case=case,
        asked=_sorted(questions, case.items),
        given=_typed(visit, questions) if answer else known,
        once=visit.asked("once") if answer else secrets.token_hex(16),
        seen=(answer["seen"] or visit.asked("seen"))
        if answer
        else _seen(visit.directory, case).text,
        about=_about(case),
        answer=answer,
    )


def _sorted(
    questions: Sequence[Question], items: Sequence[JudgedItem]
) -> tuple[list[Question], list[Question]]:
    """Return the questions that are asked, and those that may be answered besides, where they have an answer."""
    first = [q for q in questions if (q.required or q.asked or q.name in _FIRST) and not q.default]
    parts = any(isinstance(i.state.listed.deadline, Staged | Recurring) for i in items)
    has = {
        "stage": parts,
        "completed": any(item.state.milestones for item in items),
        "metrics": any(item.state.listed.item.indicators for item in items),
    }
    return first, [q for q in questions if q not in first and has.get(q.name, True)]


def _about(case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each item as issued and as judged, to be seen beside the form."""
    return [
        (
            f"{item.id}  {item.state.listed.task.title}",
            [(fact.label, fact.words) for fact in (*issued_facts(item), *judged_facts(item))],
        )
        for item in case.items[:1]
    ]


def _asking(directory: Directory, files: EvidenceFiles | None) -> Questions:
    return Questions(directory, None, files, named=lambda name: f"“{label(name)}”")


def _seen(directory: Directory, case: Case) -> Seen:
    return Seen.of(directory.ledger, [item.id for item in case.items])


def _once(word: str, questions: Sequence[Question], given: Mapping[str, Sequence[str]]) -> str:
    """Return the word by which a form is recorded once, of its own word and what is typed; empty where it has none.

    Two windows may have opened the same draft: what the later one says otherwise is recorded, too. Files aren't looked
    at, as a browser forgets which were chosen.
    """
    typed = [[one.name, *given.get(one.name, ())] for one in questions if one.form != "files"]
    return sha256_of(json.dumps([word, *typed]).encode()) if word else ""


def _decided(
    visit: Visit,
    case: Case,
    said: dict[str, Any],
    files: Uploads,
    *,
    once: str,
    done: Sequence[Entry],
) -> Response:
    """Check what is to be recorded but for what is ``done``; write it where that was asked for."""
    directory, changed = visit.directory, ""
    seen = Seen.read(visit.asked("seen")) if visit.asked("seen") else _seen(directory, case)
    own = {e.record.id for e in done if seen.items & {e.record.item, *(e.record.items or ())}}
    seen = replace(seen, records=seen.records | own)
    try:
        transaction = case.statement.transaction(said, files)
        transaction.once = once
        if done:
            transaction.intentions = transaction.unrecorded(directory.ledger)
        prepared = transaction.prepare()
    except GaigaiError as error:
        lines = (
            list(refusal_lines(error, directory.ledger)) if isinstance(error, RefusedRecord) else []
        )
        return _refused(visit, case, [str(error), *(line.strip() for line in lines)])
    try:
        if visit.asked("step") == "write":
            transaction.write(prepared, seen)
            return _recorded(visit, case, [one.entry for one in prepared], prepared)
        seen.demand_unchanged(directory.ledger)
    except Recorded as recorded:
        return _recorded(visit, case, recorded.entries, ())
    except Changed as error:
        changed = str(error)
        visit.forget()
        seen = _seen(visit.directory, case)
    except PartlyWritten as partly:
        told = [
            str(partly.cause),
            f"{partly.told}，可以再按一次登记其余的",
        ]
        return _refused(visit, case, told)
    except GaigaiError as error:
        return _refused(visit, case, [str(error)])
    answer = {
        "how": "preview",
        "records": [_record_words(one) for one in prepared],
        "states": [_state(one) for one in prepared if one.after],
        "warnings": list(dict.fromkeys(w for one in prepared for w in one.warnings)),
        "changed": changed,
        "clock": clock_doubt(visit.directory),
        "seen": seen.text,
    }
    return _answered(visit, case, answer)


def _refused(
    visit: Visit,
    case: Case,
    told: Sequence[str],
    wrong: Sequence[tuple[Question, str]] = (),
) -> Response:
    """Return why nothing is recorded: ``wrong`` are the answers that say so themselves."""
    answer = {"how": "wrong", "told": told, "wrong": wrong, "seen": visit.asked("seen")}
    return _answered(visit, case, answer)


def _recorded(
    visit: Visit, case: Case, entries: Sequence[Entry], prepared: Sequence[Prepared]
) -> Response:
    """Return what was written, what became of it, and what comes next."""
    anew = visit.office.directory()
    steps = [next_step(one) for one in prepared]
    found = [anew.ledger.by_record.get(entry.record.id, entry) for entry in entries]
    items = {
        e.record.item: anew.judged(e.record.item)
        for e in found
        if e.record.item in anew.ledger.tasks.by_id and e.record.item
    }
    items |= {item.id: anew.judged(item.id) for item in case.items}
    answer = {
        "how": "recorded",
        "records": [
            (
                f"{e.unit} {e.record.kind}",
                e.record.id,
                History.of(anew.judge, e.record.item).said(e),
            )
            for e in found
        ],
        "states": [(one.id, state_words(one), "") for one in items.values()],
        "steps": [step for step in dict.fromkeys(steps) if step],
        "forms": [
            (f"/申请表/{e.record.id}", "申请（审核）表")
            for e in found
            if e.record.kind in APPLICATIONS and e.record.item
        ]
        + [(f"/督办/{e.record.id}", PAPERS[e.record.level]) for e in found if e.record.level],
        "seen": "",
    }
    return _answered(visit, case, answer)


def _answered(visit: Visit, case: Case, answer: dict[str, Any]) -> Response:
    """Return the answer to a form: in its place on the page, or below the whole form."""
    if visit.inside:
        return visit.show("answer.html", case=case, answer=answer)
    return _form(visit, case, answer)


def _typed(visit: Visit, questions: Sequence[Question]) -> dict[str, list[str]]:
    """Return the words of a form as they were sent, by the names of its inputs."""
    names = [one.name for one in questions]
    names += [f"{one.name}.{n}" for one in questions for n in range(len(one.parts))]
    return {name: [w for w in visit.form.getlist(name) if isinstance(w, str)] for name in names}


def _given(visit: Visit, questions: Sequence[Question], files: Uploads) -> dict[str, list[str]]:
    """Return the words given for each question."""
    given: dict[str, list[str]] = {}
    for one in questions:
        sent = [str(words).replace("\r\n", "\n") for words in visit.form.getlist(one.name)]
        if one.form == "figures":
            words = [
                f"{start}{line}"
                for number, (start, part) in enumerate(one.parts)
                for text in visit.form.getlist(f"{one.name}.{number}")
                for line in (str(text).splitlines() if part.many else [str(text)])
                if line.strip()
            ]
        elif one.form == "files":
            words = [line.strip() for text in sent for line in text.splitlines() if line.strip()]
            words = words if one.many else []
            words += [files.keep(file) for file in visit.uploads(f"{one.name}_file")]
        else:
            lines = one.form == "words" and one.many  # one a line
            pieces = [piece for text in sent for piece in text.splitlines()] if lines else sent
            words = [text for text in pieces if text.strip()]
        if words:
            given[one.name] = words
    return given


def answers(visit: Visit, questions: Sequence[Question]) -> dict[str, Any]:
    """Return what a form without files says. Raises ``GaigaiError`` for what can't be read, or is missing."""
    given = _given(visit, questions, Uploads(visit.directory, ""))
    said, wrong = tried_answers(questions, given)
    if wrong:
        raise GaigaiError("；".join(f"{q.label}：{words}" for q, words in wrong), "请改正后再试")
    return said


def _record_words(prepared: Prepared) -> tuple[str, str, list[str]]:
    """Return a record that would be written: its head, where it goes, and what it says."""
    entry, item = prepared.entry, prepared.after
    head = f"{entry.unit} {entry.record.kind}{f' {item.id}' if item else ''}"
    history = History.of(prepared.judge, item.id if item else None)
    said = list(history.said(entry))
    corrected = prepared.ledger.by_record.get(entry.record.corrects or "")
    if corrected is not None:
        now = prepared.judge.records.by_id.get(corrected.record.id)
        said += [f"更正后：{words}" for words in history.said(now)] if now else ["原记录作废。"]
    return head, entry.file, said


def _state(prepared: Prepared) -> tuple[str, str, str]:
    """Return an item, what it is with the record, and what it was where that is something else."""
    item = prepared.after
    assert item is not None
    return item.id, state_words(item), former_standing(prepared)
