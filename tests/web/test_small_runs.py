"""How much is drawn again after a tap: the draft, the screen, or the frame too. Straight over the socket."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from tests.browser.phone import sore_knee
from tests.client import Said, Visit, together
from tests.people import NONE, tell
from tests.server import Server
from tests.sitting import Sitting

from screening.domain.answers import Answers
from screening.services import answers_file, wording
from screening.services.catalogue import load

say = wording.speaker("en")
EMERGENCY = say("frame.emergency", emergency="911")
"""Stands in the frame, under every page."""

At = Callable[[Sitting, Said], Awaitable[None]]


def at(server: Server, page: str, then: At, told: Answers | None = None, step: str = "") -> None:
    """Open a page as somebody with a sore knee, and do something there."""

    async def visit() -> None:
        async with Visit(server.port, page) as opened:
            sitting = Sitting(opened)
            doc = answers_file.dumps(told or sore_knee(page), load())
            await then(sitting, await sitting.open(doc, step))

    together(visit())


def group(said: Said, label: str) -> str:
    return next(each.id for each in said.elements("button_group") if each.label == label)


def box(said: Said, label: str) -> str:
    return next(each.id for each in said.elements("checkbox") if each.label == label)


def told(sitting: Sitting) -> Answers:
    return answers_file.loads(sitting.kept, load(), "9999-12-31")


def test_a_tap_that_leaves_the_screen_as_it_is_sends_the_draft_alone(server: Server) -> None:
    async def tap(sitting: Sitting, page: Said) -> None:
        said = await sitting.tap(group(page, say("about_you.strength_days")), string_array_value=["3"])

        assert said.kinds == ["bidi_component"]
        assert told(sitting).activity.strength_days == 3

    at(server, "about_you", tap)


def test_a_tap_that_asks_more_draws_the_screen_and_leaves_the_frame(server: Server) -> None:
    async def tap(sitting: Sitting, page: Said) -> None:
        days = group(page, say("about_you.days_per_week"))
        said = await sitting.tap(days, string_array_value=["2"])

        assert say("about_you.minutes_per_day") in said.words
        assert say("title.about_you") in said.headings
        assert EMERGENCY not in said.words
        assert (await sitting.tap(days, string_array_value=["3"])).words == []

    idle = sore_knee("about_you")
    at(server, "about_you", tap, replace(idle, activity=replace(idle.activity, days_per_week=0)))


def test_none_of_these_gives_way_to_a_tick_on_the_screen(server: Server) -> None:
    async def tap(sitting: Sitting, page: Said) -> None:
        none = box(page, say("option.none"))
        said = await sitting.tap(box(page, say("text.E6")), bool_value=True)

        assert next(each.value for each in said.elements("checkbox") if each.id == none) is False
        assert told(sitting).safety["SCR1"] == {"E6"}

    at(server, "safety", tap, tell(sore_knee("safety"), SCR1=NONE), "SCR1")


def test_after_next_came_too_early_every_tap_draws_the_marks_again(server: Server) -> None:
    async def tap(sitting: Sitting, page: Said) -> None:
        too_early = await sitting.run(press=page.button(say("frame.next")))
        assert say("error.pick") in too_early.words

        said = await sitting.tap(group(page, say("about_you.sitting_hours")), string_array_value=["7"])

        assert say("error.pick") in said.words

    at(server, "about_you", tap, replace(sore_knee("about_you"), sex=None))


def test_a_tap_on_the_way_to_another_page_is_kept_and_shows_that_page(server: Server) -> None:
    async def leave(sitting: Sitting, page: Said) -> None:
        days = group(page, say("about_you.days_per_week"))

        said = await sitting.tap(days, string_array_value=["2"], leave_for="where")

        assert said.headings[0] == say("title.where")
        assert say("frame.step", step=2, steps=6, name=say("nav.where")) in progress(said)
        assert told(sitting).activity.days_per_week == 2

    idle = sore_knee("about_you")
    at(server, "about_you", leave, replace(idle, activity=replace(idle.activity, days_per_week=0)))


def test_start_over_asks_without_drawing_the_results_again(server: Server) -> None:
    async def press(sitting: Sitting, page: Said) -> None:
        asked = await sitting.run(press=page.button(say("results.start_over")))
        assert asked.words == [say("start.sure"), say("start.erase"), say("start.keep_them")]

        kept = await sitting.run(press=asked.button(say("start.keep_them")))
        assert kept.words == [say("results.start_over")]

        again = await sitting.run(press=kept.button(say("results.start_over")))
        await sitting.run(press=again.button(say("start.erase")))
        assert say("title.start") in (await sitting.run()).headings
        assert sitting.kept is None

    at(server, "results", press)


def test_a_second_example_opens_as_the_first_did(server: Server) -> None:
    """What the browser told before comes again with every press, and is not news."""

    async def look_at_two(sitting: Sitting, page: Said) -> None:
        first = await sitting.run(press=keyed(page, "open-knee_68"))
        assert say("title.results") in first.headings
        back = await sitting.run(press=keyed(first, "leave-example"))
        second = await sitting.run(press=keyed(back, "open-visit_first"))
        assert say("title.results") in second.headings

    at(server, "therapists", look_at_two, sore_knee("safety"))


def keyed(said: Said, key: str) -> str:
    return next(each.id for each in said.elements("button") if each.id.endswith(f"-{key}"))


def test_the_first_run_of_a_connection_is_a_whole_one(server: Server) -> None:
    """After a restart the browser asks for a part of the page that the new session has never drawn."""

    async def ask() -> None:
        async with Visit(server.port, "about_you", fragments={"gone": "0" * 32}) as visit:
            said = await visit.run(moved="gone")

            assert say("title.about_you") in said.headings
            assert EMERGENCY in said.words

    together(ask())


def progress(said: Said) -> list[str]:
    return [each.text for each in said.elements("progress")]
