"""From what a head, an outline and a catalogue say to the document's metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.catalogue import Entry
from corpus.document import Authority, Document, Source
from corpus.outline import Outline
from indexer.divisions import division_at, province_of_number, stem_of
from indexer.headmatter import Head
from indexer.titles import carried_by
from indexer.validity import read_repeals, read_term

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
_DATELINE_PLACE = re.compile(
    r"新华社(?P<place>[\u4e00-\u9fff]{2,6}?)(?:\d{1,2}月)?\d{1,2}日(?:电|讯)"
)
#: What news say to have been issued: …正式发布《某开发区关于…的措施》.
_TOLD = re.compile(
    r"(?:发布|印发|出台|推出|制定)了?\s*《(?P<title>[^》]{4,60}(?:措施|意见|办法|通知|政策|条))》"
)
_AREA = re.compile(r"([\u4e00-\u9fff]{2,8}?(?:省|自治区|市|州|县|新区|高新区|经开区|区))")
#: What no name of a place holds: 规范我市, 完善全市, 这个小区, 致全体市, 某街道某社区.
_NO_PLACE = re.compile(
    r"我[们省市县区]|[全本该各]|这个|致|暂停|加强|强化|推进|推动|开展|积极|做好|发布|出台|实施|调研|检查|落实|完善|恢复|规范|重点|社区|小区|街道|分区"
)
#: What stands before the name of a place: title marks, 一图读懂, the state office above a local one.
_BEFORE_PLACE = re.compile(
    r"^(?:(?:一图读懂|图解|解读)[：:]?)?(?:关于)?[《“\s]*(?:关于)?(?:国家税务总局(?=\S{2,}税务局))?"
)
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
    authority = entry.authority or _authority(title, doc_number, outline)
    document = Document(
        id=entry.id,
        title=title,
        source=Source(entry.file, entry.sha256, entry.url),
        titles=tuple(name for name in names if name),
        doc_number=doc_number,
        issuers=issuers,
        area=entry.area or _area([*issuers, title]) or _area_told(doc_number, authority, outline),
        issued=entry.issued or head.issued,
        published=entry.published or head.published,
        kind=entry.kind or _kind(title, authority, outline),
        authority=authority,
        addressees=head.addressees,
        explains=_explained(title) if authority == "informational" else None,
    )
    return replace(
        document,
        term=read_term(document, outline, head.enacted),
        repeals=read_repeals(document, outline),
    )


def _area(names: Sequence[str]) -> str | None:
    for name in names:
        name = _BEFORE_PLACE.sub("", name)
        if re.match(r"中华人民共和国|国务院|全国|最高人民|国家|中央|中共中央", name):
            return "全国"
        bare = name.removeprefix("中共").removeprefix("关于促进").removeprefix("关于")
        known = division_at(bare)
        # 河南郑州：… is of the city.
        known = (division_at(bare[len(stem_of(known)) :]) or known) if known else None
        if (match := _AREA.match(bare)) and not _NO_PLACE.search(match[1]):
            # 重庆省际包车 is of 重庆市, 河南郑州 of 郑州市.
            stem = stem_of(known) if known else ""
            wrong = known and match[1].endswith((f"{stem}省", stem)) and match[1] != known
            return known if wrong else match[1]
        if known:
            return known
    return None


def _area_told(number: str | None, authority: Authority, outline: Outline) -> str | None:
    """The place that a 文号 is of; of news, that of its dateline or of the text it tells of."""
    if number and (area := province_of_number(number)):
        return area
    if authority == "normative":
        return None
    first = next((clause.text for clause in outline if clause.text.strip()), "")
    # News from the capital are of the whole country.
    if (line := _DATELINE_PLACE.search(first)) and not line["place"].startswith("北京"):
        return division_at(line["place"])
    told = _TOLD.search(first)
    return _area([told["title"]]) if told else None


def _authority(title: str, doc_number: str | None, outline: Outline) -> Authority:
    if _NOT_POLICY.search(title) or _is_report(outline) or (_asks(outline) and not doc_number):
        return "informational"
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", title)
    last = bare.endswith(_LAST_WORDS) and "：" not in title
    named = last or any(kind in bare[-8:] for kind in _KINDS)
    return "normative" if doc_number or outline.articles or named else "informational"


def _kind(title: str, authority: Authority, outline: Outline) -> str | None:
    """What kind of document this is: its own word for it, or what it is instead of a policy."""
    if authority == "normative":
        return _named_kind(title)
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
