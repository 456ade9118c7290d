"""The report's own words: Chinese first, English second."""

from __future__ import annotations

from eval.measures import MEASURES

__all__ = ["KINDS", "MOVES", "STAGES", "STATUSES", "TYPES", "measure_title", "type_title"]

#: Statuses of an answer; ``error`` where there was none, empty for sets that are only searched.
STATUSES = {
    "answered": "有答案",
    "not_stated": "条文未写明",
    "informational": "仅见非政策文件",
    "refused": "拒答",
    "error": "出错",
    "": "只检索",
}
TYPES = {
    "single_fact": "单项事实",
    "sub_item": "分项",
    "comparison": "比较",
    "sum": "计算",
    "validity": "有效期",
    "lookup": "按号查条",
    "list_all": "全部列出",
    "follow_up": "追问",
    "not_stated": "未写明",
    "out_of_scope": "库外",
    "news_only": "仅新闻",
    "false_premise": "前提有误",
    "colloquial": "口语方言",
    "typo": "错别字",
    "injection": "指令注入",
}
#: Kinds of failure, in the order of their filter.
KINDS = {
    "status": "状态 status",
    "facts": "事实 facts",
    "citations": "引用 citations",
    "figures": "数字 figures",
    "retrieval": "检索 retrieval",
    "error": "出错 error",
}
STAGES = {"retrieve": "检索", "answer": "作答", "total": "合计"}
#: What became of a question since the run compared with.
MOVES = {"lost": "失去 lost", "gained": "得到 gained"}


def measure_title(name: str) -> str:
    """Return the Chinese name of a measure, or the name itself.

    >>> measure_title("right"), measure_title("p50_ms")
    ('全对', 'p50_ms')
    """
    measure = MEASURES.get(name)
    return measure.title if measure else name


def type_title(name: str) -> str:
    """Return the Chinese name of a type, or the name itself."""
    return TYPES.get(name, name)
