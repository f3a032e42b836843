"""Safety: four lists, one a screen; half a list is no list; an urgent tick ends the path once it is left."""

from collections.abc import Callable
from types import MappingProxyType

import pytest
from streamlit.testing.v1 import AppTest

from screening.domain.answers import Answers
from screening.services.catalogue import load
from screening.services.wording import speaker
from screening.views import sitemap

say = speaker("en")
Open = Callable[..., AppTest]

LISTS = ("SCR1", "SCR2", "SCR3", "SCR4")
CLEAR = MappingProxyType({each: frozenset({"none"}) for each in LISTS})
WOMAN_62 = Answers(date="2026-01-15", age_y=62, spots=("spot-knee-front-right",))


def _told(at: AppTest) -> Answers:
    told: Answers = at.session_state["visit"].told
    return told


def _list(at: AppTest) -> str:
    (caption,) = [each.value for each in at.caption if each.value != say("frame.notice")]
    return str(caption)


def _next(at: AppTest) -> AppTest:
    return at.button(key="next").click().run()


def _emergency(at: AppTest, list_id: str, *items: str) -> AppTest:
    for item in items:
        at.checkbox(key=f"q:{list_id}:{item}").check()
        at.run()
    return _next(at)


def test_the_four_lists_follow_each_other_and_lead_to_the_pain_page(open_page: Open) -> None:
    at = open_page("safety", WOMAN_62)

    for n, list_id in enumerate(LISTS, start=1):
        assert _list(at) == say("safety.list", n=n, of=4)
        at.checkbox(key=f"q:{list_id}:none").check()
        _next(at)

    assert _told(at).safety == CLEAR
    assert at.title[0].value == say("title.pain")


@pytest.mark.parametrize("list_id", LISTS)
def test_every_line_of_the_data_is_on_its_list(open_page: Open, list_id: str) -> None:
    at = open_page("safety", WOMAN_62, steps={"safety": list_id})

    (found,) = [each for each in load().instruments.lists if each.id == list_id]
    labels = [box.label for box in at.checkbox]

    assert labels == [say(item.say) for item in found.items if item.follows is None] + [say("option.none")]


@pytest.mark.parametrize("list_id", LISTS)
def test_an_unanswered_list_is_not_a_no(open_page: Open, list_id: str) -> None:
    at = open_page("safety", WOMAN_62, steps={"safety": list_id})

    _next(at)

    assert [each.value for each in at.error] == [say("error.list")]
    assert _list(at) == say("safety.list", n=LISTS.index(list_id) + 1, of=4)
    assert list_id not in _told(at).safety


def test_none_of_these_unticks_the_rest(open_page: Open) -> None:
    at = open_page("safety", WOMAN_62)
    at.checkbox(key="q:SCR1:E5").check().run()

    at.checkbox(key="q:SCR1:none").check().run()

    assert _told(at).safety["SCR1"] == {"none"}
    assert at.checkbox(key="q:SCR1:E5").value is False


def test_a_tick_unticks_none_of_these(open_page: Open) -> None:
    at = open_page("safety", WOMAN_62)
    at.checkbox(key="q:SCR1:none").check().run()

    at.checkbox(key="q:SCR1:E5").check().run()

    assert _told(at).safety["SCR1"] == {"E5"}
    assert at.checkbox(key="q:SCR1:none").value is False


def test_a_tick_and_none_in_one_go_count_as_the_tick(open_page: Open) -> None:
    at = open_page("safety", WOMAN_62)
    at.checkbox(key="q:SCR1:E5").check()
    at.checkbox(key="q:SCR1:none").check()

    at.run()

    assert _told(at).safety["SCR1"] == {"E5"}


def test_the_last_tick_taken_back_leaves_the_list_unanswered(open_page: Open) -> None:
    at = open_page("safety", WOMAN_62)
    at.checkbox(key="q:SCR1:E5").check().run()

    at.checkbox(key="q:SCR1:E5").uncheck().run()
    _next(at)

    assert "SCR1" not in _told(at).safety
    assert [each.value for each in at.error] == [say("error.list")]


@pytest.mark.parametrize(
    ("list_id", "item", "follow_up"),
    [("SCR2", "D3", "D3a"), ("SCR2", "D5", "D5a"), ("SCR4", "X1", "X1a"), ("SCR4", "X4", "X4a")],
)
def test_a_follow_up_appears_under_its_line_and_goes_with_it(
    open_page: Open, list_id: str, item: str, follow_up: str
) -> None:
    at = open_page("safety", WOMAN_62, steps={"safety": list_id})
    keys = {box.key for box in at.checkbox}
    assert f"q:{list_id}:{follow_up}" not in keys

    at.checkbox(key=f"q:{list_id}:{item}").check().run()
    at.checkbox(key=f"q:{list_id}:{follow_up}").check().run()
    assert _told(at).safety[list_id] == {item, follow_up}
    order = [box.key for box in at.checkbox]
    assert order.index(f"q:{list_id}:{follow_up}") == order.index(f"q:{list_id}:{item}") + 1

    at.checkbox(key=f"q:{list_id}:{item}").uncheck().run()
    assert list_id not in _told(at).safety
    at.checkbox(key=f"q:{list_id}:{item}").check().run()
    assert at.checkbox(key=f"q:{list_id}:{follow_up}").value is False


@pytest.mark.parametrize(
    ("list_id", "ticks", "action"),
    [
        ("SCR1", ("E1",), "text.ME_CES"),
        ("SCR1", ("E6",), "text.ME_GEN"),
        ("SCR1", ("E8",), "text.ME_JNT"),
        ("SCR2", ("D6",), "text.MD"),
        ("SCR2", ("D1",), "text.MD1"),
        ("SCR2", ("D5", "D5a"), "level.S.er_action"),
    ],
)
def test_an_urgent_tick_ends_the_path_on_one_card(
    open_page: Open, list_id: str, ticks: tuple[str, ...], action: str
) -> None:
    at = open_page("safety", WOMAN_62, steps={"safety": list_id})

    _emergency(at, list_id, *ticks)

    said = "\n".join(each.value for each in at.markdown)
    assert at.title[0].value == say("title.card")
    assert say(action, emergency="911") in said
    assert {button.key for button in at.button} == {"get-seen-mistake", "get-seen-start-over"}
    assert not at.expander


def test_the_card_waits_until_its_screen_is_left(open_page: Open) -> None:
    at = open_page("safety", WOMAN_62)

    at.checkbox(key="q:SCR1:E6").check().run()

    assert at.title[0].value == say("title.safety")
    assert at.checkbox(key="q:SCR1:E6").value is True


@pytest.mark.parametrize("page", [each.name for each in sitemap.PATH])
def test_no_way_leads_round_the_card(open_page: Open, page: str) -> None:
    at = open_page("safety", WOMAN_62)
    at.checkbox(key="q:SCR1:E6").check().run()

    at.switch_page(str(sitemap.path_of("where"))).run()
    at.switch_page(str(sitemap.path_of(page))).run()

    assert at.title[0].value == say("title.card")
    assert {button.key for button in at.button} == {"get-seen-mistake", "get-seen-start-over"}


def test_back_from_a_list_with_an_urgent_tick_shows_the_card(open_page: Open) -> None:
    at = open_page("safety", WOMAN_62)
    at.checkbox(key="q:SCR1:E6").check().run()

    at.button(key="back").click().run()

    assert at.title[0].value == say("title.card")


def test_ticked_by_mistake_leads_back_to_the_list_and_on(open_page: Open) -> None:
    at = open_page(
        "safety", Answers(date="2026-01-15", age_y=62, spots=("spot-low-back",), safety={"SCR1": {"none"}})
    )
    _emergency(at, "SCR2", "D6")

    at.button(key="get-seen-mistake").click().run()
    assert _list(at) == say("safety.list", n=2, of=4)
    assert at.checkbox(key="q:SCR2:D6").value is True
    at.checkbox(key="q:SCR2:D6").uncheck()
    at.checkbox(key="q:SCR2:none").check()
    _next(at)

    assert _list(at) == say("safety.list", n=3, of=4)


def test_start_over_on_the_card_forgets_everything(open_page: Open) -> None:
    at = open_page("safety", WOMAN_62)
    _emergency(at, "SCR1", "E6")

    at.button(key="get-seen-start-over").click().run()
    at.button(key="get-seen-start-over-erase").click().run()

    assert at.title[0].value == say("title.start")
    assert _told(at) == Answers()


@pytest.mark.parametrize(("list_id", "item"), [("SCR3", "C1"), ("SCR3", "C5"), ("SCR4", "X7")])
def test_a_sign_that_is_not_urgent_today_does_not_end_the_path(
    open_page: Open, list_id: str, item: str
) -> None:
    at = open_page("safety", WOMAN_62, steps={"safety": list_id})

    _emergency(at, list_id, item)

    assert at.title[0].value in {say("title.safety"), say("title.pain")}


def test_back_goes_list_by_list_and_loses_nothing(open_page: Open) -> None:
    at = open_page("safety", Answers(date="2026-01-15", age_y=62, spots=("spot-low-back",), safety=CLEAR))
    assert _list(at) == say("safety.list", n=1, of=4)
    _next(at)
    _next(at)

    at.button(key="back").click().run()
    at.button(key="back").click().run()
    assert _list(at) == say("safety.list", n=1, of=4)
    assert at.checkbox(key="q:SCR1:none").value is True
    at.button(key="back").click().run()

    assert at.title[0].value == say("title.where")
    assert _told(at).safety == CLEAR


def test_back_from_the_pain_page_comes_to_the_last_list(open_page: Open) -> None:
    at = open_page("pain", Answers(date="2026-01-15", age_y=62, spots=("spot-low-back",), safety=CLEAR))

    at.button(key="back").click().run()

    assert _list(at) == say("safety.list", n=4, of=4)


def test_a_list_that_gained_a_line_is_asked_again(open_page: Open) -> None:
    told = Answers(date="2026-01-15", age_y=40, spots=("spot-knee-front-left",), safety=CLEAR)
    at = open_page("about_you", told)
    at.text_input(key="q:age").set_value("60").run()
    assert _told(at).ask_again == {"SCR2"}

    at.switch_page(str(sitemap.path_of("safety"))).run()

    assert _list(at) == say("safety.list", n=2, of=4)
    assert say("safety.ask_again") in [each.value for each in at.info]
    _next(at)
    assert _told(at).ask_again == set()


def test_nobody_sees_the_line_for_people_of_55_who_is_younger(open_page: Open) -> None:
    young = Answers(date="2026-01-15", age_y=54, spots=("spot-knee-front-left",))

    at = open_page("safety", young, steps={"safety": "SCR2"})

    assert say("text.D4b") not in [box.label for box in at.checkbox]


def test_knee_lines_are_not_asked_of_a_sore_back(open_page: Open) -> None:
    sore_back = Answers(date="2026-01-15", age_y=62, spots=("spot-low-back",))

    at = open_page("safety", sore_back, steps={"safety": "SCR2"})

    assert say("text.D2") not in [box.label for box in at.checkbox]
