"""What the browser says of opened files may be anything: bytes come out, or an empty file, never an error."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.views.components.open_files.sent import MOST_FILES, read


@given(st.lists(st.sampled_from([b"", b"{}", bytes(range(256))]), max_size=MOST_FILES))
def test_files_arrive_byte_by_byte_in_their_order(files):
    assert read([b64encode(each).decode() for each in files]) == tuple(files)


@pytest.mark.parametrize("sent", [None, "", "e30=", {}, {"0": "e30="}, 7, True])
def test_what_is_no_list_is_no_file(sent):
    assert read(sent) == ()


@pytest.mark.parametrize("sent", [None, 7, {}, "no base64!", "e30", "\u00e9", ["e30="]])
def test_what_is_no_base64_is_an_empty_file_which_no_reader_takes(sent):
    assert read([sent]) == (b"",)


def test_no_more_files_are_read_than_asked_for():
    assert len(read(["e30="] * (MOST_FILES + 5))) == MOST_FILES
