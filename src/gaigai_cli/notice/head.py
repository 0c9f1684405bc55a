"""The head of a notice: title, number, issuer, day, year, addressee, and the office that supervises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from gaigai_cli.model.calendar import YEARS
from gaigai_cli.notice.document import Line, Place, squeezed
from gaigai_cli.words.brackets import BRACKET
from gaigai_cli.words.days import written_days
from gaigai_cli.words.normal import CHINESE, narrow, plain
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.typed import plain_day

NOWHERE: Final = Place()

OF_DOCUMENT: Final = regex(
    r"[\u4e00-\u9fff]{1,20}\s*[〔\[［【（(]\s*(?:19|20)\d{2}\s*[〕\]］】）)]\s*(?:第\s*)?(?P<n>\d{1,5})\s*号"
)
"""The number of a document: 甲督〔2024〕3号."""
_OF_ANOTHER: Final = regex(r"》\s*[（(][^（）()]*[）)]")
"""The number of a document that is cited by its name: 《…的通知》（国办发〔2019〕39号）."""
_BRACKETED: Final = regex(rf"^[（(]({OF_DOCUMENT.pattern})[）)]$".replace("(?P<n>", "(?:"))
"""The number below a heading: （甲政发〔2024〕3号）."""
_BARE_NUMBER: Final = regex(r"[〔\[［【（(](?:19|20)\d{2}[〕\]］】）)](?:第)?\d{1,5}号")
"""The number of minutes, whose name stands above it: 〔2024〕3号."""
_NUMBERED: Final = regex(
    r"[\u4e00-\u9fff]{0,20}[〔\[［【（(](?:19|20)\d{2}[〕\]］】）)](?:第)?\d{1,5}[号期]"
)
"""A number of the document, of minutes, of a bulletin: it signs nothing."""

_HEADS: Final = ("办公室", "委员会", "政府", "局", "领导小组", "指挥部")
_OFFICES: Final = (
    *_HEADS,
    *"委办部厅会组院处署司",
    *"中心 公司 专班 支队 大队 总队 社区 学校 督查室 督办室".split(),
)
"""How the names of those who issue notices end; the first ones also where they are only printed at the top."""

_LABEL: Final = regex(r"(?:发文字号|文件编号|文件号|文\s*号)\s*[：:]\s*")
_LABELLED_DAY: Final = regex(
    "(?:成文|发文|印发|发布|公开)(?:日期|时间)[：:]?((?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?)"
)
_OF_PAGE: Final = (
    r"(?:索\s*引\s*号|主题(?:分类|词)|有效性|(?:发布|发文|成文|印发|公开|更新|生成)(?:日期|时间)"
    r"|(?:发文|发布|制发|公开)(?:责任)?(?:机关|机构|单位)|(?:信息)?来源|作者|责任编辑|浏览(?:次数|量)|访问量"
    r"|点击(?:数|量)|字号|字体|打印)\s*[：:]"
)
PAGE: Final = regex(rf"{_OF_PAGE}|[^。]{{0,12}}首页\s*(?:[>＞|／/»]|$)|您?(?:的|当前)(?:所在)?位置")
"""What a saved page says of itself, none of it the notice's."""
_YEAR: Final = regex(r"(?<!\d)((?:19|20)\d{2})\s*年?\s*(?:[—\-－至~～]+\s*((?:19|20)\d{2})\s*年?)?")
_QUOTED: Final = regex(r"《((?:[^《》]|《[^《》]*》)*)》")
_CITED: Final = regex(r"《[^《》]*》|[〔\[［【（(](?:19|20)\d{2}[〕\]］】）)]|有效期.*")
_ISSUES: Final = regex(r"关于(?:印发|下发|公布|发布|转发)|现将《")
_ISSUED: Final = regex(
    r"现将《(?P<now>(?:[^《》]|《[^《》]*》)*)》(?:予以)?(?:印发|下发|公布)|关于(?:印发|下发|公布|发布|转发)(?:[^《》。]{0,12}《(?P<quoted>(?:[^《》]|《[^《》]*》)*)》|(?P<plain>[^。]{4,80}))的通知"
)
_OTHER_NOTICE: Final = regex(
    r"《[^《》]*关于(?:[^《》]|《[^《》]*》)*通知》(?:[（(][^（）()]*[）)])?"
)
"""A notice that is cited by its name, with its number: 《…关于印发…的通知》（示政办发〔2021〕4号）."""
_NOTICE: Final = regex(r"关于.{2,60}的(?:整改|督办|交办)?(?:通知|函)\s*$")
_BY_NAME: Final = regex(
    f"([^，。：；《》]{{3,40}}(?:{'|'.join(_HEADS)}|办公厅|委))关于(?:印发|下发|公布|发布|转发|做好|进一步|开展)[^。]*的(?:通知|意见)"
)
"""A notice's own heading with who issues it: 示例市人民政府办公室关于印发《…》的通知."""
_LIST: Final = regex("清单|任务|要点|分工|方案|计划|台账|安排|分解")
_COUNTED: Final = regex(rf"[\u4e00-\u9fff]{{2}}(?:{CHINESE}|[0-9]+)")
"""What stands above a form or table of one item and names no list: 任务一."""
_ADDRESSEE: Final = regex(r"[^。！？；]{2,200}[：:]")
_ADDRESSED: Final = regex(
    "各|单位|部门|(?:[局办委府会部院校厅处司镇乡道区县市心队站所室科股组场员]|企业|同志)(?:$|[，、；,;（(：:])"
)
_LABELS: Final = regex(
    "附件|注|联系人|签发人|主送|(?:发文|发布|制发|印发|填报|报送|制表|主办|承办)(?:单位|部门|机[构关])"
)
_SENTENCE: Final = regex(r"[。！？；：:]\s*$")
_TRIM: Final = regex(
    r"^附件\s*\d*\s*[：:.]?\s*|^(?:主题|标\s*题|(?:文件)?名\s*称)[：:]\s*(?:(?:转发|回复|答复|(?i:fwd?|re))[：:]\s*)*"
)


SIGNS: Final = regex(
    r"[^。；，：:]{2,45}(?:局|院|办|办公室|督[查办]室|委员会|政府|领导小组|中心|指挥部|厅|部|委|公司|集团|学校|大学|[中小]学|[协商学]会|联合会|秘书处)"
)
"""A line that may sign a notice."""
PAGE_NUMBER: Final = regex(
    r"[—–－-]{1,2}\s*[0-9]{1,3}\s*[—–－-]{1,2}|第\s*[0-9]{1,3}\s*页(?:\W*共\s*[0-9]{1,3}\s*页)?"
)
"""A line that is the number of a page."""
_PUBLISHED: Final = regex("[（(]此[件文].{2,12}[）)]")


class Candidate(NamedTuple):
    """A field of the head as it was found; ``doubt`` says what is unclear, ``others`` what else it could be."""

    value: str
    place: Place = NOWHERE
    doubt: str = ""
    others: tuple[str, ...] = ()


class NoticeHead(NamedTuple):
    """What the lines around the list say of the notice."""

    title: Candidate
    number: Candidate
    issuer: Candidate
    issued: Candidate
    year: Candidate
    addressee: Candidate


def is_day(text: str) -> bool:
    """Return whether a line is a day alone, in figures or numerals, perhaps in a bracket."""
    return bool(_day_alone(text))


def _day_alone(text: str) -> tuple[date, ...]:
    """Return the day that is the whole line: 2024年5月7日, and below a title also （2024年5月7日）."""
    bracket = BRACKET.fullmatch(text.strip())
    return written_days(bracket[1] if bracket else text, alone=True)


def signed_at(lines: Sequence[Line]) -> int:
    """Return from which line on a notice is only signed and published; the number of lines where it isn't.

    A unit above a day elsewhere, too, may be cells of a list.
    """
    end = len(lines)
    while end and _PUBLISHED.fullmatch(lines[end - 1].text):
        end -= 1
    signed = [
        at
        for at in range(1, len(lines))
        if is_day(lines[at].text) and SIGNS.fullmatch(lines[at - 1].text)
    ]
    return end - 2 if signed == [end - 1] else end


def read_head(before: Sequence[Line], after: Sequence[Line]) -> NoticeHead:
    """Return the head in the lines before the list and after it."""
    before, after = list(_parted(before)), list(_parted(after))
    issued = _issued([*before, *after])
    said = (_ISSUER.match(squeezed(line.text)) for line in before)
    issuer = next((found[1] for found in said if found), "")
    before = [line for line in before if not PAGE.match(line.text)]
    lines = [*before, *after]
    number = _number(lines)
    title = _title(before)
    return NoticeHead(
        title=title,
        number=number,
        issuer=_issuer(lines, issued, squeezed(title.value), issuer),
        issued=issued,
        year=_year(title, number, issued, lines),
        addressee=_addressee(before),
    )


def _parted(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, who issues and the day beside it (县政府办公室　　2024年5月7日) as two.

    So are what a saved page says of itself, as many: 索引号：…　文号：…　发布日期：….
    """
    for line in lines:
        starts = [each.start() for each in SAYS_OF_ITSELF.finditer(line.text)]
        if len(starts) > 1 and not line.text[: starts[0]].strip():
            for start, end in pairwise([*starts, len(line.text)]):
                yield line._replace(text=line.text[start:end].strip())
            continue
        beside = _BESIDE_DAY.fullmatch(line.text.strip())
        if beside and is_day(beside["day"]) and SIGNS.fullmatch(squeezed(beside["who"])):
            yield line._replace(text=beside["who"])
            yield line._replace(text=beside["day"])
        else:
            yield line


SAYS_OF_ITSELF: Final = regex(rf"{_OF_PAGE}|{_LABEL.pattern}|(?:名\s*称|标\s*题)\s*[：:]")
_ISSUER: Final = regex(r"(?:发文|发布|制发|公开)(?:责任)?(?:机关|机构|单位)[：:](\w{3,40})$")
_BESIDE_DAY: Final = regex(r"(?P<who>\S|\S.*?\S)[ \u3000\t]+(?P<day>\S+)")
_SUPERVISES: Final = regex(
    "(?:[县市区省州]委、?)?[县市区省州](?:委|政府)?(?:办公室)?(?:政务|目标)?(?:督查|督办|督考|督导)"
    "(?:督办|落实|考核|绩效)?(?:室|办公室|办(?!理)|局|科|中心)"
    "|(?<=报送)[县市区省州][\u4e00-\u9fff]{1,14}?(?:办公室|办|室|局|委|中心)(?=[^\u4e00-\u9fff]|$)"
)


def supervisors(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the offices of which the lines say that they supervise, or to which progress is to be reported."""
    return tuple(
        dict.fromkeys(
            found[0] for line in lines for found in _SUPERVISES.finditer(squeezed(line.text))
        )
    )


def _number(labelled: Sequence[Line]) -> Candidate:
    lines = [
        line._replace(text=_BRACKETED.sub(r"\1", _LABEL.sub("", line.text).strip()))
        for line in labelled
    ]
    alone = [line for line in lines if OF_DOCUMENT.match(line.text)]
    exact = [
        line for line in alone if OF_DOCUMENT.fullmatch(re.split("　|签发人", line.text)[0].strip())
    ]
    if found := exact or alone:
        first, *others = dict.fromkeys(
            m[0] for line in found if (m := OF_DOCUMENT.match(line.text))
        )
        doubt = "不止一处像本文的文号" if others else ""
        return Candidate(first.strip(), found[0].place, doubt, tuple(others))
    for line in lines:
        if _BARE_NUMBER.fullmatch(squeezed(line.text)):
            return Candidate(squeezed(line.text), line.place)
    texts = [_OF_ANOTHER.sub("", line.text) for line in lines]
    cited = tuple(dict.fromkeys(m[0] for text in texts for m in OF_DOCUMENT.finditer(text)))
    return Candidate("", doubt="没有找到单独成行的文号", others=cited[:5])


def _issued(lines: Sequence[Line]) -> Candidate:
    found = [(day, line.place) for line in lines for day in _day_alone(line.text)]
    days = tuple(dict.fromkeys(each.isoformat() for each, _ in found))
    if found:
        doubt = "不止一处像印发日期" if len(days) > 1 else ""
        return Candidate(days[0], found[0][1], doubt, days[1:])
    for line in lines:
        for day in written_days(line.text) if line.text.rstrip().endswith("印发") else ():
            why = "没有单独成行的成文日期，这是版记中的印发日期"
            return Candidate(day.isoformat(), line.place, why)
    for line in lines:
        labelled = _LABELLED_DAY.search(squeezed(line.text))
        if labelled and (shown := plain_day(labelled[1])):
            why = "没有单独成行的成文日期，这是网页上写的日期"
            return Candidate(shown.isoformat(), line.place, why)
    return Candidate("", doubt="没有找到成文日期")


def _issuer(lines: Sequence[Line], issued: Candidate, title: str, of_page: str) -> Candidate:
    """Return who signs above the day, below the list's title if that is there; else who the saved page says it is.

    The letterhead says where a signature over several lines begins.
    """
    days = [
        i
        for i, line in enumerate(lines)
        if line.place == issued.place and issued.value and not BRACKET.fullmatch(line.text.strip())
    ]
    at = days[-1] if days else None
    if len(days) == 2:
        return Candidate(_signers(lines[days[0]].text), issued.place)
    above: list[Line] = []
    if at is not None:
        for line in reversed(lines[:at]):
            text = line.text.strip()
            if _NUMBERED.fullmatch(squeezed(text)):
                continue
            if (
                re.search(r"[。！？；：:]|^\d+[.．、]|(?:清单|表|台账|目录)$", text)
                or _NOTICE.search(text)
                or BRACKET.fullmatch(text)
                or (above and squeezed(text) == title)
                or (_LIST.search(text) and squeezed(text) in title)
                or text.startswith("附件")
                or len(above) == 3
                or any(squeezed(each.text) == squeezed(text) for each in above)
                or len(text) > 45
            ):
                break
            above.insert(0, line)
    names = [squeezed(line.text) for line in above]
    heads = [
        squeezed(line.text).removesuffix("文件")
        for line in lines[:6]
        if line not in above and not re.search("[：:]", line.text)
    ]
    for at in range(len(above)):
        if "".join(names[at:]) in heads:
            return Candidate("".join(_signers(line.text) for line in above[at:]), above[at].place)
    if len(above) == 1:
        signed = _signers(above[0].text)
        doubt = "" if signed.endswith(_OFFICES) else "日期上面的一行不像印发机关"
        return Candidate(signed, above[0].place, doubt)
    if above:
        places = {name.removeprefix("中共")[:2] for name in names}
        if len(places) == 1 and all(name.endswith(_OFFICES) for name in names):
            return Candidate("、".join(names), above[0].place)
        why = "落款有几行，看不出是一个机关还是几个机关"
        return Candidate("".join(names), above[0].place, why, tuple(names))
    named = (_BY_NAME.match(squeezed(line.text)) for line in lines)
    if by := next((found[1] for found in named if found), ""):
        return Candidate(by, lines[0].place)
    if of_page:
        return Candidate(of_page, lines[0].place, "没有找到日期上面的落款，这是网页上写的机关")
    head = next((h for h in heads if h.endswith(_HEADS)), "")
    return Candidate(head, lines[0].place if head and lines else Place(), "没有找到日期上面的落款")


def _signers(text: str) -> str:
    """Return the names in a line that signs: blanks part several offices, or spread the characters of one."""
    words = text.split()
    return "、".join(words) if all(len(word) > 3 for word in words) else "".join(words)


def _title(before: Sequence[Line]) -> Candidate:
    named = _named(before)
    lines = [line for line in before if line.text.strip()]
    for count in (1, 2, 3):
        for end in range(len(lines), max(len(lines) - 4, 0), -1):
            part = lines[max(end - count, 0) : end]
            text = _TRIM.sub("", "".join(line.text.strip() for line in part))
            if named and _folded(text) == _folded(named):
                return Candidate(named.translate(_QUOTED_ALONE), part[0].place)
    own_name = lines[: _enclosures_at(lines)]
    above = [
        line
        for line in own_name[-3:]
        if _LIST.search(line.text)
        and not _SENTENCE.search(line.text)
        and not _COUNTED.fullmatch(squeezed(line.text))
    ]
    if named:
        own = above[-1].text if above else ""
        if above and not _ISSUES.search(own) and _folded(own) not in _folded(named):
            other = _TRIM.sub("", own.strip())
            return Candidate(named, above[-1].place, "表上的标题与通知里的不一样", (other,))
        return Candidate(named, lines[0].place if lines else Place())
    if above:
        return Candidate(_TRIM.sub("", above[-1].text.strip()), above[-1].place)
    for line in lines:
        if _NOTICE.search(line.text):
            return Candidate(_TRIM.sub("", line.text.strip()), line.place)
    if headings := [line for line in lines if _is_heading(line)]:
        doubt = "" if headings[0] is lines[0] else "没有找到任务清单的标题，这一行像是标题"
        title, *others = dict.fromkeys(_TRIM.sub("", line.text.strip()) for line in headings)
        return Candidate(title, headings[0].place, doubt, tuple(others[: _MOST_TITLES - 1]))
    if lines and _may_be_heading(lines[0]):
        first = _TRIM.sub("", lines[0].text.strip())
        if not (SIGNS.fullmatch(squeezed(first)) or re.search("[：:]", first)):
            return Candidate(first, lines[0].place, "没有找到任务清单的标题，这是第一行")
    return Candidate("", doubt="没有找到任务清单的标题")


def _enclosures_at(lines: Sequence[Line]) -> int:
    """Return from which line on enclosures are only named one after the other, with no list's title below them."""
    runs = [
        at
        for at, pair in enumerate(pairwise(lines))
        if all(_ENCLOSURE.match(line.text) for line in pair)
    ]
    titled = any(_LIST.search(line.text) for line in lines[runs[-1] + 2 :]) if runs else True
    return len(lines) if titled else runs[0]


_ENCLOSURE: Final = regex(r"附件\s*[0-9]+\W*\w")


_QUOTED_ALONE: Final = str.maketrans("〈〉<>", "《》《》")
"""What a quotation within 《》 stands in, and what it stands in alone."""


def _folded(title: str) -> str:
    """Return a title as it is compared: in usual width, without signs."""
    return re.sub(r"\W", "", narrow(title))


_MOST_TITLES: Final = 4
_TITLE_LENGTH: Final = range(5, 61)
_IS_TITLED: Final = regex(
    "[\u4e00-\u9fff](?:措施|举措|[一二三四五六七八九十]条|政策|办法|细则|制度|规划|纲要|意见|实事|事项|项目|工程|行动|工作|任务|清单|要点|方案|计划|安排|台账|分工|分解|纪要|单|表|图)"
    "[）)》”]?(?:[（(][^（）()。]{1,12}[）)])?$"
)


def _is_heading(line: Line) -> bool:
    """Return whether a line is very likely what the document is called, by its end."""
    return _may_be_heading(line) and _IS_TITLED.search(line.text.strip()) is not None


def _may_be_heading(line: Line) -> bool:
    """Return whether a line could be what the document is called: short, no sentence, no number, no label."""
    text = line.text.strip()
    return (
        len(text) in _TITLE_LENGTH
        and not _SENTENCE.search(text)
        and not OF_DOCUMENT.search(text)
        and not _LABELS.match(text)
        and ">" not in text
        and not text.endswith("文件")
    )


_LONGEST_TITLE: Final = 400


def _named(lines: Sequence[Line]) -> str:
    """Return the name of what is issued in 关于印发《…》的通知, perhaps on several lines, or in 现将《…》印发."""
    texts = [line.text.strip() for line in lines]
    starts = [at for at, text in enumerate(texts) if _ISSUES.search(text)]
    for start in sorted(starts, key=lambda at: "现将《" not in texts[at]):
        for end in range(start + 1, min(start + 4, len(texts)) + 1):
            text = "".join(texts[start:end])
            if len(text) > _LONGEST_TITLE:
                break
            if found := _ISSUED.search(_OTHER_NOTICE.sub("", text)):
                return found["now"] or found["quoted"] or found["plain"]
            if text.endswith("》") and (quoted := _QUOTED.search(text)):
                return quoted[1]
    return ""


def _year(
    title: Candidate, number: Candidate, issued: Candidate, lines: Sequence[Line]
) -> Candidate:
    found = _YEAR.search(plain(title.value))
    if found and found[2]:
        return Candidate(found[1], title.place, "标题是跨年度的，看不出任务年度", (found[2],))
    if found:
        return Candidate(found[1], title.place)
    numbered = (line.text for line in lines if _NUMBERED.fullmatch(squeezed(line.text)))
    number_said = number.value or next(numbered, "")
    years = [m[1] for text in (issued.value, number_said) if (m := _YEAR.search(text))]
    if years and all(int(year) in YEARS for year in years):
        doubt = f"标题没有写年度，按{'印发日期' if issued.value else '文号'}的年份"
        first, *others = dict.fromkeys(years)
        if len(years) > 1 and not others and _MONTH.search(issued.value):
            return Candidate(first, issued.place)
        return Candidate(first, title.place, doubt, tuple(others))
    said = {m[1]: line for line in lines for m in _YEAR.finditer(_CITED.sub("", line.text))}
    if len(said) == 1:
        ((year, line),) = said.items()
        return Candidate(year, line.place, "标题没有写年度，按文中的年份")
    return Candidate("", doubt="没有找到任务年度")


_MONTH: Final = regex("-0[1-9]-")
"""Months in which nobody issues next year's list."""


def _addressee(before: Sequence[Line]) -> Candidate:
    for line in before:
        text = line.text.strip()
        addressed = _ADDRESSEE.fullmatch(text) and _ADDRESSED.search(text)
        if addressed and not _LABELS.match(text):
            return Candidate(text[:-1].strip(), line.place)
        if text.startswith("主送") and len(text) > 4:
            named = re.sub(r"^主送(?:机关|单位)?\s*[：:]\s*", "", text)
            return Candidate(named.rstrip("：:"), line.place)
    return Candidate("", doubt="没有找到主送机关")
