"""Every key that is asked for exists, every key that exists is asked for, and every placeholder is filled."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from screening.services import wording
from screening.services.datafiles import DATA, read_csv, read_toml

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "screening"
CODE = [*sorted(PACKAGE.rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]
SENTENCES = wording.sentences("en")
TABLES = {key.partition(".")[0] for key in SENTENCES}
CODES = ("system", "code", "display", "status", "say", "source", "read_on")
KEY = re.compile(r"[a-z_]+(\.[A-Za-z0-9_-]+)+")
A_FILE = re.compile(r"\.(csv|toml|json|css|mjs|svg|txt|md|py)$")
ANY = "[A-Za-z0-9_.-]*"

NO_KEYS = {
    "self_tests.saved": "the name of a step the visit remembers",
    "share.db": "the name of a file",
}
"""Look like keys and are none."""

MADE_BY_READERS = (r"reason_line\.[A-Z]\w*", r"reason\.[A-Z]\w*", r"item\.[A-Z]\w*")
"""Built from a level and an item's id in one expression; held to the items of the data below."""

IN_THE_BROWSER = {"runner", "viewer"}
"""Tables handed whole to a browser component, whose script picks the sentence and fills it:
tests/views/test_runner.py and tests/sharing_web/test_viewer_words.py hold script and table to each other."""


def looks_like_a_key(text: str) -> bool:
    return bool(KEY.fullmatch(text)) and text.partition(".")[0] in TABLES and not A_FILE.search(text)


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)


def pattern_of(node: ast.JoinedStr) -> str | None:
    """Return a regular expression for a key put together in the code; None when it is no key."""
    text = "".join(str(each.value) if isinstance(each, ast.Constant) else "\0" for each in node.values)
    if not re.fullmatch(r"[a-z_]+\.[A-Za-z0-9_.\0-]+", text) or not looks_like_a_key(text.replace("\0", "x")):
        return None
    return re.escape(text).replace("\0", ANY)


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    """Every node of the code but the pieces of f-strings, with its file."""
    for path in CODE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        pieces = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        yield from ((path, node) for node in ast.walk(tree) if id(node) not in pieces)


def asked_for() -> tuple[dict[str, str], dict[str, str]]:
    """Return keys written out in code and data, and patterns of keys put together, with who asks."""
    exact: dict[str, str] = {}
    patterns: dict[str, str] = {}
    for path, node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and looks_like_a_key(node.value):
            exact[node.value] = path.name
        elif isinstance(node, ast.JoinedStr) and (pattern := pattern_of(node)):
            patterns[pattern] = path.name
    for path in DATA.rglob("*.toml"):
        if path.parent.name != "wording":
            exact |= {text: path.name for text in texts_in(read_toml(path)) if looks_like_a_key(text)}
    exact |= {row["say"]: "codes.csv" for row in read_csv(DATA / "fhir" / "codes.csv", CODES) if row["say"]}
    return exact, patterns


EXACT, PATTERNS = asked_for()
PATTERNS |= dict.fromkeys(MADE_BY_READERS, "rules_reader.py")


def is_asked_for(key: str) -> bool:
    return (
        key in EXACT
        or key.partition(".")[0] in IN_THE_BROWSER
        or any(re.fullmatch(pattern, key) for pattern in PATTERNS)
    )


def test_no_sentence_is_asked_for_that_does_not_exist():
    assert {key: file for key, file in EXACT.items() if key not in SENTENCES and key not in NO_KEYS} == {}


def test_no_family_of_sentences_is_asked_for_that_does_not_exist():
    empty = {
        pattern: file
        for pattern, file in PATTERNS.items()
        if not any(re.fullmatch(pattern, key) for key in SENTENCES)
    }

    assert empty == {}


def test_no_sentence_is_there_that_nobody_asks_for():
    assert [key for key in SENTENCES if not is_asked_for(key)] == []


# --- Tables whose keys are ids of the data ---


def options() -> set[str]:
    found = {"none", "female", "male", "not-said"}
    for question in read_toml(DATA / "questions.toml")["question"]:
        for option in question.get("options", ()):
            entry = {"code": option} if isinstance(option, str) else option
            found.add(entry.get("say", f"option.{entry['code']}").removeprefix("option."))
    return found


def spots() -> set[str]:
    found = {"spot-none"}
    for place in read_toml(DATA / "questions.toml")["place"]:
        sides = ("",) if place.get("middle") else ("-left", "-right")
        found |= {place["code"] + side for side in sides}
    return found


SAFETY = read_toml(DATA / "safety.toml")
ITEMS = [item for each in SAFETY["list"] for item in each["item"]]
LINES_OF_RULES = {text for rule in SAFETY["rule"] for text in rule["reasons"]}


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ("option", options()),
        ("spot", spots()),
        ("item", {item["id"] for item in ITEMS if item.get("needs_signoff")}),
        ("check", set(read_toml(DATA / "questions.toml")["checks"])),
        (
            "reason_line",
            {item["id"] for item in ITEMS if item["level"] != "X"}
            | {
                each.removeprefix("reason_line.")
                for each in LINES_OF_RULES
                if each.startswith("reason_line.")
            },
        ),
    ],
    ids=["option", "spot", "item", "check", "reason_line"],
)
def test_a_table_has_exactly_the_ids_of_the_data(table, wanted):
    assert {key.removeprefix(f"{table}.") for key in SENTENCES if key.startswith(f"{table}.")} == wanted


def test_every_item_that_leaves_a_test_out_has_its_reason():
    leaving = {item["id"] for item in ITEMS if item["level"] == "X" or item.get("removes")}

    assert leaving - {key.removeprefix("reason.") for key in SENTENCES} == set()


# --- Placeholders ---

FILLED_BY_ITSELF = {"emergency"}
"""views/words.py fills the host's emergency number into every sentence."""

OF_A_SCORE = {"value", "unit", "cap", "cut", "upper", "mean", "fewest", "most"}
"""What domain/scoring.py gives with a score; the sentences of a score are said with all of it."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def names_filled() -> dict[str, set[str]]:
    """Return the placeholders filled where each key or pattern is said; ``**`` fills any."""
    found: dict[str, set[str]] = {}
    for _, node in nodes():
        if isinstance(node, ast.Call) and node.keywords:
            names = {each.arg or "**" for each in node.keywords}
            for pattern in (each for argument in node.args for each in keys_in(argument)):
                found.setdefault(pattern, set()).update(names)
    return found


def keys_in(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr) and (pattern := pattern_of(node)):
        yield pattern
    elif isinstance(node, ast.IfExp):
        yield from keys_in(node.body)
        yield from keys_in(node.orelse)


CHOSEN_FIRST = {"self_tests.which": {"side"}}
"""Families whose key is chosen in one line and said in the next."""


def test_every_placeholder_is_filled_where_the_sentence_is_said():
    said = names_filled()
    empty = {}
    for key, text in SENTENCES.items():
        given = set().union(*(names for pattern, names in said.items() if re.fullmatch(pattern, key)))
        given |= CHOSEN_FIRST.get(key.rpartition(".")[0], set())
        given |= OF_A_SCORE if key.startswith(("band.", "no_band.")) else set()
        missing = placeholders(text) - FILLED_BY_ITSELF - given
        if missing and "**" not in given and key.partition(".")[0] not in IN_THE_BROWSER:
            empty[key] = missing

    assert empty == {}
