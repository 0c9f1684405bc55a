"""The options that commands share which write records. Each is an annotation, to be given a default of its own."""

from typing import Annotated

import typer

from gaigai_cli.cli import complete

Item = Annotated[
    str | None,
    typer.Argument(
        metavar="事项", help="事项编号：16.2、第16项第2条", autocompletion=complete.items
    ),
]
Items = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="事项", help="事项编号，可写几个：16.2 18.1", autocompletion=complete.items
    ),
]
Unit = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="单位",
        help="以哪个单位的名义记录；不写则取 GAIGAI_UNIT 或 git config gaigai.unit",
        autocompletion=complete.units,
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="姓名", help="登记人；不写则取 git config user.name"),
]
Date = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="日期",
        help="所述情况的日期，补记时写，如 2024-06-24、6月24日；不写则为今天",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只显示将写入的内容，不写文件")]
Edit = Annotated[bool, typer.Option("--edit", help="在编辑器（环境变量 EDITOR）里填写文字")]
Period = Annotated[
    str | None,
    typer.Option("--period", metavar="月份", help="所属报送月份，如 2024-06；不写则为日期所在月份"),
]
Stage = Annotated[
    str | None,
    typer.Option("--stage", metavar="阶段", help="分阶段事项的阶段编号，或按期事项的期次"),
]
Via = Annotated[
    str | None,
    typer.Option("--via", metavar="方式", help="工改办代单位记录：报表、书面或电话"),
]
Source = Annotated[
    str | None,
    typer.Option("--source", metavar="文件", help="代录所依据的文件，存入 evidence/"),
]
Summary = Annotated[str | None, typer.Option("--summary", metavar="文字", help="进展情况")]
Percent = Annotated[
    str | None,
    typer.Option("--percent", metavar="数", help="完成百分比（0—100），只用于有明确时限的事项"),
]
Problems = Annotated[str | None, typer.Option("--problems", metavar="文字", help="存在问题")]
LateReason = Annotated[str | None, typer.Option("--late-reason", metavar="文字", help="逾期原因")]
Next = Annotated[str | None, typer.Option("--next", metavar="文字", help="下一步打算")]
Metric = Annotated[
    list[str] | None,
    typer.Option(
        "--metric",
        metavar="指标=值",
        help="指标数值，可写几次：编号=12；逐件登记的写 编号=名称|日期|文号；"
        "分单位的写 编号=县水利局=3，县林业局=2",
    ),
]
Evidence = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence", metavar="佐证", help="文号、链接或文件，可写几次；文件存入 evidence/"
    ),
]
Finished = Annotated[
    str | None,
    typer.Option(
        "--finished",
        metavar="日期",
        help="认定的办结日期，如 6月28日；补记的申请不写则按登记之日计",
    ),
]
Asked = Annotated[
    str | None,
    typer.Option(
        "--asked",
        metavar="日期",
        help="认定的申请日期，如 6月28日；补记的申请不写则按登记之日计",
    ),
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="文字", help="理由")]
Basis = Annotated[
    str | None,
    typer.Option("--basis", metavar="文字", help="依据：文号，或批示、会议及日期"),
]
Opinion = Annotated[str | None, typer.Option("--summary", metavar="文字", help="意见")]
ApprovedBy = Annotated[str | None, typer.Option("--approved-by", metavar="姓名", help="批准人")]
Form = Annotated[
    bool,
    typer.Option("--form", help="同时生成申请表（docx），写入 reports/；已申请的只写编号和 --form"),
]
Pending = Annotated[bool, typer.Option("--pending", help="在终端里逐项办理全部待办的申请")]
OneUnit = Annotated[
    str | None,
    typer.Option(
        "--unit", metavar="单位", help="只答复这个单位的申请", autocompletion=complete.units
    ),
]
Units = Annotated[
    list[str] | None,
    typer.Option(
        "--units",
        metavar="单位",
        help="单位，可写几次，或用顿号隔开",
        autocompletion=complete.units,
    ),
]
