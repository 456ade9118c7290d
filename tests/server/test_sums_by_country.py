"""Amounts for each country in which something is granted."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """柏川市人民政府关于印发《柏川市促进知识产权发展若干措施》的通知
柏川政发〔2025〕3号
柏川市促进知识产权发展若干措施
第一条 支持境外专利。对在美国、欧盟、日本、韩国获得授权的发明专利，每件给予2万元资助，每个国家（地区）只资助一次，同一件专利最多资助3个国家（地区）。单个企业每年资助总额最高50万元。
第二条 支持境外商标。在境外注册商标的，每件商标每个国家给予5000元资助，每件商标最多不超过五个国家。
第三条 支持境外参展。企业参加境外展会的，每个展位给予1万元补贴，单个企业每年最高10万元。
第四条 本措施自2025年2月1日起施行，有效期5年。
柏川市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们有5件发明专利，每件都在美国、欧盟、日本、韩国四地授权了，能拿多少资助？",
            "最高30万元", "10万元 + 10万元 + 10万元 = 30万元", id="more-than-the-most",
        ),
        pytest.param(
            "10件发明专利在美国和日本都拿到了授权，境外专利资助有多少？",
            "最高40万元", "20万元 + 20万元 = 40万元", id="fewer-than-the-most",
        ),
        pytest.param(
            "20件发明专利都在美国、韩国两个国家获得授权，境外专利资助能拿多少？",
            "最高50万元", "80万元 超过每年上限50万元，按50万元", id="limit-of-a-year",
        ),
        pytest.param(
            "有3件发明专利在日本授权，境外专利能资助多少？",
            "最高6万元", "3件 × 2万元 = 6万元", id="one-country",
        ),
        pytest.param(
            "我们4件商标都在6个国家注册了，境外商标资助多少钱？",
            "10万元", "2万元 + 2万元 + 2万元 + 2万元 + 2万元 = 10万元", id="number-of-countries",
        ),
    ],
)  # fmt: skip
def test_each_country_counts_up_to_the_most(
    works: Assistant, question: str, display: str, line: str
) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("我们有5件发明专利在境外授权了，境外专利资助能拿多少？", id="no-country"),
        pytest.param("5件发明专利在美国、日本授权，境外专利资助能拿多少？", id="not-each"),
        pytest.param("3件发明专利在美国授权、2件在日本授权，境外专利资助多少？", id="shared-out"),
        pytest.param("2件发明专利都在美国、法国授权，境外专利资助多少？", id="not-listed"),
        pytest.param("2件发明专利都在美国授权，日本还在审，境外专利资助多少？", id="not-yet"),
    ],
)
def test_no_sum_where_the_countries_are_not_certain(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_what_is_not_given_by_the_country_stays(works: Assistant) -> None:
    answer = works.ask(Query("去美国、日本参展各租了展位，一共6个展位，境外展会补贴多少？", TODAY))
    works_out(answer, "最高6万元", "6个 × 1万元 = 6万元")
