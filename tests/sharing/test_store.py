"""The store, the same promises on SQLite and on PostgreSQL."""

import logging
import sqlite3
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text
from tests.postgres import Postgres
from tests.sharing.conftest import NOON

from screening.errors import Gone, SharingOff, StoreDown, StoreFull, TooBig, WrongCode
from screening.sharing import codes, crypto, limits, link
from screening.sharing.store import Store

DAY = 86_400
EXPIRES = int(NOON) + 7 * DAY
PLAIN = b'{"resourceType":"Bundle","spot":"front of the knee"}'


def sealed(plain=PLAIN):
    return crypto.seal(plain, bytes(range(32)))


def rows(store: Store, statement: str):
    with store._opened().connect() as connection:
        return connection.execute(text(statement)).fetchall()


def at_once(many, work):
    """Run the same thing many times, all starting at the same moment."""
    gate = Barrier(many)

    def one(number):
        gate.wait()
        try:
            return work(number)
        except (Gone, WrongCode) as error:
            return error

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def test_what_was_kept_comes_back_and_is_counted(store, clock):
    jwe = sealed()
    share_id, token = store.create(jwe, EXPIRES)

    assert store.status(share_id, token).views == 0
    assert store.fetch(share_id) == jwe
    clock.now += 2 * DAY
    assert store.fetch_with(share_id, None) == jwe

    status = store.status(share_id, token)
    assert (status.live, status.views, status.expires) == (True, 2, EXPIRES)
    assert str(status.last_view_day) == "2026-11-24"


def test_an_id_and_a_token_are_43_characters_and_never_the_same_twice(store):
    made = [store.create(sealed(), EXPIRES) for _ in range(5)]

    assert len({each for pair in made for each in pair}) == 10
    assert all(link.is_secret(each) for pair in made for each in pair)


def test_only_the_stop_token_sees_the_count_and_stops(store):
    share_id, token = store.create(sealed(), EXPIRES)
    _, foreign = store.create(sealed(), EXPIRES)

    for wrong in ("", "x", foreign, token[:-1], share_id):
        with pytest.raises(Gone):
            store.status(share_id, wrong)
        assert not store.revoke(share_id, wrong)
    assert store.fetch(share_id)


def test_a_link_lives_to_its_last_second_and_no_longer(store, clock):
    share_id, token = store.create(sealed(), EXPIRES)
    coded, _ = store.create(sealed(), EXPIRES, "123456")

    clock.now = EXPIRES - 1
    assert store.fetch(share_id)
    assert store.fetch_with(coded, "123456")
    assert store.status(share_id, token).live

    clock.now = EXPIRES
    for attempt in (lambda: store.fetch(share_id), lambda: store.fetch_with(coded, "123456")):
        with pytest.raises(Gone):
            attempt()
    assert not store.status(share_id, token).live


def test_the_purge_wipes_at_expiry_and_forgets_a_day_later_and_not_a_second_before(store, clock):
    store.create(sealed(), EXPIRES, "123456")
    later, _ = store.create(sealed(), EXPIRES + DAY * 30)

    clock.now = EXPIRES - 1
    assert store.purge() == 0
    clock.now = EXPIRES
    assert store.purge() == 1
    assert rows(store, f"SELECT jwe, pass_salt, pass_hash FROM share WHERE expires = {EXPIRES}") == [
        (None,) * 3
    ]
    clock.now = EXPIRES + DAY - 1
    assert store.purge() == 0
    assert len(rows(store, "SELECT 1 FROM share")) == 2
    clock.now = EXPIRES + DAY
    assert store.purge() == 1
    assert len(rows(store, "SELECT 1 FROM share")) == 1
    assert store.fetch(later)


def test_a_purge_of_more_than_one_batch_forgets_them_all_and_nothing_else(store, clock):
    share_id, _ = store.create(sealed(), EXPIRES + 3 * DAY)
    with store._opened().begin() as connection:
        for number in range(limits.PURGE_BATCH * 2 + 3):
            connection.execute(
                text(
                    "INSERT INTO share (sid_hash, created_day, expires, revoke_hash, tries_left)"
                    " VALUES (:sid, 0, :expires, :sid, 5)"
                ),
                {"sid": number.to_bytes(32, "big"), "expires": EXPIRES},
            )

    clock.now = EXPIRES + DAY
    assert store.purge() == limits.PURGE_BATCH * 2 + 3
    assert len(rows(store, "SELECT 1 FROM share")) == 1
    assert store.fetch(share_id)


def test_purges_and_reads_at_once_do_no_harm(open_store, clock):
    stores = [open_store() for _ in range(3)]
    stores[0].migrate()
    live = [stores[0].create(sealed(), EXPIRES + DAY)[0] for _ in range(4)]
    dead = [stores[0].create(sealed(), EXPIRES)[0] for _ in range(8)]
    clock.now = EXPIRES

    found = at_once(
        24, lambda number: stores[number % 3].purge() if number % 3 else stores[0].fetch(live[number % 4])
    )

    assert not [each for each in found if isinstance(each, Exception)]
    assert all(stores[1].fetch(each) for each in live)
    assert len(rows(stores[0], "SELECT 1 FROM share WHERE jwe IS NULL")) == len(dead)


def test_h_forty_guesses_at_once_cost_exactly_five_tries(open_store, monkeypatch):
    stores = [open_store() for _ in range(2)]
    stores[0].migrate()
    share_id, token = stores[0].create(sealed(), EXPIRES, "123456")
    bystander, _ = stores[0].create(sealed(), EXPIRES, "123456")
    checked = []
    real = codes.digest
    monkeypatch.setattr(codes, "digest", lambda code, salt: checked.append(code) or real(code, salt))

    found = at_once(40, lambda number: stores[number % 2].fetch_with(share_id, f"9{number:05d}"))

    wrong = [each for each in found if isinstance(each, WrongCode)]
    assert sorted(each.left for each in wrong) == [0, 1, 2, 3, 4]
    assert sum(isinstance(each, Gone) for each in found) == 35
    assert len(checked) == 5
    with pytest.raises(Gone):
        stores[0].fetch_with(share_id, "123456")
    with pytest.raises(Gone):
        stores[0].fetch_with(share_id, None)
    assert not stores[0].status(share_id, token).live
    assert stores[0].fetch_with(bystander, "123456")


def test_forty_readers_of_a_share_for_one_view_are_one_reader(open_store):
    stores = [open_store() for _ in range(2)]
    stores[0].migrate()
    share_id, token = stores[0].create(sealed(), EXPIRES, max_views=1)

    found = at_once(40, lambda number: stores[number % 2].fetch(share_id))

    assert sum(isinstance(each, str) for each in found) == 1
    assert stores[0].status(share_id, token).views == 1


def test_a_right_code_costs_nothing_and_a_missing_one_neither(store):
    share_id, _ = store.create(sealed(), EXPIRES, "012345")

    for _ in range(12):
        assert store.fetch_with(share_id, "012345")
    for _ in range(3):
        with pytest.raises(WrongCode) as missing:
            store.fetch_with(share_id, None)
        assert missing.value.left == 5
    for left, wrong in zip(
        (4, 3, 2, 1, 0),
        ("12345", "0123456", "", "1" * 65, "\uff10\uff11\uff12\uff13\uff14\uff15"),
        strict=True,
    ):
        with pytest.raises(WrongCode) as refused:
            store.fetch_with(share_id, wrong)
        assert refused.value.left == left
    with pytest.raises(Gone):
        store.fetch_with(share_id, "012345")


def test_a_share_with_a_code_is_not_there_for_who_reads_directly(store):
    share_id, _ = store.create(sealed(), EXPIRES, "123456")

    with pytest.raises(Gone):
        store.fetch(share_id)


def test_at_most_four_hashes_run_at_once(monkeypatch):
    running, most = [], []
    real = codes.hashlib.scrypt

    def slow(*arguments, **named):
        running.append(1)
        most.append(len(running))
        try:
            return real(*arguments, **named)
        finally:
            running.pop()

    monkeypatch.setattr(codes.hashlib, "scrypt", slow)

    at_once(12, lambda _: codes.digest("123456", bytes(16)))

    assert 1 <= max(most) <= limits.HASHES_AT_ONCE


def test_a_killed_process_costs_one_try_and_nothing_else(open_store, monkeypatch):
    store = open_store()
    store.migrate()
    share_id, _ = store.create(sealed(), EXPIRES, "123456")
    monkeypatch.setattr(codes, "matches", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        store.fetch_with(share_id, "123456")
    monkeypatch.undo()

    assert rows(store, "SELECT tries_left, views FROM share") == [(4, 0)]
    assert store.fetch_with(share_id, "123456")
    assert rows(store, "SELECT tries_left, views FROM share") == [(4, 1)]


def test_a_ticket_opens_once_also_in_another_process(open_store):
    first, second = open_store(), open_store()
    first.migrate()
    share_id, token = first.create(sealed(), EXPIRES)
    ticket = first.ticket(share_id)

    found = at_once(40, lambda _: second.redeem(ticket))

    assert sum(isinstance(each, str) for each in found) == 1
    assert first.status(share_id, token).views == 0


def test_a_ticket_dies_after_five_minutes_and_with_its_share(store, clock):
    share_id, token = store.create(sealed(), EXPIRES)
    soon, late, stopped = (store.ticket(share_id) for _ in range(3))

    clock.now += 299
    assert store.redeem(soon)
    clock.now += 1
    with pytest.raises(Gone):
        store.redeem(late)
    clock.now = NOON
    assert store.revoke(share_id, token)
    with pytest.raises(Gone):
        store.redeem(stopped)
    clock.now = NOON + 300
    store.purge()
    assert rows(store, "SELECT 1 FROM ticket") == []


def test_stopping_wipes_at_once_and_may_be_pressed_twice(store):
    share_id, token = store.create(sealed(), EXPIRES, "123456")

    assert store.revoke(share_id, token)
    assert store.revoke(share_id, token)

    with pytest.raises(Gone):
        store.fetch_with(share_id, "123456")
    assert rows(store, "SELECT jwe, pass_salt, pass_hash FROM share") == [(None, None, None)]
    assert not store.status(share_id, token).live


def test_six_starts_at_once_make_one_schema(open_store):
    stores = [open_store() for _ in range(6)]

    at_once(6, lambda number: stores[number].migrate())

    assert rows(stores[0], "SELECT v FROM schema_version") == [(1,)]
    share_id, _ = stores[5].create(sealed(), EXPIRES)
    assert stores[2].fetch(share_id)


def test_a_newer_database_is_left_alone(open_store):
    first = open_store()
    first.migrate()
    with first._opened().begin() as connection:
        connection.execute(text("UPDATE schema_version SET v = 2"))
        connection.execute(text("ALTER TABLE share ADD COLUMN later INTEGER"))
    second = open_store()

    with pytest.raises(SharingOff, match="newer"):
        second.migrate()
    with pytest.raises(SharingOff):
        second.create(sealed(), EXPIRES)

    assert rows(first, "SELECT v FROM schema_version") == [(2,)]
    assert rows(first, "SELECT 1 FROM share") == []


def test_what_is_too_much_is_refused_and_leaves_no_row(open_store):
    store = open_store(most_shares=2, most_bytes=1500)
    store.migrate()

    with pytest.raises(TooBig):
        store.create("A" * (limits.MOST_SEALED_BYTES + 1), EXPIRES)
    store.create("A" * 1000, EXPIRES)
    with pytest.raises(StoreFull):
        store.create("A" * 501, EXPIRES)
    store.create("A" * 500, EXPIRES)
    with pytest.raises(StoreFull):
        store.create("", EXPIRES)

    assert len(rows(store, "SELECT 1 FROM share")) == 2


def test_the_largest_allowed_document_is_kept(store):
    share_id, _ = store.create("A" * limits.MOST_SEALED_BYTES, EXPIRES)

    assert len(store.fetch(share_id)) == limits.MOST_SEALED_BYTES


def test_room_is_counted_anew_after_a_minute(open_store, clock):
    store, other = open_store(most_shares=1), open_store()
    store.migrate()
    share_id, token = store.create(sealed(), EXPIRES)
    other.revoke(share_id, token)
    with pytest.raises(StoreFull):
        store.create(sealed(), EXPIRES)

    clock.now += limits.COUNT_S

    assert store.create(sealed(), EXPIRES)


def dump_of(store: Store, address: str, postgres: Postgres | None) -> bytes:
    if postgres is None:
        path = Path(address.removeprefix("sqlite:///"))
        files = b"".join(each.read_bytes() for each in path.parent.iterdir())
        with sqlite3.connect(path) as connection:
            return files + "\n".join(connection.iterdump()).encode()
    done = subprocess.run(
        [str(postgres.bin / "pg_dump"), "--inserts", address], check=True, capture_output=True
    )
    return done.stdout


def test_a_stolen_database_holds_no_id_key_token_code_or_plain_word(store, address, request):
    key = link.new_secret()
    said = link.payload("https://hip.example.org", link.new_secret(), key, EXPIRES, code=True)
    share_id, token = store.create(crypto.seal(PLAIN, link.decode(key)), EXPIRES, "271828")
    ticket = store.ticket(share_id)
    store.fetch_with(share_id, "271828")
    postgres = request.getfixturevalue("postgres") if address.startswith("postgresql") else None

    stolen = dump_of(store, address, postgres)

    assert b"share" in stolen
    for secret in (share_id, token, key, ticket, "271828", said["label"], "hip.example.org", "knee"):
        assert secret.encode() not in stolen
        assert secret.encode().hex() not in stolen.decode("latin-1").lower()
    for secret in (share_id, token, key, ticket):
        raw = link.decode(secret)
        assert raw not in stolen
        assert raw.hex() not in stolen.decode("latin-1").lower()


def test_nothing_secret_is_logged_at_debug(address, clock, caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "psycopg", "screening.sharing"):
        caplog.set_level(logging.DEBUG, logger=name)
    store = Store(address, clock=clock)
    key = link.new_secret()
    share_id, token = store.create(crypto.seal(PLAIN, link.decode(key)), EXPIRES, "271828")
    ticket = store.ticket(share_id)
    store.fetch_with(share_id, "271828")
    with pytest.raises(WrongCode):
        store.fetch_with(share_id, "314159")
    store.redeem(ticket)
    store.status(share_id, token)
    store.revoke(share_id, token)
    with pytest.raises(Gone):
        store.fetch(share_id)
    clock.now = EXPIRES + DAY
    store.purge()
    with store._opened().begin() as connection:
        connection.execute(text("DROP TABLE share"))
    for attempt in (lambda: store.fetch(share_id), lambda: store.fetch_with(share_id, "271828")):
        with pytest.raises(StoreDown):
            attempt()
    store.close()

    assert len(caplog.records) > 20
    assert "share store: down" in caplog.text
    for secret in (share_id, token, key, ticket, "271828", "314159", "knee", repr(link.decode(key))):
        assert secret not in caplog.text


# --- SQLite only: files ---


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def file_store(folder, clock):
    store = Store(f"sqlite:///{folder / 'share.db'}", clock=clock)
    store.migrate()
    yield store
    store.close()


def test_the_file_is_for_its_owner_only(file_store, folder):
    file_store.create(sealed(), EXPIRES)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("way", ["stopped", "expired"])
def test_ciphertext_is_in_no_file_after_the_end(file_store, folder, clock, way):
    jwe = sealed(b"x" * 20_000)
    share_id, token = file_store.create(jwe, EXPIRES)
    file_store.create(sealed(), EXPIRES + 30 * DAY)
    pieces = [jwe[start : start + 100].encode() for start in range(200, len(jwe) - 200, 997)]

    def kept():
        everything = b"".join(each.read_bytes() for each in folder.iterdir())
        return [piece for piece in pieces if piece in everything]

    assert kept()
    if way == "stopped":
        file_store.revoke(share_id, token)
    else:
        clock.now = EXPIRES
        file_store.purge()

    assert kept() == []


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "nonsense", ""],
    ids=["memory", "named", "other", "no", "empty"],
)
def test_another_kind_of_database_switches_sharing_off(url):
    with pytest.raises(SharingOff):
        Store(url).migrate()


def test_making_a_store_opens_nothing_and_says_nothing():
    store = Store("postgresql://me:hunter2@db.invalid/x")

    assert "hunter2" not in repr(store)


def test_a_password_in_the_address_is_in_no_error(caplog):
    caplog.set_level(logging.DEBUG)
    store = Store("postgresql://me:hunter2@127.0.0.1:1/x")

    with pytest.raises(StoreDown) as down:
        store.migrate()

    assert "hunter2" not in f"{down.value!r}{down.value.__cause__!r}{caplog.text}"
