"""The results page, as people meet it, without a browser."""

import json
from collections.abc import Callable
from typing import Any

import altair
import pytest
from streamlit.testing.v1 import AppTest
from tests.pages.conftest import Open
from tests.people import KNOWN, after, did, person, tell, tick

from screening.domain.answers import NO_PAIN, Answers, Attempt
from screening.services import answers_file, settings, wording

say = wording.speaker("en")

PLAIN = Answers(date="2026-11-22")


def said(at: AppTest) -> str:
    """Every word of the page, in the order of their kinds."""
    kinds = (at.title, at.header, at.subheader, at.markdown, at.caption, at.info, at.button, at.expander)
    return "\n".join(str(getattr(each, "label", "") or each.value) for kind in kinds for each in kind)


def charts(at: AppTest) -> list[dict[str, Any]]:
    return [json.loads(each.proto.spec) for each in at.get("vega_lite_chart")]


def alts(at: AppTest) -> list[str]:
    return [each.proto.alt for each in at.get("vega_lite_chart")]


def both(test: str, left: float, right: float, **more: Any) -> tuple[Attempt, Attempt]:
    return did(test, "left", left, **more), did(test, "right", right, **more)


def having_done(*attempts: Attempt, age: int = 30, **more: Any) -> Answers:
    return after(tell(person(age=age), **more), *attempts)


@pytest.fixture
def results(open_page: Open) -> Callable[..., AppTest]:
    return lambda told, **visit: open_page("results", told, **visit)


# --- before there is a result, and where there must be none ---


@pytest.mark.parametrize(
    ("told", "page"),
    [
        pytest.param(tell(PLAIN, sex="female"), "about_you", id="no-age"),
        pytest.param(tell(PLAIN, age=40), "where", id="no-spot"),
        pytest.param(tell(PLAIN, age=40, spots={"spot-low-back"}), "safety", id="no-safety"),
        pytest.param(tick(tell(PLAIN, age=40, spots={"spot-low-back"})), "pain", id="no-pain-right-now"),
    ],
)
def test_what_is_missing_is_asked_first_and_leads_there(results, told: Answers, page: str) -> None:
    at = results(told)

    assert [each.value for each in at.info] == [say(f"results.ask_first.{page}")]
    assert not at.subheader
    at.button(key="ask-first").click().run()
    assert at.title[0].value == say(f"title.{page}")


@pytest.mark.parametrize("left_open", ["SCR1", "SCR2", "SCR3", "SCR4"])
def test_an_unanswered_safety_list_hides_every_score(results, left_open: str) -> None:
    told = having_done(*both("abd_hold", 20.0, 60.0))
    told = tell(told, **{left_open: None})

    at = results(told)

    assert at.info[0].value == say("results.ask_first.safety")
    assert not charts(at)


@pytest.mark.parametrize(("tick_", "level"), [("E1", "E"), ("E8", "E"), ("D1", "S"), ("D6", "S")])
def test_a_warning_sign_hides_every_score_picture_and_pattern(results, tick_: str, level: str) -> None:
    told = after(person(tick_, age=30), *both("abd_hold", 20.0, 60.0))

    at = results(told)

    assert say(f"level.{level}.header", emergency="911") in [each.value for each in at.header]
    assert not charts(at)
    for hidden in ("results.patterns.title", "results.tests.title", "results.save", "text.R4"):
        assert say(hidden) not in said(at)


def test_a_child_gets_the_card_for_children_and_no_score(results) -> None:
    at = results(after(person(age=17), *both("abd_hold", 20.0, 60.0)))

    assert say("level.stop.header") in [each.value for each in at.header]
    assert say("text.A0m") in said(at)
    assert not charts(at)


def test_nothing_is_judged_before_the_browser_has_handed_over_its_draft(open_page: Open) -> None:
    at = open_page("results", having_done(*both("abd_hold", 20.0, 60.0)))
    at.session_state["visit"].heard = False

    at.run()

    assert at.info[0].value == say("results.loading")
    assert not charts(at)


# --- each level ---


@pytest.mark.parametrize("ticks", [("C1",), ("C5",)], ids=["U", "V"])
def test_locked_tests_say_why_and_leave_pain_and_patterns(results, ticks: tuple[str, ...]) -> None:
    told = tell(
        after(person(*ticks, age=30), *both("abd_hold", 20.0, 60.0)),
        P1=5, Q3="duration-over-12-weeks", Q4="onset-slow", Q5k={"trigger-squat", "trigger-stairs"},
    )  # fmt: skip

    at = results(told)

    assert at.header[0].value == say("results.main.get-checked")
    assert not charts(at)
    assert say("results.left_out.title") in said(at)
    assert "5 out of 10" in said(at)
    assert say("pattern.K1.name") in said(at)
    assert say("note.f1_at_u") in said(at)
    assert say("text.F1") not in said(at)


def test_with_nothing_ticked_the_whole_safety_net_stands_there(results) -> None:
    assert say("text.F1") in said(results(having_done(*both("stepdown", 0, 0))))


def test_with_tests_left_out_the_net_promises_less(results) -> None:
    at = results(after(person("X8", age=30), *both("stepdown", 0, 0)))

    assert say("note.f1_at_x") in said(at)
    assert say("text.F1") not in said(at)
    assert say("level.X.header") in said(at)


def test_a_test_left_out_stands_with_its_reason(results) -> None:
    at = results(after(person("X8", age=30), *both("stepdown", 0, 0)))

    listed = [each.value for each in at.markdown if say("reason.X8") in each.value]

    assert any(say("test.sideplank.name") in each for each in listed)


# --- the main message ---


def test_the_main_message_names_what_is_worth_showing(results) -> None:
    at = results(having_done(*both("abd_hold", 60.0, 20.0)))

    assert at.header[0].value == say("results.main.worth-showing")
    assert "Side of the hip: right" in at.markdown[1].value or "Side of the hip: right" in said(at)
    assert say("results.next.worth-showing") in said(at)


def test_somebody_who_did_no_test_is_led_to_the_tests(results) -> None:
    at = results(person())

    at.button(key="to-tests").click().run()

    assert at.title[0].value == say("title.self_tests")


def test_high_pain_today_is_no_score_at_all(results) -> None:
    at = results(tell(having_done(*both("abd_hold", 20.0, 60.0)), P2=7))

    assert at.header[0].value == say("results.main.pain-today")
    assert not charts(at)


# --- why there is no band: every reason, in words beside the number ---

REASONS: dict[str, Answers] = {
    "stopped-for-pain": having_done(did("bridge", "left", ending="stopped-for-pain")),
    "pain-rule": having_done(did("bridge", "left", 40.0, pain=(2, 6, 3))),
    "stopped-other": having_done(did("bridge", "left", ending="stopped-other")),
    "could-not": having_done(did("bridge", "left", ending="could-not")),
    "chose-not": having_done(did("bridge", "left", ending="chose-not")),
    "age-outside-norms": having_done(did("bridge", "left", 40.0), age=36),
    "sex-not-said": tell(having_done(did("cst30", None, 11, right_angle=True), age=62), sex="not-said"),
    "adapted-form": having_done(did("stepdown", "left", 2, form="squat")),
    "hands-used": having_done(did("cst30", None, 11, form="hands", right_angle=True), age=62),
    "seat-not-known": having_done(did("cst30", None, 11), age=62),
    "seat-outside": having_done(did("cst30", None, 11, seat_cm=40.9), age=62),
    "shoulder-stop": having_done(did("sideplank", "left", 20.0, stopped_by="shoulder")),
    "back-stop": having_done(did("sideplank", "left", 20.0, stopped_by="back")),
    "no-verdict": having_done(did("bal4", None, 3), age=70),
}


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_for_no_band_is_said_beside_the_number(results, reason: str) -> None:
    told = REASONS[reason]
    (attempt,) = told.attempts
    at = results(told)

    assert say(f"no_band.{reason}") in said(at)
    band_words = {say(f"band_short.{each.id}") for each in KNOWN.selftests[attempt.test].bands}
    assert not any(f"|  | {word} |" in said(at) for word in band_words)
    if attempt.value is not None and reason != "pain-rule":
        assert len(charts(at)) == 1
        assert charts_marks(at) == [attempt.value]
    else:
        assert not charts(at)


def charts_marks(at: AppTest) -> list[float]:
    rows = [row for spec in charts(at) for layer in spec["layer"] for row in layer["data"].get("values", ())]
    return [row["x"] for row in rows if "fill" in row]


def test_there_is_a_person_for_every_reason_that_has_words() -> None:
    told = {key.partition(".")[2] for key in wording.sentences("en") if key.startswith("no_band.")}

    assert told - set(REASONS) == {"no-norms"}, "no test of today lacks norms altogether"


def test_a_published_average_beside_a_raw_number_is_not_called_a_comparison(results) -> None:
    at = results(having_done(did("cst30", None, 21, right_angle=True)))

    assert say("results.tests.averages_differ") in said(at)
    assert say("no_band.age-outside-norms") not in said(at)
    assert "US young adults" in said(at)


# --- the domains ---


def test_the_four_domains_stand_in_order_with_left_and_right(results) -> None:
    at = results(
        having_done(*both("abd_hold", 60.0, 20.0), *both("bridge", 60.0, 60.0), *both("stepdown", 0, 5),
               *both("sideplank", 60.0, 60.0))
    )  # fmt: skip

    names = [each.value for each in at.subheader]

    assert names[:4] == [
        say(f"domain.{each}.name") for each in ("side_of_hip", "back_of_hip", "control", "trunk")
    ]
    glance = next(each.value for each in at.markdown if each.value.startswith("| Part"))
    assert glance.count(say("finding.worth-showing")) == 2
    assert glance.count(say("finding.no-signal")) == 6


def test_a_domain_without_a_test_is_not_tested_and_not_bad(results) -> None:
    at = results(having_done(*both("stepdown", 0, 0)))

    glance = next(each.value for each in at.markdown if each.value.startswith("| Part"))

    assert glance.count(say("finding.not-tested")) == 6


def test_every_picture_has_its_sentence_and_its_table(results) -> None:
    at = results(
        having_done(*both("abd_hold", 60.0, 20.0), *both("bridge", 40.0, 60.0), *both("stepdown", 0, 5))
    )

    assert len(alts(at)) == 4
    assert all(alts(at))
    for fold in ("side_of_hip", "back_of_hip", "control", "sides"):
        at.session_state[f"details-{fold}"] = True
    at.run()
    twins = [each.value for each in at.markdown if "| Who |" in each.value]
    assert sum(twin.count("| Who |") for twin in twins) == 3
    assert any("| Test |" in each.value for each in at.markdown)


def test_the_margin_of_a_home_test_stands_under_every_score_that_has_one(results) -> None:
    at = results(having_done(*both("abd_hold", 60.0, 20.0)))

    assert "A home test can be off by about 12 s either way." in said(at)


def test_a_score_without_a_published_error_says_so(results) -> None:
    at = results(having_done(*both("stepdown", 0, 5)))

    assert say("results.tests.no_margin") in said(at)
    assert say("note.three_reasons") in said(at)


def test_there_is_no_single_score_and_no_per_cent_for_one_person(results) -> None:
    at = results(having_done(*both("abd_hold", 60.0, 20.0), *both("bridge", 40.0, 60.0)))

    assert "%" not in said(at).replace("78%", "")
    assert "hip score" not in said(at).lower()


def test_the_same_side_as_the_pain_is_said_without_because(results) -> None:
    at = results(having_done(*both("abd_hold", 60.0, 20.0)))

    assert say("difference.same-side") in said(at)
    assert "because of" not in said(at).lower()


def test_a_side_stopped_by_pain_keeps_left_and_right_apart(results) -> None:
    at = results(having_done(did("bridge", "left", 50.0), did("bridge", "right", ending="stopped-for-pain")))

    assert say("results.sides.because.stopped-for-pain") in said(at)
    assert len(charts(at)) == 1


# --- the rest of the page ---


def test_the_page_reads_in_the_order_of_care(results) -> None:
    at = results(
        tell(
            having_done(*both("abd_hold", 60.0, 20.0)),
            Q4="onset-slow",
            Q5k={"trigger-squat", "trigger-stairs"},
        )
    )

    assert [each.value for each in at.header] == [
        say("results.main.worth-showing"),
        *(say(f"results.{each}.title") for each in
          ("told", "tests", "sides", "patterns", "connect", "limits", "help", "keep")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(having_done(*both("abd_hold", 60.0, 20.0)), id="worth-showing"),
        pytest.param(having_done(*both("stepdown", 0, 0)), id="nothing-low"),
        pytest.param(person("C1"), id="locked"),
        pytest.param(person(), id="no-tests"),
    ],
)
def test_the_call_to_action_is_the_same_whatever_the_score(results, told: Answers) -> None:
    at = results(told)

    assert say("results.clinic.title") in [each.value for each in at.subheader]
    assert [each.value for each in at.markdown].count(say("results.clinic.why")) == 1


def test_a_clinic_that_is_set_stands_on_the_card(results, tmp_path, monkeypatch) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text(
        'clinic_name = "Example PT"\nphone = "+1 617 555 0100"\nbooking_url = "https://pt.example/book"\n'
    )
    monkeypatch.setenv(settings.VARIABLE, str(file))

    at = results(having_done(*both("stepdown", 0, 0)))

    assert "Example PT" in said(at)
    assert "+1 617 555 0100" in said(at)
    assert at.get("link_button")[0].proto.url == "https://pt.example/book"


@pytest.mark.parametrize(("page", "key"), [("about_you", "age"), ("pain", "now"), ("where", "spots")])
def test_what_was_told_stands_there_and_can_be_changed(results, page: str, key: str) -> None:
    at = results(having_done(*both("stepdown", 0, 0)))

    assert say(f"results.told.{key}") in said(at)
    at.button(key=f"change-{page}").click().run()
    assert at.title[0].value == say(f"title.{page}")


def test_somebody_without_pain_is_not_asked_about_patterns(results) -> None:
    at = results(after(person(spots=[NO_PAIN], age=30), *both("stepdown", 0, 0)))

    assert say("results.patterns.title") not in said(at)
    assert say("results.told.now") not in said(at)
    assert say("spot.spot-none") in said(at)


def test_the_pattern_stands_with_its_word_of_certainty_and_what_nobody_knows(results) -> None:
    at = results(
        tell(having_done(*both("stepdown", 0, 0)), Q4="onset-slow", Q5k={"trigger-squat", "trigger-stairs"})
    )

    assert "Kneecap pain (fits)" in said(at)
    assert say("text.R4") in said(at)


def test_the_saved_file_holds_every_answer_and_is_made_in_the_browser(results) -> None:
    told = having_done(*both("stepdown", 0, 0))
    at = results(told)

    (sent,) = [
        data for each in at.get("bidi_component") if "print" in (data := json.loads(each.proto.json or "{}"))
    ]

    assert sent["text"] == answers_file.dumps(told, KNOWN)
    assert sent["name"].startswith("hip-check-")
    assert say("results.keep.warning") in said(at)
    assert not at.get("download_button")


def test_start_over_asks_once_more_and_then_forgets_everything(results) -> None:
    at = results(having_done(*both("stepdown", 0, 0)))

    at.button(key="results-start-over").click().run()
    assert say("start.sure") in said(at)
    assert at.session_state["visit"].told.attempts
    at.button(key="results-start-over-erase").click().run()

    assert at.title[0].value == say("title.start")
    assert at.session_state["visit"].told == Answers()


def test_start_over_can_be_taken_back(results) -> None:
    at = results(having_done(*both("stepdown", 0, 0)))

    at.button(key="results-start-over").click().run()
    at.button(key="results-start-over-keep").click().run()

    assert at.title[0].value == say("title.results")
    assert charts(at)


def test_no_chart_object_is_made_in_a_rerun(results, monkeypatch) -> None:
    made = []
    monkeypatch.setattr(
        altair.TopLevelMixin,
        "to_dict",
        lambda *_, **__: made.append(1) or {},  # type: ignore[func-returns-value]
    )
    at = results(having_done(*both("abd_hold", 60.0, 20.0)))

    for _ in range(10):
        at.run()

    assert charts(at)
    assert made == []


def test_dark_and_light_are_drawn_in_their_own_colours(open_page: Open) -> None:
    at = open_page("results", having_done(*both("abd_hold", 60.0, 20.0)))
    light = json.dumps(charts(at))

    at.context = {"theme": "dark"}
    at.run()

    assert json.dumps(charts(at)) != light
