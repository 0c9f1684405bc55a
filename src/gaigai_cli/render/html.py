"""What a browser shows: one way to fill templates, the classes for lights and statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gaigai_cli.characters import harmless

if TYPE_CHECKING:
    from jinja2 import Environment

_LIGHTS: Final = {"红": "red", "黄": "yellow", "蓝": "blue", "绿": "green"}
_STATUSES: Final = {
    "已销号": "closed",
    "已评估": "assessed",
    "待核验": "pending",
    "推进中": "underway",
    "未启动": "notstarted",
    "未报进展": "silent",
    "暂缓实施": "suspended",
}


def light_class(name: str) -> str:
    """Return the class of a light."""
    return _LIGHTS.get(name, "none")


def status_class(name: str) -> str:
    """Return the class of a status."""
    return _STATUSES.get(name, "none")


def environment(*packages: str) -> Environment:
    """Return the templates of these packages, then the program's; what is filled in is text, never markup."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Our own markup is no str but one of its kinds.
        finalize=lambda value: harmless(value) if type(value) is str else value,
        loader=ChoiceLoader([PackageLoader(name) for name in (*packages, "gaigai_cli")]),
        auto_reload=False,
        cache_size=100,
    )
    made.globals |= {"light_class": light_class, "status_class": status_class, "markup": Markup}
    return made
