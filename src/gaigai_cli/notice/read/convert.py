"""Old documents (.doc of Word, .wps of WPS) made into .docx by LibreOffice, where that is installed."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Final

from gaigai_cli.store.programs import program

_NAMES: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_LONGEST: Final = 120
"""Seconds that a conversion may take."""


def as_docx(data: bytes, ending: str) -> bytes | None:
    """Return the document as .docx; None where no LibreOffice is installed, or it makes nothing of it.

    It works on a copy in a folder of its own, with a profile of its own: macros aren't run, nothing that a person has
    open is touched.
    """
    office = _program()
    if office is None:
        return None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        here = Path(folder)
        source = here / f"notice.{ending}"
        source.write_bytes(data)
        profile = (here / "profile").as_uri()
        words = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx"]
        try:
            subprocess.run(
                [*words, "--outdir", folder, str(source)],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_LONGEST,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        made = source.with_suffix(".docx")
        return made.read_bytes() if made.is_file() else None


def _program() -> str | None:
    found = next(filter(None, map(program, _NAMES)), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)
