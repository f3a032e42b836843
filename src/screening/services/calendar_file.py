"""A calendar file with one all-day event, as RFC 5545 asks: folded, escaped, lines ended by CR LF."""

from collections.abc import Iterator
from datetime import date, timedelta

MEDIA_TYPE = "text/calendar"

LONGEST_LINE = 75
"""Most octets of a line, the line break aside; what is longer is folded (RFC 5545, 3.1)."""

_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\r\n": "\\n", "\n": "\\n", "\r": "\\n"}


def all_day_event(*, day: date, made: date, uid: str, title: str, about: str) -> str:
    """Return a calendar file with one event, to be written as UTF-8.

    The same event gives the same bytes: saved twice, a calendar keeps one.

    Args:
        day: The day of the event.
        made: The day it is made on.
        uid: Names the event for ever; says nothing about a person.
        title: A few words: a locked phone shows them to anybody.
        about: A sentence or two.
    """
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hip Check//Retest//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        f"UID:{escaped(uid)}",
        f"DTSTAMP:{made:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(title)}",
        f"DESCRIPTION:{escaped(about)}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """Return a text as a calendar spells it: backslash, comma, semicolon and line break are marked."""
    for mark, spelled in _ESCAPED.items():
        text = text.replace(mark, spelled)
    return "".join(each for each in text if each == "\t" or each.isprintable())


def folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets; all but the first begin with a space.

    No letter is cut in two.
    """
    part, octets = "", 0
    for letter in line:
        more = len(letter.encode("utf-8"))
        if octets + more > LONGEST_LINE:
            yield part
            part, octets = " ", 1
        part, octets = part + letter, octets + more
    yield part
