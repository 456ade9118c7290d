"""One thing paid in parts, later payments, one more thing than was told first, and claims of each."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """霜河市人民政府关于印发《霜河市支持软件产业若干措施》的通知
霜河政发〔2025〕6号
霜河市支持软件产业若干措施
第一条 支持软件出海。对软件著作权境外许可交易，实际到位首付款500万元以上的，按实际到位首付款的4%给予奖励，单个项目最高不超过40万元。
第二条 支持产品认证。对首次通过基础认证的软件，每个给予20万元奖励；对首次通过高级认证的软件，每个给予50万元奖励。单个企业每年最高不超过150万元。
第三条 支持装修。对自行装修的企业，按装修建筑面积给予装修支持，单个企业装修费用补贴不超过80万元。对企业自行装修研发楼，按照每平方米200元给予补贴；对企业自行装修测试间，按照每平方米500元给予补贴；对企业自行装修办公用房，按照每平方米100元给予补贴。
第四条 本措施自2025年6月1日起施行，有效期3年。
霜河市人民政府
2025年5月6日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "软件境外许可，首付款上半年到了700万，年底又到了600万，奖多少？",
            "最高40万元", "700万元 + 600万元 = 1300万元", id="in-parts",
        ),
        pytest.param(
            "软件境外许可，首付款3月到了300万，6月又到了200万，年底又到了100万，奖多少？",
            "最高24万元", "300万元 + 200万元 + 100万元 = 600万元", id="three-parts",
        ),
        pytest.param(
            "软件境外许可，首付款到位600万，另外收了300万里程碑款，奖多少？",
            "最高24万元", "600万元 × 4% = 24万元", id="later-payment",
        ),
        pytest.param(
            "今年两个软件通过高级认证，离全年封顶还差多少？再来一个高级认证，装得下吗？",
            "最高100万元，离上限还差50万元；再来一个高级认证，最高150万元",
            "后一种情形：150万元 未超过每年上限150万元", id="one-more",
        ),
        pytest.param(
            "三个软件首次通过基础认证，还有两个软件做了高级认证的复审，一共奖多少？",
            "最高60万元", "两个 不满足“首次通过”，不计入", id="not-for-the-first-time",
        ),
        pytest.param(
            "研发楼已经装修了1000平，测试间还没装。装修补贴想拿满，测试间至少装多少平？",
            "至少1200平方米", "60万元 ÷ 500元/平方米 = 1200平方米", id="area-for-the-rest",
        ),
        pytest.param(
            "会计做表：三个软件通过基础认证，都按50万一个算，进账150万，我签字了哈？",
            "不是150万元，最高60万元", "3个 × 20万元 = 60万元", id="claim-of-each",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


def test_all_that_is_listed_is_compared(works: Assistant) -> None:
    answer = works.ask(Query("装修研发楼、测试间、办公室，每平米补多少，哪个最高？", TODAY))
    assert answer.comparison is not None
    assert len(answer.comparison.columns) == 3


def test_no_sum_for_another_kind(works: Assistant) -> None:
    works_out_nothing(works.ask(Query("软件境外许可，收了300万里程碑款，奖多少？", TODAY)))
