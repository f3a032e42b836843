"""Then and now as values: the margin where it is, better always up, and nothing off the picture."""

import dataclasses
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Golden

from screening.services.catalogue import load
from screening.services.wording import speaker
from screening.views import theme, track_charts
from screening.views.chart_parts import as_altair
from screening.views.track_charts import Panel, Point

SAY = speaker("en")
TESTS = load().selftests


def panel(*values, limit=3.0, told=True, name="", then=0, clinic=()):
    last = max(1, len(values) - 1)
    points = tuple(
        Point(
            at=index / last,
            when=f"day {index}",
            label="now" if index == last else "then",
            value=value,
            clinic=index in clinic,
        )
        for index, value in enumerate(values)
    )
    return Panel(name=name, points=points, then=then, limit=limit, told=told)


def drawn(test_id, *panels, look=theme.LIGHT):
    scale = track_charts.scale_of(TESTS[test_id], panels, SAY)
    return track_charts.slope(scale, panels, look, SAY)


def zone(spec):
    (area,) = [each for each in spec["layer"] if each["mark"]["type"] == "rect"]
    (row,) = area["data"]["values"]
    return row["y"], row["y2"]


def words(spec):
    return [
        row["label"]
        for each in spec["layer"]
        if each["mark"]["type"] == "text" and "stroke" not in each["mark"]
        for row in each["data"]["values"]
    ]


def test_the_picture_of_two_sides_is_unchanged(golden: Golden):
    left, right = (
        panel(60.0, 60.0, limit=None, told=False, name="Left"),
        panel(22.0, 40.0, 58.0, limit=33.0, name="Right"),
    )

    golden("slope-abd_hold.json", drawn("abd_hold", left, right))


def test_the_picture_of_home_and_clinic_is_unchanged(golden: Golden):
    golden("slope-cst30-clinic.json", drawn("cst30", panel(11, 15, limit=7.0, clinic=(1,)), look=theme.DARK))


def test_the_picture_of_pain_is_unchanged(golden: Golden):
    scale = track_charts.pain_scale(SAY, whole=True)

    golden("slope-pain.json", track_charts.slope(scale, [panel(5, 3, limit=2.0)], theme.LIGHT, SAY))


@pytest.mark.parametrize(
    ("test_id", "value", "limit", "edges"),
    [
        ("cst30", 10, 3.0, (7.5, 12.5)),
        ("cst30", 10, 7.0, (3.5, 16.5)),
        ("stepdown", 4, 2.0, (2.5, 5.5)),
        ("stepdown", 1, 2.0, (0.0, 2.5)),
        ("abd_hold", 20.0, 33.0, (0.0, 53.0)),
        ("bridge", 41.0, 25.0, (16.0, 60.0)),
    ],
)
def test_the_shaded_part_ends_where_a_change_begins_to_count(test_id, value, limit, edges):
    assert zone(drawn(test_id, panel(value, value, limit=limit))) == edges


def test_without_a_published_error_nothing_is_shaded_and_marks_are_rings():
    spec = drawn("sls", panel(45.0, 20.0, limit=None, told=False))

    assert [each for each in spec["layer"] if each["mark"]["type"] == "rect"] == []
    assert [
        row["fill"]
        for each in spec["layer"]
        if each["mark"]["type"] == "point"
        for row in each["data"]["values"]
    ] == [0, 0]
    assert SAY("track.chart.chance") not in words(spec)


def test_a_missing_number_is_said_and_not_drawn_as_zero():
    spec = drawn("sideplank", panel(None, 47.0, limit=None, told=False))
    marks = [
        row for each in spec["layer"] if each["mark"]["type"] == "point" for row in each["data"]["values"]
    ]

    assert SAY("track.chart.no_number") in words(spec)
    assert [row["y"] for row in marks] == [47.0]


def test_a_number_from_the_clinic_has_a_shape_of_its_own():
    spec = drawn("cst30", panel(11, 15, clinic=(1,)))

    shapes = {
        each["mark"]["shape"]: len(each["data"]["values"])
        for each in spec["layer"]
        if each["mark"]["type"] == "point"
    }
    assert shapes == {"circle": 1, "diamond": 1}


@pytest.mark.parametrize("test", list(TESTS), ids=lambda test: test.id)
def test_every_test_can_be_drawn_and_better_is_up(test):
    low, high = test.valid
    spec = drawn(test.id, panel(low, high, limit=2.0))
    start, end = spec["encoding"]["y"]["scale"]["domain"]
    foot, head = spec["encoding"]["y"]["scale"]["range"]

    as_altair(spec).to_dict()
    assert foot > head
    assert (end > start) == test.higher_is_better


@given(st.sampled_from(list(TESTS)), st.lists(st.integers(0, 10), min_size=2, max_size=5), st.integers(1, 40))
def test_nothing_lies_off_the_picture(test, shares, limit):
    low, high = test.valid
    values = [low + (high - low) * share / 10 for share in shares]
    spec = drawn(test.id, panel(*values, limit=float(limit)))
    ends = sorted(spec["encoding"]["y"]["scale"]["domain"])
    wide = spec["encoding"]["x"]["scale"]["domain"]

    for each in spec["layer"]:
        for row in each["data"]["values"]:
            assert all(ends[0] <= row[name] <= ends[1] for name in ("y", "y2") if name in row)
            assert all(wide[0] <= row[name] <= wide[1] for name in ("x", "x2") if name in row)


def test_the_sentence_says_every_number_and_from_where_a_change_counts():
    panels = [panel(22.0, 40.0, None, limit=33.0, name="Left")]
    scale = track_charts.scale_of(TESTS["abd_hold"], panels, SAY)

    assert track_charts.slope_alt("Leg hold", scale, panels, SAY) == (
        "Leg hold. Seconds (higher up is longer). "
        "Left: 22 (day 0), then 40 (day 1), then no number (day 2). A change of 33 or more counts."
    )


def test_all_words_stand_at_4_5_to_1_and_colours_come_from_the_look():
    used = set()
    for look, told in product((theme.LIGHT, theme.DARK), (True, False)):
        spec = drawn("cst30", panel(10, 14, told=told), look=look)
        used = {each["mark"].get(name) for each in spec["layer"] for name in ("color", "fill", "stroke")} - {
            None
        }
        assert used <= set(dataclasses.asdict(look).values())
    assert used
