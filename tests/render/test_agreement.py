"""Whatever the program prints of a day counts alike: random years, held against the re-computation of them."""

import json
import random
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.render.papers import bulletin_docx, bulletin_html, bulletin_md, bulletin_xlsx
from gaigai_cli.report.archive import plain
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.words.period import Period
from tests.judge.build import UNITS
from tests.judge.random_ledgers import LAST, RandomYear, random_year, with_figures
from tests.judge.recomputed import (
    CLOSED,
    DAY,
    OPEN,
    Item,
    Stage,
    days_left,
    item_at,
    kept_records,
    light,
    missed,
    overdue,
    owed_reports,
    percent,
    unmet,
)
from tests.program import Gaigai
from tests.render.bulletins import (
    figures_of_docx,
    figures_of_html,
    figures_of_md,
    figures_of_xlsx,
    shown,
)

GROUPS = {
    "fixed": "明确时限",
    "staged": "明确时限",
    "ongoing": "持续推动",
    "recurring": "定期开展",
    "unset": "时限待定",
}
STATUSES = ("未报进展", "未启动", "推进中", "待核验", "暂缓实施", "已销号", "已评估", "已核减")


class Day:
    """A random year on a day, re-computed: what each output says of it."""

    def __init__(self, year: RandomYear, end: date, *, ended: bool) -> None:
        self.year, self.end, self.ended = year, end, ended
        records = kept_records(year)
        self.items = [item_at(plain, records, end, ended=ended) for plain in year.items]
        self.kept = [item for item in self.items if item.status != "已核减"]

    def light(self, item: Item) -> str | None:
        return light(item, self.year.rules, self.end, ended=self.ended)

    def overdue(self, item: Item) -> bool:
        return bool(overdue(item, self.end, ended=self.ended))

    def is_overdue(self, item: Item, stage: Stage) -> bool:
        return stage in overdue(item, self.end, ended=self.ended)

    def owes(self, unit: str, item: Item) -> bool:
        """Whether something is overdue for which the unit hasn't applied."""
        return any(unit not in s.applied for s in overdue(item, self.end, ended=self.ended))

    def late(self, item: Item) -> bool:
        return self.overdue(item) or any(stage.late for stage in item.stages)

    def turns(self, item: Item) -> bool:
        """Whether a turn that is over wasn't met."""
        passed = self.end if self.ended else self.end - DAY
        open_ = item.status in OPEN and not item.waits_for_a_condition
        return open_ and any(d <= passed for d in unmet(item))

    def missed(self, item: Item) -> bool:
        return bool(missed(item, self.year.rules, self.end, ended=self.ended))

    def ids(self, holds: Any) -> set[str]:
        return {item.plain["id"] for item in self.items if holds(item)}

    def led(self, unit: str) -> list[Item]:
        return [item for item in self.items if unit in item.leads]

    def groups(self, items: list[Item]) -> dict[str, int]:
        return dict(Counter(GROUPS[item.kind] for item in items))

    def statuses(self, items: list[Item]) -> dict[str, int]:
        return {s: n for s in STATUSES if (n := sum(i.standing == s for i in items))}

    def lights(self, items: list[Item]) -> dict[str, int]:
        return dict(Counter(self.light(item) or "无" for item in items))

    def waiting(self) -> set[tuple[str, str | None]]:
        """What the office has to verify."""
        return {
            (item.plain["id"], stage.id)
            for item in self.items
            for stage in item.stages
            if stage.status == "待核验" and item.status not in CLOSED
        }

    def asked(self) -> set[str]:
        """The applications for an extension that wait."""
        stages = (s for i in self.items if i.status not in CLOSED for s in i.stages)
        return {id_ for stage in stages for id_ in stage.asked}

    def scored(self, unit: str) -> Counter[str]:
        """How many lines of a year's assessment each rule gives a unit."""
        rules: Counter[str] = Counter()
        for item in self.led(unit):
            counts = item.status != "已核减" and not item.waits_for_a_condition
            for stage in item.stages if counts else ():
                if stage.status == "已销号":
                    moved = "延期后按期办结" if stage.due != stage.issued else "按期办结"
                    rules["逾期办结" if unit in stage.late_by else moved] += 1
                elif unit not in stage.applied and self.is_overdue(item, stage):
                    rules["到期未办结"] += 1
        for item in self.items:
            for _, owing, verdict in owed_reports(item, self.year, self.end, ended=self.ended):
                if owing == unit and verdict != "按期":
                    rules[verdict] += 1
        return rules

    def unit_line(self, unit: str) -> tuple[str, ...]:
        """A line of 附件2."""
        lead = [item for item in self.led(unit) if item.status != "已核减"]
        has = self.statuses(lead)
        others = sum(unit in i.roles[r] for i in self.items for r in ("responsible", "support"))
        numbers = (
            len(lead),
            has.get("已销号", 0) + has.get("已评估", 0),
            has.get("待核验", 0),
            has.get("推进中", 0) + has.get("未启动", 0),
            has.get("未报进展", 0),
            has.get("暂缓实施", 0),
            sum(self.owes(unit, item) for item in lead),
            sum(map(self.turns, lead)),
            others,
        )
        return (unit, *map(str, numbers))

    def ledger_line(self, item: Item) -> tuple[str, str, str]:
        """Number, status and light as 附件1 has them, without what follows in brackets."""
        standing = "已调出清单" if item.status == "已核减" else item.standing
        return (item.plain["id"], standing, self.light(item) or "—")


def numbers(text: str, names: tuple[str, ...]) -> dict[str, int]:
    """Names followed by a number of items."""
    return {n: int(v) for n, v in re.findall(rf"({'|'.join(names)}) *(\d+)项", text)}


@pytest.mark.parametrize("seed", range(1000, 1010))
def test_all_commands_count_alike(gaigai: Gaigai, tmp_path: Path, seed: int) -> None:
    """``list``, ``status``, ``overdue``, ``todo``, ``depts`` and ``score``, as tables and as JSON."""
    year = with_figures(random_year(seed), seed)
    data = str(year.write(tmp_path))
    end = date(2024, random.Random(seed).randint(6, 12), 28)
    day = Day(year, end, ended=False)

    def page(*words: str) -> str:
        ran = gaigai("--data", data, *words, "--as-of", end.isoformat(), COLUMNS="160")
        assert ran.status == 0, ran.err
        return ran.out

    def value(*words: str) -> Any:
        return json.loads(page(*words, "--format", "json"))

    late, silent = day.ids(day.overdue), day.ids(day.missed)
    rows = {row["id"]: row for row in value("list")}
    assert {
        id_: (r["status"], r["light"], r["overdue"], r["late"], r["percent"], r["days_left"])
        for id_, r in rows.items()
    } == {
        i.plain["id"]: (
            i.standing,
            day.light(i),
            day.overdue(i),
            day.late(i),
            percent(i),
            days_left(i, end, ended=False),
        )
        for i in day.items
    }
    summed = page("list").rpartition("共")[2]
    said = {"已调出" if s == "已核减" else s: n for s, n in day.statuses(day.items).items()}
    assert numbers(summed, (*STATUSES, "已调出")) == said
    assert numbers(summed, tuple(GROUPS.values())) == day.groups(day.items)

    whole = value("status")
    found = {n: v for n, v in whole["statuses"].items() if v}
    assert found == day.statuses(day.kept)
    assert {n: v for n, v in whole["lights"].items() if v} == day.lights(day.kept)
    assert whole["withdrawn"] == len(day.items) - len(day.kept)
    assert (set(whole["overdue"]), set(whole["unreported"])) == (late, silent)
    for unit in whole["units"]:
        led = day.led(unit["name"])
        assert unit["lead"] == [i.plain["id"] for i in led]
        assert {n: v for n, v in unit["statuses"].items() if v} == day.statuses(led)
        assert {n: v for n, v in unit["lights"].items() if v} == day.lights(led)
    text = page("status")
    first = next(line for line in text.splitlines() if "项具体工作：" in line).replace("事项", "")
    assert numbers(first, tuple(GROUPS.values())) == day.groups(day.kept)
    counted = {n: int(v) for n, v in re.findall(rf"(?m)^({'|'.join(STATUSES)}) +(\d+)", text)}
    assert counted == day.statuses(day.kept)

    lines = [(row["id"], row["kind"]) for row in value("overdue")]
    assert {id_ for id_, kind in lines if kind == "未办结"} == late
    assert {id_ for id_, kind in lines if kind == "未报"} == silent
    said = numbers(page("overdue"), ("逾期未办结", "未按期报送"))
    assert (said["逾期未办结"], said["未按期报送"]) == (len(late), len(silent))

    waiting = value("todo")
    assert {(w["id"], w["stage"]) for w in waiting["to_verify"]} == day.waiting()
    assert {e["record"] for e in waiting["extensions"]} == day.asked()
    assert {i["id"] for i in waiting["overdue"]} == late
    assert {i["id"] for i in waiting["report_missing"]} == silent

    rules = ("按期办结", "延期后按期办结", "逾期办结", "到期未办结", "迟报", "补报", "漏报", "未报")
    for unit in value("score", "--year", "2024", "--force")["units"]:
        given = Counter(line["rule"] for line in unit["lines"] if line["rule"] in rules)
        assert given == day.scored(unit["unit"])


@pytest.mark.parametrize("seed", range(1010, 1022))
def test_all_formats_count_alike(seed: int) -> None:
    """The bulletin as a document, a page, a text, a workbook and what is kept of it."""
    year = with_figures(random_year(seed), seed)
    month = Period.of(2024, random.Random(seed).randint(6, 12))
    day = Day(year, month.last, ended=True)
    report = monthly_report(Judge(year.ledger()), month, today=LAST)
    kept = json.loads(json.dumps(plain(report), ensure_ascii=False))
    word = figures_of_docx(bulletin_docx.bulletin(report))
    page = figures_of_html(bulletin_html.bulletin(report))
    sheets = figures_of_xlsx(bulletin_xlsx.bulletin(report))

    lines = [day.ledger_line(item) for item in day.items]
    units = [day.unit_line(unit) for unit in UNITS]
    for found in (figures_of_md(bulletin_md.bulletin(report)), word, page, sheets):
        assert [(r[0], r[2].partition("（")[0], r[3]) for r in found["ledger"]] == [
            (id_, status, lamp) for id_, status, lamp in lines
        ]
        assert found["units"] == units
    due = [i for i in day.kept if i.stages and max(s.due for s in i.stages) <= month.last]
    due = [i for i in due if not i.waits_for_a_condition]
    totals = {
        "应办结": len(due),
        "按期办结": sum(i.status == "已销号" and not day.late(i) for i in due),
        **day.statuses(day.kept),
    }
    wanted = {name: str(number) for name, number in totals.items() if number}
    for numbers_ in (word["said"], shown(sheets["numbers"]), shown(page["numbers"])):
        assert {
            n: v for n, v in numbers_.items() if n in (*STATUSES, "应办结", "按期办结")
        } == wanted
    assert {n: v for n, v in kept["totals"]["statuses"] if v} == day.statuses(day.kept)
    assert kept["totals"]["lights"] == [
        [name, number]
        for name in ("红", "黄", "蓝", "绿", "—")
        if (number := sum((day.light(item) or "—") == name for item in day.kept))
    ]
    assert [row["light"] for row in kept["ledger"]] == [lamp for _, _, lamp in lines]
    order = (
        "name",
        "lead",
        "closed",
        "pending",
        "underway",
        "not_reported",
        "suspended",
        "expired",
        "turns",
        "others",
    )
    assert [tuple(str(row[name]) for name in order) for row in kept["units"]] == units
