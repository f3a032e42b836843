"""The host's settings: whose clinic this is, who has reviewed it, in which languages, framed by whom.

They come from a TOML file named by the environment variable `HIP_CHECK_SETTINGS`. Without it the app
is neutral: no clinic, no review, every language there is wording for, and nobody may frame it.
`docs/settings-sample.toml` shows every key.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from screening.errors import DataFileError, SettingsError
from screening.services import colours, wording
from screening.services.datafiles import read_bytes, read_toml
from screening.sharing.limits import DAYS, MOST_SHARES
from screening.sharing.link import checked_base

VARIABLE = "HIP_CHECK_SETTINGS"
"""The environment variable that names the file."""

KIOSK = ("off", "link", "always")
"""Shared tablets: never; only where the address says ``?kiosk=1``; on every screen."""

KIOSK_IDLE_S = range(90, 901)
"""How long a shared tablet may lie untouched before it counts down, in seconds: longer than any test."""

LOGO_BYTES = 60_000
"""Largest logo: it goes into every PDF and lies on the first screen of a slow phone."""

LOGO_PIXELS = range(16, 2001)
"""Width and height a logo may have."""

_PNG = b"\x89PNG\r\n\x1a\n"
_FROM_ENVIRONMENT = "env:"
_LONGEST = 120
_LONGEST_LINK = 500
_NUMBER = re.compile(r"[0-9][0-9 ]{0,10}[0-9]")
_PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]{3,28}[0-9](?: ?(?:x|ext\.?) ?[0-9]{1,6})?")
_ORIGIN = re.compile(r"https://(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the host has set; the defaults are neutral.

    Attributes:
        clinic_name: As patients know the clinic, or None.
        phone: The clinic's number as people write it, or None.
        booking_url: An https address where a visit can be booked, or None.
        emergency_number: What to call in an emergency.
        reviewed_by: The licensed clinician who has signed the content off, or None.
        reviewed_on: The day of that sign-off; there exactly when `reviewed_by` is.
        languages: The languages offered, the default first; never empty.
        frame_ancestors: The https origins that may show the app in a frame.
        share_base: The public base address of share links, or None: loopback only, or sharing is off.
        share_store: Where shared summaries are kept: `sqlite:///path` or `postgresql://…`; None: a file.
        share_days: How long a link may live, of 1, 7 and 30.
        share_most: Most live links at a time.
        share: Links can be made at all.
        logo: The clinic's logo as PNG, or None; there only with a clinic name, which is its text.
        colour: Main buttons and marks on the light page, ``#rrggbb``, or None: the app's own.
        colour_dark: The same on the dark page; `colour`, where that can be seen there, too.
        kiosk: One of `KIOSK`: nothing is stored, and "Next person" wipes everything.
        kiosk_idle_s: After so many seconds without a touch a shared tablet counts down and starts over.
    """

    clinic_name: str | None = None
    phone: str | None = None
    booking_url: str | None = None
    emergency_number: str = "911"
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    languages: tuple[str, ...] = (wording.DEFAULT_LANGUAGE,)
    frame_ancestors: tuple[str, ...] = ()
    share_base: str | None = None
    share_store: str | None = None
    share_days: tuple[int, ...] = DAYS
    share_most: int = MOST_SHARES
    share: bool = True
    logo: bytes | None = None
    colour: str | None = None
    colour_dark: str | None = None
    kiosk: str = "off"
    kiosk_idle_s: int = 180

    def __repr__(self) -> str:
        """Leave the store's address out: it may hold a password."""
        return f"Settings(clinic_name={self.clinic_name!r})"


def settings() -> Settings:
    """Return this process's settings, read once.

    Raises:
        SettingsError: The file cannot be used; names the file and the key.
    """
    return load(os.environ.get(VARIABLE, ""))


@cache
def load(path: str) -> Settings:
    """Return the settings of one file; "" stands for no file.

    Raises:
        SettingsError: Not there, not TOML, an unknown key, or a value that cannot be used.
    """
    if not path:
        return Settings(languages=wording.languages())
    try:
        found = read_toml(Path(path))
    except DataFileError as error:
        raise SettingsError(str(error)) from error
    return _checked(found, Path(path))


def _checked(found: Mapping[str, Any], path: Path) -> Settings:
    file = path.name
    values: dict[str, Any] = {"languages": wording.languages()}
    for key, value in found.items():
        if key not in _CHECKS:
            raise SettingsError(f"{file}: {key}: unknown; known are {', '.join(_CHECKS)}")
        try:
            values[key] = _logo(value, path.parent) if key == "logo" else _CHECKS[key](value)
        except ValueError as error:
            raise SettingsError(f"{file}: {key}: {error}") from error
    for one, other in _TOGETHER:
        if one in values and other not in values:
            raise SettingsError(f"{file}: {other}: missing; it goes with {one}")
    values.setdefault("colour_dark", colours.also_on_dark(values.get("colour")))
    return Settings(**values)


def _line(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("must be one line of text")
    if len(value.strip()) > _LONGEST:
        raise ValueError(f"must be at most {_LONGEST} characters")
    return value.strip()


def _phone(value: object) -> str:
    if not _PHONE.fullmatch(_line(value)):
        raise ValueError('must be a phone number such as "+1 617 555 0100"')
    return _line(value)


def _emergency_number(value: object) -> str:
    if not _NUMBER.fullmatch(_line(value)):
        raise ValueError('must be digits such as "911" or "112", in quotes')
    return _line(value)


def _link(value: object) -> str:
    if not isinstance(value, str) or not _is_https(value):
        raise ValueError("must be an address that starts with https:// and has no spaces")
    return value


def _is_https(value: str) -> bool:
    if len(value) > _LONGEST_LINK or not re.fullmatch(r"[!-~]+", value) or re.search(r'[<>"\\^`{|}]', value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc


def _day(value: object) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError("must be a day without quotes, such as 2026-03-01")  # noqa: TRY004
    # A day ahead of UTC is still today in New Zealand.
    if value > datetime.now(UTC).date() + timedelta(days=1):
        raise ValueError("must not be in the future")
    return value


def _languages(value: object) -> tuple[str, ...]:
    known = wording.languages()
    chosen = _texts(value)
    if not chosen or len(set(chosen)) < len(chosen) or not set(chosen) <= set(known):
        raise ValueError(f"must be a list, each at most once, of: {', '.join(known)}")
    return chosen


def _origins(value: object) -> tuple[str, ...]:
    origins = _texts(value)
    if not all(_ORIGIN.fullmatch(each) for each in origins):
        raise ValueError('must be a list of origins such as "https://clinic.example", nothing after the name')
    return origins


def _base(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be an address in quotes")  # noqa: TRY004
    return checked_base(value)


def _store(value: object) -> str:
    if isinstance(value, str) and value.startswith(_FROM_ENVIRONMENT):
        name = value.removeprefix(_FROM_ENVIRONMENT)
        value = os.environ.get(name)
        if not value:
            raise ValueError(f"the environment variable {name} is not set")
    if not isinstance(value, str) or not re.match(r"sqlite:///.|postgresql://.", value):
        raise ValueError(
            'must start with sqlite:/// or postgresql://, or be "env:" and the name of a variable'
        )
    return value


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false, without quotes")  # noqa: TRY004
    return value


def _kiosk(value: object) -> str:
    if value not in KIOSK:
        raise ValueError(f"must be one of: {', '.join(KIOSK)}, in quotes")
    return str(value)


def _idle(value: object) -> int:
    if type(value) is not int or value not in KIOSK_IDLE_S:
        raise ValueError(f"must be whole seconds from {KIOSK_IDLE_S[0]} to {KIOSK_IDLE_S[-1]}")
    return value


def _logo(value: object, folder: Path) -> bytes:
    """Return the PNG that the path names, seen from the settings file."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be the path of a PNG file, in quotes")
    try:
        raw = read_bytes(folder / value)
    except DataFileError as error:
        raise ValueError(str(error)) from error
    sides = [int.from_bytes(raw[at : at + 4]) for at in (16, 20)]
    if not raw.startswith(_PNG) or raw[12:16] != b"IHDR":
        raise ValueError("must be a PNG file")
    if len(raw) > LOGO_BYTES or not all(side in LOGO_PIXELS for side in sides):
        most = f"{LOGO_BYTES // 1000} kB and {LOGO_PIXELS[-1]} pixels"
        raise ValueError(f"must be at most {most} each way; it has {len(raw)} bytes, {sides[0]} x {sides[1]}")
    return raw


def _days(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or not value or not all(type(each) is int for each in value):
        raise ValueError("must be a list of numbers")
    if len(set(value)) < len(value) or not set(value) <= set(DAYS):
        raise ValueError(f"must be a list, each at most once, of: {', '.join(map(str, DAYS))}")
    return tuple(sorted(value))


def _count(value: object) -> int:
    if type(value) is not int or value < 1:
        raise ValueError("must be a whole number above 0")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


_CHECKS: dict[str, Callable[[object], Any]] = {
    "clinic_name": _line,
    "phone": _phone,
    "booking_url": _link,
    "emergency_number": _emergency_number,
    "reviewed_by": _line,
    "reviewed_on": _day,
    "languages": _languages,
    "frame_ancestors": _origins,
    "share_base": _base,
    "share_store": _store,
    "share_days": _days,
    "share_most": _count,
    "share": _yes_or_no,
    "logo": _line,
    "colour": colours.on_light,
    "colour_dark": colours.on_dark,
    "kiosk": _kiosk,
    "kiosk_idle_s": _idle,
}

_TOGETHER = (
    ("reviewed_by", "reviewed_on"),
    ("reviewed_on", "reviewed_by"),
    ("logo", "clinic_name"),
    ("colour_dark", "colour"),
)
"""A key, and the key it makes no sense without."""
