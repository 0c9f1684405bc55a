"""What an option is, what was typed for the options of a run, and those that several commands share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from gaigai_cli.errors import GaigaiError

_NAME: Final = re.compile("[^，；：。（]+")


@dataclass(frozen=True, eq=False)
class Option:
    """An option, or an argument where ``name`` has no ``--``.

    ``metavar`` is what help calls its words, an argument's as the argument; an option without one is a flag.
    ``many``: it may be given several times. ``setting`` is the variable of the environment that stands for it where it
    isn't given. ``choices`` are its words, the first of which it is where it isn't given. ``complete`` says what a
    shell proposes, where its words are neither units, items nor choices. ``only`` says in Chinese what it goes with,
    for whoever has given it without. ``at_once`` is called as soon as it is read (``--help``). ``of_list``: it names
    what is in a list, and may say in which one (华容/16.2). ``gives`` is the field of a record that it
    gives, where it isn't called so.
    """

    name: str
    help: str = ""
    metavar: str = ""
    many: bool = False
    required: bool = False
    complete: Literal["items_and_tasks"] | Callable[..., Any] | None = None
    setting: str = ""
    choices: tuple[str, ...] = ()
    only: str = ""
    at_once: Callable[..., Any] | None = None
    of_list: bool = False
    gives: str = ""

    def __post_init__(self) -> None:
        if self.is_argument:
            object.__setattr__(self, "metavar", self.name)

    @property
    def is_argument(self) -> bool:
        """Return whether it stands without a name of its own."""
        return not self.name.startswith("--")

    @property
    def plain(self) -> str:
        """Its name as code has it."""
        return self.name.strip("-").replace("-", "_")

    @property
    def key(self) -> str:
        """Its name among the parameters of a function."""
        return f"{self.plain}_"

    @property
    def field(self) -> str:
        """The field of a record that it gives, where a question asks for that."""
        return self.gives or self.plain

    @property
    def shown(self) -> str:
        """How messages name it: ``--summary（进展情况）``, “事项”."""
        if self.is_argument:
            return f"“{self.name}”"
        found = _NAME.match(self.help)
        return f"{self.name}（{found[0]}）" if found else self.name


def typed_words(ctx: Any, option: Option) -> tuple[str, ...]:
    """Return the words typed for an option, before the command and after it; a flag has one empty word."""
    before = typed_words(ctx.parent, option) if ctx.parent is not None else ()
    value = ctx.params.get(option.key)
    if value is True:
        return ("",)
    return (*before, *((value,) if isinstance(value, str) else value or ()))


class Given:
    """What was typed for one run of a command. Whatever reads an option uses it.

    What was typed and isn't used is an error: `refuse_unused`, which every answer and every writing waits for.
    ``options`` are those that the command knows, ``list`` says of which of several lists the ids are, as typed.
    ``place`` is the data directory of the one list that the run works with, as soon as it is found. ``writes``: the run
    records something, so that only today counts.
    """

    def __init__(
        self,
        typed: Mapping[Option, Iterable[str]] | None = None,
        path: str = "",
        options: tuple[Option, ...] = (),
    ) -> None:
        self.typed = {option: tuple(words) for option, words in (typed or {}).items()}
        self.path = path
        self.options = options
        self.list = ""
        self.place: Path | None = None
        self.writes = False
        self._used: set[Option] = set()
        for option, words in self.typed.items():
            if not option.many and len(set(words)) > 1:
                said = "、".join(f"“{word}”" for word in words)
                raise GaigaiError(f"{option.shown}写了不止一次：{said}", "请只留一个")

    def has(self, option: Option) -> bool:
        """Return whether the option was typed; asking doesn't use it."""
        return option in self.typed

    def use(self, *options: Option) -> None:
        """Take note that what is typed for them has an effect."""
        self._used.update(options)

    def words(self, option: Option) -> tuple[str, ...]:
        """Return all words typed for the option."""
        self.use(option)
        return self.typed.get(option, ())

    def word(self, option: Option) -> str | None:
        """Return the word typed for the option, else its setting in the environment; None where there is neither."""
        words = self.words(option)
        if words:
            return words[0]
        return (os.environ.get(option.setting) or None) if option.setting else None

    def flag(self, option: Option) -> bool:
        """Return whether the flag was typed."""
        return bool(self.words(option))

    def choice(self, option: Option) -> str:
        """Return the one of the option's choices that was typed, else the first.

        Raises ``GaigaiError`` for other words.
        """
        word = self.word(option)
        return option.choices[0] if word is None else self.known(option, word)

    def known(self, option: Option, word: str) -> str:
        """Return the one of the option's choices that the word says. Raises ``GaigaiError`` where it says none."""
        from gaigai_cli.work import values

        return values.choice(word, option.choices, option.name)

    def refuse_unused(self, *undecided: Option) -> None:
        """Raise ``GaigaiError`` where something was typed that has no effect; ``undecided`` may still have one."""
        done = {*self._used, *undecided}
        self.refuse(option for option in self.typed if option not in done)

    def refuse(self, options: Iterable[Option]) -> None:
        """Raise ``GaigaiError`` where one of the options was typed: it has no effect here."""
        refused = [option for option in options if option in self.typed]
        if not refused:
            return
        names = "、".join(option.shown for option in refused)
        reasons = "；".join(f"{option.name} {option.only}" for option in refused if option.only)
        remedy = reasons or f"请去掉，用法见 {self.path} --help"
        raise GaigaiError(f"{names}在这里不起作用", remedy)


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

ITEM: Final = Option("事项", "事项编号：16.2、第16项第2条", of_list=True)
ITEMS: Final = Option("事项", "事项编号，可写几个：16.2 18.1", many=True, of_list=True)
UNIT: Final = Option(
    "--unit", "以哪个单位的名义记录；不写则取 GAIGAI_UNIT 或 git config gaigai.unit", "单位"
)
DEPT: Final = Option("--dept", "只看这个单位承担的事项", "单位")
COLUMNS: Final = Option("--columns", "只要这些列，用逗号隔开", "列")
BY: Final = Option("--by", "登记人；不写则取 git config user.name", "姓名")
DATE: Final = Option(
    "--date", "所述情况的日期，补记时写，如 2024-06-24、6月24日；不写则为今天", "日期"
)
DRY_RUN: Final = Option("--dry-run", "只显示将写入的内容，不写文件")
EDIT: Final = Option("--edit", "用编辑器填写文字（环境变量 EDITOR）")
PERIOD: Final = Option("--period", "所属报送月份，如 2024-06；不写则为日期所在月份", "月份")
STAGE: Final = Option("--stage", "分阶段事项的阶段编号，或按期事项的期次，如 第二季度、6月", "阶段")
VIA: Final = Option("--via", "督办机构代单位记录：报表、书面或电话", "方式")
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
    gives="metrics",
)
EVIDENCE: Final = Option(
    "--evidence", "文号、链接或文件，可写几次；文件存入 evidence/", "佐证", many=True
)
REASON: Final = Option("--reason", "理由", "文字")
BASIS: Final = Option("--basis", "依据：文号，或批示、会议及日期", "文字")
APPROVED_BY: Final = Option("--approved-by", "批准人", "姓名")
FORM: Final = Option("--form", "同时生成申请表（docx），写入 reports/；已申请的只写编号和 --form")
PENDING: Final = Option("--pending", "在终端里逐项办理全部待办的申请")
OF_UNIT: Final = Option("--unit", "只办理这个单位报来的", "单位")


def format_of(*choices: str, help: str = "") -> Option:
    """Return ``--format`` with its words; ``help`` where more is to be said of them."""
    first, *others = choices
    words = help or f"输出格式：{first}（默认）、{'、'.join(others)}"
    return Option("--format", words, "格式", choices=choices)


def one_of(choices: Iterable[str]) -> Any:
    """Return completion from a fixed set."""
    known = list(choices)
    return lambda incomplete: [word for word in known if word.startswith(incomplete)]


TABLE_OR_JSON: Final = format_of("table", "json")

SHARED: Final = (DATA, AS_OF, AT, NO_COLOR)
"""Before or after every command."""
