"""The units that a list names, how people call them, and what became of them in a reform of the bodies themselves."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import ClassVar, Final, NamedTuple

from pydantic import Field

from gaigai_cli.model.base import Day, Flag, Frozen, Id, Text

UNIT_SETTING: Final = "gaigai.unit"
"""The setting of git that says for which unit a person works."""
LAST: Final = date.max - timedelta(days=1)
"""A day behind every reform, except that what has yet to be handed over is so on it, too."""


class Unit(Frozen):
    """A unit (单位) under the name that the list uses."""

    name: Text = Field(description="单位名称（任务清单中的写法）")
    aliases: tuple[Text, ...] = Field((), description="别名：简称、全称")
    initials: tuple[Text, ...] = Field((), description="拼音首字母，供命令行输入")
    former: tuple[Text, ...] = Field(
        (), description="清单印发以前的名称，旧记录仍有效；印发以后的改革写在 reforms"
    )
    print_name: Text | None = Field(None, description="印发文件中的名称；不写则用任务清单中的写法")
    vertical: Flag = Field(False, description="垂直管理单位：列示，不排名")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which data files may call it."""
        return (self.name, *self.aliases, *self.former)


class Became(Frozen):
    """What became of one unit: renamed, merged into another, or split."""

    unit: Text = Field(description="原单位")
    to: tuple[Text, ...] = Field(
        description="承接单位；分设的写几个，没有写明去向的事由第一个承接", min_length=1
    )
    items: dict[Id, Text] = Field(
        default_factory=dict, description="分设的逐项写明：事项编号，承接单位"
    )


class Reform(Frozen):
    """A reform of bodies (机构改革) since the list was issued."""

    basis: Text = Field(description="依据（文号）")
    effective: Day = Field(description="生效日：自这一天起用新名称")
    handed_over: Day | None = Field(
        None,
        description="交接完成日：此前仍由原单位负责，写作“新单位（原单位）”；"
        "更名的可不写，合并、分设的不写即尚未交接",
    )
    new: tuple[Unit, ...] = Field((), description="改革后才有的单位或名称")
    became: tuple[Became, ...] = Field(description="各单位的去向", min_length=1)

    def renames(self, change: Became) -> bool:
        """Return whether a unit only has another name since: one that nobody had, and that no other unit takes."""
        fresh = change.to[0] in {unit.name for unit in self.new}
        takers = sum(change.to[0] in other.to for other in self.became)
        return len(change.to) == 1 and fresh and takers == 1


class Departments(Frozen):
    """The file ``departments.yaml``."""

    file: ClassVar[str] = "departments.yaml"

    units: tuple[Unit, ...] = Field(description="单位", min_length=1)
    reforms: tuple[Reform, ...] = Field((), description="清单印发以后的机构改革，按生效日先后")

    @cached_property
    def at_last(self) -> "Units":
        """The units after every reform."""
        return Units(self, LAST)

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """The days from which a unit is called otherwise, or another unit answers."""
        days = (day for r in self.reforms for day in (r.effective, r.handed_over) if day)
        return tuple(sorted(set(days)))


class _Step(NamedTuple):
    """From ``day`` on ``unit`` is ``to``, for single items another; ``same``: it is the same body by another name.

    ``answered``: nobody answers for the unit any more; until the handing over it does by the names of its heirs.
    """

    day: date
    unit: str
    to: str
    items: Mapping[str, str]
    same: bool
    answered: bool = True

    @property
    def heirs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.to, *self.items.values())))


class Gone(NamedTuple):
    """A body that was merged or split on ``day``: what it was called until then, each part with its heirs.

    ``remains``: it has given a part of its work away, and goes on with the rest.
    """

    name: str
    day: date
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    remains: bool

    @property
    def heirs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(heir for _, heirs in self.parts for heir in heirs))


class Units:
    """The units as they are called on a day.

    A unit that was renamed has its name of that day, whatever it is asked about; one that was merged or split is, on
    an earlier day, the unit that it was then.
    """

    def __init__(self, departments: Departments, day: date) -> None:
        self._departments = departments
        self._day = day

    @cached_property
    def _known(self) -> dict[str, Unit]:
        """Every body by its own name, one that answers until the handing over among them."""
        reforms = self._departments.reforms
        known = {u.name: u for u in reversed(self._departments.units)}
        known |= {u.name: u for reform in reforms for u in reform.new}
        for step in self._steps:
            if (was := known.get(step.unit)) is not None:
                for heir in step.heirs:
                    fresh = next((u for u in self._fresh if heir.startswith(f"{u.name}（原")), None)
                    initials = (*(fresh.initials if fresh else ()), *was.initials)
                    both = Unit(name=heir, initials=initials, vertical=was.vertical)
                    known.setdefault(heir, both)
        return known

    @property
    def _fresh(self) -> Iterator[Unit]:
        """The units that reforms have brought; until the handing over they are known by those that answer."""
        return (unit for reform in self._departments.reforms for unit in reform.new)

    @cached_property
    def _steps(self) -> tuple[_Step, ...]:
        steps = (
            s for r in self._departments.reforms for change in r.became for s in _steps(r, change)
        )
        return tuple(sorted(steps, key=lambda s: s.day))

    @cached_property
    def _names(self) -> dict[str, str]:
        """Whose each name is; where two claim one, the first has it."""
        known = (*self._departments.units, *self._known.values())
        return {name: unit.name for unit in reversed(known) for name in unit.names}

    @cached_property
    def all(self) -> tuple[Unit, ...]:
        """The units that exist on the day, in the order of the file."""
        if not self._departments.reforms:
            return self._departments.units
        names = dict.fromkeys(h for unit in self._departments.units for h in self.heirs(unit.name))
        return tuple(self._unit(name) for name in names)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each in that order."""
        return {unit.name: place for place, unit in enumerate(self.all)}

    def place(self, name: str) -> int:
        """Return the place of the unit of this name, behind all where there is none."""
        return self.places.get(name, len(self.places))

    @cached_property
    def by_name(self) -> dict[str, Unit]:
        """The units of the day by every name that they, or those that they come from, ever had."""
        if not self._departments.reforms:
            return {name: unit for unit in reversed(self.all) for name in unit.names}
        units = {unit.name: unit for unit in self.all}
        found = ((name, self.canonical(name)) for name in self._names)
        return {name: units.get(whose) or self._unit(whose) for name, whose in found}

    def canonical(self, name: str, item: str | None = None, on: date | None = None) -> str:
        """Return the name of the unit called ``name``; the name itself where nobody is called so.

        Of a unit that was split ``item`` says which part. ``on``: who it was on an earlier day, by the names of today.
        """
        if not self._departments.reforms:
            unit = self.by_name.get(name)
            return unit.name if unit else name
        known, day = self._names.get(name), on or self._day
        if known is None:
            return name
        # A step leads to later ones only: two units that take each other's name make no circle.
        for step in reversed(self._steps):
            if known in step.heirs and self._to_come(known, day):
                known = step.unit
        for step in self._steps:
            if known == step.unit and self._holds(step, day):
                known = step.items.get(item or "", step.to)
        return known

    def own_name(self, name: str) -> str:
        """Return the name under which the file lists the body called ``name``, reformed or not.

        One that answers until the handing over is still the body that it was.
        """
        known = self._names.get(name, name)
        if known in self._listed or known in {unit.name for unit in self._fresh}:
            return known
        return next((step.unit for step in self._steps if known in step.heirs), known)

    def body(self, name: str) -> str:
        """Return the last name of the body called ``name``: renamings lead to it, mergers and splits don't."""
        known = self.own_name(name)
        for step in self._steps:
            if step.same and step.unit == known:
                known = step.to
        return known

    def _holds(self, step: _Step, day: date) -> bool:
        return step.day <= (self._day if step.same else day)

    def _to_come(self, unit: str, day: date) -> bool:
        """Return whether a reform has yet to make a unit that the list didn't have."""
        into = [s for s in self._steps if unit in s.heirs]
        return (
            bool(into) and unit not in self._listed and not any(self._holds(s, day) for s in into)
        )

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(unit.name for unit in self._departments.units)

    def heirs(self, name: str) -> tuple[str, ...]:
        """Return the units of the day that one was, or has become; the name itself where nobody is called so."""
        items = {item for step in self._steps for item in step.items}
        return tuple(dict.fromkeys(self.canonical(name, item) for item in (None, *sorted(items))))

    def _unit(self, name: str) -> Unit:
        """Return a unit of the day; what it comes from are former names of it."""
        unit, known = self._known[name], self._known.values()
        was = [n for u in known if u.name != name and name in self.heirs(u.name) for n in u.names]
        former = tuple(dict.fromkeys(n for n in (*unit.former, *was) if n != name))
        return unit.model_copy(update={"former": former})

    def resolve(self, word: str, place: str = "") -> tuple[Unit, ...]:
        """Return the units that a word typed by a person may mean; several where it is ambiguous.

        A name, alias or former name, be it with the ``place`` before it (岳阳县财政局, 湖南省岳阳县财政局), is the one
        unit that has it; else initials; else a part of a name.
        """
        above, found, rest = word.partition(place) if place else ("", "", "")
        if found and above.endswith(("省", "市", "州", "区", "盟")):
            word = f"{place}{rest}"
        local = word.removeprefix(place)
        for name in (word, word.removeprefix(place[:-1]), local):
            exact = self.by_name.get(name)
            if exact is not None:
                heirs = self.heirs(name) if self._departments.reforms else (exact.name,)
                return tuple(unit for unit in self.all if unit.name in heirs) or (exact,)
        if not local:
            return ()
        by_initials = tuple(u for u in self.all if word.lower() in u.initials)
        return by_initials or tuple(u for u in self.all if any(local in n for n in u.names))

    def gone(self, since: date) -> Iterator[Gone]:
        """Yield each unit that was merged or split, or gave a part of its work away, from ``since`` on, up to the day.

        As long as one that was split answers by the names of its heirs it hasn't gone.
        """
        found: dict[tuple[str, date], list[tuple[str, tuple[str, ...]]]] = {}
        for step in self._steps:
            heirs = tuple(heir for heir in step.heirs if heir != step.unit)
            ended = heirs and step.answered and not step.same
            if ended and since <= step.day <= self._day:
                parts = found.setdefault((self.own_name(step.unit), step.day), [])
                parts.append((step.unit, heirs))
        left = {unit.name for unit in self.all}
        for (name, day), parts in found.items():
            yield Gone(name, day, tuple(parts), name in left)


def _steps(reform: Reform, change: Became) -> Iterator[_Step]:
    """Yield what a reform makes of one unit: until the handing over it answers by both names, one for each heir."""
    day, over = reform.effective, reform.handed_over
    renamed = reform.renames(change)
    if over is None and renamed:
        over = day
    both = {to: to if to == change.unit else f"{to}（原{change.unit}）" for to in change.to}
    if over != day:
        items = {item: both.get(to, to) for item, to in change.items.items()}
        one = len(change.to) == 1
        yield _Step(day, change.unit, both[change.to[0]], items, same=one, answered=False)
        for to in dict.fromkeys((change.to[0], *change.items.values())):
            if to != change.unit:
                yield _Step(over or date.max, both.get(to, to), to, {}, same=renamed)
    else:
        yield _Step(day, change.unit, change.to[0], change.items, same=renamed)
