"""What ``git-setup`` sets in a clone: configuration, attributes and hooks, all of it inside ``.git``.

What was there before is written down in ``.git/gaigai/setup.json``, so that it can be undone.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.clone import setup_files
from gaigai_cli.history.clone.setup_files import FOLDER, HOOKS, KEPT_SUFFIX, STATE
from gaigai_cli.history.committed import list_files
from gaigai_cli.history.repository import Repository, beside
from gaigai_cli.store.evidence import EVIDENCE
from gaigai_cli.store.files import Files
from gaigai_cli.store.issued import ISSUED, REPORTS
from gaigai_cli.store.write import replace_text

UNIT: Final = "gaigai.unit"

_TEMPLATE: Final = "commit-template.txt"


class Setting(NamedTuple):
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

    def settings(self) -> list[Setting]:
        """Return the configuration that is wanted."""
        gaigai = shlex.join(self.program)
        found = [
            Setting("core.quotePath", "false", "中文文件名照原样显示"),
            Setting("merge.conflictStyle", "diff3", "合并冲突时不把一条记录拆开"),
            Setting("merge.gaigai.name", "gaigai 按记录合并", "记录文件的合并方式"),
            Setting(
                "merge.gaigai.driver", setup_files.driver(gaigai), "两边都添了记录时，两边都留"
            ),
            Setting("diff.gaigai.textconv", setup_files.textconv(gaigai), "git log -p 显示成中文"),
            Setting("commit.template", self._template, "提交说明的写法提示"),
        ]
        return [*([Setting(UNIT, self.unit, "本机属于哪个单位")] if self.unit else []), *found]

    def demand_possible(self) -> None:
        """Raise ``GaigaiError`` where hooks are kept elsewhere, or one is in the way."""
        values = self.repository.run("config", "--get-all", "core.hooksPath").stdout.decode()
        elsewhere = values.splitlines()[:-1]  # the last one is our own, for this one process
        if elsewhere:
            raise GaigaiError(
                f"本机的钩子统一放在 {elsewhere[-1]}（core.hooksPath），没有改动",
                "要由 gaigai 装钩子，请先运行 git config --unset core.hooksPath"
                "（全局设的加 --global）",
            )
        for name in HOOKS:
            hook, kept = self._hook(name), self._hook(f"{name}{KEPT_SUFFIX}")
            if hook.exists() and kept.exists() and not setup_files.is_ours(hook):
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
        wanted = [(setting, self._local(setting.name)) for setting in self.settings()]
        for setting, now in wanted:
            if now != setting.value and (now is None or state.values.get(setting.name) != now):
                state.before[setting.name] = now
            state.values[setting.name] = setting.value
        # Before anything is changed: who is interrupted can undo it all the same.
        replace_text(self._folder / STATE, json.dumps(vars(state), ensure_ascii=False, indent=1))
        for setting, now in wanted:
            if now != setting.value:
                self.repository.ask("config", "--local", setting.name, setting.value)
        replace_text(self._folder / _TEMPLATE, setup_files.MESSAGE)
        attributes = self._attributes
        old = attributes.read_text(encoding="utf-8") if attributes.exists() else ""
        replace_text(attributes, setup_files.with_attributes(old, state.lists))
        for name in HOOKS:
            hook = self._hook(name)
            if self._is_foreign(name):
                hook.rename(self._hook(f"{name}{KEPT_SUFFIX}"))
            replace_text(hook, setup_files.hook(name, self.program, state.lists))
            hook.chmod(0o755)
        self._restore_evidence()

    def _restore_evidence(self) -> None:
        """Give evidence and what was issued their own bytes back where git wrote CRLF for LF, before our attributes."""
        repository = self.repository
        head = repository.commit_of("HEAD")
        if head is None or not repository.has_list(head):
            return
        evidence = list_files(repository, head, "HEAD")
        kept: list[tuple[Path, str, str, Files]] = [
            (repository.data, repository.prefix, EVIDENCE, evidence)
        ]
        if repository.prefix:
            folder, issued = repository.data.parent / REPORTS, evidence.beside(REPORTS)
            kept.append((folder, beside(repository.prefix, REPORTS), ISSUED, issued))
        changed = {
            f"{prefix}{name}": root / name
            for root, prefix, folder_name, files in kept
            for name in files.names(folder_name)
            if self._has_other_ends(root / name, files, name)
        }
        if changed:
            for path in changed.values():
                os.utime(path, (0, 0))  # git leaves alone what looks as it has written it
            # Not written by ourselves: git takes a file of another size than it knows for modified.
            given = "".join(f"{name}\0" for name in changed).encode()
            repository.ask("checkout-index", "--force", "--index", "-z", "--stdin", given=given)

    def _has_other_ends(self, path: Path, files: Files, name: str) -> bool:
        """Return whether a file differs from what is committed in nothing but CRLF for LF."""
        data = path.read_bytes() if path.is_file() else b""
        if b"\r\n" not in data:
            return False
        kept = files.read(name)
        return b"\r" not in kept and data == kept.replace(b"\n", b"\r\n")

    def undo(self) -> list[str]:
        """Put everything back; return the settings that somebody has changed since and that stay as they are."""
        state = self._state()
        if not (self._folder / STATE).exists():
            raise GaigaiError("本仓库没有用 git-setup 设置过", "不必撤除")
        left = []
        for name, value in state.values.items():
            now = self._local(name)
            if now not in (value, state.before.get(name, value)):
                left.append(name)
            elif (before := state.before.get(name, value)) is not None:
                self.repository.ask("config", "--local", name, before)
            elif now is not None:
                self.repository.ask("config", "--local", "--unset-all", name)
                self._drop_empty_section(name.rpartition(".")[0])
        attributes = self._attributes
        if attributes.exists():
            text = setup_files.without_attributes(attributes.read_text(encoding="utf-8"))
            if text:
                replace_text(attributes, text)
            else:
                attributes.unlink()
        for name in HOOKS:
            hook, kept = self._hook(name), self._hook(f"{name}{KEPT_SUFFIX}")
            if setup_files.is_ours(hook):
                hook.unlink()
                if kept.exists():
                    kept.rename(hook)
        shutil.rmtree(self._folder)
        return left

    @property
    def _folder(self) -> Path:
        return self.repository.shared / FOLDER

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
        return self._hook(name).exists() and not setup_files.is_ours(self._hook(name))

    def _local(self, name: str) -> str | None:
        result = self.repository.run("config", "--local", "--get", name)
        return result.stdout.decode("utf-8").rstrip("\n") if result.returncode == 0 else None

    def _drop_empty_section(self, section: str) -> None:
        """Remove the heading of a section with nothing below it; older git leaves it there."""
        pattern = f"^{section.lower()}\\."
        if self.repository.run("config", "--local", "--get-regexp", pattern).returncode:
            self.repository.run("config", "--local", "--remove-section", section)

    def _state(self) -> _State:
        path = self._folder / STATE
        if not path.exists():
            return _State()
        try:
            return _State(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError):
            raise GaigaiError(f"{path} 已损坏", "请删去这个文件后重新运行 git-setup") from None
