"""Everything that can go wrong here, by name.

```
ScreeningError             catch this, and nothing broader
├── NormUnavailable        no fair row covers this person: the value is shown, not compared
├── MeasurementRejected    a value this test cannot produce
├── AnswerRejected         an answer outside what its question allows; nothing was changed
├── DataFileError          a packaged file is not as the house expects; names file and key
├── AnswersFileError       an answers file cannot be used; names the key, never the answer
└── SettingsError          the host's settings cannot be used; names the key
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


class SettingsError(ScreeningError):
    """The host's settings cannot be used. Names the key."""
