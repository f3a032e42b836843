"""The answers file that a person saved gives the same results again: same values, same page."""

import re

from hypothesis import given
from tests.handover.conftest import KNOWN, checks, everything, person
from tests.handover.test_summary import WIDE, built, without_ids
from tests.pages.conftest import open_page  # noqa: F401 - a fixture

from screening.domain.answers import Activity
from screening.domain.answers import TestPain as Hurt
from screening.services import answers_file
from screening.services.assessment import assess
from screening.services.summary import Detail


def loaded(told):
    return answers_file.loads(answers_file.dumps(told, KNOWN).encode(), KNOWN, told.date)


def drawn(at):
    """Everything on the page, in order, but for the draft keeper, which names the visit.

    A chart's 3.0 and 3 are one number, for JSON and for the browser.
    """
    found = [str(each.proto) for each in at.main if getattr(each, "proto", None) is not None]
    return [re.sub(r"(\d)\.0\b", r"\1", each) for each in found if "draft_keeper" not in each]


@WIDE
@given(checks())
def test_a_saved_file_is_assessed_and_shared_like_the_answers_it_was_made_of(told):
    again = loaded(told)

    assert assess(again, KNOWN) == assess(told, KNOWN)
    assert without_ids(built(again, Detail.ANSWERS)) == without_ids(built(told, Detail.ANSWERS))


def test_a_saved_file_gives_the_same_results_page(open_page):  # noqa: F811 - the fixture of that name
    told = person(
        attempts=everything(most=True, pain=Hurt(before=1, during=2, after=1)),
        activity=Activity(days_per_week=3),
    )

    by_hand, from_file = open_page("results", told=told), open_page("results", told=loaded(told))
    other = open_page("results", told=person(attempts=everything()))

    assert len(drawn(by_hand)) > 30
    assert drawn(from_file) == drawn(by_hand)
    assert drawn(other) != drawn(by_hand)
