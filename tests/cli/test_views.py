"""What people look at every day: whole outputs on the shipped list and on the example year, at both usual widths."""

import json
import re
from pathlib import Path

import pytest

from gaigai_cli.render.width import width_of
from tests.program import Gaigai, SameAsFile

ROOT = Path(__file__).parent.parent.parent
SHIPPED = str(ROOT / "data")
EXAMPLE = str(ROOT / "examples" / "岳阳县2024示例" / "data")
KEPT = Path(__file__).parent / "views"

VIEWS = (
    "list",
    "list --dept zjj",
    "list --lead 县财政局",
    "list --light 红,黄 --sort 亮灯",
    "list --due-from 第三季度 --due-by 第三季度 --sort 时限",
    "list --columns 编号,内容,责任,原因 --kind fixed",
    "list --dept 县财政局 --role 责任",
    "overdue",
    "due",
    "status",
    "depts",
    "depts 县税务局",
    "show 16.2",
    "show 第7项",
    "show 10.2 第19项第1条",
)
DAYS = {
    "data": (SHIPPED, ("2024-06-20", "2024-07-02")),
    "example": (EXAMPLE, ("2024-06-28", "2024-10-12", "2025-01-03")),
}


def on(day: str) -> dict[str, str]:
    return {"GAIGAI_NOW": f"{day}T09:00:00"}


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(("name", "day"), [(name, day) for name in DAYS for day in DAYS[name][1]])
def test_views(name: str, day: str, width: int, gaigai: Gaigai, same_as_file: SameAsFile) -> None:
    shown = []
    for words in VIEWS:
        run = gaigai(*words.split(), "--data", DAYS[name][0], COLUMNS=str(width), **on(day))
        assert run.status == 0
        assert_typeset(run.out, width)
        shown.append(f"$ gaigai {words}\n\n{run.out}\n\n")

    same_as_file("".join(shown), KEPT / f"{name}-{day}-{width}.txt")


@pytest.mark.parametrize("width", [60, 50, 40])
def test_nothing_runs_over_a_narrow_terminal(width: int, gaigai: Gaigai) -> None:
    """Columns give way, then lines, then cards; a title's second half, and who recorded, go to lines of their own."""
    desk = (
        "score",
        "score --explain 县住建局",
        "collect --status",
        "instructions",
        "todo",
        "todo --unit 县住建局",
        "show 14.1 16.2",
        "remind",
    )
    for words in (*VIEWS, *desk):
        run = gaigai(*words.split(), "--data", EXAMPLE, COLUMNS=str(width), **on("2024-10-12"))
        assert run.status == 0
        assert_typeset(run.out, width)


def assert_typeset(text: str, width: int) -> None:
    """No line is wider than the terminal or ends with blanks."""
    for line in text.splitlines():
        assert width_of(line) <= width, line
        assert line == line.rstrip(), line


@pytest.mark.parametrize(
    ("title", "words"),
    {
        "list.json": ("list", "--dept", "县财政局", "--format", "json"),
        "due.json": ("due", "--within", "60", "--format", "json"),
        "overdue.json": ("overdue", "--format", "json"),
        "show.json": ("show", "16.2", "--format", "json"),
        "status.json": ("status", "--format", "json"),
        "depts.json": ("depts", "--format", "json"),
        "depts-one.json": ("depts", "swj", "--format", "json"),
        "list.csv": ("list", "--format", "csv"),
        "list.md": ("list", "--task", "16,18", "--format", "md"),
    }.items(),
)
@pytest.mark.parametrize("name", DAYS)
def test_data_formats(
    title: str, words: tuple[str, ...], name: str, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    data, (_, day, *_) = DAYS[name]

    run = gaigai(*words, "--data", data, **on(day))

    assert run.status == 0
    same_as_file(run.out.replace("\r\n", "\n"), KEPT / f"{name}-{day}-{title}")


def test_json_is_the_contract(gaigai: Gaigai) -> None:
    """The example of the command line's contract, with its keys in their order."""
    expected = """
    [{"id": "16.2", "task": "推广实施帮代办优化服务", "content": "县财政切实保障帮代办优化服务经费。",
     "lead": ["县财政局"], "responsible": [], "support": [], "open": [], "role": "牵头",
     "deadline": {"text": "2024年6月底", "kind": "fixed", "issued": "2024-06-30", "due": "2024-06-30",
                  "extended": false, "from": null, "stage": null, "stages": []},
     "status": "未报进展", "light": "红", "days_left": -1, "overdue": true, "late": true, "finished": null,
     "closed": null, "idle": false,
     "percent": null, "last_report": null, "report_due": null, "report_missing": [],
         "suspended": false, "turns_missed": []}]
    """

    words = ("list", "--lead", "县财政局", "--task", "16", "--format", "json")
    run = gaigai(*words, "--data", SHIPPED, **on("2024-07-01"))

    assert dumped(json.loads(run.out)) == dumped(json.loads(expected))


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def test_every_item_has_the_same_keys(gaigai: Gaigai) -> None:
    run = gaigai("list", "--format", "json", "--data", EXAMPLE, **on("2024-10-12"))

    items = json.loads(run.out)
    assert len(items) == 33
    assert len({tuple(item) for item in items}) == 1
    assert len({tuple(item["deadline"]) for item in items}) == 1


def test_show_prints_one_item_as_an_object_and_several_as_an_array(gaigai: Gaigai) -> None:
    one, task, several = (
        json.loads(
            gaigai("show", *ids, "--format", "json", "--data", SHIPPED, **on("2024-07-02")).out
        )
        for ids in (("16.2",), ("16",), ("16.2", "18.1", "16.2"))
    )

    assert one["id"] == "16.2"
    assert [item["id"] for item in task] == ["16.1", "16.2"]
    assert [item["id"] for item in several] == ["16.2", "18.1"]
    assert [name for name in one if name not in task[0]] == []


@pytest.mark.parametrize(
    ("words", "day", "status"),
    [
        (("overdue",), "2024-07-02", 0),
        (("overdue", "--exit-code"), "2024-06-30", 0),
        (("overdue", "--exit-code"), "2024-07-01", 1),
        (("overdue", "--exit-code", "--dept", "县税务局"), "2024-07-01", 0),
    ],
)
def test_overdue_tells_by_its_exit_code(
    words: tuple[str, ...], day: str, status: int, gaigai: Gaigai
) -> None:
    assert gaigai(*words, "--data", SHIPPED, **on(day)).status == status


def test_csv_is_for_excel(gaigai: Gaigai) -> None:
    run = gaigai("list", "--task", "16", "--format", "csv", "--data", SHIPPED, **on("2024-07-02"))

    assert run.out.startswith("\ufeff编号,")
    assert run.out.endswith("\r\n")
    assert run.err == "本清单尚无进展记录，以下仅按时限推算，不作为评价依据。\n"


WRONG = {
    "unit": ("list", "--dept", "县住建菊"),
    "status": ("list", "--status", "推进"),
    "light": ("list", "--light", "紫"),
    "kind": ("list", "--kind", "ongoin"),
    "sort": ("list", "--sort", "日期"),
    "format": ("list", "--format", "xml"),
    "columns": ("list", "--columns", "编号,牵头单"),
    "role": ("list", "--role", "牵头"),
    "role-word": ("list", "--dept", "zjj", "--role", "主办"),
    "day": ("list", "--due-by", "2024-02-30"),
    "days": ("list", "--due-from", "8月", "--due-by", "7月"),
    "month": ("list", "--month", "13"),
    "month-and-day": ("list", "--month", "2024-06", "--due-by", "6月底"),
    "task": ("list", "--task", "99"),
    "within": ("due", "--within", "一个月"),
    "item": ("show", "16.9"),
    "no-item": ("show",),
    "depts": ("depts", "住建菊"),
}


def test_wrong_words_are_told_with_what_was_meant(
    gaigai: Gaigai, same_as_file: SameAsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    told = []
    for words in WRONG.values():
        run = gaigai(*words, "--data", SHIPPED, **on("2024-07-02"))
        assert (run.status, run.out) == (2, ""), words
        told.append(f"gaigai {' '.join(words)}\n{run.err}\n")

    same_as_file("".join(told), KEPT / "wrong-words.txt")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("--kind", "ongoing", "--lead", "县工改办", "--task", "8"), "8.1 8.2 8.3"),
        (("--kind", "持续推动", "--lead", "县工改办", "--task", "8"), "8.1 8.2 8.3"),
        (
            (
                "--month",
                "2024-09",
            ),
            "14.1",
        ),
        (("--due-from", "2024-07", "--due-by", "2024-09"), "14.1 20.1"),
        (("--due-from", "7月31日", "--due-by", "7月31日"), "20.1"),
        (("--search", "保险"), "14.1"),
        (("--dept", "财政"), "16.2 18.1"),
        (("--dept", "zjj", "--role", "lead", "--task", "7", "--task", "10"), "7.1 7.2 7.3 10.2"),
        (("--status", "未报进展，推进中", "--light", "红"), "16.2 18.1"),
        (("--light", "无", "--task", "20、14"), "14.1"),
        (("--sort", "due", "--task", "14,16,20"), "16.2 20.1 14.1 16.1"),
    ],
)
def test_filters(words: tuple[str, ...], ids: str, gaigai: Gaigai) -> None:
    run = gaigai("list", *words, "--format", "json", "--data", SHIPPED, **on("2024-07-02"))

    assert " ".join(item["id"] for item in json.loads(run.out)) == ids


def test_a_wide_list_says_why_lights_are_on(gaigai: Gaigai) -> None:
    """So does a list of nothing but red or yellow ones, wherever it fits at all."""

    def heads(*words: str) -> list[bool]:
        return [
            "亮灯原因"
            in gaigai(
                *("--data", EXAMPLE, "list", *words),
                GAIGAI_NOW="2024-07-02T09:00:00",
                COLUMNS=width,
            ).out.splitlines()[3]
            for width in ("60", "80", "120", "160")
        ]

    assert heads() == [False, False, False, True]
    assert heads("--light", "红") == heads("--light", "红,黄") == [False, True, True, True]
    assert heads("--light", "绿") == [False, False, False, True]


def test_what_is_still_owed_when_the_year_is_over_isnt_hidden(gaigai: Gaigai) -> None:
    """Reports of what is open are owed on and on: 今日待办 lists nothing any more, and says where they are."""
    told = "年度已结束，查询请加 --as-of 2024-12-31 或当年的其他日期。"
    left = "仍逾期未办结、应报未报的，运行 gaigai overdue 查看。"
    page = gaigai("todo", "--data", EXAMPLE, GAIGAI_NOW="2025-05-15T09:00:00", COLUMNS="200").out
    assert told + left in page
    mine = ("todo", "--data", EXAMPLE, "--unit", "县林业局")
    page = gaigai(*mine, GAIGAI_NOW="2025-05-15T09:00:00", COLUMNS="200").out
    assert told in page
    assert left not in page


def test_a_list_says_that_its_year_is_over(gaigai: Gaigai) -> None:
    """The shipped list two years later: one line with what to ask instead, and none while the year still runs."""
    over = "本清单2024年度已结束，查询请加 --as-of 2024-12-31 或当年的其他日期。"
    late = gaigai("list", "--data", SHIPPED, "--as-of", "2026-11-28", COLUMNS="120")
    assert late.out.splitlines()[-3] == over
    assert over not in gaigai("list", "--data", SHIPPED, "--as-of", "2024-12-31", COLUMNS="120").out

    overdue = gaigai("overdue", "--data", SHIPPED, "--as-of", "2026-11-28", COLUMNS="120").out
    told = gaigai("overdue", "--data", SHIPPED, "--as-of", "2026-11-28", "--format", "json").out
    ids = [item["id"] for item in json.loads(told)]
    assert re.findall(r"^(\d+\.\d+) .* 逾期\d+天 ", overdue, re.MULTILINE) == ids
    assert (len(ids), overdue.splitlines()[-1]) == (12, over)
