"""The command line: what is printed, what is refused, and that it is the same everywhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.people import KNOWN, after, did, person

from screening import cli
from screening.services.answers_file import LARGEST, dumps
from screening.services.datafiles import DATA

GOOD = Path(__file__).resolve().parents[1] / "vectors" / "files" / "answers-ok.json"


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "screening", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )


def called(capfdbinary, *arguments: str) -> tuple[int, bytes, str]:
    code = cli.main(arguments)
    out, err = capfdbinary.readouterr()
    return code, out, err.decode()


def file_of(tmp_path: Path, told) -> str:
    path = tmp_path / "answers.json"
    path.write_text(dumps(told, KNOWN), encoding="utf-8")
    return str(path)


# -- what is printed ---------------------------------------------------------------------------------


def test_a_file_gives_one_json_object(capfdbinary):
    code, out, err = called(capfdbinary, "assess", str(GOOD))
    document = json.loads(out)

    assert (code, err) == (0, "")
    assert (document["level"], document["rules"]) == ("X", ["X6"])
    assert [each["id"] for each in document["tests"]] == [
        "sls",
        "sls",
        "stepdown",
        "stepdown",
        "cst30",
        "sideplank",
        "sideplank",
    ]
    assert out.endswith(b"}\n")


@pytest.mark.parametrize("ticks", [["E6"], ["D1"]])
def test_an_emergency_prints_the_level_and_the_rules_and_nothing_about_scores(ticks, tmp_path, capfdbinary):
    told = after(person(*ticks), did("sls", "left", 30.0))

    code, out, _ = called(capfdbinary, "assess", file_of(tmp_path, told))

    assert code == 0
    assert list(json.loads(out)) == ["results_version", "level", "rules"]
    assert json.loads(out)["rules"] == ticks


def test_under_18_prints_the_level_stop(tmp_path, capfdbinary):
    _, out, _ = called(capfdbinary, "assess", file_of(tmp_path, person(age=17)))

    assert (json.loads(out)["level"], json.loads(out)["rules"]) == ("stop", ["A0"])


def test_not_yet_is_an_outcome_too(capfdbinary, tmp_path):
    path = tmp_path / "answers.json"
    path.write_text('{"schema": "hip-self-check/1"}', encoding="utf-8")

    code, out, _ = called(capfdbinary, "assess", str(path))

    assert code == 0
    assert json.loads(out)["missing"] == {"page": "about_you", "answers": ["age"]}


def test_a_dash_reads_standard_input():
    assert run("assess", "-", stdin=GOOD.read_bytes()).stdout == run("assess", str(GOOD)).stdout


def test_the_same_file_gives_the_same_bytes_on_every_machine():
    plain = run("assess", str(GOOD), PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC")
    other = run(
        "assess", str(GOOD), PYTHONHASHSEED="2", LC_ALL="C.UTF-8", TZ="Pacific/Kiritimati", PYTHONUTF8="1"
    )

    assert plain.returncode == 0
    assert plain.stdout == other.stdout
    assert b"\r" not in plain.stdout


# -- what is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "broken"),
        (b"\xff\xfe", "broken"),
        (b'{"schema": "hip-self-check/2"}', "newer version"),
        (b'{"schema": "hip-self-check/1", "name": "Ann"}', "name"),
        (b'{"schema": "hip-self-check/1", "about": {"age": 140}}', "about.age"),
        (b"x" * 10_000_000, "too big"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence_on_standard_error_and_code_2(
    content, sentence, tmp_path, capfdbinary
):
    path = tmp_path / "answers.json"
    path.write_bytes(content)

    code, out, err = called(capfdbinary, "assess", str(path))

    assert (code, out) == (2, b"")
    assert sentence in err
    assert err.count("\n") == 1
    assert "Ann" not in err
    assert "140" not in err


@pytest.mark.parametrize("name", ["nobody.json", "."])
def test_a_file_that_is_not_there_is_said_in_one_line(name, tmp_path, capfdbinary):
    code, out, err = called(capfdbinary, "assess", str(tmp_path / name))

    assert (code, out, err.count("\n")) == (2, b"", 1)
    assert "cannot be read" in err


def test_an_endless_input_is_not_read_to_its_end(tmp_path):
    result = run("assess", "-", stdin=b" " * (LARGEST * 4))

    assert (result.returncode, result.stdout) == (2, b"")
    assert b"too big" in result.stderr


def test_there_is_no_trace_of_a_program_on_standard_error():
    result = run("assess", "-", stdin=b"[")

    assert result.returncode == 2
    assert b"Traceback" not in result.stderr
    assert result.stderr.count(b"\n") == 1


@pytest.mark.parametrize("arguments", [[], ["assess"], ["judge", "x"]])
def test_a_call_that_makes_no_sense_is_code_2(arguments):
    with pytest.raises(SystemExit) as found:
        cli.main(arguments)

    assert found.value.code == 2


# -- help, version, schema -----------------------------------------------------------------------------


def test_help_explains_every_key_level_and_exit_code(capsys):
    with pytest.raises(SystemExit) as found:
        cli.main(["assess", "--help"])
    text = capsys.readouterr().out

    assert found.value.code == 0
    for word in (
        "results_version",
        "level",
        "rules",
        "tier",
        "tests",
        "left_out",
        "differences",
        "domains",
        "patterns",
        "pain",
        "missing",
        "E emergency",
        "exit codes",
        "not a diagnosis",
    ):
        assert word in text
    assert max(len(line) for line in text.splitlines()) <= 110


def test_version_is_the_version_of_the_package(capsys):
    with pytest.raises(SystemExit) as found:
        cli.main(["--version"])

    assert found.value.code == 0
    assert capsys.readouterr().out == f"Hip Check {cli.versions.app()}\n"


def test_schema_prints_the_shipped_schema(capfdbinary):
    _, out, _ = called(capfdbinary, "schema")

    assert out == (DATA / "answers.schema.json").read_bytes()


HEAVY = {"streamlit", "pandas", "altair", "numpy", "starlette"}


def test_neither_streamlit_nor_pandas_nor_a_server_is_loaded():
    code = (
        "import sys; from screening.cli import main; "
        f"main(['assess', {str(GOOD)!r}]); "
        f"print(sorted({{name.split('.')[0] for name in sys.modules}} & {HEAVY}), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)

    assert result.stderr.strip() == b"[]"
