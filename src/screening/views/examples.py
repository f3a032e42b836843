"""Invented people: the buttons that open them, and the banner that says so on every screen."""

import streamlit as st

from screening.services.examples import NAMES, example
from screening.views import entry, state
from screening.views.words import say

CAME_FROM = "example.from"
"""Where the visit notes the screen to go back to."""


def banner() -> None:
    """Draw that this is an invented person, who it is, and the way out. Nothing while it is not."""
    current = state.visit()
    if not current.example:
        return
    with st.container(key="example-banner"):
        name = say(f"demo.person.{current.example}.name")
        st.markdown(f"**{say('demo.banner')}.** {name}")
        if st.button(say("demo.leave"), key="leave-example"):
            back = current.steps.get(CAME_FROM, "start")
            state.leave_example()
            entry.go_to(back)


def one() -> None:
    """Draw the one example for everybody, a tap away."""
    if st.button(say("demo.see_one"), key="see-example", width="stretch"):
        open_(NAMES[0], came_from="start")


def everyone() -> None:
    """Draw every invented person with a line on what to show, each a tap away."""
    with st.container(key="examples"):
        for name in NAMES:
            with st.container(border=True, key=f"example-{name.replace('_', '-')}"):
                who, what = say(f"demo.person.{name}.name"), say(f"demo.person.{name}.show")
                st.markdown(f"**{who}**  \n{what}")
                if st.button(say("demo.open", name=who.split(",")[0]), key=f"open-{name}", width="stretch"):
                    open_(name, came_from="therapists")


def open_(name: str, *, came_from: str) -> None:
    """Show this person's result. The run ends here."""
    state.show_example(name, example(name))
    state.visit().steps[CAME_FROM] = came_from
    entry.go_to("results")
