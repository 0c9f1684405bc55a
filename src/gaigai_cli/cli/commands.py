"""The commands: where each lives and what its one line of help is. A new command is one more line here.

Nothing is imported before a command is asked for.
"""

from typing import Final, NamedTuple


class Entry(NamedTuple):
    """A command: ``function`` in ``gaigai_cli.cli.<module>``.

    ``dated``: its answer depends on ``--as-of``. ``examples`` stand at the end of its help.
    """

    module: str
    function: str
    help: str
    panel: str
    examples: tuple[str, ...] = ()
    dated: bool = True


_ASK, _CHECK = "查询", "核查"

COMMANDS: Final[dict[str, Entry]] = {
    "todo": Entry(
        "todo",
        "todo",
        "今日待办：待核验、待批延期、未交回执、本周到期、未报进展",
        _ASK,
        ("gaigai todo", "gaigai todo --unit 县住建局"),
    ),
    "list": Entry(
        "listing",
        "list_items",
        "按单位、状态、亮灯、时限等条件列出事项",
        _ASK,
        ("gaigai list --lead 县住建局", "gaigai list --light 红 --format csv"),
    ),
    "show": Entry(
        "show",
        "show",
        "查看一个事项或一项任务的全部内容和记录",
        _ASK,
        ("gaigai show 16.2", "gaigai show 16"),
    ),
    "overdue": Entry(
        "overdue", "overdue", "逾期未办结和未按期报送的事项", _ASK, ("gaigai overdue",)
    ),
    "due": Entry("due", "due", "即将到期的事项，先到期的在前", _ASK, ("gaigai due --within 30",)),
    "status": Entry("status", "status", "整个清单的总体情况", _ASK, ("gaigai status",)),
    "depts": Entry(
        "depts",
        "depts",
        "各单位承担的事项",
        _ASK,
        ("gaigai depts", "gaigai depts 县住建局"),
    ),
    "check": Entry(
        "check",
        "check",
        "检查数据目录，一次列出全部问题",
        _CHECK,
        ("gaigai check", "gaigai check --strict --format github"),
        dated=False,
    ),
    "schema": Entry(
        "schema",
        "schema_command",
        "输出数据文件的 JSON Schema，供编辑器提示和校验",
        _CHECK,
        ("gaigai schema tasks", "gaigai schema --out schemas"),
        dated=False,
    ),
}
