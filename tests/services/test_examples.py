"""The invented people of the package: each file is right, and each result is what it was."""

import json
import subprocess
import sys

import pytest
from tests.conftest import Golden

from screening.cli import main
from screening.domain.outcome import GetSeen, Results
from screening.services import answers_file
from screening.services.assessment import assess
from screening.services.catalogue import load
from screening.services.datafiles import read_text
from screening.services.examples import FOLDER, NAMES, example
from screening.services.wording import sentences

KNOWN = load()


def result(name: str) -> Results:
    found = assess(example(name), KNOWN)
    assert isinstance(found, Results)
    return found


def test_there_are_at_least_eight_and_every_file_is_offered() -> None:
    assert len(NAMES) >= 8
    assert sorted(NAMES) == sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_written_as_the_app_writes_it_today(name: str) -> None:
    assert read_text(FOLDER / f"{name}.json") == answers_file.dumps(example(name), KNOWN)


@pytest.mark.parametrize("name", NAMES)
def test_the_assessment_of_a_file_is_unchanged(name: str, golden: Golden, capfdbinary) -> None:
    assert main(["assess", str(FOLDER / f"{name}.json")]) == 0

    golden(f"example-{name}.json", json.loads(capfdbinary.readouterr().out))


def test_the_command_line_reads_one_from_outside() -> None:
    file = FOLDER / f"{NAMES[0]}.json"

    done = subprocess.run(
        [sys.executable, "-m", "screening", "assess", file], capture_output=True, check=True
    )

    assert json.loads(done.stdout)["level"] == "P"


@pytest.mark.parametrize("name", NAMES)
def test_each_has_a_name_and_a_line_on_what_to_show(name: str) -> None:
    words = sentences("en")

    assert words[f"demo.person.{name}.name"].split(",")[0].isalpha()
    assert words[f"demo.person.{name}.show"]


def test_nobody_else_is_known() -> None:
    with pytest.raises(KeyError):
        example("../bench/person")


# -- what each is there to show ------------------------------------------------------------------------


def test_a_clear_side_difference_on_the_side_of_the_pain() -> None:
    found = {each.test: each for each in result("knee_side").differences}

    assert found["stepdown"].verdict == found["abd_hold"].verdict == "right-lower"
    assert found["stepdown"].same_side_as_pain
    assert found["bridge"].verdict == "within-error", "a gap that is not one"
    assert ("K1", "fits") in {(each.id, each.fit) for each in result("knee_side").patterns}


def test_the_gentle_set_at_68() -> None:
    found = result("knee_68")

    assert found.battery.tier == "B"
    assert {each.test for each in found.scores} <= {each.test for each in found.battery.planned}
    assert {each.test for each in found.scores if each.band} == {"cst30", "bridge_double"}


def test_numbers_without_a_fair_comparison_for_lasting_back_pain() -> None:
    found = result("back_desk")

    assert {each.reason for each in found.scores if each.test == "abd_hold"} == {"age-outside-norms"}
    assert {each.band for each in found.scores if each.test == "sideplank"} == {"lower"}
    assert [(each.id, each.fit) for each in found.patterns] == [("B1", "fits")]


def test_an_athlete_with_nothing_that_stands_out() -> None:
    found = result("athlete")

    assert {side for each in found.domains for side in (each.left, each.right)} == {"no-signal"}
    assert found.patterns == ()


def test_two_tests_stopped_by_pain_end_the_tests() -> None:
    found = result("pain_stops")

    assert [each.ending for each in found.scores].count("stopped-for-pain") == 2
    assert "pain-stops" in {each.reason for each in found.battery.left_out}


def test_a_hip_joint_that_should_be_checked_first() -> None:
    found = result("hip_joint")

    assert [(each.id, each.fit) for each in found.patterns] == [("H2", "fits")]
    assert "harder-right" in {each.verdict for each in found.differences}


def test_one_who_could_do_little() -> None:
    endings = {each.ending for each in result("could_do_little").scores}

    assert {"could-not", "chose-not", "stopped-other", "stopped-for-pain", "done"} == endings


def test_one_whose_tests_wait_for_a_visit() -> None:
    assert result("visit_first").level == "V"


def test_a_red_flag_that_stops() -> None:
    found = assess(example("red_flag"), KNOWN)

    assert isinstance(found, GetSeen)
    assert found.level == "E"
