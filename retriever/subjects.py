"""The two things that a question sets side by side: 家庭病床和急诊留观，起付线各自多久算一次."""

from __future__ import annotations

import re

__all__ = ["sets_apart", "subjects"]

_JOIN = re.compile(r"[，,]?(?:还是|[和跟与])")
#: Sets what was joined apart; without it two things may be one matter (新建和扩建的项目补多少).
_APART = re.compile(
    r"各[自是给奖补报有占要多]?|分别|[差哪]在哪|差[别异多]|区别|不同|一样|比[一比]?[下比]|哪[个边种样头]|谁[更高多]|两[头边样种]|对比|比较|相比|[更多高好]还是"
)
_PAUSE = re.compile(r"[，,；;：:。！!？?]")
#: What both are asked for begins here, behind the second thing.
_TAIL = re.compile(
    r"[，,；;？?]|各|分别|哪[个边种样头]|谁|有(?:什么|何|啥)|[差哪]在|差[别异多]|区别|不同|(?:不|是不是|是否)?一样|对比|比较|相比|的"
)
#: Two values of one measure are no two things.
_VALUES = re.compile(
    r"(?:比例|封顶|上限|额度|标准|条件|期限|时间|金额|费率|利率|限额|数额|起付线|部门|材料|流程|程序)$"
)
_LEAST, _LONGEST = 2, 24


def subjects(text: str) -> tuple[str, ...]:
    """Return a question once for each of the two things that it sets apart; none where it does not.

    >>> subjects("老人评了重度三级，家里人照看和请机构上门，长护各给多少")
    ('老人评了重度三级，家里人照看，长护各给多少', '老人评了重度三级，请机构上门，长护各给多少')
    >>> subjects("门特的家庭病床和急诊留观，起付线各自多久算一次")
    ('门特的家庭病床，起付线各自多久算一次', '门特的急诊留观，起付线各自多久算一次')
    >>> subjects("A类跟D类的人才住公寓，待遇差在哪")
    ('A类的人才住公寓，待遇差在哪', 'D类的人才住公寓，待遇差在哪')
    >>> subjects("新建和扩建的项目补多少")
    ()
    """
    for join in _JOIN.finditer(text):
        behind = text[join.end() :]
        if not _APART.search(behind):
            return ()
        pause = max((m.end() for m in _PAUSE.finditer(text, 0, join.start())), default=0)
        first = text[pause : join.start()]
        tail = _tail(behind, "的" in first)
        second = behind[:tail]
        if not all(_is_thing(part) for part in (first, second)):
            continue
        # 门特的家庭病床和急诊留观: what stands in front of the last 的 is of both.
        shared = first[: first.rfind("的") + 1] if "的" not in second else ""
        before, rest = text[:pause], behind[tail:]
        return before + first + rest, before + shared + second + rest
    return ()


def sets_apart(text: str) -> bool:
    """Whether a text asks how things differ.

    >>> sets_apart("能领的月数一样吗"), sets_apart("怎么申请")
    (True, False)
    """
    return bool(_APART.search(text))


def _tail(behind: str, own: bool) -> int:
    """Where what both are asked for begins; a 的 of the second is its own where the first has one."""
    for match in _TAIL.finditer(behind):
        if match[0] != "的" or not own:
            return match.start()
    return len(behind)


def _is_thing(part: str) -> bool:
    return _LEAST <= len(part) <= _LONGEST and not _VALUES.search(part)
