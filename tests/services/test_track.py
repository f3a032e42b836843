"""Checks in a row: which may stand beside which, and what is held against what."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from tests.people import KNOWN, NO_PAIN, after, did, in_clinic, people, person, tell, tick

from screening.domain.answers import Answers, Sex, TimedBy
from screening.domain.change import Change, Place
from screening.errors import AnswersFileError, NotComparable
from screening.services import answers_file, track, versions
from screening.services.assessment import assess

TODAY = "2026-11-22"


def check(day: str, *attempts, **answers) -> Answers:
    told = tell(person(age=66), P1=5, P3=5, P4=5, **answers)
    return replace(after(told, *attempts), date=day)


def stands(day: str, value: float, **more) -> Answers:
    return check(day, did("cst30", None, value, right_angle=True, **more))


THEN, NOW = stands("2026-10-04", 10), stands("2026-11-20", 13)


def file(told: Answers) -> bytes:
    return answers_file.dumps(told, KNOWN).encode()


def refused(document: bytes, *beside: Answers) -> str:
    with pytest.raises(NotComparable) as found:
        track.admit(document, beside, KNOWN, TODAY)
    return found.value.why


# --- which files ---


def test_an_earlier_check_of_the_same_person_is_taken_as_it_is():
    assert track.admit(file(THEN), [NOW], KNOWN, TODAY) == THEN


@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param(NOW, "same-file", id="the-check-that-is-open"),
        pytest.param(stands(NOW.date, 12), "same-day", id="another-of-that-day"),
        pytest.param(replace(THEN, date=""), "no-day", id="no-day"),
        pytest.param(replace(THEN, sex=Sex.MALE), "other-person", id="another-sex"),
        pytest.param(tell(THEN, age=64), "other-person", id="two-years-younger"),
        pytest.param(tell(THEN, age=68), "other-person", id="two-years-older"),
        pytest.param(tick(THEN, "E1"), "ended", id="emergency"),
        pytest.param(tick(THEN, "D1"), "ended", id="same-day-card"),
        pytest.param(tell(THEN, SCR2=None), "not-finished", id="a-list-open"),
        pytest.param(tell(THEN, age=None), "not-finished", id="no-age"),
    ],
)
def test_what_cannot_stand_beside_is_refused_with_its_reason(told, why):
    assert refused(file(told), NOW) == why


def test_a_file_with_nothing_to_compare_is_refused():
    nothing = replace(tell(person("C1", age=66), P2=None), date=THEN.date)

    assert refused(file(nothing), NOW) == "nothing"


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"", "format"),
        (b"\xff\xfe", "format"),
        (b"BEGIN:VCALENDAR", "format"),
        (b'{"resourceType": "Bundle"}', "schema"),
        (json.dumps({"schema": "hip-self-check/2"}).encode(), "newer"),
        (b" " * (answers_file.LARGEST + 1), "size"),
        (file(stands("2026-11-23", 9)), "range"),
    ],
)
def test_what_is_no_answers_file_is_refused_as_everywhere(document, why):
    with pytest.raises(AnswersFileError) as found:
        track.admit(document, [NOW], KNOWN, TODAY)

    assert found.value.why == why


@pytest.mark.parametrize(
    ("then", "age", "fits"),
    [
        ("2026-05-20", 65, True),
        ("2026-11-19", 65, True),
        ("2025-11-20", 65, True),
        ("2025-11-20", 64, False),
        ("2025-11-19", 64, True),
        ("2025-11-20", 67, False),
        ("2021-11-20", 61, True),
        ("2021-11-20", 66, False),
        ("2026-11-19", 67, False),
        ("2026-11-19", 64, False),
    ],
)
def test_age_may_grow_with_the_days_between_and_no_faster(then, age, fits):
    told = tell(stands(then, 9), age=age)

    if fits:
        track.fits_beside(told, [NOW], KNOWN)
    else:
        assert refused(file(told), NOW) == "other-person"


def test_a_sex_that_was_not_said_is_nobody_elses():
    track.fits_beside(replace(THEN, sex=Sex.NOT_SAID), [NOW], KNOWN)


def test_there_is_an_end_to_how_many_checks_are_open():
    many = [stands(f"2026-01-{day:02}", 9) for day in range(1, track.MOST_CHECKS + 2)]

    assert refused(file(THEN), *many) == "too-many"


# --- in a row ---


def test_one_check_alone_is_no_course():
    assert track.course([NOW], KNOWN) is None


def test_checks_are_put_in_the_order_of_their_days_whatever_order_they_come_in():
    mid = stands("2026-10-30", 11)

    found = track.course([NOW, THEN, mid], KNOWN)

    assert found is not None
    assert [each.day for each in found.checks] == [THEN.date, mid.date, NOW.date]
    assert (found.then.told, found.now.told) == (THEN, NOW)


def test_the_check_to_compare_with_can_be_chosen_and_is_never_the_last():
    mid = stands("2026-10-30", 11)

    chosen = track.course([NOW, THEN, mid], KNOWN, since=mid.date)
    last = track.course([NOW, THEN, mid], KNOWN, since=NOW.date)

    assert chosen is not None
    assert last is not None
    assert (chosen.then.told, last.then.told) == (mid, THEN)


@pytest.mark.parametrize(
    ("value", "verdict"), [(11, "within-error"), (12, "within-error"), (13, "likely-real"), (10, "same")]
)
def test_three_stands_at_home_are_the_edge(value, verdict):
    found = track.course([THEN, stands(NOW.date, value)], KNOWN)

    assert found is not None
    assert [(each.test, each.verdict, each.limit) for each in found.measures] == [("cst30", verdict, 3)]


@pytest.mark.parametrize(("value", "verdict"), [(16, "within-error"), (17, "likely-real")])
def test_seven_stands_are_the_edge_between_home_and_clinic(value, verdict):
    by_therapist = [
        stands(NOW.date, value, timed_by=TimedBy.THERAPIST),
        in_clinic(check(NOW.date), "cst30", None, value, right_angle=True),
    ]
    for now in by_therapist:
        found = track.course([THEN, now], KNOWN)

        assert found is not None
        (only,) = found.measures
        assert (only.then, only.now, only.verdict, only.limit) == (Place.HOME, Place.CLINIC, verdict, 7)


def test_a_check_of_another_version_is_shown_and_not_compared():
    old = replace(THEN, content={**versions.content(KNOWN), "tests": "0", "questions": "0"})

    found = track.course([old, NOW], KNOWN)

    assert found is not None
    assert found.checks[0].other_version
    assert [(each.verdict, each.reason) for each in found.measures] == [("cannot-tell", "other-protocol")]
    assert {each.reason for each in found.pain} == {"other-questions"}


def test_another_version_of_the_app_or_of_the_norms_changes_no_comparison():
    old = replace(THEN, content={**versions.content(KNOWN), "app": "0.0.1", "norms": "0"})

    found = track.course([old, NOW], KNOWN)

    assert found is not None
    assert not found.checks[0].other_version
    assert found.measures[0].verdict == Change.LIKELY_REAL


def test_where_a_doctor_is_to_be_seen_soon_no_test_is_compared_and_pain_is():
    soon = in_clinic(tick(NOW, "C1"), "cst30", None, 20, right_angle=True)

    found = track.course([THEN, soon], KNOWN)

    assert found is not None
    assert [(each.reason, each.after) for each in found.measures] == [("not-done-now", None)]
    assert [each.verdict for each in found.pain] == ["same", "same"]


def test_todays_check_counts_as_what_it_came_to_in_this_visit():
    at_v = tick(NOW, "C9")
    outcome = assess(NOW, KNOWN)

    alone = track.course([THEN, at_v], KNOWN)
    with_a_therapist = track.course([THEN, at_v], KNOWN, today=(at_v, outcome))

    assert alone is not None
    assert with_a_therapist is not None
    assert alone.measures[0].reason == "not-done-now"
    assert with_a_therapist.measures[0].verdict == Change.LIKELY_REAL


@given(people(whole=True), people(whole=True))
def test_any_two_checks_that_fit_can_be_compared_both_ways(one, two):
    one, two = replace(one, date="2026-10-01", age_y=40), replace(two, date="2026-11-01", age_y=40)
    found = track.course([one, two], KNOWN)
    back = track.course([replace(two, date=one.date), replace(one, date=two.date)], KNOWN)

    assert found is not None
    assert back is not None
    verdicts, turned = (
        sorted((each.test, str(each.side), str(each.verdict)) for each in course.measures)
        for course in (found, back)
    )
    assert verdicts == turned


# --- in the clinic ---


def test_what_was_measured_in_the_clinic_is_held_against_the_home_number():
    told = in_clinic(in_clinic(THEN, "cst30", None, 16, right_angle=True), "bridge", "left", 30.0)

    home_and_clinic, alone = track.home_against_clinic(told, assess(told, KNOWN), KNOWN)

    assert (home_and_clinic.before, home_and_clinic.after, home_and_clinic.limit) == (10, 16, 7)
    assert home_and_clinic.verdict == Change.WITHIN_ERROR
    assert (alone.test, alone.before, alone.after, alone.reason) == ("bridge", None, 30.0, "not-done-then")


def test_where_nobody_held_home_against_clinic_that_is_said():
    told = in_clinic(check(TODAY, did("bridge", "left", 20.0)), "bridge", "left", 55.0)

    (found,) = track.home_against_clinic(told, assess(told, KNOWN), KNOWN)

    assert (found.verdict, found.reason, found.limit) == (Change.CANNOT_TELL, "home-and-clinic", None)


def test_without_a_clinic_number_there_is_nothing_to_hold():
    assert track.home_against_clinic(THEN, assess(THEN, KNOWN), KNOWN) == ()


# --- the next time ---


@pytest.mark.parametrize(
    ("today", "day"),
    [
        ("2026-10-04", date(2026, 11, 15)),
        ("2026-11-14", date(2026, 11, 15)),
        ("2026-11-15", None),
        ("2027-01-01", None),
    ],
)
def test_six_weeks_after_the_check_is_the_day_to_check_again(today, day):
    assert track.retest_day(THEN, today) == day


def test_without_pain_there_is_something_to_compare():
    told = replace(person(spots=[NO_PAIN]), date="2026-10-01")

    track.fits_beside(told, [], KNOWN)
