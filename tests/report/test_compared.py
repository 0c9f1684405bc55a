"""Two bulletins held against each other, as a reader would mark them up."""

from gaigai_cli.report.compared import compared
from gaigai_cli.report.monthly_report import Section, Subsection


def pieces(before: tuple[Section, ...], after: tuple[Section, ...]) -> list[str]:
    marks = {"same": "{}", "new": "+{}+", "gone": "-{}-"}
    return [
        f"{one.heading}：" + "".join(marks[p.part].format(p.text) for p in paragraph)
        for one in compared(before, after)
        for paragraph in one.paragraphs
    ]


def test_a_bulletin_is_like_itself() -> None:
    section = Section(
        "总体情况", ("共33项。",), (Subsection("进度滞后", ("第3项。",), "其余正常。"),)
    )
    assert pieces((section,), (section,)) == [
        "总体情况：共33项。",
        "总体情况：（进度滞后）",
        "总体情况：第3项。",
        "总体情况：其余正常。",
    ]


def test_changed_words_are_marked_within_their_paragraph_and_numbers_are_whole() -> None:
    before = Section("主要进展", ("第18项已列入计划，进度40%，6月底前拨付。", "第20项没有变化。"))
    after = Section(
        "主要进展", ("第14项新报了一件事。", "第18项已拨付，进度60%。", "第20项没有变化。")
    )
    assert pieces((before,), (after,)) == [
        "主要进展：+第14项新报了一件事。+",
        "主要进展：第18项已-列入计划-+拨付+，进度-40%，6月底前拨付-+60%+。",
        "主要进展：第20项没有变化。",
    ]


def test_what_has_gone_and_what_the_office_adds_are_told() -> None:
    before = Section("存在问题", subsections=(Subsection("进度滞后", ("第3项进度偏慢。",)),))
    after = Section("总体情况", ("共33项。",), own=("县委常委会研究1次。",))
    assert pieces((before,), (after,)) == [
        "总体情况：+共33项。+",
        "总体情况：+县委常委会研究1次。+",
        "存在问题：-（进度滞后）-",
        "存在问题：-第3项进度偏慢。-",
    ]


def test_pieces_of_each_side_are_the_paragraph_of_that_side() -> None:
    before = Section("总体情况", ("甲乙丙12项。", "丁。"))
    after = Section("总体情况", ("甲丙123项。", "戊戊戊戊。", "丁。"))
    (found,) = compared((before,), (after,))

    def side(*hows: str) -> tuple[str, ...]:
        lines = ("".join(p.text for p in one if p.part in hows) for one in found.paragraphs)
        return tuple(line for line in lines if line)

    assert (side("same", "gone"), side("same", "new")) == (before.paragraphs, after.paragraphs)
