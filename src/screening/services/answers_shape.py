"""The shape of an answers file, built from the catalogue: one source for the reader and for the JSON Schema.

A node says which JSON values are possible in one place. Rules between places live in ``answers_file``.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from screening.domain import attempts
from screening.domain.answers import NO_PAIN, NONE_OF_THESE, Ending, Form, Sex, Side, StoppedBy, TimedBy
from screening.domain.editing import ACTIVITY_LIMITS, AGE_Y
from screening.domain.instruments import Question
from screening.domain.selftests import SelfTest
from screening.services.catalogue import Catalogue

SCHEMA = "hip-self-check/1"
"""The schema this code reads and writes."""

CONTENT = ("app", "questions", "tests", "norms")
"""Parts of the content whose version stands in a file."""

_WHEN = ("before", "during", "after")
_VERSION = r"^[0-9A-Za-z.+-]{1,20}$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Misfit(Exception):
    """A value that is not possible where it stands. Caught by the reader, which adds the sentence.

    Attributes:
        why: ``type``, ``range``, ``code``, ``unknown-key`` or ``missing-key``.
        where: Keys joined by dots.
    """

    def __init__(self, why: str, where: str) -> None:
        super().__init__(f"{why}: {where}")
        self.why = why
        self.where = where


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(ABC):
    """What may stand in one place.

    Attributes:
        null: May be null, which says "not answered".
        name: Where the shape stands many times: its name among the definitions of the JSON Schema.
    """

    null: bool = True
    name: str = ""

    def check(self, value: object, where: str) -> None:
        """Raise Misfit unless the value may stand here."""
        if value is None:
            if not self.null:
                raise Misfit("type", where)
            return
        self._check(value, where)

    def schema(self, shared: dict[str, Any]) -> dict[str, Any]:
        """Return the same as JSON Schema (draft 2020-12); named shapes are put into ``shared``."""
        own = self._schema(shared)
        if self.name:
            shared[self.name] = own
            own = {"$ref": f"#/$defs/{self.name}"}
        return _or_null(own) if self.null else own

    @abstractmethod
    def _check(self, value: object, where: str) -> None:
        """Refuse what may not stand here."""

    @abstractmethod
    def _schema(self, shared: dict[str, Any]) -> dict[str, Any]:
        """Return this place as JSON Schema, null and name aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Node):
    """A number within its limits, inclusive. A boolean is no number."""

    low: float
    high: float
    whole: bool = False

    def _check(self, value: object, where: str) -> None:
        right = int if self.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, right):
            raise Misfit("type", where)
        if not self.low <= value <= self.high:
            raise Misfit("range", where)

    def _schema(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"type": "integer" if self.whole else "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes(Node):
    """True or false."""

    def _check(self, value: object, where: str) -> None:
        if not isinstance(value, bool):
            raise Misfit("type", where)

    def _schema(self, shared: dict[str, Any]) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Node):
    """One of a fixed set of codes."""

    codes: tuple[str, ...]

    def _check(self, value: object, where: str) -> None:
        if not isinstance(value, str):
            raise Misfit("type", where)
        if value not in self.codes:
            raise Misfit("code", where)

    def _schema(self, shared: dict[str, Any]) -> dict[str, Any]:
        return {"enum": list(self.codes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Node):
    """A short text of a fixed form: a version, a day."""

    form: str

    def _check(self, value: object, where: str) -> None:
        if not isinstance(value, str) or not re.fullmatch(self.form, value, flags=re.ASCII):
            raise Misfit("type", where)

    def _schema(self, shared: dict[str, Any]) -> dict[str, Any]:
        return {"type": "string", "pattern": self.form}


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Node):
    """A list of values of one kind."""

    each: Node
    most: int
    once: bool = True
    """No value stands twice. The reader calls a breach a ``rule`` fault, not one of shape."""

    def _check(self, value: object, where: str) -> None:
        if not isinstance(value, list):
            raise Misfit("type", where)
        for number, item in enumerate(value):
            self.each.check(item, f"{where}.{number}")
        if self.once and len({repr(item) for item in value}) != len(value):
            raise Misfit("rule", where)
        if len(value) > self.most:
            raise Misfit("range", where)

    def _schema(self, shared: dict[str, Any]) -> dict[str, Any]:
        limits = {"maxItems": self.most} | ({"uniqueItems": True} if self.once else {})
        return {"type": "array", "items": self.each.schema(shared)} | limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Node):
    """An object: what may stand under each key, and which keys must be there."""

    keys: Mapping[str, Node]
    needs: tuple[str, ...] = ()

    def _check(self, value: object, where: str) -> None:
        found = _as_object(value, where)
        for key in found:
            if key not in self.keys:
                raise Misfit("unknown-key", _under(where, _printable(key)))
        for key in self.needs:
            if key not in found:
                raise Misfit("missing-key", _under(where, key))
        for key, node in self.keys.items():
            if key in found:
                node.check(found[key], _under(where, key))

    def _schema(self, shared: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {key: node.schema(shared) for key, node in self.keys.items()},
            "additionalProperties": False,
        } | ({"required": list(self.needs)} if self.needs else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class ById(Node):
    """An object whose shape hangs on its ``id``."""

    cases: Mapping[str, Table] = field(default_factory=dict)

    def _check(self, value: object, where: str) -> None:
        found = _as_object(value, where)
        if "id" not in found:
            raise Misfit("missing-key", _under(where, "id"))
        Code(codes=tuple(self.cases), null=False).check(found["id"], _under(where, "id"))
        self.cases[found["id"]].check(value, where)

    def _schema(self, shared: dict[str, Any]) -> dict[str, Any]:
        return {"oneOf": [case.schema(shared) for case in self.cases.values()]}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    if "type" in schema:
        return schema | {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _as_object(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Misfit("type", where)
    return value


def _under(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _printable(key: str) -> str:
    """Return an unknown key if it is a plain word; else a stand-in: what is in a file is never shown raw."""
    return key if re.fullmatch(r"[A-Za-z0-9_.:-]{1,30}", key, flags=re.ASCII) else "?"


# -- the file ---------------------------------------------------------------------------------------


def of_file(known: Catalogue) -> Table:
    """Return the shape of a whole answers file."""
    asked = known.instruments
    spots = tuple(asked.spots)
    lists = {each.id: _codes((NONE_OF_THESE, *(item.id for item in each.items))) for each in asked.lists}
    return Table(
        null=False,
        needs=("schema",),
        keys={
            "schema": Code(codes=(SCHEMA,), null=False),
            "content": Table(keys={part: Text(form=_VERSION, name="version") for part in CONTENT}),
            "date": Text(form=_DAY),
            "about": _about(),
            "spots": Table(keys={"all": _codes((NO_PAIN, *spots)), "worst": Code(codes=spots, name="spot")}),
            "safety": Table(keys=lists),
            "pain": Table(keys=_pain(asked.questions)),
            "checks": Table(keys={check: Yes() for check in asked.checks}),
            "ask_again": _codes(tuple(lists)),
            "tests": Several(
                each=ById(null=False, cases={test.id: _test(test, spots) for test in known.selftests}),
                most=_places(known),
                once=False,
            ),
            "clinic": Several(
                each=ById(null=False, cases={test.id: _clinic(test) for test in known.selftests}),
                most=_places(known),
                once=False,
            ),
        },
    )


def json_schema(known: Catalogue) -> dict[str, Any]:
    """Return the JSON Schema of an answers file: its shape. Rules between fields are told in the docs."""
    shared: dict[str, Any] = {}
    shape = of_file(known).schema(shared)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Answers file {SCHEMA}",
        "description": "Everything one person entered in one check, nothing derived: docs/answers-file.md",
        **shape,
        "$defs": shared,
    }


def _places(known: Catalogue) -> int:
    return sum(len(Side) if test.each_side else 1 for test in known.selftests)


def _codes(codes: Iterable[str]) -> Several:
    known = tuple(codes)
    return Several(each=Code(codes=known, null=False), most=len(known))


def _about() -> Table:
    limits = {name: Number(low=low, high=high, whole=True) for name, (low, high) in ACTIVITY_LIMITS.items()}
    return Table(
        keys={
            "age": Number(low=AGE_Y[0], high=AGE_Y[1], whole=True),
            "sex": Code(codes=tuple(Sex)),
            "activity": Table(keys=limits),
        }
    )


def _rating(high: int = attempts.HIGHEST_PAIN) -> Number:
    return Number(low=0, high=high, whole=True, name=f"rating-{high}")


def _pain(questions: Mapping[str, Question]) -> Mapping[str, Node]:
    found: dict[str, Node] = {}
    for question in questions.values():
        codes = tuple(option.code for option in question.options)
        found[question.id] = {
            "rating": _rating(),
            "choice": Code(codes=codes),
            "ticks": _codes(codes),
            "activity": Table(keys={"activity": Code(codes=codes), "score": _rating()}),
        }[question.kind]
    return MappingProxyType(found)


def _value(test: SelfTest, *, null: bool = True) -> Number:
    low, high = test.valid
    return Number(low=low, high=high if test.cap is None else min(high, test.cap), null=null)


def _seat_cm() -> Number:
    lowest, highest = attempts.SEAT_CM
    return Number(low=lowest, high=highest, name="seat-cm")


def _clinic(test: SelfTest) -> Table:
    """What a therapist measured: always a number, and the day."""
    return Table(
        null=False,
        needs=("id", "day", "value"),
        keys={
            "id": Code(codes=(test.id,), null=False),
            "side": Code(codes=tuple(Side), name="side"),
            "day": Text(form=_DAY, null=False),
            "value": _value(test, null=False),
            "form": Code(codes=tuple(Form), name="form"),
            "stopped_by": Code(codes=tuple(StoppedBy), name="stopped-by"),
            "seat_cm": _seat_cm(),
            "right_angle": Yes(),
        },
    )


def _test(test: SelfTest, spots: tuple[str, ...]) -> Table:
    number = _value(test)
    return Table(
        null=False,
        needs=("id", "outcome"),
        keys={
            "id": Code(codes=(test.id,), null=False),
            "side": Code(codes=tuple(Side), name="side"),
            "outcome": Code(codes=tuple(Ending), null=False, name="outcome"),
            "value": number,
            "capped": Yes(),
            "tries": Several(
                each=Number(low=number.low, high=number.high, null=False), most=test.tries, once=False
            ),
            "pain": Table(
                keys={**{when: _rating() for when in _WHEN}, "spot": Code(codes=spots, name="spot")},
                name="pain-of-a-test",
            ),
            "form": Code(codes=tuple(Form), name="form"),
            "stopped_by": Code(codes=tuple(StoppedBy), name="stopped-by"),
            "ticks": _codes(sorted(test.codes)),
            "effort": _rating(attempts.HIGHEST_EFFORT),
            "seat_cm": _seat_cm(),
            "right_angle": Yes(),
            "timed_by": Code(codes=tuple(TimedBy), name="timed-by"),
        },
    )
