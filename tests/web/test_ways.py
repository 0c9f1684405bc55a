"""What refusals and remedies name of the command line, as the page says it."""

import ast
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

import gaigai_cli
from gaigai_cli.web.ways import here
from tests.web.client import Page, plain

HAN = re.compile("[\u4e00-\u9fff]")
COMMAND = re.compile(r"gaigai\b")
ELSEWHERE = frozenset({"archive", "export", "git-setup", "import", "init", "page", "schema", "score", "status"})  # fmt: skip
"""Commands that sentences name, and that only the terminal has."""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("运行 gaigai check 查看全部问题", '打开<a href="/核查">“核查”页</a>查看全部问题'),
        ("运行 gaigai show 16.2 查看记录经过", '打开<a href="/事项/16.2">事项16.2</a>查看记录经过'),
        ("亮点是单位报送的进展，见 gaigai show", '亮点是单位报送的进展，见<a href="/清单">事项的页面</a>'),
        ("请在 gaigai form 发出的原文件里填写", '请在<a href="/单位">“单位”页</a>发出的原文件里填写'),
        ("请用 gaigai form 重新出表", '请在<a href="/单位">“单位”页</a>重新出表'),
        ("办结后运行 gaigai done 16.2 申请销号", '办结后点<a href="/登记/申请销号?item=16.2">“申请销号”</a>'),
        ("要撤回请用 gaigai extend 16.2 --take-back", '要撤回请用<a href="/登记/撤回申请?item=16.2&of=申请延期">“撤回申请延期”</a>'),
        ("等县工改办核验（gaigai verify 16.2）", '等县工改办核验（点<a href="/登记/核验销号?item=16.2">“核验销号”</a>）'),
        ("由其用 gaigai correct 更正", "由其用记录旁的“更正”"),
        ("请用 gaigai correct 20240703-111037-0be71fb7 --void 作废", '请用<a href="/更正/20240703-111037-0be71fb7">记录旁的“更正”</a>作废'),
        ("请运行 gaigai sync 一并提交", '请点<a href="/往来">“往来”页的“同步”</a>一并提交'),
        ("先撤回：gaigai report --withdraw 2024-06；", '先撤回：点<a href="/通报?month=2024-06">“撤回签发”</a>；'),
        ("请用 gaigai report --issue --revoke 理由 签发新的", '请用<a href="/通报">“撤销后重新签发”</a>签发新的'),
        ("请写 --reply-by，或在 rules.yaml 的 calendar 中写明", "请写“反馈时限”，或在 rules.yaml 的 calendar 中写明"),
        ("确要签发的请加 --force", "确要签发的请勾选“确认”"),
        ("请去掉 --revoke", "请清空“撤销的理由”"),
        ("请运行 git fetch --unshallow", "请运行 git fetch --unshallow"),
        ("请运行 gaigai git-setup 恢复", "请运行 gaigai git-setup 恢复（要用命令行，请找管理这台电脑的人）"),
        ("“<b>”\u202e不是单位", "“&lt;b&gt;”\ufffd不是单位"),
    ],
)  # fmt: skip
def test_commands_are_said_as_places_of_the_page(words: str, said: str) -> None:
    assert unquote(str(here(words))).replace("&amp;", "&") == said


def test_every_command_that_a_sentence_names_is_found_on_the_page() -> None:
    root = Path(gaigai_cli.__file__).parent
    left: dict[str, str] = {}
    for file in sorted(root.rglob("*.py")):
        if file.relative_to(root).parts[0] == "cli":
            continue
        text = file.read_text(encoding="utf-8")
        # Most files name no command, and parsing them all takes half a second.
        for words in _sentences(ast.parse(text)) if COMMAND.search(text) else ():
            said = unescape(re.sub("<[^>]+>", "", str(here(words))))
            for command in re.findall(r"gaigai ([a-z][a-z-]*)", said):
                if command not in ELSEWHERE:
                    left[words] = said
    assert left == {}


def _sentences(tree: ast.AST) -> list[str]:
    """Texts with Chinese, 16.2 for what is put into them; without docstrings."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = list(ast.walk(tree))
    apart = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
    }
    found = []
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            apart |= {id(part) for part in node.values}
            pieces = [p.value if isinstance(p, ast.Constant) else "16.2" for p in node.values]
            found.append("".join(map(str, pieces)))
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart
        ):
            found.append(node.value)
    return [words for words in found if HAN.search(words)]


def test_a_refusal_shows_the_way_out_on_the_page(page: Page) -> None:
    form = page.form("/登记/不予延期?item=18.1")
    answer = page.send(form, "preview", basis="专题会议（2024-07-10）", approved_by="示例丙")
    assert '<a href="/%E4%BA%8B%E9%A1%B9/18.1">事项18.1</a>' in answer, answer
    page.be("示例乙", "县财政局")
    refused = plain(page.text("/登记/核验销号?item=18.1", 400))
    assert "核验销号由县工改办办理，本机设定的单位是县财政局" in refused, refused
    assert "单位的进展和申请用“报进展”、“申请销号”、“申请延期”登记" in refused, refused
    assert "gaigai" not in refused
