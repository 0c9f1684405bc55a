"""The options that several commands share, each declared once, and how typer makes parameters of them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand

from gaigai_cli.cli import complete
from gaigai_cli.cli.run import Option

DATA: Final = Option(
    "--data",
    "数据目录（也可设 GAIGAI_DATA），几份清单写几次或用 *；不写则从当前目录向上找 data/tasks.yaml 或 lists.yaml",
    "目录",
    many=True,
    setting="GAIGAI_DATA",
)
AS_OF: Final = Option(
    "--as-of",
    "按这一天的情况查询（也可设 GAIGAI_AS_OF），如 2024-06-30、6月底；不写则为今天",
    "日期",
    setting="GAIGAI_AS_OF",
)
AT: Final = Option("--at", "读取 git 中这个提交的数据", "提交")
STATE: Final = Option(
    "--state",
    "读取状态文件（export --state 导出的），可写几次；写文件夹则读取其中各份清单最近的一个",
    "文件或文件夹",
    many=True,
)
NO_COLOR: Final = Option("--no-color", "不用颜色（也可设 NO_COLOR）")
COMMIT: Final = Option(
    "--commit", "写入后提交到 git：只提交这次写入的内容，别的改动不动", only="只在写入记录时用"
)
OUT: Final = Option("--out", "写到这个文件（UTF-8），不显示；不写 --format 则看扩展名", "文件")

ITEM: Final = Option(
    "事项", "事项编号：16.2、第16项第2条", "事项", complete=complete.items, of_list=True
)
ITEMS: Final = Option(
    "事项",
    "事项编号，可写几个：16.2 18.1",
    "事项",
    many=True,
    complete=complete.items,
    of_list=True,
)
UNIT: Final = Option(
    "--unit",
    "以哪个单位的名义记录；不写则取 GAIGAI_UNIT 或 git config gaigai.unit",
    "单位",
    complete=complete.units,
)
DEPT: Final = Option("--dept", "只看这个单位承担的事项", "单位", complete=complete.units)
COLUMNS: Final = Option("--columns", "只要这些列，用逗号隔开", "列")
BY: Final = Option("--by", "登记人；不写则取 git config user.name", "姓名")
DATE: Final = Option(
    "--date", "所述情况的日期，补记时写，如 2024-06-24、6月24日；不写则为今天", "日期"
)
DRY_RUN: Final = Option("--dry-run", "只显示将写入的内容，不写文件")
EDIT: Final = Option("--edit", "在编辑器（环境变量 EDITOR）里填写文字")
PERIOD: Final = Option("--period", "所属报送月份，如 2024-06；不写则为日期所在月份", "月份")
STAGE: Final = Option("--stage", "分阶段事项的阶段编号，或按期事项的期次", "阶段")
VIA: Final = Option("--via", "工改办代单位记录：报表、书面或电话", "方式")
SOURCE: Final = Option("--source", "代录所依据的文件，存入 evidence/", "文件")
SUMMARY: Final = Option("--summary", "进展情况", "文字")
OPINION: Final = Option("--summary", "意见", "文字")
PERCENT: Final = Option("--percent", "完成百分比（0—100），只用于有明确时限的事项", "数")
PROBLEMS: Final = Option("--problems", "存在问题", "文字")
COORDINATE: Final = Option(
    "--coordinate", "存在的问题需要协调解决：省级、市级或县领导；解决前列入待办", "层级"
)
COMPLETED: Final = Option("--completed", "完成的节点，可写几次或用顿号隔开", "节点", many=True)
LATE_REASON: Final = Option("--late-reason", "逾期原因", "文字")
NEXT: Final = Option("--next", "下一步打算", "文字")
METRIC: Final = Option(
    "--metric",
    "指标数值，可写几次：编号=12；逐件登记的写 编号=名称|日期|文号；"
    "分单位的写 编号=县水利局=3，县林业局=2",
    "指标=值",
    many=True,
)
EVIDENCE: Final = Option(
    "--evidence", "文号、链接或文件，可写几次；文件存入 evidence/", "佐证", many=True
)
REASON: Final = Option("--reason", "理由", "文字")
BASIS: Final = Option("--basis", "依据：文号，或批示、会议及日期", "文字")
APPROVED_BY: Final = Option("--approved-by", "批准人", "姓名")
FORM: Final = Option("--form", "同时生成申请表（docx），写入 reports/；已申请的只写编号和 --form")
PENDING: Final = Option("--pending", "在终端里逐项办理全部待办的申请")
OF_UNIT: Final = Option("--unit", "只答复这个单位的申请", "单位", complete=complete.units)


def format_of(*choices: str, help: str = "") -> Option:
    """``--format`` with its words; ``help`` where more is to be said of them."""
    first, *others = choices
    words = help or f"输出格式：{first}（默认）、{'、'.join(others)}"
    return Option("--format", words, "格式", choices=choices, complete=one_of(choices))


def one_of(choices: Iterable[str]) -> Any:
    """Completion from a fixed set."""
    known = list(choices)
    return lambda incomplete: [word for word in known if word.startswith(incomplete)]


TABLE_OR_JSON: Final = format_of("table", "json")


class _AsTyped:
    """Stands in for typer's conversion of values: commands take words and flags only.

    Typer would build a pydantic validator for each parameter, which costs more than everything else that a command
    does before it reads its data.
    """

    def coerce(self, value: Any, param: Any, ctx: typer.Context) -> Any:
        return value


_AS_TYPED: Final = _AsTyped()


def parameters(options: Iterable[Option]) -> list[Any]:
    """What typer makes of options, in their order. Each takes as many words as are typed for it."""

    def stub(**_: Any) -> None: ...

    declared = [
        inspect.Parameter(
            option.key,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=_annotation(option),
            default=inspect.Parameter.empty
            if option.required
            else None
            if option.metavar
            else False,
        )
        for option in options
    ]
    setattr(stub, "__signature__", inspect.Signature(declared))  # noqa: B010 - unknown to mypy
    app = typer.Typer(add_completion=False)
    app.command(cls=TyperCommand)(stub)
    made: list[Any] = typer.main.get_command(app).params
    for param in made:
        param._runtime_param = _AS_TYPED
    return made


def _annotation(option: Option) -> Any:
    about: dict[str, Any] = {
        "help": option.help,
        "metavar": option.metavar or None,
        "autocompletion": option.complete,
    }
    if option.is_argument:
        kind = list[str] if option.many else str
        return Annotated[kind if option.required else kind | None, typer.Argument(**about)]
    if option.at_once is not None or option is NO_COLOR:  # help has colours too
        about |= {"is_eager": True, "callback": option.at_once}
    kind_ = list[str] | None if option.metavar else bool
    return Annotated[kind_, typer.Option(option.name, **about)]


def _show_version(ctx: typer.Context, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from gaigai_cli import __version__
        from gaigai_cli.cli.output import Output

        Output().text(f"gaigai {__version__}")
        raise typer.Exit


def _show_help(ctx: typer.Context, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        ctx.command.show_help(ctx)  # type: ignore[attr-defined]
        raise typer.Exit


def _show_completion(ctx: typer.Context, value: list[str] | None) -> None:
    if value and not ctx.resilient_parsing:
        complete.show_script(value[0])
        raise typer.Exit


SHARED: Final = (DATA, AS_OF, AT, NO_COLOR)
"""Before or after every command."""
FIRST: Final = (
    Option(
        "--completion",
        "输出命令补全脚本：bash、zsh、fish 或 powershell",
        "终端",
        complete=lambda: list(complete.SHELLS.items()),
        at_once=_show_completion,
    ),
    Option("--version", "显示版本", at_once=_show_version),
)
"""Without a command."""
HELP: Final = Option("--help", "显示帮助", at_once=_show_help)
