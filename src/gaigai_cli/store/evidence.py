"""The files under ``evidence/``, listed when somebody asks."""

from collections.abc import Iterator, Mapping
from functools import cached_property, partial

from gaigai_cli.model.ledger import StoredFile
from gaigai_cli.store.files import Files, sha256_of

EVIDENCE = "evidence"


class Inventory(Mapping[str, StoredFile]):
    """Evidence files by their path from the data directory. Most commands never look, so nothing is listed before."""

    def __init__(self, files: Files) -> None:
        self._files = files

    @cached_property
    def _stored(self) -> dict[str, StoredFile]:
        return {name: self._stored_file(name) for name in self._files.names(EVIDENCE)}

    def _stored_file(self, name: str) -> StoredFile:
        return StoredFile(name, self._files.size(name), partial(self._hash, name))

    def _hash(self, name: str) -> str:
        return sha256_of(self._files.read(name))

    def __getitem__(self, name: str) -> StoredFile:
        return self._stored[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)
