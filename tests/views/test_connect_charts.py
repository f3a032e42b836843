"""The explaining pictures as values: golden specifications, their sentences and their tables."""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.conftest import Golden

from screening.domain.biomechanics import threshold
from screening.services import wording
from screening.services.evidence_reader import connections
from screening.services.model_reader import model
from screening.views import chain_parts, connect_charts, seesaw, theme

say = wording.speaker("en")

PICTURES = {
    "threshold-stand": lambda look: connect_charts.threshold_chart("stand", look, "en"),
    "threshold-squat": lambda look: connect_charts.threshold_chart("squat", look, "en"),
    "overlap": lambda look: connect_charts.overlap_chart("abductors_back", look, "en"),
    "forest-knee": lambda look: connect_charts.forest_chart("knee", look, "en"),
    "forest-back": lambda look: connect_charts.forest_chart("back", look, "en"),
    "exercises-1": lambda look: connect_charts.exercise_chart(1, look, "en"),
    "exercises-2": lambda look: connect_charts.exercise_chart(2, look, "en"),
    "exercises-3": lambda look: connect_charts.exercise_chart(3, look, "en"),
}

TWINS = {
    "see-saw": seesaw.picture_rows(say),
    "threshold-stand": connect_charts.threshold_chart_rows("stand", say),
    "threshold-squat": connect_charts.threshold_chart_rows("squat", say),
    "overlap": connect_charts.overlap_chart_rows(say),
    "forest-knee": connect_charts.forest_chart_rows("knee", say),
    "forest-back": connect_charts.forest_chart_rows("back", say),
    "exercises": connect_charts.exercise_chart_rows(say),
}


def rows_of(spec: Any) -> Iterator[dict[str, Any]]:
    """Every row of data anywhere in a specification."""
    if isinstance(spec, dict):
        values = spec.get("values", ())
        yield from (each for each in values if isinstance(each, dict))
        for rows in spec.get("datasets", {}).values():
            yield from rows
        for each in spec.values():
            yield from rows_of(each)
    elif isinstance(spec, list):
        for each in spec:
            yield from rows_of(each)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_one_that_was_looked_at(name: str, golden: Golden) -> None:
    golden(f"connect-{name}.json", PICTURES[name](theme.LIGHT))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_built_once_and_differs_between_light_and_dark_in_colours_alone(name: str) -> None:
    light, dark = (json.dumps(PICTURES[name](look)) for look in (theme.LIGHT, theme.DARK))

    assert PICTURES[name](theme.LIGHT) is PICTURES[name](theme.LIGHT)
    assert light != dark
    assert re.sub(r"#\w{6}", "", light) == re.sub(r"#\w{6}", "", dark)


@pytest.mark.parametrize("name", TWINS)
def test_every_picture_has_a_table_that_says_the_same(name: str) -> None:
    assert len(TWINS[name]) > 1
    assert all(each.keys() == TWINS[name][0].keys() for each in TWINS[name])


@pytest.mark.parametrize("name", ["overlap", "forest-knee", "forest-back", "exercises"])
def test_every_row_of_such_a_table_names_its_source(name: str) -> None:
    assert all(each[say("connect.table.source")].strip() for each in TWINS[name])


@pytest.mark.parametrize("scene", ["stand", "squat"])
def test_the_threshold_picture_starts_to_change_where_the_model_does(scene: str) -> None:
    limit = 100 * threshold(model().body, model().scenes[scene])
    angles = {
        (row["strength"], row["what"]): row["angle"]
        for row in rows_of(connect_charts.threshold_chart(scene, theme.LIGHT, "en"))
        if "angle" in row
    }
    drop = say("connect.threshold.drop")

    assert angles[120, drop] == angles[int(limit) + 1, drop]
    assert angles[int(limit) - 1, drop] > angles[120, drop]
    assert str(round(limit)) in connect_charts.threshold_chart_alt(scene, say)


def test_the_overlap_picture_has_a_hundred_dots_and_as_many_full_ones_as_its_sentence_says() -> None:
    dots = list(rows_of(connect_charts.overlap_chart("abductors_back", theme.LIGHT, "en")))
    full = [each for each in dots if each["who"] == say("connect.overlap.with")]

    assert len(dots) == 100
    assert len(full) == 69
    assert "69" in connect_charts.overlap_chart_alt("abductors_back", say)


@pytest.mark.parametrize("forest", ["knee", "back"])
def test_in_a_forest_further_right_is_better_and_the_change_people_notice_is_drawn(forest: str) -> None:
    known = next(each for each in connections().forests if each.id == forest)
    rows = list(rows_of(connect_charts.forest_chart(forest, theme.LIGHT, "en")))

    better = {row["better"] for row in rows if "better" in row}
    assert better == {-each.estimate for each in known.trials}
    assert all(row["low"] <= row["better"] <= row["high"] for row in rows if "better" in row)
    assert {row["at"] for row in rows if "at" in row} == {0, known.noticed}


@pytest.mark.parametrize("level", [1, 3])
def test_the_sentence_of_the_exercises_names_those_that_stand_highest(level: int) -> None:
    mine = [each for each in connect_charts.exercises_shown() if each.level == level]
    names = {
        1: ("side_lying_abduction", "prone_extension"),
        3: ("side_plank_abduction", "plank_hip_extension"),
    }[level]

    assert max(mine, key=lambda each: each.gluteus_medius_pct or 0).key == names[0]
    assert max(mine, key=lambda each: each.gluteus_maximus_pct or 0).key == names[1]


def test_no_error_bar_is_drawn_where_the_spread_was_not_read_at_its_source() -> None:
    for level in (1, 2, 3):
        spec = json.dumps(connect_charts.exercise_chart(level, theme.LIGHT, "en"))
        assert "errorb" not in spec


def test_the_see_saw_balances_to_scale() -> None:
    short_cm, long_cm, pull = seesaw.arms()
    picture = ElementTree.fromstring(seesaw.picture("en"))
    shafts = [
        [float(n) for n in re.findall(r"[\d.]+", each.get("d", ""))]
        for each in picture.iter("{http://www.w3.org/2000/svg}path")
        if each.get("stroke-width") == "7"
    ]

    (muscle_x, muscle_from, muscle_to), (weight_x, weight_from, weight_to) = shafts
    pivot = seesaw.PIVOT[0]
    assert (pivot - muscle_x) / (weight_x - pivot) == pytest.approx(short_cm / long_cm, abs=0.01)
    assert (muscle_to - muscle_from + 8) / (weight_to - weight_from + 8) == pytest.approx(pull, abs=0.02)
    assert short_cm * pull == pytest.approx(long_cm, rel=0.03), "the pelvis tips a little when standing"
    assert f"{short_cm:.1f}" == "4.4"
    assert f"{long_cm:.1f}" == "7.8"


def test_the_chains_carry_certainty_reason_and_source_on_every_arrow() -> None:
    for chain in chain_parts.chains(("knee", "back"), "en")["chains"]:
        assert 3 <= len(chain["steps"]) <= 4
        for arrow in (*chain["arrows"], *chain["back"]):
            assert arrow["certainty"] in {"high", "moderate", "low", "very_low", "contested"}
            assert arrow["sure"]
            assert arrow["say"]
            assert all(each["citation"] and each["what"] for each in arrow["sources"])


def test_the_causes_say_how_sure_each_is_and_whether_the_article_named_it() -> None:
    causes = chain_parts.causes("en")["causes"]

    assert [each["certainty"] for each in causes] == ["high", "low", "low", "high", "moderate"]
    assert [each["where"] for each in causes] == [
        *[say("connect.causes.article")] * 3,
        *[say("connect.causes.added")] * 2,
    ]
