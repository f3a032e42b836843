"""Which version of what gave an answer: written into every answers file."""

from functools import cache
from importlib import metadata

from screening.services.answers_shape import CONTENT
from screening.services.catalogue import Catalogue

TESTS = "1"
"""Version of the test protocols together. Each test's own rises with it."""

NORMS = "1"
"""Version of the published numbers together; ``norms/REGISTRY.txt`` holds their checksums."""


@cache
def app() -> str:
    """Return the version of this app, as installed. Read once: the answer lies on the disk."""
    return metadata.version("screening")


def content(known: Catalogue) -> dict[str, str]:
    """Return the versions of app, questions, tests and norms, in the order of the file."""
    return dict(zip(CONTENT, (app(), known.instruments.version, TESTS, NORMS), strict=True))
