"""The viewer's script and its table of words, held to each other."""

import re

from screening.services import wording
from screening.services.summary_drawing import viewer_words
from screening.web.viewer_page import DRAWING, FOLDER

SCRIPT = (DRAWING / "draw.mjs").read_text(encoding="utf-8") + (FOLDER / "v.js").read_text(encoding="utf-8")
PAGE = (FOLDER / "v.html").read_text(encoding="utf-8")
TABLE = {
    key.removeprefix("viewer."): text
    for key, text in wording.sentences("en").items()
    if key.startswith("viewer.")
}
QUOTED = set(re.findall(r'"([a-z_.]+)"', SCRIPT)) | set(re.findall(r"\{([a-z_]+)\}", PAGE))
ASKED = set(re.findall(r'(?:told|button|message|show|complain)\(\s*"([a-z_.]+)"', SCRIPT))


def test_every_sentence_the_script_asks_for_is_there():
    assert len(ASKED) > 30
    assert ASKED - TABLE.keys() == set()


def test_every_sentence_that_is_there_is_asked_for():
    units = {f"unit.{each}" for each in QUOTED}

    assert {key for key in TABLE if key not in QUOTED | units} == set()


def test_every_language_has_every_word_of_the_viewer():
    for language in wording.languages():
        assert viewer_words(language).keys() == viewer_words("en").keys()
        assert all(viewer_words(language)["codes"].values())


def test_the_script_keeps_to_what_the_squeezing_understands():
    for line in SCRIPT.splitlines():
        code = re.sub(r'"(?:[^"\\]|\\.)*"|`[^`]*`', "", line)
        assert code.lstrip().startswith("//") or "; //" not in code
        for pattern in re.findall(r"(?<=[(=,:] )/[^/]+/|(?<=\()/[^/]+/", code):
            assert " " not in pattern


def test_the_script_makes_no_html_and_keeps_nothing():
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert word not in SCRIPT
    for word in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "console."):
        assert word not in SCRIPT
