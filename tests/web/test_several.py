"""Several lists in one page: at a glance, then into one, each with a key and a port of its own."""

import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gaigai_cli.model.calendar import CHINA
from gaigai_cli.store.read import Made
from gaigai_cli.web.app import application_of_lists
from gaigai_cli.web.guard import Secret
from gaigai_cli.web.visit import Office, Windows
from gaigai_cli.web.ways import address
from tests.transcript import ROOT
from tests.web.client import plain

NAMES = ("甲县", "乙县", "丙区")
NOW = datetime(2024, 7, 5, 9, tzinfo=CHINA)


@dataclass
class Lists:
    """A browser in front of three lists; it has the cookie of their common page."""

    client: TestClient
    secret: Secret
    offices: tuple[Office, ...]

    def of(self, office: Office, address: str) -> "tuple[int, str]":
        """What the page of a list answers to the same browser."""
        answer = self.client.get(f"{office.secret.origin}{address}")
        return answer.status_code, answer.text


@pytest.fixture(name="lists")
def _lists(tmp_path: Path) -> Lists:
    shutil.copytree(ROOT / "examples/三县示例", tmp_path / "三县")
    secret, windows = Secret(47900), Windows(lambda: 0.0)
    known: dict[str, Made] = {}
    offices = tuple(
        Office(
            tmp_path / "三县" / name / "data", lambda: NOW, tmp_path / "person.json", Secret(47901 + n),
            windows, name=name, home=secret.again, known=known,
        )
        for n, name in enumerate(NAMES)
    )  # fmt: skip
    client = TestClient(
        application_of_lists(offices, secret), base_url=secret.origin, follow_redirects=False
    )
    client.get("/start", params={"key": secret.key})
    return Lists(client, secret, offices)


def test_lists_against_lights_then_into_one_and_back(lists: Lists) -> None:
    text = lists.client.get("/").text
    assert "全部清单：3份" in plain(text)
    for name in NAMES:
        assert re.search(rf'<a href="/[^"]*">{name}</a>', text), name
    on = lists.client.get("/清单?list=乙县").headers["location"]
    assert on.startswith(f"{lists.offices[1].secret.origin}/start?key=")
    assert 'content="0;url=/%E7%9C%8B%E6%9D%BF"' in lists.client.get(on).text
    status, board = lists.of(lists.offices[1], "/看板")
    assert status == 200
    assert "单位与亮灯" in board
    assert "乙县：" in plain(board)
    # … and back, by a new key of the common page
    back = lists.client.get(f"{lists.offices[1].secret.origin}/全部清单").headers["location"]
    assert lists.client.get(back).status_code == 200
    assert lists.client.get("/").status_code == 200


def test_what_is_said_of_one_list_names_it(lists: Lists) -> None:
    shutil.rmtree(lists.offices[2].data / "progress")

    text = plain(lists.client.get("/").text)

    assert "丙区：本清单尚无进展记录，以下仅按时限推算，不作为评价依据。" in text
    assert "：示例数据，非真实进展" not in text


def test_an_item_that_is_late_opens_in_its_own_list(lists: Lists) -> None:
    link = re.search(r'<a href="(/[^"]*item=[^"]*)">', lists.client.get("/?month=2024-06").text)
    assert link is not None
    on = lists.client.get(unescape(link[1])).headers["location"]
    where = re.search(r'0;url=([^"]+)', lists.client.get(on).text)
    assert where is not None
    office = next(o for o in lists.offices if on.startswith(o.secret.origin))
    assert lists.of(office, where[1])[0] == 200


def test_the_key_of_one_list_opens_no_other(lists: Lists) -> None:
    assert lists.of(lists.offices[0], "/看板")[0] == 403
    on = lists.client.get("/清单?list=甲县").headers["location"]
    assert lists.client.get(on).status_code == 200
    assert lists.of(lists.offices[0], "/看板")[0] == 200
    assert lists.of(lists.offices[2], "/看板")[0] == 403
    assert lists.client.get(on).status_code == 403, "a key is good once"
    # another site's page, or one that serves another port of this PC, gets no key
    for site in ("cross-site", "same-site"):
        asked = lists.client.get("/清单?list=甲县", headers={"sec-fetch-site": site})
        assert asked.status_code == 403


def test_one_that_cannot_be_read_is_named_and_the_others_are_shown(lists: Lists) -> None:
    (lists.offices[0].data / "tasks.yaml").write_text("x: [", encoding="utf-8")
    said = plain(lists.client.get("/").text)
    assert "甲县没有读取：" in said
    assert "以下是3份清单中2份的情况，甲县没有计入。" in said
    assert "gaigai" not in said
    refused = lists.client.get("/看板.html")
    assert refused.status_code == 400
    assert "看板不完整，没有存" in refused.text


def test_the_file_of_all_lists_is_that_of_the_command(lists: Lists) -> None:
    answer = lists.client.get("/看板.html?month=2024-06")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "<a href" not in answer.text


def test_a_list_that_is_not_there_is_refused(lists: Lists) -> None:
    answer = lists.client.get("/清单?list=<b>丁县")
    assert answer.status_code == 400
    assert "没有“&lt;b&gt;丁县”这份清单" in answer.text


@pytest.mark.parametrize(
    "name", ["<img src=x>", "甲/../乙?x=1#y", "县\u202e甲", "//evil.example/", "%2e%2e%00"]
)
def test_a_hostile_name_is_text_and_leads_nowhere_else(lists: Lists, name: str) -> None:
    lists.offices[0].name = name
    text = lists.client.get("/").text
    assert "<img" not in text
    assert "\u202e" not in text
    link = address("/清单", {"list": name})
    assert f'href="{escape(link)}"' in text
    on = lists.client.get(link).headers["location"]
    assert on.startswith(f"{lists.offices[0].secret.origin}/start?key=")
    inside = lists.client.get(on).text
    assert "<img" not in inside
    on = lists.client.get(f"{link}&item=//evil.example/%22%3E%3Cimg").headers["location"]
    inside = lists.client.get(on).text
    assert '0;url=/%E4%BA%8B%E9%A1%B9///evil.example/%22%3E%3Cimg"' in inside  # a path of its own
