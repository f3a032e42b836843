"""The parts of the worksheet: numbers measured in the clinic, and what to check next, to print."""

from collections.abc import Sequence

import streamlit as st

from screening.domain.evidence import Claim
from screening.domain.instruments import Source
from screening.domain.outcome import Results
from screening.domain.patterns import RULES
from screening.services import worksheet
from screening.services.settings import settings
from screening.services.wording import Say
from screening.services.worksheet import FINDING, Check
from screening.views import clinic_form, entry, frame, state, tables, theme
from screening.views.components.save_file import print_page
from screening.views.tables import Table
from screening.views.words import spoken

READ_AS_A_COPY = frozenset({"C", "W"})
"""Kinds of sources that a reviewer has yet to open at their origin."""


def opening() -> None:
    """Draw whom it is for, whose check it is, and that nobody has signed it off."""
    tell, told = spoken(), state.visit().told
    st.markdown(tell("worksheet.lead"))
    if not settings().reviewed_by:
        st.caption(tell("worksheet.unsigned"))
    name = tell("worksheet.day", day=told.date) if told.date else tell("worksheet.no_day")
    st.markdown(tables.plain(name))


def clinic_numbers() -> None:
    """Draw the clinic's numbers, where somebody told us enough to hold them against."""
    if isinstance(state.assessment(), Results):
        clinic_form.draw(spoken(), theme.look(st.context.theme.type))


def next_checks() -> None:
    """Draw what to check next for the patterns and findings of this check, or for those picked."""
    tell, outcome = spoken(), state.assessment()
    st.header(tell("worksheet.title"), anchor=False)
    reasons = worksheet.reasons_of(outcome) if isinstance(outcome, Results) else ()
    offered = (*RULES, *(each for each in reasons if each.startswith(FINDING)))
    picked = _pick(offered, reasons, tell)
    found = worksheet.to_do(picked)
    if picked:
        st.markdown(tell("worksheet.for", names=", ".join(_name(each, tell) for each in picked)))
    st.markdown(tables.markdown(sheet(found, tell)))
    st.subheader(tell("worksheet.known"), anchor=False)
    st.markdown("\n".join(_known(number, each, tell) for number, each in enumerate(found, start=1)))


def _pick(offered: Sequence[str], reasons: Sequence[str], tell: Say) -> list[str]:
    """Draw the way to other lines than those of this check; folded away where there are such lines."""
    with (
        st.container(key="screen-only-pick-reasons"),
        st.expander(tell("worksheet.pick"), expanded=not reasons),
    ):
        return st.pills(
            tell("worksheet.pick"),
            offered,
            selection_mode="multi",
            default=reasons,
            format_func=lambda each: _name(each, tell),
            key=f"worksheet-for:{'-'.join(reasons)}",
            label_visibility="collapsed",
        )


def _name(reason: str, tell: Say) -> str:
    if reason.startswith(FINDING):
        domain = tell(f"domain.{reason.removeprefix(FINDING)}.name")
        return tell("worksheet.finding", domain=domain)
    return tell(f"pattern.{reason}.name")


def sheet(found: Sequence[Check], tell: Say) -> Table:
    """Return the lines with room to write: left and right, or one number."""
    blank = tell("worksheet.blank")
    room = {"sides": (blank, blank), "once": (blank, ""), "nothing": ("", "")}
    rows = tuple(
        (f"{number}. {tell(f'worksheet.check.{each.id}.do')}", *room[each.write])
        for number, each in enumerate(found, start=1)
    )
    return Table(head=(tell("worksheet.head"), tell("side.left"), tell("side.right")), rows=rows)


def _known(number: int, found: Check, tell: Say) -> str:
    cited = "; ".join([*map(_claim, found.claims), *(_source(each, tell) for each in found.sources)])
    sources = cited or tell("worksheet.no_source")
    return f"{number}. {tell(f'worksheet.check.{found.id}.known')} :small[{sources}]"


def _claim(claim: Claim) -> str:
    link = f" [{tables.plain(claim.doi)}](<https://doi.org/{claim.doi}>)" if claim.doi else ""
    return f"{tables.plain(claim.citation)}{link} ({claim.id})"


def _source(source: Source, tell: Say) -> str:
    copied = f" ({tell('worksheet.copied')})" if source.kind in READ_AS_A_COPY else ""
    return tables.source_line(source) + copied


def ways() -> None:
    """Draw the ways to the worksheet and to then and now, for whoever comes from the therapists' page."""
    tell = spoken()
    if st.button(tell("worksheet.open"), key="to-worksheet", width="stretch"):
        entry.go_to("worksheet")
    if st.button(tell("track.from_results"), key="to-track", width="stretch"):
        entry.go_to("track")


def way_back() -> None:
    """Draw the way to paper, but not on a shared tablet, and the way back.

    Back leads to the results where there are some, else to the start.
    """
    if not state.visit().kiosk:
        print_page(key="print-worksheet", label=spoken()("worksheet.print"))
    frame.back_to("results" if isinstance(state.assessment(), Results) else "start")
