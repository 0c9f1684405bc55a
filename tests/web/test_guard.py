"""Nobody else gets in: each rule by a request that must fail."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from starlette.websockets import WebSocketDisconnect

from gaigai_cli.forms import read
from gaigai_cli.web import app, guard
from gaigai_cli.web.guard import HOST, MAX_BYTES, Secret
from gaigai_cli.web.visit import AFTER_BEAT, AFTER_LAST, Windows, file_answer
from tests.web.client import PORT, Page, plain

ALL = (
    "/", "/清单", "/清单.csv", "/事项/16.2", "/单位", "/看板", "/看板.html", "/通报", "/催报", "/核查",
    "/往来", "/我", "/收表", "/登记/进展?item=16.2", "/static/gaigai.css", "/没有",
    "/报送表.zip", "/progress?job=1", "/通报/2024-06/核对函?unit=县财政局", "/通报/2024-06/归档.zip",
)  # fmt: skip


@pytest.fixture
def stranger(data: Path, tmp_path: Path) -> Page:
    return Page(data, tmp_path / "person.json", started=False)


def test_without_the_cookie_there_is_nothing(stranger: Page) -> None:
    for address in ALL:
        answer = stranger.client.get(address)
        assert (answer.status_code, answer.text) == (403, guard.REFUSED), address
        assert stranger.client.post(address).status_code == 403, address


def test_the_key_is_good_once_and_a_wrong_one_never(stranger: Page) -> None:
    key = stranger.office.secret.key
    assert stranger.client.get("/start", params={"key": key[:-1]}).status_code == 403
    assert stranger.client.get("/start").status_code == 403
    first = stranger.client.get("/start", params={"key": key})
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert key not in cookie
    stranger.client.cookies.clear()
    assert stranger.client.get("/start", params={"key": key}).status_code == 403
    assert stranger.client.get("/").status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"localhost:{PORT}", ""]
)
def test_another_name_for_this_pc_is_refused(page: Page, host: str) -> None:
    """DNS rebinding: the browser sends the other site's name."""
    assert page.client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", f"http://{HOST}:1", f"https://{HOST}:{PORT}"]
)
def test_another_site_sends_nothing(page: Page, origin: str) -> None:
    form = page.form("/登记/核验销号?item=18.1")
    fields = {**form.fields, "step": "write"}
    sent = page.client.post(form.address, data=fields, headers={"origin": origin})
    assert sent.status_code == 403
    del page.client.headers["origin"]
    assert page.client.post(form.address, data=fields).status_code == 403
    assert page.office.directory().judged("18.1").state.status == "待核验"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_loads_nothing(page: Page, site: str) -> None:
    assert page.client.get("/看板", headers={"sec-fetch-site": site}).status_code == 403


def test_a_form_needs_its_own_token(page: Page) -> None:
    form = page.form("/登记/核验销号?item=18.1")
    other = page.form("/我")
    for token in ("", "0" * 64, str(other.fields["token"])):
        fields = {**form.fields, "step": "write", "token": token}
        assert page.client.post(form.address, data=fields).status_code == 403
    assert page.office.directory().judged("18.1").state.status == "待核验"


def test_nothing_is_done_without_a_token(page: Page) -> None:
    before = sorted(page.data.parent.rglob("*"))
    for path, *_ in app._ACTIONS:
        address = path.format(kind="核减", record="x", period="2024-06", unit="县财政局")
        sent = page.client.post(address, data={"token": "0" * 64}, files={"a": b"x"})
        assert (sent.status_code, "没有受理" in sent.text) == (403, True), address
    assert sorted(page.data.parent.rglob("*")) == before


def test_every_answer_keeps_out_what_is_from_elsewhere_and_tells_no_secret(page: Page) -> None:
    secret = page.office.secret
    cookie = page.client.cookies[secret.name]
    for address in (*ALL, "/start?key=x"):
        answer = page.client.get(address)
        assert secret.key not in answer.text
        assert cookie not in answer.text
        headers = answer.headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cross-origin-resource-policy"] == "same-origin"


def test_pages_have_no_script_or_style_of_their_own(page: Page) -> None:
    for address in ALL[:1] + ALL[3:14]:
        text = page.client.get(address).text
        if (
            text.startswith("<!doctype html>")
            and "board_file" not in address
            and ".html" not in address
        ):
            assert "<script>" not in text
            assert "<style" not in text
            assert " style=" not in text
            assert " onclick" not in text
            assert "http://" not in text.replace("http://www.w3.org", "")


def test_a_socket_is_refused_and_a_refused_line_is_closed(page: Page, stranger: Page) -> None:
    with pytest.raises(WebSocketDisconnect), page.client.websocket_connect("/"):
        pass
    assert stranger.client.get("/").headers["connection"] == "close"
    assert page.client.get("/").headers.get("connection") != "close"


def test_a_file_is_saved_under_no_name_that_looks_like_another() -> None:
    named = file_answer(b"", "\u202efdp.exe\r\nX: y").headers["content-disposition"]
    assert "%E2%80%AE" not in named  # what turns the words round
    assert "\n" not in named


def test_hostile_files_are_told_or_saved_and_never_shown(page: Page) -> None:
    """What a unit sends as evidence: only what begins as its ending says is shown, and that in a sandbox."""
    form = page.form("/登记/进展?item=16.2&unit=县财政局")
    sent = {
        "图.svg": b"<svg onload=alert(1)>",
        "页.html": b"<script>",
        "假.pdf": b"<html>",
        "假.png": b"MZ",
    }
    files = [("evidence_file", item) for item in sent.items()]
    said = page.send(form, "write", files, summary="示例。", via="书面")
    assert "已登记" in said
    addresses = re.findall(r'href="(/%E4%BD%90%E8%AF%81/[^"]+)"', page.text("/事项/16.2"))
    assert len(addresses) == len(sent)
    for address in addresses:
        headers = page.client.get(address).headers
        assert headers["content-type"] == "application/octet-stream"
        assert headers["content-disposition"].startswith("attachment")
    for name in ("../../x.txt", "a\r\nX: y.txt", "\u202efdp.exe", "x" * 300 + ".txt"):
        files = [("evidence_file", (name, b"x"))]
        form = page.form("/登记/进展?item=16.2&unit=县财政局")
        plainly = plain(page.send(form, "preview", files, summary="再报。", via="书面"))
        assert "evidence/县财政局/x.txt" in plainly or "没有登记" in plainly


def test_forms_that_would_not_end_are_told(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that unpacks to gigabytes, and entities that unfold or read a file of this PC."""
    monkeypatch.setattr(read, "MAX_UNPACKED", 1000)
    packed, named = BytesIO(), BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2000)
    with ZipFile(named, "w") as archive:
        doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        archive.writestr("[Content_Types].xml", f"{doctype}<Types>&e;</Types>")
        archive.writestr("xl/workbook.xml", f"{doctype}<workbook>&e;</workbook>")
    form = page.form("/收表")
    files = [("forms", ("大.xlsx", packed.getvalue())), ("forms", ("外.xlsx", named.getvalue()))]
    told = plain(page.send(form, "preview", files))
    assert "大.xlsx" in told
    assert "外.xlsx" in told
    assert "将登记0条记录" in told
    assert "root:" not in told


def test_too_much_is_refused_whatever_the_head_says(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (
        page.client.post("/我", headers={"content-length": str(MAX_BYTES + 1)}).status_code == 413
    )
    assert page.client.post("/我", headers={"content-length": "-1"}).status_code == 413
    monkeypatch.setattr(guard, "MAX_BYTES", 1000)
    parts = (b"x" * 300 for _ in range(10))
    answer = page.client.post(
        "/我", content=parts, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413


def test_too_many_fields_or_files_are_refused(page: Page) -> None:
    form = page.form("/收表")
    files = [("forms", (f"{n}.xlsx", b"x")) for n in range(301)]
    answer = page.client.post(form.address, data=form.fields, files=files)
    assert (answer.status_code, "没有接收" in answer.text) == (400, True)


def test_other_methods_do_nothing(page: Page) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert page.client.request(method, "/").status_code in (403, 405), method


@pytest.mark.parametrize(
    "address",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/page.py", "/佐证/x/0", "/佐证/../tasks.yaml",
     "/佐证/20240711-000000-00000000/..%2f..%2ftasks.yaml", "/static/"],
)  # fmt: skip
def test_no_path_leads_to_a_file(page: Page, address: str) -> None:
    answer = page.client.get(address)
    assert answer.status_code in (400, 404)
    assert "notice:" not in answer.text


def test_a_liaison_sees_no_rulings_and_makes_none(page: Page) -> None:
    page.be("示例丙", "县财政局")
    assert "核验销号" not in page.text("/")
    assert "本单位的事项和报送表" in page.text("/")
    text = page.text("/事项/16.2")
    assert "报进展" in text
    assert "核减" not in text
    told = page.text("/登记/核减?item=16.2", 400)
    assert "核减由县工改办办理，本机设定的单位是县财政局" in told
    assert "不能登记县住建局的进展" in page.text("/登记/进展?item=1.2&unit=县住建局", 400)
    office = Page(page.data, page.person.with_name("office.json")).be("示例甲", "县工改办")
    form = office.form("/登记/核减?item=16.2")
    form.fields["token"] = page.office.secret.token("/登记/核减")
    assert "由县工改办办理" in page.send(form, "write", basis="会议纪要")
    assert page.office.directory().judged("16.2").state.status == "推进中"


def test_what_the_office_alone_may_ask_for_is_refused_to_a_liaison(page: Page) -> None:
    page.be("示例丙", "县财政局")
    about = {"item": "16.2", "period": "2024-06", "unit": "县财政局"}
    before = sorted(page.data.parent.rglob("*"))
    told = [page.client.get(path.format(**about)) for path, _, *only in app._PAGES if only]
    for path, _, *only in app._ACTIONS:
        if only:
            address = path.format(**about)
            token = page.office.secret.token(address)
            told.append(page.client.post(address, data={"token": token}, files={"a": b"x"}))

    assert len(told) == 12
    assert all(t.status_code == 400 and "由县工改办办理" in t.text for t in told)
    assert sorted(page.data.parent.rglob("*")) == before


def test_nobody_known_only_reads(page: Page) -> None:
    page.person.unlink()
    text = page.text("/")
    assert "只能查看：请填写姓名和单位" in text
    assert "报进展" not in text
    assert "只能查看" in page.text("/登记/进展?item=16.2", 400)


def test_who_it_is_is_asked_and_kept_for_the_commands(page: Page) -> None:
    page.person.unlink()
    form = page.form("/我")
    assert page.send(form, name="示例丁", unit="czj") == "/"
    assert "示例丁 · 县财政局" in page.text("/")


def test_what_others_wrote_is_text(page: Page) -> None:
    file = page.data / "tasks.yaml"
    text = file.read_text(encoding="utf-8")
    bad = "<script>alert(1)</script>\u202e<img src=x onerror=alert(1)>"
    file.write_text(text.replace("保障工改经费", bad), encoding="utf-8")
    for address in (
        "/",
        "/清单",
        "/事项/18.1",
        "/看板",
        "/看板.html",
        "/通报?month=2024-06",
        "/登记/核验销号?item=18.1",
    ):
        shown = page.client.get(address).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "\u202e" not in shown


def test_the_page_ends_when_its_windows_have_closed() -> None:
    now = 0.0
    windows = Windows(lambda: now)
    windows.alive("a")
    windows.alive("b")
    windows.closed("a")
    now = AFTER_LAST + 1
    assert not windows.over  # one is open still
    windows.closed("b")
    now += AFTER_LAST - 1
    assert not windows.over
    windows.alive("c")  # from one page to the next
    now += AFTER_LAST + 1
    assert not windows.over
    windows.closed("c")
    now += AFTER_LAST
    assert windows.over


def test_the_page_ends_an_hour_after_the_last_sign_of_life(page: Page) -> None:
    page.client.post("/alive?window=a")
    page.seconds = AFTER_BEAT - 1
    assert not page.office.windows.over
    page.text("/")
    page.seconds += AFTER_BEAT - 1
    assert not page.office.windows.over
    page.seconds += 1
    assert page.office.windows.over


def test_closing_a_window_is_told(page: Page) -> None:
    page.client.post("/alive?window=a")
    page.client.post("/alive?window=a&gone=1")
    page.seconds += AFTER_LAST
    assert page.office.windows.over


def test_two_pages_have_secrets_of_their_own() -> None:
    one, other = Secret(PORT), Secret(PORT)
    assert one.token("/我") != other.token("/我")
    assert not one.is_token(other.token("/我"), "/我")
    assert not one.is_token("é", "/我")
