"""The parts of the share page: what goes out, the files for this device, and the link."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

import streamlit as st

from screening.errors import SharingError, SharingOff, StoreDown, TooOften
from screening.services import answers_file, fhir, pdf, qr
from screening.services import tables as sheets
from screening.services.desk import desk
from screening.services.handover import Made
from screening.services.settings import settings
from screening.services.summary import Detail, Summary, summarise
from screening.views import state
from screening.views.components import summary as picture
from screening.views.components.save_file import File, Ready, save_files, wish_of
from screening.views.components.to_copy import Sending, to_copy
from screening.views.result_cards import Shown

USUAL_DAYS = 7
"""The number of days that is chosen before anybody chooses."""

_PDF, _CSV, _FHIR, _JSON = "application/pdf", "text/csv", "application/fhir+json", "application/json"


def on_this_screen(shown: Shown) -> None:
    """Draw the simplest way: nothing leaves the device."""
    with _screen_only("screen"):
        st.header(shown.tell("share.page.screen_title"), anchor=False)
        st.markdown(shown.tell("share.page.screen"))


def _screen_only(part: str) -> AbstractContextManager[object]:
    """Return a part that paper leaves out: printed, this page is the summary alone."""
    return st.container(key=f"screen-only-share-{part}")


def what_goes_in(shown: Shown) -> Summary:
    """Draw the tick for the longer list, never ticked beforehand, and what goes out, as it will be seen."""
    tell = shown.tell
    with _screen_only("what"):
        st.header(tell("share.page.what_title"), anchor=False)
        more = st.checkbox(tell("text.L2"), key="share-detail", width="stretch")
        st.markdown(tell("share.page.what"))
    summary = _built(shown, Detail.ANSWERS if more else Detail.SUMMARY)
    document = state.visit().sharing.document
    picture.show(document, key="share-preview", language=shown.language, say=tell)
    return summary


def _built(shown: Shown, wanted: Detail) -> Summary:
    """Return what goes out, and build its document once for what is shown and what is sealed."""
    told, known, held = state.dated(), state.known(), state.visit().sharing
    example, beside = bool(state.visit().example), state.visit().beside
    summary = summarise(
        shown.results, told, known, detail=wanted, example=example, with_therapist=beside is not None
    )
    of = (told, wanted, shown.language, beside)
    if held.of != of:
        held.document = fhir.build(summary, known, language=shown.language)
        held.of, held.files, held.problem = of, {}, ""
        held.round += 1
    return summary


# --- files ----------------------------------------------------------------------------------------------


def files(shown: Shown, summary: Summary) -> None:
    """Draw the buttons that save: paper for the therapist, the own copy, the tables, the answers.

    A file is built when its button is pressed, and goes to the browser that asked and nowhere else. On a
    shared tablet nothing is saved; of an example there is no answers file to take for one's own.
    """
    tell, name = shown.tell, f"hip-check-{state.dated().date}"
    if state.visit().example:
        name = f"example-{name}"
    with _screen_only("files"):
        st.header(tell("share.page.files_title"), anchor=False)
        if state.visit().kiosk:
            st.markdown(tell("kiosk.no_files"))
            return
        st.markdown(tell("share.page.files"))
        offered = [
            File(what="pdf", label=tell("share.page.pdf"), name=f"{name}.pdf", media_type=_PDF),
            File(what="csv", label=tell("share.page.sheet"), name=f"{name}.csv", media_type=_CSV),
            File(what="fhir", label=tell("share.page.fhir"), name=f"{name}-fhir.json", media_type=_FHIR),
        ]
        _row("share-files", offered, lambda what: _file(what, shown, summary), shown, prints=True)
        st.subheader(tell("share.page.own_title"), anchor=False)
        st.markdown(tell("share.page.own"))
        mine = [
            File(what="own", label=tell("share.page.own_pdf"), name=f"{name}-own.pdf", media_type=_PDF),
            File(what="answers", label=tell("results.save"), name=f"{name}.json", media_type=_JSON),
        ][: 2 if state.may_save() else 1]
        _row("share-own-files", mine, lambda what: _file(what, shown, summary), shown)


def _row(
    key: str, offered: Sequence[File], build: Callable[[str], bytes], shown: Shown, *, prints: bool = False
) -> None:
    """Draw one row of buttons, and build the file that was asked for since the last run."""
    held = state.visit().sharing
    wish = wish_of(state.reported(key, "wanted"))
    if wish and wish.id != state.have(key) and wish.what in {each.what for each in offered}:
        held.files[key] = Ready(wish=wish, content=build(wish.what))
        state.take(key, wish.id)
    save_files(key=key, files=offered, ready=held.files.get(key), say=shown.tell, prints=prints)


def _file(what: str, shown: Shown, summary: Summary) -> bytes:
    known, language = state.known(), shown.language
    match what:
        case "csv":
            return sheets.to_csv(summary, known, language=language)
        case "fhir":
            document = state.visit().sharing.document
            return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")
        case "answers":
            return answers_file.dumps(state.dated(), known).encode("utf-8")
        case _:
            return _paper(shown, summary, own=what == "own")


def _paper(shown: Shown, summary: Summary, *, own: bool) -> bytes:
    host = settings()
    extras = pdf.Extras(
        clinic=host.clinic_name,
        phone=host.phone,
        booking=host.booking_url,
        logo=host.logo,
        colour=host.colour,
        emergency_number=host.emergency_number,
        own_lines=tuple(_own_lines(shown)) if own else (),
    )
    return pdf.to_pdf(summary, state.known(), extras, language=shown.language)


def _own_lines(shown: Shown) -> Iterator[str]:
    """What only the person's own paper may say: the age the published values were for, and the patterns."""
    tell, age = shown.tell, state.visit().told.age_y
    if age is not None:
        yield tell("share.page.own_age", age=age)
    for found in shown.results.patterns:
        name, fit = tell(f"pattern.{found.id}.name"), tell(f"results.fit.{found.fit}")
        yield f"{name} ({fit}). {tell(found.text)}"


# --- the link -------------------------------------------------------------------------------------------


def link(shown: Shown) -> None:
    """Draw the link that was made, or how to make one; where there are none, one sentence."""
    tell, held = shown.tell, state.visit().sharing
    with _screen_only("link"):
        st.header(tell("share.page.link_title"), anchor=False)
        if not desk().is_open:
            st.info(tell("share.page.off"))
        elif held.made is None:
            _to_make(shown)
        else:
            _made(shown, held.made)


def _to_make(shown: Shown) -> None:
    tell, held = shown.tell, state.visit().sharing
    st.markdown(tell("text.L1"))
    offered = desk().days
    days = st.radio(
        tell("share.page.days"),
        offered,
        index=offered.index(USUAL_DAYS) if USUAL_DAYS in offered else 0,
        format_func=lambda each: tell("share.page.one_day" if each == 1 else "share.page.some_days", n=each),
        horizontal=True,
        key="share-days",
    )
    code = st.checkbox(tell("share.page.code"), key="share-code", width="stretch")
    agreed = st.checkbox(tell("share.page.agree"), key=f"share-agree-{held.round}", width="stretch")
    if held.problem:
        st.info(tell(held.problem))
    if st.button(tell("share.page.make"), key="share-make", type="primary", width="stretch"):
        if agreed:
            _make(days=days, code=code)
            st.rerun()
        st.warning(tell("share.page.agree_first"))


def _make(*, days: int, code: bool) -> None:
    """Seal the document that was shown. The next link gets a new one: no two links share an id."""
    current = state.visit()
    held = current.sharing
    held.problem = ""
    try:
        made = desk().make(held.document, days=days, code=code, quota=current.quota)
    except SharingOff:
        held.problem = "share.page.off"
    except TooOften:
        held.problem = "share.page.too_often"
    except SharingError:
        held.problem = "share.page.failed"
    else:
        held.made, held.made_of, held.of, held.fresh = made, held.of, (), True


def _made(shown: Shown, made: Made) -> None:
    tell, held = shown.tell, state.visit().sharing
    st.success(f"{tell('share.page.made')} {tell('share.page.not_kept')}")
    if held.made_of != held.of:
        st.info(tell("share.page.changed"))
    if state.visit().kiosk:
        _to_scan(shown, made)
    else:
        _to_send(shown, made)
    if held.problem:
        st.warning(tell(held.problem))
    st.button(tell("share.page.stop"), key="share-stop", width="stretch", on_click=_stop)
    st.button(tell("share.page.another"), key="share-another", width="stretch", on_click=_another)
    st.caption(tell("share.page.another_help"))


def _to_scan(shown: Shown, made: Made) -> None:
    """Draw both links as pictures and the code as words: a shared tablet's clipboard outlives the visit."""
    tell = shown.tell
    st.markdown(tell("share.page.scan"))
    st.image(qr.to_svg(made.link, title=tell("share.pdf.qr_alt")), alt=tell("share.pdf.qr_alt"), width=280)
    if made.code:
        st.subheader(tell("share.page.code_title"), anchor=False)
        st.markdown(f"{tell('share.page.code_apart')} **{made.code}**")
    st.subheader(tell("share.page.stop_title"), anchor=False)
    st.markdown(tell("share.page.stop_apart"))
    st.image(qr.to_svg(made.stop_link, title=tell("kiosk.stop_qr")), alt=tell("kiosk.stop_qr"), width=200)


def _to_send(shown: Shown, made: Made) -> None:
    """Draw the link to send, to copy and to scan, its code apart, and the link that stops it."""
    tell, held = shown.tell, state.visit().sharing
    sending = Sending(
        subject=tell("share.page.mail_subject"),
        text=tell("share.page.mail_text_code" if made.code else "share.page.mail_text"),
        ends=made.expires,
        language=shown.language,
        fresh=held.fresh,
    )
    held.fresh = False
    to_copy(key="share-link", label=tell("share.pdf.link"), text=made.link, say=tell, sending=sending)
    if not made.code:
        st.caption(tell("share.page.not_private"))
    st.markdown(tell("share.page.scan"))
    st.image(qr.to_svg(made.link, title=tell("share.pdf.qr_alt")), alt=tell("share.pdf.qr_alt"), width=280)
    st.link_button(tell("share.page.as_recipient"), made.link, width="stretch")
    if made.code:
        st.subheader(tell("share.page.code_title"), anchor=False)
        to_copy(key="share-code-made", label=tell("share.page.code_apart"), text=made.code, say=tell)
    st.subheader(tell("share.page.stop_title"), anchor=False)
    to_copy(key="share-stop-link", label=tell("share.page.stop_apart"), text=made.stop_link, say=tell)


def _stop() -> None:
    """End the link. What could not be stopped is still shown, with its stop link."""
    held = state.visit().sharing
    if held.made is None:
        return
    try:
        desk().stop(held.made)
    except (SharingOff, StoreDown):
        held.problem = "share.page.stop_failed"
    else:
        _another()
        held.problem = "share.page.stopped"


def _another() -> None:
    """Take the link off the screen, and ask anew for the next one."""
    held = state.visit().sharing
    held.made, held.made_of, held.problem = None, (), ""
    held.round += 1
