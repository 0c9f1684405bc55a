"""Deadlines with days: one day, a window, or several parts."""

from __future__ import annotations

from dataclasses import dataclass

from gaigai_cli.words.days import Context, Cursor, Time, read_time
from gaigai_cli.words.deadline_match import Match, says_when, skip_fillers, without_pauses
from gaigai_cli.words.deadline_values import Fixed, Stage, Staged
from gaigai_cli.words.normal import Kind, UnclearError

TAKE_RESULTS = ("完成", "全部完成", "全面完成", "基本完成", "按时完成", "建成", "取得")
"""Words of being done behind which stands what is done; 完毕, 办结 and the like end a sentence."""


def dated(cursor: Cursor, context: Context) -> Match | None:
    """One day or window (``Fixed``), or several with pauses between (``Staged``)."""
    parts = _parts(cursor, context)
    if not parts:
        return None
    for part in parts:
        _demand_end(cursor, part)
    if len(parts) == 1:
        time = parts[0].time
        cursor.at = parts[0].words
        skip_fillers(cursor)
        _skip_result(cursor)
        start = time.first if time.window else None
        return Match(Fixed(kind="fixed", text=cursor.text, due=time.last, from_=start))
    return _staged(cursor, parts)


def _skip_result(cursor: Cursor) -> None:
    """Moves past what is done by the day (完成主体工程建设), where it is one thing, whole, and no further time."""
    rest = cursor.tokens[cursor.at :]
    one_thing = all(
        token.kind in (Kind.DONE, Kind.ACTION, Kind.OTHER) and token.word not in "（(〔%％"
        for token in rest
    )
    if rest and rest[0].word in TAKE_RESULTS and one_thing:
        cursor.at = len(cursor.tokens)


@dataclass(frozen=True, slots=True)
class _Part:
    """A time and the words after it: places of the first token of each, and of the next part's."""

    time: Time
    at: int
    words: int
    end: int


def _parts(cursor: Cursor, context: Context) -> list[_Part]:
    parts: list[_Part] = []
    at = cursor.at
    time = read_time(cursor, context)
    while time:
        words = cursor.at
        context = Context(context.notice_year, time.last.year)
        end, following = _next_part(cursor, context)
        parts.append(_Part(time, at, words, end))
        at, time = end, following
    return parts


def _next_part(cursor: Cursor, context: Context) -> tuple[int, Time | None]:
    """Where the next part begins (after a pause, 和 or on a new line), and its time, the cursor behind it."""
    for place in range(cursor.at, len(cursor.tokens)):
        before = cursor.tokens[place - 1].kind
        if before in (Kind.PAUSE, Kind.JOIN) or cursor.tokens[place].new_line:
            cursor.at = place
            cursor.skip(Kind.LEAD_IN)
            if time := read_time(cursor, context):
                return place, time
    cursor.at = len(cursor.tokens)
    return cursor.at, None


def _demand_end(cursor: Cursor, part: _Part) -> None:
    """A deadline needs an end: 5月起 has none, and 2024年 alone may mean 年底前 or 全年."""
    words = cursor.quote(part.at, part.words)
    if part.time.starts:
        raise UnclearError(f"“{words}”只有起始，没有完成时限")
    done = part.words < part.end and cursor.tokens[part.words].kind is Kind.DONE
    if part.time.bare_year and not done:
        raise UnclearError(f"“{words}”没有写明是年底前完成还是全年持续，请明确")


def _staged(cursor: Cursor, parts: list[_Part]) -> Match:
    doubts: list[str] = []
    stages: list[Stage] = []
    worded = [_is_worded(cursor, part) for part in parts]
    for number, (part, has_words) in enumerate(zip(parts, worded, strict=True), start=1):
        whole = without_pauses(cursor, part.at, part.end)
        words = without_pauses(cursor, part.words, part.end)
        if has_words and says_when(cursor, part.words, part.end):
            doubts.append(f"阶段内容“{words}”中似另有时限，请分开写明")
        if not words and any(worded):
            doubts.append(f"“{whole}”没有写明阶段内容，请核对")
        text = words if words and any(worded) and not part.time.window else whole
        stages.append(Stage(id=str(number), text=text, due=part.time.last))
        if number > 1 and stages[-2].due > part.time.last:
            raise UnclearError(f"“{whole}”早于前一时限{stages[-2].due}，跨年的请写明年份")
    return Match(
        Staged(kind="staged", text=cursor.text, stages=tuple(stages)),
        tuple(doubts),
    )


def _is_worded(cursor: Cursor, part: _Part) -> bool:
    """Whether a stage says more than 完成."""
    empty = {Kind.DONE, Kind.PAUSE, Kind.JOIN}
    return any(t.kind not in empty for t in cursor.tokens[part.words : part.end])
