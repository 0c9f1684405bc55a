"""The parts of a Word file that are read, each looked through before anything is built of it.

python-docx would build every part, styles and pictures included, and takes longer to import than all of the reading.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from gaigai_cli.notice import limits

MAIN: Final = "word/document.xml"
_RELATIONS: Final = "word/_rels/document.xml.rels"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """A Word file. Raises whatever zipfile and the XML parser make of damaged bytes, `GaigaiError` beyond limits."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(data))
        self._names = frozenset(self._zip.namelist())

    def root(self, name: str) -> Any:
        """Return the root element of a part."""
        from xml.etree import ElementTree

        data = self._zip.read(name)
        limits.look_through(data, "docx")
        return ElementTree.fromstring(data)

    def related(self) -> Iterator[tuple[str, str]]:
        """Yield what the main part refers to within the file: the kind of each part (``footnotes``) and its name."""
        if _RELATIONS not in self._names:
            return
        for relation in self.root(_RELATIONS).iter(_RELATION):
            target = str(relation.get("Target") or "")
            name = target.lstrip("/") if target.startswith("/") else f"word/{target}"
            if relation.get("TargetMode") != "External" and name in self._names:
                yield str(relation.get("Type") or "").rpartition("/")[2], name
