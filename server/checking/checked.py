"""The whole check of a text, and its JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from corpus.address import Address
from corpus.errors import InputError
from corpus.wording import label
from indexer.clause_index import ClauseIndex
from server.checking.naming import Register
from server.checking.places import find_places
from server.checking.statements import statements
from server.checking.verdicts import WRONG, Item, Verdict, judge
from server.present import document_url, validity_json

__all__ = ["LONGEST", "MOST", "VERDICT_WORDS", "Checked", "check_text", "checked_json", "segments"]

#: The longest text, in characters, and the most references that are looked at.
LONGEST, MOST = 20_000, 500
VERDICT_WORDS: dict[Verdict, str] = {
    "ok": "无误", "wrong_figure": "数字不符", "wrong_article": "条款不对", "misquoted": "引文不符",
    "no_such_clause": "没有这一条", "not_in_force": "不在有效期", "not_in_corpus": "库外，未核对",
    "unsure": "不能断定",
}  # fmt: skip

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """A text with its references, in their order. ``left_out``: how many were too many."""

    text: str
    as_of: date
    items: tuple[Item, ...]
    left_out: int = 0

    @property
    def wrong(self) -> int:
        """How many references have something wrong."""
        return sum(item.verdict in WRONG for item in self.items)

    @property
    def outcome(self) -> Literal["wrong", "right"]:
        """What the audit log says of it."""
        return "wrong" if self.wrong else "right"

    @property
    def addresses(self) -> list[str]:
        """The clauses that the references name, as the audit log lists them."""
        return [str(item.place.address) for item in self.items if item.place.address]


def check_text(text: str, register: Register, day: date) -> Checked:
    """Check every reference of a text; raise InputError for none, or for too much of it."""
    if not text.strip():
        raise InputError("没有文字可核对 / there is no text to check", field="text")
    if len(text) > LONGEST:
        raise InputError(
            f"文字过长，最多 {LONGEST} 字，请分段核对 / the text is too long", field="text"
        )
    places = find_places(text, register, day)
    told = statements(text, places[:MOST])
    items = [item for one in told for item in judge(text, one, register.index, day)]
    items.sort(key=lambda item: item.place.start)
    return Checked(text, day, tuple(items), max(0, len(places) - MOST))


def checked_json(checked: Checked, index: ClauseIndex) -> Json:
    """The result as the API gives it."""
    counts = Counter(item.verdict for item in checked.items)
    return {
        "as_of": checked.as_of.isoformat(),
        "items": [
            _item_json(n, item, index, checked.as_of) for n, item in enumerate(checked.items, 1)
        ],
        "summary": {
            "references": len(checked.items),
            "wrong": checked.wrong,
            "counts": {verdict: counts.get(verdict, 0) for verdict in VERDICT_WORDS},
            "left_out": checked.left_out,
            "text": _summary(checked, counts),
        },
    }


def _summary(checked: Checked, counts: Counter[Any]) -> str:
    if not checked.items:
        return "没有找到对政策条款的引用。"
    parts = [f"{word} {counts[v]} 处" for v, word in VERDICT_WORDS.items() if counts[v]]
    more = f"另有 {checked.left_out} 处过多，没有核对。" if checked.left_out else ""
    day = checked.as_of.isoformat()
    return f"共 {len(checked.items)} 处引用（按 {day} 核对）：{'，'.join(parts)}。{more}"


def _item_json(n: int, item: Item, index: ClauseIndex, day: date) -> Json:
    place = item.place
    return {
        "n": n,
        "start": place.start,
        "end": place.end,
        "text": place.words,
        "kind": place.kind,
        "verdict": item.verdict,
        "verdict_text": VERDICT_WORDS[item.verdict],
        "explanation": item.explanation,
        **_clause_json(place.document, place.address, index, day),
        "figures": [
            {
                "start": f.start,
                "end": f.end,
                "text": f.text,
                "verdict": f.verdict,
                "stated": list(f.stated),
                "remark": f.remark or None,
            }
            for f in item.figures
        ],
        "quotes": [
            {
                "start": p.start,
                "end": p.end,
                "text": p.text,
                "verdict": p.verdict,
                "nearest": p.nearest or None,
                "differences": [{"written": d.written, "source": d.source} for d in p.differences],
                "address": str(p.other) if p.other else None,
            }
            for p in item.passages
        ],
        "remarks": list(item.remarks),
        "meant": _meant_json(item.meant, index),
    }


def _clause_json(name: str | None, address: Address | None, index: ClauseIndex, day: date) -> Json:
    """The document and the clause of an item; all null where the corpus does not hold them."""
    document = index.document(name) if name else None
    return {
        "document": name,
        "title": f"《{document.title}》" if document else None,
        "doc_number": document.doc_number if document else None,
        "authority": document.authority if document else None,
        "address": str(address) if address else None,
        "label": label(address.path) if address else None,
        "clause": index.readings[address.document].outline.text(address.path) if address else None,
        "validity": validity_json(document, day) if document else None,
        "url": document_url(name, str(address.path) if address else None) if name else None,
    }


def _meant_json(address: Address | None, index: ClauseIndex) -> Json | None:
    if address is None:
        return None
    text = index.readings[address.document].outline.text(address.path)
    return {"address": str(address), "label": label(address.path), "clause": text}


def segments(checked: Checked) -> Sequence[tuple[str, Item | None, str]]:
    """The text in pieces: what is a reference or a wrong figure, and what stands between."""
    marks: list[tuple[int, int, Item, str]] = []
    for item in checked.items:
        marks.append((item.place.start, item.place.end, item, item.verdict))
        marks += [(f.start, f.end, item, "figure") for f in item.figures if f.verdict == "wrong"]
        marks += [
            (p.start, p.end, item, "quote")
            for p in item.passages
            if p.verdict in ("differs", "elsewhere")
        ]
    pieces: list[tuple[str, Item | None, str]] = []
    at = 0
    for start, end, item, kind in sorted(marks, key=lambda m: (m[0], -m[1])):
        if start < at or start == end:
            continue
        pieces += [(checked.text[at:start], None, ""), (checked.text[start:end], item, kind)]
        at = end
    pieces.append((checked.text[at:], None, ""))
    return [piece for piece in pieces if piece[0]]
