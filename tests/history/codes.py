"""An example of each code that ``review`` tells, for the index of codes: what its tests have found, kept as files."""

import json
from pathlib import Path
from typing import Final

from gaigai_cli.errors import with_stop
from tests.program import SameAsFile

EXAMPLE_OF_CODE: Final = Path(__file__).parent / "reviews" / "codes"


def keep_example(same_as_file: SameAsFile, code: str, message: str, remedy: str) -> None:
    """Compare a violation with the kept example of its code."""
    example = {"severity": "violation", "message": message, "remedy": with_stop(remedy)}
    text = json.dumps(example, ensure_ascii=False, indent=1) + "\n"
    same_as_file(text, EXAMPLE_OF_CODE / f"{code}.json")
