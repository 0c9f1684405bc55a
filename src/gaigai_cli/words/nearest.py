"""Words as a person types them: without what keyboards add, and the nearest known one where a word isn't known."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of ``words`` most like ``word``, None where none is like it."""
    found = get_close_matches(word, list(words), n=1, cutoff=0.5)
    return found[0] if found else None


def meant(word: str, words: Iterable[str]) -> str:
    """The remedy's opening for a word that isn't known: which one was probably meant, or nothing."""
    found = nearest(word, words)
    return f"是否要写“{found}”？" if found else ""


def plain(text: str) -> str:
    """Return the text without blanks around it, full-width letters and digits as usual ones."""
    return unicodedata.normalize("NFKC", text).strip()
