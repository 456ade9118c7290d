"""Clauses that differ are both shown: versions, two texts of one level, two levels, news."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import open_embedder
from retriever.query import Query
from retriever.retriever import Retriever
from server.answer import Answer
from server.assistant import Assistant
from server.differing.values import substituted, values_of
from server.settings import Settings

DAY = date(2026, 1, 2)
_HEAD = "{title}\n{number}\n各区人民政府：\n现将《{title}》印发给你们。\n{issuer}\n{day}\n{title}\n"
OLD = (
    _HEAD.format(
        title="青禾市养老托育服务发展办法",
        number="青府发〔2019〕3号",
        issuer="青禾市人民政府",
        day="2019年3月1日",
    )
    + """第一条 为支持养老托育服务，制定本办法。
第二条 对新建的社区养老驿站，验收合格后按每张床位给予3000元建设补贴，单个驿站最高不超过20万元。
第三条 对普惠托育机构，按实际收托人数给予每人每月200元运营补贴。
第四条 建设补贴由市民政局负责审核，审核时间不超过30个工作日。
第五条 聘用持证护理员的养老机构，按每名护理员每年1200元给予岗位补贴。
第六条 本办法自2019年4月1日起施行。
"""
)
NEW = (
    _HEAD.format(
        title="青禾市养老托育服务发展办法（2024年修订）",
        number="青府发〔2024〕8号",
        issuer="青禾市人民政府",
        day="2024年5月6日",
    )
    + """第一条 为支持养老托育服务高质量发展，制定本办法。
第二条 对新建的社区养老驿站，验收合格后按每张床位给予5000元建设补贴，单个驿站最高不超过40万元。
第三条 对普惠托育机构，按实际收托人数给予每人每月200元运营补贴。
第四条 建设补贴由市养老服务中心负责审核，审核时间不超过15个工作日。
第五条 对接收失能老人的养老机构，按每名失能老人每月150元给予护理补贴。
第六条 本办法自2024年6月1日起施行，《青禾市养老托育服务发展办法》（青府发〔2019〕3号）同时废止。
"""
)
PLAN = (
    _HEAD.format(
        title="青禾市促进老年助餐服务若干措施",
        number="青府办发〔2025〕2号",
        issuer="青禾市人民政府办公室",
        day="2025年2月10日",
    )
    + """一、对设在社区的老年助餐点，按每客午餐给予3元运营补贴，每个助餐点每年最高不超过6万元。
二、对新建的夜间托管点，验收合格后给予每个4万元建设补贴。
三、本措施自2025年3月1日起施行，有效期五年。
"""
)
OTHER_PLAN = (
    _HEAD.format(
        title="青禾市儿童友好城市建设方案",
        number="青府办发〔2025〕7号",
        issuer="青禾市人民政府办公室",
        day="2025年6月10日",
    )
    + """一、对新建的夜间托管点，验收合格后给予每个7万元建设补贴。
二、本方案自2025年7月1日起施行。
"""
)
DISTRICT = (
    _HEAD.format(
        title="青禾高新区支持老年助餐服务办法",
        number="青高新发〔2025〕11号",
        issuer="青禾高新区管委会",
        day="2025年4月3日",
    )
    + """第一条 为方便老年人就餐，制定本办法。
第二条 对辖区内的老年助餐点，按每客午餐给予2元运营补贴，每个助餐点每年最高不超过4万元。
第三条 助餐点聘用专职厨师的，每人每年给予5000元岗位补贴。
第四条 本办法与市级政策重复的，按照就高不重复的原则执行。
第五条 本办法自2025年5月1日起施行。
"""
)
NEWS = """青禾市老年助餐点建设提速
本报讯（记者 林小舟）昨日，记者了解到，青禾市老年助餐服务加快推进。
据介绍，对设在社区的老年助餐点，按每客午餐给予5元运营补贴，每个助餐点每年最高不超过10万元。
目前，已建成助餐点128个，日均服务老人1.2万人次。
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Assistant:
    folder = tmp_path_factory.mktemp("differing")
    (folder / "corpus").mkdir()
    texts = {
        "old": OLD, "new": NEW, "plan": PLAN, "scheme": OTHER_PLAN, "district": DISTRICT, "news": NEWS,
    }  # fmt: skip
    for name, text in texts.items():
        (folder / "corpus" / f"{name}.txt").write_text(text, "utf-8")
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.models)
    build(folder / "corpus", folder / "index", embedder)
    index = ClauseIndex.open(folder / "index")
    return Assistant(index, Retriever(index, embedder))


def asked(assistant: Assistant, question: str) -> Answer:
    answer = assistant.ask(Query(question, as_of=DAY))
    assert answer.trace.problems == ()
    return answer


def cited(answer: Answer) -> list[str]:
    return [str(citation.address) for citation in answer.citations]


def notes_of(answer: Answer, beginning: str) -> list[str]:
    return [note for note in answer.notes if beginning in note]


def test_of_the_repealed_version_only_a_note_tells(small: Assistant):
    answer = asked(small, "社区养老驿站每张床位补多少钱")
    assert cited(answer) == ["new#art2"] and "3000元" not in answer.text
    (note,) = notes_of(answer, "另见")
    assert "青府发〔2019〕3号）第二条（青禾市，2019-03-01印发，已废止）" in note


def test_who_asks_for_both_versions_gets_the_one_in_force_first(small: Assistant):
    answer = asked(small, "社区养老驿站每张床位补多少钱，以前呢")
    assert cited(answer) == ["new#art2", "old#art2"]
    assert "（现行有效）" in answer.claims[0][0] and "5000元" in answer.claims[0][0]
    assert "（已废止）" in answer.claims[1][0] and "3000元" in answer.claims[1][0]
    (note,) = notes_of(answer, "两处规定不一致")
    assert "青府发〔2024〕8号）第二条（青禾市，2024-05-06印发，现行有效）" in note
    assert "青府发〔2019〕3号）第二条（青禾市，2019-03-01印发，已废止）" in note
    assert "青府发〔2024〕8号）第六条" in note


def test_time_and_unit_in_charge_differ_too(small: Assistant):
    for question in ("建设补贴审核以前要多少个工作日", "建设补贴以前由哪个部门审核"):
        answer = asked(small, question)
        assert cited(answer) == ["new#art4", "old#art4"]
        assert notes_of(answer, "两处规定不一致")


def test_same_value_in_two_versions_is_no_difference(small: Assistant):
    assert not notes_of(asked(small, "普惠托育机构运营补贴每人每月多少"), "两处规定不一致")


def test_measures_that_share_words_are_not_set_against_each_other(small: Assistant):
    for question in ("护理员岗位补贴多少", "失能老人护理补贴多少", "助餐点厨师岗位补贴多少"):
        answer = asked(small, question)
        # Versions of one text may differ, a district and its city have measures of their own.
        apart = [note for note in notes_of(answer, "不一致") if "现行的《" not in note]
        assert not apart and not notes_of(answer, "各有规定")


def test_two_texts_of_one_level_are_both_shown(small: Assistant):
    answer = asked(small, "新建夜间托管点建设补贴多少")
    assert set(cited(answer)) == {"plan#sec2", "scheme#sec1"}
    (note,) = notes_of(answer, "两处规定不一致")
    assert "文中没有写以哪一处为准" in note


def test_two_levels_are_two_measures_and_news_is_marked(small: Assistant):
    answer = asked(small, "老年助餐点每客午餐补贴多少")
    assert set(cited(answer)) == {"plan#sec1", "district#art2"}
    (levels,) = notes_of(answer, "各有规定")
    assert "不是互相矛盾" in levels and "2025-04-03印发" in levels
    (news,) = notes_of(answer, "另有说法")
    assert "每客午餐给予5元" in news and "不能作为申报依据" in news
    assert notes_of(answer, "就高不重复")


def test_who_names_a_place_or_a_document_gets_a_short_note(small: Assistant):
    answer = asked(small, "青禾高新区的老年助餐点每客午餐补多少")
    assert cited(answer) == ["district#art2"]
    (note,) = notes_of(answer, "另见")
    assert "青府办发〔2025〕2号" in note and "3元" not in note
    answer = asked(small, "青府发〔2019〕3号里社区养老驿站每张床位补多少")
    assert cited(answer) == ["old#art2"]
    (note,) = notes_of(answer, "另见")
    assert "青府发〔2024〕8号）第二条" in note


def test_one_more_value_is_no_other_value():
    assert not substituted(values_of("奖3%，最高5万元"), values_of("奖3%"), None)
    assert substituted(values_of("在15个工作日内"), values_of("在30个工作日内"), None) == {"工作日"}
