"""Pages of government sites, as saved or fetched: the text without what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from corpus.errors import LoadError
from corpus.outline import Finding
from indexer.loaders.base import Line, Source, Style
from indexer.loaders.html_blocks import Block, read_blocks
from indexer.loaders.html_main import head_of, main_blocks, shown, without_furniture
from indexer.loaders.html_page import decode_page, parse_page
from indexer.loaders.html_repeat import stands_elsewhere, without_repeats
from indexer.loaders.html_told import pairs_of, tell, title_block
from indexer.loaders.html_walk import squeeze, tag_of

__all__ = ["load_html"]

#: The title stands among the first lines of a text, or above it.
_HEAD = 15
_MOST_TITLE_LINES = 6
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST_HEADING = 80
_PRINTED_TWICE = (
    "网页把一段相同的正文印了两遍，只计一次 / the page prints a passage twice; it counts once"
)
_OTHER_COPY = (
    "网页另有一份相同的正文，只计一次 / the page holds a second copy of the text; it counts once"
)
_MOST_ATTACHMENTS, _MOST_REPEATS = 20, 5


def load_html(path: Path) -> Source:
    """Read a page: its main text, what it tells of the document, and what it repeats."""
    root = parse_page(decode_page(path.read_bytes(), path.name), path.name)
    blocks = read_blocks(root)
    seen = shown(blocks)
    box = main_blocks(root, seen)
    above = seen[: seen.index(box[0])] if box else ()
    pairs, taken = pairs_of((*above, *head_of(box)))
    text, dropped = without_repeats(without_furniture([b for b in box if b not in taken]))
    title = title_block(root, (*above, *text[:_HEAD]))
    if not text:
        raise LoadError(f"网页没有正文 / the page holds no text: {path.name}", field="file")
    told = tell(root, pairs, title.text if title else None)
    lines = _lines(text, title)
    findings = (*_repeats(blocks, box, lines, dropped), *_attachments(seen))
    return Source(lines, told, findings)


def _lines(text: Sequence[Block], title: Block | None) -> tuple[Line, ...]:
    """Number the lines, the title first: as the text prints it, else as the page does."""
    text, titled = _with_title(text, title)
    return tuple(
        Line(
            block.text,
            at + 1,
            starts=at == 0 or at not in titled or at - 1 not in titled,
            row=block.row,
            style="title" if at in titled else _heading(block),
        )
        for at, block in enumerate(text)
    )


def _heading(block: Block) -> Style | None:
    marked = tag_of(block.element) in _HEADINGS and not block.row
    return "heading" if marked and len(block.text) <= _LONGEST_HEADING else None


def _with_title(text: Sequence[Block], title: Block | None) -> tuple[Sequence[Block], range]:
    """Return the text with its title printed once, and which of its blocks are the title."""
    if title is None:
        return text, range(0)
    words = squeeze(title.text)
    rest = [block for block in text if block is not title]
    head = list(takewhile(lambda block: "。" not in block.text, rest[:_HEAD]))
    for start in range(len(head)):
        for end in range(start + 1, min(start + _MOST_TITLE_LINES, len(head)) + 1):
            if squeeze("".join(block.text for block in head[start:end])) == words:
                return rest, range(start, end)
    if words in squeeze("".join(block.text for block in head)):
        return rest, range(0)
    if len(rest) < len(text):
        at = next(at for at, block in enumerate(text) if block is title)
        return text, range(at, at + 1)
    return (title, *text), range(1)


def _repeats(
    blocks: Sequence[Block], main: Sequence[Block], lines: Sequence[Line], dropped: Sequence[int]
) -> Iterator[Finding]:
    for at in dropped[:_MOST_REPEATS]:
        line = lines[min(at, len(lines) - 1)].number
        yield Finding("repeat", _PRINTED_TWICE, line=line)
    inside = {block.element for block in main}
    others = [block for block in blocks if block.element not in inside]
    if not dropped and stands_elsewhere(main, others):
        yield Finding("repeat", _OTHER_COPY, line=1)


def _attachments(blocks: Sequence[Block]) -> Iterator[Finding]:
    names = dict.fromkeys(block.text for block in blocks if block.files and not block.row)
    for name in list(names)[:_MOST_ATTACHMENTS]:
        yield Finding(
            "attachment",
            f"网页另附文件，其内容不在正文中：{name[:100]} / an attached file is not part of the text",
        )
