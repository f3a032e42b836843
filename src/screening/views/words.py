"""Every sentence on a screen, in this visit's language."""

from contextvars import ContextVar

from screening.services.settings import settings
from screening.services.wording import Say, speaker
from screening.views import entry

_spoken = ContextVar("_spoken", default="")


def begin() -> str:
    """Settle this run's language, and return it: it does not change while a page is drawn."""
    language = entry.language()
    _spoken.set(language)
    return language


def spoken() -> Say:
    """Return every sentence in this visit's language, for whatever is handed its words."""
    return speaker(_spoken.get() or entry.language())


def say(key: str, /, **values: object) -> str:
    """Return the sentence of that key, its placeholders filled.

    ``{emergency}`` is filled with the host's emergency number by itself.

    Raises:
        DataFileError: No such key, or a placeholder without a value.
    """
    return spoken()(key, **{"emergency": settings().emergency_number, **values})
