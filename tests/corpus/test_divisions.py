"""Places in texts: which they are, what lies in what, and words that only look like one."""

from __future__ import annotations

import time

import pytest

from corpus.divisions import area_of, lies_in, path_of, places_in, related


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("成都市双流区人民政府", ["成都市双流区"]),
        ("广东省广州市增城区", ["广州市增城区"]),
        ("增城区落实三种处置", ["广州市增城区"]),
        ("重庆渝北区和广西省", ["重庆市渝北区", "广西壮族自治区"]),
        ("恩施州、恩施土家族苗族自治州恩施市", ["恩施土家族苗族自治州", "恩施市"]),
        ("江苏省昆山市", ["昆山市"]),
        ("重庆高新技术产业开发区", ["重庆高新区"]),
        ("两江新区与广州经济技术开发区", ["重庆两江新区", "广州经开区"]),
        ("浦东新区", ["上海浦东新区"]),
        ("重庆大学生就业，重庆市银行贷款", ["重庆市", "重庆市"]),
        ("吉林的粮食", ["吉林省"]),
        (
            "西藏、内蒙古、新疆和宁夏",
            ["西藏自治区", "内蒙古自治区", "新疆维吾尔自治区", "宁夏回族自治区"],
        ),
    ],
)
def test_places(text: str, areas: list[str]) -> None:
    assert [area_of(place.path) for place in places_in(text)] == areas


@pytest.mark.parametrize(
    "text",
    [
        "国家高新技术企业",
        "上海证券交易所",
        "重庆医科大学",
        "全市各区县",
        "中山大学",
        "城区和郊区",
        "大同小异",
        "市中区改造",
        "",
    ],
)
def test_words_that_are_no_place(text: str) -> None:
    assert not places_in(text)


def test_a_name_that_several_have_is_told_apart_by_what_stands_before() -> None:
    assert [p.path for p in places_in("朝阳区")] == [("朝阳区",)]
    assert [p.path for p in places_in("北京市朝阳区、长春市朝阳区")] == [
        ("北京市", "朝阳区"),
        ("吉林省", "长春市", "朝阳区"),
    ]


def test_what_lies_in_what() -> None:
    city, zone, district = map(path_of, ("重庆市", "重庆高新区", "重庆市渝北区"))
    assert lies_in(zone, city) and lies_in(district, city) and not lies_in(city, zone)
    assert related(city, district) and not related(zone, district)
    assert related(path_of("四川省"), path_of("成都市"))
    assert path_of("全国") == path_of(None) == ()
    # No list has it, but where it lies is known.
    assert path_of("重庆国际生物城") == ("重庆市", "重庆国际生物城")
    assert path_of("云峡市") == ("云峡市",)


@pytest.mark.parametrize("area", ["成都市双流区", "重庆高新区", "昆山市", "重庆两江新区", "浙江省"])
def test_an_area_is_read_as_it_is_written(area: str) -> None:
    assert area_of(path_of(area)) == area


def test_long_texts_are_read_in_a_moment() -> None:
    start = time.perf_counter()
    places_in("重庆市" * 20_000)
    places_in("我" * 100_000)
    assert time.perf_counter() - start < 5
