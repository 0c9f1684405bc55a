"""归档: the files of a month or year in one folder or zip, with a catalogue and hashes, and whether they are whole."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.history.changes.sentences import clause, own_words
from gaigai_cli.judge.judgement import notes
from gaigai_cli.report.dossier import DossierPiece, in_order, pieces, rulings
from gaigai_cli.store.files import sha256_of
from gaigai_cli.store.issued import REPORTS
from gaigai_cli.store.names import check_new, files_below, fitting
from gaigai_cli.store.regular import read_file
from gaigai_cli.store.write import NewFile, replace_all
from gaigai_cli.words.period import Period, period_of
from gaigai_cli.work.directory import Directory

SUMS: Final = "校验码.txt"
CATALOGUE: Final = "归档文件目录"
_PAGES: Final = re.compile(rb"<Pages>([1-9]\d*)</Pages>")
_CHARACTERS: Final = re.compile(rb"<Characters>[1-9]")
_LINE: Final = re.compile(r"([0-9a-f]{64})  (\S.*)")
_COLUMNS: Final = (
    ("件号", 11), ("责任者", 30), ("文号", 28), ("题名", 39), ("日期", 23), ("页数", 11), ("保管期限", 15),
    ("备注", 11),
)  # fmt: skip
"""The columns of the catalogue, with their widths in millimetres."""
_RULINGS: Final = (("日期", 25), ("种类", 24), ("事项", 13), ("内容", 88), ("登记人", 18))
_FOLDER: Final = "归档"
_SLIP: Final = "发文稿纸"


class Dossier(NamedTuple):
    """The files by their names, and what should be among them and isn't there."""

    files: Mapping[str, bytes]
    pieces: int
    missing: tuple[str, ...]


def usual_path(directory: Directory, period: Period) -> Path:
    """Return where the dossier of a period lies, if nobody says otherwise."""
    return directory.beside(f"{REPORTS}/{_FOLDER}/{period}.zip")


def is_filed(directory: Directory, period: Period) -> bool:
    """Return whether a period is one to be filed: a month, also one that still runs, or a year."""
    return (period.is_month or period.is_year) and period.first <= directory.today


def demand_filed(directory: Directory, period: Period) -> None:
    """Raise ``GaigaiError`` for a period that isn't filed."""
    if not is_filed(directory, period):
        raise GaigaiError(f"{period.words}不能归档", "归档的是已经开始的一个月，或一个年度")


def made(directory: Directory, period: Period) -> Dossier:
    """Return the dossier of a period. Raises ``GaigaiError`` where it isn't filed, or nothing of it is to be."""
    demand_filed(directory, period)
    judge = directory.judge
    found: list[tuple[DossierPiece, bytes]] = []
    missing = []
    for piece in in_order((*pieces(judge, period), *_slips(directory, period))):
        data = (
            _rulings(directory, period, piece.title)
            if not piece.source
            else _read(directory, piece.source)
        )
        if data is None:
            missing.append(f"{piece.title}（{piece.source.rpartition('/')[2]}）")
        else:
            found.append((piece, data))
    if not found:
        raise GaigaiError(f"{period.words}没有可归档的材料", "请核对月份或年份")
    names = list(_names([piece for piece, _ in found]))
    files = {name: data for name, (_, data) in zip(names, found, strict=True)}
    rows = [_row(number, piece, data) for number, (piece, data) in enumerate(found, 1)]
    files |= _catalogue(directory, period, rows, [(n, sha256_of(files[n])) for n in names])
    sums = "".join(f"{sha256_of(data)}  {name}\n" for name, data in sorted(files.items()))
    return Dossier(files | {SUMS: sums.encode()}, len(found), tuple(missing))


def _slips(directory: Directory, period: Period) -> Iterator[DossierPiece]:
    """Yield the 发文稿纸 of the period's bulletins, where they lie beside them."""
    ledger = directory.ledger
    for path in sorted(directory.reports.glob(f"{period}*{_SLIP}*")):
        of = period_of(path.name.partition(f"-{_SLIP}")[0]) or period
        title, keep = f"{of.words}通报{_SLIP}", ledger.rules.archive.bulletin
        yield DossierPiece(
            "通报", ledger.office, "", title, of.last, keep, f"../{REPORTS}/{path.name}"
        )


def _read(directory: Directory, source: str) -> bytes | None:
    """Return the bytes of a file in the data directory or among the papers beside it; None where it isn't there."""
    try:
        if source.startswith(f"../{REPORTS}/"):
            return read_file(directory.beside(source.removeprefix("../")))
        return directory.files.read(source)
    except (OSError, GaigaiError):
        return None


def _names(found: list[DossierPiece]) -> Iterator[str]:
    taken: set[str] = set()
    for number, piece in enumerate(found, 1):
        stem, dot, ending = piece.source.rpartition("/")[2].rpartition(".")
        words = f"{number:03d} {stem or piece.title}"
        name = fitting(words, f"{dot}{ending}" if stem else ".docx", taken)
        taken.add(name)
        yield f"{piece.folder}/{name}"


def _row(number: int, piece: DossierPiece, data: bytes) -> tuple[str, ...]:
    return (
        str(number),
        piece.responsible,
        piece.number,
        piece.title,
        f"{piece.day:%Y%m%d}",
        _pages(data),
        piece.keep,
        piece.remark,
    )


def _pages(data: bytes) -> str:
    """Return how many pages a Word file says that it has; empty where nobody has counted them.

    Libraries write the page of the empty document that they begin with, which has no characters.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            properties = package.read("docProps/app.xml")
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return ""
    found = _PAGES.search(properties) if _CHARACTERS.search(properties) else None
    return found[1].decode() if found and package.NameToInfo.get("word/document.xml") else ""


def _catalogue(
    directory: Directory, period: Period, rows: list[tuple[str, ...]], files: list[tuple[str, str]]
) -> dict[str, bytes]:
    from gaigai_cli.render import table_docx
    from gaigai_cli.render.rows import csv_bytes

    title = f"{period.words}{CATALOGUE}"
    names = (*(name for name, _ in _COLUMNS), "文件", "SHA-256")
    listed = ((*row, *file) for row, file in zip(rows, files, strict=True))
    heads = (directory.ledger.tasks.notice.title, *notes(directory.judgement))
    return {
        f"{CATALOGUE}.docx": table_docx.filed(title, heads, _COLUMNS, rows, period.last),
        f"{CATALOGUE}.csv": csv_bytes(names, listed),
    }


def _rulings(directory: Directory, period: Period, title: str) -> bytes:
    from gaigai_cli.render import table_docx

    ledger = directory.ledger
    rows = [
        (
            e.record.date.isoformat(),
            e.record.kind,
            e.record.item or "",
            "；".join(
                (
                    clause(e, ledger),
                    *(f"{name}：{said.rstrip('。')}" for name, said in own_words(e.record)),
                    f"记录编号{e.record.id}",
                )
            ),
            e.record.by or "",
        )
        for e in rulings(directory.judge, period)
    ]
    heads = (ledger.tasks.notice.title, *notes(directory.judgement))
    return table_docx.filed(title, heads, _RULINGS, rows, period.last)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the files as one zip: the same files give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            package.writestr(info, data)
    return stream.getvalue()


def write(made_: Dossier, target: Path, *, force: bool) -> bool:
    """Write the dossier, into a zip or a folder; whether anything has changed.

    Raises ``GaigaiError`` where something else lies there already.
    """
    check_new(target)
    if target.suffix.lower() == ".zip":
        data = zipped(made_.files)
        there = read_file(target) if target.exists() else None
        news = [NewFile(target, data)] if there != data else []
        other = there is not None and there != data
    else:
        old = _of_folder(target) if target.is_dir() else {}
        news = [NewFile(target / n, d) for n, d in made_.files.items() if old.get(n) != d]
        other = any(made_.files.get(name) != data for name, data in old.items())
    if other and not force:
        raise GaigaiError(
            f"{shown(target)} 已有内容不同的归档，没有覆盖",
            "请用 --out 换一个地方；确要重做请加 --force",
        )
    replace_all(news)
    return bool(news)


def missing_words(*titles: str) -> str:
    """Return what wasn't found, and what to do about it."""
    return f"没有找到：{'、'.join(titles)}，请放回原处后重新归档。"


def filed_words(made_: Dossier, period: Period, *, new: bool) -> str:
    """Return what was filed, without a stop; ``new``: anything has changed."""
    done = "已归档" if new else "没有变化，仍是"
    return f"{done}{period.words}的{made_.pieces}件材料，目录和校验码在内"


def verified(path: Path) -> tuple[int, tuple[str, ...]]:
    """Return how many files of a dossier are as they were, and in Chinese what is wrong with the others.

    Raises ``GaigaiError`` for what is no dossier.
    """
    if not path.exists():
        raise GaigaiError(f"没有“{shown(path)}”", "请写归档的文件夹或 zip 文件")
    files = _of_folder(path) if path.is_dir() else _of_zip(path)
    sums = files.pop(SUMS, None)
    if sums is None:
        raise GaigaiError(
            f"“{shown(path)}”里没有 {SUMS}，不是归档", "请写 gaigai archive 生成的归档"
        )
    known = {
        m[2]: m[1] for m in map(_LINE.fullmatch, sums.decode("utf-8", "replace").splitlines()) if m
    }
    now = {name: sha256_of(data) for name, data in files.items()}
    wrong = [f"缺少 {name}" for name in known if name not in now]
    wrong += [f"{name} 被改动" for name in known if now.get(name, known[name]) != known[name]]
    wrong += [f"多出 {name}" for name in now if name not in known]
    return sum(now.get(name) == known[name] for name in known), tuple(wrong)


def _of_folder(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): read_file(p) for p in sorted(files_below(folder))}


def _of_zip(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(read_file(path))) as package:
            return {i.filename: package.read(i) for i in package.infolist() if not i.is_dir()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError):
        raise GaigaiError(f"“{shown(path)}”不是 zip 文件，或已损坏", "请核对文件") from None
