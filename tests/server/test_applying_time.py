"""When applications are taken is said once for a document, far from what the support is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

_ROASTERS = """苇泽市咖啡加工业扶持办法
苇商规〔2025〕3号
苇泽市商务局
2025年2月20日
第一条 为扶持咖啡加工业，制定本办法。
第二条 企业购置烘焙设备的，按设备购置价的15%给予补助，最高40万元。
第三条 企业租用仓库的，按年租金的30%给予补贴，每年最高12万元。
第四条 上一年度的补助和补贴于每年4月1日至4月20日集中申报，企业通过“苇企办”平台提交，逾期视为放弃。
第五条 市商务局在20个工作日内完成审核，公示5个工作日后拨付。
第六条 本办法自2025年3月20日起施行，有效期4年。
"""
_GROVES = """苇泽市茶园改造补助办法
苇农规〔2025〕5号
苇泽市农业农村局
2025年4月2日
第一条 为支持茶园改造，制定本办法。
第二条 改造低产茶园的，每亩补助600元。
第三条 补助于每年9月受理，由镇农业站统一报送。
第四条 本办法自2025年5月1日起施行，有效期4年。
"""
_MARKETS = """苇泽市菜市场考核细则
苇商〔2025〕8号
苇泽市商务局
2025年6月2日
第一条 各镇对菜市场管理情况全面自评，形成自查报告，于每年10月上旬前报市商务局。
第二条 市商务局对自查报告审核评估，于每年11月底前形成初评报告。
第三条 市商务局汇总后形成总报告，于每年12月底前经市政府审定后报送省商务厅。
第四条 本细则自2025年7月1日起施行，有效期4年。
"""


@pytest.fixture(scope="module")
def town(assistant_over: Callable[..., Assistant]) -> Assistant:
    return assistant_over(roasters=_ROASTERS, groves=_GROVES, markets=_MARKETS)


@pytest.mark.parametrize(
    ("question", "address", "said"),
    [
        ("买烘焙机的补助几月份去报，晚了行不行", "roasters#art4", "4月1日至4月20日"),
        ("咖啡厂租仓库的补贴在哪个平台申请", "roasters#art4", "苇企办"),
        ("改造茶园的补助啥时候交材料", "groves#art3", "每年9月"),
        ("我们镇菜市场自查报告啥时候交、交给谁", "markets#art1", "10月上旬前报市商务局"),
    ],
)
def test_days_and_platform_of_the_document_meant(
    town: Assistant, question: str, address: str, said: str
) -> None:
    answer = town.ask(Query(question, date(2026, 11, 30)))
    assert [str(citation.address) for citation in answer.citations] == [address]
    assert said in answer.text


def test_other_times_are_no_matter_of_it(town: Assistant) -> None:
    answer = town.ask(Query("咖啡办法的材料交上去多久审核完", date(2026, 11, 30)))
    assert [str(citation.address) for citation in answer.citations] == ["roasters#art5"]
