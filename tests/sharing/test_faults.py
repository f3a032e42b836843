"""The database goes away, breaks, fills up, and comes back: the app goes on and says so once."""

import logging
import os
import shutil
import sqlite3
import time

import pytest
from sqlalchemy import event
from tests.sharing.conftest import NOON

from screening.errors import Gone, StoreDown
from screening.sharing import crypto
from screening.sharing.store import Store

EXPIRES = int(NOON) + 86_400
JWE = crypto.seal(b"{}", bytes(32))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "share.db"


@pytest.fixture
def store(path, clock):
    store = Store(f"sqlite:///{path}", clock=clock)
    store.migrate()
    yield store
    store.close()


def everything_is_down(store, share_id="A" * 43):
    for attempt in (
        lambda: store.create(JWE, EXPIRES),
        lambda: store.fetch(share_id),
        lambda: store.fetch_with(share_id, "123456"),
        lambda: store.ticket(share_id),
        lambda: store.redeem(share_id),
        lambda: store.status(share_id, share_id),
        lambda: store.revoke(share_id, share_id),
        store.purge,
    ):
        with pytest.raises(StoreDown) as down:
            attempt()
        assert down.value.wait_s == 30
        assert down.value.__cause__ is None


def without_its_log(path):
    for extra in ("-wal", "-shm"):
        path.with_name(path.name + extra).unlink(missing_ok=True)


def test_a_file_of_garbage_is_down_and_not_touched_and_a_good_one_works_again(store, path, caplog):
    share_id, _ = store.create(JWE, EXPIRES)
    store.close()
    kept = path.with_suffix(".kept")
    path.rename(kept)
    without_its_log(path)
    path.write_bytes(b"garbage" * 2000)

    everything_is_down(store)
    assert path.read_bytes() == b"garbage" * 2000
    assert [each.levelno for each in caplog.records] == [logging.WARNING]

    without_its_log(path)
    kept.replace(path)
    assert store.fetch(share_id) == JWE
    assert "back" in caplog.text


def test_garbage_under_an_open_store_is_noticed(store, path):
    store.create(JWE, EXPIRES)
    garbage = path.with_suffix(".new")
    garbage.write_bytes(b"garbage" * 2000)
    without_its_log(path)
    garbage.replace(path)

    everything_is_down(store)


def test_a_deleted_file_is_noticed_once_and_then_made_anew(store, path, caplog):
    share_id, _ = store.create(JWE, EXPIRES)
    path.unlink()
    without_its_log(path)

    with pytest.raises(StoreDown):
        store.fetch(share_id)
    with pytest.raises(Gone):
        store.fetch(share_id)

    new, _ = store.create(JWE, EXPIRES)
    assert store.fetch(new) == JWE
    assert len(caplog.records) == 2


def test_a_deleted_folder_is_the_same(store, path):
    share_id, _ = store.create(JWE, EXPIRES)
    shutil.rmtree(path.parent)

    with pytest.raises(StoreDown):
        store.fetch(share_id)

    assert store.create(JWE, EXPIRES)


def test_dropped_tables_are_down(store, path):
    with sqlite3.connect(path) as connection:
        connection.executescript("DROP TABLE share; DROP TABLE ticket;")

    everything_is_down(store)


@pytest.fixture
def nobody():
    """A user for whom file modes count; root may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture
def read_only(path, clock):
    maker = Store(f"sqlite:///{path}", clock=clock)
    maker.create(JWE, EXPIRES)
    maker.close()
    for each in path.parent.iterdir():
        each.chmod(0o444)
    path.parent.chmod(0o555)
    for folder in path.parents:
        if folder.name.startswith("pytest-"):
            folder.chmod(0o755)
    path.parent.parent.chmod(0o755)
    yield Store(f"sqlite:///{path}", clock=clock)
    path.parent.chmod(0o755)


def test_a_read_only_file_is_down(read_only, nobody):
    everything_is_down(read_only)


def test_a_folder_that_cannot_be_made_is_down(clock):
    everything_is_down(Store("sqlite:////proc/nowhere/share.db", clock=clock))


def test_a_full_disk_stops_making_and_not_reading(store):
    share_id, token = store.create(JWE, EXPIRES)

    def full(_connection, _cursor, statement, *_):
        if statement.split()[0] in {"INSERT", "UPDATE", "DELETE"}:
            raise sqlite3.OperationalError("database or disk is full")

    event.listen(store._opened(), "before_cursor_execute", full)

    with pytest.raises(StoreDown):
        store.create(JWE, EXPIRES)
    assert store.fetch(share_id) == JWE
    event.remove(store._opened(), "before_cursor_execute", full)
    assert store.status(share_id, token).views == 0


def test_a_share_for_one_view_is_not_read_where_it_cannot_be_counted(store):
    share_id, _ = store.create(JWE, EXPIRES, max_views=1)

    def full(_connection, _cursor, statement, *_):
        if statement.startswith("UPDATE"):
            raise sqlite3.OperationalError("database or disk is full")

    event.listen(store._opened(), "before_cursor_execute", full)

    with pytest.raises(Gone):
        store.fetch(share_id)


def test_postgresql_goes_and_comes_back_without_a_restart_of_the_app(postgres, clock, caplog):
    store = Store(postgres.new_database(), clock=clock)
    share_id, _ = store.create(JWE, EXPIRES)
    postgres.stop()
    try:
        began = time.monotonic()
        with pytest.raises(StoreDown):
            store.fetch(share_id)
        noticed = time.monotonic() - began
        everything_is_down(store)
    finally:
        postgres.start()

    began = time.monotonic()
    assert store.fetch(share_id) == JWE
    assert noticed < 2
    assert time.monotonic() - began < 5
    assert [each.message for each in caplog.records if each.name == "screening.sharing"] == [
        "share store: down (OperationalError)",
        "share store: back",
    ]
    store.close()
