"""The program as tests run it, and outputs kept as files."""

import io
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from gaigai_cli.cli.app import run
from gaigai_cli.errors import shown


@dataclass(frozen=True)
class Run:
    """What came of one command line."""

    status: int
    out: str
    err: str


Gaigai = Callable[..., Run]
"""``gaigai("list", "--dept", "县住建局", COLUMNS="80")``: words, then settings of the environment."""

SameAsFile = Callable[[str, Path], None]


@contextmanager
def processes() -> Iterator[list[object]]:
    """Yield what is started meanwhile: the command line of each process."""
    started: list[object] = []
    start = subprocess.Popen.__init__

    def counted(self: object, *args: object, **more: object) -> None:
        started.append(args[0])
        start(self, *args, **more)  # type: ignore[call-overload]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess.Popen, "__init__", counted)
        yield started


def in_process(monkeypatch: pytest.MonkeyPatch, *words: str, **settings: str) -> Run:
    """Run a command line in this process, its streams being pipes in UTF-8."""
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2)]
    with monkeypatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        patch.setattr(sys, "stdout", streams[0])
        patch.setattr(sys, "stderr", streams[1])
        status = run(words)
    texts = []
    for stream in streams:
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    return Run(status, *texts)


def in_shell(
    *words: str, cwd: Path, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line as a process of its own; the streams as bytes."""
    return subprocess.run(
        [sys.executable, "-m", "gaigai_cli", *words],
        cwd=cwd,
        env=os.environ | dict(settings or {}),
        capture_output=True,
        check=False,
    )


def same_as_file(update: bool) -> SameAsFile:
    """A comparison of a whole output with a file, which ``update`` writes instead."""

    def compare(text: str, file: Path) -> None:
        if update:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.exists(), f"{file} is missing: look at the output, then run pytest --update"
        assert text == file.read_text(encoding="utf-8")

    return compare


def its_list(clone: Path) -> str:
    """What commands say, from elsewhere, to mean the list of a clone."""
    return f"--data {shlex.quote(shown(clone / 'data'))}"
