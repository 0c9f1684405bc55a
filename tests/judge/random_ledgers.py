"""Random years of made-up units: a list, its rules and its records, as plain values, a ledger or a data directory.

What people do is mostly sensible and now and then can't be: whoever reads a year decides what of it counts.
"""

import copy
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import yaml

from gaigai_cli.model.departments import Departments
from gaigai_cli.model.ledger import Entry, Issued, Ledger
from gaigai_cli.model.records import as_record
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList
from tests.judge.build import FILLED, HELPER, JOINT, LEAD, OFFICE, OTHER, UNITS

ISSUED: Final = date(2024, 5, 7)
LAST: Final = date(2025, 1, 31)
"""The last day on which anything is recorded."""

ANSWERED: Final[Mapping[str, tuple[str, ...]]] = {
    "撤回申请": ("申请销号", "申请延期"),
    "核验销号": ("申请销号",),
    "退回补正": ("申请销号",),
    "批准延期": ("申请延期",),
    "不予延期": ("申请延期",),
    "亮点": ("进展", "申请销号", "申请延期"),
}
Plain = dict[str, Any]


@dataclass(frozen=True)
class RandomYear:
    """``records`` are in the order of recording, each with the unit whose log holds it; days are ISO text."""

    tasks: Plain
    rules: Plain
    records: tuple[tuple[str, Plain], ...]
    issued: tuple[Plain, ...]

    @property
    def items(self) -> tuple[Plain, ...]:
        return tuple(item for task in self.tasks["tasks"] for item in task["items"])

    def ledger(self) -> Ledger:
        """The year as the program holds it."""
        places = dict.fromkeys(UNITS, -1)
        entries = []
        for unit, said in self.records:
            places[unit] += 1
            record = as_record(said)
            file, place = f"progress/{unit}.yaml", UNITS.index(unit)
            entries.append(Entry(record, unit, file, places[unit], place=place))
        return Ledger(
            TaskList.model_validate(self.tasks),
            Departments.model_validate(DEPARTMENTS),
            Rules.model_validate(self.rules),
            tuple(entries),
            issued=tuple(
                Issued(
                    path=f"../reports/issued/{head['period']}.json",
                    period=head["period"],
                    number=head["number"],
                    day=date.fromisoformat(head["issued"]),
                    newest=head["newest"],
                )
                for head in self.issued
            ),
        )

    def write(self, root: Path) -> Path:
        """Write ``root/data`` and ``root/reports/issued``; return the data directory."""
        data, kept = root / "data", root / "reports" / "issued"
        for folder in (data / "progress", kept):
            folder.mkdir(parents=True)
        files = {"tasks": self.tasks, "departments": DEPARTMENTS, "rules": self.rules}
        for unit in UNITS:
            said = [record for author, record in self.records if author == unit]
            if said:
                files[f"progress/{unit}"] = {"unit": unit, "records": said}
        for name, value in files.items():
            words = yaml.dump(value, Dumper=_Whole, allow_unicode=True, sort_keys=False)
            (data / f"{name}.yaml").write_text(words, encoding="utf-8", newline="\n")
        for head in self.issued:
            words = json.dumps(head, ensure_ascii=False)
            (kept / f"{head['period']}.json").write_text(words, encoding="utf-8", newline="\n")
        return data


class _Whole(yaml.SafeDumper):
    """Writes a list again where it occurs again: the program reads no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


DEPARTMENTS: Final[Plain] = {"units": [{"name": unit} for unit in UNITS]}


def random_year(seed: int) -> RandomYear:
    """The year of a seed: three to six items of different kinds of deadlines, up to 50 records in nine months."""
    chance = random.Random(seed)
    items = _items(chance)
    rules = _rules(chance)
    writing = _Writing(chance, {item["id"]: item for item in items})
    for _ in range(chance.randint(5, 40)):
        if not writing.go_on():
            break
        chance.choices(_ACTS, weights=_WEIGHTS)[0](writing)
    notice = {
        "title": "示例县2024年示例任务清单",
        "number": "示例〔2024〕1号",
        "issuer": OFFICE,
        "issued": ISSUED.isoformat(),
        "year": 2024,
        "addressee": "示例单位",
        "office": OFFICE,
        "example": True,
    }
    tasks = [
        {"id": id_, "title": f"示例任务{id_}", "items": [i for i in items if i["id"][0] == id_]}
        for id_ in sorted({item["id"][0] for item in items})
    ]
    records = tuple(writing.records)
    issued = tuple(_bulletins(chance, [said["id"] for _, said in records]))
    return RandomYear({"notice": notice, "tasks": tasks}, rules, records, issued)


def with_milestones(year: RandomYear, seed: int) -> RandomYear:
    """The year with 阶段节点 besides: set by the office or reported and filed, moved, met, and now and then none that can be."""
    chance = random.Random(f"milestones {seed}")
    more: list[tuple[str, Plain]] = []
    for item in year.items:
        lead, on = item["units"]["lead"][0], ISSUED + timedelta(days=chance.randint(0, 60))
        names = chance.sample(("方案", "试点", "推开", "总结"), k=chance.randint(0, 4))
        if not names:
            continue
        counted = chance.random() < 0.7
        dues = sorted(on + timedelta(days=chance.randint(10, 150)) for _ in names)
        steps = [
            {"name": name, "due": due.isoformat()}
            | ({"percent": 100 * n // len(names)} if counted or n == 1 else {})
            for n, (name, due) in enumerate(zip(names, dues, strict=True), 1)
        ]
        asked: list[str] = []
        moved = {**chance.choice(steps), "due": (dues[-1] + timedelta(days=15)).isoformat()}
        for known, reason in (
            (steps, None),
            ([moved], chance.choice(("示例理由", "示例理由", None))),
        ):
            unit = chance.choice((OFFICE, lead, lead))
            number = len(more)
            said = {"milestones": known, **({"reason": reason} if reason else {})}
            more.append((unit, _extra(number, on, "阶段节点", item, said)))
            if unit != OFFICE and chance.random() < 0.8:
                asked.append(more[-1][1]["id"])
                on += timedelta(days=chance.randint(0, 9))
                answers = asked if chance.random() < 0.3 else asked[-1:]
                filed = _extra(number + 1, on, "节点备案", item, {"answers": answers[::-1]})
                more.append((OFFICE, filed))
            on += timedelta(days=chance.randint(1, 60))
        for name, due in zip(names, dues, strict=True):
            if chance.random() < 0.6:
                met = min(LAST, due + timedelta(days=chance.randint(-10, 20)))
                said = {"summary": "示例完成。", "completed": [name]}
                more.append((lead, _extra(len(more), met, "进展", item, said)))
    records = sorted((*year.records, *more), key=lambda record: record[1]["id"])
    return replace(year, records=tuple(records))


FIGURES: Final[tuple[Plain, ...]] = (
    {"name": "示例座数", "unit": "座", "target": {"at_least": 60}, "measure": "latest"},
    {"name": "示例公里", "unit": "公里", "target": {"at_least": 60}, "measure": "sum"},
    {"name": "示例率", "unit": "%", "target": {"at_least": 60}, "measure": "latest"},
    {"name": "示例用时", "unit": "天", "target": {"at_most": 40}, "measure": "latest"},
    {
        "name": "示例件数",
        "unit": "件",
        "target": {"equal": 0},
        "measure": "latest",
        "cycle": "month",
    },
)


def with_figures(year: RandomYear, seed: int) -> RandomYear:
    """The year with indicators and their figures, turns that are made up, and inspections that find otherwise."""
    chance = random.Random(f"figures {seed}")
    tasks = copy.deepcopy(year.tasks)
    kinds: dict[str, Plain] = {}
    for task in tasks["tasks"]:
        for item in task["items"]:
            chosen = chance.sample(FIGURES, k=chance.choice((0, 1, 2)))
            item["indicators"] = [{"id": f"x{n}", **one} for n, one in enumerate(chosen)]
            kinds[item["id"]] = item
    records: list[tuple[str, Plain]] = []
    for unit, said in year.records:
        item = kinds.get(said.get("item", ""), {"indicators": (), "deadline": {}})
        reports = said["kind"] in ("进展", "申请销号")
        found: Plain = {}
        if reports and chance.random() < 0.7:
            values = {one["id"]: chance.choice((0, 30, 50, 70, 110)) for one in item["indicators"]}
            found = {"metrics": values} if values else {}
        turn = item["deadline"].get("every") in ("month", "quarter")
        if said["kind"] == "进展" and turn and chance.random() < 0.3:
            found["stage"] = _turn_before(said["date"], item["deadline"])
        if said["kind"] == "核验销号":
            found["despite"] = "示例理由"
        records.append((unit, said | found))
        if said["kind"] == "进展" and chance.random() < 0.1:
            seen = {
                "way": "抽查",
                "inspectors": "示例甲",
                "summary": "示例所见。",
                "agrees": "不符",
            }
            id_ = f"{said['id'][:-8]}{chance.getrandbits(32):08x}"
            checked = {"id": id_, "date": _recorded(said), "kind": "抽查核验", "item": said["item"]}
            records.append((OFFICE, checked | seen | {"answers": [said["id"]]}))
    records.sort(key=lambda record: record[1]["id"])
    return replace(year, tasks=tasks, records=tuple(records))


def with_forms(year: RandomYear, seed: int) -> RandomYear:
    """The year with forms that came about the last day to report and were entered then or later, some told before."""
    chance = random.Random(f"forms {seed}")
    reporting = year.rules.get("reporting", {"by": 25, "of": "当月"})
    more: list[tuple[str, Plain]] = []
    for item in year.items:
        for month in range(5, 12):
            if chance.random() < 0.5:
                continue
            last = date(2024, month + (reporting["of"] == "次月"), min(reporting["by"], 30))
            came = max(ISSUED, last + timedelta(days=chance.randint(-3, 2)))
            unit, period = item["units"]["lead"][0], f"2024-{month:02d}"
            form = {"date": came.isoformat(), "via": "报表"}
            for known in [form] if chance.random() < 0.6 else [{}, form]:
                on = min(LAST, came + timedelta(days=chance.randint(0, 9)))
                said = {"id": f"{on:%Y%m%d}-100000-{len(more):08x}", "period": period, **known}
                more.append((unit, _extra(0, on, "进展", item, {"summary": "示例。", **said})))
    records = sorted((*year.records, *more), key=lambda record: record[1]["id"])
    return replace(year, records=tuple(records))


def _turn_before(day: str, deadline: Plain) -> str:
    """The last day of a turn that was over before a day's month began, or of one that nobody knows."""
    last = date.fromisoformat(day).replace(day=1) - timedelta(days=1)
    return last.replace(day=min(last.day, deadline["day"])).isoformat()


def _extra(number: int, on: date, kind: str, item: Plain, said: Plain) -> Plain:
    """A record of a morning: those of the year are of the afternoon."""
    id_ = f"{on:%Y%m%d}-09{number:02d}00-{number:08x}"
    return {"id": id_, "date": on.isoformat(), "kind": kind, "item": item["id"], **said}


def _items(chance: random.Random) -> list[Plain]:
    due = ISSUED + timedelta(days=chance.randint(20, 120))
    first = ISSUED + timedelta(days=chance.randint(20, 90))
    second = first + timedelta(days=chance.choice((0, 31, 92)))
    start = chance.choice((date(2024, 1, 1), date(2024, 5, 7), date(2024, 7, 1)))
    turn = chance.choice(_TURNS)
    deadlines: list[Plain] = [
        {"kind": "fixed", "text": f"2024年{due.month}月{due.day}日", "due": due.isoformat()},
        {
            "kind": "staged",
            "text": f"{first.month}月{first.day}日前印发方案，"
            f"{second.month}月{second.day}日前全面推行",
            "stages": [
                {"id": "1", "text": "印发方案", "due": first.isoformat()},
                {"id": "2", "text": "全面推行", "due": second.isoformat()},
            ],
        },
        {"kind": "fixed", "text": "2024年6月底", "due": "2024-06-30"},
        {"kind": "ongoing", "text": "2024年持续推动落实", "until": "2024-12-31"},
        {
            "kind": "recurring",
            "text": turn[0],
            "every": turn[1],
            "day": turn[2],
            "from": start.isoformat(),
            **({"until": "2024-12-31"} if chance.random() < 0.7 else {}),
        },
        {"kind": "unset", "text": "项目批准后启动"},
    ]
    items = []
    for number in sorted(chance.sample(range(6), k=chance.choice((3, 3, 4, 6)))):
        deadline = deadlines[number]
        led = [LEAD, JOINT] if number == 2 else [chance.choice((LEAD, LEAD, JOINT, OFFICE))]
        others = [u for u in (HELPER, JOINT) if u not in led and chance.random() < 0.6]
        bodies = ["等相关部门"] if chance.random() < 0.3 else []
        cell = "、".join((*(f"★{unit}" for unit in led), *others)) + "".join(bodies)
        units = {"text": cell, "lead": led, "responsible": others, "open": bodies}
        task, point = (1, number + 1) if number < 3 else (2, number - 2)
        item = {
            "id": f"{task}.{point}",
            "content": f"示例事项{number + 1}。",
            "units": {name: value for name, value in units.items() if value},
            "deadline": deadline,
        }
        if chance.random() < 0.12:
            on = ISSUED + timedelta(days=chance.randint(10, 200))
            item["removed"] = {"on": on.isoformat(), "basis": "示例〔2024〕9号"}
        items.append(item)
    return items


_TURNS: Final = (
    ("每月25日前", "month", 25),
    ("每月底", "month", 31),
    ("每周五", "week", 5),
    ("每季度末", "quarter", 31),
)


def _rules(chance: random.Random) -> Plain:
    warn = {"yellow": chance.choice((3, 7)), "blue": chance.choice((15, 30)), "idle": 45}
    reporting = {
        "every": chance.choice(("month", "month", "quarter")),
        "by": chance.choice((10, 25, 31)),
        "of": chance.choice(("当月", "次月")),
        "from": chance.choice(("2024-05", "2024-07")),
    }
    return {"warn": warn, **({"reporting": reporting} if chance.random() < 0.8 else {})}


def _bulletins(chance: random.Random, ids: list[str]) -> list[Plain]:
    """The bulletins that were issued: of some months, each a few days after its end."""
    heads = []
    for month in range(5, 13):
        if chance.random() < 0.5:
            year, following = (2024, month + 1) if month < 12 else (2025, 1)
            day = date(year, following, chance.randint(1, 9))
            known = [i for i in ids if i[:8] <= f"{day:%Y%m%d}"]
            heads.append(
                {
                    "period": f"2024-{month:02d}",
                    "number": f"示例〔2024〕{month}号",
                    "program": "示例",
                    "commit": None,
                    "issued": day.isoformat(),
                    "newest": max(known, default=f"{ISSUED:%Y%m%d}-000000-00000000"),
                    "file": {"name": f"2024-{month:02d}.docx", "sha256": "0" * 64},
                }
            )
    return heads


@dataclass
class _Writing:
    """The records as they come; all else but the day is what the writers believe, which may be wrong."""

    chance: random.Random
    items: dict[str, Plain]
    day: date = ISSUED
    records: list[tuple[str, Plain]] = field(default_factory=list)
    leads: dict[str, list[str]] = field(default_factory=dict)
    waiting: list[tuple[str, Plain]] = field(default_factory=list)
    suspended: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.leads = {id_: list(item["units"]["lead"]) for id_, item in self.items.items()}

    def go_on(self) -> bool:
        self.day += timedelta(days=self.chance.choice((0, 0, 0, 1, 2, 5, 9, 14)))
        return self.day <= LAST

    def add(self, unit: str, kind: str, item: str | None, **said: Any) -> Plain:
        """One more record of today; what is None is left out."""
        number = len(self.records)
        record = {
            "id": f"{self.day:%Y%m%d}-{12 + number // 60}{number % 60:02d}00-{number:08x}",
            "date": self.day.isoformat(),
            "kind": kind,
            **({"item": item} if item else {}),
            **FILLED.get(kind, {}),
            **said,
        }
        kept = {name: value for name, value in record.items() if value is not None}
        self.records.append((unit, kept))
        return kept

    def an_item(self) -> str:
        return self.chance.choice(list(self.items))

    def timed_item(self) -> str:
        """Mostly one that is closed out by an application, and isn't yet."""
        timed = [i for i in self.items if i[0] == "1" and i not in self.closed]
        return (
            self.chance.choice(timed) if timed and self.chance.random() < 0.95 else self.an_item()
        )

    def lead_of(self, item: str) -> str:
        known = self.leads[item]
        return self.chance.choice(known) if self.chance.random() < 0.95 else OTHER

    def told(self) -> Plain:
        """When it was, and how the office came to know: mostly today, and nothing."""
        back = self.chance.choice((0, 0, 0, 0, 0, 0, 2, 9, 20))
        on = max(ISSUED, self.day - timedelta(days=back))
        via = self.chance.choice(("报表", "书面", "电话")) if self.chance.random() < 0.2 else None
        return {"date": on.isoformat(), "via": via}

    def maybe(self, share: float, value: Any) -> Any:
        return value if self.chance.random() < share else None


def _stage(writing: _Writing, item: str, share: float) -> str | None:
    deadline = writing.items[item]["deadline"]
    if deadline["kind"] == "staged" and writing.chance.random() < share:
        return writing.chance.choice(("1", "2"))
    return None


def _report(writing: _Writing) -> None:
    chance, item = writing.chance, writing.an_item()
    unit = writing.lead_of(item)
    if chance.random() < 0.25:
        unit = chance.choice((HELPER, OTHER, JOINT))
    timed = writing.items[item]["deadline"]["kind"] in ("fixed", "staged")
    percent = writing.maybe(0.5 if timed else 0.0, chance.choice((0, 30, 60, 100)))
    started = writing.maybe(0.15, True)
    period = writing.maybe(0.15, f"2024-{chance.randint(5, 12):02d}")
    said = writing.told() | {"percent": percent, "not_started": started, "period": period}
    writing.add(unit, "进展", item, stage=_stage(writing, item, 0.3), **said)


def _apply(writing: _Writing) -> None:
    item = writing.timed_item()
    for unit in writing.leads[item] if writing.chance.random() < 0.7 else [writing.lead_of(item)]:
        stage = _stage(writing, item, 0.3)
        said = writing.add(unit, "申请销号", item, stage=stage, **writing.told())
        writing.waiting.append((unit, said))


def _ask(writing: _Writing) -> None:
    chance, item = writing.chance, writing.timed_item()
    unit = writing.lead_of(item)
    due = max(ISSUED + timedelta(days=60), writing.day) + timedelta(days=chance.randint(1, 60))
    stage = _stage(writing, item, 0.3)
    summary = writing.maybe(0.3, "正在推进。")
    told = writing.told() | {"summary": summary, "due": due.isoformat()}
    said = writing.add(unit, "申请延期", item, stage=stage, **told)
    writing.waiting.append((unit, said))


def _rule(writing: _Writing) -> None:
    """The office answers the oldest application, or any."""
    chance = writing.chance
    if not writing.waiting:
        return _report(writing)
    _, asked = writing.waiting[0] if chance.random() < 0.8 else chance.choice(writing.waiting)
    item, kind = asked["item"], asked["kind"]
    if kind == "申请销号":
        ruling = chance.choice(("核验销号", "核验销号", "退回补正"))
        same = [a for _, a in writing.waiting if a["kind"] == kind and a["item"] == item]
        if ruling == "退回补正" and chance.random() < 0.5:
            same = [asked]
    else:
        ruling, same = chance.choice(("批准延期", "批准延期", "不予延期")), [asked]
    said: Plain = {"answers": [a["id"] for a in same]}
    if ruling == "核验销号":
        late = any(a["date"] < _recorded(a) for a in same)
        said["finished"] = writing.maybe(0.6 if late else 0.05, max(a["date"] for a in same))
        if OFFICE in writing.leads[item] and chance.random() < 0.8:
            said |= {"verified_by_unit": HELPER, "signer": "示例签字人"}
        writing.closed.append(item)
    if ruling == "批准延期":
        said["asked"] = writing.maybe(
            0.6 if asked["date"] < _recorded(asked) else 0.05, asked["date"]
        )
        said["due"] = writing.maybe(0.2, (writing.day + timedelta(days=45)).isoformat())
    writing.add(OFFICE, ruling, item, **said)
    if chance.random() < 0.95:
        writing.waiting = [(u, a) for u, a in writing.waiting if a not in same]
    return None


def _take_back(writing: _Writing) -> None:
    if not writing.waiting:
        return _report(writing)
    chosen = writing.chance.choice(writing.waiting)
    unit, asked = chosen
    said = writing.told()
    writing.add(unit, "撤回申请", asked["item"], answers=[asked["id"]], **said)
    writing.waiting.remove(chosen)
    return None


def _decide(writing: _Writing) -> None:
    """What the office does of its own accord."""
    chance, item = writing.chance, writing.an_item()
    timed = writing.items[item]["deadline"]["kind"] in ("fixed", "staged")
    kinds = ["条件未具备", "明确责任单位", "变更责任单位", "批准延期" if timed else "期满评估"]
    kinds += ["核减"] if chance.random() < 0.2 else []
    kinds += ["条件具备"] * 3 if writing.suspended else []
    kinds += ["撤销销号"] * 3 if writing.closed else []
    kind = chance.choice(kinds)
    if kind in ("明确责任单位", "变更责任单位"):
        role = chance.choice(("牵头", "牵头", "责任", "配合"))
        units = chance.choice(([OTHER], [JOINT], [LEAD], [JOINT, OTHER]))
        writing.add(OFFICE, kind, item, units=units, role=role)
        if role == "牵头":
            old = writing.leads[item] if kind == "明确责任单位" else []
            writing.leads[item] = list(dict.fromkeys((*old, *units)))
    elif kind == "期满评估":
        result = chance.choice(("完成", "基本完成", "未完成", "转入下年"))
        writing.add(OFFICE, kind, item, result=result, reason=writing.maybe(0.5, "示例理由"))
    elif kind == "批准延期":
        day = writing.day - timedelta(days=chance.choice((0, 5, 30)))
        due = (writing.day + timedelta(days=chance.randint(1, 60))).isoformat()
        writing.add(OFFICE, kind, item, due=due, asked=writing.maybe(0.5, day.isoformat()))
    elif kind == "条件未具备":
        writing.add(OFFICE, kind, item)
        writing.suspended.append(item)
    elif kind == "条件具备":
        writing.add(OFFICE, kind, writing.suspended.pop())
    elif kind == "撤销销号":
        item = writing.closed.pop()
        writing.add(OFFICE, kind, item, stage=_stage(writing, item, 0.3))
    else:
        writing.add(OFFICE, kind, item)


def _correct(writing: _Writing) -> None:
    """A 更正 of a record of the same log, mostly a recent one."""
    chance = writing.chance
    own = [(unit, said) for unit, said in writing.records if said["kind"] != "更正"]
    if not own:
        return _report(writing)
    unit, original = chance.choice(own[-8:] if chance.random() < 0.7 else own)
    via = original["via"] if "via" in original and chance.random() < 0.6 else None
    if chance.random() < 0.3:
        writing.add(unit, "更正", None, corrects=original["id"], void=True, via=via)
        return None
    moved = date.fromisoformat(original["date"]) + timedelta(days=chance.choice((-9, -3, 2, 6)))
    changes: dict[str, Any] = {
        "date": max(ISSUED, min(moved, writing.day)).isoformat(),
        "summary": "示例更正。",
        "percent": str(chance.choice((10, 90))),
        "item": chance.choice(list(writing.items)),
        "period": f"2024-{chance.randint(5, 12):02d}",
        "stage": chance.choice(("1", "2")),
        "due": (writing.day + timedelta(days=chance.randint(1, 60))).isoformat(),
        "reason": "示例更正的理由",
    }
    fitting = [name for name in changes if name in ("date", "summary", "item") or name in original]
    names = chance.sample(fitting, k=chance.choice((1, 1, 2)))
    changed = {name: changes[name] for name in names}
    writing.add(unit, "更正", None, corrects=original["id"], set=changed, via=via)
    return None


def _honour(writing: _Writing) -> None:
    kind = writing.chance.choice(("表扬", "通报批评", "责任认定", "抽查核验"))
    if kind == "抽查核验":
        seen = {"way": "抽查", "inspectors": "示例甲", "summary": "示例所见。"}
        writing.add(OFFICE, kind, writing.an_item(), **seen)
        return
    item = writing.maybe(0.5, writing.an_item())
    writing.add(OFFICE, kind, item, to=[writing.chance.choice((LEAD, JOINT, HELPER))])


def _highlight(writing: _Writing) -> None:
    told = [r for _, r in writing.records if r["kind"] in ("进展", "申请销号", "申请延期")]
    if told:
        one = writing.chance.choice(told)
        writing.add(OFFICE, "亮点", one["item"], answers=[one["id"]])


def _recorded(said: Plain) -> str:
    return f"{said['id'][:4]}-{said['id'][4:6]}-{said['id'][6:8]}"


_ACTS: Final[tuple[Callable[[_Writing], None], ...]] = (
    _report,
    _apply,
    _ask,
    _rule,
    _take_back,
    _decide,
    _correct,
    _honour,
    _highlight,
)
_WEIGHTS: Final = (8, 5, 3, 8, 1, 4, 4, 1, 1)
