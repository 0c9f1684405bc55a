"""The units that a list names, and how people call them."""

from functools import cached_property
from typing import ClassVar

from pydantic import Field

from gaigai_cli.model.base import Flag, Frozen, Text


class Unit(Frozen):
    """A unit (单位) under the name that the list uses."""

    name: Text = Field(description="单位名称（任务清单中的写法）")
    aliases: tuple[Text, ...] = Field((), description="别名：简称、全称")
    initials: tuple[Text, ...] = Field((), description="拼音首字母，供命令行输入")
    former: tuple[Text, ...] = Field((), description="机构改革前的名称，旧记录仍有效")
    print_name: Text | None = Field(None, description="印发文件中的名称；不写则用任务清单中的写法")
    vertical: Flag = Field(False, description="垂直管理单位：列示，不排名")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which data files may call it."""
        return (self.name, *self.aliases, *self.former)


class Departments(Frozen):
    """The file ``departments.yaml``."""

    file: ClassVar[str] = "departments.yaml"

    units: tuple[Unit, ...] = Field(description="单位", min_length=1)

    @cached_property
    def by_name(self) -> dict[str, Unit]:
        """Units by name, alias and former name; where two claim one, the first has it."""
        return {name: unit for unit in reversed(self.units) for name in unit.names}

    def canonical(self, name: str) -> str:
        """Return the list's name of the unit called ``name``; the name itself where nobody is called so."""
        unit = self.by_name.get(name)
        return unit.name if unit else name

    def resolve(self, word: str, place: str = "") -> tuple[Unit, ...]:
        """Return the units that a word typed by a person may mean; several where it is ambiguous.

        A name, alias or former name, be it with the ``place`` before it (岳阳县财政局), is the one unit that has it;
        else initials; else a part of a name.
        """
        local = word.removeprefix(place)
        for name in (word, word.removeprefix(place[:-1]), local):
            exact = self.by_name.get(name)
            if exact is not None:
                return (exact,)
        if not local:
            return ()
        by_initials = tuple(u for u in self.units if word.lower() in u.initials)
        return by_initials or tuple(u for u in self.units if any(local in n for n in u.names))
