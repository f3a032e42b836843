"""From what happened to what may be said: pain first, then the protocol, then a fair row, then a band.

Sources are sections of the clinical pack, ``self_tests`` (protocols and rules) and ``rulings`` (which
rank above it). Every number that may judge a person comes with the test, out of a data file.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from screening.domain import attempts
from screening.domain.answers import Attempt, Ending, Form, Sex, TimedBy
from screening.domain.norms import NormRow
from screening.domain.outcome import Margin, Score
from screening.domain.selftests import BandSpec, Kind, Note, ScoreRule, SelfTest
from screening.errors import MeasurementRejected, NormUnavailable

MOST_PAIN = 5
"""A try with pain above this is stopped by pain, whatever its ending says (ruling 12; text T1)."""

LITTLE_PAIN = 2
"""Pain up to here is fine, however much it rose (ruling 12; text T2)."""

PAIN_RISE = 2
"""Rise over the pain at the start that ends a try: one MDC of the 0-10 rating (ruling 12, safety 5)."""

SEAT_CM = (41.0, 46.0)
"""Seat heights near enough to the published 17 inches, inclusive (self_tests 6.3 [J], ruling 13)."""

ADULT_Y = 18
"""Nobody younger is scored (self_tests 4)."""

UPPER_QUARTILE = 75.0
"""The percentile above which a chair stand is "higher than most" (self_tests 8)."""

WHOLE_BANDS = ((0.0, 5.0), (5.0, 25.0), (25.0, 75.0), (75.0, 100.0))
"""Under 5, 5-25, 25-75, over 75: no exact percentile is ever told (self_tests 8)."""

_TELLS_NOTHING_OF_AGE = frozenset({"seat-not-known", "seat-outside"})
"""Deviations told only where a comparison was possible at all: else they promise one."""

_NO_FAIR_ROW = frozenset({"age-outside-norms", "sex-not-said", "no-norms"})
"""Reasons that leave a clean measurement without a row: published averages may stand beside it."""


# -- what counts ----------------------------------------------------------------------------------


def effective_ending(attempt: Attempt) -> Ending:
    """Return how the attempt ended, after the pain rule had its say (ruling 12).

    A try with pain over 5, or with pain above 2 and 2 or more above the start, is stopped by pain even
    if it was finished. The highest pain that was given counts, after the try included. Without a pain
    at the start only the first half can speak.
    """
    if attempt.ending != Ending.DONE or attempt.pain is None:
        return attempt.ending
    before = attempt.pain.before
    given = [each for each in (before, attempt.pain.during, attempt.pain.after) if each is not None]
    worst = max(given, default=0)
    rose = before is not None and worst > LITTLE_PAIN and worst - before >= PAIN_RISE
    return Ending.STOPPED_FOR_PAIN if worst > MOST_PAIN or rose else Ending.DONE


def possible(value: float, test: SelfTest) -> float:
    """Return the value if this test can produce it, in its unit.

    Raises:
        MeasurementRejected: Outside the valid range, not finite, or a fraction where only whole numbers
            are possible. Carries the range.
    """
    if not attempts.possible(value, test) or (test.whole and value != int(value)):
        low, high = test.valid
        kind = "whole numbers " if test.whole else ""
        raise MeasurementRejected(
            f"{test.id}: {kind}from {low:g} to {high:g} {test.unit}",
            lowest=low,
            highest=high,
            whole=test.whole,
        )
    return value


def points(ticks: tuple[str, ...], test: SelfTest) -> float:
    """Return the points of what was ticked; of one group only the line with most points counts.

    Codes that are not in the rubric (follow-up questions) have no points. Source: self_tests 6.2, 6.4.
    """
    total = 0
    by_group: dict[str, int] = {}
    for tick in test.ticks:
        if tick.code not in ticks:
            continue
        if tick.group is None:
            total += tick.points
        else:
            by_group[tick.group] = max(tick.points, by_group.get(tick.group, 0))
    return float(total + sum(by_group.values()))


def deviation(attempt: Attempt, test: SelfTest) -> str | None:
    """Return how a finished try left the protocol, as a reason code, or None.

    Another form (hands, squat), a shoulder or back that ended a side plank, a seat of another height or
    one nobody measured: raw value only (self_tests 8, rule 3; rulings 12, 13, 17).
    """
    if attempt.form != Form.STANDARD:
        return "hands-used" if attempt.form == Form.HANDS else "adapted-form"
    if attempt.stopped_by is not None and attempt.stopped_by in test.raw_if_stopped_by:
        return f"{attempt.stopped_by}-stop"
    return _seat(attempt) if test.chair else None


def _seat(attempt: Attempt) -> str | None:
    """A height given decides; without one the knee's angle; without either it is not known (ruling 13)."""
    if attempt.seat_cm is not None:
        return None if SEAT_CM[0] <= attempt.seat_cm <= SEAT_CM[1] else "seat-outside"
    if attempt.right_angle is None:
        return "seat-not-known"
    return None if attempt.right_angle else "seat-outside"


# -- percentiles ------------------------------------------------------------------------------------


def below_if_normal(value: float, mean: float, sd: float) -> float:
    """Return how many of 100 people score below a value, if scores are normal. Source: self_tests 8."""
    return 100 * _phi((value - mean) / sd)


def below_if_lognormal(value: float, mean: float, sd: float) -> float:
    """Return how many of 100 people score below a value, if scores are log-normal with this mean and SD.

    sigma = sqrt(ln(1 + (sd/mean)^2)), mu = ln(mean) - sigma^2/2. Source: self_tests 8.
    """
    if value <= 0:
        return 0.0
    sigma = math.sqrt(math.log1p((sd / mean) ** 2))
    return 100 * _phi((math.log(value) - math.log(mean)) / sigma + sigma / 2)


def percentile_range(value: float, rows: tuple[NormRow, ...]) -> tuple[float, float]:
    """Return the lowest and highest of both models over all these rows, 0-100.

    Their spread *is* the uncertainty: it is widened to whole bands before anybody sees it.

    Raises:
        NormUnavailable: No row has a mean and an SD.
    """
    estimates = [
        model(value, row.mean, row.sd)
        for row in rows
        if row.mean is not None and row.sd is not None
        for model in (below_if_normal, below_if_lognormal)
    ]
    if not estimates:
        raise NormUnavailable("no row with a mean and an SD")
    return min(estimates), max(estimates)


def whole_bands(low: float, high: float) -> tuple[float, float]:
    """Widen a range of percentiles to whole bands: under 5, 5-25, 25-75, over 75 (self_tests 8)."""
    return _whole_band(low)[0], _whole_band(high)[1]


def _whole_band(percent: float) -> tuple[float, float]:
    if percent < WHOLE_BANDS[0][1]:
        return WHOLE_BANDS[0]
    return next(band for band in WHOLE_BANDS[1:] if percent <= band[1])


def _phi(z: float) -> float:
    return math.erfc(-z / math.sqrt(2)) / 2


# -- the score --------------------------------------------------------------------------------------


def score(attempt: Attempt, test: SelfTest, age_y: int, sex: Sex | None) -> Score:
    """Return one test on one side, as far as it can honestly be told.

    A band needs, in this order: a try that was done and not limited by pain, the standard form, a row
    for exactly this age and sex, and a chair of the right height. Without one of these the raw value
    stands alone, with the reason.

    Args:
        attempt: What happened, of this test.
        test: The test, with the rows that may judge.
        age_y: Age in whole years.
        sex: Sex as the norms use it; None counts as not said.

    Raises:
        MeasurementRejected: Done without a value, or a value this test cannot produce.
    """
    ending = effective_ending(attempt)
    value = _value(attempt, test)
    left_protocol = deviation(attempt, test) if attempt.ending == Ending.DONE else None
    capped = _capped(attempt, test, value)
    rows = tuple(row for row in test.norms if row.judges and row.covers(age_y, sex))
    reason = _reason(test, ending, left_protocol, _fair(test, rows, age_y, sex))
    if reason is None and value is not None:
        judged = _RULES[test.rule](value, test, rows)
    else:
        judged = _Judged(say=_why(attempt, test, value, reason))
    clean = ending == Ending.DONE and left_protocol is None
    return Score(
        test=test.id,
        side=attempt.side,
        ending=ending,
        value=value,
        unit=test.unit,
        capped=capped,
        form=attempt.form,
        band=judged.band.id if judged.band else None,
        low=judged.band is not None and judged.band.low,
        reason=reason,
        margin=_margin(value, test) if clean else None,
        say=judged.sentence(capped=capped),
        values=_values(value, test, judged),
        norms=judged.norms,
        shown=_shown(test, age_y, sex) if clean and reason in _NO_FAIR_ROW else (),
        out_of_100=judged.out_of_100,
        notes=_notes(attempt, test, age_y, value, banded=judged.band is not None),
        deviation=left_protocol,
        seen=tuple(tick.say for tick in test.ticks if tick.code in (attempt.ticks or ())),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A band, the rows it rests on, and the published numbers its sentence names."""

    band: BandSpec | None = None
    norms: tuple[NormRow, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    out_of_100: tuple[float, float] | None = None
    say: str = ""

    def sentence(self, *, capped: bool) -> str:
        """Return the wording key of the band, or of why there is none."""
        if self.band is None:
            return self.say
        return self.band.say_at_cap if capped and self.band.say_at_cap else self.band.say


def _value(attempt: Attempt, test: SelfTest) -> float | None:
    if attempt.ending != Ending.DONE:
        return None
    if attempt.value is not None:
        return possible(attempt.value, test)
    if test.kind == Kind.RATING and attempt.ticks is not None:
        return possible(points(attempt.ticks, test), test)
    raise MeasurementRejected(f"{test.id}: done, without a value")


def _capped(attempt: Attempt, test: SelfTest, value: float | None) -> bool:
    """A hold that reached the cap is capped, whoever typed it; fast repetitions only if it was said so."""
    reached = test.kind == Kind.HOLD and test.cap is not None and value is not None and value >= test.cap
    return value is not None and (attempt.capped or reached)


def _fair(test: SelfTest, rows: tuple[NormRow, ...], age_y: int, sex: Sex | None) -> str | None:
    """Return why no fair comparison exists for this person, or None."""
    if test.rule in {ScoreRule.WORDS, ScoreRule.NONE}:
        return test.no_band
    if age_y < ADULT_Y or (test.ages is not None and not test.ages[0] <= age_y <= test.ages[1]):
        return "age-outside-norms"
    if test.rule == ScoreRule.POINTS or rows:
        return None
    judging = [row for row in test.norms if row.judges]
    if not judging:
        return "no-norms"
    of_this_age = any(row.covers(age_y, each) for row in judging for each in (Sex.FEMALE, Sex.MALE))
    return "sex-not-said" if of_this_age else "age-outside-norms"


def _reason(test: SelfTest, ending: Ending, left_protocol: str | None, unfair: str | None) -> str | None:
    """Return the first reason to tell why there is no band, or None when there may be one."""
    if ending != Ending.DONE:
        return ending.value
    if left_protocol in _TELLS_NOTHING_OF_AGE:
        return unfair or left_protocol
    return left_protocol or unfair


def _margin(value: float | None, test: SelfTest) -> Margin | None:
    """Return one standard error each way, clipped to what the test can measure (self_tests 8, rule 7)."""
    if value is None or test.margin is None or test.sem is None:
        return None
    low, high = test.valid
    return Margin(
        half_width=test.margin,
        low=max(low, round(value - test.margin, 2)),
        high=min(high, round(value + test.margin, 2)),
        source=test.sem[1],
    )


def _shown(test: SelfTest, age_y: int, sex: Sex | None) -> tuple[NormRow, ...]:
    return tuple(row for row in test.norms if row.shown and row.covers(age_y, sex))


def _why(attempt: Attempt, test: SelfTest, value: float | None, reason: str | None) -> str:
    """Return the wording key that stands in for a band: the reason, or the words of the grade."""
    if reason == Ending.STOPPED_FOR_PAIN and attempt.ending == Ending.DONE:
        return "no_band.pain-rule"
    if test.rule == ScoreRule.WORDS and reason == test.no_band:
        return next((tick.say for tick in test.ticks if tick.points == value), f"no_band.{reason}")
    return f"no_band.{reason}"


def _values(value: float | None, test: SelfTest, judged: _Judged) -> Mapping[str, str | float | int]:
    """Return what fills the sentence: value, unit, cap, and the published numbers of the band."""
    numbers: dict[str, float] = {**judged.numbers}
    if value is not None:
        numbers["value"] = value
    if test.cap is not None:
        numbers["cap"] = test.cap
    if judged.out_of_100 is not None:
        numbers["fewest"], numbers["most"] = judged.out_of_100
    return MappingProxyType({"unit": test.unit, **{name: _plain(number) for name, number in numbers.items()}})


def _plain(number: float) -> float | int:
    """Return 45 for 45.0, and two decimals at most else."""
    short = round(number, 2)
    return int(short) if short == int(short) else short


def _notes(
    attempt: Attempt, test: SelfTest, age_y: int, value: float | None, *, banded: bool
) -> tuple[str, ...]:
    """Return the further lines: advice of the test, "not quite the published test", "timed by you"."""
    found = [note.say for note in test.notes if _applies(note, attempt, age_y, value, banded=banded)]
    if value is not None and (test.adapted or attempt.form != Form.STANDARD):
        found.append("note.adapted")
    if value is not None and test.by_you and attempt.timed_by == TimedBy.SELF:
        found.append(test.by_you)
    return tuple(found)


def _applies(note: Note, attempt: Attempt, age_y: int, value: float | None, *, banded: bool) -> bool:
    if note.age_from_y is not None and age_y < note.age_from_y:
        return False
    if note.age_to_y is not None and age_y > note.age_to_y:
        return False
    if value is None:
        return note.could_not and attempt.ending == Ending.COULD_NOT
    if note.at_cap:
        return attempt.capped and not banded
    return note.below is None or value < note.below


# -- one function per rule ----------------------------------------------------------------------------


def _quartiles(value: float, test: SelfTest, rows: tuple[NormRow, ...]) -> _Judged:
    """Below the published cut, up to the upper quartile, above it (self_tests 8, 13.1; ruling 13).

    The cut is CDC's "below average", the lowest quarter and not "below the mean". 0 stands without
    arms are below every cut.
    """
    cut, cut_row = _cell(rows, lambda row: row.low_cut)
    upper, upper_row = _cell(rows, lambda row: row.percentile(UPPER_QUARTILE))
    place = 0 if value < cut else 1 if value <= upper else 2
    return _Judged(band=test.bands[place], norms=(cut_row, upper_row), numbers={"cut": cut, "upper": upper})


def _mean_line(value: float, test: SelfTest, rows: tuple[NormRow, ...]) -> _Judged:
    """Full time, at or above the published mean for the age, or below it. No percentile (self_tests 8)."""
    mean, row = _cell(rows, lambda row: row.mean)
    full = test.cap is not None and value >= test.cap
    place = 2 if full else 1 if value >= mean else 0
    return _Judged(band=test.bands[place], norms=(row,), numbers={"mean": mean})


def _slow_cut(value: float, test: SelfTest, rows: tuple[NormRow, ...]) -> _Judged:
    """Slower than the published line, or not; on the line is not slower (self_tests 8, 13.2).

    Not finished when the time ran out counts as slower (ruling 13).
    """
    cut, row = _cell(rows, lambda row: row.low_cut)
    return _Judged(band=test.bands[0 if value > cut else 1], norms=(row,), numbers={"cut": cut})


def _fixed(value: float, test: SelfTest, rows: tuple[NormRow, ...]) -> _Judged:
    """Ordinal points in fixed bands; compared with nobody (self_tests 6.2, 8)."""
    return _Judged(band=_band(value, test))


def _hold(value: float, test: SelfTest, rows: tuple[NormRow, ...]) -> _Judged:
    """Fixed bands; beside them the whole spread of both models and all studies, censored at the cap.

    Source: self_tests 8. A hold that reached the cap has no percentile: how long it would have lasted
    nobody knows.
    """
    reached = test.cap is not None and value >= test.cap
    spread = None if reached else whole_bands(*percentile_range(value, rows))
    return _Judged(band=_band(value, test), norms=rows, out_of_100=spread)


def _band(value: float, test: SelfTest) -> BandSpec:
    return next(band for band in test.bands if band.holds(value))


def _cell(rows: tuple[NormRow, ...], read: Callable[[NormRow], float | None]) -> tuple[float, NormRow]:
    for row in rows:
        found = read(row)
        if found is not None:
            return found, row
    raise NormUnavailable("the rows lack the cell this rule reads")


_RULES: Mapping[ScoreRule, Callable[[float, SelfTest, tuple[NormRow, ...]], _Judged]] = MappingProxyType(
    {
        ScoreRule.QUARTILES: _quartiles,
        ScoreRule.MEAN_LINE: _mean_line,
        ScoreRule.SLOW_CUT: _slow_cut,
        ScoreRule.POINTS: _fixed,
        ScoreRule.HOLD: _hold,
    }
)
