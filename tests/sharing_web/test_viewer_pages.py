"""What the viewer says in every case: its own script, over HTTP from our own routes, in Node."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.browser.phone import in_ci
from tests.handover.conftest import KNOWN, everything, person
from tests.sharing_web.conftest import attacked, crafted, document

from screening.domain.answers import Activity
from screening.services import fhir
from screening.services.assessment import assess
from screening.services.share_codes import code_texts, measure_code
from screening.services.summary import Detail, summarise
from screening.services.wording import speaker
from screening.sharing import crypto, link

HERE = Path(__file__).resolve().parent
_words = speaker("en")


def say(key: str, **values: object) -> str:
    return _words(f"viewer.{key}", **values)


SHOW, AGAIN = ("press", say("show")), ("press", say("again"))
DOWN = ("answer", {"status": 503, "headers": {"retry-after": "30"}})


@dataclass
class Visit:
    """What one visit of the viewer came to: what was seen after each step, what was asked and saved."""

    shots: list[dict[str, Any]]
    asked: list[dict[str, Any]]
    files: list[dict[str, str]]
    gone: list[str]

    @property
    def last(self) -> dict[str, Any]:
        return self.shots[-1]

    @property
    def text(self) -> str:
        return str(self.last["text"])


class Reader:
    """One Node process that opens links, one after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def open(self, address: str, *steps: tuple[Any, ...], secure: bool = True) -> Visit:
        assert self.process.stdin
        assert self.process.stdout
        wish = {"address": address, "steps": [(*each, None)[:2] for each in steps], "secure": secure}
        self.process.stdin.write(json.dumps(wish) + "\n")
        self.process.stdin.flush()
        return Visit(**json.loads(self.process.stdout.readline()))


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    node = shutil.which("node")
    if node is None:
        (pytest.fail if in_ci() else pytest.skip)("needs Node")
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([str(node), str(HERE / "reader.mjs")], **pipes) as process:
        yield Reader(process)
        process.kill()


def of_a_person():
    """A document with every answer, of somebody who did every test."""
    told = person(attempts=everything(), activity=Activity(days_per_week=5))
    return fhir.build(summarise(assess(told, KNOWN), told, KNOWN, detail=Detail.ANSWERS), KNOWN)


def views(site, made):
    return site.store.status(made.id, made.token).views


# --- Nothing before a press ---


def test_before_a_press_nothing_is_asked_and_one_press_asks_once(live_site, reader):
    made = live_site.share()

    before = reader.open(made.link)
    twice = reader.open(made.link, ("twice", say("show")))

    assert (before.asked, views(live_site, made)) == ([], 1)
    assert before.last["buttons"] == [say("show")]
    assert say("intro") in before.text
    assert [each["method"] for each in twice.asked] == ["GET"]
    assert {(each["credentials"], each["redirect"]) for each in twice.asked} == {("omit", "error")}
    assert say("tests") in twice.text
    assert (twice.last["focus"], twice.last["said"]) == ("h1", say("opened"))
    assert made.key not in json.dumps(twice.asked)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"exp": 1}, "expired"),
        ({"v": 2}, "newer"),
        ({"url": "https://evil.example/s/" + "A" * 43}, "damaged"),
        ({"url": "javascript:alert(1)"}, "damaged"),
        ({"key": "short"}, "damaged"),
        ({"flag": "PU"}, "damaged"),
    ],
    ids=str,
)
def test_what_needs_no_question_is_said_without_one(live_site, reader, change, words):
    seen = reader.open(crafted(live_site, live_site.share(), **change))

    assert say(words) in seen.text
    assert seen.last["said"] == say(words)
    assert say("show") not in seen.last["buttons"]
    assert seen.asked == []


def test_without_https_the_page_asks_for_it_and_asks_nobody(live_site, reader):
    seen = reader.open(live_site.share().link, secure=False)

    assert say("no_https") in seen.text
    assert (seen.last["buttons"], seen.asked) == ([], [])


# --- What an open link says ---


def test_a_link_says_what_is_in_it(live_site, reader):
    seen = reader.open(live_site.share(document("answers")).link, SHOW)

    for words in (
        say("banner"), "Done on November 22, 2026", "Front of the knee, right", "6 of 10",
        "Chair stands in 30 seconds", "11 stands", "Lower than most people your age",
        "45 s or more", "22.4 s", "1 of 6", say("less"), "Stopped because of pain",
        "Right side did less", "Could not do it", "Not done", say("answers"),
        "never part of this summary", "Riverside Physical Therapy", "+1 617 555 0100", "This link ends on",
        "Pain before, during and after: 4 / 7 / \u2013",
    ):  # fmt: skip
        assert words in seen.text, words
    assert len([each for each in seen.last["pictures"] if each.startswith("Front of the body")]) == 1
    assert say("figure_front", spot="Front of the knee, right") in seen.last["pictures"]
    assert len(seen.last["pictures"]) == 12
    assert (
        say("strip", name="Stand on one leg", side="Right", value="22.4 s", most=45) in seen.last["pictures"]
    )


def test_of_an_invented_person_the_first_sentence_says_so(live_site, reader):
    told = person(attempts=everything())
    summary = summarise(assess(told, KNOWN), told, KNOWN, example=True, with_therapist=True)

    seen = reader.open(live_site.share(fhir.build(summary, KNOWN)).link, SHOW)

    said = seen.text.index(_words("share.example_text"))
    assert said < seen.text.index("Done on")
    assert say("banner") not in seen.text, "nobody did these tests at home"
    assert _words("share.therapist_text") in seen.text


def test_every_picture_of_every_test_has_its_words_and_usual_activity_is_an_answer(live_site, reader):
    text = reader.open(live_site.share(of_a_person()).link, SHOW).text
    tests, _, answers = text.partition(f"\n{say('answers')}\n")

    assert "Active days" not in tests
    assert "Active days in a week\n5" in answers
    assert "Hours sat on a day\nNot answered" in answers
    assert "Stairs; Sitting a long time with bent knees" in answers
    for test in KNOWN.selftests:
        assert code_texts("en")[measure_code(test.id)] in tests


def test_a_margin_is_told_in_whole_units(live_site, reader):
    text = reader.open(live_site.share(of_a_person()).link, SHOW).text
    margins = [line for line in text.split("\n") if line.startswith("A home test can be off")]

    assert say("margin", value="12 s") in margins
    assert [line for line in margins if "." in line.removesuffix(".")] == []


def test_the_saved_file_is_the_document(live_site, reader):
    seen = reader.open(live_site.share(document("answers")).link, SHOW, ("press", say("save")))

    (file,) = seen.files
    assert file["name"] == "self-check-2026-11-22.fhir.json"
    assert json.loads(file["text"]) == document("answers")


def test_closing_replaces_the_address_and_leaves_nothing_to_read(live_site, reader):
    seen = reader.open(live_site.share().link, SHOW, ("press", say("close")))

    assert seen.gone == ["/v"]
    assert say("closed") in seen.text
    assert "knee" not in seen.text.lower()


def test_a_document_of_a_later_format_is_shown_as_a_plain_table(live_site, reader):
    said = document()
    said["meta"]["tag"][0]["code"] = "share-format-9"

    seen = reader.open(live_site.share(said).link, SHOW)

    assert say("older_page") in seen.text
    assert "22.4 s" in seen.text
    assert len([line for line in seen.text.split("\n") if "\t" in line]) == 17


def test_an_attack_in_a_text_stays_a_text(live_site, reader):
    seen = reader.open(live_site.share(attacked()).link, SHOW)

    assert "<img src=x onerror=alert(1)>" in seen.text
    assert "\u202e" not in seen.text
    assert not {"img", "script", "iframe", "style", "object", "a"} & {*seen.last["tags"]} - {"a"}
    assert len(seen.asked) == 1


@pytest.mark.parametrize(
    "said",
    [[], {}, {"resourceType": "Bundle", "type": "document"}, "x", 7, {"a": None}, {"entry": [1]}],
    ids=str,
)
def test_what_is_no_document_is_called_damaged(live_site, reader, said):
    assert say("damaged") in reader.open(live_site.share(said).link, SHOW).text


# --- The code ---


def test_a_code_is_asked_for_and_the_key_never_travels(live_site, reader):
    made = live_site.share(code="123456")

    seen = reader.open(made.link, SHOW, ("fill", "999999"), SHOW, ("fill", "123 4-56"), ("enter", None))

    field = seen.shots[0]["fields"][0]
    assert (field["inputmode"], field["autocomplete"]) == ("numeric", "one-time-code")
    assert say("need_code") in seen.shots[1]["text"]
    assert seen.shots[1]["asked"] == 0
    assert say("wrong_code", n=4) in seen.shots[3]["text"]
    assert seen.shots[3]["focus"] == "input"
    assert say("tests") in seen.text
    assert made.key not in json.dumps(seen.asked)
    assert [json.loads(each["body"])["passcode"] for each in seen.asked] == ["999999", "123456"]


def test_the_last_wrong_code_ends_it_and_names_whom_to_ask(live_site, reader):
    made = live_site.share(code="123456")
    wrong = [("fill", "000000"), SHOW] * 5

    seen = reader.open(made.link, *wrong, ("fill", "123456"), SHOW)

    said = [shot["text"] for shot in seen.shots[2:11:2]]
    expected = [*(say("wrong_code", n=n) for n in (4, 3, 2)), say("wrong_code_one"), say("wrong_code_last")]
    assert [words in text for words, text in zip(expected, said, strict=True)] == [True] * 5
    assert say("not_active") in seen.text
    assert "Riverside Physical Therapy" in seen.text
    assert "+1 617 555 0100" in seen.text


# --- What goes wrong, in one sentence ---


def test_another_key_opens_nothing_and_never_half(live_site, reader):
    seen = reader.open(crafted(live_site, live_site.share(), key=link.new_secret()), SHOW)

    assert say("damaged") in seen.text
    assert "knee" not in seen.text.lower()


def test_a_cut_link_can_be_pasted_again_and_a_stopped_one_says_whom_to_ask(live_site, reader):
    made = live_site.share()
    cut = reader.open(
        made.link[:-20], ("press", say("paste")), ("fill", made.link), ("press", say("paste_button")), SHOW
    )
    live_site.store.revoke(made.id, made.token)
    stopped = reader.open(made.link, SHOW)

    assert say("damaged") in cut.shots[0]["text"]
    assert say("tests") in cut.text
    assert say("not_active") in stopped.text
    assert "Riverside Physical Therapy" in stopped.text


def test_an_expired_link_is_not_active_also_where_the_link_does_not_say_so(live_site, reader):
    made = live_site.share(days=1)
    now = live_site.clock.now
    live_site.clock.now = made.expires
    try:
        assert say("not_active") in reader.open(crafted(live_site, made, exp=4e9), SHOW).text
    finally:
        live_site.clock.now = now


@pytest.mark.parametrize("wrong", [DOWN, ("answer", "broken"), ("answer", {"status": 500})], ids=str)
def test_a_server_in_trouble_says_so_and_a_second_try_works(live_site, reader, wrong):
    seen = reader.open(live_site.share().link, wrong, SHOW, AGAIN, SHOW)

    assert say("server") in seen.shots[2]["text"]
    assert say("tests") in seen.text


def test_too_many_tries_tell_the_wait(live_site, reader):
    often = ("answer", {"status": 429, "headers": {"retry-after": "17"}})

    assert say("too_often", n=17) in reader.open(live_site.share().link, often, SHOW).text


def test_a_huge_document_is_cut_to_what_can_be_read(live_site, reader):
    """Larger than any the store takes: two thousand results, and a title of ten thousand letters."""
    said = document()
    said["entry"][0]["resource"]["section"][3]["title"] = "x" * 10_000
    said["entry"] += [
        {"resource": {"resourceType": "Observation", "code": {"text": f"Test {number}"}}}
        for number in range(3000)
    ]
    made = live_site.share()
    jwe = crypto.seal(json.dumps(said).encode(), link.decode(made.key))
    large = ("answer", {"body": jwe, "headers": {"content-type": "application/jose"}})

    text = reader.open(made.link, large, SHOW).text

    assert "x" * 400 in text
    assert "x" * 401 not in text
    assert "Test 1900" in text
    assert "Test 2900" not in text


@pytest.mark.parametrize("text", ["{link}", "{bare}", "  {link} "])
def test_a_pasted_link_is_taken_bare_or_whole(live_site, reader, text):
    made = live_site.share()
    pasted = text.format(link=made.link, bare=made.link.partition("#")[2])

    seen = reader.open(
        f"{live_site.host.share_base}/v", ("fill", pasted), ("press", say("paste_button")), SHOW
    )

    assert say("paste_help") in seen.shots[0]["text"]
    assert say("tests") in seen.text


# --- The stop page ---


def test_the_stop_page_asks_nothing_by_itself_counts_and_stops(live_site, reader):
    made = live_site.share()
    count, stop = ("press", say("stop_count")), ("press", say("stop_button"))

    none = reader.open(made.stop, count)
    live_site.store.fetch(made.id)
    once = reader.open(made.stop, count)
    live_site.store.fetch(made.id)
    rest = reader.open(made.stop, count, stop, stop, count)

    assert none.shots[0]["asked"] == 0
    assert say("count_none") in none.text
    assert "It was opened once, on" in once.text
    assert "It was opened 2 times" in rest.shots[1]["text"]
    assert say("stopped") in rest.shots[2]["text"]
    assert say("stopped") in rest.shots[3]["text"]
    assert say("count_ended") in rest.text
    assert say("not_active") in reader.open(made.link, SHOW).text


def test_another_token_stops_nothing(live_site, reader):
    made, other = live_site.share(), live_site.share()
    forged = link.stop_link(str(live_site.host.share_base), made.id, other.token)

    seen = reader.open(forged, ("press", say("stop_button")))

    assert say("stop_wrong") in seen.text
    assert live_site.store.fetch(made.id)
