"""How many count: those above a number only, persons of each degree; no sum where none is asked."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """松岭市人民政府关于印发《松岭市促进文旅消费若干措施》的通知
松岭政发〔2025〕5号
松岭市促进文旅消费若干措施
第一条 支持引客入市。旅行社组织市外游客在松岭住宿1晚以上的，年度累计组织2000人次以上部分，按每人次20元给予奖励；组织入境游客的，按每人次80元给予奖励。单个旅行社每年奖励最高不超过60万元。
第二条 支持研学。研学基地年度接待中小学生超过5000人次的部分，按每人次6元给予补助，单个基地每年最高不超过20万元。
第三条 支持景区惠民。景区向残疾人免费开放的，按每人次15元给予补助。
第四条 支持用工。文旅企业新招用旅游相关专业毕业生、签订1年以上劳动合同的，按硕士及以上每人每月1200元、本科每人每月900元、专科每人每月600元给予用工补贴，期限10个月。导游取得资格证书的，按初级800元、中级1500元给予一次性补贴。
第五条 支持见习。对文旅企业引进的、在本市缴纳社会保险满半年的策划人才，按每人每月2000元的标准给予岗位补贴，补贴期限不超过2年。单个企业每年享受补贴的人数不超过12人。
第六条 支持再生资源利用。对年度回收包装物超过300吨的部分，按每吨40元给予补助，最高不超过30万元。
第七条 贷款贴息。对文旅企业为改造景区向银行贷款的，按一年期贷款市场报价利率（LPR）计算的利息的40%给予贴息，实际利率低于LPR的，按实际利率计算。贴息期限不超过2年，单个企业每年贴息最高不超过50万元。
第八条 对文旅企业购置车辆的银行贷款，按贷款市场报价利率（LPR）计算的利息的30%给予贴息，单个企业每年最高20万元。
第九条 本措施自2025年3月1日起施行，有效期5年。
松岭市人民政府
2025年2月10日
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "旅行社今年组织入境游客300人次，市外游客4500人次，都住了两晚，一共奖多少",
            "最高7.4万元", "4500人次 − 2000人次 = 2500人次", id="above-a-number-and-all",
        ),
        pytest.param(
            "旅行社带了600人次入境游客，能奖多少",
            "最高4.8万元", "600人次 × 80元 = 4.8万元", id="only-those-without-a-threshold",
        ),
        pytest.param(
            "研学基地今年接待了12000人次中小学生，能补多少",
            "最高4.2万元", "7000人次 × 6元 = 4.2万元", id="over-a-number",
        ),
        pytest.param(
            "研学基地接待中小学生3000人次，补多少",
            "0元", "3000人次 未超过5000人次，不能享受", id="none-above",
        ),
        pytest.param(
            "景区免费接待残疾人3000人次，补多少",
            "4.5万元", "3000人次 × 15元 = 4.5万元", id="each-visit",
        ),
        pytest.param(
            "回收包装物800吨，补助多少",
            "最高2万元", "800吨 − 300吨 = 500吨", id="tons-above",
        ),
        pytest.param(
            "文旅企业招了旅游专业硕士2个、本科5个、专科3个，签了1年合同，用工补贴领满多少",
            "8.7万元", "5人 × 10个月 × 900元 = 4.5万元", id="degrees-before-their-numbers",
        ),
        pytest.param(
            "文旅企业招了5个旅游专业的专科生，签了2年合同，用工补贴领满多少",
            "3万元", "5人 × 10个月 × 600元 = 3万元", id="one-degree-alone",
        ),
        pytest.param(
            "文旅企业招了3个旅游专业的博士，用工补贴领6个月多少",
            "2.16万元", "3人 × 6个月 × 1200元 = 2.16万元", id="degree-above",
        ),
        pytest.param(
            "改造景区银行贷款2000万元，贷了三年，LPR是3.5%，实际利率3%，贴息总共多少",
            "每年最高24万元，2年最高48万元", "实际利率3% 低于3.5%，按3%", id="rate-paid-is-lower",
        ),
        pytest.param(
            "改造景区银行贷款2000万元，贷了一年，LPR是3%，银行给的利率是3.8%，贴息多少",
            "最高24万元", "LPR3% 低于3.8%，按3%", id="quoted-rate-is-lower",
        ),
    ],
)  # fmt: skip
def test_no_more_than_counts(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("旅行社今年组织游客4500人次，奖多少", id="whether-abroad-is-not-said"),
        pytest.param(
            "旅行社组织入境游客900人次、市外游客5000人次，还接待残疾人30人次，奖多少",
            id="a-third-number",
        ),
        pytest.param(
            "购置车辆银行贷款500万元，贷了一年，LPR是3%，实际利率2.8%，贴息多少",
            id="which-rate-counts-is-not-said",
        ),
        pytest.param("文旅企业招了6个旅游专业的中专生，用工补贴领满多少", id="no-such-degree"),
        pytest.param(
            "文旅企业引进策划人才，岗位补贴一个月给多少，一家最多几个人", id="only-what-is-written"
        ),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_all_that_is_asked_is_stated(works: Assistant) -> None:
    answer = works.ask(Query("文旅企业引进策划人才，岗位补贴一个月给多少，一家最多几个人", TODAY))
    assert "每人每月2000元" in answer.text
    assert "不超过12人" in answer.text
