"""Compressed answers: the best coding that both sides know; and log lines without an exception's words."""

import logging

import pytest

from screening.web import coding
from screening.web.logs import without_texts

TEXT = b"the same words again and again " * 50


def test_the_same_bytes_give_the_same_answer_every_time() -> None:
    assert coding.compressed(TEXT) == coding.compressed(TEXT)
    assert coding.compressed(TEXT).tag != coding.compressed(TEXT + b".").tag


def test_where_brotli_is_installed_it_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coding, "BROTLI", lambda plain: b"br:" + plain[:3])

    body = coding.compressed(TEXT)

    assert body.pick("gzip, deflate, br") == ("br", b"br:the")
    assert body.pick("gzip")[0] == "gzip"
    assert body.pick("br;q=0, gzip")[0] == "gzip"
    assert body.pick("") == (None, TEXT)


def test_what_is_small_already_is_left_alone() -> None:
    assert coding.as_it_is(TEXT).pick("gzip, br") == (None, TEXT)


def record(words: str, error: BaseException | None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return without_texts("any", logging.ERROR, "file.py", 1, words, ("argument",), info)


def test_a_log_line_says_where_an_error_came_from_and_none_of_its_words() -> None:
    try:
        int("ANSWER")
    except ValueError as error:
        line = logging.Formatter().format(record("Uncaught: %s", error))

    assert "ANSWER" not in line
    assert "argument" not in line
    assert line.startswith("Uncaught: %s: ValueError at test_coding.py:")
    assert "Traceback" not in line


def test_an_error_that_was_raised_because_of_another_hides_the_words_of_both() -> None:
    try:
        try:
            int("ANSWER")
        except ValueError as first:
            raise RuntimeError("SECOND ANSWER") from first
    except RuntimeError as error:
        line = logging.Formatter().format(record("Uncaught", error))

    assert "ANSWER" not in line
    assert "RuntimeError" in line


def test_a_log_line_without_an_error_is_as_it_was() -> None:
    assert record("said %s", None).getMessage() == "said argument"
