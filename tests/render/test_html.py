"""The page: whole, and without anything from outside; what a browser makes of it is in tests/web/test_browser.py."""

import re
from importlib.resources import files

import pytest

from gaigai_cli.render.fingerprint import is_untouched
from gaigai_cli.render.papers import bulletin_html
from tests.program import SameAsFile
from tests.render.bulletins import KEPT, monthly
from tests.transcript import EXAMPLE, SHIPPED


@pytest.mark.parametrize(
    ("name", "of"), [("shipped-06", (SHIPPED, 6)), ("example-12", (EXAMPLE, 12))]
)
def test_whole_page(name: str, of: tuple[object, int], same_as_file: SameAsFile) -> None:
    page = bulletin_html.bulletin(monthly(*of))
    style = (files("gaigai_cli") / "templates/bulletin.css").read_text(encoding="utf-8")
    assert page.count(style.strip()) == 1  # its own, not the page's
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
