"""What a question asks money for: what only says how it is had, or what pay is called, is none."""

from __future__ import annotations

import pytest

from retriever.unheld import names_unheld_payment

FOUND = "按照缴纳的失业保险费给予补贴。对参展企业按展位费的50%给予补助。在职人员务工收入按80%计入家庭收入。"


@pytest.mark.parametrize(
    ("text", "unheld"),
    [
        ("报销补贴", False),
        ("来领补贴", False),
        ("参展补贴补贴", False),
        ("到手税前七千", False),
        ("打工的工资全算进收入", False),
        ("失业保险金", True),
        ("装修补贴", True),
        ("所得税", True),
        ("打车费", True),
    ],
)
def test_what_it_is_for(text: str, unheld: bool) -> None:
    assert names_unheld_payment(text, FOUND) is unheld
