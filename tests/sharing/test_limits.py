"""How often is too often."""

import ast
from pathlib import Path

import pytest

import screening.sharing
from screening.errors import TooOften
from screening.sharing.limits import MOST_KEYS, REQUESTS_A_MINUTE, Quota, Windows


def test_the_sixty_first_request_of_a_minute_waits_and_others_do_not():
    windows = Windows(most=60, seconds=60)
    for _ in range(60):
        windows.spend("a", 120.5)

    with pytest.raises(TooOften) as often:
        windows.spend("a", 130.5)
    windows.spend("b", 130.5)
    windows.spend("a", 180)

    assert often.value.wait_s == 49


def test_the_counters_stay_bounded_and_the_oldest_goes_first():
    windows = Windows(most=1, seconds=60, keys=10)
    for number in range(1000):
        windows.spend(str(number), 0)

    assert len(windows) == 10
    windows.spend("0", 0)
    with pytest.raises(TooOften):
        windows.spend("999", 0)


def test_a_hundred_thousand_ids_are_not_remembered():
    windows = Windows(most=REQUESTS_A_MINUTE, seconds=60)
    for number in range(100_000):
        windows.spend(str(number), 0)

    assert len(windows) == MOST_KEYS == 10_000


def test_the_sixth_link_in_ten_minutes_waits_and_the_twenty_first_does_not_come():
    quota = Quota()
    now = 1000.0
    for _ in range(5):
        quota.check(now)
        quota.count(now)
        now += 60

    with pytest.raises(TooOften) as often:
        quota.check(now)
    assert often.value.wait_s == 300
    quota.check(now + 300)

    for _ in range(15):
        now += 600
        quota.check(now)
        quota.count(now)
    with pytest.raises(TooOften) as never:
        quota.check(now + 1_000_000)
    assert never.value.wait_s is None


def test_sharing_knows_nothing_about_hips_or_screens():
    folder = Path(screening.sharing.__file__).parent
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            assert not [n for n in names if n.startswith(("streamlit", "starlette", "pandas"))]
            assert not [
                n
                for n in names
                if n.startswith("screening.") and not n.startswith(("screening.sharing", "screening.errors"))
            ]
