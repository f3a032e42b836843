"""The viewer's own script over the known answers, in Node, as it is served."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.browser.phone import in_ci
from tests.sharing_web.conftest import VECTORS, Host

from screening.services.summary_drawing import spot_places
from screening.web.viewer_page import viewer_file

HERE = Path(__file__).resolve().parent
HL7 = HERE.parents[2] / "shared" / "vectors" / "hl7"


def vector(name):
    return json.loads((VECTORS / name).read_text())


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    if shutil.which("node") is None:
        (pytest.fail if in_ci() else pytest.skip)("needs Node")
    script = tmp_path_factory.mktemp("viewer") / "v.mjs"
    script.write_bytes(viewer_file("v.js", Host())[0])
    arguments = [
        str(script),
        str(VECTORS),
        json.dumps(dict(spot_places())),
        *([str(HL7)] if HL7.is_dir() else []),
    ]
    done = subprocess.run(
        ["node", str(HERE / "viewer_in_node.mjs"), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_link_is_taken_or_refused_as_the_table_says(found):
    assert found["links"] == {each["name"]: each["expect"] for each in vector("shl/links.json")["cases"]}


def test_what_other_programs_sealed_opens(found):
    assert found["valid"] == {each["name"]: each["plaintext"] for each in vector("jwe/valid.json")["cases"]}
    assert set(found["wrongKey"].values()) == {"decrypt"}


def test_what_must_be_refused_is_refused_for_its_reason(found):
    assert found["invalid"] == {each["name"]: each["why"] for each in vector("jwe/invalid.json")["cases"]}


def test_a_changed_letter_never_opens(found):
    assert set(found["bits"]) <= {"decrypt", "format", "unsupported"}
    assert sum(found["bits"].values()) > 150


def test_the_limits_are_limits(found):
    assert found["limit"] == [56, "too-large"]
    assert found["huge"] == "too-large"


@pytest.mark.skipif(not HL7.is_dir(), reason="needs ../shared/vectors/hl7 beside the repository")
def test_the_examples_of_the_standard_open(found):
    expected = json.loads((HL7 / "spec-jwe.json").read_text())["expect"]["plaintext_sha256"]
    large = json.loads((HL7 / "ips-expect.json").read_text())["expect"]["plaintext_sha256"]

    assert (found["spec"], found["ips"]) == (expected, large)


def test_the_persons_right_is_on_our_left_seen_from_the_front(found):
    spots = found["spots"]

    assert spots["spot-knee-front-right"]["x"] < 0 < spots["spot-knee-front-left"]["x"]
    assert spots["spot-buttock-left"]["x"] < 0
    assert spots["spot-buttock-left"]["back"]
    assert spots["spot-low-back"]["x"] == 0
    assert [spots[each] for each in ("spot-none", "spot-constructor", "x")] == [None, None, None]


def test_the_documents_are_read_whole(found):
    assert found["documents"] == {
        "summary": {"day": "2026-11-22", "known": True, "rows": 16, "answers": 0, "texts": 2, "capped": 2},
        "answers": {"day": "2026-11-22", "known": True, "rows": 16, "answers": 11, "texts": 2, "capped": 2},
    }


def test_what_is_no_document_is_refused_and_what_is_half_one_is_read(found):
    assert found["odd"] == ["format"] * 7
    assert found["strange"]["value"] is None
    assert found["strange"]["name"] == ""


def test_a_stop_link_has_an_id_and_a_token(found):
    assert found["stop"] == [{"id": "a" * 43, "token": "b" * 43}, None, None]
