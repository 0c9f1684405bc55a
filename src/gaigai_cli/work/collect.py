"""Collects a unit's forms into its log: new records only, each checked, then written together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from gaigai_cli.errors import GaigaiError
from gaigai_cli.forms.compare import tell_emptied, unrecorded
from gaigai_cli.forms.face import other_month
from gaigai_cli.forms.returned import Collecting, Outcome, Returned, Wanted, names_meant, together
from gaigai_cli.forms.wanted import empty_items, wishes
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.kinds import ANSWER
from gaigai_cli.model.records import Evidence
from gaigai_cli.record.new_record import Intention
from gaigai_cli.record.prepare import Prepared, prepare
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import short_number
from gaigai_cli.work import transaction
from gaigai_cli.work.directory import Directory, counted
from gaigai_cli.work.evidence import EvidenceFiles, beside, names_file
from gaigai_cli.work.instruct import ANSWERED, answer_of, instruction_named
from gaigai_cli.work.transaction import PartlyWritten, Transaction


def _nothing(files: Sequence[Returned]) -> Outcome:
    """Return what comes of files of a unit of which nothing is taken."""
    mark = files[0].mark
    troubles = tuple(trouble for one in files for trouble in one.troubles)
    return Outcome(mark.unit, mark.month, (), 0, (), troubles, files=len(files))


@dataclass(frozen=True)
class Collector:
    """Collects forms for the office: ``day`` is the day on which they came, ``by`` who enters them.

    ``named`` are the files that a person handed in and whose month was said: one alone is of that, whatever it names.
    """

    directory: Directory
    day: date
    by: str
    dry_run: bool
    commit: bool
    named: tuple[Path, ...] = ()

    def collect_all(self, found: Sequence[Returned], month: Period | None) -> list[Outcome]:
        """Record what the forms of a month say, unit by unit; those of other months (None: all) are told."""
        canonical = self.directory.ledger.units.canonical
        outcomes: list[Outcome] = []
        units: dict[str, list[Returned]] = {}
        for one in found:
            own = one.mark.month
            if own == month:
                units.setdefault(canonical(one.mark.unit), []).append(one)
            else:
                one.tell("", f"这是{own.words}的表，没有登记；要收请加 --month {own}")
                outcomes.append(_nothing([one]))
        with self.directory.progress("收报送表") as told:
            outcomes += [self.collect(*unit) for unit in counted(units.items(), told)]
        return outcomes

    def collect(self, unit: str, files: Sequence[Returned]) -> Outcome:
        """Record what a unit's forms for one month say, or only find it out where nothing is to be written."""
        taken = [one for one in files if self._is_of_its_month(one)]
        if not taken:
            return _nothing(files)
        outcome = self._collect(unit, taken)
        told = tuple(t for one in files if one not in taken for t in one.troubles)
        return outcome._replace(troubles=(*told, *outcome.troubles), files=len(files))

    def _is_of_its_month(self, one: Returned) -> bool:
        """Return whether the form names no other month on its face than its own, or is meant all the same."""
        said = other_month(one, self.directory.today)
        if said is None:
            return True
        own = one.mark.month.words
        if self.named == (one.path,):
            one.tell("", f"{said}，按{own}的表登记", "note")
            return True
        one.tell(
            "",
            f"{said}，发出的却是{own}的表，整份没有登记；填的确是{own}情况的，请单独收这一份，"
            f"并写明 --month {one.mark.month}，不是的请单位改填当月的表",
        )
        return False

    def _collect(self, unit: str, files: Sequence[Returned]) -> Outcome:
        # Read anew for each unit: the one before has changed the directory.
        directory = replace(self.directory)
        ledger = directory.ledger
        given: dict[str, dict[str, str]] = {}
        for entry in ledger.entries:
            record = entry.record
            if entry.unit == unit and record.source is not None:
                original = (ledger.original_of(entry) or entry).record
                for about in (*ledger.items_of(entry), *(original.answers or ())):
                    given.setdefault(record.source.sha256, {})[about] = record.id
        case = _UnitForms(directory, unit, together(files, given), self)
        prepared = case.prepared()
        if prepared and not self.dry_run:
            prepared = case.written(prepared)
        returned = case.returned
        empty, troubles = empty_items(returned), tuple(returned.troubles)
        month, made = returned.mark.month, tuple(prepared)
        return Outcome(unit, month, made, case.already, empty, troubles, case.committed)


@dataclass
class _UnitForms:
    directory: Directory
    unit: str
    returned: Returned
    collector: Collector
    already: int = 0
    committed: str = ""

    def __post_init__(self) -> None:
        self.files = EvidenceFiles(self.directory, self.unit)
        self.intentions: list[Intention] = []

    def prepared(self) -> list[Prepared]:
        """Return every new record, each checked on the ledger that the ones before it make."""
        ledger, mark = self.directory.ledger, self.returned.mark
        if self.unit not in ledger.units.by_name:
            self.returned.tell("", f"清单里没有“{mark.unit}”这个单位，整份没有登记")
            return []
        if mark.number != ledger.tasks.notice.number:
            words = f"这份表依的是{mark.number}，不是现在的清单，只登记没有变化的事项"
            self.returned.tell("", words, "note")
        if not self._is_of_this_unit() or not self._can_keep():
            return []
        judge, made = self.directory.judge, []
        current = {
            state.id: state.current
            for state in judge.states(self.directory.today)
            if state.current is not None
        }
        stages = {item: stage.id for item, stage in current.items() if stage.id}
        dues = {item: stage.due for item, stage in current.items()}
        today, day = self.directory.today, self.collector.day
        what = Collecting(ledger, self.unit, today, day, self._shared, self._keep, stages, dues)
        tell_emptied(self.returned, self.unit, self.directory.today, judge)
        for wish in wishes(self.returned, what):
            one = self._one(wish, judge)
            if one is not None:
                made.append(one)
                judge = one.judge
        return made

    def _is_of_this_unit(self) -> bool:
        """Return whether the form doesn't name another unit on its face.

        A file's name may well be wrong, and is told.
        """
        units, returned = self.directory.ledger.units, self.returned
        others = [unit.name for unit in units.all if unit.name != self.unit]
        shown, place = returned.unit_shown, self.directory.ledger.tasks.notice.place
        meant = units.resolve(str(shown.cell.value), place) if shown is not None else ()
        if shown is not None and meant and self.unit not in [unit.name for unit in meant]:
            words = f"报送单位改成了{shown.cell.value}，表是发给{self.unit}的，整份没有登记，请核对"
            returned.tell(shown.place, words)
            return False
        name = next((other for other in others if other in returned.path.name), None)
        if name and self.unit not in returned.path.name:
            words = f"文件名写的是{name}，表是发给{self.unit}的，按{self.unit}登记"
            returned.tell("", words, "note")
        return True

    def _can_keep(self) -> bool:
        """Return whether every file of the unit can be kept as what its records rest on."""
        for path in (self.returned.path, *self.returned.lent.values()):
            try:
                self.files.add(path)
            except GaigaiError as error:
                self.returned.tell("", f"{_plain(error)}，整份没有登记")
                return False
        return True

    def _shared(self, item: str) -> dict[str, Any]:
        """Return what every record bears: who entered it, how it came, and the file that it rests on."""
        via = {} if self.unit == self.directory.ledger.office else {"via": "报表"}
        path = self.returned.lent.get(item, self.returned.path)
        return {"by": self.collector.by, "source": self.files.add(path), **via}

    def _keep(self, words: str, place: str) -> Evidence:
        """Return evidence in words; a file of that name that lies beside the form is kept."""
        if Path(words).name != words or not names_file(words):
            return words
        folder = self.returned.path.parent
        found = next(filter(None, (beside(folder, name) for name in names_meant(words))), ())
        if len(found) == 1:
            try:
                return self.files.add(found[0])
            except GaigaiError as error:
                self.returned.tell(place, f"{_plain(error)}，只登记了文件名", "note")
                return words
        why = (
            f"和{'、'.join(path.name for path in found)}都像，没有收" if found else "不在报送表旁边"
        )
        self.returned.tell(place, f"附件“{words}”{why}，只登记了文件名", "note")
        return words

    def _one(self, wish: Wanted, judge: Judge) -> Prepared | None:
        """Return the first of the intentions that is new and can be.

        None where all is recorded already, or nothing can be.
        """
        reason = f"重报{self.returned.mark.month.words}报送表"
        for intention in wish.tries:
            own = self._of_its_heir(intention)
            new = unrecorded(own, judge, reason)
            if new is None:
                self.already += 1
                self._tell_other_day(own)
                return None
            try:
                if intention.kind == ANSWER:
                    self._demand_unanswered(own, changes=new.kind != ANSWER)
                made = prepare(
                    new,
                    judge,
                    now=self.directory.now,
                    random=transaction.random_bytes(),
                    planned=self.files.planned,
                )
            except GaigaiError as error:
                rest = wish.whole and intention is wish.tries[-1]
                what = f"{new.kind}，连同这一项填的其他内容，" if rest else new.kind
                words = f"{wish.item}的{what}没有登记：{_plain(error)}"
                self.returned.tell(wish.place, words)
            else:
                self.intentions.append(new)
                if wish.undated and intention is wish.tries[0]:
                    what = f"{wish.item}的{intention.kind}按收表日期{intention.date}计"
                    self.returned.tell(wish.place, f"表上没有{wish.undated}，{what}", "note")
                if new.unit != self.unit:
                    words = f"{wish.item}由{new.unit}承接，记在{new.unit}名下"
                    self.returned.tell(wish.place, words, "note")
                return made
        return None

    def _tell_other_day(self, recorded: Intention) -> None:
        """Tell of a 反馈日期 that isn't the one recorded, where the words of the answer are."""
        for number in recorded.fields.get("answers", ()):
            cell = self.returned.of(number).get("day")
            known = [
                entry.record
                for entry in self.directory.ledger.entries
                if entry.record.kind == ANSWER
                and entry.record.answers == (number,)
                and self.directory.ledger.answerer(entry) == recorded.unit
            ]
            if cell is not None and known and all(record.date != recorded.date for record in known):
                words = f"反馈日期以前登记为{known[-1].date}，这次写的{recorded.date}没有登记"
                self.returned.tell(cell.place, f"{words}；要更正请用 gaigai correct {known[-1].id}")

    def _demand_unanswered(self, answer: Intention, *, changes: bool) -> None:
        """Raise ``GaigaiError`` where an instruction isn't to be answered by a form any more, or not by this unit.

        ``changes``: the answer only changes one that came by a form.
        """
        (number,) = answer.fields["answers"]
        one = instruction_named(self.directory, ANSWERED, number)
        answer_of(self.directory, one, answer.unit)
        known = [entry.record for entry in one.replies if entry.unit == answer.unit]
        if known and not changes:
            raise GaigaiError(
                f"{answer.unit}已于{known[-1].date}另行反馈",
                f"情况有变化的，请用 gaigai answer {short_number(one.record)} 登记",
            )

    def _of_its_heir(self, intention: Intention) -> Intention:
        """Return the intention as of the unit that goes on with its item, where the form's unit was split since.

        What answers an instruction is about the item of that.
        """
        ledger = self.directory.ledger
        answered = [ledger.by_record.get(one) for one in intention.fields.get("answers", ())]
        item = next((entry.record.item for entry in answered if entry), intention.item)
        return replace(intention, unit=ledger.units.canonical(self.returned.mark.unit, item))

    def written(self, prepared: list[Prepared]) -> list[Prepared]:
        """Write the records with the form itself and its attachments; return those that stand, the others are told."""
        write = Transaction(
            self.directory,
            self.intentions,
            self.files.only({name for one in prepared for name in _named_files(one)}),
        )
        try:
            changes = write.write(prepared)
        except GaigaiError as error:
            self.returned.tell("", f"{_plain(error)}；请查看 {prepared[0].entry.file} 后再收一次")
            return []
        except PartlyWritten as partly:
            self.returned.tell("", f"{_plain(partly.cause)}；{partly.told}，其余的请再收一次")
            return list(partly.written)
        try:
            self.committed = write.commit(prepared, changes) if self.collector.commit else ""
        except GaigaiError as error:
            self.returned.tell("", f"记录已写入，但没有提交：{_plain(error)}")
        return prepared


def _named_files(prepared: Prepared) -> set[str]:
    record = prepared.record
    given = (*(record.evidence or ()), *((record.set or {}).get("evidence", ())), record.source)
    return {one.file for one in given if one is not None and not isinstance(one, str)}


def _plain(error: Exception) -> str:
    return str(error).removesuffix("。")
