"""A directory of files and the ledger that it makes."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from gaigai_cli.store.files import Files, Folder
    from gaigai_cli.store.read import Reading, read_ledger

__all__ = ["Files", "Folder", "Reading", "read_ledger"]

_HOMES: Final = {"Files": "files", "Folder": "files", "Reading": "read", "read_ledger": "read"}


def __getattr__(name: str) -> Any:
    """Load what was asked for: reading needs every model, and who only writes files shouldn't wait for those."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
