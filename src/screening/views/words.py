"""Every sentence on a screen, in this visit's language."""

from screening.services.settings import settings
from screening.services.wording import speaker
from screening.views import entry


def say(key: str, /, **values: object) -> str:
    """Return the sentence of that key, its placeholders filled.

    ``{emergency}`` is filled with the host's emergency number by itself.

    Raises:
        DataFileError: No such key, or a placeholder without a value.
    """
    return speaker(entry.language())(key, **{"emergency": settings().emergency_number, **values})
