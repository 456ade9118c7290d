"""Where a further document begins in a file: behind a signature, or a text published anew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numbering import STATUTE, read_label
from indexer.clean import Paragraph
from indexer.dates import DAY
from indexer.docnumbers import is_number_line
from indexer.headmatter import is_enactment
from indexer.signature import is_signature
from indexer.titlelines import heads_collection
from indexer.titles import is_title_line, join_title, names_itself, same_title

__all__ = ["further_texts"]

_MOST_TITLE_LINES = 4
#: Lines between the title of a text and its first article: enactment, contents, chapter.
_MOST_BETWEEN = 4
_DATED = re.compile(rf"{DAY}\s*(?:印发)?$|^[（(]此件")
_ADDRESSED = re.compile(r"[^。；《》]{2,150}[：:]")


def further_texts(paragraphs: Sequence[Paragraph], carried: str | None) -> frozenset[int]:
    """Return where further documents begin; the text that a notice carries is none.

    A collection holds several, each under its title. Elsewhere one begins behind the signature
    of another, with a title and a 文号 or addressees; or it is the text that a decision amends,
    published anew behind it under the title that it names.
    """
    found = set[int]()
    collection = any(heads_collection(p.text) for p in paragraphs[:3] if not p.row)
    named = set[str]()
    numbered = False
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if paragraph.row:
            continue
        dated = index > 0 and _is_dated(paragraphs[index - 1])
        likely = dated or collection or (numbered and named)
        if likely and (title := _title_at(paragraphs, index, carried)):
            end, words = title
            articles = _first_article_near(paragraphs, end)
            headed = _headed(paragraphs, end)
            anew = numbered and words in named and articles
            if (dated and headed) or (collection and (articles or headed)) or anew:
                found.add(index)
        if "《" in text:
            names = re.findall(r"《([^《》]{4,80})》", text)
            named.update(re.sub(r"\s", "", name) for name in names)
        numbered = numbered or _opens_section(text)
    return frozenset(found)


def _opens_section(text: str) -> bool:
    label = None if text.startswith("第") else read_label(text, STATUTE)
    return label is not None and label.rank == "sec"


def _title_at(
    paragraphs: Sequence[Paragraph], index: int, carried: str | None
) -> tuple[int, str] | None:
    """The end of the title that begins here and its words, if one does."""
    if not index or not is_title_line(paragraphs[index].text):
        return None
    if is_signature(paragraphs[index].text):
        return None
    end = index
    while end < min(len(paragraphs), index + _MOST_TITLE_LINES) and _goes_on(paragraphs[end]):
        end += 1
    if heads_collection(paragraphs[index].text):
        return None
    title = join_title(paragraphs[index:end])
    words = re.sub(r"\s", "", title)
    if not names_itself(title) or len(words) < 6 or (carried and same_title(title, carried)):
        return None
    return end, words


def _goes_on(paragraph: Paragraph) -> bool:
    text = paragraph.text
    plain = not (paragraph.row or is_enactment(text) or is_number_line(text))
    return plain and is_title_line(text)


def _is_dated(paragraph: Paragraph) -> bool:
    return not paragraph.row and len(paragraph.text) < 60 and bool(_DATED.search(paragraph.text))


def _headed(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a 文号 or addressees stand under a title."""
    below = paragraphs[index].text if index < len(paragraphs) else ""
    return is_number_line(below) or bool(_ADDRESSED.fullmatch(below))


def _first_article_near(paragraphs: Sequence[Paragraph], index: int) -> bool:
    for paragraph in paragraphs[index : index + _MOST_BETWEEN]:
        label = None if paragraph.row else read_label(paragraph.text, STATUTE)
        if label and label.rank == "art":
            return label.number == 1
        if not (label or is_enactment(paragraph.text) or is_number_line(paragraph.text)):
            return False
    return False
