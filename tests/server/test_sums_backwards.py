"""From what is got to what was spent, what is left of a limit, and what it takes to get all of it."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """雾松市人民政府关于印发《雾松市支持新材料产业若干措施》的通知
雾松政发〔2025〕12号
雾松市支持新材料产业若干措施
第一条 支持研制样机。对研制样机的企业，按研制费用的20%给予补助，单个项目最高不超过60万元。
第二条 支持出口保险。对企业投保境内产品责任保险、境外产品责任保险的，按实际缴纳保费的40%，最高分别补贴20万元、60万元。
第三条 支持中试平台。对新建中试平台，设备投资超过500万元（含），不超过3000万元（含）部分，按照设备投资的8%给予支持；超过3000万元部分，按照设备投资的10%给予支持。单个企业最高不超过400万元。
第四条 支持办会。对举办新材料论坛的企业，按活动实际费用的50%给予支持，单场活动最高不超过40万元，单个企业年度补贴不超过90万元。
第五条 支持租房。租用孵化楼的企业，按实缴租金的50%给予补贴，补贴面积不超过12平方米/人，单个企业每年最高不超过30万元。
第六条 支持接单。对承接加工业务的企业，年度加工合同金额超过200万元的，按年度加工合同金额的5%给予奖励，单个企业每年最高不超过50万元。
第七条 支持新药。1类新药完成I期临床试验后、完成II期临床试验后、完成III期临床试验后，分别按该阶段研发费用的10%、20%、25%，给予不超过50万元、100万元、200万元的补助；2类改良型新药完成I期临床试验后、完成II期临床试验后、完成III期临床试验后，分别按该阶段研发费用的10%、20%、25%，给予不超过20万元、40万元、100万元的补助。
第八条 本措施自2025年6月1日起施行，有效期3年。
雾松市人民政府
2025年5月6日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "样机项目拿到了48万元补助，倒推一下研制费用花了多少？",
            "240万元", "48万元 ÷ 20% = 240万元", id="backwards",
        ),
        pytest.param(
            "我们研制样机，补贴到账36万，说明研制费用花了多少？",
            "180万元", "36万 ÷ 20% = 180万元", id="that-means",
        ),
        pytest.param(
            "样机项目拿了60万补助，反推研制费用是多少？",
            "至少300万元", "60万 ÷ 20% = 300万元", id="the-limit-itself",
        ),
        pytest.param(
            "境内产品责任险保费30万，境外产品责任险保费100万，一共补多少？境外那份离封顶还差多少保费？",
            "最高52万元，100万的那份离上限还差50万元", "150万元 − 100万元 = 50万元", id="one-of-two",
        ),
        pytest.param(
            "新建中试平台，设备最少投多少才能把支持拿满？",
            "至少5000万元（另一种读法为4600万元）",
            "3000万元 + 2000万元 = 5000万元", id="through-the-parts",
        ),
        pytest.param(
            "今年办了一场新材料论坛花了70万，办会的补贴额度还剩多少？",
            "最高35万元，离上限还差55万元", "90万元 − 35万元 = 55万元", id="left",
        ),
        pytest.param(
            "租孵化楼租了600平，公司35个人，补贴面积只认多少平？要全部认下来还差几个人？",
            "最高420平方米，全部计入还差15人", "600平方米 ÷ 12平方米/人 = 50人", id="persons",
        ),
        pytest.param(
            "1类新药三个阶段都拿满，自己最少要花多少，一共能拿多少？",
            "最高350万元，至少要花1800万元", "200万元 ÷ 25% = 800万元", id="all-stages",
        ),
        pytest.param(
            "1类新药从I期做到III期最多能补多少？换成2类改良型新药又是多少？",
            "最高350万元；换成2类改良型新药，最高160万元",
            "后一种情形：20万元 + 40万元 + 100万元 = 160万元", id="another-kind",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # More than the limit cannot have been got.
        "样机项目拿了90万补助，反推研制费用是多少？",
        # 5万元 would be of 100万元, which gets nothing.
        "承接加工业务拿了5万元奖励，倒推合同金额是多少？",
        "拿了50万元，倒推一下花了多少？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
