"""A piece of an occasion held against a product: its kind and class, its stage, what it reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from server.fitting.company import Company, Product
from server.fitting.wordlist import STEPS, found, pattern, plain_text, reached_by
from server.sums.facets import STAGE, facets_of, names_of

__all__ = ["Finding", "Told", "judge_product", "judge_purpose"]

_BRACKET = re.compile(r"[（(]([^（）()]*)[）)]")
_DONE = re.compile(r"完成|进入|受理|后$")
_MARKS = re.compile(r"[^\w]+")
_SHOWN = {"I": "I期", "II": "II期", "III": "III期", "受理": "上市申请获受理"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one word of a piece comes to; ``open``: no answer of the company would settle it."""

    state: Literal["met", "unmet", "unknown"]
    why: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """All findings on a piece, and the words of it that nothing was found on."""

    findings: tuple[Finding, ...]
    left: str

    @property
    def spoken(self) -> bool:
        """Whether the product is what a word of the piece says."""
        return any(finding.state == "met" for finding in self.findings)


def judge_product(text: str, product: Product | None, company: Company) -> Told:
    """Judge what a piece says of a product.

    >>> from datetime import date
    >>> own = Product("改良型新药", ("II",))
    >>> [f.state for f in judge_product("在研创新药", own, Company(date.today())).findings]
    ['unmet']
    """
    plain = plain_text(text)
    findings = (*_of_class(plain, product), *_of_stage(plain, product))
    return Told((*findings, *_of_steps(plain, product, company)), _left(plain))


def judge_purpose(text: str, product: Product | None, company: Company) -> Told:
    """Judge what a sentence is for: its steps only, since it names kinds by way of example."""
    plain = plain_text(text)
    findings = tuple(_of_steps(plain, product, company))
    return Told(findings, "" if findings else _left(plain))


def _of_class(text: str, product: Product | None) -> Iterator[Finding]:
    """Its kind, class, sort of drug. 1类 of a drug is no class of devices."""
    asked = {g: v for g, v in facets_of(text).items() if g in ("drug", "class")}
    kinds = set(found("kind", text))
    if "drug" in asked and "器械" not in kinds:
        asked.pop("class", None)
    if not asked and not (kinds and "注册证" in found("milestone", text)):
        return
    if product is None:
        yield Finding("unknown", "没有说产品类别")
        return
    if kinds and product.kinds and product.kinds.isdisjoint(kinds):
        yield Finding("unmet", f"条文说的是{'、'.join(sorted(kinds))}，您的产品是{product.name}")
        return
    for group, values in asked.items():
        own = product.facets.get(group)
        words = "、".join(sorted(values))
        if own is None:
            yield Finding("unknown", f"没有说产品是否属于{words}")
        elif own.isdisjoint(values):
            yield Finding("unmet", f"条文说的是{words}，您的产品是{product.name}")
        else:
            yield Finding("met", f"您的产品是{product.name}")


def _of_stage(text: str, product: Product | None) -> Iterator[Finding]:
    """The stage that must be done, or be the one at hand."""
    for stage in facets_of(text).get("stage", ()):
        reached = product.furthest if product else None
        if product is None or reached is None or stage not in STEPS:
            yield Finding("unknown", "没有说产品到了哪个阶段")
            continue
        place, at = reached_by(stage), f"{product.name}已到{_shown(STEPS[reached])}"
        if reached < place:
            yield Finding("unmet", f"{at}，还没有到{_shown(stage)}")
        elif _DONE.search(text):
            done = reached > place
            why = at if done else f"{at}，没有说{_shown(stage)}是否已经完成并进入下一阶段"
            yield Finding("met" if done else "unknown", why)
        else:
            why = at if reached == place else f"{at}，条文说的是{_shown(stage)}"
            # Whether a stage that is over still counts, only the authority can say.
            past = reached != place
            yield Finding("unknown" if past else "met", why, open=past)


def _of_steps(text: str, product: Product | None, company: Company) -> Iterator[Finding]:
    """Approvals, sales, production."""
    for step in found("milestone", text):
        if step == "产业化":
            yield _of_production(product, company)
            continue
        reached = product.furthest if product else None
        if product is None or reached is None:
            yield Finding("unknown", f"没有说是否已到{_shown(step)}")
        elif reached >= reached_by(step):
            yield Finding("met", f"{product.name}已到{_shown(STEPS[reached])}")
        else:
            at = _shown(STEPS[reached])
            yield Finding("unmet", f"{product.name}到{at}，还没有到{_shown(step)}")


def _of_production(product: Product | None, company: Company) -> Finding:
    if product and "产业化" in product.steps:
        return Finding("met", f"{product.name}已产业化生产")
    for sentence in company.statements():
        if "产业化" in found("milestone", sentence) and not pattern("open").search(sentence):
            return Finding("met", f"按您写的：“{sentence}”")
    return Finding("unknown", "没有说是否已产业化生产")


def _left(text: str) -> str:
    """A piece without what was judged and without words that weigh nothing."""
    kept = _BRACKET.sub(lambda m: m[1] if pattern("demand").search(m[1]) else "", text)
    for group in ("drug", "class"):
        for _, start, end in sorted(names_of(kept, group), key=lambda n: -n[1]):
            kept = kept[:start] + "，" + kept[end:]
    kept = STAGE.sub("，", kept)
    kept = re.sub(
        r"上市申请|受理|批准文号|注册许可证|注册证|批准上市|销售|产业化|已上市生物制品", "，", kept
    )
    return _MARKS.sub("", pattern("loose").sub("，", kept))


def _shown(step: str) -> str:
    return _SHOWN.get(step, step)
