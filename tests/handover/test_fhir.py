"""The document against other people's validators, our own checks, and the table of codes."""

import copy
import csv
import json
import re
import uuid
from pathlib import Path
from xml.etree import ElementTree

import fhirkit
import pytest
from hypothesis import given
from tests.handover.conftest import KNOWN, attempts_of, checks, everything, person
from tests.handover.test_summary import WIDE, built
from tests.server import ROOT

from screening.domain.answers import Ending, Form
from screening.services import questionnaires
from screening.services.datafiles import DATA
from screening.services.share_codes import OWN, code_texts, codes
from screening.services.summary import Detail

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "share" / "fhir"
XHTML = "{http://www.w3.org/1999/xhtml}"
PARTS = {"div", "p", "table", "caption", "tr", "th", "td", "ul", "li"}


def walk(it):
    if isinstance(it, dict):
        yield it
        for value in it.values():
            yield from walk(value)
    elif isinstance(it, list):
        for each in it:
            yield from walk(each)


def our_checks(document):
    """What no validator sees. Returns the names of what is wrong."""
    wrong = set()
    urls = [entry["fullUrl"] for entry in document["entry"]]
    used = {each["reference"] for each in walk(document) if isinstance(each.get("reference"), str)}
    if len(set(urls)) < len(urls) or any(
        entry["fullUrl"] != f"urn:uuid:{entry['resource'].get('id')}" for entry in document["entry"]
    ):
        wrong.add("ids")
    if not used <= set(urls) or not set(urls[1:]) <= used:
        wrong.add("references")
    for each in (entry["resource"] for entry in document["entry"]):
        values = [key for key in each if key.startswith("value")]
        if each["resourceType"] == "Observation" and bool(values) == ("dataAbsentReason" in each):
            wrong.add("obs-6")
    for each in walk(document):
        if isinstance(each.get("div"), str) and not is_plain(each["div"]):
            wrong.add("narrative")
        if "profile" in each or "interpretation" in each or "referenceRange" in each or "note" in each:
            wrong.add("not used")
    return wrong


def is_plain(div):
    try:
        root = ElementTree.fromstring(div)
    except ElementTree.ParseError:
        return False
    return root.tag == f"{XHTML}div" and all(
        each.tag.removeprefix(XHTML) in PARTS and each.tag.startswith(XHTML) and not each.attrib
        for each in root.iter()
    )


def fhirkit_errors(resource):
    return [str(each) for each in fhirkit.validate(resource) if each.severity == "error"]


def is_right(document):
    assert fhirkit_errors(document) == []
    assert our_checks(document) == set()
    assert document["entry"][0]["resource"]["resourceType"] == "Composition"


@WIDE
@given(checks())
def test_the_document_of_anybody_is_right(told):
    for detail in Detail:
        is_right(built(told, detail))


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize("ending", Ending)
@pytest.mark.parametrize("most", [False, True], ids=["lowest", "cap"])
def test_the_extremes_are_right(detail, ending, most):
    document = built(person(attempts=everything(ending, most=most)), detail)

    is_right(document)
    said = [
        each["resource"] for each in document["entry"] if each["resource"]["resourceType"] == "Observation"
    ]
    capped = [each for each in said if each.get("valueQuantity", {}).get("comparator") == ">="]
    assert bool(capped) == (ending == Ending.DONE and most)


FORMS = {
    "pain-and-pattern.questionnaire": lambda: questionnaires.pain_form(KNOWN.instruments),
    "safety.questionnaire": lambda: questionnaires.safety_form(KNOWN.instruments),
    "hip-self-check.codesystem": questionnaires.code_system,
}


@pytest.mark.parametrize("form", FORMS)
def test_the_shipped_forms_are_right_and_up_to_date(form, request):
    made = FORMS[form]()
    path = DATA / "fhir" / f"{form}.json"
    if request.config.getoption("--update-golden"):
        path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    assert json.loads(path.read_text(encoding="utf-8")) == made
    assert fhirkit_errors(made) == []


def test_the_notice_that_loinc_asks_for_stands_in_notice():
    notice = " ".join((ROOT / "NOTICE").read_text(encoding="utf-8").split())

    assert "This material contains content from LOINC (https://loinc.org)." in notice
    assert "is available at no cost under the license at https://loinc.org/license." in notice
    assert "LOINC is a registered United States trademark of Regenstrief Institute, Inc." in notice


def test_our_own_addresses_are_for_good_and_on_nobodys_domain():
    """Receivers know our codes by these: a change would make two kinds of the same result."""
    addresses = {name: make()["url"] for name, make in FORMS.items()}
    text = json.dumps([built(person(attempts=everything()), detail) for detail in Detail])
    shipped = "".join(path.read_text(encoding="utf-8") for path in (DATA / "fhir").iterdir())

    assert addresses == {
        "pain-and-pattern.questionnaire": "urn:oid:2.25.127392491444750792986297354826934739464",
        "safety.questionnaire": "urn:oid:2.25.301868937453035258197703001877152044805",
        "hip-self-check.codesystem": "urn:oid:2.25.201547442513050559679081693047605441970",
    }
    assert all(uuid.UUID(int=int(each.rpartition(".")[2])).version == 4 for each in addresses.values())
    assert addresses["hip-self-check.codesystem"] == OWN
    for placeholder in ("example.", "localhost", "127.0.0.1", ".invalid", ".test/"):
        assert placeholder not in (text + shipped).lower()


def patched(document, patch):
    """Apply an RFC 6902 patch; the few operations the vectors use."""
    changed = copy.deepcopy(document)
    for step in patch:
        *way, last = [part if not part.isdigit() else int(part) for part in step["path"].split("/")[1:]]
        value = step.get("value")
        if step["op"] == "move":
            *source, at = [part if not part.isdigit() else int(part) for part in step["from"].split("/")[1:]]
            holder = changed
            for part in source:
                holder = holder[part]
            value = holder.pop(at)
        holder = changed
        for part in way:
            holder = holder[part]
        if step["op"] == "remove":
            del holder[last]
        elif isinstance(holder, list) and step["op"] in {"add", "move"}:
            holder.insert(last, value)
        else:
            holder[last] = value
    return changed


@pytest.mark.parametrize(
    "case", json.loads((VECTORS / "mutations.json").read_text())["cases"], ids=lambda case: case["name"]
)
def test_a_validator_that_has_gone_blind_is_noticed(case):
    document = json.loads((VECTORS / "summary.bundle.json").read_text())
    changed = patched(document, case["patch"])

    assert fhirkit_errors(document) == []
    assert our_checks(document) == set()
    assert changed != document
    if "fhirkit" in case["caught_by"]:
        assert fhirkit_errors(changed)
    if case["own_check"]:
        assert our_checks(changed)


# --- Codes ---


def coded(resource):
    for each in walk(resource):
        if isinstance(each.get("system"), str) and isinstance(each.get("code"), str):
            yield each["system"], each["code"], each.get("display")


@WIDE
@given(checks())
def test_only_codes_of_the_table_are_written_and_with_its_words(told):
    table = codes()
    for detail in Detail:
        for system, code, display in coded(built(told, detail)):
            assert (system, code) in table
            if display is not None and system != OWN:
                assert display == table[system, code].display


def test_the_forms_use_only_codes_of_the_table():
    for form in (questionnaires.pain_form(KNOWN.instruments), questionnaires.safety_form(KNOWN.instruments)):
        assert {(system, code) for system, code, _ in coded(form)} <= codes().keys()


def test_every_code_of_ours_has_words_and_is_used_somewhere():
    texts = code_texts("en")
    ours = {code for system, code in codes() if system == OWN}
    written = json.dumps(questionnaires.pain_form(KNOWN.instruments))
    reasons = {"band", "margin", "reason", "tries", "pain-before", "pain-during", "pain-after", "pain-spot"}
    source = (
        "".join(path.read_text() for path in (Path(questionnaires.__file__).parent).glob("*.py"))
        + (DATA / "fhir" / "codes.csv").read_text()
    )

    assert texts.keys() == ours
    assert all(texts.values())
    for code in ours:
        bands = re.fullmatch(r"(band|side|reason|detail|usual|share)-.+", code)
        tests = code.split("-side-difference")[0]
        assert f'"{code}"' in written or bands or code in reasons or tests in source, code


def test_every_band_of_every_test_has_its_code():
    bands = {band.id for test in KNOWN.selftests for band in test.bands}

    assert {f"band-{each}" for each in bands} | {"band-cannot-tell"} == {
        code for system, code in codes() if system == OWN and code.startswith("band-")
    }


def chair(**change):
    test = KNOWN.selftests["cst30"]
    attempt = attempts_of(test, None, Ending.DONE, form=change.pop("form", Form.STANDARD))
    import dataclasses

    told = person(age_y=70, attempts=(dataclasses.replace(attempt, value=11.0, **change),))
    (found,) = [
        each["resource"]["code"]
        for each in built(told)["entry"]
        if "Chair stands" in each["resource"].get("code", {}).get("text", "")
    ]
    return [each["code"] for each in found["coding"]]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"seat_cm": 40.9}, ["cst30-other-seat"]),
        ({"seat_cm": 41.0}, ["66247-8", "cst30"]),
        ({"seat_cm": 46.0}, ["66247-8", "cst30"]),
        ({"seat_cm": 46.1}, ["cst30-other-seat"]),
        ({"seat_cm": None, "right_angle": True}, ["cst30"]),
        ({"seat_cm": None, "right_angle": False}, ["cst30-other-seat"]),
        ({"seat_cm": None}, ["cst30-other-seat"]),
        ({"form": Form.HANDS}, ["93125-3", "cst30-arms"]),
    ],
    ids=str,
)
def test_the_published_chair_code_is_only_for_the_published_chair_test(change, expected):
    assert chair(**change) == expected


def test_no_borrowed_instrument_and_no_profile_anywhere():
    text = json.dumps([built(person(attempts=everything()), detail) for detail in Detail])
    text += json.dumps(questionnaires.pain_form(KNOWN.instruments))
    refused = [
        row["code"]
        for row in csv.DictReader((DATA / "fhir" / "codes.csv").read_text().splitlines())
        if row["status"] == "do not use"
    ]

    assert len(refused) >= 8
    assert not [code for code in refused if code in text]
    assert '"profile"' not in text
    for name in ("PEG", "KOOS", "ODI", "Kujala", "LEFS"):
        assert name not in text


def test_pain_right_now_alone_has_the_published_pain_code():
    document = built(person())
    with_code = [
        each["resource"]["code"]["coding"][-1]["code"]
        for each in document["entry"]
        if "72514-3" in json.dumps(each["resource"].get("code", {}))
    ]

    assert with_code == ["pain-now"]


@WIDE
@given(checks())
def test_the_narrative_says_what_the_coded_part_says(told):
    for detail in Detail:
        document = built(told, detail)
        sections = document["entry"][0]["resource"]["section"]
        rows = [
            [cell.text or "" for cell in row.iter(f"{XHTML}td")]
            for section in sections[:2]
            for row in ElementTree.fromstring(section["text"]["div"]).iter(f"{XHTML}tr")
        ]
        said = [row for row in rows if row and row[0] != "Worst spot"]
        observed = [
            each["resource"]
            for each in document["entry"]
            if each["resource"]["resourceType"] == "Observation"
        ]
        assert len(said) == len(observed)
        for row, each in zip(said, observed, strict=True):
            assert row[0].startswith(each["code"]["text"])
            value = each.get("valueInteger", each.get("valueQuantity", {}).get("value"))
            if value is not None:
                assert float(re.match(r"[\d.]+", row[1])[0]) == pytest.approx(value, abs=0.05)
            if "valueCodeableConcept" in each:
                assert row[-1] == each["valueCodeableConcept"]["text"]


def test_the_answers_given_are_the_answers_sent():
    document = built(person(), Detail.ANSWERS)
    (response,) = [
        each["resource"]
        for each in document["entry"]
        if each["resource"]["resourceType"] == "QuestionnaireResponse"
    ]
    given = {
        item["linkId"]: [next(iter(answer.values())) for answer in item["answer"]]
        for item in walk(response)
        if "answer" in item
    }

    assert given["P1"] == [4]
    assert [each["display"] for each in given["Q5k"]] == ["Stairs", "Sitting a long time with bent knees"]
    assert [each["code"] for each in given["Q1"]] == ["spot-knee-front-left", "spot-knee-front-right"]
    form = questionnaires.pain_form(KNOWN.instruments)
    known = {item["linkId"]: item.get("text") for item in walk(form) if "linkId" in item}
    asked = {item["linkId"]: item.get("text") for item in walk(response) if "answer" in item}
    assert asked.items() <= known.items()
    assert not {each for each in asked if each.startswith("SCR")}
