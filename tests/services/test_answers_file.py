"""The answers file: what is refused and how it is said, what is read, and that writing gives it back."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import ASKED, KNOWN, after, did, people, person, tell

from screening.domain.answers import NO_PAIN, Activity, Answers, Ending, Form, Sex, Side, StoppedBy, TimedBy
from screening.domain.editing import put
from screening.errors import AnswersFileError
from screening.services.answers_file import LARGEST, dumps, loads, outcome_as_dict
from screening.services.answers_shape import json_schema
from screening.services.assessment import assess
from screening.services.datafiles import DATA
from screening.services.wording import sentences

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "files"
OK = json.loads((VECTORS / "answers-ok.json").read_text(encoding="utf-8"))
BAD = json.loads((VECTORS / "answers-bad.json").read_text(encoding="utf-8"))["cases"]
SCHEMA = json.loads((DATA / "answers.schema.json").read_text(encoding="utf-8"))
TODAY = "2026-11-23"
WHYS = {"newer", "schema", "unknown-key", "missing-key", "range", "type", "code", "rule", "format", "size"}


def read(document: object) -> Answers:
    return loads(document if isinstance(document, bytes | str) else json.dumps(document), KNOWN, TODAY)


def refused(document: object) -> AnswersFileError:
    with pytest.raises(AnswersFileError) as found:
        read(document)
    return found.value


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the good file with one place changed; ``...`` takes the key away."""
    document = copy.deepcopy(OK)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    place = document
    for part in parents:
        place = place[part]
    if value is ...:
        del place[last]
    elif isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value
    return document


def patched(patch: list[dict[str, Any]]) -> dict[str, Any]:
    (step,) = patch
    return changed(step["path"].lstrip("/"), ... if step["op"] == "remove" else step["value"])


# -- what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["name"])
def test_every_known_way_to_be_wrong_is_refused_for_its_reason(case):
    assert refused(patched(case["patch"])).why == case["why"]


def test_there_are_24_known_ways_to_be_wrong():
    assert len(BAD) == 24


TEXT = json.dumps(OK)


@pytest.mark.parametrize(
    ("document", "why"),
    [
        pytest.param("", "format", id="empty"),
        pytest.param("{", "format", id="cut-short"),
        pytest.param("not json", "format", id="not-json"),
        pytest.param("[]", "format", id="an-array"),
        pytest.param('"hip-self-check/1"', "format", id="a-text"),
        pytest.param("null", "format", id="null"),
        pytest.param(TEXT.replace('"age": 58', '"age": 58, "age": 59'), "format", id="a-key-twice"),
        pytest.param(
            '{"schema": "hip-self-check/1", "schema": "hip-self-check/1"}', "format", id="schema-twice"
        ),
        pytest.param(TEXT.replace("22.4", "NaN"), "format", id="nan"),
        pytest.param(TEXT.replace("22.4", "Infinity"), "format", id="infinity"),
        pytest.param(TEXT.replace("22.4", "-Infinity"), "format", id="minus-infinity"),
        pytest.param(TEXT.replace("22.4", "1e400"), "format", id="too-big-for-a-number"),
        pytest.param(TEXT.replace('"age": 58', '"age": ' + "9" * 16), "format", id="too-many-digits"),
        pytest.param(TEXT.replace('"age": 58', '"age": ' + "9" * 5000), "format", id="far-too-many-digits"),
        pytest.param(TEXT + "x", "format", id="something-behind"),
        pytest.param(b"\xef\xbb\xbf" + TEXT.encode(), "format", id="byte-order-mark"),
        pytest.param(TEXT.encode("utf-16"), "format", id="not-utf-8"),
        pytest.param(b'{"schema": "\xff"}', "format", id="broken-utf-8"),
        pytest.param('{"schema": "\ud800"}', "format", id="half-a-character"),
        pytest.param("[" * 60_000, "format", id="deep-brackets"),
        pytest.param('{"a":' * 6 + "{}" + "}" * 6, "format", id="seven-levels"),
        pytest.param(
            '{"schema": "hip-self-check/1", "a": [[[[[1]]]]]}', "unknown-key", id="six-levels-is-shape"
        ),
        pytest.param(" " * (LARGEST + 1), "size", id="too-big"),
        pytest.param(TEXT.encode() + b" " * (LARGEST + 1 - len(TEXT)), "size", id="one-byte-too-big"),
        pytest.param(b"x" * 10_000_000, "size", id="ten-megabytes"),
    ],
)
def test_what_is_no_answers_file_at_all_is_refused(document, why):
    assert refused(document).why == why


def test_the_largest_file_is_still_read():
    assert read(TEXT.encode() + b" " * (LARGEST - len(TEXT))).age_y == 58


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ("hip-self-check/2", "newer"),
        ("hip-self-check/10", "newer"),
        ("hip-self-check/99999999999999999999", "newer"),
        ("hip-self-check/0", "schema"),
        ("hip-self-check/", "schema"),
        ("hip-self-check/two", "schema"),
        ("hip-self-check/\u00b2", "schema"),
        ("hip-self-check/1 ", "schema"),
        ("Hip-self-check/2", "schema"),
        ("", "schema"),
        (None, "schema"),
        (1, "schema"),
        ([], "schema"),
    ],
)
def test_only_our_own_schema_is_read_and_a_newer_one_is_called_newer(schema, why):
    assert refused(changed("schema", schema)).why == why


@pytest.mark.parametrize(
    ("path", "value", "why", "where"),
    [
        ("about/age", 9, "range", "about.age"),
        ("about/age", 121, "range", "about.age"),
        ("about/age", 58.0, "type", "about.age"),
        ("about/sex", "other", "code", "about.sex"),
        ("about/activity/sitting_hours", 25, "range", "about.activity.sitting_hours"),
        ("about", [], "type", "about"),
        ("about/name", "Ann", "unknown-key", "about.name"),
        ("date", "2026-11-24", "range", "date"),
        ("date", "2026-02-30", "type", "date"),
        ("date", "2026-11-2", "type", "date"),
        ("date", "2026-11-22T00:00:00Z", "type", "date"),
        ("date", 20261122, "type", "date"),
        ("date", "\u0662026-11-22", "type", "date"),
        ("spots/all", [NO_PAIN, "spot-low-back"], "rule", "spots.all"),
        ("spots/all", ["spot-low-back", "spot-low-back"], "rule", "spots.all"),
        ("spots/all", "spot-low-back", "type", "spots.all"),
        ("spots/all/0", None, "type", "spots.all.0"),
        ("spots/worst", NO_PAIN, "code", "spots.worst"),
        ("safety", {"SCR1": ["none"]}, "rule", "safety.SCR4"),
        ("safety", ..., "rule", "safety.SCR4"),
        ("safety/SCR3", ..., "rule", "safety.SCR3"),
        ("safety/SCR5", ["none"], "unknown-key", "safety.SCR5"),
        ("safety/SCR4", ["X6", "X6"], "rule", "safety.SCR4"),
        ("safety/SCR4", ["X6", "none"], "rule", "safety.SCR4"),
        ("pain/P7", 3, "unknown-key", "pain.P7"),
        ("pain/P5", {"activity": "trigger-stairs"}, "code", "pain.P5.activity"),
        ("pain/P5", {"activity": "activity-stairs", "score": 11}, "range", "pain.P5.score"),
        ("pain/Q5k", ["trigger-none", "trigger-stairs"], "rule", "pain.Q5k"),
        ("pain/Q3", ["duration-4-12-weeks"], "type", "pain.Q3"),
        ("checks", {"someone-near": "yes"}, "type", "checks.someone-near"),
        ("checks", {"other": True}, "unknown-key", "checks.other"),
        ("ask_again", ["SCR5"], "code", "ask_again.0"),
        ("content/app", 1, "type", "content.app"),
        ("content/app", "<b>", "type", "content.app"),
        ("content/other", "1", "unknown-key", "content.other"),
        ("tests", {}, "type", "tests"),
        ("tests/0", None, "type", "tests.0"),
        ("tests/0/id", ..., "missing-key", "tests.0.id"),
        ("tests/0/outcome", ..., "missing-key", "tests.0.outcome"),
        ("tests/0/outcome", "failed", "code", "tests.0.outcome"),
        ("tests/0/outcome", None, "type", "tests.0.outcome"),
        ("tests/0/side", "left", "rule", "tests.0.side"),
        ("tests/1/side", "both", "code", "tests.1.side"),
        ("tests/0/value", None, "rule", "tests.0.value"),
        ("tests/0/value", 11.5, "type", "tests.0.value"),
        ("tests/0/value", 400, "range", "tests.0.value"),
        ("tests/0/value", -3, "range", "tests.0.value"),
        ("tests/0/value", True, "type", "tests.0.value"),
        ("tests/0/tries", [11, 400], "range", "tests.0.tries.1"),
        ("tests/0/tries", [10, 11], "range", "tests.0.tries"),
        ("tests/0/tries", [None], "type", "tests.0.tries.0"),
        ("tests/0/capped", True, "rule", "tests.0.capped"),
        ("tests/2/capped", True, "rule", "tests.2.capped"),
        ("tests/0/pain", {"before": 11}, "range", "tests.0.pain.before"),
        ("tests/0/pain", {"where": 1}, "unknown-key", "tests.0.pain.where"),
        ("tests/0/pain", {"spot": NO_PAIN}, "code", "tests.0.pain.spot"),
        ("tests/0/form", "squat", "rule", "tests.0.form"),
        ("tests/0/form", "chair", "code", "tests.0.form"),
        ("tests/0/stopped_by", "rain", "code", "tests.0.stopped_by"),
        ("tests/0/ticks", ["pelvis-moved"], "code", "tests.0.ticks.0"),
        ("tests/3/ticks", ["pelvis-moved", "pelvis-moved"], "rule", "tests.3.ticks"),
        ("tests/0/effort", 3, "rule", "tests.0.effort"),
        ("tests/1/seat_cm", 44, "rule", "tests.1.seat_cm"),
        ("tests/0/seat_cm", 81, "range", "tests.0.seat_cm"),
        ("tests/1/right_angle", True, "rule", "tests.1.right_angle"),
        ("tests/7", OK["tests"][0], "rule", "tests.7"),
        ("tests/0/timed_by", "nurse", "code", "tests.0.timed_by"),
    ],
)
def test_one_thing_wrong_refuses_the_whole_file_and_names_the_place(path, value, why, where):
    error = refused(changed(path, value))

    assert (error.why, error.where) == (why, where)


def test_pain_that_is_told_with_no_pain_at_all_does_not_fit_together():
    document = changed("spots", {"all": [NO_PAIN]})

    assert refused(document).where == "pain.P1"


def test_an_empty_safety_list_is_not_answered_and_is_read():
    assert "SCR3" not in read(changed("safety/SCR3", [])).safety


@pytest.mark.parametrize("safety", [{}, {"SCR1": ["E1"]}, {"SCR1": ["none"], "SCR2": []}])
def test_later_lists_may_be_missing_while_nothing_after_them_was_asked(safety):
    document = {"schema": "hip-self-check/1", "safety": safety}

    assert read(document).safety == {key: frozenset(ticks) for key, ticks in safety.items() if ticks}


def test_the_smallest_file_is_an_empty_one():
    assert read({"schema": "hip-self-check/1"}) == Answers()


def test_null_is_not_answered_wherever_it_may_stand():
    document = dict.fromkeys(OK) | {"schema": "hip-self-check/1"}

    assert read(document) == Answers()


# -- how it is said ------------------------------------------------------------------------------------

SECRETS = ["Ann", "<b>", "Rue de la Paix", "4711"]


@pytest.mark.parametrize(
    "document",
    [
        changed("about/sex", "Ann <b>"),
        changed("pain/P1", 4711),
        changed("about/Rue de la Paix", 1),
        changed("about/<b>", 1),
        changed("spots/all/0", "Ann"),
        changed("schema", "Ann/4711"),
        changed("content/app", "<b>Ann</b>"),
        "Ann 4711 <b>",
        changed("date", "Rue de la Paix"),
    ],
)
def test_no_message_ever_holds_what_was_in_the_file(document):
    said = str(refused(document))

    assert not [secret for secret in SECRETS if secret in said]


def test_every_refusal_is_one_sentence_with_a_wording_of_its_own():
    written = {
        key.removeprefix("error.file."): text
        for key, text in sentences("en").items()
        if key.startswith("error.file.")
    }

    assert written.keys() == WHYS
    for text in written.values():
        assert text.count(". ") == 0
        assert text.endswith(".")


def test_the_sentence_names_the_place():
    assert "about.age" in str(refused(changed("about/age", 130)))


# -- what is read --------------------------------------------------------------------------------------


def test_the_good_file_is_read_as_it_stands():
    told = read(OK)

    assert (told.date, told.age_y, told.sex) == ("2026-11-22", 58, Sex.FEMALE)
    assert told.activity == Activity(days_per_week=2, minutes_per_day=30, strength_days=0, sitting_hours=7)
    assert told.spots == ("spot-knee-front-right", "spot-low-back")
    assert told.safety["SCR4"] == {"X6"}
    assert dict(told.pain.ratings) == {"P1": 6, "P2": 4, "P3": 5, "P4": 4}
    assert (told.pain.activity, told.pain.activity_score) == ("activity-stairs", 4)
    assert dict(told.pain.choices) == {"Q3": "duration-4-12-weeks", "Q4": "onset-slow"}
    assert told.pain.ticks["Q5k"] == {"trigger-stairs", "trigger-squat"}
    assert [each.test for each in told.attempts] == [
        "cst30",
        *["sls"] * 2,
        *["stepdown"] * 2,
        *["sideplank"] * 2,
    ]
    stance = told.attempt("sls", Side.RIGHT)
    assert (stance.value, stance.tries, stance.pain.during) == (22.4, (20.1, 22.4, 18.0), 5)
    assert told.attempt("stepdown", Side.RIGHT).ending == Ending.STOPPED_FOR_PAIN


def test_every_optional_key_of_a_test_is_read_and_written():
    told = after(
        person(),
        did("cst30", None, 9, form=Form.HANDS, seat_cm=44.5, right_angle=False, timed_by=TimedBy.THERAPIST),
        did("abd_lift", "left", 2, ticks=("grade-2",), effort=0),
        did("sideplank", "right", 12.5, stopped_by=StoppedBy.SHOULDER),
        did("sts_watch", None, None, ticks=()),
    )

    assert loads(dumps(told, KNOWN), KNOWN, TODAY) == told


def test_files_of_other_versions_keep_the_versions_they_were_made_with():
    told = read(changed("content/tests", "7"))

    assert told.content["tests"] == "7"
    assert json.loads(dumps(told, KNOWN))["content"]["tests"] == "7"
    assert read(OK).content == {}


# -- writing -------------------------------------------------------------------------------------------


def test_a_file_is_written_in_fixed_order_with_a_newline_at_the_end():
    text = dumps(read(OK), KNOWN)

    assert text.startswith('{\n "schema": "hip-self-check/1",\n "content": {\n  "app": ')
    assert text.endswith("}\n")
    assert list(json.loads(text)) == [
        "schema",
        "content",
        "date",
        "about",
        "spots",
        "safety",
        "pain",
        "tests",
    ]


def test_the_good_file_comes_back_with_the_same_meaning_in_our_order():
    again = json.loads(dumps(read(OK), KNOWN))

    assert again["tests"] == OK["tests"]
    assert {**again["pain"], "Q5k": sorted(again["pain"]["Q5k"])} == {
        **OK["pain"],
        "Q5k": sorted(OK["pain"]["Q5k"]),
    }
    assert (again["about"], again["spots"], again["safety"]) == (OK["about"], OK["spots"], OK["safety"])


def test_whole_seconds_are_the_same_bytes_however_they_were_typed():
    one, two = (
        dumps(after(person(), did("sls", "left", value, tries=(value,))), KNOWN) for value in (18, 18.0)
    )

    assert one == two


def test_a_draft_that_stopped_in_the_safety_lists_is_read_back():
    told = tell(Answers(), age=40, spots={"spot-low-back"}, SCR1={"none"}, SCR2={"D1"})

    assert json.loads(dumps(told, KNOWN))["safety"] == {"SCR1": ["none"], "SCR2": ["D1"]}
    assert loads(dumps(told, KNOWN), KNOWN, TODAY) == told


def test_a_list_that_is_open_again_is_written_as_empty_once_pain_was_told():
    told = tell(person("D2"), P1=4, spots={"spot-low-back"})

    assert json.loads(dumps(told, KNOWN))["safety"]["SCR2"] == []
    assert loads(dumps(told, KNOWN), KNOWN, TODAY) == told


def test_a_list_that_is_to_be_asked_again_stays_so_in_a_file():
    told = put(person(spots=["spot-low-back"]), ASKED, "spots", {"spot-knee-front-left"})

    assert loads(dumps(told, KNOWN), KNOWN, TODAY).ask_again == {"SCR2"}


@given(people())
def test_whatever_is_written_is_read_back_the_same_and_written_the_same_again(told):
    text = dumps(told, KNOWN)
    again = loads(text.encode(), KNOWN, TODAY)

    assert again == told
    assert dumps(again, KNOWN) == text
    assert len(text) < LARGEST


# -- the JSON Schema -----------------------------------------------------------------------------------

SHAPE = jsonschema.Draft202012Validator(SCHEMA)


def test_the_shipped_schema_is_the_one_the_reader_uses():
    assert json_schema(KNOWN) == SCHEMA, (
        "run: python -m screening schema > src/screening/data/answers.schema.json"
    )


def test_the_shipped_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@given(people())
def test_what_we_write_is_valid_by_the_schema(told):
    assert SHAPE.is_valid(json.loads(dumps(told, KNOWN)))


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["name"])
def test_the_schema_refuses_what_has_the_wrong_shape_too(case):
    by_rules_only = case["why"] == "rule" or case["name"] == "date-future"

    assert SHAPE.is_valid(patched(case["patch"])) is by_rules_only


def test_the_schema_takes_the_good_file():
    SHAPE.validate(OK)


# -- what can never happen -----------------------------------------------------------------------------

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 99)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ["none", "E1", "spot-none", "done", "cst30", "left", "yes", "hip-self-check/1", "\ud800", ""]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "all", "SCR1", "P2", "value", "<b>"]), inner, max_size=3)
    ),
    max_leaves=6,
)
PLACES = [
    *OK,
    *(f"{part}/{key}" for part in ("about", "spots", "safety", "pain") for key in OK[part]),
    *(f"tests/{number}/{key}" for number in range(7) for key in OK["tests"][0]),
    "tests/7",
    "checks",
    "ask_again",
]


@given(st.sampled_from(PLACES), JSON, st.sampled_from(list(OK)), st.none() | JSON)
def test_any_file_is_assessed_or_refused_by_a_typed_error(place, value, key, other):
    document = {**changed(place, value), **({key: other} if other is not None else {})}
    outcome: dict[str, Any] = {}
    try:
        outcome = outcome_as_dict(assess(read(json.dumps(document)), KNOWN))
    except AnswersFileError as error:
        outcome = {"why": error.why}

    assert json.loads(json.dumps(outcome, allow_nan=False)) == outcome
    assert "level" in outcome or outcome["why"] in WHYS


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_refused_by_a_typed_error(document):
    assert refused(document).why in {"format", "schema", "newer"}


# -- numbers measured in the clinic ---------------------------------------------------------------------

MEASURED = {"id": "cst30", "side": None, "day": "2026-11-23", "value": 15, "right_angle": True}


def with_clinic(*entries: dict[str, Any]) -> dict[str, Any]:
    return {**copy.deepcopy(OK), "clinic": list(entries)}


def test_a_clinic_number_stands_beside_the_home_number_and_never_in_its_place():
    told = read(with_clinic(MEASURED))

    measured = told.clinic_number("cst30")
    home = told.attempt("cst30")
    assert measured is not None
    assert home is not None
    assert (measured.attempt.value, measured.attempt.timed_by, measured.day) == (
        15,
        TimedBy.THERAPIST,
        "2026-11-23",
    )
    assert (home.value, home.timed_by) == (11, TimedBy.SELF)


def test_a_clinic_number_changes_no_result():
    assert assess(read(with_clinic(MEASURED)), KNOWN) == assess(read(OK), KNOWN)


def test_a_file_without_clinic_numbers_has_the_bytes_it_always_had():
    assert '"clinic"' not in dumps(read(OK), KNOWN)


@pytest.mark.parametrize(
    ("change", "why", "where"),
    [
        ({"value": None}, "type", "clinic.0.value"),
        ({"value": 61}, "range", "clinic.0.value"),
        ({"value": 15.5}, "type", "clinic.0.value"),
        ({"side": "left"}, "rule", "clinic.0.side"),
        ({"day": "2026-11-24"}, "range", "clinic.0.day"),
        ({"day": "2026-02-30"}, "type", "clinic.0.day"),
        ({"day": None}, "type", "clinic.0.day"),
        ({"form": "squat"}, "rule", "clinic.0.form"),
        ({"outcome": "done"}, "unknown-key", "clinic.0.outcome"),
        ({"timed_by": "self"}, "unknown-key", "clinic.0.timed_by"),
        ({"id": "plank9"}, "code", "clinic.0.id"),
    ],
)
def test_a_clinic_number_is_read_as_strictly_as_all_the_rest(change, why, where):
    found = refused(with_clinic({**MEASURED, **change}))

    assert (found.why, found.where) == (why, where)


@pytest.mark.parametrize("key", ["id", "day", "value"])
def test_a_clinic_number_without_test_day_or_value_is_refused(key):
    entry = {name: value for name, value in MEASURED.items() if name != key}

    assert refused(with_clinic(entry)).why == "missing-key"


def test_a_clinic_number_stands_once_for_each_test_and_side():
    found = refused(with_clinic(MEASURED, MEASURED))

    assert (found.why, found.where) == ("rule", "clinic.1")


def test_a_hold_to_the_end_of_the_clock_is_capped_whoever_held_the_watch():
    entry = {"id": "bridge", "side": "left", "day": "2026-11-23", "value": 60}
    told = read(with_clinic(entry))

    measured = told.clinic_number("bridge", Side.LEFT)

    assert measured is not None
    assert measured.attempt.capped
