"""What every exit says first: that the person is invented, or that a therapist was there."""

import json

import pytest
from tests.handover.conftest import KNOWN, everything, person
from tests.handover.test_exits import words
from tests.handover.test_fhir import is_right
from tests.handover.test_summary import ALLOWED, paths

from screening.services import fhir, pdf, tables
from screening.services.assessment import assess
from screening.services.summary import summarise
from screening.services.wording import speaker

say = speaker("en")
EXAMPLE, THERAPIST = say("share.example_text"), say("share.therapist_text")


@pytest.fixture(scope="module")
def tested():
    return person(attempts=everything(tests=[t for t in KNOWN.selftests if "standard" in t.sets]))


def summary_of(told, **who):
    return summarise(assess(told, KNOWN), told, KNOWN, **who)


@pytest.mark.parametrize(
    ("who", "said", "unsaid"),
    [
        ({}, [], [EXAMPLE, THERAPIST]),
        ({"example": True}, [EXAMPLE], [THERAPIST]),
        ({"with_therapist": True}, [THERAPIST], [EXAMPLE]),
        ({"example": True, "with_therapist": True}, [EXAMPLE, THERAPIST], []),
    ],
    ids=["nobody", "example", "therapist", "both"],
)
def test_every_exit_says_who_it_is_of_and_who_was_there(tested, who, said, unsaid):
    summary = summary_of(tested, **who)
    document = fhir.build(summary, KNOWN)
    paper = words(pdf.to_pdf(summary, KNOWN))
    table = tables.to_csv(summary, KNOWN).decode("utf-8-sig")

    is_right(document)
    assert set(paths(document)) <= ALLOWED
    for each in said:
        assert all(each in text for text in (json.dumps(document), paper[0], table))
    for each in unsaid:
        assert not any(each in text for text in (json.dumps(document), *paper, table))


def test_an_example_says_so_in_its_title_and_on_every_sheet(tested):
    summary = summary_of(tested, example=True)

    title = fhir.build(summary, KNOWN)["entry"][0]["resource"]["title"]
    paper = words(pdf.to_pdf(summary, KNOWN))

    assert title.startswith(say("share.example"))
    assert len(paper) == 2
    assert all(page.count(say("share.example")) >= 2 for page in paper), "on top, and at the foot"


def test_other_software_can_leave_an_example_out(tested):
    label = fhir.build(summary_of(tested, example=True), KNOWN)["meta"]["security"]

    assert [each["code"] for each in label] == ["HTEST"]
    assert "security" not in fhir.build(summary_of(tested), KNOWN)["meta"]
