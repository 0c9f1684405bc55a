"""Titles out of the titles of lists: no region, no year, no word twice, no half bracket; lines by meaning."""

import pytest

from gaigai_cli.model.tasks import Notice, Task, TaskList
from gaigai_cli.render.papers.title import title_lines
from gaigai_cli.report.title import subject, title_parts
from gaigai_cli.report.wording import cite, named
from tests.report.made_up import TASKS

TITLES = {
    "示例县2024年河湖长制重点任务清单": "河湖长制重点任务",
    "丰县2024年河湖长制重点任务清单": "河湖长制重点任务",
    "示例市上城区2024年信访积案化解任务清单": "信访积案化解任务",
    "示例省示例市中山区二〇二四年安全生产工作要点": "安全生产工作任务",
    "老城区2024年供水改造任务清单": "老城区供水改造任务",
    "各县2024年供水改造任务清单": "各县供水改造任务",
    "示例市示例区2024年营商环境提升工作要点": "营商环境提升工作任务",
    "2024年市政府重点工作任务分解表": "市政府重点工作任务",
    "示例县人民政府2024年重点工作任务分解表": "县人民政府重点工作任务",
    "示例市“放管服”改革任务清单（2024年）": "“放管服”改革任务",
    "示例区智慧城市建设2024年度工作台账": "智慧城市建设工作任务",
    "老旧小区改造2024年任务清单": "老旧小区改造任务",
    "城市更新行动2024年工作任务清单": "城市更新行动工作任务",
    "示例县县域商业体系建设2024年工作计划": "县域商业体系建设工作任务",
    "关于2024年全市民生实事责任分解的方案": "民生实事任务",
    "关于印发《示例县2024年“无废城市”建设工作方案》的通知": "“无废城市”建设工作任务",
    "示例自治县2024—2026年国有企业改革任务清单": "国有企业改革任务",
    "示例县落实环保督察反馈问题整改任务清单": "环保督察反馈问题整改任务",
    "二〇二四年示例县安全生产工作要点": "安全生产工作任务",
    "示例县2024年信访积案化解任务清单（第一批）": "信访积案化解任务",
    "示例县2024年深化改革任务清单（试行": "深化改革任务",
    "示例县2024年重点工作重点任务清单": "重点工作任务",
    "中共示例县委2024年工作要点": "县委工作任务",
    "示例县2024年工作任务清单": "重点任务",
    "示例县2024年度目标任务清单": "重点任务",
    "示例县2024年任务台账": "重点任务",
    "示例县2024年教育强县建设任务书": "教育强县建设任务",
    "示例市文明县创建2024年任务清单": "文明县创建任务",
    "示例县2024年创建国家卫生县城工作任务清单": "创建国家卫生县城工作任务",
    "国家全域旅游示范县创建任务分解表": "国家全域旅游示范县创建任务",
    "示例县全面深化改革2024年工作要点任务分解": "全面深化改革工作任务",
    "示例市国有企业改革行动实施方案任务分工表": "国有企业改革行动任务",
    "示例县2024年优化营商环境实施方案重点任务分解表": "优化营商环境重点任务",
    "示例县2024年安全生产工作要点及重点任务清单": "安全生产重点任务",
    "示例镇2024年工作要点任务分解": "重点任务",
    "示例街道办事处2024年文明创建任务清单": "文明创建任务",
    "特色小镇2024年建设任务清单": "特色小镇建设任务",
    "示例县城乡融合2024年任务清单": "城乡融合任务",
    "示例县城市管理2024年任务清单": "城市管理任务",
    "示例县县城补短板2024年任务清单": "县城补短板任务",
    "附件2：示例县2024年全民阅读工作清单": "全民阅读工作任务",
    "示例县关于推进数字化转型的实施意见任务清单": "推进数字化转型任务",
    "示例县贯彻落实省委一号文件责任分工表": "省委一号文件任务",
    "示例县2024年重点工作任务清单任务分解表": "重点工作任务",
    "示例县2024年上半年绿化任务清单": "绿化任务",
    "示例县“学校新建（改扩建）”工程任务清单（2024年）": "“学校新建（改扩建）”工程任务",
}


NAMES = {
    "新建（改扩建）学校5所。": "新建（改扩建）学校5所",
    "完成学校新建（改扩建），6月底前开学。": "完成学校新建（改扩建），6月底前开学",
    "公布收费清单(含中介服务；不含押金)，清理欠费。": "公布收费清单(含中介服务；不含押金)，清理欠费",
    "（一）疏浚城区段河道。": "疏浚城区段河道",
    "根据工作方案，杜绝负面指标(反馈超时、逾期、多次退件、多次暂停、长期未办结等)。": "杜绝负面指标",
    "推进“两证（地、房）合一”。": "推进‘两证（地、房）合一’",
}


def notice(title: str, own: str | None = None) -> Notice:
    head = TaskList.model_validate(TASKS).notice
    return head.model_copy(update={"title": title, "subject": own})


@pytest.mark.parametrize("content", NAMES)
def test_what_an_item_is_called_by_is_quoted_without_a_gap(content: str) -> None:
    whole = TaskList.model_validate(TASKS)
    task = whole.tasks[0]
    item = task.items[0].model_copy(update={"content": content})
    only = task.model_copy(update={"title": "建设", "items": (item,)})
    listed = whole.listed[0]._replace(task=only, item=item)

    assert named(listed) == f"第1项“{NAMES[content]}”"


def test_a_title_that_several_tasks_have_names_none_of_them() -> None:
    """Of a table whose groups stand in a column of their own (产业升级) each item is a task with the group's title."""
    whole = TaskList.model_validate(TASKS)
    first = whole.tasks[0]
    (one, other) = (
        first.model_copy(
            update={
                "id": str(number),
                "title": "加快推动产业转型升级",
                "items": (
                    first.items[0].model_copy(update={"id": f"{number}.1", "content": content}),
                ),
            }
        )
        for number, content in enumerate(("开工建设产业园二期。", "培育规上企业12家。"), 1)
    )

    def names(*tasks: Task) -> list[str]:
        listed = whole.model_copy(update={"tasks": tasks}).listed
        assert [cite(each) for each in listed] == [named(each) for each in listed]
        return [named(each) for each in listed]

    assert names(one) == ["第1项“加快推动产业转型升级”"]
    assert names(one, other) == ["第1项“开工建设产业园二期”", "第2项“培育规上企业12家”"]


def test_a_title_that_is_a_sentence_is_quoted_without_its_stop() -> None:
    """A list of numbered sentences has them for titles."""
    whole = TaskList.model_validate(TASKS)
    words = "地区生产总值增长6%以上。"
    item = whole.tasks[0].items[0].model_copy(update={"content": words})
    task = whole.tasks[0].model_copy(update={"title": words, "items": (item,)})
    (listed,) = whole.model_copy(update={"tasks": (task,)}).listed
    assert cite(listed) == named(listed) == "第1项“地区生产总值增长6%以上”"


def test_what_a_list_is_about() -> None:
    assert {title: subject(notice(title)) for title in TITLES} == TITLES


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ("工程建设项目审批制度改革工作", "工程建设项目审批制度改革工作任务"),
        ("重点项目建设任务", "重点项目建设任务"),
        ("改革 攻坚", "改革攻坚任务"),
    ],
)
def test_the_offices_own_words_come_first(own: str, words: str) -> None:
    assert subject(notice("示例县2024年任务清单", own)) == words


def test_of_two_subjects_neither_is_broken() -> None:
    about = subject(notice("示例县2025年优化营商环境暨民生实事重点任务清单"))
    parts = title_parts("2025年7月", about.removesuffix("重点任务") + "工作", "专报")
    assert title_lines(parts) == ("2025年7月优化营商环境", "暨民生实事工作专报")


@pytest.mark.parametrize("month", ["2024年1月", "2024年12月"])
def test_lines_are_neither_short_nor_long(month: str) -> None:
    for title in TITLES:
        is_laid_out(title, month)


def is_laid_out(title: str, month: str) -> None:
    """No word of a bulletin's title is lost, and no line is too short or too long."""
    parts = title_parts(f"关于{month}", subject(notice(title)), "落实情况的通报")
    assert "".join(parts) == f"关于{month}{subject(notice(title))}落实情况的通报"
    lines = title_lines(parts)
    assert "".join(lines) == "".join(parts)
    assert all(len(line) > 2 for line in lines)
    assert all(sum(0.5 if c.isascii() else 1 for c in line) <= 20 for line in lines)
