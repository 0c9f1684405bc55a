"""The page as a process: what a second start does, where the first still serves."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from starlette.types import Send

from gaigai_cli.web import server
from gaigai_cli.web.guard import HOST, Secret
from gaigai_cli.web.server import server_of
from tests.program import in_shell
from tests.transcript import SHIPPED, copied


@pytest.fixture(name="place")
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied(SHIPPED, tmp_path)
    (tmp_path / "tmp").mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "tmp"))
    for name in ("APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    return tmp_path


@pytest.fixture(name="first")
def _first(ready: None, place: Path) -> Iterator["subprocess.Popen[bytes]"]:
    words = [sys.executable, "-m", "gaigai_cli", "page", "--no-browser"]
    first = subprocess.Popen(words, cwd=place, stderr=subprocess.PIPE, env=os.environ)
    with first:
        yield first
        first.kill()


def test_a_second_start_finds_the_page_that_is_served(
    place: Path, first: "subprocess.Popen[bytes]"
) -> None:
    assert first.stderr is not None
    start = first.stderr.readline().decode("utf-8").strip().removeprefix("工改的网页：")
    # The key is in no command line, and nobody else may read the file from which the browser has it.
    (folder,) = (place / "tmp").glob("gaigai-*")
    assert start.partition("key=")[2] in (folder / "工改.html").read_text(encoding="utf-8")
    assert os.name == "nt" or folder.stat().st_mode & 0o077 == 0
    assert urlopen(start).status == 200
    with pytest.raises(HTTPError) as refused:
        urlopen(start)  # a key is good once
    refused.value.close()

    second = in_shell("page", "--no-browser", cwd=place)

    assert second.returncode == 0
    assert second.stderr.decode("utf-8").startswith("这份清单的网页已经打开")
    again = first.stderr.readline().decode("utf-8").strip().removeprefix("工改的网页：")
    assert (again != start, again.partition("?")[0]) == (True, start.partition("?")[0])
    assert urlopen(again).status == 200
    assert [file.suffix for file in (place / "own" / "gaigai").iterdir()] == [".lock"]


async def _nothing(scope: object, receive: object, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def test_lines_that_say_nothing_keep_nobody_out_and_are_closed() -> None:
    """Another user of the PC may open as many lines as the system lets him."""

    async def tried() -> None:
        served = server_of(_nothing)
        served.config.load()
        made: list[server._Line] = []

        def line() -> server._Line:
            made.append(server._Line(served.config, served.server_state, {}))
            return made[-1]

        loop = asyncio.get_running_loop()
        async with await loop.create_server(line, HOST, 0) as listening:
            port = listening.sockets[0].getsockname()[1]
            idle = [await asyncio.open_connection(HOST, port) for _ in range(100)]
            reader, writer = await asyncio.open_connection(HOST, port)
            writer.write(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
            assert (await reader.readline()).startswith(b"HTTP/1.1 204")
            idle[0][1].write(b"GET / HTTP/1.1\r\nHo")  # never goes on
            await idle[0][1].drain()
            for one in made:
                one._hang_up()
            for waiting, _ in idle:
                with suppress(ConnectionResetError):  # of the one that had begun
                    assert await waiting.read() == b""
            assert not made[-1].transport.is_closing()
            for _, talk in (*idle, (reader, writer)):
                talk.close()

    asyncio.run(tried())


def test_a_line_is_told_how_long_it_may_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_PATIENCE", 0.0)

    async def tried() -> None:
        served = server_of(_nothing)
        served.config.load()
        loop = asyncio.get_running_loop()
        made = await loop.create_server(
            lambda: server._Line(served.config, served.server_state, {}), HOST, 0
        )
        async with made:
            reader, writer = await asyncio.open_connection(*made.sockets[0].getsockname())
            assert await reader.read() == b""
            writer.close()

    asyncio.run(tried())


def test_nobody_listens_but_on_this_pc(tmp_path: Path) -> None:
    with server._listening(str(tmp_path), None) as listening:
        assert listening.getsockname()[0] == HOST == "127.0.0.1"


def test_where_the_usual_port_is_taken_it_is_said(place: Path) -> None:
    with socket.socket() as other:
        other.bind((HOST, server._usual_port(str((place / "data").resolve()))))
        other.listen()
        words = [sys.executable, "-m", "gaigai_cli", "page", "--no-browser"]
        with subprocess.Popen(words, cwd=place, stderr=subprocess.PIPE, env=os.environ) as process:
            assert process.stderr is not None
            told = process.stderr.readline().decode("utf-8")
            process.kill()
    assert told.startswith("平时的端口 ")
    assert "收藏的网址这次不要打开" in told


def test_a_new_key_takes_the_place_of_the_old_one() -> None:
    secret = Secret(47000)
    old = secret.key
    cookie = secret.give(old)

    again = secret.again().partition("key=")[2]

    assert again != old
    assert secret.give(old) is None
    assert secret.give(again) == cookie
    assert secret.give(again) is None
