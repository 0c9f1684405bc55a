"""The baseline for writing: reads a data directory as the program does, and nothing else."""

import sys
from pathlib import Path

from gaigai_cli.store.files import Folder
from gaigai_cli.store.read import read_ledger

reading = read_ledger(Folder(Path(sys.argv[1])))
assert reading.ledger is not None
