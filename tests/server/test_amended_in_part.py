"""Changes by a notice that uses a short name, names 目, and raises figures without quoting them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.address import ClausePath
from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import open_embedder
from retriever.query import Query
from retriever.retriever import Retriever
from server.assistant import Assistant
from server.settings import Settings

TODAY = date(2026, 11, 29)
OLD = """青浦市支持外贸稳定增长若干措施
青商发〔2024〕8号
一、支持参加展会
（一）境外展会
1.展位费。按实际支付展位费的70%给予补助，单个企业每年不超过30万元。
2.人员费。每人补助5000元，单个企业每个展会不超过2人。
（二）境内展会。每个标准展位补助5000元。
二、支持外贸人才
（一）外贸企业新引进的硕士，每人每月给予1500元租房补贴。
（二）外贸企业举办培训的，每场补助2万元。
（三）外贸企业租用办公用房的，每月补助3000元。
三、附则
本措施自2024年4月1日起施行，有效期5年。
青浦市商务局
2024年3月1日
"""
NEW = """青浦市商务局关于调整外贸稳定增长政策有关事项的通知
青商发〔2025〕9号
各有关企业：
现就《青浦市支持外贸稳定增长若干措施》（青商发〔2024〕8号，以下简称《若干措施》）有关事项调整如下：
一、提高展位费补助。《若干措施》第一部分第（一）项第1目修改为：“展位费。按实际支付展位费的80%给予补助，单个企业每年不超过50万元。”
二、提高租房补贴。《若干措施》第二部分第（一）项规定的租房补贴由每人每月1500元提高至2000元。
三、增加数字化支持。《若干措施》第二部分增加一项，作为第（四）项：“外贸企业购买数字化服务的，按费用的20%给予补助。”
四、取消租金补助。停止实施《若干措施》第二部分第（三）项。
五、其他。各区仍按照《若干措施》第二部分第（二）项执行。
六、本通知自2025年5月1日起施行。
青浦市商务局
2025年4月1日
"""


@pytest.fixture(scope="module")
def changed(assistant_over) -> Assistant:
    return assistant_over(old=OLD, new=NEW)


def test_what_is_done_to_which_clause(changed: Assistant) -> None:
    document = changed.index.document("old")
    assert [(str(c.path), c.kind, str(c.by.path)) for c in document.changes] == [
        ("sec1.item1.num1", "replaced", "sec1"),
        ("sec2.item1", "replaced", "sec2"),
        ("sec2", "added", "sec3"),
        ("sec2.item3", "deleted", "sec4"),
    ]


def test_what_is_added_beside_a_clause_does_not_change_it(changed: Assistant) -> None:
    added = changed.index.document("old").changes[2]
    assert added.touches(ClausePath.parse("sec2"))
    assert not added.touches(ClausePath.parse("sec2.item2"))
    answer = changed.ask(Query("外贸企业举办培训每场补助多少", TODAY))
    assert "2万元" in answer.text and "修改：" not in answer.text


def test_no_sum_by_the_old_figure(changed: Assistant) -> None:
    answer = changed.ask(Query("我们新引进3名硕士，租房补贴一个月一共多少钱", TODAY))
    assert answer.calculation is not None and answer.calculation.display == "6000元"
    assert "4500元" not in answer.text
    assert "由每人每月1500元提高至2000元" in answer.text


def test_a_clause_that_was_not_changed_is_worked_with(changed: Assistant) -> None:
    answer = changed.ask(Query("外贸企业办了3场培训，一共补助多少", TODAY))
    assert answer.calculation is not None and answer.calculation.display == "6万元"


RAISED = """青浦市人民政府关于印发《青浦市支持器械产业若干规定》的通知
青府规〔2024〕2号
青浦市支持器械产业若干规定
第一条 首次取得第三类、第二类医疗器械注册证的，分别给予每个品种120万元、30万元奖励。体外诊断试剂按上述标准的50%执行。单个企业每年度不超过600万元。
第二条 对设备投资额2000万元以上的项目，按设备投资额的10%给予补助，最高不超过500万元。
第三条 本规定自2024年4月1日起施行，有效期5年。
青浦市人民政府
2024年3月1日
"""
RAISING = """青浦市人民政府关于调整《青浦市支持器械产业若干规定》部分内容的通知
青府规〔2026〕1号
现对《青浦市支持器械产业若干规定》（青府规〔2024〕2号，以下简称《若干规定》）部分内容调整如下：
一、将《若干规定》第一条中“分别给予每个品种120万元、30万元奖励”修改为“分别给予每个品种160万元、30万元奖励”；将“体外诊断试剂按上述标准的50%执行”修改为“体外诊断试剂按上述标准的70%执行”；将“单个企业每年度不超过600万元”修改为“单个企业每年度不超过800万元”。
二、将《若干规定》第二条中“按设备投资额的10%给予补助，最高不超过500万元”修改为“按研发设备投资额的10%给予补助，最高不超过800万元”。
三、本通知自2026年3月1日起施行。
青浦市人民政府
2026年2月9日
"""


@pytest.fixture(scope="module")
def raised(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("raised")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "old.txt").write_text(RAISED, "utf-8")
    (corpus / "new.txt").write_text(RAISING, "utf-8")
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.models)
    build(corpus, folder / "index", embedder)
    index = ClauseIndex.open(folder / "index")
    return Assistant(index, Retriever(index, embedder))


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        ("2026年5月首次取得3张三类器械注册证，能奖多少？", "最高480万元", "3张 × 160万元 = 480万元"),
        ("体外诊断试剂企业首次取得4张三类器械注册证，能奖多少？", "最高448万元", "640万元 × 70% = 448万元"),
        ("首次取得6张三类器械注册证，能奖多少？", "最高800万元", "960万元 超过每年上限800万元，按800万元"),
    ],
)  # fmt: skip
def test_sum_with_the_figures_put_in(
    raised: Assistant, question: str, display: str, line: str
) -> None:
    answer = raised.ask(Query(question, TODAY))
    assert answer.calculation is not None and answer.calculation.display == display
    assert line in [step.text for step in answer.calculation.steps]
    assert "按修改后的条文测算" in answer.calculation.assumptions
    assert {c.address.document for c in answer.citations} == {"old", "new"}
    assert not answer.trace.problems


@pytest.mark.parametrize(
    ("question", "old"),
    [
        # Which of the two holds depends on the day of the certificate.
        ("2025年9月首次取得3张三类器械注册证，能奖多少？", "360万元"),
        # More than figures was changed.
        ("设备投资额4000万元的项目，能补多少？", "400万元"),
    ],
)
def test_no_sum_where_the_change_is_not_told_for_certain(
    raised: Assistant, question: str, old: str
) -> None:
    answer = raised.ask(Query(question, TODAY))
    assert answer.calculation is None and old not in answer.text
