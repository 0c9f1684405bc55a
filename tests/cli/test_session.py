"""Names as people type them, days, and what is said of findings."""

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from gaigai_cli.cli.options import AS_OF, Given
from gaigai_cli.cli.options import DATA as DATA_OPTION
from gaigai_cli.cli.run import Run
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.model.calendar import CHINA
from gaigai_cli.work.directory import User
from tests.program import Gaigai

DATA = Path(__file__).parent.parent.parent / "data"
NOW = datetime(2024, 6, 24, 9, tzinfo=CHINA)


def as_of(words: str | None, now: datetime) -> date:
    return Session(DATA, now, given=Given({AS_OF: [words]} if words else {})).as_of


@pytest.fixture(scope="module")
def session() -> Session:
    return Session(DATA, NOW)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    return data


@pytest.mark.parametrize(
    "words",
    [
        "县住建局",
        "住建局",
        "县住房和城乡建设局",
        "xzjj",
        "zjj",
        "ZJJ",
        "ｚｊｊ",
        "住建",
        " 县住建局 ",
        "岳阳县住建局",
        "岳阳县住房和城乡建设局",
        "岳阳县住建",
        "湖南省岳阳县住建局",
        "湖南省岳阳市岳阳县住建局",
    ],
)
def test_unit(session: Session, words: str) -> None:
    assert session.unit(words) == "县住建局"


def test_a_unit_of_a_city_whose_name_ends_in_another_sign_of_a_region(copy: Path) -> None:
    file = copy / "tasks.yaml"
    text = file.read_text(encoding="utf-8").replace("岳阳县", "示州市")
    file.write_text(text, encoding="utf-8", newline="\n")

    assert Session(copy, NOW).unit("示州市住建局") == "县住建局"


def test_former_name(copy: Path) -> None:
    file = copy / "departments.yaml"
    text = file.read_text(encoding="utf-8")
    head, _, rest = text.partition("former: []")
    file.write_text(f"{head}former: [示例旧名]{rest}", encoding="utf-8", newline="\n")

    session = Session(copy, NOW)

    assert session.unit("示例旧名") == session.ledger.departments.units[0].name


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("县住局", "没有“县住局”这个单位。是否要写“县住建局”？运行 gaigai depts 查看全部单位"),
        ("xyzw", "没有“xyzw”这个单位。运行 gaigai depts 查看全部单位"),
        ("", "没有“”这个单位。运行 gaigai depts 查看全部单位"),
    ],
)
def test_unknown_unit(session: Session, words: str, sentence: str) -> None:
    with pytest.raises(GaigaiError) as raised:
        session.unit(words)

    assert str(raised.value) == sentence


def test_ambiguous_unit(session: Session) -> None:
    """A few names are told, and how many there are."""
    with pytest.raises(GaigaiError) as raised:
        session.unit("政")
    few = str(raised.value)
    with pytest.raises(GaigaiError) as raised:
        session.unit("县")
    units = [unit.name for unit in session.ledger.units.all if "县" in unit.name]

    assert few == "“政”可以指2个单位：县政务服务中心、县财政局。请写得完整一些"
    assert str(raised.value) == (
        f"“县”可以指{len(units)}个单位：{'、'.join(units[:5])}等。请写得完整一些"
    )


@pytest.mark.parametrize(
    "words", ["16.2", "第16项第2条", "１６．２", "第 16 项 第 2 条", "16项2条"]
)
def test_item(session: Session, words: str) -> None:
    assert session.item_id(words) == "16.2"


@pytest.mark.parametrize("words", ["16", "第16项"])
def test_task(session: Session, words: str) -> None:
    assert [item.id for item in session.items(words)] == ["16.1", "16.2"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("16.9", "没有“16.9”这个事项。是否要写“16.2”？运行 gaigai list 查看全部事项"),
        ("甲", "没有“甲”这个事项。运行 gaigai list 查看全部事项"),
        ("16", "第16项有2个事项。请写明是哪一个：16.1、16.2"),
    ],
)
def test_no_item(session: Session, words: str, sentence: str) -> None:
    with pytest.raises(GaigaiError) as raised:
        session.item_id(words)

    assert str(raised.value) == sentence


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (None, date(2024, 6, 24)),
        ("今天", date(2024, 6, 24)),
        ("2025-01-31", date(2025, 1, 31)),
        ("6月30日", date(2024, 6, 30)),
        ("6月底", date(2024, 6, 30)),
        ("2024-07", date(2024, 7, 31)),
    ],
)
def test_as_of(words: str | None, day: date) -> None:
    assert as_of(words, NOW) == day


def test_no_year_is_the_notices_year() -> None:
    later = datetime(2026, 1, 5, 9, tzinfo=CHINA)

    assert as_of("6月30日", later) == date(2024, 6, 30)


def test_findings_are_told_once_on_standard_error(gaigai: Gaigai, copy: Path) -> None:
    log = copy / "progress" / "县财政局.yaml"
    log.parent.mkdir(exist_ok=True)
    log.write_text(
        "unit: 县财政局\nrecords:\n- {id: 20240614-153012-3f9c81d2, item: '99.9',"
        " date: 2024-06-14, kind: 进展, summary: 示例。}\n",
        encoding="utf-8",
    )

    run = gaigai("--data", str(copy), "list", GAIGAI_NOW="2024-06-24T09:00:00")

    assert run.status == 0
    assert run.err == (
        f"数据中有错误1处，运行 gaigai --data {shown(copy)} check 查看；以下按有效记录统计。\n"
    )


def test_an_item_left_out_of_the_list_is_a_finding_to_tell(gaigai: Gaigai, copy: Path) -> None:
    """One that lacks its deadline is in no answer; a draft of a notice may lack them all."""
    path = copy / "tasks.yaml"
    text = path.read_text(encoding="utf-8")
    first = text.index("        deadline:\n")
    path.write_text(text[:first] + text[text.index("  - id:", first) :], encoding="utf-8")

    run = gaigai("--data", str(copy), "list", GAIGAI_NOW="2024-06-24T09:00:00")

    assert "共32项" in run.out
    assert "数据中有错误1处，运行 gaigai " in run.err


def test_unreadable_list(gaigai: Gaigai, copy: Path) -> None:
    (copy / "tasks.yaml").write_text("notice: [\n", encoding="utf-8")

    run = gaigai("--data", str(copy), "list")

    assert (run.status, run.out) == (2, "")
    assert run.err == (
        f"错误：tasks.yaml有错误，清单不能读取。运行 gaigai --data {shown(copy)} check 查看全部问题。\n"
    )


@pytest.mark.parametrize("words", ["zjj", "县住建局"])
def test_own_unit_by_setting(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setenv("GAIGAI_UNIT", words)

    assert Run({DATA_OPTION: [str(DATA)]}).session.own_unit == "县住建局"


def test_wrong_own_unit_says_where_it_is_set(gaigai: Gaigai) -> None:
    run = gaigai("todo", GAIGAI_DATA=str(DATA), GAIGAI_UNIT="县住局")

    assert run.status == 2
    assert run.err == (
        "错误：GAIGAI_UNIT 写错了：没有“县住局”这个单位。"
        "是否要写“县住建局”？运行 gaigai depts 查看全部单位。\n"
    )


def test_so_does_one_of_the_persons_own_file(session: Session) -> None:
    with pytest.raises(GaigaiError, match=r"^所填的单位写错了：没有“县住局”这个单位"):
        _ = replace(session, user=User("示例乙", "县住局")).own_unit
