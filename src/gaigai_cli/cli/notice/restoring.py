"""``gaigai import 清单.json``: a list that was exported, back into a data directory."""

from __future__ import annotations

from pathlib import Path

from gaigai_cli.cli.output import Output
from gaigai_cli.errors import shown


def restore(export: Path, out: Path, output: Output) -> None:
    """Write the files of an export to ``out``."""
    from gaigai_cli.notice.own_list import read_exported
    from gaigai_cli.store.regular import read_file
    from gaigai_cli.store.write import NewFile, replace_all

    files = read_exported(read_file(export))
    replace_all(NewFile(out / name, text.encode()) for name, text in files.items())
    output.message(f"已写入 {'、'.join(shown(out / name) for name in files)}。")
