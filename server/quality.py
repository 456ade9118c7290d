"""What is wrong with a source, where it touches the clauses that an answer rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.address import Address
from corpus.outline import Finding, Outline
from indexer.readings import Reading

__all__ = ["flaws"]

#: Findings by which text is missing, or stands where it may not belong.
_BROKEN = {
    "gap": "有缺号",
    "repeat": "有重号",
    "out_of_order": "有编号错位",
    "displaced": "有位置不明的段落",
    "duplicate": "有重复的文字",
    "empty": "有空条",
    "cut_off": "结尾不完整",
    "no_text": "有未识别的扫描页",
    "damaged_page": "有损坏的页",
}
_ATTACHED = re.compile(r"附件\s*(?P<number>\d*)|附表")
#: More details of a source are no longer read.
_MOST = 3


def flaws(reading: Reading, addresses: Sequence[Address]) -> Iterator[str]:
    """Say what is broken at the clauses an answer rests on, or right beside them."""
    found = [f for f in reading.outline.findings if f.kind in _BROKEN]
    near = [f for f in found if any(_touches(f, reading.outline, a) for a in addresses)]
    if near:
        words = "、".join(dict.fromkeys(_BROKEN[f.kind] for f in near))
        details = "；".join(dict.fromkeys(map(_detail, near[:_MOST])))
        more = "等" if len(near) > _MOST else ""
        yield f"的来源{words}（{details}{more}），请核对原件。"
    spoken = "\n".join(reading.outline.text(a.path) for a in addresses)
    for finding in reading.outline.findings:
        if finding.kind == "attachment" and _speaks_of(spoken, finding):
            yield f"的来源不全（{_detail(finding)}），条文提到的附件请查原件。"


def _touches(finding: Finding, outline: Outline, address: Address) -> bool:
    """Whether a finding is at a clause, a part of it or next to it; one without a place may be."""
    if finding.path is None and finding.kind == "repeat":
        # The copy was left out: nothing is missing.
        return False
    places = {clause.path: place for place, clause in enumerate(outline)}
    own = [places[clause.path] for clause in outline.under(address.path)]
    if finding.path in places and own:
        return own[0] - 1 <= places[finding.path] <= own[-1] + 1
    pages = [outline.clauses[place].page for place in own]
    if finding.page is not None and any(pages):
        return any(page and abs(page - finding.page) <= 1 for page in pages)
    return True


def _speaks_of(text: str, finding: Finding) -> bool:
    """Whether a clause speaks of an attachment; with a number, of the one with that number."""
    named = _ATTACHED.search(finding.detail.partition("：")[2])
    number = named["number"] if named else None
    return any(
        not (m["number"] and number) or m["number"] == number for m in _ATTACHED.finditer(text)
    )


def _detail(finding: Finding) -> str:
    """What was found, in Chinese."""
    return finding.detail.partition(" / ")[0]
