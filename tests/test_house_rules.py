"""The rules of the house that no linter knows. Read from names and syntax trees; nothing is run."""

import ast
import importlib.metadata
import io
import re
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import screening.errors
from screening.services import wording

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "screening"
VIEWS = sorted((PACKAGE / "views").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
SHELL = PACKAGE / "views" / "shell.py"
CODE = [ROOT / "app.py", *PAGES, *sorted(PACKAGE.rglob("*.py"))]
SCREEN_CODE = [*PAGES, *VIEWS]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def names_in(path: Path) -> frozenset[str]:
    """Every name the code uses; comments, docstrings and other strings aside."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return frozenset(token.string for token in tokens if token.type == tokenize.NAME)


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the dotted name of what is called."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


# --- One door for each thing ---


@pytest.mark.parametrize(
    ("word", "homes"),
    [
        pytest.param("session_state", {"src/screening/views/state.py"}, id="one-door-to-session-state"),
        pytest.param("query_params", {"src/screening/views/entry.py"}, id="one-reader-of-the-address"),
        pytest.param("unsafe_allow_html", set(), id="no-raw-html"),
        pytest.param("iframe", set(), id="no-frames"),
        pytest.param("cache_data", set(), id="no-cache-that-could-hold-a-patient"),
        pytest.param("cache_resource", set(), id="no-cache-that-outlives-a-visit"),
        pytest.param("download_button", set(), id="no-personal-file-under-a-media-address"),
    ],
)
def test_these_words_appear_only_at_home(word, homes):
    assert {place(path) for path in CODE if word in names_in(path)} <= homes


@pytest.mark.parametrize(
    "function",
    [
        "st.html",
        "st.form",
        "st.form_submit_button",
        "st.data_editor",
        "st.dataframe",
        "st.components.v1.html",
    ],
)
def test_no_screen_calls_what_we_do_without(function):
    assert [place(path) for path in SCREEN_CODE if function in {name for name, _ in calls(path)}] == []


def test_no_module_of_the_old_components_is_imported():
    assert [place(path) for path in CODE if any("components.v1" in name for name in imports(path))] == []


def test_no_answer_is_bound_to_the_address():
    bound = [
        f"{place(path)}: {name}"
        for path in SCREEN_CODE
        for name, call in calls(path)
        if name.startswith("st.") and any(keyword.arg == "bind" for keyword in call.keywords)
    ]

    assert bound == []


READERS = {
    "src/screening/services/datafiles.py": "the packaged data",
    "src/screening/cli.py": "the file it was handed",
    "src/screening/web/installed.py": "Streamlit's own installed files",
    "src/screening/web/routes.py": "our scripts and styles",
    "src/screening/web/static_files.py": "scripts and styles, compressed once",
    "src/screening/web/index_page.py": "the installed index page",
}
"""Who opens files, and which. One reader per kind, one set of errors."""

OPENERS = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}


def opens(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id == "open"
    if isinstance(call.func, ast.Attribute) and call.func.attr in OPENERS:
        return ast.unparse(call.func.value) != "datafiles"
    return False


def opens_files(path: Path) -> bool:
    return any(opens(call) for _, call in calls(path))


def test_files_are_opened_only_by_their_one_reader():
    opening = {place(path) for path in CODE if opens_files(path)}

    assert opening - READERS.keys() == set()


# --- These eyes are open ---


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("st.session_state['a'] = 1", lambda path: "session_state" in names_in(path)),
        ("def f():\n    'Says session_state.'", lambda path: "session_state" not in names_in(path)),
        ("open('x')", opens_files),
        ("Path('x').read_text()", opens_files),
        ("datafiles.read_text(path)", lambda path: not opens_files(path)),
        ("x = 'Your hip is fine.'", lambda path: len(list(spoken(path))) == 1),
        ("x = 'one two three'", lambda path: len(list(spoken(path))) == 1),
        ('x = \'<div class="a b" role="img"></div>\'', lambda path: not list(spoken(path))),
        ("raise ValueError('Not what we expect here.')", lambda path: not list(spoken(path))),
        ("'A docstring of five words.'", lambda path: not list(spoken(path))),
    ],
)
def test_the_eyes_of_these_rules_are_open(code, seen, tmp_path):
    path = tmp_path / "page.py"
    path.write_text(code, encoding="utf-8")

    assert seen(path)


# --- Screens ---

MOST_LINES_OF_A_PAGE = 80
PAGE_IMPORTS = ("streamlit", "screening.views", "screening.services")


@pytest.mark.parametrize("path", PAGES, ids=place)
def test_a_page_is_a_short_list_of_what_is_on_the_screen(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    logic = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.BinOp, ast.AugAssign)

    found = [
        f"line {node.lineno}: {type(node).__name__}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, logic)
    ]

    assert found == []
    assert len(lines) <= MOST_LINES_OF_A_PAGE


@pytest.mark.parametrize("path", PAGES, ids=place)
def test_a_page_imports_drawing_and_services_only(path):
    assert [name for name in imports(path) if not name.startswith(PAGE_IMPORTS)] == []


@pytest.mark.parametrize("path", PAGES, ids=place)
def test_a_page_has_exactly_one_title(path):
    titles = [name for name, _ in calls(path) if name.rpartition(".")[2] == "title"]

    assert len(titles) == 1


def test_every_page_is_on_the_sitemap_and_the_other_way_round():
    (screens,) = [
        node.value
        for node in tree_of(PACKAGE / "views" / "sitemap.py").body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SCREENS"
    ]
    listed = sitemap_names(screens)

    assert sorted(listed) == sorted(path.stem for path in PAGES)


def sitemap_names(screens: ast.expr) -> list[str]:
    """Names of the screens, in order; a screen kept in a constant of its own is looked up."""
    module = tree_of(PACKAGE / "views" / "sitemap.py")
    constants = {
        ast.unparse(node.targets[0]): node.value
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
    }
    calls_ = [constants.get(ast.unparse(each), each) for each in ast.iter_child_nodes(screens)]
    return [
        str(ast.literal_eval(keyword.value))
        for call in calls_
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "name"
    ]


def test_no_pages_folder_lies_beside_the_main_script():
    (app,) = [call for name, call in calls(ROOT / "app.py") if name == "st.App"]
    main_script = ROOT / ast.literal_eval(app.args[0])

    assert main_script == SHELL
    assert main_script.is_file()
    assert not (main_script.parent / "pages").exists()


def test_nobody_imports_the_shell():
    assert [place(path) for path in CODE if any("views.shell" in name for name in imports(path))] == []


def test_no_view_is_named_like_an_installed_module():
    taken = set(sys.stdlib_module_names) | set(importlib.metadata.packages_distributions())

    ours = {path.stem for path in (PACKAGE / "views").iterdir() if not path.name.startswith("_")}

    assert ours & (taken - {"screening"}) == set()


def test_no_cache_in_a_script_that_runs_anew_each_time():
    scripts = [*PAGES, *([SHELL] if SHELL.exists() else [])]

    assert [place(path) for path in scripts if {"cache", "lru_cache"} & names_in(path)] == []


# --- Words ---

SENTENCE = re.compile(
    r"\b[A-Z][a-z']*[,;:]? [A-Za-z']+|[A-Za-z']{2,}[,;:]? [A-Za-z']{2,}[,;:]? [A-Za-z']{2,}"
)
"""A capital letter and a second word, or three words in a row: not "skin far", which is two style classes."""

TAG = re.compile(r"<[^>]*>?")


def spoken(path: Path) -> Iterator[tuple[int, str]]:
    """String constants that read like a sentence; docstrings, markup and the words of errors aside."""
    quiet: set[int] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            quiet.add(id(node.value))
        if isinstance(node, ast.Raise):
            quiet |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(tree_of(path)):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in quiet else None
        if isinstance(text, str) and SENTENCE.search(TAG.sub(" ", text)):
            yield node.lineno, text


@pytest.mark.parametrize("path", SCREEN_CODE, ids=place)
def test_every_sentence_on_a_screen_comes_from_the_wording(path):
    assert list(spoken(path)) == []


# --- Charts ---


def test_every_chart_drawn_has_words_beside_it():
    silent = [
        f"{place(path)}:{call.lineno}"
        for path in SCREEN_CODE
        for name, call in calls(path)
        if name in {"st.altair_chart", "st.vega_lite_chart", "st.image"}
        and "alt" not in {keyword.arg for keyword in call.keywords}
    ]

    assert silent == []


def test_every_picture_a_chart_function_gives_has_its_sentence():
    path = PACKAGE / "views" / "charts.py"
    functions = [node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)]
    names = {each.name for each in functions}
    pictures = [
        each.name
        for each in functions
        if each.returns and "Picture" in ast.unparse(each.returns) and not each.name.startswith("_")
    ]

    assert pictures
    assert [name for name in pictures if f"{name}_alt" not in names] == []


# --- Components ---


def test_every_script_and_style_of_a_component_names_a_file():
    for path in VIEWS:
        for name, call in calls(path):
            if not name.endswith("component"):
                continue
            for keyword in call.keywords:
                if keyword.arg in {"js", "css"}:
                    file = str(ast.literal_eval(keyword.value))
                    assert "\n" not in file
                    assert list((PACKAGE / "views" / "components").rglob(file)), f"{place(path)}: {file}"


def test_every_component_folder_is_in_the_manifest_and_the_other_way_round():
    manifest = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))
    listed = {each["asset_dir"] for each in manifest["tool"]["streamlit"]["component"]["components"]}
    folders = {
        path.parent.relative_to(PACKAGE).as_posix()
        for path in (PACKAGE / "views" / "components").rglob("*.mjs")
    }

    assert listed == folders


# --- Errors ---


def test_the_drawing_of_the_error_tree_is_the_tree():
    drawn = re.findall(r"^(?:[│ ]*[├└]── )?(\w+) {2,}", screening.errors.__doc__ or "", flags=re.MULTILINE)
    base = screening.errors.ScreeningError

    assert sorted(drawn) == sorted({base.__name__, *(each.__name__ for each in below(base))})


def below(base: type[Exception]) -> Iterator[type[Exception]]:
    for each in base.__subclasses__():
        yield each
        yield from below(each)


def test_every_error_of_ours_lives_in_the_one_file():
    ours = {"ScreeningError", *(each.__name__ for each in below(screening.errors.ScreeningError))}

    strays = [
        f"{place(path)}: {node.name}"
        for path in CODE
        if path.name != "errors.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and ours & {ast.unparse(base) for base in node.bases}
    ]

    assert strays == []


# --- Documents and packaging ---


def test_the_version_is_the_same_everywhere():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    manifest = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))

    assert re.findall(r"^version: (.+)$", citation, flags=re.MULTILINE) == [version]
    assert re.findall(r"^## (\S+)", changelog, flags=re.MULTILINE)[0] == version
    assert manifest["project"]["version"] == version


def test_the_wheel_holds_every_file_that_is_not_python():
    packaging = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    packed = {path for glob in packaging["package-data"]["screening"] for path in PACKAGE.glob(glob)}

    left_out = {
        place(path)
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and path not in packed
    }

    assert left_out == set()


def test_every_hazard_names_a_test_that_exists_or_is_open():
    known = {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef)
    }
    rows = [
        line
        for line in (ROOT / "HAZARDS.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| H")
    ]
    proofs = {row.split("|")[1].strip(): row.rsplit("|", 2)[1].strip() for row in rows}

    assert proofs
    missing = {
        hazard: proof
        for hazard, proof in proofs.items()
        if proof != "open" and not set(re.findall(r"`(\w+)`", proof)) <= known
    }
    assert missing == {}
    assert all(proof == "open" or "`" in proof for proof in proofs.values())


def test_the_readme_names_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "make run" in readme
    assert "make test" in readme


LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize(
    "path", [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))], ids=place
)
def test_a_document_points_only_at_files_that_are_there(path):
    targets = LINK.findall(path.read_text(encoding="utf-8"))

    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("language", wording.languages())
def test_every_language_has_the_same_sentences(language):
    assert wording.sentences(language).keys() == wording.sentences("en").keys()
