"""``gaigai merge-driver``: git calls it for a log that both sides have changed."""

from pathlib import Path
from typing import Annotated

import typer

from gaigai_cli.cli.output import Output
from gaigai_cli.cli.values import whole
from gaigai_cli.history.merge import merge_logs
from gaigai_cli.history.three_way import MARKER_SIZE, merge_text


def merge_driver(
    base: Annotated[str, typer.Argument(metavar="分歧之前")],
    ours: Annotated[str, typer.Argument(metavar="本机")],
    theirs: Annotated[str, typer.Argument(metavar="对方")],
    path: Annotated[str, typer.Argument(metavar="路径")],
    marker_size: Annotated[
        str, typer.Option("--marker-size", metavar="数", help="冲突标记的长度")
    ] = str(MARKER_SIZE),
) -> None:
    """Write the merge of three files into the second one; exit status 1 where it holds a conflict."""
    texts = [Path(file).read_bytes() for file in (base, ours, theirs)]
    merged = merge_logs(*texts)
    if merged is not None:
        Path(ours).write_bytes(merged)
        return
    size = whole(marker_size, what="--marker-size")
    clean, merged = merge_text(Path.cwd(), *texts, marker_size=size)
    Path(ours).write_bytes(merged)
    if not clean:
        Output().message(f"{path}：两边改了同一处，不只是各自添了记录，请按文件里的标记处理。")
        raise typer.Exit(1)
