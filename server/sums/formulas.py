"""Formulas that a clause writes in words: 月租赁补贴＝面积×补贴标准×系数."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from indexer.entitlements.quantities import find_quantities

__all__ = ["Chain", "Constant", "Factor", "Formula", "Term", "formulas_of", "names_in"]

_SIGNS = {
    "×": r"[×✕✖*＊]|乘以|[xX](?=[\u4e00-\u9fff(（])",
    "÷": r"[÷／]|除以|/(?=[\u4e00-\u9fff(（])",
    "+": r"[＋+]|加上",
    "−": r"[－−—–-]|减去",
}
_TOKEN = re.compile(
    "|".join(f"(?P<s{place}>{sign})" for place, sign in enumerate(_SIGNS.values()))
    + r"|(?P<open>[（(])|(?P<close>[）)])"
)
_HEAD = re.compile(
    r"(?P<name>[^，,。；;：:、\s（）()＝=]{2,30})(?:[（(][^）)]{0,60}[）)])?\s*+(?:[＝=]|等于)"
)
#: Where a formula ends.
_END = re.compile(r"[，,。；;：:\n]|$")


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A figure that stands in the formula itself."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Terms added up (signs + −) or multiplied (× ÷), each with the sign before it."""

    parts: tuple[tuple[str, Term], ...]


Term = Factor | Constant | Chain
_Read = Callable[[list[str]], tuple[Term, list[str]]]


@dataclass(frozen=True, slots=True)
class Formula:
    """What is worked out, from what, and where in its clause it stands."""

    name: str
    term: Chain
    start: int
    end: int


def formulas_of(text: str) -> Iterator[Formula]:
    """The formulas of a clause.

    >>> [(f.name, names_in(f.term)) for f in formulas_of("月补贴额＝（甲数－乙数）×补贴标准×50%。")]
    [('月补贴额', ('甲数', '乙数', '补贴标准'))]
    """
    for head in _HEAD.finditer(text):
        end = _END.search(text, head.end())
        stop = end.start() if end else len(text)
        term = _parsed(text[head.end() : stop])
        if isinstance(term, Chain):
            yield Formula(head["name"].strip("“”\"'"), term, head.start(), stop)


def names_in(term: Term) -> tuple[str, ...]:
    """The names of the factors of a term, in their order."""
    if isinstance(term, Factor):
        return (term.name,)
    parts = term.parts if isinstance(term, Chain) else ()
    return tuple(dict.fromkeys(name for _, part in parts for name in names_in(part)))


def _parsed(text: str) -> Term | None:
    tokens = list(_tokens(text))
    try:
        term, rest = _sum(tokens)
    except (IndexError, ValueError):
        return None
    return None if rest else term


def _tokens(text: str) -> Iterator[str]:
    """Names, figures, signs and brackets; a bracket behind a name is a remark on it."""
    place, depth, name = 0, 0, ""
    for match in _TOKEN.finditer(text):
        name += text[place : match.start()].strip() if not depth else ""
        place = match.end()
        if depth or (match["open"] and name):
            depth += bool(match["open"]) - bool(match["close"])
            continue
        if name:
            yield name
            name = ""
        yield _sign(match)
    name += text[place:].strip()
    if name:
        yield name


def _sign(match: re.Match[str]) -> str:
    if match["open"] or match["close"]:
        return "(" if match["open"] else ")"
    return next(s for place, s in enumerate(_SIGNS) if match[f"s{place}"])


def _sum(tokens: list[str]) -> tuple[Term, list[str]]:
    return _chain(tokens, "+−", _product)


def _product(tokens: list[str]) -> tuple[Term, list[str]]:
    return _chain(tokens, "×÷", _single)


def _chain(tokens: list[str], signs: str, read: _Read) -> tuple[Term, list[str]]:
    term, tokens = read(tokens)
    parts = [(signs[0], term)]
    while tokens and tokens[0] in signs:
        sign = tokens[0]
        term, tokens = read(tokens[1:])
        parts.append((sign, term))
    return (Chain(tuple(parts)) if len(parts) > 1 else term), tokens


def _single(tokens: list[str]) -> tuple[Term, list[str]]:
    if tokens[0] == "(":
        term, rest = _sum(tokens[1:])
        if rest[0] != ")":
            raise ValueError(rest[0])
        return term, rest[1:]
    if tokens[0] in (*_SIGNS, ")"):
        raise ValueError(tokens[0])
    return _named(tokens[0]), tokens[1:]


def _named(text: str) -> Term:
    found = find_quantities(text)
    if len(found) == 1 and found[0].end - found[0].start >= len(text) - 1:
        return Constant(found[0].value, found[0].unit)
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Constant(Decimal(text), "")
    if len(text) < 2 or not re.search(r"[\u4e00-\u9fff]{2}", text):
        raise ValueError(text)
    return Factor(text)
