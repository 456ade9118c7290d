"""What a page tells of its document beside the text: head, metadata block, title line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from lxml import etree

from indexer.loaders.base import Row, Told
from indexer.loaders.html_blocks import Block
from indexer.loaders.html_walk import collapse, count, squeeze, tag_of

__all__ = ["is_told", "pairs_of", "tell", "title_block"]

#: The names that catalogues of government information give to what they tell, without blanks.
_LABELS = {
    "title": ("标题", "名称", "信息名称", "文件名称", "公文名称", "文件标题", "公文标题"),
    "doc_number": ("文号", "发文字号", "发文文号", "公文文号", "文件编号", "公文编号", "文件字号", "发文号", "公文字号"),
    "issuers": ("发文机关", "发文机构", "发文单位", "制定机关", "制发机关", "印发机关", "联合发文单位"),
    "publisher": ("发布机构", "发布机关", "发布单位", "公开机构"),
    "issued": ("成文日期", "成文时间", "印发日期", "印发时间", "发文日期", "发文时间", "签发日期", "生成日期", "制发日期"),
    "published": ("发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "发表时间"),
    "": (
        "索引号", "统一编号", "主题分类", "体裁分类", "组配分类", "信息分类", "分类", "服务对象分类", "公文种类", "文种",
        "主题词", "关键词", "内容概述", "公开方式", "公开类别", "公开范围", "公开属性", "公开形式", "有效性", "时效性", "时效",
        "文件状态", "效力状态", "是否有效", "生效日期", "生效时间", "实施日期", "施行日期", "失效日期", "失效时间", "废止日期",
        "废止时间", "有效期", "有效期限", "来源", "信息来源", "责任部门", "信息索引号", "登记号", "统一登记编号", "语种",
    ),
}  # fmt: skip
_FIELD = {label: field for field, labels in _LABELS.items() for label in labels}
_SPACED = "|".join(r"\s*".join(label) for label in sorted(_FIELD, key=len, reverse=True))
#: Takes 索 引 号：, 文　　号:, 【成文日期】; refuses 文号登记办法, 来源于.
_MARKED = re.compile(rf"[\[【〔]?\s*({_SPACED})\s*(?:[\]】〕]?\s*[:：]|[\]】〕])\s*")
_BARE = re.compile(rf"\s*({_SPACED})\s*[:：]?\s*")
#: Several pairs on one line part where the next label begins.
_NEXT = re.compile(rf"(?<=\s)(?=[\[【]?\s{{0,8}}(?:{_SPACED})\s*+[\]】]?\s*+[:：])")
_NUMBER = re.compile(r"\S*\s*+[〔\[【(（]?\s*+(?:19|20)\d{2}.*号|\S+第\s*\d+\s*号")
_NOTHING = re.compile(r"[\s无暂/\\—\-–]*")
_DATE = re.compile(
    r"((?:19|20)\d{2})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})|((?:19|20)\d{2})([01]\d)([0-3]\d)"
)
#: Sites add their name to a title, before or behind it, with a dash, a bar or an underscore; a
#: dash may stand in the title too: 三年行动计划（2022—2024年）.
_TAIL = re.compile(r"(?P<rest>.*\S)\s*+[-–—_|｜>]\s*(?P<site>[^-–—_|｜>]{2,40})")
_LEAD = re.compile(r"(?P<site>[^-–—_|｜>]{2,40}?)\s{0,40}+(?:[-–—_|｜>]++)\s*+(?P<rest>\S.*)")
_MOST_PARTS = 6
_SITE = re.compile(
    r"网站|门户|政府网|信息公开|平台|网$|(?:人民政府|委员会|局|厅|部)$|首页"
    r"|^(?:政务公开|政策文件|通知公告|最新政策|规范性文件|(?:部门|政府|国务院)文件|政策法规|法规|规章)$"
)
_TITLE_TAGS = ("ucaptitle", "h1", "h2")
_LONGEST_TITLE = 200
_SHORTEST_NAME = 3


def is_told(block: Block) -> bool:
    """Whether a block is part of a metadata block, such as 文　号：某府办〔2024〕1号."""
    return bool(_of_row(block.row)) if block.row else bool(_MARKED.match(block.text))


def pairs_of(blocks: Sequence[Block]) -> tuple[dict[str, str], frozenset[Block]]:
    """Return what the metadata block tells, by field, and the blocks that it takes up."""
    told, taken = dict[str, str](), set[Block]()
    waiting = ""
    for block in blocks:
        pairs, after = (_of_row(block.row), "") if block.row else _of_line(block, waiting)
        if pairs or after:
            taken.add(block)
        for label, value in pairs:
            if value and not _NOTHING.fullmatch(value):
                told.setdefault(_FIELD[squeeze(label)], value)
        waiting = after
    return told, frozenset(taken)


def _of_row(row: Row) -> list[tuple[str, str]]:
    """Read a row of labels and values in turn; a row of labels names the columns of a list."""
    cells = [cell for cell, _ in groupby(row.cells)]
    labels = [_BARE.fullmatch(cell) for cell in cells]
    stray = any(
        cell.strip() and not label and not (at and labels[at - 1])
        for at, (cell, label) in enumerate(zip(cells, labels, strict=True))
    )
    marked = any(label and _MARKED.match(cell) for cell, label in zip(cells, labels, strict=True))
    if stray or not any(labels) or (any(labels[1::2]) and not marked):
        return []
    behind = zip(labels, [*zip(cells, labels, strict=True)][1:], strict=False)
    return [(label[1], "" if other else value) for label, (value, other) in behind if label]


def _of_line(block: Block, waiting: str) -> tuple[list[tuple[str, str]], str]:
    """Read the pairs of a line; a label alone waits for the line behind it."""
    pairs = list[tuple[str, str]]()
    for part in _NEXT.split(block.text):
        if match := _MARKED.match(part):
            pairs.append((match[1], collapse(part[match.end() :])))
    if pairs:
        return pairs, "" if pairs[-1][1] else pairs[-1][0]
    if tag_of(block.element) in ("td", "th", "dt") and (bare := _BARE.fullmatch(block.text)):
        return [], bare[1]
    return ([(waiting, block.text)], "") if waiting else ([], "")


def tell(root: etree._Element, pairs: dict[str, str], printed: str | None) -> Told:
    """Join what the head of a page says with its metadata block; ``printed`` is its title line."""
    metas = _metas(root)
    title = metas.get("articletitle") or pairs.get("title") or printed or _page_title(root, metas)
    number = pairs.get("doc_number", "")
    published = _as_date(metas.get("pubdate", "")) or _as_date(pairs.get("published", ""))
    return Told(
        title or None,
        number if _NUMBER.match(number) else None,
        _issuers(pairs, metas.get("contentsource", ""), title or ""),
        _as_date(pairs.get("issued", "")),
        published,
    )


def _metas(root: etree._Element) -> dict[str, str]:
    metas = ((e.get("name", "").lower(), collapse(e.get("content", ""))) for e in root.iter("meta"))
    return {name: content for name, content in metas if name and content}


def _issuers(pairs: dict[str, str], source: str, title: str) -> tuple[str, ...]:
    names = _names(pairs.get("issuers", ""))
    # Whoever puts a text on a site is its issuer where the title names nobody else, and what a
    # page gives as its source only where the title names it: it may be a newspaper.
    if not names and (stated := _names(pairs.get("publisher", ""))):
        named = title.partition("关于")[0] if "关于" in title else ""
        names = stated if not named or any(name in named for name in stated) else ()
    if not names and count(source) >= _SHORTEST_NAME and title.startswith(source):
        names = (source,)
    return names


def _names(text: str) -> tuple[str, ...]:
    names = re.split(r"[\s,，、;；]+", text)
    return tuple(dict.fromkeys(name for name in names if count(name) >= _SHORTEST_NAME))


def _page_title(root: etree._Element, metas: dict[str, str]) -> str:
    element = next(root.iter("title"), None)
    text = collapse("".join(map(str, element.itertext()))) if element is not None else ""
    site = metas.get("sitename", "")
    for _ in range(_MOST_PARTS):
        text = _without_site(text, _TAIL.fullmatch(text), site)
        text = _without_site(text, _LEAD.fullmatch(text), site)
    return max(re.split(r"[_|｜]+", text), key=len).strip()


def _without_site(text: str, parted: re.Match[str] | None, site: str) -> str:
    if parted and (parted["site"].strip() == site or _SITE.search(parted["site"])):
        return parted["rest"].strip()
    return text


def _as_date(text: str) -> date | None:
    match = _DATE.search(text)
    if not match:
        return None
    year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def title_block(root: etree._Element, blocks: Sequence[Block]) -> Block | None:
    """Find the line of a page that prints its title, among the blocks before its text."""
    metas = _metas(root)
    wanted = {squeeze(metas.get("articletitle", "")), squeeze(_page_title(root, metas))}
    for block in blocks:
        if len(words := squeeze(block.text)) > 3 and words in wanted and not block.linked:
            return block
    page = squeeze("".join(str(t) for e in root.iter("title") for t in e.itertext()))
    for tag in _TITLE_TAGS:
        for block in blocks:
            words = squeeze(block.text)
            marked = tag_of(block.element) == tag and 4 <= len(words) <= _LONGEST_TITLE
            named = words in page or (tag != "h2" and not _SITE.search(block.text))
            if marked and named and not block.linked:
                return block
    return None
