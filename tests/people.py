"""Invented people for tests: builders, and every kind of person that can be told of (for Hypothesis)."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, product
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from screening.domain import asking
from screening.domain.answers import (
    NO_PAIN,
    NONE_OF_THESE,
    Answers,
    Attempt,
    ClinicNumber,
    Ending,
    Form,
    Sex,
    Side,
    StoppedBy,
    TimedBy,
)
from screening.domain.answers import TestPain as Pain
from screening.domain.attempts import fault
from screening.domain.editing import put, put_attempt, put_clinic_number
from screening.domain.instruments import Question
from screening.domain.selftests import SelfTest
from screening.services.catalogue import load

KNOWN = load()
ASKED = KNOWN.instruments
LISTS = {each.id: each for each in ASKED.lists}
ITEMS = {item.id: item for each in ASKED.lists for item in each.items}
LIST_OF = {item.id: each.id for each in ASKED.lists for item in each.items}
NONE = frozenset({NONE_OF_THESE})

FRONT_OF_KNEE = "spot-knee-front-right"
"""Where most invented people hurt."""


def tell(told: Answers, **answers: object) -> Answers:
    """Return the answers with more told, by the ids of ``editing.put``."""
    for question, value in answers.items():
        told = put(told, ASKED, question, value)
    return told


def person(
    *ticks: str, spots: Iterable[str] = (FRONT_OF_KNEE,), age: int | None = 40, **more: object
) -> Answers:
    """Return an adult with a sore knee, pain 2 of 10 now, who ticked exactly these safety items."""
    told = tell(Answers(), age=age, sex="female", spots=frozenset(spots))
    told = tick(told, *ticks)
    return tell(told, **({} if NO_PAIN in told.spots else {"P2": 2}), **more)


def tick(told: Answers, *ticks: str) -> Answers:
    """Return the answers with exactly these safety items ticked, "none of these" in every other list."""
    for list_id in LISTS:
        here = frozenset(each for each in ticks if LIST_OF[each] == list_id)
        told = put(told, ASKED, list_id, here or NONE)
    return told


def with_tick(told: Answers, item_id: str) -> Answers:
    """Return the answers with one tick more, and "none of these" taken away from that list."""
    list_id = LIST_OF[item_id]
    ticks = (told.safety.get(list_id, frozenset()) - NONE) | {item_id}
    return replace(told, safety=MappingProxyType({**told.safety, list_id: ticks}))


def did(test: str, side: str | None = None, value: float | None = None, **more: Any) -> Attempt:
    """Return one attempt: done with a value, or ended as ``ending`` says."""
    ending = more.pop("ending", Ending.DONE)
    pain = more.pop("pain", None)
    return Attempt(
        test=test,
        side=None if side is None else Side(side),
        ending=Ending(ending),
        value=value,
        pain=None if pain is None else Pain(before=pain[0], during=pain[1], after=pain[2]),
        **more,
    )


def after(told: Answers, *attempts: Attempt) -> Answers:
    """Return the answers after these attempts."""
    for attempt in attempts:
        told = put_attempt(told, KNOWN.selftests, attempt)
    return told


def in_clinic(
    told: Answers, test: str, side: str | None, value: float, day: str = "2026-11-22", **more: Any
) -> Answers:
    """Return the answers with a number that a therapist measured."""
    capped = value == KNOWN.selftests[test].cap
    attempt = did(test, side, value, timed_by=TimedBy.THERAPIST, tries=(value,), capped=capped, **more)
    return put_clinic_number(told, KNOWN.selftests, ClinicNumber(day=day, attempt=attempt))


# -- every kind of person -------------------------------------------------------------------------------

AGES = (10, 17, 18, 39, 40, 54, 55, 59, 60, 64, 65, 94, 120)
PLACES = (
    *((spot,) for spot in ASKED.spots),
    *combinations(tuple(ASKED.spots)[::3], 2),
    *combinations(tuple(ASKED.spots)[::4], 3),
)


def _tick_sets(ids: tuple[str, ...]) -> list[frozenset[str]]:
    return [NONE] * 8 + [frozenset({each}) for each in ids] + [frozenset(two) for two in combinations(ids, 2)]


def _values(question: Question) -> list[dict[str, object]]:
    codes = [option.code for option in question.options]
    if question.kind == "rating":
        return [{question.id: value} for value in (None, *range(11))]
    if question.kind == "activity":
        return [
            {},
            {f"{question.id}.activity": codes[0]},
            {f"{question.id}.activity": codes[1], f"{question.id}.score": 4},
        ]
    if question.kind == "choice":
        return [{question.id: value} for value in (None, *codes)]
    alone = [option.code for option in question.options if option.alone]
    several = [codes[:1], codes[1:2], codes[:2], codes[1:3], alone]
    return [{question.id: frozenset(value) or None} for value in ([], *several)]


def _attempts(test: SelfTest) -> list[Attempt]:
    """Return many ways one test can end, on each side."""
    low, high = test.valid
    values = (low, 2, 4, high) if test.whole else (low, 4.9, 18.0, 30.04, high)
    sides = tuple(Side) if test.each_side else (None,)
    found = []
    for number, (side, value, form) in enumerate(product(sides, values, test.forms)):
        variety = {
            "pain": (
                None,
                Pain(),
                Pain(before=2, during=4, after=3, spot=FRONT_OF_KNEE),
                Pain(before=1, during=7),
            )[number % 4],
            "stopped_by": (None, *StoppedBy)[number % 7],
            "timed_by": tuple(TimedBy)[number % 2],
            "ticks": (None, (), tuple(sorted(test.codes)[:2]))[number % 3] if test.codes else None,
            "effort": (None, 0, 5)[number % 3] if test.effort else None,
            "seat_cm": (None, 40.5, 43, 46.0)[number % 4] if test.chair else None,
            "right_angle": (None, True, False)[number % 3] if test.chair else None,
        }
        found.append(
            Attempt(
                test=test.id,
                side=side,
                ending=Ending.DONE,
                value=value,
                capped=value == test.cap,
                tries=(value,),
                form=Form(form),
                **variety,
            )
        )
    for side, ending in product(sides, [each for each in Ending if each != Ending.DONE]):
        found.append(Attempt(test=test.id, side=side, ending=ending))
    return [each for each in found if fault(each, test) is None]


def _clinic_numbers() -> list[tuple[str, str | None, float, dict[str, Any]]]:
    return [
        (test.id, side, value, {"right_angle": True} if test.chair else {})
        for test in KNOWN.selftests
        for side in (tuple(Side) if test.each_side else (None,))
        for value in (test.valid[0], test.valid[1])
    ]


_TICKS = {each.id: st.sampled_from(_tick_sets(tuple(item.id for item in each.items))) for each in ASKED.lists}
_PAIN = {question.id: st.sampled_from(_values(question)) for question in ASKED.questions.values()}
_ATTEMPTS = st.lists(
    st.sampled_from([each for test in KNOWN.selftests for each in _attempts(test)]), max_size=8
)
_CHECKS = st.fixed_dictionaries(
    {f"check:{check}": st.sampled_from([None, True, False]) for check in ASKED.checks}
)
_ABOUT = st.fixed_dictionaries(
    {
        "age": st.sampled_from(AGES),
        "sex": st.sampled_from([None, *Sex]),
        "spots": st.sampled_from([*PLACES, (NO_PAIN,)]).map(frozenset),
        "days_per_week": st.sampled_from([None, 0, 7]),
    }
)
_CLINIC = st.lists(st.sampled_from(_clinic_numbers()), max_size=3)
_WHOLE = st.sampled_from([True, True, True, False])


@st.composite
def people(draw: st.DrawFn, *, whole: bool = False) -> Answers:
    """Draw anybody's answers, as the screens can leave them; ``whole`` leaves no safety list open."""
    told = Answers(date="2026-11-22")
    told = tell(told, **draw(_ABOUT))
    if asking.marked(told):
        told = tell(told, worst=told.spots[-1])
    for list_id, ticks in _TICKS.items():
        if not (whole or draw(_WHOLE)):
            return told
        told = tell(told, **{list_id: draw(ticks)})
        if whole and list_id not in told.safety:
            told = tell(told, **{list_id: NONE})
    told = after(told, *draw(_ATTEMPTS))
    for test, side, value, more in draw(_CLINIC):
        told = in_clinic(told, test, side, value, **more)
    told = tell(told, **draw(_CHECKS))
    for question in asking.asked(ASKED, told, retest=True):
        told = tell(told, **draw(_PAIN[question.id]))
    return told


# -- one more answer ------------------------------------------------------------------------------------


def _answers(questions: dict[str, list[object]]) -> st.SearchStrategy[dict[str, object]]:
    return st.sampled_from([{name: value} for name, values in questions.items() for value in values])


def _on_half(half: str) -> st.SearchStrategy[dict[str, object]]:
    return st.one_of(*(_PAIN[each.id] for each in ASKED.questions.values() if each.step == half))


TAPS = {
    "about_you": _answers(
        {
            "age": [None, *AGES],
            "sex": [*Sex],
            "days_per_week": [None, 0, 1, 7],
            "minutes_per_day": [10, 120],
            "strength_days": [0, 7],
            "sitting_hours": [1, 12],
        }
    ),
    "where": _answers(
        {
            "spots": [frozenset(each) for each in (*PLACES, (NO_PAIN,))],
            "worst": [None, *ASKED.spots],
        }
    ),
    **{f"safety/{name}": ticks.map(lambda on, of=name: {of: on}) for name, ticks in _TICKS.items()},
    **{f"pain/{half}": _on_half(half) for half in ("how_bad", "how_it_behaves")},
}
"""What a tap on each screen of questions can answer, by page and part."""
