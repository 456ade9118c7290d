"""The shapes of what maintainers send and get."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from corpus.document import Authority
from server.administration.found import Severity
from server.describing.answers import DocumentValidity
from server.describing.fields import Day

__all__ = [
    "AcceptBody",
    "AddedDocument",
    "BuiltIndex",
    "DraftFinding",
    "DraftList",
    "DraftReply",
    "FailedFile",
    "GenerationList",
    "GenerationReply",
    "HeldDocument",
    "JobError",
    "JobList",
    "JobReply",
    "JobResult",
    "MovedDocument",
    "OutlineLine",
    "PresentDocument",
    "Uploaded",
]

_TIME = "2026-11-29T08:30:00.000000Z"


class DraftFinding(BaseModel):
    """What is wrong with a file, how bad it is, and what it means for answers."""

    kind: str = Field(examples=["gap"])
    severity: Severity = Field(description="serious 影响回答，check 请核对，note 提示")
    meaning: str = Field(examples=["编号不连续，可能缺条：缺的内容答不出来"])
    detail: str = Field(examples=["第四条之前缺号：3"])
    address: str | None = Field(description="条款地址；收入后 id 可能不同")
    page: int | None = Field(description="页码，从 1 起")
    line: int | None = Field(description="行号，从 1 起")


class HeldDocument(BaseModel):
    """A document of the library that is this one, or another version of it."""

    document: str = Field(description="文件 id")
    title: str
    doc_number: str | None
    reason: Literal["content", "doc_number", "title"] = Field(
        description="content 内容完全相同（不能再收入），doc_number 文号相同，title 标题相同"
    )


class OutlineLine(BaseModel):
    """The beginning of a clause."""

    label: str = Field(examples=["第二条"])
    text: str


class DraftReply(BaseModel):
    """A file that was read and is not in the library yet."""

    id: str = Field(examples=["0192f0c3a1b2c3d4e5f60718"])
    file: str = Field(description="原文件名")
    size: int = Field(description="字节")
    sha256: str
    made: str = Field(description="上传时间，UTC")
    expires: str = Field(description="过期时间，UTC；过期即删")
    document: str = Field(description="收入后的文件 id；已被占用则加后缀")
    title: str
    titles: list[str]
    doc_number: str | None
    issuers: list[str]
    area: str | None
    issued: Day | None
    published: Day | None
    kind: str | None
    authority: Authority
    explains: str | None = Field(description="所解读的文件")
    validity: DocumentValidity
    clauses: int = Field(description="条款数")
    outline: list[OutlineLine] = Field(description="开头若干条")
    findings: list[DraftFinding]
    counts: dict[Severity, int] = Field(description="各级发现数")
    duplicates: list[HeldDocument] = Field(description="库内已有的同一文件或其他版本")


class FailedFile(BaseModel):
    """A file that could not be read, and why."""

    file: str
    message: str = Field(examples=["PDF 已加密，无法读取 / the PDF is encrypted: a.pdf"])


class Uploaded(BaseModel):
    """What became of the files."""

    drafts: list[DraftReply]
    failed: list[FailedFile]


class DraftList(BaseModel):
    """Files that wait for a decision, the oldest first."""

    drafts: list[DraftReply]


class AcceptBody(BaseModel):
    """Which drafts to accept, in one change."""

    drafts: list[str] = Field(min_length=1, max_length=50)


class AddedDocument(BaseModel):
    """A document that is in the library now."""

    id: str
    file: str
    title: str
    doc_number: str | None
    issued: Day | None
    clauses: int
    findings: int
    versions: list[str]


class PresentDocument(BaseModel):
    """A file whose content was in the library already."""

    file: str
    id: str


class BuiltIndex(BaseModel):
    """What the index is now."""

    documents: int
    clauses: int
    passages: int
    embedded: int = Field(description="新算的向量")
    reused: int = Field(description="沿用的向量")
    changed: bool
    skipped: list[str] = Field(description="没有读成的文件及原因")
    seconds: float


class JobResult(BaseModel):
    """What came of a job; fields by its kind."""

    added: list[AddedDocument] | None = None
    present: list[PresentDocument] | None = None
    failed: list[FailedFile] | None = None
    removed: list[str] | None = None
    returned: list[str] | None = None
    index: BuiltIndex


class JobError(BaseModel):
    """Why a job failed."""

    code: str
    message: str
    field: str | None


class JobReply(BaseModel):
    """A change of the corpus and index, under way or over."""

    id: str = Field(examples=["0192f0c3a1b2c3d4e5f60718"])
    kind: Literal["add", "remove", "reindex", "restore"]
    target: list[str] = Field(description="所涉文件名、文件 id 或索引代")
    state: Literal["running", "done", "failed", "interrupted"] = Field(
        description="interrupted：服务在完成之前停止，旧索引完好"
    )
    stage: Literal["read", "embed", "open"] | None = Field(
        description="read 读取，embed 算向量，open 换上新索引"
    )
    done: int = Field(description="本阶段已完成")
    total: int = Field(description="本阶段总数")
    started: str = Field(description="UTC", examples=[_TIME])
    ended: str | None = Field(description="UTC")
    result: JobResult | None
    error: JobError | None


class JobList(BaseModel):
    """The last jobs, the latest first."""

    jobs: list[JobReply]


class MovedDocument(BaseModel):
    """A document that a rollback moves."""

    document: str
    title: str | None


class GenerationReply(BaseModel):
    """One state of the library that can be gone back to."""

    id: str = Field(examples=["g-0123456789ab-18b3c5d6e7f80910"])
    built: str = Field(description="建成时间，UTC")
    documents: int
    clauses: int
    embedder: str
    current: bool = Field(description="现用的一代")
    served: bool = Field(description="本服务正用它回答")
    restorable: bool = Field(description="可以回退到它")
    returning: list[MovedDocument] = Field(description="回退后重新收入的文件")
    leaving: list[MovedDocument] = Field(description="回退后移出的文件")
    changing: list[MovedDocument] = Field(description="回退后换成当时内容的文件")


class GenerationList(BaseModel):
    """Generations, the latest first."""

    generations: list[GenerationReply]
