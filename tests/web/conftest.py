"""The page of the list that `gaigai practise` makes, as the office's clerk has it before her."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gaigai_cli.store.read import Made
from gaigai_cli.work.new_year import practise
from tests.web.client import Page

_KNOWN: dict[str, Made] = {}


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page") / "练习"
    practise(folder)
    return folder / "data"


@pytest.fixture
def data(practice: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(practice, tmp_path / "练习/data"))


@pytest.fixture
def page(data: Path, tmp_path: Path) -> Iterator[Page]:
    page = Page(data, tmp_path / "conf/person.json").be("示例甲", "县工改办")
    page.office.known = _KNOWN
    with page.client:  # one thread for all that a test asks for
        yield page
