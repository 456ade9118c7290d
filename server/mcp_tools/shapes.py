"""What the tools return: the JSON of the API. Fields that are not listed here come along."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["AnswerShape", "ClauseShape", "RowsShape", "SearchShape"]


class _Open(BaseModel):
    model_config = ConfigDict(extra="allow")


class AnswerShape(_Open):
    """An answer."""

    question: str
    as_of: str
    status: Literal["answered", "not_stated", "informational", "refused"] = Field(
        description="answered 条文有据；not_stated 条文未写明；informational 仅见非政策文件；refused 库内无依据"
    )
    answer: str = Field(description="Markdown，[n] 指向 citations")
    claims: list[dict[str, Any]]
    citations: list[dict[str, Any]] = Field(
        description="条款：文号、条款号、逐字引文、页码、有效性"
    )
    calculation: dict[str, Any] | None = Field(description="测算及步骤")
    comparison: dict[str, Any] | None = Field(description="对照表")
    notes: list[str]


class SearchShape(_Open):
    """Ranked clauses."""

    query: str
    as_of: str
    hits: list[dict[str, Any]]


class ClauseShape(_Open):
    """One clause, whole."""

    address: str
    title: str
    doc_number: str | None
    label: str
    text: str
    validity: dict[str, Any]


class RowsShape(_Open):
    """Measures of support, a row each."""

    as_of: str
    count: int
    entitlements: list[dict[str, Any]]
