"""The issued bulletins beside a data directory, looked at when somebody asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Final, overload

from pydantic import Field, ValidationError

from gaigai_cli.model.base import Day, adapter
from gaigai_cli.model.ledger import Demand, Issued, Voided
from gaigai_cli.store.files import Files, differs_in_ends, sha256_of

REPORTS: Final = "reports"
ISSUED: Final = "issued"
VOID: Final = "作废"
ERRATUM: Final = "更正"
_NAME: Final = re.compile(
    r"(?P<period>[^./]+)(?:\.(?P<edition>[2-9]|[1-9]\d+))?(?:\.(?P<note>作废|更正[1-9]\d*))?\.json"
)


@dataclass(frozen=True)
class _Signed:
    """The signed file: its name, which has no folder, and its hash."""

    name: Annotated[str, Field(pattern="^[^/]*$")]
    sha256: str


@dataclass(frozen=True)
class _Head:
    """What the file of an issued paper says of it, besides the report that it was made of."""

    period: str
    number: str
    issued: Day
    program: str
    file: _Signed
    commit: str | None = None
    newest: str = ""
    report: Any = None


def issue_stem(period: str, edition: int, note: str = "") -> str:
    """Return the name of an issued paper's files without ending: ``2024-06``, ``2024-06.2``, ``2024-06.2.更正1``."""
    return ".".join([period, *([str(edition)] if edition > 1 else []), *([note] if note else [])])


class IssuedBulletins(Sequence[Issued]):
    """Every bulletin under ``issued/`` of the folder ``reports``, by period. Most commands never look."""

    def __init__(self, reports: Files) -> None:
        self._reports = reports

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
        period = period or name.rpartition("/")[2].partition(".")[0]
        issued = Issued(f"../{REPORTS}/{name}", period, edition=edition)
        try:
            head: _Head = _said(_Head, self._reports, name)
        except OSError:
            return issued._replace(fault="不能读取")
        except ValidationError:
            return issued._replace(fault="缺少应有的内容或写法不对")
        except (ValueError, RecursionError):
            return issued._replace(fault="不是完整的 JSON")
        if head.period != period:
            return issued._replace(fault=f"文件名与所写的期次“{head.period}”不同")
        try:
            data = self._reports.read(f"{ISSUED}/{head.file.name}")
        except OSError:
            data = None
        return issued._replace(
            number=head.number,
            day=head.issued,
            program=head.program,
            commit=head.commit,
            file=head.file.name,
            sha256=head.file.sha256,
            newest=head.newest,
            kept=data is not None and sha256_of(data) == head.file.sha256,
            ends_changed=data is not None and differs_in_ends(data, head.file.sha256),
            demands=_demands(head),
        )

    def _noted(self, bulletin: Issued, notes: Iterable[tuple[str, str]]) -> Issued:
        """Return the bulletin with what was noted beside it: that it holds no more, and its 更正."""
        for note, name in notes:
            if note == VOID:
                try:
                    voided: Voided = _said(Voided, self._reports, name)
                    bulletin = bulletin._replace(voided=voided)
                except (OSError, ValueError, RecursionError):
                    bulletin = bulletin._replace(fault="旁的作废说明不能读取")
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


def _said(kind: Any, files: Files, name: str) -> Any:
    """Return what a JSON file says.

    Raises ``OSError`` where it can't be read, ``ValidationError`` where it says something else, ``ValueError`` or
    ``RecursionError`` where it is no JSON.
    """
    import json

    return adapter(kind).validate_python(json.loads(files.read(name)))


def _demands(head: _Head) -> tuple[Demand, ...]:
    """Return what the bulletin asked of units; nothing where that wasn't kept, or can't be read."""
    asked = head.report.get("demands", ()) if isinstance(head.report, dict) else ()
    try:
        demands: tuple[Demand, ...] = adapter(tuple[Demand, ...]).validate_python(asked)
    except ValidationError:
        return ()
    return demands
