"""Recording as it looks on the screen, scene by scene: each file says on which list, and what is typed.

``# shipped``: a copy of the list that is shipped, labelled 示例. ``# example 2024-11-27``: a copy of the worked example
with its records up to that day. Lines that begin with ``$ `` are typed; all else is what comes of them.
"""

import re
from pathlib import Path

import pytest

from tests.program import SameAsFile
from tests.transcript import EXAMPLE, SHIPPED, copied, numbered, screen, transcript

SCENES = sorted((Path(__file__).parent / "scenes").glob("*.txt"))
RECORD = re.compile(r"(?m)^  - id: ")

PASTED = {
    "议定.txt": (
        "条款\t议定事项\t主办单位\t协办单位\t反馈时限\t涉及事项\n"
        "第2条\t落实工改经费\t县财政局\t县住建局、县工改办\t7月31日前\t18.1\n"
        "第3条\t清理审批中介事项\t县住建局\n"
    ),
    "错.txt": "1|清理中介|县某局\n2|报送方案\n3|补短板|县住建局||某日\n",
    "乱.txt": "1|清理中介\udcff|县住建局\n",
}
"""Lines of minutes of a meeting, as they are pasted from a table; and some that can't be read, one not even as text."""


def up_to(data: Path, day: str) -> None:
    """Leave only what was recorded up to a day."""
    for log in sorted((data / "progress").rglob("*.yaml")):
        head, *records = RECORD.split(log.read_text(encoding="utf-8"))
        kept = [record for record in records if record[:8] <= day.replace("-", "")]
        log.write_text("  - id: ".join((head, *kept)), encoding="utf-8", newline="\n")
        if not kept:
            log.unlink()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.stem)
def test_scene(
    scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same_as_file: SameAsFile
) -> None:
    head, *lines = scene.read_text(encoding="utf-8").splitlines()
    _, source, *day = head.split()
    data = copied({"shipped": SHIPPED, "example": EXAMPLE}[source], tmp_path, example=not day)
    if day:
        up_to(data, day[0])
    (tmp_path / "拨付单.txt").write_text("示例拨付单\n", encoding="utf-8", newline="\n")
    for name, lines_ in PASTED.items():
        (tmp_path / name).write_bytes(lines_.encode("utf-8", "surrogateescape"))
    monkeypatch.chdir(tmp_path)
    numbered(monkeypatch)

    typed = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    shown = transcript(lambda line: screen(monkeypatch, line), typed)

    assert typed
    same_as_file(f"{head}\n\n{shown}", scene)


def test_every_kind_that_has_a_command_occurs() -> None:
    kinds = {
        k for s in SCENES for k in re.findall(r"(?m)^\+    kind: (\S+)$", s.read_text("utf-8"))
    }

    assert kinds == {
        "进展", "申请销号", "撤回申请", "核验销号", "退回补正", "撤销销号", "期满评估", "申请延期", "批准延期",
        "不予延期", "条件未具备", "条件具备", "明确责任单位", "变更责任单位", "核减", "表扬", "通报批评", "责任认定",
        "更正", "督办", "督办回执", "抽查核验", "协调结果", "批示", "议定事项", "办理反馈", "呈报",
        "阅后意见", "阶段节点", "节点备案", "催办登记",
    }  # fmt: skip
