"""From intentions to a written log: checked, shown, written under the lock, and told what comes next."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from gaigai_cli.cli import ask
from gaigai_cli.cli.record.desk import Desk
from gaigai_cli.cli.record.fields import MB
from gaigai_cli.cli.session import Session, current
from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.clone.setup_files import is_set_up
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.ledger import StoredFile
from gaigai_cli.record.new_record import Intention
from gaigai_cli.record.prepare import Prepared, Refused, prepare
from gaigai_cli.render.console.written import LogChange, after_page, records_page, refusal_lines
from gaigai_cli.store import Folder, read_ledger
from gaigai_cli.store.append import append_record, log_head, with_record
from gaigai_cli.store.files import sha256_of
from gaigai_cli.yamldoc.append import AppendError

if TYPE_CHECKING:
    from gaigai_cli.store.lock import Held

_BOM: Final = b"\xef\xbb\xbf"


def random_bytes() -> bytes:
    """The random half of a record's number."""
    return os.urandom(4)


def writing_session(ctx: typer.Context) -> Session:
    """The session of a command that writes: it goes by the clock's day, whatever the environment says."""
    session = current(ctx)
    return replace(session, as_of_words=session.today.isoformat())


@dataclass
class Writing:
    """The records of one command, written one after the other: all are checked before the first is written.

    ``planned`` and ``sources`` are the evidence files that have to be copied, by their path from the data directory.
    """

    session: Session
    intentions: Sequence[Intention]
    planned: Mapping[str, StoredFile] = field(default_factory=dict)
    sources: Mapping[str, Path] = field(default_factory=dict)

    def prepare(self) -> list[Prepared]:
        """Every record on the ledger that the ones before it make. Raises `Refused`, `NotARecord`."""
        judge, found = self.session.judge, []
        for intention in self.intentions:
            found.append(self._prepared(intention, judge))
            judge = found[-1].judge
        return found

    def _prepared(self, intention: Intention, judge: Judge) -> Prepared:
        now, random = self.session.now, random_bytes()
        return prepare(intention, judge, now=now, random=random, planned=self.planned)

    def preview(self, prepared: Sequence[Prepared]) -> list[LogChange]:
        """What writing would change, without writing."""
        texts: dict[str, bytes | None] = {}
        changes = []
        for one in prepared:
            file = one.draft.file
            before = texts[file] if file in texts else self._log(file)
            head = log_head(self.session.data, file, example=self._example)
            with _naming(file):
                after = with_record(before, one.draft.said, unit=one.draft.unit, head=head)
            texts[file] = after
            changes.append(LogChange(file, before, after))
        return changes

    def write(self, prepared: list[Prepared]) -> list[LogChange]:
        """Copy the evidence and append the records; ``prepared`` is put right where a log has changed meanwhile."""
        from gaigai_cli.store.lock import locked

        who = prepared[0].draft.record.by or prepared[0].draft.unit
        changes: list[LogChange] = []
        with locked(self.session.data, who=who) as held:
            self._keep_evidence(prepared[0].draft.unit, held)
            checked_on: Judge | None = None
            for index, intention in enumerate(self.intentions):
                with self._telling(prepared[:index]):
                    if checked_on is not None:
                        prepared[index] = self._prepared(intention, checked_on)
                    anew = self._append(prepared, index, changes, held)
                if anew or checked_on is not None:
                    checked_on = prepared[index].judge
        return changes

    def _append(
        self, prepared: list[Prepared], index: int, changes: list[LogChange], held: Held
    ) -> bool:
        """Append one record; whether it had to be checked anew because somebody else has written to its log."""
        anew = False

        def again() -> Mapping[str, object]:
            nonlocal anew
            anew = True
            reading = read_ledger(Folder(self.session.data))
            if reading.ledger is None:
                raise GaigaiError("清单刚刚被改动，已不能读取", "运行 gaigai check 查看全部问题")
            prepared[index] = self._prepared(self.intentions[index], Judge(reading.ledger))
            return prepared[index].draft.said

        draft = prepared[index].draft
        written = [change.after for change in changes if change.file == draft.file]
        with _naming(draft.file):
            done = append_record(
                self.session.data,
                draft.file,
                draft.said,
                unit=draft.unit,
                expected=sha256_of(written[-1]) if written else self._hash_as_read(draft.file),
                again=again,
                example=self._example,
                held=held,
            )
        changes.append(LogChange(done.file, done.before, done.after))
        return anew

    @contextmanager
    def _telling(self, written: Sequence[Prepared]) -> Iterator[None]:
        """Where a later record of a command fails, say which ones are written already."""
        try:
            yield
        except (GaigaiError, OSError):
            if written:
                items = "、".join(one.draft.record.item or one.draft.record.id for one in written)
                self.session.output.message(f"{items}的记录已经写入，不必重记。")
            raise

    def _keep_evidence(self, unit: str, held: Held) -> None:
        from gaigai_cli.store.evidence import store_evidence

        limit = self.session.ledger.rules.evidence.max_mb * MB
        for name, source in self.sources.items():
            kept = store_evidence(self.session.data, unit, source, limit_bytes=limit, held=held)
            if kept.file != name or kept.sha256 != self.planned[name].sha256():
                raise GaigaiError(f"佐证文件“{source}”在登记过程中被改动", "请关闭文件后重新运行")

    def _log(self, file: str) -> bytes | None:
        try:
            return self.session.files.read(file)
        except FileNotFoundError:
            return None

    def _hash_as_read(self, file: str) -> str | None:
        """The hash of the log that the ledger was made of; of one that looks otherwise by now, none that fits."""
        source = self.session.ledger.sources.get(file)
        if source is None:
            return None
        text: str = getattr(source, "text", "")
        now = self._log(file) or b""
        return sha256_of(now if now.removeprefix(_BOM) == text.encode() else text.encode())

    @property
    def _example(self) -> bool:
        return self.session.ledger.tasks.notice.example


def record(desk: Desk, writing: Writing, *, dry_run: bool) -> list[Prepared]:
    """Check, show, write and tell. What was typed is printed back where it comes to nothing."""
    output = desk.session.output
    with kept_words(desk, always=False):
        prepared = writing.prepare()
    for sentence in dict.fromkeys(w for one in prepared for w in one.warnings):
        output.message(f"提示：{sentence}。")
    width = output.width
    with kept_words(desk, always=True):
        if dry_run:
            changes = writing.preview(prepared)
            output.show(after_page(prepared, changes, width, written=False, shown=False))
            if desk.session.commit:
                from gaigai_cli.cli.record.committing import message_of

                output.message(f"提交说明：\n{message_of(prepared)}")
            output.message("以上是预演，没有写入任何文件。")
            return prepared
        if desk.asking:
            output.show(records_page(prepared, width))
            if not ask.confirm("写入以上记录"):
                raise ask.Declined
        changes = writing.write(prepared)
    with _committed(desk.session, prepared, writing) as committed:
        sync = "推送" if committed else "提交并推送" if is_set_up(desk.session.data) else ""
        done = after_page(prepared, changes, width, written=True, shown=desk.asking, sync=sync)
        output.show(done)
    return prepared


@contextmanager
def _committed(session: Session, prepared: Sequence[Prepared], writing: Writing) -> Iterator[bool]:
    """Commit the records where that is wanted; the rest is told whether it comes off or not."""
    if not session.commit:
        yield False
        return
    from gaigai_cli.cli.record.committing import commit_written

    try:
        committed = commit_written(session, prepared, tuple(writing.sources))
    except GaigaiError as error:
        yield False
        raise GaigaiError(f"记录已写入，但没有提交：{error.message}", error.remedy) from None
    yield True
    session.output.message(committed)


@contextmanager
def _naming(file: str) -> Iterator[None]:
    """Say which log it is that nothing can be added to."""
    try:
        yield
    except AppendError as error:
        raise GaigaiError(f"{file}：{error.message}", error.remedy) from None


@contextmanager
def kept_words(desk: Desk, *, always: bool) -> Iterator[None]:
    """Print what was typed, to be pasted, where this fails: always, or only where it came from answers."""
    output = desk.session.output
    try:
        yield
    except (GaigaiError, OSError) as error:
        if isinstance(error, Refused):
            for line in refusal_lines(error, desk.session.ledger):
                output.message(line)
        if always or desk.asking:
            output.message(f"所填内容没有写入，改正后可粘贴下面的命令重新运行：\n{desk.typed}")
        raise


def day_of(session: Session, words: str | None) -> date:
    """The day that a record is true of: as typed, else today."""
    return session.today if words is None else session.day(words, what="--date")
