"""Which main message, which words, which sources: what the result cards choose, without drawing them."""

import pytest
from hypothesis import given
from tests.people import KNOWN, after, did, people, person, tell

from screening.domain.answers import NO_PAIN, Answers, Attempt
from screening.domain.outcome import Results
from screening.services import wording
from screening.services.assessment import assess
from screening.views import charts, headlines, tables
from screening.views.charts import Axis

say = wording.speaker("en")


def results(told: Answers) -> Results:
    outcome = assess(told, KNOWN)
    assert isinstance(outcome, Results)
    return outcome


def young(*attempts: Attempt, **more: object) -> Answers:
    return after(tell(person(age=30), **more), *attempts)


def both(test: str, left: float, right: float) -> tuple[Attempt, Attempt]:
    return did(test, "left", left), did(test, "right", right)


CLEAR = (
    *both("abd_hold", 60.0, 60.0),
    *both("bridge", 60.0, 60.0),
    *both("stepdown", 0, 1),
    *both("sideplank", 60.0, 60.0),
)
"""Every primary test at its best, left and right."""

HEADLINES = {
    "get-checked": person("C1"),
    "pain-today": tell(person(), P2=6),
    "left-out": person("X5"),
    "no-tests": person(),
    "worth-showing": young(*both("abd_hold", 20.0, 60.0)),
    "pain-stopped": young(did("abd_hold", "left", ending="stopped-for-pain")),
    "sides-differ": after(person(age=52), *both("abd_hold", 10.0, 55.0)),
    "cannot-tell": after(person(age=52), *both("abd_hold", 50.0, 55.0)),
    "nothing-low": young(*CLEAR),
    "mixed": young(*both("stepdown", 0, 0), *both("bridge", 50.0, 50.0)),
}


@pytest.mark.parametrize("headline", HEADLINES)
def test_the_main_message_is_what_the_results_come_to(headline: str) -> None:
    assert headlines.headline(results(HEADLINES[headline])) == headline


@pytest.mark.parametrize("headline", HEADLINES)
@pytest.mark.parametrize("table", ["main", "more", "next"])
def test_every_main_message_has_its_words(headline: str, table: str) -> None:
    assert say(f"results.{table}.{headline}")


def test_there_are_words_for_no_message_that_is_never_given() -> None:
    told = {key.rpartition(".")[2] for key in wording.sentences("en") if key.startswith("results.main.")}

    assert told == set(HEADLINES)


def test_one_result_worth_showing_wins_over_ten_clear_ones() -> None:
    told = young(*CLEAR, did("stepdown", "right", 5))

    assert headlines.headline(results(told)) == "worth-showing"


def test_a_test_stopped_by_pain_is_never_called_nothing() -> None:
    told = young(*CLEAR, did("sideplank", "right", ending="stopped-for-pain"))

    assert headlines.headline(results(told)) == "pain-stopped"


def test_a_raw_number_alone_never_says_that_nothing_stood_out() -> None:
    told = after(person(age=50), *both("bridge", 60.0, 60.0))

    assert headlines.headline(results(told)) == "cannot-tell"


@given(people(whole=True))
def test_anybody_with_results_gets_one_main_message_that_is_there(told: Answers) -> None:
    outcome = assess(told, KNOWN)

    if isinstance(outcome, Results):
        assert headlines.headline(outcome) in HEADLINES


@given(people(whole=True))
def test_nothing_stood_out_is_said_only_when_nothing_is_worth_showing(told: Answers) -> None:
    outcome = assess(told, KNOWN)

    if isinstance(outcome, Results) and headlines.headline(outcome) in {"nothing-low", "mixed"}:
        found = {side for each in outcome.domains for side in (each.left, each.right)}
        assert "worth-showing" not in found


@given(people(whole=True))
def test_every_result_of_anybody_can_be_put_into_words(told: Answers) -> None:
    outcome = assess(told, KNOWN)
    if not isinstance(outcome, Results):
        return

    for test_id in dict.fromkeys(each.test for each in outcome.scores):
        test = KNOWN.selftests[test_id]
        mine = [each for each in outcome.scores if each.test == test_id]
        rows = tuple(dict.fromkeys(row for each in mine for row in (*each.norms, *each.shown)))
        assert charts.strip_alt(Axis.of(test), mine, rows, say)
        assert tables.markdown(tables.strip_table(Axis.of(test), mine, rows, say))
    for found in outcome.differences:
        assert say(f"difference.{found.verdict}")
        assert found.reason is None or say(f"results.sides.because.{found.reason}")
    for out in outcome.battery.left_out:
        assert say(f"reason.{out.reason}")


def test_only_sources_behind_the_shown_scores_are_listed() -> None:
    told = young(*both("abd_hold", 20.0, 60.0))

    keys = headlines.used_sources(results(told), KNOWN)

    assert "lehecka_2021" in keys
    assert not {"janik_2021", "springer_2007"} & set(keys)
    assert set(keys) <= set(KNOWN.sources)
    assert len(keys) == len(set(keys))


def test_no_tests_and_no_pattern_rest_on_no_source() -> None:
    assert headlines.used_sources(results(person(spots=[NO_PAIN])), KNOWN) == ()


# --- tables as Markdown ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("under <12 or >9", r"under \<12 or \>9"),
        ("a|b", r"a\|b"),
        ("*not bold* _nor this_", r"\*not bold\* \_nor this\_"),
        ("[no link](x)", r"\[no link\]\(x\)"),
        (":red[no colour] $x$", r"\:red\[no colour\] \$x\$"),
        ("two\nlines", "two lines"),
        ("back\\slash", r"back\\slash"),
    ],
)
def test_a_cell_is_shown_letter_by_letter(text: str, expected: str) -> None:
    assert tables.plain(text) == expected


def test_a_table_has_a_header_row_and_as_many_cells_in_each_row() -> None:
    table = tables.Table(head=("A", "B"), rows=(("1", "x|y"), ("2", "")))

    assert tables.markdown(table) == "| A | B |\n| --- | --- |\n| 1 | x\\|y |\n| 2 |  |"


def test_a_source_leads_to_its_paper_even_with_brackets_in_its_name() -> None:
    source = KNOWN.sources["mcgill_1999"]

    assert "(<https://doi.org/10.1016/S0003-9993(99)90087-4>)" in tables.source_line(source)
