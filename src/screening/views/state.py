"""The visit: everything this tab knows. The only file that says session_state.

Widgets are seeded from the visit and collected into it; their own keys are never trusted to last.
A widget's default is an answer only after the draft keeper has spoken (``heard``): before that, an
empty box may just be a box that was drawn for the first time in a new Streamlit session.
"""

import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.navigation.page import StreamlitPage as Page

from screening.domain import afterwards, asking, editing
from screening.domain.answers import Answers, Attempt, ClinicNumber, Side
from screening.domain.battery import Beside
from screening.domain.levels import Level
from screening.domain.outcome import Assessment, GetSeen
from screening.domain.reading import Value, alone_codes, answer, together
from screening.errors import AnswerRejected, AnswersFileError
from screening.services import answers_file
from screening.services.assessment import assess
from screening.services.catalogue import Catalogue, load
from screening.services.handover import Made
from screening.services.track import Course
from screening.sharing.limits import Quota
from screening.views import sitemap

KEEPER = "draft_keeper"
"""Key of the draft keeper's component state."""

CHOICES = ("agreed", "keep")
"""Ticks that are no answers: the consent, and keeping a draft on the device."""

LAST = "last"
"""Stands for the last part of a page, for whoever comes back to it."""

PATIENCE_S = 20.0
"""When a browser's storage never answers (private mode, blocked script), defaults count after this long."""

ANSWERS = "q:"
"""What the key of every widget that shows an answer starts with."""

Drawn = TypeVar("Drawn")

_scope = ContextVar("_scope", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One widget, and the part of one answer that it shows.

    Attributes:
        question: The question's id, as in ``editing.put``.
        kind: ``one`` (radio, pills), ``text`` (typed number), ``tick`` (checkbox) or ``ticks`` (more pills).
        codes: The ticks this widget can set; empty for ``one`` and ``text``.
    """

    question: str
    kind: str
    codes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The widget's key."""
        return f"{ANSWERS}{_scope.get()}{self.question}" + (f":{self.codes[0]}" if self.codes else "")


@dataclass(slots=True)
class Sharing:
    """What leaves the app, as it is shown before it leaves.

    Attributes:
        of: What the document and the files were built of: answers, detail, language.
        document: The built document: shown first, then sealed, never built twice in between.
        files: The file that was asked for last, by row of buttons.
        made: The link, shown until Start over; it is kept nowhere else.
        made_of: What it was built of, as in ``of``.
        fresh: It was made just now: the browser brings it into view, once.
        problem: Key of the sentence that says why something did not work, or "".
        round: Changes the keys of the ticks, so that no tick outlives what it stood under.
    """

    of: tuple[object, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    made: Made | None = None
    made_of: tuple[object, ...] = ()
    fresh: bool = False
    problem: str = ""
    round: int = 0


@dataclass(slots=True)
class Tracking:
    """Earlier checks that were opened beside today's. Never in the draft: a reload forgets them.

    Attributes:
        opened: Their answers, in the order they were opened.
        refused: What was said about each file that could not be used, the last time files were opened.
        since: Day of the check to compare with, or "" for the first.
        course: What was compared, beside the answers, the day and the outcome it was compared by.
    """

    opened: tuple[Answers, ...] = ()
    refused: tuple[str, ...] = ()
    since: str = ""
    course: tuple[tuple[Answers, ...], str, Assessment | None, Course | None] = ((), "", None, None)


class Behind(Enum):
    """What a tap left behind itself: what has to be drawn again."""

    NOTHING = auto()
    SCREEN = auto()
    """All that stands inside the frame."""
    FRAME = auto()
    """The screen, and the frame around it."""


Looks = tuple[object, ...]

Noted = tuple[Callable[[], object], object]
"""How to work something out that a screen is drawn by, and what it was when it was drawn."""


@dataclass(slots=True)
class Visit:
    """Everything this tab knows.

    Attributes:
        told: What the person told us. Frozen: a change puts a new value here, once.
        heard: The draft keeper has said what the browser kept.
        agreed: The consent was ticked in this visit.
        keep: Keep a draft on the device for 24 hours; None before anyone chose.
        offer: A draft found on the device, offered and not taken.
        sid: A random name for this Streamlit session.
        page: The screen drawn last.
        open: The screen that is being answered: an urgent card waits until it is left.
        steps: Which part of a page is shown, by page (a safety list, a half of the pain page).
        tried: How often Next was pressed too early, by place: what is missing is marked there.
        pressed: Next was pressed, and no run has come as far as to follow it.
        nudges: How often; the browser moves the focus to the first mark when it grows.
        drawn: Boxes of the last whole run, by key.
        drawing: Boxes of this run so far.
        fresh: Boxes that this session draws for the first time in this run, at their default.
        look: What the frame was last drawn by.
        drawn_by: What the screen was last drawn by, each with what it was then; None while it is being drawn.
        drawing_by: The same of this run so far.
        refused: Typed text that is no possible answer, by question; kept on the screen.
        taken: Id of the last payload taken from each browser component.
        reset: Keys of widgets that still show what was forgotten.
        wipe: Changes when the browser's stores are to be emptied.
        returned: This session has found the part of the page where the one before it was.
        goal: A screen to show next: a callback may not switch pages itself.
        erasing: Start over was pressed and is still to be confirmed.
        sharing: What is about to leave the app, and the link that was made.
        tracking: Earlier checks that are open.
        quota: How many links this tab has made; Start over does not reset it.
        since: When this session began, in seconds of a clock that only goes forward.
        assessed: What the answers came to, beside the very answers it was worked out from.
        written: The draft, beside the very answers it was written from.
        file: The answers file, beside the very answers it was written from.
        pages: Streamlit's pages by language and name.
        beside: A therapist is with the person, and what they added back. A new session asks again.
        example: Id of the invented person these answers are of, or "".
        own: The person's own visit, which waits untouched while an example is shown.
        kiosk: A shared tablet: nothing is kept in the browser, and "Next person" forgets everything.
        handing_over: "Next person" was pressed and is still to be confirmed.
        anew: Changes when the browser is to forget everything and to load the app afresh.
    """

    told: Answers = field(default_factory=Answers)
    heard: bool = False
    agreed: bool = False
    keep: bool | None = None
    offer: Answers | None = None
    sid: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    page: str = ""
    open: str = ""
    steps: dict[str, str] = field(default_factory=dict)
    tried: Counter[str] = field(default_factory=Counter)
    pressed: bool = False
    nudges: int = 0
    drawn: dict[str, Box] = field(default_factory=dict)
    drawing: dict[str, Box] = field(default_factory=dict)
    fresh: dict[str, Box] = field(default_factory=dict)
    look: Looks = ()
    drawn_by: list[Noted] | None = None
    drawing_by: list[Noted] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    reset: set[str] = field(default_factory=set)
    wipe: str = ""
    returned: bool = False
    goal: str = ""
    erasing: bool = False
    sharing: Sharing = field(default_factory=Sharing)
    tracking: Tracking = field(default_factory=Tracking)
    quota: Quota = field(default_factory=Quota)
    since: float = field(default_factory=time.monotonic)
    assessed: tuple[Answers, Beside | None, Assessment] | None = None
    written: tuple[Answers, str] | None = None
    file: tuple[Answers, str] | None = None
    pages: dict[str, dict[str, Page]] = field(default_factory=dict, repr=False)
    beside: Beside | None = None
    example: str = ""
    own: "Visit | None" = None
    kiosk: bool = False
    handing_over: bool = False
    anew: str = ""

    @property
    def consented(self) -> bool:
        """The way on is open: agreed now, or in the session that these answers come from."""
        return self.agreed or self.has_answers

    @property
    def has_answers(self) -> bool:
        """There is something to lose."""
        return self.told != Answers(date=self.told.date, content=self.told.content)


_drawn_for: ContextVar[Visit | None] = ContextVar("_drawn_for", default=None)
"""The visit of the run that is under way: Streamlit's own way to it is walked once per run."""


def visit() -> Visit:
    """Return this tab's visit, starting one if needed."""
    current = _drawn_for.get()
    return _kept_visit() if current is None else current


def _kept_visit() -> Visit:
    try:
        current: Visit = st.session_state["visit"]
    except KeyError:
        current = st.session_state["visit"] = Visit()
    return current


def own_visit() -> Visit:
    """Return the visit that the browser keeps: the person's own, also while an example is shown."""
    current = visit()
    return current.own or current


def scope() -> str:
    """Return what sets an example's widgets and runs apart from the person's own; "" for their own.

    A browser that meets a new session hands over what its widgets show. Without this an invented person's
    taps would be taken for the person's own.
    """
    return _scope.get()


def known() -> Catalogue:
    """Return everything the data files say."""
    return load()


def assessment() -> Assessment:
    """Assess what this visit was told so far."""
    current = visit()
    held = current.assessed
    if held is None or held[0] is not current.told or held[1] is not current.beside:
        outcome = assess(current.told, known(), beside=current.beside)
        current.assessed = held = current.told, current.beside, outcome
    return held[2]


def no_pain() -> bool:
    """Say whether the person had no pain in the last 7 days."""
    return asking.no_pain(visit().told)


def ended() -> GetSeen | None:
    """Return the urgent card that replaces this screen, or None.

    A card waits until the screen whose answers led to it is left, and until the draft keeper has spoken.
    """
    current = visit()
    if not current.heard or current.open == current.page or not sitemap.screen(current.page).on_path:
        return None
    outcome = assessment()
    return outcome if isinstance(outcome, GetSeen) else None


# --- one answer ---------------------------------------------------------------------------------


def put(question: str, value: Value | None) -> None:
    """Put one answer in the visit; None clears it.

    Raises:
        AnswerRejected: Outside what the question allows; the visit is unchanged.
    """
    current = visit()
    current.told = _dated(_changed(current.told, question, value))


def _changed(told: Answers, question: str, value: object) -> Answers:
    if question.startswith(afterwards.PREFIX):
        return afterwards.put(told, known().selftests, known().instruments, question, value)
    return editing.put(told, known().instruments, question, value)


def put_attempt(attempt: Attempt) -> None:
    """Put one attempt in the visit, in place of an earlier one of that test and side by the same person.

    Raises:
        MeasurementRejected: A value this test cannot produce; the visit is unchanged.
    """
    current = visit()
    current.told = _dated(editing.put_by_whom(current.told, known().selftests, attempt, today()))


def put_clinic_number(attempt: Attempt) -> None:
    """Put a number that a therapist measured today beside the home number.

    Raises:
        MeasurementRejected: A value this test cannot produce; the visit is unchanged.
    """
    current = visit()
    measured = ClinicNumber(day=today(), attempt=attempt)
    current.told = _dated(editing.put_clinic_number(current.told, known().selftests, measured))


def drop_clinic_number(test: str, side: Side | None) -> None:
    """Forget a number that a therapist measured."""
    current = visit()
    current.told = editing.without_clinic_number(current.told, test, side)


def drop_attempt(test: str, side: Side | None) -> None:
    """Forget one attempt, so that the test can be done again."""
    current = visit()
    current.told = editing.without_attempt(current.told, test, side)


def today() -> str:
    """Return the day where the person is, as ISO ``YYYY-MM-DD``."""
    return datetime.now(zone()).date().isoformat()


def zone() -> ZoneInfo:
    """Return the time zone that the browser says, or UTC."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def dated() -> Answers:
    """Return the answers with their day; a file may have come without one."""
    return _dated(visit().told)


def _dated(told: Answers) -> Answers:
    return told if told.date else replace(told, date=today())


# --- widgets ------------------------------------------------------------------------------------


def seed(box: Box) -> str:
    """Register one widget for this run, set it to what the visit says, and return its key.

    A widget that already shows the right thing is left alone: setting it again would undo a tap that is
    still on its way. Before the keeper has spoken nothing is set: the browser may hand over newer taps.
    """
    current = visit()
    current.drawing[box.key] = box
    if not current.heard:
        return box.key
    wanted = _wanted(current, box)
    if box.key in current.reset:
        current.reset.discard(box.key)
        st.session_state[box.key] = wanted
    elif box.key not in st.session_state:
        if wanted in (None, "", False, []):
            current.fresh[box.key] = box
        else:
            st.session_state[box.key] = wanted
    elif not _alike(st.session_state[box.key], wanted):
        st.session_state[box.key] = wanted
    return box.key


def _wanted(current: Visit, box: Box) -> Any:
    if box.question in CHOICES:
        return bool(getattr(current, box.question))
    held = answer(current.told, box.question)
    if box.kind == "text":
        return current.refused.get(box.question, "" if held is None else str(held))
    if box.kind == "one":
        return held
    ticks = held if isinstance(held, frozenset) else frozenset()
    on = [each for each in box.codes if each in ticks]
    return bool(on) if box.kind == "tick" else on


def _alike(shown: Any, wanted: Any) -> bool:
    if isinstance(shown, list) and isinstance(wanted, list):
        return set(shown) == set(wanted)
    if isinstance(shown, str) and isinstance(wanted, str):
        return shown.strip() == wanted.strip()
    return bool(shown == wanted)


def collect_late() -> None:
    """Collect once more after the widgets were drawn: what a browser handed over to a new session.

    Only widgets that this session had not drawn before can hold such values, and no default of theirs is
    an answer.
    """
    current = visit()
    boxes = current.fresh if current.heard else {**current.drawn, **current.drawing}
    _collect(current, boxes, counts_defaults=False)


def collect() -> None:
    """Copy what the widgets of this page hold into the visit."""
    current = visit()
    _collect(current, {**current.drawn, **current.drawing}, counts_defaults=current.heard)


def _collect(current: Visit, boxes: Mapping[str, Box], *, counts_defaults: bool) -> None:
    """Work out the new answers first and assign them once: a tap may stop a run at any call to Streamlit."""
    held = {key: st.session_state[key] for key in boxes if key in st.session_state}
    for choice in CHOICES:
        ticked = held.pop(Box(question=choice, kind="tick").key, None)
        if ticked is True or (ticked is False and counts_defaults and getattr(current, choice)):
            setattr(current, choice, ticked)
    told, refused = current.told, dict(current.refused)
    for question in dict.fromkeys(box.question for box in boxes.values()):
        mine = {box: held[key] for key, box in boxes.items() if box.question == question and key in held}
        if not mine:
            continue
        try:
            now = _value(answer(told, question), mine, counts_defaults=counts_defaults)
            if now != answer(told, question):
                told = _changed(told, question, now)
            refused.pop(question, None)
        except AnswerRejected:
            refused[question] = str(next(iter(mine.values())))
    if told != current.told:
        current.told = _dated(told)
    current.refused = refused


def _value(before: Value | None, widgets: Mapping[Box, Any], *, counts_defaults: bool) -> Value | None:
    """Work out one answer from the widgets that show it."""
    box, value = next(iter(widgets.items()))
    if box.kind == "text":
        return _typed(box.question, str(value or ""), None if counts_defaults else before)
    if box.kind == "one":
        return before if value is None else value
    was = before if isinstance(before, frozenset) else frozenset()
    on, off = _ticked(widgets)
    return _exclusive(was, (was | on) - (off if counts_defaults else frozenset())) or None


def _ticked(widgets: Mapping[Box, Any]) -> tuple[frozenset[str], frozenset[str]]:
    on: set[str] = set()
    covered: set[str] = set()
    for box, value in widgets.items():
        covered |= set(box.codes)
        if box.kind == "tick":
            on |= set(box.codes) if value is True else set()
        else:
            on |= set(value or ())
    return frozenset(on), frozenset(covered - on)


def _typed(question: str, text: str, empty: Value | None) -> Value | None:
    text = text.strip()
    if not text:
        return empty
    try:
        return int(text)
    except ValueError as error:
        raise AnswerRejected(question) from error


def _exclusive(was: frozenset[str], now: frozenset[str]) -> frozenset[str]:
    """Let "none of these" exclude the rest: the newer wins; where both are new, the ticks win."""
    alone = now & alone_codes(known().instruments)
    others = now - alone
    if not alone or not others:
        return now
    return alone if alone - was and not others - was else others


# --- parts of a page, and the way on ------------------------------------------------------------


def place() -> str:
    """Return where the person is: the page, and the part of it that is shown."""
    current = visit()
    step = "card" if ended() else current.steps.get(current.page, "")
    return f"{current.page}/{step}" if step else current.page


def step(page: str, order: Sequence[str], otherwise: str) -> str:
    """Return which part of a page is shown, one of ``order``; the first time, ``otherwise``."""
    steps = visit().steps
    if steps.get(page) == LAST:
        steps[page] = order[-1]
    elif steps.get(page) not in order:
        steps[page] = otherwise
    return steps[page]


def go_to_step(page: str, part: str | None) -> None:
    """Show this part of a page next; None lets the page choose again."""
    current = visit()
    current.steps.pop(page, None)
    if part is not None:
        current.steps[page] = part


def try_next() -> None:
    """Note that Next was pressed here: from now on what is missing is marked. For ``on_click``."""
    visit().tried[place()] += 1
    visit().pressed = True


def take_press() -> bool:
    """Return whether Next was pressed and not followed yet, and follow it now.

    The keeper's word can cut short the run that a press began: the press still counts.
    """
    current = visit()
    pressed, current.pressed = current.pressed, False
    return pressed


def tried() -> int:
    """Return how often Next was pressed here without going on."""
    return visit().tried[place()]


def nudge() -> None:
    """Let the browser move the focus to the first mark on this page."""
    visit().nudges += 1


def leave_screen(part: str = "") -> None:
    """Note that what is shown was answered: an urgent card need wait no longer.

    A safety list that was asked again counts as answered now, changed or not.
    """
    current = visit()
    current.tried.pop(place(), None)
    if part in current.told.ask_again:
        put(part, answer(current.told, part))
    if isinstance(assessment(), GetSeen):
        current.open = ""


def take_back() -> None:
    """Open the screen of the answer behind an urgent card again. For ``on_click``."""
    current, outcome = visit(), assessment()
    if not isinstance(outcome, GetSeen):
        return
    current.goal = "about_you" if outcome.level == Level.UNDER_AGE else "safety"
    for each in known().instruments.lists:
        if any(item.id in outcome.rules for item in each.items):
            current.steps[current.goal] = each.id
            break
    current.open = current.goal


def goal() -> str:
    """Return the screen that a pressed button leads to, once; "" when there is none."""
    current = visit()
    wanted, current.goal = current.goal, ""
    return wanted


def asked_to_erase() -> bool:
    """Say whether Start over was pressed and is still to be confirmed."""
    return visit().erasing


def ask_to_erase() -> None:
    """Note that Start over was pressed. For ``on_click``."""
    visit().erasing = True


def keep_answers() -> None:
    """Note that the answers are to stay after all. For ``on_click``."""
    visit().erasing = False


def may_save() -> bool:
    """Say whether files may be saved here: not on a shared tablet, and no answers file of an example."""
    current = visit()
    return not current.kiosk and not current.example


def start_over() -> None:
    """Forget every answer, here and in the browser. Of an example there is nothing to forget: it ends.

    The browser still shows what was tapped on this page, so those widgets are set once more.
    """
    if visit().example:
        leave_example()
        return
    shown = {str(key) for key in st.session_state if str(key).startswith(ANSWERS)}
    for key in shown:
        del st.session_state[key]
    fresh = Visit(
        heard=True,
        page=visit().page,
        reset=shown,
        wipe=secrets.token_urlsafe(6),
        quota=visit().quota,
        kiosk=visit().kiosk,
        taken=dict(visit().taken),
    )
    _replace_visit(fresh)


def _replace_visit(fresh: Visit) -> None:
    """Put another visit in this tab's place, for the rest of the run that is under way, too."""
    st.session_state["visit"] = fresh
    if _drawn_for.get() is not None:
        _drawn_for.set(fresh)


# --- a therapist beside the person -----------------------------------------------------------------


def therapist_comes() -> None:
    """Note that a therapist is with the person now. For ``on_click``."""
    visit().beside = Beside()


def therapist_leaves() -> None:
    """Note that the therapist has gone: what they opened is shut again. For ``on_click``."""
    visit().beside = None


def add_back(test: str) -> None:
    """Note the therapist's yes to one test that was left out. For ``on_click``."""
    current = visit()
    if current.beside is not None:
        current.beside = Beside(added=current.beside.added | {test})


# --- invented people -------------------------------------------------------------------------------


def show_example(name: str, told: Answers) -> None:
    """Show an invented person; the person's own visit waits, untouched, and so does their draft."""
    own = own_visit()
    _forget_widgets()
    _replace_visit(
        Visit(
            told=told,
            heard=True,
            agreed=True,
            example=name,
            own=own,
            kiosk=own.kiosk,
            quota=own.quota,
            page=visit().page,
            taken=dict(visit().taken),
        )
    )


def leave_example() -> None:
    """Go back to the person's own visit, as it was. For ``on_click``."""
    current = visit()
    if current.own is not None:
        _forget_widgets()
        current.own.taken |= current.taken
        _replace_visit(current.own)


def _forget_widgets() -> None:
    """Let go of everything but the visit and the keeper: the next page is drawn from the visit."""
    for key in [each for each in st.session_state if each not in {"visit", KEEPER}]:
        del st.session_state[key]


# --- a shared tablet -------------------------------------------------------------------------------


def become_kiosk() -> None:
    """Keep nothing in this browser from now on, and forget what an earlier visit kept there."""
    current = visit()
    if not current.kiosk:
        current.kiosk, current.heard, current.offer = True, True, None
        current.wipe = secrets.token_urlsafe(6)


def hand_over() -> None:
    """Note that "Next person" was pressed. For ``on_click``."""
    visit().handing_over = True


def not_yet() -> None:
    """Note that this person goes on after all. For ``on_click``."""
    visit().handing_over = False


def next_person() -> None:
    """Forget everything: visit, widgets, links that were made. The browser then empties its stores.

    Streamlit keeps what was replaced until another message comes, so the old visit is emptied as well.
    """
    taken, quota = visit().taken, own_visit().quota
    for old in (own_visit(), visit()):
        blank = Visit()
        for each in fields(Visit):
            setattr(old, each.name, getattr(blank, each.name))
    for key in [each for each in st.session_state if each != "visit"]:
        del st.session_state[key]
    fresh = secrets.token_urlsafe(6)
    _replace_visit(Visit(heard=True, kiosk=True, quota=quota, wipe=fresh, anew=fresh, taken=dict(taken)))


# --- browser components -------------------------------------------------------------------------


def reported(component: str, name: str) -> object:
    """Return what a browser component holds under this name, as it came; None before it said anything."""
    return _part(st.session_state.get(component), name)


def have(component: str) -> str | None:
    """Return the id of the last payload taken from this browser component, or None."""
    return visit().taken.get(component)


def take(component: str, payload_id: str) -> None:
    """Note that this payload was taken; the browser may forget it."""
    visit().taken[component] = payload_id


# --- what a tap redraws -------------------------------------------------------------------------


def drawn_by(work_out: Callable[[], Drawn], as_drawn: Drawn) -> Drawn:
    """Note what a part of the screen is drawn by: a tap that leaves all of it as it is redraws nothing.

    Args:
        work_out: Works it out from the visit alone.
        as_drawn: What it is now; returned.
    """
    visit().drawing_by.append((work_out, as_drawn))
    return as_drawn


def decide(work_out: Callable[[], Drawn]) -> Drawn:
    """Work out what a part of the screen is drawn by, and note it."""
    return drawn_by(work_out, work_out())


def hear_tap(look: Callable[[], Looks]) -> Behind:
    """Collect what was tapped, and return what of the screen is behind it. For a callback.

    Only what leaves the screen as it is is collected here, the rest by the run that draws it: which of two
    ticks is the newer can be told once.

    Args:
        look: Works out what the frame is drawn by.
    """
    current = _kept_visit()
    tick = str(_part(reported(KEEPER, "tick"), "n"))
    if have(KEEPER) == tick:
        return Behind.NOTHING  # told once more, with a button: that run draws what it has to
    take(KEEPER, tick)
    before = {name: getattr(current, name) for name in ("told", "refused", *CHOICES)}
    _scope.set(_scope_of(current))
    token = _drawn_for.set(current)
    try:
        collect()
        behind = _behind(current, look)
    finally:
        _drawn_for.reset(token)
    if behind is not Behind.NOTHING:
        for name, value in before.items():
            setattr(current, name, value)
    return behind


def _behind(current: Visit, look: Callable[[], Looks]) -> Behind:
    if not current.heard or look() != current.look:
        return Behind.FRAME
    if current.drawn_by is None or not sitemap.screen(current.page).noted or tried():
        return Behind.SCREEN  # marks follow every tap, where Next was pressed too early
    stands = all(work_out() == as_drawn for work_out, as_drawn in current.drawn_by)
    shows = all(_shows(current, box) for box in current.drawn.values())
    return Behind.NOTHING if stands and shows else Behind.SCREEN


def _shows(current: Visit, box: Box) -> bool:
    try:
        return _alike(st.session_state[box.key], _wanted(current, box))
    except KeyError:
        return False


# --- one run of the shell -----------------------------------------------------------------------


def begin(page: str) -> None:
    """Start a run on this page: collect what the widgets hold, then hear the keeper."""
    current = _kept_visit()
    _drawn_for.set(current)
    _scope.set(_scope_of(current))
    moved = page != current.page
    if moved:
        current.page, current.drawn, current.refused = page, {}, {}
    current.drawn, current.drawing, current.fresh = {**current.drawn, **current.drawing}, {}, {}
    current.drawn_by, current.drawing_by = None, []
    collect()
    news = current.own is None and hear(st.session_state.get(KEEPER))
    if moved and current.open != page and not news:
        current.open = "" if isinstance(assessment(), GetSeen) else page


def _scope_of(current: Visit) -> str:
    return f"{current.sid}/" if current.example else ""


def hear(keeper: object) -> bool:
    """Take what the browser kept from another session, once; return whether it spoke just now."""
    current = visit()
    hello = _part(keeper, "hello")
    if current.heard:
        return False
    if _part(hello, "to") == current.sid:
        _take_draft(current, hello)
        current.heard = True
        return True
    if time.monotonic() - current.since > PATIENCE_S:
        current.heard = True
    return False


def overhear(keeper: object) -> None:
    """Take the draft that came with the last tap, in a session that has not heard the keeper yet.

    It lets the first run after a restart draw the same questions as the run before it.
    """
    tick = _part(keeper, "tick")
    if not visit().heard and _part(tick, "by") not in (None, visit().sid):
        _take_draft(visit(), tick)


def page_done() -> None:
    """Note that the whole page was drawn: its widgets are those of this run."""
    current = visit()
    current.drawn, current.drawing, current.pressed = current.drawing, {}, False
    decide(lambda: visit().refused)
    current.drawn_by, current.drawing_by = current.drawing_by, []


def end() -> None:
    """End the run: whoever asks for the visit before the next one begins is not inside a page."""
    _drawn_for.set(None)


def pages(language: str, build: Callable[[], dict[str, Page]]) -> dict[str, Page]:
    """Return this visit's pages, titled in this language, built once: each looks for its file when built.

    Streamlit marks the page it is about to run, so no two visits may share one.
    """
    built = _kept_visit().pages
    if language not in built:
        built[language] = build()
    return built[language]


def draft() -> str | None:
    """Return the answers file as the browser is to keep it; None when there is nothing to keep."""
    current = own_visit()
    if not current.consented or current.kiosk:
        return None
    if current.written is None or current.written[0] is not current.told:
        current.written = current.told, answers_file.dumps(current.told, known(), compact=True)
    return current.written[1]


def answers_file_text() -> str:
    """Return the answers as the file that a person keeps."""
    current = visit()
    if current.file is None or current.file[0] is not current.told:
        current.file = current.told, answers_file.dumps(current.told, known())
    return current.file[1]


def at() -> dict[str, object]:
    """Return where the person is, for the draft: page, part, and whether a card still waits."""
    current = own_visit()
    step_ = current.steps.get(current.page, "")
    return {"page": current.page, "step": step_, "open": current.open == current.page}


def _take_draft(current: Visit, kept: object) -> None:
    doc = _part(kept, "doc")
    if not isinstance(doc, str):
        return
    try:
        told = answers_file.loads(doc, known(), today())
    except AnswersFileError:
        return
    if _part(kept, "from") == "device":
        current.offer = told
        return
    current.told = _merged(told, current.told)
    current.agreed = True
    current.keep = _part(kept, "device") is True or current.keep
    _return_to(current, _part(kept, "at"))


def take_offer() -> None:
    """Take the draft that was found on the device: the person chose to go on with it."""
    current = visit()
    if current.offer is not None:
        current.told = _merged(current.offer, current.told)
        current.offer, current.keep, current.agreed = None, True, True


def _merged(kept: Answers, now: Answers) -> Answers:
    return together(kept, now, known().instruments, known().selftests)


def _return_to(current: Visit, where: object) -> None:
    """Go back to the part of the page where the person was, unless Next has led on since."""
    if current.returned:
        return
    page, part = _part(where, "page"), _part(where, "step")
    if page != current.page:
        current.open = "" if isinstance(assessment(), GetSeen) else current.page
        return
    current.returned = True
    if isinstance(part, str) and part:
        current.steps[current.page] = part
    current.open = current.page if _part(where, "open") is True else ""


def _part(thing: object, name: str) -> Any:
    """Return one field of something the browser sent, which may be anything."""
    return thing.get(name) if isinstance(thing, Mapping) else None
