"""What a site printed around a text that was taken from its page, and what that tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.bracketed import part_brackets
from indexer.clean import Paragraph
from indexer.furniture import is_furniture, is_marginal
from indexer.infoblock import part_info, told_by
from indexer.loaders.base import Told
from indexer.stamps import is_stamp, published_in

__all__ = ["joined", "without_page"]

_HEAD_LINES = 40
#: Lines above and below a text that may be of the page it was copied from.
_MARGIN = 8


def without_page(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], Told]:
    """Part what a site printed around a text from it: furniture, stamps, the block of facts."""
    kept, info = part_info([p for p in paragraphs if not is_stamp(p)])
    kept, said = part_brackets(kept)
    info = joined(info, told_by(said))
    kept = _without_furniture(kept)
    # Where nothing else is there, what a page printed is the text.
    kept = kept or list(paragraphs)
    return kept, replace(info, published=published_in(paragraphs[:_HEAD_LINES]) or info.published)


def joined(first: Told, second: Told) -> Told:
    """What two readings of a page told, the first one first."""
    return Told(
        doc_number=first.doc_number or second.doc_number,
        issued=first.issued or second.issued,
        published=first.published or second.published,
    )


def _without_furniture(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Leave out what a site printed above and below a text that was copied from its page."""
    inside = range(_MARGIN, len(paragraphs) - _MARGIN)
    return [
        p
        for at, p in enumerate(paragraphs)
        if (at in inside or p.row or not (is_furniture(p.text) or is_marginal(p.text)))
    ]
