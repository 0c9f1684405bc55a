"""An amended notice against the list that is there: ids stay, what is gone is kept as removed, all of it in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

from gaigai_cli.notice.cells import Tree
from gaigai_cli.notice.document import squeezed
from gaigai_cli.words.pattern import regex

_ALIKE: Final = 0.55
_SAME_TITLE: Final = 0.75
"""Titles are short: 推行“竣工即办证” and 推行“开工即配套” are half alike, and two tasks."""
_COMMON: Final = regex(
    r"不少于|不低于|不超过|达到|以上|以内|全年|每年|年底前|完成|开展|推进|推行|推动|加强|进一步|持续|积极|全面|实施|组织|"
    r"\d+(?:\.\d+)?[%个项次家件篇期]?|[，。；、：“”]"
)
_KEPT: Final = ("criteria", "indicators", "carried_from")
_CELLS: Final = (("units", "责任单位"), ("deadline", "完成时限"))
_PEOPLE: Final = (("leader", "责任领导"), ("contact", "联系人"))


class Change(NamedTuple):
    """One item that the amendment touches: ``kind`` is 新增, 调整, 调出 or 恢复; ``words`` say how."""

    kind: str
    id: str
    words: str


@dataclass
class Updated:
    """The list after an amendment.

    ``added`` are the units that it didn't have, ``ids`` the ids that the notice's own numbering became, ``settled``
    the cells (about what, of which of the notice's numbers) whose words are those of the old list: what it says of
    them stands.
    """

    tasks: list[Tree] = field(default_factory=list)
    added: list[Tree] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    settled: set[tuple[str, str]] = field(default_factory=set)


def update(
    old: Tree, old_units: Sequence[Tree], new: Sequence[Tree], units: Sequence[Tree], removal: Tree
) -> Updated:
    """Return the old list as the new notice amends it. ``removal`` is the day and number that removed items carry.

    Whatever the new notice doesn't speak of (指标, 佐证要求, where an item comes from) stays as it was.
    """
    merger = _Merger(old["tasks"], new, removal)
    merger.merge()
    found = merger.found
    known = {name for unit in old_units for name in _names(unit)}
    found.added = [unit for unit in units if unit["name"] not in known]
    return found


def _names(unit: Tree) -> Iterator[str]:
    yield unit["name"]
    yield from unit.get("aliases", ())
    yield from unit.get("former", ())


class _Merger:
    """Puts the tasks of two lists together."""

    def __init__(self, old: Sequence[Tree], new: Sequence[Tree], removal: Tree) -> None:
        self._old = old
        self._new = new
        self._removal = removal
        self._ids = {str(task["id"]) for task in old}
        self.found = Updated()
        self.changes = self.found.changes

    def merge(self) -> None:
        before = _before(self._old, self._new, _task_likeness)
        kept = set(map(id, before.values()))
        self.found.tasks = [self._task(before.get(id(task)), task) for task in self._new]
        for index, task in enumerate(self._old):
            if id(task) not in kept:
                self._insert_removed(index, task)

    def _insert_removed(self, index: int, task: Tree) -> None:
        """Keep a task that is gone where it stood, all of its items removed."""
        gone = {**task, "items": [self._removed(item, task) for item in task["items"]]}
        earlier = {str(each["id"]) for each in self._old[:index]}
        place = max(
            (at for at, each in enumerate(self.found.tasks, 1) if each["id"] in earlier), default=0
        )
        self.found.tasks.insert(place, gone)

    def _task(self, old: Tree | None, new: Tree) -> Tree:
        if old is None:
            name = _free(str(new["id"]), self._ids)
            self.found.ids[str(new["id"])] = name
            items = [self._new_item(item, f"{name}.{_point(item)}", new) for item in new["items"]]
            return {**new, "id": name, "items": items}
        name = str(old["id"])
        self.found.ids[str(new["id"])] = name
        if old["title"] != new["title"]:
            words = f"任务名称由“{old['title']}”改为“{new['title']}”"
            self.changes.append(Change("调整", name, words))
        cells = self._cells(new, old, new, old)
        return {**new, **cells, "id": name, "items": self._items(old, new)}

    def _cells(self, new: Tree, old: Tree, new_task: Tree, old_task: Tree) -> Tree:
        """Return the cells of a task or item that are worded as before: as the old list has them."""
        kept: Tree = {}
        for key, _ in _CELLS:
            before, after = _cell(old, old_task, key), _cell(new, new_task, key)
            if before is None and new is new_task:
                before = old["items"][0].get(key)
            if after and before and squeezed(str(before["text"])) == squeezed(str(after["text"])):
                self.found.settled.add((key, str(new["id"])))
                if key in new:
                    kept[key] = before
        return kept

    def _items(self, old: Tree, new: Tree) -> list[Tree]:
        before = _before(
            old["items"],
            new["items"],
            lambda one, other: _likeness(one["content"], other["content"]),
        )
        kept = set(map(id, before.values()))
        taken = {str(_point(item)) for item in old["items"]}
        items = []
        for item in new["items"]:
            earlier = before.get(id(item))
            if earlier is None:
                point = _free(str(_point(item)), taken)
                items.append(self._new_item(item, f"{old['id']}.{point}", new))
            else:
                items.append(self._changed(earlier, old, item, new))
        items += [self._removed(item, old) for item in old["items"] if id(item) not in kept]
        return sorted(items, key=_point)

    def _new_item(self, item: Tree, name: str, task: Tree) -> Tree:
        said = ((label, _cell(item, task, key)) for key, label in _CELLS)
        words = "；".join(f"{label}：{_text(cell)}" for label, cell in said if cell)
        self.changes.append(Change("新增", name, f"{item['content']}（{words}）"))
        self.found.ids[str(item["id"])] = name
        return {**item, "id": name}

    def _changed(self, old: Tree, old_task: Tree, new: Tree, task: Tree) -> Tree:
        words = list(_differences(old, old_task, new, task))
        if "removed" in old:
            self.changes.append(Change("恢复", old["id"], "重新列入清单"))
        if words:
            self.changes.append(Change("调整", old["id"], "；".join(words)))
        self.found.ids[str(new["id"])] = str(old["id"])
        if squeezed(str(old["content"])) == squeezed(str(new["content"])):
            self.found.settled |= {("indicators", str(new["id"])), ("content", str(new["id"]))}
        kept: Tree = {key: old[key] for key in _KEPT if key in old}
        return {**new, **self._cells(new, old, task, old_task), **kept, "id": old["id"]}

    def _removed(self, item: Tree, task: Tree) -> Tree:
        """Return an item that is gone, with the cells that it had from its task, whose own may be others now."""
        own = {key: _cell(item, task, key) for key, _ in _CELLS if _cell(item, task, key)}
        if "removed" in item:
            return {**item, **own}
        self.changes.append(Change("调出", str(item["id"]), str(item["content"])))
        order: Tree = {key: item[key] for key in ("id", "content") if key in item}
        return {**order, **own, **item, "removed": self._removal}


def _free(wanted: str, taken: set[str]) -> str:
    """Take a number: the wanted one, else that behind all that are taken."""
    if wanted in taken:
        wanted = str(max((int(each) for each in taken if each.isdecimal()), default=0) + 1)
    taken.add(wanted)
    return wanted


def _cell(item: Tree, task: Tree, key: str) -> Any:
    return item.get(key) or task.get(key)


def _text(cell: Any) -> str:
    return str(cell["text"]) if cell else "（未写）"


def _differences(old: Tree, old_task: Tree, new: Tree, task: Tree) -> Iterator[str]:
    if squeezed(str(old["content"])) != squeezed(str(new["content"])):
        yield f"工作内容由“{old['content']}”改为“{new['content']}”"
    for key, name in _CELLS:
        before, after = _text(_cell(old, old_task, key)), _text(_cell(new, task, key))
        if squeezed(before) != squeezed(after):
            yield f"{name}由“{before}”改为“{after}”"
    for key, name in _PEOPLE:
        if old.get(key) != new.get(key):
            yield f"{name}由“{old.get(key) or '（未写）'}”改为“{new.get(key) or '（未写）'}”"


def _point(item: Tree) -> int:
    number = str(item["id"]).rpartition(".")[2]
    return int(number) if number.isdecimal() else 0


def _before(old: Sequence[Tree], new: Sequence[Tree], likeness: Any) -> dict[int, Tree]:
    """Return by the ``id`` of the new what each was: the most alike first, none that is not alike enough."""
    scored = [(likeness(a, b), -i, -j, a, b) for i, a in enumerate(old) for j, b in enumerate(new)]
    found: dict[int, Tree] = {}
    used: set[int] = set()
    for score, _, _, a, b in sorted(scored, key=lambda row: row[:3], reverse=True):
        if score >= _ALIKE and id(a) not in used and id(b) not in found:
            used.add(id(a))
            found[id(b)] = a
    return found


def _task_likeness(old: Tree, new: Tree) -> float:
    titles = _likeness(old["title"], new["title"])
    contents = _likeness(_contents(old), _contents(new))
    same_title = titles if titles >= _SAME_TITLE else 0.0
    return max(same_title, (titles + contents) / 2, contents - 0.1)


def _contents(task: Tree) -> str:
    return "\n".join(str(item["content"]) for item in task["items"])


def _likeness(old: Any, new: Any) -> float:
    """Return how alike two texts are, 0 to 1; words of every list (全年, 不少于…次) make nothing alike."""
    a, b = squeezed(str(old)), squeezed(str(new))
    if a == b:
        return 1.0
    a, b = (_COMMON.sub("", text)[:400] or text for text in (a, b))
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()
