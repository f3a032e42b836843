"""The chains and the causes, drawn: arrows whose thickness and breaks carry how sure they are."""

import json
from functools import cache

import streamlit as st

from screening.views import chain_parts, entry

_MOUNT = st.components.v2.component(
    "screening.chain",
    html='<div class="chains"></div>',
    css="chain.css",
    js="chain.mjs",
)


def show(ids: tuple[str, ...], *, key: str) -> None:
    """Draw chains, ``knee`` and ``back``, side by side where there is room. Nothing comes back."""
    _MOUNT(data=_chains(ids, entry.language()), key=key)


def show_causes(*, key: str) -> None:
    """Draw why a hip can give less. Nothing comes back."""
    _MOUNT(data=_causes(entry.language()), key=key)


@cache
def _chains(ids: tuple[str, ...], language: str) -> bytes:
    return json.dumps(chain_parts.chains(ids, language), separators=(",", ":")).encode()


@cache
def _causes(language: str) -> bytes:
    return json.dumps(chain_parts.causes(language), separators=(",", ":")).encode()
