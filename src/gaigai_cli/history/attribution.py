"""Who did what in a range of commits: which commit brought a record, and which touched a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gaigai_cli.history.commits import Commit, FileChange, Step
from gaigai_cli.history.git import Place
from gaigai_cli.history.logs import Logs, LogVersion, Said


class Brought(NamedTuple):
    """A record as a commit brought it to the log of a unit (under the name that the log gives).

    ``latest`` is the latest number that the log held before by the same person.
    """

    commit: Commit
    unit: str
    file: str
    said: Said
    latest: str


class Attribution(NamedTuple):
    """``brought``: by record id the commits that brought it: one, unless an id was used twice.

    ``altered``: commits that changed or dropped it later.

    ``touched``: by a file's path from the repository's top, the commits that made it what no parent had.
    """

    brought: Mapping[str, tuple[Brought, ...]]
    altered: Mapping[str, tuple[Commit, ...]]
    touched: Mapping[str, tuple[Commit, ...]]


def attribute(place: Place, steps: tuple[Step, ...]) -> Attribution:
    """Read every version of every log that the steps changed, each once."""
    progress = f"{place.prefix}progress/"
    logs = Logs(place)
    logs.fetch(
        (change.before, change.after)
        for step in steps
        for changed in step.changed
        for change in changed
        if is_log(change, progress)
    )
    brought: dict[str, tuple[Brought, ...]] = {}
    altered: dict[str, tuple[Commit, ...]] = {}
    touched: dict[str, tuple[Commit, ...]] = {}
    for step in steps:
        for name in _own(step):
            touched[name] = (*touched.get(name, ()), step.commit)
        against = [_compared(step.commit, c, logs, progress) for c in step.changed]
        if not against:
            continue
        for id_, one in against[0].new.items():
            if all(id_ in other.new for other in against):
                brought[id_] = (*brought.get(id_, ()), one)
        gone = {id_ for one in against for id_ in one.gone}
        changed_everywhere = set.intersection(*(one.changed for one in against))
        for id_ in gone | changed_everywhere:
            altered[id_] = (*altered.get(id_, ()), step.commit)
    return Attribution(brought, altered, touched)


def is_log(change: FileChange, progress: str) -> bool:
    """Whether a file is a log; ``progress`` is their folder, from the repository's top."""
    return change.plain and change.name.startswith(progress) and change.name.endswith(".yaml")


def _own(step: Step) -> set[str]:
    """The files that a commit made what no parent had."""
    sides = [{change.name for change in changed} for changed in step.changed]
    return set.intersection(*sides) if sides else set()


class _Compared(NamedTuple):
    """A commit's logs against one parent's: records that are new, changed in what they say, or gone."""

    new: dict[str, Brought]
    changed: set[str]
    gone: set[str]


def _compared(
    commit: Commit, changed: tuple[FileChange, ...], logs: Logs, progress: str
) -> _Compared:
    was: dict[str, tuple[str, Said]] = {}
    now: dict[str, tuple[FileChange, str, Said]] = {}
    for change in changed:
        if is_log(change, progress):
            before, after = logs[change.before], logs[change.after]
            grew = after.grew_from is before.said
            for said in after.added if grew else _others(after, before):
                now[said.id] = (change, after.unit, said)
            for said in () if grew else _others(before, after):
                was[said.id] = (before.unit, said)
    new = {
        id_: Brought(commit, unit, change.name, said, _latest(logs[change.before], said))
        for id_, (change, unit, said) in now.items()
        if id_ not in was
    }
    kept = was.keys() & now.keys()
    altered = {i for i in kept if was[i][0] != now[i][1] or not was[i][1].same(now[i][2])}
    return _Compared(new, altered, was.keys() - now.keys())


def _others(version: LogVersion, other: LogVersion) -> Iterator[Said]:
    """What a version says that another doesn't say in the very same words. Most records are the same in both."""
    for id_, said in version.said.items():
        if other.said.get(id_) is not said or version.unit != other.unit:
            yield said


def _latest(before: LogVersion, said: Said) -> str:
    """The latest number of the same person in the log as it was; of a record that names nobody, of anybody."""
    return before.latest.get(said.by, "")
