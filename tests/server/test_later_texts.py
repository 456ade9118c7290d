"""Values that a text leaves to a later one beside figures of its own, and procedures that it tells."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant

TEXT = """无锡市支持生命健康产业若干政策
锡政规〔2025〕3号
一、支持政策
（一）人才支持。对入选“3551人才计划”的创业人才，给予90万元至400万元资助；对企业引进的年薪50万元以上的关键技术人才，奖励标准以年度申报通知为准。
（二）对年度工资薪金收入达到40万元以上的核心骨干人员，按照其经济贡献给予奖励，具体标准由市工信局会同市财政局另行制定。
（三）灵活就业补贴。对离校2年内的毕业生，给予实际缴费三分之二的补贴。灵活就业补贴的具体缴费档次以当年申报公告为准。
（四）孵化基地奖补。被认定为市级孵化基地的，给予25万元奖补；被认定为省级孵化基地的，给予80万元奖补。
二、申报与管理
（五）申报条件。申报单位应当在本市登记注册，并承诺5年内不迁出。
（六）申报程序
1.申报单位通过“锡企通”平台提交申请；
2.市生物办在受理后18个工作日内完成初审，并组织专家评审；
3.评审结果公示6天；
4.公示无异议后由市财政局拨付资金。
三、附则
（七）鼓励新药海外权益许可交易，按实际到位首付款的2%，给予许可企业最高300万元奖励。
（八）本政策所称锡企领军的认定标准由市工信局另行公布。
（九）本政策由市生物办负责解释，自2025年5月1日起施行，有效期3年。
"""


@pytest.fixture(scope="module")
def assistant(assistant_over) -> Assistant:
    found: Assistant = assistant_over(TEXT)
    return found


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Query(question, date(2026, 11, 29)))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("引进了一个年薪60万的关键技术人才，能奖多少钱？", "以年度申报通知为准"),
        ("我年薪50万，作为核心骨干个人能奖多少？", "另行制定"),
        ("灵活就业补贴按哪个缴费档次算？", "以当年申报公告为准"),
        ("什么样的企业才认定为锡企领军？", "认定标准由市工信局另行公布"),
    ],
)
def test_a_value_beside_other_figures_is_left_open(
    assistant: Assistant, question: str, said: str
) -> None:
    answer = ask(assistant, question)
    assert answer.status == "not_stated" and said in answer.text, answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("入选3551人才计划的创业人才资助多少？", "90万元至400万元"),
        ("省级孵化基地奖补多少？", "80万元"),
        ("把新药的海外权益许可给美国药企，首付款奖几个点？", "2%"),
        ("对这套生命健康政策的条文有分歧，该找哪个单位来解释？", "由市生物办负责解释"),
    ],
)
def test_what_is_stated_is_answered(assistant: Assistant, question: str, said: str) -> None:
    answer = ask(assistant, question)
    assert answer.status == "answered" and said in answer.text, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "从国外公司买进一个新药的国内权益，首付款奖几个点？",
        "深圳市的生命健康政策由哪个单位解释？",
        "评上国家级孵化基地的奖补多少？",
        "申报“3551人才计划”，对年龄有什么要求？",
    ],
)
def test_what_no_clause_has_is_refused(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).status == "refused"


def test_papers_of_which_no_clause_speaks_are_left_to_a_later_text(assistant_over) -> None:
    found = assistant_over(
        "某区促进医药产业办法\n第一条 对三类证奖励50万元。\n第二条 本办法的申报标准、申报条件、申报流程等内容，另行制定申报细则；"
        "由发展局牵头组织申报，各部门审核确认后，报发展局兑现。\n"
    )
    answer = found.ask(Query("申报要交哪些材料、按什么流程报？", date(2026, 11, 29)))
    assert answer.status == "not_stated" and "另行制定" in answer.text, answer.text


def test_who_interprets_a_text_beside_its_term(assistant_over) -> None:
    found = assistant_over(
        "某区促进医药产业办法\n第一条 对三类证奖励50万元。\n第二条 本办法自2025年3月1日起施行，有效期3年。\n"
        "第三条 本办法由某区管委会负责解释。\n"
    )
    answer = found.ask(Query("医药产业办法归谁解释，哪天开始执行？", date(2026, 11, 29)))
    assert "2025年3月1日" in answer.text and "负责解释" in answer.text, answer.text


def test_a_day_that_something_goes_by_is_stated(assistant_over) -> None:
    found = assistant_over(
        "某市产业办法\n第一条 产业化项目补助限额的新旧标准以项目备案日期为准，2025年10月1日以后备案的产业化项目按修改后的补助限额执行。\n"
    )
    answer = found.ask(Query("产业化项目补助限额按什么日期划分新旧标准？", date(2026, 11, 29)))
    assert answer.status == "answered", answer.text


def test_all_steps_under_their_heading_are_the_procedure(assistant: Assistant) -> None:
    answer = ask(assistant, "生命健康政策的申报走什么流程？")
    assert answer.status == "answered"
    assert all(said in answer.text for said in ("锡企通", "18个工作日", "6天", "拨付")), answer.text


LOGISTICS = """泉江市促进现代物流业发展扶持办法
泉政规〔2025〕6号
一、适用范围
（一）本办法适用于在本市登记、从事运输和仓储业务的物流企业。
二、支持政策
（一）支持物流人才培养。企业员工取得高级物流师、中级物流师证书的，按照每人3000元、2000元给予企业补助。
（二）技术改造补助。对物流企业的自动化改造项目，按设备投资额的8%给予补助，单个项目最高200万元。
三、其他
（一）项目申报流程：企业登录泉惠通平台填报，由区商务部门在15个工作日内完成初审，市商务局委托第三方机构专项审计，审计结果公示7日无异议后，由市财政局拨付资金。
（二）本办法由市商务局负责解释，具体申报条件、时间和材料以年度申报通知为准，自2025年6月1日起施行，有效期3年。
"""


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        pytest.param(
            "泉江技改补助怎么申报，要走哪些步骤？", "answered", "泉惠通平台", id="steps-that-are-told"
        ),
        pytest.param(
            "泉江的技改补助每年几月份开始申报？", "not_stated", "以年度申报通知为准", id="month"
        ),
        pytest.param(
            "泉江物流企业的员工考下高级物流师证书，给企业补多少？", "answered", "3000元",
            id="whom-the-whole-text-is-for",
        ),
    ],
)  # fmt: skip
def test_what_is_said_once_for_a_whole_text(
    assistant_over, question: str, status: str, said: str
) -> None:
    answer = ask(assistant_over(LOGISTICS), question)
    assert (answer.status, said in answer.text) == (status, True), answer.text
