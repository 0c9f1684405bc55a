"""Every pair of colours that a style sheet makes can be read (WCAG AA), by day and by night."""

import re
from collections.abc import Iterator

import pytest

from tests.web.client import STYLES

GROUNDS = ("--paper", "--ground")
TEXT, DRAWN = 4.5, 3.0


def variables(style: str, *, night: bool) -> dict[str, str]:
    """The colours by name; those of the night take the place of some of the day."""
    day, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{3,6})", day + (dark if night else "")))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs(style: str) -> Iterator[tuple[str, str, str, float]]:
    """Each rule with what it paints on what: words on their own ground, or on both grounds of a page."""
    shown = style.partition("@media print")[0]
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", shown):
        said = dict(re.findall(r"(?<![\w-])([\w-]+): ([^;]+)", body))
        colour = r"(#[0-9a-f]{3,6}|var\(--[\w-]+\))"
        ground = re.match(colour, said.get("background", ""))
        words = re.fullmatch(colour, said.get("color", ""))
        name = selector.strip().splitlines()[-1]
        if words:
            for on in (ground[1],) if ground else GROUNDS:
                yield name, words[1], on, TEXT
        for drawn in ("stroke", "fill"):
            line = re.match(colour, said.get(drawn, ""))
            if line and not re.search(r"\.(rule|axis|track|entry|asked|step)\b", name):
                yield name, line[1], "--paper", TEXT if "text" in name else DRAWN
    for ground_ in ("--red-bg", "--yellow-bg", "--blue-bg", "--green-bg"):
        yield ".matrix td a", "--link", ground_, TEXT
    yield "input", "#8b8f94", "--paper", DRAWN
    yield ":focus-visible", "--link", "--ground", DRAWN


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("style", STYLES, ids=["page", "bulletin"])
def test_words_and_lines_stand_out(style: str, night: bool) -> None:
    known = variables(style, night=night)

    def colour(name: str) -> str:
        name = re.sub(r"var\((.*)\)", r"\1", name)
        return known.get(name, name)

    found = [
        (name, one, on, ratio(colour(one), colour(on)), least)
        for name, one, on, least in pairs(style)
    ]
    assert len(found) > 40
    faint = [f"{n}: {one} on {on} {r:.2f} < {least}" for n, one, on, r, least in found if r < least]
    assert faint == []
