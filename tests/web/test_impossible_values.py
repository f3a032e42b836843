"""What no browser would send: an impossible value for every kind of question changes and breaks nothing.

Straight over the web socket. A kind of field, what is sent for it, and the sentence that says so beside it.
"""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from tests.browser.phone import sore_knee
from tests.client import Said, Visit, together
from tests.server import Server
from tests.sitting import Sitting

from screening.domain.answers import Answers
from screening.services import answers_file, wording
from screening.services.catalogue import load

say = wording.speaker("en")
NOBODY = "nobody-offered-this"


@dataclass(frozen=True)
class Wrong:
    """One impossible value.

    Attributes:
        page: The page it is sent to.
        kind: The kind of element, as in ``Element``.
        label: What the question is called.
        value: The widget's value, as in ``WidgetState``.
        words: What a person would read then; empty where the tap is just not taken.
        step: The part of the page.
    """

    page: str
    kind: str
    label: str
    value: dict[str, Any]
    words: str = ""
    step: str = ""


def age(text: str) -> Wrong:
    return Wrong("about_you", "text_input", say("text.A0"), {"string_value": text}, say("error.age"))


def one(page: str, kind: str, label: str, step: str = "") -> Wrong:
    field = "string_value" if kind == "radio" else "string_array_value"
    value: object = NOBODY if kind == "radio" else [NOBODY]
    return Wrong(page, kind, label, {field: value}, step=step)


WRONG = {
    **{f"age {text!r}": age(text) for text in ("-3", "7", "140", "400", "abc", "9" * 5000, "62.5", "1e3")},
    "a sex": one("about_you", "radio", say("about_you.sex")),
    "days of a week": one("about_you", "button_group", say("about_you.strength_days")),
    "a spot": one("where", "button_group", say("where.place.front_knee")),
    "a pain": one("pain", "button_group", say("text.P2")),
    "eleven of ten": Wrong("pain", "button_group", say("text.P2"), {"string_array_value": ["11"]}),
    "how it started": one("pain", "radio", say("question.Q4"), "how_it_behaves"),
}


def draft(told: Answers) -> str:
    return answers_file.dumps(told, load())


def unharmed(server: Server, before: str, *said: Said) -> None:
    """Nothing was written down, nothing broke, and no word of what was sent is in the log."""
    assert not [each for one in said for each in one.elements("exception")]
    assert not any(say("edge.script_error") in one.words for one in said)
    new = server.output.removeprefix(before)
    assert "Error" not in new
    assert "Traceback" not in new
    assert NOBODY not in new


@pytest.mark.parametrize("name", WRONG)
def test_an_impossible_answer_is_not_taken(server: Server, name: str) -> None:
    wrong = WRONG[name]
    log = server.output

    async def send() -> None:
        async with Visit(server.port, wrong.page) as visit:
            her = Sitting(visit)
            page = await her.open(draft(sore_knee(wrong.page)), wrong.step)
            told = her.kept
            field = next(each for each in page.elements(wrong.kind) if each.label == wrong.label)
            visit.set(field.id, **wrong.value)
            after = await her.run()
            tried = await her.run(press=page.button(say("frame.next")))

            assert her.kept == told
            assert wrong.words in " ".join(tried.words)
            assert tried.headings[0] == say(f"title.{wrong.page}")
            unharmed(server, log, after, tried)
            again = await her.run()
            assert say(f"title.{wrong.page}") in again.headings

    together(send())


# -- a number for a test -------------------------------------------------------------------------------

TESTS = {
    "a hold of -3 s": ("sls", "left", -3, say("self_tests.error.range", low="0", high="45")),
    "a hold of 400 s": ("sls", "left", 400, say("self_tests.error.range", low="0", high="45")),
    "400 stands": ("cst30", None, 400, say("self_tests.error.whole", low="0", high="60")),
}


@pytest.mark.parametrize("name", TESTS)
def test_an_impossible_number_from_the_runner_or_by_hand_is_not_taken(server: Server, name: str) -> None:
    test, side, value, words = TESTS[name]
    log = server.output

    async def send() -> None:
        async with Visit(server.port, "self_tests") as visit:
            her = Sitting(visit)
            page = await her.open(draft(sore_knee("self_tests")), f"{test}:{side or 'both'}")
            told = her.kept
            for form in page.elements("button_group"):
                if form.label == say("self_tests.form_ask"):
                    visit.set(form.id, string_array_value=[say("self_tests.form.standard")])
                    page = await her.run()

            runner = next(
                each for each in page.elements("bidi_component") if each.component_name.endswith("runner")
            )
            held = {
                "id": name, "test": test, "side": side, "value": value, "capped": False, "ended_by": "tired",
                "tries": [value], "form": "standard", "fresh": None,
            }  # fmt: skip
            visit.set(runner.id, json_value=json.dumps({"held": held}))
            reported = await her.run()
            assert say("self_tests.error.report") in reported.words
            assert her.kept == told
            visit.set(runner.id, json_value=json.dumps({"held": None}))

            typing = await her.run(press=reported.button(say("self_tests.type")))
            label = say(f"self_tests.typed.{load().selftests[test].unit}")
            field = next(each for each in typing.elements("text_input") if each.label == label)
            visit.set(field.id, string_value=str(value))
            refused = await her.run(press=typing.button(say("self_tests.typed.save")))
            assert her.kept == told
            assert words in " ".join(refused.words)
            unharmed(server, log, reported, typing, refused)

    together(send())
