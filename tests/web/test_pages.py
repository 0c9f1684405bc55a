"""Every page: sound HTML that keyboard and reader can follow, the values and words of the commands, files to take away."""

import json
import re
import shutil
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest

from gaigai_cli.model.calendar import CHINA
from gaigai_cli.web.visit import Job
from tests.notice.test_kinds import KINDS
from tests.program import Gaigai, SameAsFile
from tests.transcript import EXAMPLE, SHIPPED
from tests.web.client import STATIC, STYLES, Form, Page, plain

KEPT = Path(__file__).parent / "kept"
PAGES = (
    "/", "/清单", "/清单?单位=县住建局&分组=任务", "/清单?牵头=czj&亮灯=红&排序=时限", "/事项/16.2", "/事项/7.1",
    "/单位", "/单位/县住建局", "/单位/县工改办", "/催报", "/通报?month=2024-06", "/通报?month=2024-06&比较=1", "/通报?month=2024-05", "/通报?month=2024-Q2", "/看板",
    "/看板?month=2024-06", "/往来", "/往来?unit=czj", "/核查", "/收表", "/我", "/登记/进展?item=7.1&unit=县住建局",
    "/登记/申请延期?item=16.2&unit=县财政局", "/登记/核验销号?item=18.1", "/登记/批准延期?item=16.2", "/登记/表扬",
    "/登记/期满评估?item=1.1", "/登记/督办?unit=县自然资源局", "/登记/明确责任单位?item=16.2",
    "/登记/督办回执?paper=示例催〔2024〕1号", "/登记/批示", "/登记/批示?item=16.2", "/登记/议定事项", "/登记/抽查核验?item=16.2", "/更正/20240703-111037-0be71fb7",
)  # fmt: skip
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
OPTIONAL = frozenset({"option"})


class _Checked(HTMLParser):
    """Finds what a validator would: ends that are missing or crossed, ids twice, inputs that nothing names."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.named: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.in_label: list[int] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if len(at) != len(attrs):
            self.wrong.append(f"<{tag}> has an attribute twice")
        if at.get("id"):
            self.ids[at["id"] or ""] += 1
        if tag == "label" and at.get("for"):
            self.named.add(at["for"] or "")
        hidden = at.get("type") in ("hidden", "submit")
        inside = "label" in self.open
        if tag in ("input", "select", "textarea") and not hidden and not inside:
            self.inputs.append(at)
        if tag == "a" and not at.get("href"):
            self.wrong.append("a link leads nowhere")
        if tag not in VOID and not (tag == "option" and OPTIONAL):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass  # of SVG

    def handle_endtag(self, tag: str) -> None:
        if tag in OPTIONAL:
            return
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> after {self.open[-3:]}")
        else:
            self.open.pop()

    def faults(self) -> list[str]:
        twice = [f"id {name} twice" for name, count in self.ids.items() if count > 1]
        unnamed = [
            f"nothing names {at.get('name')}"
            for at in self.inputs
            if not at.get("aria-label") and at.get("id") not in self.named
        ]
        return [*self.wrong, *(f"<{tag}> isn't closed" for tag in self.open), *twice, *unnamed]


def test_the_html_is_sound_and_every_input_has_a_name(page: Page) -> None:
    for address in PAGES:
        checked = _Checked()
        text = page.text(address)
        checked.feed(text)
        assert checked.faults() == [], address
        assert text.count("<h1") == 1, address
        assert '<html lang="zh-CN">' in text, address
        assert not re.search(r"\b(None|True|False|Undefined)\b", plain(text)), address
        named = re.findall(r"<(?:label|legend|summary|th)\b[^>]*>\s*([^<\s][^<]*)", text)
        foreign = [words for words in named if not re.search("[\u4e00-\u9fff]", words)]
        assert foreign == [], address


def test_today_says_what_todo_says(page: Page, gaigai: Gaigai) -> None:
    run = gaigai(
        "--data", str(page.data), "todo", "--format", "json", GAIGAI_NOW="2024-07-11T09:00:00"
    )
    told, text = json.loads(run.out), page.text("/").replace("\n", "")
    lists = ("to_verify", "extensions", "overdue", "turns_missed", "due", "report_missing")
    for key in lists:
        for row in told[key]:
            assert f">{row['id']}</a>" in text
    for receipt in told["receipts"]:
        assert receipt["number"] in text
    assert len(re.findall('<section class="sheet"', text)) == sum(
        bool(told[key]) for key in (*lists, "receipts")
    )


def test_a_list_whose_year_is_over_says_so_and_where_to_look(page: Page) -> None:
    text = page.after_the_year(datetime(2025, 8, 1, 9, tzinfo=CHINA)).text("/")
    assert "本清单2024年度已结束，不再列出待办" in text
    assert '仍逾期未办结、应报未报的见<a href="/催报">催报</a>' in text
    assert "--as-of" not in text
    assert "核验销号" not in text
    assert "截至2024年12月31日" in page.text("/看板?month=2024-12")


def test_a_form_is_offered_of_units_that_have_one(tmp_path: Path) -> None:
    """Not where all of a unit's items are closed, though its form of the month came in."""
    data = Path(shutil.copytree(EXAMPLE, tmp_path / "data"))
    page = Page(data, tmp_path / "person.json", datetime(2025, 1, 22, 9, tzinfo=CHINA))
    page.be("示例甲", "县工改办")

    def offered(month: str) -> list[str]:
        """Units with a form: each can be saved."""
        text = unquote(page.text(f"/单位?month={month}"))
        units = re.findall(r'"/单位/([^/"]+)/报送表\?', text)
        saved = (page.client.get(f"/单位/{unit}/报送表?month={month}") for unit in units)
        assert {one.status_code for one in saved} == {200}
        return units

    december = offered("2024-12")
    assert "县自然资源局" in december
    assert "县林业局" not in december
    assert len(december) == 6
    assert offered("2025-01") == ["县自然资源局", "县发改局", "县住建局"], "12.1 alone is overdue"


def test_an_example_whose_year_is_over_is_practised_on_from_its_last_record_on(page: Page) -> None:
    last = max(page.office.directory().ledger.by_record)
    page = Page(page.data, page.person, datetime(2026, 11, 28, 9, tzinfo=CHINA))
    text = page.text("/")
    day = f"2024年7月{int(last[6:8]) + 1}日"
    assert f"示例的年度早已结束，网页按{day}的情况显示和登记，供练习。" in text
    assert f"截至{day}" in text
    assert "核验销号" in text
    page.now = datetime(2026, 11, 28, 9, 1, tzinfo=CHINA)
    form = page.form("/登记/进展?item=16.2&unit=县财政局")
    page.send(form, "write", summary="练习。", via="电话")
    new = max(page.office.directory().ledger.by_record)
    assert new[:8] == f"{int(last[:8]) + 1}"


@pytest.mark.parametrize(
    ("people", "scripts"),
    [
        ("时限类型=明确时限", "时限类型=fixed"),
        ("单位=县财政局&角色=责任", "单位=县财政局&角色=responsible"),
    ],
)
def test_the_list_knows_the_words_of_people_and_of_scripts(
    page: Page, people: str, scripts: str
) -> None:
    first, second = (page.client.get(f"/清单.csv?{words}").text for words in (people, scripts))
    assert first == second != page.client.get("/清单.csv").text


def test_the_list_says_what_list_says(page: Page, gaigai: Gaigai) -> None:
    words = ("--data", str(page.data), "list", "--dept", "县住建局", "--light", "黄")
    csv = gaigai(*words, "--format", "csv", GAIGAI_NOW="2024-07-11T09:00:00")
    view = "单位=县住建局&亮灯=黄"
    assert (
        page.client.get(f"/清单.csv?{view}")
        .content.decode("utf-8-sig")
        .splitlines()[0]
        .startswith("编号")
    )
    ids = [line.split(",")[0] for line in csv.out.lstrip("\ufeff").splitlines()[1:]]
    assert re.findall(r'class="c-id"><a href="[^"]+">([^<]+)<', page.text(f"/清单?{view}")) == ids
    sheet = page.client.get(f"/清单.xlsx?{view}")
    assert sheet.content.startswith(b"PK")
    assert sheet.headers["content-disposition"].startswith("attachment")


def test_the_item_says_what_show_says(page: Page, gaigai: Gaigai) -> None:
    run = gaigai(
        "--data", str(page.data), "show", "16.2", GAIGAI_NOW="2024-07-11T09:00:00", COLUMNS="200"
    )
    said = {line.strip() for line in run.out.splitlines() if line.startswith("    ")}
    text = plain(page.text("/事项/16.2"))
    for words in said:
        assert words in text


def test_what_is_closed_out_after_less_than_the_whole_has_no_bar(page: Page) -> None:
    december = Page(EXAMPLE, page.person, datetime(2024, 12, 30, 9, tzinfo=CHINA))
    assert {id_: "figure-line" in december.text(f"/事项/{id_}") for id_ in ("18.1", "22.2")} == {
        "18.1": True,  # its last report says 100%
        "22.2": False,  # 90%
    }


def test_the_bulletin_is_the_commands(page: Page, gaigai: Gaigai) -> None:
    run = gaigai(
        "--data",
        str(page.data),
        "report",
        "--month",
        "2024-06",
        "--stdout",
        GAIGAI_NOW="2024-07-11T09:00:00",
    )
    file = page.client.get("/通报/2024-06.md")
    assert file.text == run.out
    text = plain(page.text("/通报?month=2024-06")).replace("\n", "")
    body = run.out.partition("## 二、")[0].splitlines()
    paragraphs = [line for line in body if line and line[0] not in "#>|-*" and len(line) > 20]
    assert len(paragraphs) > 2
    for paragraph in paragraphs:
        assert paragraph in text


@pytest.mark.parametrize("ending", ["docx", "xlsx", "html"])
def test_the_bulletin_is_saved_in_every_format(page: Page, ending: str) -> None:
    file = page.client.get(f"/通报/2024-06.{ending}")
    assert (file.status_code, file.headers["content-disposition"].startswith("attachment")) == (
        200,
        True,
    )
    assert page.client.get(f"/通报/2024-Q2.{ending}").status_code == 200
    assert "没有 exe 这种格式" in page.text("/通报/2024-06.exe", 400)


def test_papers_besides_are_the_commands(page: Page, gaigai: Gaigai, tmp_path: Path) -> None:
    words = ("--data", str(page.data), "report", "--month", "2024-06", "--stdout")
    run = gaigai(*words, "--internal", GAIGAI_NOW="2024-07-11T09:00:00")
    assert page.client.get("/通报/2024-06/内部研判").text == run.out
    assert ">内部研判</a>" in page.text("/通报?month=2024-06")
    assert page.client.get("/通报/2024-06/领导专报").content.startswith(b"PK")
    name = page.office.directory().judged("18.1").state.applications[0].record.id
    assert f"/%E7%94%B3%E8%AF%B7%E8%A1%A8/{name}" in page.text("/事项/18.1")
    assert page.client.get(f"/申请表/{name}").content.startswith(b"PK")
    for path, options in (
        ("/通报/2024-06/发文稿纸", ["--cover"]),
        ("/事项/16.2/呈批件?month=2024-06", ["--brief", "--item", "16.2"]),
        ("/单位/县财政局/告知单?month=2024-06", ["--unit", "县财政局"]),
    ):
        out = tmp_path / f"{len(options)}.docx"
        command = (*words[:-1], *options, "--format", "docx", "--out", str(out))
        run = gaigai(*command, GAIGAI_NOW="2024-07-11T09:00:00")
        assert run.status == 0, run.err
        assert page.client.get(path).content == out.read_bytes(), path
    page.be("示例丙", "县财政局")
    assert "内部研判由县工改办办理" in page.text("/通报/2024-06/内部研判", 400)
    assert "呈批件由县工改办办理" in page.text("/事项/16.2/呈批件", 400)


def test_a_fault_of_the_program_is_one_sentence(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Traceback")

    monkeypatch.setattr("gaigai_cli.web.today.todo", broken)
    text = page.text("/", 500)
    assert "程序内部错误（RuntimeError）" in text
    assert "Traceback" not in text


def test_the_offices_own_words_are_kept_as_the_command_reads_them(
    page: Page, gaigai: Gaigai
) -> None:
    form, late = (page.form("/通报?month=2024-06", "补充") for _ in range(2))
    said = "县委常委会专题研究1次。\r\n\r\n再次强调。"
    told = plain(page.send(form, 总体情况=said, 督办情况=" "))
    assert "2024-06.补充.md，共2段，放在通报各部分的末尾" in told
    words = ("--data", str(page.data), "report", "--month", "2024-06", "--stdout")
    assert "\n\n再次强调。\n" in gaigai(*words, GAIGAI_NOW="2024-07-11T09:00:00").out
    text = page.text("/通报?month=2024-06")
    assert "补充内容（已有2段）" in text
    assert "再次强调。</p>" in text
    assert "在打开本页之后被改过，没有写入" in page.send(late, 总体情况="另一个人写的。")
    form = page.form("/通报?month=2024-06", "补充")
    assert form.fields["总体情况"] == "县委常委会专题研究1次。\n再次强调。"
    assert "有一段不能照原样存下" in page.send(form, 总体情况="# 主要进展")
    assert "没有内容" in page.send(form, 总体情况="")
    page.be("示例丙", "县财政局")
    assert "通报由县工改办办理" in page.send(form, 总体情况="不是督办单位写的。")


def test_each_line_that_is_offered_is_taken_changed_or_left(page: Page) -> None:
    offer = "我办将就第15项提出处理意见，报领导小组研究。"
    form = page.form("/通报?month=2024-05", "补充")
    assert form.fields["offer.0"] == offer
    assert "take" not in form.fields  # left, unless somebody takes it
    assert "没有内容" in page.send(form)
    told = page.send(page.form("/通报?month=2024-05", "补充"), **{"take": "0"})
    assert "共1段" in told
    again = page.form("/通报?month=2024-05", "补充")
    assert again.fields["下一步工作要求"] == offer
    assert "offer.0" not in again.fields  # what is taken is not offered again
    changed = {"下一步工作要求": "", "take": "0", "offer.0": "我办将就第15项\r\n拟出意见。"}
    page.send(again, **{"下一步工作要求": ""})
    page.send(page.form("/通报?month=2024-05", "补充"), **changed)
    assert '<p class="para">我办将就第15项 拟出意见。</p>' in page.text("/通报?month=2024-05")


def test_a_bar_has_the_colour_of_falling_behind_where_the_light_says_so(page: Page) -> None:
    text = page.text("/清单")
    lines = [one for one in text.split("<tr>")[1:] if 'class="progress"' in one]
    assert lines
    for line in lines:
        says = "落后序时进度" in line or "红：已过时限" in line
        assert ('"bar behind"' in line) == says


def test_the_year_has_its_material_beside_the_bulletin(page: Page) -> None:
    page.after_the_year(datetime(2025, 1, 8, 9, tzinfo=CHINA))
    text = page.text("/通报?month=2024")
    assert "年终总结材料</a>" in text
    assert "年终总结材料</a>" not in page.text("/通报?month=2024-12")
    saved = page.client.get("/通报/2024/年终总结材料")
    assert saved.content.startswith(b"PK")
    assert "请选全年" in page.text("/通报/2024-Q2/年终总结材料", 400)


def test_a_bulletin_is_marked_up_against_the_last_one(page: Page) -> None:
    text = page.text("/通报?month=2024-06&比较=1").replace("\n", "")
    assert "推进中<del>11项，未启动2</del><ins>30</ins>项" in text
    assert '<p class="para"><ins>第16项第2条' in text
    assert "<ins>" not in page.text("/通报?month=2024-06")
    assert "比较" not in page.text("/通报?month=2024-05")


def test_each_unit_that_is_named_gets_its_letter(page: Page) -> None:
    text = page.text("/通报?month=2024-06")
    assert "/%E6%A0%B8%E5%AF%B9%E5%87%BD?unit=%E5%8E%BF%E8%B4%A2%E6%94%BF%E5%B1%80" in text
    letter = page.client.get("/通报/2024-06/核对函?unit=县财政局")
    assert letter.content.startswith(b"PK")
    form = page.form("/通报?month=2024-06", "核对")
    assert "没有选单位" in page.send(form)
    assert "没有给县财政局出过2024年6月通报的核对函" in page.send(form, unit="县财政局", how="反馈")
    assert "核对函尚未反馈：县财政局（应于" in page.send(form, unit="县财政局", how="送出")
    said = {"unit": "县财政局", "how": "反馈", "objection": "经费已列入预算。"}
    assert "县财政局7月11日有异议：经费已列入预算；尚未处理。" in page.send(form, **said)
    page.send(form, unit="县财政局", how="反馈", settled="改为已列入预算")
    assert "处理：改为已列入预算。" in page.text("/通报?month=2024-06")
    assert "没有点到县林业局" in page.text("/通报/2024-06/核对函?unit=县林业局", 400)


def test_a_month_is_filed_and_the_file_is_the_commands(page: Page, gaigai: Gaigai) -> None:
    assert "还没有归档" in page.text("/通报/2024-06/归档.zip", 400)
    told = plain(page.send(page.form("/通报?month=2024-06", "归档")))
    assert told.startswith("已归档2024年6月的")
    path = page.data.parent / "reports/归档/2024-06.zip"
    run = gaigai("archive", "--verify", str(path))
    assert (run.status, "完整无缺" in run.err) == (0, True)
    assert page.client.get("/通报/2024-06/归档.zip").content == path.read_bytes()
    assert "没有变化" in page.send(page.form("/通报?month=2024-06", "归档"))
    path.write_bytes(path.read_bytes()[:-200])
    assert page.client.get("/通报/2024-06/归档.zip").status_code == 400
    page.be("示例丙", "县财政局")
    assert "归档由县工改办办理" in page.text("/通报/2024-06/归档.zip", 400)


def test_what_is_filed_is_a_month_that_has_begun_or_a_year(page: Page) -> None:
    for period in ("2024-06", "2024-07", "2024"):  # the second still runs
        assert page.form(f"/通报?month={period}", "归档").address.endswith("归档")
    for period, words in (("2024-Q2", "2024年第二季度"), ("2024-05至2024-06", "2024年5月至6月")):
        assert f"归档{words}的材料" not in page.text(f"/通报?month={period}")
        assert f"{words}不能归档" in page.text(f"/通报/{period}/归档.zip", 400)
        address = f"/通报/{period}/归档"
        sent = {"token": page.office.secret.token(address)}
        answer = page.client.post(address, data=sent, files={"none": b""})
        assert (answer.status_code, f"{words}不能归档" in answer.text) == (400, True)


def test_who_has_returned_no_form_is_told_and_asked(page: Page, gaigai: Gaigai) -> None:
    words = ("--data", str(page.data), "collect", "--status", "--text", "--month", "2024-06")
    run = gaigai(*words, GAIGAI_NOW="2024-07-11T09:00:00")
    text = plain(page.text("/催报?month=2024-06"))
    for one in run.out.strip().split("\n\n"):
        assert one.replace("\n", "") in text.replace("\n", "")
    assert "未交" in page.text("/单位?month=2024-06")
    assert "不在清单的报送月份之内" in page.text("/单位?month=2023-01", 400)


def test_whom_to_call_is_written_down_for_the_commands(page: Page, gaigai: Gaigai) -> None:
    assert ">自哪一天起</label>" in page.text("/单位/县财政局")
    form = page.form("/单位/县财政局", "联系人")
    wrong = page.send(form, duty="联络员", name="示例庚", mobile="打我电话")
    assert "电话写错了" in wrong
    assert "姓名：请填写" in page.send(form, duty="联络员")
    said = {"duty": "联络员", "name": "示例庚", "office_phone": "0000-0000000"}
    assert unquote(page.send(form, **said)) == "/单位/县财政局"
    assert "示例庚" in page.text("/单位/县财政局")
    run = gaigai("--data", str(page.data), "contacts", "县财政局", GAIGAI_NOW="2024-07-11T09:00:00")
    assert "示例庚" in run.out
    page.be("示例丙", "县财政局")
    assert "登记联系人" not in page.text("/单位/县财政局")
    assert "联系人由县工改办办理" in page.send(form, **said)


class _Heard(dict[str, Job]):
    """Jobs, and all that was ever said of them."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, Job]] = []

    def __setitem__(self, name: str, job: Job) -> None:
        super().__setitem__(name, job)
        self.told.append((name, job))


def test_all_forms_come_at_once_and_say_how_far_they_are(page: Page) -> None:
    page.office.jobs = heard = _Heard()
    answer = page.client.get("/报送表.zip?month=2024-06&job=7")
    names = ZipFile(BytesIO(answer.content)).namelist()
    assert "县财政局2024年6月进展报送表.xlsx" in names
    count = len(names)
    assert heard.told == [("7", Job("出报送表", number, count)) for number in range(count)]
    assert dict(heard) == {}
    assert page.client.get("/progress?job=7").status_code == 204
    heard["8"] = Job("收报送表", 1, 3)
    told = page.client.get("/progress?job=8").json()
    assert told == {"what": "收报送表", "done": 1, "total": 3}
    assert page.client.get("/单位/县财政局/报送表").status_code == 200  # nobody follows it
    heard.told.clear()
    page.after_the_year(datetime(2025, 1, 8, 9, tzinfo=CHINA))
    assert page.client.get("/通报/2024.docx?job=9").status_code == 200
    assert heard.told == [("9", Job("出通报", number, 2)) for number in range(2)]


def test_a_first_start_asks_who_it_is(page: Page) -> None:
    page.person.unlink()
    form = page.form("/")
    assert form.address == "/我"
    assert "填好姓名和单位就可以登记" in page.text("/")
    assert "报进展" not in page.text("/")
    assert page.send(form, name="示例乙", unit="县住建局") == "/"
    text = page.text("/")
    assert "示例乙 · 县住建局" in text
    assert "填好姓名和单位" not in text


def test_a_bulletin_is_issued_once_and_verified(page: Page) -> None:
    form = page.form("/通报?month=2024-06", "签发")
    assert "没有确认是定稿" in page.send(form, number="示例发〔2024〕9号")
    assert "文号“9号”的写法不对" in page.send(form, number="9号", final="1")
    signed = [("signed", ("定稿.pdf", b"%PDF-1.4 signed"))]
    text = page.send(form, "", signed, number="示例发〔2024〕9号", final="1")
    assert "已签发2024年6月通报（示例发〔2024〕9号）" in text
    assert (page.data.parent / "reports/issued/2024-06.pdf").read_bytes() == b"%PDF-1.4 signed"
    assert "已经签发" in page.send(form, number="示例发〔2024〕10号", final="1")
    text = page.text("/通报?month=2024-06&verify=1")
    assert "签发文件：一致" in text
    assert '<p class="letter-number">示例发〔2024〕9号</p>' in text
    assert "<h1>2024年7月通报" in page.text("/通报")  # not May, before the first that was issued
    _correct_withdraw_and_issue_again(page)
    page.be("示例丙", "县财政局")
    assert "签发2024年5月通报" not in page.text("/通报?month=2024-05")


def test_only_a_month_a_quarter_or_a_year_is_issued(page: Page) -> None:
    address = "/通报/2024-05至2024-06/签发"
    form = Form(address, {"token": page.office.secret.token(address)})
    said = page.send(form, number="示例发〔2024〕9号", final="1")
    assert "签发的只能是月度、季度、年度通报" in said


def _correct_withdraw_and_issue_again(page: Page) -> None:
    """What was issued is corrected, or revoked by another, or taken back; its files stay."""

    def sent(what: str, **words: str) -> str:
        address = f"/通报/2024-06/{what}"
        form = Form(address, {"token": page.office.secret.token(address)})
        return plain(page.send(form, **words))

    assert "没有写明示例发〔2024〕9号是否已分发" in sent("撤回", reason="错发")
    again = {"number": "示例发〔2024〕11号", "final": "1", "compared": "1"}
    assert "示例发〔2024〕9号已予撤销" in sent("签发", **again, revokes="数字有误")
    kept = page.data.parent / "reports/issued/2024-06.2.json"
    whole = kept.read_bytes()
    kept.unlink()  # as where the program was killed: what was begun is offered again, with its reason
    assert "继续签发（撤销示例发〔2024〕9号时没有完成）" in page.text("/通报?month=2024-06")
    assert page.form("/通报?month=2024-06", "签发").fields["revokes"] == "数字有误"
    assert "示例发〔2024〕9号已予撤销" in sent("签发", **again, revokes="数字有误")
    assert kept.read_bytes() == whole
    assert "没有写明更正什么" in sent("更正", number="示例发〔2024〕12号")
    says = "附件1第12项进度“60%”应为“50%”"
    done = sent("更正", number="示例发〔2024〕12号", says=says)
    assert "已签发对示例发〔2024〕11号的更正（示例发〔2024〕12号）" in done
    assert "已印发更正，说明已经分发" in sent("撤回", reason="错发", unsent="1")
    sent("签发", **again | {"number": "示例发〔2024〕13号"}, revokes="数字有误")
    assert "示例发〔2024〕13号作废" in sent("撤回", reason="还要改", unsent="1")
    assert "未签发" in page.text("/通报?month=2024-06")
    assert (page.data.parent / "reports/issued/2024-06.pdf").is_file()


def test_the_board_of_several_lists_says_what_status_says(gaigai: Gaigai, tmp_path: Path) -> None:
    lists = ("--data", str(Path(__file__).parents[2] / "examples/三县示例/lists.yaml"))
    out, now = tmp_path / "看板.html", "2024-07-11T09:00:00"
    assert gaigai(*lists, "page", "--out", str(out), GAIGAI_NOW=now).status == 0
    told = json.loads(gaigai(*lists, "status", "--format", "json", GAIGAI_NOW=now).out)
    text = plain(out.read_text(encoding="utf-8")).replace("\n", "")
    assert text.count("<h1") == text.count("<script") == 0
    assert f"具体工作{told['sum']['items']}项" in text
    assert f"逾期未办结{told['sum']['overdue']}项" in text
    for one in told["lists"]:
        lit = "".join(str(number or "") for number in one["lights"].values())
        assert re.search(rf"{one['list']}{one['items']}\d+{lit}", text)


def test_the_board_as_one_file(
    page: Page, gaigai: Gaigai, tmp_path: Path, same_as_file: SameAsFile
) -> None:
    out = tmp_path / "看板.html"
    run = gaigai(
        "--data", str(page.data), "page", "--out", str(out), GAIGAI_NOW="2024-07-11T09:00:00"
    )
    assert (run.status, run.out) == (0, ""), run.err
    text = out.read_text(encoding="utf-8")
    assert page.client.get("/看板.html").text == text
    assert "<script" not in text
    assert not re.search(r"""(src|href)\s*=""", text)
    same_as_file(re.sub("(?s)<style>.*</style>", "<style></style>", text), KEPT / "board.html")
    again = gaigai(
        "--data", str(page.data), "page", "--out", str(out), GAIGAI_NOW="2024-07-11T09:00:00"
    )
    assert (again.status, "已存在，没有覆盖" in again.err) == (2, True)
    other = gaigai("--data", str(page.data), "page", "--out", str(tmp_path / "看板.docx"))
    assert (other.status, "扩展名不合适" in other.err) == (2, True)


def test_nothing_newer_than_what_offices_have(same_as_file: SameAsFile) -> None:
    """Chromium 109: read the difference before a new name is taken into the kept list."""
    style = "".join(STYLES)
    script = (STATIC / "page.js").read_text(encoding="utf-8")
    names = {
        "at-rules": set(re.findall(r"@[\w-]+(?:\s*\([\w-]+)?", style)),
        "functions": set(re.findall(r"([\w-]+)\(", style)),
        "properties": set(re.findall(r"[{;]\s*([a-z-]+)\s*:", style)),
        "selectors": set(re.findall(r"::?[a-z-]+", re.sub(r"\{[^{}]*\}", "", style))),
        "calls": set(re.findall(r"\.(\w+)\(", script)),
        "words": set(
            re.findall(r"\b(?:let|const|async|await|class|import|export)\b|\?\.|=>|`", script)
        ),
    }
    told = "".join(f"{what}: {' '.join(sorted(found))}\n" for what, found in names.items())
    same_as_file(told, KEPT / "features.txt")


def test_an_empty_list_and_a_broken_one_are_shown(page: Page) -> None:
    for file in (page.data / "progress").rglob("*.yaml"):
        file.unlink()
    for address in PAGES[:2] + PAGES[4:18]:
        if "paper=" not in address:
            page.text(address)
    assert "本清单尚无进展记录" in page.text("/看板")
    assert "发提醒函" not in page.text("/事项/16.2")
    assert "不能签发点名单位的文书" in page.text(
        "/登记/督办?unit=县财政局&item=16.2&kind=提醒", 400
    )
    (page.data / "tasks.yaml").write_text("notice: [", encoding="utf-8")
    assert "tasks.yaml" in page.text("/核查")
    # Not that nobody is known: the list can't say whose unit it is.
    for address in ("/", "/登记/进展?item=7.1"):
        assert "清单不能读取" in page.text(address, 400)


def test_a_finding_about_a_record_leads_to_where_it_is_mended(page: Page) -> None:
    page.now = datetime(2024, 7, 2, 9, tzinfo=CHINA)  # what was recorded later is wrong now
    mine = page.text("/核查")
    assert re.search('请核对日期 <a href="/[^"]+/20240703-111037-0be71fb7">更正这条记录</a>', mine)
    page.be("示例丙", "县财政局")
    assert "20240703-111037-0be71fb7" not in page.text("/核查")


def test_a_list_that_has_only_begun_says_what_comes_next(tmp_path: Path, gaigai: Gaigai) -> None:
    person, data = tmp_path / "conf/person.json", tmp_path / "data"
    shipped = Page(SHIPPED, person).be("示例甲", "县工改办")
    shipped.now = datetime(2024, 6, 14, 9, tzinfo=CHINA)
    assert "各单位还没有报过进展。到<a" in shipped.text("/")
    words = ("--office", "县工改办", "--title", "示例县2024年重点任务清单")
    gaigai("init", str(data), *words, GAIGAI_NOW="2024-07-01T09:00:00")
    empty = Page(data, person)
    assert "清单里还没有事项" in empty.text("/")
    assert "清单中尚无具体工作。" in empty.text("/通报")


def test_a_list_whose_items_are_all_incomplete_has_items(tmp_path: Path, gaigai: Gaigai) -> None:
    """They lack deadlines yet, as check says: nobody is told to import the notice again."""
    draft = tmp_path / "draft"
    gaigai("import", str(KINDS / "several-brackets.txt"), "--out", str(draft))
    page = Page(draft, tmp_path / "conf/person.json").text("/")
    assert "清单里还没有事项" not in page
    assert "数据中有错误" in page
