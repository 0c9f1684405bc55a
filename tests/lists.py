"""The list that ships and the example, read and judged once for all tests that only look at them."""

from functools import cache
from pathlib import Path

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.store.files import Folder
from tests.sparing import read_again


@cache
def judge_of(data: Path) -> Judge:
    """The judge of a list, as if no bulletin of it had been issued."""
    ledger = read_again(Folder(data)).ledger
    assert ledger is not None
    return Judge(ledger)
