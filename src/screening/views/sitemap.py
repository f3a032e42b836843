"""The screens, once, in the order of the path."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
"""The checkout: pages are run from it, named by absolute path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One page. Its name is its file name and its address.

    Attributes:
        name: The word it goes by everywhere: file, address, wording table.
        on_path: A step of the check, counted by the progress line. An urgent card may replace it.
        questions: Answers are tapped here: they are heard 0.3 s after the last tap.
        after_consent: Asks for answers, so it opens only after the consent.
        noted: All that it is drawn by is noted (``state.decide``): other taps redraw nothing.
    """

    name: str
    on_path: bool = True
    questions: bool = False
    after_consent: bool = False
    noted: bool = False

    @property
    def path(self) -> Path:
        """Absolute, because Streamlit reads relative paths from the shell's folder."""
        return ROOT / "pages" / f"{self.name}.py"


START = Screen(name="start", on_path=False, questions=True, noted=True)
METHODS = Screen(name="methods", on_path=False)
SHARE = Screen(name="share", on_path=False)
TRACK = Screen(name="track", on_path=False, questions=True)
WORKSHEET = Screen(name="worksheet", on_path=False)
CONNECTS = Screen(name="how_it_connects", on_path=False)
THERAPISTS = Screen(name="therapists", on_path=False)
PRESENT = Screen(name="present", on_path=False)

SCREENS = (
    START,
    Screen(name="about_you", questions=True, after_consent=True, noted=True),
    Screen(name="where", questions=True, after_consent=True, noted=True),
    Screen(name="safety", questions=True, after_consent=True, noted=True),
    Screen(name="pain", questions=True, after_consent=True, noted=True),
    Screen(name="self_tests", questions=True),
    Screen(name="results"),
    SHARE,
    TRACK,
    WORKSHEET,
    CONNECTS,
    THERAPISTS,
    PRESENT,
    METHODS,
)

PATH = tuple(each for each in SCREENS if each.on_path)
"""The steps of the check, in order."""

_BY_NAME = {each.name: each for each in SCREENS}


def screen(name: str) -> Screen:
    """Return the screen of that name; KeyError when there is none."""
    return _BY_NAME[name]


def path_of(name: str) -> Path:
    """Return where the page of that name lies, for ``st.switch_page``."""
    return _BY_NAME[name].path


def before(name: str) -> str:
    """Return the screen before this one on the path; the first step comes after the start."""
    step = PATH.index(screen(name))
    return PATH[step - 1].name if step else START.name


def after(name: str) -> str:
    """Return the screen after this one on the path; the last one is followed by itself."""
    if screen(name) == START:
        return PATH[0].name
    return PATH[min(PATH.index(screen(name)) + 1, len(PATH) - 1)].name
