"""What ``git-setup`` sets in a clone: configuration, attributes and hooks, all of it inside ``.git``.

What was there before is written down in ``.git/gaigai/setup.json``, so that it can be undone.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.commit_files import list_files
from gaigai_cli.history.git import Blob, value_in
from gaigai_cli.history.repository import Repository, beside
from gaigai_cli.model.departments import UNIT_SETTING
from gaigai_cli.store.files import working_tree
from gaigai_cli.store.issued import ISSUED, REPORTS
from gaigai_cli.store.names import EVIDENCE, PROGRESS
from gaigai_cli.store.write import replace_text

_TEMPLATE: Final = "commit-template.txt"
CONFLICT: Final = 10
"""The exit status of ``merge-driver`` for a conflict; no shell gives it for a program that can't be run."""

HOOKS: Final = {"pre-commit": "提交前核查要提交的内容", "pre-push": "推送前审阅要推送的内容"}
_FOLDER, _STATE = "gaigai", "setup.json"
"""What was set, in a file of a folder in ``.git``."""
KEPT_SUFFIX: Final = ".before-gaigai"
_MESSAGE: Final = """\

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

_SCRIPT: Final = """\
#!/bin/sh
{mark}
said={said}
before="$0{kept}"
if [ -x "$before" ]; then
  printf '%s\\n' "$said" | "$before" "$@" || exit
fi
{nothing}if ! {there} 2> /dev/null; then
  echo 找不到 gaigai，没有{does}；重新安装后请运行 gaigai git-setup >&2
  exit 0
fi
"""


class CloneSetting(NamedTuple):
    """A value of git's configuration, and what it is for."""

    name: str
    value: str
    why: str


@dataclass
class _State:
    """What earlier runs have set: for which data directories (``""``: the top), and what each setting was before."""

    lists: list[str] = field(default_factory=list)
    before: dict[str, str | None] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Setup:
    """The setting up of a clone. ``program`` are the words that start gaigai, ``unit`` says whose clone it is."""

    repository: Repository
    program: Sequence[str]
    unit: str | None = None

    def settings(self) -> list[CloneSetting]:
        """Return the configuration that is wanted."""
        gaigai = shlex.join(self.program)
        found = [
            CloneSetting("core.quotePath", "false", "中文文件名照原样显示"),
            CloneSetting("merge.conflictStyle", "diff3", "合并冲突时不把一条记录拆开"),
            CloneSetting("merge.gaigai.name", "gaigai 按记录合并", "记录文件的合并方式"),
            CloneSetting("merge.gaigai.driver", _driver(gaigai), "两边都添了记录时，两边都留"),
            CloneSetting("diff.gaigai.textconv", _textconv(gaigai), "git log -p 显示成中文"),
            CloneSetting("commit.template", self._template, "提交说明的写法提示"),
        ]
        return [
            *([CloneSetting(UNIT_SETTING, self.unit, "本机属于哪个单位")] if self.unit else []),
            *found,
        ]

    def demand_possible(self) -> None:
        """Raise ``GaigaiError`` where hooks are kept elsewhere, or one is in the way."""
        elsewhere = value_in(self.repository.configuration.in_files, "core.hooksPath")
        if elsewhere is not None:
            raise GaigaiError(
                f"本机的钩子统一放在 {elsewhere}（core.hooksPath），没有改动",
                "要由 gaigai 装钩子，请先运行 git config --unset core.hooksPath"
                "（全局设的加 --global）",
            )
        for name in HOOKS:
            hook, kept = self._hook(name), self._hook(f"{name}{KEPT_SUFFIX}")
            if hook.exists() and kept.exists() and not _is_ours(hook):
                raise GaigaiError(
                    f"{hook.name} 和 {kept.name} 都已存在，不知道哪一个要保留，没有改动",
                    f"请在 {hook.parent} 里留下一个",
                )

    def chained(self) -> list[str]:
        """Return the hooks of somebody else's that will be run first."""
        return [name for name in HOOKS if self._is_foreign(name)]

    def apply(self) -> None:
        """Set all of it."""
        state = self._state()
        state.lists = list(dict.fromkeys([*state.lists, self.repository.prefix]))
        wanted = [
            (setting, self.repository.own_setting(setting.name)) for setting in self.settings()
        ]
        for setting, now in wanted:
            if now != setting.value and (now is None or state.values.get(setting.name) != now):
                state.before[setting.name] = now
            state.values[setting.name] = setting.value
        # Before anything is changed: who is interrupted can undo it all the same.
        replace_text(self._folder / _STATE, json.dumps(vars(state), ensure_ascii=False, indent=1))
        for setting, now in wanted:
            if now != setting.value:
                self.repository.ask("config", "--local", setting.name, setting.value)
        replace_text(self._folder / _TEMPLATE, _MESSAGE)
        attributes = self._attributes
        old = attributes.read_text(encoding="utf-8") if attributes.exists() else ""
        replace_text(attributes, _with_attributes(old, state.lists))
        for name in HOOKS:
            hook = self._hook(name)
            if self._is_foreign(name):
                hook.rename(self._hook(f"{name}{KEPT_SUFFIX}"))
            replace_text(hook, _hook_script(name, self.program, state.lists))
            hook.chmod(0o755)
        self._restore_evidence()

    def _restore_evidence(self) -> None:
        """Give evidence and what was issued their own bytes back where git wrote CRLF for LF, before our attributes."""
        repository = self.repository
        head = repository.commit_of("HEAD")
        if head is None or not repository.has_list(head):
            return
        prefix = repository.prefix
        issued = [f"{beside(prefix, REPORTS)}{ISSUED}/"] if prefix else []
        folders = (f"{prefix}{EVIDENCE}/", *issued)
        changed = {
            name: repository.top / name
            for name, blob in list_files(repository, head, "HEAD").tree.items()
            if name.startswith(folders) and self._has_other_ends(repository.top / name, blob)
        }
        if changed:
            for path in changed.values():
                os.utime(path, (0, 0))  # git leaves alone what looks as it has written it
            # Not written by ourselves: git takes a file of another size than it knows for modified.
            given = "".join(f"{name}\0" for name in changed).encode()
            repository.ask("checkout-index", "--force", "--index", "-z", "--stdin", given=given)

    def _has_other_ends(self, path: Path, blob: Blob) -> bool:
        """Return whether a file differs from what is committed in nothing but CRLF for LF."""
        data = path.read_bytes() if path.is_file() else b""
        if b"\r\n" not in data:
            return False
        kept = self.repository.blobs.read(blob.hash)
        return b"\r" not in kept and data == kept.replace(b"\n", b"\r\n")

    def undo(self) -> list[str]:
        """Put everything back; return the settings that somebody has changed since and that stay as they are."""
        state = self._state()
        if not (self._folder / _STATE).exists():
            raise GaigaiError("本仓库没有用 git-setup 设置过", "不必撤除")
        left = []
        for name, value in state.values.items():
            now = self.repository.own_setting(name)
            if now not in (value, state.before.get(name, value)):
                left.append(name)
            elif (before := state.before.get(name, value)) is not None:
                self.repository.ask("config", "--local", name, before)
            elif now is not None:
                self.repository.ask("config", "--local", "--unset-all", name)
                self._drop_empty_section(name.rpartition(".")[0])
        attributes = self._attributes
        if attributes.exists():
            text = _BLOCK.sub("", attributes.read_text(encoding="utf-8"))
            if text:
                replace_text(attributes, text)
            else:
                attributes.unlink()
        for name in HOOKS:
            hook, kept = self._hook(name), self._hook(f"{name}{KEPT_SUFFIX}")
            if _is_ours(hook):
                hook.unlink()
                if kept.exists():
                    kept.rename(hook)
        shutil.rmtree(self._folder)
        return left

    @property
    def _folder(self) -> Path:
        return self.repository.shared / _FOLDER

    @property
    def _template(self) -> str:
        """The template's path, from the top where that is possible: the clone may be moved.

        A linked working tree has another top, and git can't commit where the template is missing.
        """
        path = self._folder / _TEMPLATE
        linked = (self.repository.shared / "worktrees").exists()
        inside = path.is_relative_to(self.repository.top) and not linked
        return path.relative_to(self.repository.top).as_posix() if inside else path.as_posix()

    @property
    def _attributes(self) -> Path:
        return self.repository.shared / "info" / "attributes"

    def _hook(self, name: str) -> Path:
        return self.repository.shared / "hooks" / name

    def _is_foreign(self, name: str) -> bool:
        return self._hook(name).exists() and not _is_ours(self._hook(name))

    def _drop_empty_section(self, section: str) -> None:
        """Remove the heading of a section with nothing below it; older git leaves it there."""
        pattern = f"^{section.lower()}\\."
        if self.repository.run("config", "--local", "--get-regexp", pattern).returncode:
            self.repository.run("config", "--local", "--remove-section", section)

    def _state(self) -> _State:
        path = self._folder / _STATE
        if not path.exists():
            return _State()
        try:
            return _State(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError):
            raise GaigaiError(f"{path} 已损坏", "请删去这个文件后重新运行 git-setup") from None


def is_set_up(data: Path) -> bool:
    """Return whether ``git-setup`` was run in the clone that ``data`` lies in.

    No git is asked: a linked working tree counts as none.
    """
    top = working_tree(data)
    return top is not None and (top / ".git" / _FOLDER / _STATE).exists()


def _driver(gaigai: str) -> str:
    """Return the command of the merge driver.

    Where gaigai is gone or can't be run any more, plain git does its work.
    """
    plain = "git merge-file -q --diff3 --marker-size=%L -L 本机 -L 分歧之前 -L 对方 %A %O %B"
    return (
        f"{gaigai} merge-driver %O %A %B %L 2>/dev/null; "
        f"case $? in 0) ;; {CONFLICT}) exit 1 ;; *) {plain} ;; esac"
    )


def _textconv(gaigai: str) -> str:
    """Return the command by which git shows a file in words.

    Where gaigai is gone the file is shown as it is, for git would show nothing.
    """
    return f"""f() {{ {gaigai} diff --textconv "$1" 2>/dev/null || cat "$1"; }}; f"""


def _with_attributes(text: str, lists: Iterable[str]) -> str:
    """Return attributes with ours, for the data directories at ``lists`` (each ends with ``/``, or is empty)."""
    lines = [line for prefix in lists for line in _attribute_lines(prefix)]
    old = _BLOCK.sub("", text)
    ended = f"{old}\n" if old and not old.endswith("\n") else old
    return "".join([ended, *(f"{line}\n" for line in (_BEGIN, *lines, _END))])


def _attribute_lines(prefix: str) -> list[str]:
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


def _hook_script(name: str, program: Sequence[str], lists: Iterable[str]) -> str:
    """Return the script of a hook: first the hook that was there before, then gaigai, for each data directory."""
    there = shlex.join([*program[:-2], "-c", f"import {program[-1]}"])
    text = _SCRIPT.format(
        mark=f"{_MARK}：{HOOKS[name]}。撤除：gaigai git-setup --undo",
        said="$(cat)" if name == "pre-push" else "",
        kept=KEPT_SUFFIX,
        nothing='[ -n "$said" ] || exit 0\n' if name == "pre-push" else "",
        there=there,
        does=HOOKS[name][3:],
    )
    asked = f"""printf '%s\\n' "$said" | {shlex.join(program)} --data"""
    folders = (shlex.quote(prefix.rstrip("/") or ".") for prefix in lists)
    return text + "".join(f'{asked} {data} hook {name} "$@" || exit\n' for data in folders)


def _is_ours(path: Path) -> bool:
    """Return whether a hook was written by us."""
    try:
        return _MARK in path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
