"""The program on a terminal of its own, with somebody who answers its questions."""

import os
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

LONGEST_WAIT = 30.0
"""Seconds after which a question that doesn't come is a failure."""

Answers = Sequence[tuple[str, str]]
"""What has to be on the screen, and what is typed then; ``\\x04`` is the end of input."""


def converse(
    words: Sequence[str], answers: Answers, *, cwd: Path, settings: Mapping[str, str]
) -> tuple[int, str]:
    """Run the program and answer it; its status and the whole screen. Not on Windows, which has no such terminals."""
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    # So wide that no line that is typed is scrolled; what is printed goes by COLUMNS.
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 400, 0, 0))
    environment = {
        "COLUMNS": "80",
        "INPUTRC": os.devnull,
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "TERM": "dumb",
        **settings,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "gaigai_cli", *words],
        cwd=cwd,
        env=os.environ | environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    screen, seen = b"", 0
    for question, answer in answers:
        while question.encode() not in screen[seen:]:
            screen += _more(master, process, screen)
        seen = screen.index(question.encode(), seen) + len(question.encode())
        os.write(master, answer.encode() + (b"" if answer == "\x04" else b"\n"))
    while chunk := _more(master, process, screen, last=True):
        screen += chunk
    os.close(master)
    return process.wait(), screen.decode().replace("\r\n", "\n").replace("\r", "")


def _more(
    master: int, process: "subprocess.Popen[bytes]", screen: bytes, *, last: bool = False
) -> bytes:
    """What comes next; nothing at the end, which is a failure while a question is waited for."""
    ready = select.select([master], [], [], LONGEST_WAIT)[0]
    try:
        chunk = os.read(master, 65536) if ready else b""
    except OSError:  # how Linux tells that the other side is closed
        chunk = b""
    if not chunk and not last:
        process.kill()
        raise AssertionError(f"the question never came:\n{screen.decode(errors='replace')}")
    return chunk
