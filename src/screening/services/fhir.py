"""A summary as a FHIR R4 document: plain dictionaries, fixed sentences, no lasting id.

Source: FHIR R4 (4.0.1), Bundle of type document; the shape and every choice are in the interoperability
design. Only codes of ``data/fhir/codes.csv`` are written.
"""

import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from screening.services.catalogue import Catalogue
from screening.services.questionnaires import answer_text, groups_of, question_text
from screening.services.share_codes import OWN, PAIN_FORM, code_texts, codes
from screening.services.summary import Answered, Around, Comparison, Detail, Item, Summary
from screening.services.wording import DEFAULT_LANGUAGE, Say, speaker

Json = dict[str, Any]
NewId = Callable[[], uuid.UUID]

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
INVENTED = ("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST")
"""HL7's label for data of nobody: other software can leave it out."""

REPORTED = ("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "PATRPT")
XHTML = "http://www.w3.org/1999/xhtml"

STANDS = "{#}/(30.s)"
SCORE = "{score}"

OUTSIDE = {"pain-now": "72514-3", "cst30": "66247-8", "cst30-arms": "93125-3"}
"""Published codes of our measures. The first chair code only with arms crossed and a studied seat."""

_ABSENT = {
    "reason-stopped-for-pain": ("unknown", "share.absent_pain"),
    "reason-stopped-other": ("unknown", "share.absent_other"),
    "reason-could-not": ("not-performed", "share.absent_could_not"),
    "reason-not-done": ("not-performed", "share.absent_not_done"),
}

USUAL = (
    ("usual-active-days", "days_per_week", "d/wk"),
    ("usual-active-minutes", "minutes_per_day", "min/d"),
    ("usual-strength-days", "strength_days", "d/wk"),
    ("usual-sitting-hours", "sitting_hours", "h/d"),
)
"""Usual activity: code, attribute of ``Activity``, UCUM unit."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def build(
    summary: Summary, known: Catalogue, *, language: str = DEFAULT_LANGUAGE, new_id: NewId = uuid.uuid4
) -> Json:
    """Return the document of a summary.

    Args:
        summary: What may leave the app.
        known: The catalogue, for the order of the questions.
        language: Of every text in it.
        new_id: Makes the random ids; new ones for every document.

    Raises:
        ValueError: The day is not a day.
    """
    if not _DAY.fullmatch(summary.day):
        raise ValueError("the day must be YYYY-MM-DD")
    return _Writer(summary, known, speaker(language), language, new_id).bundle()


def title(summary: Summary, say: Say) -> str:
    """Return the title of every exit; of an invented person it says so first."""
    return f"{say('share.example')}. {say('share.title')}" if summary.example else say("share.title")


def banner(summary: Summary, say: Say) -> tuple[str, ...]:
    """Return what stands on top of every exit: whose it is, and who was there."""
    lines = [say("share.example_text")] if summary.example else []
    lines.append(say("share.banner"))
    return (*lines, say("share.therapist_text")) if summary.with_therapist else tuple(lines)


@dataclass(slots=True)
class _Writer:
    """One document in the making."""

    summary: Summary
    known: Catalogue
    say: Say
    language: str
    new_id: NewId
    person: str = ""
    device: str = ""

    def bundle(self) -> Json:
        """Put cover, person, device and results together, in a fixed order."""
        bundle_id = self._urn()
        cover = self._urn()
        self.person, self.device = self._urn(), self._urn()
        form = [(self._urn(), self._response())] if self.summary.detail == Detail.ANSWERS else []
        source = form[0][0] if form else None
        pain = [(self._urn(), each) for each in self._pains(source)]
        tests = [(self._urn(), each) for each in self._tests()]
        entries = [
            (cover, self._cover([*form, *pain], tests)),
            (self.person, self._person()),
            (self.device, self._device()),
            *form,
            *pain,
            *tests,
        ]
        return {
            "resourceType": "Bundle",
            "meta": {
                **({"security": [_code(*INVENTED)]} if self.summary.example else {}),
                "tag": [self._own("share-format-1"), self._own(f"detail-{self.summary.detail}")],
            },
            "language": self.language,
            "identifier": {"system": "urn:ietf:rfc:3986", "value": bundle_id},
            "type": "document",
            "timestamp": f"{self.summary.day}T00:00:00Z",
            "entry": [
                {
                    "fullUrl": urn,
                    "resource": {
                        "resourceType": each["resourceType"],
                        "id": urn.removeprefix("urn:uuid:"),
                        **{key: value for key, value in each.items() if key != "resourceType"},
                    },
                }
                for urn, each in entries
            ],
        }

    def _urn(self) -> str:
        return f"urn:uuid:{self.new_id()}"

    # -- the frame

    def _cover(self, reported: list[tuple[str, Json]], tests: list[tuple[str, Json]]) -> Json:
        say = self.say
        return {
            "resourceType": "Composition",
            "meta": _reported(),
            "language": self.language,
            "text": _narrative("".join(f"<p>{escape(each)}</p>" for each in banner(self.summary, say))),
            "status": "final",
            "type": {"coding": [_code(LOINC, "51855-5")], "text": "Patient note"},
            "subject": {"reference": self.person},
            "date": self.summary.day,
            "author": [{"reference": self.person}, {"reference": self.device}],
            "title": title(self.summary, say),
            "confidentiality": "N",
            "section": [
                *(self._section(*each) for each in self._who()),
                self._section("share.reported", self._pain_table(), reported),
                self._section("share.tests", self._test_table(), tests),
                self._section("share.can_mean", f"<p>{escape(say('share.can_mean_text'))}</p>"),
                self._section("share.not_in", f"<p>{escape(say('share.not_in_text'))}</p>"),
            ],
        }

    def _who(self) -> Iterator[tuple[str, str]]:
        if self.summary.example:
            yield "share.example", f"<p>{escape(self.say('share.example_text'))}</p>"
        if self.summary.with_therapist:
            yield "share.therapist", f"<p>{escape(self.say('share.therapist_text'))}</p>"

    def _section(self, title: str, text: str, entries: list[tuple[str, Json]] | None = None) -> Json:
        made: Json = {"title": self.say(title), "text": _narrative(text)}
        if entries:
            made["entry"] = [{"reference": urn} for urn, _ in entries]
        return made

    def _person(self) -> Json:
        return {"resourceType": "Patient", "text": _narrative(f"<p>{escape(self.say('share.person'))}</p>")}

    def _device(self) -> Json:
        return {
            "resourceType": "Device",
            "text": _narrative(f"<p>{escape(self.say('share.device_about'))}</p>"),
            "deviceName": [{"name": self.say("share.device"), "type": "user-friendly-name"}],
            "version": [
                {"type": {"text": part}, "value": value} for part, value in self.summary.versions.items()
            ],
        }

    # -- the narrative says what the coded part says

    def _pain_table(self) -> str:
        text = code_texts(self.language)
        rows = [
            (text[name], shown(value) if value is not None else why) for name, value, why in self._pain_rows()
        ]
        if self.summary.worst:
            rows.insert(0, (self.say("share.worst"), text[self.summary.worst]))
        if self.summary.activity is not None:
            rows += [
                (text[name], self.say("share.not_answered") if value is None else shown(value))
                for name, value, _ in self._usual_rows()
            ]
        return _table(self.say("share.pain_table"), (self.say("share.item"), self.say("share.answer")), rows)

    def _test_table(self) -> str:
        text = code_texts(self.language)
        rows = []
        for each in self._in_order():
            if isinstance(each, Comparison):
                rows.append((text[each.measure], "", text[each.code]))
            else:
                side = f", {text[f'side-{each.side}']}" if each.side else ""
                said = text[each.reason or each.band or ""] if each.reason or each.band else ""
                rows.append((text[each.measure] + side, self._result(each), said))
        head = (self.say("share.test"), self.say("share.result"), self.say("share.compared"))
        return _table(self.say("share.tests_table"), head, rows)

    def _result(self, item: Item) -> str:
        return amount(item, self.say)

    # -- results

    def _pain_rows(self) -> Iterator[tuple[str, float | None, str]]:
        why = (
            code_texts(self.language)["spot-none"] if self.summary.no_pain else self.say("share.not_answered")
        )
        for name, value in (
            ("pain-average-7d", self.summary.average),
            ("pain-now", self.summary.now),
            ("pain-impact", self.summary.impact),
        ):
            yield name, value, why

    def _usual_rows(self) -> Iterator[tuple[str, int | None, str]]:
        for name, attribute, unit in USUAL:
            yield name, getattr(self.summary.activity, attribute), unit

    def _pains(self, source: str | None) -> Iterator[Json]:
        for name, value, why in self._pain_rows():
            made = self._observation("survey", name)
            if value is None:
                made["dataAbsentReason"] = {"coding": [_code(ABSENT, "unknown")], "text": why}
            elif name == "pain-impact":
                made["valueQuantity"] = _quantity(value, SCORE)
            else:
                made["valueInteger"] = int(value)
            if self.summary.worst and name != "pain-impact":
                made["bodySite"] = self._concept(self.summary.worst)
            if source:
                made["derivedFrom"] = [{"reference": source}]
            yield made
        if self.summary.activity is not None:
            yield from self._usual()

    def _usual(self) -> Iterator[Json]:
        for name, value, unit in self._usual_rows():
            made = self._observation("survey", name)
            if value is None:
                why = self.say("share.not_answered")
                made["dataAbsentReason"] = {"coding": [_code(ABSENT, "unknown")], "text": why}
            else:
                made["valueQuantity"] = _quantity(value, unit)
            yield made

    def _in_order(self) -> Iterator[Item | Comparison]:
        gaps = {each.test: each for each in self.summary.comparisons}
        items = self.summary.items
        for place, item in enumerate(items):
            yield item
            last = place + 1 == len(items) or items[place + 1].test != item.test
            if last and item.test in gaps:
                yield gaps[item.test]

    def _tests(self) -> Iterator[Json]:
        for each in self._in_order():
            if isinstance(each, Comparison):
                made = self._observation("activity", each.measure)
                made["valueCodeableConcept"] = self._concept(each.code)
            else:
                made = self._test(each)
            made["device"] = {"reference": self.device}
            yield made

    def _test(self, item: Item) -> Json:
        made = self._observation("activity", item.measure, studied=item.studied_seat)
        made |= self._value(item)
        if item.side is not None:
            made["bodySite"] = self._concept(f"side-{item.side}")
        parts = [*self._parts(item), *self._around(item)]
        if parts:
            made["component"] = parts
        return made

    def _value(self, item: Item) -> Json:
        if item.value is None:
            code, why = _ABSENT[str(item.reason)]
            return {"dataAbsentReason": {"coding": [_code(ABSENT, code)], "text": self.say(why)}}
        if item.unit not in _UNITS:
            return {"valueInteger": int(item.value)}
        found = _quantity(item.value, _UNITS[item.unit], capped=item.capped)
        return {"valueQuantity": found}

    def _parts(self, item: Item) -> Iterator[Json]:
        for name, value in (("band", item.band), ("reason", item.reason)):
            if value is not None:
                yield {"code": self._concept(name), "valueCodeableConcept": self._concept(value)}
        if item.margin is not None:
            unit = _UNITS.get(item.unit, SCORE)
            yield {"code": self._concept("margin"), "valueQuantity": _quantity(item.margin, unit)}

    def _around(self, item: Item) -> Iterator[Json]:
        around = item.around or Around()
        for value in around.tries:
            unit = _UNITS.get(item.unit, SCORE)
            yield {"code": self._concept("tries"), "valueQuantity": _quantity(value, unit)}
        for when in ("before", "during", "after"):
            pain = getattr(around, when)
            if pain is not None:
                yield {"code": self._concept(f"pain-{when}"), "valueInteger": pain}
        if around.spot is not None:
            yield {"code": self._concept("pain-spot"), "valueCodeableConcept": self._concept(around.spot)}

    def _observation(self, category: str, measure: str, *, studied: bool = False) -> Json:
        outside = OUTSIDE.get(measure) if measure != "cst30" or studied else None
        concept = self._concept(measure)
        if outside:
            concept["coding"].insert(0, _code(LOINC, outside))
        return {
            "resourceType": "Observation",
            "meta": _reported(),
            "status": "final",
            "category": [{"coding": [_code(CATEGORY, category)]}],
            "code": concept,
            "subject": {"reference": self.person},
            "effectiveDateTime": self.summary.day,
            "performer": [{"reference": self.person}],
        }

    # -- the pain form

    def _response(self) -> Json:
        given = {each.question: each for each in self.summary.answers}
        items = []
        for group, questions in groups_of(self.known.instruments).items():
            inside = [item for name in questions for item in self._answered(name, given)]
            if inside:
                items.append({"linkId": group, "item": inside})
        made = {
            "resourceType": "QuestionnaireResponse",
            "meta": _reported(),
            "language": self.language,
            "questionnaire": f"{PAIN_FORM}|{self.known.instruments.version}",
            "status": "completed",
            "subject": {"reference": self.person},
            "authored": self.summary.day,
            "author": {"reference": self.person},
            "source": {"reference": self.person},
        }
        return {**made, "item": items} if items else made

    def _answered(self, name: str, given: dict[str, Answered]) -> Iterator[Json]:
        parts = [f"{name}.activity", f"{name}.score"]
        inside = [self._one(given[part]) for part in parts if part in given]
        if inside:
            yield {"linkId": name, "item": inside}
        if name in given:
            yield self._one(given[name])

    def _one(self, answered: Answered) -> Json:
        return {
            "linkId": answered.question,
            "text": question_text(answered.question, self.known.instruments, self.say),
            "answer": [
                {"valueInteger": value}
                if isinstance(value, int)
                else {"valueCoding": self._named(answered.question, value)}
                for value in answered.values
            ],
        }

    # -- codes

    def _named(self, question: str, code: str) -> Json:
        words = answer_text(question, code, self.known.instruments, self.say)
        return {**self._own(code), "display": words}

    def _concept(self, code: str) -> Json:
        return {"coding": [self._own(code)], "text": code_texts(self.language)[code]}

    @staticmethod
    def _own(code: str) -> Json:
        return {"system": OWN, "code": codes()[OWN, code].code}


_UNITS = {"s": "s", "stands": STANDS}
"""Units of measured values. Points, grades and stages are whole numbers without a unit."""


def shown(value: float) -> str:
    """Write a number as a person would: no needless decimals."""
    return f"{value:g}" if value == int(value) else f"{value:.1f}"


def amount(item: Item, say: Say) -> str:
    """Say a result in words and numbers: the value with its unit, or that there is none."""
    if item.value is None:
        return say("share.no_score")
    text = say(f"share.unit.{item.unit}", value=shown(item.value), most=shown(item.most))
    return say("share.or_more", value=text) if item.capped else text


def _code(system: str, code: str) -> Json:
    found = codes()[system, code]
    return {"system": system, "code": code, "display": found.display}


def _quantity(value: float, unit: str, *, capped: bool = False) -> Json:
    whole = int(value) if value == int(value) else round(value, 2)
    return {
        "value": whole,
        **({"comparator": ">="} if capped else {}),
        "unit": codes()[UCUM, unit].display,
        "system": UCUM,
        "code": unit,
    }


def _reported() -> Json:
    return {"security": [_code(*REPORTED)]}


def _narrative(inside: str) -> Json:
    return {"status": "generated", "div": f'<div xmlns="{XHTML}">{inside}</div>'}


def _table(caption: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["".join(f"<th>{escape(each)}</th>" for each in head)]
    lines += ["".join(f"<td>{escape(each)}</td>" for each in row) for row in rows]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><caption>{escape(caption)}</caption>{body}</table>"
