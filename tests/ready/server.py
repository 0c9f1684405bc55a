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
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from importlib import import_module
from io import StringIO
from pkgutil import walk_packages
from typing import NoReturn

import pytest

import gaigai_cli
from gaigai_cli.cli.app import main, run
from gaigai_cli.cli.commands import COMMANDS
from gaigai_cli.cli.group import Group
from tests.sparing import do_nothing_twice
from tests.transcript import EXAMPLE, SHIPPED


def serve(address: str, held: str) -> None:
    """Answer whoever connects, until nobody holds the pipe ``held`` any more."""
    for module in walk_packages(gaigai_cli.__path__, "gaigai_cli."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    do_nothing_twice(pytest.MonkeyPatch())
    for name in COMMANDS:
        Group().get_command(None, name)
    for data in (SHIPPED, EXAMPLE):
        with redirect_stdout(StringIO()):
            run(("--data", str(data), "check"))
    gc.freeze()
    with suppress(FileNotFoundError):
        os.unlink(address)  # noqa: PTH108 - of one that has ended
    holders = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        print("ready", flush=True)  # noqa: T201 - whoever started it waits for that
        answer_all(listener, holders)


def answer_all(listener: socket.socket, holders: int) -> None:
    """Have a process of its own run the program for each that asks, and say what it ended with.

    It is ended where the one that asked is gone, and all are where nobody holds the pipe.
    """
    # By what can be read once the process is over.
    running: dict[int, tuple[int, socket.socket]] = {}
    while True:
        askers = [asking for _, asking in running.values()]
        waited_for: list[int | socket.socket] = [holders, listener, *running, *askers]
        found, _, _ = select.select(waited_for, [], [])
        for over, (program, asking) in list(running.items()):
            if over in found:
                status = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
                with asking, suppress(BrokenPipeError):
                    asking.sendall(bytes([status % 256]))
                os.close(over)
                del running[over]
            elif asking in found or holders in found:
                os.kill(program, signal.SIGKILL)
        if holders in found:
            return
        if listener in found:
            asking, _ = listener.accept()
            _, handles, *_ = socket.recv_fds(asking, 1, 3)
            with asking.makefile("rb") as stream:
                length = int.from_bytes(stream.read(4), "big")
                asked = stream.read(length)
            over, runs = os.pipe()
            program = os.fork()
            if program == 0:
                for inherited in (listener, asking):
                    inherited.close()
                os.close(holders)
                become(handles, *marshal.loads(asked))
            for handle in (runs, *handles):
                os.close(handle)
            running[over] = program, asking


def become(
    handles: Sequence[int],
    words: list[str],
    folder: str,
    environment: dict[str, str],
    streams: list[tuple[str, str]],
) -> NoReturn:
    """Run the program as if this process had been started for it."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # what was imported may have asked where it is
    for number, handle in enumerate(handles):
        os.dup2(handle, number)
        os.close(handle)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding=encoding, errors=errors, closefd=False)  # noqa: SIM115
        for number, (mode, (encoding, errors)) in enumerate(zip("rww", streams, strict=True))
    )
    sys.argv = ["gaigai", *words]
    main()


if __name__ == "__main__":
    serve(*sys.argv[1:])
