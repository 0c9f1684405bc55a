"""The page measured: how fast it answers, whether memory grows, and whether a killed server loses or doubles a record.

    python -m bench.page [--kills 100]

Linux only, for the memory; the list is the one that `gaigai practise` makes.
"""

import argparse
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import httpx2

from gaigai_cli.work.directory import Directory
from gaigai_cli.work.new_year import practise

NOW = "2024-07-11T09:00:00"
PAGES = (
    "/", "/清单", "/事项/16.2", "/单位", "/单位/县住建局", "/催报", "/通报?month=2024-06", "/看板", "/往来",
    "/核查", "/登记/进展?item=16.2&unit=县财政局",
)  # fmt: skip
FORM = PAGES[-1]


@contextmanager
def served(data: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], httpx2.Client]]:
    """A server, and somebody who has its cookie."""
    words = [sys.executable, "-m", "gaigai_cli", "--data", str(data), "page", "--no-browser"]
    settings = {"GAIGAI_NOW": NOW, "GAIGAI_UNIT": "县工改办", "XDG_CONFIG_HOME": str(data.parent)}
    process = subprocess.Popen(
        [*words, "--port", str(port)],
        env=os.environ | settings,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    told = re.search(r"http\S+", process.stderr.readline())
    assert told is not None
    root = told[0].partition("/start")[0]
    with httpx2.Client(base_url=root, headers={"origin": root}, timeout=30) as client:
        client.get(told[0])
        try:
            yield process, client
        finally:
            process.kill()
            process.communicate()


def kept(process: subprocess.Popen[str]) -> int:
    """Memory of the server in KB."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) if found else 0


def measure(data: Path, port: int) -> None:
    """Print the median time of each page, memory over 1,000 requests, and 20 requests at once."""
    started = time.perf_counter()
    with served(data, port) as (process, client):
        client.get("/")
        print(f"first page after {time.perf_counter() - started:.2f} s")
        for page in PAGES:
            times = []
            for _ in range(7):
                start = time.perf_counter()
                client.get(page).raise_for_status()
                times.append(time.perf_counter() - start)
            print(f"{statistics.median(times) * 1000:6.0f} ms  {page}")
        with ThreadPoolExecutor(20) as many:
            start = time.perf_counter()
            codes = list(many.map(lambda _: client.get("/清单").status_code, range(20)))
        print(f"20 at once: {set(codes)} in {time.perf_counter() - start:.2f} s")
        memory = [kept(process)]
        for number in range(1000):
            client.get(PAGES[number % len(PAGES)]).raise_for_status()
            if number % 250 == 249:
                memory.append(kept(process))
        print("memory in MB: " + " → ".join(f"{kb // 1024}" for kb in memory))


def fields_of(html: str) -> dict[str, str]:
    """The hidden fields of a form."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)"[^>]* value="([^"]*)"', html))


def kill(data: Path, port: int, number: int) -> str:
    """Kill a server somewhere between the click and the answer, send the form again; what became of it at first."""
    words = {"summary": f"第{number}次。", "via": "电话", "by": "示例甲", "step": "write"}
    address = FORM.partition("?")[0]
    with served(data, port) as (process, client):
        form = fields_of(client.get(FORM).text) | words
        answered: list[int] = []

        def send() -> None:
            with suppress(httpx2.HTTPError):
                answered.append(client.post(address, data=form, files={"x": b""}).status_code)

        sending = threading.Thread(target=send)
        sending.start()
        time.sleep(random.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        sending.join()
    first = said(data, words["summary"])
    with served(data, port) as (_, client):
        token = fields_of(client.get(FORM).text)["token"]
        client.post(address, data=form | {"token": token}, files={"x": b""}).raise_for_status()
    count = said(data, words["summary"])
    if count != 1 or first > 1 or (answered and not first):
        raise SystemExit(f"kill {number}: {first} records before, {count} after sending again")
    return "answered" if answered else "written" if first else "nothing"


def said(data: Path, words: str) -> int:
    """How many records say this; the list must be sound."""
    moment = datetime.fromisoformat(NOW).replace(tzinfo=timezone(timedelta(hours=8)))
    directory = Directory(data, moment)
    assert not directory.findings, directory.findings
    return sum(e.record.summary == words for e in directory.ledger.entries)


def main() -> None:
    """Measure, then kill."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--port", type=int, default=46911)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        practise(Path(folder) / "练习")
        data = Path(folder) / "练习/data"
        measure(data, given.port)
        counts: dict[str, int] = {}
        for number in range(given.kills):
            became = kill(data, given.port, number)
            counts[became] = counts.get(became, 0) + 1
        print(f"killed {given.kills} times, every record once: {counts}")


if __name__ == "__main__":
    main()
