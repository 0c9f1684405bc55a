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

from gaigai_cli.work.directory import Directory
from tests.web.client import NOW, Page
from tests.web.test_records import recorded

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

PICTURE = Path(__file__).parents[2] / "docs/pictures/今日.png"
PAGES = (
    "/", "/清单", "/清单?分组=单位&亮灯=黄", "/事项/16.2", "/单位", "/单位/县住建局", "/催报",
    "/通报?month=2024-06", "/看板", "/往来", "/核查", "/收表", "/登记/进展?item=7.1&unit=县住建局",
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


@pytest.fixture
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        program = shutil.which("chromium")
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


@pytest.mark.external("chromium")
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
        _verify_by_keyboard(window)
        _enter_with_a_file(window, tmp_path)
        _issue(window, page.data)
    new = [e.record for e in Directory(page.data, NOW).ledger.entries if e.record.id not in before]
    assert sorted((r.item, r.kind) for r in new) == [("16.2", "进展"), ("18.1", "核验销号")]
    assert (page.data.parent / "reports/issued/2024-06.docx").is_file()


def _verify_by_keyboard(window: Tab) -> None:
    """Nothing but the keyboard: to the button, into the form, to the record."""
    _tab_to(window, "核验销号")
    window.keyboard.press("Enter")
    window.wait_for_selector("#record")
    _tab_to(window, "summary")
    window.keyboard.type("同意销号。")
    window.keyboard.press("Enter")
    window.wait_for_selector(".answer >> text=登记后 18.1")
    _tab_to(window, "登记")
    window.keyboard.press("Enter")
    window.wait_for_selector(".answer.done >> text=已销号")


def _tab_to(window: Tab, what: str) -> None:
    """Press Tab until the focus is on what has these words or this name."""
    for _ in range(60):
        window.keyboard.press("Tab")
        focused = window.evaluate(
            "[document.activeElement.name || '', document.activeElement.textContent.trim()]"
        )
        if what in focused:
            return
    raise AssertionError(f"{what} is not reached")


def _enter_with_a_file(window: Tab, folder: Path) -> None:
    window.goto(window.evaluate("location.origin") + "/登记/进展?item=16.2&unit=县财政局")
    (folder / "拨付单.txt").write_text("示例", encoding="utf-8")
    window.fill("[name=summary]", "已拨付。")
    window.set_input_files("[name=evidence_file]", folder / "拨付单.txt")
    window.wait_for_selector(".names >> text=拨付单.txt")
    window.check("[name=via][value=电话]")
    window.click("text=看看将登记什么")
    window.wait_for_selector(".answer >> text=evidence/县财政局/拨付单.txt")
    window.click("#answer button.primary")
    window.wait_for_selector(".answer.done")


def _issue(window: Tab, data: Path) -> None:
    window.click("nav >> text=通报")
    window.click("summary >> text=签发")
    window.fill("[name=number]", "示例发〔2024〕9号")
    window.check("[name=final]")
    window.click("text=签发2024年6月通报")
    window.wait_for_selector(".answer.done >> text=已签发2024年6月通报")
    window.click("text=看2024年6月通报")
    window.click("text=核对签发的通报")
    window.wait_for_selector("text=签发文件：一致")


@pytest.mark.external("chromium")
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


@pytest.mark.external("chromium")
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
        window.click("text=一并核验勾选的")
        window.wait_for_selector("h1 >> text=核验销号：2项")
        window.click("text=看看将登记什么")
        window.click("#answer button.primary")
        window.wait_for_selector(".answer.done >> text=现在 18.1")
    directory = Directory(page.data, NOW)
    assert [directory.judged(i).state.status for i in ("16.2", "18.1")] == ["已销号"] * 2


@pytest.mark.external("chromium")
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
        window.goto(f"{root}/看板")
        printed = window.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
