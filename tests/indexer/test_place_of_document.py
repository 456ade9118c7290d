"""Which place a document is of: by its issuers, its title, its number, its text."""

from __future__ import annotations

import pytest

from indexer.clean import Paragraph
from indexer.parse import parse
from indexer.placing import area_told


def told(*names: str, number: str | None = None, text: str = "一、给予奖励。") -> str | None:
    return area_told(
        names, number, parse([Paragraph(line, n) for n, line in enumerate(text.splitlines())])
    )


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("重庆市渝北区人民政府", "重庆市渝北区"),
        ("广州市天河区支持青年创业实施办法", "广州市天河区"),
        ("国家税务总局四川省税务局关于延期申报的通告", "四川省"),
        ("财政部", "全国"),
        ("民政部办公厅关于做好救助工作的通知", "全国"),
        ("国务院办公厅关于完善市场体系的意见", "全国"),
        ("中华人民共和国劳动合同法", "全国"),
        ("一图读懂《南屏县困难群众救助办法》", "南屏县"),
        ("青禾市柳湖区人民政府办公室", "青禾市柳湖区"),
        ("青禾市医疗保障局", "青禾市"),
        ("苏州工业园区管理委员会", "苏州工业园区"),
        ("《金岭市支持首台（套）装备若干政策》政策解读", "金岭市"),
        ("关于促进成都高新区生物医药产业发展的办法", "成都高新区"),
        ("回放｜广西加强企业复工复产保障工作新闻发布会", "广西壮族自治区"),
        ("帮助企业有序复工，重庆都做了些啥？", "重庆市"),
    ],
)
def test_of_a_name(name: str, area: str) -> None:
    assert told(name) == area


@pytest.mark.parametrize(
    "name",
    [
        "致全体市民的一封公开信",
        "关于恢复我市交通运输秩序的通告",
        "关于进一步完善全市中小学教学工作的通知",
        "市商务局",
        "经开区团工委",
        "成渝两地：重庆与成都携手",
        "推动企业有序复工复产",
    ],
)
def test_of_a_name_that_tells_none(name: str) -> None:
    assert told(name) is None


def test_of_the_number_and_of_the_text() -> None:
    assert told("关于印发若干措施的通知", number="川府发〔2024〕3号") == "四川省"
    assert told("关于印发若干措施的通知", number="云峡政发〔2024〕3号") is None
    assert told("关于经费保障政策的通知", number="财社〔2020〕2号") == "全国"
    assert told("关于经费保障政策的通知", number="峡财社〔2020〕2号") is None
    report = "记者从渝北区获悉，企业已复工。\n渝北区还有三十家企业。\n渝北区将继续。"
    assert told("企业复工", text=report) == "重庆市渝北区"
    assert told("企业复工", text=report + "\n成都市也是。\n绵阳市、南充市也是。") is None


def test_what_an_issuer_begins_with_comes_before_what_a_title_names() -> None:
    assert told("四川省财政厅", "关于支援重庆市巫溪县的通知") == "四川省"


@pytest.mark.parametrize(
    ("addressed", "area"),
    [
        ("各县区人民政府，海东工业园区管委会，市政府各部门：", "海东市"),
        ("各设区市人民政府，赣江新区管委会，省政府各部门：", "江西省"),
        ("各区县（自治县）人民政府，两江新区管委会，市政府各部门：", "重庆市"),
        ("各乡镇人民政府，县政府各部门：", None),
        ("各有关企业，海东工业园区管委会：", None),
    ],
)
def test_of_those_whom_it_is_sent_to(addressed: str, area: str | None) -> None:
    outline = parse([Paragraph("一、给予奖励。", 0)])
    assert area_told([], None, outline, addressed) == area
