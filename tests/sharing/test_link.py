"""The text of a link: HL7's own example, our writer, our reader."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import LinkRejected
from screening.sharing import limits, link

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "tests" / "vectors" / "share"
HL7 = ROOT.parent / "shared" / "vectors" / "hl7"
WRITER = json.loads((VECTORS / "shl" / "writer.json").read_text())
LINKS = json.loads((VECTORS / "shl" / "links.json").read_text())

needs_hl7 = pytest.mark.skipif(not HL7.is_dir(), reason="needs ../shared/vectors/hl7 beside the repository")


@needs_hl7
def test_the_example_of_the_specification_is_written_and_read_byte_for_byte():
    example = json.loads((HL7 / "spec-payload.json").read_text())

    bare = link.bare(example["payload"])

    assert bare == example["bare"]
    assert bare.removeprefix("shlink:/") == example["base64url"]
    assert link.with_viewer("https://viewer.example.org", example["payload"]) == example["viewer"]
    assert link.parse(example["viewer"]) == example["payload"]


@pytest.mark.parametrize("case", WRITER["cases"], ids=lambda case: case["name"])
def test_a_link_is_made_or_refused_as_the_table_says(case):
    now = case.get("now", WRITER["now"])
    secret = link.new_secret()

    def write():
        return link.payload(case["base"], secret, secret, link.expiry(now, case["days"]), code=case["code"])

    if case["expect"] == "refuse":
        with pytest.raises(ValueError, match=r"must|days"):
            write()
    else:
        made = write()
        assert (made["flag"], made["exp"]) == (case["flag"], case["exp"])
        assert set(made) == {"url", "key", "label", "v", "exp", "flag"}


@given(
    st.sampled_from(["https://a.example", "http://127.0.0.1:8501", "https://b.example/clinic/hips"]),
    st.sampled_from(limits.DAYS),
    st.booleans(),
    st.integers(1_700_000_000, 1_900_000_000),
)
def test_every_link_keeps_the_limits_of_the_standard(base, days, code, now):
    share_id, key = link.new_secret(), link.new_secret()

    made = link.payload(base, share_id, key, link.expiry(now, days), code=code)
    read = link.read(link.with_viewer(f"{base}/v", made))

    assert len(made["url"]) <= 128
    assert len(share_id) == len(key) == 43
    assert made["label"] == link.LABEL
    assert len(made["label"]) <= 80
    assert made["exp"] % 3600 == 0
    assert 0 <= made["exp"] - (now + days * 86_400) < 3600
    assert (read.code, read.direct) == (code, not code)
    assert (read.url, link.encode(read.key), read.expires) == (made["url"], key, made["exp"])


@pytest.mark.parametrize("case", LINKS["cases"], ids=lambda case: case["name"])
def test_the_reader_takes_what_needs_no_place_to_judge_and_refuses_the_rest(case):
    elsewhere = {"origin", "path"}
    if case["expect"] in {"open", "ask-code", "expired"} or case.get("why") in elsewhere:
        read = link.read(case["link"])
        assert read.code == (case["expect"] == "ask-code")
        assert read.label is None or len(read.label) <= 80
        assert read.expires is None or read.expires < 1e11
    else:
        with pytest.raises(LinkRejected) as refused:
            link.read(case["link"])
        assert refused.value.why == ("newer" if case["expect"] == "newer" else "damaged")


def packed(said):
    return "shlink:/" + base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "change", [{"v": True}, {"v": "1"}, {"exp": "soon"}, {"exp": True}, {"flag": None}], ids=str
)
def test_a_property_of_the_wrong_kind_is_refused(change):
    said = link.payload("https://a.example", link.new_secret(), link.new_secret(), 3600, code=False)

    with pytest.raises(LinkRejected):
        link.read(packed(said | change))


def test_no_message_holds_the_link():
    said = link.payload("https://a.example", link.new_secret(), link.new_secret(), 3600, code=False)
    broken = link.bare(said)[:-3]

    with pytest.raises(LinkRejected) as refused:
        link.read(broken)

    assert broken not in repr(refused.value)


@given(st.binary(max_size=40))
def test_two_texts_for_the_same_bytes_are_one_too_many(data):
    text = link.encode(data)

    assert link.decode(text) == data
    for other in (f"{text}=", f"{text} ", text.replace("-", "+").replace("_", "/") + "\n"):
        with pytest.raises(ValueError, match="base64url"):
            link.decode(other)


def test_a_spare_bit_that_is_set_is_refused():
    assert link.decode("AA") == b"\x00"
    with pytest.raises(ValueError, match="base64url"):
        link.decode("AB")


def test_the_stop_link_has_no_key():
    share_id, token = link.new_secret(), link.new_secret()

    assert (
        link.stop_link("https://a.example", share_id, token) == f"https://a.example/v#stop:{share_id}.{token}"
    )
