"""``gaigai merge-driver``: git calls it for a log that both sides have changed."""

from pathlib import Path
from typing import Annotated

import typer

from gaigai_cli.history.merge import merge_logs


def merge_driver(
    base: Annotated[str, typer.Argument(metavar="分歧之前")],
    ours: Annotated[str, typer.Argument(metavar="本机")],
    theirs: Annotated[str, typer.Argument(metavar="对方")],
    path: Annotated[str, typer.Argument(metavar="路径")],
) -> None:
    """Write the merge of three logs into the second one.

    Exit status 1, the files untouched, where it is more than records added on both sides: the driver that
    ``git-setup`` sets leaves that to ``git merge-file``, as it does where gaigai can't be run any more.
    """
    merged = merge_logs(*(Path(file).read_bytes() for file in (base, ours, theirs)))
    if merged is None:
        raise typer.Exit(1)
    Path(ours).write_bytes(merged)
