"""The hip model on the Methods page: every constant with its source and how firmly it stands."""

import re

from screening.services import wording
from screening.services.model_reader import STANDINGS, model
from screening.views import method_cards

say = wording.speaker("en")


def section() -> str:
    return re.sub(r"\\(.)", r"\1", method_cards.SECTIONS["model"](say))


def test_every_constant_stands_there_with_value_standing_and_source() -> None:
    lines = section().splitlines()

    for each in model().constants:
        (line,) = [line for line in lines if line.startswith(f"- **{each.symbol}**")]
        assert f"{each.value:g}" in line
        assert say(f"methods.model.standing.{each.standing}") in line
        assert " ".join(each.source.split()) in line


def test_every_standing_has_its_word() -> None:
    assert all(say(f"methods.model.standing.{each}") for each in STANDINGS)


def test_it_says_first_what_the_model_is_not() -> None:
    assert section().startswith(say("connect.banner"))
    assert say("methods.model.not_for") in section()


def test_the_credits_name_what_the_licences_ask_for() -> None:
    text = section()

    for name in ("opensim-org/opensim-models", "CC BY 3.0", "Delp", "Rajagopal", "BMClab/BMC", "CC BY 4.0"):
        assert name in text
    for group in ("Nakagawa 2012", "Youdas 2007", "Huberti and Hayes 1984", "Troke 2005"):
        assert group in text
