"""A real browser: the clerk's morning from the first click to the issued bulletin, by keyboard and without a network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gaigai_cli.render.papers import bulletin_html
from gaigai_cli.work.directory import Directory
from tests.render.bulletins import monthly
from tests.transcript import EXAMPLE
from tests.web.client import NOW, Page
from tests.web.test_records import recorded

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

# The shell draws the same and takes half the processor's time.
BROWSER = "chromium-headless-shell" if shutil.which("chromium-headless-shell") else "chromium"
pytestmark = [
    pytest.mark.usefixtures("ready"),
    pytest.mark.external(BROWSER),
    pytest.mark.thorough,
]

PICTURE = Path(__file__).parents[2] / "docs/pictures/今日.png"
PAGES = (
    "/", "/清单", "/清单?分组=单位&亮灯=黄", "/事项/16.2", "/单位", "/单位/县住建局", "/催报",
    "/通报?month=2024-06", "/通报?month=2024-06&比较=1", "/看板", "/往来", "/核查", "/收表", "/登记/进展?item=7.1&unit=县住建局",
    "/登记/议定事项", "/登记/阶段节点?item=14.1",
)  # fmt: skip


@contextmanager
def served(
    data: Path, home: Path, port: int | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The page as somebody starts it, and the address that it tells."""
    words = [sys.executable, "-m", "gaigai_cli", "--data", str(data), "page", "--no-browser"]
    words += ["--port", str(port)] if port else []
    settings = {"GAIGAI_NOW": f"{NOW:%Y-%m-%dT%H:%M:%S}", "XDG_CONFIG_HOME": str(home)}
    process = subprocess.Popen(
        words, env=os.environ | settings, stderr=subprocess.PIPE, encoding="utf-8"
    )
    try:
        assert process.stderr is not None
        told = re.search(r"http\S+", process.stderr.readline())
        assert told is not None
        yield process, told[0]
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        program = shutil.which(BROWSER)
        found = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()


@contextmanager
def tab(browser: Browser, address: str, *, width: int = 1280, dies: bool = False) -> Iterator[Tab]:
    """A window of its own; whatever it asks of anybody else, or complains of, is an error.

    ``dies``: the server does, which is complained of.
    """
    wrong: list[str] = []
    root = address.partition("/start")[0]
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN")
    opened = context.new_page()
    opened.on("request", lambda r: None if r.url.startswith(root) else wrong.append(r.url))
    opened.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(address)
    opened.wait_for_url(f"{root}/")
    yield opened
    context.close()
    assert [w for w in wrong if not dies or w.startswith("http")] == []


def test_the_clerks_morning(
    page: Page, tmp_path: Path, browser: Browser, request: pytest.FixtureRequest
) -> None:
    home = page.person.parent.parent / "home"
    shutil.copytree(page.person.parent, home / "gaigai")
    before = set(Directory(page.data, NOW).ledger.by_record)
    with served(page.data, home) as (_, address), tab(browser, address) as window:
        if request.config.getoption("--update"):
            window.set_viewport_size({"width": 1120, "height": 700})
            window.screenshot(path=PICTURE, scale="css")
            window.set_viewport_size({"width": 1280, "height": 800})
        _verify(window)
        _report(window, tmp_path)
        _apply(window)
        _issue(window)
        _take_all_forms(window)
    new = [e.record for e in Directory(page.data, NOW).ledger.entries if e.record.id not in before]
    kinds = [("16.2", "申请销号"), ("16.2", "进展"), ("18.1", "核验销号")]
    assert sorted((r.item, r.kind) for r in new) == kinds
    assert (page.data.parent / "reports/issued/2024-06.docx").is_file()


# Nothing but the keyboard, and the address bar.


def _verify(window: Tab) -> None:
    """To the button, into the form, to the record."""
    _press(window, "核验销号")
    window.wait_for_selector("#record")
    window.keyboard.press("Escape")
    assert (window.locator("#record").count(), _focused(window)) == (0, "核验销号")
    window.keyboard.press("Enter")
    window.wait_for_selector("#record")
    _type(window, "summary", "同意销号。")
    window.keyboard.press("Enter")
    window.wait_for_selector(".answer >> text=登记后 18.1")
    _press(window, "登记")
    window.wait_for_selector(".answer.done >> text=已销号")


def _report(window: Tab, folder: Path) -> None:
    """A report for a unit, with a file; which file it is the browser's own window asks."""
    window.goto(window.evaluate("location.origin") + "/登记/进展?item=16.2&unit=县财政局")
    (folder / "拨付单.txt").write_text("示例", encoding="utf-8")
    _type(window, "summary", "已拨付")
    _type(window, "percent", "很多")
    window.keyboard.press("Enter")
    window.wait_for_selector(".answer >> text=代录方式：请选择。")
    assert (
        window.inner_text(".field:has([name=percent]) .wrong")
        == "“很多”写得不对。应写 0 到 100 的整数。"
    )
    _press(window, "完成百分比")  # the link to the field
    assert _focused(window, 0) == "percent"
    window.keyboard.press("Control+A")
    window.keyboard.insert_text("100")
    assert window.locator(".wrong").count() == 1
    window.check("[name=via][value=电话]")
    _press(window, "看看将登记什么")
    window.wait_for_selector(".answer >> text=已拨付")
    window.fill("[name=summary]", "已拨付。")
    assert window.locator(".answer").count() == 0, "what it showed isn't what would be recorded"
    window.set_input_files("[name=evidence_file]", folder / "拨付单.txt")
    window.wait_for_selector(".names >> text=拨付单.txt")
    _record(window, via="电话", seen="evidence/县财政局/拨付单.txt")


def _apply(window: Tab) -> None:
    window.goto(window.evaluate("location.origin") + "/登记/申请销号?item=16.2&unit=县财政局")
    _type(window, "evidence", "示例文号〔2024〕15号")
    _record(window, via="书面", seen="登记后 16.2")


def _record(window: Tab, *, via: str, seen: str) -> None:
    """Choose how it came, look at what would be recorded, record it."""
    _tab_to(window, "via")
    while not window.is_checked(f"[name=via][value={via}]"):
        window.keyboard.press("ArrowDown")
    _press(window, "看看将登记什么")
    window.wait_for_selector(f".answer >> text={seen}")
    _press(window, "登记")
    window.wait_for_selector(".answer.done")


def _issue(window: Tab) -> None:
    window.keyboard.press("Control+Home")
    _press(window, "通报")
    window.wait_for_selector("h1 >> text=2024年6月通报")
    _press(window, "签发")
    _type(window, "number", "示例发〔2024〕9号")
    _tab_to(window, "final")
    window.keyboard.press("Space")
    _press(window, "签发2024年6月通报")
    window.wait_for_selector(".answer.done >> text=已签发2024年6月通报")
    _press(window, "看2024年6月通报")
    window.wait_for_selector("small >> text=已签发")
    _press(window, "核对签发的通报")
    window.wait_for_selector("text=签发文件：一致")


def _take_all_forms(window: Tab) -> None:
    _press(window, "单位")
    window.wait_for_selector("h1 >> text=单位")
    with window.expect_download() as saved:
        _press(window, "下载全部")
    assert saved.value.suggested_filename == "2024年7月进展报送表.zip"


def _press(window: Tab, what: str) -> None:
    _tab_to(window, what)
    window.keyboard.press("Enter")


def _type(window: Tab, name: str, words: str) -> None:
    _tab_to(window, name)
    window.keyboard.insert_text(words)  # as an input method does


def _tab_to(window: Tab, what: str) -> None:
    """Press Tab until the focus is on what has these words or this name, and can be seen to have it."""
    for _ in range(150):
        window.keyboard.press("Tab")
        *focused, outline = window.evaluate(_FOCUSED)
        if what in focused:
            assert outline != "none", f"nobody sees that {what} has the focus"
            return
    raise AssertionError(f"{what} is not reached")


def _focused(window: Tab, which: int = 1) -> str:
    """The words of what has the focus, or its name."""
    return str(window.evaluate(_FOCUSED)[which])


_FOCUSED = """(() => {
  const on = document.activeElement;
  const seen = on.type === "file" ? on.parentNode : on;
  return [on.name || "", on.textContent.trim(), getComputedStyle(seen).outlineStyle];
})()"""


def test_what_was_typed_outlives_the_server_and_is_recorded_once(
    page: Page, browser: Browser
) -> None:
    home = page.person.parent.parent / "home"
    shutil.copytree(page.person.parent, home / "gaigai")
    form = "/登记/进展?item=16.2&unit=县财政局"
    with served(page.data, home) as (process, address):
        root = address.partition("/start")[0]
        port = int(root.rpartition(":")[2])
        with tab(browser, address, dies=True) as window:
            window.goto(root + form)
            window.fill("[name=summary]", "写了很久的话。")
            window.check("[name=via][value=书面]")
            window.click("text=看看将登记什么")
            window.wait_for_selector("#answer button.primary")
            process.kill()
            process.wait()
            window.click("#answer button.primary")
            window.wait_for_selector("text=程序没有回答")
            assert window.input_value("[name=summary]") == "写了很久的话。"
            with served(page.data, home, port) as (_, again):
                window.goto(again)
                window.wait_for_url(f"{root}/")
                window.goto(root + form)
                window.wait_for_selector("text=已恢复上次没有登记的填写")
                assert window.input_value("[name=summary]") == "写了很久的话。"
                assert window.is_checked("[name=via][value=书面]")
                once = window.input_value("[name=once]")
                window.click("text=看看将登记什么")
                window.click("#answer button.primary")
                window.wait_for_selector(".answer.done")
                window.goto(root + form)
                assert window.input_value("[name=summary]") == ""
                assert window.input_value("[name=once]") != once
    said = [e.record.summary for e in Directory(page.data, NOW).ledger.entries]
    assert said.count("写了很久的话。") == 1


def test_of_two_windows_the_later_is_asked_again_and_keeps_its_words(
    page: Page, browser: Browser
) -> None:
    home = page.person.parent.parent / "home"
    shutil.copytree(page.person.parent, home / "gaigai")
    with served(page.data, home) as (_, address), tab(browser, address) as first:
        form = address.partition("/start")[0] + "/登记/进展?item=16.2&unit=县财政局"
        second = first.context.new_page()
        for window, words in ((first, "先打开的。"), (second, "后打开的。")):
            window.bring_to_front()
            window.goto(form)
            window.fill("[name=summary]", words)
            window.check("[name=via][value=电话]")
        for window in (second, first):
            window.bring_to_front()  # a hidden window is drawn once a second
            window.click("text=看看将登记什么")
            window.wait_for_selector("#answer button.primary")
            if window is second:
                window.dblclick("#answer button.primary")  # records once
                window.wait_for_selector(".answer.done")
        told = first.inner_text("#answer [role=alert]")
        assert "您打开以后有了变化" in told
        assert first.input_value("[name=summary]") == "先打开的。"
        first.click("text=核对过了，仍然登记")
        first.wait_for_selector(".answer.done")
    said = [e.record.summary for e in Directory(page.data, NOW).ledger.entries]
    assert (said.count("后打开的。"), said.count("先打开的。")) == (1, 1)


def test_several_are_verified_together_or_each_where_it_stands(
    page: Page, browser: Browser
) -> None:
    recorded(page, "/登记/申请销号?item=16.2&unit=县财政局", evidence="财预〔2024〕9号", via="书面")
    home = page.person.parent.parent / "home"
    shutil.copytree(page.person.parent, home / "gaigai")
    with served(page.data, home) as (_, address), tab(browser, address) as window:
        window.click("tr:has-text('16.2') >> text=核验销号")
        window.wait_for_selector(".place #record")
        window.click("tr:has-text('18.1') >> text=退回补正")
        window.wait_for_selector(".place >> text=退回补正：18.1")
        assert window.locator("form#record").count() == 1
        window.fill("[name=reason]", "缺支付凭证。")
        window.click("text=看看将登记什么")
        window.wait_for_selector(".answer >> text=登记后 18.1")
        window.check("[aria-label='选择16.2']")
        window.check("[aria-label='选择18.1']")
        window.click("button[form^='several-'] >> text=核验销号")
        window.wait_for_selector("h1 >> text=核验销号：2项")
        window.click("text=看看将登记什么")
        window.click("#answer button.primary")
        window.wait_for_selector(".answer.done >> text=现在 18.1")
    directory = Directory(page.data, NOW)
    assert [directory.judged(i).state.status for i in ("16.2", "18.1")] == ["已销号"] * 2


def test_no_page_is_wider_than_a_telephone_and_the_board_is_one_sheet(
    page: Page, browser: Browser
) -> None:
    home = page.person.parent.parent / "home"
    shutil.copytree(page.person.parent, home / "gaigai")
    with served(page.data, home) as (_, address), tab(browser, address, width=390) as window:
        root = address.partition("/start")[0]
        for path in PAGES:
            window.goto(root + path)
            over = window.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, path
        window.goto(f"{root}/登记/进展?item=7.1&unit=县住建局")
        boxes = [window.locator(one).bounding_box() for one in (".now", "form#record")]
        now, form = (box for box in boxes if box)
        assert now["y"] + now["height"] <= form["y"]  # what it is about stands above
        window.goto(f"{root}/看板")
        printed = window.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_a_bulletin_asks_for_nothing_and_is_quiet(browser: Browser, tmp_path: Path) -> None:
    page, loud = tmp_path / "page.html", tmp_path / "loud.html"
    page.write_text(bulletin_html.bulletin(monthly(EXAMPLE, 12)), encoding="utf-8")
    words = '<img src="http://example.invalid/a.png"><script>console.error("loud")</script>'
    loud.write_text(f"<html>{words}</html>", encoding="utf-8")

    assert asked_and_said(browser, page) == ([], [])
    asked, said = asked_and_said(browser, loud)
    assert (asked, "loud" in said) == (["http://example.invalid/a.png"], True)


def asked_and_said(browser: Browser, file: Path) -> tuple[list[str], list[str]]:
    """What a file that is opened asks for besides itself, and what the console then says."""
    asked: list[str] = []
    said: list[str] = []
    with browser.new_context(offline=True).new_page() as opened:
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("console", lambda message: said.append(message.text))
        opened.goto(file.as_uri())
    return [url for url in asked if url != file.as_uri()], said
