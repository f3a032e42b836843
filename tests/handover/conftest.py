"""Answers of invented people, made up in every way that matters for what leaves the app."""

import dataclasses
from types import MappingProxyType

from hypothesis import strategies as st

from screening.domain.answers import (
    Activity,
    Answers,
    Attempt,
    Ending,
    Form,
    PainAnswers,
    Sex,
    Side,
    TestPain,
)
from screening.services.catalogue import load

KNOWN = load()
LISTS = tuple(each.id for each in KNOWN.instruments.lists)
ALL_CLEAR = MappingProxyType({each: frozenset({"none"}) for each in LISTS})


def attempts_of(  # noqa: PLR0913 - a person can do a test in many ways
    test, side, ending, *, most=False, form=Form.STANDARD, pain=None
):
    low, high = test.valid
    value = (test.cap or high) if most else low
    done = ending == Ending.DONE
    return Attempt(
        test=test.id,
        side=side,
        ending=ending,
        value=float(value) if done else None,
        capped=done and most and bool(test.cap),
        tries=(float(value),) if done else (),
        pain=pain,
        form=form,
        seat_cm=44.0 if test.chair else None,
    )


def person(**change):
    """A woman of 40 with a sore knee, no warning sign, and nothing tested."""
    told = Answers(
        date="2026-11-22",
        age_y=40,
        sex=Sex.FEMALE,
        spots=("spot-knee-front-left", "spot-knee-front-right"),
        worst="spot-knee-front-right",
        safety=ALL_CLEAR,
        pain=PainAnswers(
            ratings=MappingProxyType({"P1": 4, "P2": 3, "P3": 5, "P4": 3}),
            activity="activity-stairs",
            activity_score=6,
            choices=MappingProxyType({"Q3": "duration-over-12-weeks", "Q4": "onset-slow", "Q6": "stiff-no"}),
            ticks=MappingProxyType({"Q5k": frozenset({"trigger-stairs", "trigger-sitting"})}),
        ),
    )
    return dataclasses.replace(told, **change)


def everything(ending=Ending.DONE, *, most=False, pain=None, tests=None):
    """One attempt of every test on every side, all ended alike."""
    return tuple(
        attempts_of(test, side, ending, most=most, pain=pain)
        for test in tests or KNOWN.selftests
        for side in (tuple(Side) if test.each_side else (None,))
    )


PAINS = st.sampled_from(
    [None, TestPain(before=2, during=2, after=1), TestPain(before=3, during=8, after=4, spot="spot-low-back")]
)


@st.composite
def checks(draw):
    """Somebody's whole check, at a level where tests may be done."""
    tried = []
    for test in KNOWN.selftests:
        for side in tuple(Side) if test.each_side else (None,):
            ending = draw(st.sampled_from([None, *Ending]))
            if ending is None:
                continue
            form = draw(st.sampled_from([Form(each) for each in test.forms]))
            tried.append(
                attempts_of(test, side, ending, most=draw(st.booleans()), form=form, pain=draw(PAINS))
            )
    ratings = draw(
        st.sampled_from(
            [{"P2": 0}, {"P1": 0, "P2": 0, "P3": 0, "P4": 0}, {"P1": 10, "P2": 5, "P3": 10, "P4": 9}]
        )
    )
    spots = draw(
        st.sampled_from(
            [
                ("spot-none",),
                ("spot-low-back",),
                ("spot-knee-front-left", "spot-buttock-right"),
                tuple(KNOWN.instruments.spots),
            ]
        )
    )
    return person(
        age_y=draw(st.sampled_from([18, 44, 65, 95])),
        sex=draw(st.sampled_from(list(Sex))),
        spots=spots,
        worst=spots[-1] if len(spots) > 1 else None,
        pain=PainAnswers(
            ratings=MappingProxyType({} if spots == ("spot-none",) else ratings),
            activity=draw(st.sampled_from([None, "activity-sport"])),
            activity_score=draw(st.sampled_from([None, 0, 10])),
            choices=MappingProxyType(
                draw(
                    st.sampled_from(
                        [
                            {},
                            {
                                each.id: each.options[-1].code
                                for each in KNOWN.instruments.questions.values()
                                if each.kind == "choice"
                            },
                        ]
                    )
                )
            ),
            ticks=MappingProxyType(
                draw(
                    st.sampled_from(
                        [
                            {},
                            {
                                each.id: frozenset({each.options[0].code, each.options[1].code})
                                for each in KNOWN.instruments.questions.values()
                                if each.kind == "ticks"
                            },
                        ]
                    )
                )
            ),
        ),
        activity=draw(
            st.sampled_from(
                [
                    Activity(),
                    Activity(days_per_week=7, minutes_per_day=1440, strength_days=0, sitting_hours=24),
                ]
            )
        ),
        attempts=tuple(tried),
    )
