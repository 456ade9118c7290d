"""What clauses name only to rule it out, and places whose own rules are asked for and not held."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from corpus.divisions import area_of, lies_in, path_of
from corpus.document import Document
from indexer.lexical import terms
from indexer.passages import sentences
from retriever.query import Hit, Retrieval, Understanding
from retriever.retriever import Retriever
from retriever.spelling import is_word
from retriever.unlisted import unlisted

__all__ = [
    "only_given_out",
    "only_of_another_level",
    "only_paid_in",
    "only_ruled_out",
    "without_old_version",
    "without_own_rules",
    "without_plan_of_years",
]

#: A clause of the place must hold this share of what the best one found holds.
_AS_MUCH = 0.85
#: Clauses one of which is on the matter.
_FIRST = 3
#: What a county or district gives of its own, or on top, is asked for.
_OWN_LEVEL = re.compile(
    r"自己[^，。？?]{0,3}?(?:有|给|还|再|又|另|对|配套|奖|补)"
    r"|(?:之外|以外|基础上)[^，。？?]{0,6}?(?:又|再|还|另)|(?:再|另外?)配套"
)
#: …or of one that no document is of: 临溪县县里奖多少.
_LEVEL = re.compile(r"[县区](?:里|级|上|财政)[^，。？?]{0,3}?(?:有|给|还|再|又|另|对|配套|奖|补)")

#: An older version is asked about by its year: 2023年那版老办法.
_OLD = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?[那的这版个份发出印]{0,3}(?:老|旧|原来?的?|[上前]一?版|暂行|试行)"
    r"[^，,。；;？?]{0,6}?(?:办法|政策|措施|规定|文件?|条例|细则|版)"
    # 上海2021年那版生物医药产业政策.
    r"|(?P<own>(?:19|20)\d\d)年?(?:那|这)一?(?:版|个版本)的?(?:[^，,。；;？?]{0,12}?(?:办法|政策|措施|规定|文件?|条例|细则))?"
)
#: The years that a plan is for: 2025—2027年的行动计划.
_SPAN = r"(?P<from>20\d\d)年?[-–—~～至到]+(?P<to>20\d\d)年?"
_PLAN_OF = re.compile(_SPAN + r"的?[^，,。；;？?0-9]{0,10}?(?:计划|规划|方案)")
_TITLE_SPAN = re.compile(_SPAN)
#: Who has something already, or may not have it.
_HAS = r"(?:未|没有|不属于|除|已经?享受|正在领取|正在享受|已经?领取)[^，。；]{0,10}"
#: What of it rules something else out.
_RULES_OUT = r"[^。；]{0,16}不(?:再|得|能|可)?(?:享受|予|纳入|给予|发放|重复)"
_DENIED = re.compile(
    r"不(?:再|得|能|可)?(?:享受|给予|发放|予)(?P<what>[\u4e00-\u9fff]{3,6}?)(?=[，。；]|$)"
)
#: What stands under such a lead is left out: 下列收入不计入家庭收入：.
_LEFT_OUT = re.compile(r"(?:下列|以下)[^。；\n]{0,24}不(?:计入|予|得|纳入|包括|属于|享受|列入)")
#: What an insurance pays.
_PAID_OUT = re.compile(r"(?P<of>[\u4e00-\u9fff]{2}保险)金(?!额)")
#: Rights in a product that are bought, and given out.
_TAKEN_IN = re.compile(
    r"(?:买[进下来入了]|购[入买进]|引进了?|受让)[^，。；？?]{0,16}(?:权益|授权|许可)"
)
_GIVEN_OUT = re.compile(r"给予?(?:许可|转让|出让)(?:企业|方|单位)|对外(?:许可|授权)")
_MUCH = r"[^，。；,;？?]{0,12}(?:多少|几[块元百千万个成])"


def only_ruled_out(retrieval: Retrieval, retriever: Retriever) -> list[str]:
    """Return the subjects of which a question asks how much there is, and which every clause found
    names only as what rules out something else: 正在领取失业保险金的 says nothing of how much that is.
    """
    text, vocabulary, found = retrieval.query.text, retriever.vocabulary, []
    understood = retrieval.understanding
    if understood.documents or understood.addresses:
        return []
    named = [word for word in vocabulary.subjects if word in text]
    for word in named:
        if not re.search(re.escape(word) + _MUCH, text):
            continue
        names = dict.fromkeys([*vocabulary.called(word), *_meant(word, understood)])
        any_of = "|".join(map(re.escape, names))
        pieces = [(p, _lead(h)) for h in retrieval.hits for p in sentences(h.passage.text)]
        naming = [(p, lead) for p, lead in pieces if any(name in p for name in names)]
        ruled = re.compile(rf"{_HAS}(?:{any_of})|(?:{any_of}){_RULES_OUT}")
        if naming and all(
            _LEFT_OUT.search(lead) or (ruled.search(p) and not _is_on(p, text))
            for p, lead in naming
        ):
            found.append(word)
    return found[:1]


def only_paid_in(retrieval: Retrieval) -> list[str]:
    """Return the insurance money that a question asks for, where every clause found speaks of what is
    paid into that insurance alone: 失业保险费 is no 失业保险金."""
    asked = _PAID_OUT.search(retrieval.understanding.text)
    if asked is None or retrieval.understanding.addresses:
        return []
    out = re.compile(rf"{asked['of']}(?:金(?!额)|待遇)|{asked['of'][:2]}金")
    found = "\n".join(hit.passage.whole for hit in retrieval.hits)
    return [] if out.search(found) or asked["of"] not in found else [asked[0]]


def only_given_out(retrieval: Retrieval) -> list[str]:
    """Return that rights are taken in, where a question is on that and the first clause on giving
    them out: 海外权益许可，给予许可企业奖励 is not for who buys a drug's rights from abroad.

    >>> bool(_TAKEN_IN.search("从国外公司买进一个新药的国内权益")), bool(_TAKEN_IN.search("把海外权益许可给美国药企"))
    (True, False)
    """
    if not retrieval.hits or retrieval.understanding.addresses:
        return []
    out = _GIVEN_OUT.search(retrieval.hits[0].passage.text)
    return ["引进权益"] if out and _TAKEN_IN.search(retrieval.query.text) else []


def _lead(hit: Hit) -> str:
    """What an item stands under."""
    return "\n".join(hit.passage.context[1:])


def _is_on(piece: str, question: str) -> bool:
    """Whether what a sentence denies (不享受照护补贴) is what a question asks about."""
    denied = _DENIED.search(piece)
    return denied is not None and denied["what"] in question


def _meant(word: str, understood: Understanding) -> list[str]:
    """A subject as the question was written out, where it was."""
    return [s for s in understood.subjects if s in word or word in s]


def without_own_rules(understood: Understanding, areas: Collection[str]) -> list[str]:
    """Return the place in which an asker sits, where what that place itself gives is asked (区财政,
    县里) and no document is of it; rules of the city above are none of its own."""
    if understood.areas or understood.documents:
        return []
    for seat in understood.seats:
        level = "新区" if seat[-1].endswith("新区") else seat[-1][-1]
        own = re.search(rf"(?<![市城地社园]){level}(?:财政|里|级|政府|自己|上)", understood.text)
        if level in ("新区", "区", "县") and own and not _has_rules(seat, areas):
            return [area_of(seat)]
    return []


def without_plan_of_years(question: str, documents: Sequence[Document]) -> list[str]:
    """Return the plan that a question asks about by its years (2025—2027年的行动计划), where plans of
    the library are of other years, by their titles."""
    asked = _PLAN_OF.search(question)
    titles = (d.title for d in documents if d.authority == "normative")
    spans = [m.group("from", "to") for title in titles for m in _TITLE_SPAN.finditer(title)]
    if asked is None or not spans or asked.group("from", "to") in spans:
        return []
    return [f"{asked['from']}—{asked['to']}年计划"]


def without_old_version(question: str, documents: Sequence[Document]) -> list[str]:
    """Return the version that a question asks about by its year (2023年那版老办法), where no text of
    the library is of that year: that a text names it to repeal it says nothing of what it gave."""
    asked = _OLD.search(question)
    own = [_years(d) for d in documents if d.authority == "normative"]
    year = (asked["year"] or asked["own"]) if asked else ""
    if asked is None or not own or not all(own) or any(int(year) in years for years in own):
        return []
    return [f"{year}年旧版" if asked["year"] else f"{year}年版"]


def _years(document: Document) -> set[int]:
    """The years that a text is of, by its dates and its 文号."""
    days = (document.issued, document.published)
    number = re.search(r"(?:19|20)\d\d", document.doc_number or "")
    return {day.year for day in days if day} | ({int(number[0])} if number else set())


def only_of_another_level(retrieval: Retrieval, retriever: Retriever) -> str | None:
    """Return the county or district whose own rule is asked for (县里再加多少), where the clauses that
    are on the matter are of another place, the city above it for one."""
    understood, hits = retrieval.understanding, retrieval.hits
    place = _county(understood, retriever.index.areas)
    if not place or understood.documents or understood.addresses or not hits:
        return None
    asked = retriever.without_areas(understood.text, understood.areas).replace(place, " ")
    matter = terms(retriever.vocabulary.matter(_LEVEL.sub(" ", _OWN_LEVEL.sub(" ", asked))))
    held = {hit: retriever.coverage(matter, hit.passage.whole) for hit in hits}
    of = {hit: retriever.index.document(hit.passage.address.document).area or "" for hit in hits}
    own = [share for h, share in held.items() if of[h].endswith(place) or place in h.passage.text]
    least = _AS_MUCH * max(held[hit] for hit in hits[:_FIRST])
    return None if max(own, default=0.0) >= least else place


def _county(understood: Understanding, areas: Collection[str]) -> str | None:
    """The one county or district that a question asks the own rule of; None where it does not."""
    text = understood.text
    # 栖云 is 沅阳市栖云区; 高新 is a word as well.
    stems = {area: area[-3:-1] for area in areas if area[-1] in "县区"}
    own = [area for area in stems if area in understood.areas] or [
        area for area, stem in stems.items() if stem in text and not is_word(stem)
    ]
    named = own or unlisted(text, lambda name: False)
    asked = _OWN_LEVEL.search(text) or (not own and _LEVEL.search(text))
    return named[0] if asked and len(named) == 1 and named[0][-1] in "县区" else None


def _has_rules(seat: tuple[str, ...], areas: Collection[str]) -> bool:
    return any(path_of(area) and lies_in(path_of(area), seat) for area in areas)
