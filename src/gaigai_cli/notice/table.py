"""The rows of one table: what is note, group or total, and for each other row the cells of its item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gaigai_cli.model.deadline import Fixed, Ongoing
from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.columns import (
    Columns,
    Declared,
    columns_of_head,
    find_columns,
    head_at,
    repeats_head,
)
from gaigai_cli.notice.document import (
    Cell,
    Document,
    Line,
    Place,
    Row,
    Table,
    filled,
    squeezed,
)
from gaigai_cli.notice.doubts import Choice, Doubt, uses_to_choose
from gaigai_cli.notice.guess import (
    begins_at,
    columns_by_content,
    complete,
    counts_columns,
    may_be_list,
    names_day,
    names_units,
    with_numbers_apart,
)
from gaigai_cli.notice.head import OF_DOCUMENT
from gaigai_cli.notice.leads import is_statement, take_rule, without_rule
from gaigai_cli.notice.prose_fields import (
    HEADING_NUMBER,
    Said,
    said_in,
    units_above,
    use_behind,
)
from gaigai_cli.notice.row import DITTO, NONE, Found, Headed, RawRow, of_heading
from gaigai_cli.words.days import BEFORE
from gaigai_cli.words.deadline import ANY_YEAR, read_deadline
from gaigai_cli.words.heads import (
    CONTACTS,
    HEADING,
    LABEL_OF,
    LEADER,
    LEADERS,
    PEOPLE,
    UNIT_ROLES,
    ColumnUse,
    is_known,
    says,
    stage_of,
    use_of,
)
from gaigai_cli.words.normal import CHINESE, MARKS, is_mark, narrow
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import is_name, is_open, is_section
from gaigai_cli.words.unit_pieces import role_in_bracket

_NOTE: Final = regex(
    r"\s*(?:注|备注|说明|附注|填表说明|注释)\s*[：:1１一.．、]"
    r"|\s*(?:抄送|分送)\s*[：:]|\s*[（(]此件|\s*本\w{1,4}由\w+解释"
)
_FILLED_IN: Final = regex(
    r"\s*(?:(?:填报|填表|制表|审核|经办|联系)(?:人|单位|电话|日期|时间)|(?:单位|部门|科室)?(?:主要)?负责人|日期)\s*+(?:[（(][^（）()]{1,6}[）)])?\s*[：:]"
    r"|[^。；]{0,12}(?:签[字名章]|盖章)\s*[：:）)]"
)
_TOTAL: Final = regex(r"(?:合\s*计|总\s*计|小\s*计|共\s*计)[：:]?(?P<more>.*)")
_PART: Final = regex(r"[.．](?=\d)")
_COUNT: Final = regex(r"\s*(?:[（(]?[0-9.]+\s*[项个件条]?[）)]?)?\s*")
_NUMBER: Final = regex(
    rf"[（({MARKS}\s]*\w{{0,6}}?[-—]?[0-9一二三四五六七八九十百〇零.．—－-]+\s*[项条件号]?[）)]?[.．、，,。]?\s*+(?:[（(][^\W\d]{{1,4}}[）)])?[{MARKS}\s]*|[①-⑳]\s*"
)
_CHINESE: Final = regex(rf"[（(\s]*{CHINESE}[）)\s]*[、.．]?")
_PERSON_TOO: Final = regex("(?:及|和|与|、|/|[（(])(?:主要|直接)?(?:责任人|负责人|联系人)")
_PERSON_IN_BRACKET: Final = regex(
    rf"[（(]\s*(?P<label>(?:{CONTACTS}|{LEADERS})[：:]\s*)?"
    r"(?P<name>[\u4e00-\u9fff·]{2,4})[\s，,、：:]*(?P<phone>[0-9-]{7,13})?\s*[）)]"
)
_UNIT_AND_PERSON: Final = regex(
    rf"(?P<role>{HEADING.pattern}\s*[：:]\s*)?"
    r"(?P<unit>\w+)(?:[\s（(：:]+(?P<person>[\u4e00-\u9fff·]{2,4}(?:\s*[0-9-]{7,13})?)[）)]?)?"
)
_PHONE: Final = regex("[0-9-]{7,}")
_COLON: Final = regex("[：:]")
_BEFORE_BRACKET: Final = regex(r"\n(?=[（(])")
_LEADERS: Final = regex(
    rf"(?:^|(?<=[、，,；;])){LEADER}[\s：:]*(?P<name>[\u4e00-\u9fff·]{{2,4}})(?<![会位室组])(?:[、，,；;\n]|$)",
    re.MULTILINE,
)
_BEFORE_NAME: Final = regex(r"\n(?=(?P<name>[\u4e00-\u9fff·]{2,4})(?:\s*[0-9-]{7,13})?(?:\n|$))")
_PARTS: Final = regex("[\n、，,；;]")
_MONTHS: Final = regex("月份|（月）|\\(月\\)")
_PERIODS: Final = regex("周期|年限|工期|起止")
_YEARS: Final = regex(r"(?:20\d\d年?\s*[-—–~～至]+\s*)?20\d\d年?度?")
_MONTH: Final = regex(f"0?[1-9]|1[0-2]|{CHINESE}")
_BEGUN: Final = regex(
    "(?:已|正在|即时|立即)(?:经|于前期)?(?:开工|启动|开始|动工|开建|建设)(?:建设)?|续建|在建|即日起?"
)
_WORDS: Final = regex(r"\w")
_FIGURES: Final = regex(r"[\s0-9〇一二三四五六七八九十、.．()（）-]+(?:[个项件条]|[万亿]?元)?\s*")

_UNCHANGED: Final = regex("(?:保持|维持|时限)?(?:不变|不作?调整|无变化|未调整|不延期)[。]?")
_LONGEST_HEAD: Final = 8
_FIGURE: Final = regex(r"\s*[0-9][0-9.,]*%?\s*")


def _is_unit(name: str) -> bool:
    return is_name(name) or is_open(name)


def _is_person(name: str) -> bool:
    return not (is_name(name) or is_section(name))


def _is_head(cell: Cell) -> bool:
    """Return whether a cell can be nothing but a column's head."""
    short = len(squeezed(cell.text)) <= _LONGEST_HEAD and is_known(cell.text)
    return short and not (_is_number(cell) or names_units(cell) or names_day(cell))


def _is_number(cell: Cell) -> bool:
    return _NUMBER.fullmatch(narrow(cell.text)) is not None


class TableRows:
    """Reads the rows of one table behind those that were read before."""

    def __init__(
        self,
        table: Table,
        columns: Columns,
        found: Found,
        notes: Notes,
        under: tuple[Headed, ...] = (),
    ) -> None:
        self._table = table
        self._columns = columns
        self._found = found
        self._notes = notes
        self._extras: dict[int, dict[Cell, None]] = {}
        self._headed: dict[Cell, Cell] = {}
        owing = (self._single(row, "number") for row in table.rows if self._owes(row))
        numbers = [cell.text for cell in owing if cell and _is_number(cell)]
        # Where no row with units or a deadline has one, each has a sign of its own: 甲督〔2024〕3号.
        self._counted = bool(numbers)
        # Where all of those are numbered in figures, rows numbered 一 are groups.
        self._groups = self._counted and not any(map(_CHINESE.search, numbers))
        # Rows 1.1 that have titles of their own are below a group 1.
        titled = columns.of("title") and columns.of("content")
        self._parted = {
            _PART.split(narrow(each))[0].strip()
            for each in numbers
            if titled and _PART.search(narrow(each))
        }
        # Where the list begins: a line below it may stand further left.
        self._margin = next((at for at, head in enumerate(columns.heads) if head.strip()), 0)
        self._under = under  # the units that the last heading names
        self._before: Row = ()  # the last that was an item's

    def read(self, start: int) -> None:
        """Add the rows from ``start`` on to those that were found."""
        at = start
        while at < len(self._table.rows):
            row = self._table.rows[at]
            again = repeats_head(self._table, at, self._columns, self._notes.answers.columns)
            if again:
                self._found.again.append(row[0].place)
                leave_out_head(self._table, at, again, self._notes)
                at += again
                continue
            row = self._as_above(row)
            at += 1
            if filled(row) and not (
                self._total(row) or self._aside(row) or self._group(row) or self._odd(row)
            ):
                self._found.rows.append(self._row(row))
                self._before = row
        self._ask_columns(start)

    def _as_above(self, row: Row) -> Row:
        """Return a row with the title, units, people and days of the one above where it says 同上."""
        cells = list(row)
        for place in self._columns.of("title", *UNIT_ROLES, *PEOPLE, "start", "deadline", "stage"):
            if self._before and DITTO.fullmatch(squeezed(row[place].text)):
                self._notes.leave_out(row[place].place, row[place].text, "“同上”一类的字")
                cells[place] = self._before[place]
        return tuple(cells)

    def _aside(self, row: Row) -> bool:
        """Return whether a row is a note or a group's heading rather than an item; if so, notes it."""
        cells = filled(row)
        if all(_FILLED_IN.match(cell.text) for cell in cells):
            self._notes.leave_out_all(cells, "表内的说明")
            return True
        if not any(_WORDS.search(cell.text) for cell in cells):
            self._notes.leave_out_all(cells, "只有符号的行")
            return True
        if counts_columns(row):
            self._notes.leave_out_all(cells, "各栏的编号")
            return True
        if len(cells) != 1:
            return False
        cell = cells[0]
        width = row.count(cell)
        first = next(index for index, each in enumerate(row) if each is cell)
        if cell.place.row != row[0].place.row and width < len(row) and row[0].place.row:
            return False  # what a spanning cell leaves of a row that is else empty
        first -= self._margin
        whole = width * 2 > len(row) or (first <= 0 and width > 1)
        sentence = cell.text.rstrip().endswith("。")
        alone = first <= 0 and not _FIGURES.fullmatch(narrow(cell.text))
        names_group = self._columns.roles[0] in ("number", "extra") or HEADING_NUMBER.match(
            cell.text
        )
        heads = whole or (alone and names_group)
        explains = _NOTE.match(cell.text) or is_statement(cell.text)
        if (explains and (whole or first <= 0)) or (heads and sentence):
            self._found.notes.append(cell)
            self._notes.leave_out(cell.place, cell.text, "表内的说明")
            return True
        if heads:
            self._under = units_above(cell.text, cell.place)
            self._notes.leave_out(cell.place, cell.text, "分组标题")
            return True
        return False

    def _owes(self, row: Row) -> bool:
        """Return whether a row says who or when in cells of their own, none that spans what is to be done, too."""
        words = [row[index] for index in self._columns.of("title", "content")]
        places = (*self._columns.units, *self._columns.of("deadline", "stage"))
        return any(not row[index].blank and row[index] not in words for index in places)

    def _group(self, row: Row) -> bool:
        """Return whether a row is a group's heading with a number or figures of its own; if so, notes it.

        （一） 数字政府建设; 一 县住建局, whose the rows below are; 1 above 1.1; 一、续建项目（2个） 52000 20000;
        一 续建项目 52000.
        """
        number = self._single(row, "number")
        cells = filled(row)
        if number is None or number not in cells or self._owes(row):
            return False
        others = [cell for cell in cells if cell is not number]
        words = [cell for cell in others if not _FIGURES.fullmatch(narrow(cell.text))]
        heading = number
        if _is_number(number):
            text = number.text.strip()
            numeral = self._groups and _CHINESE.fullmatch(text)
            if len(words) != 1 or not (numeral or text in self._parted):
                return False
            (heading,) = words
        elif words or not others:
            return False
        self._under = units_above(heading.text, heading.place)
        self._notes.leave_out_all(cells, "分组标题")
        return True

    def _total(self, row: Row) -> bool:
        """Return whether a row is a total with mere figures; if so, notes it."""
        cells = filled(row)
        total = _TOTAL.fullmatch(cells[0].text)
        if total is None or not _COUNT.fullmatch(total["more"]):
            return False
        self._notes.leave_out_all(cells, "合计")
        return True

    def _odd(self, row: Row) -> bool:
        """Return whether a row has words beside a total, or none of the numbers that it should have; if so, a doubt."""
        cells = filled(row)
        number = self._single(row, "number")
        if _TOTAL.fullmatch(cells[0].text):
            why = "这一行像是合计，没有写入清单"
        elif (
            (self._counted or not self._owes(row))
            and number is not None
            and not (number.blank or _is_number(number))
        ):
            why = "序号一栏不是序号，这一行没有写入清单"
        else:
            return False
        place = cells[0].place._replace(column=0)
        text = "　".join(cell.text for cell in cells)
        remedy = "请核对，是任务的请补上序号后再导入"
        self._notes.doubt(Doubt("row", place, place.words, text, why, remedy))
        return True

    def _row(self, row: Row) -> RawRow:
        at = max(cell.place.row for cell in row)  # the first cell may begin above
        place = row[0].place._replace(row=at, column=0)
        last = self._found.rows[-1] if self._found.rows else None
        number, own = self._single(row, "number"), self._named(row, "title")
        title, content = own, self._named(row, "content")
        above = last if last is not None and _continues(number, title, last) else None
        self._extra(row)
        if above is not None:
            number, title = above.number, above.title
            if own is not None and not own.blank:
                if content is None:
                    content = own  # it says what is to be done, perhaps in both rows
                elif not _same(own, title):
                    title, content = own, own if content.blank else content
        elif last is not None and title is not None and title.blank and not self._table.spans:
            title = last.title  # its cell could not have spanned both
        return RawRow(
            place,
            number=_some(number),
            title=_some(title),
            content=_some(content),
            said=tuple(self._others(row, above)),
            continues=above is not None,
            lacks_content=content is not None and content.blank,
            unsure=row[0].place in self._table.unsure,
        )

    def _single(self, row: Row, role: ColumnUse) -> Cell | None:
        places = self._columns.of(role)
        return row[places[0]] if places else None

    def _named(self, row: Row, role: ColumnUse) -> Cell | None:
        """Return the cell of what is to be done, a mere figure with its head: 小麦任务面积：0.91."""
        cell = self._single(row, role)
        if cell is None or not _FIGURE.fullmatch(narrow(cell.text)):
            return cell
        head = squeezed(self._columns.heads[self._columns.of(role)[0]])
        if not head:
            return cell
        return self._headed.setdefault(cell, cell._replace(text=f"{head}：{cell.text.strip()}"))

    def _said(self, row: Row, places: Sequence[int]) -> Iterator[tuple[int, Cell]]:
        """Yield the cells of some columns in which more stands than a sign for nothing."""
        for place in places:
            if NONE.fullmatch(row[place].text):
                self._notes.leave_out(row[place].place, row[place].text, "表示没有的符号")
            else:
                yield place, row[place]

    def _others(self, row: Row, above: RawRow | None) -> Iterator[Headed]:
        """Yield who, when and whom to ask of a row; what it leaves to the one above is that one's."""
        yield from self._units(row, above)
        labelled = [each for index in self._columns.units for each in _labelled(row[index])]
        days = [Headed("deadline", "", cell) for cell in self._deadline(row, above)]
        said = {each.cell.text for each in days}
        yield from days
        yield from (x for x in labelled if x.use == "deadline" and x.cell.text not in said)
        for use in PEOPLE:
            inherited = above.of(use) if above is not None and not self._table.spans else ()
            yield from [*self._people(row, use)] or inherited
            yield from (each for each in labelled if each.use == use)

    def _units(self, row: Row, above: RawRow | None) -> tuple[Headed, ...]:
        columns = self._columns
        parts: list[Headed] = []
        for index, cell in self._said(row, columns.units):
            over_both = cell in [row[part] for part in columns.units if part < index]
            if over_both and _is_unit(cell.text):
                continue  # it is one of the first column
            if labelled := _labelled(cell):
                parts += [each for each in labelled if each.use in UNIT_ROLES]
                continue
            led, _ = _units_and_leaders(cell)
            units, _ = _units_and_people(led, columns.heads[index])
            parts.append(Headed(columns.roles[index], columns.heads[index], self._unruled(units)))
        if not columns.of("lead", "responsible"):
            parts[:0] = self._under
        else:
            heads = (x for x in of_heading(self._under, parts) if parts or not columns.of(x.use))
            parts[:0] = heads
        if above is not None and above.units and not parts:
            self._inherited(row, columns.units, "units", above.units[0].cell)
            return above.units
        leads = any(part.use == "lead" for part in parts)
        if above is not None and parts and not leads and not self._table.spans:
            return (*above.of("lead"), *parts)
        return tuple(parts) or self._under

    def _unruled(self, cell: Cell) -> Cell:
        """Return a unit cell without what it says of all cells: （列第一位的为牵头单位，下同）."""
        text, rule = without_rule(cell.text)
        if not rule:
            return cell
        if (stated := Cell(rule, cell.place)) not in self._found.notes:
            take_rule(stated, self._found, self._notes)
        return Cell(text, cell.place)

    def _deadline(self, row: Row, above: RawRow | None) -> tuple[Cell, ...]:
        indices = (*self._columns.of("start"), *self._columns.of("deadline"))
        found = [*self._said(row, indices)]
        begun = [each for each in found if _BEGUN.fullmatch(squeezed(each[1].text))]
        self._notes.leave_out_all([cell for _, cell in begun], "没有日期的开始时间")
        found = [each for each in found if each not in begun]
        former = [each for each in found if says(self._columns.heads[each[0]], "former")]
        if former and all(each in former or _UNCHANGED.fullmatch(each[1].text) for each in found):
            self._notes.leave_out_all([x[1] for x in found if x not in former], "时限没有调整")
            found = former
        elif len(former) < sum(self._columns.roles[index] == "deadline" for index, _ in found):
            self._notes.leave_out_all([cell for _, cell in former], "调整前的时限")
            found = [each for each in found if each not in former]
        cells = [_whole_time(cell, self._columns.heads[index]) for index, cell in found]
        if cells and all(self._columns.roles[index] == "start" for index, _ in found):
            cells = [_as_start(cell) for cell in cells]
        if stages := self._stages_of(row):
            return (stages,)
        if above is not None and above.deadline and not cells:
            places = (*indices, *self._columns.of("stage"))
            self._inherited(row, places, "deadline", above.deadline[-1])
            return above.deadline
        return tuple(cells)

    def _stages_of(self, row: Row) -> Cell | None:
        """Return the cells of the columns of periods as one: 一季度：制定方案；二季度：组织实施."""
        periods: dict[Cell, list[str]] = {}
        stages = self._columns.of("stage")
        for index, cell in self._said(row, stages):
            periods.setdefault(cell, []).append(stage_of(self._columns.heads[index]))
        if not periods:
            return None
        same = {cell.text for cell in periods}
        if len(same) == 1 < len(periods) and _goes_on_always(next(iter(periods))):
            return next(iter(periods))  # 常态化推进 in each quarter
        signs = [cell for cell in periods if not _WORDS.search(cell.text)]
        self._notes.leave_out_all(signs, "表示时段的符号")
        if len(signs) == len(periods):
            runs = self._runs([index for index in stages if row[index] in signs])
            lone = len(periods) == 1 and not (self._table.spans or is_mark(signs[0].text.strip()))
            more = f"（{signs[0].text.strip()}）" if lone else ""  # it may go on over empty cells
            return Cell(f"{'、'.join(map(_from_to, runs))}{more}", signs[0].place)
        named = {cell: _from_to(whole) for cell, whole in periods.items()}
        words = "；".join(
            period if cell in signs else cell.text if _names_day(cell) else f"{period}：{cell.text}"
            for cell, period in named.items()
        )
        return Cell(words, next(iter(periods)).place)

    def _runs(self, marked: Sequence[int]) -> list[list[str]]:
        """Return the periods of marked columns, those of columns beside each other together."""
        stages = self._columns.of("stage")
        runs: list[list[str]] = []
        for index in marked:
            at = stages.index(index)
            if not at or stages[at - 1] not in marked:
                runs.append([])
            runs[-1].append(stage_of(self._columns.heads[index]))
        return runs

    def _inherited(self, row: Row, indices: Sequence[int], code: str, above: Cell) -> None:
        """Add a doubt for an empty cell below a filled one, unless the format can show merged cells."""
        if not self._table.spans or not indices:
            return
        what = "责任单位" if code == "units" else "完成时限"
        place = row[indices[0]].place
        self._notes.doubt(
            Doubt(
                code, place, place.words, "", f"{what}这一格是空的，没有与上面的格合并",
                "请核对是否与上一行相同", read=f"与上一行相同：{above.text}",
                choices=(Choice(f"与上一行相同：{above.text}", above.text),),
            )
        )  # fmt: skip

    def _people(self, row: Row, use: ColumnUse) -> Iterator[Headed]:
        for index, cell in self._said(row, self._columns.of(use)):
            yield Headed(use, self._columns.heads[index], cell)
        for index in self._columns.units:
            cell, leaders = _units_and_leaders(row[index])
            _, contacts = _units_and_people(cell, self._columns.heads[index])
            if people := leaders if use == "leader" else contacts:
                yield Headed(use, LABEL_OF[use], people)

    def _extra(self, row: Row) -> None:
        for index in self._columns.of("extra", "remark", "skip"):
            cell = row[index]
            if not cell.blank:
                self._extras.setdefault(index, {})[cell] = None

    def _ask_columns(self, start: int) -> None:
        """Ask a doubt about each column that isn't read, or is read by a guess, and list its cells as left out."""
        columns = self._columns
        for index, cells in self._extras.items():
            name = columns.name(index)
            what = "分组标题" if columns.groups(index) else f"“{name}”一栏的文字"
            self._notes.leave_out_all(cells, what)
        for index, use in enumerate(columns.roles):
            nowhere = use == "extra" and not columns.groups(index)
            asked = (nowhere and index in self._extras) or index in columns.guessed
            name = columns.name(index)
            if asked and (use, name) not in self._found.asked:
                self._found.asked.add((use, name))
                self._notes.doubt(_column_doubt(columns, index, self._table, start))


_SPAN: Final = regex(r"(?P<first>\d{1,2})月?\s*[-—–－~～至]+\s*(?P<last>\d{1,2}月)")


def _from_to(periods: Sequence[str]) -> str:
    """Return 一季度至二季度 of a cell over both, 1至6月 of one over 1-3月 and 4-6月."""
    first, last = periods[0], periods[-1]
    begins, ends = _SPAN.fullmatch(first), _SPAN.fullmatch(last)
    if begins and ends and first != last:
        return f"{begins['first']}至{ends['last']}"
    return f"{first}至{last}" if first != last else first


def _whole_time(cell: Cell, head: str) -> Cell:
    """Return 9月 for 9 below 完成月份, 2023—2025年底 for 2023—2025年 below 建设周期, which ends with a year's end."""
    text = narrow(cell.text.strip())
    if _MONTHS.search(head) and _MONTH.fullmatch(text):
        return Cell(f"{cell.text.strip()}月", cell.place)
    if _PERIODS.search(head) and _YEARS.fullmatch(text):
        return Cell(f"{cell.text.strip().rstrip('年度')}年底", cell.place)
    return cell


def _as_start(cell: Cell) -> Cell:
    """Return 3月起 for 3月 below 开工时间 alone: nothing is to be done by then, as it is for 8月底前."""
    read = read_deadline(cell.text, year=ANY_YEAR).certain
    ends = not isinstance(read, Fixed) or read.from_ or BEFORE.search(cell.text)
    return cell if ends else Cell(f"{cell.text.strip()}起", cell.place)


def _units_and_leaders(cell: Cell) -> tuple[Cell, Cell | None]:
    """Return a cell of units without who leads them, 副县长张三 on a line or between the units, and these."""
    found = [each for each in _LEADERS.finditer(cell.text) if _is_person(each["name"])]
    people = "、".join(each[0].strip("、，,；; \n") for each in found)
    rest = _LEADERS.sub(lambda each: "" if _is_person(each["name"]) else each[0], cell.text).strip(
        "、，,；; \n"
    )
    return (Cell(rest, cell.place), Cell(people, cell.place)) if people and rest else (cell, None)


def _labelled(cell: Cell) -> tuple[Headed, ...]:
    """Return what stands behind the labels of a cell of units that says by when or whom to ask, too; else nothing."""
    said = said_in(cell.text) if _COLON.search(cell.text) else Said("")
    found = tuple(
        Headed(use_behind(label), label, Cell(words, cell.place)) for label, words in said.fields
    )
    more = any(each.use in ("deadline", *PEOPLE) for each in found)
    return found if more and not said.text.strip() else ()


def _units_and_people(cell: Cell, head: str) -> tuple[Cell, Cell | None]:
    """Return 县住建局, and 张三 as its contact, where a cell below 责任单位及责任人 says 县住建局 张三."""
    labelled = any(each["label"] for each in _PERSON_IN_BRACKET.finditer(cell.text))
    if not labelled and not _PERSON_TOO.search(head) and not _PHONE.search(cell.text):
        return cell, None
    text = _PERSON_IN_BRACKET.sub(_beside_unit, _BEFORE_BRACKET.sub("", cell.text))
    text = _BEFORE_NAME.sub(lambda line: "\n" if _is_unit(line["name"]) else " ", text)
    parts = _PARTS.split(text)
    found = [match for part in parts if (match := _UNIT_AND_PERSON.fullmatch(part.strip()))]
    units = [each["unit"] for each in found]
    people = [each["person"] for each in found if each["person"]]
    if len(found) < len(parts) or not all(map(_is_unit, units)) or not people:
        return cell, None
    if not all(map(_is_person, people)):
        return cell, None
    named = (
        f"；{each['role']}{each['unit']}" if each["role"] else f"、{each['unit']}" for each in found
    )
    return Cell("".join(named)[1:], cell.place), Cell("、".join(people), cell.place)


def _beside_unit(person: re.Match[str]) -> str:
    """Return 张三 139… of （张三，139…）, a bracket that says in which role (牵头) as it is."""
    name, phone = person["name"], person["phone"] or ""
    return person[0] if role_in_bracket(name) else f" {name} {phone}".rstrip()


_SAMPLES: Final = 2


def _column_doubt(columns: Columns, index: int, table: Table, start: int) -> Doubt:
    """Return the doubt about what a column holds, asked with the first cells that are its alone."""
    name, use = columns.name(index), columns.roles[index]
    rows = table.rows[start:]
    column = dict.fromkeys(row[index] for row in rows if row.count(row[index]) == 1)
    cells = [cell for cell in column if not cell.blank]
    text = "／".join(cell.text for cell in cells[:_SAMPLES])
    place = (cells[0].place if cells else table.place)._replace(row=0, line=0)
    if columns.height and start:
        place = table.rows[start - 1][index].place
    if index not in columns.unsure:
        why = f"“{name}”一栏在清单数据中没有位置，没有写入清单"
        remedy = "需要的请写进工作内容或佐证要求，也可用 --columns 写明这一栏是什么"
        choices = uses_to_choose("备注", "不读取")
        return Doubt(
            "extra-column", place, name, text, why, remedy, choices=choices, asked=_NO_PLACE
        )
    why, remedy = columns.unsure[index], "请选这一栏是什么；也可用 --columns 写明"
    read = LABEL_OF[use] if index in columns.guessed else ""
    asked = _GUESSED if read else _UNKNOWN if why.startswith(("看不出", "第")) else ""
    return Doubt("columns", place, name, text, why, remedy, read, uses_to_choose(read), asked=asked)


_GUESSED: Final = "这几栏按内容读入，请核对"
_UNKNOWN: Final = "看不出这几栏是什么，没有写入清单"
_NO_PLACE: Final = "这几栏在清单数据中没有位置，没有写入清单"


def _continues(number: Cell | None, title: Cell | None, last: RawRow) -> bool:
    """Return whether a row goes on with the task of the row before."""
    same_title = title is None or title.blank or _same(title, last.title)
    if number is None:
        return same_title and title is not None
    if number is last.number and not number.blank:
        return True
    if number.blank:
        return same_title and (title is not None or last.number is not None)
    return last.number is not None and number.text == last.number.text and same_title


def _same(cell: Cell, other: Cell | None) -> bool:
    return other is not None and (cell is other or cell.text == other.text)


def _some(cell: Cell | None) -> Cell | None:
    return None if cell is None or cell.blank else cell


def leave_out_head(table: Table, start: int, height: int, notes: Notes) -> None:
    """Note the cells of a head, which has so many rows, as layout; of two made of one what stood there."""
    for row in table.rows[start : start + height]:
        notes.leave_out_all({cell.place: cell for cell in row}.values(), "表头")


def _names_day(cell: Cell) -> bool:
    """Return whether a cell in a column of a period says another day than the period's end: 12月底前完成."""
    return isinstance(read_deadline(cell.text, year=ANY_YEAR).certain, Fixed)


def _goes_on_always(cell: Cell) -> bool:
    return isinstance(read_deadline(cell.text, year=ANY_YEAR).certain, Ongoing)


def find_rows(
    document: Document, notes: Notes, *, guessing: bool = False, bare: bool = False
) -> Found:
    """Return every row of the document's lists. Tables that are none are doubts.

    ``guessing``: what the columns of a table without a known head hold is told by what stands in them; it may be
    ``bare``, of numbers and tasks alone.
    """
    declared = notes.answers.columns
    found = Found()
    columns: Columns | None = None
    above = Line("", Place())
    for block in _parted(document, declared, found):
        if isinstance(block, Line):
            (found.after if found.rows else found.before).append(block)
            above = block
            continue
        under = units_above(above.text, above.place)
        if block.place.sheet:
            here = _units_over(above) if above.place.sheet == block.place.sheet else ()
            under = here or units_above(block.place.sheet, block.place)
        headed = find_columns(block, declared)
        if headed is None and guessing and may_be_list(block) and not found.rows:
            headed = columns_by_content(block, declared, bare=bare)
        if headed is not None and _sums_up(block, headed[1], found):
            _no_list(block, found, notes, "这张工作表的栏目与前面的清单不同，没有读入清单")
        elif headed is not None:
            start = _read_above(block, headed, columns or headed[1], found, notes)
            own, begins = block._replace(rows=block.rows[start:]), headed[0] - start
            columns = _read_list(own, (begins, headed[1]), under, found, notes)
        elif columns is not None and _goes_on(block, columns):
            TableRows(block, columns, found, notes, under).read(0)
        else:
            _no_list(block, found, notes)
    numbers = [row.number for row in found.rows if row.number]
    if len(found.rows) == 1 and numbers and OF_DOCUMENT.fullmatch(numbers[0].text):
        found.before.append(Line(numbers[0].text, numbers[0].place))  # that of the notice, too
    return found


def _units_over(line: Line | Cell) -> tuple[Headed, ...]:
    """Return who acts by a label or numbered heading over a table's head: any other name may be the issuer's."""
    says = _COLON.search(line.text) or HEADING_NUMBER.match(line.text)
    return units_above(line.text, line.place) if says else ()


def _read_above(
    table: Table, headed: tuple[int, Columns], columns: Columns, found: Found, notes: Notes
) -> int:
    """Add the rows above a table's head that go on with a list, as a page begins, to those found; return how many."""
    above = table._replace(rows=table.rows[: headed[0]])
    rows = tuple(row for row in above.rows if len(filled(row)) > 2)
    if not _goes_on(above._replace(rows=rows), columns):
        return 0
    TableRows(above, complete(columns, above, 0), found, notes).read(0)
    return len(above.rows)


def _read_list(
    table: Table,
    headed: tuple[int, Columns],
    under: tuple[Headed, ...],
    found: Found,
    notes: Notes,
) -> Columns:
    """Add the rows of a list, whose head stands in a row, to those found; return what its columns hold."""
    start, columns = headed
    begins = start + columns.height
    own, rest = _own_rows(table, begins, columns, notes.answers.columns)
    columns = complete(columns, own, begins)
    _before_head(own, start, found, notes)
    if start and len(line := filled(own.rows[start - 1])) == 1:
        under = _units_over(line[0]) or under
    found.columns.append(columns)
    found.heads.append(table.place)
    leave_out_head(own, start, columns.height, notes)
    own = with_numbers_apart(own, columns, begins)
    TableRows(own, columns, found, notes, under).read(begins)
    if rest.rows:
        _no_list(rest, found, notes)
    return columns


def tell_unread(document: Document, found: Found, notes: Notes) -> None:
    """Add a doubt about each table that could be a list where the list was ``found`` in paragraphs."""
    for table in filter(may_be_list, document.tables):
        _no_list(table, found, notes)


def ask_all_columns(document: Document, notes: Notes) -> bool:
    """Ask of each column of the table that is most like a list what it holds; False where there is no table."""
    begun = [(table, at) for table in document.tables if (at := begins_at(table)) is not None]
    if not begun:
        return False
    table, start = max(begun, key=lambda each: (may_be_list(each[0]), len(each[0].rows)))
    columns = columns_of_head(table, start, notes.answers.columns)
    for index, head in enumerate(columns.heads):
        name = columns.name(index)
        why = (
            f"没有认出任务清单；这张表的“{squeezed(head)}”一栏是什么"
            if squeezed(head)
            else f"没有认出任务清单；这张表的{name}没有表头，是什么"
        )
        unknown = columns._replace(unsure={index: why})
        asked = _column_doubt(unknown, index, table, start + columns.height)
        notes.doubt(asked._replace(asked=""))
    for each in document.tables:
        notes.leave_out_all(
            dict.fromkeys(cell for row in each.rows for cell in row), "没有读入的表格"
        )
    return True


def _parted(document: Document, declared: Declared, found: Found) -> Iterator[Line | Table]:
    """Yield the blocks, a table in two before the head of a list with other columns: a sheet may have several."""
    for block in document.blocks:
        headed = find_columns(block, declared) if isinstance(block, Table) else None
        if isinstance(block, Line) or headed is None:
            yield block
            continue
        start, columns = headed
        begins = 0
        for at in range(start + columns.height, len(block.rows)):
            other = head_at(block, at, declared)
            if other and "number" in other.roles and other.roles != columns.roles:
                yield block._replace(rows=block.rows[begins:at])
                found.again.append(block.rows[at][0].place)
                begins, columns = at, other
        yield block._replace(rows=block.rows[begins:])


def _own_rows(
    table: Table, start: int, columns: Columns, declared: Declared
) -> tuple[Table, Table]:
    """Return a list up to where another table begins on its sheet, which is none (序号　单位　联络员), and that."""
    at = start
    while at < len(table.rows):
        if again := repeats_head(table, at, columns, declared):
            at += again
            continue
        if _heads_another(table.rows[at], columns):
            at -= at > start and len(filled(table.rows[at - 1])) == 1  # what it is called
            break
        at += 1
    rest = table.rows[at:]
    place = rest[0][0].place._replace(column=0) if rest else table.place
    return table._replace(rows=table.rows[:at]), Table(rest, place)


def _heads_another(row: Row, columns: Columns) -> bool:
    numbers = [row[at] for at in columns.of("number")[:1]]
    if any(use_of(cell.text) == "number" and not _is_number(cell) for cell in numbers):
        return True
    heads = filled(row)
    return len({use_of(cell.text) for cell in heads}) > 1 and all(map(_is_head, heads))


def _sums_up(table: Table, columns: Columns, found: Found) -> bool:
    """Return whether a further sheet has other columns and no numbers of its own: it is no list, but sums one up."""
    other = found.columns and columns.roles != found.columns[0].roles
    return bool(table.place.sheet and other and not columns.of("number"))


def _goes_on(table: Table, columns: Columns) -> bool:
    """Return whether a table without a head continues the list: its cells say who or when where the list's do."""
    if not table.rows or len(table.rows[0]) != len(columns.roles):
        return False
    return any(
        any(names_units(row[index]) for index in columns.units)
        or any(names_day(row[index]) for index in columns.of("deadline"))
        for row in table.rows
    )


def _before_head(table: Table, start: int, found: Found, notes: Notes) -> None:
    head = set(table.rows[start])
    for row in table.rows[:start]:
        text = "　".join(cell.text for cell in filled(row))
        if not head.isdisjoint(row):  # a cell reaches into the head: the row is one of its own
            notes.leave_out(row[0].place, text, "表头")
        elif text:
            found.before.append(Line(text, row[0].place))
            notes.leave_out(row[0].place, text, "表头以上的文字")


_NO_HEAD: Final = "这张表没有“任务、责任单位、完成时限”一类的表头，没有读入清单"


def _no_list(table: Table, found: Found, notes: Notes, why: str = _NO_HEAD) -> None:
    cells = dict.fromkeys(cell for row in table.rows for cell in row if not cell.blank)
    text = "　".join(cell.text for cell in cells)
    if not text:
        return
    if not found.rows:
        lines = ((cell, line) for cell in cells for line in cell.text.split("\n"))
        found.before += [Line(line, cell.place) for cell, line in lines if line.strip()]
    remedy = "是清单的，请补上同样的表头后再导入"
    notes.doubt(Doubt("row", table.place, table.place.words, text, why, remedy))


def items_of(rows: Sequence[RawRow]) -> list[list[RawRow]]:
    """Return the rows of each task."""
    tasks: list[list[RawRow]] = []
    for row in rows:
        if tasks and row.continues:
            tasks[-1].append(row)
        else:
            tasks.append([row])
    return tasks
