"""The issued bulletins beside a data directory, looked at when somebody asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final, overload

from gaigai_cli.model.ledger import Demand, Issued, Voided
from gaigai_cli.store.files import Files, differs_in_ends, sha256_of

REPORTS: Final = "reports"
ISSUED: Final = "issued"
VOID: Final = "作废"
ERRATUM: Final = "更正"
_TEXTS: Final = ("period", "number", "program")
_NAME: Final = re.compile(
    r"(?P<period>[^./]+)(?:\.(?P<edition>[2-9]|[1-9]\d+))?(?:\.(?P<note>作废|更正[1-9]\d*))?\.json"
)


def issue_stem(period: str, edition: int = 1, note: str = "") -> str:
    """Return the name of an issued paper's files without ending: ``2024-06``, ``2024-06.2``, ``2024-06.2.更正1``."""
    return ".".join([period, *([str(edition)] if edition > 1 else []), *([note] if note else [])])


class IssuedBulletins(Sequence[Issued]):
    """Every bulletin under ``issued/`` of the folder that ``reports`` gives, by period. Most commands never look."""

    def __init__(self, reports: Callable[[], Files]) -> None:
        self._open = reports

    @cached_property
    def _reports(self) -> Files:
        return self._open()

    @cached_property
    def _found(self) -> tuple[Issued, ...]:
        names = tuple(self._reports.names(ISSUED))
        if names == (ISSUED,):  # a search for what was issued must not take it for nothing
            return (
                Issued(f"../{REPORTS}/{ISSUED}", "", fault="所在的文件夹经链接指向别处，不能读取"),
            )
        bulletins: list[Issued] = []
        notes: dict[str, list[tuple[str, str]]] = {}
        for name in names:
            if not name.endswith(".json") or name.count("/") != 1:
                continue
            found = _NAME.fullmatch(name.rpartition("/")[2])
            if found and found["note"]:
                stem = issue_stem(found["period"], int(found["edition"] or 1))
                notes.setdefault(stem, []).append((found["note"], name))
            else:
                bulletins.append(self._read(name, int(found["edition"] or 1) if found else 1))
        bulletins = [
            self._noted(one, notes.pop(issue_stem(one.period, one.edition), ()))
            for one in bulletins
        ]
        strays = (name for rest in notes.values() for _, name in rest)
        faults = [
            Issued(f"../{REPORTS}/{n}", n.rpartition("/")[2], fault="所指的通报没有签发存档")
            for n in strays
        ]
        return tuple(sorted(bulletins, key=lambda one: (one.period, one.edition))) + tuple(faults)

    def _read(self, name: str, edition: int, period: str = "") -> Issued:
        path = f"../{REPORTS}/{name}"
        period = period or name.rpartition("/")[2].partition(".")[0]
        head = _head(self._reports, name)
        if isinstance(head, str):
            return Issued(path, period, fault=head, edition=edition)
        if head["period"] != period:
            return Issued(
                path,
                period,
                fault=f"文件名与所写的期次“{head['period']}”不同",
                edition=edition,
            )
        file, sha256 = head["file"]["name"], head["file"]["sha256"]
        data = _content(self._reports, f"{ISSUED}/{file}")
        return Issued(
            path=path,
            period=period,
            number=head["number"],
            day=date.fromisoformat(head["issued"]),
            program=head["program"],
            commit=head["commit"],
            file=file,
            sha256=sha256,
            newest=newest if isinstance(newest := head.get("newest"), str) else "",
            kept=data is not None and sha256_of(data) == sha256,
            ends_changed=data is not None and differs_in_ends(data, sha256),
            edition=edition,
            demands=_demands(head),
        )

    def _noted(self, bulletin: Issued, notes: Iterable[tuple[str, str]]) -> Issued:
        """Return the bulletin with what was noted beside it: that it holds no more, and its 更正."""
        for note, name in notes:
            if note == VOID:
                voided = _voided(self._reports, name)
                if voided is None:
                    bulletin = bulletin._replace(fault="旁的作废说明不能读取")
                else:
                    bulletin = bulletin._replace(voided=voided)
            else:
                erratum = self._read(name, bulletin.edition, bulletin.period)
                bulletin = bulletin._replace(errata=(*bulletin.errata, erratum))
        return bulletin

    @overload
    def __getitem__(self, index: int) -> Issued: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Issued]: ...
    def __getitem__(self, index: int | slice) -> Issued | Sequence[Issued]:
        return self._found[index]

    def __len__(self) -> int:
        return len(self._found)


def _head(files: Files, name: str) -> dict[str, Any] | str:
    """Return what the file says besides the report, or in Chinese what is wrong with it."""
    import json

    try:
        head = json.loads(files.read(name))
    except OSError:
        return "不能读取"
    except (ValueError, RecursionError):
        return "不是完整的 JSON"
    return head if _is_sound(head) else "缺少应有的内容或写法不对"


def _demands(head: dict[str, Any]) -> tuple[Demand, ...]:
    """Return what the bulletin asked of units; nothing where that wasn't kept, or can't be read."""
    try:
        return tuple(
            Demand(
                unit=one["unit"],
                items=tuple(one["items"]),
                kind=one["kind"],
                about=one["about"],
                missing=one["missing"],
                by=date.fromisoformat(one["by"]) if one["by"] else None,
            )
            for one in head["report"].get("demands", ())
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return ()


def _voided(files: Files, name: str) -> Voided | None:
    """Return what is noted of a bulletin that holds no more; None where that can't be read."""
    import json

    try:
        note = json.loads(files.read(name))
        kind, day, reason = note["kind"], date.fromisoformat(note["day"]), note["reason"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return None
    return Voided(kind, day, reason) if kind in ("撤回签发", "撤销") else None


def _is_sound(head: Any) -> bool:
    if not isinstance(head, dict) or not all(isinstance(head.get(n), str) for n in _TEXTS):
        return False
    file = head.get("file")
    if not isinstance(file, dict) or not isinstance(file.get("sha256"), str):
        return False
    name, commit = file.get("name"), head.get("commit")
    if not isinstance(name, str) or "/" in name or not isinstance(commit, str | None):
        return False
    try:
        date.fromisoformat(head["issued"])
    except (KeyError, TypeError, ValueError):
        return False
    return True


def _content(files: Files, name: str) -> bytes | None:
    try:
        return files.read(name)
    except OSError:
        return None
