"""The shape of an answer, as ``present_answer`` writes it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from corpus.document import Authority
from corpus.document import Status as ValidityStatus
from server.answer import Status
from server.describing.fields import Day
from server.said import Kind

__all__ = [
    "AnswerCalculation",
    "AnswerCitation",
    "AnswerClaim",
    "AnswerComparison",
    "AnswerFact",
    "AnswerProblem",
    "AnswerReply",
    "AnswerTrace",
    "ComparedCell",
    "ComparedColumn",
    "ComparedPart",
    "ComparedRow",
    "DocumentValidity",
]

_ADDRESS = "cqgxq-2024-31#art5"


class DocumentValidity(BaseModel):
    """Whether a document holds on the day, and the clauses that say so."""

    status: ValidityStatus = Field(
        description="in_force 现行有效，not_yet 尚未施行，expired 已过期，repealed 已废止，unknown 待核"
    )
    start: Day | None = Field(alias="from", description="施行日")
    to: Day | None = Field(description="有效期止或废止日")
    basis: list[str] = Field(description="所依据条款的地址", examples=[["cqgxq-2024-31#art16"]])
    note: str | None = Field(description="推算的说明")


class AnswerClaim(BaseModel):
    """One statement and the numbers of the citations that support it."""

    text: str
    citations: list[int] = Field(description="citations 里的 n", examples=[[1]])


class AnswerCitation(BaseModel):
    """A numbered reference with its clause."""

    n: int = Field(description="编号，从 1 起；answer 里写作 [1]", examples=[1])
    address: str = Field(description="条款地址", examples=[_ADDRESS])
    document: str = Field(description="文件 id", examples=["cqgxq-2024-31"])
    title: str = Field(description="文件标题，带书名号")
    doc_number: str | None = Field(description="文号", examples=["渝高新发〔2024〕31号"])
    label: str = Field(description="条款的中文名", examples=["第五条"])
    headings: list[str] = Field(description="上面各级标题")
    quote: str = Field(description="支持陈述的原文，逐字")
    text: str = Field(description="条款全文")
    page: int | None = Field(description="原文件的页码，从 1 起")
    authority: Authority = Field(description="normative 政策，informational 新闻、解读")
    area: str | None = Field(examples=["重庆高新区"])
    validity: DocumentValidity
    url: str = Field(description="网页上的位置", examples=[f"/documents/{_ADDRESS}"])


class AnswerCalculation(BaseModel):
    """A sum with its working."""

    result: float | None = Field(
        description="结果，单位见 unit；两种读法中较低的一个；null：算不出", examples=[2400000]
    )
    unit: str = Field(description="单位", examples=["元"])
    display: str = Field(description="供人读的结果，精确", examples=["240万元"])
    steps: list[AnswerClaim] = Field(description="逐行算式，每行带依据")
    caps: list[str] = Field(description="看过的上限，原文")
    assumptions: list[str] = Field(description="所作的假定")
    missing: list[str] = Field(description="还要提问者说明的")


class ComparedColumn(BaseModel):
    """One side of a comparison."""

    label: str
    title: str
    area: str | None
    citation: int = Field(description="citations 里的 n")
    address: str
    name: str = Field(description="这一栏的名称")


class ComparedPart(BaseModel):
    """What a cell says of one measure."""

    of: str | None = Field(description="说的是哪一项")
    text: str = Field(description="原文")


class ComparedCell(BaseModel):
    """One field of one side."""

    text: str | None = Field(description="null：条文里没有读到")
    higher: bool = Field(description="可比的数字里较高的一方")
    parts: list[ComparedPart]


class ComparedRow(BaseModel):
    """A field with what each side has of it."""

    field: str
    cells: list[ComparedCell] = Field(description="与 columns 一一对应")


class AnswerComparison(BaseModel):
    """Measures side by side, every cell in the words of its clause."""

    columns: list[ComparedColumn]
    rows: list[ComparedRow]
    notes: list[str] = Field(description="口径不同、另有限制等")


class AnswerFact(BaseModel):
    """What the asker said of their company."""

    text: str = Field(description="原话")
    kind: Kind
    turn: int = Field(description="第几个提问说的，从 1 起")
    used: bool = Field(description="用在了这次计算里")


class AnswerProblem(BaseModel):
    """A statement that was dropped, and the check that it failed."""

    claim: str
    check: str
    detail: str


class AnswerTrace(BaseModel):
    """Fingerprints of all that had a part in the answer."""

    index: str
    embedder: str
    prompt: str | None = Field(description="没有语言模型时为 null")
    model: str | None = Field(description="没有语言模型时为 null")
    problems: list[AnswerProblem]


class AnswerReply(BaseModel):
    """An answer: its statements, each with the clauses that say it."""

    id: str | None = Field(
        description="回答的 id，不可猜测；null：没有保存", examples=["0hQy4gN6kYh1mD2cXr8lKw"]
    )
    question: str
    as_of: Day = Field(description="判断日")
    status: Status = Field(
        description="answered 条文有据；not_stated 有相关条款，但没有写明所问；"
        "informational 只有新闻、解读提到；refused 库内没有"
    )
    answer: str = Field(description="Markdown；[1] 指 citations 里的 n")
    claims: list[AnswerClaim]
    citations: list[AnswerCitation]
    calculation: AnswerCalculation | None
    comparison: AnswerComparison | None
    notes: list[str] = Field(description="有效性、叠加、来源质量等提示")
    facts: list[AnswerFact] = Field(description="此前各轮里说过的本企业情况")
    mode: Literal["extractive", "generative"]
    trace: AnswerTrace
    took_ms: float = Field(description="用时，毫秒", examples=[41.0])
