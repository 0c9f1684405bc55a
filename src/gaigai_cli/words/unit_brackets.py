"""Brackets in a unit cell: what stands in them, and whether they match."""

OPENING, CLOSING = "（(［[【〔", "）)］]】〕"


def depths_of(text: str) -> list[int]:
    """How many brackets each character stands in, the brackets themselves included; last, those left open."""
    depths, depth = [], 0
    for char in text:
        depth += char in OPENING
        depths.append(depth)
        depth -= char in CLOSING
    return [*depths, depth]


def unbalanced(text: str) -> bool:
    """Whether a bracket stays open, or is closed that was not opened. The two of a pair may differ in kind."""
    depths = depths_of(text)
    return depths[-1] != 0 or any(
        depth < 1 for char, depth in zip(text, depths, strict=False) if char in CLOSING
    )


def mask(text: str) -> str:
    """``text`` with all that stands in brackets made unreadable, offsets kept."""
    return "".join(
        "\0" if depth else char for char, depth in zip(text, depths_of(text), strict=False)
    )


def last_bracket(text: str) -> tuple[str, str]:
    """What stands before the bracket at the end, and in it; doubled brackets count as one."""
    opening = max(
        index
        for index, depth in enumerate(depths_of(text)[:-1])
        if depth == 1 and text[index] in OPENING
    )
    inside = text[opening + 1 : -1].strip()
    while inside[:1] in OPENING and inside[-1:] in CLOSING and inside:
        inside = inside[1:-1].strip()
    return text[:opening].rstrip(), inside
