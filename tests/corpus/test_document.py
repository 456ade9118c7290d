"""A term judged on the days around its ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from corpus.document import Document, Source, Term

START, END, REPEALED = date(2025, 12, 1), date(2028, 12, 1), date(2027, 3, 15)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("term", "day", "status"),
    [
        pytest.param(Term(START, END), START - DAY, "not_yet", id="day-before-start"),
        pytest.param(Term(START, END), START, "in_force", id="first-day"),
        pytest.param(Term(START, END), END, "in_force", id="last-day"),
        pytest.param(Term(START, END), END + DAY, "expired", id="day-after-end"),
        pytest.param(Term(START), date.max, "in_force", id="no-end-stated"),
        pytest.param(Term(None, END), END, "unknown", id="no-start-stated"),
        pytest.param(Term(None, END), END + DAY, "expired", id="no-start-but-over"),
        pytest.param(Term(), START, "unknown", id="no-term"),
        pytest.param(Term(START, END, REPEALED), REPEALED - DAY, "in_force", id="before-repeal"),
        pytest.param(Term(START, END, REPEALED), REPEALED, "repealed", id="day-of-repeal"),
        pytest.param(Term(START, END, REPEALED), END + DAY, "repealed", id="repealed-and-over"),
        pytest.param(Term(repealed=REPEALED), REPEALED - DAY, "unknown", id="repeal-without-term"),
    ],
)
def test_status_on_a_day(term: Term, day: date, status: str):
    document = Document("a", "办法", Source("a.txt", "0"), term=term)
    validity = document.validity(day)
    assert (validity.status, validity.term) == (status, term)
