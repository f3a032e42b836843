"""The safety table, the questions and the patterns: as the clinical pack prints them, and read strictly."""

import shutil
from pathlib import Path

import pytest

from screening.domain import patterns, safety
from screening.domain.levels import Level
from screening.errors import DataFileError
from screening.services.catalogue import load
from screening.services.datafiles import DATA
from screening.services.rules_reader import read_instruments
from screening.services.wording import sentences, unsigned

KNOWN = load()
ASKED = KNOWN.instruments
WORDS = sentences("en")
ITEMS = {item.id: item for each in ASKED.lists for item in each.items}

TABLE = """
E1 E - ME_CES | E2 E - ME_CES | E3 E - ME_CES | E4 E - ME_CES | E5 E - ME_CES | E6 E - ME_GEN | E7 E - ME_GEN
E8 E - ME_JNT | E9 E - ME_GEN | E10 E - ME_GEN
D1 S - MD1 | D2 S - MD | D3 S - MD | D4 S - MD | D4b S - MD | D5 S - MD | D6 S - MD | D7 S - MD | D8 S - MD
C1 U - MU | C2 U - MU | C3 U - MU | C4 U ABC MU_G | C7 U - MU
C5 V - MV | C6 V - MV | C8 V - MV | C9 V AB MV | C10 V - RB3 | C11 V - RB2
X1 X AB MX_F | X2 X AB MX_F | X3 X AB MX_F | X4 X ABEF MX_P | X5 X all MX_R | X6 X BH MX_H
X7 X - - | X8 X DF - | X9 X AB MX_F
"""
"""The decision table of the pack (safety.md 3), line by line: id, level, families removed, message."""

ADDED = {"D3a", "D5a", "X1a", "X4a", "X10", "X11"}
"""Lines this app added for gaps the pack names; they wait for a signature."""


def printed() -> dict[str, tuple[str, str, str]]:
    cells = [cell.split() for line in TABLE.strip().splitlines() for cell in line.split("|")]
    return {item: (level, removes, message) for item, level, removes, message in cells}


# -- as the pack prints them -------------------------------------------------------------------------


@pytest.mark.parametrize("item", printed())
def test_a_line_has_the_level_the_families_and_the_message_of_the_pack(item):
    found = ITEMS[item]
    removes = "".join(found.removes) or "-"
    message = (found.message or "text.-").removeprefix("text.")

    assert (found.level.value, removes, message) == printed()[item]
    assert found.say == f"text.{item}"


def test_the_lists_hold_the_lines_of_the_pack_and_the_added_ones_and_no_other():
    assert set(ITEMS) == set(printed()) | ADDED
    assert {item.id for item in ITEMS.values() if item.needs_signoff} == ADDED


def test_the_lists_stand_in_the_order_asked():
    assert [each.id for each in ASKED.lists] == ["SCR1", "SCR2", "SCR3", "SCR4"]
    assert [{item.id[0] for item in each.items} for each in ASKED.lists] == [{"E"}, {"D"}, {"C"}, {"X"}]


def test_a_follow_up_stands_right_under_its_line():
    for each in ASKED.lists:
        ids = [item.id for item in each.items]
        for item in each.items:
            if item.follows:
                assert ids[ids.index(item.id) - 1] == item.follows


def test_knee_lines_and_ages_are_those_of_the_pack():
    assert {item.id for item in ITEMS.values() if item.knee_only} == {"D2", "D4", "D4b", "D8"}
    assert {item.id: item.age_from_y for item in ITEMS.values() if item.age_from_y} == {"D4b": 55}
    assert {item.id: item.counts_from_y for item in ITEMS.values() if item.counts_from_y} == {"X3": 65}
    assert {item.id for item in ITEMS.values() if item.needs_pain} == {"C7", "C10", "C11"}
    assert {item.id for item in ITEMS.values() if item.while_new} == {"C7"}


def test_the_lines_that_pick_a_set_of_tests():
    assert {item.id: item.sets_tier for item in ITEMS.values() if item.sets_tier} == {
        **dict.fromkeys(["X1a", "X4a", "X5", "X10"], "C"),
        **dict.fromkeys(["X7", "X11"], "B"),
    }


def test_which_action_wins_on_a_shared_card():
    assert {
        level.value: [key.partition(".")[2] for key in keys] for level, keys in ASKED.priority.items()
    } == {
        "E": ["ME_GEN", "ME_CES", "ME_JNT"],
        "S": ["S.er_action", "MD1", "MD"],
        "U": ["MU_G", "MU"],
        "V": ["MV", "RB2", "RB3"],
        "X": ["HI", "MX_R", "tier-C", "X.action"],
    }


def test_every_action_that_can_fire_is_in_the_order_of_its_level():
    for item in ITEMS.values():
        if item.message and item.level != Level.X:
            assert item.message in ASKED.priority[item.level], item.id
    for rule in ASKED.rules:
        if rule.level in ASKED.priority:
            assert rule.message in ASKED.priority[rule.level], rule.id


SPOTS = {
    "front_knee": ("knee",),
    "inner_knee": ("knee",),
    "outer_knee": ("knee",),
    "back_knee": ("knee",),
    "below_kneecap": ("knee",),
    "low_back": ("back",),
    "buttock": ("back", "hip"),
    "outer_hip": ("hip",),
    "groin": ("hip",),
    "thigh": ("hip",),
    "below_knee": ("leg",),
}


def test_there_are_eleven_places_ten_of_them_on_two_sides():
    assert {spot.place: spot.regions for spot in ASKED.spots.values()} == SPOTS
    assert len(ASKED.spots) == 21
    assert ASKED.spots["spot-low-back"].side == "middle"
    for code, spot in ASKED.spots.items():
        assert code == "spot-low-back" or code.endswith(f"-{spot.side}")


QUESTIONS = {
    "P1": "rating", "P2": "rating", "P3": "rating", "P4": "rating", "P5": "activity", "P6": "choice",
    "Q3": "choice", "Q4": "choice", "Q5k": "ticks", "Q6": "choice", "QK1": "choice",
    "Q7b": "choice", "Q8b": "choice", "Q9b": "choice", "QB1": "choice", "Q10h": "ticks", "QH1": "choice",
}  # fmt: skip


def test_every_question_of_the_pack_and_the_three_for_its_gaps_are_asked():
    assert {question.id: question.kind for question in ASKED.questions.values()} == QUESTIONS
    gaps = {"QK1", "QB1", "QH1"}
    assert gaps <= {question.id for question in ASKED.questions.values() if question.needs_signoff}


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("Q3", ["duration-under-4-weeks", "duration-4-12-weeks", "duration-over-12-weeks"]),
        ("Q4", ["onset-slow", "onset-load", "onset-injury"]),
        ("Q6", ["stiff-no", "stiff-up-to-30", "stiff-over-30"]),
        ("Q7b", ["leg-no", "leg-hip-thigh", "leg-below-knee"]),
        ("Q8b", ["worse-back", "worse-leg", "worse-same"]),
        ("Q9b", ["yes", "no"]),
        ("QK1", ["yes", "no"]),
    ],
)
def test_answers_have_the_codes_of_the_answers_file(question, codes):
    assert [option.code for option in ASKED.questions[question].options] == codes


def test_none_of_these_stands_alone_and_nothing_else_does():
    alone = {
        option.code for question in ASKED.questions.values() for option in question.options if option.alone
    }

    assert alone == {"trigger-none"}


# -- words and sources ---------------------------------------------------------------------------------


def keys() -> set[str]:
    found = {item.say for item in ITEMS.values()} | {item.reason for item in ITEMS.values()}
    found |= {item.message for item in ITEMS.values() if item.message}
    found |= {key for rule in ASKED.rules for key in (rule.message, *rule.reasons, rule.header) if key}
    found |= {key for levels in ASKED.priority.values() for key in levels}
    found |= {question.say for question in ASKED.questions.values()}
    found |= {option.say for question in ASKED.questions.values() for option in question.options}
    found |= {f"spot.{code}" for code in (*ASKED.spots, "spot-none")} | set(ASKED.checks.values())
    found |= {f"level.{level.value}.header" for level in Level if level != Level.P}
    found |= {each.text for each in ASKED.patterns} | {each.say for each in ASKED.lists}
    found |= {f"pattern.{each.id}.partly" for each in ASKED.patterns if each.partly}
    return found


def test_every_key_of_these_files_has_words():
    assert sorted(keys() - WORDS.keys()) == []


def test_words_of_our_own_for_a_safety_line_wait_for_a_signature():
    waiting = unsigned("en")

    assert [item for item in sorted(ADDED) if f"item.{item}" not in waiting] == []
    assert [question for question in ("QK1", "QB1", "QH1") if f"question.{question}" not in waiting] == []


def cited() -> dict[str, tuple[str, ...]]:
    rows = [*ITEMS.values(), *ASKED.rules, *ASKED.questions.values(), *ASKED.patterns]
    return {each.id: each.sources for each in rows}


def test_every_source_is_one_we_hold():
    assert {key for keys in cited().values() for key in keys} <= KNOWN.sources.keys()


def test_every_line_has_a_source_or_says_that_it_is_a_judgement():
    for item in ITEMS.values():
        assert item.sources or item.needs_signoff or "udgement" in item.aimed_at, item.id
    for rule in ASKED.rules:
        assert rule.sources, rule.id
        assert rule.when, rule.id


def test_every_pattern_that_can_fit_has_a_rule_and_its_evidence():
    for each in ASKED.patterns:
        assert each.rule, each.id
        assert each.evidence, each.id
        assert each.sources or each.id in {"K3", "N"}, each.id
    assert {each.id for each in ASKED.patterns if each.partly} == {"K1", "B1", "B3"}


def test_rules_and_patterns_stand_in_the_files_and_in_the_code():
    assert {rule.id for rule in ASKED.rules} == set(safety.RULES)
    assert {each.id for each in ASKED.patterns} == {*patterns.RULES, patterns.NONE}


# -- read strictly -------------------------------------------------------------------------------------


def folder_with(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of the three files with one text replaced."""
    for each in ("safety.toml", "questions.toml", "patterns.toml"):
        shutil.copy(DATA / each, tmp_path / each)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("safety.toml", 'level = "E"', 'level = "E"\nurgent = true', "safety.toml: list SCR1: item E1"),
        ("safety.toml", 'level = "E"\n', "", "safety.toml: list SCR1: item E1: missing or unknown: level"),
        ("safety.toml", 'level = "E"', 'level = "EE"', "item E1: level: not one of"),
        ("safety.toml", 'level = "E"', 'level = "p"', "item E1: level: not one of"),
        ("safety.toml", 'removes = ["A", "B"]', 'removes = ["G"]', "removes: unknown: G"),
        ("safety.toml", 'follows = "D3"', 'follows = "D8"', "D3a: follows no item above it"),
        ("safety.toml", 'id = "E2"', 'id = "E1"', "item: stands twice: E1"),
        (
            "safety.toml",
            'id = "D1-E6"',
            'id = "D1-E7"',
            "rule: in the file or in the code only: D1-E6, D1-E7",
        ),
        ("safety.toml", "knee_only = true", 'knee_only = "yes"', "item D2: knee_only: not true or false"),
        ("safety.toml", "age_from_y = 55", 'age_from_y = "55"', "item D4b: age_from_y: not a whole number"),
        ("safety.toml", 'message = "text.ME_CES"', "message = 3", "item E1: message: not a text"),
        (
            "safety.toml",
            'sources = ["ref_51"]',
            'sources = "ref_51"',
            "item E1: sources: not a list of texts",
        ),
        ("safety.toml", 'sources = ["ref_51"]', 'sources = ["ref_51", "ref_51"]', "each once"),
        (
            "questions.toml",
            'unless = ["Q7b", "leg-no"]',
            'unless = ["Q7b"]',
            "Q8b: unless: not a question and",
        ),
        ("questions.toml", 'options = ["yes", "no"]', 'options = "yes"', "question QK1: options: not a list"),
        (
            "questions.toml",
            'options = ["yes", "no"]',
            "options = [1]",
            "question QK1: options: code: not a text",
        ),
        ("questions.toml", "recall_d = 7", "recall_d = true", "question P1: recall_d: not a whole number"),
        ("questions.toml", 'id = "P2"', 'id = "P1"', "questions.toml: question: stands twice: P1"),
        ("questions.toml", 'code = "spot-groin"', 'code = "spot-thigh"', "stands twice: spot-thigh-left"),
        ("patterns.toml", 'region = "knee"', 'region = "foot"', "pattern K1: region: not one of"),
        ("safety.toml", 'brings = ["someone-near"]', 'brings = ["nobody"]', "brings: unknown: nobody"),
        ("safety.toml", 'sets_tier = "C"', 'sets_tier = "A"', "item X1a: sets_tier: not one of B, C"),
        ("safety.toml", "[priority]", "[order]", "safety.toml: missing or unknown: order, priority"),
        ("safety.toml", 'when = "Age under 18."\n', "", "rule A0: missing or unknown: when"),
        ("safety.toml", 'id = "SCR1"', 'id = "SCR1', "safety.toml: "),
        ("questions.toml", 'kind = "rating"', 'kind = "slider"', "question P1: kind: not one of"),
        (
            "questions.toml",
            'regions = ["knee"]',
            'regions = ["elbow"]',
            "place front_knee: regions: unknown: elbow",
        ),
        ("questions.toml", "recall_d = 7", "recall_days = 7", "question P1: missing or unknown: recall_days"),
        (
            "questions.toml",
            'unless = ["Q7b", "leg-no"]',
            'unless = ["Q7b", "no"]',
            "Q8b: unless: unknown: no",
        ),
        (
            "questions.toml",
            'unless = ["Q7b", "leg-no"]',
            'unless = ["Q7", "leg-no"]',
            "Q8b: unless: unknown: Q7",
        ),
        (
            "questions.toml",
            "alone = true",
            "lonely = true",
            "question Q5k: options: missing or unknown: lonely",
        ),
        ("questions.toml", 'step = "how_it_behaves"', 'step = "later"', "question Q3: step: not one of"),
        ("questions.toml", 'version = "1"\n', "", "questions.toml: missing or unknown: version"),
        ("patterns.toml", 'id = "K4"', 'id = "K5"', "pattern: in the file or in the code only: K4, K5"),
        ("patterns.toml", "evidence =", "proof =", "pattern K1: missing or unknown: evidence, proof"),
    ],
)
def test_a_file_that_is_not_as_expected_is_refused_by_file_and_place(name, old, new, says, tmp_path):
    with pytest.raises(DataFileError) as found:
        read_instruments(folder_with(tmp_path, name, old, new))

    assert says in str(found.value)


@pytest.mark.parametrize("name", ["safety.toml", "questions.toml", "patterns.toml"])
def test_a_missing_file_is_named(name, tmp_path):
    folder_with(tmp_path, name, "id", "id")
    (tmp_path / name).unlink()

    with pytest.raises(DataFileError, match=name):
        read_instruments(tmp_path)


def test_another_answer_to_a_question_needs_no_python(tmp_path):
    root = folder_with(tmp_path, "questions.toml", '"activity-sleep",', '"activity-sleep", "activity-dance",')

    assert read_instruments(root).questions["P5"].options[-1].say == "option.activity-dance"
