"""How it connects: opens for anybody, is the same for everybody, and leads back without a loss."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from tests.people import KNOWN, after, did, person

from screening.domain.answers import NO_PAIN, Answers
from screening.services import answers_file
from screening.services.wording import speaker
from screening.views import sitemap

say = speaker("en")
Open = Callable[..., AppTest]
MOST_BYTES = 250_000

HER = after(
    person(age=30, spots=("spot-knee-front-right", "spot-groin-right")),
    did("abd_hold", "left", 60.0, capped=True),
    did("abd_hold", "right", 10.0),
)
"""A person with a sore knee and groin, and one low result at the side of the hip."""


def sent(at: AppTest) -> dict[str, Any]:
    """What the page sends to its browser components, by component."""
    found = {}
    for each in at.get("bidi_component"):
        name = each.proto.component_name.rpartition(".")[2]
        found.setdefault(name, []).append(each.proto.json or each.proto.bytes.decode())
    return found


def pictures(at: AppTest) -> list[str]:
    return [each.proto.spec for each in at.get("vega_lite_chart")]


def words(at: AppTest) -> str:
    return "\n".join(
        each.value for each in (*at.title, *at.header, *at.subheader, *at.markdown, *at.info, *at.warning)
    )


def test_it_opens_before_anything_is_agreed_or_answered_and_tells_six_scenes(open_page: Open) -> None:
    at = open_page("how_it_connects")
    for number in range(1, 7):
        at.session_state[f"why-{number}"] = True
    at.run()

    assert at.title[0].value == say("title.how_it_connects")
    for number in range(1, 7):
        title = say(f"connect.scene.{number}.title")
        assert at.header[number - 1].value == say("connect.heading", number=number, title=title)
        assert say(f"connect.scene.{number}.say") in words(at)
        assert say(f"connect.scene.{number}.why") in words(at)


def test_the_model_is_never_shown_without_its_banner(open_page: Open) -> None:
    at = open_page("how_it_connects")

    assert say("connect.banner") in [each.value for each in at.info]


def test_every_chart_has_its_sentence_beside_it(open_page: Open) -> None:
    at = open_page("how_it_connects")
    shown = [each.value for each in at.markdown]

    assert len(pictures(at)) == 8
    for each in at.get("vega_lite_chart"):
        assert each.proto.alt in shown


@pytest.mark.parametrize("told", [HER, person(spots=(NO_PAIN,))], ids=["low at the hip", "no pain"])
def test_nobodys_answers_reach_the_figure_or_any_picture(open_page: Open, told: Answers) -> None:
    nobodys, hers = open_page("how_it_connects"), open_page("how_it_connects", told)

    assert pictures(hers) == pictures(nobodys)
    for name in ("hip_figure", "chain"):
        assert sent(hers)[name] == sent(nobodys)[name]


def test_nothing_of_a_result_is_told_on_this_page(open_page: Open) -> None:
    at = open_page("how_it_connects", HER)

    assert say("finding.worth-showing") not in words(at)
    assert say("where_figure.sign.at-the-hip") not in words(at)


def test_the_figure_weighs_less_than_a_quarter_of_a_megabyte(open_page: Open) -> None:
    (figure,) = sent(open_page("how_it_connects"))["hip_figure"]

    assert isinstance(json.loads(figure), dict)
    assert len(figure.encode()) <= MOST_BYTES


def test_a_second_look_builds_no_chart_again(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_page("how_it_connects")

    def built(*_: object, **__: object) -> None:
        raise AssertionError("a chart was built in a rerun")

    monkeypatch.setattr("altair.TopLevelMixin.to_dict", built)
    at.run()

    assert not at.exception


def kept(at: AppTest) -> str:
    return answers_file.dumps(at.session_state["visit"].told, KNOWN)


@pytest.mark.parametrize("page", ["start", "about_you", "pain", "results", "methods"])
def test_from_any_page_there_and_back_again_without_losing_anything(open_page: Open, page: str) -> None:
    at = open_page(page, HER, agreed=True)
    before = kept(at)

    at.button(key="nav-how-it-connects").click().run()
    assert at.title[0].value == say("title.how_it_connects")
    at.button(key="back").click().run()

    assert at.title[0].value == say(f"title.{page}")
    assert kept(at) == before


def test_who_came_by_an_address_is_led_to_the_start(open_page: Open) -> None:
    at = open_page("how_it_connects")

    at.button(key="back").click().run()

    assert at.title[0].value == say(f"title.{sitemap.START.name}")


def test_an_urgent_card_offers_no_way_to_the_pictures(open_page: Open) -> None:
    at = open_page("safety", person("E1"), agreed=True)

    assert at.title[0].value == say("title.card")
    assert "nav-how-it-connects" not in [each.key for each in at.button]


# --- on the results page ---


def test_the_result_shows_where_pain_and_findings_sit_and_the_chain_that_is_meant(open_page: Open) -> None:
    at = open_page("results", HER, agreed=True)
    said = words(at)

    assert say("where_figure.sign.at-the-hip") in said
    (chains,) = sent(at)["chain"]
    assert [each["title"] for each in json.loads(chains)["chains"]] == [say("connect.chain.knee")]
    assert "hip_figure" not in sent(at)


def test_groin_pain_with_a_low_result_says_have_the_joint_itself_checked(open_page: Open) -> None:
    at = open_page("results", HER, agreed=True)

    assert any(say("where_figure.joint.title") in each.value for each in at.warning)


def test_without_a_finding_or_pain_the_result_says_so_plainly(open_page: Open) -> None:
    told = after(person(age=30, spots=(NO_PAIN,)), did("abd_hold", "left", 60.0, capped=True))

    at = open_page("results", told, agreed=True)

    said = words(at)
    assert say("where_figure.sign.nothing") in said
    assert say("where_figure.no_chain_no_pain") in said
    assert "chain" not in sent(at)


def test_pain_elsewhere_shows_no_chain_and_says_so(open_page: Open) -> None:
    at = open_page("results", person(spots=("spot-thigh-left",)), agreed=True)

    said = words(at)
    assert say("where_figure.no_chain_elsewhere") in said
    assert say("where_figure.sign.not-tested") in said


def test_the_results_lead_to_the_pictures_and_back(open_page: Open) -> None:
    at = open_page("results", HER, agreed=True)

    at.button(key="to-how-it-connects").click().run()
    at.button(key="back").click().run()

    assert at.title[0].value == say("title.results")
