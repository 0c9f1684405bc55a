"""The commands: where each lives and what its one line of help is. A new command is one more line here.

Nothing is imported before a command is asked for.
"""

from typing import Final, NamedTuple

PROGRAM: Final = "gaigai"


class CommandRow(NamedTuple):
    """A command: ``function`` in ``gaigai_cli.cli.<module>``.

    ``dated``: its answer depends on ``--as-of``. ``writes``: it records something, so what is true today is what
    counts, and ``--commit`` commits it; ``writes_with``: it does so with one of these options only. ``here``: it is
    about the repository as it is, not about one of its commits.
    ``answers``: what it prints is an answer, which ``--out`` puts into a file instead.
    ``examples`` stand at the end of its help.
    """

    module: str
    function: str
    help: str
    panel: str
    examples: tuple[str, ...] = ()
    dated: bool = True
    writes: bool = False
    writes_with: tuple[str, ...] = ()
    here: bool = False
    answers: bool = False


_WRITE, _RULE, _DESK = "记录", "核定", "案头"

RECORDING: Final[dict[str, CommandRow]] = {
    "update": CommandRow(
        "record.own",
        "update",
        "报送一个事项的进展",
        _WRITE,
        (
            "gaigai update 16.2",
            "gaigai update 16.2 --unit 县财政局 --summary 经费已列入预算。 --percent 60",
            "gaigai update 7.1 --summary 抽查项目3个。 --metric enforcement-rate=100",
        ),
        writes=True,
    ),
    "done": CommandRow(
        "record.own",
        "done",
        "牵头单位申请销号",
        _WRITE,
        (
            "gaigai done 16.2 --evidence 财预〔2024〕15号 --evidence 拨付单.pdf --form",
            "gaigai done 16.2 --take-back",
        ),
        writes=True,
    ),
    "extend": CommandRow(
        "record.own",
        "extend",
        "牵头单位申请延期",
        _WRITE,
        ("gaigai extend 16.2 --to 8月31日 --reason 预算调剂需经常务会审议。 --form",),
        writes=True,
    ),
    "correct": CommandRow(
        "record.correct",
        "correct",
        "更正本单位的一条记录",
        _WRITE,
        (
            "gaigai correct 20240614-153012-3f9c81d2 --set 完成百分比=50 --reason 填报有误",
            "gaigai correct 3f9c81d2 --void --reason 误登",
        ),
        writes=True,
    ),
    "verify": CommandRow(
        "record.close_out",
        "verify",
        "核验销号",
        _RULE,
        ("gaigai verify --pending", "gaigai verify 16.2 18.1 --summary 佐证齐全，同意销号。"),
        writes=True,
    ),
    "reject": CommandRow(
        "record.close_out",
        "reject",
        "退回补正：销号申请的佐证不全或不实",
        _RULE,
        ("gaigai reject 18.1 --reason 缺少支付凭证，请补齐。",),
        writes=True,
    ),
    "reopen": CommandRow(
        "record.close_out",
        "reopen",
        "撤销销号：已销号的事项重新办理",
        _RULE,
        ("gaigai reopen 21.1 --reason 复核发现参训情况不实。",),
        writes=True,
    ),
    "assess": CommandRow(
        "record.close_out",
        "assess",
        "期满评估：持续推动事项和定期开展事项",
        _RULE,
        ("gaigai assess 1.1 --result 完成",),
        writes=True,
    ),
    "grant": CommandRow(
        "record.rulings",
        "grant",
        "批准延期",
        _RULE,
        (
            "gaigai grant --pending",
            "gaigai grant 16.2 --basis 领导小组会议（2024-07-25） --approved-by 张三",
        ),
        writes=True,
    ),
    "deny": CommandRow(
        "record.rulings",
        "deny",
        "不予延期",
        _RULE,
        ("gaigai deny 14.1 --basis 专题会议（2024-09-27） --approved-by 张三",),
        writes=True,
    ),
    "suspend": CommandRow(
        "record.rulings",
        "suspend",
        "条件未具备：暂不亮灯，等待条件",
        _RULE,
        ("gaigai suspend 19.1 --basis 省工改办电话通知（2024-05-14）",),
        writes=True,
    ),
    "resume": CommandRow(
        "record.rulings",
        "resume",
        "条件具备：恢复计时",
        _RULE,
        ("gaigai resume 19.1 --reason 国评时间已通知。",),
        writes=True,
    ),
    "assign": CommandRow(
        "record.rulings",
        "assign",
        "明确或变更事项的责任单位",
        _RULE,
        ("gaigai assign 1.1 --units 园区管委会 --role 责任 --basis 岳县工改办〔2024〕3号",),
        writes=True,
    ),
    "withdraw": CommandRow(
        "record.rulings",
        "withdraw",
        "调出清单（核减）：事项不再计入",
        _RULE,
        ("gaigai withdraw 15.1 --basis 领导小组会议（2024-10-10）",),
        writes=True,
    ),
    "highlight": CommandRow(
        "record.rulings",
        "highlight",
        "把单位报送的一条进展列为亮点，写入通报",
        _RULE,
        ("gaigai highlight 56f79c9f --summary 首批46户当日领证。",),
        writes=True,
    ),
    "praise": CommandRow(
        "record.rulings",
        "praise",
        "表扬单位",
        _RULE,
        (
            "gaigai praise 县财政局 --item 16.2 --basis 岳县工改办〔2024〕36号 --approved-by 县工改领导小组",
        ),
        writes=True,
    ),
    "criticise": CommandRow(
        "record.rulings",
        "criticise",
        "通报批评单位，或认定责任",
        _RULE,
        ("gaigai criticise 县财政局 --basis 岳县工改办〔2024〕29号 --approved-by 县工改领导小组",),
        writes=True,
    ),
    "urge": CommandRow(
        "record.rulings",
        "urge",
        "催办登记：方式、接谈人和答复",
        _DESK,
        ("gaigai urge 县财政局 --item 16.2 --means 电话 --reached 张三 --summary 周五前报送。",),
        writes=True,
    ),
    "milestones": CommandRow(
        "record.own",
        "milestones",
        "牵头单位报送事项的阶段节点，或由督办机构设定",
        _DESK,
        (
            "gaigai milestones 16.2 --milestone 方案｜3月31日｜印发文件｜30 --milestone 拨付｜6月20日",
        ),
        writes=True,
    ),
    "file": CommandRow(
        "record.rulings",
        "file",
        "节点备案：牵头单位报送的阶段节点从此有效",
        _DESK,
        ("gaigai file 16.2",),
        writes=True,
    ),
    "inspect": CommandRow(
        "record.rulings",
        "inspect",
        "登记抽查、现场核验：所见情况，与单位所报是否相符",
        _DESK,
        (
            "gaigai inspect 16.2 --way 现场核验 --inspectors 张三、李四 --summary 凭证齐全。 --agrees 相符",
        ),
        writes=True,
    ),
    "solve": CommandRow(
        "record.rulings",
        "solve",
        "协调结果：单位反映需协调的问题已经解决",
        _DESK,
        ("gaigai solve 10.1 --summary 省消防救援总队已开通接口。",),
        writes=True,
    ),
    "instruct": CommandRow(
        "record.instruct",
        "instruct",
        "登记领导批示：批示人、要点、主办单位、反馈时限",
        _DESK,
        (
            "gaigai instruct --leader 张三 --handling 批办 --summary 尽快拨付经费 --to 县财政局 --reply-by 6月30日",
        ),
        writes=True,
    ),
    "resolve": CommandRow(
        "record.instruct",
        "resolve",
        "登记会议议定事项，几条一起粘贴",
        _DESK,
        ("gaigai resolve --meeting 县政府第12次常务会议 --date 6月20日 --lines 议定事项.txt",),
        writes=True,
    ),
    "answer": CommandRow(
        "record.instruct",
        "answer",
        "批示、议定事项的办理反馈",
        _DESK,
        ("gaigai answer 3f9c81d2 --summary 经费已拨付。 --evidence 拨付单.pdf",),
        writes=True,
    ),
    "present": CommandRow(
        "record.instruct",
        "present",
        "批示办理结果已呈报领导",
        _DESK,
        ("gaigai present 3f9c81d2",),
        writes=True,
    ),
    "read": CommandRow(
        "record.instruct",
        "read",
        "登记领导阅后意见：批示到此办结",
        _DESK,
        ("gaigai read 3f9c81d2 --summary 已阅。",),
        writes=True,
    ),
}


_ASK, _ISSUE, _CHECK = "查询", "通报", "核查"
_FORM = "报送表"
_LIST = "清单"
_SHARE: Final = "协作"

COMMANDS: Final[dict[str, CommandRow]] = {
    "page": CommandRow(
        "page",
        "page",
        "在浏览器里办：今日待办、登记、核验、通报、看板",
        _ASK,
        ("gaigai page", "gaigai page --out 看板.html"),
        dated=False,
        here=True,
    ),
    "todo": CommandRow(
        "query.views",
        "todo",
        "今日待办：待核验、待批延期、未交回执、本周到期、未报进展",
        _ASK,
        ("gaigai todo", "gaigai todo --unit 县住建局"),
        answers=True,
    ),
    "list": CommandRow(
        "query.lists",
        "list_items",
        "按单位、状态、亮灯、时限等条件列出事项",
        _ASK,
        ("gaigai list --lead 县住建局", "gaigai list --light 红 --format csv"),
        answers=True,
    ),
    "show": CommandRow(
        "query.views",
        "show",
        "查看一个事项或一项任务的全部内容和记录",
        _ASK,
        ("gaigai show 16.2", "gaigai show 16"),
        answers=True,
    ),
    "overdue": CommandRow(
        "query.lists",
        "overdue",
        "逾期未办结和未按期报送的事项",
        _ASK,
        ("gaigai overdue",),
        answers=True,
    ),
    "due": CommandRow(
        "query.lists",
        "due",
        "即将到期的事项，先到期的在前",
        _ASK,
        ("gaigai due --within 30",),
        answers=True,
    ),
    "status": CommandRow(
        "query.views", "status", "整个清单的总体情况", _ASK, ("gaigai status",), answers=True
    ),
    "depts": CommandRow(
        "query.views",
        "depts",
        "各单位承担的事项",
        _ASK,
        ("gaigai depts", "gaigai depts 县住建局"),
        answers=True,
    ),
    "instructions": CommandRow(
        "query.views",
        "instructions",
        "交办事项台账：登记过的批示、议定事项，各办到哪一步",
        _ASK,
        ("gaigai instructions", "gaigai instructions --format json --out 交办.json"),
        answers=True,
    ),
    **RECORDING,
    "report": CommandRow(
        "report.report",
        "report",
        "出月度通报：显示正文，写入 reports/，附任务台账和各单位情况",
        _ISSUE,
        (
            "gaigai report --month 2024-06",
            "gaigai report --month 2024-06 --internal",
            "gaigai report --issue 定稿.docx --month 2024-06 --number 岳县工改办发〔2024〕8号",
            "gaigai report --verify 2024-06",
            "gaigai report --roll-up --month 2024-06 --state 状态",
        ),
    ),
    "score": CommandRow(
        "report.score",
        "score",
        "单位考核：季度评等次，年度排名次，每一分都有来由",
        _ISSUE,
        ("gaigai score --quarter 2024-Q3", "gaigai score --year 2024 --explain 县住建局"),
        answers=True,
    ),
    "form": CommandRow(
        "forms.form",
        "form",
        "给单位出 Excel 报送表",
        _FORM,
        ("gaigai form --all --month 2024-06", "gaigai form --unit 县住建局"),
    ),
    "collect": CommandRow(
        "forms.collect",
        "collect",
        "收回报送表，填写的内容登记为记录",
        _FORM,
        ("gaigai collect 收件箱 --dry-run", "gaigai collect --status --month 2024-06"),
        writes=True,
        answers=True,
    ),
    "remind": CommandRow(
        "report.remind",
        "remind",
        "提醒函、催办通知、督办单：列出应提醒的、出草稿、签发、登记回执",
        _ISSUE,
        (
            "gaigai remind",
            "gaigai remind --unit 县财政局 --format txt",
            "gaigai remind --item 16.2 --issue",
            "gaigai remind --returned 岳县工改办提〔2024〕1号 --date 6月21日",
        ),
        writes=True,
        writes_with=("--issue", "--returned"),
        answers=True,
    ),
    "archive": CommandRow(
        "report.archive",
        "archive",
        "归档：一个月或一年的通报、督办文书、报送表、佐证，带目录和校验码",
        _ISSUE,
        ("gaigai archive --month 2024-06", "gaigai archive --verify reports/归档/2024-06.zip"),
        here=True,
    ),
    "contacts": CommandRow(
        "report.contacts",
        "contacts",
        "各单位的联络员和分管负责同志：查看、换人",
        _ISSUE,
        (
            "gaigai contacts",
            "gaigai contacts 县财政局 --add",
            "gaigai contacts 县财政局 --name 张三 --post 办公室主任 --phone 0730-1234567",
        ),
        writes=True,
        writes_with=("--name", "--add"),
        answers=True,
    ),
    "import": CommandRow(
        "notice.import_notice",
        "import_notice",
        "把印发的通知读成清单草稿，逐条列出疑点",
        _LIST,
        (
            "gaigai import 通知.docx --out data",
            "gaigai import 通知.docx --out data --review --force",
            "gaigai import 修订通知.docx --update data --out data --force",
        ),
        dated=False,
        here=True,
    ),
    "export": CommandRow(
        "notice.export",
        "export",
        "任务清单另存为 Excel、csv、json 或原表（md）",
        _LIST,
        (
            "gaigai export --out 清单.xlsx",
            "gaigai export --format md",
            "gaigai export --state --as-of 2024-06-30 --out 岳阳县-2024-06.json",
        ),
    ),
    "init": CommandRow(
        "notice.init",
        "init",
        "新建数据目录，或由现有清单起草下一年的清单",
        _LIST,
        ("gaigai init --office 县工改办", "gaigai init --next-year 2025"),
    ),
    "practise": CommandRow(
        "notice.init",
        "practise",
        "建一份练习用的清单（示例数据），可以随意登记",
        _LIST,
        ("gaigai practise", "gaigai practise D:/练习"),
        dated=False,
        here=True,
    ),
    "check": CommandRow(
        "query.check",
        "check",
        "检查数据目录，一次列出全部问题",
        _CHECK,
        ("gaigai check", "gaigai check --strict --format github"),
        dated=False,
        answers=True,
    ),
    "schema": CommandRow(
        "notice.schema",
        "schema_command",
        "输出数据文件的 JSON Schema，供编辑器提示和校验",
        _CHECK,
        ("gaigai schema tasks", "gaigai schema --out schemas"),
        dated=False,
    ),
    "diff": CommandRow(
        "history.read",
        "diff",
        "两个提交之间、或上次提交以来，记录和清单有哪些改动",
        _SHARE,
        ("gaigai diff", "gaigai diff main..HEAD --format md"),
        answers=True,
    ),
    "git-setup": CommandRow(
        "history.setup",
        "git_setup",
        "新克隆的仓库用一次：设好合并方式、显示方式和钩子",
        _SHARE,
        ("gaigai git-setup --unit 县住建局", "gaigai git-setup --undo"),
        dated=False,
        here=True,
    ),
    "sync": CommandRow(
        "history.sync",
        "sync",
        "提交本单位的记录，合并别人的，核查后推送",
        _SHARE,
        ("gaigai sync", "gaigai sync --dry-run"),
        dated=False,
        here=True,
    ),
    "log": CommandRow(
        "history.read",
        "log",
        "一个事项、一个单位或整个清单的登记经过：何时、谁提交、谁登记、登记了什么",
        _SHARE,
        ("gaigai log 16.2", "gaigai log --unit 县财政局"),
        dated=False,
        answers=True,
    ),
    "mcp": CommandRow(
        "assistant",
        "mcp",
        "让智能助手查询台账、预演登记（MCP，标准输入输出）：只读，不写入",
        _SHARE,
        ("gaigai mcp", "gaigai mcp --data 岳阳县/data"),
        dated=False,
        here=True,
    ),
    "review": CommandRow(
        "history.read",
        "review",
        "审阅一段提交：改动、违反登记规则之处、新问题、请核对之处",
        _SHARE,
        ("gaigai review main..HEAD", "gaigai review main..HEAD --require-signed --format github"),
        dated=False,
        answers=True,
    ),
}

INTERNAL: Final[dict[str, CommandRow]] = {
    "hook": CommandRow(
        "history.setup", "hook", "由 git 的钩子调用", _SHARE, dated=False, here=True
    ),
    "merge-driver": CommandRow(
        "history.setup",
        "merge_driver",
        "由 git 调用：合并记录文件",
        _SHARE,
        dated=False,
        here=True,
    ),
}
"""What git calls, by the settings and hooks of ``git-setup``: not shown to people."""
