"""``--commit``: what a command has written becomes one commit, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.commit import Edit, commit_exactly, commit_message
from gaigai_cli.history.repository import Repository, repository
from gaigai_cli.record.new_record import Draft
from gaigai_cli.record.prepare import Prepared
from gaigai_cli.store.append import log_head, with_record


def message_of(prepared: Sequence[Prepared]) -> str:
    """The message that a commit of these records has."""
    items = [one.after.id if one.after else one.draft.record.item for one in prepared]
    items += [item for one in prepared for item in one.draft.record.items or ()]
    year = prepared[0].ledger.tasks.notice.year
    known = [item for item in items if item is not None]
    return commit_message([one.entry for one in prepared], known, year=year)


def commit_written(session: Session, prepared: Sequence[Prepared], evidence: Sequence[str]) -> str:
    """Commit records that have been written, with the evidence copied for them. Returns a sentence that says so."""
    place = repository(session.data)
    _demand_references(place, prepared)
    logs: dict[str, list[Draft]] = {}
    for one in prepared:
        logs.setdefault(one.draft.file, []).append(one.draft)
    edits: dict[str, Edit] = {file: _with(session, drafts) for file, drafts in logs.items()}
    edits |= {file: _as_it_is(session, file) for file in evidence}
    message = message_of(prepared)
    commit = commit_exactly(place, {f"{place.prefix}{f}": e for f, e in edits.items()}, message)
    return f"已提交 {commit[:8]}：{message.partition(chr(10))[0]}"


def _with(session: Session, drafts: Sequence[Draft]) -> Callable[[bytes | None], bytes]:
    """Append the records to whatever a log has been before."""
    example = session.ledger.tasks.notice.example

    def edit(before: bytes | None) -> bytes:
        for draft in drafts:
            head = log_head(session.data, draft.file, example=example)
            said: Mapping[str, Any] = draft.said
            before = with_record(before, said, unit=draft.unit, head=head)
        return before or b""

    return edit


def _as_it_is(session: Session, file: str) -> Callable[[bytes | None], bytes]:
    return lambda _: (session.data / file).read_bytes()


def _demand_references(place: Repository, prepared: Sequence[Prepared]) -> None:
    """A commit whose record answers one that isn't committed would make no sense to anybody else."""
    own = {one.draft.record.id for one in prepared}
    for one in prepared:
        for id_ in set(one.draft.record.references) - own:
            folder = f"{place.prefix}progress"
            found = place.run("grep", "-q", "-F", "-e", id_, "HEAD", "--", folder)
            if found.returncode != 0:
                raise GaigaiError(
                    f"所答复或更正的记录{id_}还没有提交", "请运行 gaigai sync 一并提交"
                )
