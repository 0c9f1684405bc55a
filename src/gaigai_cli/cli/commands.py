"""The commands: where each lives and what its one line of help is. A new command is one more line here.

Nothing is imported before a command is asked for.
"""

from typing import Final, NamedTuple

PROGRAM: Final = "gaigai"


class CommandRow(NamedTuple):
    """A command: the function of its name in ``gaigai_cli.cli.<module>``.

    ``dated``: its answer depends on ``--as-of``. ``writes``: it records something, so what is true today is what
    counts; ``writes_with``: it does so with one of these options only. ``here``: it is about the repository as it is,
    not about one of its commits.
    ``answers``: what it prints is an answer, which ``--out`` puts into a file instead.
    """

    module: str
    help: str
    dated: bool = True
    writes: bool = False
    writes_with: tuple[str, ...] = ()
    here: bool = False
    answers: bool = False


Panel = dict[str, CommandRow]
"""Commands that help shows together, by their names."""


def _record(module: str, help: str) -> CommandRow:
    """Return the row of a command that writes records, whatever its options."""
    return CommandRow(f"record.{module}", help, writes=True)


def _answer(module: str, help: str) -> CommandRow:
    """Return the row of a command that answers as of a day."""
    return CommandRow(module, help, answers=True)


def _here(module: str, help: str) -> CommandRow:
    """Return the row of a command that is about what lies here now, whatever the day."""
    return CommandRow(module, help, dated=False, here=True)


PANELS: Final[dict[str, Panel]] = {
    "查询": {
        "page": _here("page", "在浏览器里办：今日待办、登记、核验、通报、看板"),
        "todo": _answer("query.views", "今日待办：待核验、待批延期、未交回执、本周到期、未报进展"),
        "list": _answer("query.lists", "按单位、状态、亮灯、时限等条件列出事项"),
        "show": _answer("query.views", "查看一个事项或一项任务的全部内容和记录"),
        "overdue": _answer("query.lists", "逾期未办结和未按期报送的事项"),
        "due": _answer("query.lists", "即将到期的事项，先到期的在前"),
        "status": _answer("query.views", "整个清单的总体情况"),
        "depts": _answer("query.views", "各单位承担的事项"),
        "instructions": _answer(
            "query.views", "交办事项台账：登记过的批示、议定事项，各办到哪一步"
        ),
    },
    "记录": {
        "update": _record("own", "报送一个事项的进展"),
        "done": _record("own", "牵头单位申请销号"),
        "extend": _record("own", "牵头单位申请延期"),
        "correct": _record("correct", "更正本单位的一条记录"),
    },
    "核定": {
        "verify": _record("rulings", "核验销号"),
        "reject": _record("rulings", "退回补正：销号申请的佐证不全或不实"),
        "reopen": _record("rulings", "撤销销号：已销号的事项重新办理"),
        "assess": _record("rulings", "期满评估：持续推动事项和定期开展事项"),
        "grant": _record("rulings", "批准延期"),
        "deny": _record("rulings", "不予延期"),
        "suspend": _record("rulings", "条件未具备：暂不亮灯，等待条件"),
        "resume": _record("rulings", "条件具备：恢复计时"),
        "assign": _record("rulings", "明确或变更事项的责任单位"),
        "withdraw": _record("rulings", "调出清单（核减）：事项不再计入"),
        "highlight": _record("rulings", "把单位报送的一条进展列为亮点，写入通报"),
        "praise": _record("rulings", "表扬单位"),
        "criticise": _record("rulings", "通报批评单位，或认定责任"),
    },
    "案头": {
        "urge": _record("rulings", "催办登记：方式、接谈人和答复"),
        "milestones": _record("own", "牵头单位报送事项的阶段节点，或由督办机构设定"),
        "file": _record("rulings", "节点备案：牵头单位报送的阶段节点从此有效"),
        "inspect": _record("rulings", "登记抽查、现场核验：所见情况，与单位所报是否相符"),
        "solve": _record("rulings", "协调结果：单位反映需协调的问题已经解决"),
        "instruct": _record("instruct", "登记领导批示：批示人、要点、主办单位、反馈时限"),
        "resolve": _record("instruct", "登记会议议定事项，几条一起粘贴"),
        "answer": _record("instruct", "批示、议定事项的办理反馈"),
        "present": _record("instruct", "批示办理结果已呈报领导"),
        "read": _record("instruct", "登记领导阅后意见：批示到此办结"),
    },
    "通报": {
        "report": CommandRow(
            "report.report", "出月度通报：显示正文，写入 reports/，附任务台账和各单位情况"
        ),
        "score": _answer("query.views", "单位考核：季度评等次，年度排名次，每一分都有依据"),
        "remind": CommandRow(
            "report.remind",
            "提醒函、催办通知、督办单：列出应提醒的、出草稿、签发、登记回执",
            writes=True,
            writes_with=("--issue", "--returned"),
            answers=True,
        ),
        "archive": CommandRow(
            "report.archive",
            "归档：一个月或一年的通报、督办文书、报送表、佐证，带目录和校验码",
            here=True,
        ),
        "contacts": CommandRow(
            "report.contacts",
            "各单位的联络员和分管负责同志：查看、换人",
            writes=True,
            writes_with=("--name", "--add"),
            answers=True,
        ),
    },
    "报送表": {
        "form": CommandRow("forms", "给单位出 Excel 报送表"),
        "collect": CommandRow(
            "forms", "收回报送表，填写的内容登记为记录", writes=True, answers=True
        ),
    },
    "清单": {
        "import": _here("notice.import_notice", "把印发的通知读成清单草稿，逐条列出疑点"),
        "export": CommandRow("notice.export", "任务清单另存为 Excel、csv、json 或原表（md）"),
        "init": CommandRow("notice.init", "新建数据目录，或由现有清单起草下一年的清单"),
        "practise": _here("notice.init", "建一份练习用的清单（示例数据），可以随意登记"),
    },
    "核查": {
        "check": CommandRow(
            "query.check", "检查数据目录，一次列出全部问题", dated=False, answers=True
        ),
        "schema": CommandRow(
            "notice.export", "输出数据文件的 JSON Schema，供编辑器提示和校验", dated=False
        ),
    },
    "协作": {
        "diff": _answer("history.read", "两个提交之间、或上次提交以来，记录和清单有哪些改动"),
        "git-setup": _here("history.setup", "新克隆的仓库用一次：设好合并方式、显示方式和钩子"),
        "sync": _here("history.sync", "提交本单位的记录，合并别人的，核查后推送"),
        "log": CommandRow(
            "history.read",
            "一个事项、一个单位或整个清单的登记经过：何时、谁提交、谁登记、登记了什么",
            dated=False,
            answers=True,
        ),
        "mcp": _here(
            "assistant", "让智能助手查询台账、预演登记（MCP，标准输入输出）：只读，不写入"
        ),
        "review": CommandRow(
            "history.read",
            "审阅一段提交：改动、违反登记规则之处、新问题、请核对之处",
            dated=False,
            answers=True,
        ),
    },
}
"""All commands, as help shows them."""
COMMANDS: Final[Panel] = {name: row for panel in PANELS.values() for name, row in panel.items()}
RECORDING: Final[Panel] = {
    name: row for name, row in COMMANDS.items() if row.module.startswith("record.")
}
"""What writes records, whatever its options."""

INTERNAL: Final[Panel] = {
    "hook": _here("history.setup", "由 git 的钩子调用"),
    "merge-driver": _here("history.setup", "由 git 调用：合并记录文件"),
}
"""What git calls, by the settings and hooks of ``git-setup``: not shown to people."""
