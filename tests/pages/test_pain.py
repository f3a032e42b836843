"""Pain: two screens, eleven buttons, and only the questions of the regions that hurt."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from screening.domain import asking
from screening.domain.answers import Answers
from screening.services.catalogue import load
from screening.services.wording import speaker
from screening.views import sitemap

say = speaker("en")
Open = Callable[..., AppTest]

KNEE = "spot-knee-front-right"
SECOND_HALF = {"steps": {"pain": "how_it_behaves"}}


def _with(*spots: str) -> Answers:
    return Answers(date="2026-01-15", age_y=62, spots=spots)


def _told(at: AppTest) -> Answers:
    told: Answers = at.session_state["visit"].told
    return told


def _asked(at: AppTest) -> set[str]:
    """Return the ids of the questions on the screen."""
    keys = [each.key for each in (*at.button_group, *at.radio, *at.checkbox)]
    return {key.split(":")[1].split(".")[0] for key in keys if key.startswith("q:")}


def test_ratings_are_eleven_buttons_and_none_is_chosen(open_page: Open) -> None:
    at = open_page("pain", _with(KNEE))

    for question in ("P1", "P2", "P3", "P4"):
        group = at.button_group(key=f"q:{question}")
        assert [option.content for option in group.proto.options] == [str(n) for n in range(11)]
        assert group.value is None


@pytest.mark.parametrize("n", [0, 10])
def test_a_tapped_number_is_told_and_zero_is_an_answer(open_page: Open, n: int) -> None:
    at = open_page("pain", _with(KNEE))

    at.button_group(key="q:P2").set_value(n).run()

    assert _told(at).pain.ratings == {"P2": n}


@pytest.mark.parametrize(
    "spot", ["spot-knee-front-right", "spot-low-back", "spot-groin-left", "spot-buttock-left"]
)
def test_only_the_questions_of_what_hurts_are_asked(open_page: Open, spot: str) -> None:
    told = _with(spot)
    expected = {each.id for each in asking.asked(load().instruments, told)}

    first = open_page("pain", told)
    second = open_page("pain", told, **SECOND_HALF)

    assert _asked(first) | _asked(second) == expected


def test_a_leg_that_hurts_brings_two_more_questions(open_page: Open) -> None:
    at = open_page("pain", _with("spot-low-back"), **SECOND_HALF)
    at.radio(key="q:Q7b").set_value("leg-no").run()
    assert not {"Q8b", "Q9b"} & _asked(at)

    at.radio(key="q:Q7b").set_value("leg-below-knee").run()

    assert {"Q8b", "Q9b"} <= _asked(at)


def test_pain_now_must_be_answered(open_page: Open) -> None:
    at = open_page("pain", _with(KNEE))

    at.button(key="next").click().run()
    at.button(key="next").click().run()

    assert [each.value for each in at.error] == [say("error.rating")]
    assert say("pain.how_bad") in [each.value for each in at.caption]


def test_the_rest_is_asked_for_once_and_may_then_be_skipped(open_page: Open) -> None:
    at = open_page("pain", _with(KNEE))
    at.button_group(key="q:P2").set_value(3)

    at.button(key="next").click().run()
    assert [each.value for each in at.info] == [say("error.skipped")] * 3
    assert not at.error
    at.button(key="next").click().run()

    assert say("pain.how_it_behaves") in [each.value for each in at.caption]
    at.button(key="next").click().run()
    at.button(key="next").click().run()
    assert at.title[0].value == say("title.self_tests")


def test_both_halves_answered_lead_straight_to_the_tests(open_page: Open) -> None:
    at = open_page("pain", _with(KNEE))
    for question in ("P1", "P2", "P3", "P4"):
        at.button_group(key=f"q:{question}").set_value(4)
    at.button_group(key="q:P5.activity").set_value("activity-stairs").run()
    at.button_group(key="q:P5.score").set_value(6)
    at.button(key="next").click().run()
    for question, code in (
        ("Q3", "duration-4-12-weeks"),
        ("Q4", "onset-slow"),
        ("Q6", "stiff-no"),
        ("QK1", "no"),
    ):
        at.radio(key=f"q:{question}").set_value(code)
    at.checkbox(key="q:Q5k:trigger-stairs").check()
    at.button(key="next").click().run()

    assert at.title[0].value == say("title.self_tests")
    pain = _told(at).pain
    assert pain.ratings == {"P1": 4, "P2": 4, "P3": 4, "P4": 4}
    assert (pain.activity, pain.activity_score) == ("activity-stairs", 6)
    assert pain.ticks == {"Q5k": {"trigger-stairs"}}


def test_the_score_of_an_activity_is_asked_once_one_is_picked(open_page: Open) -> None:
    at = open_page("pain", _with(KNEE))
    assert "q:P5.score" not in {group.key for group in at.button_group}

    at.button_group(key="q:P5.activity").set_value("activity-walking").run()

    assert "q:P5.score" in {group.key for group in at.button_group}


def test_none_of_these_excludes_the_triggers(open_page: Open) -> None:
    at = open_page("pain", _with(KNEE), **SECOND_HALF)
    at.checkbox(key="q:Q5k:trigger-stairs").check().run()

    at.checkbox(key="q:Q5k:trigger-none").check().run()

    assert _told(at).pain.ticks == {"Q5k": {"trigger-none"}}
    assert at.checkbox(key="q:Q5k:trigger-stairs").value is False


def test_back_from_the_second_half_comes_to_the_first_with_its_answers(open_page: Open) -> None:
    at = open_page("pain", _with(KNEE), **SECOND_HALF)
    at.radio(key="q:Q3").set_value("duration-4-12-weeks")

    at.button(key="back").click().run()

    assert say("pain.how_bad") in [each.value for each in at.caption]
    assert _told(at).pain.choices == {"Q3": "duration-4-12-weeks"}


def test_a_changed_spot_changes_what_is_asked_and_keeps_the_rest(open_page: Open) -> None:
    at = open_page("pain", _with(KNEE), **SECOND_HALF)
    at.radio(key="q:Q3").set_value("duration-4-12-weeks")
    at.radio(key="q:Q6").set_value("stiff-no").run()
    at.switch_page(str(sitemap.path_of("where"))).run()

    at.button_group(key="q:spots:spot-knee-front-left").set_value([])
    at.button_group(key="q:spots:spot-low-back").set_value(["spot-low-back"]).run()

    assert _told(at).pain.choices == {"Q3": "duration-4-12-weeks"}


def test_the_question_is_said_word_for_word(open_page: Open) -> None:
    at = open_page("pain", _with(KNEE))

    said = [each.value.replace("**", "") for each in at.markdown]

    for question in ("P1", "P2", "P3", "P4"):
        assert say(f"text.{question}") in said
        assert at.button_group(key=f"q:{question}").label == say(f"text.{question}")
