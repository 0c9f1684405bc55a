"""A directory of files and the ledger that it makes."""

from gaigai_cli.store.files import Files, Folder
from gaigai_cli.store.read import Reading, read_ledger

__all__ = ["Files", "Folder", "Reading", "read_ledger"]
