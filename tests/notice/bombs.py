"""Files that anybody can make and that would keep a careless reader busy; run as a program it reads each.

Each is read by a process of its own, which the system ends after 5 seconds of the processor or at 1.5 GB: far more
than any needs, far less than one takes that is read in time that grows with the square of its size.
"""

import io
import os
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice.answers import Answers
from gaigai_cli.notice.draft import make_draft
from gaigai_cli.notice.formats import read_document
from gaigai_cli.notice.limits import MAX_UNPACKED

SECONDS: Final = 5
BYTES: Final = 3 * 2**29
RUNS: Final = (
    *" \t　\xa0（）()1１-—.、#|*_`<>[\\，；：年月日一十县局\"“★&%/@第由",
    "1、", "1.", "一、", "（一）", "6月", "2024年", "县甲局、", "甲，", "| - ", "**a ", "__a__", "（）", "》《",
    "<br>", "<p>", "</p>", "<b>", "</b>", "<td>", "<table>", "<!--", "<a ", "<a '", "</", "<!", "<?", "<![", "&#1",
    "等部门", "底前", "由县甲局牵头",
)  # fmt: skip
HEAD: Final = ("序号", "工作内容", "责任单位", "完成时限")
LONGEST: Final = (9_000, 4_900, 900)
"""Characters that any cell, one that names units and one that says when may have, and still be read."""


def _run(sign: str, length: int) -> str:
    return sign * (length // len(sign))


def _texts(run: str) -> Iterator[tuple[str, str]]:
    """A file of each text format in which a run of a sign stands wherever one can: its name, its text."""
    yield "x.txt", run
    yield "x.csv", f"{','.join(HEAD)}\n1,{run},{run},{run}\n"
    rule = "| --- | --- | --- | --- |"
    table = f"| {' | '.join(HEAD)} |\n{rule}\n| 1 | {run} | {run} | {run} |"
    yield "x.md", f"# 通知{run}\n\n{table}\n"
    cells = "".join(f"<th>{head}" for head in HEAD)
    yield "x.html", f"<p>{run}<table><tr>{cells}<tr><td>1<td>{run}<td>{run}</table>"


def _saved_page(depth: int, pictures: int = 0) -> str:
    """A page among parts, such as a browser saves, that lies so deep in them."""
    heads = "".join(
        f'Content-Type: multipart/related; boundary="b{number}"\n\n--b{number}\n'
        for number in range(depth)
    )
    others = "Content-Type: image/png\n\nx\n--b0\n" * pictures
    page = "Content-Type: text/html\n\n<p>x</p>" + "\n-" * 500_000
    return f"MIME-Version: 1.0\n{heads}{others}{page}"


def _read_runs(signs: Sequence[str]) -> None:
    """Runs of these signs in every format, far longer than anything that is taken."""
    for sign in signs:
        for name, text in _texts(f"{_run(sign, 12_500)}x"):
            _read(f"{name} {sign!r}", name, text.encode())


def _draft_runs(sign: str) -> None:
    """Runs of a sign in paragraphs and cells that are as long as can be."""
    what, who, when = (_run(sign, length).strip() for length in LONGEST)
    for text in (
        f"1、工作{what}x\n牵头单位：{who}x\n完成时限：{when}x\n2、工作。（{what}x）\n",
        f"1、工作。牵头单位：{who}，{when}x\n2、工作。由{who}牵头，{when}完成\n",
        "\t".join(HEAD) + f"\n1\t{what}x\t{who}x\t{when}x\n2\t1.{what}\t{who}\t{when}",
    ):
        _draft(sign, "x.txt", text.encode())


def _read(what: str, name: str, data: bytes) -> None:
    try:
        read_document(data, name)
    except GaigaiError:
        return
    except Exception as error:
        raise AssertionError(what) from error


def _draft(what: str, name: str, data: bytes) -> None:
    try:
        make_draft(read_document(data, name), Answers())
    except GaigaiError:
        return
    except Exception as error:
        raise AssertionError(what) from error


W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _zip(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def _docx(body: str, declared: str = "") -> bytes:
    text = f'{declared}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return _zip({"word/document.xml": text})


def _xlsx(sheet: str, others: str = "") -> bytes:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    package = "http://schemas.openxmlformats.org/package/2006"
    return _zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{relation}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><sheetData>{sheet}</sheetData>{others}</worksheet>',
        }
    )


def _nested(tag: str, depth: int) -> str:
    return f"<{tag}>" * depth + f"</{tag}>" * depth


ROW: Final = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
WIDE: Final = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="190000"/></w:tcPr><w:p/></w:tc></w:tr>'
LAUGHS: Final = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "甲" * 100}">' for n in range(12)
)
GROUPS: Final[dict[str, Callable[[], None]]] = {
    **{f"runs {at}": partial(_read_runs, RUNS[at::4]) for at in range(4)},
    **{
        f"long cells {sign!r}": partial(_draft_runs, sign)
        for sign in ("1、", "年", "甲，", "（", "\n", "6月，")
    },
    "lines twice": partial(
        _draft, "twice", "x.txt", "".join(f"第{n % 1_500}行文字\n" for n in range(3_000)).encode()
    ),
    "units in sentences": partial(
        _draft, "units", "x.txt", ("1、{0}\n2、{0}\n".format("县甲局、" * 2_000)).encode()
    ),
    "labels of one item": partial(
        _draft,
        "labels",
        "x.txt",
        "".join(
            ("1、工作。\n责任单位：县甲局\n", *map("整改目标：甲{}。\n".format, range(7_000)))
        ).encode(),
    ),
    "blanks in a heading": partial(
        _draft,
        "blanks",
        "x.csv",
        f"{','.join(HEAD)}\n县甲局{' ' * 9_000}县乙局,,,\n1,工作,县丙局,".encode(),
    ),
    "lines in a cell of units": partial(
        _draft,
        "lines",
        "x.csv",
        f'{",".join(HEAD)}\n1,工作,"县甲局{chr(10) * 4_900}县乙局",6月底'.encode(),
    ),
}
CASES: Final[dict[str, tuple[str, Callable[[], str | bytes]]]] = {
    "lines": ("x.txt", lambda: "\n" * 5_000_000 + "x"),
    "rows": ("x.csv", lambda: "a,b\n" * 1_000_000),
    "commas": ("x.csv", lambda: "," * 2_000_000),
    "many tables": ("x.md", lambda: ("|" + "a|" * 450 + "\n|" + "-|" * 450 + "\n" + "|a|\n" * 450 + "\n") * 50),
    "tabs": ("x.txt", lambda: ("a\t" * 450 + "\n" + "a\tb\n" * 450 + "\n") * 50),
    "page of nested parts": ("x.mht", lambda: _saved_page(200)),
    "page of many parts": ("x.mht", lambda: _saved_page(1, 30_000)),
    "deep html": ("x.html", lambda: "<html>" + _nested("div", 500_000)),
    "deep tables": ("x.html", lambda: "<html>" + "<table><tr><td>" * 200_000),
    "bold": ("x.html", lambda: "<html>" + "<b>a" * 500_000),
    "closing": ("x.html", lambda: "<html>" + "<b>" * 300_000 + "</i>" * 300_000),
    "breaks": ("x.html", lambda: "<html><table><tr><td>" + "a<br>" * 500_000),
    "paragraphs": ("x.html", lambda: "<html>" + "<p>" * 1_000_000),
    "spans": ("x.html", lambda: "<html>" + "<table><tr><td rowspan=900 colspan=200>a</table>" * 1_000),
    "wide rows": ("x.html", lambda: "<html><table>" + "<tr><td colspan=900000>a" * 1_000),
    "character": ("x.html", lambda: f"<html>&#{'1' * 100_000};"),
    "attributes": ("x.html", lambda: "<html><p " + "a=b " * 50_000 + ">"),
    "empty paragraphs": ("x.docx", lambda: _docx("<w:p/>" * 1_000_000)),
    "many empty paragraphs": ("x.docx", lambda: _docx("<w:p/>" * 50_000)),
    "runs in one": ("x.docx", lambda: _docx("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 80_000 + "</w:p>")),
    "insertions": ("x.docx", lambda: _docx("<w:p>" + "<w:ins><w:r><w:t>a</w:t></w:r></w:ins>" * 30_000 + "</w:p>")),
    "deep docx": ("x.docx", lambda: _docx(_nested("w:sdt", 100_000))),
    "nested tables": ("x.docx", lambda: _docx("<w:tbl><w:tr><w:tc>" + "<w:tbl/>" * 30_000 + "</w:tc></w:tr></w:tbl>")),
    "wide cells": ("x.docx", lambda: _docx("<w:tbl>" + WIDE * 10_000 + "</w:tbl>")),
    "wide tables": ("x.docx", lambda: _docx(f"<w:tbl>{WIDE}</w:tbl>" * 10_000)),
    "laughs": ("x.docx", lambda: _docx("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", f"<!DOCTYPE x [{LAUGHS}]>")),
    "blank rows": ("x.xlsx", lambda: _xlsx("<row/>" * 1_000_000)),
    "many rows": ("x.xlsx", lambda: _xlsx("".join(f'<row r="{n}"/>' for n in range(1, 50_000)) )),
    "merged": ("x.xlsx", lambda: _xlsx(ROW, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
    "merged columns": ("x.xlsx", lambda: _xlsx(ROW, '<mergeCells><mergeCell ref="A:XFD"/></mergeCells>')),
    "far cell": ("x.xlsx", lambda: _xlsx(ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "diagonal": ("x.xlsx", lambda: _xlsx("".join(f'<row r="{n}"><c r="{a}{b}{n}"><v>1</v></c></row>' for n, (a, b) in enumerate(product("ABCDEFGHIJKLMNOPQRSTUVW", repeat=2), start=1)))),
    "laughing sheet": ("x.xlsx", lambda: _zip({"xl/workbook.xml": f"<!DOCTYPE x [{LAUGHS}]><x>&l11;</x>"})),
    "unpacked": ("x.xlsx", lambda: _zip({"xl/workbook.xml": "<x>" * (MAX_UNPACKED // 3 + 1)})),
}  # fmt: skip


def _try(name: str) -> None:
    if name in GROUPS:
        GROUPS[name]()
    else:
        file, make = CASES[name]
        data = make()
        _read(name, file, data.encode() if isinstance(data, str) else data)


def _load() -> None:
    """What reads each format is imported before there are processes, of which each would import it."""
    for name, data in (
        ("x.txt", "1、工作。责任单位：县甲局。完成时限：6月底".encode()),
        ("x.csv", f"{','.join(HEAD)}\n1,工作,县甲局,6月底".encode()),
        ("x.md", b"# a"),
        ("x.html", b"<p>a"),
        ("x.docx", _docx("<w:p/>")),
        ("x.xlsx", _xlsx(ROW)),
    ):
        _draft("one of each", name, data)


def main() -> None:
    """Read each case in a process of its own, and print what each came to."""
    import resource

    _load()
    for name in sys.argv[1:] or (*GROUPS, *CASES):
        process = os.fork()
        if process == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
            try:
                _try(name)
            except BaseException as error:
                print(name, repr(error), repr(error.__cause__), file=sys.stderr, flush=True)  # noqa: T201
                os._exit(1)
            os._exit(0)
        _, status, used = os.wait4(process, 0)
        print(name, status, f"{used.ru_utime + used.ru_stime:.1f}s", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
