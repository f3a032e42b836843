"""Then and now, as people meet it: files opened, what is said of each change, and what is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest
from tests.pages.conftest import Open
from tests.people import KNOWN, NO_PAIN, after, did, in_clinic, person, tell, tick

from screening.domain.answers import Answers, Sex
from screening.services import answers_file, wording
from screening.views import tables

say = wording.speaker("en")

TODAY = date.today()  # noqa: DTZ011 - the page's own day is the browser's, and there is none here
LATELY = (TODAY - timedelta(days=1)).isoformat()
WEEKS_AGO = (TODAY - timedelta(weeks=6)).isoformat()
LONG_AGO = (TODAY - timedelta(weeks=20)).isoformat()


def check(day: str, *attempts, **answers) -> Answers:
    told = tell(person(age=66), **{"P1": 5, **answers})
    return replace(after(told, *attempts), date=day)


def stands(day: str, value: float, **answers) -> Answers:
    return check(day, did("cst30", None, value, right_angle=True), **answers)


THEN, NOW = stands(WEEKS_AGO, 10), stands(LATELY, 13)


def file(told: Answers) -> bytes:
    return answers_file.dumps(told, KNOWN).encode()


def said(at: AppTest) -> str:
    kinds = (at.title, at.header, at.subheader, at.markdown, at.info, at.warning, at.caption)
    return "\n".join(str(each.value) for kind in kinds for each in kind)


def open_files(at: AppTest, *documents: bytes) -> AppTest:
    """Let the browser hand over these files, once."""
    from screening.views.components.open_files import component  # there in a running app only

    sent = [documents]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(component, "open_files", lambda **_: sent.pop() if sent else ())
        at.run()
    assert not at.exception, at.exception
    return at


def charts(at: AppTest) -> list[dict]:
    return [json.loads(each.proto.spec) for each in at.get("vega_lite_chart")]


@pytest.fixture
def track(open_page: Open) -> Callable[..., AppTest]:
    return lambda told=NOW, **visit: open_page("track", told, **visit)


# --- one check, two checks ---


def test_one_check_alone_shows_how_to_open_another_and_the_day_to_come_back(track):
    at = track()

    assert say("track.lead") in said(at)
    assert say("track.one_more") in said(at)
    assert not charts(at)
    back = date.fromisoformat(LATELY) + timedelta(weeks=6)
    assert say("track.next_on", day=back.isoformat()) in said(at)


def test_the_day_to_come_back_is_a_calendar_file_that_says_nothing_of_health(track):
    at = track()

    (sent,) = [
        json.loads(each.proto.json) for each in at.get("bidi_component") if "save-day" in each.proto.id
    ]
    calendar, text = sent, sent["text"]
    back = date.fromisoformat(LATELY) + timedelta(weeks=6)
    assert calendar["type"] == "text/calendar"
    assert calendar["name"].endswith(f"{back.isoformat()}.ics")
    assert f"DTSTART;VALUE=DATE:{back:%Y%m%d}\r\n" in text
    for word in ("pain", "knee", "back", "leg", "score"):
        assert word not in text.lower()


def test_after_six_weeks_it_says_that_now_is_a_good_time(track):
    assert say("track.next_now") in said(track(stands(WEEKS_AGO, 9)))


@pytest.mark.parametrize(
    ("value", "main", "sentence"),
    [
        (13, "real-better", "likely-real-better"),
        (7, "real-worse", "likely-real-worse"),
        (12, "no-change", "within-error"),
        (8, "no-change", "within-error"),
        (10, "no-change", "same"),
    ],
)
def test_each_change_is_told_by_the_published_error(track, value, main, sentence):
    at = open_files(track(stands(LATELY, value)), file(THEN))

    assert at.header[0].value == say(f"track.main.{main}")
    assert len(charts(at)) == 2
    assert say(f"track.verdict.{sentence}") in said(at)
    assert f"10 stands, then {value} stands" in said(at)


def test_pain_has_a_rule_of_its_own(track):
    told = {2: "likely-real-less", 4: "within-error", 5: "same", 7: "likely-real-more"}
    for now, sentence in told.items():
        at = open_files(track(check(LATELY, P1=now)), file(check(WEEKS_AGO, P1=5)))

        assert say(f"track.pain.{sentence}") in said(at)


def test_a_third_of_a_low_start_may_be_real(track):
    at = open_files(track(check(LATELY, P1=2)), file(check(WEEKS_AGO, P1=3)))

    assert at.header[0].value == say("track.main.may-be")
    assert say("track.pain.may-be-real-less") in said(at)


def test_better_in_one_and_worse_in_another_says_both(track):
    at = open_files(track(stands(LATELY, 13, P1=8)), file(THEN))

    assert at.header[0].value == say("track.main.real-both")


def test_every_picture_has_its_sentence_and_all_of_them_a_table(track):
    now = after(NOW, did("bridge", "left", 55.0), did("stepdown", "right", 2))
    then = after(THEN, did("bridge", "left", 20.0), did("stepdown", "right", 4))

    at = open_files(track(now), file(then))

    alts = [each.proto.alt for each in at.get("vega_lite_chart")]
    table = next(each.value for each in at.markdown if each.value.startswith("| "))
    assert len(alts) == 4
    assert alts[0] == (
        f"{say('track.pain.average')}. {say('track.axis.pain')}. "
        f"You: 5 ({WEEKS_AGO}), then 5 ({LATELY}). A change of 2 or more counts."
    )
    for name in ("test.cst30.name", "test.bridge.name", "test.stepdown.name"):
        assert tables.plain(say(name)) in table
    assert "counts from 25 s" in table


# --- which cannot be told ---


@pytest.mark.parametrize(
    ("then", "now", "reason"),
    [
        (did("bridge", "left", 60.0), did("bridge", "left", 60.0), "at-the-cap"),
        (did("bridge", "left", ending="stopped-for-pain"), did("bridge", "left", 40.0), "stopped-for-pain"),
        (did("sls", "left", 10.0), did("sls", "left", 40.0), "no-published-error"),
        (did("stepdown", "left", 5, form="squat"), did("stepdown", "left", 1), "adapted-form"),
        (
            did("sideplank", "left", 5.0, stopped_by="shoulder"),
            did("sideplank", "left", 50.0),
            "shoulder-stop",
        ),
        (did("bridge", "left", 10.0), did("bridge", "right", 50.0), "not-done-now"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_where_it_cannot_be_told_the_reason_is(track, then, now, reason):
    at = open_files(track(check(LATELY, now)), file(check(WEEKS_AGO, then)))

    assert say("track.verdict.cannot-tell") in said(at)
    assert say(f"track.because.{reason}") in said(at)


def test_another_version_is_said(track):
    old = replace(THEN, content={"app": "0.1.0", "questions": "0", "tests": "0", "norms": "1"})

    at = open_files(track(), file(old))

    assert say("track.other_version") in said(at)
    assert say("track.because.other-protocol") in said(at)
    assert say("track.because.other-questions") in said(at)
    assert at.header[0].value == say("track.main.cannot-tell")


def test_no_pain_any_more_is_said_and_not_counted(track):
    at = open_files(track(replace(person(spots=[NO_PAIN], age=66), date=LATELY)), file(check(WEEKS_AGO)))

    assert say("track.because.no-pain") in said(at)
    assert at.header[0].value == say("track.main.cannot-tell")


def test_home_against_clinic_takes_the_wider_margin(track):
    now = in_clinic(check(LATELY), "cst30", None, 16, right_angle=True)

    at = open_files(track(now), file(THEN))

    assert say("track.place.home-clinic") in said(at)
    assert say("track.verdict.within-error") in said(at)
    assert "counts from 7 stands" in said(at)


# --- files that cannot be used ---

OTHER = tell(stands(WEEKS_AGO, 9), age=30)


REFUSED = {
    "empty": (b"", say("error.file.format")),
    "a picture": (b"\x89PNG\r\n", say("error.file.format")),
    "foreign": (b'{"resourceType": "Bundle"}', say("error.file.schema")),
    "newer": (b'{"schema": "hip-self-check/2"}', say("error.file.newer")),
    "too big": (b" " * 65_537, say("error.file.size")),
    "impossible": (
        file(THEN).replace(b'"age": 66', b'"age": 666'),
        say("error.file.range", where="about.age"),
    ),
    "from the future": (file(stands("2999-01-01", 9)), say("error.file.range", where="date")),
    "duplicate": (file(NOW), say("track.refused.same-file")),
    "same day": (file(stands(LATELY, 9)), say("track.refused.same-day")),
    "no day": (file(replace(THEN, date="")), say("track.refused.no-day")),
    "another age": (file(OTHER), say("track.refused.other-person")),
    "another sex": (file(replace(THEN, sex=Sex.MALE)), say("track.refused.other-person")),
    "an emergency": (file(tick(THEN, "E1")), say("track.refused.ended")),
    "not finished": (file(tell(THEN, SCR1=None)), say("track.refused.not-finished")),
    "nothing in it": (
        file(replace(tell(person("C1", age=66), P2=None), date=WEEKS_AGO)),
        say("track.refused.nothing"),
    ),
}


def test_a_file_that_cannot_be_used_gets_one_clear_sentence_and_changes_nothing(track):
    at = track()

    for name, (document, sentence) in REFUSED.items():
        open_files(at, document)

        assert (name, [each.value for each in at.warning]) == (name, [sentence])
        assert at.session_state["visit"].tracking.opened == ()
        assert at.session_state["visit"].told == NOW
        assert not charts(at)


def test_of_several_files_the_good_ones_are_taken_and_the_others_named(track):
    at = open_files(track(), file(stands(LONG_AGO, 8)), b"junk", b"more junk", file(THEN))

    assert [each.value for each in at.warning] == [say("error.file.format")]
    assert len(at.session_state["visit"].tracking.opened) == 2


def test_what_was_wrong_is_forgotten_with_the_next_good_file(track):
    at = open_files(track(), b"junk")
    assert at.run().warning, "it stays until then"

    open_files(at, file(THEN)).run()

    assert not at.warning
    assert len(charts(at)) == 2


# --- several checks ---


def test_files_in_any_order_are_put_in_the_order_of_their_days(track):
    at = open_files(track(), file(THEN), file(stands(LONG_AGO, 8)))

    assert f"{LONG_AGO}, then {LATELY}." in said(at)
    at.button_group(key="track-since").set_value(WEEKS_AGO).run()

    assert f"{WEEKS_AGO}, then {LATELY}." in said(at)
    assert "10 stands, then 13 stands" in said(at)
    assert "8, then 10, then 13 stands" in said(at), "the table has what the picture has"


def test_files_can_be_compared_without_answers_of_today(open_page):
    at = open_files(open_page("track"), file(THEN), file(NOW))

    assert at.header[0].value == say("track.main.real-better")
    assert not [each for each in at.radio if each.label == say("question.P6")]


def test_a_file_newer_than_todays_answers_counts_as_now_and_that_is_said(track):
    at = open_files(track(THEN), file(NOW))

    assert say("track.newest_is_file") in said(at)
    assert "10 stands, then 13 stands" in said(at)


def test_a_check_that_is_not_done_is_left_out_and_that_is_said(track):
    at = open_files(track(tell(NOW, SCR3=None)), file(THEN))

    assert say("track.not_finished") in said(at)
    assert not charts(at)
    assert "13 stands" not in said(at)


def test_the_draft_of_this_device_can_stand_beside(open_page):
    at = open_page("track", Answers(), offer=THEN)
    at.button(key="track-device").click().run()
    at = open_files(at, file(stands(LONG_AGO, 8)))

    assert f"{LONG_AGO}, then {WEEKS_AGO}." in said(at)
    assert not [each for each in at.button if each.key == "track-device"]


# --- the person's own word ---


def test_how_it_is_since_then_is_asked_once_an_earlier_check_is_open(track):
    at = track()
    assert not [each for each in at.radio if each.label == say("question.P6")]

    at = open_files(at, file(THEN))
    at.radio(key="q:P6").set_value("change-little-better").run()

    assert at.session_state["visit"].told.pain.choices["P6"] == "change-little-better"
    assert at.header[0].value == say("track.main.real-better"), "it never counts"


# --- what is not shown, and what is not kept ---


@pytest.mark.parametrize("item", ["E1", "D1"])
def test_an_urgent_answer_comes_before_any_number(track, item):
    at = track(tick(NOW, item))

    assert at.button(key="get-seen-mistake")
    assert not charts(at)
    assert say("track.lead") not in said(at)


def test_where_a_doctor_is_to_be_seen_soon_pain_is_compared_and_no_test(track):
    at = open_files(track(tick(NOW, "C1")), file(THEN))

    assert say("track.because.not-done-now") in said(at)
    assert say("track.pain.same") in said(at)
    assert "13 stands" not in said(at)


def test_nothing_of_an_opened_file_reaches_the_answers_the_draft_or_a_file(track):
    at = open_files(track(), file(THEN))

    current = at.session_state["visit"]
    assert current.told == NOW
    assert WEEKS_AGO not in (current.written[1] if current.written else "")
    at.button(key="track-close").click().run()
    assert at.session_state["visit"].tracking.opened == ()
    assert WEEKS_AGO not in said(at)


def test_the_way_here_and_back(open_page):
    at = open_page("results", NOW)
    at.button(key="to-track").click().run()
    assert at.title[0].value == say("title.track")

    at.button(key="back").click().run()
    assert at.title[0].value == say("title.results")
