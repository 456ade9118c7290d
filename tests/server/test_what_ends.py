"""Whether what a question says to end is a document."""

from __future__ import annotations

import pytest

from server.asking import asking


@pytest.mark.parametrize(
    ("question", "validity"),
    [
        ("原税单2月5日到期，可以延到哪天交", False),
        ("贷款到期还不上怎么办", False),
        ("我家公租房快到期了，提前几个月续", False),
        ("评估结果管多久", False),
        ("资格的有效期是几年", False),
        ("换了单位，公积金从什么时候开始缴", False),
        ("甲方不验收，付款的日子从哪天算起", False),
        ("搬了家，手上还有效的卫生许可证要不要换", False),
        ("出国干活那几年，国内的养老保险还继续有效吗", False),
        ("补交材料过期了咋办", False),
        ("抵押合同没登记还有效吗", False),
        ("旧办法里二类证奖多少", False),
        ("旧办法还管用吗", True),
        ("人才政策管几年", True),
        ("旧的补贴标准现在还管用吗", True),
        ("这一套什么时候开始执行", True),
        ("新法从哪天开始适用", True),
        ("能管几年", True),
        ("租房补贴办法哪天到期", True),
        ("这个政策什么时候到期", True),
        ("外贸十二条到哪天结束", True),
        ("8号公告那些税收优惠到哪天结束", True),
    ],
)
def test_what_comes_to_an_end_is_a_document(question: str, validity: bool) -> None:
    assert asking(question).validity == validity
