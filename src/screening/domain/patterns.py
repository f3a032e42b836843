"""Named patterns: fits, partly fits, can't tell. Never a diagnosis, never a per cent for one person.

None of these exact rules is validated. Source of all of them: questions.md 5, rulings 6, 20 and 21.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from screening.domain import asking, safety
from screening.domain.answers import Answers
from screening.domain.instruments import Instruments, PatternRule
from screening.domain.levels import Level
from screening.domain.outcome import Fit, Pattern

NONE = "N"
"""Nothing fits or partly fits."""

MANY_AREAS = "many-areas"
"""The heading of the list when knee, back and hip all hurt (ruling 21)."""

BEHAVES = "how_it_behaves"
"""The step of the questions patterns are read from."""

MANY_AREAS_TEXT = "pattern.many_regions"

KNEE_TRIGGERS = frozenset(
    {
        "trigger-squat",
        "trigger-stairs",
        "trigger-run-jump",
        "trigger-sitting",
        "trigger-kneeling",
        "trigger-rising",
    }
)
"""What hurts a kneecap. Source: questions.md 5, K1."""

ON_THE_MOVE = KNEE_TRIGGERS - {"trigger-sitting"}
"""Activity-related pain for K2."""

OUTER_HIP_TRIGGERS = frozenset({"trigger-side-lying", "trigger-one-leg", "trigger-stairs"})

JOINT_WEAR_FROM_Y = 45
"""K2. Source: ref_34."""

WALKING_PAIN_FROM_Y = 60
"""H2: from this age walking pain counts. Source: ref_45."""

INFLAMMATORY_BEFORE_Y = 40
"""B3: a start before this age counts. Asked only as the age now, so it counts only below it."""

C10_FEATURES = 3
"""B3: features in the one line of C10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One person's answers, read the way the pattern rules look at them."""

    known: Instruments
    told: Answers
    level: Level
    safety_ticks: frozenset[str]

    @property
    def regions(self) -> frozenset[str]:
        return asking.main_regions(self.known, self.told)

    @property
    def places(self) -> frozenset[str]:
        return asking.places(self.known, self.told)

    def choice(self, question_id: str) -> str | None:
        return asking.choice(self.known, self.told, question_id)

    def ticks(self, question_id: str) -> frozenset[str] | None:
        return asking.ticks(self.known, self.told, question_id)

    def aged(self, from_y: int) -> bool | None:
        return None if self.told.age_y is None else self.told.age_y >= from_y


def patterns(known: Instruments, told: Answers, level: Level) -> tuple[Pattern, ...]:
    """Return what fits or partly fits, in the order of the rules; at the end what an open answer hides.

    Nothing with no pain, before it is said where it hurts, and at every level that ends the path. When
    nothing fits, ``N`` stands alone, but for the heading when three regions hurt.

    Args:
        known: What can be asked, and the pattern texts.
        told: The answers.
        level: The safety level, which some patterns look at.
    """
    if level.ends_the_path or not asking.marked(told):
        return ()
    person = _Told(known=known, told=told, level=level, safety_ticks=safety.all_ticks(known, told))
    fits = {rule.id: _fit(rule, person) for rule in known.patterns if rule.id != NONE}
    found = [_pattern(rule, fit, person) for rule in known.patterns if (fit := fits.get(rule.id)) is not None]
    firm = [each for each in found if each.fit != Fit.CANNOT_TELL]
    heading = (
        [Pattern(id=MANY_AREAS, fit=Fit.CANNOT_TELL, text=MANY_AREAS_TEXT)]
        if {"knee", "back", "hip"} <= person.regions
        else []
    )
    if firm:
        return (*heading, *firm, *(each for each in found if each.fit == Fit.CANNOT_TELL))
    if not any(known.questions[each].step == BEHAVES for each in (*told.pain.choices, *told.pain.ticks)):
        # Nothing about how the pain behaves was told: that it fits no pattern would not be true.
        return (*heading, *found)
    none = next(rule for rule in known.patterns if rule.id == NONE)
    return (*heading, Pattern(id=NONE, fit=Fit.CANNOT_TELL, text=none.text))


def _fit(rule: PatternRule, person: _Told) -> Fit | None:
    return RULES[rule.id](person) if rule.region in person.regions or rule.id == "B3" else None


def _pattern(rule: PatternRule, fit: Fit, person: _Told) -> Pattern:
    return Pattern(id=rule.id, fit=fit, text=_text(rule, fit, person.level))


def _text(rule: PatternRule, fit: Fit, level: Level) -> str:
    """Return the wording key. B1's sentence about warning signs stands only at P and X (ruling 21)."""
    plain = rule.id == "B1" and level not in {Level.P, Level.X}
    if fit == Fit.CANNOT_TELL:
        return "pattern.fit.cannot-tell"
    if fit == Fit.PARTLY:
        return f"pattern.{rule.id}.partly_plain" if plain else f"pattern.{rule.id}.partly"
    return f"pattern.{rule.id}.plain" if plain else rule.text


# -- knee --------------------------------------------------------------------------------------------


def _other_knee_feature(person: _Told) -> bool:
    """Locking, giving way, slipping, big swelling, injury: what keeps the kneecap pattern away."""
    ticked = bool(person.safety_ticks & {"C8", "C9", "D2"})
    return ticked or person.choice("QK1") == "yes" or person.choice("Q4") == safety.INJURY


def _kneecap(person: _Told) -> Fit | None:
    if "front_knee" not in person.places or _other_knee_feature(person):
        return None
    triggers, onset = person.ticks("Q5k"), person.choice("Q4")
    if triggers is None:
        return Fit.CANNOT_TELL
    hits = len(triggers & KNEE_TRIGGERS)
    if hits == 0:
        return None
    if onset is None:
        return Fit.CANNOT_TELL
    return Fit.FITS if hits > 1 else Fit.PARTLY


def _joint_wear(person: _Told) -> Fit | None:
    triggers, stiff = person.ticks("Q5k"), person.choice("Q6")
    parts = (
        person.aged(JOINT_WEAR_FROM_Y),
        None if triggers is None else bool(triggers & ON_THE_MOVE),
        None if stiff is None else stiff != "stiff-over-30",
    )
    return _all_of(*parts)


def _other_knee(person: _Told) -> Fit | None:
    elsewhere = "front_knee" not in person.places
    return Fit.FITS if elsewhere or _other_knee_feature(person) else None


def _knee_from_the_hip(person: _Told) -> Fit | None:
    shoes = None
    if "hip" in asking.regions(person.known, person.told):
        triggers = person.ticks("Q10h")
        shoes = None if triggers is None else "trigger-shoes-socks" in triggers
    else:
        shoes = False
    return _any_of("groin" in person.places, shoes)


# -- back --------------------------------------------------------------------------------------------

BACK_TICKS = frozenset({"C10", "C11", "D6", "D7"})
"""Back-related ticks that keep B1 away, beside every E item (ruling 21)."""


def _moving_back(person: _Told) -> Fit | None:
    flagged = bool(person.safety_ticks & BACK_TICKS) or person.level.rank >= Level.U.rank
    below = "below_knee" in person.places or person.choice("Q7b") == "leg-below-knee"
    if flagged or below or _leg_nerve(person) == Fit.FITS or person.choice("QB1") == "no":
        return None
    if person.choice("Q7b") is None:
        return Fit.CANNOT_TELL
    return Fit.FITS if person.choice("QB1") == "yes" else Fit.PARTLY


def _leg_nerve(person: _Told) -> Fit | None:
    if safety.leg_nerve_signs(person.known, person.told) >= safety.NERVE_SIGNS:
        return Fit.FITS
    leg = person.choice("Q7b")
    if leg == "leg-no":
        return None
    open_ = leg is None or person.choice("Q8b") is None or person.choice("Q9b") is None
    return Fit.CANNOT_TELL if open_ else None


FEATURES_THAT_FIT = 4
FEATURES_THAT_PARTLY_FIT = 3


def _inflammatory_back(person: _Told) -> Fit | None:
    if "C10" not in person.safety_ticks:
        return None
    slow = person.choice("Q4") == "onset-slow"
    young = person.aged(INFLAMMATORY_BEFORE_Y) is False
    features = C10_FEATURES + slow + young
    return Fit.FITS if features >= FEATURES_THAT_FIT else Fit.PARTLY


# -- hip ---------------------------------------------------------------------------------------------


def _outer_hip(person: _Told) -> Fit | None:
    if "outer_hip" not in person.places:
        return None
    triggers = person.ticks("Q10h")
    if triggers is None:
        return Fit.CANNOT_TELL
    fits = triggers & OUTER_HIP_TRIGGERS and "trigger-shoes-socks" not in triggers
    return Fit.FITS if fits else None


def _hip_joint(person: _Told) -> Fit | None:
    if "groin" not in person.places:
        return None
    triggers, walking = person.ticks("Q10h"), person.choice("QH1")
    moves = None if triggers is None else bool(triggers & {"trigger-shoes-socks", "trigger-stairs"})
    older = person.aged(WALKING_PAIN_FROM_Y)
    # An unanswered walking question leaves the pack's fallback: shoes and socks, and stairs, alone.
    return _any_of(moves, older is True and walking == "yes")


# -- three-valued logic ------------------------------------------------------------------------------


def _all_of(*parts: bool | None) -> Fit | None:
    if any(part is False for part in parts):
        return None
    return Fit.CANNOT_TELL if None in parts else Fit.FITS


def _any_of(*parts: bool | None) -> Fit | None:
    if any(parts):
        return Fit.FITS
    return Fit.CANNOT_TELL if None in parts else None


RULES: Mapping[str, Callable[[_Told], Fit | None]] = MappingProxyType(
    {
        "K1": _kneecap,
        "K2": _joint_wear,
        "K3": _other_knee,
        "K4": _knee_from_the_hip,
        "B1": _moving_back,
        "B2": _leg_nerve,
        "B3": _inflammatory_back,
        "H1": _outer_hip,
        "H2": _hip_joint,
    }
)
"""The code of every ``[[pattern]]`` in ``patterns.toml`` but ``N``, by its id. None: it does not fit."""
