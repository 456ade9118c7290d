"""The bodies of ``POST /api/match``: a profile in, measures with their conditions out."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, WithJsonSchema

from server.describing.answers import DocumentValidity
from server.describing.fields import AsOf, Day, Whole

__all__ = [
    "STAGES",
    "AmountIn",
    "AreaIn",
    "CapOut",
    "ConditionOut",
    "MatchBody",
    "MatchResult",
    "MeasureOut",
    "ProductIn",
    "QuestionOut",
    "StackingOut",
    "Stage",
    "StepOut",
    "SumOut",
    "Unit",
]

Stage = Literal[
    "临床前", "I期", "II期", "III期", "上市申请受理", "注册证", "上市", "销售", "产业化"
]
STAGES: tuple[Stage, ...] = (
    "临床前", "I期", "II期", "III期", "上市申请受理", "注册证", "上市", "销售", "产业化",
)  # fmt: skip
Unit = Literal["元", "万元", "亿元"]
State = Literal["met", "unmet", "unknown"]

PROFILE: dict[str, Any] = {
    "area": "重庆高新区",
    "kind": ["药品企业"],
    "products": [{"class": "创新药", "stages": ["II期"]}],
    "spending": [{"kind": "研发费用", "value": 1200, "unit": "万元", "stage": "II期"}],
    "income": [{"kind": "年度服务合同金额", "value": 500, "unit": "万元"}],
    "floor_area": [{"of": "GMP车间", "value": 2000}],
    "employees": 60,
    "as_of": "2026-11-24",
    "text": "已完成II期临床试验，正在入组III期。",
    "answers": {},
}


def _figure(whole: int, places: int, what: str) -> WithJsonSchema:
    """A figure of so many digits before and after the point, as a number or as text."""
    number = {
        "type": "number",
        "minimum": 0,
        "maximum": 10**whole - 1,
        "multipleOf": float(f"1e-{places}"),
    }
    text = {"type": "string", "pattern": f"^[0-9]{{1,{whole}}}(\\.[0-9]{{1,{places}}})?$"}
    return WithJsonSchema({"anyOf": [number, text], "description": what})


Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6), _figure(12, 6, "数值")]
SquareMetres = Annotated[
    Decimal, Field(ge=0, max_digits=12, decimal_places=2), _figure(10, 2, "平方米")
]


class _Strict(BaseModel):
    """No field is silently left out of account."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class ProductIn(_Strict):
    """A product of the company."""

    name: str = Field(
        alias="class", min_length=1, max_length=60,
        description="产品类别：创新药、改良型新药、生物类似药、二类器械、三类器械…；照文件的说法写",
    )  # fmt: skip
    stages: list[Stage] = Field(default_factory=list, max_length=9, description="已到的阶段")


class AmountIn(_Strict):
    """An amount of money: what it is called decides which measures it goes into."""

    kind: str = Field(
        min_length=1, max_length=60,
        description="这笔钱的名称：研发费用、固定资产投资额、年度服务合同金额…；与条文同名才用来计算",
    )  # fmt: skip
    value: Amount
    unit: Unit = Field("万元", description="单位")
    stage: Stage | None = Field(None, description="研发费用所属的临床阶段")
    product: str | None = Field(None, max_length=60, description="属于哪个产品")


class AreaIn(_Strict):
    """A floor area."""

    of: str = Field("", max_length=60, description="什么的面积：GMP车间、厂房、办公用房")
    value: SquareMetres


class MatchBody(_Strict):
    """The profile of a company. What is left out is unknown, never assumed."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": PROFILE})

    area: str | None = Field(None, max_length=60, description="注册地或项目所在地")
    kind: list[str] = Field(
        default_factory=list, max_length=6, description="药品企业、器械企业、服务平台、医疗机构"
    )
    products: list[ProductIn] = Field(default_factory=list, max_length=10)
    spending: list[AmountIn] = Field(default_factory=list, max_length=30, description="支出、投资")
    income: list[AmountIn] = Field(
        default_factory=list, max_length=30, description="收入、合同、到账"
    )
    floor_area: list[AreaIn] = Field(default_factory=list, max_length=10)
    employees: Whole | None = Field(None, ge=0, le=10_000_000, description="人数")
    as_of: AsOf = None
    documents: list[str] = Field(
        default_factory=list, max_length=50, description="限定的文件，id 或文号"
    )
    text: str = Field("", max_length=2000, description="其他情况，一句一件事")
    answers: dict[str, StrictBool] = Field(
        default_factory=dict, max_length=200,
        description="对 questions 的回答：id → 所引的话是否属实",
    )  # fmt: skip


class ConditionOut(BaseModel):
    """A condition, the words that it was read from, and how it stands."""

    kind: Literal[
        "area", "validity", "recipient", "occasion", "threshold", "requirement", "decision",
        "exclusion", "purpose",
    ]  # fmt: skip
    state: State = Field(description="met 符合，unmet 不符合，unknown 待定")
    words: str = Field(description="条文原话")
    address: str = Field(description="出自哪一条；只由标题得知的是文件 id")
    label: str
    url: str
    why: str = Field(description="依据企业情况的哪一点")
    question: str | None = Field(None, description="能定下它的问题的 id")


class StepOut(BaseModel):
    """One line of a working with the clauses its figures stand in."""

    text: str
    addresses: list[str]


class SumOut(BaseModel):
    """A sum that passed the check of its working; both values are in ``unit``."""

    result: float = Field(description="两种读法中较低的一个")
    high: float | None = Field(None, description="另一种读法，或区间的上端")
    unit: str = "元"
    display: str
    steps: list[StepOut]
    assumptions: list[str] = Field(description="还要核实的前提")


class CapOut(BaseModel):
    """An upper limit as the clause writes it; ``value`` is in ``unit``."""

    text: str
    value: float
    unit: str
    scope: Literal["item", "recipient"] = Field(description="item 单项，recipient 单个单位")
    yearly: bool
    address: str


class MeasureOut(BaseModel):
    """A measure held against the profile."""

    address: str
    reference: str
    label: str
    url: str
    document: str
    title: str
    doc_number: str | None
    area: str | None
    validity: DocumentValidity
    event: str | None
    form: str | None
    rate: str | None
    amount: str | None
    caps: list[CapOut]
    text: str = Field(description="条文原文")
    verdict: Literal["fits", "may_fit", "does_not_fit"]
    relevant: bool = Field(description="企业情况说到了这件事")
    product: str | None = Field(description="按哪个产品判断")
    reason: str | None = Field(description="不符合的原因")
    conditions: list[ConditionOut]
    sum: SumOut | None = Field(description="只在数额确定时有；may_fit 的以条件都符合为前提")
    missing: list[str] = Field(description="计算还缺什么")


class QuestionOut(BaseModel):
    """A question that would settle something; ``measures`` counts what hangs on it."""

    id: str
    text: str
    kind: Literal["yes_no", "amount", "number", "text"]
    name: str | None = Field(description="amount：填入 spending 或 income 的 kind")
    unit: str | None
    stage: str | None = Field(description="amount：所属的临床阶段")
    measures: int


class StackingOut(BaseModel):
    """A rule on taking several supports, with where it stands."""

    text: str
    address: str
    reference: str
    url: str


class MatchResult(BaseModel):
    """All measures in three groups, the questions, the rules on taking several."""

    as_of: Day
    counts: dict[str, int]
    fits: list[MeasureOut] = Field(
        description="能由企业说明的条件都符合；评审、批准仍由主管部门决定"
    )
    may_fit: list[MeasureOut]
    does_not_fit: list[MeasureOut]
    questions: list[QuestionOut]
    stacking: list[StackingOut]
    disclaimer: str
