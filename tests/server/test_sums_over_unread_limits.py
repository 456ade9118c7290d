"""No sum goes over a limit of its sentence, whether or not the reader could read that."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant
from tests.server.summing import works_out, works_out_nothing, works_over

works = works_over("""江州市支持换电设施若干措施
江府规〔2025〕8号
第一条 支持建站。对社会投资建设的换电站，按建设投资的50%给予补助：一级站每个最高300万元，二级站每个最高50万元。
第二条 支持改造。对改造旧站的企业，按改造投入的20%给予补助（山区站封顶线为30万元，平原站封顶线为20万元）。
第三条 本措施自2025年5月1日起施行，有效期3年。
""")

TODAY = date(2026, 3, 1)


def test_the_limit_of_the_kind_named_holds(works: Assistant) -> None:
    answer = works.ask(Query("我们在江州投资950万元建了一个一级换电站，能补多少？", TODAY))
    works_out(answer, "最高300万元", "475万元 超过上限300万元，按300万元")


def test_a_limit_that_was_not_read_is_not_passed_over(works: Assistant) -> None:
    works_out_nothing(works.ask(Query("江州改造旧站投入800万元，能补多少？", TODAY)))


@pytest.mark.parametrize("spent", ["60万元"])
def test_below_every_limit_there_is_a_sum(works: Assistant, spent: str) -> None:
    answer = works.ask(Query(f"江州改造旧站投入{spent}，能补多少？", TODAY))
    works_out(answer, "12万元", "60万元 × 20% = 12万元")
