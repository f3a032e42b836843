"""The two forms and our CodeSystem as FHIR R4, made from the data that the screens are made of.

They are shipped as JSON so that anyone can read them; a test holds the shipped files to this.
"""

from typing import Any

from screening.domain.instruments import Instruments, Question, TickItem, TickList
from screening.services.share_codes import OWN, PAIN_FORM, SAFETY_FORM, code_texts, codes
from screening.services.wording import DEFAULT_LANGUAGE, Say, speaker

Json = dict[str, Any]

PUBLISHED = "2026-11-22"

_LOINC = "http://loinc.org"
_EXTENSION = "http://hl7.org/fhir/StructureDefinition"
_REGIONS = ("knee", "back", "hip")
_TEN = 10
_OLDEST = 120


def groups_of(known: Instruments) -> dict[str, list[str]]:
    """Return the groups of the pain form and their questions, in order."""
    groups: dict[str, list[str]] = {"where": ["Q1", "Q2"], "pain": [], "since": []}
    for each in known.questions.values():
        if each.id in {"Q1", "Q2"}:
            continue
        region = next((name for name in _REGIONS if name in each.regions), None)
        group = region or ("pain" if each.step == "how_bad" else "since")
        groups.setdefault(group, []).append(each.id)
    return groups


def question_text(name: str, known: Instruments, say: Say) -> str:
    """Return the words of one question or one of its parts."""
    if name in {"Q1", "Q2"}:
        return say(f"text.{name}")
    question, _, part = name.partition(".")
    if part == "score":
        return say("question.P5-score")
    return say(known.questions[question].say)


def answer_text(name: str, value: int | str, known: Instruments, say: Say) -> str:
    """Return the words of one answer, as they stood beside the question."""
    if isinstance(value, int):
        return str(value)
    question = known.questions.get(name.partition(".")[0])
    for option in question.options if question else ():
        if option.code == value:
            return say(option.say)
    return say(codes()[OWN, value].say)


def pain_form(known: Instruments, language: str = DEFAULT_LANGUAGE) -> Json:
    """Return the pain and pattern form. It holds nobody's answers."""
    say = speaker(language)
    items: list[Json] = [{"linkId": "safety-note", "type": "display", "text": say("share.form.safety_first")}]
    for group, names in groups_of(known).items():
        item: Json = {"linkId": group, "type": "group", "text": say(f"share.form.{group}")}
        spots = [code for code, spot in known.spots.items() if group not in _REGIONS or group in spot.regions]
        if group != "where":
            item |= _enabled("Q1", spots)
        item["item"] = [_question(name, known, say, language) for name in names]
        items.append(item)
    return _form(known, PAIN_FORM, "pain-and-pattern", items, language)


def safety_form(known: Instruments, language: str = DEFAULT_LANGUAGE) -> Json:
    """Return the safety form. Its responses are never written and never shared."""
    say = speaker(language)
    age: Json = {
        "linkId": "age",
        "text": say("share.form.age"),
        "type": "integer",
        "required": True,
        "extension": _range(0, _OLDEST),
    }
    items = [age, *(_list(each, say) for each in known.lists)]
    return _form(known, SAFETY_FORM, "safety", items, language)


def code_system(language: str = DEFAULT_LANGUAGE) -> Json:
    """Return our own codes with their words."""
    texts = code_texts(language)
    concepts = [{"code": name, "display": texts[name]} for system, name in codes() if system == OWN]
    return {
        "resourceType": "CodeSystem",
        "url": OWN,
        "version": "1",
        "name": "HipSelfCheck",
        "title": speaker(language)("share.form.codes"),
        "status": "draft",
        "experimental": True,
        "date": PUBLISHED,
        "language": language,
        "caseSensitive": True,
        "content": "complete",
        "count": len(concepts),
        "concept": concepts,
    }


def _form(known: Instruments, url: str, name: str, items: list[Json], language: str) -> Json:
    return {
        "resourceType": "Questionnaire",
        "url": url,
        "version": known.version,
        "name": name.title().replace("-", ""),
        "title": speaker(language)(f"share.form.{name}"),
        "status": "draft",
        "experimental": True,
        "subjectType": ["Patient"],
        "date": PUBLISHED,
        "language": language,
        "item": items,
    }


def _question(name: str, known: Instruments, say: Say, language: str) -> Json:
    texts = code_texts(language)
    if name in {"Q1", "Q2"}:
        spots = [*known.spots, *(["spot-none"] if name == "Q1" else [])]
        options = [(code, texts[code]) for code in spots]
        return _choice(name, say(f"text.{name}"), options, repeats=name == "Q1", required=name == "Q1")
    question = known.questions[name]
    options = [(each.code, say(each.say)) for each in question.options]
    words = question_text(name, known, say)
    if question.kind == "rating":
        return _rating(name, words)
    if question.kind == "activity":
        parts = [
            _choice(f"{name}.activity", words, options, repeats=False),
            _rating(f"{name}.score", question_text(f"{name}.score", known, say)),
        ]
        return {"linkId": name, "type": "group", "text": say("share.form.activity"), "item": parts}
    made = _choice(name, words, options, repeats=question.kind == "ticks")
    return made | _opened_by(question, known)


def _opened_by(question: Question, known: Instruments) -> Json:
    """Every other answer opens it: "not equal" means different things to different readers."""
    if question.unless is None:
        return {}
    first, closing = question.unless
    others = [each.code for each in known.questions[first].options if each.code != closing]
    return _enabled(first, others)


def _enabled(question: str, answers: list[str]) -> Json:
    when = [
        {"question": question, "operator": "=", "answerCoding": {"system": OWN, "code": code}}
        for code in answers
    ]
    return {"enableWhen": when, "enableBehavior": "any"}


def _choice(
    name: str, words: str, options: list[tuple[str, str]], *, repeats: bool, required: bool = False
) -> Json:
    return {
        "linkId": name,
        "text": words,
        "type": "choice",
        "required": required,
        "repeats": repeats,
        "answerOption": [
            {"valueCoding": {"system": OWN, "code": code, "display": text}} for code, text in options
        ],
    }


def _rating(name: str, words: str) -> Json:
    made: Json = {
        "linkId": name,
        "text": words,
        "type": "integer",
        "required": False,
        "extension": _range(0, _TEN),
    }
    if name == "P2":
        display = codes()[_LOINC, "72514-3"].display
        made["code"] = [{"system": _LOINC, "code": "72514-3", "display": display}]
    return made


def _range(low: int, high: int) -> list[Json]:
    return [
        {"url": f"{_EXTENSION}/minValue", "valueInteger": low},
        {"url": f"{_EXTENSION}/maxValue", "valueInteger": high},
    ]


def _list(each: TickList, say: Say) -> Json:
    items = [*(_tick(item, say) for item in each.items), _none(each, say)]
    return {"linkId": each.id, "type": "group", "text": say(each.say), "item": items}


def _tick(item: TickItem, say: Say) -> Json:
    made: Json = {"linkId": item.id, "text": say(item.say), "type": "boolean", "required": False}
    if item.follows:
        made["enableWhen"] = [{"question": item.follows, "operator": "=", "answerBoolean": True}]
    return made


def _none(each: TickList, say: Say) -> Json:
    return {"linkId": f"{each.id}.none", "text": say("option.none"), "type": "boolean", "required": False}
