"""Who issued a document: who signed it, else whom its title or its 文号 names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.clean import Paragraph
from indexer.dates import DAY
from indexer.docnumbers import order_issuer
from indexer.signature import is_signature

__all__ = ["issuers_of"]

#: What stands before a name on its line: 咨询电话：（010）12345678某区劳动鉴定中心.
_NAME = re.compile(r"^.*[：:\d]\s*|^\s+|\s+$")
_ORGAN_ENDS = "局委会厅部室府院署"


def issuers_of(
    title: str, signed: Sequence[Paragraph], doc_number: str | None = None
) -> tuple[str, ...]:
    """Return the issuers of a document, as its signature or its title names them."""
    # 某市人民政府办公厅 2024年12月4日 on one line names the issuer too.
    names = [_NAME.sub("", re.sub(DAY, "", p.text)) for p in signed if is_signature(p.text)]
    names = [name for text in names if not text.startswith(("（", "(")) for name in text.split()]
    if not names and (
        match := re.match(
            rf"(\S{{3,40}}?(?:\s\S{{3,40}}?){{0,8}})(?=关于|印发|(?<=[{_ORGAN_ENDS}行])转发)", title
        )
    ):
        names = re.split(r"[\s、]+", match[1])
    if not names and (issuer := order_issuer(doc_number)):
        names = [issuer]
    return tuple(dict.fromkeys(part for name in names for part in _parted(name)))


def _parted(name: str) -> Iterator[str]:
    """Part names that were run together, where each begins with the same place.

    >>> list(_parted("花溪区财政局花溪区农业农村局"))
    ['花溪区财政局', '花溪区农业农村局']
    """
    yield from re.split(rf"(?<=[{_ORGAN_ENDS}])(?={re.escape(name[:3])})", name)
