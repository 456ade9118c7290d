"""What two levels give together, tiers above a limit, kinds of persons each at its own amount."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from summing import works_out, works_out_nothing

from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import open_embedder
from retriever.query import Query
from retriever.retriever import Retriever
from server.assistant import Assistant
from server.settings import Settings

CITY = """青禾市人民政府关于印发《青禾市支持托育和产业发展若干措施》的通知
青府发〔2025〕5号
青禾市支持托育和产业发展若干措施
第一条 对新建普惠托育机构，按照每个托位1万元给予一次性建设补助。单个机构建设补助不超过120万元。
第二条 新建并向社会开放的小型冷库、中型冷库，按核定建设投入（不含土地费用）的30%给予补助，分别不超过20万元、100万元。
第三条 对普惠托育机构，按照实际收托人数给予运营补助，乳儿班（6至12个月）、托小班（12至24个月）、托大班（24至36个月）分别为每人每月500元、400元、300元，每年按10个月计算。
第四条 对设备投资额2000万元（含）以上的项目，按设备投资额分段给予补助：2000万元以下部分不予补助；超过2000万元、不超过5000万元（含）的部分，按8%给予补助；超过5000万元的部分，按10%给予补助。单个项目累计不超过1000万元。
第五条 对承接委托检测业务，年度到账收入超过800万元的企业，按超过部分的5%给予奖励，单个企业每年度不超过400万元。
第六条 对企业建设的直播基地，给予30万元一次性奖励。
第七条 区县出台的政策可与本措施叠加享受，但以投入、费用为基数的补助，市、区县两级补助合计不得超过该事项实际投入的45%。
第八条 本措施自2025年2月1日起施行，有效期5年。
青禾市人民政府
2025年1月10日
"""
DISTRICT = """青禾市东溪区人民政府关于印发《东溪区支持托育和产业发展实施细则》的通知
东府发〔2025〕3号
东溪区支持托育和产业发展实施细则
第一条 对享受市级措施建设补助的新建普惠托育机构，区级再按照每个托位3000元给予补助。单个机构区级补助不超过40万元。
第二条 在本区新建并向社会开放的小型冷库、中型冷库，按核定建设投入（不含土地费用）的20%给予补助，分别不超过10万元、50万元。
第三条 对企业在本区建设的直播基地，给予10万元一次性奖励。
第四条 除第一条、第二条规定的补助可以与市级政策同时享受外，其余事项与市级同类政策不重复享受。
第五条 本细则自2025年4月1日起施行，有效期5年。
青禾市东溪区人民政府
2025年3月10日
"""
FARM_CITY = """青禾市人民政府关于印发《青禾市支持农药创新若干措施》的通知
青府发〔2025〕8号
青禾市支持农药创新若干措施
第一条 支持农药产业化。对创制农药每个奖励100万元，改良型农药、生物农药每个奖励50万元，农药助剂每个奖励10万元。
第二条 支持推广。对新型肥料推广的企业，给予30万元一次性奖励。
第三条 本措施与其他同类政策有重叠的，按照就高、不重复的原则执行。
第四条 本措施自2025年2月1日起施行，有效期5年。
青禾市人民政府
2025年1月10日
"""
FARM_DISTRICT = """青禾市东溪区人民政府关于印发《东溪区支持农药产业办法》的通知
东府发〔2025〕9号
东溪区支持农药产业办法
第一条 鼓励产业化。取得农药登记证并投产的，给予单个品种一次性奖励，对创制农药单个奖励40万元，对改良型农药和进口替代农药单个奖励20万元。
第二条 本办法自2025年4月1日起施行，有效期5年。
青禾市东溪区人民政府
2025年3月10日
"""
TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("levels")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "city.txt").write_text(CITY, "utf-8")
    (corpus / "district.txt").write_text(DISTRICT, "utf-8")
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.models)
    build(corpus, folder / "index", embedder)
    index = ClauseIndex.open(folder / "index")
    return Assistant(index, Retriever(index, embedder))


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "东溪区新建托育机构80个托位，市区两级建设补助加起来能拿多少？",
            "最高104万元", "80万元 + 24万元 = 104万元", id="local-part-on-top",
        ),
        pytest.param(
            "我们在东溪区新建了一个对外开放的中型冷库，花了300万元，市里加区里一共最高能补多少？",
            "最高135万元", "140万元 超过两级合计上限135万元，按135万元", id="both-limited-by-the-cost",
        ),
        pytest.param(
            "普惠托育机构托小班20个娃、托大班30个娃，全年能拿多少运营补助？",
            "17万元", "1.7万元 × 10个月 = 17万元", id="months-that-the-clause-counts",
        ),
        pytest.param(
            "青禾市的项目设备投资额8000万元，能补多少？",
            "最高540万元", "240万元 + 300万元 = 540万元", id="nothing-below-the-first-part",
        ),
        pytest.param(
            "青禾市企业承接委托检测业务，年度到账收入5300万元，奖励多少？",
            "最高225万元", "4500万元 × 5% = 225万元", id="what-lies-above",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


def test_both_clauses_and_the_rule_are_cited(works: Assistant) -> None:
    question = "东溪区新建托育机构80个托位，市区两级建设补助加起来能拿多少？"
    cited = {str(c.address) for c in works.ask(Query(question, TODAY)).citations}
    assert {"city#art1", "district#art1"} <= cited


def test_what_must_not_be_had_twice_is_not_added(works: Assistant) -> None:
    question = "我们在东溪区建设了直播基地，市区两级奖励加起来能拿多少？"
    answer = works.ask(Query(question, TODAY))
    assert "40万元" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "东溪区一家企业的改良型农药投产了，市里有奖、区里也有奖，按就高不重复最后能拿多少？",
        "东溪区的企业有个改良型农药投产了，市级和区级只能拿一头，最多拿多少？",
    ],
)
def test_the_higher_one_where_only_one_is_had(assistant_over, question: str) -> None:
    works = assistant_over(city=FARM_CITY, district=FARM_DISTRICT)
    display = "50万元（就高不重复：青禾市50万元；青禾市东溪区20万元）"
    line = "青禾市东溪区20万元 未超过青禾市50万元"
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # One level gives nothing for it that is read.
        "东溪区企业的新型肥料投产了，市里区里就高不重复，最后能拿多少？",
        # Whether both may be had, no amount.
        "改良型农药投产，东溪区和青禾市里能不能重复享受？",
    ],
)
def test_no_higher_one(assistant_over, question: str) -> None:
    works_out_nothing(
        assistant_over(city=FARM_CITY, district=FARM_DISTRICT).ask(Query(question, TODAY))
    )
