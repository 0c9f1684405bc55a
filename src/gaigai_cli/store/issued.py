"""The issued bulletins beside a data directory, looked at when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final, overload

from gaigai_cli.model.ledger import Issued
from gaigai_cli.store.files import Files, sha256_of

REPORTS: Final = "reports"
ISSUED: Final = "issued"
_TEXTS: Final = ("period", "number", "program")


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
        return tuple(self._read(n) for n in names if n.endswith(".json") and n.count("/") == 1)

    def _read(self, name: str) -> Issued:
        path = f"../{REPORTS}/{name}"
        period = name.rpartition("/")[2].removesuffix(".json")
        head = _head(self._reports, name)
        if isinstance(head, str):
            return Issued(path, period, fault=head)
        if head["period"] != period:
            return Issued(path, period, fault=f"文件名与所写的期次“{head['period']}”不同")
        file, sha256 = head["file"]["name"], head["file"]["sha256"]
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
            kept=_hash(self._reports, f"{ISSUED}/{file}") == sha256,
        )

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


def _hash(files: Files, name: str) -> str | None:
    try:
        return sha256_of(files.read(name))
    except OSError:
        return None
