"""The parts of the share page: what goes out, the files for this device, and the link."""

import json
from collections.abc import Iterator
from datetime import datetime

import streamlit as st

from screening.errors import SharingError, SharingOff, StoreDown, TooOften
from screening.services import answers_file, fhir, pdf, qr, share_preview
from screening.services import tables as sheets
from screening.services.desk import desk
from screening.services.handover import Made
from screening.services.settings import settings
from screening.services.share_preview import Preview
from screening.services.summary import Detail, Summary, summarise
from screening.views import state
from screening.views.components.save_file import File, save_files
from screening.views.result_cards import Shown
from screening.views.tables import Table, markdown, plain

USUAL_DAYS = 7
"""The number of days that is chosen before anybody chooses."""

_PDF, _CSV, _FHIR, _JSON = "application/pdf", "text/csv", "application/fhir+json", "application/json"


def on_this_screen(shown: Shown) -> None:
    """Draw the simplest way: nothing leaves the device."""
    st.header(shown.tell("share.page.screen_title"), anchor=False)
    st.markdown(shown.tell("share.page.screen"))


def detail(shown: Shown) -> Detail:
    """Draw the tick for the longer of the two lists of what goes out; never ticked beforehand."""
    st.header(shown.tell("share.page.what_title"), anchor=False)
    more = st.checkbox(shown.tell("text.L2"), key="share-detail")
    return Detail.ANSWERS if more else Detail.SUMMARY


def build(shown: Shown, wanted: Detail) -> Summary:
    """Return what goes out, and build its document once for what is shown and what is sealed."""
    told, known, held = state.dated(), state.known(), state.visit().sharing
    example, therapist = bool(state.visit().example), state.visit().beside is not None
    summary = summarise(shown.results, told, known, detail=wanted, example=example, with_therapist=therapist)
    of = (told, wanted, shown.language, state.visit().beside)
    if held.of != of:
        held.document = fhir.build(summary, known, language=shown.language)
        held.of, held.files, held.problem = of, {}, ""
        held.round += 1
    return summary


# --- files ----------------------------------------------------------------------------------------------


def files(shown: Shown, summary: Summary) -> None:
    """Draw the buttons that save: paper for the therapist, the own copy, the tables, the answers.

    On a shared tablet nothing is saved; of an example there is no answers file to take for one's own.
    """
    if state.visit().kiosk:
        st.header(shown.tell("share.page.files_title"), anchor=False)
        st.markdown(shown.tell("kiosk.no_files"))
        return
    tell, told, held = shown.tell, state.dated(), state.visit().sharing
    content = held.files or _contents(shown, summary)
    held.files = content
    name = f"{'example-' if state.visit().example else ''}hip-check-{told.date}"
    saved = tell("results.saved")
    st.header(tell("share.page.files_title"), anchor=False)
    st.markdown(tell("share.page.files"))
    made = [
        File(label=tell("share.page.pdf"), name=f"{name}.pdf", media_type=_PDF, content=content["pdf"]),
        File(label=tell("share.page.sheet"), name=f"{name}.csv", media_type=_CSV, content=content["csv"]),
        File(
            label=tell("share.page.fhir"), name=f"{name}-fhir.json", media_type=_FHIR, content=content["fhir"]
        ),
    ]
    save_files(key="share-files", files=made, saved=saved)
    st.subheader(tell("share.page.own_title"), anchor=False)
    st.markdown(tell("share.page.own"))
    mine = [
        File(
            label=tell("share.page.own_pdf"), name=f"{name}-own.pdf", media_type=_PDF, content=content["own"]
        ),
        File(
            label=tell("results.save"),
            name=f"{name}.json",
            media_type=_JSON,
            content=answers_file.dumps(told, state.known()).encode("utf-8"),
        ),
    ][: 2 if state.may_save() else 1]
    save_files(key="share-own-files", files=mine, saved=saved)


def _contents(shown: Shown, summary: Summary) -> dict[str, bytes]:
    known, language, host = state.known(), shown.language, settings()

    def paper(*own_lines: str) -> bytes:
        extras = pdf.Extras(
            clinic=host.clinic_name,
            phone=host.phone,
            booking=host.booking_url,
            logo=host.logo,
            colour=host.colour,
            emergency_number=host.emergency_number,
            own_lines=own_lines,
        )
        return pdf.to_pdf(summary, known, extras, language=language)

    document = state.visit().sharing.document
    return {
        "pdf": paper(),
        "own": paper(*_own_lines(shown)),
        "csv": sheets.to_csv(summary, known, language=language),
        "fhir": json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8"),
    }


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
    st.header(tell("share.page.link_title"), anchor=False)
    if not desk().is_open:
        st.info(tell("share.page.off"))
    elif held.made is None:
        _to_make(shown)
    else:
        _made(shown, held.made)


def _to_make(shown: Shown) -> None:
    tell, held = shown.tell, state.visit().sharing
    if held.problem:
        st.info(tell(held.problem))
    st.markdown(tell("text.L1"))
    _preview(shown, share_preview.preview(held.document, state.known(), tell))
    agreed = st.checkbox(tell("share.page.agree"), key=f"share-agree-{held.round}")
    offered = desk().days
    days = st.radio(
        tell("share.page.days"),
        offered,
        index=offered.index(USUAL_DAYS) if USUAL_DAYS in offered else 0,
        format_func=lambda each: tell("share.page.one_day" if each == 1 else "share.page.some_days", n=each),
        horizontal=True,
        key="share-days",
    )
    code = st.checkbox(tell("share.page.code"), key="share-code")
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
        held.made, held.made_of, held.of = made, held.of, ()


def _preview(shown: Shown, seen: Preview) -> None:
    """Draw what the recipient will see, word by word, from the document that will be sealed."""
    tell = shown.tell
    with st.container(border=True, key="share-preview"):
        st.subheader(tell("share.page.preview"), anchor=False)
        st.markdown(tell("share.banner"))
        st.markdown(tell("viewer.done_on", day=seen.day))
        head = (tell("share.item"), tell("share.answer"), tell("share.worst"))
        st.markdown(_table(tell("share.pain_table"), Table(head=head, rows=seen.pain)))
        head = (tell("share.test"), tell("share.result"), tell("share.compared"))
        st.markdown(_table(tell("share.tests"), Table(head=head, rows=seen.tests)))
        if seen.answers:
            pair = (tell("share.item"), tell("share.answer"))
            st.markdown(_table(tell("share.pdf.answers"), Table(head=pair, rows=seen.answers)))
        for title, text in seen.texts:
            st.markdown(f"**{plain(title)}**\n\n{plain(text)}")


def _table(title: str, table: Table) -> str:
    return f"**{plain(title)}**\n\n{markdown(table)}"


def _made(shown: Shown, made: Made) -> None:
    tell, held = shown.tell, state.visit().sharing
    st.success(tell("share.page.made"))
    ends = datetime.fromtimestamp(made.expires, state.zone())
    st.markdown(tell("share.page.ends", day=ends.date().isoformat(), time=f"{ends:%H:%M %Z}"))
    if held.made_of != held.of:
        st.info(tell("share.page.changed"))
    st.image(qr.to_svg(made.link, title=tell("share.pdf.qr_alt")), alt=tell("share.pdf.qr_alt"), width=280)
    if not state.visit().kiosk:
        _to_copy(tell("share.pdf.link"), made.link)
        st.link_button(tell("share.page.as_recipient"), made.link, width="stretch")
    if made.code:
        _to_copy(tell("share.page.code_apart"), made.code)
    if state.visit().kiosk:
        st.markdown(tell("share.page.stop_apart"))
        st.image(qr.to_svg(made.stop_link, title=tell("kiosk.stop_qr")), alt=tell("kiosk.stop_qr"), width=200)
    else:
        _to_copy(tell("share.page.stop_apart"), made.stop_link)
    if held.problem:
        st.warning(tell(held.problem))
    st.button(tell("share.page.stop"), key="share-stop", width="stretch", on_click=_stop)
    st.button(tell("share.page.another"), key="share-another", width="stretch", on_click=_another)
    st.caption(tell("share.page.another_help"))


def _to_copy(what: str, text: str) -> None:
    """Draw something to copy; on a shared tablet to read only, for a clipboard outlives the visit."""
    st.markdown(what)
    if state.visit().kiosk:
        st.markdown(f"**{text}**")
        return
    st.code(text, language=None, wrap_lines=True)


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
