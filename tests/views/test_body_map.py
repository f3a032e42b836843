"""The body map: every spot once, left on the right side, room for a finger."""

import math
from itertools import combinations

import pytest

from screening.domain.answers import NO_PAIN
from screening.services.catalogue import load
from screening.services.poses import body_map
from screening.services.wording import speaker
from screening.views.body_places import body_view

SPOTS = [each for each in load().instruments.spots.values() if each.id != NO_PAIN]
FINGER_PX = 44
"""A full finger, on a phone 320 px wide: there one box unit is one pixel."""


@pytest.fixture(scope="module")
def views():
    return {name: body_view(name, SPOTS, speaker("en")) for name in ("front", "back")}


def test_every_spot_is_on_the_map_once(views):
    shown = [spot[0] for view in views.values() for spot in view["spots"]]

    assert sorted(shown) == sorted(each.id for each in SPOTS)


@pytest.mark.parametrize(("name", "left_is_right"), [("front", True), ("back", False)])
def test_left_is_the_persons_own_left(views, name, left_is_right):
    middle = body_map()["hip"][0]

    for spot, x, *_ in views[name]["spots"]:
        if spot.endswith("-left"):
            assert (x > middle) is left_is_right
        elif spot.endswith("-right"):
            assert (x > middle) is not left_is_right
        else:
            assert x == middle


@pytest.mark.parametrize("name", ["front", "back"])
def test_no_two_spots_are_closer_than_a_finger(views, name):
    for (one, *a), (other, *b) in combinations(views[name]["spots"], 2):
        assert math.dist(a[:2], b[:2]) >= FINGER_PX - 0.5, (one, other)


@pytest.mark.parametrize("name", ["front", "back"])
def test_every_spot_lies_on_the_paper(views, name):
    x, y, width, height = views[name]["box"]

    assert width <= 277, "wider than the page on a phone 320 px wide"
    for _, px, py, *_ in views[name]["spots"]:
        assert x + 13 <= px <= x + width - 13
        assert y + 13 <= py <= y + height - 13
