"""Share or save, as people meet it: what goes out, what never does, and how it ends."""

import base64
import json
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest
from tests.pages.conftest import Open
from tests.people import KNOWN, after, did, person, tell, tick

from screening.domain.answers import Answers
from screening.errors import Gone, StoreDown
from screening.services import answers_file, pdf, wording
from screening.services.desk import Desk, desk
from screening.services.summary_drawing import viewer_words
from screening.sharing import crypto, link
from screening.sharing.store import Store
from screening.views import sitemap, state

say = wording.speaker("en")

HER = after(
    replace(tell(person(age=41), P1=7, Q3="duration-over-12-weeks"), date="2026-11-22"),
    did("stepdown", "left", 1),
    did("stepdown", "right", 4),
    did("abd_hold", "left", 20.0),
    did("abd_hold", "right", 60.0),
)


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Desk]:
    store = Store(f"sqlite:///{tmp_path / 'share.db'}")
    store.migrate()
    desk().begin(own_base="http://127.0.0.1:8501", store=store)
    yield desk()
    desk().close()


@pytest.fixture
def share(open_page: Open) -> Callable[..., AppTest]:
    return lambda told=HER: open_page("share", told)


def said(at: AppTest) -> str:
    kinds = (at.title, at.header, at.subheader, at.markdown, at.info, at.warning, at.success)
    return "\n".join(str(each.value) for kind in kinds for each in kind)


def sent(at: AppTest, component: str) -> list[dict[str, Any]]:
    """Return what the page hands to each browser component of this name."""
    found = [each.proto for each in at.get("bidi_component")]
    return [
        json.loads(each.json) for each in found if each.component_name.removeprefix("screening.") == component
    ]


def offered(at: AppTest) -> dict[str, dict[str, Any]]:
    """Every file that has a button, by what it is."""
    return {each["what"]: each for row in sent(at, "save_file") for each in row["files"]}


def handed_on(at: AppTest) -> list[str]:
    """Every text with a button that copies it."""
    return [each["text"] for each in sent(at, "to_copy")]


Press = Callable[[AppTest, str], bytes]


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    """Return a function that presses a file's button, as the browser reports it, and gives the file."""
    pressed: dict[str, dict[str, str]] = {}
    monkeypatch.setattr(state, "reported", lambda row, _: pressed.get(row))

    def press_(at: AppTest, what: str) -> bytes:
        row = "share-own-files" if what in ("own", "answers") else "share-files"
        pressed[row] = {"what": what, "id": secrets.token_hex(4)}
        at.run()
        assert not at.exception
        file = offered(at)[what]
        assert file["id"] == pressed[row]["id"]
        return base64.b64decode(file["base64"])

    return press_


def agree(at: AppTest) -> AppTest:
    (box,) = [each for each in at.checkbox if each.label == say("share.page.agree")]
    return box.check().run()


def make(at: AppTest) -> AppTest:
    agree(at).button(key="share-make").click().run()
    assert not at.exception
    return at


def opened(made: Any) -> dict[str, Any]:
    """What whoever has the link reads: the store's bytes, unlocked with the link's key."""
    found = link.read(made.link)
    store = desk().store
    assert store is not None
    share_id = found.url.rpartition("/")[2]
    sealed = store.fetch_with(share_id, made.code) if made.code else store.fetch(share_id)
    document: dict[str, Any] = json.loads(crypto.unseal(sealed, found.key)[1])
    return document


# --- who can share ---


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(tick(HER, "E1"), id="emergency"),
        pytest.param(tick(HER, "D1"), id="same-day"),
        pytest.param(tell(HER, age=17), id="under-age"),
    ],
)
def test_who_must_be_seen_gets_the_card_and_nothing_to_share(share, open_desk, told: Answers) -> None:
    at = share(told)

    assert not offered(at)
    assert not sent(at, "summary")
    assert not [each for each in at.button if (each.key or "").startswith("share-")]
    assert at.button(key="get-seen-mistake")


def test_who_has_not_finished_is_asked_first(share, open_desk) -> None:
    at = share(tell(HER, SCR2=None))

    assert at.info[0].value == say("results.ask_first.safety")
    assert not offered(at)
    assert not sent(at, "summary")


def test_one_button_leads_here_from_the_results_and_one_leads_back(open_page: Open) -> None:
    at = open_page("results", HER)

    at.button(key="to-share").click().run()
    assert at.title[0].value == say("title.share")
    at.button(key="back").click().run()

    assert at.title[0].value == say("title.results")


# --- files ---


def test_no_file_is_built_before_its_button_is_pressed(share, monkeypatch) -> None:
    built = []
    monkeypatch.setattr(pdf, "to_pdf", lambda *_, **__: built.append("pdf"))

    at = share()

    assert built == []
    assert [*offered(at)] == ["pdf", "csv", "fhir", "own", "answers"]
    assert not any("base64" in each for each in offered(at).values())
    assert "print" in sent(at, "save_file")[0]
    assert not at.get("download_button")


def test_every_file_is_what_its_button_says_and_only_the_own_copy_is_longer(share, press) -> None:
    at = share()
    found = {what: press(at, what) for what in offered(at)}

    names = {each["what"]: each["name"] for each in offered(at).values()}
    assert names == {
        what: f"hip-check-{HER.date}{end}"
        for what, end in {
            "pdf": ".pdf", "csv": ".csv", "fhir": "-fhir.json", "own": "-own.pdf", "answers": ".json"
        }.items()
    }  # fmt: skip
    assert found["answers"].decode() == answers_file.dumps(HER, KNOWN)
    assert json.loads(found["fhir"]) == at.session_state["visit"].sharing.document
    assert found["csv"].startswith(b"\xef\xbb\xbfcode,text,")
    assert found["pdf"].startswith(b"%PDF")
    assert found["own"].startswith(b"%PDF")
    assert found["pdf"] != found["own"]


def test_one_press_builds_once_and_what_changed_since_is_not_handed_over(share, press, monkeypatch) -> None:
    at = share()
    before = press(at, "csv")
    again = json.loads(json.dumps(offered(at)["csv"]))
    monkeypatch.setattr("screening.services.tables.to_csv", lambda *_, **__: pytest.fail("built twice"))

    at.run()
    assert base64.b64decode(offered(at)["csv"]["base64"]) == before
    assert offered(at)["csv"] == again
    at.checkbox(key="share-detail").check().run()

    assert "base64" not in offered(at)["csv"]


@pytest.mark.parametrize(
    "odd", [None, "pdf", 7, {}, {"what": "pdf"}, {"what": "passwd", "id": "x"}, {"what": 1, "id": 2}]
)
def test_an_odd_wish_builds_nothing(share, monkeypatch, odd: object) -> None:
    monkeypatch.setattr(state, "reported", lambda *_: odd)
    monkeypatch.setattr(pdf, "to_pdf", lambda *_, **__: pytest.fail("built"))

    assert not any("base64" in each for each in offered(share()).values())


def test_with_sharing_off_one_sentence_says_so_and_the_files_remain(share) -> None:
    at = share()

    assert [each.value for each in at.info] == [say("share.page.off")]
    assert len(offered(at)) == 5
    assert not [each for each in at.button if each.key == "share-make"]


# --- the link ---


def test_nothing_is_ticked_beforehand_and_seven_days_are_chosen(share, open_desk) -> None:
    at = share()

    assert [each.value for each in at.checkbox] == [False] * 3
    assert at.radio(key="share-days").value == 7
    at.button(key="share-make").click().run()
    assert [each.value for each in at.warning] == [say("share.page.agree_first")]
    assert at.session_state["visit"].sharing.made is None


@pytest.mark.parametrize("more", [False, True], ids=["summary", "with-answers"])
def test_what_is_shown_first_is_what_the_recipient_opens(share, open_desk, more: bool) -> None:
    at = share()
    if more:
        at.checkbox(key="share-detail").check().run()
    (seen,) = sent(at, "summary")

    document = opened(make(at).session_state["visit"].sharing.made)

    assert seen["document"] == document
    assert ("QuestionnaireResponse" in json.dumps(document)) == more
    assert seen["words"].items() >= viewer_words("en").items()


def test_asking_for_more_takes_the_consent_back(share, open_desk) -> None:
    at = agree(share())

    at.checkbox(key="share-detail").check().run()

    assert [each.value for each in at.checkbox if each.label == say("share.page.agree")] == [False]


def test_link_code_and_stop_link_are_shown_apart_and_stop_ends_it(share, open_desk) -> None:
    at = share()
    at.checkbox(key="share-code").check().run()
    made = make(at).session_state["visit"].sharing.made

    assert handed_on(at) == [made.link, made.code, made.stop_link]
    assert sent(at, "to_copy")[1]["label"] == say("share.page.code_apart")
    assert opened(made)["type"] == "document"
    at.button(key="share-stop").click().run()

    assert say("share.page.stopped") in said(at)
    assert not handed_on(at)
    with pytest.raises(Gone):
        opened(made)


@pytest.mark.parametrize("code", [False, True], ids=["open", "with-code"])
def test_a_mail_carries_one_sentence_and_the_link_and_nothing_that_was_told(share, open_desk, code) -> None:
    at = share()
    if code:
        at.checkbox(key="share-code").check().run()
    made = make(at).session_state["visit"].sharing.made
    way = sent(at, "to_copy")[0]["send"]
    mail = parse_qs(urlsplit(way["mailto"]).query, strict_parsing=True)

    words = say("share.page.mail_text_code" if code else "share.page.mail_text")
    assert way["mailto"].startswith("mailto:?")
    assert mail == {"subject": [say("share.page.mail_subject")], "body": [f"{words}\n\n{made.link}"]}
    assert way["message"] == mail["body"][0]
    assert not code or made.code not in json.dumps(way)
    assert (say("share.page.not_private") in [each.value for each in at.caption]) != code


def test_a_link_keeps_what_it_was_made_of_and_the_page_says_so(share, open_desk) -> None:
    at = make(share())
    made = at.session_state["visit"].sharing.made
    assert say("share.page.changed") not in said(at)

    at.checkbox(key="share-detail").check().run()

    assert say("share.page.changed") in said(at)
    assert at.session_state["visit"].sharing.made == made


def test_two_links_of_the_same_answers_have_no_id_in_common(share, open_desk) -> None:
    at = make(share())
    first = at.session_state["visit"].sharing.made
    at.button(key="share-another").click().run()
    second = make(at).session_state["visit"].sharing.made

    ids = [{each["fullUrl"] for each in opened(made)["entry"]} for made in (first, second)]
    assert not ids[0] & ids[1]


def test_a_store_that_is_down_is_one_sentence_and_the_way_to_try_again(share, open_desk, monkeypatch) -> None:
    def down(*_: object, **__: object) -> None:
        raise StoreDown("the store cannot be used")

    at = share()
    monkeypatch.setattr(open_desk.store.__class__, "create", down)
    make(at)

    assert say("share.page.failed") in said(at)
    assert len(offered(at)) == 5
    monkeypatch.undo()
    assert make(at).session_state["visit"].sharing.made


def test_a_link_that_could_not_be_stopped_is_still_shown(share, open_desk, monkeypatch) -> None:
    def down(*_: object) -> None:
        raise StoreDown("the store cannot be used")

    at = make(share())
    monkeypatch.setattr(open_desk.store.__class__, "revoke", down)
    at.button(key="share-stop").click().run()

    assert say("share.page.stop_failed") in said(at)
    assert at.session_state["visit"].sharing.made.stop_link in handed_on(at)


def test_the_sixth_link_in_ten_minutes_must_wait(share, open_desk) -> None:
    at = share()
    at.session_state["visit"].quota.made.extend([time.time()] * 5)
    make(at)

    assert say("share.page.too_often") in said(at)


def test_start_over_forgets_the_link_but_not_how_many_were_made(share, open_desk) -> None:
    at = make(share())

    at.switch_page(str(sitemap.path_of("results"))).run()
    at.button(key="results-start-over").click().run()
    at.button(key="results-start-over-erase").click().run()

    visit = at.session_state["visit"]
    assert visit.sharing.made is None
    assert not visit.sharing.document
    assert not visit.sharing.files
    assert len(visit.quota.made) == 1
