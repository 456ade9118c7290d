"""A question on a class, stage, kind of drug or thing of which the clauses stated do not speak."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from corpus.wording import reference
from indexer.clause_index import ClauseIndex
from prompts import render
from retriever.grades import grades_of
from retriever.missing import missing_things
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.answer import Claim
from server.asking import AMOUNT, Asking
from server.sums.facets import names_of

__all__ = ["of_another_kind", "of_another_thing"]

#: Groups whose values are told apart by a number or a name of their own.
_GROUPS = ("class", "drug", "stage", "grade", "star", "sight")
_DRUG, _DEVICE = re.compile(r"(?<!医)药(?![监企店房])"), re.compile(r"器械|械")
_MARK = re.compile(r"(?<![A-Za-z])([A-Z]{2,9}+)(?:认证|备案|资质)")
#: At home and abroad.
_SIDES = (re.compile(r"境外|国外|海外|出国|境内外"), re.compile(r"境内"))
#: A class of persons, and how many of them an article goes through.
_TALENTS = re.compile(r"(?:顶尖|特优|领军|拔尖|杰出|高级|高层次|骨干|青年|基础|紧缺|高端|优秀)人才")
_CLASSES = 2
#: Levels that something is recognised at.
_LEVELS = re.compile(r"国家级|省级|市级|区级|县级")
_RECOGNISED = re.compile(
    r"(?:认定|评定|评为|入选|获批|获评)[^，。；]{0,6}?(国家级|省级|市级|区级|县级)"
)
#: Persons whom firms get support for taking on.
_PERSONS = (
    re.compile(r"退役军人|退伍(?:军人|兵)|退役士兵|复员"),
    re.compile(r"(?:毕业年度)?(?:高校)?毕业生|应届|大学生|毕业年度"),
    re.compile(r"就业困难(?:人员|群体|户)?|困难人员"),
    re.compile(r"农民工|进城务工|农村劳动力|脱贫|贫困(?:劳动力|人口)"),
    re.compile(r"残疾人|残疾职工"),
    re.compile(r"失业人员|登记失业|下岗"),
)
_TAKES_ON = re.compile(r"招|吸纳|录用|聘|雇|用工|安置|新进")
_RECIPIENT = re.compile(r"(?:企业|公司|机构|单位)$")
#: Whether somebody gets support at all: 药店能拿补贴吗.
_GOT = re.compile(
    r"^[\u4e00-\u9fffA-Za-z]{2,10}(?:能不?能?|可不?可?以)(?:拿|领|申[请报]|享受|有)到?[^，。？?]{0,6}(?:补[贴助]|奖励?|资助|钱)[^，。？?]{0,3}[吗么不]?[？?]?$"
)
_PAYS = re.compile(r"奖励|补[贴助]|资助|资金支持|\d\s*[万亿]?元")
#: Clauses that may speak of what is asked for.
_LOOKED_AT = 6


def of_another_kind(
    claims: Sequence[Claim], retrieval: Retrieval, ask: Asking, index: ClauseIndex
) -> str | None:
    """Say that the clauses are on other values of a group than the question; None where not.

    What 三类 and 二类 get says nothing of 一类, however near the clause is.
    """
    if not claims or ask.lookup or ask.compare or ask.validity or ask.procedure or ask.deadline:
        return None
    question = retrieval.understanding.text
    own = index.clause(claims[0].address)[1].text
    first = (hit.passage for hit in retrieval.hits[:_LOOKED_AT])
    # Of an amount, only what gives one says that the value asked about has it.
    on = (
        p for p in first if _is_on(question, p.text) and (not ask.amount or AMOUNT.search(p.text))
    )
    near = "\n".join(passage.whole for passage in on)
    told = _of_another_product(question, own) or _of_another_mark(retrieval.query.text, own)
    told = told or _of_the_other_side(question, claims, index)
    told = (
        told or _of_another_level(question, own, near) or _of_other_talents(question, claims, index)
    )
    told = told or (_of_other_persons(question, claims, index) if ask.amount else None)
    for group in _GROUPS if not told else ():
        asked, held = _named(question, group), _named(own, group)
        # A span holds what stands between its ends: 1～5级.
        if group == "grade" and grades_of(question) & grades_of(f"{own}\n{near}"):
            continue
        if asked and held and not asked.keys() & (held.keys() | _named(near, group).keys()):
            told = list(asked.values()), list(held.values())
            break
    if not told:
        return None
    document = index.document(claims[0].address.document)
    where = reference(document.title, document.doc_number, claims[0].address.path)
    return render("another_kind.zh", asked=told[0], held=told[1], where=where)


def of_another_thing(
    claims: Sequence[Claim], retrieval: Retrieval, ask: Asking, retriever: Retriever
) -> list[str]:
    """Return the things (配方颗粒) that a question asks an amount for and no clause stated speaks of,
    though another one found may."""
    if not claims or ask.lookup or ask.compare or ask.list_all:
        return []
    if _GOT.search(retrieval.query.text):
        given = [hit.passage.text for hit in retrieval.hits if _PAYS.search(hit.passage.text)]
        subjects = retrieval.understanding.subjects
        return [name for name in subjects if not any(name in text for text in given)]
    if not ask.amount:
        return []
    stated = [
        hit.passage.whole
        for hit in retrieval.hits
        if any(_holds(hit.passage.address, claim.address) for claim in claims)
    ]
    missing = missing_things(retrieval, retriever, "\n".join(stated)) if stated else []
    # For whom a text is, it says once for all of its measures.
    whole = retriever.text_of(claims[0].address.document) if missing else ""
    return [name for name in missing if not (_RECIPIENT.search(name) and name in whole)]


def _holds(one: Address, other: Address) -> bool:
    return one.contains(other) or other.contains(one)


def _is_on(question: str, text: str) -> bool:
    """Whether a clause may be on what a question is: 1类创新药 is not what 一类医疗器械 is."""
    drug, device = bool(_DRUG.search(question)), bool(_DEVICE.search(question))
    return drug == device or bool((_DRUG if drug else _DEVICE).search(text))


def _of_another_product(question: str, own: str) -> tuple[list[str], list[str]] | None:
    """Where a question is on drugs alone, and the best clause on devices alone."""
    asked = _DRUG.search(question) and not _DEVICE.search(question)
    if asked and _DEVICE.search(own) and not _DRUG.search(own):
        return ["药品"], ["医疗器械"]
    return None


def _of_another_mark(question: str, own: str) -> tuple[list[str], list[str]] | None:
    """Where a mark in Latin letters is asked about, and the best clause is on another: GLP认证,
    GCP认证.

    >>> _of_another_mark("GLP认证奖多少", "完成GCP认证（备案）的")
    (['GLP认证'], ['GCP认证'])
    """
    asked, held = ({m[0]: m[1] for m in _MARK.finditer(text)} for text in (question, own))
    if not asked or not held or any(name in own for name in asked.values()):
        return None
    same = [mark for mark in held if any(mark[-2:] == other[-2:] for other in asked)]
    return (list(asked), same) if same else None


def _of_the_other_side(
    question: str, claims: Sequence[Claim], index: ClauseIndex
) -> tuple[list[str], list[str]] | None:
    """Where a question is on what is abroad, and every clause stated on what is at home alone, or
    the other way round; what a heading above a clause says is said of it."""
    sides = [side for side in _SIDES if side.search(question)]
    if len(sides) != 1:
        return None
    other = next(side for side in _SIDES if side is not sides[0])
    held = None
    for claim in claims:
        clause = index.clause(claim.address)[1]
        whole = "\n".join((*clause.headings, clause.text))
        held = held or other.search(whole)
        if sides[0].search(whole) or not other.search(whole):
            return None
    asked = sides[0].search(question)
    return ([asked[0]], [held[0]]) if asked and held else None


def _of_another_level(question: str, own: str, near: str) -> tuple[list[str], list[str]] | None:
    """Where a clause goes through levels that something is recognised at (市级基地30万元，省级基地100
    万元), and a question is on another one.

    >>> _of_another_level("评上国家级基地奖多少", "认定为市级基地的奖30万元，认定为省级基地的奖100万元", "")
    (['国家级'], ['市级', '省级'])
    """
    asked = _LEVELS.findall(question)
    held = list(dict.fromkeys(_RECOGNISED.findall(own)))
    if len(set(asked)) != 1 or len(held) < _CLASSES or asked[0] in own or asked[0] in near:
        return None
    return asked, held


def _of_other_talents(
    question: str, claims: Sequence[Claim], index: ClauseIndex
) -> tuple[list[str], list[str]] | None:
    """Where a class of persons is asked about that a text has (特优人才), and the article stated goes
    through its other classes alone."""
    outline = index.readings[claims[0].address.document].outline
    asked = {m[0] for m in _TALENTS.finditer(question) if any(m[0] in c.text for c in outline)}
    own = _articles(claims[:1], index)
    held = list(dict.fromkeys(m[0] for m in _TALENTS.finditer(own)))
    if not asked or len(held) < _CLASSES or any(name in own for name in asked):
        return None
    return sorted(asked), held


def _of_other_persons(
    question: str, claims: Sequence[Claim], index: ClauseIndex
) -> tuple[list[str], list[str]] | None:
    """Where support for taking on some persons (招用退役军人) is asked about, and the articles stated
    are on taking on others alone."""
    asked = _persons_in(question)
    if len(asked) != 1 or not _TAKES_ON.search(question):
        return None
    held = _persons_in(_articles(claims, index))
    if not held or asked.keys() & held.keys():
        return None
    return list(asked.values()), list(held.values())


def _persons_in(text: str) -> dict[int, str]:
    """The kinds of persons that a text names, each in its first words."""
    found = ((kind, pattern.search(text)) for kind, pattern in enumerate(_PERSONS))
    return {kind: match[0] for kind, match in found if match}


def _articles(claims: Sequence[Claim], index: ClauseIndex) -> str:
    """All that the articles say in which statements stand."""
    texts = []
    for claim in claims:
        article = claim.address.path.article
        outline = index.readings[claim.address.document].outline
        texts += [clause.text for clause in outline if article.contains(clause.path)]
    return "\n".join(dict.fromkeys(texts))


def _named(text: str, group: str) -> dict[str, str]:
    """The values of a group that a text names, each in its words."""
    return {value: text[start:end] for value, start, end in names_of(text, group)}
