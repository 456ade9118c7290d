"""Places that a question names beside the one whose rules it asks for: where somebody travels to,
lives, comes by."""

from __future__ import annotations

import re

__all__ = ["is_beside", "is_venue"]

_LEVEL = "(?:省|市|区|县|新区|那边|这边|那里|当地)?"
#: Who settles there asks for the rules there.
_SETTLES = "落户|投资|办厂|建厂|设厂|开厂|注册|开公司|设公司|创业|发展|设立|新建|买房|购房|上班|就业|工作|入学|上学|读书"
_OWN = "补|奖|贴|政策|办法|规定|标准|措施|多少|几|给|有没有|怎么|如何"
_SIDE = "和|跟|与|同|比|还是|、|或"


def is_venue(place: str, text: str) -> bool:
    """Whether a text names a place as where an exhibition is held.

    >>> is_venue("广州", "参加广州、上海的国内展，展位费补多少"), is_venue("广州", "广州的展位费补多少")
    (True, False)
    """
    name = re.escape(place)
    return bool(
        re.search(
            rf"(?:参加|[去赴到])[^，。；？?]{{0,8}}?{name}[^，。；？?]{{0,10}}(?:参展|展会|博览会|交易会|展(?![位厅区]))",
            text,
        )
    )


def is_beside(place: str, text: str) -> bool:
    """Whether a text that asks of another place names this one only as a circumstance.

    Not where its rules are asked for in the same breath, where somebody settles there, or where it
    stands beside another place as its like.

    >>> is_beside("北京", "襄阳市直单位的人去北京出差，伙食补多少"), is_beside("北京", "襄阳和北京哪个高")
    (True, False)
    >>> is_beside("成都", "我们重庆公司去成都投资，有什么支持"), is_beside("成都", "重庆企业，成都创新药补多少")
    (False, False)
    """
    name = re.escape(place)
    return not re.search(
        rf"{name}{_LEVEL}[^，,。；？?]{{0,30}}?(?:{_OWN})"
        rf"|{name}{_LEVEL}(?:{_SIDE}|呢)|(?:{_SIDE}){name}"
        rf"|(?:{_SETTLES})[在到去至]?{name}|{name}{_LEVEL}[^，,。；？?]{{0,4}}?(?:{_SETTLES})"
        rf"|(?:换成|放在|搬到|迁到|迁往|转到|落户){name}",
        text,
    )
