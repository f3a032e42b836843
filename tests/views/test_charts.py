"""The pictures as values: golden specifications, right is better, words that fit, nobody in a cache."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.conftest import Golden
from tests.people import KNOWN, did

from screening.domain import scoring, sides
from screening.domain.answers import Attempt, Ending, Sex, Side
from screening.domain.outcome import Difference, Score, SideVerdict
from screening.services import wording
from screening.views import chart_parts, charts, tables, theme
from screening.views.charts import Axis

say = wording.speaker("en")
TESTS = list(KNOWN.selftests.by_id)

ENDINGS_WITHOUT_MARK = [each for each in Ending if each != Ending.DONE]


def scored(*attempts: Attempt, age: int = 30, sex: Sex | None = Sex.FEMALE) -> tuple[Score, ...]:
    return tuple(scoring.score(each, KNOWN.selftests[each.test], age, sex) for each in attempts)


def axis_of(test: str) -> Axis:
    return Axis.of(KNOWN.selftests[test])


def rows_of(scores: tuple[Score, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(row for each in scores for row in (*each.norms, *each.shown)))


def blank(scores: tuple[Score, ...], look: theme.Look = theme.LIGHT) -> charts.Picture:
    judged = any(each.band for each in scores)
    return charts.strip(axis_of(scores[0].test), rows_of(scores), judged=judged, look=look, language="en")


def drawn(scores: tuple[Score, ...]) -> dict[str, Any]:
    return charts.strip_with(blank(scores), axis_of(scores[0].test), scores, say)


def words(spec: dict[str, Any]) -> list[str]:
    """Every word in a picture once; each is written twice, first in the page's colour."""
    return list(dict.fromkeys(row["label"] for row in labels(spec)))


def labels(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for layer in spec["layer"]:
        yield from (row for row in layer["data"].get("values", ()) if "label" in row)


PEOPLE = {
    "sls": scored(did("sls", "left", 45.0, capped=True), did("sls", "right", 28.4), age=52),
    "bal4": scored(did("bal4", None, 2), age=71),
    "stepdown": scored(did("stepdown", "left", 1), did("stepdown", "right", 4)),
    "sts_watch": scored(did("sts_watch", None, 1), age=71),
    "cst30": scored(did("cst30", None, 11, right_angle=True), age=71),
    "cst30-raw": scored(did("cst30", None, 21, right_angle=True)),
    "cst5": scored(did("cst5", None, 14.2, right_angle=True), age=71),
    "abd_lift": scored(did("abd_lift", "left", 0), did("abd_lift", "right", 3)),
    "abd_hold": scored(did("abd_hold", "left", 22.0), did("abd_hold", "right", 60.0, capped=True)),
    "abd_hold-raw": scored(did("abd_hold", "left", 22.0), did("abd_hold", "right", 41.5), age=52),
    "bridge": scored(did("bridge", "left", 58.2), did("bridge", "right", ending="stopped-for-pain")),
    "bridge_double": scored(did("bridge_double", None, 44.0), age=71),
    "sideplank": scored(did("sideplank", "left", 40.0), did("sideplank", "right", ending="chose-not")),
}
"""One invented person per picture, with the ages that decide which picture it is."""

every_person = pytest.mark.parametrize("who", PEOPLE)


# --- what is drawn ---


@every_person
def test_the_picture_of_a_test_is_unchanged(golden: Golden, who: str) -> None:
    golden(f"strip-{who}.json", blank(PEOPLE[who]).spec)


def test_the_picture_with_a_person_in_it_is_unchanged(golden: Golden) -> None:
    golden("strip-with-abd_hold.json", drawn(PEOPLE["abd_hold"]))


def test_the_left_right_picture_is_unchanged(golden: Golden) -> None:
    axes = tuple(map(axis_of, ("stepdown", "abd_hold", "bridge")))
    golden("gaps.json", charts.gaps(axes, look=theme.LIGHT, language="en").spec)


@every_person
@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_picture_is_valid_vega_lite(who: str, look: theme.Look) -> None:
    scores = PEOPLE[who]

    spec = charts.strip_with(blank(scores, look), axis_of(scores[0].test), scores, say)

    chart_parts.as_altair(spec)


def test_there_is_a_picture_of_every_self_test() -> None:
    assert {who.partition("-")[0] for who in PEOPLE} == set(TESTS)


@every_person
def test_the_mark_says_you_and_the_number(who: str) -> None:
    scores = PEOPLE[who]

    told = words(drawn(scores))

    for each in (each for each in scores if each.value is not None):
        number = charts.amount(each.value or 0, axis_of(each.test), say)
        assert any(line.startswith(f"You: {number}") for line in told)


@every_person
def test_every_band_is_written_over_its_stretch(who: str) -> None:
    scores = PEOPLE[who]
    zones = charts.zones(axis_of(scores[0].test), rows_of(scores)) if any(s.band for s in scores) else ()

    told = [line.strip("\u2190\u2192 ") for line in words(drawn(scores))]

    assert {say(f"chart.band.{zone.band}") for zone in zones} <= set(told)


@pytest.mark.parametrize("who", ["sls", "abd_hold", "abd_hold-raw", "bridge", "sideplank", "bridge_double"])
def test_a_hold_shows_where_the_test_ends(who: str) -> None:
    cap = axis_of(PEOPLE[who][0].test).cap

    assert say("chart.cap", cap=charts.number(cap or 0)) in words(drawn(PEOPLE[who]))


def test_a_time_limit_is_no_place_on_an_axis_of_times() -> None:
    assert not any("ends" in line for line in words(drawn(PEOPLE["cst5"])))


@pytest.mark.parametrize("ending", ENDINGS_WITHOUT_MARK)
def test_a_side_without_a_number_says_so_where_its_mark_would_be(ending: Ending) -> None:
    (left, right) = scored(did("bridge", "left", 40.0), did("bridge", "right", ending=ending))

    told = words(drawn((left, right)))

    assert say(f"chart.row.{ending.value}") in told
    assert sum(line.startswith("You") for line in told) == 1


def test_a_finished_try_that_pain_ended_shows_no_number() -> None:
    (left,) = scored(did("bridge", "left", 40.0, pain=(2, 6, 3)))

    spec = drawn((left,))

    assert marks(spec) == []
    assert say("chart.row.stopped-for-pain") in words(spec)
    assert "40" not in charts.strip_alt(axis_of("bridge"), (left,), (), say)


def test_a_side_that_was_not_done_is_not_a_zero() -> None:
    (left,) = scored(did("bridge", "left", 40.0))

    spec = drawn((left,))

    assert say("chart.row.not-done") in words(spec)
    assert [row["x"] for row in marks(spec)] == [40.0]


def marks(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for layer in spec["layer"] for row in layer["data"].get("values", ()) if "fill" in row]


def test_a_number_that_is_not_compared_is_a_ring_and_draws_no_band() -> None:
    spec = drawn(PEOPLE["abd_hold-raw"])

    assert {row["fill"] for row in marks(spec)} == {0}
    assert not {say(f"chart.band.{band}") for band in ("well-below", "below")} & set(words(spec))


def test_a_compared_number_is_a_filled_dot() -> None:
    assert {row["fill"] for row in marks(drawn(PEOPLE["abd_hold"]))} == {1}


def test_the_margin_is_drawn_around_the_mark_and_ends_at_the_cap() -> None:
    margins = [
        (row["x"], row["x2"])
        for layer in drawn(PEOPLE["abd_hold"])["layer"]
        for row in layer["data"].get("values", ())
        if layer["mark"].get("color") == theme.LIGHT.margin and "x2" in row
    ]

    assert margins == [(9.7, 34.3), (47.7, 60)]


def test_published_averages_without_a_band_are_shown_as_a_spread() -> None:
    told = words(drawn(PEOPLE["cst30-raw"]))

    assert say("chart.spread.mean_sd", low="28", high="38") in told
    assert not any(line in told for line in ("lower", "higher"))


def test_three_published_groups_have_a_lane_each() -> None:
    labels_by_y = blank(PEOPLE["bridge"]).spec["encoding"]["y"]["axis"]["labelExpr"]

    for letter in "ABC":
        assert f"Study {letter}" in labels_by_y


# --- right is better ---


@pytest.mark.parametrize("test", TESTS)
def test_further_right_is_better_on_every_axis(test: str) -> None:
    axis = axis_of(test)
    spec = charts.strip(axis, (), judged=False, look=theme.LIGHT, language="en").spec
    low, high = KNOWN.selftests[test].valid
    better, worse = (high, low) if axis.higher_is_better else (low, high)

    assert spec["encoding"]["x"]["scale"]["reverse"] is not axis.higher_is_better
    assert charts.part_of_axis(better, axis, high) > charts.part_of_axis(worse, axis, high)


# --- it fits on the narrowest screen ---

LETTER_PX = {13: charts.LETTER_PX, 15: charts.BOLD_LETTER_PX}


def edges_px(layer: dict[str, Any], row: dict[str, Any], axis: Axis, reach: float) -> tuple[float, float]:
    """Where words begin and end on the plot of a screen 320 px wide, in px."""
    mark = layer["mark"]
    width = len(row["label"]) * LETTER_PX[mark["fontSize"]]
    fixed = layer.get("encoding", {}).get("x")
    at = fixed["value"] if fixed else charts.part_of_axis(row["x"], axis, reach) * charts.NARROWEST_PX
    left = at + mark.get("dx", 0) - {"left": 0, "center": width / 2, "right": width}[mark["align"]]
    return left, left + width


@every_person
def test_no_word_is_cut_off_at_320_pixels(who: str) -> None:
    scores = PEOPLE[who]
    spec = drawn(scores)
    (reach,) = (each["value"] for each in spec["params"])
    out = []

    for layer in spec["layer"]:
        for row in layer["data"]["values"]:
            if "label" in row:
                left, right = edges_px(layer, row, axis_of(scores[0].test), reach)
                if left < -charts.LANE_LABEL_PX or right > charts.NARROWEST_PX + charts.BESIDE_PX:
                    out.append((row["label"], round(left), round(right)))

    assert out == []


@pytest.mark.parametrize(
    ("part", "letters", "expected"),
    [
        (0.0, 8, "start"),
        (0.1, 8, "start"),
        (0.5, 8, "middle"),
        (0.9, 8, "end"),
        (1.0, 8, "end"),
        (0.5, 31, "middle"),
        (0.3, 25, "middle"),
    ],
)
def test_words_stand_where_least_of_them_is_cut(part: float, letters: int, expected: str) -> None:
    spots = [(part, how) for how in charts.AROUND]

    assert charts.AROUND[charts.place(spots, "x" * letters)] == expected


# --- nobody in a cache ---


def test_the_cached_picture_holds_nothing_of_a_person() -> None:
    scores = scored(did("abd_hold", "left", 23.7), did("abd_hold", "right", 51.3))
    before = json.dumps(blank(scores).spec)

    with_her = json.dumps(drawn(scores))

    assert "23.7" in with_her
    assert "51.3" in with_her
    assert json.dumps(blank(scores).spec) == before
    assert "23.7" not in before
    assert "51.3" not in before


def test_two_people_share_one_picture() -> None:
    one = scored(did("abd_hold", "left", 23.7))
    other = scored(did("abd_hold", "left", 8.0))

    assert blank(one) is blank(other)


def test_a_person_beyond_the_axis_stretches_it_for_herself_only() -> None:
    far = scored(did("cst30", None, 44, right_angle=True), age=71)

    (reach,) = (each["value"] for each in drawn(far)["params"])

    assert reach >= 44
    assert blank(far).reach < 44


# --- the sentence that says the same ---


@every_person
def test_the_sentence_says_each_side_its_band_and_every_published_group(who: str) -> None:
    scores = PEOPLE[who]
    axis, rows = axis_of(scores[0].test), rows_of(scores)

    told = charts.strip_alt(axis, scores, rows, say)

    assert told.startswith(say(f"test.{axis.test}.name"))
    for each in scores:
        name = say("chart.you") if each.side is None else say(f"side.{each.side}")
        shown = charts.not_scored(each, say) if each.value is None else charts.amount(each.value, axis, say)
        assert f"{name}: {shown}." in told
        if each.band:
            assert say(f"band_short.{each.band}") in told
    for lane in charts.lanes(rows, say):
        assert lane.words in told


@every_person
def test_the_table_holds_what_the_picture_shows(who: str) -> None:
    scores = PEOPLE[who]
    axis, rows = axis_of(scores[0].test), rows_of(scores)

    table = tables.strip_table(axis, scores, rows, say)

    assert len(table.rows) == len(axis.sides) + len(charts.lanes(rows, say))
    assert all(len(row) == len(table.head) for row in table.rows)
    cells = {cell for row in table.rows for cell in row}
    for each in scores:
        if each.value is not None:
            assert charts.amount(each.value, axis, say) in cells


# --- bands on the axis ---


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("sls", [("below-mean", None, 41.2), ("at-or-above-mean", 41.2, 45)]),
        ("cst30", [("lower", None, 9.5), ("similar", 9.5, 15.5), ("higher", 15.5, None)]),
        ("cst5", [("not-slower", None, 12.6), ("slower", 12.6, None)]),
        ("stepdown", [("steady", None, 1.5), ("some-drift", 1.5, 3.5), ("clear-drift", 3.5, None)]),
        ("abd_hold", [("well-below", None, 30), ("below", 30, 60)]),
        ("bridge_double", [("shorter", None, 60)]),
        ("abd_lift", []),
    ],
)
def test_the_bands_lie_where_the_rules_put_them(who: str, expected: list[tuple[str, Any, Any]]) -> None:
    scores = PEOPLE[who]

    zones = charts.zones(axis_of(scores[0].test), rows_of(scores))

    assert [(zone.band, zone.low, zone.high) for zone in zones] == expected


@pytest.mark.parametrize("who", [who for who, scores in PEOPLE.items() if any(s.band for s in scores)])
def test_a_mark_lies_in_the_stretch_of_its_own_band(who: str) -> None:
    scores = PEOPLE[who]
    zones = {zone.band: zone for zone in charts.zones(axis_of(scores[0].test), rows_of(scores))}

    for each in (each for each in scores if each.band in zones):
        zone = zones[each.band or ""]
        assert zone.low is None or (each.value or 0) >= zone.low
        assert zone.high is None or (each.value or 0) <= zone.high


# --- left and right ---


def difference(test: str, left: float, right: float) -> Difference:
    both = scored(did(test, "left", left), did(test, "right", right))
    return sides.compare(*both, KNOWN.selftests[test], ())


@pytest.mark.parametrize(
    ("test", "left", "right", "expected"),
    [
        ("abd_hold", 20.0, 53.0, 1.0),
        ("abd_hold", 53.0, 20.0, -1.0),
        ("bridge", 40.0, 40.0, 0.0),
        ("stepdown", 4, 2, 1.0),
        ("stepdown", 0, 6, -3.0),
    ],
)
def test_a_gap_leans_to_the_side_that_did_better(
    test: str, left: float, right: float, expected: float
) -> None:
    assert charts.gap(axis_of(test), difference(test, left, right)) == pytest.approx(expected)


def test_swapping_the_sides_mirrors_the_picture() -> None:
    axis = axis_of("sideplank")

    assert charts.gap(axis, difference("sideplank", 12.0, 31.0)) == -charts.gap(
        axis, difference("sideplank", 31.0, 12.0)
    )


def test_a_gap_off_the_scale_lies_on_its_edge() -> None:
    huge = Difference(test="stepdown", verdict=SideVerdict.LEFT_LOWER, left=6, right=0, limit=1)

    assert charts.gap(axis_of("stepdown"), huge) == charts.GAP_REACH


@pytest.mark.parametrize("test", ["stepdown", "abd_hold", "bridge", "sideplank"])
def test_a_noticeable_gap_is_outside_the_shaded_zone_and_another_inside(test: str) -> None:
    for left, right in ((2, 2), (2, 3), (0, 6), (5, 2)):
        found = difference(test, left, right)
        outside = abs(charts.gap(axis_of(test), found)) >= 1
        noticed = found.verdict in (SideVerdict.LEFT_LOWER, SideVerdict.RIGHT_LOWER)
        assert outside == noticed


def test_what_cannot_be_told_is_not_drawn() -> None:
    stopped = sides.compare(
        *scored(did("bridge", "left", 40.0), did("bridge", "right", ending="stopped-for-pain")),
        KNOWN.selftests["bridge"],
        (),
    )
    stance = difference("sls", 20.0, 30.0)

    assert charts.comparable([stopped, stance, difference("bridge", 30.0, 31.0)]) == (
        difference("bridge", 30.0, 31.0),
    )


def test_the_left_right_picture_says_its_gaps_in_words_and_in_a_table() -> None:
    found = (difference("stepdown", 1, 4), difference("abd_hold", 28.0, 40.0))
    axes = tuple(axis_of(each.test) for each in found)

    told = charts.gaps_alt(axes, found, say)
    table = tables.gaps_table(axes, found, say)
    spec = charts.gaps_with(charts.gaps(axes, look=theme.LIGHT, language="en"), axes, found, say)

    assert "28 s left, 40 s right" in told
    assert "33 s" in told
    assert [row[0] for row in table.rows] == ["Slow step down", "Side leg hold"]
    assert {"1 left, 4 right", "28 s left, 40 s right", "left ahead", "right ahead"} <= set(words(spec))
    chart_parts.as_altair(spec)


def test_left_and_right_of_both_legs_together_is_one_lane() -> None:
    assert axis_of("cst30").sides == (None,)
    assert axis_of("sls").sides == (Side.LEFT, Side.RIGHT)


# --- colours ---


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LOOKS = pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])


@LOOKS
@pytest.mark.parametrize("ink", ["ink", "muted", "caution"])
def test_words_in_a_picture_can_be_read(look: theme.Look, ink: str) -> None:
    assert contrast(getattr(look, ink), look.page) >= 4.5


@LOOKS
@pytest.mark.parametrize("mark", ["you", "margin", "others", "line"])
def test_marks_in_a_picture_can_be_seen(look: theme.Look, mark: str) -> None:
    assert contrast(getattr(look, mark), look.page) >= 3
    if mark != "others":
        assert contrast(getattr(look, mark), look.others_zone) >= 3


@pytest.mark.parametrize(
    ("kind", "look"), [("dark", theme.DARK), ("light", theme.LIGHT), (None, theme.LIGHT)]
)
def test_an_unknown_theme_counts_as_light(kind: str | None, look: theme.Look) -> None:
    assert theme.look(kind) == look


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (45.0, "45"), (22.4, "22.4"), (29.96, "30"), (1.25, "1.2")]
)
def test_a_number_is_written_as_people_do(value: float, text: str) -> None:
    assert charts.number(value) == text
