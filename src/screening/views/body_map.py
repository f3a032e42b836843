"""Where it hurts: front and back of the body, and the list that says the same."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import streamlit as st

from screening.domain.answers import NO_PAIN
from screening.domain.instruments import Spot
from screening.errors import AnswerRejected
from screening.services.wording import speaker
from screening.views import entry, state
from screening.views.body_places import body_view

KEY = "body_map"
"""Key of the component's state."""

_MOUNT = st.components.v2.component(
    "screening.body_map",
    html='<div class="body-map" aria-hidden="true"></div>',
    css="body_map.css",
    js="body_map.mjs",
)


def show() -> None:
    """Draw the map above its list, and take what was tapped on it into the visit.

    The list says and does the same by keyboard and for a screen reader, so the map is hidden from both.
    What is tapped in the list shows on the map at once, before the visit hears of it.
    The browser is not trusted: the domain checks every spot.
    """
    taps = _taps(state.reported(KEY, "taps"))
    if taps is not None and taps.id != state.have(KEY):
        _take(taps)
    current = state.visit()
    _MOUNT(
        data={
            "views": _views(entry.language()),
            "none": NO_PAIN,
            "ticked": list(current.told.spots),
            "rows": [[each.id for each in spots] for spots in places().values()],
            "have": state.have(KEY),
            "sid": current.sid,
        },
        key=KEY,
        default={"taps": None},
        on_taps_change=lambda: None,
    )


@dataclass(frozen=True, slots=True)
class Taps:
    """What was tapped since the visit last heard: an id, and each spot with True for on."""

    id: str
    spots: Mapping[str, bool]


def _taps(told: object) -> Taps | None:
    """Read what the browser told; None where it told nothing, or told another session."""
    if not isinstance(told, Mapping) or told.get("to") != state.visit().sid:
        return None
    spots = told.get("spots")
    if not isinstance(told.get("id"), str) or not isinstance(spots, Mapping):
        return None
    return Taps(told["id"], {str(spot): on is True for spot, on in spots.items()})


def _take(taps: Taps) -> None:
    state.take(KEY, taps.id)
    on = {spot for spot, ticked in taps.spots.items() if ticked}
    kept = set(state.visit().told.spots) - taps.spots.keys()
    spots = frozenset((kept - {NO_PAIN} if on else kept) | on)
    with suppress(AnswerRejected):
        state.put("spots", spots or None)


@cache
def places() -> Mapping[str, tuple[Spot, ...]]:
    """Return the spots of each place, in the order of the list and of its buttons."""
    found: dict[str, tuple[Spot, ...]] = {}
    for each in state.known().instruments.spots.values():
        found[each.place] = (*found.get(each.place, ()), each)
    return MappingProxyType(found)


@cache
def _views(language: str) -> str:
    """Return both views as JSON, the same for everyone: written once, not at each tap."""
    spots = list(state.known().instruments.spots.values())
    say = speaker(language)
    return json.dumps([body_view(name, spots, say) for name in ("front", "back")], separators=(",", ":"))
