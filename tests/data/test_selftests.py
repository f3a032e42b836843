"""The self-tests: as the pack says, strictly read, and one more needs files only."""

import shutil
import tomllib

import pytest

from screening.domain.answers import Attempt, Ending, Sex, Side
from screening.domain.scoring import score
from screening.domain.selftests import ScoreRule
from screening.errors import DataFileError
from screening.services.catalogue import load
from screening.services.datafiles import DATA, sha256
from screening.services.measures_reader import read_selftests
from screening.services.norms_reader import read_sources, read_tables
from screening.services.wording import sentences

SELFTESTS = load().selftests


@pytest.fixture
def copy(tmp_path):
    """A data folder of one's own."""
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


def read(root):
    sources = read_sources(root)
    return read_selftests(root, sources, read_tables(root, sources))


def change(root, test_id, old, new):
    path = root / "selftests" / f"{test_id}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def register(root):
    tables = sorted((root / "norms").glob("*.csv"))
    lines = [f"{path.name} {sha256(path)}\n" for path in tables]
    (root / "norms" / "REGISTRY.txt").write_text("".join(lines), encoding="utf-8")


# -- as the pack says ------------------------------------------------------------------------------


def test_the_standard_tests_come_balance_first_and_floor_work_last():
    standard = [test.id for test in SELFTESTS if "standard" in test.sets]

    assert standard == ["sls", "stepdown", "cst30", "abd_lift", "abd_hold", "bridge", "sideplank"]


def test_the_gentle_set_needs_no_floor_and_has_no_plank():
    gentle = {test.id: test for test in SELFTESTS if "gentle" in test.sets}

    assert list(gentle) == ["bal4", "sts_watch", "cst30", "cst5", "abd_lift", "bridge_double"]
    assert not [test for test in gentle.values() if "floor" in test.needs]


@pytest.mark.parametrize(
    ("test_id", "families", "removed_by"),
    [
        ("sls", "A", ()),
        ("stepdown", "B", ()),
        ("cst30", "C", ()),
        ("cst5", "C", ()),
        ("sts_watch", "C", ()),
        ("abd_lift", "D", ()),
        ("abd_hold", "DH", ()),
        ("bridge", "EH", ()),
        ("bridge_double", "EH", ()),
        ("sideplank", "DEH", ("X7", "X8")),
        ("bal4", "", ()),
    ],
)
def test_families_are_those_of_the_safety_table(test_id, families, removed_by):
    test = SELFTESTS[test_id]

    assert "".join(test.families) == families
    assert test.removed_by == removed_by


def test_only_the_last_way_to_stand_is_on_one_leg():
    assert [stage.families for stage in SELFTESTS["bal4"].stages] == [(), (), (), ("A",)]


@pytest.mark.parametrize(
    ("test_id", "domain", "primary"),
    [
        ("abd_hold", "side_of_hip", True),
        ("abd_lift", "side_of_hip", False),
        ("cst30", "back_of_hip", True),
        ("bridge", "back_of_hip", True),
        ("cst5", "back_of_hip", True),
        ("bridge_double", "back_of_hip", True),
        ("stepdown", "control", True),
        ("sls", "control", False),
        ("bal4", "control", False),
        ("sts_watch", "control", False),
        ("sideplank", "trunk", True),
    ],
)
def test_domains_and_primary_tests_are_those_of_the_pack(test_id, domain, primary):
    assert (SELFTESTS[test_id].domain, SELFTESTS[test_id].primary) == (domain, primary)


@pytest.mark.parametrize(
    ("test_id", "low"),
    [
        ("cst30", ["lower"]),
        ("abd_hold", ["well-below"]),
        ("bridge", ["lower"]),
        ("sideplank", ["lower"]),
        ("stepdown", ["clear-drift"]),
        ("bridge_double", ["shorter"]),
        ("cst5", ["slower"]),
        ("sls", []),
        ("abd_lift", []),
        ("bal4", []),
        ("sts_watch", []),
    ],
)
def test_low_bands_are_those_of_the_pack(test_id, low):
    assert [band.id for band in SELFTESTS[test_id].bands if band.low] == low


@pytest.mark.parametrize(
    ("test_id", "cap", "tries"),
    [("sls", 45, 3), ("abd_hold", 60, 1), ("bridge", 60, 1), ("sideplank", 60, 1), ("cst5", 60, 1)],
)
def test_caps_and_tries_are_those_of_the_pack(test_id, cap, tries):
    assert (SELFTESTS[test_id].cap, SELFTESTS[test_id].tries) == (cap, tries)


@pytest.mark.parametrize("test", list(SELFTESTS), ids=lambda test: test.id)
def test_bands_come_worst_first(test):
    better_edges = [band.from_ if test.higher_is_better else band.below for band in test.bands]
    edges = [edge for edge in better_edges if edge is not None]

    assert edges == sorted(edges, reverse=not test.higher_is_better)


def test_a_band_that_stands_for_a_real_comparison_cites_a_row_a_rubric_or_nobody():
    compares = {test.id for test in SELFTESTS if any(row.judges for row in test.norms)}

    assert compares == {test.id for test in SELFTESTS if test.bands} - {"stepdown"}


def test_the_fall_message_rests_on_a_confirmed_line():
    (row,) = [row for row in load().cutpoints if row.source == "cdc_4stage_2017"]

    assert row.use == "may drive the fall-risk message"
    assert row.status.was_read


def test_asking_for_a_test_or_a_band_that_does_not_exist_is_a_key_error():
    with pytest.raises(KeyError):
        SELFTESTS["plank9"]
    with pytest.raises(KeyError):
        SELFTESTS["bridge"].band("strong")


# -- refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test_id", "old", "new", "place"),
    [
        ("bridge", 'unit = "s"\n', "", "missing or unknown: unit"),
        ("bridge", "protocol = 1", "protocol = 1\nmuscle = 'gluteus maximus'", "missing or unknown: muscle"),
        ("bridge", "tries = 1", "attempts = 1", "run: missing or unknown: attempts, tries"),
        ("bridge", "below = 30\n", "under = 30\n", "rule: bands 1: missing or unknown: under"),
        ("bridge", 'name = "hold"', 'name = "z_score"', "rule: name: not one of"),
        ("bridge", 'id = "bridge"', 'id = "bridge_hold"', "id: not the file's name"),
        ("bridge", "order = 50", "order = 45", "order: the same as abd_hold"),
        ("bridge", "order = 50", 'order = "last"', "order: not a whole number"),
        ("bridge", "order = 50", "order = 50.5", "order: not a whole number"),
        ("bridge", "primary = true", "primary = 1", "primary: not true or false"),
        ("bridge", "valid = [0, 60]", "valid = [60, 0]", "valid: not two numbers, the lower first"),
        ("bridge", "valid = [0, 60]", "valid = 60", "valid: not two numbers, the lower first"),
        ("bridge", 'families = ["E", "H"]', 'families = ["E", "E"]', "families: not a list of texts"),
        ("bridge", 'families = ["E", "H"]', 'families = "E"', "families: not a list of texts"),
        ("bridge", 'sets = ["standard"]', 'sets = ["hard"]', "sets: unknown: hard"),
        ("bridge", "replaces = []", 'replaces = ["plank9"]', "replaces: plank9 is no self-test"),
        ("bridge", 'domain = "back_of_hip"', 'domain = "knee"', "domain: not one of"),
        ("bridge", '"lehecka_2017"', '"nobody_2099"', "sources: unknown: nobody_2099"),
        ("bridge", "cap = 60", "cap = 90", "run: cap: not the highest valid value"),
        ("bridge", 'forms = ["standard"]', 'forms = ["hands", "standard"]', "run: forms: the standard form"),
        ("bridge", 'kind = "hold"', 'kind = "rating"', "kind: stages for a staged test"),
        ("stepdown", 'code = "trunk-leaned"', 'code = "pelvis-moved"', "ticks: a code stands twice"),
        ("bal4", 'code = "tandem"', 'code = "one-foot"', "stages: a code stands twice"),
        ("sls", "[[notes]]", "[[remarks]]", "missing or unknown: remarks"),
        ("sls", 'say = "hold_on"', "say = 5", "notes 1: say: not a text"),
        ("sls", "other_from = 20\n", "", "sides: missing or unknown: other_from"),
        ("bridge", "limit = 25\n", "", "sides: missing or unknown: limit"),
        ("bridge", "home = 25\n", "", "change: missing or unknown: home"),
        ("bridge", "[sides]\n", "[[sides]]\n", "sides: not a table"),
        ("sideplank", '["shoulder", "back"]', '["shoulder", "boredom"]', "rule: raw_if_stopped_by: unknown"),
        ("abd_lift", 'no_band = "no-verdict"', 'no_band = "secret"', "rule: no_band: not one of"),
        ("abd_lift", 'no_band = "no-verdict"\n', "", "rule: no_band: the reason"),
        ("bridge", 'name = "hold"', 'name = "hold"\nno_band = "no-verdict"', "rule: no_band: the reason"),
    ],
)
def test_a_file_with_a_fault_is_refused_by_file_and_key(copy, test_id, old, new, place):
    change(copy, test_id, old, new)

    with pytest.raises(DataFileError) as refused:
        read(copy)

    assert str(refused.value).startswith(f"{test_id}.toml: {place}")


@pytest.mark.parametrize(
    ("test_id", "old", "new", "place"),
    [
        # bands
        ("bridge", "below = 30\n", "below = 29\n", "rule: bands: a gap or an overlap"),
        ("bridge", "from = 60\n", "", "rule: bands: a gap or an overlap"),
        ("stepdown", "from = 4\n", "from = 5\n", "rule: bands: a gap or an overlap"),
        ("cst30", '[[rule.bands]]\nid = "higher"\nlow = false\n', "", "rule: bands: quartiles has 3"),
        ("cst30", 'id = "lower"', 'id = "lower"\nbelow = 12', "rule: bands: quartiles takes its limits"),
        ("bridge", 'id = "middle"', 'id = "lower"', "rule: bands: a code stands twice"),
        # ages
        ("bridge", "ages = [18, 35]", "ages = [18, 40]", "rule: ages: mean is missing for female, 36"),
        ("cst30", "ages = [60, 94]", "ages = [60, 90]", "rule: ages: the judging rows cover more"),
        ("bridge", "ages = [18, 35]\n", "", "rule: ages: missing"),
        (
            "bridge_double",
            'name = "hold"',
            'name = "hold"\nages = [18, 80]',
            "rule: ages: the norms have none",
        ),
        # rows
        ("bridge", "GEM-B, stance knee", "GEM-C, stance knee", "rule: judges 1: variant: no such row"),
        ("bridge", 'uses = ["mean", "sd"]', 'uses = ["mean"]\n', "rule: judges"),
        ("bridge", 'uses = ["mean", "sd"]', "uses = []", "rule: judges 1: variant: no such row"),
        ("bridge", 'uses = ["mean", "sd"]', 'uses = ["mode"]', "rule: judges 1: uses: unknown: mode"),
        ("cst30", 'uses = ["p75"]', 'uses = ["p25"]', "rule: judges: quartiles needs low_cut, p75"),
        ("bridge_double", 'population = "no back pain"', 'population = "nobody"', "rule: judges 1: variant"),
        (
            "bridge_double",
            'population = "no back pain"',
            "",
            "rule: judges: bridge_hold.csv lines 6 and 7 overlap",
        ),
        # rubrics
        (
            "stepdown",
            'rubric = "piva_2006"',
            'rubric = "davis_2011"',
            "rule: rubric: cutpoints.csv has no such row",
        ),
        ("stepdown", 'rubric = "piva_2006"\n', "", "rule: rubric: the source of the rubric"),
        (
            "abd_lift",
            'rubric = "davis_2011"',
            'rubric = "nelson_wong_2009"',
            "rule: rubric: cutpoints.csv has no",
        ),
        # errors
        ("cst30", "sem = 2.29", "sem = 2.3", "error: sem: not in reliability.csv"),
        ("cst30", "margin = 2 ", "margin = 1 ", "error: margin: not the SEM"),
        ("bridge", "margin = 8.9", "margin = 6.1", "error: margin: not the SEM"),
        (
            "sideplank",
            'setting = "clinic, 1 week"',
            'setting = "clinic"',
            "error: sem: not in reliability.csv",
        ),
        (
            "bridge",
            '[[error.inputs]]\ntable = "reliability"',
            '[[error.inputs]]\ntable = "hearsay"',
            "error: inputs 1",
        ),
        ("bridge", '(low end of range)"', '(no such)"', "error: sem: reliability.csv line 24 is calculated"),
    ],
)
def test_a_rule_that_does_not_fit_its_norms_is_refused(copy, test_id, old, new, place):
    change(copy, test_id, old, new)

    with pytest.raises(DataFileError) as refused:
        read(copy)

    assert str(refused.value).startswith(f"{test_id}.toml: {place}")


UNREAD = [
    pytest.param(
        "cst30",
        'source = "cdc_steadi_2017"\nvariant = "30 s, arms crossed, 17-inch seat"\nuses = ["low_cut"]',
        'source = "barros_poblete_2025"\nvariant = "30 s, Chilean reference values"\nuses = ["low_cut"]',
        "one_copy",
        id="chair-stand-read-in-one-copy",
    ),
    pytest.param("sls", 'uses = ["mean"]', 'uses = ["sd"]', "unconfirmed", id="stance-sd-nobody-read"),
    pytest.param(
        "sideplank",
        'source = "janik_2021"\nvariant = "side-bridge field test, pooled over sex and side"',
        'source = "mcgill_1999"\nvariant = "McGill side bridge, hold to failure"',
        "unconfirmed",
        id="side-plank-nobody-read",
    ),
    pytest.param(
        "bridge",
        'source = "worst_henderson_2026"\nvariant = "single-leg bridge, stop at >10 deg hip deviation"\n'
        'uses = ["mean", "sd"]',
        'source = "butowicz_2016"\nvariant = "unilateral hip bridge endurance (UHBE), strict stop rule"\n'
        'uses = ["mean"]',
        "one_copy",
        id="bridge-read-in-one-copy",
    ),
    pytest.param(
        "cst30",
        'variant = "Senior Fitness Test 30 s chair stand"\nuses = ["p75"]',
        'variant = "mean and SD implied by the quartiles"\nuses = ["mean", "sd"]',
        "calculated",
        id="calculated-without-naming-its-inputs",
    ),
    pytest.param(
        "cst30",
        'variant = "Senior Fitness Test 30 s chair stand"\nuses = ["p75"]',
        'variant = "mean and SD implied by the quartiles"\nuses = ["mean"]\n'
        'inputs = ["Senior Fitness Test 30 s chair stand"]',
        "calculated",
        id="calculated-from-rows-some-of-which-nobody-read",
    ),
    pytest.param(
        "sideplank",
        "inputs = [\"'quadratus lumborum' side-bridge field test, hold to failure\"]",
        'inputs = ["no such rows"]',
        "calculated",
        id="calculated-from-rows-that-are-not-there",
    ),
    pytest.param(
        "sideplank",
        "inputs = [\"'quadratus lumborum' side-bridge field test, hold to failure\"]",
        "",
        "calculated",
        id="calculated-with-its-inputs-left-out",
    ),
]


@pytest.mark.parametrize(("test_id", "old", "new", "status"), UNREAD)
def test_a_row_nobody_read_can_not_be_made_to_judge(copy, test_id, old, new, status):
    change(copy, test_id, old, new)

    with pytest.raises(
        DataFileError, match=rf"^{test_id}\.toml: rule: judges \d: variant: .* is {status}: it may not"
    ):
        read(copy)


def test_a_row_nobody_read_can_not_even_be_shown(copy):
    change(copy, "cst30", 'source = "lein_2022"', 'source = "tveter_2014"')
    change(
        copy, "cst30", 'variant = "30 s, best of 2 trials"', 'variant = "30 s, Norwegian reference values"'
    )

    with pytest.raises(
        DataFileError, match=r"^cst30\.toml: rule: shown 1: variant: .* is one_copy: not to be shown"
    ):
        read(copy)


def test_a_row_that_loses_its_status_stops_the_app_and_not_the_person(copy):
    path = copy / "norms" / "hip_abduction_hold.csv"
    path.write_text(path.read_text("utf-8").replace("higher,confirmed", "higher,one_copy"), encoding="utf-8")
    register(copy)

    with pytest.raises(DataFileError, match=r"^abd_hold\.toml: rule: judges 1: .* is one_copy"):
        read(copy)


def test_a_row_may_not_judge_and_be_shown(copy):
    change(
        copy,
        "cst30",
        'source = "lein_2022"\nvariant = "30 s, best of 2 trials"\nuses = ["mean"]',
        'source = "cdc_steadi_2017"\nvariant = "30 s, arms crossed, 17-inch seat"\nuses = ["low_cut"]',
    )

    with pytest.raises(DataFileError, match=r"^cst30\.toml: rule: shown: a row judges and is shown"):
        read(copy)


@pytest.mark.parametrize(
    ("old", "new"),
    [(",s,higher,", ",stands,higher,"), (",s,higher,", ",s,lower,")],
    ids=["unit", "direction"],
)
def test_a_norm_in_another_unit_or_direction_is_refused(copy, old, new):
    path = copy / "norms" / "hip_abduction_hold.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    register(copy)

    with pytest.raises(
        DataFileError, match=r"^abd_hold\.toml: .*hip_abduction_hold\.csv line 2: another unit"
    ):
        read(copy)


def test_rows_that_judge_and_overlap_are_refused(copy):
    path = copy / "norms" / "single_leg_stance.csv"
    path.write_text(path.read_text("utf-8").replace("both,40,49", "both,39,49", 1), encoding="utf-8")
    register(copy)

    with pytest.raises(
        DataFileError, match=r"^sls\.toml: rule: judges: single_leg_stance\.csv lines 2 and 3 overlap"
    ):
        read(copy)


def test_a_gap_between_rows_that_judge_is_refused(copy):
    path = copy / "norms" / "single_leg_stance.csv"
    path.write_text(path.read_text("utf-8").replace("both,40,49", "both,41,49", 1), encoding="utf-8")
    register(copy)

    with pytest.raises(DataFileError, match=r"^sls\.toml: rule: ages: mean is missing for female, 40"):
        read(copy)


def test_a_quartile_missing_for_one_sex_is_refused(copy):
    path = copy / "norms" / "chair_stand_30s.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    gone = [line for line in lines if "rikli" in line and ",male,70,74," in line and ",12,,17," in line]
    assert len(gone) == 1
    path.write_text("".join(line for line in lines if line not in gone), encoding="utf-8")
    register(copy)

    with pytest.raises(DataFileError, match=r"^cst30\.toml: rule: ages: p75 is missing for male, 70"):
        read(copy)


# -- one more ----------------------------------------------------------------------------------------

NEW_TEST = """
id = "calf_raise"
order = 70
sets = ["standard"]
replaces = []
domain = "back_of_hip"
primary = true
each_side = true
kind = "hold"
families = ["A"]
removed_by = []
needs = ["counter"]
unit = "s"
higher_is_better = true
valid = [0, 120]
whole = false
protocol = 1
sources = ["example_2020"]
adapted = 0

[run]
cap = 120
tries = 2
best_of = true
rest_s = 30
forms = ["standard"]

[rule]
name = "hold"
ages = [18, 39]

[[rule.bands]]
id = "lower"
below = 40
low = true

[[rule.bands]]
id = "end-of-test"
from = 40
low = false

[[rule.judges]]
source = "example_2020"
variant = "EXAMPLE"
uses = ["mean", "sd"]

[sides]
limit = 20
why = "EXAMPLE"
"""
NEW_NORMS = (
    "calf_raise,EXAMPLE,example_2020,EXAMPLE adults,both,18,39,,50,60.0,20.0,,,,,,,,,,,s,higher,confirmed,,\n"
)
NEW_SOURCE = '\n[example_2020]\ncitation = "EXAMPLE"\ndoi = ""\nkind = "paper"\nnote = ""\n'
NEW_WORDS = '\n[band.calf_raise]\nlower = "EXAMPLE {value}"\nend-of-test = "EXAMPLE {value}"\n'


def append(path, text):
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")


def test_adding_a_self_test_takes_files_only(copy):
    header = (DATA / "norms" / "bridge_hold.csv").read_text("utf-8").splitlines(keepends=True)[0]
    (copy / "selftests" / "calf_raise.toml").write_text(NEW_TEST, encoding="utf-8")
    (copy / "norms" / "calf_raise.csv").write_text(header + NEW_NORMS, encoding="utf-8")
    append(copy / "sources.toml", NEW_SOURCE)
    append(copy / "wording" / "en.toml", NEW_WORDS)
    register(copy)

    known = load(copy)
    test = known.selftests["calf_raise"]
    attempt = Attempt(test="calf_raise", side=Side.LEFT, ending=Ending.DONE, value=39.9)
    young, older = (score(attempt, test, age_y, Sex.FEMALE) for age_y in (39, 40))

    assert [each.id for each in known.selftests][-1] == "calf_raise"
    assert (young.band, young.low, young.norms[0].population) == ("lower", True, "EXAMPLE adults")
    assert (older.band, older.reason) == (None, "age-outside-norms")
    assert sentences("en", copy)[young.say].format(**young.values) == "EXAMPLE 39.9"


def test_the_catalogue_is_read_once_per_folder(copy):
    assert load(copy) is load(copy)
    assert load(copy) is not load()


@pytest.mark.parametrize("path", sorted((DATA / "selftests").glob("*.toml")), ids=lambda path: path.stem)
def test_every_rule_names_where_it_comes_from(path):
    text = path.read_text(encoding="utf-8")

    assert "# Clinical pack: self_tests" in text
    for table in ("error", "sides", "change"):
        assert tomllib.loads(text).get(table, {"why": "x"})["why"]


def test_each_rule_is_used_by_some_test():
    assert {test.rule for test in SELFTESTS} == set(ScoreRule)


# --- The limits of change rest on errors that were read ---


@pytest.mark.parametrize(
    ("test_id", "old", "new", "place"),
    [
        ("cst30", "clinic = 7", "clinic = 6", "change: clinic: smaller than the error"),
        ("cst30", "home = 3", "home = 2", "change: home: smaller than the error"),
        ("bridge", "home = 25", "home = 24", "change: home: smaller than the error"),
        ("cst30", "clinic = 7\n", "", "change: clinic_error: the published error, where there is a limit"),
        ("bridge", "home = 25", "home = 25\nclinic = 30", "change: clinic_error: the published error"),
        ("stepdown", "home = 2", "home = 2\nclinic = 3", "change: clinic_error: the published error"),
        ("abd_hold", "weighted variant (HAIE)", "no such setting", "change: home: smaller"),
        (
            "abd_hold",
            "clinic, 7 days, weighted variant (HAIE)",
            "clinic, inter-rater",
            "change: home: smaller",
        ),
    ],
)
def test_a_limit_of_change_is_no_smaller_than_an_error_that_was_read(copy, test_id, old, new, place):
    change(copy, test_id, old, new)

    with pytest.raises(DataFileError) as refused:
        read(copy)

    assert str(refused.value).startswith(f"{test_id}.toml: {place}")


def test_a_limit_of_change_stops_the_app_when_its_error_loses_its_status(copy):
    path = copy / "norms" / "reliability.csv"
    text = path.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if "weighted variant (HAIE)" in line)
    path.write_text(text.replace(row, row.replace(",confirmed,", ",one_copy,")), encoding="utf-8")
    register(copy)

    with pytest.raises(DataFileError, match=r"^abd_hold\.toml: change: home_error: .* is one_copy"):
        read(copy)
