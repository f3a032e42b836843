"""What a recipient will see of a built document, in plain rows. Read from the document and nothing else."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from screening.services.catalogue import Catalogue
from screening.services.fhir import SCORE, STANDS, shown
from screening.services.share_codes import OWN, measure_code
from screening.services.wording import Say

Json = Mapping[str, Any]
Row = tuple[str, str, str]

PAIN_MOST = 10
"""End of the pain scales."""

_MARK = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One document as words.

    Attributes:
        day: Of the tests, ``YYYY-MM-DD``.
        pain: Question or measure, value, place.
        tests: Test with its side, value, and everything said about it.
        answers: Question and answer; empty where the person did not add them.
        texts: Title and text of the fixed parts.
    """

    day: str
    pain: tuple[Row, ...]
    tests: tuple[Row, ...]
    answers: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]


def preview(document: Json, known: Catalogue, say: Say) -> Preview:
    """Read a document that `fhir.build` made.

    Args:
        document: The bundle, whole, as it is sealed for the link.
        known: The catalogue, for the ends of the scales.
        say: Words for units; every other word is the document's own.
    """
    ends = {measure_code(test.id): test.cap or test.valid[1] for test in known.selftests}
    resources = [entry["resource"] for entry in document["entry"]]
    cover = resources[0]
    rows = [(_own(each["code"]), _row(each, ends, say)) for each in resources if _is(each, "Observation")]
    forms = [each for each in resources if _is(each, "QuestionnaireResponse")]
    usual = [(row[0], row[1]) for code, row in rows if code.startswith("usual-")]
    return Preview(
        day=cover["date"],
        pain=tuple(row for code, row in rows if code.startswith("pain-")),
        tests=tuple(row for code, row in rows if not code.startswith(("pain-", "usual-"))),
        answers=(*(pair for form in forms for pair in _answered(form.get("item", ()))), *usual),
        texts=tuple(
            (part["title"], _words(part["text"]["div"])) for part in cover["section"] if "entry" not in part
        ),
    )


def _is(resource: Json, kind: str) -> bool:
    return bool(resource["resourceType"] == kind)


def _own(concept: Json) -> str:
    return next(str(each["code"]) for each in concept["coding"] if each["system"] == OWN)


def _row(made: Json, ends: Mapping[str, float], say: Say) -> Row:
    site = made.get("bodySite", {}).get("text", "")
    tested = made["category"][0]["coding"][0]["code"] == "activity"
    name = f"{made['code']['text']}, {site}" if tested and site else made["code"]["text"]
    said = [*_said(made, say)] if tested else [site]
    code = _own(made["code"])
    most = PAIN_MOST if code.startswith("pain-") else ends.get(code.removesuffix("-squat"))
    return name, _value(made, most, say), ". ".join(each for each in said if each)


def _value(made: Json, most: float | None, say: Say) -> str:
    if "dataAbsentReason" in made:
        return str(made["dataAbsentReason"]["text"])
    if "valueCodeableConcept" in made:
        return str(made["valueCodeableConcept"]["text"])
    number = _number(made, say)
    scored = "valueInteger" in made or made["valueQuantity"]["code"] == SCORE
    return say("share.unit.points", value=number, most=shown(most)) if scored and most else number


def _number(made: Json, say: Say) -> str:
    if "valueInteger" in made:
        return shown(made["valueInteger"])
    quantity = made["valueQuantity"]
    unit = {"s": "share.unit.s", STANDS: "share.unit.stands"}.get(quantity["code"])
    text = say(unit, value=shown(quantity["value"])) if unit else shown(quantity["value"])
    return say("share.or_more", value=text) if "comparator" in quantity else text


def _said(made: Json, say: Say) -> Iterator[str]:
    """Everything beside the value; a reason already stands in its place."""
    for part in made.get("component", ()):
        if _own(part["code"]) == "reason":
            continue
        value = part.get("valueCodeableConcept")
        name = part["code"]["text"]
        if _own(part["code"]) == "band":
            yield value["text"]
        else:
            yield f"{name}: {value['text'] if value else _number(part, say)}"


def _answered(items: Any) -> Iterator[tuple[str, str]]:
    for item in items:
        if "answer" in item:
            yield item["text"], "; ".join(_answer(each) for each in item["answer"])
        yield from _answered(item.get("item", ()))


def _answer(each: Json) -> str:
    return str(each["valueCoding"]["display"]) if "valueCoding" in each else str(each["valueInteger"])


def _words(div: str) -> str:
    """Return the text of one of our fixed sentences, without its marks."""
    return unescape(_MARK.sub("", div))
