"""What a support that is called by its name gives, class by class: 按下列标准给予安家补助：（一）领军人才，给予80万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.address import Address
from corpus.outline import Clause
from indexer.clause_index import ClauseIndex
from server.sums.by_name.given import Offer, Offers, given
from server.sums.phrases import SENTENCE

__all__ = ["CHANGES", "COUPLE", "SUPPORT_NAME", "like", "meant", "named_in", "offers_of"]

_FORM = r"(?:补贴|补助|奖励|津贴|资助|奖补)"
SUPPORT_NAME = re.compile(rf"[\u4e00-\u9fff]{{2,6}}{_FORM}")
#: Names that many supports have.
_NO_NAME = re.compile(r"(?:一次性|资金|财政|相应|各项|多项|所有|什么|哪些|其他|这些)")
#: What a sentence does that names a support and does not give it: it changes it, or pays it in parts.
CHANGES = re.compile(r"提高|上浮|上调|降低|下调|下浮|减半|扣[除减]|增加")
_IN_PARTS = re.compile(r"分[两二三四五六\d]{1,2}[年期次]")
#: Two persons, of whom each may get it.
COUPLE = re.compile(r"夫妻|老婆|老公|爱人|妻子|丈夫|媳妇|配偶|我俩|我们俩|两口子|双方")
_HAD = re.compile(r"(?:已|未|没有?|不再|不得|停止|除)[^，。；、]{0,8}$")


def named_in(question: str, document: str, index: ClauseIndex) -> list[Offers]:
    """The supports that a question calls by their names, in its order, where the document gives just one
    that is called so."""
    found: dict[Address, Offers] = {}
    for match in SUPPORT_NAME.finditer(question):
        # 扣掉购房补贴: what stands before a name is not known, so its last four characters come last.
        for name in (match[0][at:] for at in range(len(match[0]) - 3)):
            if _NO_NAME.search(name):
                continue
            if (one := offers_of(name, document, index)) is not None:
                found.setdefault(one.address, one)
                break
    return list(found.values())


def offers_of(name: str, document: str, index: ClauseIndex) -> Offers | None:
    """What the one clause of a document gives that grants what is called so; None where it is not one."""
    clauses = index.readings[document].outline.clauses
    said = like(name)
    places = [c for c in clauses if c.kind != "table" and _gives(c, said)]
    outer = [
        c for c in places if not any(c.path != o.path and o.path.contains(c.path) for o in places)
    ]
    found: list[Offers] = []
    for clause in outer:
        own = given(Address(document, clause.path), clauses, index)
        if own is None:
            return None
        headed = bool(said.match(clause.text) or said.search(clause.title or ""))
        last = re.split("[。；;]", clause.text.strip().rstrip("。"))[-1]
        if own.listed and not headed and not _is_granted(last, said):
            # The items hang on another sentence of it.
            continue
        if not own.listed and not headed:
            own = replace(
                own, each=tuple(x for x in own.each if _in_sentence(x, clause.text, said))
            )
        if own.each:
            alone = headed or own.listed or not _beside_others(clause, clauses, index, document)
            found.append(replace(own, name=name, listed=own.listed or not alone))
    return found[0] if len(found) == 1 else None


def _gives(clause: Clause, said: re.Pattern[str]) -> bool:
    """Whether a clause is called so, or names it in a sentence that does not only change it."""
    if said.search(clause.title or ""):
        return True
    sentences = (m[0] for m in SENTENCE.finditer(clause.text))
    return any(_is_granted(words, said) and not _only_changes(words) for words in sentences)


def _only_changes(words: str) -> bool:
    return bool(CHANGES.search(words) or (_IN_PARTS.search(words) and "元" not in words))


def _is_granted(words: str, said: re.Pattern[str]) -> bool:
    """Whether a sentence names a support, and not as one that somebody had: 未享受租房补贴的人才."""
    return any(not _HAD.search(words[: m.start()]) for m in said.finditer(words))


def _in_sentence(one: Offer, text: str, said: re.Pattern[str]) -> bool:
    """Whether a figure stands in a sentence that names the support."""
    at = one.figure.span.start
    return any(
        m.start() <= at < m.end() and _is_granted(m[0], said) for m in SENTENCE.finditer(text)
    )


def _beside_others(
    clause: Clause, clauses: Sequence[Clause], index: ClauseIndex, document: str
) -> bool:
    """Whether a clause is one line of a list whose other lines give something too."""
    parent = clause.path.parent
    if parent is None or clause.path.steps[-1].rank in ("art", "para"):
        return False
    others = [c for c in clauses if c.path.parent == parent and c.path != clause.path]
    return any(index.measures(Address(document, c.path)) for c in others)


def meant(offers: Offers, question: str) -> Offer | None:
    """What the class gets that a question names; None where it names none, or several."""
    if len(offers.each) == 1 and not offers.listed:
        return offers.each[0]
    named = [one for one in offers.each if _names(one.label, question)]
    # 高级技师 names 技师 too.
    named = [one for one in named if not any(one.label in b.label and one is not b for b in named)]
    if not named:
        # 绿肥 is 冬季种植绿肥, where no other class has these two characters.
        pairs = {id(one): _pairs(one.label) for one in offers.each}
        shared = set.intersection(*pairs.values())
        told = {p for own in pairs.values() for p in own - shared if _names(p, question)}
        named = [one for one in offers.each if pairs[id(one)] & told]
    return named[0] if len(named) == 1 else None


def like(name: str) -> re.Pattern[str]:
    """A name as a document may say it: 绿肥补贴 is 绿肥种植补贴."""
    return re.compile(rf"{re.escape(name[:-2])}[\u4e00-\u9fff]{{0,3}}{re.escape(name[-2:])}")


def _pairs(label: str) -> set[str]:
    return {label[at : at + 2] for at in range(len(label) - 1)}


def _names(label: str, question: str) -> bool:
    """Whether a question names a class, and does not deny it: 考核不合格 is not 合格."""
    places = [m.start() for m in re.finditer(re.escape(label), question)]
    return bool(places) and not any(
        re.search(r"[不非未没](?:是|有|评上)?$", question[:at]) for at in places
    )
