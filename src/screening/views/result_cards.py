"""The cards of the result, in the order they are read: what it comes to, what was told, what was found."""

from collections.abc import Iterable, Sequence

import streamlit as st

from screening.domain.answers import NO_PAIN, Answers, Ending, Side
from screening.domain.instruments import Source
from screening.domain.levels import Level
from screening.domain.norms import NormRow
from screening.domain.outcome import (
    Difference,
    DomainFinding,
    Finding,
    Fit,
    GetSeen,
    LeftOut,
    NotYet,
    Pattern,
    Results,
    Score,
    SideVerdict,
)
from screening.domain.patterns import MANY_AREAS
from screening.domain.selftests import SelfTest
from screening.services import answers_file
from screening.services.wording import Say, speaker
from screening.views import cards, charts, entry, sitemap, state, tables, theme
from screening.views.charts import Axis
from screening.views.components.save_file import save_file
from screening.views.words import say

LOCKED = (Level.U, Level.V)
"""Levels at which no test is scored: pain answers and patterns remain."""

NOTICED = (
    SideVerdict.LEFT_LOWER,
    SideVerdict.RIGHT_LOWER,
    SideVerdict.HARDER_LEFT,
    SideVerdict.HARDER_RIGHT,
)

PAIN_TODAY = "pain-6"
"""Reason code of a test that is left out because of the pain right now."""


def results_or_why_not() -> Results | None:
    """Return the results; where there are none yet, or none to give, draw why and return None.

    Before the draft keeper has spoken nothing is judged: an empty visit may be one that is still coming.
    """
    if not state.visit().heard:
        st.info(say("results.loading"))
        return None
    outcome = state.assessment()
    if isinstance(outcome, NotYet):
        cards.ask_first(outcome)
        return None
    if isinstance(outcome, GetSeen):
        cards.get_seen(outcome)
        return None
    return outcome


# --- 1: one main message and the next step ------------------------------------------------------------


def headline(results: Results) -> str:
    """Return which main message these results come to: one word, the same for card and test.

    The order is the order of care: what must come first, then what is worth a look, then what could not
    be told, and only with every compared test clear "nothing stood out".
    """
    if results.level in LOCKED:
        return "get-checked"
    if not results.scores:
        reasons = {each.reason for each in results.battery.left_out}
        if PAIN_TODAY in reasons:
            return "pain-today"
        return "no-tests" if results.battery.planned else "left-out"
    return _headline_of_tests(results)


def _headline_of_tests(results: Results) -> str:
    found = {side for each in results.domains for side in (each.left, each.right)}
    if Finding.WORTH_SHOWING in found:
        return "worth-showing"
    if any(each.ending == Ending.STOPPED_FOR_PAIN for each in results.scores):
        return "pain-stopped"
    if any(each.verdict in NOTICED for each in results.differences):
        return "sides-differ"
    if Finding.NO_SIGNAL not in found:
        return "cannot-tell"
    return "nothing-low" if Finding.CANNOT_TELL not in found else "mixed"


def main_message(results: Results) -> None:
    """Draw the one message that matters most, what it means, and the next step."""
    what = headline(results)
    with st.container(border=True, key="card-main"):
        st.header(say(f"results.main.{what}"), anchor=False)
        named = _named(what, results)
        if named:
            st.markdown(_bullets(named))
        st.markdown(say(f"results.more.{what}"))
        st.markdown(f"**{say(f'results.next.{what}')}**")
        if what == "no-tests" and st.button(
            say("results.to_tests"), key="to-tests", type="primary", width="stretch"
        ):
            st.switch_page(sitemap.path_of("self_tests"))
    for card in results.cards:
        with st.container(border=True, key=f"card-{card.level}"):
            st.subheader(say(card.header), anchor=False)
            st.markdown(say(card.action))
            if card.reasons:
                st.markdown(say("level.because"))
                st.markdown(_bullets(say(reason) for reason in card.reasons))


def _named(what: str, results: Results) -> list[str]:
    """Return what the main message speaks of, by name."""
    if what == "worth-showing":
        return [
            say("results.named", name=say(f"domain.{each.id}.name"), sides=_sides_of(each))
            for each in results.domains
            if Finding.WORTH_SHOWING in (each.left, each.right)
        ]
    if what == "pain-stopped":
        stopped = [each.test for each in results.scores if each.ending == Ending.STOPPED_FOR_PAIN]
    elif what == "sides-differ":
        stopped = [each.test for each in results.differences if each.verdict in NOTICED]
    else:
        stopped = []
    return [say(f"test.{test}.name") for test in dict.fromkeys(stopped)]


def _sides_of(domain: DomainFinding) -> str:
    if domain.left == domain.right:
        return say("results.tests.both_sides").lower()
    side = Side.LEFT if domain.left == Finding.WORTH_SHOWING else Side.RIGHT
    return say(f"side.{side}").lower()


# --- 2: what you told us ------------------------------------------------------------------------------


def told(results: Results) -> None:
    """Draw what the person told us, with a way back to each screen."""
    answers = state.visit().told
    st.header(say("results.told.title"), anchor=False)
    rows = tuple((say(f"results.told.{name}"), value) for name, value in _told(answers, results) if value)
    head = (say("results.told.question"), say("results.told.answer"))
    st.markdown(tables.markdown(tables.Table(head=head, rows=rows)))
    with st.container(horizontal=True, key="screen-only-change"):
        for page in ("about_you", "where", "pain", "self_tests"):
            label = say("results.change", what=say(f"nav.{page}"))
            if st.button(label, key=f"change-{page}"):
                st.switch_page(sitemap.path_of(page))


def _told(told: Answers, results: Results) -> list[tuple[str, str]]:
    activity, pain = told.activity, results.pain
    spots = "; ".join(say(f"spot.{each}") for each in told.spots)
    worst = say(f"spot.{told.worst}") if told.worst and len(told.spots) > 1 else ""
    listed: list[tuple[str, str]] = [
        ("age", _shown(told.age_y)),
        ("sex", say(f"option.{told.sex}") if told.sex else ""),
        ("days", _shown(activity.days_per_week)),
        ("minutes", _shown(activity.minutes_per_day)),
        ("strength", _shown(activity.strength_days)),
        ("sitting", _shown(activity.sitting_hours)),
        ("spots", spots),
        ("worst", worst),
    ]
    if NO_PAIN in told.spots:
        return listed
    task = say(f"option.{pain.activity}") if pain.activity else ""
    return [
        *listed,
        ("average", _of_ten(pain.average)),
        ("now", _of_ten(pain.now)),
        ("impact", _of_ten(pain.impact)),
        ("activity", f"{task}: {_of_ten(pain.activity_score)}" if task else ""),
        ("duration", say(f"option.{pain.duration}") if pain.duration else ""),
    ]


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)


def _of_ten(value: float | None) -> str:
    return "" if value is None else say("results.of_ten", value=charts.number(value))


# --- 3: the four domains -----------------------------------------------------------------------------


def domains(results: Results) -> None:
    """Draw the four domains: at a glance, then each with its tests, left and right."""
    if not results.scores:
        _left_out(results.battery.left_out)
        return
    st.header(say("results.tests.title"), anchor=False)
    st.markdown(tables.markdown(tables.domains_table(results.domains, _words())))
    st.markdown(say("results.tests.how_to_read"))
    for domain in results.domains:
        mine = [each for each in results.scores if _test(each.test).domain == domain.id]
        if mine:
            st.subheader(say(f"domain.{domain.id}.name"), anchor=False)
            st.markdown(say(f"domain.{domain.id}.about"))
            st.markdown(_finding(domain.left, domain.right))
            for test_id in dict.fromkeys(each.test for each in mine):
                test_card(_test(test_id), [each for each in mine if each.test == test_id])
    _left_out(results.battery.left_out)
    for note in results.battery.notes:
        st.info(say(note))


def _finding(left: Finding, right: Finding) -> str:
    if left == right:
        return f"**{say('results.tests.both_sides')}:** {say(f'finding.{left}')}"
    parts = [f"**{say(f'side.{side}')}:** {say(f'finding.{found}')}" for side, found in _sides(left, right)]
    return "  \n".join(parts)


def _sides(left: Finding, right: Finding) -> tuple[tuple[Side, Finding], ...]:
    return (Side.LEFT, left), (Side.RIGHT, right)


def test_card(test: SelfTest, scores: Sequence[Score]) -> None:
    """Draw one test: its strip, what it says of each side, how sure that is, and the numbers behind it."""
    words, axis = _words(), Axis.of(test)
    rows = tuple(dict.fromkeys(row for each in scores for row in (*each.norms, *each.shown)))
    st.markdown(f"**{say(f'test.{test.id}.name')}.** {say(f'test.{test.id}.measures')}")
    if any(each.value is not None for each in scores):
        judged = any(each.band is not None for each in scores)
        picture = charts.strip(axis, rows, judged=judged, look=_look(), language=entry.language())
        st.vega_lite_chart(
            charts.strip_with(picture, axis, scores, words),
            alt=charts.strip_alt(axis, scores, rows, words),
        )
    st.markdown("  \n".join(_results_in_words(axis, scores)))
    st.caption("  \n".join(_how_sure(test, scores, rows)))
    with st.expander(say("results.tests.details", test=say(f"test.{test.id}.name"))):
        st.markdown(tables.markdown(tables.strip_table(axis, scores, rows, words)))
        st.markdown(_bullets(_details(test, scores, rows)))


def _results_in_words(axis: Axis, scores: Sequence[Score]) -> list[str]:
    """Return one line per side. Sides that share their sentence share the line, each with its number."""
    by_sentence: dict[str, list[Score]] = {}
    for each in scores:
        by_sentence.setdefault(_sentence(each), []).append(each)
    lines = []
    for sentence, mine in by_sentence.items():
        numbers = [_raw_number(axis, each) for each in mine]
        if len(mine) > 1 and not any(numbers):
            lines.append(f"**{say('results.tests.both_sides')}:** {sentence}")
            continue
        who = " ".join(
            f"**{_who(each.side)}:** {raw}".strip() for each, raw in zip(mine, numbers, strict=True)
        )
        lines.append(f"{who} {sentence}")
    return lines


def _who(side: Side | None) -> str:
    return say("chart.you") if side is None else say(f"side.{side}")


def _raw_number(axis: Axis, score: Score) -> str:
    """Say the value where the sentence does not: without a band the number stands as it is."""
    if score.value is None or score.band is not None or score.say.startswith("test."):
        return ""
    return say("results.tests.number", value=charts.amount(score.value, axis, _words()))


def _sentence(score: Score) -> str:
    if score.shown:
        return say("results.tests.averages_differ")
    if score.say.startswith("test."):
        return say("results.tests.ticked", ticks=say(score.say).rstrip("."))
    told = [say(score.say, **score.values)]
    if score.seen:
        told.append(
            say("results.tests.ticked", ticks="; ".join(say(each).rstrip(".") for each in score.seen))
        )
    return " ".join(told)


def _how_sure(test: SelfTest, scores: Sequence[Score], rows: Sequence[NormRow]) -> list[str]:
    """Return the small print under a result: its margin and further notes, then whose numbers stand there."""
    sure = []
    if any(each.value is not None for each in scores):
        sure.append(_margin(test))
    notes = dict.fromkeys(note for each in scores for note in each.notes)
    lines = [" ".join([*sure, *(say(note) for note in notes)])]
    for lane, row in zip(charts.lanes(rows, _words()), charts.drawn(rows), strict=True):
        lines.append(f"{lane.label}: {tables.plain(tables.people(row, _words()))}.")
    return [line for line in lines if line]


def _margin(test: SelfTest) -> str:
    """Say how far off a home test can be, in whole units: "about 9 s" claims no more than is known."""
    if test.margin is None:
        return say("results.tests.no_margin")
    half = charts.amount(round(test.margin), Axis.of(test), _words())
    return say("results.tests.margin", margin=half)


def _details(test: SelfTest, scores: Sequence[Score], rows: Sequence[NormRow]) -> list[str]:
    lines = [f"**{_who(each.side)}:** {line}" for each in scores for line in _noted(test, each)]
    lines += [say(key) for key in test.adapted]
    keys = dict.fromkeys([*(row.source for row in rows), *([test.sem[1]] if test.sem else [])])
    return [*lines, *(source_line(state.known().sources[key]) for key in keys)]


def _noted(test: SelfTest, score: Score) -> list[str]:
    """Return what else was noted on one side: share of people, what was seen, effort, pain in the test."""
    lines = []
    if score.out_of_100 is not None:
        fewest, most = (charts.number(share) for share in score.out_of_100)
        lines.append(say("results.tests.out_of_100", fewest=fewest, most=most))
    attempt = state.visit().told.attempt(test.id, score.side)
    if attempt is None:
        return lines
    for code in test.asks:
        if code in (attempt.ticks or ()):
            lines.append(f"{say(f'test.{test.id}.ask.{code}')} {say('option.yes')}.")
    if attempt.effort is not None:
        lines.append(say("results.tests.effort", effort=attempt.effort))
    if attempt.pain is not None and attempt.pain.during is not None:
        lines.append(say("results.tests.pain", during=attempt.pain.during))
    return lines


def _left_out(left_out: Sequence[LeftOut]) -> None:
    """Draw which tests were left out and why, the tests of one reason together."""
    by_reason: dict[str, list[str]] = {}
    for each in left_out:
        name = say(f"test.{each.test}.name")
        if each.side is not None:
            name = f"{name} ({say(f'side.{each.side}').lower()})"
        by_reason.setdefault(each.reason, []).append(name)
    if not by_reason:
        return
    st.subheader(say("results.left_out.title"), anchor=False)
    st.markdown(
        _bullets(f"**{', '.join(names)}.** {say(f'reason.{reason}')}" for reason, names in by_reason.items())
    )


# --- 4: left and right ---------------------------------------------------------------------------------


def sides(results: Results) -> None:
    """Draw left against right: one picture, then a sentence for each test done on both sides."""
    if not results.differences:
        return
    words, found = _words(), charts.comparable(results.differences)
    st.header(say("results.sides.title"), anchor=False)
    if found:
        axes = tuple(Axis.of(_test(each.test)) for each in found)
        picture = charts.gaps(axes, look=_look(), language=entry.language())
        st.vega_lite_chart(
            charts.gaps_with(picture, axes, found, words), alt=charts.gaps_alt(axes, found, words)
        )
        st.caption(say("results.sides.how_to_read"))
    st.markdown(_bullets(_difference(each) for each in results.differences))
    if found:
        with st.expander(say("results.sides.details")):
            st.markdown(tables.markdown(tables.gaps_table(axes, found, words)))


def _difference(found: Difference) -> str:
    parts = [f"**{say(f'test.{found.test}.name')}.** {say(f'difference.{found.verdict}')}"]
    if found.reason is not None:
        parts.append(say(f"results.sides.because.{found.reason}"))
    if found.same_side_as_pain:
        parts.append(say("difference.same-side"))
    return " ".join(parts)


# --- 5 to 9: patterns, how it may connect, limits, help, sources ---------------------------------------


def patterns(results: Results) -> None:
    """Draw which patterns the answers fit or partly fit, in the three words of certainty."""
    if not results.patterns:
        return
    st.header(say("results.patterns.title"), anchor=False)
    for each in results.patterns:
        st.markdown(say(each.text) if each.id == MANY_AREAS else _pattern(each))
    shown = {each.id for each in results.patterns if each.fit != Fit.CANNOT_TELL}
    if {"K1", "K2"} <= shown:
        st.markdown(say("pattern.k1_and_k2"))
    st.markdown(say("pattern.not_sure"))
    st.markdown(say("text.R4"))


def _pattern(found: Pattern) -> str:
    name = f"**{say(f'pattern.{found.id}.name')} ({say(f'results.fit.{found.fit}')}).**"
    return f"{name} {say(found.text)}"


def connect(results: Results) -> None:
    """Draw how a hip may have to do with a knee or a back: what goes together, and what nobody has shown."""
    st.header(say("results.connect.title"), anchor=False)
    regions = {
        region
        for spot in state.visit().told.spots
        if spot != NO_PAIN
        for region in state.known().instruments.spots[spot].regions
    }
    if not regions:
        regions = {"knee", "back"}
    for each in ("knee", "back", "all"):
        if each in {*regions, "all"}:
            st.markdown(say(f"results.connect.{each}"))


def limits() -> None:
    """Draw what a home check cannot tell."""
    st.header(say("results.limits.title"), anchor=False)
    st.markdown(_bullets(say(f"results.limits.{number}") for number in range(1, 7)))


def help_when(results: Results) -> None:
    """Draw when to get help: every safety text that fired, and the next morning after tests."""
    st.header(say("results.help.title"), anchor=False)
    for text in results.texts:
        st.markdown(say(text))
    if results.scores:
        st.markdown(say("text.T4"))


def sources(results: Results) -> None:
    """Draw the sources that this result rests on, and no others."""
    with st.expander(say("results.sources.title")):
        known = state.known().sources
        st.markdown(_bullets(source_line(known[key]) for key in used_sources(results)))


def used_sources(results: Results) -> tuple[str, ...]:
    """Return the keys of the sources behind these scores and patterns, each once, in order."""
    keys: list[str] = []
    for each in results.scores:
        keys += [row.source for row in (*each.norms, *each.shown)]
        keys += [each.margin.source] if each.margin else []
        keys += _test(each.test).sources
    named = {each.id for each in results.patterns}
    for rule in state.known().instruments.patterns:
        keys += rule.sources if rule.id in named else ()
    return tuple(dict.fromkeys(keys))


def source_line(source: Source) -> str:
    """Return one source as a line: the citation, then its DOI where one is known."""
    line = tables.plain(source.citation)
    return f"{line} {tables.plain(source.doi)}" if source.doi else line


# --- 10: take it with you ------------------------------------------------------------------------------


def take_away() -> None:
    """Draw the way to keep it: the answers as a file, the page on paper; and the way to forget it all."""
    told, known = state.visit().told, state.known()
    with st.container(key="screen-only-take-away"):
        st.header(say("results.keep.title"), anchor=False)
        st.markdown(say("results.keep.warning"))
        save_file(text=answers_file.dumps(told, known), name=f"hip-check-{told.date}.json", say=say)
        st.caption(say("results.keep.print_hint"))
        cards.start_over("results-start-over")


# --- small things ---------------------------------------------------------------------------------------


def _words() -> Say:
    """The words of this visit's language, for what is not drawn with Streamlit."""
    return speaker(entry.language())


def _look() -> theme.Look:
    return theme.look(st.context.theme.type)


def _test(test_id: str) -> SelfTest:
    return state.known().selftests[test_id]


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
