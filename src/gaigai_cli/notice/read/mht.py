"""Pages that a browser saved into one file (.mht, .mhtml): the page among its parts."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import MessageError

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice import limits


def page(data: bytes) -> bytes | str:
    """Return the page's HTML: as text where the file says how it is encoded.

    Raises ``GaigaiError`` where there is none.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        part = next(
            (part for part in message.walk() if part.get_content_type() == "text/html"), None
        )
        content = part.get_payload(decode=True) if part is not None else None
    except (MessageError, LookupError, ValueError) as error:
        raise limits.broken("mht") from error
    if not isinstance(content, bytes):
        raise GaigaiError("文件里没有网页", "请在浏览器中打开原网页，另存为 .html 后再导入")
    charset = part.get_content_charset() if part is not None else None
    try:
        return content.decode(charset) if charset else content
    except (LookupError, UnicodeDecodeError):
        return content
