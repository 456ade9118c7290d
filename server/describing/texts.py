"""The shapes of searches, documents and clauses, as ``present`` writes them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from corpus.document import Authority
from corpus.outline import ClauseKind
from server.describing.answers import DocumentValidity
from server.describing.fields import Day

__all__ = [
    "ClauseChange",
    "ClauseReply",
    "DocumentDetail",
    "DocumentList",
    "DocumentRow",
    "DocumentSource",
    "OutlineClause",
    "PlaceOnPage",
    "ReadyProblem",
    "ReadyReason",
    "ReadyReply",
    "ReferenceMade",
    "RepealedDocument",
    "SearchHit",
    "SearchReply",
    "SourceFinding",
]


class ClauseChange(BaseModel):
    """What another document of the library changed in a clause."""

    address: str = Field(description="被修改的条款")
    label: str = Field(examples=["第四条第（二）项"])
    kind: Literal["replaced", "deleted", "added"] = Field(
        description="replaced 已作修改，deleted 已删去，added 已有增补"
    )
    by: str = Field(description="作出修改的条款")
    since: Day | None = Field(description="自哪一天起")
    until: Day | None = Field(default=None, description="到哪一天为止（含当日），阶段性修改才有")


class SearchHit(BaseModel):
    """A clause that was found."""

    rank: int = Field(description="名次，从 1 起")
    score: float = Field(description="0 到 1，越高越相关")
    address: str = Field(description="条款地址", examples=["cqzfb-2025-56#item10"])
    document: str = Field(description="文件 id")
    title: str
    doc_number: str | None
    label: str = Field(examples=["第（十）条"])
    headings: list[str]
    text: str = Field(description="条款全文，逐字")
    page: int | None = Field(description="原文件的页码，从 1 起")
    authority: Authority
    area: str | None
    validity: DocumentValidity
    changes: list[ClauseChange]
    found_by: list[str] = Field(description="怎样找到的", examples=[["dense", "lexical"]])
    url: str


class SearchReply(BaseModel):
    """Ranked clauses."""

    query: str
    as_of: Day
    hits: list[SearchHit]
    took_ms: float = Field(description="用时，毫秒")


class RepealedDocument(BaseModel):
    """A document that another one repeals, and the clause that says so."""

    title: str | None
    doc_number: str | None
    by: str


class DocumentSource(BaseModel):
    """The file that a document was read from."""

    file: str
    sha256: str | None
    url: str | None


class DocumentRow(BaseModel):
    """One row of the catalogue."""

    id: str = Field(examples=["cqgxq-2024-31"])
    title: str
    titles: list[str] = Field(description="正文和通知里的各个标题")
    doc_number: str | None
    issuers: list[str] = Field(description="发文机关")
    area: str | None
    issued: Day | None = Field(description="成文日")
    published: Day | None = Field(description="公布日")
    kind: str | None = Field(description="文种", examples=["办法"])
    authority: Authority
    addressees: list[str] = Field(description="主送机关")
    explains: str | None = Field(description="所解读的文件")
    repeals: list[RepealedDocument]
    validity: DocumentValidity
    changes: list[ClauseChange]
    source: DocumentSource
    url: str


class DocumentList(BaseModel):
    """The catalogue."""

    as_of: Day
    documents: list[DocumentRow]


class PlaceOnPage(BaseModel):
    """Where a clause stands."""

    page: int
    box: list[float] = Field(
        min_length=4, max_length=4, description="左、上、右、下，占页宽、页高的比例（0 到 1）"
    )


class OutlineClause(BaseModel):
    """One clause, its own words only."""

    address: str
    path: str = Field(examples=["art4.item1"])
    label: str
    kind: ClauseKind
    title: str | None
    marker: str | None = Field(description="原文的编号", examples=["第四条"])
    headings: list[str]
    text: str
    page: int | None
    line: int | None = Field(description="源文件的行，从 1 起")
    boxes: list[PlaceOnPage]
    ocr: float | None = Field(description="识别的可信度（0 到 1）；不是识别得来的为 null")
    metadata: dict[str, str] = Field(description="事项清单里带名称的各项")
    lead_units: list[str] = Field(description="牵头单位")
    responsible_units: list[str] = Field(description="责任单位")


class SourceFinding(BaseModel):
    """What is wrong with a source at one place."""

    kind: str = Field(examples=["gap"])
    detail: str
    address: str | None
    page: int | None
    line: int | None


class DocumentDetail(DocumentRow):
    """One document with its clauses."""

    versions: list[str] = Field(description="同名文件的其他版本的 id")
    explains_document: str | None = Field(description="所解读的文件的 id，在库内时")
    clauses: list[OutlineClause]
    findings: list[SourceFinding]
    remarks: str | None


class ReferenceMade(BaseModel):
    """What a clause refers to."""

    text: str
    document: str | None
    address: str | None = Field(description="null：不在库内")


class ClauseReply(BaseModel):
    """One clause, whole, with what stands above it and beneath it."""

    address: str
    document: str
    title: str
    doc_number: str | None
    label: str
    kind: ClauseKind
    headings: list[str]
    text: str = Field(description="全文，含下面的各项")
    parts: list[OutlineClause] = Field(description="下面的各项")
    references: list[ReferenceMade]
    page: int | None
    boxes: list[PlaceOnPage]
    authority: Authority
    area: str | None
    validity: DocumentValidity
    changes: list[ClauseChange]
    url: str


class ReadyProblem(BaseModel):
    """Why the index that was built last is not asked."""

    code: str = Field(examples=["bad_index"])
    message: str = Field(description="中文 / English")


class ReadyReason(BaseModel):
    """What keeps questions from being answered."""

    code: Literal[
        "no_index",
        "index_damaged",
        "model_not_loaded",
        "database_not_writable",
        "shutting_down",
    ]
    message: str


class ReadyReply(BaseModel):
    """By what questions are answered, and if they cannot be, why."""

    ready: bool
    reasons: list[ReadyReason] = Field(description="不能作答的缘由，可以作答时为空")
    documents: int
    clauses: int
    embedder: str
    index: str = Field(description="索引的指纹")
    built: str = Field(description="建成的时间，ISO 8601")
    problem: ReadyProblem | None = Field(
        description="新一版索引为何没有启用；此时仍以上一版作答。一切正常时为 null"
    )
