"""Everything that can go wrong here, by name.

```
ScreeningError               catch this, and nothing broader
├── NormUnavailable          no fair row covers this person: the value is shown, not compared
├── MeasurementRejected      a value this test cannot produce
├── AnswerRejected           an answer outside what its question allows; nothing was changed
├── DataFileError            a packaged file is not as the house expects; names file and key
├── AnswersFileError         an answers file cannot be used; names the key, never the answer
├── NotComparable            a check that can be read and cannot be put beside the others; says why
├── SettingsError            the host's settings cannot be used; names the key
├── ShareForbidden           an emergency, same-day or under-age level: nothing may leave the app
└── SharingError             its message never holds a link, id, key, code or token
    ├── SharingOff           not set up here, or the database is newer than the code
    ├── LinkRejected         not our link, cut short, or from a newer version
    ├── JweError             sealed bytes that cannot be opened
    │   ├── JweFormat        not five parts, padded, wrong lengths, an incomplete stream
    │   ├── JweUnsupported   another algorithm, or a critical header we do not know
    │   ├── JweAuth          changed, or another key
    │   └── JweTooLarge      before or after inflating
    ├── Gone                 unknown, expired, stopped or locked: one answer for all
    ├── WrongCode            carries the tries left
    ├── TooOften             carries the wait
    ├── TooBig               over a size limit
    ├── StoreFull            over the limit of live shares
    └── StoreDown            carries the wait; the result page stays as it is
```

Messages travel into logs and bug reports: they never hold an answer or a secret.
"""


class ScreeningError(Exception):
    """The base of every error this project raises on purpose."""


class NormUnavailable(ScreeningError):
    """No fair row covers this person: the value is shown, not compared."""


class MeasurementRejected(ScreeningError):
    """A value this test cannot produce.

    Attributes:
        lowest: Lowest possible value in the test's unit, or None where a range is not the point.
        highest: Highest possible value.
        whole: Only whole numbers are possible.
    """

    def __init__(
        self, message: str, *, lowest: float | None = None, highest: float | None = None, whole: bool = False
    ) -> None:
        super().__init__(message)
        self.lowest = lowest
        self.highest = highest
        self.whole = whole


class AnswerRejected(ScreeningError):
    """An answer outside what its question allows; nothing was changed.

    Attributes:
        question: The question's id.
        lowest: Lowest allowed number, or None.
        highest: Highest allowed number, or None.
    """

    def __init__(self, question: str, *, lowest: float | None = None, highest: float | None = None) -> None:
        super().__init__(f"{question}: outside what the question allows")
        self.question = question
        self.lowest = lowest
        self.highest = highest


class DataFileError(ScreeningError):
    """A packaged data file is not as the house expects. Names file and key."""


class AnswersFileError(ScreeningError):
    """An answers file cannot be used.

    Attributes:
        why: What kind of fault it is: ``newer``, ``schema``, ``unknown-key``, ``missing-key``,
            ``range``, ``type``, ``code``, ``rule``, ``format`` or ``size``.
        where: The place in the file, as keys joined by dots; never the value found there.
    """

    def __init__(self, message: str, *, why: str, where: str = "") -> None:
        super().__init__(message)
        self.why = why
        self.where = where


class NotComparable(ScreeningError):
    """A check that can be read and cannot be put beside the others.

    Attributes:
        why: ``no-day``, ``same-file``, ``same-day``, ``other-person``, ``ended``, ``not-finished``,
            ``nothing`` or ``too-many``.
    """

    def __init__(self, why: str) -> None:
        super().__init__(f"not comparable: {why}")
        self.why = why


class SettingsError(ScreeningError):
    """The host's settings cannot be used. Names the key."""


class ShareForbidden(ScreeningError):
    """An emergency, same-day or under-age level: nothing may leave the app."""


class SharingError(ScreeningError):
    """Sharing did not work. The message never holds a link, id, key, code or token."""


class SharingOff(SharingError):
    """Not set up here, or the database is newer than the code."""


class LinkRejected(SharingError):
    """Not our link, cut short, or from a newer version.

    Attributes:
        why: ``damaged``, ``newer`` or ``expired``.
    """

    def __init__(self, message: str, *, why: str = "damaged") -> None:
        super().__init__(message)
        self.why = why


class JweError(SharingError):
    """Sealed bytes that cannot be opened."""


class JweFormat(JweError):
    """Not five parts, padded, wrong lengths, an incomplete stream."""


class JweUnsupported(JweError):
    """Another algorithm, or a critical header we do not know."""


class JweAuth(JweError):
    """Changed, or another key."""


class JweTooLarge(JweError):
    """Too large, before or after inflating."""


class Gone(SharingError):
    """Unknown, expired, stopped or locked: one answer for all."""


class WrongCode(SharingError):
    """The code is missing or not right.

    Attributes:
        left: How many tries are left for this share, ever.
    """

    def __init__(self, left: int) -> None:
        super().__init__("the code is missing or not right")
        self.left = left


class TooOften(SharingError):
    """Over a rate limit.

    Attributes:
        wait_s: Seconds until the next try may work; None where waiting does not help.
    """

    def __init__(self, wait_s: int | None) -> None:
        super().__init__("too often")
        self.wait_s = wait_s


class TooBig(SharingError):
    """Over a size limit."""


class StoreFull(SharingError):
    """Over the limit of live shares."""


class StoreDown(SharingError):
    """The store cannot be reached or used; the result page stays as it is.

    Attributes:
        wait_s: Seconds after which to try again.
    """

    def __init__(self, wait_s: int = 30) -> None:
        super().__init__("the share store cannot be used just now")
        self.wait_s = wait_s
