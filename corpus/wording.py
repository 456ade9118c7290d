"""The only place that writes an address the way a Chinese official would."""

from __future__ import annotations

from corpus.address import ClausePath, Step
from corpus.numbering import HEADINGS
from corpus.numerals import write_numeral

__all__ = ["label", "reference"]

_FIXED = {"notice": "通知正文", "opening": "开头段", "closing": "结尾段", "passage": "文中段落"}
#: Ranks whose label is a frame around the number in Chinese, or in digits.
_CHINESE = {
    "book": "第{}编", "vol": "第{}篇", "subbook": "第{}分编", "part": "第{}部分", "chap": "第{}章",
    "sect": "第{}节", "sec": "{}、", "text": "第{}篇",
}  # fmt: skip
_DIGITS = {
    "num": "第{}项", "sub": "第{}目", "subnum": "（{}）", "half": "{}）", "annex": "附件{}", "group": "第{}组",
    "qa": "第{}问", "measure": "第{}项措施", "cell": "第{}栏", "table": "表{}", "row": "第{}行",
}  # fmt: skip
#: ① to ⑳; beyond them a number stands in brackets.
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def label(path: ClausePath) -> str:
    """Write a path as its label.

    >>> [label(ClausePath.parse(p)) for p in ("art4.item1", "item10", "sec4.item2", "num19")]
    ['第四条第（一）项', '第（十）条', '四、（二）', '第19项']
    """
    words = ""
    for position, step in enumerate(path.steps):
        words += _step_label(step, path.steps[:position])
    return words


def _step_label(step: Step, above: tuple[Step, ...]) -> str:
    if step.rank in _FIXED:
        return _FIXED[step.rank]
    ranks = [outer.rank for outer in above]
    chinese = _numeral(step.number)
    match step.rank:
        case "art":
            branch = f"之{_numeral(step.branch)}" if step.branch else ""
            return f"第{chinese}条{branch}"
        case "para":
            return f"第{chinese}款" if ranks and ranks[-1] == "art" else f"第{chinese}段"
        case "item":
            return _item_label(chinese, ranks)
        case "sec" if ranks and ranks[-1] in ("art", "para"):
            return f"第{chinese}项"
        case "deca" | "decb" | "decc" | "decd" | "dece":
            return f".{step.number}" if ranks and ranks[-1].startswith("dec") else f"{step.number}"
        case "circled":
            return _CIRCLED[step.number - 1] if 0 < step.number <= 20 else f"（{step.number}）"
        case "annex" if step.branch:
            return f"附件{step.number}-{step.branch}"
        case rank if rank in _CHINESE:
            return _CHINESE[rank].format(chinese)
        case rank:
            return _DIGITS[rank].format(step.number)


def _numeral(number: int) -> str:
    """A number as printed; beyond the numerals in use, and for 第〇条, in digits."""
    return write_numeral(number) if 0 < number < 10_000 else str(number)


def _item_label(chinese: str, ranks: list[str]) -> str:
    if "art" in ranks:
        return f"第（{chinese}）项"
    if not {"sec", "num", "group", *HEADINGS.values()}.isdisjoint(ranks):
        return f"（{chinese}）"
    # A number that runs on through the whole text stands for the clause by itself.
    return f"第（{chinese}）条"


def reference(title: str, doc_number: str | None, path: ClausePath) -> str:
    """Write a full reference: 《title》（文号）label.

    >>> reference("办法", "渝高新发〔2024〕31号", ClausePath.parse("art5"))
    '《办法》（渝高新发〔2024〕31号）第五条'
    """
    number = f"（{doc_number}）" if doc_number else ""
    return f"《{title}》{number}{label(path)}"
