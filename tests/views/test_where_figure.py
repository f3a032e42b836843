"""Where findings and pain sit: the right side of the body, a mark for each, and words that say the same."""

import re
from xml.etree import ElementTree

import pytest
from tests.people import KNOWN

from screening.domain.answers import NO_PAIN
from screening.domain.findings import DOMAINS
from screening.domain.outcome import DomainFinding, Finding
from screening.services import wording
from screening.views import where_figure

say = wording.speaker("en")
SVG = "{http://www.w3.org/2000/svg}"
SPOTS = [each for each in KNOWN.instruments.spots if each != NO_PAIN]


def domains(**found: tuple[Finding, Finding]) -> list[DomainFinding]:
    rest = (Finding.NOT_TESTED, Finding.NOT_TESTED)
    return [
        DomainFinding(id=each, left=found.get(each, rest)[0], right=found.get(each, rest)[1])
        for each in DOMAINS
    ]


def views(spots: list[str], found: list[DomainFinding]) -> list[ElementTree.Element]:
    picture = ElementTree.fromstring(where_figure.picture(KNOWN.instruments, spots, found, say))
    return list(picture.findall(f"{SVG}svg"))


@pytest.mark.parametrize("spot", SPOTS)
def test_a_spot_is_marked_once_on_the_view_and_side_it_is_on(spot: str) -> None:
    front, back = (
        [float(c.get("cx", "nan")) for c in view.iter(f"{SVG}circle")] for view in views([spot], domains())
    )

    assert len(front) + len(back) == 1
    side = KNOWN.instruments.spots[spot].side
    (x,) = front or back
    on_the_viewers_left = side == ("right" if front else "left")
    assert x == 0 if side == "middle" else (x < 0) == on_the_viewers_left


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_finding_is_drawn_on_its_own_side_full_where_it_is_worth_showing(domain: str) -> None:
    found = domains(**{domain: (Finding.WORTH_SHOWING, Finding.NO_SIGNAL)})
    name = "back" if domain == "back_of_hip" else "front"
    view = dict(zip(("front", "back"), views([], found), strict=True))[name]

    zones = {float(each.get("cx", "nan")): each for each in view.iter(f"{SVG}ellipse")}
    assert len(zones) == 2
    left = max(zones) if name == "front" else min(zones)
    full = {x for x, each in zones.items() if float(each.get("fill-opacity", 0)) > 0.3}
    assert full == {left}


def test_shape_and_words_tell_the_findings_apart_without_colour() -> None:
    found = domains(
        side_of_hip=(Finding.WORTH_SHOWING, Finding.NO_SIGNAL),
        control=(Finding.CANNOT_TELL, Finding.NOT_TESTED),
    )
    front, _ = views([], found)
    looks = {(each.get("stroke-width"), each.get("stroke-dasharray")) for each in front.iter(f"{SVG}ellipse")}

    assert len(looks) == 3
    assert [each.what for each in where_figure.marks([], found, say)] == [
        say("finding.worth-showing"),
        say("finding.no-signal"),
        say("finding.cannot-tell"),
    ]


def test_the_list_says_every_mark_and_the_sentence_what_matters() -> None:
    spots = ["spot-knee-front-right", "spot-low-back"]
    found = domains(side_of_hip=(Finding.NO_SIGNAL, Finding.WORTH_SHOWING))

    told = where_figure.marks(spots, found, say)
    assert [each.sign for each in told] == ["1", "2", "A", "A"]
    words = where_figure.picture_alt(spots, found, say)
    for spot in spots:
        assert say(f"spot.{spot}") in words
    assert "Side of the hip, right" in words


def test_with_nothing_to_mark_the_sentence_says_so_plainly_and_there_is_no_empty_list() -> None:
    words = where_figure.picture_alt([NO_PAIN], domains(), say)

    assert say("where_figure.alt_no_pain") in words
    assert say("where_figure.alt_no_found") in words
    assert where_figure.marks([NO_PAIN], domains(), say) == ()


def test_the_picture_holds_no_number_but_the_marks() -> None:
    """Places only: no seconds, no angles, nothing to read a strength from."""
    found = domains(side_of_hip=(Finding.WORTH_SHOWING, Finding.CANNOT_TELL))
    written = [
        each.text or "" for view in views(["spot-low-back"], found) for each in view.iter(f"{SVG}text")
    ]

    assert [each for each in written if re.search(r"\d", each)] == ["1"]
