"""Which format a file has, told by its content, and the reader for it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice import limits
from gaigai_cli.notice.document import Document, without_hidden
from gaigai_cli.words.pattern import regex

_CONVERT: Final = "请用 WPS 或 Word 打开，另存为 .docx 后再导入"
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF: Final = b"{\\rtf"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK: Final = "Workbook".encode("utf-16-le")
_BOOK: Final = "Book\0".encode("utf-16-le")
_WORD: Final = "WordDocument".encode("utf-16-le")
_MHT: Final = regex(
    rb"(?s)(?:[\w-]+:[^\n]*\r?\n[ \t]?)*?MIME-Version:.{0,2000}?multipart/(?:related|alternative|mixed)",
    re.I,
)
_HTML: Final = regex(r"<(?:!doctype\s+html|html|table|body)\b", re.IGNORECASE)
_OFFICE_XML: Final = regex(r"schemas-microsoft-com:office:spreadsheet|office/word/2003/wordml")
_ODF: Final = ("content.xml", "OFD.xml")


def read_document(data: bytes, name: str) -> Document:
    """Return the file's lines and tables.

    ``name`` is its file name, whose ending decides between formats of plain text.

    Raises ``GaigaiError`` for a format that can't be read, for a broken file and for one beyond the limits.
    """
    limits.check_size(len(data))
    _refuse(data)
    if data.startswith((_OLD, _RTF)):
        read = _old(data, name)
    elif data.lstrip()[:5] == b"%PDF-":
        from gaigai_cli.notice.read import pdf

        read = pdf.read(data)
    elif data.startswith(b"PK"):
        read = _package(data)
    else:
        read = _page_in_one_file(data, name) or _text(decoded(data), name)
    limits.check_text(map(len, read.texts))
    return without_hidden(read)


def _refuse(data: bytes) -> None:
    """Raise for what has to be converted first."""
    if not data.strip():
        raise GaigaiError("文件是空的", "请核对文件")
    if data.startswith(_OLD) and _ENCRYPTED in data:
        raise GaigaiError("文件有打开密码，不能读取", "请用办公软件打开，取消密码后另存")
    if data[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"GIF8"):
        raise GaigaiError("这是图片，不是文字", "请先用文字识别软件转为 .docx，逐格核对后再导入")


def _old(data: bytes, name: str) -> Document:
    """Return a file of the time before .docx and .xlsx."""
    ending = name.rpartition(".")[2].lower()
    old = data.startswith(_OLD)
    if (
        old
        and _WORD not in data
        and (ending in ("xls", "et") or _WORKBOOK in data or _BOOK in data)
    ):
        from gaigai_cli.notice.read import xls

        return xls.read(data)
    from gaigai_cli.notice.read import convert

    made = convert.as_docx(data, "rtf" if not old else "wps" if ending == "wps" else "doc")
    if made is None:
        kind = "旧版文档（.doc、.wps）" if old else " RTF 文档"
        raise GaigaiError(f"这是{kind}，本机没有能转换它的 LibreOffice", _CONVERT)
    return _package(made)


def _page_in_one_file(data: bytes, name: str) -> Document | None:
    """Return a page that a browser saved with all its parts, or a mail that is one; None for other files."""
    ending = name.rpartition(".")[2].lower()
    if ending not in ("mht", "mhtml", "eml") and not _MHT.match(data[:4000]):
        return None
    from gaigai_cli.notice.read import html

    page = html.page_among_parts(data)
    return html.read(decoded(page) if isinstance(page, bytes) else page)


def _package(data: bytes) -> Document:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = frozenset(package.namelist())
    except Exception as error:  # whatever zipfile makes of damaged bytes
        raise GaigaiError("文件已损坏，不能打开", "请重新获取，或用办公软件打开后另存") from error
    if "word/document.xml" in names:
        from gaigai_cli.notice.read import docx

        limits.check_package(data, "docx")
        return docx.read(data)
    if "xl/workbook.xml" in names:
        from gaigai_cli.notice.read import xlsx

        limits.check_package(data, "xlsx")
        return xlsx.read(data)
    if names & set(_ODF):
        raise GaigaiError("这是 OpenDocument 或 OFD 文件", "请另存为 .docx 或 .xlsx 后再导入")
    raise GaigaiError("压缩包里没有 Word 或 Excel 文档", "请解压后导入其中的 .docx 或 .xlsx 文件")


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or GB18030.

    Raises ``GaigaiError`` where it is in none.
    """
    if len(data) > limits.MAX_TEXT:
        raise limits.TooLargeError(f"大于{limits.MAX_TEXT // 2**20}MB")
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            if text.count("\n") > limits.MAX_LINES:
                raise limits.TooLargeError(f"多于{limits.MAX_LINES}行")
            return text
    raise GaigaiError(
        "文件不是文字，或文字编码不能识别", "请另存为 UTF-8 编码的文本，或 .docx、.xlsx 后再导入"
    )


def _encodings(data: bytes) -> tuple[str, ...]:
    """Return the encodings that a text may have; one of two bytes a character shows in its line ends, mark or none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    if b"\n\0" in data or b"\0\n" in data:
        return ("utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be",)
    return ("utf-8-sig", "gb18030")


def _text(text: str, name: str) -> Document:
    from gaigai_cli.notice.read import html
    from gaigai_cli.notice.read import text as plain

    ending = name.rpartition(".")[2].lower()
    if _OFFICE_XML.search(text[:4000]):
        return html.read(html.of_office_xml(text))
    if ending in ("html", "htm", "xhtml") or (ending != "md" and _HTML.search(text[:4000])):
        return html.read(text)
    if ending == "csv":
        return plain.read_csv(text)
    if ending in ("md", "markdown") or plain.is_markdown(text):
        return plain.read_markdown(text)
    return plain.read(text)
