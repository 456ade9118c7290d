"""Of which place a document is, by its title, its 文号, or the dateline of news."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.read import entry_of_file, read_source


@pytest.mark.parametrize(
    ("title", "text", "area"),
    [
        ("宁波推出用工新办法", "企业每招一人补助五百元。", "宁波市"),
        ("江西：稳就业出新招", "企业每招一人补助五百元。", "江西省"),
        ("广西出新规保供应", "企业每招一人补助五百元。", "广西壮族自治区"),
        ("河南郑州：商户免租", "商户免租两个月。", "郑州市"),
        ("重庆省际客车复运", "包车恢复运营。", "重庆市"),
        ("规范我市停车秩序的通告", "交通秩序自明日恢复。", None),
        ("这个小区自己守住了门", "居民自发值守。", None),
        ("贵州强化重点区巡查", "重点区域每日消毒。", "贵州省"),
        ("企业招工有补助", "新华社温州2月16日电 企业每招一人补助五百元。", "温州市"),
        ("企业招工有补助", "新华社北京2月16日电 企业每招一人补助五百元。", None),
        ("暖企十条看过来", "开发区发布《天津经济技术开发区关于暖企的若干措施》，减租两个月。", "天津经济技术开发区"),
    ],
)  # fmt: skip
def test_area(tmp_path: Path, title: str, text: str, area: str | None) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{title}\n\n{text}\n", "utf-8")
    assert read_source(entry_of_file(path)).document.area == area
