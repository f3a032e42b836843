"""The test screen: the list, one test and side at a time, and the end. Any self-test, from its data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from secrets import token_hex

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from screening.domain import afterwards
from screening.domain.answers import Attempt, Ending, Form, Side
from screening.domain.levels import Tier
from screening.domain.outcome import Battery, LeftOut, NotYet, Planned
from screening.domain.selftests import Kind, SelfTest
from screening.errors import MeasurementRejected
from screening.services import assessment
from screening.services.wording import sentences
from screening.views import attempt_form, cards, drawings, entry, frame, questions, state, therapist, turns
from screening.views.components.runner.component import KEY, Run, Words, plan, runner
from screening.views.components.runner.report import Report, attempt_of
from screening.views.turns import Turn
from screening.views.words import say

PAGE = "self_tests"
"""The screen this file draws."""

GENTLE = "gentle-set"
"""The reason that says: another test takes its place. As news it needs no list of names."""

TYPING = f"{PAGE}.typing"
"""Where the visit notes that a number is typed on this turn."""

REFUSED = f"{PAGE}.refused"
"""Where the visit notes that the browser's number for this turn could not be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One turn, and what it takes to draw it.

    Attributes:
        turn: Which test and side.
        test: The test.
        row: Every turn, in order.
        battery: The tests for this person, as of now.
        attempt: What happened on this turn; None before it is done, and while it is done again.
    """

    turn: Turn
    test: SelfTest
    row: tuple[Turn, ...]
    battery: Battery
    attempt: Attempt | None

    @property
    def planned(self) -> Planned | None:
        """The plan for this test; None when it is left out by now."""
        here = self.turn
        found = (each for each in self.battery.planned if each.test == here.test and here.side in each.sides)
        return next(found, None)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the page, in order."""
        return turns.parts(self.row, self.turn)

    @property
    def other_side_done(self) -> bool:
        """The steps were read before, for the other side."""
        other = None if self.turn.side is None else self.turn.side.other
        return other is not None and state.visit().told.attempt(self.turn.test, other) is not None


def screen() -> None:
    """Draw the part of the tests whose turn it is."""
    outcome = state.assessment()
    if not isinstance(outcome, NotYet):
        _path()
    elif state.visit().heard:
        cards.ask_first(outcome)
    else:
        st.markdown(say("self_tests.loading"))


def _path() -> None:
    current, known = state.visit(), state.known()
    battery = assessment.battery(current.told, known, beside=current.beside)
    asked = turns.read(current.steps.get(PAGE, ""))
    row = turns.all_turns(battery, known.selftests, asked)
    part = state.step(PAGE, turns.parts(row, asked), turns.to_go_on_with(row, current.told))
    turn = turns.read(part)
    _remember_left_out(part, turns.seen(battery))
    if turn is not None:
        attempt = None if turn.again else current.told.attempt(turn.test, turn.side)
        test = known.selftests[turn.test]
        _turn(Scene(turn=turn, test=test, row=row, battery=battery, attempt=attempt))
        return
    if part == turns.LIST:
        _list(row, battery)
    else:
        _end(row, battery)
    frame.way_on(missing=False, part=part, parts=turns.parts(row, None))


def _remember_left_out(part: str, out: str) -> None:
    """Keep what was left out when the part before this one began: what came since is news here."""
    steps = state.visit().steps
    if steps.get(f"{PAGE}.on") != part:
        steps[f"{PAGE}.seen"] = steps.get(f"{PAGE}.began", out)
        steps[f"{PAGE}.began"], steps[f"{PAGE}.on"] = out, part


def _go(part: str) -> None:
    """Show another part of this screen. The run ends here."""
    state.leave_screen(part)
    state.go_to_step(PAGE, part)
    st.rerun()


# -- before and after ---------------------------------------------------------------------------------


def _list(row: Sequence[Turn], battery: Battery) -> None:
    """Draw what is ahead: how to get ready, which tests, what was left out and why, how much pain is fine."""
    if row:
        st.header(say("self_tests.get_ready"), anchor=False)
        st.markdown(say("text.T0"))
        st.header(say("self_tests.list"), anchor=False)
        _names(row)
    else:
        st.markdown(say("self_tests.none_today"))
    _left_out(battery.left_out)
    _notes(battery)
    therapist.beside()
    if row:
        st.header(say("self_tests.pain_title"), anchor=False)
        st.markdown(say("text.T2"))
        st.markdown(say("text.T1"))


def _names(row: Sequence[Turn]) -> None:
    """Draw the tests as a numbered list; what is done is said."""
    still_open = {turn.test for turn in turns.open_turns(row, state.visit().told)}
    lines = []
    for number, test in enumerate(dict.fromkeys(turn.test for turn in row), start=1):
        key = "list_item" if test in still_open else "list_item_done"
        name, short = say(f"test.{test}.name"), say(f"test.{test}.short")
        lines.append(f"{number}. {say(f'self_tests.{key}', name=name, short=short)}")
    st.markdown("\n".join(lines))


def _left_out(left_out: Iterable[LeftOut]) -> None:
    """Draw what was left out, one line for each reason, and the way back to a question behind one."""
    by_reason: dict[str, list[str]] = {}
    for each in left_out:
        by_reason.setdefault(each.reason, []).append(_name(each))
    if not by_reason:
        return
    st.header(say("self_tests.left_out"), anchor=False)
    st.markdown("\n".join(_because(reason, names) for reason, names in by_reason.items()))
    for reason in sorted(by_reason.keys() & turns.ASKED_BEFORE.keys()):
        if st.button(say(f"self_tests.ask_again.{reason}"), key=f"ask-again-{reason}", width="stretch"):
            state.put(f"check:{turns.ASKED_BEFORE[reason]}", None)
            st.rerun()


def _name(each: LeftOut) -> str:
    name = say(f"test.{each.test}.name")
    return f"{name} ({say(f'self_tests.side.{each.side.value}')})" if each.side else name


def _because(reason: str, names: Sequence[str]) -> str:
    return f"- {say('self_tests.because', names=', '.join(names), why=say(f'reason.{reason}'))}"


def _notes(battery: Battery) -> None:
    for each in battery.notes:
        st.info(say(each))


def _end(row: Sequence[Turn], battery: Battery) -> None:
    """Draw the end of the tests: what is still open, and what to look for the next morning."""
    told = state.visit().told
    still_open = turns.open_turns(row, told)
    enough = any(each.reason == "pain-stops" for each in battery.left_out)
    title = "enough" if enough else ("open" if still_open else "done")
    st.header(say(f"self_tests.end.{title}"), anchor=False)
    if enough:
        st.markdown(say("reason.pain-stops"))
    elif not still_open:
        st.markdown(say("self_tests.end.thanks"))
    if still_open:
        _names(still_open)
        if st.button(say("self_tests.end.go_back"), key="back-to-tests", width="stretch"):
            _go(still_open[0].text)
    _notes(battery)
    therapist.beside()
    if told.attempts:
        st.header(say("self_tests.end.tomorrow"), anchor=False)
        st.markdown(say("text.T4"))


# -- one turn -----------------------------------------------------------------------------------------


def _turn(scene: Scene) -> None:
    """Draw one test on one side: what to do and the runner; or, once it is done, what is asked about it.

    The three containers keep their places, so that the runner lives on when the words around it change.
    """
    test, turn = scene.test, scene.turn
    number, count = turns.place_in_row(scene.row, turn)
    st.caption(say("self_tests.progress", number=number, count=count))
    st.header(say(f"test.{test.id}.name"), anchor=False)
    if scene.attempt is None:
        _news(scene)
    top, middle, bottom = (st.container(key=f"test-{each}") for each in ("top", "runner", "bottom"))
    if scene.attempt is None and not _may_begin(scene, top):
        with bottom:
            if scene.planned is not None:
                _not_done(scene)
            missing = questions.any_missing(f"check:{each}" for each in _checks(scene))
            frame.way_on(missing=missing, part=turn.text, parts=scene.parts)
    elif test.kind == Kind.RATING:
        _rate(scene, top, middle, bottom)
    elif scene.attempt is None:
        _do(scene, top, middle, bottom)
    else:
        with top:
            attempt_form.result(scene.attempt, test)
        with middle:
            _run(scene, scene.attempt.form)
        with bottom:
            _told_about(scene, scene.attempt)


def _news(scene: Scene) -> None:
    """Say at once when something that was just done changed the list."""
    new = turns.news(scene.battery, state.visit().steps.get(f"{PAGE}.seen", ""))
    if not new:
        return
    by_reason: dict[str, list[str]] = {}
    for each in new:
        by_reason.setdefault(each.reason, []).append(_name(each))
    gentle = by_reason.pop(GENTLE, None)
    lines = [_because(reason, names) for reason, names in by_reason.items()]
    advice = [say(each) for each in scene.battery.notes]
    said = [
        say("self_tests.news"),
        *([say("self_tests.news_gentle")] if gentle else []),
        "\n".join(lines),
        *advice,
    ]
    st.info("\n\n".join(each for each in said if each))


def _checks(scene: Scene) -> tuple[str, ...]:
    """Return the questions to ask right before this test; the one that left it out among them."""
    if scene.planned is not None:
        return scene.planned.checks
    found = [each for each in scene.battery.left_out if each.test == scene.test.id]
    return tuple(turns.ASKED_BEFORE[each.reason] for each in found if each.reason in turns.ASKED_BEFORE)


def _may_begin(scene: Scene, place: DeltaGenerator) -> bool:
    """Ask what has to be asked right before this test; say whether it may begin."""
    checks = _checks(scene)
    labels: dict[int, str] = {True: say("self_tests.yes"), False: say("self_tests.no")}
    with place:
        for each in checks:
            questions.pick(f"check:{each}", say(f"check.{each}"), labels)
        if scene.planned is None:
            for left in scene.battery.left_out:
                if left.test == scene.test.id:
                    st.info(_because(left.reason, [_name(left)]).removeprefix("- "))
    return scene.planned is not None and not questions.any_open(f"check:{each}" for each in checks)


def _how_to(scene: Scene, form: Form) -> None:
    """Draw what the test looks at, the drawing, how to set up, and the steps: at most six."""
    test, side = scene.test, scene.turn.side
    st.markdown(say(f"test.{test.id}.measures"))
    if not scene.other_side_done:
        st.markdown(say(f"test.{test.id}.why"))
    drawings.show(test.id, side)
    if side is not None:
        st.markdown(f"**{_which_side(test, side)}**")
    if scene.other_side_done:
        with st.expander(say("self_tests.steps_again")):
            _steps(scene, form)
    else:
        _steps(scene, form)


def _which_side(test: SelfTest, side: Side) -> str:
    own = f"self_tests.which.{test.id}"
    key = own if own in sentences(entry.language()) else "self_tests.which.any"
    return say(key, side=say(f"self_tests.side_word.{side.value}"))


def _steps(scene: Scene, form: Form) -> None:
    of = f"test.{scene.test.id}"
    instead = _lines(f"{of}.{form.value}")
    if instead:
        _numbered(instead)
    else:
        st.subheader(say("self_tests.set_up"), anchor=False)
        st.markdown("\n".join(f"- {each}" for each in _lines(f"{of}.setup")))
        st.subheader(say("self_tests.steps"), anchor=False)
        _numbered(_lines(f"{of}.step"))
    if scene.battery.tier == Tier.B:
        for each in _lines(f"{of}.gentle"):
            st.markdown(each)
    st.markdown(say(f"{of}.stop_when"))


def _numbered(lines: Sequence[str]) -> None:
    st.markdown("\n".join(f"{number}. {each}" for number, each in enumerate(lines, start=1)))


def _lines(prefix: str) -> list[str]:
    """Return the sentences ``prefix.1``, ``prefix.2`` ... as far as there are any."""
    known = sentences(entry.language())
    found: list[str] = []
    while f"{prefix}.{len(found) + 1}" in known:
        found.append(say(f"{prefix}.{len(found) + 1}"))
    return found


def _form(scene: Scene) -> Form | None:
    """Ask how the test is going to be done, where there is a choice; None until it was made."""
    if len(scene.test.forms) == 1:
        return Form.STANDARD
    done = None if scene.attempt is None else scene.attempt.form.value
    with st.container(key="pick-form"):
        chosen = st.pills(
            say("self_tests.form_ask"),
            scene.test.forms,
            default=done,
            required=True,
            format_func=lambda form: say(f"self_tests.form.{form}"),
            key=f"form:{scene.turn.text}",
            persist_state="session",
        )
    return Form(chosen) if chosen else None


# -- a test with a clock ------------------------------------------------------------------------------


def _do(scene: Scene, top: DeltaGenerator, middle: DeltaGenerator, bottom: DeltaGenerator) -> None:
    with top:
        form = _form(scene)
        _how_to(scene, form or Form.STANDARD)
        if form == Form.HANDS:
            st.markdown(say("self_tests.hands"))
    typing = state.visit().steps.get(TYPING) == scene.turn.text
    with middle:
        report = _run(scene, None if typing else form)
        if report is not None:
            _take(scene, report)
        if state.visit().steps.get(REFUSED) == scene.turn.text:
            st.error(say("self_tests.error.report"))
        if form is None:
            st.markdown(say("self_tests.form_first"))
        elif typing:
            _typed(scene, form)
    with bottom:
        if form is not None and not typing and _button("type"):
            state.visit().steps[TYPING] = scene.turn.text
            st.rerun()
        _not_done(scene)
        frame.way_on(missing=True, part=scene.turn.text, parts=scene.parts, ahead=False)


def _run(scene: Scene, form: Form | None) -> Report | None:
    """Draw the runner, or only its stop list where there is nothing to run."""
    test, turn = scene.test, scene.turn
    stages = scene.planned.max_stage if scene.planned else None
    clock = form is not None and test.kind != Kind.RATING
    report = runner(
        Run(
            plan=plan(test, turn.side, form, max_stage=stages, who=state.scope()) if clock and form else None,
            taken=scene.attempt is not None,
            have=state.have(KEY),
            fresh=turn.again,
            stored=not state.visit().kiosk,
        ),
        test,
        _words(scene),
    )
    mine = report is not None and (report.test, report.side) == (turn.test, turn.side) and _ours(report)
    is_new = mine and report is not None and report.id != state.have(KEY)
    return report if is_new and scene.attempt is None else None


def _ours(report: Report) -> bool:
    """Say whether this run was of the person shown: an example's run never counts for anybody else."""
    who, slash, _ = report.id.rpartition("/")
    return who + slash == state.scope()


def _words(scene: Scene) -> Words:
    everything = sentences(entry.language())
    own = {key.removeprefix("runner."): text for key, text in everything.items() if key.startswith("runner.")}
    test, side = scene.test, scene.turn.side
    stop = (say("self_tests.stop_list"), say("text.T1"), say("text.T2"))
    return Words(
        lang=entry.language(),
        own={**own, "value": own[f"value.{test.unit}"]},
        name=say(f"test.{test.id}.name"),
        side="" if side is None else say(f"self_tests.side.{side.value}"),
        stages=tuple(say(each.say) for each in test.stages),
        stop=stop if scene.attempt is None or test.kind == Kind.RATING else (),
    )


def _take(scene: Scene, report: Report) -> None:
    """Take the browser's report, once. What this test cannot produce is refused with a sentence."""
    turn = scene.turn
    if turn.again and report.fresh != turn.again:
        return
    state.take(KEY, report.id)
    blank = afterwards.blank(state.visit().told, turn.test, turn.side)
    try:
        state.put_attempt(attempt_of(report, blank, scene.test))
    except MeasurementRejected:
        state.visit().steps[REFUSED] = turn.text
        st.rerun()
    state.visit().steps.pop(REFUSED, None)
    _go(turn.plain.text)


def _typed(scene: Scene, form: Form) -> None:
    """Draw the way to type a number; a good one is kept and the questions about it follow."""
    turn = scene.turn
    blank = replace(afterwards.blank(state.visit().told, turn.test, turn.side), form=form)
    attempt = attempt_form.typed(scene.test, blank, key=turn.text)
    if attempt is not None:
        state.visit().steps.pop(TYPING, None)
        state.put_attempt(attempt)
        _go(turn.plain.text)
    if _button("use_timer"):
        state.visit().steps.pop(TYPING, None)
        st.rerun()


def _button(name: str) -> bool:
    return st.button(say(f"self_tests.{name}"), key=f"do-{name}", width="stretch")


# -- a test that is rated -----------------------------------------------------------------------------


def _rate(scene: Scene, top: DeltaGenerator, middle: DeltaGenerator, bottom: DeltaGenerator) -> None:
    """Draw a rated test: what to do, then what was seen; the ticks stay while the rest is asked."""
    attempt = scene.attempt
    with top:
        form = _form(scene)
        _how_to(scene, form or Form.STANDARD)
    with middle:
        _run(scene, None)
    with bottom:
        if form is not None and (attempt is None or attempt.ending == Ending.DONE):
            _keep_form(scene, form)
            attempt_form.rubric(scene.test, scene.turn.side, form)
        if attempt is not None:
            attempt_form.result(attempt, scene.test)
            _told_about(scene, attempt)
            return
        for name, ending in (("stopped_pain", Ending.STOPPED_FOR_PAIN), ("stopped", Ending.STOPPED_OTHER)):
            if _button(name):
                _put_ending(scene.turn, ending)
                st.rerun()
        _not_done(scene)
        needed = attempt_form.rubric_question(scene.test, scene.turn.side)
        missing = form is None or questions.any_missing((needed,))
        frame.way_on(missing=missing, part=scene.turn.text, parts=scene.parts)


def _keep_form(scene: Scene, form: Form) -> None:
    attempt = scene.attempt
    if attempt is not None and attempt.form != form:
        state.put_attempt(replace(attempt, form=form))


# -- how it ended -------------------------------------------------------------------------------------


def _put_ending(turn: Turn, ending: Ending) -> None:
    blank = afterwards.blank(state.visit().told, turn.test, turn.side)
    began = ending in {Ending.STOPPED_FOR_PAIN, Ending.STOPPED_OTHER}
    state.put_attempt(replace(blank, ending=ending, pain=blank.pain if began else None))


def _not_done(scene: Scene) -> None:
    """Draw the two ways not to do it: both are answers, and none is a zero."""
    if _button("could_not"):
        _put_ending(scene.turn, Ending.COULD_NOT)
        _onward(scene)
    if _button("skip"):
        for turn in scene.row:
            if turn.test == scene.turn.test and state.visit().told.attempt(turn.test, turn.side) is None:
                _put_ending(turn, Ending.CHOSE_NOT)
        _put_ending(scene.turn, Ending.CHOSE_NOT)
        _onward(scene)


def _onward(scene: Scene) -> None:
    """Go on to the next turn that is open, with the list as it is after what was just told."""
    known, told = state.known(), state.visit().told
    here = scene.turn.plain
    battery = assessment.battery(told, known, beside=state.visit().beside)
    row = turns.all_turns(battery, known.selftests, here)
    later = [turn for turn in row[row.index(here) + 1 :] if turn in turns.open_turns(row, told)]
    _go(later[0].text if later else turns.END)


def _told_about(scene: Scene, attempt: Attempt) -> None:
    """Draw the questions about what was done, the ways to do it again or to stop, and the way on."""
    needed, wanted = attempt_form.about(attempt, scene.test)
    if attempt_form.pain_ended_it(attempt) and _button("end_today"):
        _go(turns.END)
    if (scene.test.kind != Kind.RATING or attempt.ending != Ending.DONE) and _button("again"):
        _again(scene, attempt)
    frame.way_on(
        missing=questions.any_missing(needed),
        skipped=questions.any_open(wanted),
        part=scene.turn.text,
        parts=scene.parts,
    )


def _again(scene: Scene, attempt: Attempt) -> None:
    """Do it again. What was done before stays until the new one is over; a rating starts from nothing."""
    if scene.test.kind == Kind.RATING:
        state.drop_attempt(attempt.test, attempt.side)
        st.rerun()
    _go(replace(scene.turn, again=token_hex(3)).text)
