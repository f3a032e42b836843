"""Sealing and opening: known answers, tampering, sizes, and other people's libraries."""

import hashlib
import json
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwe as joserfc_jwe
from joserfc.jwk import OctKey
from jwcrypto import jwe, jwk

from screening.errors import JweAuth, JweError, JweFormat, JweTooLarge, JweUnsupported
from screening.sharing import codes, crypto, link

ROOT = Path(__file__).resolve().parents[2]
JWE = ROOT / "tests" / "vectors" / "share" / "jwe"
HL7 = ROOT.parent / "shared" / "vectors" / "hl7"
VALID = json.loads((JWE / "valid.json").read_text())
INVALID = json.loads((JWE / "invalid.json").read_text())
KEY = link.decode(VALID["key"])

WHY = {
    "format": JweFormat,
    "unsupported": JweUnsupported,
    "decrypt": JweAuth,
    "too-large": JweTooLarge,
    "inflate": JweFormat,
}

needs_hl7 = pytest.mark.skipif(not HL7.is_dir(), reason="needs ../shared/vectors/hl7 beside the repository")


@pytest.mark.parametrize("case", VALID["cases"], ids=lambda case: case["name"])
def test_what_other_programs_sealed_opens(case):
    header, plain = crypto.unseal(case["jwe"], KEY)

    assert header == case["header"]
    assert plain.decode() == case["plaintext"]


@pytest.mark.parametrize("case", VALID["cases"], ids=lambda case: case["name"])
def test_another_key_opens_nothing(case):
    with pytest.raises(JweAuth):
        crypto.unseal(case["jwe"], link.decode(INVALID["wrong_key"]))


@pytest.mark.parametrize("case", INVALID["cases"], ids=lambda case: case["name"])
def test_what_must_be_refused_is_refused_for_its_reason(case, monkeypatch):
    if case["why"] in {"format", "unsupported"}:
        monkeypatch.setattr(crypto, "_decrypted", lambda *_: pytest.fail("decrypted before it was checked"))

    with pytest.raises(WHY[case["why"]]) as refused:
        crypto.unseal(case["jwe"], link.decode(INVALID["key"]))

    assert type(refused.value) is WHY[case["why"]]
    assert case["jwe"][:40] not in repr(refused.value) or not case["jwe"]


@needs_hl7
def test_the_sealed_example_of_the_specification_opens():
    example = json.loads((HL7 / "spec-jwe.json").read_text())

    header, plain = crypto.unseal(example["jwe"], link.decode(example["key"]))

    assert header == example["expect"]["header"]
    assert len(plain) == example["expect"]["plaintext_bytes"]
    assert hashlib.sha256(plain).hexdigest() == example["expect"]["plaintext_sha256"]


@needs_hl7
def test_the_large_example_opens_though_it_names_no_type_and_has_a_key_id():
    expected = json.loads((HL7 / "ips-expect.json").read_text())

    header, plain = crypto.unseal((HL7 / "ips-jwe.txt").read_text().strip(), link.decode(expected["key"]))

    assert header == expected["expect"]["header"]
    assert hashlib.sha256(plain).hexdigest() == expected["expect"]["plaintext_sha256"]
    document = json.loads(plain)
    assert (document["resourceType"], document["type"]) == ("Bundle", "document")
    assert len(document["entry"]) == expected["expect"]["entries"]


@given(st.binary(max_size=300), st.binary(min_size=32, max_size=32))
def test_what_is_sealed_opens_to_the_same_bytes(plain, key):
    assert crypto.unseal(crypto.seal(plain, key), key) == (crypto.HEADER, plain)


def test_the_form_is_exactly_the_one_we_promise():
    parts = crypto.seal(b"x", KEY).split(".")

    assert len(parts) == 5
    assert link.decode(parts[0]) == b'{"alg":"dir","enc":"A256GCM","cty":"application/fhir+json"}'
    assert parts[1] == ""
    assert [len(link.decode(part)) for part in parts[2:]] == [12, 1, 16]
    assert "=" not in "".join(parts)


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match="32 bytes"):
        crypto.seal(b"x", bytes(length))
    with pytest.raises(JweAuth):
        crypto.unseal(crypto.seal(b"x", KEY), bytes(length))


def test_no_nonce_and_no_secret_ever_repeats():
    nonces = {crypto.seal(b"", KEY).split(".")[2] for _ in range(10_000)}
    secrets = {link.new_secret() for _ in range(10_000)}

    assert len(nonces) == len(secrets) == 10_000


def test_any_single_changed_bit_is_refused():
    sealed = crypto.seal(b"how it went", KEY)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

    for place, letter in enumerate(sealed):
        for bit in range(6):
            other = "." if letter != "." else "A"
            if letter != ".":
                other = alphabet[alphabet.index(letter) ^ (1 << bit)]
            with pytest.raises(JweError):
                crypto.unseal(sealed[:place] + other + sealed[place + 1 :], KEY)


def zipped(plain, key=KEY):
    """Seal with `zip`, which we only read."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    deflate = zlib.compressobj(wbits=-15)
    packed = deflate.compress(plain) + deflate.flush()
    protected = link.encode(json.dumps(crypto.HEADER | {"zip": "DEF"}).encode())
    sealed = AESGCM(key).encrypt(bytes(12), packed, protected.encode())
    return ".".join(
        (protected, "", link.encode(bytes(12)), link.encode(sealed[:-16]), link.encode(sealed[-16:]))
    )


def test_the_limit_is_a_limit_to_the_byte():
    for sealed in (zipped(bytes(1000)), crypto.seal(bytes(1000), KEY)):
        assert len(crypto.unseal(sealed, KEY, limit=1000)[1]) == 1000
        with pytest.raises(JweTooLarge):
            crypto.unseal(sealed, KEY, limit=999)


def test_an_inflating_bomb_costs_no_memory():
    (bomb,) = [case["jwe"] for case in INVALID["cases"] if case["why"] == "too-large"]
    tracemalloc.start()

    with pytest.raises(JweTooLarge):
        crypto.unseal(bomb, KEY)

    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


def test_something_huge_is_not_even_split():
    with pytest.raises(JweTooLarge):
        crypto.unseal("A" * 5_000_000, KEY)


@pytest.mark.parametrize("plain", [b'{"a":1}', "na\u00efve \u2013 \u75db".encode()], ids=["plain", "unicode"])
def test_other_libraries_open_ours_and_we_theirs(plain):
    oct_key = OctKey.import_key(KEY)
    other_key = jwk.JWK(kty="oct", k=link.encode(KEY))
    ours = crypto.seal(plain, KEY)

    assert joserfc_jwe.decrypt_compact(ours, oct_key).plaintext == plain
    opened = jwe.JWE()
    opened.deserialize(ours, key=other_key)
    assert opened.payload == plain

    theirs = joserfc_jwe.encrypt_compact(crypto.HEADER, plain, oct_key)
    assert crypto.unseal(theirs, KEY)[1] == plain
    for header in (crypto.HEADER, crypto.HEADER | {"zip": "DEF"}):
        made = jwe.JWE(plain, json.dumps(header))
        made.add_recipient(other_key)
        assert crypto.unseal(made.serialize(compact=True), KEY)[1] == plain


@pytest.mark.parametrize("code", ["000000", "123456"])
def test_only_the_right_code_matches_its_hash(code):
    salt = codes.new_salt()
    kept = codes.digest(code, salt)

    assert codes.matches(code, salt, kept)
    assert not codes.matches(code[::-1] + "1", salt, kept)
    assert len(kept) == 32


def test_a_code_is_six_digits_and_keeps_its_leading_zeros(monkeypatch):
    monkeypatch.setattr("secrets.randbelow", lambda most: 42 if most == 1_000_000 else pytest.fail(str(most)))

    assert codes.new_code() == "000042"


def test_a_far_too_long_code_is_wrong_without_hashing(monkeypatch):
    monkeypatch.setattr(codes, "digest", lambda *_: pytest.fail("hashed"))

    assert not codes.matches("1" * 65, bytes(16), bytes(32))
