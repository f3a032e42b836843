"""Where it hurts: places with the person's own left and right, or no pain; and the worst of them."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from screening.domain.answers import NO_PAIN, Answers
from screening.services.catalogue import load
from screening.services.wording import speaker
from screening.views import sitemap

say = speaker("en")
Open = Callable[..., AppTest]

KNEE = "q:spots:spot-knee-front-left"
BACK = "q:spots:spot-low-back"
NONE = f"q:spots:{NO_PAIN}"


def _told(at: AppTest) -> Answers:
    told: Answers = at.session_state["visit"].told
    return told


def test_every_spot_of_the_data_can_be_tapped(open_page: Open) -> None:
    at = open_page("where", agreed=True)

    offered = {code for group in at.button_group for code in _codes(at, group.key)}

    assert offered == set(load().instruments.spots)


def _codes(at: AppTest, key: str) -> tuple[str, ...]:
    codes: tuple[str, ...] = at.session_state["visit"].drawn[key].codes
    return codes


def test_a_tapped_spot_is_told_with_its_side(open_page: Open) -> None:
    at = open_page("where", agreed=True)

    at.button_group(key=KNEE).set_value(["spot-knee-front-right"]).run()

    assert _told(at).spots == ("spot-knee-front-right",)


def test_both_sides_of_one_place_may_hurt(open_page: Open) -> None:
    at = open_page("where", agreed=True)

    at.button_group(key=KNEE).set_value(["spot-knee-front-right", "spot-knee-front-left"]).run()

    assert _told(at).spots == ("spot-knee-front-left", "spot-knee-front-right")


def test_nobody_goes_on_without_an_answer(open_page: Open) -> None:
    at = open_page("where", agreed=True)

    at.button(key="next").click().run()

    assert [each.value for each in at.error] == [say("error.spots")]
    assert at.title[0].value == say("title.where")


def test_the_worst_spot_is_asked_only_when_there_are_several(open_page: Open) -> None:
    at = open_page("where", agreed=True)

    at.button_group(key=KNEE).set_value(["spot-knee-front-left"]).run()
    assert not at.radio
    at.button_group(key=BACK).set_value(["spot-low-back"]).run()
    at.radio(key="q:worst").set_value("spot-low-back")
    at.button(key="next").click().run()

    assert _told(at).worst == "spot-low-back"
    assert at.title[0].value == say("title.safety")


def test_the_worst_spot_is_asked_for_once_and_may_then_be_skipped(open_page: Open) -> None:
    at = open_page("where", Answers(date="2026-01-15", spots=("spot-knee-front-left", "spot-low-back")))

    at.button(key="next").click().run()
    assert say("error.skipped") in [each.value for each in at.info]
    assert at.title[0].value == say("title.where")
    at.button(key="next").click().run()

    assert at.title[0].value == say("title.safety")


def test_a_worst_spot_that_no_longer_hurts_is_forgotten(open_page: Open) -> None:
    told = Answers(date="2026-01-15", spots=("spot-knee-front-left", "spot-low-back"), worst="spot-low-back")
    at = open_page("where", told)

    at.button_group(key=BACK).set_value([]).run()

    assert _told(at).spots == ("spot-knee-front-left",)
    assert _told(at).worst is None


def test_no_pain_takes_the_place_of_every_spot(open_page: Open) -> None:
    at = open_page("where", Answers(date="2026-01-15", spots=("spot-knee-front-left",)))

    at.checkbox(key=NONE).check().run()

    assert _told(at).spots == (NO_PAIN,)
    assert at.button_group(key=KNEE).value == []


def test_a_spot_takes_the_place_of_no_pain(open_page: Open) -> None:
    at = open_page("where", Answers(date="2026-01-15", spots=(NO_PAIN,)))
    assert at.checkbox(key=NONE).value is True

    at.button_group(key=KNEE).set_value(["spot-knee-front-left"]).run()

    assert _told(at).spots == ("spot-knee-front-left",)
    assert at.checkbox(key=NONE).value is False


def test_without_pain_the_path_leaves_the_pain_page_out_both_ways(open_page: Open) -> None:
    clear = {each: frozenset({"none"}) for each in ("SCR1", "SCR2", "SCR3", "SCR4")}
    told = Answers(date="2026-01-15", age_y=40, spots=(NO_PAIN,), safety=clear)
    at = open_page("safety", told, steps={"safety": "SCR4"})

    at.button(key="next").click().run()

    assert at.title[0].value == say("title.self_tests")
    at.switch_page(str(sitemap.path_of("pain"))).run()
    assert say("pain.none") in [each.value for each in at.markdown]
    at.button(key="next").click().run()
    assert at.title[0].value == say("title.self_tests")
