"""The presenter view: six scenes or a result, one picture at a time, and nothing that is not for showing."""

import pytest
from streamlit.testing.v1 import AppTest
from tests.pages.conftest import Open
from tests.pages.test_examples import page, press, sent, texts
from tests.people import after, did, person

from screening.services import wording
from screening.services.examples import example

say = wording.speaker("en")

SLIDE = "slide.at"
"""Where the visit notes which slide is shown."""

TESTED = after(person(), did("abd_hold", "left", 60.0, capped=True), did("abd_hold", "right", 20.0))


def count(at: AppTest) -> int:
    (place,) = [each.value for each in at.markdown if each.value.startswith("1 of ")]
    return int(place.rpartition(" ")[2])


def walk(at: AppTest) -> list[str]:
    """Return what each slide says, to the last one."""
    said = [texts(at)]
    for _ in range(count(at) - 1):
        said.append(texts(press(at, "slide-next")))
    return said


def test_the_six_scenes_in_order_with_their_sentence_and_what_to_point_at(open_page: Open) -> None:
    slides = walk(open_page("present"))
    scenes = [next(n for n in range(1, 7) if say(f"connect.scene.{n}.title") in each) for each in slides]

    assert scenes == [1, 2, 3, 3, 4, 5, 6, 6]
    for number, said in zip(scenes, slides, strict=True):
        assert say(f"connect.scene.{number}.say") in said


def test_the_tour_takes_three_minutes(open_page: Open) -> None:
    at = open_page("present")
    seconds = []
    for _ in range(count(at)):
        (place,) = [each.value for each in at.caption if each.value.startswith("Scene ")]
        seconds.append(int(place.split()[-2]))
        if not at.button(key="slide-next").disabled:
            press(at, "slide-next")

    assert sum(seconds) == 180


def test_the_ends_have_no_way_further(open_page: Open) -> None:
    at = open_page("present")
    assert at.button(key="slide-back").disabled

    slides = walk(at)

    assert at.button(key="slide-next").disabled
    press(at, "slide-back")
    assert texts(at) == slides[-2]


def test_nothing_around_it_that_is_not_for_showing(open_page: Open) -> None:
    at = open_page("present", TESTED, agreed=True)

    assert {each.key for each in at.button} == {"slide-back", "slide-next", "slide-close"}
    assert not at.get("progress")
    assert say("frame.emergency", emergency="911") in texts(at)


def test_the_clicker_presses_the_buttons_that_are_there(open_page: Open) -> None:
    at = open_page("present")
    (clicker,) = sent(at, "presenter")

    assert {clicker[each] for each in ("next", "back", "close")} == {each.key for each in at.button}


def test_a_result_shows_what_there_is_and_a_test_a_slide(open_page: Open) -> None:
    at = page(press(open_page("results", TESTED, agreed=True), "present-result"), "present")
    slides = walk(at)

    assert say("results.main.sides-differ") in slides[0]
    assert say("test.abd_hold.name") in slides[1]
    assert sum(say("test.abd_hold.measures") in each for each in slides) == 1
    assert say("results.sides.title") in slides[2]
    assert say("results.clinic.title") in slides[-1]


def test_a_whole_result_has_every_test_once(open_page: Open) -> None:
    told = example("knee_side")
    steps = {SLIDE: "result/0"}
    slides = walk(open_page("present", told, steps=steps))

    for test in {each.test for each in told.attempts}:
        assert sum(say(f"test.{test}.measures") in each for each in slides) == 1, test


@pytest.mark.parametrize("name", ["red_flag", "visit_first", "could_do_little"])
def test_a_card_or_half_a_result_can_be_shown_too(open_page: Open, name: str) -> None:
    at = open_page("present", example(name), steps={SLIDE: "result/0"})

    shown = [each.value for kind in (at.header, at.subheader) for each in kind]
    assert shown
    assert at.button(key="slide-close")


@pytest.mark.parametrize("odd", ["", "other/1", "connects/x", "connects/-1", "connects/99", "result"])
def test_a_slide_that_does_not_exist_is_one_that_does(open_page: Open, odd: str) -> None:
    at = open_page("present", steps={SLIDE: odd})

    assert next(each.value for each in at.header).startswith(("Standing", "Exercise"))


def test_it_ends_where_it_began(open_page: Open) -> None:
    at = page(press(open_page("therapists"), "present-connects"), "present")

    press(at, "slide-close")

    assert at.title[0].value == say("title.therapists")


def test_without_answers_there_is_no_result_to_show(open_page: Open) -> None:
    assert "present-result" not in {each.key for each in open_page("therapists").button}
