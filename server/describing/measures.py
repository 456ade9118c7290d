"""The shape of the table of measures, as ``entitlements`` writes it."""

from __future__ import annotations

from pydantic import BaseModel, Field

from corpus.document import Authority
from indexer.entitlements.entitlement import Relation, Scope
from server.describing.answers import DocumentValidity
from server.describing.fields import Day

__all__ = [
    "EntitlementCap",
    "EntitlementIncrement",
    "EntitlementList",
    "EntitlementRow",
    "EntitlementSpan",
    "EntitlementThreshold",
    "EntitlementTier",
    "Figure",
    "StackingRule",
    "UnitsInCharge",
]


class Figure(BaseModel):
    """A figure as it stands, and its value."""

    text: str = Field(description="原文", examples=["350万元"])
    value: float = Field(description="数值，单位见 unit", examples=[3500000])
    low: float | None = Field(description="写作区间时的下端")
    unit: str = Field(description="元、%、年、元/平方米…", examples=["元"])


class EntitlementTier(BaseModel):
    """A rate that holds for a part of the base."""

    low: Figure | None = Field(alias="from")
    to: Figure | None
    rate: Figure


class EntitlementCap(Figure):
    """An upper limit."""

    scope: Scope = Field(description="item 单项，recipient 单个单位")
    yearly: bool = Field(description="每年")
    address: str


class EntitlementIncrement(Figure):
    """An amount on top, and what for."""

    event: str | None


class EntitlementThreshold(Figure):
    """A figure that must be reached or not passed."""

    of: str | None = Field(description="什么的数")
    relation: Relation


class StackingRule(BaseModel):
    """A rule on taking several supports."""

    text: str
    address: str


class UnitsInCharge(BaseModel):
    """The units that the clause, or one above it, names."""

    lead: list[str] = Field(description="牵头单位")
    responsible: list[str] = Field(description="责任单位")


class EntitlementSpan(BaseModel):
    """Characters of a clause's own text: from ``start``, from 0, up to ``end``, left out."""

    address: str
    start: int
    end: int
    text: str


class EntitlementRow(BaseModel):
    """One measure. Texts are as they stand in the clause."""

    address: str = Field(examples=["cqgxq-2024-31#art4.item1"])
    document: str
    title: str
    doc_number: str | None
    label: str
    headings: list[str]
    area: str | None
    authority: Authority
    tiers: list[EntitlementTier] = Field(description="分档的比例")
    cap: str | None = Field(description="各上限的原文")
    caps: list[EntitlementCap]
    increments: list[EntitlementIncrement]
    event: str | None = Field(description="支持的事项")
    subject: str | None = Field(description="支持的对象")
    condition: str | None
    conditions: list[str]
    thresholds: list[EntitlementThreshold]
    form: str | None = Field(description="补助、奖励…", examples=["补助"])
    name: str | None
    base: str | None = Field(description="计算的基数")
    rate: Figure | None
    amount: Figure | None
    each: str | None = Field(description="每个什么")
    at_most: bool = Field(description="原文是“最高”“不超过”")
    frequency: str | None = Field(examples=["一次性"])
    years: Figure | None
    deductions: list[str]
    exclusions: list[str]
    stacking: list[StackingRule]
    responsible_unit: UnitsInCharge
    unread: list[str] = Field(description="条文里没有读定的字段")
    spans: dict[str, list[EntitlementSpan]] = Field(description="字段 → 原文的位置")
    text: str = Field(description="条款全文")
    reference: str = Field(description="供引用的写法")
    validity: DocumentValidity
    url: str


class EntitlementList(BaseModel):
    """The measures that fit the filters."""

    as_of: Day
    count: int
    entitlements: list[EntitlementRow]
