"""What stands around every page: where you are, the emergency line, the clinic, and the way on."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st
from streamlit.navigation.page import StreamlitPage as Page

from screening.domain.outcome import NotYet
from screening.services.settings import settings
from screening.views import cards, entry, examples, kiosk, sitemap, state
from screening.views.components import draft_keeper
from screening.views.sitemap import Screen
from screening.views.state import Behind, Looks
from screening.views.words import say

SCREEN = "screen"
"""All that stands inside the frame: it can be run again by itself."""


def pages() -> dict[str, Page]:
    """Return a page for each screen, by name, titled in this run's language."""
    return {
        each.name: st.Page(
            each.path, title=say(f"title.{each.name}"), url_path=each.name, default=each == sitemap.START
        )
        for each in sitemap.SCREENS
    }


@contextmanager
def around_page(here: Screen) -> Iterator[None]:
    """Draw progress and footer, and run the page between them.

    The footer is sent first, so a page that stops early still has the emergency line under it.
    """
    state.visit().look = look()
    top, body, foot = (st.container(key=each) for each in ("frame-top", "frame-page", "frame-foot"))
    card = state.ended()
    with top:
        _top(here)
    with foot:
        if card is None:
            _other_steps(here)
        _foot(here, with_links=card is None and here != sitemap.PRESENT)
    with body:
        yield


def look() -> Looks:
    """Return what the frame is drawn by, besides the page: while that is the same, the frame may stand."""
    current = state.visit()
    return state.ended() is None, current.consented, current.example, current.kiosk, current.handing_over


def _top(here: Screen) -> None:
    kiosk.next_person()
    examples.banner()
    st.caption(say("frame.notice"))
    if here.on_path:
        step = sitemap.PATH.index(here) + 1
        text = say("frame.step", step=step, steps=len(sitemap.PATH), name=say(f"nav.{here.name}"))
        st.progress(step / len(sitemap.PATH), text=text)


def _other_steps(here: Screen) -> None:
    """Draw the way to any other step: every answer can be changed later."""
    if not state.visit().consented or not here.on_path:
        return
    chosen = st.menu_button(
        say("frame.other_steps"),
        [each.name for each in (sitemap.START, *sitemap.PATH) if each != here],
        format_func=lambda name: say(f"nav.{name}"),
        key="other-steps",
        width="stretch",
    )
    if chosen:
        go_to(chosen)


def _foot(here: Screen, *, with_links: bool) -> None:
    host = settings()
    st.markdown(say("frame.emergency"))
    if host.clinic_name and host.phone:
        st.markdown(say("frame.clinic_and_phone", name=host.clinic_name, phone=host.phone))
    elif host.clinic_name or host.phone:
        st.markdown(say("frame.clinic", name=host.clinic_name or host.phone))
    if (
        with_links
        and here != sitemap.CONNECTS
        and st.button(say("title.how_it_connects"), key="nav-how-it-connects", type="tertiary")
    ):
        to_pictures(here.name)
    if with_links and here not in {sitemap.START, sitemap.THERAPISTS}:
        for_therapists()
    leads_on = with_links and here != sitemap.METHODS
    if leads_on and st.button(say("title.methods"), key="nav-methods", type="tertiary"):
        go_to(sitemap.METHODS.name)


def for_therapists() -> None:
    """Draw the way to the therapists' page."""
    if st.button(say("title.therapists"), key="nav-therapists", type="tertiary"):
        go_to(sitemap.THERAPISTS.name)


def instead_of_page(here: Screen) -> bool:
    """Draw what stands in place of a page, if anything does; return whether something does.

    An urgent card: one way back to the answer, or start over. Or the way to the consent, for whoever
    comes straight to a question; that is not judged before the draft keeper has spoken.
    """
    goal = state.goal()
    if goal:
        go_to(goal)
    card = state.decide(state.ended)
    if card is not None:
        st.title(say("title.card"), anchor=False)
        cards.get_seen(card, back=state.take_back)
    elif here.after_consent and state.visit().heard and not state.visit().consented:
        _agree_first(here)
    else:
        return False
    return True


def _agree_first(here: Screen) -> None:
    st.title(say(f"title.{here.name}"), anchor=False)
    st.info(say("frame.agree_first"))
    if st.button(say("frame.to_start"), key="to-start", type="primary", width="stretch"):
        go_to(sitemap.START.name)


def go_to(name: str) -> None:
    """Show another screen; the address keeps the language and the shared tablet. The run ends here."""
    entry.go_to(name)


def back_to(name: str) -> None:
    """Draw the one way back from a screen off the path. The run ends there when it is pressed."""
    if st.button(say("how_it_connects.back", name=say(f"nav.{name}")), key="back", width="stretch"):
        go_to(name)


def to_pictures(came_from: str) -> None:
    """Show how it connects, and note which screen to come back to. The run ends here."""
    state.go_to_step(sitemap.CONNECTS.name, came_from)
    go_to(sitemap.CONNECTS.name)


def back_from_pictures() -> None:
    """Draw the way back to where the person came from; nothing told is lost on the way."""
    names = {each.name for each in sitemap.SCREENS}
    came_from = state.visit().steps.get(sitemap.CONNECTS.name, "")
    if came_from not in names:
        came_from = first_unfinished() if state.visit().consented else sitemap.START.name
    back_to(came_from)


def heard_early(here: Screen, title: str) -> bool:
    """Keep the draft before the page is drawn, in a session that its keeper has not spoken to yet.

    What came with the last tap is then known before the first question is drawn.
    """
    if state.visit().heard:
        return False
    keep_draft(here, title)
    return True


@st.fragment
def keep_draft(here: Screen, title: str) -> None:
    """Mount the draft keeper with what the page's answers came to. After most taps this alone is run."""
    said = draft_keeper.mount(
        title=title, language=entry.language(), watch=here.questions, on_tap=_redraw, on_hello=_hear_hello
    )
    state.overhear(said)


def _hear_hello() -> None:
    """Draw the page again with what the browser kept, once."""
    if not state.visit().heard:
        st.rerun()


def _redraw() -> None:
    """Draw again what a tap left behind. The draft is kept in any case."""
    behind = state.hear_tap(look)
    if behind is Behind.FRAME:
        st.rerun()
    if behind is Behind.SCREEN:
        st.rerun(SCREEN)


def logo() -> None:
    """Draw the clinic's logo, if there is one; its name is the words for it."""
    host = settings()
    if host.logo is not None and host.clinic_name:
        with st.container(key="logo-start"):
            st.image(host.logo, alt=host.clinic_name, width=200)


def sign_off() -> None:
    """Say who signed the content off, or that nobody has yet."""
    host = settings()
    if host.reviewed_by and host.reviewed_on:
        st.markdown(say("start.signed", name=host.reviewed_by, day=host.reviewed_on.isoformat()))
    else:
        st.warning(say("start.unsigned"))


def kept_answers() -> None:
    """Draw the way back to answers that are here, or that were found on this device."""
    kept = state.decide(_kept)
    if kept is None:
        return
    offered, erasing = kept
    with st.container(border=True, key="kept"):
        st.markdown(say("start.found" if offered else "start.here"))
        if st.button(say("start.go_on"), key="go-on", type="primary", width="stretch"):
            state.take_offer()
            go_to(first_unfinished())
        if erasing:
            _really_erase()
        else:
            st.button(say("start.start_over"), key="start-over", width="stretch", on_click=state.ask_to_erase)


def _kept() -> tuple[bool, bool] | None:
    """Return whether the answers are only offered, and whether they are to be erased; None without any."""
    current = state.visit()
    offered = current.offer is not None
    if current.example or (not offered and not current.has_answers):
        return None
    return offered, state.asked_to_erase()


def _really_erase() -> None:
    st.markdown(say("start.sure"))
    if st.button(say("start.erase"), key="erase", width="stretch"):
        state.start_over()
        st.rerun()
    st.button(say("start.keep_them"), key="keep-them", width="stretch", on_click=state.keep_answers)


def first_unfinished() -> str:
    """Return the screen on which the person goes on."""
    outcome = state.assessment()
    if isinstance(outcome, NotYet):
        return outcome.page
    return "results" if state.visit().told.attempts else "self_tests"


def way_on(
    *, missing: bool, skipped: bool = False, part: str = "", parts: Sequence[str] = (), ahead: bool = True
) -> None:
    """Draw Next and Back. Buttons, not links: a tap just before a button is never lost.

    Args:
        missing: Something on this screen is still to be answered or to be put right.
        skipped: Something may be left open: Next says so once, and goes on the second time.
        part: The part of the page that is shown, where a page has several screens.
        parts: All of its parts, in order.
        ahead: Without it only Back is drawn: the main button of this screen is another one.
    """
    here = state.visit().page
    with st.container(key="way-on"):
        if state.tried() and (missing or skipped):
            st.markdown(say("frame.missing" if missing else "frame.skipped"))
        label = say("start.begin" if here == sitemap.START.name else "frame.next")
        cut_short = state.take_press()
        pressed = ahead and (
            st.button(label, key="next", type="primary", width="stretch", on_click=state.try_next)
            or cut_short
        )
        returned = here != sitemap.START.name and st.button(say("frame.back"), key="back", width="stretch")
    if pressed and (missing or (skipped and state.tried() == 1)):
        state.nudge()
    elif pressed:
        _on(here, part, parts)
    if returned:
        _back(here, part, parts)


def _on(here: str, part: str, parts: Sequence[str]) -> None:
    state.leave_screen(part)
    if state.ended():
        st.rerun()
    later = parts[parts.index(part) + 1 :] if part else ()
    if later:
        state.go_to_step(here, later[0])
        st.rerun()
    following = sitemap.after(here)
    if following == "pain" and state.no_pain():
        following = sitemap.after(following)
    state.go_to_step(following, None)
    go_to(following)


def _back(here: str, part: str, parts: Sequence[str]) -> None:
    earlier = parts[: parts.index(part)] if part else ()
    if earlier:
        state.go_to_step(here, earlier[-1])
        st.rerun()
    previous = sitemap.before(here)
    if previous == "pain" and state.no_pain():
        previous = sitemap.before(previous)
    state.go_to_step(previous, state.LAST)
    go_to(previous)
