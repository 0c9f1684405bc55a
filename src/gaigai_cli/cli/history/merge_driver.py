"""``gaigai merge-driver``: git calls it for a log that both sides have changed."""

from pathlib import Path
from typing import Annotated

import typer

from gaigai_cli.cli import values
from gaigai_cli.history.clone.setup_files import CONFLICT
from gaigai_cli.history.merge.merge_file import merge_log


def merge_driver(
    base: Annotated[str, typer.Argument(metavar="分歧之前")],
    ours: Annotated[str, typer.Argument(metavar="本机")],
    theirs: Annotated[str, typer.Argument(metavar="对方")],
    marker_size: Annotated[str, typer.Argument(metavar="标记长度")],
) -> None:
    """Write the merge of three logs into the second one, with markers where it is a conflict: then exit status 10.

    The command that ``git-setup`` sets tells it from the failures after which it leaves the file to plain git.
    """
    was, mine, other = (Path(file).read_bytes() for file in (base, ours, theirs))
    size = values.whole(marker_size, what="标记长度")
    merged = merge_log(Path.cwd(), was, mine, other, size)
    Path(ours).write_bytes(merged.data)
    if not merged.clean:
        raise typer.Exit(CONFLICT)
