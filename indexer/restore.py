"""Put a scrambled extraction back in order, as far as the text itself attests it.

Some web extractions repeat passages and shuffle them, all in run-on lines with the numbers
inside. What is certain is kept: a text that stands between a number and its successor belongs
to that number. A text that contradicts this is displaced; it stays citable as a passage
of the document, under no number. Nothing is invented for a gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.numbering import NOTICE, read_label
from corpus.numerals import write_numeral
from corpus.outline import Finding
from indexer.clean import Paragraph

__all__ = ["Piece", "Restored", "is_scrambled", "restore"]

Key = tuple[str, int]

#: Names of sections that run-on text sets before their first sentence without a stop.
SECTION_TITLES = (
    "指导思想", "总体要求", "总体目标", "总体思路", "基本思路", "基本原则", "基本思路及原则",
    "工作目标", "发展目标", "主要目标", "重点任务", "主要任务", "工作任务", "重点工作", "政策措施",
    "推进措施", "保障措施", "组织保障", "工作要求", "有关要求", "适用范围", "支持对象", "附则",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A number with its title and the sentences found behind it at one place."""

    key: Key | None
    marker: str
    title: str
    sentences: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Restored:
    """Paragraphs in the order of their numbers; passages whose place is not known; findings."""

    paragraphs: tuple[Paragraph, ...]
    passages: tuple[Paragraph, ...]
    findings: tuple[Finding, ...]


def is_scrambled(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether the same numbered headings stand at several places of a text."""
    keys = [(*piece.key, piece.title) for piece in _pieces(paragraphs) if piece.key]
    repeated = len(keys) - len(set(keys))
    if ("sec", 1) not in {key[:2] for key in keys}:
        return False
    return repeated >= 3 and repeated >= 0.15 * len(keys)


def restore(paragraphs: Sequence[Paragraph]) -> Restored:
    """Order the pieces by their numbers, each with the text that certainly is its own."""
    pieces = _pieces(paragraphs)
    firsts = _first_numbers(pieces)
    bodies = _bodies(pieces, firsts)
    opening = _opening(pieces)
    placed = {sentence for body in bodies.values() for sentence in body}
    placed.update(opening.sentences if opening else ())
    passages = _unplaced(pieces, placed)
    ordered = _ordered(pieces, bodies, firsts)
    if opening:
        ordered.insert(0, Paragraph("".join(opening.sentences), opening.line))
    findings = [*_gaps(bodies), *_repeats(pieces)]
    findings += (
        Finding("displaced", f"位置不明的段落，未归入任何编号：{p.text[:30]}…", line=p.line)
        for p in passages
    )
    return Restored(tuple(ordered), tuple(passages), tuple(findings))


def _pieces(paragraphs: Sequence[Paragraph]) -> list[Piece]:
    pieces: list[Piece] = []
    for paragraph in paragraphs:
        label = read_label(paragraph.text, NOTICE)
        if paragraph.resets:
            pieces.append(Piece(None, "", "", _sentences(paragraph.text), paragraph.line))
        elif label and not label.is_heading:
            title, body = _title(label.rank, label.rest)
            key = (label.rank, label.number)
            pieces.append(Piece(key, label.marker, title, _sentences(body), paragraph.line))
        elif pieces and pieces[-1].key:
            # A line break inside run-on text parts nothing: the text goes on behind its number.
            last = pieces[-1]
            sentences = (*last.sentences, *_sentences(paragraph.text))
            pieces[-1] = Piece(last.key, last.marker, last.title, sentences, last.line)
        else:
            pieces.append(Piece(None, "", "", _sentences(paragraph.text), paragraph.line))
    return pieces


def _opening(pieces: Sequence[Piece]) -> Piece | None:
    for a, b in pairwise(pieces):
        if a.key is None and b.key == ("sec", 1):
            return a
    return None


def _title(rank: str, rest: str) -> tuple[str, str]:
    if rank == "sec":
        title = max((t for t in SECTION_TITLES if rest.startswith(t)), key=len, default="")
        return title, rest[len(title) :]
    title, stop, body = rest.partition("。")
    return (title + stop, body) if len(title) <= 30 else ("", rest)


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.findall(r"[^。！？]+[。！？]?", text) if part.strip())


def _first_numbers(pieces: Sequence[Piece]) -> dict[int, int]:
    """Map each （一） to the 1. that directly follows it, where all such pairs agree in order."""
    pairs = {
        (a.key[1], b.key[1])
        for a, b in pairwise(pieces)
        if a.key and b.key and a.key[0] == "item" and b.key[0] == "num" and not a.sentences
    }
    chain: list[tuple[int, int]] = []
    best: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for pair in sorted(pairs):
        before = [best[p] for p in best if p[0] < pair[0] and p[1] < pair[1]]
        best[pair] = [*max(before, key=len, default=[]), pair]
        chain = max(chain, best[pair], key=len)
    return dict(chain)


def _follows(key: Key, after: Piece, firsts: dict[int, int]) -> bool:
    """Tell whether ``after`` is what must come next when all of ``key`` has been said."""
    if after.key is None:
        return False
    (rank, number), (next_rank, next_number) = key, after.key
    if next_rank == rank:
        return next_number == number + 1
    if rank == "num" and next_rank == "item":
        return firsts.get(next_number) == number + 1
    if rank == "item" and next_rank == "num":
        return firsts.get(number) == next_number
    return rank == "sec" and next_rank == "item" and next_number == 1


def _bodies(pieces: Sequence[Piece], firsts: dict[int, int]) -> dict[Key, tuple[str, ...]]:
    """Choose the text of each number: what ends at its successor, else what nothing contradicts."""
    proven: dict[Key, tuple[str, ...]] = {}
    for piece, after in pairwise(pieces):
        if piece.key and _follows(piece.key, after, firsts):
            known = proven.get(piece.key)
            if known is None or len(piece.sentences) < len(known):
                proven[piece.key] = piece.sentences
    taken = {sentence for body in proven.values() for sentence in body}
    bodies = dict(proven)
    for piece in pieces:
        if piece.key is None or piece.key in proven:
            continue
        own = _before(piece.sentences, taken)
        known = bodies.get(piece.key, ())
        if own[: len(known)] == known:
            bodies[piece.key] = own
    return bodies


def _before(sentences: Sequence[str], taken: set[str]) -> tuple[str, ...]:
    """The sentences up to the first one that certainly belongs elsewhere."""
    own: list[str] = []
    for sentence in sentences:
        if sentence in taken:
            break
        own.append(sentence)
    return tuple(own)


def _unplaced(pieces: Sequence[Piece], placed: set[str]) -> list[Paragraph]:
    """The runs of sentences that belong to no number, each in its longest form, once."""
    runs: list[Paragraph] = []
    for piece in pieces:
        open_run = ""
        for sentence in (*piece.sentences, None):
            if sentence is not None and sentence not in placed:
                open_run += sentence
            elif open_run:
                runs.append(Paragraph(open_run, piece.line))
                open_run = ""
    texts = [run.text for run in runs]
    return [
        run
        for index, run in enumerate(runs)
        if run.text not in texts[:index] and not any(run.text in t for t in texts if t != run.text)
    ]


def _ordered(
    pieces: Sequence[Piece], bodies: dict[Key, tuple[str, ...]], firsts: dict[int, int]
) -> list[Paragraph]:
    first_seen = {piece.key: piece for piece in reversed(pieces) if piece.key}
    sections = sorted(key for key in bodies if key[0] == "sec")
    items = sorted(key for key in bodies if key[0] == "item")
    numbers = sorted(key for key in bodies if key[0] == "num")
    holder = _holder(pieces)
    order: list[tuple[Key, str | None]] = []
    for section in sections:
        order.append((section, None))
        if section != holder:
            continue
        order += _inner(items, numbers, firsts, pieces)
    if holder is None:
        order += _inner(items, numbers, firsts, pieces)
    result = []
    for key, resets in order:
        piece = first_seen[key]
        text = "".join(bodies[key])
        if key[0] == "sec" and piece.title and text:
            result.append(Paragraph(piece.marker + piece.title, piece.line, resets=resets))
            result.append(Paragraph(text, piece.line))
        else:
            result.append(Paragraph(piece.marker + piece.title + text, piece.line, resets=resets))
    return result


def _holder(pieces: Sequence[Piece]) -> Key | None:
    """The section 一、 that the （一） stand in: the one directly followed by （一）."""
    for a, b in pairwise(pieces):
        if a.key and b.key == ("item", 1) and a.key[0] == "sec":
            return a.key
    return None


def _inner(
    items: list[Key], numbers: list[Key], firsts: dict[int, int], pieces: Sequence[Piece]
) -> list[tuple[Key, str | None]]:
    """Interleave （一） and 1.; a number whose （一） is not attested resets that rank."""
    adjacent = {
        (a.key[1], b.key[1])
        for a, b in pairwise(pieces)
        if a.key and b.key and a.key[0] == b.key[0] == "num" and b.key[1] == a.key[1] + 1
    }
    starts = {number: item for item, number in firsts.items()}
    order: list[tuple[Key, str | None]] = []
    open_item, previous = None, 0
    for key in numbers:
        number = key[1]
        if number in starts:
            open_item = starts[number]
            order.append((("item", open_item), None))
            order.append((key, None))
        else:
            known = open_item is not None and (
                firsts.get(open_item + 1, 0) > number or (previous, number) in adjacent
            )
            order.append((key, None if known else "item"))
            open_item = open_item if known else None
        previous = number
    order += [(key, None) for key in items if key[1] not in firsts]
    return order


def _gaps(bodies: dict[Key, tuple[str, ...]]) -> list[Finding]:
    findings = []
    for rank in ("sec", "item", "num"):
        present = {number for r, number in bodies if r == rank}
        for n in range(1, max(present, default=0)):
            if n not in present:
                chinese = write_numeral(n)
                marker = {"sec": f"{chinese}、", "item": f"（{chinese}）", "num": f"{n}．"}[rank]
                findings.append(Finding("gap", f"缺号：{marker}"))
    return findings


def _repeats(pieces: Sequence[Piece]) -> list[Finding]:
    seen: set[tuple[Key, str]] = set()
    findings = []
    for piece in pieces:
        if piece.key and (piece.key, piece.title) in seen:
            detail = f"重复出现，只计一次：{piece.marker}{piece.title}"
            findings.append(Finding("repeat", detail, line=piece.line))
        elif piece.key:
            seen.add((piece.key, piece.title))
    return findings
