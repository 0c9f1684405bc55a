"""The Word file: its text with the styles, the packaged template, and templates that an office has spoilt."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import gaigai_cli
from gaigai_cli.errors import GaigaiError
from gaigai_cli.render.papers import bulletin_docx
from tests.program import SameAsFile
from tests.render.bulletins import KEPT, monthly, opened, outline
from tests.transcript import EXAMPLE, SHIPPED
from tools.bulletin_template.package import form_template, template

PACKAGED = Path(gaigai_cli.__file__).parent / "templates" / "bulletin.docx"


@pytest.mark.parametrize(
    ("name", "of", "letterhead"),
    [
        ("shipped-06", (SHIPPED, 6), False),
        ("example-06", (EXAMPLE, 6), True),
        ("example-09", (EXAMPLE, 9), False),
        ("example-12", (EXAMPLE, 12), False),
    ],
)
def test_whole_text_with_styles(
    name: str, of: tuple[object, int], letterhead: bool, same_as_file: SameAsFile
) -> None:
    data = bulletin_docx.bulletin(monthly(*of), letterhead=letterhead)
    same_as_file(outline(data), KEPT / f"{name}.docx.txt")


@pytest.mark.parametrize("named", ["示例县示例办公室", "示例县示例办公室文件"])
def test_the_letterhead_ends_in_its_word_once(named: str) -> None:
    report = monthly(EXAMPLE, 6)
    imprint = replace(report.imprint, letterhead=named)
    data = bulletin_docx.bulletin(replace(report, imprint=imprint), letterhead=True)
    assert "示例县示例办公室文件" in [paragraph.text for paragraph in opened(data).paragraphs]


def test_the_packaged_templates_are_what_their_program_makes() -> None:
    assert template() == PACKAGED.read_bytes()
    assert form_template() == PACKAGED.with_name("form.docx").read_bytes()


def test_measures_of_the_standard() -> None:
    """GB/T 9704-2012, 5.2: type area 156 × 225 mm, 22 lines; 7.2 and 7.3: type sizes and faces."""
    document = opened(PACKAGED.read_bytes())
    first = document.sections[0]
    area = first.page_width - first.left_margin - first.right_margin  # type: ignore[operator]
    height = first.page_height - first.top_margin - first.bottom_margin  # type: ignore[operator]
    assert (round(area / 36000), round(height / 36000)) == (156, 225)

    looks = {}
    for style in document.styles:
        font = style.element.find(".//{*}rPr/{*}rFonts")
        size = style.element.find(".//{*}rPr/{*}sz")
        name = "" if font is None else next(v for k, v in font.items() if k.endswith("eastAsia"))
        looks[style.name] = (name, "" if size is None else size.values()[0])
    assert looks["公文标题"] == ("方正小标宋简体", "44")
    assert looks["Normal"] == ("", "32")
    assert looks["一级标题"] == ("黑体", "")
    assert looks["二级标题"] == ("楷体_GB2312", "")
    assert looks["版记"] == ("", "28")
    assert looks["页码（单页）"] == ("宋体", "28")
    spacing = document.styles["Normal"].element.find(".//{*}pPr/{*}spacing")
    line = int(next(value for key, value in spacing.items() if key.endswith("}line")))
    assert 22 * line <= height / 635 < 22 * (line + 1)


def changed(change: Callable[[str], str]) -> bytes:
    """The packaged template with another main part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(PACKAGED) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                text = content.decode("utf-8")
                assert change(text) != text
                content = change(text).encode("utf-8")
            new.writestr(name, content)
    return stream.getvalue()


def test_an_office_may_word_and_order_it_otherwise() -> None:
    """Word cuts a placeholder into runs as soon as somebody touches it."""

    def change(text: str) -> str:
        cut = '{{ 标</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">题 }}'
        return text.replace("{{ 标题 }}", cut).replace("附件：1.任务台账", "附件：任务台账等2件")

    made = opened(bulletin_docx.bulletin(monthly(EXAMPLE, 6), template=changed(change)))
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert "关于2024年6月工程建设项目审批制度改革\n工作任务落实情况的通报" in texts
    assert "附件：任务台账等2件" in texts


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{{ 标题 }}", "{{ 标提 }}", "模板中的占位符“标提”不能识别"),
        ("{{ 节.标题 }}", "{{ 节.标提 }}", "模板中的占位符“标提”不能识别"),
        ("{{ 主送机关 }}：", "{{ 主送 机关 }}：", "模板中的占位符写错了：“{{ 主送 机关 }}：”"),
        ("{%p endfor %}", "", "模板中的占位符写错了：“for”没有对应的“endfor”"),
        ("话 in 提示", "话 in [引言]", "模板中缺少占位符“提示”"),
        (
            "{{ 引言 }}",
            "{{ 引言.__class__ }}",
            "模板中有不允许的写法：access to attribute '__class__' of 'str' object is unsafe.",
        ),
        ("{{ 署名 }}", "{{ 署名 + 1 }}", "模板不能使用（TypeError）"),
    ],
)
def test_a_wrong_template_is_told_by_its_placeholder(old: str, new: str, message: str) -> None:
    with pytest.raises(GaigaiError) as caught:
        bulletin_docx.bulletin(
            monthly(EXAMPLE, 6), template=changed(lambda text: text.replace(old, new))
        )
    assert caught.value.message == message
    assert caught.value.remedy == "请改正模板 通报.docx 后再试；删去该模板则用程序自带的版式"


@pytest.mark.parametrize("data", [b"", b"PK", b"\xd0\xcf\x11\xe0 an old doc"])
def test_what_is_no_docx_is_no_template(data: bytes) -> None:
    with pytest.raises(GaigaiError, match="模板不能使用"):
        bulletin_docx.bulletin(monthly(EXAMPLE, 6), template=data)
