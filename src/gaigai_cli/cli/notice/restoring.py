"""``gaigai import 清单.json``: a list that was exported, back into a data directory."""

from __future__ import annotations

from pathlib import Path

from gaigai_cli.cli.output import Output
from gaigai_cli.errors import GaigaiError, shown


def restore(export: Path, out: Path | None, output: Output, *, plain: bool) -> None:
    """Write the files of an export to ``out``. ``plain``: none of the options is given that are for notices."""
    from gaigai_cli.notice.own_list import read_exported
    from gaigai_cli.store.regular import read_file
    from gaigai_cli.store.write import NewFile, replace_all

    if not plain or out is None:
        raise GaigaiError(
            "导出的 json 没有疑点，不用 --review、--answers、--update", "请只写 --out 目录"
        )
    files = read_exported(read_file(export))
    replace_all(NewFile(out / name, text.encode()) for name, text in files.items())
    output.message(f"已写入 {'、'.join(shown(out / name) for name in files)}。")
