"""The host's settings: neutral without a file, checked with one, every mistake named by its key."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.server import ROOT

from screening.errors import SettingsError
from screening.services import settings, wording
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
