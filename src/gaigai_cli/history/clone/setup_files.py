"""The texts of the files that ``git-setup`` writes into ``.git``."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from gaigai_cli.history.repository import beside
from gaigai_cli.store.evidence import EVIDENCE
from gaigai_cli.store.issued import ISSUED, REPORTS
from gaigai_cli.store.read import PROGRESS

CONFLICT: Final = 10
"""The exit status of ``merge-driver`` for a conflict; no shell gives it for a program that can't be run."""

HOOKS: Final = {"pre-commit": "提交前核查要提交的内容", "pre-push": "推送前审阅要推送的内容"}
FOLDER, STATE = "gaigai", "setup.json"
"""What was set, in a file of a folder in ``.git``."""
KEPT_SUFFIX: Final = ".before-gaigai"
MESSAGE: Final = """\

# 第一行写：种类(事项): 单位 要点
#   进展(16.2): 县财政局 60%
#   申请销号(18.1): 县财政局
# 空一行，再写详细说明。以 # 开头的行不会写入。
# gaigai update … --commit 和 gaigai sync 会自动写好提交说明。
"""

_BEGIN, _END = "# gaigai git-setup 开始", "# gaigai git-setup 结束"
_BLOCK: Final = re.compile(f"^{_BEGIN}\n.*?^{_END}\n", re.MULTILINE | re.DOTALL)
_GLOB: Final = re.compile(r"([\\*?\[\]])")
_MARK: Final = "# gaigai git-setup 装的钩子"


def is_set_up(data: Path) -> bool:
    """Return whether ``git-setup`` was run in the clone that ``data`` lies in.

    No git is asked: a linked working tree counts as none.
    """
    true = data.resolve()
    top = next((f for f in (true, *true.parents) if (f / ".git").exists()), true)
    return (top / ".git" / FOLDER / STATE).exists()


def driver(gaigai: str) -> str:
    """Return the command of the merge driver.

    Where gaigai is gone or can't be run any more, plain git does its work.
    """
    plain = "git merge-file -q --diff3 --marker-size=%L -L 本机 -L 分歧之前 -L 对方 %A %O %B"
    return (
        f"{gaigai} merge-driver %O %A %B %L 2>/dev/null; "
        f"case $? in 0) ;; {CONFLICT}) exit 1 ;; *) {plain} ;; esac"
    )


def textconv(gaigai: str) -> str:
    """Return the command by which git shows a file in words.

    Where gaigai is gone the file is shown as it is, for git would show nothing.
    """
    return f"""f() {{ {gaigai} diff --textconv "$1" 2>/dev/null || cat "$1"; }}; f"""


def with_attributes(text: str, lists: Iterable[str]) -> str:
    """Return attributes with ours, for the data directories at ``lists`` (each ends with ``/``, or is empty)."""
    lines = [line for prefix in lists for line in _attributes(prefix)]
    old = without_attributes(text)
    ended = f"{old}\n" if old and not old.endswith("\n") else old
    return "".join([ended, *(f"{line}\n" for line in (_BEGIN, *lines, _END))])


def without_attributes(text: str) -> str:
    """Return attributes without ours."""
    return _BLOCK.sub("", text)


def _attributes(prefix: str) -> list[str]:
    return [
        f"{_pattern(prefix, f'{PROGRESS}/**/*.yaml')} merge=gaigai diff=gaigai",
        f"{_pattern(prefix, '*.yaml')} diff=gaigai",
        f"{_pattern(prefix, f'{EVIDENCE}/**')} -text",
        *([f"{_pattern(beside(prefix, REPORTS), f'{ISSUED}/**')} -text"] if prefix else []),
    ]


def _pattern(prefix: str, rest: str) -> str:
    """Return a pattern below a folder whose name may hold anything; quoted as git reads it."""
    escaped = _GLOB.sub(r"\\\1", prefix)
    quoted = f"/{escaped}{rest}".replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def hook(name: str, program: Sequence[str], lists: Iterable[str]) -> str:
    """Return the script of a hook: first the hook that was there before, then gaigai, for each data directory."""
    there = shlex.join([*program[:-2], "-c", f"import {program[-1]}"])
    lines = [
        "#!/bin/sh",
        f"{_MARK}：{HOOKS[name]}。撤除：gaigai git-setup --undo",
        "said=$(cat)" if name == "pre-push" else "said=",
        f'before="$0{KEPT_SUFFIX}"',
        'if [ -x "$before" ]; then',
        """  printf '%s\\n' "$said" | "$before" "$@" || exit""",
        "fi",
        *(['[ -n "$said" ] || exit 0'] if name == "pre-push" else []),
        f"if ! {there} 2> /dev/null; then",
        f"  echo 找不到 gaigai，没有{HOOKS[name][3:]}；重新安装后请运行 gaigai git-setup >&2",
        "  exit 0",
        "fi",
    ]
    for prefix in lists:
        data = shlex.quote(prefix.rstrip("/") or ".")
        lines.append(
            f"""printf '%s\\n' "$said" | {shlex.join(program)} --data {data} hook {name} "$@" || exit"""
        )
    return "".join(f"{line}\n" for line in lines)


def is_ours(path: Path) -> bool:
    """Return whether a hook was written by us."""
    try:
        return _MARK in path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
