"""The claims behind the pictures: each exists, may be shown, and says what its table says."""

import re
import shutil
from pathlib import Path

import pytest

from screening.domain.evidence import Certainty, out_of_100
from screening.domain.norms import Status
from screening.errors import DataFileError
from screening.services import wording
from screening.services.datafiles import DATA
from screening.services.evidence_reader import connections
from screening.services.model_reader import model

SENTENCES = wording.sentences("en")
KNOWN = connections()
PAGE = Path(__file__).resolve().parents[2] / "src" / "screening" / "views" / "connect.py"
CLAIM_ID = re.compile(r'"([KBH]\d\d)"')


def shown() -> dict[str, str]:
    """Return every claim a picture or its reasons rest on, with where it is shown."""
    found = dict.fromkeys(CLAIM_ID.findall(PAGE.read_text(encoding="utf-8")), "connect.py")
    for chain in KNOWN.chains:
        for arrow in (*chain.arrows, *chain.back):
            found |= dict.fromkeys(arrow.claims, f"arrow {arrow.id}")
    for cause in KNOWN.causes:
        found |= dict.fromkeys(cause.claims, f"cause {cause.id}")
    for overlap in KNOWN.overlaps:
        found[overlap.claim] = f"overlap {overlap.id}"
    for forest in KNOWN.forests:
        found |= dict.fromkeys((trial.claim for trial in forest.trials), f"forest {forest.id}")
    return found


SHOWN = shown()


@pytest.mark.parametrize("claim", sorted(SHOWN))
def test_every_claim_that_is_shown_exists_and_was_read_at_its_source(claim):
    assert claim in KNOWN.claims, SHOWN[claim]
    assert KNOWN.claims[claim].may_be_shown, SHOWN[claim]


def test_an_unconfirmed_claim_may_never_be_shown():
    hidden = {each.id for each in KNOWN.claims.values() if each.status == Status.UNCONFIRMED}

    assert {"K35", "K48", "B28", "B30"} <= hidden
    assert not hidden & SHOWN.keys()


@pytest.mark.parametrize("orphan", ["K48", "K99"], ids=["unconfirmed", "missing"])
@pytest.mark.parametrize("kind", ["arrow", "cause", "overlap", "trial"])
def test_the_reader_refuses_a_claim_that_is_missing_or_not_confirmed(kind, orphan, tmp_path):
    for name in ("evidence.csv", "exercises.csv", "connect.toml"):
        shutil.copy(DATA / name, tmp_path / name)
    path = tmp_path / "connect.toml"
    real = {"arrow": '"K14"', "cause": '"H02"', "overlap": '"K16"', "trial": '"K40"'}[kind]
    text = path.read_text(encoding="utf-8")
    places = {"overlap": f"claim = {real}", "trial": f"trials = [{real}"}
    old = places.get(kind, real)
    path.write_text(text.replace(old, old.replace(real, f'"{orphan}"'), 1), encoding="utf-8")

    with pytest.raises(DataFileError, match=orphan):
        connections(tmp_path)


def test_a_number_that_was_not_read_at_its_source_is_not_drawn():
    plank = next(each for each in KNOWN.exercises if each.key == "plank_hip_extension")

    assert plank.gluteus_medius_pct is None
    assert plank.gluteus_maximus_pct == 106.2


def test_every_arrow_and_every_step_has_its_sentence():
    for chain in KNOWN.chains:
        assert len(chain.arrows) == len(chain.steps) - 1
        assert chain.back, "each chain says that it may run the other way"
        for step in chain.steps:
            assert f"connect.step.{step}" in SENTENCES
        for arrow in (*chain.arrows, *chain.back):
            assert f"connect.arrow.{arrow.id}" in SENTENCES
            assert arrow.claims


@pytest.mark.parametrize("certainty", Certainty)
def test_every_certainty_has_a_word(certainty):
    assert f"connect.certainty.{certainty.name.lower()}" in SENTENCES


def test_no_arrow_claims_more_than_its_claims():
    """An arrow rests on at least one claim of its certainty; where studies disagree there are two sides."""
    sure = {Certainty.HIGH: 3, Certainty.MODERATE: 2, Certainty.LOW: 1, Certainty.VERY_LOW: 0}
    for chain in KNOWN.chains:
        for arrow in (*chain.arrows, *chain.back):
            claims = [KNOWN.claims[each] for each in arrow.claims]
            if arrow.certainty == Certainty.CONTESTED:
                assert len({each.direction for each in claims}) > 1, arrow.id
            else:
                assert max(sure[each.certainty] for each in claims) >= sure[arrow.certainty], arrow.id


@pytest.mark.parametrize(
    ("overlap", "of_100"),
    [
        ("abductors_back", 69), ("extensors_back", 74), ("pelvis_knee", 68), ("valgus_knee", 71),
        ("lean_knee", 67), ("before_knee", 56),
    ],
)  # fmt: skip
def test_an_overlap_is_what_the_evidence_says_out_of_100(overlap, of_100):
    found = next(each for each in KNOWN.overlaps if each.id == overlap)

    assert round(out_of_100(found.d)) == of_100


def test_the_article_names_three_causes_and_two_are_added():
    causes = {each.id: (each.in_article, each.certainty) for each in KNOWN.causes}

    assert causes == {
        "inactivity": (True, Certainty.HIGH),
        "activation": (True, Certainty.LOW),
        "compensating": (True, Certainty.LOW),
        "age": (False, Certainty.HIGH),
        "pain": (False, Certainty.MODERATE),
    }


def test_trials_of_different_scales_stand_on_one():
    points = {each.claim: each.estimate for forest in KNOWN.forests for each in forest.trials}

    assert points["B20"] == pytest.approx(-0.4)
    assert points["B24"] == pytest.approx(-0.54)
    assert points["B21"] == 0
    assert points["K40"] == -1.5


def test_every_constant_of_the_model_has_a_source_or_says_why_it_has_none():
    without = {each.name: each.standing for each in model().constants if not each.source}

    assert set(without.values()) <= {"definition", "assumed", "guard"}


def test_the_readings_of_disagreeing_reviews_are_those_of_the_table():
    sentence = SENTENCES["connect.arrow.pelvis_to_knee"]

    for claim, counted in (("K25", "12 of 13"), ("K26", "4 of 11")):
        assert KNOWN.claims[claim].estimate_text.startswith(counted)
        assert counted in sentence
