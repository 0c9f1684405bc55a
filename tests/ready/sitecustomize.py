"""What Python imports as it starts: where the program would be started, a process that is ready becomes it instead."""

import marshal
import os
import sys

START = ["-m", "gaigai_cli"]


def ask(address: str, words: list[str]) -> None:
    """Have the program run with this process's words, folder, environment and streams; end as it ends."""
    import _socket  # quicker to import than socket

    streams = [(s.encoding, s.errors) for s in (sys.stdin, sys.stdout, sys.stderr)]
    folder = os.getcwd()  # noqa: PTH109 - pathlib is slow to import
    asked = marshal.dumps((words, folder, dict(os.environ), streams))
    handles = b"".join(handle.to_bytes(4, sys.byteorder) for handle in range(3))
    server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    server.connect(address)
    server.sendmsg([b"x"], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, handles)])
    server.sendall(len(asked).to_bytes(4, "big") + asked)
    os._exit(server.recv(1)[0])


_address = os.environ.get("READY_PROGRAM")
_start = next((n for n, word in enumerate(sys.orig_argv) if word == "-m"), -1)
if _address and sys.orig_argv[_start : _start + 2] == START:
    ask(_address, sys.orig_argv[_start + 2 :])
