"""Writing a file so that it is either the old one or the new one."""

import os
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 with LF in place of ``path``, whose folder is made where it is missing.

    Raises ``OSError`` where that can't be done; the old file is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.tmp")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
