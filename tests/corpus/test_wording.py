"""Labels as an official would write them: the table of the address scheme."""

from __future__ import annotations

import pytest

from corpus.address import ClausePath
from corpus.wording import label, reference

LABELS = [
    ("art4", "第四条"),
    ("art4.item1", "第四条第（一）项"),
    ("art4.para2", "第四条第二款"),
    ("art39.para2.item3", "第三十九条第二款第（三）项"),
    ("art39.para2.item3.sub4", "第三十九条第二款第（三）项第4目"),
    ("art120-1", "第一百二十条之一"),
    ("art120-1.item2", "第一百二十条之一第（二）项"),
    ("art1001", "第一千零一条"),
    ("annex2.art3.item1", "附件2第三条第（一）项"),
    ("sec4", "四、"),
    ("sec4.item2", "四、（二）"),
    ("sec3.item1.para1", "三、（一）第一段"),
    ("item10", "第（十）条"),
    ("item10.para2", "第（十）条第二段"),
    ("item3.subnum1", "第（三）条（1）"),
    ("num19", "第19项"),
    ("sec3.num2.subnum1", "三、第2项（1）"),
    ("num2.item1", "第2项（一）"),
    ("para7", "第七段"),
    ("notice", "通知正文"),
    ("notice.para2", "通知正文第二段"),
    ("opening", "开头段"),
    ("opening.para1", "开头段第一段"),
    ("closing", "结尾段"),
    ("passage3", "文中段落"),
    ("table2", "表2"),
]


@pytest.mark.parametrize(
    ("path", "words"), [pytest.param(path, words, id=path) for path, words in LABELS]
)
def test_label(path: str, words: str):
    assert label(ClausePath.parse(path)) == words


def test_every_address_that_parses_has_a_label():
    assert label(ClausePath.parse("num10000")) == "第10000项"


@pytest.mark.parametrize(
    ("doc_number", "words"),
    [
        pytest.param("渝高新发〔2024〕31号", "《办法》（渝高新发〔2024〕31号）第五条", id="number"),
        pytest.param(None, "《办法》第五条", id="no-number"),
    ],
)
def test_reference(doc_number: str | None, words: str):
    assert reference("办法", doc_number, ClausePath.parse("art5")) == words
