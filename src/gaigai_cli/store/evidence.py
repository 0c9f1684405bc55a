"""The files under ``evidence/``, listed when somebody asks."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import count
from pathlib import Path

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.ledger import StoredFile
from gaigai_cli.model.records import EvidenceFile
from gaigai_cli.store.files import Files, differs_in_ends, sha256_of
from gaigai_cli.store.lock import Held
from gaigai_cli.store.names import EVIDENCE, check_name, folded, inside
from gaigai_cli.store.regular import UnfitFileError, read_file, read_start
from gaigai_cli.store.write import make_folder, naming_file, replace_bytes


class Inventory(Mapping[str, StoredFile]):
    """Evidence files by their path from the data directory, listed at the first look: most commands never look."""

    def __init__(self, files: Files) -> None:
        self._files = files

    @cached_property
    def _stored(self) -> dict[str, StoredFile]:
        return {name: self._stored_file(name) for name in self._files.names(EVIDENCE)}

    def _stored_file(self, name: str) -> StoredFile:
        try:
            size = self._files.size(name)
        except OSError as error:
            fault = error.why if isinstance(error, UnfitFileError) else "不能读取"
            return StoredFile(name, 0, str, fault)
        return StoredFile(
            name,
            size,
            lambda: sha256_of(self._files.read(name)),
            differs_in_ends=lambda sha256: differs_in_ends(self._files.read(name), sha256),
        )

    def __getitem__(self, name: str) -> StoredFile:
        return self._stored[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


def store_evidence(held: Held, unit: str, source: Path, *, limit_bytes: int) -> EvidenceFile:
    """Copy ``source`` to ``evidence/<unit>/`` of a locked directory under its own name; return what a record says.

    A file of that name with the same content is used as it is; with other content the copy gets a number: ``图-2.pdf``.
    Names that differ only by case count as the same, as they do on Windows and macOS.

    Raises ``GaigaiError`` for anything but a regular file, for more than ``limit_bytes``, for names that not every
    platform can hold, and where the copy can't be written.
    """
    path, data = _planned(held.root, unit, source, limit_bytes)
    if not path.exists():
        with naming_file(f"{EVIDENCE}/{unit}/{source.name}"):
            make_folder(path.parent)
            replace_bytes(path, data)
    return EvidenceFile(file=f"{EVIDENCE}/{unit}/{path.name}", sha256=sha256_of(data))


def plan_evidence(
    directory: Path, unit: str, source: Path, *, limit_bytes: int
) -> tuple[EvidenceFile, StoredFile]:
    """Return what `store_evidence` would do now: what the record would say, and the file that would lie there.

    Raises the same ``GaigaiError`` for what can't be evidence.
    """
    path, data = _planned(directory.resolve(), unit, source, limit_bytes)
    kept = EvidenceFile(file=f"{EVIDENCE}/{unit}/{path.name}", sha256=sha256_of(data))
    return kept, StoredFile(kept.file, len(data), lambda: kept.sha256)


def _planned(root: Path, unit: str, source: Path, limit_bytes: int) -> tuple[Path, bytes]:
    """Return where a file is to lie, or lies already, and its bytes."""
    check_name(unit, "单位名称")
    if source.is_dir():  # which may have no name: “.”
        raise GaigaiError(f"佐证“{source.as_posix()}”是文件夹，不是普通文件", "请给出文件本身")
    check_name(source.name, "佐证文件名")
    data = _read(source, limit_bytes)
    with naming_file(f"{EVIDENCE}/{unit}/{source.name}"):
        folder = inside(root, f"{EVIDENCE}/{unit}")
        return folder / _free_name(folder, source.name, data), data


def _read(source: Path, limit_bytes: int) -> bytes:
    name = source.name
    with naming_file(name):
        try:
            data = read_start(source, limit_bytes + 1, follow=False)
        except UnfitFileError as error:
            raise GaigaiError(f"佐证“{name}”{error.why}", "请给出文件本身") from None
        except PermissionError:  # on Windows a file that another program keeps for itself, too
            raise GaigaiError(
                f"佐证“{name}”不能读取：没有读取权限，或正被别的程序打开（如 Word、Excel、WPS）",
                "请关闭它后再试",
            ) from None
    if len(data) > limit_bytes:
        raise GaigaiError(
            f"佐证文件“{name}”超过上限 {limit_bytes / 1024 / 1024:g} MB",
            "请压缩或拆分后再试，或只写文号",
        )
    return data


def _free_name(folder: Path, name: str, data: bytes) -> str:
    """Return the name to use: that of a file with the same content, or one that is free."""
    entries = folder.iterdir() if folder.is_dir() else ()
    taken = {folded(entry.name): entry for entry in entries}
    stem, suffix = Path(name).stem, Path(name).suffix
    numbers = count(2)
    while (entry := taken.get(folded(name))) is not None:
        if not entry.is_symlink() and entry.is_file() and read_file(entry) == data:
            return entry.name
        name = f"{stem}-{next(numbers)}{suffix}"
    return name
