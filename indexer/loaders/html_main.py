"""Which of a page's blocks are its text: the box that holds it, without menus and share bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from lxml import etree

from indexer.furniture import is_furniture, is_marginal
from indexer.loaders.html_blocks import Block
from indexer.loaders.html_told import is_told
from indexer.loaders.html_walk import count, opens_clause, sentences, squeeze, tag_of

__all__ = ["head_of", "main_blocks", "shown", "without_furniture"]

_STOP = re.compile("[。；;：:！？!?，]")
_LONG = 30
#: What a page lists after its text.
_AFTERWARDS = re.compile(
    r"[【\[]?\s*+(?:相关|更多|推荐|热门|延伸|关联)\s*+"
    r"(?:文档|文件|链接|附件|新闻|信息|文章|阅读|解读|报道|政策|推荐|内容|稿件|专题)+\s*+[】\]]?\s*+[:：]?"
    r"|(?:上|下)一(?:篇|条)\s*+[:：]?.{0,120}|文件下载\s*+[:：]?|附件下载\s*+[:：]?|政策解读\s*+[:：]?|网友评论.*"
)
#: Names that systems give to the boxes around a text. They count only where little text is inside.
_SIDE = re.compile(
    r"(?:^|[\s_-])(?:crumbs?|breadcrumbs?|curm?b|share\w*|bdshare\w*|bdsharebuttonbox|print|qrcode|ewm|foot"
    r"|footer\w*|copyright\w*|navi?|nav\w*bar|menu|xgfj|xgwz\w*|xgxw|relat\w*|recommend|sidebar|toolbar"
    r"|fontsize|font-size|pagination|backtop|gotop|comment\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
#: Boxes that a text may fill alone; a paragraph or a list in a box is not the box.
_NO_BOX = (
    "p", "li", "ul", "ol", "dl", "dt", "dd", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip
_SPARED, _MOST_SPARED = 0.05, 0.3
_MINOR = 0.1
_LINKED = 0.7


def shown(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks that a reader sees; all of them where the page hides its main text."""
    visible = [block for block in blocks if not block.hidden]
    known = {part for block in visible for part in sentences(block.text)}
    news = (p for block in blocks if block.hidden for p in sentences(block.text) if p not in known)
    if sum(map(count, dict.fromkeys(news))) <= sum(_masses(visible)):
        return tuple(visible)
    return tuple(replace(block, hidden=False) for block in blocks)


def _masses(blocks: Sequence[Block]) -> list[int]:
    """How much of a text each block is: sentences, clauses and entries, told once."""
    seen, masses = set[str](), list[int]()
    for block in blocks:
        words = squeeze(block.text)
        fresh = words not in seen
        seen.add(words)
        masses.append(_mass(block) if fresh else 0)
    return masses


def _mass(block: Block) -> int:
    # The name of a page stands in its head, whatever it holds: it makes no box of the text.
    if tag_of(block.element) == "title":
        return 0
    text = "".join(dict.fromkeys(block.row.cells)) if block.row else block.text
    marginal = not block.row and is_marginal(text)
    if marginal or _is_furniture(block) or is_told(block):
        return 0
    size = count(text) - block.linked
    prose = block.row or size >= _LONG or _STOP.search(text) or opens_clause(text)
    return max(size, 0) if prose else 0


def _is_furniture(block: Block) -> bool:
    return not block.row and is_furniture(block.text)


def main_blocks(root: etree._Element, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of the smallest box that holds nearly all of a page's text."""
    masses, links = _sums(root, blocks)
    total = masses[root]
    box = root
    # What stands above a table of entries names it; the table alone is not the text.
    tables = {block.element for block in blocks if block.row}
    while (child := _heaviest(box, masses)) is not None and child not in tables:
        lost, shed = masses[box] - masses[child], links[box] - links[child]
        # Menus and teasers beside a text are links; a second half of the text is not.
        spared = max(_SPARED * total - (total - masses[box]), min(shed / 2, _MOST_SPARED * total))
        if lost > spared:
            break
        box = child
    side = _side_boxes(box, masses)
    inside = set(box.iter())
    return tuple(b for b in blocks if b.element in inside and b.element not in side)


def _sums(
    root: etree._Element, blocks: Sequence[Block]
) -> tuple[dict[etree._Element, int], dict[etree._Element, int]]:
    masses = dict.fromkeys(root.iter(), 0)
    links = dict.fromkeys(masses, 0)
    for block, mass in zip(blocks, _masses(blocks), strict=True):
        masses[block.element] += mass
        links[block.element] += block.linked
    for element in reversed(masses):
        if (parent := element.getparent()) is not None:
            masses[parent] += masses[element]
            links[parent] += links[element]
    return masses, links


def _heaviest(box: etree._Element, masses: dict[etree._Element, int]) -> etree._Element | None:
    children = [child for child in box if tag_of(child) not in _NO_BOX]
    child = max(children, key=masses.__getitem__, default=None)
    return child if child is not None and masses[child] else None


def _side_boxes(
    box: etree._Element, masses: dict[etree._Element, int]
) -> frozenset[etree._Element]:
    """The elements inside boxes that are named as no part of the text."""
    side, inside = 0, set[etree._Element]()
    for element in box.iterdescendants():
        named = (element.get(name, "") for name in ("class", "id"))
        if element not in inside and any(map(_SIDE.search, named)):
            side += masses[element]
            inside.update(element.iter())
    # Where much stands in them, the names mean something else here.
    return frozenset(inside if side < _MINOR * masses[box] else ())


def without_furniture(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Drop what a page prints around its text, and what it lists after it."""
    kept = [block for block in blocks if not _is_furniture(block)]
    filled = [at for at, block in enumerate(kept) if _mass(block)] or [0]
    inside = range(filled[0], filled[-1] + 1)
    kept = [b for at, b in enumerate(kept) if at in inside or not is_marginal(b.text)]
    kept = kept[next((at for at, block in enumerate(kept) if not _is_link(block)), 0) :]
    return tuple(kept[: _end(kept)])


def _end(blocks: Sequence[Block]) -> int:
    """Where a text ends: before a list of links under a heading, or links that name no annex."""
    end, prose, links = len(blocks), 0, 0
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        prose, links = prose + _mass(block), links + block.linked
        if prose > links:
            break
        listed = not block.row and _AFTERWARDS.fullmatch(block.text)
        if listed or (end == at + 1 and _is_link(block) and not block.files):
            end = at
    return end


def _is_link(block: Block) -> bool:
    """Whether a line is a link and little else; 附件1 may be one and is part of the text."""
    linked = block.linked and block.linked >= _LINKED * count(block.text)
    part = block.row or block.text.startswith("附件") or opens_clause(block.text)
    return bool(linked) and not part


def head_of(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return what stands before the first sentence of a text."""
    return tuple(takewhile(lambda block: block.row or not _mass(block), blocks))
