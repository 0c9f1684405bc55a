"""What each row and paragraph of a notice was taken for, and why: the answer to why something was not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from gaigai_cli.model.exported import NOTICE_LABELS
from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.columns import Columns, declared_key
from gaigai_cli.notice.document import Place, squeezed
from gaigai_cli.notice.head import NOWHERE, NoticeHead
from gaigai_cli.notice.items import RawTask
from gaigai_cli.notice.row import Found
from gaigai_cli.words.heads import LABEL_OF


class Taken(NamedTuple):
    """A row, a paragraph or a table: ``what`` it was taken for, ``why``, and its words."""

    place: Place
    what: str
    why: str
    text: str


_AROUND: Final = "清单以外的文字"
_WHY: Final[Mapping[str, str]] = {
    "表头": "这一行的文字是各栏的名称",
    "分组标题": "整行只有这一格文字，或只有序号和标题",
    "合计": "合计、总计一类的行，只有数字",
    "表内的说明": "以“注”“说明”开头，或整行是一句话",
    "表头以上的文字": "在表头上面",
    _AROUND: "不在清单里",
    "清单后面的文字": "在最后一项写明责任单位之后",
    "分组的标题": "自己没有写责任单位和时限，下面有事项",
    "没有读作事项的段落": "没有像各事项那样单独写责任单位",
    "没有读入的表格": "没有认出表头，也不能按内容判断各栏",
    "没有选用的清单": "按答复只要另一份清单",
}
_OTHERS: Final[Mapping[str, str]] = {
    "extra": "没有位置的栏目", "stage": "阶段", "start": "开始时间",
}  # fmt: skip


def taken(
    found: Found, head: NoticeHead, tasks: Sequence[RawTask], notes: Notes
) -> tuple[Taken, ...]:
    """Return every table, row and paragraph with what it was taken for, in the order of the file."""
    texts: dict[tuple[Place, str, str], list[str]] = {}
    fields = list(_fields(head))
    named = {each.place for each in fields}
    others = [each for each in _others(notes) if each.place not in named]
    known = named | {each.place for each in others}
    around = (
        Taken(_row_of(line.place), _AROUND, _WHY[_AROUND], squeezed(line.text))
        for line in (*found.before, *found.after)
        if _row_of(line.place) not in known
    )
    for each in (*fields, *_tables(found, notes), *_items(tasks), *others, *around):
        texts.setdefault(each[:3], []).append(each.text)
    before, after = (
        {_row_of(line.place) for line in lines} for lines in (found.before, found.after)
    )

    def order(each: Taken) -> tuple[int, str, int, int, int, int]:
        place = each.place
        part = 0 if place in before else 2 if place in after else 1
        return part, place.sheet, place.table, place.line, place.paragraph, place.row

    rows = (Taken(*about, "｜".join(said)) for about, said in texts.items())
    return tuple(sorted(rows, key=order))


def _row_of(place: Place) -> Place:
    return place._replace(column=0)


def _fields(head: NoticeHead) -> Iterator[Taken]:
    """Yield the lines from which the notice's own fields come."""
    for name, field in zip(head._fields, head, strict=True):
        if field.value and field.place != NOWHERE and name != "year":
            why = field.doubt or "按位置和写法"
            yield Taken(_row_of(field.place), NOTICE_LABELS[name], why, squeezed(field.value))


def _tables(found: Found, notes: Notes) -> Iterator[Taken]:
    for place, columns in zip(found.heads, found.columns, strict=True):
        uses = "；".join(_use(columns, index, notes) for index in range(len(columns.roles)))
        why = "表头写明了任务和责任单位或时限" if columns.height else "没有表头，按各栏的内容"
        yield Taken(place, "清单", why, uses)


def _use(columns: Columns, index: int, notes: Notes) -> str:
    """Return 第2栏“惠民事项”是工作内容（按答复）."""
    use, head = columns.roles[index], squeezed(columns.heads[index])
    number = columns.numbers[index]
    last = len(columns.numbers) - 1 - columns.numbers[::-1].index(number)
    name = f"第{number}栏" + (f"“{squeezed(columns.heads[last])}”" if head else "")
    known = notes.answers.columns
    if str(number) in known or (head and declared_key(head) in known):
        how = "按答复"
    elif index in columns.guessed:
        how = "按内容"
    else:
        how = "按表头"
    return f"{name}是{LABEL_OF.get(use) or _OTHERS.get(use, use)}（{how}）"


def _items(tasks: Sequence[RawTask]) -> Iterator[Taken]:
    for task in tasks:
        for item in task.items:
            has = {"序号": item.row.number, "责任单位": item.units, "时限": item.deadline}
            why = f"写有{'、'.join(name for name, there in has.items() if there) or '工作内容'}"
            yield Taken(item.row.place, f"事项{item.id}", why, squeezed(item.content))


def _others(notes: Notes) -> Iterator[Taken]:
    for left in notes.left_out:
        if left.what in _WHY:
            yield Taken(_row_of(left.place), left.what, _WHY[left.what], squeezed(left.text))
    for doubt in notes.doubts:
        if doubt.code == "row" and doubt.place.words != "全文":
            yield Taken(doubt.place, "疑点", doubt.why, squeezed(doubt.text))
