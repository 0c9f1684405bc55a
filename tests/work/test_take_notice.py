"""An import as a transaction: a document and answers in, files and what was taken out, no command line."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice.document import Document
from gaigai_cli.notice.formats import read_document
from gaigai_cli.store.files import Folder
from gaigai_cli.store.lock import locked
from gaigai_cli.store.read import read_ledger
from gaigai_cli.work import take_notice
from gaigai_cli.work.take_notice import Import, amended_folder, free_folder
from tests.notice.layout import sheet
from tests.notice.renderings import FORMATS, Rows

TODAY = date(2025, 3, 1)
HEAD = ["序号", "主要任务", "工作内容", "牵头单位", "完成时限"]
FIRST = ["1", "甲", "推进甲事项。", "县数改办", "2025年6月底"]


def notice(rows: Rows, head: list[str] = HEAD) -> Document:
    """示例: a list with these rows."""
    made = sheet("示例县2025年任务清单", [head, *rows])
    name = next(name for name in FORMATS if name.endswith("txt"))
    return read_document(FORMATS[name](made), "通知.txt")


def test_a_draft_is_written_and_answered(tmp_path: Path) -> None:
    out = tmp_path / "data"
    importing = Import(
        notice([FIRST, ["2", "乙", "推进乙事项。", "县数改办", ""]]), "通知.txt", out
    )
    importing.kept = out / "answers.yaml"
    draft = importing.draft()
    (doubt,) = (one for one in draft.open_doubts if one.code == "deadline")

    draft = importing.keep([(doubt, "9月底")])
    taken = importing.take(draft, today=TODAY)

    assert [path.name for path in taken.written] == ["tasks.yaml", "departments.yaml", "doubts.md"]
    assert (taken.changes, taken.unset) == (None, True)
    ledger = read_ledger(Folder(out)).ledger
    assert ledger is not None
    assert ledger.tasks.by_id["2.1"].deadline.kind == "fixed"
    again = Import(importing.document, "通知.txt", out, importing.kept)
    assert again.draft().tasks == draft.tasks
    assert importing.back().open_doubts != draft.open_doubts
    assert "9月底" not in importing.kept.read_text(encoding="utf-8")


def test_columns_that_are_declared_are_kept_with_the_draft(tmp_path: Path) -> None:
    head = ["序号", "主要任务", "办什么", "谁来办", "完成时限"]
    importing = Import(notice([FIRST], head), "通知.txt", tmp_path, tmp_path / "answers.yaml")
    importing.declare("办什么=工作内容，谁来办=牵头单位")

    taken = importing.take(importing.draft(), today=TODAY)

    assert [path.name for path in taken.written][-2:] == ["answers.yaml", "doubts.md"]
    assert Import(importing.document, "通知.txt", kept=importing.kept).draft().tasks


def test_an_amendment_is_compared_and_nothing_written(tmp_path: Path) -> None:
    first = Import(notice([FIRST]), "通知.txt", tmp_path)
    first.take(first.draft(), today=TODAY)
    before = (tmp_path / "tasks.yaml").read_bytes()
    changed = Import(notice([[*FIRST[:4], "2025年9月底"]]), "修订.txt", base=tmp_path)

    taken = changed.take(changed.draft(), today=TODAY)

    assert [change.kind for change in taken.changes or ()] == ["调整"]
    assert taken.written == ()
    assert (tmp_path / "tasks.yaml").read_bytes() == before


def test_a_folder_that_somebody_writes_to_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_notice, "locked", partial(locked, timeout=0))
    importing = Import(notice([FIRST]), "通知.txt", tmp_path)
    with locked(tmp_path, who="县住建局"), pytest.raises(GaigaiError, match="县住建局"):
        importing.take(importing.draft(), today=TODAY)
    assert not (tmp_path / "tasks.yaml").exists()


def test_folders_that_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "一个文件"
    file.touch()
    for folder, why in ((file, "是一个文件"), (tmp_path, "已有内容")):
        with pytest.raises(GaigaiError, match=why):
            free_folder(folder, force=False)
    assert free_folder(tmp_path, force=True) == tmp_path
    with pytest.raises(GaigaiError, match="不是数据目录"):
        amended_folder(tmp_path)
