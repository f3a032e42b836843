"""LHC-Forms, by the National Library of Medicine, draws our forms and carries our answers."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from tests.handover.conftest import KNOWN, checks, person
from tests.handover.test_fhir import walk
from tests.handover.test_summary import built
from tests.outside.programs import HERE, MODULES, need

from screening.domain import asking
from screening.domain.answers import PainAnswers
from screening.services import questionnaires
from screening.services.share_codes import OWN
from screening.services.summary import Detail

pytestmark = pytest.mark.browser

FORMS = MODULES / "lforms" / "dist" / "lforms"
ORIGIN = "http://127.0.0.1:9"
PAIN = questionnaires.pain_form(KNOWN.instruments)
SAFETY = questionnaires.safety_form(KNOWN.instruments)
GROUPS = {item["linkId"]: [each["linkId"] for each in item.get("item", [])] for item in PAIN["item"]}
FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def page(chromium):
    """The program in a page of its own. Only its own files can be asked for; nothing is listening."""
    need((FORMS / "webcomponent" / "lhc-forms.js").is_file(), "tests/outside/need_programs.sh (lforms)")
    found = chromium.new_page(viewport={"width": 900, "height": 1600})
    found.elsewhere = []

    def serve(route):
        origin, _, path = route.request.url.partition("9/")
        file = HERE / "lhc_forms.html" if path == "" else FORMS / path
        if f"{origin}9" != ORIGIN or ".." in path:
            found.elsewhere.append(route.request.url)
            route.abort()
        elif file.is_file():
            route.fulfill(path=str(file))
        else:
            route.fulfill(status=404, body="")

    found.route("**/*", serve)
    found.goto(f"{ORIGIN}/")
    found.wait_for_function("window.LForms?.FHIR?.R4")
    yield found
    assert found.elsewhere == []
    found.close()


def response_of(told):
    document = built(told, Detail.ANSWERS)
    (found,) = [
        each["resource"]
        for each in document["entry"]
        if each["resource"]["resourceType"] == "QuestionnaireResponse"
    ]
    return found


def answers(response):
    """Every answer by its question. Reading order does not matter; what was said does."""
    return {item["linkId"]: item["answer"] for item in walk(response) if "answer" in item}


def texts(form):
    return {item["linkId"]: item["text"] for item in walk(form) if "linkId" in item}


def with_spots(*spots):
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": [
            {
                "linkId": "where",
                "item": [
                    {
                        "linkId": "Q1",
                        "answer": [{"valueCoding": {"system": OWN, "code": each}} for each in spots],
                    }
                ],
            }
        ],
    }


def test_it_draws_every_item_of_both_forms_in_our_words(page):
    everywhere = page.evaluate("drawn", {"form": PAIN, "response": with_spots(*KNOWN.instruments.spots)})
    safety = page.evaluate("drawn", {"form": SAFETY, "response": None})
    closed = {each["linkId"] for each in walk(PAIN) if "enableWhen" in each and each["linkId"] not in GROUPS}
    follow = {each["linkId"] for each in walk(SAFETY) if "enableWhen" in each}

    for drawn, form, hidden in ((everywhere, PAIN, closed), (safety, SAFETY, follow)):
        expected = {link: text for link, text in texts(form).items() if link not in hidden}
        assert drawn["words"].keys() == expected.keys()
        assert [link for link, text in expected.items() if text not in drawn["words"][link]] == []


@pytest.mark.parametrize(
    "tick", [each for each in walk(SAFETY) if "enableWhen" in each], ids=lambda e: e["linkId"]
)
def test_a_safety_question_that_follows_a_tick_comes_with_it(page, tick):
    first = tick["enableWhen"][0]["question"]
    (group,) = [each for each in SAFETY["item"] if first in [item["linkId"] for item in each.get("item", [])]]

    def opened(*ticked):
        items = [{"linkId": each, "answer": [{"valueBoolean": True}]} for each in ticked]
        response = with_spots() | {"item": [{"linkId": group["linkId"], "item": items}] if items else []}
        return page.evaluate("carried", {"form": SAFETY, "response": response})["open"]

    assert tick["linkId"] in opened(first)
    assert tick["linkId"] not in opened()


@pytest.mark.parametrize("spot", [*KNOWN.instruments.spots, "spot-none"])
def test_each_spot_opens_the_questions_that_our_own_form_asks(page, spot):
    told = person(spots=(spot,), worst=None, pain=PainAnswers())
    ours = {each.id for each in asking.asked(KNOWN.instruments, told, retest=True)} - {"Q1", "Q2"}

    opened = page.evaluate("carried", {"form": PAIN, "response": with_spots(spot)})["open"]

    asked = {question for group, inside in GROUPS.items() if group != "where" for question in inside}
    assert asked & set(opened) == ours


def test_what_was_answered_comes_back_and_nothing_is_wrong(page):
    response = response_of(person())

    drawn = page.evaluate("drawn", {"form": PAIN, "response": response})

    assert len(answers(response)) >= 10
    assert answers(drawn["response"]) == answers(response)
    assert drawn["wrong"] is None
    assert not {"back", "hip", *GROUPS["back"], *GROUPS["hip"]} & drawn["words"].keys()


@FEW
@given(checks())
def test_what_anybody_answered_comes_back(page, told):
    response = response_of(told)

    carried = page.evaluate("carried", {"form": PAIN, "response": response})

    assert answers(carried["response"]) == answers(response)
    assert carried["wrong"] is None


@pytest.mark.parametrize(
    ("question", "answer", "wrong"),
    [
        ("P1", {"valueInteger": 11}, True),
        ("P1", {"valueInteger": 5}, False),
        ("P1", {"valueString": "4"}, False),
        ("Q3", {"valueCoding": {"system": OWN, "code": "duration-for-ever"}}, False),
        ("Q3", {"valueCoding": {"system": "http://loinc.org", "code": "duration-over-12-weeks"}}, False),
    ],
    ids=["out of range", "another number", "text", "no such option", "another system"],
)
def test_a_changed_answer_is_not_the_same_answer(page, question, answer, wrong):
    response = response_of(person())
    changed = copy.deepcopy(response)
    for item in walk(changed):
        if item.get("linkId") == question:
            item["answer"] = [answer]

    carried = page.evaluate("carried", {"form": PAIN, "response": changed})

    assert answers(carried["response"]) != answers(response)
    assert bool(carried["wrong"]) == wrong
