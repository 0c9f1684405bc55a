"""What is recorded in the page: the record of the command, once, or nothing and all that was typed."""

import re
import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from gaigai_cli.store import append
from gaigai_cli.work import transaction
from tests.forms.filling import REPORTS, Paper
from tests.program import Gaigai
from tests.web.client import Page, plain, read_form

NOW = "2024-07-11T09:00:00"


def logs(data: Path) -> dict[str, str]:
    """Every log and what lies under evidence/, the random half of numbers aside."""
    files = (
        p for name in ("progress", "evidence") for p in (data / name).rglob("*") if p.is_file()
    )
    return {
        p.relative_to(data).as_posix(): re.sub(
            r"(\d{8}-\d{6})-[0-9a-f]{8}", r"\1", p.read_bytes().decode("utf-8", "replace")
        )
        for p in files
    }


def recorded(page: Page, address: str, files: object = (), **words: str) -> str:
    """Look at what a form would record, then record it; the words of the last answer."""
    form = page.form(address)
    before = logs(page.data)
    preview = page.send(form, "preview", files, **words)  # type: ignore[arg-type]
    assert "将登记" in preview, plain(preview)
    assert logs(page.data) == before
    form.fields["seen"] = read_seen(preview)
    done = plain(page.send(form, "write", files, **words))  # type: ignore[arg-type]
    assert done.startswith("已登记"), done
    return done


def read_seen(html: str) -> str:
    found = re.search(r'name="seen"[^>]* value="([^"]*)"', html)
    assert found is not None
    return found[1]


SAME: list[tuple[str, dict[str, str], list[str]]] = [
    (
        "/登记/进展?item=16.2&unit=县财政局",
        {"summary": "已拨付\n一半。", "percent": "70%", "via": "电话", "date": "7月10日", "evidence": "财预〔2024〕9号\nhttps://example.com/1"},
        ["update", "16.2", "--unit", "县财政局", "--summary", "已拨付\n一半。", "--percent", "70%", "--via", "电话", "--date", "7月10日", "--evidence", "财预〔2024〕9号", "--evidence", "https://example.com/1"],
    ),
    (
        "/登记/申请销号?item=16.2&unit=县财政局",
        {"evidence": "财预〔2024〕9号", "via": "书面", "late_reason": "预算调剂。"},
        ["done", "16.2", "--unit", "县财政局", "--evidence", "财预〔2024〕9号", "--via", "书面", "--late-reason", "预算调剂。"],
    ),
    (
        "/登记/申请延期?item=16.2&unit=县财政局",
        {"due": "8月31日", "reason": "需经常务会审议。", "via": "报表"},
        ["extend", "16.2", "--unit", "县财政局", "--to", "8月31日", "--reason", "需经常务会审议。", "--via", "报表"],
    ),
    ("/登记/核验销号?item=18.1", {"summary": "同意销号。"}, ["verify", "18.1", "--summary", "同意销号。"]),
    ("/登记/退回补正?item=18.1", {"reason": "缺支付凭证。"}, ["reject", "18.1", "--reason", "缺支付凭证。"]),
    (
        "/登记/批准延期?item=16.2",
        {"due": "2024-08-31", "basis": "会议纪要", "approved_by": "示例领导"},
        ["grant", "16.2", "--to", "2024-08-31", "--basis", "会议纪要", "--approved-by", "示例领导"],
    ),
    ("/登记/条件未具备?item=16.2", {"basis": "会议纪要"}, ["suspend", "16.2", "--basis", "会议纪要"]),
    (
        "/登记/明确责任单位?item=20.1",
        {"units": "县水利局、林业局", "role": "责任", "basis": "会议纪要"},
        ["assign", "20.1", "--units", "县水利局、林业局", "--role", "责任", "--basis", "会议纪要"],
    ),
    (
        "/登记/变更责任单位?item=16.2",
        {"units": "县水利局", "role": "牵头", "basis": "会议纪要"},
        ["assign", "16.2", "--replace", "--units", "县水利局", "--role", "牵头", "--basis", "会议纪要"],
    ),
    ("/登记/核减?item=16.2&item=18.1", {"basis": "会议纪要"}, ["withdraw", "16.2", "18.1", "--basis", "会议纪要"]),
    (
        "/登记/通报批评?item=16.2&unit=县财政局",
        {"basis": "会议纪要", "approved_by": "示例领导小组", "reason": "久拖不办。"},
        ["criticise", "县财政局", "--item", "16.2", "--basis", "会议纪要", "--approved-by", "示例领导小组", "--reason", "久拖不办。"],
    ),
    (
        "/登记/督办回执?paper=示例催〔2024〕1号&unit=县财政局",
        {"summary": "正在办理。"},
        ["remind", "--returned", "示例催〔2024〕1号", "--summary", "正在办理。"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("address", "words", "command"), SAME, ids=[row[2][0] for row in SAME])
def test_the_record_is_that_of_the_command(
    page: Page,
    tmp_path: Path,
    gaigai: Gaigai,
    address: str,
    words: dict[str, str],
    command: list[str],
) -> None:
    twin = Path(shutil.copytree(page.data, tmp_path / "twin"))
    recorded(page, address, **words)
    run = gaigai(
        "--data", str(twin), *command, "--by", "示例甲", GAIGAI_NOW=NOW, GAIGAI_UNIT="县工改办"
    )
    assert run.status == 0, run.err
    assert logs(page.data) == logs(twin)


def test_a_unit_records_takes_back_and_corrects_its_own(page: Page) -> None:
    page.be("示例丙", "县财政局")
    done = recorded(page, "/登记/申请延期?item=16.2", due="8月31日", reason="需经常务会审议。")
    assert "等县工改办批复" in done
    assert "撤回申请延期" in page.text("/事项/16.2")
    recorded(page, "/登记/撤回申请?item=16.2&of=申请延期")
    recorded(page, "/登记/进展?item=16.2", summary="已拨付。", percent="70")
    number = max(e.record.id for e in page.office.directory().ledger.entries)
    recorded(page, f"/更正/{number}", percent="80", new_reason="填报有误")
    assert page.office.directory().judged("16.2").state.percent == 80
    recorded(page, f"/更正/{number}", void="1", new_reason="误登")
    assert "已经作废" in page.text(f"/更正/{number}", 400)


def test_a_correction_needs_a_change_and_empties_nothing(page: Page) -> None:
    page.be("示例丙", "县财政局")
    recorded(page, "/登记/进展?item=16.2", summary="已拨付。", evidence="财预〔2024〕9号")
    number = max(e.record.id for e in page.office.directory().ledger.entries)
    form = page.form(f"/更正/{number}")
    assert "没有改动，没有写入" in page.send(form, "preview", new_reason="填报有误")
    assert "不能改成空的" in page.send(form, "preview", new_reason="填报有误", summary="")
    form.fields["kept"] = []
    told = page.send(form, "preview", new_reason="填报有误", evidence="财预〔2024〕10号")
    assert "财预〔2024〕10号" in told
    assert "财预〔2024〕9号" not in plain(told).partition("更正后")[2]


def test_a_field_is_corrected_as_it_is_asked_for(page: Page) -> None:
    page.be("示例丙", "县财政局")
    recorded(page, "/登记/进展?item=16.2", summary="已拨付。", percent="70", coordinate="县领导")
    number = max(e.record.id for e in page.office.directory().ledger.entries)
    text = page.text(f"/更正/{number}")
    assert 'name="percent" inputmode="numeric" value="70"' in text
    assert 'type="radio" name="coordinate" value="本级领导" checked> 县领导<' in text
    labels = re.findall(r"<(?:label for|legend)[^>]*>([^<]+)", text)
    assert len(labels) == len(set(labels))
    form = page.form(f"/更正/{number}")
    wrong = page.send(form, "preview", new_reason="填报有误", percent="八成", date="后天")
    assert re.findall('data-wrong="q-([a-z]+)"', wrong) == ["date", "percent"]
    recorded(page, f"/更正/{number}", new_reason="填报有误", not_started="否", date="7月10日")
    (entry,) = page.office.directory().ledger.corrections[-1:]
    assert entry.record.set == {"date": "2024-07-10", "not_started": "false"}


def test_milestones_and_what_a_record_answers_are_corrected_line_by_line(page: Page) -> None:
    page.be("示例丙", "县财政局")
    recorded(page, "/登记/阶段节点?item=16.2", milestones="方案|7月20日|印发文件|30\n拨付|8月31日")
    number = max(e.record.id for e in page.office.directory().ledger.entries)
    text = page.text(f"/更正/{number}")
    assert ">方案｜2024-07-20｜印发文件｜30\n拨付｜2024-08-31</textarea>" in text
    assert "没有改动" in page.send(page.form(f"/更正/{number}"), "preview", new_reason="误")
    plan = "方案｜7月25日｜印发文件｜30\n拨付｜8月31日"
    recorded(page, f"/更正/{number}", milestones=plan, new_reason="日期填错")
    (entry,) = page.office.directory().judge.ledger.corrections[-1:]
    assert entry.record.set == {
        "milestones": [
            {"name": "方案", "due": "2024-07-25", "mark": "印发文件", "percent": "30"},
            {"name": "拨付", "due": "2024-08-31"},
        ]
    }


def test_what_a_receipt_answers_is_corrected_by_a_number_that_is_there(page: Page) -> None:
    papers = ("示例催〔2024〕1号", "示例提〔2024〕1号")
    ledger = page.office.directory().ledger
    first, other = (
        next(e.record.id for e in ledger.entries if e.record.number == one) for one in papers
    )
    recorded(page, f"/登记/督办回执?paper={papers[0]}&unit=县财政局", summary="正在办理。")
    number = max(e.record.id for e in page.office.directory().ledger.entries)
    assert f'name="answers" rows="3" placeholder="一行一个">{first}<' in page.text(
        f"/更正/{number}"
    )
    wrong = page.send(page.form(f"/更正/{number}"), "preview", new_reason="误", answers="00000000")
    assert "没有编号为“00000000”的记录" in wrong
    recorded(page, f"/更正/{number}", answers=other[-8:], new_reason="答复的是提醒")
    (entry,) = page.office.directory().ledger.corrections[-1:]
    assert entry.record.set == {"answers": [other]}


def test_evidence_is_kept_with_the_record_and_opens_again(page: Page) -> None:
    png = b"\x89PNG\r\n\x1a\n".ljust(40)
    files = [
        ("evidence_file", ("../../现场.png", png, "text/html")),
        ("evidence_file", ("说明.html", b"<script>alert(1)</script>", "text/html")),
    ]
    recorded(page, "/登记/进展?item=16.2&unit=县财政局", files, summary="已拨付。", via="书面")
    folder = page.data / "evidence/县财政局"
    assert (folder / "现场.png").read_bytes() == png
    entry = max(page.office.directory().ledger.entries, key=lambda e: e.record.id)
    shown = page.client.get(f"/佐证/{entry.record.id}/0")
    assert (shown.content, shown.headers["content-type"]) == (png, "image/png")
    assert "sandbox" in shown.headers["content-security-policy"]
    saved = page.client.get(f"/佐证/{entry.record.id}/1")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert saved.headers["content-type"] == "application/octet-stream"
    assert "没有这份佐证" in page.text(f"/佐证/{entry.record.id}/{'9' * 5_000}", 400)
    (folder / "现场.png").write_bytes(png + b"!")
    assert "和登记时不同" in page.text(f"/佐证/{entry.record.id}/0", 400)


@pytest.mark.parametrize("name", ["假的.pdf", "假的.jpg"])
def test_a_file_that_is_not_what_its_name_says_is_saved(page: Page, name: str) -> None:
    files = [("evidence_file", (name, b"<svg onload=alert(1)>", "image/svg+xml"))]
    recorded(page, "/登记/进展?item=16.2&unit=县财政局", files, summary="已拨付。", via="书面")
    entry = max(page.office.directory().ledger.entries, key=lambda e: e.record.id)
    answer = page.client.get(f"/佐证/{entry.record.id}/0")
    assert answer.headers["content-disposition"].startswith("attachment")


def test_typed_words_are_never_the_path_of_a_file(page: Page, tmp_path: Path) -> None:
    secret = tmp_path / "别人的.txt"
    secret.write_text("不该读", encoding="utf-8")
    before = set((page.data / "evidence").rglob("*"))
    recorded(
        page, "/登记/进展?item=16.2&unit=县财政局", summary="已拨付。", via="书面",
        evidence=str(secret), source=str(secret),
    )  # fmt: skip
    assert set((page.data / "evidence").rglob("*")) == before


@pytest.mark.parametrize(
    ("address", "words", "says"),
    [
        ("/登记/进展?item=16.2&unit=县财政局", {}, "进展情况：请填写。\n代录方式：请选择。"),
        ("/登记/进展?item=16.2&unit=县财政局", {"summary": "一", "via": "电话", "percent": "120"}, "应写 0 到 100 的整数"),
        ("/登记/进展?item=16.2&unit=县财政局", {"summary": "一", "via": "电话", "date": "2月30日"}, "“日期”|所述情况的日期"),
        ("/登记/核验销号?item=16.2", {}, "没有待核验的销号申请"),
        ("/登记/批准延期?item=16.2", {"due": "哪天"}, "延期后的时限：“哪天”不是[^\n]*\n依据：请填写。\n批准人：请填写。"),
        ("/登记/不予延期?item=16.2", {"basis": "一", "approved_by": "二"}, "没有待批的延期申请"),
        ("/登记/核验销号?item=20.1", {"summary": "一"}, "核验单位：请填写。\n核验签字人：请填写。"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why_and_writes_nothing(
    page: Page, address: str, words: dict[str, str], says: str
) -> None:
    before, form = logs(page.data), page.form(address)
    for step in ("preview", "write"):
        told = page.send(form, step, **words)
        assert re.search(says, re.sub("<.*?>", "", told)), plain(told)
        assert "填写的内容都还在上面" in told
    assert logs(page.data) == before


def test_without_a_script_what_was_typed_stands_in_the_form_again(page: Page) -> None:
    form = page.form("/登记/进展?item=16.2&unit=县财政局")
    fields = {**form.fields, "summary": "写了\n很久的话", "percent": "120", "step": "write"}
    answer = page.client.post(form.address, data=fields)
    again = read_form(answer.text)
    assert again.fields["summary"] == "写了\n很久的话"
    assert again.fields["once"] == form.fields["once"]
    assert "应写 0 到 100 的整数" in answer.text


def test_a_double_click_records_once(page: Page) -> None:
    form = page.form("/登记/核验销号?item=18.1")
    first = plain(page.send(form, "write", summary="同意。"))
    second = plain(page.send(form, "write", summary="同意。"))
    assert first.startswith("已登记")
    assert second.startswith("已登记")
    found = [
        e
        for e in page.office.directory().ledger.entries
        if e.record.kind == "核验销号" and e.record.item == "18.1"
    ]
    assert len(found) == 1
    assert found[0].record.id in second


def test_what_a_leader_demands_goes_to_the_units_and_back(page: Page) -> None:
    """批示 from entry to the leader who has read the result, each step where it waits on 今日."""
    assert "批办的批示应当写明主办单位和反馈时限" in page.send(
        page.form("/登记/批示"), "write", leader="示例领导", handling="批办", summary="加快拨付。"
    )
    said = {"leader": "示例领导", "handling": "批办", "summary": "加快拨付。", "item": "16.2"}
    recorded(page, "/登记/批示", **said, to="县财政局", reply_by="7月31日")
    for kind, words in (
        ("办理反馈", {"summary": "已拨付。", "via": "书面"}),
        ("呈报", {}),
        ("阅后意见", {"summary": "已阅。"}),
    ):
        (address,) = re.findall(rf'href="([^"]*{quote(kind)}[^"]*)"', page.text("/"))
        recorded(page, unquote(address), **words)
    assert "交办事项" not in page.text("/").partition("没有")[0]
    page.be("示例丙", "县财政局")
    assert "批示由县工改办办理" in page.text("/登记/批示", 400)


def test_milestones_are_set_by_the_office_and_reported_by_a_lead(page: Page) -> None:
    lines = "方案｜7月20日｜印发文件｜30\r\n试点｜9月30日"
    told = recorded(page, "/登记/阶段节点?item=14.1", milestones=lines, reason="分步推进。")
    assert "县工改办 阶段节点" in told
    text = page.text("/事项/14.1")
    assert "<title>节点“方案”2024年7月20日</title>" in text
    assert "节点（实心为完成）" in text
    wrong = page.send(page.form("/登记/阶段节点?item=14.1"), milestones="没有日期")
    assert "节点：“没有日期”" in re.sub("<.*?>", "", wrong)
    page.be("示例丁", "县住建局")
    assert "阶段节点" in page.text("/事项/14.1")
    told = recorded(
        page, "/登记/阶段节点?item=14.1", milestones="合同｜8月31日", reason="先签合同。"
    )
    assert "县住建局 阶段节点" in told
    page.be("示例甲", "县工改办")
    (address,) = re.findall(rf'href="([^"]*{quote("节点备案")}[^"]*)"', page.text("/"))
    assert "节点备案" in recorded(page, unquote(address))


def test_who_was_reached_is_registered_beside_the_text(page: Page) -> None:
    (address, *_) = re.findall(rf'href="([^"]*{quote("催办登记")}[^"]*)"', page.text("/催报"))
    told = recorded(page, unquote(address), means="电话", reached="示例庚", summary="月底前报。")
    assert "催办登记" in told
    assert "月底前报。" in page.text("/往来")


def test_what_a_meeting_has_resolved_is_pasted_at_once(page: Page) -> None:
    lines = "一|加快出台工作方案|县住建局||7月31日|14.1\r\n一|每月通报|县住建局"
    wrong = page.send(page.form("/登记/议定事项"), "write", meeting="示例会议")
    assert "议定事项：请填写。" in re.sub("<.*?>", "", wrong)
    told = recorded(page, "/登记/议定事项", meeting="示例会议", lines=lines)
    assert told.count("县工改办 议定事项") == 2
    waits = page.text("/")
    assert "每月通报" in waits
    page.be("示例丁", "县住建局")
    addresses = re.findall(rf'href="([^"]*{quote("办理反馈")}[^"]*)"', page.text("/"))
    assert len(addresses) == 2
    recorded(page, unquote(addresses[0]), summary="方案已印发。")


def test_a_report_is_chosen_for_the_bulletin(page: Page) -> None:
    text = page.text("/通报?month=2024-06")
    count = int(re.findall(r"拟写入通报的进展（已选(\d+)条）", text)[0])
    known = page.office.directory().ledger.by_record
    links = re.findall(r'href="([^"]+record=([^"]+))"', text)
    lead = ("4.1", "县住建局")
    told_by = {path: (known[number].record.item, known[number].unit) for path, number in links}
    address = next(path for path, whose in told_by.items() if whose == lead)
    told = recorded(page, unquote(address), summary="施工许可阶段办理时间压减一半。")
    assert "亮点" in told
    text = page.text("/通报?month=2024-06")
    assert f"拟写入通报的进展（已选{count + 1}条）" in text
    assert "施工许可阶段办理时间压减一半。" in text
    assert "拟写入通报</span>" in page.text("/事项/4.1")
    page.be("示例丙", "县财政局")
    assert "拟写入通报的进展" not in page.text("/通报?month=2024-06")
    assert "亮点由县工改办办理" in page.text(unquote(address), 400)


def test_what_an_item_in_trouble_is_told_in_is_the_offices_wording_too(page: Page) -> None:
    text = page.text("/通报?month=2024-06")
    (report,) = re.findall(r"/事项/14.1#r([0-9a-f-]+)", unquote(text))
    form = page.form(f"/登记/亮点?record={report}")
    told = page.send(form, "preview", summary="已形成试点建议稿，正在征求意见。")
    assert "14.1进度滞后，这条进展写在通报的“存在问题”里，不写在“主要进展”里" in told
    page.send(form, "write", summary="已形成试点建议稿，正在征求意见。")
    text = page.text("/通报?month=2024-06")
    assert text.count("已形成试点建议稿，正在征求意见") == 1
    assert "已形成试点建议稿" in text.partition("、存在问题")[2]


def test_several_extensions_are_ruled_on_at_once(page: Page) -> None:
    for item, unit in (("14.1", "县住建局"), ("12.1", "县自然资源局")):
        form = f"/登记/申请延期?item={item}&unit={unit}"
        recorded(page, form, due="2024-12-20", reason="尚需论证。", summary="推进中。", via="书面")
    text = unquote(page.text("/"))
    assert re.search('formaction="/登记/批准延期">批准延期<', text)
    assert re.search('formaction="/登记/不予延期">不予延期<', text)
    told = recorded(
        page,
        "/登记/不予延期?item=14.1&item=12.1",
        basis="专题会议（2024-07-10）",
        approved_by="示例申",
    )
    assert told.count("县工改办 不予延期") == 2


def test_two_windows_with_one_draft_record_both_and_each_once(page: Page) -> None:
    form = page.form("/登记/进展?item=16.2&unit=县财政局")
    for words in ("后打开的。", "先打开的。"):
        told = page.send(form, "write", summary=words, via="电话")
        if words == "先打开的。":
            assert "您打开以后有了变化" in told
            form.fields["seen"] = read_seen(told)
            told = page.send(form, "write", summary=words, via="电话")
        assert plain(told).startswith("已登记")
        again = page.send(form, "write", summary=words, via="电话")
        assert plain(again).startswith("已登记")
    said = [entry.record.summary for entry in page.office.directory().ledger.entries]
    assert (said.count("后打开的。"), said.count("先打开的。")) == (1, 1)


def test_two_windows_in_conflict_are_told_of_each_other(page: Page) -> None:
    mine = page.form("/登记/进展?item=16.2&unit=县财政局")
    recorded(page, "/登记/进展?item=16.2&unit=县财政局", summary="另一个窗口。", via="电话")
    before = logs(page.data)
    told = page.send(mine, "write", summary="这个窗口。", via="电话")
    assert "您打开以后有了变化：县财政局7月11日16.2的进展（示例甲登记）" in told
    assert "这个窗口。" in told
    assert logs(page.data) == before
    mine.fields["seen"] = read_seen(told)
    assert plain(page.send(mine, "write", summary="这个窗口。", via="电话")).startswith("已登记")


def test_what_was_stopped_between_two_records_is_finished(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = page.form("/登记/核减?item=16.2&item=18.1")
    real, count = append.append_record, 0

    def stopped(*args: object, **words: object) -> object:
        nonlocal count
        count += 1
        if count == 2:
            raise OSError(28, "full")
        return real(*args, **words)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(transaction, "append_record", stopped)
        told = page.send(form, "write", basis="会议纪要")
    assert "16.2的记录已经写入，不必重记" in told
    assert "磁盘空间不足，文件没有写完。请清理磁盘" in told
    assert page.office.directory().judged("18.1").state.status == "待核验"
    assert plain(page.send(form, "write", basis="会议纪要")).startswith("已登记")
    states = page.office.directory()
    assert [states.judged(i).state.status for i in ("16.2", "18.1")] == ["已核减"] * 2
    found = [e.record.item for e in states.ledger.entries if e.record.kind == "核减"]
    assert sorted(i for i in found if i in ("16.2", "18.1")) == ["16.2", "18.1"]


def test_a_paper_bears_the_number_and_the_day_that_are_filled_in(page: Page) -> None:
    form = page.form("/登记/督办?unit=县自然资源局")
    assert "早于今天" in page.send(form, "preview", reply_by="2024-07-01")
    assert "已用于" in page.send(form, "preview", number="示例催〔2024〕1号")
    done = recorded(
        page, "/登记/督办?unit=县自然资源局", number="示例提〔2024〕7号", reply_by="7月25日"
    )
    assert "示例提〔2024〕7号" in done
    assert "2024年7月25日" in done


def test_papers_are_issued_once(page: Page) -> None:
    assert "登记：已发县自然资源局" in page.text("/催报")
    done = recorded(page, "/登记/督办?unit=县自然资源局")
    assert "示例提〔2024〕2号" in done
    assert "登记：已发县自然资源局" not in page.text("/催报")
    assert "目前没有应发的" in page.text("/登记/督办?unit=县自然资源局", 400)
    assert "提醒函，打印后签字盖章" in done
    paper = f"/督办/{max(page.office.directory().ledger.by_record)}"
    assert f'11.1：待反馈　<a href="{paper}">下载文书</a>' in unquote(page.text("/催报"))
    answer = page.client.get(paper)
    assert "示例提〔2024〕2号-县自然资源局.docx" in unquote(answer.headers["content-disposition"])
    assert page.client.get(f"/催报/草稿?unit=县住建局&number={'9' * 5_000}").status_code == 200


@pytest.mark.parametrize(
    ("kind", "leads"), [("申请销号", "县财政局"), ("阶段节点", "县财政局或县工改办")]
)
def test_what_only_leads_record_is_refused_as_the_judgement_refuses_it(
    page: Page, kind: str, leads: str
) -> None:
    told = plain(page.text(f"/登记/{kind}?item=16.2&unit=县住建局", 400))
    assert f"县住建局不是事项16.2的牵头单位，不能记录{kind}" in told
    assert f"应由牵头单位{leads}记录" in told


def test_forms_go_out_and_come_back(page: Page, tmp_path: Path) -> None:
    form = tmp_path / "县财政局.xlsx"
    form.write_bytes(page.client.get("/单位/县财政局/报送表?month=2024-06").content)
    paper = Paper(form)
    paper.put(REPORTS, "16.2", "进展情况", "报表里的话。")
    sent = paper.save().read_bytes()
    named = {"县财政局.xlsx": sent, "坏的.xlsx": b"PK\x03\x04bad", "照片.jpg": b"\xff\xd8\xff"}
    files = [("forms", file) for file in named.items()]
    sheet, before = page.form("/收表"), logs(page.data)
    preview = plain(page.send(sheet, "preview", files))
    assert "将登记1条记录" in preview.replace("\n", "")
    assert "报表里的话。" in preview
    assert "没有收：坏的.xlsx" in preview
    assert "另有1个文件没有报送表提到，没有收：照片.jpg。" in preview
    assert logs(page.data) == before
    assert "已登记1条记录" in plain(page.send(sheet, "write", files)).replace("\n", "")
    again = plain(page.send(sheet, "write", files))
    assert "1条以前已登记" in again


def test_a_form_of_another_month_is_taken_alone_and_with_its_month(
    page: Page, tmp_path: Path
) -> None:
    form = tmp_path / "县财政局.xlsx"
    form.write_bytes(page.client.get("/单位/县财政局/报送表?month=2024-06").content)
    paper = Paper(form)
    paper.put(REPORTS, "16.2", "进展情况", "报表里的话。")
    sent = paper.save(tmp_path / "县财政局2024年5月.xlsx").read_bytes()
    files = [("forms", (f"2024年5月表{n or ''}.xlsx", sent)) for n in range(2)]
    sheet = page.form("/收表")
    for given, month, taken in ((1, "", False), (1, "2024-06", True), (2, "2024-06", False)):
        told = plain(page.send(sheet, "preview", files[:given], month=month)).replace("\n", "")
        assert ("将登记1条记录" in told, "整份没有登记" in told) == (taken, not taken), told


def test_what_an_inspection_found_otherwise_waits_for_the_units_word(page: Page) -> None:
    seen = {"way": "现场核验", "inspectors": "示例甲", "summary": "尚未动工。", "agrees": "不符"}
    recorded(page, "/登记/抽查核验?item=14.1", **seen)
    page.be("示例丙", "县住建局")
    section = plain(page.text("/").partition("抽查核验不符")[2].partition("</section>")[0])
    assert ("14.1" in section, "尚未动工。" in section) == (True, True)
    page.now += timedelta(minutes=1)
    recorded(page, "/登记/进展?item=14.1", summary="已经动工。")
    assert "抽查核验不符" not in page.text("/")


def test_what_an_item_was_is_said_as_people_read_it(page: Page) -> None:
    """暂缓实施 and 已调出 are no statuses of the data, and yet what the item was or becomes."""

    def before(kind: str) -> list[str]:
        form = page.form(f"/登记/{kind}?item=16.2")
        return re.findall("（原为(.+?)）", page.send(form, "preview", basis="会议纪要"))

    assert before("条件未具备") == ["推进中"]
    recorded(page, "/登记/条件未具备?item=16.2", basis="会议纪要")
    assert before("条件具备") == ["暂缓实施"]
    assert before("核减") == ["暂缓实施"]


def test_what_was_stopped_between_two_resolutions_of_a_meeting_is_finished(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = page.form("/登记/议定事项")
    lines = "一|落实经费|县财政局\n二|修好便桥|县住建局"
    real, written = append.append_record, []

    def stopped(*args: object, **words: object) -> object:
        written.append(args)
        if len(written) == 2:
            raise OSError(28, "full")
        return real(*args, **words)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(transaction, "append_record", stopped)
        assert "可以再按一次登记其余的" in page.send(form, "write", meeting="会议", lines=lines)
    for _ in range(2):
        done = plain(page.send(form, "write", meeting="会议", lines=lines))
        assert done.startswith("已登记")
        entries = page.office.directory().ledger.entries
        found = [e.record.summary for e in entries if e.record.meeting == "会议"]
        assert found == ["落实经费", "修好便桥"]


def test_what_is_wrong_with_an_answer_names_its_question_once(page: Page) -> None:
    told = page.send(
        page.form("/登记/进展?item=16.1"), percent="150", date="2024-13-45", summary="已办。"
    )

    assert re.findall(
        '<li data-wrong="(.*?)"><a href="#(.*?)">(.*?)</a>：<span>(.*?)</span>', told
    ) == [
        ("q-percent", "q-percent", "完成百分比", "“150”写得不对。应写 0 到 100 的整数。"),
        ("q-date", "q-date", "所述情况的日期", "没有“2024-13-45”这一日期。"),
    ]
