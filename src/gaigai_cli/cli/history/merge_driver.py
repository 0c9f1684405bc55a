"""``gaigai merge-driver``: git calls it for a log that both sides have changed."""

from pathlib import Path
from typing import Annotated

import typer

from gaigai_cli.history.clone.setup_files import CONFLICT
from gaigai_cli.history.merge.merge_file import MARKER_SIZE, merge_log


def merge_driver(
    base: Annotated[str, typer.Argument(metavar="分歧之前")],
    ours: Annotated[str, typer.Argument(metavar="本机")],
    theirs: Annotated[str, typer.Argument(metavar="对方")],
    marker_size: Annotated[str, typer.Argument(metavar="标记长度")],
) -> None:
    """Write the merge of three logs into the second one, with markers where it is a conflict: then exit status 10.

    The command that ``git-setup`` sets tells it from the failures after which it leaves the file to plain git.
    A clone that was set up earlier hands over the log's path in place of the marker's length, and has plain git merge
    the second file after a conflict, too: then that file stays as it is.
    """
    was, mine, other = (Path(file).read_bytes() for file in (base, ours, theirs))
    told = marker_size.isdecimal()
    merged = merge_log(Path.cwd(), was, mine, other, int(marker_size) if told else MARKER_SIZE)
    if merged.clean or told:
        Path(ours).write_bytes(merged.data)
    if not merged.clean:
        raise typer.Exit(CONFLICT)
