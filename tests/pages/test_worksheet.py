"""The worksheet: lines for what fits, numbers measured in the clinic, nothing lost from home."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from tests.people import KNOWN, after, did, in_clinic, person, tell, tick

from screening.services import answers_file, wording
from screening.views import tables

say = wording.speaker("en")

HER = after(
    replace(
        tell(
            person(age=30),
            P1=5,
            Q3="duration-over-12-weeks",
            Q4="onset-slow",
            Q5k={"trigger-squat", "trigger-stairs"},
        ),
        date="2026-11-20",
    ),
    did("stepdown", "left", 5),
    did("stepdown", "right", 0),
    did("cst30", None, 21, right_angle=True),
    did("bridge", "left", 40.0),
)


def said(at: AppTest) -> str:
    kinds = (at.title, at.header, at.subheader, at.markdown, at.info, at.caption, at.error)
    return "\n".join(str(each.value) for kind in kinds for each in kind)


def sheet(at: AppTest) -> str:
    return next(each.value for each in at.markdown if each.value.startswith("| "))


def line(check: str) -> str:
    return tables.plain(say(f"worksheet.check.{check}.do"))


def charts(at: AppTest) -> list[object]:
    return list(at.get("vega_lite_chart"))


def alts(at: AppTest) -> list[str]:
    return [each.proto.alt for each in at.get("vega_lite_chart")]


def add(at: AppTest, test: str, value: str, side: str | None = None, seat: str | None = None) -> AppTest:
    """Choose a test, type the number, and press the button."""
    at.button_group(key="clinic-test").set_value(test).run()
    if side is not None:
        at.button_group(key=f"clinic-side:{test}").set_value(side).run()
    if seat is not None:
        at.button_group(key=f"clinic-seat:{test}").set_value(seat)
    place = f"Side.{side.upper()}" if side else None
    (field,) = [each for each in at.text_input if (each.key or "").startswith(f"clinic-value:{test}:")]
    assert place is None or side in str(field.key)
    field.set_value(value)
    at.button(key="clinic-save").click().run()
    assert not at.exception, at.exception
    return at


# --- what to check next ---


def test_the_lines_follow_what_fits_and_what_is_worth_showing(open_page):
    at = open_page("worksheet", HER)

    for check in ("squat_stairs_sitting", "kneecap_three", "ankle", "level_pelvis"):
        assert line(check) in sheet(at)
    for check in ("leg_nerve", "faber", "spine_joints"):
        assert line(check) not in sheet(at)
    names = f"{say('pattern.K1.name')}, {say('worksheet.finding', domain=say('domain.control.name'))}"
    assert say("worksheet.for", names=names) in said(at)


def test_every_line_names_its_source_and_a_copy_is_called_a_copy(open_page):
    shown = said(open_page("worksheet", HER))

    assert "Cook 2010, PMC2841549" in shown.replace("\\", "")
    assert f"({say('worksheet.copied')})" in shown
    assert "10.1136/bjsports-2017-098890" in shown.replace("\\", "")
    assert say("worksheet.unsigned") in shown


def test_a_therapist_can_pick_other_lines_with_nobodys_answers(open_page):
    at = open_page("worksheet")
    assert line("level_pelvis") in sheet(at)
    assert say("clinic_numbers.title") not in said(at)

    at.button_group(key="worksheet-for:").set_value(["H1", "B2"]).run()

    assert line("faber") in sheet(at)
    assert line("leg_nerve") in sheet(at)


@pytest.mark.parametrize("item", ["E1", "D1"])
def test_who_must_be_seen_today_gets_the_card_and_no_worksheet(open_page, item):
    at = open_page("worksheet", tick(HER, item))

    assert at.button(key="get-seen-mistake")
    assert say("worksheet.lead") not in said(at)


# --- numbers measured in the clinic ---


def test_a_number_from_the_clinic_stands_beside_the_home_number_with_the_published_margin(open_page):
    at = add(open_page("worksheet", HER), "cst30", "15", seat="yes")

    told = at.session_state["visit"].told
    assert told.attempt("cst30").value == 21
    assert told.clinic_number("cst30").attempt.value == 15
    assert say("clinic_numbers.within") in said(at)
    assert say("clinic_numbers.published", limit="7 stands") in said(at)
    assert alts(at) == [
        "Chair stands in 30 seconds. Stands (higher up is more). "
        "You: 21 (home), then 15 (clinic). A change of 7 or more counts."
    ]
    assert answers_file.loads(answers_file.dumps(told, KNOWN), KNOWN, "2999-01-01") == told


@pytest.mark.parametrize(("value", "sentence"), [("15", "within"), ("14", "beyond"), ("28", "beyond")])
def test_seven_stands_between_home_and_clinic_are_the_edge(open_page, value, sentence):
    at = add(open_page("worksheet", HER), "cst30", value, seat="yes")

    assert say(f"clinic_numbers.{sentence}") in said(at)


def test_where_no_study_held_home_against_clinic_that_is_said_and_nothing_is_shaded(open_page):
    at = add(open_page("worksheet", HER), "bridge", "55,5", side="left")

    assert at.session_state["visit"].told.clinic_number("bridge", "left").attempt.value == 55.5
    assert say("clinic_numbers.no_study") in said(at)
    assert len(charts(at)) == 1
    assert "counts" not in alts(at)[0]


def test_a_number_without_a_home_number_says_so_and_draws_nothing(open_page):
    at = add(open_page("worksheet", HER), "bridge", "30", side="right")

    assert say("clinic_numbers.no_home") in said(at)
    assert not charts(at)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", say("self_tests.error.number")),
        ("many", say("self_tests.error.number")),
        ("61", say("self_tests.error.whole", low="0", high="60")),
        ("15.5", say("self_tests.error.whole", low="0", high="60")),
    ],
)
def test_an_impossible_number_is_refused_with_the_reason_and_changes_nothing(open_page, value, sentence):
    at = add(open_page("worksheet", HER), "cst30", value, seat="yes")

    assert sentence in at.error[0].value
    assert at.session_state["visit"].told == HER


def test_a_chair_of_another_height_is_never_compared(open_page):
    at = add(open_page("worksheet", HER), "cst30", "15", seat="no")

    assert say("track.because.seat-outside") in said(at)
    assert "counts" not in alts(at)[0]


def test_a_number_can_be_taken_back(open_page):
    at = open_page("worksheet", in_clinic(HER, "cst30", None, 15, right_angle=True))

    at.button(key="remove-cst30-both").click().run()

    assert at.session_state["visit"].told == HER
    assert say("clinic_numbers.none_yet") in said(at)


def test_a_clinic_number_moves_no_result(open_page):
    with_number = in_clinic(HER, "cst30", None, 2, right_angle=True)

    before, after_ = (open_page("results", told) for told in (HER, with_number))

    assert said(before) == said(after_)


def test_typed_on_the_test_screen_a_therapists_number_leaves_the_home_number(open_page):
    turn = "bridge:left~again"
    at = open_page("self_tests", HER, agreed=True, steps={"self_tests": turn})
    at.button(key="do-type").click().run()
    at.button_group(key=f"who:{turn}").set_value("therapist")
    at.text_input(key=f"typed:{turn}").set_value("55")
    at.button(key=f"save:{turn}").click().run()
    assert not at.exception, at.exception

    told = at.session_state["visit"].told
    assert told.attempt("bridge", "left").value == 40
    assert told.clinic_number("bridge", "left").attempt.value == 55
    assert say("clinic_numbers.beside", value="55 seconds", day=told.clinic[0].day) in said(at)


def test_the_way_here_and_back(open_page):
    at = open_page("results", HER)
    at.button(key="to-worksheet").click().run()
    assert at.title[0].value == say("title.worksheet")

    at.button(key="back").click().run()
    assert at.title[0].value == say("title.results")
