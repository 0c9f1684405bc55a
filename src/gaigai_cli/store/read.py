"""A data directory read into a ledger; whatever is wrong with it comes back as findings."""

from collections import abc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any, Final, NamedTuple, TypeVar, cast

from pydantic import BaseModel, ValidationError

from gaigai_cli.model.departments import Departments
from gaigai_cli.model.finding import Finding, Location
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.people import Contacts, Reviewers
from gaigai_cli.model.records import Log, Record, as_record, faults
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.store.evidence import Inventory
from gaigai_cli.store.files import Files, SourceFile, opened
from gaigai_cli.store.issued import IssuedBulletins
from gaigai_cli.store.log_text import cut, sound_record
from gaigai_cli.store.names import PROGRESS
from gaigai_cli.store.regular import UnfitFileError
from gaigai_cli.store.shape import shape_findings
from gaigai_cli.yamldoc.parsed import Mapping, Problem, Sequence
from gaigai_cli.yamldoc.reader import Values
from gaigai_cli.yamldoc.source import paused_collector

_USUAL: Final = Rules()

Model = TypeVar("Model", bound=BaseModel)
T = TypeVar("T")


class Reading(NamedTuple):
    """What a directory gave. ``ledger`` is None where the list or the units can't be read at all."""

    ledger: Ledger | None
    findings: tuple[Finding, ...]


class Made(NamedTuple):
    """The value of a file without faults, with the bytes it was made of and, for a log, the units."""

    data: bytes
    departments: Departments | None
    value: Any
    source: SourceFile
    unit: str | None


_LogRead = tuple[str, abc.Sequence[Record | None]]
"""Whose a log is, by its own word, and its records; None for one that can't be judged."""


@dataclass
class _Reader:
    files: Files
    known: dict[str, Made] | None
    findings: list[Finding] = field(default_factory=list)
    sources: dict[str, SourceFile] = field(default_factory=dict)
    logs: dict[str, str] = field(default_factory=dict)

    def read(self, name: str) -> bytes | None:
        try:
            return self.files.read(name)
        except OSError as error:
            self.findings.append(_unreadable(name, error))
            return None

    def open(self, name: str, data: bytes) -> tuple[Values | None, tuple[Problem, ...]]:
        root, problems, source = opened(name, data)
        self.sources[name] = source
        self.findings += [source.finding(problem) for problem in problems]
        return root, problems

    def once(self, name: str, make: Callable[[], T], departments: Departments | None = None) -> T:
        """Return what ``make`` makes of a file, or made of the same bytes before if nothing was wrong with them."""
        try:
            data = self.files.read(name) if self.known is not None else None
        except OSError:
            data = None
        if self.known is None or data is None:
            return make()
        was = self.known.get(name)
        if was is not None and was.data == data and was.departments is departments:
            self.sources[name] = was.source
            if was.unit is not None:
                self.logs[name] = was.unit
            return cast("T", was.value)
        found = len(self.findings)
        value = make()
        if len(self.findings) == found:
            source, unit = self.sources[name], self.logs.get(name)
            self.known[name] = Made(data, departments, value, source, unit)
        return value

    def whole(self, model: type[Model], name: str) -> Model | None:
        """Return a file that must be right as a whole; None where it isn't."""
        return self.once(name, lambda: self._whole(model, name))

    def _whole(self, model: type[Model], name: str) -> Model | None:
        data = self.read(name)
        root, _ = self.open(name, data) if data is not None else (None, ())
        if root is None:
            return None
        try:
            return model.model_validate(root)
        except ValidationError as error:
            self.findings += shape_findings(error, model, root, self.sources[name])
            return None

    def optional(self, model: type[Model], name: str) -> Model | None:
        """Return a file that need not be there."""
        return self.whole(model, name) if _exists(self.files, name) else None

    def log(self, name: str, departments: Departments | None) -> tuple[Entry, ...]:
        """Return the records of a log that are sound in themselves; one bad record doesn't hide the others."""
        return self.once(name, lambda: tuple(self._log(name, departments)), departments)

    def _log(self, name: str, departments: Departments | None) -> Iterator[Entry]:
        data = self.read(name)
        if data is None:
            return
        log = self._sound_log(name, data) or self._whole_log(name, data)
        if log is None:
            return
        unit, records = log
        self.logs[name] = unit
        units = departments.at_last if departments else None
        reformed = units if departments and departments.reforms else None
        whose = units.canonical(unit) if units else unit
        place = units.place(whose) if units else 0
        log_unit = reformed.own_name(unit) if reformed else ""
        for index, record in enumerate(records):
            if record is None:
                continue
            if reformed:
                whose = reformed.canonical(unit, record.item)
                place = reformed.place(whose)
            yield Entry(record, whose, name, index, log_unit=log_unit, place=place)

    def _sound_log(self, name: str, data: bytes) -> _LogRead | None:
        """Return what a log says in the style of logs, and in which nothing is wrong; None for any other."""
        log = cut(data)
        records = [sound_record(one, log.dash) for one in log.records] if log else []
        sound = [record for record in records if record is not None]
        if log is None or len(sound) < len(records):
            return None
        self.sources[name] = SourceFile(name, log.text)
        return log.unit, sound

    def _whole_log(self, name: str, data: bytes) -> _LogRead | None:
        """Return what can be read of any other log; what is wrong with it is told."""
        root, problems = self.open(name, data)
        if root is None:
            return None
        source = self.sources[name]
        records = root.get("records") if isinstance(root, dict) else None
        head = {k: v for k, v in root.items() if k != "records"} if isinstance(root, dict) else root
        try:
            unit = Log.model_validate(head).unit
        except ValidationError as error:
            self.findings += shape_findings(error, Log, root, source)
            return None
        if not isinstance(records, list):
            if records is not None:
                where, remedy = source.at(("records",), value=True), "每条记录以“- ”开头"
                words = "“记录”（records）应是一个列表"
                self.findings.append(Finding("bad-list", "error", words, where, remedy))
            return unit, ()
        damaged = _damaged(source, problems) if problems else ()
        read = [self._record(source, index, node) for index, node in enumerate(records)]
        return unit, [None if n in damaged else record for n, record in enumerate(read)]

    def _record(self, source: SourceFile, index: int, node: Values) -> Record | None:
        at = ("records", index)
        try:
            record = as_record(node)
        except ValidationError as error:
            self.findings += shape_findings(error, Record, node, source, at)
            return None
        given = node.keys() if isinstance(node, dict) else set()
        wrong = [
            Finding(f.code, "error", f.message, source.at((*at, *f.path)), f.remedy)
            for f in faults(record, given)
        ]
        self.findings += wrong
        return record if not wrong else None


def read_file_of(model: type[Model], files: Files, name: str) -> tuple[Model | None, list[Finding]]:
    """Return one file on its own, and what is wrong with it; None where it can't be read."""
    reader = _Reader(files, None)
    return reader.whole(model, name), reader.findings


def read_ledger(
    files: Files,
    reports: Files | None = None,
    known: dict[str, Made] | None = None,
) -> Reading:
    """Return the ledger of a data directory and everything that is wrong with its form.

    ``reports`` is the folder with the bulletins; without it none counts as issued. Only what stands in the files
    is told here; what contradicts something else is for the checks. ``known`` keeps what was made of each file for
    reading another state of the same directory, of which most files are the same.
    """
    reader = _Reader(files, known)
    with paused_collector():
        tasks = reader.whole(TaskList, TaskList.file)
        departments = reader.whole(Departments, Departments.file)
        rules = reader.optional(Rules, Rules.file)
        reviewers = reader.optional(Reviewers, Reviewers.file)
        contacts = reader.optional(Contacts, Contacts.file)
        logs = (reader.log(name, departments) for name in _logs(reader))
        entries = tuple(chain.from_iterable(logs))
    ledger = None
    if tasks is not None and departments is not None:
        ledger = Ledger(
            tasks=tasks,
            departments=departments,
            rules=rules or _USUAL,
            reviewers=reviewers,
            contacts=contacts,
            entries=entries,
            logs=reader.logs,
            evidence=Inventory(files),
            issued=IssuedBulletins(reports) if reports is not None else (),
            sources=reader.sources,
        )
    return Reading(ledger, tuple(sorted(reader.findings, key=lambda f: f.order)))


def _exists(files: Files, name: str) -> bool:
    try:
        files.size(name)
    except UnfitFileError:  # it is there, and reading it says what is wrong
        return True
    except OSError:
        return False
    return True


def _logs(reader: _Reader) -> Iterator[str]:
    for name in reader.files.names(PROGRESS):
        if name.endswith(".yaml") or name == PROGRESS:
            yield name
        elif not name.rpartition("/")[2].startswith("."):
            words = "progress/ 中的这个文件没有读取：记录文件的扩展名应为 .yaml"
            remedy = "是记录文件的请改名，不是的请移走"
            reader.findings.append(Finding("stray-file", "warning", words, Location(name), remedy))


def _damaged(source: SourceFile, problems: tuple[Problem, ...]) -> set[int]:
    """Return the records in whose lines the YAML itself is at fault: they may not say what was meant."""
    root = source.document.root
    records = root.get("records") if isinstance(root, Mapping) else None
    if not isinstance(records, Sequence):
        return set()
    starts = [*(record.line for record in records), len(source.text) + 1]
    spans = enumerate(pairwise(starts))
    return {i for i, (start, end) in spans for p in problems if start <= p.line < end}


def _unreadable(name: str, error: OSError) -> Finding:
    code, reason, remedy = "unreadable-file", "文件不能读取：读取失败", "请检查权限和路径"
    if isinstance(error, FileNotFoundError):
        code, reason, remedy = "missing-file", "没有这个文件", "请从 git 恢复这个文件"
    elif isinstance(error, UnfitFileError):
        reason, remedy = f"文件不能读取：它{error.why}", error.remedy
    elif isinstance(error, PermissionError):
        reason = "文件不能读取：没有读取权限"
    return Finding(code, "error", reason, Location(name), remedy)
