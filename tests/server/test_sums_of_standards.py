"""A total that a sentence of its own sets is not made by just adding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from retriever.query import Query
from server.assistant import Assistant

_FLATS = """砚溪市青年工匠购房补助办法
砚人社规〔2025〕1号
砚溪市人力资源和社会保障局
2025年1月9日
第一条 为支持青年工匠安居，制定本办法。
第二条 首次购买新建商品住房的，甲级工匠、乙级工匠分别给予24万元、12万元购房补助。夫妻双方均符合条件的，补助为较高一方标准与较低一方标准的50%之和。
第三条 本办法自2025年2月1日起施行，有效期3年。
"""


def test_the_couples_total_is_not_the_sum_of_two(assistant_over: Callable[..., Assistant]) -> None:
    town = assistant_over(_FLATS)
    both = town.ask(
        Query("夫妻俩一个甲级工匠一个乙级工匠，买了180万的房，补助一共多少", date(2026, 11, 30))
    )
    assert both.calculation is None and "50%之和" in both.text
    alone = town.ask(Query("我是甲级工匠，买了180万的房，补助多少", date(2026, 11, 30)))
    assert "24万元" in alone.text
