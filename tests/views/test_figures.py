"""Every test has a drawing: no part leaves the paper, both sides are mirror images."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from screening.domain.answers import Side
from screening.services.catalogue import load
from screening.services.datafiles import DATA
from screening.services.poses import poses
from screening.services.wording import sentences
from screening.views import figures

TESTS = sorted(each.id for each in load().selftests)


def test_every_self_test_has_a_drawing_and_every_drawing_a_self_test():
    assert sorted(path.stem for path in (DATA / "poses").glob("*.toml")) == TESTS


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("side", Side)
def test_the_person_stays_on_the_paper(test, side):
    drawing = figures.drawing(poses(test), side)
    x, y, width, height = drawing.box

    for part in drawing.parts:
        for px, py, _, _ in part.places:
            assert x <= px <= x + width, part.name
            assert y <= py <= y + height, part.name


@pytest.mark.parametrize("test", TESTS)
def test_left_and_right_are_mirror_images(test):
    left, right = (figures.drawing(poses(test), side) for side in (Side.LEFT, Side.RIGHT))

    places = {part.name: part.places for part in left.parts}
    for part in right.parts:
        other = part.name
        if poses(test)["view"] == "front":
            other = re.sub("left|right", lambda m: "left" if m[0] == "right" else "right", part.name)
        for mine, theirs in zip(part.places, places[other], strict=True):
            assert mine[0] == pytest.approx(-theirs[0], abs=1e-6)
            assert mine[1] == pytest.approx(theirs[1], abs=1e-6)


@pytest.mark.parametrize("test", TESTS)
def test_nothing_spins_from_one_frame_to_the_next(test):
    for part in figures.drawing(poses(test), Side.LEFT).parts:
        angles = [place[2] for place in part.places]
        assert all(abs(b - a) < 40 for a, b in pairwise(angles)), part.name


@pytest.mark.parametrize("test", TESTS)
def test_every_position_has_its_words(test):
    known = sentences("en")
    drawing = figures.drawing(poses(test), None)

    for number in range(1, len(drawing.stops) + 1):
        assert f"drawing.position.{test}.{number}" in known
    assert f"drawing.position.{test}.{len(drawing.stops) + 1}" not in known
    assert f"drawing.alt.{test}" in known


def test_a_still_is_well_formed_and_named():
    text = figures.drawing(poses("sls"), Side.LEFT).svg(0, title="One & <only>")

    root = ET.fromstring(text)
    assert root[0].text == "One & <only>"
    assert len(root) > 15


@pytest.mark.parametrize("test", TESTS)
def test_a_drawing_is_small_enough_for_a_phone(test):
    assert len(str(figures.drawing(poses(test), Side.LEFT).data())) < 32_000


def test_the_picture_does_not_change_unseen(golden):
    drawing = figures.drawing(poses("sls"), Side.LEFT)

    golden("sls_left_hold.svg", drawing.svg(drawing.stops[-1], title="sls"))
