"""What a notice changed is told clause by clause, of the text that is asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

_HEAD = "{title}\n{number}\n橡原市人民政府办公室\n{day}\n"
_BAKERS = (
    _HEAD.format(title="橡原市烘焙业扶持办法", number="橡府办规〔2023〕2号", day="2023年2月1日")
    + """第一条 为扶持烘焙业，制定本办法。
第二条 新开烘焙店的，补助2万元。
第三条 购置烤炉的，按购置价的10%补助。
第四条 本办法自2023年3月1日起施行，有效期5年。
"""
)
_FERRIES = (
    _HEAD.format(title="橡原市渡船更新补贴办法", number="橡府办规〔2023〕6号", day="2023年6月1日")
    + """第一条 为支持渡船更新，制定本办法。
第二条 更新渡船的，每艘补贴8万元。
第三条 本办法自2023年7月1日起施行，有效期5年。
"""
)
_NOTICE = (
    _HEAD.format(
        title="橡原市人民政府办公室关于调整部分政策条款的通知",
        number="橡府办发〔2025〕5号",
        day="2025年4月1日",
    )
    + """一、《橡原市烘焙业扶持办法》（橡府办规〔2023〕2号）第二条中的“2万元”修改为“3万元”。
二、《橡原市烘焙业扶持办法》（橡府办规〔2023〕2号）第三条中的“10%”修改为“12%”。
三、《橡原市渡船更新补贴办法》（橡府办规〔2023〕6号）第二条中的“8万元”修改为“9万元”。
四、各单位要做好宣传。本通知自2025年5月1日起施行。
"""
)


@pytest.fixture(scope="module")
def town(assistant_over: Callable[..., Assistant]) -> Assistant:
    return assistant_over(bakers=_BAKERS, ferries=_FERRIES, notice=_NOTICE)


@pytest.mark.parametrize(
    ("question", "sections"),
    [
        ("2025年那个调整条款的通知动了哪几处", (1, 2, 3)),
        ("烘焙业的政策2025年都改了些什么", (1, 2)),
        ("渡船更新补贴2025年调整了哪些", (3,)),
    ],
)
def test_all_that_was_changed(town: Assistant, question: str, sections: tuple[int, ...]) -> None:
    answer = town.ask(Query(question, date(2026, 11, 30)))
    cited = [str(citation.address) for citation in answer.citations]
    assert [a for a in cited if a.startswith("notice")] == [f"notice#sec{n}" for n in sections]


def test_a_question_on_a_figure_is_none_on_changes(town: Assistant) -> None:
    answer = town.ask(Query("更新一艘渡船补多少", date(2026, 11, 30)))
    assert "9万元" in answer.text and "3万元" not in answer.text
