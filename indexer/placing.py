"""Which place a document is of, where its catalogue does not say it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.divisions import Division, area_of, places_in, related
from corpus.outline import Outline

__all__ = ["area_told"]

#: A place that the text names so often, and nearly no other beside it, is what it is about.
_OFTEN, _NEARLY = 3, 0.8
#: Characters of a text that are looked at; a report names its place early.
_READ = 4000
#: A place that no list of divisions has; its name is all that is known of where it lies.
_AREA = re.compile(
    r"(?!高新|经开|开发|保税)([\u4e00-\u9fff]{2,6}?(?:高新区|经开区|保税区|自贸试验区|新区|(?<![我本全各该])[省市州县区旗]))"
    r"(?=人民政府|管委会|管理委员会|党工委|委员会|[\u4e00-\u9fff]{2,10}(?:局|委|厅|办公室)|关于|支持|促进|加快|推[进动]|鼓励"
    r"|[\u4e00-\u9fff]{2,20}(?:办法|措施|意见|规定|细则|条例|政策|方案|[规计]划|通知|公告)(?:[》（(]|$))"
)
#: A district behind its city.
_BELOW = re.compile(r"[\u4e00-\u9fff]{2,3}?[区县旗](?=人民政府|管委会|管理委员会|党工委|关于)")
#: What stands before the name of a place: title marks, 一图读懂, the state office above a local one.
_BEFORE_PLACE = re.compile(
    r"^(?:(?:一图读懂|图解|解读|回放)[：:｜|]?)?(?:关于(?:促进|支持)?)?[《“\s]*(?:关于(?:促进|支持)?)?(?:中共|共青团)?"
    r"(?:国家税务总局(?=\S{2,}税务局))?"
)
#: Offices of the government that sends a text to them.
_OWN_OFFICES = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<level>[省市州县区])(?:人民)?政府(?:各|有关|直属)"
)
_PARK = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<stem>[\u4e00-\u9fff]{2,3}?)(?:[\u4e00-\u9fff]{0,6}(?:园区|开发区|新区|高新区|经开区))(?=管委会|管理委员会)"
)
_DATELINE = re.compile(r"新华社(?P<place>[\u4e00-\u9fff]{2,6}?)(?:\d{1,2}月)?\d{1,2}日(?:电|讯)")
#: What news say to have been issued: …正式发布《某开发区关于…的措施》.
_POLICY = re.compile(
    r"(?:发布|印发|出台|推出|制定)了?\s*《(?P<title>[^》]{4,60}(?:措施|意见|办法|通知|政策|条))》"
)
_NATIONAL = re.compile(
    r"中华人民共和国(?:\S{2,10}?(?:部|委员会|总局|署))?|国务院(?:办公厅|应对\S{2,20}?联防联控机制)?|全国|最高人民|中央|中共中央"
    r"|国家[\u4e00-\u9fff]{2,12}?(?:委员会|总局|局|署|中心)|国家|(?:中国)?人民银行|审计署|海关总署|(?:税务|市场监管|市场监督管理)总局"
    r"|(?:财政|商务|交通运输|农业农村|工业和信息化|人力资源(?:和)?社会保障|自然资源|生态环境|住房和?城乡建设"
    r"|科学?技术?|教育|公安|民政|司法|水利|文化和旅游|应急管理|退役军人事务)部|工信部|人社部|住建部|文旅部"
    r"|国家?发展改革委|国家卫生健康委|银保监会|证监会|金融监管总局|国资委(?=关于)"
)
#: The character of a province that its 文号 begin with, and offices that stand behind it there.
_PROVINCES = {
    "京": "北京市", "津": "天津市", "沪": "上海市", "渝": "重庆市", "冀": "河北省", "豫": "河南省",
    "云": "云南省", "辽": "辽宁省", "黑": "黑龙江省", "湘": "湖南省", "皖": "安徽省", "鲁": "山东省",
    "苏": "江苏省", "浙": "浙江省", "赣": "江西省", "鄂": "湖北省", "桂": "广西壮族自治区", "甘": "甘肃省",
    "晋": "山西省", "蒙": "内蒙古自治区", "陕": "陕西省", "吉": "吉林省", "闽": "福建省", "黔": "贵州省",
    "粤": "广东省", "川": "四川省", "琼": "海南省", "藏": "西藏自治区",
}  # fmt: skip
_OF_PROVINCE = re.compile(
    "["
    + "".join(_PROVINCES)
    + "](?:府|政|财|发改|人社|医保|税|商|建|教|卫|市监|药监|科|经信|工信|民|委|办|银|交|农|文旅)"
)
#: The 文号 of ministries, which no character of a place stands before.
_OF_MINISTRY = re.compile(
    r"(?:国(?:发|办|函|令|税|科发|卫|医保|市监|药监|知发|资发|能|铁|粮|林|文旅|乡振)|财(?:社|税|建|综|金|行|企|教|农|资|预|库|会|办|关税)"
    r"|税总|人社[部厅]|工信[部厅]|发改|教[部厅]|民[发办函]|建[部办]|交[运办]|农[发办]|商[办务]|医保[发办]|银(?:发|保监|监)|证监|市监|药监)"
    r"[^〔\[（(]{0,6}[〔\[（(]\d{4}"
)


def area_told(
    names: Sequence[str], doc_number: str | None, outline: Outline, addressed: str = ""
) -> str | None:
    """Return the place that a document is of, 全国 for the whole country; None if nothing tells.

    ``names`` are its issuers and its title, ``addressed`` are those whom it is sent to. What names
    begin with comes first, then the one place that they name, then what the 文号 tells, the place
    whose offices it is sent to, and last the place that the text speaks of.
    """
    begun = (area for name in names if (area := _begun_with(_BEFORE_PLACE.sub("", name))))
    named = (area for name in names if (area := _only(name)))
    told = next(begun, None) or next(named, None) or _numbered(doc_number)
    return told or _sent_within(addressed) or _reported(outline) or _spoken_of(outline)


def _sent_within(addressed: str) -> str | None:
    """The place whose government has the offices addressed: 海东工业园区管委会，市政府各部门 are those
    of 海东市, 赣江新区管委会，省政府各部门 of the province that it lies in."""
    own = _OWN_OFFICES.search(addressed)
    if own is None:
        return None
    called = [f"{match['stem']}{own['level']}" for match in _PARK.finditer(addressed)]
    places = [place for name in called for place in places_in(name)] or places_in(addressed)
    if not places or not all(related(place.path, places[0].path) for place in places):
        return None
    path = max((place.path for place in places), key=len)
    ends = [depth for depth, name in enumerate(path, 1) if name.endswith(own["level"])]
    return area_of(path[: ends[-1]]) if ends else None


def _begun_with(name: str) -> str | None:
    places = places_in(name)
    if places and places[0].start == 0:
        return area_of(places[0].path)
    if national := _NATIONAL.match(name):
        own = [place for place in places if place.start == national.end()]
        return area_of(own[0].path) if own else "全国"
    match = _AREA.match(name)
    if match is None:
        return None
    below = _BELOW.match(name, match.end())
    return match[1] + (below[0] if below else "")


def _only(name: str) -> str | None:
    places = places_in(name)
    if not places or not all(related(place.path, places[0].path) for place in places):
        return None
    return area_of(max((place.path for place in places), key=len))


def _numbered(doc_number: str | None) -> str | None:
    if doc_number and _OF_PROVINCE.match(doc_number):
        return _PROVINCES[doc_number[0]]
    return "全国" if doc_number and _OF_MINISTRY.match(doc_number) else None


def _reported(outline: Outline) -> str | None:
    """The place of the dateline of news, or of the policy that they tell of."""
    first = next((clause.text for clause in outline if clause.text.strip()), "")
    # News from the capital are of the whole country.
    if (line := _DATELINE.search(first)) and not line["place"].startswith("北京"):
        places = places_in(line["place"])
        return area_of(places[0].path) if places else None
    policy = _POLICY.search(first)
    return _begun_with(_BEFORE_PLACE.sub("", policy["title"])) if policy else None


def _spoken_of(outline: Outline) -> str | None:
    """The lowest place that nearly all of the places named in a text lie in."""
    text = "\n".join(clause.text for clause in outline)[:_READ]
    paths = [place.path for place in places_in(text) if len(place.path[0]) > 2]
    counts: Counter[Division] = Counter(
        path[:depth] for path in paths for depth in range(1, len(path) + 1)
    )
    often = [
        path for path, count in counts.items() if count >= _OFTEN and count >= _NEARLY * len(paths)
    ]
    return area_of(max(often, key=len)) if often else None
