"""Progress records and the logs that hold them."""

import re
from collections.abc import Iterator, Mapping, Set
from datetime import date as Date  # noqa: N812 - a record has a field of that name
from datetime import time
from typing import Annotated, Any, Final, Literal, NamedTuple, get_args

from pydantic import ConfigDict, Discriminator, Field, Tag, field_validator
from pydantic.dataclasses import dataclass

from gaigai_cli.model.base import Day, Flag, Frozen, Percent, Text, YearMonth, adapter, refuse
from gaigai_cli.model.indicators import Metric, MetricEntry
from gaigai_cli.model.kinds import ALLOWED, DEMANDS, REPORTING, KindName
from gaigai_cli.model.labels import fields_of, label_of
from gaigai_cli.model.roles import RoleWord

RECORD_ID = r"^\d{8}-\d{6}-[0-9a-f]{8}$"
SHA256 = r"^[0-9a-f]{64}$"
FIXED_FIELDS = frozenset({"id", "kind", "via"})
"""What a correction can't change (nor the unit, which is the log's): who recorded it, when and what kind of thing."""


Coordinator = Literal["省级", "市级", "本级领导"]
"""Who can solve what the units of a list can't; 本级领导 are those of the office's own county."""
COORDINATORS: Final[tuple[Coordinator, ...]] = get_args(Coordinator)
CheckedBy = Literal["抽查", "现场核验"]
WAYS: Final[tuple[CheckedBy, ...]] = get_args(CheckedBy)
Handling = Literal["批办", "指导", "参阅"]
"""批办 is to be done and answered by a day; 指导 and 参阅 are for whom they concern to heed."""
HANDLINGS: Final[tuple[Handling, ...]] = get_args(Handling)
Means = Literal["电话", "短信", "群", "函"]
MEANS: Final[tuple[Means, ...]] = get_args(Means)
Via = Literal["报表", "书面", "电话"]
VIAS: Final[tuple[Via, ...]] = get_args(Via)
Agreement = Literal["相符", "基本相符", "不符"]
AGREEMENTS: Final[tuple[Agreement, ...]] = get_args(Agreement)
Level = Literal["提醒", "催办", "督办"]
"""The steps by which a unit is reminded, the mildest first."""
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
Result = Literal["完成", "基本完成", "未完成", "转入下年"]
RESULTS: Final[tuple[Result, ...]] = get_args(Result)
"""What 期满评估 may find, the best first."""


class EvidenceFile(Frozen):
    """A file kept under ``evidence/`` with the hash that it had when it was recorded."""

    file: Text = Field(description="文件路径，自数据目录起，如 evidence/县财政局/拨付单.pdf")
    sha256: str = Field(description="文件的 SHA-256", pattern=SHA256)


class Milestone(Frozen):
    """A step inside an item: by when it is to be done, what shows that it is, how far the item is with it."""

    name: Text = Field(description="节点名称")
    due: Day = Field(description="计划完成日期")
    mark: Text | None = Field(None, description="完成标志")
    percent: Percent | None = Field(None, description="完成后的进度（0—100）")


Evidence = Annotated[
    Annotated[Text, Tag("words")] | Annotated[EvidenceFile, Tag("stored")],
    Discriminator(lambda value: "words" if isinstance(value, str) else "stored"),
]
"""A document number or URL, or a file."""


def evidence_words(evidence: Evidence) -> str:
    """Return how a piece of evidence is written: a file by its path, a document number or URL as it is."""
    return evidence.file if isinstance(evidence, EvidenceFile) else evidence


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Record:
    """One record of a log. Which of its fields belong to which kind stands in ``kinds.py``.

    What isn't said is None. A dataclass with slots, as there are very many: a model takes six times the memory.
    """

    id: str = Field(description="记录编号：登记时间和随机数", pattern=RECORD_ID)
    date: Day = Field(description="所述情况的日期")
    kind: KindName = Field(description="记录种类")
    item: Text | None = Field(None, description="事项编号，如 16.2")
    by: Text | None = Field(None, description="登记人")
    via: Via | None = Field(None, description="代录方式：督办机构代录时，单位以何种方式报来")
    source: EvidenceFile | None = Field(None, description="代录所依据的文件")
    summary: Text | None = Field(None, description="进展情况")
    percent: Percent | None = Field(None, description="完成百分比（0—100）")
    problems: Text | None = Field(None, description="存在问题")
    coordinate: Coordinator | None = Field(None, description="需协调：存在的问题需要哪一级协调解决")
    late_reason: Text | None = Field(None, description="逾期原因")
    next: Text | None = Field(None, description="下一步打算")
    metrics: dict[str, Metric] | None = Field(None, description="指标数值，按指标编号")
    evidence: tuple[Evidence, ...] | None = Field(
        None, description="佐证：文号、链接或文件", min_length=1
    )
    milestones: tuple[Milestone, ...] | None = Field(
        None, description="阶段节点：同名的改为新写的，其余不变", min_length=1
    )
    completed: tuple[Text, ...] | None = Field(None, description="完成的节点", min_length=1)
    period: YearMonth | None = Field(None, description="所属报送月份；不写按日期所在月份")
    stage: Text | None = Field(None, description="所属阶段或期次")
    not_started: Flag | None = Field(None, description="尚未启动（写 true）")
    answers: tuple[Text, ...] | None = Field(None, description="所答复记录的编号", min_length=1)
    reason: Text | None = Field(None, description="理由")
    result: Result | None = Field(None, description="期满评估结果")
    due: Day | None = Field(None, description="延期后的时限")
    finished: Day | None = Field(None, description="认定的办结日期：补记的申请按哪一天计")
    asked: Day | None = Field(None, description="认定的申请日期：补记的申请按哪一天计")
    basis: Text | None = Field(None, description="依据：文号，或批示、会议及日期")
    approved_by: Text | None = Field(None, description="批准人")
    verified_by_unit: Text | None = Field(None, description="核验单位（督办机构自行牵头的事项）")
    signer: Text | None = Field(None, description="核验签字人（督办机构自行牵头的事项）")
    despite: Text | None = Field(None, description="指标未达仍予销号的理由")
    way: CheckedBy | None = Field(None, description="抽查核验方式")
    inspectors: Text | None = Field(None, description="核验人员")
    agrees: Agreement | None = Field(None, description="与所报情况：所见与单位所报是否相符")
    leader: Text | None = Field(None, description="批示人：作出批示或阅后意见的领导")
    post: Text | None = Field(None, description="职务")
    handling: Handling | None = Field(None, description="批示类型")
    meeting: Text | None = Field(None, description="会议：名称和次数，如 县政府第12次常务会议")
    clause: Text | None = Field(None, description="条款：纪要第几条")
    document: Text | None = Field(None, description="来件：件名")
    document_number: Text | None = Field(None, description="文号：来件或会议纪要的文号")
    sender: Text | None = Field(None, description="来文单位")
    words: Text | None = Field(
        None, description="批示原文：随数据让各单位看到，不需要的不写；通报、公文里不出现"
    )
    assist: tuple[Text, ...] | None = Field(None, description="协办单位", min_length=1)
    urgent: Flag | None = Field(None, description="急件（写 true）")
    means: Means | None = Field(None, description="催办方式")
    reached: Text | None = Field(None, description="接谈人：与谁取得了联系")
    units: tuple[Text, ...] | None = Field(None, description="单位", min_length=1)
    role: RoleWord | None = Field(None, description="单位的责任")
    to: tuple[Text, ...] | None = Field(None, description="对象单位", min_length=1)
    items: tuple[Text, ...] | None = Field(None, description="督办的事项", min_length=1)
    level: Level | None = Field(None, description="督办层级")
    number: Text | None = Field(None, description="督办编号")
    reply_by: Day | None = Field(None, description="反馈时限")
    corrects: Text | None = Field(None, description="所更正记录的编号")
    set: dict[str, Any] | None = Field(None, description="更正后的内容", min_length=1)
    void: Literal[True] | None = Field(None, description="作废（写 true）")

    @field_validator("id")
    @classmethod
    def _id(cls, value: str) -> str:
        what = "这一天"
        try:
            Date.fromisoformat(value[:8])
            what = "这一时刻"
            time.fromisoformat(value[9:15])
        except ValueError:
            raise refuse("impossible-date", f"编号“{value}”里没有{what}") from None
        return value

    @field_validator("void", mode="before")
    @classmethod
    def _void(cls, value: Any) -> Any:
        if value not in (True, "true"):
            raise refuse("bad-flag", "只能写 true")
        return True

    @property
    def said(self) -> dict[str, Any]:
        """What it says, by the names of its fields, in their order."""
        return {name: v for name in FIELDS if (v := getattr(self, name)) is not None}

    @property
    def references(self) -> tuple[str, ...]:
        """The ids of the records that this one answers or corrects."""
        return (*(self.answers or ()), *((self.corrects,) if self.corrects else ()))

    def is_answer_to(self, other: "Record") -> bool:
        """Return whether it answers another record."""
        return other.id in (self.answers or ())

    def files(self) -> Iterator[tuple[tuple[str | int, ...], EvidenceFile]]:
        """Yield each file that it refers to, with the path to it."""
        if self.source is not None:
            yield ("source",), self.source
        for index, given in enumerate(self.evidence or ()):
            if isinstance(given, EvidenceFile):
                yield ("evidence", index), given

    def counted(self) -> Iterator[tuple[tuple[str | int, ...], MetricEntry]]:
        """Yield each piece that it counts one by one, with the path to it."""
        for name, value in (self.metrics or {}).items():
            if isinstance(value, tuple):
                for index, piece in enumerate(value):
                    yield ("metrics", name, index), piece

    @property
    def month(self) -> str:
        """The month that a report answers: the one that it names, else that of the turn that it names, ``2024-06``."""
        turn = self.stage if self.stage and len(self.stage) == len("2024-06-30") else None
        return self.period or (turn or self.date.isoformat())[:7]

    def says_the_same_as(self, other: "Record") -> bool:
        """Return whether two reports are in the same words (照抄): blanks and punctuation make no difference."""
        return _bare(self.summary) == _bare(other.summary)

    @property
    def moment(self) -> str:
        """The second in which it was recorded, as its id says: ``20240614-153012``."""
        return self.id[:15]

    @property
    def recorded(self) -> Date:
        """The day on which it was recorded, as its id says."""
        return Date.fromisoformat(self.id[:8])

    @property
    def entered(self) -> Date | None:
        """The day of recording where ``date`` lies before it: the record is a late entry (补记). Else None."""
        return recorded if (recorded := self.recorded) > self.date else None

    @property
    def stated(self) -> Date | None:
        """The day on which an application counts because this ruling on it says so; None where it says none."""
        return self.finished or self.asked


FIELDS: Final = tuple(fields_of(Record))
"""The fields of a record, in the order in which they are shown."""


def as_record(said: object) -> Record:
    """Return the record of what a log or the program says. Raises pydantic's ``ValidationError``."""
    record: Record = adapter(Record).validator.validate_python(said)
    return record


def _bare(words: str | None) -> str:
    """Return letters, digits and characters alone."""
    return _OTHER_SIGNS.sub("", words or "")


_OTHER_SIGNS: Final = re.compile(r"[\W_]+")


class Log(Frozen):
    """A file under ``progress/``: what one unit recorded, oldest first, only ever appended to."""

    unit: Text = Field(description="记录单位：本文件是谁的")
    records: tuple[Record, ...] = Field((), description="记录，只增不改")


class Fault(NamedTuple):
    """A field that a kind needs and hasn't, or has and can't have."""

    code: Literal["missing-field", "unexpected-field", "fixed-field"]
    path: tuple[str, ...]
    message: str
    remedy: str


def faults(record: Record, said: Set[str] | None = None) -> Iterator[Fault]:
    """Yield what is wrong with the fields of a record, seen from its kind alone; ``said`` are those that it says."""
    given = record.said.keys() if said is None else said
    for names in DEMANDS[record.kind]:
        if given.isdisjoint(names):
            words = "或".join(f"“{label(name, record.kind)}”（{name}）" for name in names)
            yield Fault("missing-field", names, f"{record.kind}应当写明{words}", "请补上这一项")
    allowed = ALLOWED[record.kind]
    for name in () if given <= allowed else sorted(given - allowed):
        message = f"{record.kind}没有“{label(name)}”（{name}）这一项"
        yield Fault("unexpected-field", (name,), message, "请删去，或改用合适的记录种类")
    for name in sorted(FIXED_FIELDS.intersection(record.set)) if record.set else ():
        message = f"更正不能改动“{label(name)}”（{name}）"
        yield Fault("fixed-field", ("set", name), message, "请将原记录作废（void: true），另记一条")


def label(field: str, kind: KindName | None = None) -> str:
    """Return the Chinese word for a field of a record; of a ``kind`` that is no report its summary is 内容."""
    if field == "summary" and kind is not None and kind not in REPORTING:
        return "内容"
    return label_of(Record, field)


def corrected(record: Record, changes: Mapping[str, Any]) -> Record:
    """Return the record with ``changes`` applied.

    Raises pydantic's ``ValidationError`` where a value is of the wrong form.
    """
    return as_record(record.said | dict(changes))
