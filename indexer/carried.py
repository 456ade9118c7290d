"""The text that a notice carries: where it begins, and its title as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numbering import STATUTE, read_label
from indexer.clean import Paragraph
from indexer.dates import first_day
from indexer.signature import is_signature
from indexer.titles import carried_by, is_title_line, join_title, same_title

__all__ = ["carried_at", "carried_name"]

#: Lines among which the title of a carried text stands.
_HEAD_LINES = 40
_ORDER = re.compile(
    r"令\s*+(?:[〔（(\[]\s*+\d{4}\s*+[〕）)\]])?\s*+(?:[（(]?\s*+第?\s*+\S{1,8}\s*+号\s*+[）)]?)?$"
)
_PUBLISHED = re.compile(
    r"(?:现(?:公布|发布)|现将)?《(?P<title>[^《》]{4,80})》[^。]{0,80}(?:公布|发布|施行)"
)


def carried_at(title: str, paragraphs: Sequence[Paragraph]) -> tuple[int, int] | None:
    """Find the title lines of the carried text: the indices of its first line and of its end.

    Where it has none, its text begins with the first article behind the notice's signature.
    """
    wanted = carried_by(title) or _ordered(title, paragraphs)
    if not wanted:
        return None
    for start in range(min(len(paragraphs), _HEAD_LINES)):
        first = paragraphs[start]
        if first.row or is_signature(first.text) or not is_title_line(first.text):
            continue
        # The longest fit: its last line may only tell the version (2024年版).
        for end in range(min(start + 4, len(paragraphs)), start, -1):
            if same_title("".join(p.text for p in paragraphs[start:end]), wanted):
                return start, end
    texts = [p.text for p in paragraphs[:_HEAD_LINES]]
    dated = (i for i, text in enumerate(texts) if is_signature(text) and first_day(text))
    behind = next(dated, len(paragraphs)) + 1
    if behind < len(paragraphs) and _begins_body(paragraphs[behind].text):
        return behind, behind
    return None


def _ordered(title: str, paragraphs: Sequence[Paragraph]) -> str | None:
    """The title of the text that an order publishes: 《…》已经…通过，现予公布."""
    if not _ORDER.search(title):
        return None
    return next((m["title"] for p in paragraphs[:6] if (m := _PUBLISHED.match(p.text))), None)


def _begins_body(text: str) -> bool:
    """Whether a paragraph is the first of a carried text: 第一章, 第一条, 一、."""
    label = read_label(text, STATUTE)
    return label is not None and label.number == 1 and label.rank in ("章", "art", "sec")


def carried_name(
    title: str, paragraphs: Sequence[Paragraph], carried: tuple[int, int] | None
) -> str:
    """The title of the text itself: the carried one's, as printed or as the notice names it."""
    if carried is None:
        return title
    printed = join_title(paragraphs[carried[0] : carried[1]])
    return printed or carried_by(title) or _ordered(title, paragraphs) or title
