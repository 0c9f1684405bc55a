"""A fingerprint in every file that is written, which tells whether a hand has edited the file since.

In text (md, html) it is a comment in the last line; in a docx or xlsx it is the document's identifier, made from all
other parts.
"""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

_TEXT = re.compile(r"\n<!-- gaigai ([0-9a-f]{16}) -->\n\Z")

_PROPERTIES = "docProps/core.xml"
_IDENTIFIER = re.compile(
    rb"<dc:identifier[^>]*?(?:/>|>(?:gaigai ([0-9a-f]{16})|[^<]*)</dc:identifier>)"
)
_END = b"</cp:coreProperties>"
_LEVEL: Final = 6
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What reading a file that is no sound package raises."""


def with_fingerprint(text: str) -> str:
    """Return the text with a last line from which ``is_untouched`` can tell later edits."""
    return f"{text}\n<!-- gaigai {_digest(text.encode())} -->\n"


def is_untouched(text: str) -> bool:
    """Return whether a file is as it was written; line ends that git or an editor changed don't count."""
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    found = _TEXT.search(text)
    return found is not None and _digest(text[: found.start()].encode()) == found[1]


def sealed(
    package: bytes, changed: Callable[[str, bytes], bytes] = lambda name, content: content
) -> bytes:
    """Return a docx or xlsx with its fingerprint; the same parts give the same parts on every machine.

    ``changed`` makes of each part, by its name, what is written.

    Parts keep their order and bear no time. They are compressed with one level; what compression makes of the same
    bytes depends on the machine's library, so compare files by ``digest``.
    """
    parts = {name: changed(name, content) for name, content in _parts(package).items()}
    properties = _IDENTIFIER.sub(b"", parts[_PROPERTIES])
    mark = (
        '<dc:identifier xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"gaigai {_digest_of(parts)}</dc:identifier>"
    )
    parts[_PROPERTIES] = properties.replace(_END, mark.encode() + _END)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name)
            member.create_system = 0
            archive.writestr(member, content, zipfile.ZIP_DEFLATED, _LEVEL)
    return stream.getvalue()


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's content: of a docx or xlsx over its parts' names and contents, else its bytes."""
    try:
        return _told(_parts(data))
    except BROKEN:
        return hashlib.sha256(data).hexdigest()


def is_sealed(package: bytes) -> bool:
    """Return whether a docx or xlsx is as it was written.

    Whatever saves one anew, Word, WPS or Excel, changes its parts.
    """
    try:
        parts = _parts(package)
    except BROKEN:
        return False
    found = _IDENTIFIER.search(parts.get(_PROPERTIES, b""))
    mark = found[1] if found else None
    return mark is not None and mark.decode() == _digest_of(parts)


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _digest_of(parts: dict[str, bytes]) -> str:
    """Return the digest of every part but the properties, which hold it."""
    return _told({n: content for n, content in parts.items() if n != _PROPERTIES})[:16]


def _told(parts: dict[str, bytes]) -> str:
    """Return the SHA-256 of parts with their names and lengths, which keep contents apart."""
    told = hashlib.sha256()
    for name, content in sorted(parts.items()):
        told.update(f"{name}\n{len(content)}\n".encode())
        told.update(content)
    return told.hexdigest()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
