"""Share addresses in front of the real app, and the store beside it, as in production."""

import asyncio
import gzip
import json
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.server import ROOT, running
from tests.sharing.conftest import NOON, Clock

from screening.services.desk import Desk, default_store
from screening.services.settings import Settings
from screening.sharing import crypto, link
from screening.sharing.limits import Quota
from screening.sharing.store import Store
from screening.web.share_life import own_base, sharing
from screening.web.share_routes import HEADERS

PATIENCE_S = 20
"""How long the purge may take on a busy machine."""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("app")
    env = {"XDG_STATE_HOME": str(folder / "state")}
    with running(folder / "log", env=env) as server:
        yield server, folder / "state" / "hip-check" / "share.db"


def test_share_addresses_stand_before_the_app(app):
    server, _ = app
    dead = [server.get(path) for path in ("/s/x", "/s/" + "A" * 43, "/s/f/x", "/s/x/status", "/s/", "/s")]

    assert {(each.status, each.body) for each in dead} == {(404, b'{"error":"This link is not active."}')}
    assert all(each.headers[name] == value for each in dead for name, value in HEADERS.items())
    assert server.get("/v").status == 200
    assert b"Shared summary" in server.get("/v").body
    assert server.get("/v", method="HEAD").body == b""
    assert server.get("/s/" + "A" * 43, method="HEAD").status == 405
    assert server.get("/s/" + "A" * 43, method="PUT").status == 405
    assert b"Shared summary" not in server.get("/").body
    assert server.get("/").headers["content-security-policy"] != HEADERS["content-security-policy"]
    assert "set-cookie" not in server.get("/v").headers
    script = server.get("/v.js", accept_encoding="gzip")
    assert gzip.decompress(script.body) == server.get("/v.js").body


def test_a_link_made_in_one_process_opens_in_another_and_no_log_holds_it(app):
    server, file = app
    server.get("/s/" + "A" * 43)
    store = Store(f"sqlite:///{file}")
    key = link.new_secret()
    jwe = crypto.seal(json.dumps({"resourceType": "Bundle"}).encode(), link.decode(key))
    share_id, token = store.create(jwe, int(4e9) // 3600 * 3600)

    assert server.get(f"/s/{share_id}").body.decode() == jwe
    assert server.get(f"/s/{share_id}/status", authorization=f"Bearer {token}").status == 200
    assert server.get(f"/s/{share_id}", method="HEAD").status == 405
    assert store.status(share_id, token).views == 1
    assert server.get(f"/s/{share_id}", method="DELETE", authorization=f"Bearer {token}").status == 200
    assert server.get(f"/s/{share_id}").status == 404
    for secret in (share_id, token, key):
        assert secret not in server.output
    store.close()


def test_the_app_goes_on_while_the_store_is_broken_and_the_store_comes_back(app):
    server, file = app
    server.get("/s/" + "A" * 43)
    for each in file.parent.iterdir():
        each.unlink()
    file.write_bytes(b"garbage" * 1000)

    down = server.get("/s/" + "A" * 43)
    assert (down.status, down.headers["retry-after"]) == (503, "30")
    assert server.get("/").status == 200
    assert b"Traceback" not in down.body
    assert "Traceback" not in server.output

    file.unlink()
    assert [server.get("/s/" + "A" * 43).status for _ in range(2)][-1] == 404


HEAVY = {"sqlalchemy", "psycopg", "cryptography", "typst", "segno", "joserfc", "jwcrypto", "PIL", "pikepdf"}


def test_who_never_shares_loads_nothing_that_only_sharing_needs():
    code = (
        "import importlib, pkgutil, runpy, sys, screening\n"
        "runpy.run_path('app.py')\n"
        "for floor in ('services', 'sharing', 'web'):\n"
        "    package = importlib.import_module(f'screening.{floor}')\n"
        "    for each in pkgutil.iter_modules(package.__path__, f'screening.{floor}.'):\n"
        "        importlib.import_module(each.name)\n"
        f"print(sorted({{name.split('.')[0] for name in sys.modules}} & {HEAVY}), file=sys.stderr)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, text=True)

    assert done.stderr.splitlines()[-1] == "[]"


# --- The desk, and the store's life ---


def alone(work):
    """Run in a thread of its own: a browser test in this process leaves a running loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", "http://127.0.0.1:8501"),
        ("localhost", "http://localhost:8501"),
        ("::1", "http://[::1]:8501"),
        ("0.0.0.0", None),
        ("", None),
        (None, None),
    ],
)
def test_without_an_address_links_are_for_this_machine_only(address, expected):
    assert own_base(address, 8501) == expected
    assert expected is None or link.checked_base(expected) == expected


def test_sharing_is_off_until_the_server_has_opened_the_desk(tmp_path):
    desk = Desk(lambda: Settings(share_store=f"sqlite:///{tmp_path / 'x.db'}"))
    assert not desk.is_open

    async def live(base):
        async with sharing(desk, base):
            return desk.is_open, desk.share_base

    assert alone(live(None)) == (False, None)
    assert alone(live("http://127.0.0.1:8501")) == (True, "http://127.0.0.1:8501")
    assert not desk.is_open


def test_the_desk_makes_links_for_the_days_the_host_offers(tmp_path):
    host = Settings(
        share_base="https://hip.example.org", share_store=f"sqlite:///{tmp_path / 'x.db'}", share_days=(1,)
    )
    desk = Desk(lambda: host)
    desk.begin(own_base="http://127.0.0.1:8501")

    made = desk.make({}, days=1, code=False, quota=Quota())

    assert made.link.startswith("https://hip.example.org/v#shlink:/")
    with pytest.raises(ValueError, match="days"):
        desk.make({}, days=7, code=False, quota=Quota())
    desk.close()


def test_the_store_is_purged_while_the_server_runs_and_survives_being_down(tmp_path):
    clock = Clock(NOON)
    folder = tmp_path / "store"
    path = folder / "share.db"
    folder.mkdir()
    store = Store(f"sqlite:///{path}", clock=clock)
    store.create(crypto.seal(b"{}", bytes(32)), int(NOON) + 3600)
    desk = Desk(lambda: Settings(share_base="https://hip.example.org"))
    desk.begin = lambda **_: setattr(desk, "store", store)  # type: ignore[method-assign]

    def wiped():
        with sqlite3.connect(path) as connection:
            return connection.execute("SELECT jwe IS NULL FROM share").fetchone() == (1,)

    async def live():
        async with sharing(desk, None, every_s=0.05):
            await asyncio.sleep(0.3)
            assert not wiped()
            folder.rename(tmp_path / "away")
            folder.write_text("in the way")
            await asyncio.sleep(0.2)
            folder.unlink()
            (tmp_path / "away").rename(folder)
            clock.now = NOON + 3600
            until = time.monotonic() + PATIENCE_S
            while not wiped() and time.monotonic() < until:
                await asyncio.sleep(0.05)
            assert wiped()

    alone(live())


def test_a_newer_database_switches_sharing_off_with_one_line_until_it_is_put_right(tmp_path, caplog):
    path = tmp_path / "share.db"
    clock = Clock(NOON)
    store = Store(f"sqlite:///{path}", clock=clock)
    store.create(crypto.seal(b"{}", bytes(32)), int(NOON) + 3600)
    store.close()
    clock.now = NOON + 3600
    desk = Desk(lambda: Settings(share_base="https://hip.example.org"))
    desk.begin = lambda **_: setattr(desk, "store", store)  # type: ignore[method-assign]

    def ask(statement):
        with sqlite3.connect(path) as connection:
            return connection.execute(statement).fetchall()

    async def live():
        ask("UPDATE schema_version SET v = 99")
        async with sharing(desk, None, every_s=0.01):
            await asyncio.sleep(0.2)
            assert ask("SELECT jwe IS NULL FROM share") == [(0,)]
            ask("UPDATE schema_version SET v = 1")
            await asyncio.sleep(0.2)
            assert ask("SELECT jwe IS NULL FROM share") == [(1,)]

    alone(live())

    assert [each.getMessage() for each in caplog.records] == [
        "sharing is off: the share database is newer than this program"
    ]


def test_the_default_store_is_in_the_users_state_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert default_store() == f"sqlite:///{tmp_path}/hip-check/share.db"
    monkeypatch.delenv("XDG_STATE_HOME")
    assert default_store() == f"sqlite:///{Path.home()}/.local/state/hip-check/share.db"
