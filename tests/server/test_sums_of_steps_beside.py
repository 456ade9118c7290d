"""Steps that are items of a list: nothing is said to be given where the item beside is the one that is meant."""

from __future__ import annotations

from datetime import date

from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """云岭市人民政府关于印发《云岭市支持创业若干措施》的通知
云岭政发〔2025〕12号
云岭市支持创业若干措施
第一条 支持租房。租用标准厂房的企业，按以下标准给予补贴：
（一）上年度研发费用500万元以上、不足2000万元且经济技术开发区主管部门审核同意并完成备案登记手续的单位，每平方米每月补贴20元，补贴面积不超过1000平方米；
（二）上年度研发费用2000万元以上的，每平方米每月补贴30元，补贴面积不超过2000平方米。
第二条 支持培训。对开展岗前培训的企业，按照每人300元给予补贴。
第三条 本措施自2025年2月1日起施行，有效期5年。
云岭市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


def test_no_sum_where_the_item_beside_is_reached(works: Assistant) -> None:
    question = "上年度研发费用800万元，租了1200平方米，一年租金补贴多少？"
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_nothing_where_no_item_is_reached(works: Assistant) -> None:
    question = "上年度研发费用300万元，租了1200平方米，一年租金补贴多少？"
    line = "上年度研发费用：300万元 未达到2000万元，不能享受"
    works_out(works.ask(Query(question, TODAY)), "0元", line)


def test_the_area_that_counts(works: Assistant) -> None:
    question = "上年度研发费用3000万元，租了2500平方米，一年租金补贴多少？"
    line = "2500平方米 超过上限2000平方米，按2000平方米"
    works_out(works.ask(Query(question, TODAY)), "72万元", line)
