"""The calendar file: read back by a reader of its own, whatever the words are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.services.calendar_file import all_day_event

LONGEST_LINE = 75
"""Octets, as RFC 5545 says (3.1)."""

DAY, MADE = date(2027, 1, 3), date(2026, 11, 22)
WORDS = st.text(st.sampled_from("ab ,;:\\\n\"'=éß✓😀"), max_size=200)


def event(**more):
    given = {"day": DAY, "made": MADE, "uid": "a@b", "title": "Check again", "about": "Bring the file."}
    return all_day_event(**{**given, **more}).encode("utf-8")


def unfolded(raw: bytes) -> dict[str, str]:
    """Read as RFC 5545 says: CR LF and a space is nothing; what is left is one property a line."""
    lines = raw.replace(b"\r\n ", b"").split(b"\r\n")
    assert lines[-1] == b""
    return dict(each.decode("utf-8").split(":", 1) for each in lines[:-1])


def plain(text: str) -> str:
    out, letters = "", iter(text)
    for letter in letters:
        out += {"n": "\n"}.get(after := next(letters), after) if letter == "\\" else letter
    return out


def test_the_event_is_the_whole_day_and_ends_on_the_next():
    found = unfolded(event())

    assert found["DTSTART;VALUE=DATE"] == "20270103"
    assert found["DTEND;VALUE=DATE"] == "20270104"
    assert found["DTSTAMP"] == "20261122T000000Z"


@given(WORDS, WORDS)
def test_any_words_come_back_as_they_were(title, about):
    found = unfolded(event(title=title, about=about))

    assert (plain(found["SUMMARY"]), plain(found["DESCRIPTION"])) == (title, about)


@given(WORDS)
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(about):
    for line in event(about=about).split(b"\r\n"):
        assert len(line) <= LONGEST_LINE
        line.decode("utf-8")


@pytest.mark.parametrize("length", [62, 63, 64, 136, 137, 138])
def test_a_line_is_folded_only_where_it_must_be(length):
    raw = event(about="x" * length)

    assert raw.count(b"\r\n ") == max(0, (len("DESCRIPTION:") + length - 2) // (LONGEST_LINE - 1))
    assert plain(unfolded(raw)["DESCRIPTION"]) == "x" * length


def test_every_line_ends_with_cr_lf_and_nothing_else_breaks_a_line():
    raw = event(title="one\r\ntwo\rthree\nfour\x07")

    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    assert plain(unfolded(raw)["SUMMARY"]) == "one\ntwo\nthree\nfour"


def test_saved_twice_it_is_the_same_event():
    assert event() == event()
