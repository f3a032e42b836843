"""Invented people to show: answers files of the package, read as any other file is."""

from functools import cache

from screening.domain.answers import Answers
from screening.services import answers_file
from screening.services.catalogue import load
from screening.services.datafiles import DATA, read_text

FOLDER = DATA / "examples"

NAMES = (
    "knee_side",
    "knee_68",
    "back_desk",
    "athlete",
    "pain_stops",
    "hip_joint",
    "could_do_little",
    "visit_first",
    "red_flag",
)
"""Their ids, in the order in which they are offered. The first is the example for everybody."""

_ANY_DAY = "9999-12-31"


@cache
def example(name: str) -> Answers:
    """Return what this invented person has told.

    Raises:
        KeyError: Nobody of that name.
        AnswersFileError: The file does not fit the app's own content.
    """
    if name not in NAMES:
        raise KeyError(name)
    return answers_file.loads(read_text(FOLDER / f"{name}.json"), load(), _ANY_DAY)
