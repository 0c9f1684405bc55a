"""What holds for every text and every deadline."""

import unicodedata
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, example, given
from hypothesis import strategies as st

from gaigai_cli.model.deadline import Deadline, Fixed, Ongoing, Recurring, Stage, Staged
from gaigai_cli.words.deadline import TAKE_RESULTS, read_deadline
from gaigai_cli.words.normal import chinese_number, normal
from tests.words.test_deadline import DOUBTFUL, ISSUED, UNDERSTOOD, YEAR, in_short

WORDS = """
年 年度 月 月份 日 号 工作日 个月 季度 上半年 下半年 上旬 中旬 下旬 末月 最后一个月 第 今年 本年度 当年 明年 次年 底 末 前 之前
以前 内 之内 后 之后 之日起 起 开始 止 为止 初 中 上中旬 上半月 左右 前后 至 到 直至 — ， 、 ； 。 ： 和 及 并 再 每月 每个月 逐月
每季度 按季 每半年 半年一次 每年 每周 天 次 至少 报送 调度 全年 贯穿全年 长期 长期任务 持续 常态化 推动 落实 开展 整改 完成 全部完成
落实到位 办结 完毕 建成 取得 自 从 于 在 确保 截至 最迟 不晚于 完成时限 立行立改 立即 尽快 即日 春节 国庆 五一前 十一前 节前 通知 本通知
文件 清单 印发 下发 收到 环节 后续 今后 最后 前期 目前 提前 内部 原定 调整为 延至 （ ） （星期一） ① 1.
""".split()
WORD = st.sampled_from(WORDS)
FIGURES = st.integers(0, 40).map(str) | st.sampled_from(["2024", "二〇二五", "十二", "2024-06-30"])
PIECES = st.lists(WORD | FIGURES | st.text(max_size=3), max_size=12).map("".join)
CELLS = st.sampled_from(
    [t for t, _ in UNDERSTOOD] + [t for t, _, _ in DOUBTFUL if "\ud800" not in t]
)
FULL_WIDTH = str.maketrans("0123456789-./()", "０１２３４５６７８９－．／（）")
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
DIGITS = "〇一二三四五六七八九"


@given(st.text(st.characters(codec=None)) | PIECES, st.integers(1, 9999), st.none() | st.dates())
def test_no_text_raises_and_nothing_is_silent(text: str, year: int, issued: date | None) -> None:
    found = read_deadline(text, year=year, issued=issued)
    assert found.deadline is not None or found.doubts
    assert all(doubt and doubt == doubt.strip() for doubt in found.doubts)


@given(PIECES)
def test_the_normal_form_stands_for_every_character_but_blanks(text: str) -> None:
    found = normal(text)
    assert len(found.text) == len(found.starts) == len(found.ends)
    places = zip(found.starts, found.ends, strict=True)
    covered = {place for start, end in places for place in range(start, end)}
    lost = [c for place, c in enumerate(text) if place not in covered]
    assert all(c.isspace() or unicodedata.category(c) == "Cf" for c in lost)


@example("下半年年0", "丁", False)
@given(PIECES, st.text("乙丙丁戊己庚辛壬癸", min_size=1), st.booleans())
def test_words_from_elsewhere_are_never_dropped(cell: str, stray: str, before: bool) -> None:
    """Foreign words beside a deadline end up in a doubt, in a stage's text, or in an event's."""
    # What is done is part of the deadline.
    assume(before or not any(word in cell for word in TAKE_RESULTS.split()))
    found = read_deadline(stray + cell if before else cell + stray, year=YEAR)
    said = " ".join(found.doubts)
    if isinstance(found.deadline, Staged):
        said += " ".join(stage.text for stage in found.deadline.stages)
    assert found.deadline is None or found.deadline.kind == "unset" or stray in said


@given(CELLS, st.data())
def test_blanks_and_full_width_change_nothing(cell: str, data: st.DataObject) -> None:
    blanks = st.sampled_from(["", "", " ", "　", "\u00a0", "\t", "\u200b"])
    numerals = "0123456789０１２３４５６７８９十" + DIGITS + "○零O"
    spaced = cell[:1]
    for left, right in pairwise(cell):
        glued = left in numerals and right in numerals
        spaced += ("" if glued else data.draw(blanks)) + right
    if data.draw(st.booleans()):
        spaced = spaced.translate(FULL_WIDTH)
    assert _without_blanks(spaced) == _without_blanks(cell)


def _without_blanks(cell: str) -> tuple[str | None, tuple[str, ...]]:
    found = read_deadline(cell, year=YEAR, issued=ISSUED)

    def tidy(words: str) -> str:
        halved = unicodedata.normalize("NFKC", words)
        return "".join(c for c in halved if not c.isspace() and c != "\u200b")

    short = in_short(found.deadline)
    return short and tidy(short), tuple(map(tidy, found.doubts))


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")


def _in_figures(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _in_numerals(day: date) -> str:
    year = "".join(DIGITS[int(c)] for c in str(day.year))
    return f"{year}年{_numeral(day.month)}月{_numeral(day.day)}日"


def _in_dashes(day: date) -> str:
    return day.isoformat()


STYLES = st.sampled_from([_in_figures, _in_numerals, _in_dashes])


@given(st.integers(1, 99))
def test_numerals_are_read_back(number: int) -> None:
    assert chinese_number(_numeral(number)) == number


@st.composite
def _deadlines(draw: st.DrawFn) -> Deadline:
    """A deadline whose text says it in words."""
    write = draw(STYLES)
    start, *dues = sorted(draw(st.lists(DAYS, min_size=3, max_size=5)))
    every, day, words = draw(_turns())
    year = f"{start.year}年"
    whole_year = date(start.year, 1, 1), date(start.year, 12, 31)
    stages = [Stage(id=str(n), text=f"办理事项{'甲' * n}", due=d) for n, d in enumerate(dues, 1)]
    options: list[Deadline] = [
        Fixed(kind="fixed", text=f"{write(start)}前完成", due=start),
        Fixed(kind="fixed", text=f"{write(start)}至{write(dues[0])}", due=dues[0], from_=start),
        Ongoing(kind="ongoing", text=f"{year}持续推动落实", until=whole_year[1]),
        Ongoing(
            kind="ongoing",
            text=f"{write(start)}—{write(dues[0])}持续推进",
            until=dues[0],
            from_=start,
        ),
        Ongoing(kind="ongoing", text=f"自{write(start)}起长期坚持", from_=start),
        Staged(
            kind="staged",
            text="；".join(f"{write(s.due)}前{s.text}" for s in stages),
            stages=tuple(stages),
        ),
        Recurring.model_validate(
            {
                "kind": "recurring",
                "text": f"{year}{words}",
                "every": every,
                "day": day,
                "from": whole_year[0],
                "until": whole_year[1],
            }
        ),
    ]
    return draw(st.sampled_from(options))


@st.composite
def _turns(draw: st.DrawFn) -> tuple[str, int | str, str]:
    day = draw(st.integers(1, 31))
    weekday = draw(st.integers(1, 7))
    of_year = draw(st.dates(date(2024, 1, 1), date(2024, 12, 31)))
    turns: list[tuple[str, int | str, str]] = [
        ("month", day, f"每月{day}日前"),
        ("quarter", day, f"每季度末月{day}日前"),
        ("half-year", day, f"每半年最后一个月{_numeral(day)}日"),
        ("week", weekday, f"每周{'一二三四五六日'[weekday - 1]}前"),
        ("year", f"{of_year:%m-%d}", f"每年{of_year.month}月{of_year.day}日前"),
    ]
    return draw(st.sampled_from(turns))


@given(_deadlines())
def test_a_deadline_in_words_reads_back_as_itself(deadline: Deadline) -> None:
    found = read_deadline(deadline.text, year=YEAR)
    assert (found.deadline, found.doubts) == (deadline, ())


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_a_month_ends_on_its_last_day(year: int, month: int) -> None:
    following = date(year + month // 12, month % 12 + 1, 1)
    expected = Fixed(kind="fixed", text=f"{month}月底前", due=following - timedelta(days=1))
    assert read_deadline(f"{month}月底前", year=year).deadline == expected


LEAD_INS = st.sampled_from(
    "|于|力争|力争于|最迟|不晚于|原则上|务必于|确保|截至|预计|完成时限：|时间：".split("|")
)
DONE = st.sampled_from(
    "|完成|全部完成|基本完成|办结|竣工|落实到位|完成整改|建成投用|完成并长期坚持|完成主体工程|见效".split(
        "|"
    )
)
RESULTS = "制定方案 出台实施细则 完成摸底 组织验收 总结评估 完成招标 建成平台 开展自查 整改到位 形成报告".split()
PAUSES = st.sampled_from(["；", "，", "。", "\n", ";", ",", "、", "；\n"])


@st.composite
def _points(draw: st.DrawFn) -> tuple[str, date]:
    """Words for a day, in the forms of notices, and the day."""
    year = draw(st.sampled_from([2024, 2025]))
    said = draw(st.sampled_from([f"{year}年", f"{year % 100}年"] + ["", "今年"] * (year == YEAR)))
    month = draw(st.integers(4, 12))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    third = "一二三四"[(month - 1) // 3]
    forms = {
        f"{said}{month}月{_numeral(15)}日前": date(year, month, 15),
        f"{year}.{month}.15前": date(year, month, 15),
        f"{said}{draw(st.sampled_from([str(month), _numeral(month)]))}月底前": last,
        f"{said}{month}月": last,
        f"{said}{month}月上旬": date(year, month, 10),
        f"{said}{month}月下旬": last,
        f"{said}第{third}季度": date(year, (month + 2) // 3 * 3, 1),
        f"{said}{'上' if month < 7 else '下'}半年": date(year, 6 if month < 7 else 12, 1),
        f"{said.removesuffix('年')}年底前": date(year, 12, 31),
    }
    words, day = draw(st.sampled_from(sorted(forms.items())))
    if words.endswith(("季度", "半年")):
        day = date(year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
    return words, day


@given(LEAD_INS, _points(), DONE)
def test_what_stands_around_a_day_changes_nothing(
    lead_in: str, point: tuple[str, date], done: str
) -> None:
    words, day = point
    found = read_deadline(f"{lead_in}{words}{done}", year=YEAR, issued=ISSUED)
    assert (in_short(found.deadline), found.doubts) == (f"fixed {day}", ())


@given(
    st.lists(st.integers(4, 12), min_size=2, max_size=4, unique=True).map(sorted), PAUSES, st.data()
)
def test_days_with_what_is_done_by_each_are_stages(
    months: list[int], pause: str, data: st.DataObject
) -> None:
    form = data.draw(
        st.sampled_from(
            [
                "{0}月20日前{1}",
                "{0}月20日，{1}",
                "第{2}阶段{0}月20日前{1}",
                "第{2}阶段：{0}月20日前{1}",
                "{1}：{0}月20日前",
            ]
        )
    )
    said = zip(months, data.draw(st.permutations(RESULTS)), "一二三四", strict=False)
    cell = pause.join(form.format(*each) for each in said)
    found = read_deadline(cell, year=YEAR, issued=ISSUED)
    stages = found.deadline.stages if isinstance(found.deadline, Staged) else ()
    assert found.doubts or [stage.due for stage in stages] == [date(YEAR, m, 20) for m in months]
    assert not found.doubts or pause in "，、" or "，" in form, (cell, found)
