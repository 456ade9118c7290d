"""From what a head, an outline and a catalogue say to the document's metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.catalogue import Entry
from corpus.document import Authority, Document, Source
from corpus.outline import Outline
from indexer.amendments import read_amendments
from indexer.headmatter import Head
from indexer.placing import area_told
from indexer.repeals import read_repeals
from indexer.titles import carried_by
from indexer.validity import read_term

__all__ = ["describe"]

_KINDS = (
    "实施细则", "细则", "管理办法", "办法", "措施", "规定", "条例", "意见", "计划", "规划", "方案",
    "决定", "通告", "公告", "批复", "解释", "规则", "标准", "指南", "指引", "导引", "汇编", "规范", "法",
    "通知", "函", "问答", "解读",
)  # fmt: skip
#: Kinds only where a title ends in them: news speak of 优惠政策 too.
_LAST_WORDS = ("通报", "纪要", "预案", "政策", "清单", "目录", "纲要", "章程", "要点")
_NOT_POLICY = re.compile(
    r"解读|问答|答记者问|新闻|报道|发布会|常见问题|热点\S{0,6}问|答疑|一图读懂|\d问$"
)
# How an agency's report begins: 新华社北京2月27日电, 本报讯（记者…）, 人民网北京3月1日电.
_DATELINE = re.compile(
    r"(?:新华社|新华网|中新社|中新网|人民网|央视网|本报|本网)\S{0,8}(?:\d{1,2}月)?(?:\d{1,2}日)?(?:电|讯)"
)
#: A notice to those below, whatever its title was cut to: 各县区人民政府，市政府各部门：…现就有关事项通知如下.
_ADDRESSED = re.compile(
    r"(?:^|[\s，,])各[^，,。：:；;\s]{0,24}(?:政府|部门|单位|委员会|[委局办厅]|公司|企业|机构|院校|医院|街道)[^。：:；;]{0,160}[：:]"
)
_NOTIFIED = re.compile(r"(?:现|特)[^。；;：:]{0,60}(?P<kind>通知|通告|公告|批复|意见|规定)如下")
#: Characters within which both stand.
_OPENING = 800
_EXPLAINED = re.compile(
    r"《(?P<title>[^》]{4,80})》\S{0,10}?(?:解读|问答|答记者问|起草说明|一图读懂)"
    r"|(?:图读懂|图解|解读)[：:]?\s*《(?P<after>[^》]{4,80})》"
)


def describe(entry: Entry, head: Head, outline: Outline) -> Document:
    """Put a document's metadata together; what the catalogue says comes first."""
    title = entry.title or head.title or entry.id
    issuers = entry.issuers or head.issuers
    names = dict.fromkeys((title, *entry.aliases, *head.titles))
    doc_number = entry.doc_number or head.doc_number
    addressed, behind = _addressed(outline, head.addressees)
    notified = _notifies(behind)
    authority = entry.authority or _authority(title, doc_number, outline, bool(notified))
    document = Document(
        id=entry.id,
        title=title,
        source=Source(entry.file, entry.sha256, entry.url),
        titles=tuple(name for name in names if name),
        doc_number=doc_number,
        issuers=issuers,
        area=entry.area or area_told([*issuers, title], doc_number, outline, addressed),
        issued=entry.issued or head.issued,
        published=entry.published or head.published,
        kind=entry.kind or _kind(title, authority, outline, notified),
        authority=authority,
        addressees=head.addressees,
        explains=_explained(title) if authority == "informational" else None,
    )
    return replace(
        document,
        term=read_term(document, outline, head.enacted),
        repeals=read_repeals(document, outline),
        amends=read_amendments(document, outline),
    )


def _authority(title: str, doc_number: str | None, outline: Outline, notifies: bool) -> Authority:
    if _NOT_POLICY.search(title) or _is_report(outline) or (_asks(outline) and not doc_number):
        return "informational"
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", title)
    last = bare.endswith(_LAST_WORDS) and "：" not in title
    named = last or any(kind in bare[-8:] for kind in _KINDS)
    told = doc_number or outline.articles or named or notifies
    return "normative" if told else "informational"


def _addressed(outline: Outline, addressees: Sequence[str]) -> tuple[str, str]:
    """Whom a text is sent to, and what stands behind that; nothing where it is sent to no offices."""
    to = f"{'，'.join(addressees)}：" if addressees else ""
    opening = " ".join([to, *(clause.text for clause in outline.clauses[:4])])[:_OPENING]
    match = _ADDRESSED.search(opening)
    return (match[0], opening[match.end() :]) if match else ("", "")


def _notifies(behind: str) -> str | None:
    """The kind that a text says to be where it tells offices what follows."""
    told = _NOTIFIED.search(behind)
    return told["kind"] if told else None


def _kind(title: str, authority: Authority, outline: Outline, notified: str | None) -> str | None:
    """What kind of document this is: its own word for it, or what it is instead of a policy."""
    if authority == "normative":
        return _named_kind(title) or notified
    if _asks(outline) or re.search("问答|解答|答疑", title):
        return "问答"
    if _is_report(outline):
        return "新闻报道"
    # News on a plan (…印发《…规划》) is no plan.
    return next((kind for kind in ("解读", "新闻报道") if kind in title), None)


def _named_kind(title: str) -> str | None:
    """The kind that a title ends in; else one that it holds, outside of other titles first."""
    outside = re.sub(r"《[^《》]*》?", "", title)
    bare = re.sub(r"(?:[（(【〔][^（）()]{0,100}[）)】〕]){1,6}$", "", outside)
    if carried := carried_by(title):
        # A notice is named after what it carries, also where the two could not be told apart.
        return _named_kind(carried) or "通知"
    ends = (kind for kind in (*_KINDS, *_LAST_WORDS) if bare.endswith(kind))
    held = (kind for words in (outside, title) for kind in _KINDS if kind in words)
    return next(ends, None) or next(held, None)


def _is_report(outline: Outline) -> bool:
    """Whether a text begins as an agency's report does."""
    first = next((clause.text for clause in outline if clause.text.strip()), "")
    # …印发了《意见》，全文如下：the policy itself follows.
    return bool(_DATELINE.match(first)) and "全文如下" not in first


def _asks(outline: Outline) -> bool:
    """Whether a text is made of questions and answers."""
    return any(clause.path.steps[-1].rank == "qa" for clause in outline)


def _explained(title: str) -> str | None:
    match = _EXPLAINED.search(title)
    return (match["title"] or match["after"]) if match else None
