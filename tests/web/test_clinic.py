"""A clinic's own look, and its name, phone and booking link: in the app, on shared pages and on paper."""

import re
import tomllib

import pypdfium2
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from tests.handover.conftest import KNOWN, everything, person
from tests.handover.test_exits import words
from tests.server import ROOT

from screening.services import pdf, settings
from screening.services.assessment import assess
from screening.services.desk import Desk
from screening.services.settings import Settings
from screening.services.summary import summarise
from screening.web import routes
from screening.web.lifespan import wear_colours
from screening.web.viewer_page import viewer_file

SAMPLE = ROOT / "docs/settings-sample.toml"


@pytest.fixture
def clinic(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv(settings.VARIABLE, str(SAMPLE))
    return settings.settings()


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=[each for each in routes.ROUTES if each.path == "/ui/{name:path}"]))


def test_the_theme_and_the_style_sheet_wear_the_clinics_colours(clinic: Settings, client: TestClient) -> None:
    put: dict[str, str] = {}
    wear_colours(put.__setitem__)
    sheet = client.get("/ui/app.css").text

    assert put == {
        "theme.light.primaryColor": clinic.colour,
        "theme.dark.primaryColor": clinic.colour_dark,
    }
    assert re.findall(r"--accent: (#\w{6})", sheet)[-2:] == [clinic.colour, clinic.colour_dark]


def test_without_a_clinic_the_app_wears_its_own(client: TestClient) -> None:
    put: dict[str, str] = {}
    wear_colours(put.__setitem__)
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"]

    assert put == {}
    assert re.findall(r"--accent: (#\w{6})", client.get("/ui/app.css").text) == [routes.OWN_COLOUR]
    assert routes.OWN_COLOUR.upper() == theme["light"]["primaryColor"] == theme["dark"]["primaryColor"]
    assert client.get("/ui/logo.png").status_code == 404


def test_a_colour_that_cannot_be_seen_by_night_leaves_the_night_to_the_app() -> None:
    rules = routes.own_colours(Settings(colour="#002B36"))

    assert re.findall(r"--accent: (#\w{6})", rules) == ["#002B36", routes.OWN_COLOUR]


def test_the_logo_is_served_from_here(clinic: Settings, client: TestClient) -> None:
    found = client.get("/ui/logo.png")

    assert found.content == (ROOT / "docs/settings-sample-logo.png").read_bytes()
    assert found.headers["content-type"] == "image/png"


def test_shared_pages_name_the_clinic_and_wear_its_colour(clinic: Settings) -> None:
    page, sheet = (viewer_file(name, Desk())[0].decode() for name in ("v", "v.css"))

    assert all(str(each) in page for each in (clinic.clinic_name, clinic.phone, clinic.booking_url))
    assert "url(ui/logo.png)" in sheet
    assert sheet.endswith(f"{{--teal:{clinic.colour}}}}}")


def test_shared_pages_of_nobody_keep_to_themselves() -> None:
    page, sheet = (viewer_file(name, Desk(Settings))[0].decode() for name in ("v", "v.css"))

    assert "Riverside" not in page
    assert "logo.png" not in sheet
    assert "prefers-color-scheme:light" not in sheet


def test_paper_names_the_clinic_and_shows_its_logo(clinic: Settings) -> None:
    told = person(attempts=everything(tests=[t for t in KNOWN.selftests if "standard" in t.sets]))
    summary = summarise(assess(told, KNOWN), told, KNOWN)
    extras = pdf.Extras(
        clinic=clinic.clinic_name,
        phone=clinic.phone,
        booking=clinic.booking_url,
        logo=clinic.logo,
        colour=clinic.colour,
    )

    raw, plain = pdf.to_pdf(summary, KNOWN, extras), pdf.to_pdf(summary, KNOWN)
    first, second = words(raw)

    assert all(str(each) in second for each in (clinic.clinic_name, clinic.phone, clinic.booking_url))
    assert str(clinic.clinic_name) not in first
    assert _pictures(raw) == [0, 1]
    assert _pictures(plain) == [0, 0]
    assert raw != pdf.to_pdf(summary, KNOWN, pdf.Extras(clinic=clinic.clinic_name)), "another colour"


def _pictures(raw: bytes) -> list[int]:
    kind = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    return [sum(1 for _ in page.get_objects(filter=[kind])) for page in pypdfium2.PdfDocument(raw)]
