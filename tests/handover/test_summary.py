"""What leaves the app, and what never does."""

import dataclasses
import json
import re
import uuid
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.handover.conftest import ALL_CLEAR, KNOWN, checks, everything, person

from screening.domain.answers import Activity, Ending, PainAnswers, Sex
from screening.domain.answers import TestPain as Hurt
from screening.domain.levels import Level
from screening.domain.outcome import GetSeen, NotYet, Results
from screening.errors import ShareForbidden
from screening.services import fhir
from screening.services.assessment import assess
from screening.services.summary import Detail, summarise
from screening.sharing import crypto

WIDE = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def built(told, detail=Detail.SUMMARY):
    return fhir.build(summarise(assess(told, KNOWN), told, KNOWN, detail=detail), KNOWN)


def without_ids(document):
    """The document with every random id replaced by the order of its appearance."""
    text = json.dumps(document)
    seen: dict[str, str] = {}
    return re.sub(
        r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        lambda found: seen.setdefault(found[0], f"id-{len(seen)}"),
        text,
    )


def paths(it, here=""):
    if isinstance(it, dict):
        for key, value in it.items():
            yield from paths(value, f"{here}.{key}")
    elif isinstance(it, list):
        for each in it:
            yield from paths(each, here)
    else:
        yield here.removeprefix(".entry.resource")


CONCEPT = ("coding.system", "coding.code", "coding.display", "text")
QUANTITY = ("value", "comparator", "unit", "system", "code")
ALLOWED = {
    ".resourceType", ".meta.tag.system", ".meta.tag.code", ".language", ".identifier.system",
    ".identifier.value", ".type", ".timestamp", ".entry.fullUrl", ".id",
    ".meta.security.system", ".meta.security.code", ".meta.security.display", ".text.status", ".text.div",
    ".status", ".date", ".title", ".confidentiality", ".subject.reference", ".author.reference",
    ".section.title", ".section.text.status", ".section.text.div", ".section.entry.reference",
    ".deviceName.name", ".deviceName.type", ".version.type.text", ".version.value",
    ".effectiveDateTime", ".performer.reference", ".device.reference", ".valueInteger",
    *(f".type.{each}" for each in CONCEPT),
    *(f".category.{each}" for each in CONCEPT[:3]),
    *(f".{name}.{each}" for name in ("code", "bodySite") for each in CONCEPT),
    *(f".{name}.{each}" for name in ("valueCodeableConcept", "dataAbsentReason") for each in CONCEPT),
    *(f".valueQuantity.{each}" for each in QUANTITY),
    *(f".component.{name}.{each}" for name in ("code", "valueCodeableConcept") for each in CONCEPT),
    *(f".component.valueQuantity.{each}" for each in QUANTITY),
}  # fmt: skip
ALLOWED_ANSWERS = ALLOWED | {
    ".component.valueInteger", ".derivedFrom.reference", ".questionnaire", ".authored", ".source.reference",
    *(f".item{deeper}.{each}" for deeper in ("", ".item", ".item.item") for each in
      ("linkId", "text", "answer.valueInteger", "answer.valueCoding.system", "answer.valueCoding.code",
       "answer.valueCoding.display")),
}  # fmt: skip


@WIDE
@given(checks())
def test_every_path_of_the_document_is_on_the_list(told):
    assert set(paths(built(told))) <= ALLOWED
    assert set(paths(built(told, Detail.ANSWERS))) <= ALLOWED_ANSWERS


def test_an_unlisted_path_would_be_seen():
    document = built(person())
    document["entry"][1]["resource"]["gender"] = "female"

    assert set(paths(document)) - ALLOWED == {".gender"}


@WIDE
@given(checks(), st.sampled_from([18, 30, 62, 95]), st.sampled_from(list(Sex)))
def test_age_and_sex_change_nothing_but_the_bands_they_choose(told, age, sex):
    """Bands rest on age and sex; with the bands equal, the documents are."""
    other = dataclasses.replace(told, age_y=age, sex=sex)
    for detail in Detail:
        one, two = (summarise(assess(each, KNOWN), each, KNOWN, detail=detail) for each in (told, other))
        alike = dataclasses.replace(
            two,
            items=tuple(
                dataclasses.replace(each, band=before.band)
                for each, before in zip(two.items, one.items, strict=True)
            ),
        )
        assert without_ids(fhir.build(alike, KNOWN)) == without_ids(fhir.build(one, KNOWN))


@pytest.mark.parametrize("detail", Detail)
def test_a_safety_answer_that_leaves_tests_out_looks_like_choosing_not_to(detail):
    chose = without_ids(built(person(attempts=everything(Ending.CHOSE_NOT)), detail))
    seen = 0
    for each in KNOWN.instruments.lists:
        for item in each.items:
            warned = person(safety=ALL_CLEAR | {each.id: frozenset({item.id})})
            if isinstance(assess(warned, KNOWN), Results):
                seen += 1
                assert without_ids(built(warned, detail)) == chose, item.id
    assert seen >= 20


@WIDE
@given(checks())
def test_what_was_chosen_and_what_was_left_out_are_the_same_document(told):
    silent = dataclasses.replace(
        told, attempts=tuple(each for each in told.attempts if each.ending != Ending.CHOSE_NOT)
    )

    for detail in Detail:
        assert without_ids(built(told, detail)) == without_ids(built(silent, detail))


def test_the_summary_does_not_hold_what_only_the_answers_may():
    told = person(
        activity=Activity(days_per_week=5, minutes_per_day=33, strength_days=2, sitting_hours=9),
        attempts=everything(pain=Hurt(before=1, during=2, after=1, spot="spot-groin-left")),
    )
    other = dataclasses.replace(
        told,
        activity=Activity(),
        spots=("spot-knee-front-right", "spot-thigh-left"),
        pain=PainAnswers(ratings=MappingProxyType({"P1": 4, "P2": 3, "P3": 4, "P4": 4})),
        attempts=everything(pain=Hurt(before=0, during=1, after=0)),
    )
    before, after = built(told), built(other)

    assert summarise(assess(told, KNOWN), told, KNOWN).impact == 4.0
    text = without_ids(before)
    for word in ("groin", "Stairs", "stairs", "weeks", " 33", "usual-", "tries", "pain-during"):
        assert word not in text
    assert "QuestionnaireResponse" not in text
    assert without_ids(before) == without_ids(after)


@WIDE
@given(checks())
def test_the_document_holds_one_day_and_no_time(told):
    for detail in Detail:
        document = built(told, detail)
        text = json.dumps(document)
        assert document["timestamp"] == "2026-11-22T00:00:00Z"
        assert re.findall(r"\d\d:\d\d", text) == ["00:00", "00:00"][: len(re.findall(r"\d\d:\d\d", text))]
        assert set(re.findall(r"\d{4}-\d\d-\d\dT\S{9}", text)) == {"2026-11-22T00:00:00Z"}


def test_two_documents_of_one_result_share_no_id():
    ids = [
        set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", json.dumps(built(person(attempts=everything())))))
        for _ in range(2)
    ]

    assert ids[0]
    assert ids[0] & ids[1] == set()
    assert {uuid.UUID(each).version for pair in ids for each in pair} == {4}


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize(
    "told",
    [
        *(person(safety=ALL_CLEAR | {"SCR1": frozenset({each})}) for each in ("E1", "E2", "E3")),
        person(age_y=17),
        person(age_y=None),
        person(safety=MappingProxyType({})),
    ],
)
def test_nothing_is_made_of_an_emergency_a_child_or_half_a_check(told, detail):
    outcome = assess(told, KNOWN)
    assert isinstance(outcome, GetSeen | NotYet)

    with pytest.raises(ShareForbidden):
        summarise(outcome, told, KNOWN, detail=detail)


@pytest.mark.parametrize("level", [Level.E, Level.S, Level.UNDER_AGE])
def test_results_of_a_level_that_ends_the_path_are_refused_even_if_somebody_built_them(level):
    told = person()
    impossible = dataclasses.replace(assess(told, KNOWN), level=level)

    with pytest.raises(ShareForbidden):
        summarise(impossible, told, KNOWN)


def test_every_same_day_tick_forbids():
    seen = 0
    for each in KNOWN.instruments.lists:
        for item in each.items:
            told = person(safety=ALL_CLEAR | {each.id: frozenset({item.id})})
            outcome = assess(told, KNOWN)
            if isinstance(outcome, GetSeen):
                seen += 1
                with pytest.raises(ShareForbidden):
                    summarise(outcome, told, KNOWN)
    assert seen >= 10


@pytest.mark.parametrize("day", ["", "2026-11", "22/11/2026", "2026-11-22T10:00:00Z"])
def test_a_document_needs_a_day_and_nothing_finer(day):
    told = person(date=day)

    with pytest.raises(ValueError, match="day"):
        built(told)


def test_the_longest_document_fits_with_room():
    told = person(
        spots=tuple(KNOWN.instruments.spots),
        worst=next(iter(KNOWN.instruments.spots)),
        pain=PainAnswers(
            ratings=MappingProxyType({"P1": 10, "P2": 5, "P3": 10, "P4": 10}),
            activity="activity-sitting",
            activity_score=10,
            choices=MappingProxyType(
                {q.id: q.options[-1].code for q in KNOWN.instruments.questions.values() if q.kind == "choice"}
            ),
            ticks=MappingProxyType(
                {
                    q.id: frozenset(o.code for o in q.options if not o.alone)
                    for q in KNOWN.instruments.questions.values()
                    if q.kind == "ticks"
                }
            ),
        ),
        attempts=tuple(
            dataclasses.replace(each, tries=(each.value or 0.0,) * 3)
            for each in everything(most=True, pain=Hurt(before=2, during=2, after=2, spot="spot-low-back"))
        ),
    )
    plain = json.dumps(built(told, Detail.ANSWERS), ensure_ascii=False, separators=(",", ":")).encode()

    assert len(plain) <= 64 * 1024
    assert len(crypto.seal(plain, bytes(32))) <= 1.36 * len(plain)
