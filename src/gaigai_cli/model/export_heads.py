"""The heads of the tables that an export has, by which an import tells them again."""

from typing import Final

from gaigai_cli.model.labels import label_of
from gaigai_cli.model.roles import UNIT_LISTS
from gaigai_cli.model.tasks import Notice, RoleNames

ITEMS_HEAD: Final = (
    "任务序号",
    "主要任务",
    "事项编号",
    "工作内容",
    *UNIT_LISTS.values(),
    "责任单位原文",
    "完成时限原文",
    "时限类型",
    "起始日期",
    "到期日期",
    "责任领导",
    "责任人",
    "佐证要求",
    "调出日期",
    "调出依据",
    "结转自文号",
    "结转自编号",
)
INDICATORS_HEAD: Final = (
    "事项编号",
    "指标编号",
    "指标名称",
    "计量单位",
    "目标类型",
    "目标值",
    "计量方式",
    "考核范围",
    "数据提供单位",
    "判定周期",
    "基期数值",
    "基期说明",
    "口径说明",
)
UNITS_HEAD: Final = ("单位", "别名", "曾用名", "垂直管理")
NOTICE_HEAD: Final = ("通知", "内容")
NOTICE_LABELS: Final = {
    name: label_of(Notice, name)
    for name in ("title", "number", "issuer", "issued", "year", "addressee", "office")
}
ROLE_LABELS: Final = {name: label_of(RoleNames, name) for name in RoleNames.model_fields}
EXAMPLE: Final = "示例数据，非真实进展"
"""Stands above whatever is made of an example."""
EXAMPLE_HEAD: Final = "示例数据"
YES: Final = "是"
