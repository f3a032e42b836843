"""The host's settings: neutral without a file, checked with one, every mistake named by its key."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.server import ROOT

from screening.errors import SettingsError
from screening.services import colours, settings, wording
from screening.services.desk import Desk
from screening.services.settings import Settings

SAMPLE = ROOT / "docs/settings-sample.toml"


@pytest.fixture
def host(tmp_path: Path):
    def written(text: str) -> Settings:
        file = tmp_path / "host.toml"
        file.write_text(text, encoding="utf-8")
        settings.load.cache_clear()
        return settings.load(str(file))

    return written


def test_without_a_file_the_app_belongs_to_nobody_and_nobody_has_reviewed_it() -> None:
    assert settings.load("") == Settings(
        clinic_name=None,
        phone=None,
        booking_url=None,
        emergency_number="911",
        reviewed_by=None,
        reviewed_on=None,
        languages=wording.languages(),
        frame_ancestors=(),
    )


def test_the_file_is_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "host.toml").write_text('clinic_name = "Riverside"\n')
    monkeypatch.setenv("HIP_CHECK_SETTINGS", str(tmp_path / "host.toml"))

    assert settings.settings().clinic_name == "Riverside"


def test_the_sample_shows_every_key_and_can_be_used_as_it_is() -> None:
    shown = settings.load(str(SAMPLE))

    assert set(tomllib.loads(SAMPLE.read_text())) == set(Settings.__dataclass_fields__)
    assert shown.clinic_name == "Riverside Physical Therapy"
    assert shown.reviewed_on == date(2026, 3, 1)
    assert shown.frame_ancestors == ("https://clinic.example",)


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ('clinic_name = "Clínica del Río"', "clinic_name", "Clínica del Río"),
        ('clinic_name = "  Riverside  "', "clinic_name", "Riverside"),
        (f'clinic_name = "{"x" * 120}"', "clinic_name", "x" * 120),
        ('phone = "(617) 555-0100 ext. 12"', "phone", "(617) 555-0100 ext. 12"),
        ('phone = "+44 20 7946 0000"', "phone", "+44 20 7946 0000"),
        ('booking_url = "https://a.example/b?c=d&e=1#f"', "booking_url", "https://a.example/b?c=d&e=1#f"),
        ('emergency_number = "112"', "emergency_number", "112"),
        ('emergency_number = "1 1 2"', "emergency_number", "1 1 2"),
        ('languages = ["en"]', "languages", ("en",)),
        ('frame_ancestors = ["https://*.b.example:84"]', "frame_ancestors", ("https://*.b.example:84",)),
        ("frame_ancestors = []", "frame_ancestors", ()),
        ('kiosk = "always"', "kiosk", "always"),
        ("kiosk_idle_s = 90", "kiosk_idle_s", 90),
        ("kiosk_idle_s = 900", "kiosk_idle_s", 900),
        ("share = false", "share", False),
        ('colour = "#0B6178"', "colour", "#0B6178"),
        ('colour = "#0B6178"\ncolour_dark = "#1B7C94"', "colour_dark", "#1B7C94"),
        ('colour = "#0E7C7B"', "colour_dark", "#0E7C7B"),
        ('colour = "#002B36"', "colour_dark", None),
    ],
)
def test_a_good_value_is_taken(host, line: str, key: str, value: object) -> None:
    assert getattr(host(line), key) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("clinic = 'Riverside'", "clinic: unknown"),
        ("clinic_name = ''", "clinic_name: must be one line"),
        ("clinic_name = '   '", "clinic_name: must be one line"),
        ("clinic_name = 7", "clinic_name: must be one line"),
        ('clinic_name = "two\\nlines"', "clinic_name: must be one line"),
        ('clinic_name = "hidden\\u202e"', "clinic_name: must be one line"),
        (f"clinic_name = '{'x' * 121}'", "clinic_name: must be at most 120"),
        ("phone = 'ask the desk'", "phone: must be a phone number"),
        ("phone = 6175550100", "phone: must be one line"),
        ("phone = 'javascript:1234567'", "phone: must be a phone number"),
        ("booking_url = 'http://clinic.example'", "booking_url: must be an address"),
        ("booking_url = 'javascript:alert(1)'", "booking_url: must be an address"),
        ("booking_url = 'https://'", "booking_url: must be an address"),
        ("booking_url = 'https://user:pass@clinic.example'", "booking_url: must be an address"),
        ("booking_url = 'https://clinic.example/a b'", "booking_url: must be an address"),
        ("booking_url = 'https://[clinic.example'", "booking_url: must be an address"),
        ("booking_url = 'https://clínica.example'", "booking_url: must be an address"),
        (f"booking_url = 'https://clinic.example/{'x' * 500}'", "booking_url: must be an address"),
        ("booking_url = 5", "booking_url: must be an address"),
        ("emergency_number = 911", "emergency_number: must be one line"),
        ("emergency_number = 'nine one one'", "emergency_number: must be digits"),
        ("emergency_number = '9'", "emergency_number: must be digits"),
        ("reviewed_by = 'Jane Doe, PT'", "reviewed_on: missing"),
        ("reviewed_on = 2026-03-01", "reviewed_by: missing"),
        ("reviewed_by = 'Jane'\nreviewed_on = '2026-03-01'", "reviewed_on: must be a day"),
        ("reviewed_by = 'Jane'\nreviewed_on = 2026-03-01T10:00:00", "reviewed_on: must be a day"),
        ("reviewed_by = 'Jane'\nreviewed_on = 2999-01-01", "reviewed_on: must not be in the future"),
        ("languages = 'en'", "languages: must be a list of texts"),
        ("languages = []", "languages: must be a list, each at most once, of: en"),
        ("languages = ['en', 'en']", "languages: must be a list, each at most once"),
        ("languages = ['tlh']", "languages: must be a list, each at most once"),
        ("kiosk = true", "kiosk: must be one of: off, link, always"),
        ("kiosk = 'on'", "kiosk: must be one of: off, link, always"),
        ("kiosk_idle_s = 89", "kiosk_idle_s: must be whole seconds from 90 to 900"),
        ("kiosk_idle_s = 901", "kiosk_idle_s: must be whole seconds from 90 to 900"),
        ("kiosk_idle_s = 90.5", "kiosk_idle_s: must be whole seconds"),
        ("share = 'no'", "share: must be true or false"),
        ("share = 0", "share: must be true or false"),
        ("colour = 'teal'", 'colour: must be a colour such as "#0B6E69"'),
        ("colour = '#0B6'", "colour: must be a colour"),
        ("colour = 5", "colour: must be a colour"),
        ("colour = '#2F8C8A'", "colour: white words on it reach 4.0:1, and 4.5:1 is needed"),
        ("colour = '#0B6178'\ncolour_dark = '#002B36'", "colour_dark: it reaches 1.2:1, and 3:1 is needed"),
        ("colour = '#0B6178'\ncolour_dark = '#FFFFFF'", "colour_dark: white words on it reach 1.0:1"),
        ("colour_dark = '#1B7C94'", "colour: missing; it goes with colour_dark"),
        ("clinic_name = 'R'\nlogo = 'gone.png'", "logo: gone.png: cannot be read"),
        ("clinic_name = 'R'\nlogo = 'host.toml'", "logo: must be a PNG file"),
        ("clinic_name = 'R'\nlogo = 5", "logo: must be the path of a PNG file"),
        ("share_store = 'env:HIP_CHECK_NOT_SET'", "share_store: the environment variable HIP_CHECK_NOT_SET"),
        ("share_store = 'mysql://host/db'", "share_store: must start with sqlite:/// or postgresql://"),
        ("frame_ancestors = 'https://a.example'", "frame_ancestors: must be a list of texts"),
        ("frame_ancestors = [1]", "frame_ancestors: must be a list of texts"),
        ("frame_ancestors = ['http://a.example']", "frame_ancestors: must be a list of origins"),
        ("frame_ancestors = ['https://a.example/']", "frame_ancestors: must be a list of origins"),
        ("frame_ancestors = ['*']", "frame_ancestors: must be a list of origins"),
        (
            'frame_ancestors = ["https://a.example; script-src *"]',
            "frame_ancestors: must be a list of origins",
        ),
        ('frame_ancestors = ["https://a.example\\n"]', "frame_ancestors: must be a list of origins"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_by_its_key(host, text: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        host(text)

    assert str(caught.value).startswith(f"host.toml: {message}")


@pytest.mark.parametrize("text", ["clinic_name = ", "= 5", "\x00"])
def test_a_file_that_is_not_toml_is_named(host, text: str) -> None:
    with pytest.raises(SettingsError, match=r"host\.toml"):
        host(text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.toml: cannot be read"):
        settings.load(str(tmp_path / "gone.toml"))


def test_a_review_signed_today_counts_wherever_the_host_is(host) -> None:
    today_in_the_far_east = datetime.now(UTC).date() + timedelta(days=1)

    found = host(f"reviewed_by = 'Jane Doe, PT'\nreviewed_on = {today_in_the_far_east}")

    assert found.reviewed_on == today_in_the_far_east


# -- the logo, the address of the database, and what the colours are measured against --


def png(width: int, height: int, size: int = 0) -> bytes:
    head = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + b"IHDR" + width.to_bytes(4) + height.to_bytes(4)
    return head + b"\0" * max(8, size - len(head))


@pytest.mark.parametrize("size", [0, settings.LOGO_BYTES])
def test_a_logo_lies_beside_the_settings_file(host, tmp_path: Path, size: int) -> None:
    (tmp_path / "logo.png").write_bytes(png(2000, 16, size))

    assert host("clinic_name = 'R'\nlogo = 'logo.png'").logo == (tmp_path / "logo.png").read_bytes()


@pytest.mark.parametrize(("width", "height", "size"), [(2001, 50, 0), (50, 15, 0), (50, 50, 60_001)])
def test_a_logo_that_is_too_big_or_too_small_is_refused_with_its_size(host, tmp_path, width, height, size):
    (tmp_path / "logo.png").write_bytes(png(width, height, size))

    with pytest.raises(SettingsError, match=rf"host\.toml: logo: .* {width} x {height}$"):
        host("clinic_name = 'R'\nlogo = 'logo.png'")


def test_a_logo_without_a_name_would_be_a_picture_without_words(host, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png(50, 50))

    with pytest.raises(SettingsError, match="clinic_name: missing; it goes with logo"):
        host("logo = 'logo.png'")


def test_the_database_may_be_named_by_a_variable_and_is_told_nobody(host, monkeypatch) -> None:
    monkeypatch.setenv("CLINIC_DB", "postgresql://user:secret@db/hips")

    found = host("share_store = 'env:CLINIC_DB'")

    assert found.share_store == "postgresql://user:secret@db/hips"
    assert "secret" not in repr(found)


def test_a_variable_with_an_address_that_cannot_be_used_is_refused_and_never_quoted(
    host, monkeypatch
) -> None:
    monkeypatch.setenv("CLINIC_DB", "mysql://user:secret@db/hips")

    with pytest.raises(SettingsError, match="share_store: must start with") as caught:
        host("share_store = 'env:CLINIC_DB'")
    assert "secret" not in str(caught.value)


def test_contrast_is_measured_as_the_standard_says_and_on_the_pages_of_the_theme() -> None:
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"]

    assert colours.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert colours.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert theme["light"]["backgroundColor"] == colours.LIGHT_PAGE
    assert theme["dark"]["backgroundColor"] == colours.DARK_PAGE


def test_the_sharing_desk_stays_shut_where_the_host_says_so() -> None:
    shut = Desk(lambda: Settings(share=False, share_base="https://a.example"))
    shut.begin(own_base="http://127.0.0.1:8501", store=None)

    assert not shut.is_open
