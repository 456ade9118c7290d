"""Where the lines of a title part: several issuers one under the other, a contents heading below."""

from __future__ import annotations

import re

__all__ = ["heads_another_part", "heads_collection", "parts_issuers", "parts_title"]

# Takes 市财政局 and 市财政局关于…, the line of a joint notice's title that names one issuer; refuses
# 办公室关于…, which goes on with the name on the line above.
_ISSUER = re.compile(
    r"(?:中共)?(?!办公)[^关《（]{2,28}?(?:政府|委员会|办公厅|办公室|总局|厅|局|部|院|委|会|行|署)"
    r"(?=$|\s|关于|印发)"
)
_COLLECTION = re.compile(r"(?:汇编|选编|合编)(?:[（(][^（）()]*[）)])?$")
#: What stands in the type of a title and heads a part of its own.
_OTHER = re.compile(r"目\s*[录次]|前\s*言|序\s*言|引\s*言|导\s*语")


def parts_issuers(above: str, below: str) -> bool:
    """Whether two lines of a title each name an issuer, so that a blank parts them.

    >>> parts_issuers("某市科技局", "某市财政局关于……的通知"), parts_issuers("某市政府", "办公室关于…")
    (True, False)
    """
    match = _ISSUER.match(above)
    return bool(match and match.end() == len(above.rstrip()) and _ISSUER.match(below))


def parts_title(above: str, below: str) -> bool:
    """Whether a line in the type of a title does not go on with the line above it."""
    return (
        heads_collection(above)
        or heads_another_part(below)
        or parts_issuers(above.strip(), below.strip())
    )


def heads_collection(text: str) -> bool:
    """Whether a title is that of a collection: the next title is that of its first text."""
    return bool(_COLLECTION.search(text.strip()))


def heads_another_part(text: str) -> bool:
    """Whether a line in the type of a title begins the contents or a preface."""
    return bool(_OTHER.fullmatch(text.strip()))
