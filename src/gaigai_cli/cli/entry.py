"""What the tables of commands say of each command."""

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: ``function`` in ``gaigai_cli.cli.<module>``.

    ``dated``: its answer depends on ``--as-of``. ``writes``: it records something, so what is true today is what
    counts, and ``--commit`` commits it. ``here``: it is about the repository as it is, not about one of its commits.
    ``examples`` stand at the end of its help.
    """

    module: str
    function: str
    help: str
    panel: str
    examples: tuple[str, ...] = ()
    dated: bool = True
    writes: bool = False
    here: bool = False
