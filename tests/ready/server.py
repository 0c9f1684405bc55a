"""A process that has imported the program, and becomes it for those that would start it: ``python -m``, a hook, git.

It saves them the start of Python, all imports, and the reading of the lists that tests copy, which is most of what a
command takes. Each still runs in a process of its own, forked from this one, with the words, folder, environment and
streams of the one that asks.
"""

import gc
import marshal
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module
from pkgutil import walk_packages
from typing import NoReturn

import pytest

import gaigai_cli
from gaigai_cli.cli.app import main
from gaigai_cli.cli.commands import COMMANDS
from gaigai_cli.cli.group import Group
from gaigai_cli.store.files import Folder
from tests.sparing import do_nothing_twice, read_again
from tests.transcript import EXAMPLE, SHIPPED


def serve(address: str) -> None:
    """Answer whoever connects, until standard input ends."""
    for module in walk_packages(gaigai_cli.__path__, "gaigai_cli."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    do_nothing_twice(pytest.MonkeyPatch())
    for name in COMMANDS:
        Group().get_command(None, name)
    for data in (SHIPPED, EXAMPLE):
        read_again(Folder(data))
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        print("ready", flush=True)  # noqa: T201 - whoever started it waits for that
        while True:
            waiting, _, _ = select.select([listener, sys.stdin], [], [])
            if sys.stdin in waiting:
                return
            asking, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                answer(asking)
            asking.close()
            with suppress(ChildProcessError):  # of whom nobody knows any more when they have ended
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def answer(asking: socket.socket) -> NoReturn:
    """Run the program, and say what it ended with; end it where the one that asks is gone."""
    _, handles, *_ = socket.recv_fds(asking, 1, 3)
    with asking.makefile("rb") as stream:
        length = int.from_bytes(stream.read(4), "big")
        words, folder, environment, streams = marshal.loads(stream.read(length))
    over, running = os.pipe()
    program = os.fork()
    if program == 0:
        asking.close()
        os.close(over)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        for number, handle in enumerate(handles):
            os.dup2(handle, number)
            os.close(handle)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding=encoding, errors=errors, closefd=False)  # noqa: SIM115
            for number, (mode, (encoding, errors)) in enumerate(zip("rww", streams, strict=True))
        )
        sys.argv = ["gaigai", *words]
        main()
    os.close(running)
    if over not in select.select([asking.fileno(), over], [], [])[0]:
        os.kill(program, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
    with suppress(BrokenPipeError):
        asking.sendall(bytes([status % 256]))
    os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1])
