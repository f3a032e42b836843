"""The cards of the result, in the order they are read: what it comes to, what was told, what was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from screening.domain.answers import NO_PAIN, Answers, Side
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
)
from screening.domain.patterns import MANY_AREAS
from screening.domain.selftests import SelfTest
from screening.services.wording import Say, speaker
from screening.views import (
    cards,
    charts,
    connect_card,
    entry,
    folds,
    headlines,
    state,
    tables,
    theme,
    therapist,
    worksheet_card,
)
from screening.views.charts import Axis
from screening.views.components.save_file import save_file
from screening.views.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A result, and the words and colours it is shown in: asked of the browser once per run."""

    results: Results
    language: str
    tell: Say
    look: theme.Look


def results_or_why_not() -> Shown | None:
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
    language = entry.language()
    look = theme.look(st.context.theme.type)
    return Shown(results=outcome, language=language, tell=speaker(language), look=look)


# --- 1: one main message and the next step ------------------------------------------------------------


def main_message(shown: Shown) -> None:
    """Draw the one message that matters most, what it means, and the next step."""
    results, tell = shown.results, shown.tell
    what = headlines.headline(results)
    with st.container(border=True, key="card-main"):
        st.header(tell(f"results.main.{what}"), anchor=False)
        therapist.stated()
        next_step = f"**{tell(f'results.next.{what}')}**"
        st.markdown(
            _paragraphs(_bullets(_named(what, results, tell)), tell(f"results.more.{what}"), next_step)
        )
        if what == "no-tests" and st.button(
            tell("results.to_tests"), key="to-tests", type="primary", width="stretch"
        ):
            entry.go_to("self_tests")
    for card in results.cards:
        with st.container(border=True, key=f"card-{card.level}"):
            st.subheader(say(card.header), anchor=False)
            because = tell("level.because") if card.reasons else ""
            st.markdown(_paragraphs(say(card.action), because, _bullets(map(say, card.reasons))))


def _named(what: str, results: Results, tell: Say) -> list[str]:
    """Return what the main message speaks of, by name."""
    if what == "worth-showing":
        return [
            tell("results.named", name=tell(f"domain.{each.id}.name"), sides=_sides_of(each, tell))
            for each in headlines.domains_worth_showing(results)
        ]
    return [tell(f"test.{test}.name") for test in headlines.tests_named(what, results)]


def _sides_of(domain: DomainFinding, tell: Say) -> str:
    if domain.left == domain.right:
        return tell("results.tests.both_sides").lower()
    side = Side.LEFT if domain.left == Finding.WORTH_SHOWING else Side.RIGHT
    return tell(f"side.{side}").lower()


# --- 2: what you told us ------------------------------------------------------------------------------


def told(shown: Shown) -> None:
    """Draw what the person told us, with a way back to each screen."""
    results, tell = shown.results, shown.tell
    answers = state.visit().told
    st.header(tell("results.told.title"), anchor=False)
    rows = tuple(
        (tell(f"results.told.{name}"), value) for name, value in _told(answers, results, tell) if value
    )
    head = (tell("results.told.question"), tell("results.told.answer"))
    st.markdown(tables.markdown(tables.Table(head=head, rows=rows)))
    with st.container(horizontal=True, key="screen-only-change"):
        for page in ("about_you", "where", "pain", "self_tests"):
            label = tell("results.change", what=tell(f"nav.{page}"))
            if st.button(label, key=f"change-{page}"):
                entry.go_to(page)


def _told(told: Answers, results: Results, tell: Say) -> list[tuple[str, str]]:
    activity, pain = told.activity, results.pain
    spots = "; ".join(tell(f"spot.{each}") for each in told.spots)
    worst = tell(f"spot.{told.worst}") if told.worst and len(told.spots) > 1 else ""
    listed: list[tuple[str, str]] = [
        ("age", _shown(told.age_y)),
        ("sex", tell(f"option.{told.sex}") if told.sex else ""),
        ("days", _shown(activity.days_per_week)),
        ("minutes", _shown(activity.minutes_per_day)),
        ("strength", _shown(activity.strength_days)),
        ("sitting", _shown(activity.sitting_hours)),
        ("spots", spots),
        ("worst", worst),
    ]
    if NO_PAIN in told.spots:
        return listed
    task = tell(f"option.{pain.activity}") if pain.activity else ""
    return [
        *listed,
        ("average", _of_ten(pain.average, tell)),
        ("now", _of_ten(pain.now, tell)),
        ("impact", _of_ten(pain.impact, tell)),
        ("activity", f"{task}: {_of_ten(pain.activity_score, tell)}" if task else ""),
        ("duration", tell(f"option.{pain.duration}") if pain.duration else ""),
    ]


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)


def _of_ten(value: float | None, tell: Say) -> str:
    return "" if value is None else tell("results.of_ten", value=charts.number(value))


# --- 3: the four domains -----------------------------------------------------------------------------


def domains(shown: Shown) -> None:
    """Draw the four domains: at a glance, then each with its tests, left and right."""
    results, tell = shown.results, shown.tell
    if not results.scores:
        _left_out(results.battery.left_out, tell)
        return
    st.header(tell("results.tests.title"), anchor=False)
    glance = tables.markdown(tables.domains_table(results.domains, tell))
    st.markdown(_paragraphs(glance, tell("results.tests.how_to_read")))
    for domain in results.domains:
        mine = [each for each in results.scores if _test(each.test).domain == domain.id]
        if mine:
            domain_card(domain, mine, shown)
    _left_out(results.battery.left_out, tell)
    for note in results.battery.notes:
        with st.container(border=True):
            st.markdown(say(note))


def _finding(left: Finding, right: Finding, tell: Say) -> str:
    if left == right:
        return f"**{tell('results.tests.both_sides')}:** {tell(f'finding.{left}')}"
    parts = [f"**{tell(f'side.{side}')}:** {tell(f'finding.{found}')}" for side, found in _sides(left, right)]
    return "  \n".join(parts)


def _sides(left: Finding, right: Finding) -> tuple[tuple[Side, Finding], ...]:
    return (Side.LEFT, left), (Side.RIGHT, right)


def domain_card(domain: DomainFinding, scores: Sequence[Score], shown: Shown) -> None:
    """Draw one domain: what it comes to, each test as a strip with its words, then the numbers behind them.

    Words between two pictures are one element: each element costs as much as a page's own rerun.
    """
    tell = shown.tell
    st.subheader(tell(f"domain.{domain.id}.name"), anchor=False)
    words = [tell(f"domain.{domain.id}.about"), _finding(domain.left, domain.right, tell)]
    tests = [
        (_test(name), [each for each in scores if each.test == name])
        for name in dict.fromkeys(each.test for each in scores)
    ]
    for test, mine in tests:
        words.append(f"**{tell(f'test.{test.id}.name')}.** {tell(f'test.{test.id}.measures')}")
        if any(charts.mark_of(each) is not None for each in mine):
            st.markdown(_paragraphs(*words))
            _strip(test, mine, shown)
            words = []
        words += _in_words(test, mine, tell)
    st.markdown(_paragraphs(*words))
    folds.fold(
        tell("results.tests.details", domain=tell(f"domain.{domain.id}.name")),
        _paragraphs(*(_numbers(test, mine, tell) for test, mine in tests)),
        key=f"details-{domain.id}",
    )


def _strip(test: SelfTest, scores: Sequence[Score], shown: Shown) -> None:
    axis, rows = Axis.of(test), _rows(scores)
    judged = any(each.band is not None for each in scores)
    blank = charts.strip(axis, rows, judged=judged, look=shown.look, language=shown.language)
    spec = charts.strip_with(blank, axis, scores, shown.tell)
    st.vega_lite_chart(spec, alt=charts.strip_alt(axis, scores, rows, shown.tell))


def _rows(scores: Sequence[Score]) -> tuple[NormRow, ...]:
    """Return the published rows that stand beside these scores, each once."""
    return tuple(dict.fromkeys(row for each in scores for row in (*each.norms, *each.shown)))


def _in_words(test: SelfTest, scores: Sequence[Score], tell: Say) -> list[str]:
    """Return what one test says of each side, then the small print: how sure, and whose numbers."""
    said = "  \n".join(_results_in_words(Axis.of(test), scores, tell))
    sure = "  \n".join(f":small[{line}]" for line in _how_sure(test, scores, _rows(scores), tell))
    return [said, sure]


def _numbers(test: SelfTest, scores: Sequence[Score], tell: Say) -> str:
    """Return the table twin of one strip, and what was noted beside it."""
    rows = _rows(scores)
    name = f"**{tell(f'test.{test.id}.name')}**"
    twin = tables.markdown(tables.strip_table(Axis.of(test), scores, rows, tell))
    return _paragraphs(name, twin, _bullets(_details(test, scores, rows, tell)))


def _results_in_words(axis: Axis, scores: Sequence[Score], tell: Say) -> list[str]:
    """Return one line per side. Sides that share their sentence share the line, each with its number."""
    by_sentence: dict[str, list[Score]] = {}
    for each in scores:
        by_sentence.setdefault(_sentence(each, tell), []).append(each)
    lines = []
    for sentence, mine in by_sentence.items():
        numbers = [_raw_number(axis, each, tell) for each in mine]
        if len(mine) > 1 and not any(numbers):
            lines.append(f"**{tell('results.tests.both_sides')}:** {sentence}")
            continue
        who = " ".join(
            f"**{_who(each.side, tell)}:** {raw}".strip() for each, raw in zip(mine, numbers, strict=True)
        )
        lines.append(f"{who} {sentence}")
    return lines


def _who(side: Side | None, tell: Say) -> str:
    return tell("chart.you") if side is None else tell(f"side.{side}")


def _raw_number(axis: Axis, score: Score, tell: Say) -> str:
    """Say the value where the sentence does not: without a band the number stands as it is."""
    value = charts.mark_of(score)
    if value is None or score.band is not None or score.say.startswith("test."):
        return ""
    return tell("results.tests.number", value=charts.amount(value, axis, tell))


def _sentence(score: Score, tell: Say) -> str:
    if score.shown:
        return tell("results.tests.averages_differ")
    if score.say.startswith("test."):
        return tell("results.tests.ticked", ticks=tell(score.say).rstrip("."))
    told = [tell(score.say, **score.values)]
    if score.seen:
        told.append(
            tell("results.tests.ticked", ticks="; ".join(tell(each).rstrip(".") for each in score.seen))
        )
    return " ".join(told)


def _how_sure(test: SelfTest, scores: Sequence[Score], rows: Sequence[NormRow], tell: Say) -> list[str]:
    """Return the small print under a result: its margin and further notes, then whose numbers stand there."""
    sure = []
    if any(charts.mark_of(each) is not None for each in scores):
        sure.append(_margin(test, tell))
    notes = dict.fromkeys(note for each in scores for note in each.notes)
    lines = [" ".join([*sure, *(tell(note) for note in notes)])]
    for lane, row in zip(charts.lanes(rows, tell), charts.drawn(rows), strict=True):
        lines.append(f"{lane.label}: {tables.plain(tables.people(row, tell))}.")
    return [line for line in lines if line]


def _margin(test: SelfTest, tell: Say) -> str:
    """Say how far off a home test can be, in whole units: "about 9 s" claims no more than is known."""
    if test.margin is None:
        return tell("results.tests.no_margin")
    half = charts.amount(round(test.margin), Axis.of(test), tell)
    return tell("results.tests.margin", margin=half)


def _details(test: SelfTest, scores: Sequence[Score], rows: Sequence[NormRow], tell: Say) -> list[str]:
    lines = [f"**{_who(each.side, tell)}:** {line}" for each in scores for line in _noted(test, each, tell)]
    lines += [tell(key) for key in test.adapted]
    keys = dict.fromkeys([*(row.source for row in rows), *([test.sem[1]] if test.sem else [])])
    return [*lines, *(tables.source_line(state.known().sources[key]) for key in keys)]


def _noted(test: SelfTest, score: Score, tell: Say) -> list[str]:
    """Return what else was noted on one side: share of people, what was seen, effort, pain in the test."""
    lines = []
    if score.out_of_100 is not None:
        fewest, most = (charts.number(share) for share in score.out_of_100)
        lines.append(tell("results.tests.out_of_100", fewest=fewest, most=most))
    attempt = state.visit().told.attempt(test.id, score.side)
    if attempt is None:
        return lines
    for code in test.asks:
        if code in (attempt.ticks or ()):
            lines.append(f"{tell(f'test.{test.id}.ask.{code}')} {tell('option.yes')}.")
    if attempt.effort is not None:
        lines.append(tell("results.tests.effort", effort=attempt.effort))
    if attempt.pain is not None and attempt.pain.during is not None:
        lines.append(tell("results.tests.pain", during=attempt.pain.during))
    return lines


def _left_out(left_out: Sequence[LeftOut], tell: Say) -> None:
    """Draw which tests were left out and why, the tests of one reason together."""
    by_reason: dict[str, list[str]] = {}
    for each in left_out:
        name = tell(f"test.{each.test}.name")
        if each.side is not None:
            name = f"{name} ({tell(f'side.{each.side}').lower()})"
        by_reason.setdefault(each.reason, []).append(name)
    if not by_reason:
        return
    st.subheader(tell("results.left_out.title"), anchor=False)
    st.markdown(
        _bullets(f"**{', '.join(names)}.** {tell(f'reason.{reason}')}" for reason, names in by_reason.items())
    )


# --- 4: left and right ---------------------------------------------------------------------------------


def sides(shown: Shown) -> None:
    """Draw left against right: one picture, then a sentence for each test done on both sides."""
    results, tell = shown.results, shown.tell
    if not results.differences:
        return
    found = charts.comparable(results.differences)
    st.header(tell("results.sides.title"), anchor=False)
    if found:
        axes = tuple(Axis.of(_test(each.test)) for each in found)
        picture = charts.gaps(axes, look=shown.look, language=shown.language)
        st.vega_lite_chart(
            charts.gaps_with(picture, axes, found, tell), alt=charts.gaps_alt(axes, found, tell)
        )
    how = f":small[{tell('results.sides.how_to_read')}]" if found else ""
    st.markdown(_paragraphs(how, _bullets(_difference(each, tell) for each in results.differences)))
    if found:
        folds.fold(
            tell("results.sides.details"),
            tables.markdown(tables.gaps_table(axes, found, tell)),
            key="details-sides",
        )


def _difference(found: Difference, tell: Say) -> str:
    parts = [f"**{tell(f'test.{found.test}.name')}.** {tell(f'difference.{found.verdict}')}"]
    if found.reason is not None:
        parts.append(tell(f"results.sides.because.{found.reason}"))
    if found.same_side_as_pain:
        parts.append(tell("difference.same-side"))
    return " ".join(parts)


# --- 5 to 9: patterns, how it may connect, limits, help, sources ---------------------------------------


def patterns(shown: Shown) -> None:
    """Draw which patterns the answers fit or partly fit, in the three words of certainty."""
    results, tell = shown.results, shown.tell
    if not results.patterns:
        return
    st.header(tell("results.patterns.title"), anchor=False)
    firm = {each.id for each in results.patterns if each.fit != Fit.CANNOT_TELL}
    st.markdown(
        _paragraphs(
            *(
                tell(each.text) if each.id == MANY_AREAS else _pattern(each, tell)
                for each in results.patterns
            ),
            tell("pattern.k1_and_k2") if {"K1", "K2"} <= firm else "",
            tell("pattern.not_sure"),
            tell("text.R4"),
        )
    )


def _pattern(found: Pattern, tell: Say) -> str:
    name = f"**{tell(f'pattern.{found.id}.name')} ({tell(f'results.fit.{found.fit}')}).**"
    return f"{name} {tell(found.text)}"


def connect(shown: Shown) -> None:
    """Draw where pain and findings sit, the chain that is meant, and what nobody has shown."""
    connect_card.draw(shown.results)


def limits(shown: Shown) -> None:
    """Draw what a home check cannot tell."""
    tell = shown.tell
    st.header(tell("results.limits.title"), anchor=False)
    st.markdown(_bullets(tell(f"results.limits.{number}") for number in range(1, 7)))


def help_when(shown: Shown) -> None:
    """Draw when to get help: every safety text that fired, and the next morning after tests."""
    results, tell = shown.results, shown.tell
    st.header(tell("results.help.title"), anchor=False)
    next_morning = tell("text.T4") if results.scores else ""
    st.markdown(_paragraphs(*map(say, results.texts), next_morning))


def sources(shown: Shown) -> None:
    """Draw the sources that this result rests on, and no others."""
    known = state.known()
    keys = headlines.used_sources(shown.results, known)
    if keys:
        folds.fold(
            shown.tell("results.sources.title"),
            _bullets(tables.source_line(known.sources[key]) for key in keys),
            key="details-sources",
        )


# --- 10: take it with you ------------------------------------------------------------------------------


def take_away(shown: Shown) -> None:
    """Draw the way to keep it: the answers as a file, the page on paper; and the way to forget it all."""
    tell = shown.tell
    told = state.visit().told
    with st.container(key="screen-only-take-away"):
        st.header(tell("results.keep.title"), anchor=False)
        if state.may_save():
            st.markdown(tell("results.keep.warning"))
            save_file(text=state.answers_file_text(), name=f"hip-check-{told.date}.json", say=say)
            st.caption(tell("results.keep.print_hint"))
        else:
            st.markdown(say("kiosk.no_files" if state.visit().kiosk else "demo.no_files"))
        if st.button(tell("share.page.open"), key="to-share", width="stretch"):
            entry.go_to("share")
        worksheet_card.ways()
        cards.start_over("results-start-over")


# --- small things ---------------------------------------------------------------------------------------


def _test(test_id: str) -> SelfTest:
    return state.known().selftests[test_id]


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
