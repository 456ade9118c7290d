"""The lines under a document: issuers, 成文日期, release note (此件公开发布)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.clean import Paragraph
from indexer.dates import DAY, is_day

__all__ = ["is_contact", "is_signature", "signatures_of", "without_signature"]

_RELEASE = re.compile(
    r"[（(]此件[^）)]{2,12}[）)]|[（(](?:主动|依申请|不予)公开[）)]|[（(]公开属性[:：]?[^）)]{2,10}[）)]"
)
_ORGAN = r"\S*+(?:(?<=[厅局部委署院会])|(?<=政府|银行|中心|党组|集团|公司)|(?<=办公室))"
_ISSUER = re.compile(rf"{_ORGAN}(?:\s{_ORGAN})*")
#: 重庆市人民政府办公厅 2024年12月4日 on one line.
_WITH_DAY = re.compile(
    rf"\S{{4,40}}(?:\s\S{{2,16}})?(?:厅|府|会|局|部|室|院|行|委|署|中心|小组|集团|公司)\s*{DAY}"
)
#: The imprint at the very end: 抄送：…, …办公厅 2024年1月2日印发, 公开方式：主动公开.
_IMPRINT = re.compile(
    rf"抄\s*+送\s*+[：:].{{0,200}}|(?:\S{{2,30}}\s*+)?{DAY}\s*+印发|(?:公开方式|公开属性|信息公开选项)?\s*+[：:]?\s*+(?:主动|依申请|不予)公开"
    r"|[（(]?联系人[：:].{0,60}"
)
#: Whom to ask, below a text: 联系人：…, 联系电话：…, （联系人：…；电话：…）.
_CONTACT = re.compile(
    r"[（(]?(?:联\s*系\s*(?:人|电\s*话|方\s*式|地\s*址|单\s*位|处\s*室)(?:及\S{2,6})?|咨询(?:电话|方式|邮箱)|监督(?:举报)?电话"
    r"|(?:电子)?邮\s*箱|传\s*真|电\s*话|通讯地址|邮政编码|邮\s*编)\s*[：:].{0,120}"
)
#: The name of an attached file, or several on one line: 附件：1.申请表.docx 2.承诺书.docx.
_ATTACHED = re.compile(r"附件\s*+[0-9]?[:：.．]?[^。；]{2,120}|\d{1,2}\s*+[.．、][^。；]{2,60}")
_PRINTED = re.compile(rf"{DAY}\s*印发")
_LONGEST = 40
#: Who signs an order: 市长　周某某, 部长 李某.
_SIGNED = re.compile(
    r"(?:[省市县区州]长|主席|总理|部长|主任|局长|厅长|署长|行长)[\s\u3000]*\S{2,4}(?:\s\S{1,2})?"
)
#: Lines among which the signature of a notice in front of its text stands.
_AMONG = 40


def is_signature(text: str) -> bool:
    """Whether a line is the issuer, the date or the release note under a document."""
    if is_day(text) or _RELEASE.fullmatch(text) or _WITH_DAY.fullmatch(text):
        return True
    return (
        len(text) <= _LONGEST
        and not re.search("[。；：，]", text)
        and bool(_ISSUER.fullmatch(text))
    )


def is_contact(text: str) -> bool:
    """Whether a line says whom to ask: it belongs to the whole text, not to its last item."""
    return bool(_CONTACT.fullmatch(text))


def without_signature(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph]]:
    """Part a text into its body, its signature, and the imprint below that."""
    end = _above_attached(paragraphs)
    attached = list(paragraphs[end:])
    while end and not paragraphs[end - 1].row and _is_imprint(paragraphs, end - 1):
        end -= 1
    imprint = end
    while end and not paragraphs[end - 1].row and is_signature(paragraphs[end - 1].text):
        end -= 1
    signed = paragraphs[end:imprint]
    dated = any(re.search(DAY, p.text) or _RELEASE.fullmatch(p.text) for p in signed)
    # Names alone, several of them, may be the last entries of a list.
    if not dated and len(signed) > 1:
        end = imprint
    last = len(paragraphs) - len(attached)
    body = [*paragraphs[:end], *attached]
    return body, list(paragraphs[end:imprint]), list(paragraphs[imprint:last])


def _above_attached(paragraphs: Sequence[Paragraph]) -> int:
    """Where the names of attached files begin that stand below a dated signature, else the end."""
    end = len(paragraphs)
    while end and not paragraphs[end - 1].row and _ATTACHED.fullmatch(paragraphs[end - 1].text):
        end -= 1
        if paragraphs[end].text.startswith("附件"):
            break
    else:
        return len(paragraphs)
    return end if end and re.search(rf"{DAY}$", paragraphs[end - 1].text) else len(paragraphs)


def signatures_of(signed: list[Paragraph], paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines of a signature; where they name no day, also those of a notice in front."""
    if any(re.search(DAY, p.text) for p in signed):
        return signed
    return [*signed, *_signature_within(paragraphs)]


def _signature_within(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """An issuer, or who signed an order, and a day behind the first lines of a text."""
    for before, paragraph in pairwise(paragraphs[:_AMONG]):
        if before.row or paragraph.row or not is_day(paragraph.text):
            continue
        if is_signature(before.text) or _SIGNED.fullmatch(before.text):
            return [before, paragraph] if is_signature(before.text) else [paragraph]
    return []


def _is_imprint(paragraphs: Sequence[Paragraph], index: int) -> bool:
    text = paragraphs[index].text
    if _IMPRINT.fullmatch(text):
        return True
    # The office that had it printed stands on a line of its own above …印发.
    below = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
    return (
        bool(_PRINTED.fullmatch(below)) and bool(_ISSUER.fullmatch(text)) and len(text) <= _LONGEST
    )
