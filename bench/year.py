"""A year of many clones on one machine: all report, apply, correct, rule and amend, through one bare repository.

    python -m bench.year [MONTHS [CLONES [SEED]]]

Once with `gaigai git-setup` (some clones use `gaigai sync`, the others plain git), once with plain git alone. In
random order, with offline spells, pushes at the same moment, and one clone with CRLF. At the end every record that was
recorded must be in every clone exactly once, `check` must pass and no two units may have been in conflict. Prints the
figures; ends with status 1 where one of that isn't so.
"""

import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from gaigai_cli.cli.app import run as gaigai
from gaigai_cli.judge.judgement import Judge, Judgement
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.query.waiting import to_rule, to_verify
from gaigai_cli.store.files import Folder
from gaigai_cli.store.read import read_ledger

SHIPPED: Final = Path(__file__).resolve().parent.parent / "data"
START: Final = datetime(2024, 5, 13, 9, 0, 0)  # noqa: DTZ001 - the program's own clock, UTC+8
MONTHS, CLONES, SEED = 12, 25, 1
OFFICE: Final = "县工改办"
# Whose units have more than one clone; the second ones of the office have logs of their own.
EXTRA: Final = (
    OFFICE,
    OFFICE,
    "县住建局",
    "县自然资源局",
    OFFICE,
    "县住建局",
    "县财政局",
    "县政务服务中心",
)
ID: Final = re.compile(r"^  - id: (\S+)$", re.MULTILINE)
ITEM: Final = re.compile(r'^  - id: (\S+)\n    item: "([^"]+)"\n.*\n    kind: 进展$', re.MULTILINE)
LATE: Final = re.compile(r"\[(?:wrong-order|not-live)\]")
# Records that are true only in the state in which they were made.
OVERTAKEN: Final = frozenset(
    ("申请销号", "申请延期", "撤回申请", "核验销号", "退回补正", "批准延期", "不予延期")
)
MARKERS: Final = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")


class Failed(Exception):  # noqa: N818 - ends the run
    """Something that must not happen."""


def git(folder: Path, *words: str, good: Sequence[int] = (0,)) -> subprocess.CompletedProcess[str]:
    """Run plain git."""
    done = subprocess.run(
        ["git", "-c", "core.quotePath=false", "-c", "gc.auto=0", *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in good:
        raise Failed(f"git {' '.join(words)} in {folder.name}: {done.stdout}{done.stderr}")
    return done


@dataclass
class Clone:
    """One person's clone. ``share``: which of the clones of its unit it is, of how many."""

    path: Path
    unit: str
    person: str
    share: tuple[int, int]
    syncs: bool
    offline: int = 0

    @property
    def data(self) -> Path:
        """Its data directory."""
        return self.path / "data"

    def ids(self) -> Counter[str]:
        """How often each record stands in its logs."""
        logs = (self.data / "progress").rglob("*.yaml")
        texts = (path.read_bytes().decode().replace("\r\n", "\n") for path in logs)
        return Counter(id_ for text in texts for id_ in ID.findall(text))

    def owns(self, item: str) -> bool:
        """Whether this person, of those of the unit, looks after the item."""
        number, of = self.share
        return sum(map(ord, item)) % of == number


@dataclass
class Year:
    """One run. ``driver``: with `git-setup`, or with plain git alone."""

    folder: Path
    months: int
    clones_wanted: int
    driver: bool
    random: random.Random
    recorded: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: int = 0
    clones: list[Clone] = field(default_factory=list)

    def go(self) -> None:
        """All of it."""
        self._found()
        for month in range(self.months):
            for clone in self._shuffled():
                if self.random.random() < 0.15:
                    clone.offline = self.random.randint(1, 2)
                for _ in range(self.random.randint(1, 3)):
                    self._work(clone, month)
                if clone.offline:
                    clone.offline -= 1
                    self.counts["offline"] += 1
                else:
                    self._publish(clone)
            self._at_once(month)
        for _ in range(2):
            for clone in self.clones:
                self._publish(clone)
        self._demand()

    def _found(self) -> None:
        """The bare repository and its clones."""
        bare, seed = self.folder / "共享 仓库.git", self.folder / "种子"
        shutil.copytree(SHIPPED, seed / "data")
        tasks = seed / "data" / "tasks.yaml"
        label = "  example: true  # 示例数据，非真实进展\ntasks:\n"
        text = tasks.read_text(encoding="utf-8").replace("tasks:\n", label, 1)
        tasks.write_text(text, encoding="utf-8", newline="\n")
        git(seed, "init", "-q", "-b", "main")
        self._identify(seed, "示例")
        git(seed, "add", ".")
        git(seed, "commit", "-q", "-m", "清单")
        git(self.folder, "clone", "-q", "--bare", str(seed), str(bare))
        units = [unit.name for unit in ledger_of(seed / "data").departments.units]
        units = sorted(units, key=lambda name: name != OFFICE)
        owners = [*units, *EXTRA][: self.clones_wanted] if self.clones_wanted > 17 else []
        owners = owners or [OFFICE, *units[1 : self.clones_wanted - 1], units[1]]
        totals, seen = Counter(owners), Counter[str]()
        for number, unit in enumerate(owners):
            path = self.folder / f"{number:02} {unit}"
            git(self.folder, "clone", "-q", str(bare), str(path))
            person = f"示例{unit[1:3]}{seen[unit]}"
            self._identify(path, person)
            clone = Clone(
                path, unit, person, (seen[unit], totals[unit]), self.driver and number % 2 == 0
            )
            git(path, "config", "gaigai.unit", unit)
            if number == 1:
                git(path, "config", "core.autocrlf", "true")
                git(path, "rm", "-q", "-r", "--cached", ".")
                git(path, "reset", "-q", "--hard")
            if self.driver:
                self._run(clone, "git-setup")
            seen[unit] += 1
            self.clones.append(clone)
        # Two people of the office have logs of their own; the others share the office's.
        for clone in [c for c in self.clones if c.unit == OFFICE][1:3]:
            own = clone.data / "progress" / OFFICE / f"{clone.person}.yaml"
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_text(f"unit: {OFFICE}\nrecords: []\n", encoding="utf-8", newline="\n")
            self._publish(clone)

    @staticmethod
    def _identify(path: Path, person: str) -> None:
        for name, value in (
            ("user.name", person),
            ("user.email", f"{person}@example.invalid"),
            ("core.autocrlf", "false"),
        ):
            git(path, "config", name, value)

    def _shuffled(self) -> Iterator[Clone]:
        clones = list(self.clones)
        self.random.shuffle(clones)
        return iter(clones)

    # What people do

    def _run(self, clone: Clone, *words: str) -> tuple[int, str]:
        """Run the program in a clone, at the next moment of the year."""
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            status = gaigai(["--data", str(clone.data), *words])
        return status, said.getvalue()

    def _record(self, clone: Clone, what: str, *words: str) -> bool:
        """Record something; whether the program took it."""
        before = clone.ids()
        status, said = self._run(clone, *words)
        new = clone.ids() - before
        if status not in (0, 2) or (status == 0) != bool(new):
            raise Failed(f"{clone.path.name}: gaigai {' '.join(words)}: {said}")
        self.recorded |= set(new)
        self.counts[what] += len(new)
        return bool(new)

    def _set_clock(self, month: int) -> None:
        self.seconds += self.random.randint(1, 40)
        now = START + timedelta(days=30 * month, seconds=self.seconds)
        os.environ["GAIGAI_NOW"] = f"{now:%Y-%m-%dT%H:%M:%S}"

    def _work(self, clone: Clone, month: int) -> None:
        self._set_clock(month)
        judgement = Judge(ledger_of(clone.data)).on((START + timedelta(days=30 * month + 1)).date())
        if clone.unit == OFFICE and clone.share[0] == 0 and self.random.random() < 0.3:
            self._amend(clone)
            return
        if clone.unit == OFFICE and self.random.random() < 0.7 and self._rule(clone, judgement):
            return
        mine = [
            item
            for item in judgement.items
            if clone.owns(item.id)
            and clone.unit in (*item.state.units.lead, *item.state.units.responsible)
        ]
        choice = self.random.random()
        if mine:
            item = self.random.choice(mine)
            if self.random.random() < 0.4 and self._take_back(clone, judgement):
                return
            leads = clone.unit in item.state.units.lead and item.state.dated and item.state.open
            proof = f"示例文号〔2024〕{self.seconds}号"
            if leads and choice < 0.25:
                if self._record(clone, "applications", "done", item.id, "--evidence", proof):
                    return
            elif leads and choice < 0.35:
                late = (item.state.due or START.date()) + timedelta(days=30)
                asked = ("extend", item.id, "--to", str(late), "--reason", "示例。")
                if self._record(clone, "extensions", *asked):
                    return
            elif choice < 0.5 and (own := self._own_report(clone, item.id)):
                words = (
                    "correct",
                    own,
                    "--set",
                    f"summary=改第{self.seconds}次。",
                    "--reason",
                    "示例。",
                )
                if self._record(clone, "corrections", *words):
                    return
            self._record(
                clone, "reports", "update", item.id, "--summary", f"示例进展{self.seconds}。"
            )

    def _take_back(self, clone: Clone, judgement: Judgement) -> bool:
        """An application of one's own that the office hasn't answered yet."""
        found = [("done", item.id) for item, _ in to_verify(judgement)]
        found += [("extend", item.id) for item, _ in to_rule(judgement)]
        own = [
            (command, id_)
            for command, id_ in found
            if clone.owns(id_) and clone.unit in judgement.by_id[id_].state.units.lead
        ]
        if not own:
            return False
        words = (*self.random.choice(own), "--take-back", "--reason", "示例。")
        return self._record(clone, "applications taken back", *words)

    def _own_report(self, clone: Clone, item: str) -> str | None:
        """A report of the item that this clone's person may correct: one that is in their unit's logs."""
        entries = ledger_of(clone.data).entries
        found = [
            e.record.id
            for e in entries
            if e.unit == clone.unit and e.record.item == item and e.record.kind == "进展"
        ]
        return self.random.choice(found) if found else None

    def _rule(self, clone: Clone, judgement: Judgement) -> bool:
        """What waits for the office."""
        waiting = [item.id for item, _ in to_verify(judgement) if clone.owns(item.id)]
        asked = [item.id for item, _ in to_rule(judgement) if clone.owns(item.id)]
        done = False
        for item in waiting[:2]:
            ruling = (
                (
                    "verify",
                    item,
                    "--verified-by",
                    "示例单位",
                    "--signer",
                    "示例",
                    "--despite",
                    "示例。",
                )
                if self.random.random() < 0.7
                else ("reject", item, "--reason", "示例。")
            )
            done |= self._record(clone, "rulings", *ruling)
        for item in asked[:2]:
            ruling = (
                self.random.choice(("grant", "deny")),
                item,
                "--basis",
                "示例会议（2024-06-01）",
            )
            done |= self._record(clone, "rulings", *ruling, "--approved-by", "示例")
        if not done and self.random.random() < 0.3:
            words = (
                "update",
                "1.2",
                "--unit",
                "县水利局",
                "--via",
                "电话",
                "--summary",
                f"代录{self.seconds}。",
            )
            done = self._record(clone, "entered for others", *words)
        return done

    def _amend(self, clone: Clone) -> None:
        """The list is amended, by a commit that names its basis."""
        tasks = clone.data / "tasks.yaml"
        text = tasks.read_bytes().decode()
        end = "\r\n" if "\r\n" in text else "\n"
        tasks.write_bytes(f"{text}# 示例修改{self.seconds}{end}".encode())
        git(
            clone.path,
            "commit",
            "-q",
            "-m",
            f"清单: 示例修改\n\n修改依据：示例〔2024〕{self.seconds}号",
            "--",
            "data/tasks.yaml",
        )
        self.counts["amendments"] += 1

    # How it gets to the others

    def _at_once(self, month: int) -> None:
        """Two or three clones push at the same moment, as processes of their own."""
        able = [clone for clone in self.clones if clone.syncs and not clone.offline]
        chosen = self.random.sample(able, min(3, len(able)))
        for clone in chosen:
            self._work(clone, month)
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "gaigai_cli", "--data", str(clone.data), "sync"],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            for clone in chosen
        ]
        for process in running:
            said = process.communicate()[0].decode()
            if process.returncode and not LATE.search(said):
                raise Failed(said)
            self._heard(said)
            self.counts["at the same moment"] += 1

    def _heard(self, said: str) -> None:
        self.counts["synchronisations"] += 1
        if found := re.search(r"重试了(\d+)次", said):
            self.counts["retries"] += int(found[1])

    def _publish(self, clone: Clone) -> None:
        if clone.syncs:
            status, said = self._run(clone, "sync")
            if status and LATE.search(said):
                self._give_way(clone)
                status, said = self._run(clone, "sync")
            if status:
                raise Failed(f"{clone.path.name}: {said}")
            self._heard(said)
            return
        self._commit(clone)
        for _ in range(9):
            git(clone.path, "fetch", "-q", "origin")
            merged = git(clone.path, "merge", "--no-edit", "origin/main", good=(0, 1))
            self.counts[
                "logs merged by git's driver" if self.driver else "logs changed on both sides"
            ] += merged.stdout.count("Auto-merging data/progress/")
            if merged.returncode:
                self._resolve(clone)
            if LATE.search(self._run(clone, "check")[1]):
                self._give_way(clone)
                self._commit(clone)
            pushed = git(clone.path, "push", "-q", "origin", "main", good=(0, 1))
            if pushed.returncode == 0:
                self.counts["synchronisations"] += 1
                return
            if "fetch first" not in pushed.stderr:
                raise Failed(f"{clone.path.name}: {pushed.stdout}{pushed.stderr}")
            self.counts["retries"] += 1
        raise Failed(f"{clone.path.name}: never got through")

    def _give_way(self, clone: Clone) -> None:
        """Void, newest first, what others' records have overtaken: an application taken back that was ruled on, say."""
        words = ("grep", "-h", "-o", "-E", "id: [-0-9a-f]+$", "origin/main", "--", "data/progress")
        known = git(clone.path, *words).stdout
        own = [e for e in ledger_of(clone.data).entries if e.record.id not in known]
        for entry in sorted(own, key=lambda e: e.record.id, reverse=True):
            if entry.unit == clone.unit and entry.record.kind in OVERTAKEN:
                void = ("correct", entry.record.id, "--void", "--reason", "示例。")
                self._record(clone, "voided, being overtaken", *void)

    def _commit(self, clone: Clone) -> None:
        git(clone.path, "add", "data/progress", good=(0, 128))
        if git(clone.path, "diff", "--cached", "--quiet", good=(0, 1)).returncode:
            git(clone.path, "commit", "-q", "-m", "记录")

    def _resolve(self, clone: Clone) -> None:
        """A person keeps both sides: takes the view that shows whole records, and deletes the lines of the markers."""
        names = git(clone.path, "diff", "--name-only", "--diff-filter=U", "-z").stdout.split("\0")
        for name in filter(None, names):
            units = self._units_of(clone, name)
            own = "in one log" if units == {clone.unit} else "in a log that the office entered into"
            where = own if len(units) == 1 else "between units"
            self.counts[f"conflicts {where}, both sides kept by hand"] += 1
            git(clone.path, "checkout", "-q", "--conflict=diff3", "--", name)
            path = clone.path / name
            path.write_bytes(kept(path.read_bytes()))
        git(clone.path, "commit", "-q", "-a", "--no-edit")

    @staticmethod
    def _units_of(clone: Clone, name: str) -> set[str]:
        """Whose records the two sides of a conflict bring."""
        sides = (
            git(clone.path, "show", f":{stage}:{name}", good=(0, 128)).stdout for stage in (2, 3)
        )
        return {
            found[1] for side in sides if (found := re.search(r"^unit: (\S+)", side, re.MULTILINE))
        }

    def _demand(self) -> None:
        """Everything recorded is in every clone, once, and nothing is wrong with it."""
        heads = {git(clone.path, "rev-parse", "HEAD").stdout for clone in self.clones}
        wrong = [f"{len(heads)} heads"] if len(heads) > 1 else []
        for clone in self.clones:
            found = clone.ids()
            missing, more = self.recorded - set(found), [i for i, n in found.items() if n > 1]
            status, said = self._run(clone, "check")
            changed = git(clone.path, "status", "--porcelain").stdout
            strange = set(found) - self.recorded
            if missing or more or strange or status or changed:
                wrong.append(
                    f"{clone.path.name}: {missing} {more} {strange} {changed} {said[-400:]}"
                )
        merges = git(self.clones[0].path, "log", "--merges", "--format=%s").stdout.splitlines()
        self.counts["merge commits made by sync"] = sum(
            subject.startswith("合并 ") for subject in merges
        )
        if any("between units" in name for name in self.counts):
            wrong.append("conflicts between units")
        if wrong:
            raise Failed("\n".join(wrong))


def kept(conflict: bytes) -> bytes:
    """A log with a conflict as a person leaves it: no markers, and where both sides made the file, one head."""
    lines, inside = [], False
    for line in conflict.splitlines(keepends=True):
        if line.startswith(MARKERS) or (inside and line.startswith((b"unit:", b"records:", b"#"))):
            continue
        inside |= line.startswith(b"records:")
        lines.append(line)
    return b"".join(lines)


def ledger_of(data: Path) -> Ledger:
    """The ledger of a data directory that can be read."""
    ledger = read_ledger(Folder(data)).ledger
    if ledger is None:
        raise Failed(f"{data} can't be read")
    return ledger


def simulate(folder: Path, *, months: int, clones: int, driver: bool, seed: int) -> Year:
    """One year; raises ``Failed`` where it doesn't end as it must."""
    settings = dict(os.environ)
    os.environ |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    year = Year(folder, months, clones, driver, random.Random(seed))
    try:
        year.go()
    finally:
        os.environ.clear()
        os.environ.update(settings)
    return year


def main(arguments: list[str]) -> int:
    """Run both years and print their figures."""
    given = [int(word) for word in arguments]
    months, clones, seed = (given + [MONTHS, CLONES, SEED][len(given) :])[:3]
    print(
        f"{clones} clones, {months} months, seed {seed}; {git(Path.cwd(), 'version').stdout.strip()}"
    )
    failed = 0
    for driver in (True, False):
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            try:
                year = simulate(
                    Path(folder), months=months, clones=clones, driver=driver, seed=seed
                )
            except Failed as error:
                print(f"{'with' if driver else 'without'} git-setup: FAILED\n{error}")
                failed = 1
                continue
        kinds = ", ".join(f"{name} {count}" for name, count in sorted(year.counts.items()))
        print(
            f"{'with' if driver else 'without'} git-setup: {len(year.recorded)} records, each once in each of "
            f"{len(year.clones)} clones; check passes; no conflict between units; "
            f"{time.perf_counter() - start:.0f} s\n  {kinds}"
        )
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
