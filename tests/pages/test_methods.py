"""How this check works: everything the data files hold is on the page, and a closed page costs nothing."""

import re

import pytest
from tests.pages.conftest import Open
from tests.people import ASKED, KNOWN

from screening.domain.levels import Level
from screening.services import settings, versions, wording
from screening.services.assessment import RESULTS_VERSION
from screening.views import method_cards

say = wording.speaker("en")


def section(name: str) -> str:
    """One section as it is read: Markdown's escapes taken away."""
    return re.sub(r"\\(.)", r"\1", method_cards.SECTIONS[name](say))


def entries_in(text: str) -> int:
    return sum(line.startswith("- **") for line in text.splitlines())


def test_every_safety_answer_stands_there_with_its_level_and_what_it_looks_for() -> None:
    text = section("safety")

    for each in ASKED.lists:
        for item in each.items:
            entry = text.split(f"**{item.id}: ")[1].split("\n- ")[0]
            assert say("methods.safety.level", level=item.level) in entry
            assert " ".join(item.aimed_at.split()) in entry
            for family in item.removes:
                assert family in entry
            assert all(key in entry for key in item.sources)


def test_every_safety_rule_and_every_level_stands_there() -> None:
    text = section("safety")

    assert all(f"**{rule.id}: " in text for rule in ASKED.rules)
    assert all(say(f"methods.level.{level}") in text for level in Level)


def test_every_published_row_stands_there_with_people_numbers_status_and_source() -> None:
    text = section("norms")
    assert entries_in(text) == len(KNOWN.norms)
    for row in KNOWN.norms:
        assert " ".join(row.population.split()) in text
        assert row.source in text
        for number in (row.mean, row.sd):
            assert number is None or str(number) in text


def test_a_row_that_may_not_judge_never_says_it_may() -> None:
    lines = [line for line in section("norms").splitlines() if say("methods.use.judges") in line]
    judging = [row for test in KNOWN.selftests for row in test.norms if row.judges]

    assert len(lines) == len(judging)
    assert not any(line.strip().startswith(("one_copy", "unconfirmed")) for line in lines)


def test_every_self_test_stands_there_with_rule_bands_and_error() -> None:
    text = section("tests")

    for test in KNOWN.selftests:
        entry = text.split(f"({test.id})")[1].split("\n\n**")[0]
        assert say(f"methods.rule.{test.rule}") in entry
        assert all(say(f"band_short.{band.id}") in entry for band in test.bands)
        assert (say("results.tests.no_margin") in entry) == (test.margin is None)
        assert all(say(each) in entry for each in test.adapted)


def test_every_pattern_stands_there_with_its_rule_and_evidence() -> None:
    text = section("patterns")

    for rule in ASKED.patterns:
        assert f"**{rule.id}: " in text
        assert rule.rule in text
        assert rule.evidence in text


def test_every_question_source_and_figure_of_exactness_stands_there() -> None:
    assert all(f"**{each}: " in section("questions") for each in ASKED.questions)
    assert all(f"**{key}**" in section("sources") for key in KNOWN.sources)
    assert all(row.source in section("exactness") for row in KNOWN.reliability)
    assert entries_in(section("evidence")) == len(KNOWN.associations)


def test_every_sentence_that_waits_for_a_signature_stands_there() -> None:
    text = section("unsigned")

    for key, sentence in wording.unsigned("en").items():
        assert f"**{key}**" in text
        assert " ".join(sentence.split()) in text
    assert all(item.id in text for each in ASKED.lists for item in each.items if item.needs_signoff)


@pytest.mark.parametrize("name", method_cards.SECTIONS)
def test_every_section_has_something_to_say(name: str) -> None:
    assert say(f"methods.{name}.title")
    assert len(section(name)) > 200


# --- the page ---


def test_the_page_opens_with_what_everybody_must_know(open_page: Open) -> None:
    at = open_page("methods")

    opening = "\n".join(each.value for each in at.markdown)

    assert say("methods.not_validated") in opening
    assert say("methods.unsigned_yet", count=len(wording.unsigned("en"))) in opening
    assert versions.app() in opening
    assert RESULTS_VERSION in opening


def test_a_signature_is_shown_with_name_and_day(open_page: Open, tmp_path, monkeypatch) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text('reviewed_by = "A. Example, PT"\nreviewed_on = 2026-01-15\n')
    monkeypatch.setenv(settings.VARIABLE, str(file))

    at = open_page("methods")

    opening = "\n".join(each.value for each in at.markdown).replace("\\", "")
    assert "Signed off by A. Example, PT on 2026-01-15." in opening
    assert "not signed" not in opening


def test_a_closed_section_is_not_worked_out(open_page: Open, monkeypatch) -> None:
    worked_out: list[str] = []
    noted = {
        name: lambda tell, name=name, made=made: worked_out.append(name) or made(tell)
        for name, made in method_cards.SECTIONS.items()
    }
    monkeypatch.setattr(method_cards, "SECTIONS", noted)

    at = open_page("methods")

    assert [each.label for each in at.expander if each.label.startswith("Safety")] == [
        say("methods.safety.title")
    ]
    assert worked_out == []


def test_an_opened_section_shows_its_table(open_page: Open) -> None:
    at = open_page("methods")
    at.session_state["methods-safety"] = True

    at.run()

    assert any("cauda" in each.value.lower() for each in at.markdown)
