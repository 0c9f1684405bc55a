"""The handbook's commands are run, one after the other, and show what it says that they show."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.handbook.forms import FILLINGS
from tests.program import SameAsFile
from tests.transcript import SHIPPED, THREE, copied, date_commits, numbered, screen

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
NOW = re.compile(r"(?<=^<!-- now: ).*?(?= -->\n```console$)", re.MULTILINE)
"""The clock of each command of a block; ``-`` leaves it as it is."""
FILL = re.compile(r"(?<=^<!-- fill: )\w+(?= -->\n)", re.MULTILINE)
STEP = re.compile(f"{NOW.pattern}|{BLOCK.pattern}|{FILL.pattern}", re.MULTILINE | re.DOTALL)
"""What is done one after the other: clocks, commands, and the filling in of forms that ``FILLINGS`` knows."""
REVIEWERS = """\
# yaml-language-server: $schema=../schemas/reviewers.schema.json
# 示例数据，非真实人员
people:
  - name: 示例甲
    emails: [jia@example.invalid]
    units: [县工改办]
  - name: 示例丙
    emails: [bing@example.invalid]
    units: [县财政局]
  - name: 示例己
    emails: [ji@example.invalid]
    units: [县财政局]
  - name: 示例丁
    emails: [ding@example.invalid]
    units: [县住建局]
"""
NOTICE = HANDBOOK.parents[1] / "examples" / "示例县通知.html"
PAGES = sorted(HANDBOOK.glob("*.md"))


def alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the list that ships."""
    copied(SHIPPED, folder, example=True)
    monkeypatch.chdir(folder)


def together(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same in a bare repository, with two clones, and a folder for one more."""
    seed = folder / "seed"
    copied(SHIPPED, seed, example=True)
    (seed / "data" / "reviewers.yaml").write_text(REVIEWERS, encoding="utf-8", newline="\n")
    date_commits(monkeypatch, "2024-05-08T09:00:00")
    for name, value in (("NAME", "示例甲"), ("EMAIL", "jia@example.invalid")):
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    monkeypatch.chdir(seed)
    server = shlex.quote(str(folder / "服务器.git"))
    for line in ("init -q -b main", "add .", "commit -q -m 清单", f"clone -q --bare . {server}"):
        status, said = screen(monkeypatch, f"git {line}")
        assert status == 0, said
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{who}_NAME")
        monkeypatch.delenv(f"GIT_{who}_EMAIL")
    (folder / "工作").mkdir()
    monkeypatch.chdir(folder / "工作")
    for clone, unit, name, account in (
        ("县财政局-己", "县财政局", "示例己", "ji"),
        ("县工改办", "县工改办", "示例甲", "jia"),
    ):
        for line in (
            f"git clone -q {server} {clone}",
            f"git -C {clone} config user.name {name}",
            f"git -C {clone} config user.email {account}@example.invalid",
            f"gaigai --data {clone}/data git-setup --unit {unit}",
        ):
            status, said = screen(monkeypatch, line)
            assert status == 0, said


def several(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The three lists that a city looks at."""
    shutil.copytree(THREE, folder / "三县示例")
    monkeypatch.chdir(folder / "三县示例")


def another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notice of another county, saved from a page, and nothing else."""
    shutil.copy(NOTICE, folder / "通知.html")
    monkeypatch.chdir(folder)


PREPARED = {
    "多人协作": together,
    "几份清单一起看": several,
    "市里怎样汇总": several,
    "换一份清单": another,
}


@pytest.mark.usefixtures("ready")
@pytest.mark.external("git")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same_as_file: SameAsFile
) -> None:
    PREPARED.get(page.stem, alone)(tmp_path, monkeypatch)
    numbered(monkeypatch)
    clocks: list[str] = []

    def run(block: re.Match[str]) -> str:
        if block[0] in FILLINGS:
            FILLINGS[block[0]]()
            return block[0]
        if not block[0].startswith("$ "):
            clocks[:] = block[0].split()
            return block[0]
        shown: list[str] = []
        for line in block[0].splitlines():
            if line.startswith("$ "):
                now = clocks.pop(0) if clocks else "-"
                clock = "" if now == "-" else f"GAIGAI_NOW={now} "
                _, text = screen(monkeypatch, clock + line.removeprefix("$ "))
                text = text.replace(f"{tmp_path}/", "…/").rstrip()
                shown += [f"{line}\n", f"{text}\n\n" if text else ""]
        return f"{''.join(shown).rstrip()}\n"

    same_as_file(STEP.sub(run, page.read_text(encoding="utf-8")), page)


def test_there_is_something_to_run() -> None:
    blocks = [block for page in PAGES for block in BLOCK.findall(page.read_text(encoding="utf-8"))]

    assert len(blocks) > 10
    assert all(re.match(r"\$ (?:gaigai|git|cd) ", block) for block in blocks)


@pytest.mark.parametrize("page", [*PAGES, HANDBOOK.parents[1] / "README.md"], ids=lambda p: p.stem)
def test_commands_are_the_same_in_every_shell(page: Path) -> None:
    """Neither cmd nor PowerShell takes a setting before a command, and signs mean other things to each of them."""
    text = page.read_text(encoding="utf-8")
    lines = re.findall(r"(?:^\$ |^|`)((?:\w+=\S+ )?(?:gaigai|git) [^`\n]+)", text, re.MULTILINE)

    assert lines
    assert [line for line in lines if re.search(r"^\w+=|[|<>&;,'\"#$\\]", line)] == []
