"""The page: whole, without anything from outside, and quiet in a browser."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from gaigai_cli.render.fingerprint import is_untouched
from gaigai_cli.render.papers import bulletin_html
from tests.program import SameAsFile
from tests.render.bulletins import EXAMPLE, KEPT, SHIPPED, monthly


@pytest.mark.parametrize(
    ("name", "of"), [("shipped-06", (SHIPPED, 6)), ("example-12", (EXAMPLE, 12))]
)
def test_whole_page(name: str, of: tuple[object, int], same_as_file: SameAsFile) -> None:
    page = bulletin_html.bulletin(monthly(*of))
    laid_out = re.sub("(?s)<style>.*</style>", "<style></style>", page).rpartition("<!--")[0]
    same_as_file(laid_out, KEPT / f"{name}.html")
    assert is_untouched(page)


def test_nothing_is_asked_of_anybody() -> None:
    page = bulletin_html.bulletin(monthly(EXAMPLE, 12))
    targets = re.findall(r'(?:href|src|action|srcset)\s*=\s*"([^"]*)"', page)
    assert targets
    assert [t for t in targets if not t.startswith("#") and t != "data:,"] == []
    assert "<script" not in page
    assert not re.search(r"url\(|@import|http-equiv=\"refresh", page)


def test_links_lead_somewhere() -> None:
    page = bulletin_html.bulletin(monthly(EXAMPLE, 12))
    places = re.findall(r'\bid="([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)


def looked_at(page: Path) -> tuple[list[str], set[str]]:
    """What Chromium's console says when it opens the page, and what the page asks for."""
    folder = page.with_suffix("")
    folder.mkdir()
    log = folder / "net.json"
    result = subprocess.run(
        [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--enable-logging=stderr",
            f"--log-net-log={log}",
            f"--user-data-dir={folder / 'profile'}",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=120,
    )
    assert "</html>" in result.stdout
    events = [event.get("params", {}) for event in json.loads(log.read_text("utf-8"))["events"]]
    # What the browser itself looks for at home has no file as its origin.
    asked = {e["url"] for e in events if "file://" in e.get("network_isolation_key", "")}
    return [line for line in result.stderr.splitlines() if "CONSOLE" in line], asked


@pytest.mark.external("chromium")
def test_no_request_and_no_word_in_the_console(tmp_path: Path) -> None:
    page, other = tmp_path / "page.html", tmp_path / "other.html"
    page.write_text(bulletin_html.bulletin(monthly(EXAMPLE, 12)), encoding="utf-8")
    loud = '<img src="http://example.invalid/a.png"><script>console.error("loud")</script>'
    other.write_text(f"<html>{loud}</html>", encoding="utf-8")

    assert looked_at(page) == ([], set())
    said, asked = looked_at(other)
    assert ("loud" in said[0], asked) == (True, {"http://example.invalid/a.png"})
