"""The worksheet: every pattern has lines, every line its sources, and nothing unread is on it."""

import shutil

import pytest
from tests.people import KNOWN, after, did, person, tell

from screening.domain.outcome import Results
from screening.domain.patterns import RULES
from screening.errors import DataFileError
from screening.services import worksheet
from screening.services.assessment import assess
from screening.services.datafiles import DATA
from screening.services.wording import sentences

CHECKS = worksheet.checks()
SORE_KNEE = tell(
    person(age=30),
    P1=5,
    Q3="duration-over-12-weeks",
    Q4="onset-slow",
    Q5k={"trigger-squat", "trigger-stairs"},
)


@pytest.mark.parametrize("pattern", RULES)
def test_every_pattern_has_something_to_check(pattern):
    assert [each for each in CHECKS if pattern in each.why]


def test_every_claim_on_it_was_read_at_its_source_or_worked_out_from_such():
    assert {claim.id for each in CHECKS for claim in each.claims if not claim.may_be_shown} == set()


def test_every_line_has_a_source_but_the_one_about_what_the_app_cannot_tell():
    assert [each.id for each in CHECKS if not each.claims and not each.sources] == ["knee_itself"]


def test_every_line_has_its_words_and_there_are_no_others():
    worded = {key.split(".")[2] for key in sentences("en") if key.startswith("worksheet.check.")}

    assert worded == {each.id for each in CHECKS}


def results(told):
    found = assess(told, KNOWN)
    assert isinstance(found, Results)
    return found


def test_what_is_checked_follows_patterns_and_findings():
    told = after(SORE_KNEE, did("stepdown", "left", 5), did("stepdown", "right", 0))

    reasons = worksheet.reasons_of(results(told))

    assert reasons == ("K1", "finding:control")
    assert [each.id for each in worksheet.to_do(reasons)] == [
        *("squat_stairs_sitting", "kneecap_three", "hip_dynamometer", "thigh", "ankle", "level_pelvis")
    ]


def test_a_pattern_that_cannot_be_told_is_no_reason():
    assert worksheet.reasons_of(results(tell(SORE_KNEE, Q4=None))) == ()


def test_without_a_reason_the_general_line_is_left():
    assert [each.id for each in worksheet.to_do(())] == ["level_pelvis"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('claims = ["K09"]', 'claims = ["K48"]'),
        ('claims = ["K09"]', 'claims = ["K999"]'),
        ('sources = ["ref_33"]', 'sources = ["ref_0"]'),
        ('for = ["K3"]', 'for = ["K9"]'),
        ('write = "once"', 'write = "twice"'),
        ('id = "thigh"', 'id = "thigh"\nband = 1'),
    ],
    ids=[
        "unconfirmed-claim",
        "no-such-claim",
        "no-such-source",
        "no-such-pattern",
        "no-such-form",
        "unknown-key",
    ],
)
def test_a_line_that_may_not_stand_there_is_refused_when_it_is_read(tmp_path, old, new):
    root = shutil.copytree(DATA, tmp_path / "data")
    path = root / "worksheet.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(DataFileError, match=r"worksheet\.toml"):
        worksheet.checks(root)
