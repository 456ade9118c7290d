"""Notices, orders, decisions and collections as authorities publish them, read from files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.outline import Outline
from corpus.wording import label
from indexer.read import entry_of_file, read_source
from indexer.readings import Reading

Read = Callable[[str], Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a text, one paragraph a line, from a file."""

    def from_file(text: str) -> Reading:
        path = tmp_path / "source.txt"
        path.write_text(text.strip() + "\n", encoding="utf-8")
        return read_source(entry_of_file(path))

    return from_file


def paths(outline: Outline) -> list[str]:
    return [str(clause.path) for clause in outline]


JOINT = """
云峡市科学技术局
云峡市财政局
国家税务总局云峡市税务局
关于开展研发费用后补助工作的通知
云科规〔2025〕3号
各区县科技局，各有关企业：
现就研发费用后补助工作通知如下：
一、补助对象
在我市注册的企业。
二、申报材料
1.申请表；
2.诚信承诺书。
联系人：王老师，联系电话：023-12345678。
附件：1. 申请表
2. 诚信承诺书
云峡市科学技术局
云峡市财政局
国家税务总局云峡市税务局
2025年8月4日
（联系人：陈立；联系电话：0551-66660000）
附件1
申请表
企业名称和统一社会信用代码。
附件2
诚信承诺书
本企业郑重承诺材料真实。
"""


def test_joint_notice_parts_its_issuers(read: Read):
    document = read(JOINT).document
    assert document.title == (
        "云峡市科学技术局 云峡市财政局 国家税务总局云峡市税务局关于开展研发费用后补助工作的通知"
    )
    assert document.issuers == ("云峡市科学技术局", "云峡市财政局", "国家税务总局云峡市税务局")
    assert document.area == "云峡市"


def test_contacts_belong_to_the_whole_notice(read: Read):
    outline = read(JOINT).outline
    closing = [clause.text for clause in outline if clause.path.steps[0].rank == "closing"]
    assert closing == [
        "联系人：王老师，联系电话：023-12345678。",
        "附件：1. 申请表",
        "2. 诚信承诺书",
        "（联系人：陈立；联系电话：0551-66660000）",
    ]


def test_contacts_under_their_heading_stay_there(read: Read):
    text = "某区补贴申报指南\n一、申报条件\n注册地在本区。\n二、联系方式\n联系人：周科长\n联系电话：0851-33330000"
    outline = read(text).outline
    assert paths(outline) == ["sec1", "sec2", "sec2.para1", "sec2.para2"]


def test_formula_closes_a_public_notice(read: Read):
    text = (
        "洪川县人民政府关于禁止燃放烟花爆竹的通告\n洪府告〔2024〕2号\n现将有关事项通告如下：\n一、县城全年禁放。\n"
        "二、本通告自2025年1月1日起施行。\n特此通告。\n洪川县人民政府\n二〇二四年十二月五日"
    )
    assert paths(read(text).outline) == ["opening", "sec1", "sec2", "closing"]


def test_number_of_a_notice_that_leaves_out_its_issuer(read: Read):
    text = (
        "国家税务总局云峡市税务局\n关于调整核定征收有关事项的公告\n2024年第3号\n现公告如下：\n一、附征率为0。\n"
        "二、本公告自2024年7月1日起施行。《关于核定征收问题的公告》（2021年第5号）第三条同时废止。\n"
        "国家税务总局云峡市税务局\n2024年6月17日"
    )
    document = read(text).document
    assert document.doc_number == "国家税务总局云峡市税务局公告2024年第3号"
    assert document.area == "云峡市"
    # One article of another text falls, not the text.
    assert document.repeals == ()


@pytest.mark.parametrize(
    ("order", "number"),
    [
        ("东崖省人民政府令\n第312号", "东崖省人民政府令第312号"),
        # The number alone, with a year: no line of a title is left.
        ("东崖省人民政府令〔2024〕第4号", "东崖省人民政府令〔2024〕4号"),
    ],
)
def test_order_is_named_after_the_text_that_it_publishes(read: Read, order: str, number: str):
    text = (
        f"{order}\n《东崖省气象灾害防御办法》已经2024年9月3日省人民政府第38次常务会议通过，现予公布，"
        "自2024年12月1日起施行。\n省长　赵某\n2024年9月20日\n东崖省气象灾害防御办法\n第一章　总则\n"
        "第一条　为了防御气象灾害，制定本办法。\n第二条　本办法自2024年12月1日起施行。"
    )
    reading = read(text)
    document = reading.document
    assert (document.title, document.kind) == ("东崖省气象灾害防御办法", "办法")
    assert document.doc_number == number
    assert document.issuers == ("东崖省人民政府",)
    assert document.issued == date(2024, 9, 20)
    assert paths(reading.outline)[-2:] == ["art1", "art2"]


DECISION = """
临海市人民政府关于修改《临海市城市绿化管理办法》的决定
临海市人民政府令第61号
临海市人民政府决定对《临海市城市绿化管理办法》作如下修改：
一、将第五条修改为：“市绿化部门负责绿化工作。”
二、删去第十二条。
本决定自2024年10月1日起施行。
《临海市城市绿化管理办法》根据本决定作相应修改，重新公布。
临海市城市绿化管理办法
（2016年3月1日临海市人民政府令第38号公布 根据2024年8月20日临海市人民政府令第61号修改）
第一条 为了促进城市绿化，制定本办法。
第二条 本办法自2016年5月1日起施行。
"""


def test_text_published_anew_behind_a_decision(read: Read):
    reading = read(DECISION)
    assert reading.document.kind == "决定"
    assert reading.document.term.start == date(2024, 10, 1)
    assert paths(reading.outline) == [
        "opening", "sec1", "sec2", "closing.para1", "closing.para2",
        "text2", "text2.opening", "text2.art1", "text2.art2",
    ]  # fmt: skip


def test_document_behind_another_one(read: Read):
    one = "青溪市交通局关于春运工作的通知\n青交〔2024〕5号\n各区县交通局：\n现通知如下：\n一、提高认识。\n二、强化保障。\n三、严格执法。\n青溪市交通局\n2024年1月10日\n"
    two = one.replace("关于春运工作的通知", "关于农村公路养护的意见").replace(
        "〔2024〕5号", "〔2024〕6号"
    )
    reading = read(one + two.replace("1月10日", "1月12日"))
    assert reading.document.issued == date(2024, 1, 10)
    assert "text2.sec3" in paths(reading.outline)
    assert [f.kind for f in reading.outline.findings] == []
    # What signs the second one is cited, not lost.
    assert reading.outline.clauses[-1].text == "2024年1月12日"


def test_forwarded_text_under_a_shorter_title(read: Read):
    text = (
        "康宁市人民政府办公室转发市卫生健康委关于加强村医队伍建设实施意见的通知\n康政办发〔2023〕44号\n各县人民政府：\n"
        "市卫生健康委《关于加强村医队伍建设的实施意见》已经市政府同意，现转发给你们。\n康宁市人民政府办公室\n2023年9月1日\n"
        "关于加强村医队伍建设的实施意见\n一、总体目标\n每千名居民配备1名村医。\n二、工作要求\n各地要制定办法。"
    )
    document = read(text).document
    assert document.title == "关于加强村医队伍建设的实施意见"
    assert document.issuers == ("康宁市人民政府办公室",)
    assert document.issued == date(2023, 9, 1)


def test_carried_text_as_first_annex_leaves_no_gap(read: Read):
    text = (
        "龙泉新区管委会关于印发《龙泉新区促进低空经济发展若干措施》的通知\n龙新管发〔2024〕27号\n各部门：\n"
        "《龙泉新区促进低空经济发展若干措施》已经审议通过，现印发给你们。\n附件：1.龙泉新区促进低空经济发展若干措施\n2.名词解释\n"
        "龙泉新区管理委员会\n2024年9月30日\n附件1\n龙泉新区促进低空经济发展若干措施\n第一条 支持企业落户。\n"
        "第二条 本措施自2024年10月1日起实施。\n附件2\n名词解释\n一、低空经济：低空飞行活动。\n二、整机企业：总装企业。"
    )
    reading = read(text)
    assert reading.outline.findings == ()
    assert paths(reading.outline)[-3:] == ["annex2", "annex2.sec1", "annex2.sec2"]


def test_annexes_numbered_in_two_steps(read: Read):
    text = (
        "某区科技局关于开展绩效评价的通知\n某科〔2024〕19号\n各有关单位：\n现通知如下：\n一、范围\n全部平台。\n二、材料\n填写附表。\n"
        "附件：1-1.评价表\n1-2.指标体系\n2.材料清单\n某区科技局\n2024年6月11日\n附件1-1\n评价表\n平台名称。\n"
        "附件1-2\n指标体系\n研发投入。\n附件2\n材料清单\n证明材料。"
    )
    reading = read(text)
    annexes = [clause for clause in reading.outline if clause.path.steps[0].rank == "annex"]
    assert [label(c.path) for c in annexes if c.title] == ["附件1-1", "附件1-2", "附件2"]
    assert reading.outline.findings == ()
    assert reading.document.issued == date(2024, 6, 11)


def test_draft_is_not_in_force(read: Read):
    text = (
        "青溪市市场监管局关于征求《青溪市地方标准管理办法（征求意见稿）》意见的函\n青市监函〔2024〕108号\n各区县局：\n"
        "现征求你单位意见。\n附件：青溪市地方标准管理办法（征求意见稿）\n青溪市市场监管局\n2024年10月28日\n附件\n"
        "青溪市地方标准管理办法\n（征求意见稿）\n第一条 制定本办法。\n第二条 本办法自2025年1月1日起施行。"
    )
    reading = read(text)
    assert reading.document.kind == "函"
    assert reading.document.term.start is None
    assert "征求意见稿" in (reading.document.term.note or "")
    annex = next(c for c in reading.outline if str(c.path) == "annex1")
    assert annex.title == "附件 青溪市地方标准管理办法（征求意见稿）"


def test_texts_of_a_collection_are_counted_from_the_first(read: Read):
    text = (
        "花溪区民政政策汇编\n花溪区临时救助实施办法\n花民发〔2023〕7号\n第一条 制定本办法。\n第二条 本办法自2023年4月1日起施行。\n"
        "花溪区孤儿保障实施办法\n花民发〔2023〕9号\n第一条 制定本办法。\n第二条 每人每月2000元。"
    )
    reading = read(text)
    assert (reading.document.title, reading.document.kind) == ("花溪区民政政策汇编", "汇编")
    assert reading.document.doc_number is None
    titles = {str(c.path): c.title for c in reading.outline if c.title}
    assert titles == {"text1": "花溪区临时救助实施办法", "text2": "花溪区孤儿保障实施办法"}


def test_party_document_dated_under_its_title(read: Read):
    text = (
        "中共东崖省委　东崖省人民政府\n关于促进民营经济发展壮大的实施意见\n（2023年11月8日）\n现提出如下意见。\n一、优化环境\n"
        "1．破除壁垒。\n2．公平竞争。\n二、附则\n3．本意见自印发之日起施行。"
    )
    document = read(text).document
    assert document.title == "中共东崖省委 东崖省人民政府关于促进民营经济发展壮大的实施意见"
    assert document.issued == document.term.start == date(2023, 11, 8)


def test_documents_repealed_by_a_notice(read: Read):
    text = (
        "白云区人民政府关于废止部分文件的通知\n白府规〔2024〕1号\n区政府各部门：\n经研究，决定废止《白云区电子商务办法》"
        "（白府〔2018〕22号）、《白云区出租屋规定》（白府〔2016〕9号）2件文件。\n白云区人民政府\n2024年1月31日"
    )
    repeals = read(text).document.repeals
    assert [repeal.doc_number for repeal in repeals] == ["白府〔2018〕22号", "白府〔2016〕9号"]


def test_minutes_signed_by_the_office_that_printed_them(read: Read):
    text = (
        "西岭市人民政府常务会议纪要\n会议纪要如下：\n一、研究安全生产\n会议听取了汇报。\n二、其他事项\n会议研究了其他事项。\n"
        "西岭市人民政府办公室\n2024年5月24日印发"
    )
    document = read(text).document
    assert (document.kind, document.authority) == ("纪要", "normative")
    assert document.issuers == ("西岭市人民政府办公室",)


def test_article_that_breaks_off_above_the_signature(read: Read):
    text = (
        "河阳市养老服务补贴实施细则\n河民发〔2024〕12号\n第一条 制定本细则。\n第二条 补贴按月发放，由市民政局会同市财政局\n"
        "河阳市民政局\n2024年3月3日"
    )
    assert [finding.kind for finding in read(text).outline.findings] == ["cut_off"]


REPORT = "云峡市印发《云峡市数字发展规划》\n新华社云峡2月27日电 近日，云峡市印发了《云峡市数字发展规划》。{more}\n《规划》提出，到2027年建成平台。\n《规划》强调，要加强协调。"


def test_report_on_a_plan_is_no_plan(read: Read):
    document = read(REPORT.format(more="")).document
    assert (document.authority, document.kind) == ("informational", "新闻报道")


def test_report_that_carries_the_whole_text_is_the_policy(read: Read):
    assert read(REPORT.format(more="全文如下：")).document.authority == "normative"
